//! Builds a [`Document`] block by block: collapses white space, keeps the way back to the source bytes.

use crate::document::{Block, BlockKind, Comment, Defect, DefectKind, Document, Field, Link, Piece, Section};
use crate::source::Span;

/// What a reader says while it walks its source from front to back.
#[derive(Default)]
pub struct Builder {
    doc: Document,
    open: Option<Block>,
    /// White space seen since the last word, as a source span: becomes one space before the next word.
    gap: Option<Span>,
    links: Vec<(Link, u32)>,
    groups: u32,
}

impl Builder {
    /// A builder with room for the text of a source of `bytes` bytes.
    pub fn new(bytes: usize) -> Builder {
        let mut builder = Builder::default();
        builder.doc.text.reserve(bytes);
        builder.doc.pieces.reserve(bytes / 64);
        builder
    }

    /// Opens a block of this kind at the source byte `at`; an open block is closed first.
    /// Returns the block to fill in level, head, group, row, column and inference.
    pub fn open(&mut self, kind: BlockKind, at: u32) -> &mut Block {
        self.close(at);
        let start = self.doc.text.len();
        self.open.insert(Block {
            kind,
            text: Span::new(start, start),
            span: Span { start: at, end: at },
            section: 0,
            level: 0,
            head: None,
            group: 0,
            row: 0,
            column: 0,
            inferred: 0,
        })
    }

    /// Whether a block is open.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// The open block.
    pub fn block(&mut self) -> Option<&mut Block> {
        self.open.as_mut()
    }

    /// Whether the open block has any words yet.
    pub fn has_words(&self) -> bool {
        self.open.as_ref().is_some_and(|b| self.doc.text.len() > b.text.start as usize)
    }

    /// Index that the next closed block with words will get.
    pub fn next_index(&self) -> u32 {
        self.doc.blocks.len() as u32
    }

    /// Index and block of the last closed block.
    pub fn last(&mut self) -> Option<(u32, &mut Block)> {
        let index = self.doc.blocks.len().checked_sub(1)?;
        Some((index as u32, &mut self.doc.blocks[index]))
    }

    /// The words of a closed block.
    pub fn text_of(&self, index: u32) -> &str {
        self.doc.blocks.get(index as usize).map_or("", |b| self.doc.words(b.text))
    }

    /// A new number for a list or a table.
    pub fn new_group(&mut self) -> u32 {
        self.groups += 1;
        self.groups
    }

