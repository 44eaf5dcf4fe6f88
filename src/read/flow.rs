//! What Markdown and HTML have in common: words flow into whatever is innermost (item, cell, quote,
//! heading, paragraph), and a block opens with its first word, never before. List and table numbering
//! lives here, so that a table written as HTML inside Markdown counts like any other.

use crate::document::{BlockKind, NO_ALT};
use crate::read::builder::{Builder, is_ignorable, is_space};
use crate::source::Span;

/// The kind and the place that the next block gets.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    /// What a block opened here is.
    pub kind: BlockKind,
    /// Heading level or list depth.
    pub level: u8,
    /// List or table.
    pub group: u32,
    /// Row in a table.
    pub row: u32,
    /// Column in a table.
    pub column: u32,
    /// Column head of a cell.
    pub head: Option<u32>,
    /// How sure the kind is, 1 to 100 percent; 0 where markup states it.
    pub inferred: u8,
}

impl Context {
    /// A context of this kind, in no list and no table.
    pub fn new(kind: BlockKind) -> Context {
        Context { kind, level: 0, group: 0, row: 0, column: 0, head: None, inferred: 0 }
    }
}

/// Numbering of an open table.
#[derive(Default)]
struct Table {
    group: u32,
    /// Row to give next.
    row: u32,
    /// Column to give next in the open row.
    column: u32,
    /// Index of the head cell of each column.
    heads: Vec<Option<u32>>,
}

/// A [`Builder`] with the stack of what is open around the words.
pub struct Flow<'a> {
    /// The whole source, or a copy of the same length in which parts are masked.
    pub source: &'a str,
    /// The source as it is.
    pub original: &'a str,
    /// Where blocks, links, fields and comments go.
    pub builder: Builder,
    /// While above 0, words, links and images are dropped.
    pub quiet: u32,
    contexts: Vec<Context>,
    lists: Vec<u32>,
    tables: Vec<Table>,
    /// The list of the last items that stood in no list.
    stray: Option<u32>,
    /// Where the markup of the next block starts.
    start: Option<u32>,
}

/// More columns than any real table has: what a page says beyond it is taken as this.
const MAX_COLUMNS: u32 = 1000;

