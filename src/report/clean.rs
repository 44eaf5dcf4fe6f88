//! Makes text safe to print: what an article holds must not steer a terminal, nor hide or turn around
//! what stands beside it.

use std::borrow::Cow;

/// What is printed for a character: itself, something harmless, or nothing.
pub fn shown(c: char) -> Option<char> {
    match c {
        ' '..='~' => Some(c),
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{a0}' => Some(' '),
        _ if c.is_control() => Some('\u{fffd}'),
        // Invisible: soft hyphen, zero-width, direction marks, joiners.
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2065}' | '\u{feff}' => None,
        // Direction overrides and isolates, annotation anchors, tag characters: what they do must be seen.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => Some('\u{fffd}'),
        _ => Some(c),
    }
}

/// A text as one harmless line.
pub fn line(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| shown(c) == Some(c)) { Cow::Borrowed(text) } else { Cow::Owned(text.chars().filter_map(shown).collect()) }
}

/// Whether a character has to be escaped where text is printed for programs.
pub fn is_unsafe(c: char) -> bool {
    c == '\u{7f}' || !c.is_ascii() && shown(c) != Some(c) && c != '\u{a0}'
}

/// Breaks a harmless line into lines of at most `width` characters, between words where it can.
pub fn wrap(text: &str, width: usize) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut column = 0;
    for word in text.split(' ').filter(|w| !w.is_empty()) {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > width {
            out.push('\n');
            column = 0;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_steers_a_terminal_is_printed() {
        assert_eq!(line("a\u{1b}[31mb\tc\u{9b}d\u{202e}e\u{200b}f\u{7f}"), "a\u{fffd}[31mb c\u{fffd}d\u{fffd}ef\u{fffd}");
        assert_eq!(line("naïve 😀 “quote”"), "naïve 😀 “quote”");
        assert!(is_unsafe('\u{9b}') && is_unsafe('\u{202e}') && is_unsafe('\u{7f}') && !is_unsafe('é'));
    }

    #[test]
    fn long_lines_break_between_words() {
        assert_eq!(wrap("one two three", 7), "one two\nthree");
        assert_eq!(wrap("extraordinary", 5), "extraordinary");
    }
}