    /// Adds text that stands in the source as it is, from byte `start` on. White space (also no-break
    /// spaces) is collapsed to one space; soft hyphens, zero-width and direction marks vanish. Without an
    /// open block, a paragraph is opened.
    pub fn text(&mut self, start: u32, text: &str) {
        let bytes = text.as_bytes();
        let mut from = 0;
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            // The common case goes by bytes, many at once: visible ASCII, and one space between two such characters.
            if let Some(many) = bytes.get(at..).and_then(|rest| rest.first_chunk())
                && is_plain(many)
                && (byte != b' ' || at > from)
            {
                at += MANY;
                continue;
            }
            if matches!(byte, 0x21..=0x7e) {
                at += 1;
                continue;
            }
            if byte == b' ' && at > from && matches!(bytes.get(at + 1), Some(0x21..=0x7e)) {
                at += 2;
                continue;
            }
            let Some(c) = text[at..].chars().next() else { break };
            let end = at + c.len_utf8();
            if is_space(c) {
                self.run(start + from as u32, &text[from..at]);
                self.space(Span { start: start + at as u32, end: start + end as u32 });
                from = end;
            } else if is_ignorable(c) {
                self.run(start + from as u32, &text[from..at]);
                from = end;
            }
            at = end;
        }
        self.run(start + from as u32, &text[from..]);
    }

    /// Adds `text` that replaces the source bytes of `source`: an entity, an escape, a ligature.
    pub fn replaced(&mut self, source: Span, text: &str) {
        if text.chars().all(|c| is_space(c) || is_ignorable(c)) {
            if text.chars().any(is_space) {
                self.space(source);
            }
            return;
        }
        self.begin(source.start);
        let start = self.doc.text.len();
        self.doc.text.extend(text.chars().map(|c| if is_space(c) { ' ' } else { c }));
        self.doc.pieces.push(Piece { plain: Span::new(start, self.doc.text.len()), source });
    }

    /// White space at `source`: one space before the next word, none at the edges of a block.
    pub fn space(&mut self, source: Span) {
        if self.has_words() {
            self.gap = Some(self.gap.map_or(source, |g| g.to(source)));
        }
    }

    fn run(&mut self, start: u32, text: &str) {
        if text.is_empty() {
            return;
        }
        self.begin(start);
        let plain = self.doc.text.len();
        self.doc.text.push_str(text);
        let piece = Piece { plain: Span::new(plain, plain + text.len()), source: Span::new(start as usize, start as usize + text.len()) };
        match self.doc.pieces.last_mut() {
            Some(last)
                if last.plain.len() == last.source.len()
                    && last.plain.end == piece.plain.start
                    && last.source.end == piece.source.start =>
            {
                last.plain.end = piece.plain.end;
                last.source.end = piece.source.end;
            }
            _ => self.doc.pieces.push(piece),
        }
    }

    /// Opens a paragraph where nothing is open and writes the pending space.
    fn begin(&mut self, at: u32) {
        if self.open.is_none() {
            self.open(BlockKind::Paragraph, at);
        }
        if let Some(gap) = self.gap.take() {
            let plain = self.doc.text.len();
            self.doc.text.push(' ');
            match self.doc.pieces.last_mut() {
                Some(last)
                    if gap.len() == 1
                        && last.plain.len() == last.source.len()
                        && last.plain.end as usize == plain
                        && last.source.end == gap.start =>
                {
                    last.plain.end += 1;
                    last.source.end += 1;
                }
                _ => self.doc.pieces.push(Piece { plain: Span::new(plain, plain + 1), source: gap }),
            }
        }
    }

    /// Closes the open block at the source byte `at`. A block without words is dropped; returns the
    /// index of the block if it was kept.
    pub fn close(&mut self, at: u32) -> Option<u32> {
        self.gap = None;
        let mut block = self.open.take()?;
        let end = self.doc.text.len();
        block.text.end = end as u32;
        block.span.end = at.max(block.span.start);
        if block.text.is_empty() {
            return None;
        }
        self.doc.text.push('\n');
        self.doc.blocks.push(block);
        Some(self.doc.blocks.len() as u32 - 1)
    }

    /// A link or image starts at the source byte `at`.
    pub fn link_start(&mut self, at: u32, target: impl Into<String>, image: bool) {
        // The pending space belongs before the link, not into its words.
        let plain = self.doc.text.len() as u32 + u32::from(self.gap.is_some());
        let link = Link {
            target: target.into(),
            text: Span { start: plain, end: plain },
            span: Span { start: at, end: at },
            image,
            rel: String::new(),
        };
        self.links.push((link, self.doc.links.len() as u32));
    }

    /// The innermost open link, to set `rel`.
    pub fn link(&mut self) -> Option<&mut Link> {
        self.links.last_mut().map(|(l, _)| l)
    }

    /// The innermost open link ends at the source byte `at`.
    pub fn link_end(&mut self, at: u32) {
        if let Some((mut link, order)) = self.links.pop() {
            // A link around blocks holds their words, not the breaks before and after them.
            let words = self.doc.text.get(link.text.start as usize..).unwrap_or("");
            link.text.start += (words.len() - words.trim_start_matches('\n').len()) as u32;
            link.text.end = link.text.start + words.trim_matches('\n').len() as u32;
            link.span.end = at.max(link.span.start);
            self.doc.links.insert(order as usize, link);
        }
    }

    /// Adds a field; an empty value is dropped.
    pub fn field(&mut self, name: impl Into<String>, value: impl Into<String>, span: Span) {
        let value = value.into();
        if !value.trim().is_empty() {
            self.doc.fields.push(Field { name: name.into(), value: value.trim().to_owned(), span });
        }
    }

    /// The first field of this name so far.
    pub fn field_of(&self, name: &str) -> Option<&Field> {
        self.doc.field(name)
    }

    /// The fields so far.
    pub fn fields(&self) -> &[Field] {
        &self.doc.fields
    }

    /// Adds a comment.
    pub fn comment(&mut self, text: impl Into<String>, span: Span) {
        self.doc.comments.push(Comment { text: text.into(), span });
    }

    /// Adds a name that links may point at.
    pub fn anchor(&mut self, name: &str) {
        if !name.is_empty() {
            self.doc.anchors.push(name.to_owned());
        }
    }

    /// The byte of the plain text at which the next word will stand.
    pub fn plain_end(&self) -> u32 {
        self.doc.text.len() as u32 + u32::from(self.gap.is_some())
    }

    /// The words from the plain byte `from` on are set as code.
    pub fn code_since(&mut self, from: u32) {
        let to = self.doc.text.len() as u32;
        if from < to {
            self.doc.code.push(Span { start: from, end: to });
        }
    }

    /// Something without words stands at `span`.
    pub fn embed(&mut self, span: Span) {
        self.doc.embeds.push(span);
    }

    /// Adds a slip of the markup.
    pub fn defect(&mut self, kind: DefectKind, span: Span) {
        self.doc.defects.push(Defect { kind, span });
    }

    /// The document, its last block closed at the source byte `end`. Sections are not yet laid.
    pub fn finish(mut self, end: u32) -> Document {
        while !self.links.is_empty() {
            self.link_end(end);
        }
        self.close(end);
        self.doc.embeds.sort_unstable_by_key(|e| e.start);
        self.doc.defects.sort_unstable_by_key(|d| d.span.start);
        self.doc.sections = vec![Section { end: self.doc.blocks.len() as u32, ..Section::default() }];
        self.doc
    }
}

