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
            let range = visible(&row.text, range.start..range.start + shown.max(1));
            row.labels.push((style, range, String::new()));
            last = Some(i);
        }
    }
    if last.is_none() && style == LabelStyle::Primary {
        let i = rows.iter().rposition(|(_, cells)| cells.first().is_some_and(|c| c.at <= span.start)).unwrap_or(0);
        if let Some((row, cells)) = rows.get_mut(i) {
            let base = if i == 0 { before } else { 0 };
            let at = base + cells.iter().take_while(|c| c.at < span.start).map(|c| c.c.len_utf8()).sum::<usize>();
            let at = floor_boundary(&row.text, at);
            let end = at + row.text.get(at..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8);
            row.labels.push((style, visible(&row.text, at..end), String::new()));
            last = Some(i);
        }
    }
    if let Some(label) = last.and_then(|i| rows.get_mut(i)).and_then(|(row, _)| row.labels.last_mut()) {
        label.2 = clean::line(note).into_owned();
    }
    last.is_some()
}

/// A range that takes up columns: a combining mark alone has none, and no caret could stand below it.
fn visible(text: &str, range: Range<usize>) -> Range<usize> {
    let has_columns = |end: usize| text.get(range.start..end).is_none_or(|t| t.chars().any(|c| c.width().unwrap_or(0) > 0));
    let ends = text.char_indices().map(|(i, c)| i + c.len_utf8()).filter(|&end| end >= range.end);
    let end = std::iter::once(range.end).chain(ends).find(|&end| has_columns(end));
    range.start..end.unwrap_or(text.len() + 1)
}

fn cells(text: &str, from: u32) -> Vec<Cell> {
    let mut cells: Vec<Cell> = text
        .char_indices()
        .filter_map(|(i, c)| clean::shown(c).map(|c| Cell { c, at: from + i as u32, width: c.width().unwrap_or(0) }))
        .collect();
    clean::disarm(&mut cells, |cell| &mut cell.c);
    cells
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
mod tests;
