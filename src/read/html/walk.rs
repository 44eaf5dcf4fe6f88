//! Walks tokens and lets their words flow into blocks. The same walk serves whole pages and the HTML
//! inside Markdown, where elements open in one piece and close in a later one.

use super::outline::{HEAD, LAYOUT, Outline, REFERENCE, SKIP, furniture};
use super::tags::{Nesting, Tag};
use super::tokens::{Kind, Name, Tokens};
use crate::document::{BlockKind, DefectKind};
use crate::read::fields;
use crate::read::flow::{Context, Flow};
use crate::source::Span;

/// What the end of an open element does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    /// Ends the block, if the element is no inline one.
    Nothing,
    Context,
    List,
    Table,
    Row,
    Cell,
    /// Its words were dropped.
    Skip,
    /// A `sup` with a link: its words were dropped, its link kept.
    Reference,
    /// A `q`: quotation marks around it.
    Quotation,
}

/// Where the walk stands: what is open.
#[derive(Default)]
pub struct Walk {
    nesting: Nesting<What>,
    /// Depth at which the open link began.
    link: Option<usize>,
    /// Line breaks since the last word.
    breaks: u32,
    /// Open references.
    references: u32,
    /// Elements that must stay open.
    floor: usize,
    /// Whether comments are reported; a page reports them all beforehand.
    comments: bool,
}

impl Walk {
    /// A walk over the HTML inside another format, that reports the comments in it.
    pub fn inside() -> Walk {
        Walk { comments: true, ..Walk::default() }
    }

    /// Walks a range of tokens. Without an outline, nothing is known of what follows a tag.
    pub fn feed(&mut self, flow: &mut Flow, tokens: &Tokens, outline: Option<&Outline>, range: std::ops::Range<usize>) {
        let mut index = range.start;
        while index < range.end {
            let Some(token) = tokens.list.get(index) else { break };
            let span = token.span;
            match token.kind {
                Kind::Text => {
                    let text = flow.source.get(span.range()).unwrap_or("");
                    if self.breaks > 0 && !text.trim_ascii().is_empty() {
                        self.breaks = 0;
                    }
                    flow.text(span.start, text);
                }
                Kind::Replaced { from, to } => {
                    let text = tokens.decoded.get(from as usize..to as usize).unwrap_or("");
                    flow.replaced(span, text);
                }
                Kind::Comment if flow.original.get(span.range()).is_some_and(|c| c.starts_with("</")) => {
                    let end = flow.original.get(span.range()).and_then(|c| c.find('\n')).map_or(span.end, |n| span.start + n as u32);
                    flow.builder.defect(DefectKind::BrokenTag, Span { start: span.start, end });
                }
                Kind::Comment if self.comments => comment(flow, span),
                Kind::Comment => {}
                Kind::Start { tag, from, to, closed } => {
                    if tag == Tag::Silent && is_embed(flow.original, span) {
                        flow.builder.embed(span);
                    }
                    let marks = match outline {
                        Some(outline) => outline.marks[index],
                        None => strict(furniture(tokens, tag, from, to)),
                    };
                    let ends = outline.map_or(index, |o| o.end[index] as usize);
                    if marks & SKIP != 0 && ends > index && ends <= range.end && ends < tokens.list.len() {
                        // The whole element is here: step over it. Its end tag finds nothing open.
                        self.cut_for(flow, tag, span.start);
                        index = ends;
                        continue;
                    }
                    let start = Start { tag, closed, span, marks, from, to };
                    self.start(flow, tokens, start);
                }
                Kind::End { tag } => self.end(flow, tag, span),
            }
            index += 1;
        }
    }

    fn cut_for(&mut self, flow: &mut Flow, tag: Tag, at: u32) {
        let kept = self.nesting.kept_by_start(tag).max(self.floor);
        let closes_link = matches!(tag, Tag::Li | Tag::Dt | Tag::Dd | Tag::Td | Tag::Th | Tag::Tr | Tag::TableGroup);
        if !closes_link {
            // A link around a heading goes on inside it.
            self.link = self.link.map(|depth| depth.min(kept));
        }
        self.close_to(flow, kept, at);
        if !tag.is_inline() && flow.quiet == 0 {
            flow.end_block_before(at);
        }
    }

