//! One source text and the arithmetic of places in it.
//!
//! Everything in caveat speaks in byte offsets; lines, columns, characters and UTF-16 units are
//! computed here and nowhere else.

use memchr::memchr_iter;
use serde::{Deserialize, Serialize};

/// A half-open range of bytes, `start..end`, on character boundaries of the text it belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span `start..end`; an inverted range becomes empty at `start`.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start: start as u32, end: end.max(start) as u32 }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span covers no byte.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The span as a range for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether the two spans share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that covers both.
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A place as a person or an editor counts it. Lines and columns count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1; lines end at `\n`.
    pub line: usize,
    /// Column in characters (Unicode scalar values), from 1.
    pub column: usize,
    /// Column in bytes, from 1.
    pub byte_column: usize,
    /// Column in UTF-16 code units, from 0, as language servers count.
    pub utf16_column: usize,
}

/// A named text: an article, a lint, a word list or a config file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What a person calls it: a path, or `<stdin>`.
    pub name: String,
    /// The whole text.
    pub text: String,
    line_starts: Vec<u32>,
}

impl Source {
    /// The largest text that is read, in bytes: offsets are 32-bit.
    pub const MAX_BYTES: usize = 1 << 30;

    /// A source over `text`; anything after [`Source::MAX_BYTES`] is cut at a character boundary.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Source {
        let mut text = text.into();
        if text.len() > Source::MAX_BYTES {
            let mut end = Source::MAX_BYTES;
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            text.truncate(end);
        }
        let mut line_starts = Vec::with_capacity(text.len() / 60 + 1);
        line_starts.push(0);
        line_starts.extend(memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1));
        Source { name: name.into(), text, line_starts }
    }

    /// The text of `span`, clamped to the source and to character boundaries.
    pub fn slice(&self, span: Span) -> &str {
        let start = floor_boundary(&self.text, span.start as usize);
        let end = floor_boundary(&self.text, span.end as usize).max(start);
        &self.text[start..end]
    }

    /// Line index from 0 of the byte `at`; the end of the text belongs to the last line.
    pub fn line_of(&self, at: u32) -> usize {
        self.line_starts.partition_point(|&s| s <= at).saturating_sub(1)
    }

    /// Number of lines; an empty text has one.
    pub fn line_count(&self) -> usize {
        self.line_starts.len()
    }

    /// The span of line `index` from 0, without its `\n` or `\r\n`; past the end, an empty span there.
    pub fn line_span(&self, index: usize) -> Span {
        let end = self.text.len();
        let Some(&start) = self.line_starts.get(index) else { return Span::new(end, end) };
        let mut stop = self.line_starts.get(index + 1).map_or(end, |&n| n as usize - 1);
        if stop > start as usize && self.text.as_bytes()[stop - 1] == b'\r' {
            stop -= 1;
        }
        Span::new(start as usize, stop)
    }

    /// Line and columns of the byte `at`, clamped to the text.
    pub fn position(&self, at: u32) -> Position {
        let at = floor_boundary(&self.text, at as usize);
        let line = self.line_of(at as u32);
        let start = self.line_starts[line] as usize;
        let before = &self.text[start..at];
        let (chars, utf16_column) = lengths(before);
        Position { line: line + 1, column: chars + 1, byte_column: before.len() + 1, utf16_column }
    }
}

/// Characters and UTF-16 units of a text.
pub fn lengths(text: &str) -> (usize, usize) {
    if text.is_ascii() { (text.len(), text.len()) } else { (text.chars().count(), text.chars().map(char::len_utf16).sum()) }
}

/// The largest character boundary of `text` at or below `at`.
pub fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_lines_characters_bytes_and_utf16() {
        let s = Source::new("a", "né\r\n😀x\n");
        let p = s.position(9);
        assert_eq!((p.line, p.column, p.byte_column, p.utf16_column), (2, 2, 5, 2));
        assert_eq!(s.slice(s.line_span(0)), "né");
        assert_eq!(s.line_count(), 3);
        assert_eq!(s.position(999).line, 3);
    }

    #[test]
    fn slices_never_cut_a_character() {
        let s = Source::new("a", "é");
        assert_eq!(s.slice(Span { start: 1, end: 2 }), "é");
        assert_eq!(s.slice(Span { start: 0, end: 1 }), "");
    }
}
