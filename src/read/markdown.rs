//! Reads Markdown and MDX: every word of the prose with its exact place, whatever stands around it.
//! Front matter becomes fields; shortcodes, templates and JSX expressions are no prose and are masked
//! before the parser sees them, byte for byte, so that offsets hold.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::document::{BlockKind, DefectKind, Document};
use crate::read::fields;
use crate::read::flow::{Context, Flow};
use crate::read::html::{self, Walk};
use crate::read::plain::cells;
use crate::source::{Span, floor_boundary};

mod jsx;
mod mask;
mod notes;
mod run_on;

use run_on::{Cut, Part};
#[cfg(test)]
mod tests;

/// Front matter at the start of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrontMatter {
    /// `+++` instead of `---`.
    pub toml: bool,
    /// What stands between the fences.
    pub inner: Span,
    /// First byte after the closing fence.
    pub end: u32,
    /// Whether there is a closing fence.
    pub closed: bool,
}

/// The front matter of a text, if it begins with some.
pub fn front_matter(text: &str) -> Option<FrontMatter> {
    let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let start = bom + (text[bom..].len() - text[bom..].trim_start_matches(['\n', '\r']).len());
    let first = text[start..].split('\n').next()?;
    let toml = match first.trim_end() {
        "---" => false,
        "+++" => true,
        _ => return None,
    };
    let from = (start + first.len() + 1).min(text.len());
    let body = &text[from..];
    let content = body.lines().find(|l| !l.trim().is_empty() && !l.trim_start().starts_with('#'))?;
    let is_fence = |line: &str| if toml { line == "+++" } else { line == "---" || line == "..." };
    let begins = is_entry(content, if toml { '=' } else { ':' }) || is_fence(content.trim_end());
    let begins = begins || toml && content.starts_with('[');
    if !begins {
        // A rule between paragraphs, not a fence.
        return None;
    }
    let mut at = from;
    let mut blank = None;
    for line in body.split_inclusive('\n') {
        if is_fence(line.trim_end()) {
            return Some(FrontMatter { toml, inner: Span::new(from, at), end: (at + line.len()) as u32, closed: true });
        }
        if blank.is_none() && line.trim().is_empty() {
            blank = Some(at);
        }
        at += line.len();
    }
    // The closing fence is missing: entries up to the first blank line are taken, the article is not.
    let end = blank.unwrap_or(at);
    Some(FrontMatter { toml, inner: Span::new(from, end), end: end as u32, closed: false })
}

/// Whether a line looks like `key: value`.
fn is_entry(line: &str, mark: char) -> bool {
    line.split_once(mark).is_some_and(|(key, value)| {
        let key = key.trim().trim_matches(['"', '\'']);
        !key.is_empty()
            && key.len() <= 64
            && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ' | '@'))
            && key.split(' ').count() <= 3
            && (value.is_empty() || value.starts_with([' ', '\t', '\r']) || mark == '=')
    })
}

/// How sure the parts of a line are that lost its breaks, in percent.
const SURE: u8 = 80;

/// Reads Markdown, or MDX where `mdx` is set.
pub fn read(source: &str, mdx: bool) -> Document {
    let front = front_matter(source);
    let start = front.map_or(0, |f| f.end as usize);
    let masked = mask::mask(source, start, mdx);
    let text = masked.text.as_deref().unwrap_or(source);
    let mut flow = Flow::new(source, text);
    if let Some(front) = front {
        read_front_matter(&mut flow, source, front);
        let body = &source[start..];
        fields::of_front_matter(&mut flow.builder, source, body, has_title(body));
    }
    embeds(&mut flow, start);
    for comment in &masked.comments {
        let whole = source.get(comment.range()).unwrap_or("");
        flow.builder.comment(whole.trim_start_matches("{/*").trim_end_matches("*/}"), *comment);
    }
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    let mut reader = Reader {
        flow,
        walk: Walk::inside(),
        mdx,
        image: 0,
        caption: false,
        html: None,
        held: Vec::new(),
        columns: 0,
        notes: masked.notes,
        indented: false,
        cuts: Vec::new(),
        run_on: false,
        items: None,
    };
    for (event, range) in Parser::new_ext(&text[start..], options).into_offset_iter() {
        // A range may come reversed.
        let from = floor_boundary(source, start + range.start);
        let to = floor_boundary(source, start + range.end.max(range.start));
        reader.event(event, from, to);
    }
    let end = source.len() as u32;
    let Reader { mut flow, mut walk, .. } = reader;
    walk.finish(&mut flow, end);
    flow.builder.finish(end)
}

