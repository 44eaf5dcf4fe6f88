//! Lines of a plain text and what each begins with: list marks, glyphs, rules, bars of a table.

use super::looks;
use crate::read::builder::{is_ignorable, is_space};

/// One line that is not blank, white space at its edges left out.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// First byte of its text in the source.
    pub start: usize,
    /// One past the last byte of its text.
    pub end: usize,
    /// Characters of white space before the text; a tab counts as four.
    pub indent: usize,
    /// Characters of the text.
    pub width: usize,
    /// Whether a blank line, or the start of the file, stands before it.
    pub after_blank: bool,
    /// What it begins with.
    pub mark: Mark,
}

/// What a line begins with, or consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Nothing: prose.
    None,
    /// A bullet and the bytes up to the item's words.
    Bullet(char, usize),
    /// The number of a list item and the bytes up to the item's words.
    Number(u32, usize),
    /// The letter of a list item, as in `a)`, and the bytes up to the item's words.
    Letter(char, usize),
    /// `#` to `######` before a heading and the bytes up to its words.
    Hashes(u8, usize),
    /// No letter and no digit: a toggle, an ornament.
    Glyphs,
    /// A rule: three or more of one of `-*_=~`, perhaps spaced.
    Rule(char),
    /// Two or more cells between bars.
    Bars,
    /// A line such as `---|:---:|---` under the head of a table.
    Delimiter,
}

/// Bullets that are never anything else, so they also part items on one line.
pub fn is_bullet_glyph(c: char) -> bool {
    matches!(
        c,
        '•' | '‣'
            | '➤'
            | '➢'
            | '●'
            | '○'
            | '▪'
            | '▫'
            | '◦'
            | '■'
            | '□'
            | '►'
            | '▸'
            | '▶'
            | '✓'
            | '✔'
            | '✅'
            | '❖'
            | '◆'
            | '⁃'
            | '∙'
            | '\u{f0b7}'
    )
}

/// Glyphs that open and close the answers of an FAQ.
pub fn is_toggle(c: char) -> bool {
    matches!(c, '+' | '−' | '▼' | '▾' | '▽' | '▲' | '△' | '⌄')
}

/// The lines of `source` that are not blank, in order.
pub fn lines(source: &str) -> Vec<Line> {
    let mut lines = Vec::with_capacity(source.len() / 100 + 1);
    let mut after_blank = true;
    let mut start = 0;
    for raw in source.split_inclusive(['\n', '\r']) {
        let text = looks::trim(raw);
        if !text.is_empty() {
            let lead = looks::lead(raw);
            let indent = raw[..lead].chars().map(|c| if c == '\t' { 4 } else { usize::from(is_space(c)) }).sum();
            let at = start + lead;
            let width = text.chars().count();
            lines.push(Line { start: at, end: at + text.len(), indent, width, after_blank, mark: mark(text) });
            after_blank = false;
        } else if raw != "\n" || source.as_bytes().get(start.wrapping_sub(1)) != Some(&b'\r') {
            // The `\n` of a `\r\n` is no blank line.
            after_blank = true;
        }
        start += raw.len();
    }
    lines
}

fn mark(text: &str) -> Mark {
    let bytes = text.as_bytes();
    match bytes.first() {
        Some(b'-' | b'*' | b'_' | b'=' | b'~' | b'|' | b':') if looks::is_glyphs(text) => return rule_or_glyphs(text),
        Some(b) if b.is_ascii_alphabetic() => return letter(text).or_else(|| bars(text)).unwrap_or(Mark::None),
        Some(b) if b.is_ascii_digit() || *b == b'(' => {
            return number(text).or_else(|| letter(text)).or_else(|| bars(text)).unwrap_or(Mark::None);
        }
        _ => {}
    }
    if looks::is_glyphs(text) {
        return Mark::Glyphs;
    }
    let first = text.chars().next().unwrap_or(' ');
    let rest = &text[first.len_utf8()..];
    let words = rest.trim_start_matches(|c| is_space(c) || is_ignorable(c));
    let skip = text.len() - words.len();
    let spaced = words.len() < rest.len();
    match first {
        '#' => hashes(text).unwrap_or(Mark::None),
        '-' | '*' | '–' | '—' | '·' if spaced => Mark::Bullet(first, skip),
        c if is_toggle(c) && spaced && !words.starts_with(|c: char| c.is_ascii_digit()) => Mark::Bullet(first, skip),
        // Emoji bullets may carry a variation selector.
        c if is_bullet_glyph(c) => {
            let words = words.trim_start_matches(|c| c == '\u{fe0f}' || is_space(c));
            Mark::Bullet(c, text.len() - words.len())
        }
        _ => bars(text).unwrap_or(Mark::None),
    }
}

