//! Lines of AsciiDoc: what is left when comments, includes, attributes and false conditions are taken out, and
//! what a line begins with.

use crate::read::builder::Builder;
use crate::read::fields;
use crate::source::Span;
use rustc_hash::{FxHashMap, FxHashSet};

/// Attributes that the document sets, by name in lower case.
pub type Names = FxHashMap<String, String>;

/// A line, white space at its edges left out; blank lines are empty.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// First byte of its text.
    pub start: usize,
    /// One past the last byte of its text.
    pub end: usize,
    /// Bytes of white space before it.
    pub indent: usize,
    /// Whether nothing was left out between the line before and this one.
    pub joins: bool,
    /// Index of the next line that is the same fence.
    pub closing: Option<u32>,
}

/// What marks an item; items with the same mark belong to one list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A glyph, so many times.
    Bullet(u8, usize),
    /// `1.`, `..`, `a.`, `<1>`: what counts, and how deep.
    Number(u8, usize),
    /// A term with so many colons behind it.
    Term(usize),
}

/// The lines of a text.
pub struct Lines<'a> {
    source: &'a str,
    /// In order.
    pub list: Vec<Line>,
    /// What the document sets.
    pub names: Names,
}

impl<'a> Lines<'a> {
    /// The text of a line; nothing behind the last one.
    pub fn text(&self, at: usize) -> &'a str {
        self.list.get(at).map_or("", |l| &self.source[l.start..l.end])
    }

    /// Whether the same fence comes again below.
    pub fn closes(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|l| l.closing.is_some())
    }

    /// Where it does.
    pub fn closing(&self, at: usize) -> usize {
        self.list.get(at).and_then(|l| l.closing).map_or(self.list.len(), |c| c as usize)
    }

    /// Whether the line stands right below the one before it.
    pub fn joins(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|l| l.joins)
    }
}

/// What a published page has set.
const BACKEND: [&str; 4] = ["backend-html5", "basebackend-html", "doctype-article", "asciidoctor"];

/// The lines of `source` that are text; comments and attributes go to `builder`.
pub fn lines<'a>(source: &'a str, builder: &mut Builder) -> Lines<'a> {
    let mut lines = Lines { source, list: Vec::with_capacity(source.len() / 60 + 1), names: Names::default() };
    let raw: Vec<Line> = split(source);
    let text = |at: usize| raw.get(at).map_or("", |l: &Line| &source[l.start..l.end]);
    let mut last: FxHashMap<&str, u32> = FxHashMap::default();
    let mut again: FxHashSet<usize> = FxHashSet::default();
    for at in (0..raw.len()).rev().filter(|&at| fence(text(at)).is_some()) {
        if last.insert(text(at), at as u32).is_some() {
            again.insert(at);
        }
    }
    let mut hidden = 0_usize;
    let mut inside: Option<&str> = None;
    let mut joins = false;
    let mut at = 0;
    while let Some(&line) = raw.get(at) {
        let words = text(at);
        at += 1;
        let is_fence = inside.is_none() && matches!(fence(words), Some(b'-' | b'.' | b'+' | b'`')) && words.len() > 2;
        let mut kept = Some(Line { joins, ..line });
        if inside == Some(words) {
            inside = None;
        } else if inside.is_none() && is_fence && again.contains(&(at - 1)) {
            inside = Some(words);
        } else if inside.is_none() && line.indent == 0 {
            if let Some(condition) = conditional(words) {
                kept = condition.line(&lines.names, &mut hidden).map(|skip| Line {
                    start: line.start + skip,
                    end: line.end - 1,
                    joins,
                    ..line
                });
            } else if hidden == 0 && words.starts_with("////") && words.bytes().all(|b| b == b'/') {
                // One that is never closed hides nothing.
                let close = (at..raw.len()).find(|&n| text(n) == words).unwrap_or(at - 1);
                let end = raw.get(close).map_or(line.end, |l| l.end);
                let inner = raw.get(at..close).and_then(|l| Some(&source[l.first()?.start..l.last()?.end]));
                builder.comment(inner.unwrap_or(""), Span::new(line.start, end));
                (at, kept) = (close + 1, None);
            } else if hidden == 0 && words.starts_with("//") && !words.starts_with("///") {
                builder.comment(&words[2..], Span::new(line.start, line.end));
                kept = None;
            } else if hidden == 0 && words.starts_with("include::") {
                builder.embed(Span::new(line.start, line.end));
                kept = None;
            } else if let Some((name, skip)) = attribute(words).filter(|_| hidden == 0) {
                let (mut value, mut end) = (words[skip..].trim().to_owned(), line.end);
                while value.ends_with(" \\") && at < raw.len() {
                    value.truncate(value.len() - 1);
                    value.push_str(text(at));
                    end = raw[at].end;
                    at += 1;
                }
                let place = Span::new((line.start + skip).min(end), end);
                builder.field(fields::canonical(name).unwrap_or(name), value.as_str(), place);
                lines.names.insert(name.to_lowercase(), value);
                kept = None;
            }
        }
        joins = kept.is_some() && hidden == 0;
        lines.list.extend(kept.filter(|_| hidden == 0));
    }
    close(&mut lines);
    lines
}

