//! Sentences that say nearly what an earlier one said, found in linear time: the words of a sentence as
//! a set, min-hashes of the set in bands, and the share of common words for those that meet in a band.

use super::parts::{CONCLUSION, CONTENTS, EMPTY, Found, Parts, REFERENCES, RESIDUE, TAKEAWAY, is_sign, mix};
use crate::document::BlockKind;
use crate::tags::Known;
use crate::words::token::Shape;
use rustc_hash::FxHashMap;

/// Content words that a sentence must have.
const LEAST: usize = 7;
/// Share of common words from which two sentences are nearly the same, and the same, in percent.
const NEARLY: usize = 60;
const SAME: usize = 80;
/// Words from which the same again is a slip, not a phrase of the house.
const LONG: usize = 24;
/// Bands of two min-hashes each: two sets that share 60 % meet in one with a chance of 99.9 %.
const BANDS: usize = 16;
/// Earlier sentences that are compared in one band.
const COMPARED: usize = 4;

/// A sentence as the set of its content words.
struct Set {
    /// Number of the sentence.
    sentence: usize,
    /// Its words, ascending.
    words: Vec<u64>,
    /// Its numbers, ascending.
    numbers: Vec<u64>,
}

/// Notes sentences that repeat earlier ones.
pub fn find(parts: &Parts, found: &mut Found) {
    let mut sets: Vec<Set> = Vec::new();
    let mut bands: FxHashMap<(usize, u64), [u32; COMPARED]> = FxHashMap::default();
    for (i, block) in parts.prose() {
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Answer | BlockKind::ListItem)
            || parts.is_under(i, TAKEAWAY | CONCLUSION | CONTENTS | REFERENCES | RESIDUE)
        {
            continue;
        }
        // Neighbours that repeat are one place.
        let mut open: Option<(Known, u32, u32)> = None;
        for sentence in parts.sentences(i) {
            let Some(set) = set(parts, sentence) else { continue };
            let likeness = nearest(&set, &sets, &mut bands);
            sets.push(set);
            let (start, end) = parts.sentence(sentence);
            // An item that repeats a paragraph sums it up.
            let strong = likeness >= SAME && block.kind != BlockKind::ListItem;
            let tag = if strong { Known::StructureDuplicateStrong } else { Known::StructureDuplicateContent };
            if likeness < NEARLY {
                continue;
            }
            match &mut open {
                Some((known, _, until)) if *known == tag && *until == start => *until = end,
                _ => {
                    note(parts, found, open.take());
                    open = Some((tag, start, end));
                }
            }
        }
        note(parts, found, open);
    }
}

/// Notes a place. What is the same is nearly the same, too; a short sentence that comes again may be meant to.
fn note(parts: &Parts, found: &mut Found, place: Option<(Known, u32, u32)>) {
    let Some((tag, start, end)) = place else { return };
    found.words(Known::StructureDuplicateContent, (start, end));
    let words = (start..end).filter(|&t| !is_sign(parts.article, t)).count();
    if tag == Known::StructureDuplicateStrong && words >= LONG {
        found.words(tag, (start, end));
    }
}

fn set(parts: &Parts, sentence: usize) -> Option<Set> {
    let (start, end) = parts.sentence(sentence);
    let article = parts.article;
    let mut words = Vec::new();
    let mut numbers = Vec::new();
    for t in start..end {
        if is_sign(article, t) {
            // A question is put again on purpose.
            if parts.sign(t) == '?' {
                return None;
            }
        } else if article.tokens.get(t as usize).is_some_and(|t| t.shape.contains(Shape::NUMBER)) {
            numbers.push(parts.word(t));
        } else if !parts.is_function(t) {
            words.push(parts.word(t));
        }
    }
    words.sort_unstable();
    words.dedup();
    numbers.sort_unstable();
    (words.len() >= LEAST).then_some(Set { sentence, words, numbers })
}

/// How much the set has in common with the most similar earlier one, in percent; it joins its bands.
fn nearest(set: &Set, sets: &[Set], bands: &mut FxHashMap<(usize, u64), [u32; COMPARED]>) -> usize {
    let mut best = 0;
    let mut checked = [u32::MAX; COMPARED];
    let mut checks = 0;
    for band in 0..BANDS {
        let key = mix(least(&set.words, 2 * band as u64), least(&set.words, 2 * band as u64 + 1));
        let bucket = bands.entry((band, key)).or_insert([u32::MAX; COMPARED]);
        for &other in bucket.iter() {
            let Some(earlier) = sets.get(other as usize).filter(|_| !checked.contains(&other)) else { continue };
            checked[checks % COMPARED] = other;
            checks += 1;
            debug_assert!(earlier.sentence < set.sentence);
            best = best.max(share(set, earlier));
        }
        bucket.rotate_right(1);
        bucket[0] = sets.len() as u32;
    }
    best
}

/// The least of the words under the hash function numbered `seed`.
fn least(words: &[u64], seed: u64) -> u64 {
    let salt = mix(EMPTY, seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    words
        .iter()
        .map(|w| {
            let x = (w ^ salt).wrapping_mul(0xff51_afd7_ed55_8ccd);
            (x ^ (x >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53)
        })
        .min()
        .unwrap_or(0)
}

/// Words in common, in percent of all words; nothing where the later one brings another number.
fn share(set: &Set, earlier: &Set) -> usize {
    if set.numbers.iter().any(|n| earlier.numbers.binary_search(n).is_err()) {
        return 0;
    }
    let (mut i, mut j, mut common) = (0, 0, 0);
    while let (Some(a), Some(b)) = (set.words.get(i), earlier.words.get(j)) {
        match a.cmp(b) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, common) = (i + 1, j + 1, common + 1),
        }
    }
    common * 100 / (set.words.len() + earlier.words.len() - common).max(1)
}
