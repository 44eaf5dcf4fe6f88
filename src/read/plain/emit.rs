//! Writes units as blocks: list groups and depths, the cells of tables, bare URLs as links.

use super::lines::{Line, Mark, cells};
use super::looks;
use super::roles::Role;
use super::units::{Kind, Unit};
use crate::document::{BlockKind, DefectKind, Document};
use crate::read::builder::{Builder, is_space};
use crate::source::Span;

/// The document of these units.
pub fn document(source: &str, lines: &[Line], units: &[Unit], roles: &[Role]) -> Document {
    let mut builder = Builder::new(source.len());
    let mut list = List::default();
    let mut glued = Glued::default();
    for (unit, &role) in units.iter().zip(roles) {
        let (kind, level, sure) = match (unit.kind, role) {
            (_, Role::Title(sure)) => (BlockKind::Title, 1, sure),
            (_, Role::Heading(level, sure)) => (BlockKind::Heading, level, sure),
            (_, Role::Item(sure)) => (BlockKind::ListItem, 1, sure),
            (Kind::Glyph, _) => (BlockKind::Residue, 0, 95),
            (Kind::Bars(_) | Kind::Tabs, _) => {
                table(source, lines, unit, &mut builder);
                list.close();
                continue;
            }
            _ => (BlockKind::Paragraph, 0, 0),
        };
        let (group, level) = if kind == BlockKind::ListItem {
            list.place(unit, &mut builder)
        } else {
            list.close();
            (0, level)
        };
        if let Kind::Item(Mark::Bullet(glyph, _)) = unit.kind {
            glued.item(unit, glyph, &mut builder);
        }
        // The number of a numbered heading is part of it.
        let from = if matches!((unit.kind, role), (Kind::Item(_), Role::Heading(..) | Role::Title(_))) { unit.start } else { unit.words };
        let block = builder.open(kind, unit.start as u32);
        (block.level, block.group, block.inferred) = (level, group, sure);
        words(source, from, unit.words_end, &mut builder);
        builder.close(unit.end as u32);
    }
    glued.close(&mut builder);
    builder.finish(source.len() as u32)
}

/// Items that stand on one line of the source.
#[derive(Default)]
struct Glued {
    line: usize,
    count: u32,
    glyph: char,
    span: Span,
}

impl Glued {
    /// Fewer items on a line may be prose with a stray bullet.
    const LEAST: u32 = 3;

    fn item(&mut self, unit: &Unit, glyph: char, builder: &mut Builder) {
        let span = Span::new(unit.start, unit.end);
        if self.count > 0 && self.line == unit.first {
            self.count += 1;
            self.span = self.span.to(span);
        } else {
            self.close(builder);
            *self = Glued { line: unit.first, count: 1, glyph, span };
        }
    }

    fn close(&mut self, builder: &mut Builder) {
        if self.count >= Self::LEAST {
            let kind = if self.glyph == '-' { DefectKind::GluedByHyphens } else { DefectKind::GluedItems };
            builder.defect(kind, self.span);
        }
        self.count = 0;
    }
}

/// The list that is being written: its number and the indents of its open depths.
#[derive(Default)]
struct List {
    group: u32,
    depths: Vec<(usize, Mark)>,
}

impl List {
    fn close(&mut self) {
        self.depths.clear();
    }

    /// Group and depth of the next item.
    fn place(&mut self, unit: &Unit, builder: &mut Builder) -> (u32, u8) {
        let mark = if let Kind::Item(mark) = unit.kind { mark } else { Mark::None };
        while self.depths.last().is_some_and(|&(indent, _)| unit.indent < indent) && self.depths.len() > 1 {
            self.depths.pop();
        }
        match self.depths.last() {
            // Same depth, other kind of mark, or counting anew after a gap: another list.
            Some(&(indent, other)) if unit.indent < indent + 2 => {
                if !same_list(other, mark) || unit.after_blank && restarts(other, mark) {
                    if self.depths.len() == 1 {
                        self.group = builder.new_group();
                    }
                    self.depths.pop();
                    self.depths.push((unit.indent, mark));
                } else if let Some(last) = self.depths.last_mut() {
                    last.1 = mark;
                }
            }
            Some(_) if self.depths.len() < 6 => self.depths.push((unit.indent, mark)),
            Some(_) => {}
            None => {
                self.group = builder.new_group();
                self.depths.push((unit.indent, mark));
            }
        }
        (self.group, self.depths.len() as u8)
    }
}

fn same_list(a: Mark, b: Mark) -> bool {
    match (a, b) {
        (Mark::Bullet(a, _), Mark::Bullet(b, _)) => a == b,
        _ => std::mem::discriminant(&a) == std::mem::discriminant(&b),
    }
}

