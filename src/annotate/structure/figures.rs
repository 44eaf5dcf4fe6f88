//! Pointers to what is not there: "read our policy here" without a link, "the chart below" without a chart;
//! and tables that lost their shape.

use super::parts::{Found, Parts};
use crate::document::BlockKind;
use crate::read::plain::looks;
use crate::tags::Known;
use memchr::memchr;

/// Blocks below a pointer in which its link may stand.
const NEXT: usize = 2;
/// Lines in a row from which short lines are the cells of a flattened table.
const FLAT: usize = 8;

/// Notes lost links, lost figures and tables written as lines.
pub fn find(parts: &Parts, found: &mut Found) {
    let doc = parts.article.doc;
    for a in parts.article.all(Known::StructureDanglingLink.id()) {
        let Some(s) = parts.article.sentence(a.start) else { continue };
        let plain = parts.article.plain(s.start, s.end);
        let at = doc.links.partition_point(|l| l.text.end <= plain.start);
        // "Use the link below" is kept where one stands in the next lines.
        let below = doc.blocks.get((s.block as usize + NEXT).min(doc.blocks.len().saturating_sub(1))).map_or(plain.end, |b| b.text.end);
        let linked = doc.links.get(at).is_some_and(|l| l.text.start < below);
        let is_prose = doc.blocks.get(s.block as usize).is_some_and(|b| !matches!(b.kind, BlockKind::Residue | BlockKind::Code));
        if is_prose && !linked {
            found.words(Known::StructureLostLink, (a.start, a.end));
        }
    }
    let shown = doc.links.iter().any(|l| l.image)
        || !doc.embeds.is_empty()
        || doc.blocks.iter().any(|b| matches!(b.kind, BlockKind::Cell | BlockKind::Caption));
    if !shown {
        for a in parts.article.all(Known::StructureDanglingFigure.id()) {
            if parts.article.kind(a.start) != BlockKind::Residue {
                found.words(Known::StructureLostLink, (a.start, a.end));
            }
        }
    }
    bars(parts, found);
    glued_cells(parts, found);
    flattened(parts, found);
}

/// Rows with bars that no reader took for a table.
fn bars(parts: &Parts, found: &mut Found) {
    for (i, block) in parts.prose() {
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Answer | BlockKind::ListItem) {
            continue;
        }
        let text = parts.text(i);
        if memchr(b'|', text.as_bytes()).is_none() {
            continue;
        }
        let is_rule = text.contains("|--") || text.contains("--|") || text.contains("|:-") || text.contains("| --");
        let is_row = text.starts_with('|') && text.ends_with('|') && text.matches('|').count() > 2;
        if is_rule || is_row {
            found.words(Known::StructureBrokenTable, parts.tokens(i));
        }
    }
}

/// Cells that lost what stood between them: `Energy90kcalFat2gSalt0.1g`.
fn glued_cells(parts: &Parts, found: &mut Found) {
    for (i, block) in parts.prose() {
        let text = parts.text(i);
        // A cell that ends in a small letter, and a number: hardly any text has that.
        let pairs = text.bytes().zip(text.bytes().skip(1));
        // Without a way out, so that many are looked at at once.
        if !pairs.fold(false, |any, (a, b)| any | b.is_ascii_digit() & (a.is_ascii_lowercase() | (a >= 0x80))) {
            continue;
        }
        let mut glued = looks::words(text)
            .filter(|w| is_glued(w))
            .map(|w| w.as_ptr() as usize - text.as_ptr() as usize..w.as_ptr() as usize - text.as_ptr() as usize + w.len());
        let Some(first) = glued.next() else { continue };
        let end = glued.last().map_or(first.end, |w| w.end);
        let start = parts.article.token_at(block.text.start + first.start as u32);
        let end = parts.article.tokens.partition_point(|t| t.start < block.text.start + end as u32) as u32;
        found.words(Known::StructureBrokenTable, (start, end));
    }
}

/// Whether capitals follow small letters and numbers stand between letters, again and again. Addresses and
/// formulas have signs in them.
fn is_glued(word: &str) -> bool {
    if word.len() < 12 || word.contains(['/', '_', '#', '-', '=', '@', '(', '[']) {
        return false;
    }
    let (mut joints, mut numbers) = (0, 0);
    let mut before = ' ';
    for c in word.chars() {
        joints += u32::from(before.is_lowercase() && c.is_uppercase());
        numbers += u32::from(before.is_lowercase() && c.is_ascii_digit());
        before = c;
    }
    joints >= 1 && numbers >= 2 || joints >= 2 && numbers >= 1
}

/// Many short lines in a row, most with a number: the cells of a table, one a line.
fn flattened(parts: &Parts, found: &mut Found) {
    let mut run: Option<(usize, usize, usize)> = None;
    let mut note = |run: Option<(usize, usize, usize)>, until: usize| {
        if let Some((first, ..)) = run.filter(|&(_, lines, numbers)| lines >= FLAT && numbers * 3 >= lines && numbers < lines) {
            found.words(Known::StructureBrokenTable, (parts.tokens(first).0, parts.tokens(until - 1).1));
        }
    };
    for (i, block) in parts.blocks().iter().enumerate() {
        let text = parts.text(i);
        let short = block.kind == BlockKind::Paragraph && text.len() <= 32 && !text.ends_with(['.', '!', '?', ':', ',', ';']);
        if short {
            let number = text.starts_with(|c: char| c.is_ascii_digit()) || text.ends_with(|c: char| c.is_ascii_digit() || c == '%');
            let (first, lines, numbers) = run.unwrap_or((i, 0, 0));
            run = Some((first, lines + 1, numbers + usize::from(number)));
        } else {
            note(run.take(), i);
        }
    }
    note(run, parts.blocks().len());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glued_cells_are_told_from_names_and_formulas() {
        for yes in ["Energy90kcalFat2gSalt0.1g", "fibre5gFat43gProtein21g"] {
            assert!(is_glued(yes), "{yes}");
        }
        for no in ["McDonaldAndSons", "C6H12O6C6H12O6", "https://a.org/aB1cD2eF3", "COVID19vaccine", "omega3omega6omega9"] {
            assert!(!is_glued(no), "{no}");
        }
    }
}
