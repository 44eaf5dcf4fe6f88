//! Every word that any list knows, with a number each; all other words are number 0.

use super::numbers::{self, Frozen, Numbers, long};
use super::token;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Bytes of the longest word that [`Lookup::find`] takes.
pub const SHORT: usize = 32;

/// The number of words that no list knows.
pub const UNKNOWN: u32 = 0;

/// Words by number, looked up by their bytes: flat tables, ready as they were frozen.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Vocabulary {
    /// All words, one after another.
    #[serde(borrow)]
    text: Cow<'static, str>,
    /// Where each word starts in `text`; word 0 is empty.
    starts: Numbers,
    /// Open addressing, four numbers a slot: the first eight bytes of a word, its number (0 where the slot is free) and
    /// the longest stem that it starts with. The number of slots is a power of two.
    slots: Numbers,
    /// Stems by the hash of their first four bytes: where an entry stands tells the low bits of the hash, and it has
    /// the others itself, above a number that indexes `stem_starts`.
    stem_slots: Numbers,
    /// For each four-byte beginning: where its stems start in `stems`; list 0 is empty.
    stem_starts: Numbers,
    /// The stems of each beginning, longest first, as word numbers.
    stems: Numbers,
    /// For each word: as [`Vocabulary::shorter_stem`] has it.
    shorter: Numbers,
}

const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
const HIGH: u64 = 0x8080_8080_8080_8080;

fn mix(hash: u64, eight: u64) -> u64 {
    (hash.rotate_left(5) ^ eight).wrapping_mul(0x517c_c1b7_2722_0a95)
}

fn fold(hash: u64) -> u32 {
    (hash >> 32) as u32 ^ hash as u32
}

/// Eight bytes from `at` on; zeros from `end` on.
fn eight(bytes: &[u8], at: usize, end: usize) -> u64 {
    let length = end.saturating_sub(at).min(8);
    match bytes.get(at..at + 8) {
        Some(whole) => whole.first_chunk().map_or(0, |b| u64::from_le_bytes(*b)) & first(length),
        None => {
            let mut all = [0; 8];
            let rest = bytes.get(at..at + length).unwrap_or(&[]);
            all[..rest.len()].copy_from_slice(rest);
            u64::from_le_bytes(all)
        }
    }
}

/// The first so many bytes of eight.
fn first(length: usize) -> u64 {
    if length >= 8 { !0 } else { (1 << (8 * length)) - 1 }
}

/// A number for a word: equal for equal words, whatever the case of ASCII letters.
pub fn hash(word: &[u8]) -> u64 {
    let eights = (0..word.len().max(1)).step_by(8).map(|at| token::lower(eight(word, at, word.len())));
    eights.fold(BASIS, mix)
}

/// Puts a value into the first free slot behind the one of the key.
fn take_slot(slots: &mut [u32], hash: u32, value: u32) {
    let mask = slots.len() - 1;
    let mut at = hash as usize & mask;
    while slots[at] != 0 {
        at = (at + 1) & mask;
    }
    slots[at] = hash & !(mask as u32) | value;
}

fn hash_of_beginning(beginning: u32) -> u32 {
    fold(mix(BASIS, u64::from(beginning)))
}

impl Vocabulary {
    /// A vocabulary of these words and stems, numbered from 1 in this order. A stem is `stem*`.
    pub fn build(words: &[String]) -> Vocabulary {
        let (mut text, mut starts) = (String::new(), vec![0, 0]);
        for word in words {
            text.push_str(word);
            starts.push(text.len() as u32);
        }
        let mut by_beginning: std::collections::BTreeMap<[u8; 4], Vec<u32>> = Default::default();
        for (id, word) in (1..).zip(words) {
            if let Some(beginning) = word.strip_suffix('*').and_then(|stem| stem.as_bytes().first_chunk()) {
                by_beginning.entry(*beginning).or_default().push(id);
            }
        }
        let mut stem_slots = vec![0; (by_beginning.len() * 2 + 2).next_power_of_two()];
        let (mut stem_starts, mut stems) = (vec![0, 0], Vec::new());
        for (beginning, mut ids) in by_beginning {
            ids.sort_by_key(|&id| std::cmp::Reverse(words[id as usize - 1].len()));
            take_slot(&mut stem_slots, hash_of_beginning(u32::from_le_bytes(beginning)), stem_starts.len() as u32 - 1);
            stems.append(&mut ids);
            stem_starts.push(stems.len() as u32);
        }
        let mut vocabulary = Vocabulary {
            text: text.into(),
            starts: starts.into(),
            slots: Numbers::default(),
            stem_slots: stem_slots.into(),
            stem_starts: stem_starts.into(),
            stems: stems.into(),
            shorter: Numbers::default(),
        };
        let shorter = |word: &String| {
            let longest = word.strip_suffix('*')?.as_bytes().split_last()?.1;
            Some(vocabulary.find_stem(longest))
        };
        let none = std::iter::once(UNKNOWN);
        vocabulary.shorter = none.chain(words.iter().map(|w| shorter(w).unwrap_or(UNKNOWN))).collect::<Vec<_>>().into();
        vocabulary.slots = vocabulary.lay_slots(words).into();
        vocabulary
    }

