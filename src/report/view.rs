//! The window of a source that is drawn around a place: the sentence it stands in, wrapped to a width.
//!
//! A paragraph is often one line of 1,500 characters; rows are cut from it, each with its true line
//! number, its harmless text and what is underlined in it.

use super::clean;
use crate::source::{Source, Span, floor_boundary};
use codespan_reporting::diagnostic::LabelStyle;
use std::ops::Range;
use unicode_width::UnicodeWidthChar;

/// Bytes that are shown at most before and after the place, when the sentence does not end sooner.
const CONTEXT: usize = 140;
/// Bytes of a long place that are shown.
const SHOWN: usize = 480;
/// Rows that are shown at most.
const ROWS: usize = 10;

/// A row of the window.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// True line number, from 1.
    pub line: usize,
    /// What is printed.
    pub text: String,
    /// What is underlined: bytes of `text`, and a word on it.
    pub labels: Vec<(LabelStyle, Range<usize>, String)>,
}

/// A window.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// Its rows; at least one.
    pub rows: Vec<Row>,
    /// Indices of the related places that lie outside.
    pub outside: Vec<usize>,
}

struct Cell {
    c: char,
    at: u32,
    width: usize,
}

struct Window {
    span: Span,
    is_cut_before: bool,
    is_cut_after: bool,
}

/// The window around `place`, with the `related` places that lie in it; rows are at most `width` columns.
pub fn view(source: &Source, place: Span, related: &[(Span, String)], width: usize) -> View {
    let text = source.text.as_str();
    let start = floor_boundary(text, place.start as usize);
    let end = floor_boundary(text, place.end as usize).max(start);
    let place = Span::new(start, end);
    let window = window(source, place);
    let mut rows: Vec<(Row, Vec<Cell>)> = Vec::new();
    let first = source.line_of(window.span.start);
    for line in first..source.line_count() {
        let whole = source.line_span(line);
        if whole.start >= window.span.end && line > first || rows.len() > ROWS {
            break;
        }
        let from = whole.start.max(window.span.start);
        let to = whole.end.min(window.span.end).max(from);
        let cells = cells(text.get(from as usize..to as usize).unwrap_or(""), from);
        rows.extend(wrap(cells, width.max(10)).into_iter().map(|cells| (Row { line: line + 1, ..Row::default() }, cells)));
    }
    let is_cut = rows.len() > ROWS;
    rows.truncate(ROWS);
    if rows.is_empty() {
        rows.push((Row { line: first + 1, ..Row::default() }, Vec::new()));
    }
    let before = if window.is_cut_before { "… " } else { "" };
    for (i, (row, cells)) in rows.iter_mut().enumerate() {
        if i == 0 {
            row.text.push_str(before);
        }
        row.text.extend(cells.iter().map(|c| c.c));
        row.text.truncate(row.text.trim_end().len().max(if i == 0 { before.len() } else { 0 }));
    }
    if (is_cut || window.is_cut_after)
        && let Some((row, _)) = rows.last_mut()
    {
        row.text.push_str(" …");
    }
    label(&mut rows, place, LabelStyle::Primary, "", before.len());
    let mut outside = Vec::new();
    for (i, (span, note)) in related.iter().enumerate() {
        if !window.span.contains(*span) || !label(&mut rows, *span, LabelStyle::Secondary, note, before.len()) {
            outside.push(i);
        }
    }
    View { rows: rows.into_iter().map(|(row, _)| row).collect(), outside }
}

/// Underlines what the rows show of `span`, with the note on the last part. A primary place always gets
/// at least one caret.
fn label(rows: &mut [(Row, Vec<Cell>)], span: Span, style: LabelStyle, note: &str, before: usize) -> bool {
    let mut last = None;
    for (i, (row, cells)) in rows.iter_mut().enumerate() {
        let mut at = if i == 0 { before } else { 0 };
        let mut range: Option<Range<usize>> = None;
        for cell in cells.iter() {
            let next = at + cell.c.len_utf8();
            if span.start <= cell.at && cell.at < span.end && (cell.c != ' ' || range.is_some()) && next <= row.text.len() {
                range = Some(range.map_or(at, |r| r.start)..next);
            }
            at = next;
        }
        if let Some(range) = range {
            // A space at the end of a row is not underlined.
            let shown = row.text.get(range.clone()).map_or(0, |t| t.trim_end().len());
            row.labels.push((style, range.start..range.start + shown.max(1), String::new()));
            last = Some(i);
        }
    }
    if last.is_none() && style == LabelStyle::Primary {
        let i = rows.iter().rposition(|(_, cells)| cells.first().is_some_and(|c| c.at <= span.start)).unwrap_or(0);
        if let Some((row, cells)) = rows.get_mut(i) {
            let base = if i == 0 { before } else { 0 };
            let at = base + cells.iter().take_while(|c| c.at < span.start).map(|c| c.c.len_utf8()).sum::<usize>();
            let at = floor_boundary(&row.text, at);
            row.labels.push((style, at..at + row.text.get(at..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8), String::new()));
            last = Some(i);
        }
    }
    if let Some(label) = last.and_then(|i| rows.get_mut(i)).and_then(|(row, _)| row.labels.last_mut()) {
        label.2 = clean::line(note).into_owned();
    }
    last.is_some()
}