    fn start(&mut self, flow: &mut Flow, tokens: &Tokens, start: Start) {
        let Start { tag, closed, span, marks, from, to } = start;
        let attribute = |name| tokens.attribute(from, to, name).map(|(value, _)| value);
        if let Some(id) = attribute(Name::Id) {
            flow.builder.anchor(id);
        }
        if let Some(name) = attribute(Name::Property).filter(|_| tag == Tag::A) {
            flow.builder.anchor(name);
        }
        self.cut_for(flow, tag, span.start);
        let empty = tag.is_void() || closed;
        if marks & SKIP != 0 {
            if !empty && self.nesting.push(tag, What::Skip) {
                flow.quiet += 1;
            }
            return;
        }
        if tag == Tag::A && (flow.quiet == 0 || flow.quiet == self.references) {
            let href = tokens.attribute(from, to, Name::Href).map(|(href, place)| unmasked(flow, href, place));
            self.link_start(flow, href, attribute(Name::Rel), empty, span);
        }
        if flow.quiet > 0 {
            if !empty {
                self.nesting.push(tag, What::Nothing);
            }
            return;
        }
        match tag {
            Tag::Br => self.line_break(flow, span),
            Tag::Img => {
                let src = tokens.attribute(from, to, Name::Src).map_or("", |(src, place)| unmasked(flow, src, place));
                flow.picture(src, span, tokens.attribute(from, to, Name::Alt));
            }
            Tag::Time => {
                if let Some((value, place)) = tokens.attribute(from, to, Name::Datetime) {
                    let named = |a: Option<&str>| a.is_some_and(fields::means_updated);
                    let updated = named(attribute(Name::Itemprop)) || named(attribute(Name::Class));
                    flow.builder.field(if updated { "updated" } else { "date" }, value, place);
                }
            }
            _ => {}
        }
        if empty {
            return;
        }
        // The depth is known before the context changes: what cannot be closed is not opened.
        let what = match tag {
            Tag::Heading(_) | Tag::Blockquote | Tag::Caption | Tag::Figcaption | Tag::Pre | Tag::Li | Tag::Dt | Tag::Dd => What::Context,
            Tag::List | Tag::Dl => What::List,
            Tag::Table if marks & LAYOUT == 0 => What::Table,
            Tag::Tr if self.in_table() => What::Row,
            Tag::Td | Tag::Th if self.in_table() => What::Cell,
            Tag::Q => What::Quotation,
            Tag::Sup if marks & REFERENCE != 0 => What::Reference,
            t if t.is_inline() => return,
            _ => What::Nothing,
        };
        if !self.nesting.push(tag, what) {
            return;
        }
        let at = span.start;
        match (tag, what) {
            (Tag::Heading(level), _) => flow.enter(Context { level, ..Context::new(BlockKind::Heading) }, at),
            (Tag::Blockquote, _) => flow.enter(Context::new(BlockKind::Quote), at),
            (Tag::Caption | Tag::Figcaption, _) => flow.enter(Context::new(BlockKind::Caption), at),
            (Tag::Pre, _) => flow.enter(Context::new(BlockKind::Code), at),
            (_, What::Context) => flow.item_start(at),
            (_, What::List) => flow.list_start(at),
            (_, What::Table) => flow.table_start(marks & HEAD != 0, at),
            (_, What::Cell) => {
                let columns = attribute(Name::Colspan).and_then(|c| c.trim().parse().ok()).unwrap_or(1);
                flow.cell_start(columns, at);
            }
            (_, What::Quotation) => flow.replaced(span, "\u{201c}"),
            (_, What::Reference) => {
                flow.quiet += 1;
                self.references += 1;
            }
            (Tag::P, _) => flow.mark(at),
            _ => {}
        }
    }

    fn end(&mut self, flow: &mut Flow, tag: Tag, span: Span) {
        if tag == Tag::A && self.link.take().is_some() {
            flow.builder.link_end(span.end);
        }
        if tag == Tag::Br && flow.quiet == 0 {
            self.line_break(flow, span);
        }
        if let Some(kept) = self.nesting.kept_by_end(tag).filter(|&kept| kept >= self.floor) {
            self.close_to(flow, kept + 1, span.start);
            if let Some((_, What::Quotation)) = self.nesting.open.last() {
                flow.replaced(span, "\u{201d}");
            }
            self.close_to(flow, kept, span.end);
        } else if !tag.is_inline() && flow.quiet == 0 {
            flow.end_block(span.start);
        }
    }

