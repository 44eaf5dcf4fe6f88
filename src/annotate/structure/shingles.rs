//! Sentences that say nearly what an earlier one said. Two sets of words of which 60 % are common share a word among
//! the rarest of either (the principle of prefix filtering, Chaudhuri, Ganti and Kaushik 2006): only sentences that
//! do are compared.

use super::parts::{CONCLUSION, CONTENTS, FUNCTION, Found, Parts, REFERENCES, RESIDUE, TAKEAWAY, is_sign};
use crate::document::{Block, BlockKind};
use crate::tags::Known;
use crate::words::token::Shape;
use std::ops::Range;

/// Content words that a sentence must have.
const LEAST: usize = 7;
/// Share of common words from which two sentences are nearly the same, and the same, in percent.
const NEARLY: usize = 60;
const SAME: usize = 80;
/// Words from which the same again is a slip, not a phrase of the house.
const LONG: usize = 24;
/// Earlier sentences that are compared for one word, the latest ones.
const COMPARED: usize = 8;

/// A sentence as the set of its content words.
struct Set {
    /// Number of the sentence.
    sentence: usize,
    /// Its words in [`Sets::words`].
    words: Range<usize>,
    /// Its numbers in [`Sets::numbers`], ascending.
    numbers: Range<usize>,
}

/// What is known of a word.
struct Word {
    /// What it says.
    said: u64,
    /// How many sentences have it.
    sentences: u32,
    /// The latest sets that have it among their rarest words, 1 plus their number; the oldest is replaced.
    sets: [u32; COMPARED],
}

/// All sentences that count.
#[derive(Default)]
struct Sets {
    sets: Vec<Set>,
    /// Words by number, for each set ascending.
    words: Vec<u32>,
    numbers: Vec<u64>,
    /// Words by number.
    known: Vec<Word>,
    /// Open addressing by what words say, which is a hash: 1 plus the number of one, 0 where the slot is free.
    slots: Vec<u32>,
}

