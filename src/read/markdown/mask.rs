//! Masks what is no prose in the Markdown of static site generators: Liquid and Jinja tags, Hugo
//! shortcodes, kramdown attribute lists. The masked text has the length of the source, byte for byte.

use memchr::memmem;

use crate::source::Span;

/// Stands for a masked byte inside a line: neither a letter nor a space to the Markdown parser, allowed in
/// the target of a link, and never taken for a word.
pub const FILL: u8 = 0x7f;

/// A masked text.
#[derive(Default)]
pub struct Masked {
    /// The whole text; `None` where nothing had to be masked.
    pub text: Option<String>,
    /// Comments of JSX, `{/* … */}`.
    pub comments: Vec<Span>,
    /// Bodies of notes, whose indentation is no code.
    pub notes: Vec<Span>,
}

/// Masks `text[start..]`.
pub fn mask(text: &str, start: usize, mdx: bool) -> Masked {
    let mut masker = Masker { text, out: None };
    let mut masked = Masked::default();
    templates(&mut masker, start);
    abbreviations(&mut masker, start);
    markdown_inside(&mut masker, start);
    masked.notes = super::notes::mask(&mut masker, start);
    if mdx {
        masked.comments = super::jsx::mask(&mut masker, start);
    }
    // Whole characters were overwritten with ASCII: the text stays UTF-8.
    masked.text = masker.out.and_then(|out| String::from_utf8(out).ok());
    masked
}

/// A text and its masked copy, made when first needed.
pub struct Masker<'a> {
    /// The text as it was.
    pub text: &'a str,
    out: Option<Vec<u8>>,
}

impl Masker<'_> {
    fn out(&mut self) -> &mut Vec<u8> {
        let text = self.text;
        self.out.get_or_insert_with(|| text.as_bytes().to_vec())
    }

    /// The text as masked so far.
    pub fn bytes(&self) -> &[u8] {
        self.out.as_deref().unwrap_or(self.text.as_bytes())
    }

    /// Overwrites `from..to` with the ASCII byte `fill`; line breaks stay. Both ends are character boundaries.
    pub fn fill(&mut self, from: usize, to: usize, fill: u8) {
        if let Some(range) = self.out().get_mut(from..to) {
            range.iter_mut().filter(|b| !matches!(b, b'\n' | b'\r')).for_each(|b| *b = fill);
        }
    }

    /// Overwrites `from..to` with the ASCII byte `fill`, line breaks too.
    pub fn fill_all(&mut self, from: usize, to: usize, fill: u8) {
        if let Some(range) = self.out().get_mut(from..to) {
            range.fill(fill);
        }
    }

    /// Masks `from..to` so that the Markdown around it keeps its meaning.
    pub fn hide(&mut self, from: usize, to: usize) {
        let fill = if self.stands_alone(from, to) && !self.touches_html(from, to) { b' ' } else { FILL };
        self.fill(from, to, fill);
    }

    /// Whether nothing else stands on the lines of `from..to`.
    pub fn stands_alone(&self, from: usize, to: usize) -> bool {
        let blank = |b: &u8| matches!(b, b' ' | b'\t' | b'\r' | &FILL);
        let bytes = self.bytes();
        let before = bytes[..from].iter().rev().take(MAX_LINE).take_while(|b| **b != b'\n').all(blank);
        before && bytes[to..].iter().take(MAX_LINE).take_while(|b| **b != b'\n').all(blank)
    }

    /// Whether the line before or after is HTML, which a blank line would end.
    fn touches_html(&self, from: usize, to: usize) -> bool {
        let is_html = |line: &[u8]| line.trim_ascii_start().first() == Some(&b'<');
        let bytes = self.bytes();
        let before = &bytes[from.saturating_sub(MAX_LINE)..from];
        let mut lines = before.rsplit(|b| *b == b'\n').skip(1);
        let after = &bytes[to..bytes.len().min(to + MAX_LINE)];
        lines.next().is_some_and(is_html) || after.split(|b| *b == b'\n').nth(1).is_some_and(is_html)
    }
}

/// Openers of template tags and what closes each.
const TAGS: [(&[u8], &[u8]); 6] = [(b"{{<", b">}}"), (b"{{%", b"%}}"), (b"{{", b"}}"), (b"{%", b"%}"), (b"{#", b"#}"), (b"{:", b"}")];