    fn lay_slots(&self, words: &[String]) -> Vec<u32> {
        let mut slots = vec![[0u32; 4]; (words.len() * 3 / 2 + 2).next_power_of_two()];
        let mask = slots.len() - 1;
        for (id, word) in (1..).zip(words).filter(|(_, word)| !word.ends_with('*')) {
            let mut at = fold(hash(word.as_bytes())) as usize & mask;
            while slots[at][2] != 0 {
                at = (at + 1) & mask;
            }
            let first = eight(word.as_bytes(), 0, word.len());
            // A number starts with no stem.
            let stem = if word.starts_with(|c: char| c.is_ascii_digit()) { UNKNOWN } else { self.find_stem(word.as_bytes()) };
            slots[at] = [first as u32, (first >> 32) as u32, id, stem];
        }
        slots.into_flattened()
    }

    /// The word of that number; a stem keeps its `*`.
    pub fn word(&self, id: u32) -> &str {
        self.text.get(self.starts.range(id as usize)).unwrap_or("")
    }

    /// The vocabulary, ready for many words to be looked up.
    pub fn open(&self) -> Lookup<'_> {
        Lookup { vocabulary: self, text: self.text.as_bytes(), starts: self.starts.all(), slots: self.slots.rows() }
    }

    /// The number of a word in its normal form and of the longest stem that it starts with; [`UNKNOWN`] where there is none.
    pub fn find(&self, word: &[u8]) -> (u32, u32) {
        let is_it = |id: u32| self.word(id).as_bytes() == word;
        let found = self.open().slot(eight(word, 0, word.len()), hash(word), is_it);
        found.unwrap_or_else(|| (UNKNOWN, self.find_stem(word)))
    }

    /// The stems with that beginning of four bytes, or with another one of the same hash.
    fn stems_of(&self, beginning: u32, is_it: impl Fn(u32) -> bool) -> Option<&[Frozen]> {
        let mask = (self.stem_slots.len() as u32).checked_sub(1)?;
        let hash = hash_of_beginning(beginning);
        let mut at = hash & mask;
        loop {
            let entry = self.stem_slots.at(at as usize);
            if entry == 0 {
                return None;
            }
            if (entry ^ hash) & !mask == 0 {
                let ids = self.stems.slice(self.stem_starts.range((entry & mask) as usize));
                if numbers::read(ids).next().is_some_and(&is_it) {
                    return Some(ids);
                }
            }
            at = (at + 1) & mask;
        }
    }

    /// The longest stem that the word starts with, or [`UNKNOWN`].
    pub fn find_stem(&self, word: &[u8]) -> u32 {
        let Some(beginning) = word.first_chunk::<4>() else { return UNKNOWN };
        let is_it = |id: u32| self.word(id).as_bytes().starts_with(beginning);
        let Some(ids) = self.stems_of(u32::from_le_bytes(*beginning), is_it) else { return UNKNOWN };
        numbers::read(ids).find(|&id| word.starts_with(self.stem(id))).unwrap_or(UNKNOWN)
    }

    fn stem(&self, id: u32) -> &[u8] {
        let word = self.word(id).as_bytes();
        word.split_last().map_or(&[], |(_, stem)| stem)
    }

    /// For a stem: the next shorter stem that it starts with itself, so that `inflam*` is found in a word that `inflammator*` matched.
    pub fn shorter_stem(&self, id: u32) -> u32 {
        self.shorter.at(id as usize)
    }

    /// The longest stem of a word by its number, or the stem itself.
    pub fn stem_of(&self, id: u32) -> u32 {
        let word = self.word(id);
        if word.ends_with('*') { id } else { self.find(word.as_bytes()).1 }
    }
}

/// A vocabulary in which many words are looked up.
#[derive(Clone, Copy)]
pub struct Lookup<'v> {
    vocabulary: &'v Vocabulary,
    text: &'v [u8],
    starts: &'v [Frozen],
    slots: &'v [[Frozen; 4]],
}