/// Finds the partner of every fence.
fn close(lines: &mut Lines) {
    let mut below: FxHashMap<&str, u32> = FxHashMap::default();
    for (at, line) in lines.list.iter_mut().enumerate().rev() {
        let text = &lines.source[line.start..line.end];
        if fence(text).is_some() {
            line.closing = below.insert(text, at as u32);
        }
    }
}

fn split(source: &str) -> Vec<Line> {
    let text = source.strip_prefix('\u{feff}').unwrap_or(source);
    let mut at = source.len() - text.len();
    let line = |raw: &str| {
        let from = at;
        at += raw.len();
        let text = raw.trim_end();
        let words = text.trim_start();
        let start = from + text.len() - words.len();
        Line { start, end: start + words.len(), indent: text.len() - words.len(), joins: false, closing: None }
    };
    text.split_inclusive('\n').map(line).collect()
}

/// A line about a condition.
struct Conditional<'a> {
    what: &'a str,
    names: &'a str,
    /// Bytes before what stands in the brackets.
    skip: usize,
    holds_text: bool,
}

fn conditional(text: &str) -> Option<Conditional<'_>> {
    let what = ["ifdef", "ifndef", "ifeval", "endif"].into_iter().find(|w| text.starts_with(w))?;
    let (names, inner) = text.strip_prefix(what)?.strip_prefix("::")?.strip_suffix(']')?.split_once('[')?;
    Some(Conditional { what, names, skip: text.len() - 1 - inner.len(), holds_text: !inner.is_empty() && what.ends_with("def") })
}

impl Conditional<'_> {
    /// Counts the conditions that hide what follows; where the line holds the text that it is about and that
    /// is shown, the bytes before this text.
    fn line(&self, names: &Names, hidden: &mut usize) -> Option<usize> {
        let is_set = |name: &str| names.contains_key(&name.to_lowercase()) || BACKEND.contains(&name);
        let any = if self.names.contains('+') { self.names.split('+').all(is_set) } else { self.names.split(',').any(is_set) };
        // An expression is not worked out: what it is about is read.
        let shown = self.what == "ifeval" || any == (self.what == "ifdef");
        match self.what {
            "endif" => *hidden = hidden.saturating_sub(1),
            _ if self.holds_text => return (*hidden == 0 && shown).then_some(self.skip),
            _ => *hidden += usize::from(*hidden > 0 || !shown),
        }
        None
    }
}

/// Name of the attribute that a line sets, and the bytes before its value.
fn attribute(text: &str) -> Option<(&str, usize)> {
    let rest = text.strip_prefix(':')?;
    let length = rest.find(':')?;
    let name = rest[..length].trim_matches('!');
    let after = &rest[length + 1..];
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    (is_name && (after.is_empty() || after.starts_with(' '))).then(|| (name, text.len() - after.trim_start().len()))
}

