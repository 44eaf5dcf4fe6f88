//! Front matter of the simplest kind, which most is: `key: value`, one a line, of plain words or in quotes. YAML has so
//! many other ways to write that whatever is not of this kind is left to its parser.

use super::Value;
use crate::source::Span;

/// The entries of a text that is nothing but lines of that kind.
pub fn entries(text: &str, base: u32) -> Option<Vec<(String, Value, Span)>> {
    let mut entries: Vec<(String, Value, Span)> = Vec::new();
    let mut at = base as usize;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = line.strip_suffix('\n').unwrap_or(line);
        let (key, written) = line.split_once(": ")?;
        if !is_key(key) || entries.iter().any(|(k, ..)| k == key) {
            return None;
        }
        let value = match written.strip_prefix('"').and_then(|w| w.strip_suffix('"')) {
            Some(inner) if !inner.contains(['"', '\\']) && !inner.trim().is_empty() => inner,
            Some(_) => return None,
            None if is_plain(written) => written,
            None => return None,
        };
        let from = start + key.len() + 2;
        entries.push((key.to_owned(), Value::Scalar(value.to_owned()), Span::new(from, from + written.len())));
    }
    Some(entries)
}

/// Words that are no text to YAML.
const OTHER: [&str; 9] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];

fn is_other(word: &str) -> bool {
    OTHER.iter().any(|other| other.eq_ignore_ascii_case(word))
}

fn is_key(key: &str) -> bool {
    let is_letter = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    key.starts_with(|c: char| c.is_ascii_alphabetic()) && key.bytes().all(is_letter) && !is_other(key)
}

/// Whether a value is words, numbers and signs that mean nothing to YAML.
fn is_plain(value: &str) -> bool {
    let is_word =
        |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | ',' | '(' | ')' | '/' | '\'' | '’' | '–' | '&' | '+' | '?' | '!');
    value.starts_with(|c: char| c.is_ascii_alphanumeric()) && !value.ends_with(' ') && value.chars().all(is_word) && !is_other(value)
}

#[cfg(test)]
mod tests {
    use super::super::{any_yaml, yaml};
    use super::*;
    use crate::document::Field;
    use crate::read::builder::Builder;
    use proptest::prelude::*;

    fn fields(text: &str, read: fn(&mut Builder, &str, u32)) -> Vec<Field> {
        let mut builder = Builder::new(0);
        read(&mut builder, text, 4);
        builder.finish(0).fields
    }

    proptest! {
        #[test]
        fn simple_front_matter_is_read_as_its_parser_reads_it(
            lines in prop::collection::vec(("[a-zA-Z][a-z_-]{0,6}", "[ -~é’–]{0,12}|[a-z0-9A-Z .,'-]{1,12}|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9.]{1,6}"), 1..4),
            quoted in any::<bool>(),
        ) {
            let line = |(key, value): &(String, String)| if quoted { format!("{key}: \"{value}\"\n") } else { format!("{key}: {value}\n") };
            let text: String = lines.iter().map(line).collect();
            if entries(&text, 4).is_some() {
                prop_assert_eq!(fields(&text, yaml), fields(&text, any_yaml), "{}", text);
            }
        }
    }

    #[test]
    fn what_is_not_simple_is_left_to_the_parser() {
        for simple in ["title: Gout", "title: \"A: b\"\ndate: 2025-01-02\n", "author: Dr Ana Roe, MD"] {
            assert!(entries(simple, 0).is_some(), "{simple}");
        }
        for other in [
            "a: [b]",
            "a:\n  b: c",
            "a: null",
            "a: b # c",
            "a: b: c",
            "a: 'it''s'",
            "- a",
            "a: b\na: c",
            "a: >\n  b",
            "a: \"\\n\"",
            "a: b ",
            "",
        ] {
            assert!(entries(other, 0).is_none_or(|e| e.is_empty()), "{other}");
        }
    }
}
