//! Notes set off from the text: `!!! note "Title"` over an indented body, `:::tip` to `:::`. Their marks are
//! no prose; their titles and bodies are.

use super::mask::{FILL, Masker};
use crate::read::builder::is_space;
use crate::source::Span;
use memchr::memmem;

/// Bytes of indentation that make a line belong to the note above it.
const INDENT: usize = 4;
/// Bytes of the longest line that may be a mark.
const LONGEST: usize = 200;

/// Masks the marks of notes; returns where bodies stand whose indentation means nothing else, in order.
pub fn mask(masker: &mut Masker, start: usize) -> Vec<Span> {
    let text = masker.text;
    let is_there = |mark: &[u8]| memmem::find(&text.as_bytes()[start..], mark).is_some();
    let mut bodies: Vec<Span> = Vec::new();
    if !is_there(b"!!!") && !is_there(b"???") && !is_there(b":::") {
        return bodies;
    }
    let mut body: Option<Span> = None;
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        let from = at;
        at += line.len();
        let words = line.trim_start_matches([' ', '\t']);
        let indent: usize = line[..line.len() - words.len()].bytes().map(|b| if b == b'\t' { INDENT } else { 1 }).sum();
        if let Some(open) = &mut body {
            if words.trim_end().is_empty() || indent >= INDENT {
                open.end = at as u32;
            } else {
                bodies.extend(body.take());
            }
        }
        let words_at = from + line.len() - words.len();
        let words = words.trim_end();
        if indent >= INDENT && body.is_none() || words.len() > LONGEST {
            continue;
        }
        let Some(title) = title(words) else { continue };
        if title.is_empty() {
            masker.fill(words_at, words_at + words.len(), b' ');
        } else {
            let title_at = words_at + (title.as_ptr() as usize - words.as_ptr() as usize);
            masker.fill(words_at, title_at, FILL);
            masker.fill(title_at + title.len(), words_at + words.len(), FILL);
        }
        if !words.starts_with(':') && body.is_none() {
            body = Some(Span::new(at, at));
        }
    }
    bodies.extend(body);
    bodies
}

/// What a mark says besides being one, perhaps nothing; `None` where the line is no mark.
fn title(line: &str) -> Option<&str> {
    let mark = line.chars().next().filter(|c| matches!(c, '!' | '?' | ':'))?;
    let rest = line.trim_start_matches(mark);
    let count = line.len() - rest.len();
    let rest = if mark == '?' { rest.strip_prefix('+').unwrap_or(rest) } else { rest };
    if count < 3 || mark != ':' && (count > 3 || !rest.starts_with(' ')) {
        return None;
    }
    let rest = rest.trim_start();
    let name = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')).count();
    if name == 0 && !(mark == ':' && (rest.is_empty() || rest.starts_with('{'))) {
        return None;
    }
    let mut title = rest[name..].trim();
    // Attributes, as in `::: {.callout-note}`, are no title.
    if title.starts_with('{') {
        title = title.split_once('}').map_or("", |t| t.1).trim();
    }
    let edge = |c: char| is_space(c) || matches!(c, '"' | '[' | ']');
    Some(title.trim_matches(edge))
}

#[cfg(test)]
mod tests {
    use super::title;

    #[test]
    fn marks_of_notes_are_told_from_prose() {
        for (line, wanted) in [
            ("!!! note", Some("")),
            ("!!! warning \"Before you start\"", Some("Before you start")),
            ("???+ tip", Some("")),
            (":::tip", Some("")),
            (":::", Some("")),
            ("::: warning Not for children", Some("Not for children")),
            (":::note[Your title]", Some("Your title")),
            ("::: {.callout-note}", Some("")),
            ("!!!", None),
            ("!!!! note", None),
            ("What???", None),
            ("::", None),
            ("!!!wow", None),
        ] {
            assert_eq!(title(line), wanted, "{line}");
        }
    }
}