/// Bytes that are looked at at once.
const MANY: usize = 16;

/// Whether bytes are visible ASCII with single spaces between; the last one only ends them.
fn is_plain(bytes: &[u8; MANY + 1]) -> bool {
    let is_visible = |b: u8| matches!(b, 0x21..=0x7e);
    // Without a way out, so that all are looked at at once.
    bytes.array_windows().fold(true, |all, &[a, b]| all & (is_visible(a) | (a == b' ') & is_visible(b)))
}

/// White space of prose, no-break spaces included.
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{a0}' || c == '\u{202f}' || c == '\u{2060}'
}

/// Characters that a reader does not see: soft hyphen, zero-width and direction marks, byte order mark;
/// and the byte that stands for masked markup.
pub fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{7f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_the_way_back_through_breaks_and_entities() {
        // source: "a &amp; b\r\nc"
        let mut b = Builder::new(16);
        b.open(BlockKind::Paragraph, 0);
        b.text(0, "a ");
        b.replaced(Span::new(2, 7), "&");
        b.text(7, " b");
        b.space(Span::new(9, 11));
        b.text(11, "c");
        let d = b.finish(12);
        assert_eq!(d.text, "a & b c\n");
        assert_eq!(d.span(Span::new(2, 3)), Span::new(2, 7));
        assert_eq!(d.span(Span::new(4, 7)), Span::new(8, 12));
        assert_eq!(d.span(Span::new(6, 7)), Span::new(11, 12));
    }

    #[test]
    fn empty_blocks_vanish_and_edges_have_no_space() {
        let mut b = Builder::new(16);
        b.open(BlockKind::Heading, 0);
        b.text(0, "  \u{feff}");
        b.open(BlockKind::Paragraph, 5);
        b.text(5, " x\u{ad}y ");
        let d = b.finish(12);
        assert_eq!(d.text, "xy\n");
        assert_eq!(d.blocks.len(), 1);
        assert_eq!(d.span(Span::new(0, 2)), Span::new(6, 10));
    }
}