fn cells(text: &str, from: u32) -> Vec<Cell> {
    text.char_indices()
        .filter_map(|(i, c)| clean::shown(c).map(|c| Cell { c, at: from + i as u32, width: c.width().unwrap_or(0) }))
        .collect()
}

/// Breaks a line into rows, after a space where there is one.
fn wrap(cells: Vec<Cell>, width: usize) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    let mut row: Vec<Cell> = Vec::new();
    let mut column = 0;
    for cell in cells {
        if column + cell.width > width && cell.c != ' ' && !row.is_empty() {
            let at = row.iter().rposition(|c| c.c == ' ').map_or(row.len(), |i| i + 1);
            let rest = row.split_off(at);
            rows.push(std::mem::replace(&mut row, rest));
            column = row.iter().map(|c| c.width).sum();
        }
        column += cell.width;
        row.push(cell);
    }
    if row.iter().any(|c| c.c != ' ') {
        rows.push(row);
    }
    rows
}

/// From the start of the sentence in which the place starts to the end of that in which it ends, not
/// beyond its lines.
fn window(source: &Source, place: Span) -> Window {
    let text = source.text.as_str();
    let first = source.line_span(source.line_of(place.start));
    let last = source.line_span(source.line_of(place.end.saturating_sub(1).max(place.start)));
    let limit = floor_boundary(text, (place.start as usize).saturating_sub(CONTEXT)).max(first.start as usize);
    let head = text.get(limit..place.start as usize).unwrap_or("");
    let (start, is_cut_before) = match (sentence_start(head), limit > first.start as usize) {
        (Some(at), _) => (limit + at, false),
        (None, false) => (limit, false),
        (None, true) => (limit + head.find(' ').map_or(0, |i| i + 1), true),
    };
    if place.len() > SHOWN {
        let end = floor_boundary(text, place.start as usize + SHOWN);
        return Window { span: Span::new(start, end), is_cut_before, is_cut_after: true };
    }
    let from = place.end.min(last.end) as usize;
    let limit = floor_boundary(text, from + CONTEXT).min(last.end as usize).max(from);
    let tail = text.get(from..limit).unwrap_or("");
    let ends_here = text.get(place.range()).is_some_and(|t| t.trim_end().ends_with(['.', '!', '?']));
    let (end, is_cut_after) = match (sentence_end(tail), limit < last.end as usize) {
        _ if ends_here => (from, false),
        (Some(at), _) => (from + at, false),
        (None, false) => (limit, false),
        (None, true) => (from + tail.rfind(' ').unwrap_or(tail.len()), true),
    };
    Window { span: Span::new(start, end.max(place.end as usize).min(text.len())), is_cut_before, is_cut_after }
}

/// Where the last sentence of `head` starts, when one ends in it.
fn sentence_start(head: &str) -> Option<usize> {
    let mut found = None;
    let mut ended = false;
    let mut spaced = false;
    let mut word = String::new();
    for (i, c) in head.char_indices() {
        if c.is_whitespace() {
            spaced = ended;
            word.clear();
        } else {
            if ended && spaced && !c.is_lowercase() {
                found = Some(i);
            }
            // "Dr." and "J." end no sentence; that "D." of a vitamin may only makes the window larger.
            let is_short = c == '.' && word.len() <= 3 && word.starts_with(char::is_uppercase);
            word.push(c);
            ended =
                matches!(c, '.' | '!' | '?' | '…') && !is_short || ended && !spaced && matches!(c, '"' | '”' | '’' | ')' | ']' | '*' | '_');
            spaced = false;
        }
    }
    if ended && spaced { Some(head.len()) } else { found }
}