/// Notes where a shortcode or a component was masked.
fn embeds(flow: &mut Flow, start: usize) {
    let (original, masked) = (flow.original.as_bytes(), flow.source.as_bytes());
    if original.as_ptr() == masked.as_ptr() {
        return;
    }
    let mut at = start;
    while let Some(run) = original[at..].iter().zip(&masked[at..]).position(|(a, b)| a != b) {
        let from = at + run;
        let length = original[from..].iter().zip(&masked[from..]).take_while(|(a, b)| a != b || a.is_ascii_whitespace()).count().max(1);
        at = from + length;
        if matches!(original[from..].first(), Some(b'{' | b'<')) && original.get(from + 1) != Some(&b':') {
            flow.builder.embed(Span::new(from, at));
        }
    }
}

/// Reads front matter into fields.
fn read_front_matter(flow: &mut Flow, source: &str, front: FrontMatter) {
    let text = source.get(front.inner.range()).unwrap_or("");
    if !front.closed {
        let fence = Span::new((front.inner.start as usize).saturating_sub(1), front.inner.start as usize);
        flow.builder.field(fields::ERROR, "front matter is not closed", fence);
    }
    if front.toml {
        fields::toml(&mut flow.builder, text, front.inner.start);
    } else {
        fields::yaml(&mut flow.builder, text, front.inner.start);
    }
}

/// Whether a heading of level 1 stands in the text: `# Gout`, `Gout` above `====`, `<h1>`.
fn has_title(text: &str) -> bool {
    let mut is_code = false;
    text.lines().any(|line| {
        is_code ^= line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
        let is_underline = line.len() > 2 && line.trim_end().bytes().all(|b| b == b'=');
        let is_html = line.get(..3).is_some_and(|l| l.eq_ignore_ascii_case("<h1"));
        !is_code && (line.starts_with("# ") || is_underline || is_html)
    })
}

/// Whether HTML that begins inside such a thing ends with it.
fn holds(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::FootnoteDefinition | TagEnd::TableCell
    )
}

/// The target of the link at `from..to` as written, where parts of it are masked.
fn unmasked<'t>(flow: &Flow<'t>, target: &'t str, from: u32, to: u32) -> &'t str {
    let (from, to) = (from as usize, to as usize);
    let written = || {
        let at = from + flow.source.get(from..to)?.find(target)?;
        flow.original.get(at..at + target.len())
    };
    if target.contains('\u{7f}') { written().unwrap_or(target) } else { target }
}

struct Reader<'a> {
    flow: Flow<'a>,
    walk: Walk,
    mdx: bool,
    /// Open images.
    image: u32,
    /// Whether the alternative text of the open image is a caption.
    caption: bool,
    /// The lines of an HTML block read so far.
    html: Option<Span>,
    /// What [`Walk::hold`] returned for each open container.
    held: Vec<usize>,
    /// Cells in the head row of the open table.
    columns: usize,
    /// Bodies of notes, which are indented.
    notes: Vec<Span>,
    /// Inside an indented block of MDX or of a note, where indentation means nothing.
    indented: bool,
    /// Where the parts of a line begin that lost its breaks, the last first.
    cuts: Vec<Cut>,
    /// Whether the open paragraph is such a line.
    run_on: bool,
    /// Where the open list of items on one line began.
    items: Option<u32>,
}

/// The number of cells of the table row `from..to`.
fn columns(source: &str, from: u32, to: u32) -> usize {
    source.get(from as usize..to as usize).map_or(0, |row| cells(row.trim()).count())
}

