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
    if text.chars().all(|c| shown(c) == Some(c)) && !text.contains("##") && !text.contains("::") {
        return Cow::Borrowed(text);
    }
    let mut chars: Vec<char> = text.chars().filter_map(shown).collect();
    disarm(&mut chars, |c| c);
    Cow::Owned(chars.into_iter().collect())
}

/// Breaks what build servers obey wherever it stands in a log: `##[name]` and `##name[...]` anywhere in a
/// line, `::name` where a wrapped line may start. One sign is replaced, so that columns stay.
pub fn disarm<T>(text: &mut [T], of: impl Fn(&mut T) -> &mut char) {
    let mut before = [' ', ' '];
    for i in 0..text.len() {
        let Some((now, after)) = text.get_mut(i..).and_then(<[T]>::split_first_mut) else { return };
        let sign = of(now);
        let is_armed = match (before, *sign) {
            ([_, '#'], '#') => after.iter_mut().map(|t| *of(t)).find(|c| !c.is_ascii_alphabetic()) == Some('['),
            ([' ', ':'], ':') => after.first_mut().is_some_and(|t| of(t).is_ascii_alphabetic()),
            _ => false,
        };
        before = [before[1], *sign];
        if is_armed {
            *sign = '\u{fffd}';
        }
    }
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
    fn what_a_build_server_obeys_is_broken_and_what_it_does_not_is_left() {
        assert_eq!(line("a ##[add-mask]b ##vso[x] #\u{200b}#teamcity[y]"), "a #\u{fffd}[add-mask]b #\u{fffd}vso[x] #\u{fffd}teamcity[y]");
        assert_eq!(line("::error::x and ::stop"), ":\u{fffd}error::x and :\u{fffd}stop");
        assert_eq!(line("## [Heading] a::b 12::30 ##"), "## [Heading] a::b 12::30 ##");
    }

    #[test]
    fn long_lines_break_between_words() {
        assert_eq!(wrap("one two three", 7), "one two\nthree");
        assert_eq!(wrap("extraordinary", 5), "extraordinary");
    }
}