    /// Closes open elements down to the depth `kept`; their place ends at `at`.
    fn close_to(&mut self, flow: &mut Flow, kept: usize, at: u32) {
        while self.nesting.open.len() > kept {
            let Some((tag, what)) = self.nesting.open.pop() else { break };
            if self.link.is_some_and(|depth| depth > self.nesting.open.len()) {
                self.link = None;
                flow.builder.link_end(at);
            }
            match what {
                What::Nothing if tag.is_inline() || flow.quiet > 0 => {}
                What::Nothing => {
                    flow.end_block(at);
                }
                What::Context => {
                    flow.leave(at);
                }
                What::List => flow.list_end(at),
                What::Table => flow.table_end(at),
                What::Row => flow.row_end(at),
                What::Cell => flow.cell_end(at),
                What::Skip => flow.quiet = flow.quiet.saturating_sub(1),
                What::Reference => {
                    flow.quiet = flow.quiet.saturating_sub(1);
                    self.references = self.references.saturating_sub(1);
                }
                What::Quotation => {}
            }
        }
    }

    /// Closes everything that is still open, at the byte `at`.
    pub fn finish(&mut self, flow: &mut Flow, at: u32) {
        self.close_to(flow, 0, at);
        if self.link.take().is_some() {
            flow.builder.link_end(at);
        }
    }

    /// Elements that are open now stay open until the matching [`Walk::release`]: something that is no
    /// HTML begins. Returns what to hand back.
    pub fn hold(&mut self) -> usize {
        std::mem::replace(&mut self.floor, self.nesting.open.len())
    }

    /// Closes what was opened since [`Walk::hold`], which returned `held`.
    pub fn release(&mut self, flow: &mut Flow, held: usize, at: u32) {
        self.close_to(flow, self.floor, at);
        self.floor = held;
    }

    /// Ends every element that drops its words: for where its end tag is missing.
    pub fn unskip(&mut self, flow: &mut Flow, at: u32) {
        if let Some(first) = self.nesting.open.iter().position(|(_, what)| matches!(what, What::Skip | What::Reference)) {
            self.close_to(flow, first.max(self.floor), at);
        }
    }

    fn link_start(&mut self, flow: &mut Flow, href: Option<&str>, rel: Option<&str>, empty: bool, span: Span) {
        if self.link.take().is_some() {
            flow.builder.link_end(span.start);
        }
        let Some(href) = href else { return };
        flow.builder.link_start(span.start, href.trim(), false);
        let mut rel = rel.unwrap_or("").to_ascii_lowercase();
        if self.references > 0 {
            if !rel.is_empty() {
                rel.push(' ');
            }
            rel.push_str("footnote");
        }
        if let Some(link) = flow.builder.link() {
            link.rel = rel;
        }
        if empty {
            flow.builder.link_end(span.end);
        } else {
            self.link = Some(self.nesting.open.len());
        }
    }

    fn line_break(&mut self, flow: &mut Flow, span: Span) {
        self.breaks += 1;
        if self.breaks > 1 {
            flow.end_block(span.start);
        } else {
            flow.space(span);
        }
    }

    /// Whether the innermost table is one with data.
    fn in_table(&self) -> bool {
        self.nesting.open.iter().rev().find(|(tag, _)| *tag == Tag::Table).is_some_and(|(_, what)| *what == What::Table)
    }
}

struct Start {
    tag: Tag,
    closed: bool,
    span: Span,
    marks: u8,
    from: u32,
    to: u32,
}

/// Whether the start tag at `span` shows something, such as a video or a chart.
fn is_embed(source: &str, span: Span) -> bool {
    let name = source.as_bytes().get(span.start as usize + 1..span.end as usize).unwrap_or(&[]);
    let is = |known: &&str| name.get(..known.len()).is_some_and(|n| n.eq_ignore_ascii_case(known.as_bytes()));
    ["iframe", "video", "audio", "object", "canvas", "svg"].iter().any(is)
}

/// The value of an attribute as written, where parts of it are masked.
fn unmasked<'v>(flow: &Flow<'v>, value: &'v str, place: Span) -> &'v str {
    if value.contains('\u{7f}') { flow.original.get(place.range()).unwrap_or(value) } else { value }
}

/// Without an outline only what is never the article's is skipped.
fn strict(marks: u8) -> u8 {
    if marks == SKIP { SKIP } else { 0 }
}

/// Reports the comment at `span`; the marks of WordPress's blocks, `<!-- wp:paragraph -->`, are none.
pub fn comment(flow: &mut Flow, span: Span) {
    let text = flow.source.get(span.range()).unwrap_or("");
    if let Some(text) = text.strip_prefix("<!--") {
        let text = text.strip_suffix("-->").or_else(|| text.strip_suffix("--!>")).unwrap_or(text);
        let is_mark = text.trim_start().trim_start_matches('/').starts_with("wp:");
        if !is_mark {
            flow.builder.comment(text, span);
        }
    }
}