/// Lines longer than this are looked at only near the tag, in bytes.
const MAX_LINE: usize = 4096;

/// A template tag longer than this is none, in bytes.
const MAX_TAG: usize = 4096;

fn templates(masker: &mut Masker, start: usize) {
    let text = masker.text;
    let bytes = text.as_bytes();
    let mut at = start;
    while let Some(found) = memchr::memchr(b'{', &bytes[at..]) {
        let open = at + found;
        at = open + 1;
        let rest = &bytes[open..];
        let Some((opener, closer)) = TAGS.iter().find(|(o, _)| rest.starts_with(o)) else { continue };
        let window = &rest[opener.len()..rest.len().min(MAX_TAG)];
        let Some(length) = memmem::find(window, closer) else { continue };
        let inner = &window[..length];
        let end = open + opener.len() + length + closer.len();
        match *opener {
            b"{:" if !is_attribute_list(inner) => continue,
            // `{#intro}` is the id of a heading.
            b"{#" if !inner.first().is_some_and(u8::is_ascii_whitespace) => continue,
            _ => {}
        }
        let mut end = end;
        if *opener == b"{%" {
            end = end_of_pair(bytes, inner, end);
        }
        if *opener == b"{:" && inner.trim_ascii() == b"toc" {
            hide_line_before(masker, open);
        }
        if text.is_char_boundary(end) {
            masker.hide(open, end);
            at = end;
        }
    }
}

/// `{:.class}`, `{: #id title="…"}`, `{:toc}`, `{::options … /}`, `{:/comment}`: on one line.
fn is_attribute_list(inner: &[u8]) -> bool {
    !inner.contains(&b'\n') && inner.first().is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b' ' | b'.' | b'#' | b':' | b'/'))
}

/// Where a Liquid tag ends whose content is no prose either: comments and listings.
fn end_of_pair(bytes: &[u8], inner: &[u8], end: usize) -> usize {
    let name = inner.trim_ascii().strip_prefix(b"-").unwrap_or(inner).trim_ascii();
    for (open, close) in [(&b"comment"[..], &b"endcomment"[..]), (b"highlight", b"endhighlight")] {
        if name.starts_with(open)
            && let Some(found) = memmem::find(&bytes[end..], close)
            && let Some(closed) = memmem::find(&bytes[end + found..], b"%}")
        {
            return end + found + closed + 2;
        }
    }
    end
}

/// Masks definitions of abbreviations, `*[GP]: general practitioner`, each on its line.
fn abbreviations(masker: &mut Masker, start: usize) {
    let bytes = masker.text.as_bytes();
    for found in memmem::find_iter(&bytes[start..], b"*[") {
        let from = start + found;
        let line = &bytes[from..from + memchr::memchr(b'\n', &bytes[from..]).unwrap_or(bytes.len() - from)];
        let begins = from == start || bytes[from - 1] == b'\n';
        if begins && memmem::find(line, b"]:").is_some_and(|at| !line[..at].contains(&b'(')) {
            masker.fill(from, from + line.len(), b' ');
        }
    }
}

/// Masks tags that stand alone and say that Markdown goes on inside: `<div markdown="1">`.
fn markdown_inside(masker: &mut Masker, start: usize) {
    let bytes = masker.text.as_bytes();
    for found in memmem::find_iter(&bytes[start..], b" markdown=") {
        let at = start + found;
        let near = &bytes[at.saturating_sub(MAX_LINE).max(start)..at];
        let Some(open) = memchr::memrchr2(b'<', b'\n', near).filter(|&o| near[o] == b'<') else { continue };
        let from = at - near.len() + open;
        let Some(close) = memchr::memchr2(b'>', b'\n', &bytes[at..]).filter(|c| bytes[at + c] == b'>') else { continue };
        if masker.stands_alone(from, at + close + 1) {
            masker.fill(from, at + close + 1, b' ');
        }
    }
}

/// `{:toc}` replaces the list item before it.
fn hide_line_before(masker: &mut Masker, at: usize) {
    let bytes = masker.text.as_bytes();
    let Some(end) = memchr::memrchr(b'\n', &bytes[..at]) else { return };
    let start = memchr::memrchr(b'\n', &bytes[..end]).map_or(0, |n| n + 1);
    if matches!(bytes[start..end].trim_ascii_start().first(), Some(b'*' | b'-' | b'+' | b'1')) {
        masker.fill(start, end, b' ');
    }
}
