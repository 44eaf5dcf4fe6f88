//! Reads AsciiDoc, which goes by lines: titles, delimited blocks, lists and tables here, marks and macros
//! inside the words in `inline`, comments, conditionals and attributes in `lines`. Every word keeps its exact
//! place; what cannot be understood is read as words.

use crate::document::{BlockKind, DefectKind, Document};
use crate::read::flow::{Context, Flow};
use crate::read::html::{self, Walk};
use crate::source::Span;
use inline::Inline;
use lines::{Line, Lines, Mark, fence, is_attributes, mark};

mod inline;
mod lines;
mod tables;
#[cfg(test)]
mod tests;

/// A delimited block with blocks in it, and the lists that were open around it.
struct Open<'a> {
    fence: &'a str,
    lists: Vec<Mark>,
}

/// What a line in brackets says of the block below it.
#[derive(Clone, Copy, Default)]
struct Style<'a> {
    /// The whole list, brackets left out.
    all: &'a str,
    /// What stands first.
    name: &'a str,
    /// First byte of the list.
    at: usize,
}

struct Reader<'a> {
    flow: Flow<'a>,
    lines: Lines<'a>,
    at: usize,
    open: Vec<Open<'a>>,
    lists: Vec<Mark>,
    style: Style<'a>,
    /// A `+`, or a term without its text, holds the next block in the item.
    attached: bool,
    walk: Walk,
    /// Footnotes so far.
    notes: Vec<Span>,
}

/// Reads AsciiDoc. Total; linear in the length of `source`.
pub fn read(source: &str) -> Document {
    let mut flow = Flow::new(source, source);
    let lines = lines::lines(source, &mut flow.builder);
    let mut reader = Reader {
        flow,
        lines,
        at: 0,
        open: Vec::new(),
        lists: Vec::new(),
        style: Style::default(),
        attached: false,
        walk: Walk::inside(),
        notes: Vec::new(),
    };
    reader.header();
    while reader.at < reader.lines.list.len() {
        reader.block();
    }
    let end = source.len() as u32;
    while !reader.open.is_empty() {
        reader.close_fence(end);
    }
    reader.close_lists(0, end);
    reader.footnotes();
    reader.walk.finish(&mut reader.flow, end);
    reader.flow.builder.finish(end)
}

/// Whether a text opens like AsciiDoc: with a title of its kind, below comments and attributes.
pub fn looks_like_asciidoc(head: &str) -> bool {
    let skipped = |line: &&str| line.trim().is_empty() || line.starts_with("//") || line.starts_with(':') && line.matches(':').count() > 1;
    let first = head.lines().find(|l| !skipped(l)).unwrap_or("");
    first.strip_prefix("= ").is_some_and(|t| !t.trim().is_empty() && !t.trim_end().ends_with('='))
}

/// Level and first byte of the words of a section title.
fn title(text: &str) -> Option<(u8, usize)> {
    let glyph = text.bytes().next().filter(|b| matches!(b, b'=' | b'#'))?;
    let level = text.bytes().take_while(|&b| b == glyph).count();
    let rest = &text[level..];
    let words = rest.trim_start();
    (level <= 6 && words.len() < rest.len() && !words.is_empty()).then_some((level as u8, text.len() - words.len()))
}

/// Level of a title with this line under it.
fn underline(text: &str, below: &str) -> Option<u8> {
    let level = "=-~^+".chars().position(|c| below.starts_with(c) && below.trim_start_matches(c).is_empty())?;
    let fits = text.chars().count().abs_diff(below.len()) <= 1 && below.len() > 2 && text.contains(char::is_alphanumeric);
    (fits && !text.starts_with(['.', '[', '|'])).then_some(level as u8 + 1)
}

/// The words of a note with a label, as in `NOTE: `, and where they start.
fn labelled(text: &str) -> usize {
    let is = |label: &&str| text.starts_with(*label);
    ["NOTE: ", "TIP: ", "IMPORTANT: ", "WARNING: ", "CAUTION: "].iter().find(|l| is(l)).map_or(0, |l| l.len())
}

