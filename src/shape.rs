//! Gives every document the same shape, whatever its format: what is residue, which block is the title,
//! where sections begin and end, which lines ask and which answer, what leads into a list.
//!
//! Runs once after any reader. It changes kinds, levels, heads and sections; it never adds, drops or
//! moves a block.

mod questions;

use crate::document::{Block, BlockKind, Document, Section};
use crate::read::plain::looks;

/// Answers from the word lists about whole lines.
pub trait Lines {
    /// Whether the whole text of block `block` is one term of the word list `line/<tag>`.
    fn is(&self, block: usize, tag: &str) -> bool;
    /// Whether block `block` is a row of short parts, some of which are terms of the word list `line/<tag>`: a menu, a trail
    /// of links, share buttons.
    fn is_bar(&self, block: usize, tag: &str) -> bool;
}

/// Blocks after the title among which it may be repeated.
const NEAR_TITLE: usize = 12;
/// Blocks at the top that may be a user name or the name of the site.
const TOP: usize = 3;
/// Bytes of the longest line that is looked up as a whole.
const LONGEST_LINE: usize = 200;

/// Shapes the document in place. Total: it accepts what any reader made.
pub fn shape(doc: &mut Document, lines: &dyn Lines) {
    residue(doc, lines);
    title(doc);
    repeated_titles(doc);
    lay_sections(doc);
    questions::ask(doc, lines);
    questions::answer(doc);
    lead_in_lists(doc);
    head_cells(doc);
}

fn turn(block: &mut Block, kind: BlockKind) {
    block.kind = kind;
    block.level = 0;
}

/// Lines of the page around the article: known ones, lone glyphs, user names.
fn residue(doc: &mut Document, lines: &dyn Lines) {
    for i in 0..doc.blocks.len() {
        let block = &doc.blocks[i];
        let (text, kind) = (doc.block_text(block), block.kind);
        let line = matches!(kind, BlockKind::Heading | BlockKind::Paragraph | BlockKind::ListItem);
        if text.len() > LONGEST_LINE || !(line || kind == BlockKind::Title) {
            continue;
        }
        if line && (looks::is_glyphs(text) || lines.is(i, "residue") || lines.is_bar(i, "bar"))
            || i < TOP && looks::is_username(text) && !is_known_word(doc, i)
        {
            turn(&mut doc.blocks[i], BlockKind::Residue);
        } else if kind == BlockKind::Heading && block.inferred > 0 && (lines.is(i, "byline") || lines.is(i, "pointer")) {
            turn(&mut doc.blocks[i], BlockKind::Paragraph);
        }
    }
}

/// Whether the letters of a line such as `Omega3` also stand elsewhere in the article.
fn is_known_word(doc: &Document, block: usize) -> bool {
    let line = doc.block_text(&doc.blocks[block]);
    let stem = line.trim_end_matches(|c: char| c.is_ascii_digit());
    doc.blocks.iter().enumerate().filter(|&(i, _)| i != block).any(|(_, b)| {
        let text = doc.block_text(b);
        text != line && text.split(|c: char| !c.is_alphabetic()).any(|w| w.eq_ignore_ascii_case(stem))
    })
}

/// Picks the title where the reader did not: the first heading of level 1, unless front matter has a
/// title that says something else.
fn title(doc: &mut Document) {
    let mut found = false;
    for block in &mut doc.blocks {
        if block.kind == BlockKind::Title {
            // There is one title; a second is a heading.
            if found {
                (block.kind, block.level) = (BlockKind::Heading, block.level.max(1));
            }
            found = true;
        }
    }
    if found {
        return;
    }
    let field = doc.field("title").map(|f| f.value.as_str());
    let fits = |b: &&Block| b.kind == BlockKind::Heading && b.level == 1 && field.is_none_or(|f| is_titled(f, doc.block_text(b)));
    if let Some(at) = doc.blocks.iter().position(|b| fits(&b)) {
        doc.blocks[at].kind = BlockKind::Title;
    }
}

/// Whether a heading says what the title of the page says, or its first part: `Gout | Example Health`.
fn is_titled(field: &str, heading: &str) -> bool {
    let rest = field.get(..heading.len()).filter(|f| f.eq_ignore_ascii_case(heading)).and(field.get(heading.len()..));
    looks::same_title(field, heading) || rest.is_some_and(|r| r.trim_start().starts_with(['|', '–', '—', '»', '·', '-', ':']))
}