/// What is known of a word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its number.
    pub word: u32,
    /// The longest stem that it starts with.
    pub stem: u32,
    /// The [`hash`] of the word as it is written.
    pub hash: u64,
}

impl Lookup<'_> {
    /// The word at `start..end` of a text without its last bytes, which only the hash counts; `None` where it is longer
    /// than [`SHORT`] or not ASCII.
    pub fn find(&self, text: &[u8], start: usize, end: usize, last: usize) -> Option<Known> {
        if end.saturating_sub(start) <= 8 && last == 0 {
            // The most frequent case: all of it is one number.
            let written = eight(text, start, end);
            if written & HIGH != 0 {
                return None;
            }
            let all = token::lower(written);
            let hash = mix(BASIS, all);
            let is_it = |id: u32| end - start < 8 || numbers::range(self.starts, id as usize).len() == 8;
            let (word, stem) = self.slot(all, hash, is_it).unwrap_or_else(|| (UNKNOWN, self.stem(&all.to_le_bytes(), end - start)));
            return Some(Known { word, stem, hash });
        }
        let written = text.get(start..end).filter(|w| w.len() <= SHORT && w.is_ascii())?;
        let mut lower = [0; SHORT];
        let length = written.len().saturating_sub(last);
        lower[..length].copy_from_slice(&written[..length]);
        lower.make_ascii_lowercase();
        let own = lower.get(..length)?;
        let is_it = |id: u32| self.text.get(numbers::range(self.starts, id as usize)) == Some(own);
        // Behind its end are zeros, as in `hash`.
        let eights = lower.as_chunks().0.iter().map(|eight| u64::from_le_bytes(*eight));
        let hash = eights.clone().take(length.div_ceil(8).max(1)).fold(BASIS, mix);
        let first = eights.clone().next().unwrap_or(0);
        let (word, stem) = self.slot(first, hash, is_it).unwrap_or_else(|| (UNKNOWN, self.stem(own, length)));
        Some(Known { word, stem, hash: if last == 0 { hash } else { self::hash(written) } })
    }

    fn stem(&self, word: &[u8], length: usize) -> u32 {
        let is_word = word.first().is_some_and(u8::is_ascii_alphabetic);
        if is_word && length >= 4 { self.vocabulary.find_stem(word.get(..length).unwrap_or(&[])) } else { UNKNOWN }
    }

    /// What stands in the slot of a word that begins with these eight bytes.
    fn slot(&self, first: u64, hash: u64, is_it: impl Fn(u32) -> bool) -> Option<(u32, u32)> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = fold(hash) as usize & mask;
        loop {
            let [low, high, id, stem] = *self.slots.get(at)?;
            let id = u32::from_le_bytes(id);
            if id == UNKNOWN {
                return None;
            }
            if long(low, high) == first && is_it(id) {
                return Some((id, u32::from_le_bytes(stem)));
            }
            at = (at + 1) & mask;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_stems_are_found_and_strangers_are_not() {
        let words = ["pain", "inflammator*", "inflam*", "é", "painkill", "painkiller", "painkillers and other", "500"];
        let v = Vocabulary::build(&words.map(str::to_owned));
        assert_eq!(v.find(b"pain"), (1, UNKNOWN));
        assert_eq!(v.find(b"pains"), (UNKNOWN, UNKNOWN));
        assert_eq!(v.find("é".as_bytes()).0, 4);
        for word in words.into_iter().chain(["", "painkillers", "painkillers and others", "a word that fills all of its place"]) {
            let text = format!("-{}.", word.to_uppercase());
            let found = v.open().find(text.as_bytes(), 1, 1 + word.len(), 0);
            let (known, stem) = v.find(word.as_bytes());
            let wanted = Known { word: known, stem, hash: hash(word.as_bytes()) };
            assert_eq!(found, Some(wanted).filter(|_| word.len() <= SHORT && word.is_ascii()), "{word}");
        }
        assert_eq!(v.open().find(b"Pain's", 0, 6, 2), Some(Known { word: 1, stem: UNKNOWN, hash: hash(b"pain's") }));
        assert_eq!(v.find_stem(b"inflammatory"), 2);
        assert_eq!(v.find_stem(b"inflamed"), 3);
        assert_eq!(v.find_stem(b"infl"), UNKNOWN);
        assert_eq!(v.shorter_stem(2), 3);
        assert_eq!(v.shorter_stem(3), UNKNOWN);
        assert_eq!(Vocabulary::default().find(b"x"), (UNKNOWN, UNKNOWN));
    }
}
