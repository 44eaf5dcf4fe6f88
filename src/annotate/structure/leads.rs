//! Labels and lead-ins that lead to nothing: `Dosage:`, `X:X:`, "The symptoms include:" and no list, a
//! section of one sentence that announces what never comes.

use super::parts::{Found, Parts, is_sign, opens_section};
use crate::document::{Block, BlockKind};
use crate::read::plain::looks;
use crate::tags::Known;
use memchr::memchr;

/// Bytes of the longest label.
const LABEL: usize = 60;
/// Words of the longest label that stands for itself; a longer line with a colon leads in.
const LABEL_WORDS: usize = 4;

/// Notes labels without content and lead-ins without a list.
pub fn find(parts: &Parts, found: &mut Found) {
    for (i, block) in parts.prose() {
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Answer | BlockKind::ListItem) {
            continue;
        }
        if let Some(doubled) = doubled_label(parts, i) {
            found.words(Known::StructureEmptyItem, doubled);
            continue;
        }
        let text = parts.text(i);
        if looks::leads_in(text) {
            let is_item = block.kind == BlockKind::ListItem;
            let leads_on = if is_item { item_leads_on(parts, i, block) } else { leads_on(parts, i, block) };
            if leads_on {
                continue;
            }
            let is_label = text.len() <= LABEL && parts.sentences(i).len() == 1 && parts.word_count(i) <= LABEL_WORDS;
            let lead = parts.sentences(i).last().map(|s| parts.sentence(s)).unwrap_or_default();
            let (tag, words) = if is_label { (Known::StructureEmptyItem, parts.tokens(i)) } else { (Known::StructureDanglingLeadIn, lead) };
            found.words(tag, words);
        } else if is_announced(parts, i, block) {
            found.words(Known::StructureDanglingLeadIn, parts.tokens(i));
        }
    }
}

/// The words of `X:X:` where the block starts so.
fn doubled_label(parts: &Parts, block: usize) -> Option<(u32, u32)> {
    memchr(b':', parts.text(block).as_bytes())?;
    let (first, last) = parts.tokens(block);
    let colon = |from: u32| (from..last.min(from + 12)).find(|&t| parts.sign(t) == ':');
    let middle = colon(first)?;
    let end = colon(middle + 1)?;
    let words = middle - first;
    let same = words > 0 && end - middle - 1 == words && parts.folded((first, middle)) == parts.folded((middle + 1, end));
    // `3:3:` is a ratio.
    let named = (first..middle).any(|t| !is_sign(parts.article, t) && !is_number(parts, t));
    (same && named).then_some((first, end + 1))
}

fn is_number(parts: &Parts, token: u32) -> bool {
    parts.article.tokens.get(token as usize).is_some_and(|t| t.shape.contains(crate::words::token::Shape::NUMBER))
}

/// Whether something follows a paragraph that ends with a colon: anything but the next section.
fn leads_on(parts: &Parts, at: usize, block: &Block) -> bool {
    match parts.next(at) {
        None => parts.is_filled(at, None),
        Some((n, next)) => {
            let level = parts.article.doc.sections.get(block.section as usize).map_or(0, |s| s.level);
            // What is announced may come in subsections, or be asked by the questions of an FAQ.
            !(opens_section(next) && next.level <= level.max(1)) && next.kind != BlockKind::Title || parts.is_filled(at, Some(n))
        }
    }
}

/// Whether something follows an item that ends with a colon: a deeper item, a paragraph, a table.
fn item_leads_on(parts: &Parts, at: usize, block: &Block) -> bool {
    match parts.next(at) {
        None => parts.is_filled(at, None),
        Some((n, next)) => match next.kind {
            // The items of an inner list that lost their indent follow as neighbours.
            BlockKind::ListItem => {
                let inner = parts.text(n).starts_with(char::is_lowercase) && !parts.text(at).starts_with(char::is_lowercase);
                next.group != block.group
                    || next.level > block.level
                    || inner
                    || parts.is_glued(block)
                    || parts.holds(Known::StructureLeadIn, parts.tokens(at))
            }
            BlockKind::Heading | BlockKind::Question | BlockKind::Title => parts.is_filled(at, Some(n)),
            _ => true,
        },
    }
}

/// Whether the block is all there is of a section and only announces: "Here are the foods to choose."
fn is_announced(parts: &Parts, at: usize, block: &Block) -> bool {
    let above = at.checked_sub(1).is_some_and(|a| parts.is_heading(a));
    let sentences = parts.sentences(at);
    if !above || block.kind == BlockKind::ListItem || sentences.len() != 1 || parts.word_count(at) > 25 {
        return false;
    }
    let level = parts.blocks().get(at - 1).map_or(0, |b| b.level);
    let ends = match parts.next(at) {
        None => !parts.is_filled(at, None),
        Some((n, next)) => opens_section(next) && next.level <= level && !parts.is_filled(at, Some(n)),
    };
    let (first, last) = parts.tokens(at);
    // "Here are the signs: fever and a rash" keeps what it says.
    let told = (first..last).any(|t| matches!(parts.sign(t), ':' | ',' | '—' | '–'));
    ends && !told && parts.holds(Known::StructureAnnounce, (first, last))
}
