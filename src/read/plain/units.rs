//! Joins lines into units: a paragraph, a list item, a table, a lone glyph. What a paragraph is for
//! (title, heading, text) is decided later, in `roles`.

use super::lines::{Line, Mark, cells, is_bullet_glyph, is_toggle};
use super::{looks, wrap};
use crate::read::builder::{is_ignorable, is_space};

/// A stretch of the source that becomes one block, or the cells of one table.
#[derive(Clone, Copy, Debug)]
pub struct Unit {
    /// What it is.
    pub kind: Kind,
    /// First byte, its mark included.
    pub start: usize,
    /// First byte of its words.
    pub words: usize,
    /// One past the last byte of its words.
    pub words_end: usize,
    /// One past its last byte.
    pub end: usize,
    /// White space before its first line, in characters.
    pub indent: usize,
    /// Whether a blank line or a rule stands before it.
    pub after_blank: bool,
    /// Index of its first line; of a table also the first row.
    pub first: usize,
    /// Index of its last line.
    pub last: usize,
}

/// What a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Prose, a heading or a title.
    Text,
    /// A heading marked with `#` or an underline, and its level.
    Marked(u8),
    /// A list item with this mark.
    Item(Mark),
    /// A table with cells between bars; whether a delimiter row tells the head.
    Bars(bool),
    /// A table with cells between tabs.
    Tabs,
    /// No letter, no digit.
    Glyph,
}

impl Unit {
    /// Its words in the source.
    pub fn text<'a>(&self, source: &'a str) -> &'a str {
        source.get(self.words..self.words_end).unwrap_or("")
    }
}

/// The units of `source`, in order.
pub fn units(source: &str, lines: &[Line]) -> Vec<Unit> {
    let width = wrap::width(source, lines);
    let mut units: Vec<Unit> = Vec::with_capacity(lines.len());
    let mut after_rule = false;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let from = units.len();
        at = table(source, lines, at, &mut units)
            .or_else(|| rule(source, lines, at, &mut units, &mut after_rule))
            .or_else(|| split_mark(source, lines, at, &mut units))
            .unwrap_or_else(|| running(source, lines, at, width, &mut units));
        if let Some(unit) = units.get_mut(from) {
            unit.after_blank = line.after_blank || after_rule;
            after_rule = false;
        }
    }
    units
}

fn unit(kind: Kind, line: &Line, index: usize, skip: usize) -> Unit {
    Unit {
        kind,
        start: line.start,
        words: line.start + skip,
        words_end: line.end,
        end: line.end,
        indent: line.indent,
        after_blank: false,
        first: index,
        last: index,
    }
}

/// A table that starts at line `at`; returns the line after it.
fn table(source: &str, lines: &[Line], at: usize, units: &mut Vec<Unit>) -> Option<usize> {
    let text = |line: &Line| &source[line.start..line.end];
    let first = &lines[at];
    let has_head = matches!(first.mark, Mark::Bars) && lines.get(at + 1).is_some_and(|l| l.mark == Mark::Delimiter);
    let (kind, count) = if has_head || first.mark == Mark::Delimiter {
        let rows = lines[at + 1..]
            .iter()
            .take_while(|l| matches!(l.mark, Mark::Bars | Mark::Delimiter) || !l.after_blank && text(l).contains('|'));
        (Kind::Bars(true), 1 + rows.count())
    } else if first.mark == Mark::Bars {
        let columns = cells(text(first)).count();
        let rows = lines[at + 1..].iter().take_while(|l| !l.after_blank && l.mark == Mark::Bars && cells(text(l)).count() == columns);
        let count = 1 + rows.count();
        let least = if columns > 2 || text(first).starts_with('|') { 2 } else { 3 };
        (Kind::Bars(false), Some(count).filter(|&n| n >= least)?)
    } else {
        let tabs = |l: &Line| if l.mark == Mark::None { text(l).bytes().filter(|&b| b == b'\t').count() } else { 0 };
        let columns = tabs(first);
        if columns == 0 {
            return None;
        }
        let rows = || lines[at + 1..].iter().take_while(|l| !l.after_blank && tabs(l) > 0);
        let even = 1 + rows().take_while(|l| tabs(l) == columns).count();
        (Kind::Tabs, Some(1 + rows().count()).filter(|_| even >= if columns > 1 { 2 } else { 3 })?)
    };
    let last = at + count - 1;
    units.push(Unit { words_end: lines[last].end, end: lines[last].end, last, ..unit(kind, first, at, 0) });
    Some(last + 1)
}

