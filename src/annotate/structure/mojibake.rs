//! Debris of a wrong encoding and of entities that were escaped twice.

use super::parts::{Found, Parts};
use crate::source::Span;
use crate::tags::Known;
use memchr::{memchr, memchr3};

/// Bytes of the longest entity that is looked at.
const ENTITY: usize = 10;

/// Notes the first stretch of debris of each block.
pub fn find(parts: &Parts, found: &mut Found) {
    for (i, block) in parts.prose() {
        let Some((from, to)) = debris(&parts.text_without_code(i)) else { continue };
        let plain = Span { start: block.text.start + from as u32, end: block.text.start + to as u32 };
        found.at(Known::StructureMojibake, parts.article.token_at(plain.start), parts.article.doc.span(plain));
    }
}

/// The first debris of a text, as bytes.
fn debris(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    // Text without the bytes with which debris begins is the rule.
    if memchr(b'&', bytes).is_none() && memchr3(0xc2, 0xc3, 0xef, bytes).is_none() {
        return None;
    }
    let begins = |at: &usize| matches!(bytes[*at], b'&' | 0xc2 | 0xc3 | 0xef);
    for at in (0..bytes.len()).filter(begins) {
        let mut chars = text.get(at..).unwrap_or("").chars();
        let Some(c) = chars.next() else { continue };
        let next = chars.next();
        let length = match c {
            '\u{fffd}' | '\u{80}'..='\u{9f}' => c.len_utf8(),
            // The bytes of one character, each read as one of Windows-1252 or Latin-1.
            'Ã' | 'Â' => next.filter(|&n| is_trailing(n)).map_or(0, |n| c.len_utf8() + n.len_utf8()),
            'â' => next.filter(|n| matches!(n, '€' | '\u{80}'..='\u{9f}' | '„')).map_or(0, |n| c.len_utf8() + n.len_utf8()),
            '&' => entity(&text[at..]),
            _ => 0,
        };
        if length > 0 {
            return Some((at, at + length));
        }
    }
    None
}

/// Whether a character is what a byte from 80 to BF becomes when it is read alone.
fn is_trailing(c: char) -> bool {
    matches!(
        c,
        '\u{80}'
            ..='\u{bf}'
                | '€'
                | '‚'
                | 'ƒ'
                | '„'
                | '…'
                | '†'
                | '‡'
                | 'ˆ'
                | '‰'
                | 'Š'
                | '‹'
                | 'Œ'
                | 'Ž'
                | '˜'
                | '™'
                | 'š'
                | '›'
                | 'œ'
                | 'ž'
                | 'Ÿ'
    ) || matches!(c, '‘' | '’' | '“' | '”' | '•' | '–' | '—')
}

/// The length of the entity that the text starts with; 0 where it is none. `&c;` is none, "R&D;" neither.
fn entity(text: &str) -> usize {
    let Some(end) = text.bytes().take(ENTITY).position(|b| b == b';') else { return 0 };
    let name = text.get(1..end).unwrap_or("");
    let number = name.strip_prefix('#').is_some_and(|n| {
        let digits = n.strip_prefix(['x', 'X']).unwrap_or(n);
        !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_hexdigit())
    });
    let word = name.len() > 1
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        && name.starts_with(|c: char| c.is_ascii_lowercase());
    if number || word { end + 1 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debris_is_told_from_letters_of_other_languages() {
        for yes in ["zincâ€™s", "38Â°C", "cafÃ©", "a\u{fffd}b", "x&nbsp;y", "x&#8217;s", "it\u{99}s"] {
            assert!(debris(yes).is_some(), "{yes}");
        }
        for no in ["Âge and château", "NÃO", "Q&A; R&D", "salt & vinegar;", "“pâté”", "5 °C – 10 °C"] {
            assert_eq!(debris(no), None, "{no}");
        }
    }
}
