//! The cells of an AsciiDoc table: where each stands, which row it is in, how many columns it takes.

use super::lines::Line;
use crate::source::Span;

/// A cell.
#[derive(Clone, Copy, Debug)]
pub struct Cell {
    /// First byte of its words, white space left out.
    pub start: usize,
    /// One past their last byte.
    pub end: usize,
    /// Row, counted from 0.
    pub row: u32,
    /// Columns that it takes.
    pub columns: u32,
    /// Whether it holds lists and paragraphs.
    pub holds_blocks: bool,
}

/// A table.
#[derive(Debug, Default)]
pub struct Table {
    /// In order.
    pub cells: Vec<Cell>,
    /// Whether the first row is the head.
    pub has_head: bool,
    /// A last row with too few cells, which no page shows.
    pub uneven: Option<Span>,
}

/// More columns than any table has.
const MOST: u32 = 1000;

/// What stands before the bar of a cell.
#[derive(Clone, Copy)]
struct Spec {
    columns: u32,
    again: u32,
    holds_blocks: bool,
}

const PLAIN: Spec = Spec { columns: 1, again: 1, holds_blocks: false };

/// The table on these lines, with what the brackets above it say; `commas` where commas part the cells.
pub fn table(source: &str, lines: &[Line], attributes: &str, commas: bool) -> Table {
    let mut table = Table::default();
    let mut spec = PLAIN;
    let mut open: Option<usize> = None;
    let mut on_first = 0;
    let is_blank = |l: &Line| l.start == l.end;
    let first = lines.iter().position(|l| !is_blank(l)).unwrap_or(0);
    let mut found: Vec<(Spec, usize, usize)> = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let text = &source[line.start..line.end];
        if commas {
            let before = found.len();
            let mut from = 0;
            let mut quoted = false;
            for (at, c) in text.char_indices().chain([(text.len(), ',')]) {
                quoted ^= c == '"';
                if matches!(c, ',' | ':') && !quoted || at == text.len() {
                    found.push((PLAIN, line.start + from, line.start + at));
                    from = (at + 1).min(text.len());
                }
            }
            if is_blank(line) {
                found.truncate(before);
            }
        } else {
            let mut from = 0;
            for (bar, _) in text.match_indices('|').filter(|(at, _)| !text[..*at].ends_with('\\')) {
                let (length, next) = specification(&text[from..bar]);
                if let Some(start) = open {
                    found.push((spec, start, line.start + bar - length));
                }
                (spec, open, from) = (next, Some(line.start + bar + 1), bar + 1);
            }
        }
        if n == first {
            on_first = found.iter().map(|f| f.0.columns * f.0.again).sum::<u32>() + open.map_or(0, |_| spec.columns * spec.again);
        }
    }
    if let (Some(start), Some(last)) = (open, lines.last()) {
        found.push((spec, start, last.end.max(start)));
    }
    let columns = columns(attributes).unwrap_or(on_first).clamp(1, MOST);
    let stated = attributes.contains("header") && !attributes.contains("noheader");
    let implied = first == 0 && lines.get(1).is_some_and(is_blank) && on_first == columns && columns > 1;
    table.has_head = stated || implied && !attributes.contains("noheader");
    let (mut row, mut column) = (0, 0);
    for (spec, start, end) in found {
        let text = source.get(start..end).unwrap_or("");
        let start = start + text.len() - text.trim_start().len();
        // A cell that comes again says no more than once.
        table.cells.push(Cell { start, end: start + text.trim().len(), row, columns: spec.columns, holds_blocks: spec.holds_blocks });
        column += spec.columns * spec.again;
        if column >= columns {
            (row, column) = (row + 1, 0);
        }
    }
    let rest = table.cells.partition_point(|c| c.row < row);
    table.uneven = table.cells.get(rest).zip(table.cells.last()).map(|(a, b)| Span::new(a.start, b.end.max(a.start)));
    table
}

/// Bytes of the specification that ends the text before a bar, as in `2+a`, and what it says.
fn specification(before: &str) -> (usize, Spec) {
    let last = before.rsplit([' ', '\t']).next().unwrap_or("");
    let bare = last.trim_end_matches(['a', 'd', 'e', 'h', 'l', 'm', 's', 'v']);
    let style = &last[bare.len()..];
    if last.is_empty()
        || style.len() > 1
        || !bare.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'*' | b'.' | b'<' | b'>' | b'^'))
    {
        return (0, PLAIN);
    }
    let number =
        |mark: char| bare.split_once(mark).map(|(n, _)| n.split('.').next().and_then(|n| n.parse().ok()).unwrap_or(1).clamp(1, MOST));
    if number('+').is_none() && number('*').is_none() && bare.bytes().any(|b| b.is_ascii_digit()) {
        // A number is the words of the cell before.
        return (0, PLAIN);
    }
    (last.len(), Spec { columns: number('+').unwrap_or(1), again: number('*').unwrap_or(1).min(MOST), holds_blocks: style == "a" })
}

/// Columns that `cols=` states.
fn columns(attributes: &str) -> Option<u32> {
    let value = attributes.split_once("cols=")?.1;
    let value = match value.strip_prefix('"') {
        Some(rest) => rest.split('"').next()?,
        None => value.split(',').next()?,
    };
    let one = |part: &str| part.split_once('*').and_then(|(n, _)| n.trim().parse::<u32>().ok()).unwrap_or(1).min(MOST);
    Some(value.split([',', ';']).map(one).sum())
}
