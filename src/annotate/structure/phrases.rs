//! The same opening twice, a conclusion in the middle, and where the opening of the article is.

use super::parts::{CONCLUSION, EMPTY, FAQ, Found, Parts, REFERENCES, is_sign, mix};
use crate::document::BlockKind;
use crate::tags::Known;
use rustc_hash::FxHashMap;

/// Words that an opening must share to be the same.
const SHARED: usize = 5;
/// Words that are no chance, even twice.
const LONG: u32 = 7;
/// Paragraphs that open an article.
const OPENING: usize = 2;
/// Share of the words after which a conclusion is in its place, in percent.
const END: u32 = 80;

/// Notes repeated openings and misplaced conclusions.
pub fn find(parts: &Parts, found: &mut Found) {
    opening(parts, found);
    transitions(parts, found);
    conclusions(parts, found);
}

fn opening(parts: &Parts, found: &mut Found) {
    let paragraphs = parts.prose().filter(|(_, b)| matches!(b.kind, BlockKind::Paragraph | BlockKind::Answer));
    for (i, _) in paragraphs.take(OPENING) {
        found.words(Known::StructureOpening, parts.tokens(i));
    }
}

/// Paragraphs that begin with the same words as an earlier one.
fn transitions(parts: &Parts, found: &mut Found) {
    // Where an opening came last, and how often.
    let mut openings: FxHashMap<u64, (u32, u32)> = FxHashMap::default();
    for (i, block) in parts.prose() {
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Answer) || parts.is_under(i, REFERENCES) {
            continue;
        }
        let (first, last) = parts.tokens(i);
        let end = parts.sentences(i).next().map_or(last, |s| parts.sentence(s).1);
        let Some(hash) = opening_of(parts, first, end) else { continue };
        let (earlier, times) = openings.insert(hash, (first, 1)).unwrap_or((u32::MAX, 0));
        openings.insert(hash, (first, times + 1));
        if times == 0 {
            continue;
        }
        let until = parts.article.sentence(earlier).map_or(earlier, |s| s.end);
        let shared = (first..end).zip(earlier..until).take_while(|&(a, b)| parts.word(a) == parts.word(b)).count() as u32;
        // A whole sentence said again is a doubled one.
        let whole = first + shared >= end || earlier + shared >= until;
        let stock = parts.within(Known::StructureTransition, (first, first + 1)).is_some();
        let often = times >= 2 || stock || shared >= LONG;
        if !whole && often && shared >= SHARED as u32 {
            let mut to = first + shared;
            while to > first && is_sign(parts.article, to - 1) {
                to -= 1;
            }
            found.words(Known::StructureRepeatedTransition, (first, to));
        }
    }
}

/// A number for the first words of a sentence, if it has enough.
fn opening_of(parts: &Parts, first: u32, end: u32) -> Option<u64> {
    let mut words = 0;
    let mut hash = EMPTY;
    for t in (first..end).filter(|&t| !is_sign(parts.article, t)) {
        hash = mix(hash, parts.word(t));
        words += 1;
        if words == SHARED {
            return Some(hash);
        }
    }
    None
}

/// Conclusions before the last fifth of the body, and all but the last.
fn conclusions(parts: &Parts, found: &mut Found) {
    let article = parts.article;
    let counts = |i: usize| !parts.is_under(i, REFERENCES | FAQ);
    let blocks: Vec<(u32, u32)> = parts.prose().filter(|&(i, _)| counts(i)).map(|(i, _)| parts.tokens(i)).collect();
    let all: u32 = blocks.iter().map(|(first, last)| last - first).sum();
    let mut before = 0;
    let mut block = 0;
    for a in article.all(Known::StructureConclusionStrict.id()) {
        let Some(s) = article.sentence(a.start) else { continue };
        let number = s.block as usize;
        let prose = matches!(article.kind(a.start), BlockKind::Paragraph | BlockKind::Answer);
        // Behind one word such as "So" it still opens the sentence.
        if !prose || a.start > s.start + 1 || !counts(number) || parts.is_under(number, CONCLUSION) {
            continue;
        }
        while let Some(&(first, last)) = blocks.get(block).filter(|b| b.1 <= a.start) {
            before += last - first;
            block += 1;
        }
        let at = before + blocks.get(block).map_or(0, |b| a.start.saturating_sub(b.0));
        if at * 100 < all * END {
            found.words(Known::StructureMisplacedConclusion, (a.start, a.end));
        }
    }
}