/// Notes sentences that repeat earlier ones.
pub fn find(parts: &Parts, found: &mut Found) {
    let is_prose = |i: usize, block: &Block| {
        matches!(block.kind, BlockKind::Paragraph | BlockKind::Answer | BlockKind::ListItem)
            && !parts.is_under(i, TAKEAWAY | CONCLUSION | CONTENTS | REFERENCES | RESIDUE)
    };
    let (mut all, mut own) = (Sets::default(), Vec::new());
    let tokens = parts.article.tokens.len();
    all.slots.resize((tokens * 3 / 2 + 1).next_power_of_two(), 0);
    all.known.reserve(tokens / 2);
    all.words.reserve(tokens / 2);
    all.sets.reserve(parts.article.sentences.len());
    for (i, _) in parts.prose().filter(|&(i, b)| is_prose(i, b)) {
        parts.sentences(i).for_each(|sentence| all.add(parts, sentence, &mut own));
    }
    let (mut next, mut own) = (0, Vec::new());
    for (i, block) in parts.prose().filter(|&(i, b)| is_prose(i, b)) {
        // Neighbours that repeat are one place.
        let mut open: Option<(Known, u32, u32)> = None;
        let sentences = parts.sentences(i);
        while let Some(sentence) = all.sets.get(next).map(|s| s.sentence).filter(|&s| s < sentences.end) {
            let likeness = all.nearest(next, &mut own);
            next += 1;
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

impl Sets {
    /// Adds a sentence, if it counts. `own` is scratch space.
    fn add(&mut self, parts: &Parts, sentence: usize, own: &mut Vec<u32>) {
        let (start, end) = parts.sentence(sentence);
        if end - start < LEAST as u32 {
            return;
        }
        let article = parts.article;
        let first = self.numbers.len();
        own.clear();
        // A question is put again on purpose.
        let mut counts = true;
        let place = start as usize..end as usize;
        let (tokens, said) = (article.tokens.get(place.clone()).unwrap_or(&[]), article.said.get(place.clone()).unwrap_or(&[]));
        for ((token, &word), &grammar) in tokens.iter().zip(said).zip(article.grammar.get(place).unwrap_or(&[])) {
            if token.shape.contains(Shape::PUNCTUATION) {
                counts &= token.sign != '?';
            } else if token.shape.contains(Shape::NUMBER) {
                self.numbers.push(word);
            } else if grammar & FUNCTION == 0 {
                own.push(self.number(word));
            }
        }
        own.sort_unstable();
        own.dedup();
        if !counts || own.len() < LEAST {
            return self.numbers.truncate(first);
        }
        own.iter().for_each(|&word| self.known[word as usize].sentences += 1);
        self.numbers[first..].sort_unstable();
        let from = self.words.len();
        self.words.append(own);
        self.sets.push(Set { sentence, words: from..self.words.len(), numbers: first..self.numbers.len() });
    }

    /// The number of a word; a new one where it was not met before.
    fn number(&mut self, said: u64) -> u32 {
        let mask = self.slots.len() - 1;
        let mut at = (said >> 32) as usize & mask;
        while let Some(number) = self.slots[at].checked_sub(1) {
            if self.known[number as usize].said == said {
                return number;
            }
            at = (at + 1) & mask;
        }
        self.known.push(Word { said, sentences: 0, sets: [0; COMPARED] });
        self.slots[at] = self.known.len() as u32;
        self.known.len() as u32 - 1
    }

    /// How much a set has in common with the most similar earlier one, in percent; it is noted for later ones. `own`
    /// is scratch space.
    fn nearest(&mut self, number: usize, own: &mut Vec<(u32, u64, u32)>) -> usize {
        let words = self.words(number);
        let rarest = words.len() - (words.len() * NEARLY).div_ceil(100) + 1;
        // Words of this sentence alone are the rarest, and have nothing to tell.
        let again = |&word: &u32| self.known.get(word as usize).filter(|w| w.sentences > 1).map(|w| (w.sentences, w.said, word));
        own.clear();
        own.extend(words.iter().filter_map(again));
        let Some(rarest) = rarest.checked_sub(words.len() - own.len()) else { return 0 };
        own.sort_unstable();
        let mut best = 0;
        let mut checked = [0; COMPARED];
        let mut checks = 0;
        for &(.., word) in own.iter().take(rarest) {
            let sets = self.known.get(word as usize).map_or([0; COMPARED], |w| w.sets);
            for &other in sets.iter().take_while(|&&s| s > 0) {
                if !checked.contains(&other) {
                    checked[checks % COMPARED] = other;
                    checks += 1;
                    best = best.max(self.share(number, other as usize - 1));
                }
            }
            if let Some(word) = self.known.get_mut(word as usize) {
                word.sets.rotate_right(1);
                word.sets[0] = number as u32 + 1;
            }
        }
        best
    }

    fn words(&self, number: usize) -> &[u32] {
        self.sets.get(number).and_then(|s| self.words.get(s.words.clone())).unwrap_or(&[])
    }

    fn numbers(&self, number: usize) -> &[u64] {
        self.sets.get(number).and_then(|s| self.numbers.get(s.numbers.clone())).unwrap_or(&[])
    }

    /// Words in common, in percent of all words; nothing where the later one brings another number.
    fn share(&self, number: usize, earlier: usize) -> usize {
        let numbers = self.numbers(earlier);
        if self.numbers(number).iter().any(|n| numbers.binary_search(n).is_err()) {
            return 0;
        }
        let (words, others) = (self.words(number), self.words(earlier));
        let (mut i, mut j, mut common) = (0, 0, 0);
        while let (Some(a), Some(b)) = (words.get(i), others.get(j)) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => (i, j, common) = (i + 1, j + 1, common + 1),
            }
        }
        common * 100 / (words.len() + others.len() - common).max(1)
    }
}