impl Reader<'_> {
    fn event(&mut self, event: Event, from: usize, to: usize) {
        let at = from as u32;
        if !matches!(event, Event::Text(_)) {
            self.cut(at + 1);
        }
        match event {
            Event::Start(tag) => self.start(tag, at, to as u32),
            Event::End(tag) => self.end(tag, to as u32),
            _ if self.image > 0 && !self.caption => {}
            Event::Text(text) => self.text(&text, from, to),
            Event::Code(code) => self.code(&code, from, to),
            Event::SoftBreak | Event::HardBreak => self.flow.space(Span::new(from, to)),
            Event::Html(_) => self.html_line(Span::new(from, to)),
            Event::InlineHtml(_) => html::read_piece(&mut self.flow, &mut self.walk, Span::new(from, to)),
            Event::FootnoteReference(name) => {
                let builder = &mut self.flow.builder;
                builder.link_start(at, format!("#fn-{name}"), false);
                if let Some(link) = builder.link() {
                    link.rel = "footnote".to_owned();
                }
                builder.link_end(to as u32);
            }
            Event::Rule => {
                self.flow.end_block(at);
            }
            Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag, at: u32, to: u32) {
        let flow = &mut self.flow;
        if let Tag::Heading { .. } = tag {
            self.walk.unskip(flow, at);
        }
        if holds(tag.to_end()) {
            self.held.push(self.walk.hold());
        }
        match tag {
            Tag::Paragraph => {
                flow.end_block_before(at);
                flow.mark(at);
                if flow.context().kind == BlockKind::Paragraph {
                    self.run_on = self.part(Span { start: at, end: to }, 0);
                }
            }
            Tag::Heading { level, id, .. } => {
                flow.builder.anchor(id.as_deref().unwrap_or(""));
                flow.enter(Context { level: level as u8, ..Context::new(BlockKind::Heading) }, at);
                self.part(Span { start: at, end: to }, level as u8);
            }
            // An alert is the author's own note.
            Tag::BlockQuote(Some(_)) => flow.enter(flow.context(), at),
            Tag::BlockQuote(None) => flow.enter(Context::new(BlockKind::Quote), at),
            Tag::CodeBlock(kind) => {
                let note = self.notes.partition_point(|n| n.end <= at);
                let in_note = self.notes.get(note).is_some_and(|n| n.start <= at);
                self.indented = (self.mdx || in_note) && matches!(kind, CodeBlockKind::Indented);
                let kind = if self.indented { flow.context() } else { Context::new(BlockKind::Code) };
                flow.enter(kind, at);
            }
            Tag::HtmlBlock => {
                flow.end_block(at);
            }
            Tag::List(_) => flow.list_start(at),
            Tag::Item => flow.item_start(at),
            Tag::FootnoteDefinition(_) => flow.enter(Context::new(BlockKind::Paragraph), at),
            Tag::Table(_) => flow.table_start(true, at),
            Tag::TableHead => self.columns = columns(flow.source, at, to),
            Tag::TableRow if columns(flow.source, at, to) != self.columns => {
                flow.builder.defect(DefectKind::UnevenRow, Span { start: at, end: to });
            }
            Tag::TableCell => flow.cell_start(1, at),
            Tag::Link { dest_url, .. } => flow.builder.link_start(at, unmasked(flow, &dest_url, at, to), false),
            Tag::Image { dest_url, .. } => {
                if self.image == 0 {
                    let target = unmasked(flow, &dest_url, at, to);
                    let has_alternative = !flow.source.get(at as usize..to as usize).is_some_and(|image| image.starts_with("![]"));
                    self.caption = flow.picture_start(target, Span { start: at, end: to }, has_alternative);
                }
                self.image += 1;
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, at: u32) {
        let flow = &mut self.flow;
        if holds(tag)
            && let Some(held) = self.held.pop()
        {
            self.walk.release(flow, held, at);
        }
        match tag {
            TagEnd::Paragraph if std::mem::take(&mut self.run_on) => {
                flow.leave(at);
                self.end_items(at);
            }
            TagEnd::Paragraph => _ = flow.end_block(at),
            TagEnd::Heading(_) => {
                flow.leave(at);
                self.end_items(at);
            }
            TagEnd::BlockQuote(_) | TagEnd::CodeBlock | TagEnd::Item | TagEnd::FootnoteDefinition => {
                self.indented = false;
                flow.leave(at);
            }
            TagEnd::HtmlBlock => self.html_end(),
            TagEnd::List(_) => flow.list_end(at),
            TagEnd::Table => flow.table_end(at),
            TagEnd::TableHead | TagEnd::TableRow => flow.row_end(at),
            TagEnd::TableCell => flow.cell_end(at),
            TagEnd::Link => flow.builder.link_end(at),
            TagEnd::Image => {
                self.image = self.image.saturating_sub(1);
                if self.image == 0 && std::mem::take(&mut self.caption) {
                    flow.leave(at);
                }
            }
            _ => {}
        }
    }

    /// Sees whether the heading of this level, or for 0 the paragraph, is a line that lost its breaks: `true` where a
    /// paragraph is, which is a context of its own then.
    fn part(&mut self, span: Span, level: u8) -> bool {
        self.cuts = run_on::cuts(self.flow.source, span, level);
        self.cuts.reverse();
        if self.cuts.is_empty() {
            return false;
        }
        let marked = |c: &&Cut| level > 0 || c.part != Part::Item && c.words > c.at;
        if let (Some(last), Some(first)) = (self.cuts.iter().find(marked), self.cuts.iter().rfind(marked)) {
            let start = if level > 0 { span.start } else { first.at };
            self.flow.builder.defect(DefectKind::RunOnHeading, Span { start, end: last.words + 1 });
        }
        if level == 0 {
            self.flow.enter(self.flow.context(), span.start);
        }
        level == 0
    }

    /// Begins the parts whose place is before `to`.
    fn cut(&mut self, to: u32) {
        while let Some(cut) = self.cuts.pop_if(|cut| cut.at < to) {
            self.flow.leave(cut.at);
            let is_item = cut.part == Part::Item;
            if !is_item {
                self.end_items(cut.at);
            } else if self.items.is_none() {
                self.flow.list_start(cut.at);
                self.items = Some(cut.at);
            }
            match cut.part {
                Part::Item => self.flow.item_start(cut.at),
                Part::Heading(level) => self.flow.enter(Context { level, inferred: SURE, ..Context::new(BlockKind::Heading) }, cut.at),
                Part::Text => self.flow.enter(Context { inferred: SURE, ..Context::new(BlockKind::Paragraph) }, cut.at),
            }
        }
    }

    /// Ends the list of items that stand on one line, if one is open.
    fn end_items(&mut self, at: u32) {
        if let Some(start) = self.items.take() {
            self.flow.list_end(at);
            self.flow.builder.defect(DefectKind::GluedItems, Span { start, end: at });
        }
    }

    /// Words: as they stand, or decoded from an entity.
    fn text(&mut self, text: &str, from: usize, to: usize) {
        if self.flow.source.get(from..to) == Some(text) {
            let mut from = from;
            while let Some(cut) = self.cuts.last().filter(|cut| (cut.at as usize) < to).copied() {
                let at = from.max(cut.at as usize);
                self.flow.text(from as u32, self.flow.source.get(from..at).unwrap_or(""));
                self.cut(cut.at + 1);
                from = at.max(cut.words as usize);
            }
            self.flow.text(from as u32, self.flow.source.get(from..to).unwrap_or(""));
        } else {
            self.flow.replaced(Span::new(from, to), text);
        }
    }

    /// Words between backticks.
    fn code(&mut self, code: &str, from: usize, to: usize) {
        let Some(whole) = self.flow.source.get(from..to) else { return };
        let ticks = whole.bytes().take_while(|&b| b == b'`').count();
        let inner = whole.get(ticks..whole.len().saturating_sub(ticks)).unwrap_or("");
        let start = from + ticks;
        let plain = self.flow.builder.plain_end();
        if inner.len() == code.len() {
            // Line breaks inside became spaces: the source says the same words.
            self.flow.text(start as u32, inner);
        } else if let Some(stripped) = inner.get(1..inner.len().saturating_sub(1)).filter(|s| s.len() == code.len()) {
            self.flow.text(start as u32 + 1, stripped);
        } else {
            self.flow.replaced(Span::new(start, start + inner.len()), code);
        }
        self.flow.builder.code_since(plain);
    }

    /// Another line of an HTML block; lines that do not touch (inside quotes) are read one by one.
    fn html_line(&mut self, span: Span) {
        match &mut self.html {
            Some(open) if open.end == span.start => open.end = span.end,
            _ => {
                self.html_end();
                self.html = Some(span);
            }
        }
    }

    fn html_end(&mut self) {
        if let Some(span) = self.html.take() {
            html::read_piece(&mut self.flow, &mut self.walk, span);
            self.flow.end_block(span.end);
        }
    }
}