fn rule_or_glyphs(text: &str) -> Mark {
    let first = text.chars().next().unwrap_or('-');
    if text.chars().all(|c| c == first || is_space(c)) && text.chars().filter(|&c| c == first).count() >= 3 {
        return Mark::Rule(first);
    }
    let delimiter = text.contains("--") && text.contains('|') && text.chars().all(|c| matches!(c, '-' | '|' | ':') || is_space(c));
    if delimiter { Mark::Delimiter } else { Mark::Glyphs }
}

fn number(text: &str) -> Option<Mark> {
    let inner = text.strip_prefix('(').unwrap_or(text);
    let opened = inner.len() < text.len();
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let value = inner.get(..digits)?.parse().ok().filter(|_| digits <= if opened { 2 } else { 3 })?;
    item_text(text, text.len() - inner.len() + digits, opened).map(|skip| Mark::Number(value, skip))
}

fn letter(text: &str) -> Option<Mark> {
    let inner = text.strip_prefix('(').unwrap_or(text);
    let opened = inner.len() < text.len();
    let letter = inner.chars().next().filter(char::is_ascii_alphabetic)?;
    let at = text.len() - inner.len() + 1;
    // `A.` is an initial more often than an item.
    (text.as_bytes().get(at) == Some(&b')')).then(|| item_text(text, at, opened))?.map(|skip| Mark::Letter(letter, skip))
}

/// Bytes up to the words behind the `.` or `)` at `at`.
fn item_text(text: &str, at: usize, opened: bool) -> Option<usize> {
    let closer = *text.as_bytes().get(at)?;
    if !(closer == b')' || closer == b'.' && !opened) {
        return None;
    }
    let rest = text.get(at + 1..)?;
    let words = rest.trim_start_matches(|c| is_space(c) || is_ignorable(c));
    (words.len() < rest.len() || rest.is_empty()).then_some(text.len() - words.len())
}

fn hashes(text: &str) -> Option<Mark> {
    let level = text.bytes().take_while(|&b| b == b'#').count();
    let rest = &text[level..];
    let words = rest.trim_start_matches(is_space);
    (level <= 6 && words.len() < rest.len()).then_some(Mark::Hashes(level as u8, text.len() - words.len()))
}

fn bars(text: &str) -> Option<Mark> {
    text.contains('|').then(|| cells(text).count() >= 2).filter(|&two| two).map(|_| Mark::Bars)
}

/// The cells of a table row as byte ranges of the row; a bar at either edge opens no cell, an escaped
/// bar parts none.
pub fn cells(row: &str) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let first = usize::from(row.starts_with('|'));
    let last = if row.len() > first && row.ends_with('|') && !row.ends_with("\\|") { row.len() - 1 } else { row.len() };
    let bytes = row.as_bytes();
    let mut from = Some(first);
    std::iter::from_fn(move || {
        let start = from?;
        let bar = (start..last).find(|&i| bytes[i] == b'|' && (i == 0 || bytes[i - 1] != b'\\'));
        from = bar.map(|i| i + 1);
        Some(start..bar.unwrap_or(last))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_know_their_marks() {
        let cases = [
            ("- spinach", Mark::Bullet('-', 2)),
            ("•spinach", Mark::Bullet('•', 3)),
            ("12) rest", Mark::Number(12, 4)),
            ("(3) rest", Mark::Number(3, 4)),
            ("(555) 010-7788", Mark::None),
            ("a) rest", Mark::Letter('a', 3)),
            ("1.5 mg", Mark::None),
            ("2020. was good", Mark::None),
            ("A. Poe", Mark::None),
            ("+", Mark::Glyphs),
            ("−", Mark::Glyphs),
            ("* * *", Mark::Rule('*')),
            ("---|---", Mark::Delimiter),
            ("| a | b |", Mark::Bars),
            ("a | b |", Mark::Bars),
            ("a |", Mark::None),
            ("-30 degrees", Mark::None),
            ("**bold", Mark::None),
            ("## Uses", Mark::Hashes(2, 3)),
            ("#zinc", Mark::None),
        ];
        for (text, want) in cases {
            assert_eq!(mark(text), want, "{text}");
        }
    }

    #[test]
    fn line_ends_of_every_system_part_lines_and_blank_lines() {
        for text in ["a\nb\n\nc", "a\r\nb\r\n\r\nc", "a\rb\r\rc", "\u{feff}a\n\u{c}b\n \u{a0}\nc"] {
            let seen: Vec<_> = lines(text).iter().map(|l| (text[l.start..l.end].to_owned(), l.after_blank)).collect();
            assert_eq!(seen, [("a".to_owned(), true), ("b".to_owned(), false), ("c".to_owned(), true)], "{text:?}");
        }
    }

    #[test]
    fn escaped_bars_part_no_cells() {
        let row = r"| a \| b | c |";
        assert_eq!(cells(row).map(|r| row[r].trim()).collect::<Vec<_>>(), [r"a \| b", "c"]);
    }
}