impl<'a> Flow<'a> {
    /// An empty flow over `original`, of which `source` is the masked copy, or the same.
    pub fn new(original: &'a str, source: &'a str) -> Flow<'a> {
        Flow {
            source,
            original,
            builder: Builder::new(source.len()),
            quiet: 0,
            contexts: Vec::new(),
            lists: Vec::new(),
            tables: Vec::new(),
            stray: None,
            start: None,
        }
    }

    /// The innermost context.
    pub fn context(&self) -> Context {
        self.contexts.last().copied().unwrap_or(Context::new(BlockKind::Paragraph))
    }

    /// Words that stand in the source at `start` as they are.
    pub fn text(&mut self, start: u32, text: &str) {
        if self.quiet > 0 {
            return;
        }
        if self.builder.is_open() {
            return self.builder.text(start, text);
        }
        let words = text.trim_start_matches(|c| is_space(c) || is_ignorable(c));
        if !words.is_empty() {
            let at = start + (text.len() - words.len()) as u32;
            self.open(at);
            self.builder.text(at, words);
        }
    }

    /// Words that replace the source bytes of `source`.
    pub fn replaced(&mut self, source: Span, text: &str) {
        if self.quiet > 0 {
            return;
        }
        if !self.builder.is_open() {
            if text.chars().all(|c| is_space(c) || is_ignorable(c)) {
                return;
            }
            self.open(source.start);
        }
        self.builder.replaced(source, text);
    }

    /// White space between words.
    pub fn space(&mut self, source: Span) {
        if self.quiet == 0 {
            self.builder.space(source);
        }
    }

    fn open(&mut self, at: u32) {
        let context = self.context();
        let at = self.start.take().map_or(at, |s| s.min(at));
        let block = self.builder.open(context.kind, at);
        block.level = context.level;
        block.group = context.group;
        block.row = context.row;
        block.column = context.column;
        block.head = context.head;
        block.inferred = context.inferred;
    }

    /// The markup of the next block starts at `at`, unless an outer one claimed it already.
    pub fn mark(&mut self, at: u32) {
        self.start.get_or_insert(at);
    }

    /// Ends the open block at the source byte `at`; returns its index if it has words.
    pub fn end_block(&mut self, at: u32) -> Option<u32> {
        self.start = None;
        if !self.builder.is_open() {
            return None;
        }
        let mut end = (at as usize).min(self.source.len());
        while end > 0 && self.source.as_bytes()[end - 1].is_ascii_whitespace() {
            end -= 1;
        }
        self.builder.close(end as u32)
    }

    /// Ends the open block, if any, because another starts at `at`; the claim on the markup of a block
    /// without words so far stays.
    pub fn end_block_before(&mut self, at: u32) {
        if self.builder.is_open() {
            self.end_block(at);
        }
    }

    /// Opens a context whose markup starts at `at`.
    pub fn enter(&mut self, context: Context, at: u32) {
        self.end_block_before(at);
        self.contexts.push(context);
        self.mark(at);
    }

    /// Leaves the innermost context at `at`; returns the index of the block that this closed.
    pub fn leave(&mut self, at: u32) -> Option<u32> {
        let closed = self.end_block(at);
        self.contexts.pop();
        closed
    }

    /// A picture at `span`, with its alternative text and where that stands; `None` where the markup states none.
    pub fn picture(&mut self, target: &str, span: Span, alternative: Option<(&str, Span)>) {
        if self.quiet > 0 {
            return;
        }
        let opened = self.picture_start(target, span, alternative.is_some());
        if let Some((words, place)) = alternative.filter(|_| opened) {
            if self.original.get(place.range()) == Some(words) {
                self.text(place.start, words);
            } else {
                self.replaced(place, words);
            }
            self.leave(span.end);
        }
    }

    /// A picture, of which the words that stand for it come next. Where it stands by itself, they are a caption: `true`
    /// says that a context was entered for them, which [`Flow::leave`] ends. Of a picture among words, in a link, an item
    /// or a cell they are no text of the article.
    pub fn picture_start(&mut self, target: &str, span: Span, has_alternative: bool) -> bool {
        let alone = self.context().kind == BlockKind::Paragraph && !self.builder.has_words() && self.builder.link().is_none();
        self.image(target, span, has_alternative);
        if alone && has_alternative {
            self.enter(Context::new(BlockKind::Caption), span.start);
        }
        alone && has_alternative
    }

    /// A picture without the words that stand for it.
    pub fn image(&mut self, target: &str, span: Span, has_alternative: bool) {
        self.builder.link_start(span.start, target, true);
        if let Some(link) = self.builder.link().filter(|_| !has_alternative) {
            link.rel = NO_ALT.to_owned();
        }
        self.builder.link_end(span.end);
    }

    /// A list begins.
    pub fn list_start(&mut self, at: u32) {
        self.end_block(at);
        let group = self.builder.new_group();
        self.lists.push(group);
    }

    /// The innermost list ends.
    pub fn list_end(&mut self, at: u32) {
        self.end_block(at);
        self.lists.pop();
    }

    /// An item of the innermost list begins; leave it with [`Flow::leave`].
    pub fn item_start(&mut self, at: u32) {
        self.end_block_before(at);
        let group = self.lists.last().copied().unwrap_or_else(|| self.stray_group());
        let context = Context { level: self.lists.len().clamp(1, 255) as u8, group, ..Context::new(BlockKind::ListItem) };
        self.enter(context, at);
    }

    /// The list of items that stand in no list: neighbours share one.
    fn stray_group(&mut self) -> u32 {
        let neighbour = self.builder.last().filter(|(_, b)| b.kind == BlockKind::ListItem).map(|(_, b)| b.group);
        match self.stray {
            Some(group) if neighbour == Some(group) => group,
            _ => *self.stray.insert(self.builder.new_group()),
        }
    }

    /// A table begins; one without a head row counts its rows from 1.
    pub fn table_start(&mut self, has_head: bool, at: u32) {
        self.end_block(at);
        let group = self.builder.new_group();
        self.tables.push(Table { group, row: u32::from(!has_head), ..Table::default() });
    }

    /// The innermost table ends.
    pub fn table_end(&mut self, at: u32) {
        self.end_block(at);
        self.tables.pop();
    }

    /// A row of the innermost table ends.
    pub fn row_end(&mut self, at: u32) {
        self.end_block(at);
        if let Some(table) = self.tables.last_mut() {
            table.row += u32::from(table.column > 0);
            table.column = 0;
        }
    }

    /// A cell over `columns` columns begins.
    pub fn cell_start(&mut self, columns: u32, at: u32) {
        let mut context = Context::new(BlockKind::Cell);
        if let Some(table) = self.tables.last_mut() {
            context.group = table.group;
            context.row = table.row;
            context.column = table.column;
            context.head = if table.row == 0 { None } else { table.heads.get(table.column as usize).copied().flatten() };
            table.column = (table.column + columns.clamp(1, MAX_COLUMNS)).min(MAX_COLUMNS);
        }
        self.enter(context, at);
    }

    /// The open cell ends.
    pub fn cell_end(&mut self, at: u32) {
        let context = self.context();
        let closed = self.leave(at).or_else(|| {
            // A paragraph inside the cell closed its words before.
            let (index, last) = self.builder.last()?;
            let same = (last.kind, last.group, last.row, last.column);
            (same == (BlockKind::Cell, context.group, context.row, context.column)).then_some(index)
        });
        let Some(table) = self.tables.last_mut() else { return };
        if context.kind == BlockKind::Cell && context.row == 0 && closed.is_some() {
            // A head over several columns stands above each of them.
            let until = (table.column.max(context.column + 1)) as usize;
            if table.heads.len() < until {
                table.heads.resize(until, None);
            }
            for head in &mut table.heads[context.column as usize..until] {
                *head = closed;
            }
        }
    }
}