fn restarts(before: Mark, now: Mark) -> bool {
    matches!((before, now), (Mark::Number(a, _), Mark::Number(b, _)) if b <= a && b == 1)
}

/// Writes the cells of a table, each with its row, column and column head.
fn table(source: &str, lines: &[Line], unit: &Unit, builder: &mut Builder) {
    let group = builder.new_group();
    let mut heads: Vec<Option<u32>> = Vec::new();
    let mut row = 0;
    let mut columns = 0;
    let sure = if unit.kind == Kind::Bars(true) { 97 } else { 65 };
    for line in lines.get(unit.first..=unit.last).unwrap_or(&[]) {
        if line.mark == Mark::Delimiter {
            // Without a row above the delimiter the table has no head.
            row = row.max(1);
            continue;
        }
        let text = &source[line.start..line.end];
        let mut column = 0;
        let mut cell = |range: std::ops::Range<usize>| {
            let (start, end) = (line.start + range.start, line.start + range.end);
            let lead = looks::lead(&source[start..end]);
            let block = builder.open(BlockKind::Cell, (start + lead) as u32);
            (block.group, block.row, block.column, block.inferred) = (group, row, column, sure);
            if row > 0 {
                block.head = heads.get(column as usize).copied().flatten();
            }
            let mut from = start + lead;
            for (escape, _) in source[from..end].match_indices("\\|") {
                let at = start + lead + escape;
                words(source, from, at, builder);
                builder.replaced(Span::new(at, at + 2), "|");
                from = at + 2;
            }
            words(source, from, end, builder);
            let index = builder.close((start + lead + looks::trim(&source[start + lead..end]).len()) as u32);
            if row == 0 {
                heads.push(index);
            }
            column += 1;
        };
        if unit.kind == Kind::Tabs {
            let mut from = 0;
            for part in text.split('\t') {
                cell(from..from + part.len());
                from += part.len() + 1;
            }
        } else {
            cells(text).for_each(&mut cell);
        }
        if row == 0 {
            columns = column;
        } else if column != columns && unit.kind != Kind::Tabs {
            builder.defect(DefectKind::UnevenRow, Span::new(line.start, line.end));
        }
        row += 1;
    }
}

/// Writes `source[start..end]`, bare URLs as links.
fn words(source: &str, start: usize, end: usize, builder: &mut Builder) {
    let text = source.get(start..end).unwrap_or("");
    let mut from = 0;
    while let Some(url) = next_url(text, from) {
        builder.text((start + from) as u32, &text[from..url.start]);
        builder.link_start((start + url.start) as u32, &text[url.clone()], false);
        builder.text((start + url.start) as u32, &text[url.clone()]);
        builder.link_end((start + url.end) as u32);
        from = url.end;
    }
    builder.text((start + from) as u32, &text[from..]);
}

/// The next bare URL at or after byte `from`.
fn next_url(text: &str, from: usize) -> Option<std::ops::Range<usize>> {
    let mut at = from;
    loop {
        // `://` and `www.` share a mark that prose seldom has: look for the rarest byte first.
        let hit = memchr::memchr2_iter(b':', b'w', &text.as_bytes()[at..]).map(|i| at + i).find(|&i| starts_url(text, i).is_some())?;
        let start = starts_url(text, hit)?;
        let end = url_end(text, start);
        if start >= from && text.get(hit + 3..end).is_some_and(|t| t.contains(char::is_alphanumeric)) {
            return Some(start..end);
        }
        at = hit + 1;
    }
}

/// Where a URL starts whose `:` or first `w` stands at `at`.
fn starts_url(text: &str, at: usize) -> Option<usize> {
    let (before, rest) = (text.get(..at)?, text.get(at..)?);
    let free = |s: &str| !s.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '@' | '-'));
    if rest.starts_with("://") {
        let scheme = ["https", "http"]
            .iter()
            .find(|s| before.len() >= s.len() && before.as_bytes()[at - s.len()..].eq_ignore_ascii_case(s.as_bytes()))?;
        return Some(at - scheme.len()).filter(|&s| free(&before[..s]));
    }
    (rest.as_bytes().get(..4).is_some_and(|w| w.eq_ignore_ascii_case(b"www.")) && free(before)).then_some(at)
}

/// One past the last byte of the URL at `start`: closing punctuation belongs to the sentence.
fn url_end(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let stop = rest.find(|c: char| is_space(c) || matches!(c, '<' | '>' | '"' | '“' | '”' | '|' | '`')).unwrap_or(rest.len());
    let mut url = &rest[..stop];
    let (opened, mut closed) = (url.matches('(').count(), url.matches(')').count());
    while let Some(last) = url.chars().next_back() {
        match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '*' | '_' | ']' | '…' => {}
            ')' if closed > opened => closed -= 1,
            _ => break,
        }
        url = &url[..url.len() - last.len_utf8()];
    }
    start + url.len()
}