impl<'a> Reader<'a> {
    fn text(&self, at: usize) -> &'a str {
        self.lines.text(at)
    }

    /// Reads the words of the lines `from..to`, of the first from its byte `skip` on.
    fn words(&mut self, from: usize, to: usize, skip: usize) {
        let mut at = from;
        while let Some(first) = self.lines.list.get(at).copied().filter(|_| at < to) {
            // Lines with nothing left out between them are read as one.
            let mut last = first;
            while let Some(next) = self.lines.list.get(at + 1).filter(|l| at + 1 < to && l.joins) {
                last = *next;
                at += 1;
            }
            let start = if first.start == self.lines.list[from].start { first.start + skip } else { first.start };
            self.inline().read(start, last.end, 0);
            self.flow.space(Span::new(last.end, last.end));
            at += 1;
        }
    }

    fn inline(&mut self) -> Inline<'_, 'a> {
        Inline { flow: &mut self.flow, names: &self.lines.names, notes: &mut self.notes }
    }

    /// Footnotes stand last, as on a page; one inside another is none.
    fn footnotes(&mut self) {
        for note in std::mem::take(&mut self.notes) {
            self.flow.enter(Context::new(BlockKind::Paragraph), note.start);
            self.inline().read(note.start as usize, note.end as usize, 0);
            self.flow.leave(note.end);
        }
    }

    /// The title of the document, who wrote it and when.
    fn header(&mut self) {
        while self.at < self.lines.list.len() && self.text(self.at).is_empty() {
            self.at += 1;
        }
        let Some((1, _)) = title(self.text(self.at)) else { return };
        self.block();
        for what in ["author", "date"] {
            let (text, Some(line)) = (self.text(self.at), self.lines.list.get(self.at).copied()) else { return };
            // A sentence right below the title is the text of somebody who left out the blank line.
            if text.is_empty() || text.len() > 120 || text.ends_with('.') || fence(text).is_some() || is_attributes(text) {
                return;
            }
            let value = if what == "author" {
                let names = text.split(';').map(|n| n.split('<').next().unwrap_or("").trim());
                names.filter(|n| !n.is_empty()).collect::<Vec<_>>().join(", ")
            } else {
                let dated = text.split(": ").next().unwrap_or("").split(',').map(str::trim);
                dated.filter(|p| !p.starts_with('v')).collect::<Vec<_>>().join(", ")
            };
            self.flow.builder.field(what, value, Span::new(line.start, line.end));
            self.at += 1;
        }
    }

    /// Reads the block that starts at the line, or one item of a list.
    fn block(&mut self) {
        let Some(line) = self.lines.list.get(self.at).copied() else { return };
        let text = self.text(self.at);
        if text.is_empty() {
            self.at += 1;
            return;
        }
        if text == "+" && !self.lists.is_empty() {
            self.attached = true;
            self.at += 1;
            return;
        }
        if let Some((mark, skip)) = mark(text) {
            return self.item(line, mark, skip);
        }
        if is_attributes(text) {
            self.attributes(line, text);
            self.at += 1;
            return;
        }
        if self.open.last().is_some_and(|o| o.fence == text) {
            self.close_fence(line.end as u32);
            self.style = Style::default();
            self.at += 1;
            return;
        }
        if !std::mem::take(&mut self.attached) {
            self.close_lists(0, line.start as u32);
        }
        let style = std::mem::take(&mut self.style);
        if let Some(kind) = fence(text).filter(|_| self.lines.closes(self.at)) {
            return self.fenced(line, text, kind, style);
        }
        if let Some((level, skip)) = title(text).filter(|_| line.indent == 0) {
            self.heading(line, level, skip);
            return self.at += 1;
        }
        if let Some(level) = underline(text, self.text(self.at + 1)).filter(|_| self.lines.joins(self.at + 1)) {
            self.heading(line, level, 0);
            return self.at += 2;
        }
        if lines::is_rule(text) {
            return self.at += 1;
        }
        if let Some(skip) = lines::block_title(text) {
            let next = self.lines.list.get(self.at + 1..).unwrap_or(&[]).iter().map(|l| &self.flow.source[l.start..l.end]);
            let below = next.take(4).find(|t| !is_attributes(t)).unwrap_or("");
            let is_caption = below.starts_with("image::") || fence(below).is_some_and(|k| matches!(k, b'|' | b'-' | b'.'));
            let kind = if is_caption { BlockKind::Caption } else { BlockKind::Paragraph };
            self.set(Context::new(kind), line, self.at + 1, skip);
            // The list in brackets may stand above the title.
            self.style = Style { all: "", ..style };
            return self.at += 1;
        }
        if line.indent > 0 && self.lists.is_empty() {
            let to = self.run(self.at, |_, _| false);
            return self.verbatim(self.at, to, to);
        }
        self.paragraph(line, text, style);
    }

    /// The first line behind `from` that is blank or where `ends` holds.
    fn run(&self, from: usize, ends: impl Fn(usize, &str) -> bool) -> usize {
        let is_end = |at: &usize| {
            let text = self.text(*at);
            text.is_empty() || ends(*at, text)
        };
        (from + 1..self.lines.list.len()).find(is_end).unwrap_or(self.lines.list.len())
    }

    /// Where a paragraph or the words of an item end.
    fn prose(&self, from: usize) -> usize {
        let in_list = !self.lists.is_empty();
        let around = self.open.last().map_or("", |o| o.fence);
        self.run(from, |at, text| {
            let is_fence = fence(text).is_some() && (text == around || self.lines.closes(at));
            is_fence || is_attributes(text) || in_list && (text == "+" || mark(text).is_some())
        })
    }

    /// One block of these lines, up to `to`.
    fn set(&mut self, context: Context, line: Line, to: usize, skip: usize) {
        let end = self.lines.list.get(to - 1).map_or(line.end, |l| l.end);
        self.flow.enter(context, line.start as u32);
        self.words(self.at, to, skip);
        self.flow.end_block(end as u32);
        self.flow.leave(end as u32);
    }

    fn heading(&mut self, line: Line, level: u8, skip: usize) {
        let text = &self.flow.source[line.start..line.end];
        // A title may close as it opens.
        let marks = &text[..skip];
        let end = text.strip_suffix(marks.trim_end()).filter(|t| skip > 0 && t.ends_with(' ')).map_or(text.len(), |t| t.trim_end().len());
        self.flow.enter(Context { level, ..Context::new(BlockKind::Heading) }, line.start as u32);
        let mut inline = self.inline();
        inline.read(line.start + skip, line.start + end.max(skip), 0);
        self.flow.end_block(line.end as u32);
        self.flow.leave(line.end as u32);
    }

    fn paragraph(&mut self, line: Line, text: &str, style: Style) {
        let to = self.prose(self.at);
        let last = self.text(to - 1);
        let signed = text.starts_with('"') && last.starts_with("-- ") && to > self.at + 1;
        match style.name {
            "comment" => {}
            "source" | "listing" | "literal" | "stem" | "latexmath" | "asciimath" | "pass" => return self.verbatim(self.at, to, to),
            "quote" | "verse" => {
                self.attribution(style);
                self.set(Context::new(BlockKind::Quote), line, to, 0);
            }
            _ if signed => self.set(Context::new(BlockKind::Quote), line, to, 0),
            _ if text.starts_with("> ") => {
                self.flow.enter(Context::new(BlockKind::Quote), line.start as u32);
                for at in self.at..to {
                    let skip = if self.text(at).starts_with('>') { 1 } else { 0 };
                    self.words(at, at + 1, skip);
                }
                let end = self.lines.list[to - 1].end;
                self.flow.end_block(end as u32);
                self.flow.leave(end as u32);
            }
            _ => self.set(self.flow.context(), line, to, labelled(text)),
        }
        self.at = to;
    }

    /// Who is quoted: what stands behind `quote`.
    fn attribution(&mut self, style: Style) {
        let Some((_, who)) = style.all.split_once(',').filter(|(_, who)| !who.contains('=')) else { return };
        let at = style.at + style.all.len() - who.len();
        self.flow.enter(Context::new(BlockKind::Quote), at as u32);
        self.flow.text(at as u32, who);
        self.flow.leave((at + who.len()) as u32);
    }

    /// Lines that are no prose.
    fn verbatim(&mut self, from: usize, to: usize, next: usize) {
        if let (Some(first), Some(last)) = (self.lines.list.get(from), self.lines.list.get(to.saturating_sub(1)).filter(|_| to > from)) {
            self.flow.enter(Context::new(BlockKind::Code), first.start as u32);
            self.flow.text(first.start as u32, &self.flow.source[first.start..last.end]);
            self.flow.leave(last.end as u32);
        }
        self.at = next;
    }

    fn item(&mut self, line: Line, mark: Mark, skip: usize) {
        let at = line.start as u32;
        self.attached = false;
        self.style = Style::default();
        match self.lists.iter().position(|m| *m == mark) {
            Some(depth) => {
                self.close_lists(depth + 1, at);
                self.flow.leave(at);
            }
            None => {
                self.flow.list_start(at);
                self.lists.push(mark);
            }
        }
        self.flow.item_start(at);
        let mut from = line.start + skip;
        let mut inline = self.inline();
        if let Mark::Term(colons) = mark {
            let text = &inline.flow.source[line.start..line.end];
            inline.read(line.start, line.start + lines::term_end(text, colons), 0);
            self.flow.end_block(from as u32);
            // What the term means is an item as well.
            self.flow.leave(from as u32);
            self.flow.item_start(from as u32);
        } else if let Some(box_) = ["[ ] ", "[x] ", "[*] "].iter().find(|b| self.flow.source[from..line.end].starts_with(**b)) {
            from += box_.len();
        }
        let to = self.prose(self.at);
        if from >= line.end && to == self.at + 1 {
            self.attached = matches!(mark, Mark::Term(_));
        } else {
            self.words(self.at, to, from - line.start);
            self.flow.end_block(self.lines.list[to - 1].end as u32);
        }
        self.at = to;
    }

    /// Closes the inner lists down to `depth`.
    fn close_lists(&mut self, depth: usize, at: u32) {
        while self.lists.len() > depth {
            self.flow.leave(at);
            self.flow.list_end(at);
            self.lists.pop();
        }
    }

    fn close_fence(&mut self, at: u32) {
        self.close_lists(0, at);
        if let Some(open) = self.open.pop() {
            self.flow.leave(at);
            self.lists = open.lists;
        }
    }

    /// A line in brackets: the name and the style of what is below it.
    fn attributes(&mut self, line: Line, text: &'a str) {
        if !self.attached {
            self.close_lists(0, line.start as u32);
        }
        if let Some(name) = text.strip_prefix("[[").and_then(|t| t.strip_suffix("]]")) {
            return self.flow.builder.anchor(name.split(',').next().unwrap_or(name));
        }
        let all = &text[1..text.len() - 1];
        let first = all.split(',').next().unwrap_or("");
        let name = first.split(['#', '.', '%']).next().unwrap_or("").trim();
        if let Some((_, id)) = first.split_once('#') {
            self.flow.builder.anchor(id.split(['.', '%']).next().unwrap_or(""));
        }
        if !name.is_empty() || self.style.all.is_empty() {
            self.style = Style { all, name, at: line.start + 1 };
        }
    }

    /// A block between two equal lines.
    fn fenced(&mut self, line: Line, text: &'a str, kind: u8, style: Style<'a>) {
        let close = self.lines.closing(self.at);
        let (from, next) = (self.at + 1, close + 1);
        match kind {
            b'|' | b',' => {
                self.table(line, from, close, style, kind);
                self.at = next;
            }
            b'+' => {
                if let (Some(first), Some(last)) =
                    (self.lines.list.get(from), self.lines.list.get(close.saturating_sub(1)).filter(|_| close > from))
                {
                    let span = Span::new(first.start, last.end);
                    html::read_piece(&mut self.flow, &mut self.walk, span);
                    self.flow.end_block(span.end);
                }
                self.at = next;
            }
            b'-' | b'.' | b'`' => self.verbatim(from, close, next),
            _ if matches!(style.name, "source" | "listing" | "comment" | "stem") => self.verbatim(from, close, next),
            _ => {
                let is_quote = kind == b'_' || matches!(style.name, "quote" | "verse");
                if is_quote {
                    self.attribution(style);
                }
                let context = if is_quote { Context::new(BlockKind::Quote) } else { self.flow.context() };
                self.flow.enter(context, line.start as u32);
                self.open.push(Open { fence: text, lists: std::mem::take(&mut self.lists) });
                self.at += 1;
            }
        }
    }

    fn table(&mut self, line: Line, from: usize, to: usize, style: Style, kind: u8) {
        let table = tables::table(self.flow.source, self.lines.list.get(from..to).unwrap_or(&[]), style.all, kind == b',');
        self.flow.table_start(table.has_head, line.start as u32);
        for (n, cell) in table.cells.iter().enumerate() {
            self.flow.cell_start(cell.columns, cell.start as u32);
            let mut inline = self.inline();
            if cell.holds_blocks {
                let mut at = cell.start;
                for piece in inline.flow.source[cell.start..cell.end].split_inclusive('\n') {
                    let words = piece.trim();
                    let skip = mark(words).map_or(0, |m| m.1);
                    let start = at + piece.len() - piece.trim_start().len() + skip;
                    inline.read(start, (start + words.len() - skip).max(start), 0);
                    inline.flow.space(Span::new(at + piece.len(), at + piece.len()));
                    at += piece.len();
                }
            } else {
                inline.read(cell.start, cell.end, 0);
            }
            self.flow.end_block(cell.end as u32);
            self.flow.cell_end(cell.end as u32);
            if table.cells.get(n + 1).is_none_or(|next| next.row > cell.row) {
                self.flow.row_end(cell.end as u32);
            }
        }
        if let Some(row) = table.uneven {
            self.flow.builder.defect(DefectKind::UnevenRow, row);
        }
        self.flow.table_end(self.lines.list.get(to).map_or(line.end, |l| l.end) as u32);
    }
}