/// A title printed again near the first is residue, and so is the name of the site above it.
fn repeated_titles(doc: &mut Document) {
    let at = doc.blocks.iter().position(|b| b.kind == BlockKind::Title);
    let title = match (at, doc.field("title")) {
        (Some(at), _) => doc.block_text(&doc.blocks[at]).to_owned(),
        (None, Some(field)) => field.value.clone(),
        (None, None) => return,
    };
    let mut paragraphs = 0;
    for i in 0..doc.blocks.len().min(at.unwrap_or(0) + NEAR_TITLE) {
        let block = &doc.blocks[i];
        paragraphs += usize::from(block.kind == BlockKind::Paragraph && block.text.len() > 80);
        // Below the opening, a heading that says what the title says has a section of its own.
        if paragraphs > 2 {
            break;
        }
        if Some(i) == at || !matches!(block.kind, BlockKind::Heading | BlockKind::Paragraph) {
            continue;
        }
        let text = doc.block_text(block);
        let site = at.is_some_and(|at| i < at) && i < TOP && is_site_name(doc, i, &title);
        if site {
            let name = text.to_owned();
            for b in (i..doc.blocks.len()).rev() {
                let block = &doc.blocks[b];
                if matches!(block.kind, BlockKind::Heading | BlockKind::Paragraph) && doc.block_text(block) == name {
                    turn(&mut doc.blocks[b], BlockKind::Residue);
                }
            }
        } else if text.len() <= LONGEST_LINE && looks::same_title(text, &title) {
            turn(&mut doc.blocks[i], BlockKind::Residue);
        }
    }
}

/// Whether the short line is the name of the site: behind a bar or dash in the title, or a line again below.
fn is_site_name(doc: &Document, block: usize, title: &str) -> bool {
    let text = doc.block_text(&doc.blocks[block]);
    if looks::words(text).count() > 3 || looks::is_closed(text) {
        return false;
    }
    let in_title = title.strip_suffix(text).is_some_and(|t| t.trim_end().ends_with(['|', '–', '—', '·', '-']));
    in_title || doc.blocks.iter().skip(block + 1).any(|b| doc.block_text(b) == text)
}

/// Lays the sections: each heading opens one, up to the next heading of the same or a higher level.
fn lay_sections(doc: &mut Document) {
    let mut sections = vec![Section::default()];
    let mut open: Vec<u32> = vec![0];
    let mut current = 0;
    for (i, block) in doc.blocks.iter_mut().enumerate() {
        let at = i as u32;
        if matches!(block.kind, BlockKind::Heading | BlockKind::Question) && block.level > 0 {
            while open.len() > 1 && open.last().is_some_and(|&s| sections[s as usize].level >= block.level) {
                open.pop();
            }
            let parent = open.last().copied().unwrap_or(0);
            current = sections.len() as u32;
            open.push(current);
            sections.push(Section { heading: Some(at), level: block.level, parent, first: at, end: at });
        }
        block.section = current;
        sections[current as usize].end = at + 1;
    }
    doc.sections = sections;
}

/// The lead-in of a list is the line right above it: one that ends with a colon or without a stop, or a heading.
fn lead_in_lists(doc: &mut Document) {
    // The last block that is neither residue nor an item, and the group that its lead holds for.
    let mut above: Option<u32> = None;
    let mut list = (0, None);
    for i in 0..doc.blocks.len() {
        let block = &doc.blocks[i];
        match block.kind {
            BlockKind::Residue => {}
            BlockKind::ListItem => {
                if list.0 != block.group || block.group == 0 {
                    list = (block.group, above);
                }
                if block.head.is_none() {
                    doc.blocks[i].head = list.1;
                }
                above = None;
            }
            BlockKind::Title | BlockKind::Heading | BlockKind::Question => (above, list) = (Some(i as u32), (0, None)),
            BlockKind::Paragraph | BlockKind::Answer => {
                let text = doc.block_text(block);
                above = Some(i as u32).filter(|_| looks::leads_in(text) || !looks::is_closed(text));
            }
            _ => above = None,
        }
    }
}

/// Gives each cell the head of its column, where the reader did not.
fn head_cells(doc: &mut Document) {
    let count = doc.blocks.len() as u32;
    let mut group = 0;
    let mut heads: Vec<Option<u32>> = Vec::new();
    for (i, block) in doc.blocks.iter_mut().enumerate().filter(|(_, b)| b.kind == BlockKind::Cell) {
        if block.group != group {
            group = block.group;
            heads.clear();
        }
        let column = block.column as usize;
        if block.row == 0 {
            if column >= heads.len() && column < 1000 {
                heads.resize(column + 1, None);
            }
            if let Some(head) = heads.get_mut(column) {
                *head = Some(i as u32);
            }
        } else {
            block.head = block.head.filter(|&h| h < count).or_else(|| heads.get(column).copied().flatten());
        }
    }
}

#[cfg(test)]
mod tests;
