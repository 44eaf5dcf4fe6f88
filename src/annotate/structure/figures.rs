//! Pointers to what is not there: "read our policy here" without a link, "the chart below" without a chart;
//! and tables that lost their shape.

use super::parts::{Found, Parts};
use crate::document::BlockKind;
use crate::tags::Known;

/// Lines in a row from which short lines are the cells of a flattened table.
const FLAT: usize = 8;

/// Notes lost links, lost figures and tables written as lines.
pub fn find(parts: &Parts, found: &mut Found) {
    let doc = parts.article.doc;
    for a in parts.article.all(Known::StructureDanglingLink.id()) {
        let Some(s) = parts.article.sentence(a.start) else { continue };
        let plain = parts.article.plain(s.start, s.end);
        let at = doc.links.partition_point(|l| l.text.end <= plain.start);
        let linked = doc.links.get(at).is_some_and(|l| l.text.start < plain.end);
        let is_prose = doc.blocks.get(s.block as usize).is_some_and(|b| !matches!(b.kind, BlockKind::Residue | BlockKind::Code));
        if is_prose && !linked {
            found.words(Known::StructureLostLink, (a.start, a.end));
        }
    }
    let shown = doc.links.iter().any(|l| l.image) || !doc.embeds.is_empty() || doc.blocks.iter().any(|b| matches!(b.kind, BlockKind::Cell | BlockKind::Caption));
    if !shown {
        for a in parts.article.all(Known::StructureDanglingFigure.id()) {
            if parts.article.kind(a.start) != BlockKind::Residue {
                found.words(Known::StructureLostLink, (a.start, a.end));
            }
        }
    }
    bars(parts, found);
    flattened(parts, found);
}

/// Rows with bars that no reader took for a table.
fn bars(parts: &Parts, found: &mut Found) {
    for (i, block) in parts.prose() {
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Answer | BlockKind::ListItem) {
            continue;
        }
        let text = parts.text(i);
        let is_rule = text.contains("|--") || text.contains("--|") || text.contains("|:-") || text.contains("| --");
        let is_row = text.starts_with('|') && text.ends_with('|') && text.matches('|').count() > 2;
        if is_rule || is_row {
            found.words(Known::StructureBrokenTable, parts.tokens(i));
        }
    }
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