/// A rule vanishes; right under a short line it marks a heading.
fn rule(source: &str, lines: &[Line], at: usize, units: &mut [Unit], after_rule: &mut bool) -> Option<usize> {
    let Mark::Rule(mark) = lines[at].mark else { return None };
    *after_rule = true;
    if let Some(above) =
        units.last_mut().filter(|u| !lines[at].after_blank && u.last + 1 == at && u.first == u.last && u.kind == Kind::Text)
    {
        let text = above.text(source);
        let starts = looks::first_mark(text).is_some_and(char::is_alphanumeric);
        if matches!(mark, '=' | '-') && starts && text.len() <= 120 && (!looks::is_closed(text) || looks::asks(text)) {
            above.kind = Kind::Marked(if mark == '=' { 1 } else { 2 });
            above.end = lines[at].end;
        }
    }
    Some(at + 1)
}

/// A bullet or number alone on its line belongs to the line below; any other lone glyph stands for itself.
fn split_mark(source: &str, lines: &[Line], at: usize, units: &mut Vec<Unit>) -> Option<usize> {
    let line = &lines[at];
    let text = &source[line.start..line.end];
    let mark = match line.mark {
        Mark::Glyphs => {
            let glyph = text.chars().next().unwrap_or(' ');
            let after_question = units.last().is_some_and(|u| looks::asks(u.text(source)));
            Some(Mark::Bullet(glyph, 0)).filter(|_| is_bullet_glyph(glyph) && text.len() == glyph.len_utf8() && !after_question)
        }
        Mark::Number(_, skip) | Mark::Letter(_, skip) if skip == text.len() => Some(line.mark),
        _ => return None,
    };
    match (mark, lines.get(at + 1)) {
        (Some(mark), Some(next)) if next.mark == Mark::None && !next.after_blank => {
            units.push(Unit { start: line.start, first: at, indent: line.indent, ..unit(Kind::Item(mark), next, at + 1, 0) });
            Some(at + 2)
        }
        _ => {
            units.push(unit(Kind::Glyph, line, at, 0));
            Some(at + 1)
        }
    }
}

/// Prose or a list item with the lines that go on with it; several items on one line are parted.
fn running(source: &str, lines: &[Line], at: usize, width: Option<usize>, units: &mut Vec<Unit>) -> usize {
    let line = &lines[at];
    let text = &source[line.start..line.end];
    let (kind, skip) = match line.mark {
        // A toggle before a question of an FAQ.
        Mark::Bullet(glyph, skip) if is_toggle(glyph) && looks::asks(text) => (Kind::Text, skip),
        Mark::Bullet(_, skip) | Mark::Number(_, skip) | Mark::Letter(_, skip) => (Kind::Item(line.mark), skip),
        Mark::Hashes(level, skip) => (Kind::Marked(level), skip),
        _ => (Kind::Text, 0),
    };
    let mut last = at;
    if !matches!(kind, Kind::Marked(_)) {
        let inside = line.indent + skip.min(4);
        while let Some(next) = lines.get(last + 1) {
            let hangs =
                matches!(kind, Kind::Item(_)) && !next.after_blank && next.mark == Mark::None && next.indent >= inside && next.indent > 0;
            let goes_on =
                width.map_or_else(|| wrap::is_broken(source, &lines[last], next), |w| wrap::goes_on(source, &lines[last], next, w));
            if !hangs && !goes_on {
                break;
            }
            last += 1;
        }
    }
    let end = lines[last].end;
    let whole = Unit { words_end: end, end, last, ..unit(kind, line, at, skip) };
    if last == at
        && let Some(toggle) = toggle_after_question(text)
    {
        let end = line.start + looks::trim(&text[..toggle]).len();
        units.push(Unit { words_end: end, end, ..whole });
        units.push(Unit { start: line.start + toggle, ..unit(Kind::Glyph, line, at, toggle) });
    } else if !part_items(source, lines, &whole, units) {
        units.push(whole);
    }
    last + 1
}