/// What kind of block a fence opens: its glyph, `o` for `--`, `|` and `,` for tables.
pub fn fence(text: &str) -> Option<u8> {
    let bytes = text.as_bytes();
    let (&first, rest) = bytes.split_first()?;
    let same = |rest: &[u8], byte: u8| rest.iter().all(|&b| b == byte);
    match first {
        b'-' if text == "--" => Some(b'o'),
        b'|' | b'!' if rest.len() > 2 && same(rest, b'=') => Some(b'|'),
        b',' | b':' if rest.len() > 2 && same(rest, b'=') => Some(b','),
        b'-' | b'.' | b'=' | b'*' | b'_' | b'+' if rest.len() > 2 && same(rest, first) => Some(first),
        b'`' if text.starts_with("```") && !text[3..].contains('`') => Some(b'`'),
        _ => None,
    }
}

/// Whether a line is a list of attributes, or an anchor, for the block below.
pub fn is_attributes(text: &str) -> bool {
    let Some(inner) = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')) else { return false };
    let begins = inner.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '#' | '%' | '_' | ',' | '"' | '\'' | '{'));
    let anchor =
        inner.strip_prefix('[').is_some_and(|t| t.ends_with(']') && t.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | ':')));
    inner.is_empty() || begins && !inner.contains(['[', ']']) || anchor
}

/// Whether a line is a rule or a page break.
pub fn is_rule(text: &str) -> bool {
    matches!(text, "---" | "- - -" | "***" | "* * *" | "<<<") || text.len() > 2 && text.bytes().all(|b| b == b'\'')
}

/// Bytes before the words of a title above a block: `.Dose by age`. A block macro has none.
pub fn block_title(text: &str) -> Option<usize> {
    text.strip_prefix('.').filter(|t| !t.starts_with([' ', '\t', '.']) && !t.is_empty()).map(|_| 1)
}

/// The mark of an item and the bytes up to its words.
pub fn mark(text: &str) -> Option<(Mark, usize)> {
    let bytes = text.as_bytes();
    let first = *bytes.first()?;
    let count = bytes.iter().take_while(|&&b| b == first).count();
    let spaced = |at: usize| {
        let rest = text.get(at..)?;
        let words = rest.trim_start();
        (words.len() < rest.len() && !words.is_empty()).then_some(text.len() - words.len())
    };
    let found = match first {
        b'*' if count <= 6 => spaced(count).map(|skip| (Mark::Bullet(first, count), skip)),
        b'-' if count == 1 => spaced(1).map(|skip| (Mark::Bullet(first, 1), skip)),
        b'.' if count <= 6 => spaced(count).map(|skip| (Mark::Number(first, count), skip)),
        b'<' => {
            let number = text.find('>').filter(|&end| end > 1 && (bytes[1..end].iter().all(u8::is_ascii_digit) || &text[1..end] == "."));
            number.and_then(|end| spaced(end + 1)).map(|skip| (Mark::Number(b'<', 1), skip))
        }
        b'0'..=b'9' => {
            let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
            let is_number = digits < 4 && bytes.get(digits) == Some(&b'.');
            is_number.then(|| spaced(digits + 1)).flatten().map(|skip| (Mark::Number(b'1', 1), skip))
        }
        b'a'..=b'z' | b'A'..=b'Z' if bytes.get(1) == Some(&b'.') => spaced(2).map(|skip| (Mark::Number(first & 0x20, 1), skip)),
        _ if text.starts_with("• ") => spaced('•'.len_utf8()).map(|skip| (Mark::Bullet(0, 1), skip)),
        _ => None,
    };
    found.or_else(|| term(text))
}

/// `Term:: text`, `Term:::`, `Term;;`.
fn term(text: &str) -> Option<(Mark, usize)> {
    let colons = |at: usize| text.bytes().skip(at).take(5).take_while(|&b| b == b':').count();
    let at = text.match_indices("::").map(|m| m.0).find(|&at| {
        let after = text.as_bytes().get(at + colons(at));
        at > 0 && after.is_none_or(|b| matches!(b, b' ' | b'\t'))
    })?;
    let colons = colons(at);
    let rest = &text[at + colons..];
    (colons <= 4 && !text[..at].ends_with(' ')).then(|| (Mark::Term(colons), text.len() - rest.trim_start().len()))
}

/// Where the words of a term end.
pub fn term_end(text: &str, colons: usize) -> usize {
    text.match_indices(&"::::"[..colons.min(4)])
        .map(|m| m.0)
        .find(|&at| !text[at + colons..].starts_with(|c: char| !c.is_whitespace()))
        .unwrap_or(text.len())
}
