//! Masks the JavaScript in MDX: `import` and `export` blocks, `{…}` expressions, and the tags of
//! components that stand alone on their lines. Inline tags stay for the HTML reader, their attribute
//! expressions masked.

use super::mask::{FILL, Masker};
use crate::source::Span;

/// An expression longer than this is taken for an unbalanced brace, in bytes.
const MAX_EXPRESSION: usize = 64 * 1024;

/// After so many braces that never close, no more are tried: the text is no MDX.
const MAX_FAILURES: u32 = 100;

/// Masks JSX from the byte `start` on; returns the places of its comments.
pub fn mask(masker: &mut Masker, start: usize) -> Vec<Span> {
    let text = masker.text;
    let bytes = text.as_bytes();
    let mut comments = Vec::new();
    let mut at = start;
    let mut fence: Option<(u8, usize)> = None;
    let mut after_blank = true;
    let mut failures = 0;
    while at < bytes.len() {
        let line_end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |n| at + n + 1);
        let line = bytes[at..line_end].trim_ascii();
        if let Some(marks) = fence_of(line) {
            match fence {
                Some((byte, length)) if byte == marks.0 && marks.1 >= length && line.len() == marks.1 => fence = None,
                None => fence = Some(marks),
                _ => {}
            }
            at = line_end;
            after_blank = false;
            continue;
        }
        if fence.is_some() {
            at = line_end;
            continue;
        }
        if after_blank && (bytes[at..].starts_with(b"import ") || bytes[at..].starts_with(b"export ")) {
            let end = end_of_module(bytes, at);
            masker.fill(at, end, b' ');
            at = end;
            continue;
        }
        after_blank = line.is_empty();
        at = mask_line(masker, at, line_end, &mut failures, &mut comments);
    }
    comments
}

fn fence_of(line: &[u8]) -> Option<(u8, usize)> {
    let first = *line.first()?;
    let length = line.iter().take_while(|b| **b == first).count();
    (matches!(first, b'`' | b'~') && length >= 3).then_some((first, length))
}

/// End of an `import` or `export` block: the next blank line outside braces.
fn end_of_module(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    let mut depth = 0_i32;
    while at < bytes.len() {
        let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |n| at + n + 1);
        let line = bytes[at..end].trim_ascii();
        if line.is_empty() && depth <= 0 {
            return at;
        }
        for byte in line {
            depth += i32::from(matches!(byte, b'{' | b'(' | b'[')) - i32::from(matches!(byte, b'}' | b')' | b']'));
        }
        at = end;
    }
    if depth > 0 {
        // Braces that never close: the block ends at its first blank line after all.
        let mut at = start;
        for line in bytes[start..].split_inclusive(|b| *b == b'\n') {
            if line.trim_ascii().is_empty() {
                return at;
            }
            at += line.len();
        }
    }
    bytes.len()
}

/// Masks what begins on the line `at..line_end`; returns where to go on.
fn mask_line(masker: &mut Masker, mut at: usize, line_end: usize, failures: &mut u32, comments: &mut Vec<Span>) -> usize {
    let text = masker.text;
    let bytes = text.as_bytes();
    while at < line_end {
        match bytes[at] {
            b'\\' => at += 2,
            b'`' => {
                let ticks = bytes[at..line_end].iter().take_while(|b| **b == b'`').count();
                let close = memchr::memmem::find(&bytes[at + ticks..line_end], &bytes[at..at + ticks]);
                at += ticks + close.map_or(0, |c| c + ticks);
            }
            b'{' if masker.bytes()[at] == b'{' => {
                let Some(end) = expression(bytes, at, failures) else {
                    at += 1;
                    continue;
                };
                let inner = &bytes[at + 1..end - 1];
                if inner.starts_with(b"/*") {
                    comments.push(Span::new(at, end));
                }
                let space = inner.len() >= 2 && inner.iter().all(|b| matches!(b, b' ' | b'"' | b'\'' | b'`'));
                if space {
                    masker.fill(at, end, b' ');
                } else {
                    masker.hide(at, end);
                }
                at = end;
            }
            b'<' => at = mask_tag(masker, at, failures).unwrap_or(at + 1),
            _ => at += 1,
        }
    }
    at
}

/// The end of the expression at `open`, unless too many before it never closed.
fn expression(bytes: &[u8], open: usize, failures: &mut u32) -> Option<usize> {
    let end = if *failures < MAX_FAILURES { end_of_expression(bytes, open) } else { None };
    *failures += u32::from(end.is_none());
    end
}

/// One past the brace that closes the one at `open`, strings and comments respected.
fn end_of_expression(bytes: &[u8], open: usize) -> Option<usize> {
    let mut depth = 0_u32;
    let mut at = open;
    let limit = bytes.len().min(open + MAX_EXPRESSION);
    while at < limit {
        match bytes[at] {
            b'{' => depth += 1,
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            quote @ (b'"' | b'\'' | b'`') => {
                // A quote that does not close on its line is an apostrophe.
                let close = memchr::memchr(quote, &bytes[at + 1..limit]);
                let is_string = |&c: &usize| quote == b'`' || memchr::memchr(b'\n', &bytes[at + 1..at + 1 + c]).is_none();
                if let Some(close) = close.filter(is_string) {
                    at += close + 1;
                }
            }
            b'/' if bytes[at + 1..].first() == Some(&b'*') => {
                at = memchr::memmem::find(&bytes[at..limit], b"*/")? + at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// Elements that arrange blocks: inside them Markdown goes on.
const ARRANGING: [&[u8]; 10] = [b"div", b"section", b"article", b"main", b"aside", b"center", b"figure", b"header", b"footer", b"span"];

/// Masks the tag at `open`, if it is one: as a whole, or the expressions of its attributes.
fn mask_tag(masker: &mut Masker, open: usize, failures: &mut u32) -> Option<usize> {
    let text = masker.text;
    let bytes = text.as_bytes();
    let slash = usize::from(bytes.get(open + 1) == Some(&b'/'));
    let from = open + 1 + slash;
    let name = &bytes[from..];
    let name = &name[..name.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_')).count()];
    let mut at = from + name.len();
    let starts = name.first().is_some_and(u8::is_ascii_alphabetic) || name.is_empty();
    // `<https://…>` and `a <b` are no tags.
    if !starts
        || !matches!(bytes.get(at), Some(b'>' | b'/' | b' ' | b'\t' | b'\n' | b'\r'))
        || name.is_empty() && bytes.get(at) != Some(&b'>')
    {
        return None;
    }
    let mut expressions = Vec::new();
    let limit = bytes.len().min(open + MAX_EXPRESSION);
    let end = loop {
        match *bytes.get(at).filter(|_| at < limit)? {
            b'>' => break at + 1,
            b'<' => return None,
            quote @ (b'"' | b'\'') => at += memchr::memchr(quote, &bytes[at + 1..limit])? + 2,
            b'{' => {
                let end = expression(bytes, at, failures)?;
                expressions.push((at, end));
                at = end;
            }
            _ => at += 1,
        }
    };
    let component = name.first().is_none_or(u8::is_ascii_uppercase) || name.contains(&b'.');
    if (component || ARRANGING.contains(&name)) && masker.stands_alone(open, end) {
        masker.fill(open, end, b' ');
        return Some(end);
    }
    if name.is_empty() {
        masker.fill(open, end, FILL);
        return Some(end);
    }
    for (from, to) in expressions {
        if bytes[..from].last() == Some(&b'=') {
            // An attribute needs a value, and one without a line break.
            masker.fill_all(from, to, FILL);
        } else {
            masker.fill(from, to, b' ');
        }
    }
    Some(end)
}