/// Where the toggle behind a question starts, as in `Is it safe? +`.
fn toggle_after_question(text: &str) -> Option<usize> {
    let mut marks = text.char_indices().rev();
    let (at, last) = marks.next()?;
    let before = looks::trim(&text[..at]);
    (!last.is_alphanumeric() && !last.is_ascii_punctuation() && !matches!(last, '”' | '’' | '»' | '？' | '؟' | '…' | '。') || last == '+')
        .then_some(at)
        .filter(|_| before.len() < at && before.ends_with(['?', '？', '؟']))
}

/// Parts `• one • two • three` on one line into items; whether it did.
fn part_items(source: &str, lines: &[Line], whole: &Unit, units: &mut Vec<Unit>) -> bool {
    let text = &source[whole.start..whole.end];
    let Some(glyph) = glued_glyph(lines, whole, text) else { return false };
    let separates = |(i, _): &(usize, &str)| {
        let before = text[..*i].chars().next_back();
        glyph != '-' || before.is_none_or(|c| c == ' ') && text[i + 1..].starts_with(' ')
    };
    let mut starts = text.match_indices(glyph).filter(separates).map(|(i, _)| i).peekable();
    let least = if glyph == '-' { 3 } else { 2 };
    if starts.clone().count() < least {
        return false;
    }
    if starts.peek().is_some_and(|&i| i > 0) {
        let end = starts.peek().map_or(whole.end, |&i| whole.start + looks::trim(&text[..i]).len());
        units.push(Unit { words_end: end, end, ..*whole });
    }
    while let Some(from) = starts.next() {
        let end = starts.peek().copied().unwrap_or(text.len());
        let item = &text[from..end];
        let inner = item[glyph.len_utf8()..].trim_start_matches(|c| c == '\u{fe0f}' || is_space(c) || is_ignorable(c));
        let words = whole.start + end - inner.len();
        let words_end = words + looks::trim(inner).len();
        let kind = Kind::Item(Mark::Bullet(glyph, item.len() - inner.len()));
        units.push(Unit { kind, start: whole.start + from, words, words_end, end: words_end, ..*whole });
    }
    true
}

/// The glyph that may part several items inside this unit: a bullet that it starts with, a bullet after
/// a lead-in, or the hyphen of a list that has only this one line.
fn glued_glyph(lines: &[Line], whole: &Unit, text: &str) -> Option<char> {
    match whole.kind {
        Kind::Item(Mark::Bullet(c, _)) if is_bullet_glyph(c) => Some(c),
        Kind::Item(Mark::Bullet('-', _)) => {
            let hyphen = |i: usize| lines.get(i).is_some_and(|l| matches!(l.mark, Mark::Bullet('-', _)));
            let above = !lines.get(whole.first).is_some_and(|l| l.after_blank) && whole.first > 0 && hyphen(whole.first - 1);
            let below = hyphen(whole.last + 1) && !lines.get(whole.last + 1).is_some_and(|l| l.after_blank);
            (!above && !below).then_some('-')
        }
        Kind::Text => {
            let (at, glyph) = text.char_indices().find(|&(_, c)| is_bullet_glyph(c))?;
            looks::leads_in(&text[..at]).then_some(glyph)
        }
        _ => None,
    }
}