/// One past the end of the sentence that `tail` continues.
fn sentence_end(tail: &str) -> Option<usize> {
    let mut ended = None;
    for (i, c) in tail.char_indices() {
        match ended {
            Some(at) if c.is_whitespace() => return Some(at),
            Some(_) if matches!(c, '"' | '”' | '’' | ')' | ']' | '*' | '_' | '.' | '!' | '?') => ended = Some(i + c.len_utf8()),
            _ => ended = matches!(c, '.' | '!' | '?' | '…').then(|| i + c.len_utf8()),
        }
    }
    ended
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Finding, Level};
    use crate::report::human::Human;
    use crate::report::{Checked, Report};
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr;

    /// Text as an article may hold it at its worst.
    fn text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            4 => "[a-z]{1,12}",
            2 => Just(" ".to_owned()),
            1 => Just(". A".to_owned()),
            1 => Just("\n".to_owned()),
            1 => Just("\r\n".to_owned()),
            1 => "\\PC{0,5}",
            1 => any::<char>().prop_map(String::from),
            1 => prop::sample::select(vec!["\u{1b}[2J", "\u{9b}", "\u{202e}", "\u{200d}", "\t", "\0", "日本", "👩‍⚕️", "é", "\u{301}"]).prop_map(str::to_owned),
        ];
        prop::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn any_text_and_any_place_are_drawn_without_a_panic_and_without_control_characters(
            text in text(), start in 0u32..900, length in 0u32..700, other in 0u32..900, width in 40usize..=100,
        ) {
            let source = Source::new("a\u{1b}b.txt", text.clone());
            let related = vec![(Span { start: other, end: other.saturating_add(9) }, text.chars().take(20).collect())];
            let finding = Finding {
                lint: "a/b".into(),
                level: Level::Error,
                span: Span { start, end: start + length },
                message: text.chars().take(90).collect(),
                help: text.chars().rev().take(300).collect(),
                related,
                also: vec!["a/c".into()],
                fingerprint: 1,
            };
            let audit = crate::audit::Audit { findings: vec![finding], ..Default::default() };
            let mut out = termcolor::NoColor::new(Vec::new());
            let checked = Checked { source: &source, format: "text", audit: &audit };
            Human::new(width).file(&checked, &mut out).unwrap();
            let drawn = String::from_utf8(out.into_inner()).unwrap();
            let bad = drawn.chars().find(|&c| c != '\n' && clean::shown(c) != Some(c));
            prop_assert_eq!(bad, None);
            prop_assert!(drawn.contains('^'));
        }

        #[test]
        fn rows_fit_and_say_truly_where_they_come_from(text in text(), start in 0u32..900, length in 0u32..700, width in 40usize..=100) {
            let source = Source::new("a", text);
            let view = view(&source, Span { start, end: start + length }, &[], width);
            prop_assert!(!view.rows.is_empty() && view.rows.len() <= ROWS);
            for row in &view.rows {
                let line: String = source.slice(source.line_span(row.line - 1)).chars().filter_map(clean::shown).collect();
                let shown = row.text.trim_start_matches("… ").trim_end_matches(" …");
                prop_assert!(line.contains(shown) || line.contains(row.text.as_str()), "{:?} in {:?}", row.text, line);
                prop_assert!(row.text.width() <= width + 4);
                for (_, range, _) in &row.labels {
                    prop_assert!(row.text.is_char_boundary(range.start.min(row.text.len())) && range.end > range.start);
                }
            }
        }
    }

    #[test]
    fn the_window_is_the_sentence() {
        let source = Source::new("a", "First things first. Zinc, says Dr. No, cures colds in a day! Then sleep.\nMore.");
        let at = source.text.find("cures").unwrap();
        let view = view(&source, Span::new(at, at + 5), &[(Span::new(20, 24), "this".into()), (Span::new(0, 5), "that".into())], 90);
        let [row] = view.rows.as_slice() else { panic!("{view:?}") };
        assert_eq!(row.text, "Zinc, says Dr. No, cures colds in a day!");
        assert_eq!(row.labels, [(LabelStyle::Primary, 19..24, String::new()), (LabelStyle::Secondary, 0..4, "this".into())]);
        assert_eq!(view.outside, [1]);
    }
}
