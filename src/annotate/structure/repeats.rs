//! Lines that stand twice within a few blocks, and user names and toggles among the residue.

use super::parts::{EMPTY, Found, Parts, mix};
use crate::document::{Block, BlockKind};
use crate::read::plain::looks;
use crate::tags::Known;
use rustc_hash::FxHashMap;

/// Blocks within which a line counts as doubled.
const NEAR: usize = 10;
/// Blocks at the top that may be a user name.
const TOP: usize = 3;
/// Words that a line must have to count, by what it is.
const HEADING_WORDS: usize = 2;
const ITEM_WORDS: usize = 2;
const OTHER_WORDS: usize = 4;

/// Notes doubled lines.
pub fn find(parts: &Parts, found: &mut Found) {
    let title = parts.blocks().iter().position(|b| b.kind == BlockKind::Title);
    // What a line says and where it came last.
    let mut seen: FxHashMap<(u64, u8), usize> = FxHashMap::default();
    for (i, block) in parts.blocks().iter().enumerate() {
        if block.kind == BlockKind::Residue {
            let text = parts.text(i);
            if i < TOP && looks::is_username(text) {
                found.words(Known::StructureUsername, parts.tokens(i));
            } else if title.is_some_and(|t| looks::same_title(text, parts.text(t))) {
                found.words(Known::StructureDuplicateLine, parts.tokens(i));
            }
            continue;
        }
        let Some((scope, least)) = scope(block) else { continue };
        let (hash, words) = parts.folded(parts.tokens(i));
        if words < least || is_link(parts, block) {
            continue;
        }
        let key = (mix(mix(hash, scope), EMPTY), u8::from(block.kind == BlockKind::ListItem));
        if let Some(last) = seen.insert(key, i)
            && is_near(parts, last, i)
        {
            found.words(Known::StructureDuplicateLine, parts.tokens(i));
        }
    }
}

/// Among which blocks a repetition counts, and how many words it takes; `None` where lines may repeat.
fn scope(block: &Block) -> Option<(u64, usize)> {
    match block.kind {
        // "Pros" comes again below every product: only neighbours of one section count.
        BlockKind::Heading | BlockKind::Question => Some((1, HEADING_WORDS)),
        BlockKind::ListItem => Some((2 + u64::from(block.group), ITEM_WORDS)),
        BlockKind::Paragraph | BlockKind::Answer => Some((1, OTHER_WORDS)),
        _ => None,
    }
}

fn is_near(parts: &Parts, last: usize, now: usize) -> bool {
    if now - last > NEAR {
        return false;
    }
    let (Some(a), Some(b)) = (parts.blocks().get(last), parts.blocks().get(now)) else { return false };
    let parent = |b: &Block| parts.article.doc.sections.get(b.section as usize).map_or(0, |s| s.parent);
    let opens = |i: usize| parts.is_heading(i);
    match (opens(last), opens(now)) {
        (true, true) => now == last + 1 || a.level == b.level && parent(a) == parent(b),
        // A heading and the same words as a line right below it.
        (true, false) | (false, true) => now == last + 1,
        (false, false) => true,
    }
}

/// Whether the block is nothing but a link, as buttons are.
fn is_link(parts: &Parts, block: &Block) -> bool {
    let links = &parts.article.doc.links;
    let at = links.partition_point(|l| l.text.start < block.text.start);
    links.get(at).is_some_and(|l| !l.image && l.text.start <= block.text.start && l.text.end >= block.text.end)
}
