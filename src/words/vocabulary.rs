//! Every word that any list knows, with a number each; all other words are number 0.

use super::numbers::{self, Frozen, Numbers};
use super::token;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Bytes of the longest word that a [`Key`] holds.
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

/// A word as it is looked up: eight bytes a number, ASCII letters in lower case.
#[derive(Clone, Copy, Debug, Default)]
pub struct Key {
    /// The bytes, zeros behind the end.
    eights: [u64; SHORT / 8],
    length: usize,
    /// A number for the word: equal for equal words.
    pub hash: u64,
    /// Whether it is nothing but ASCII.
    pub is_ascii: bool,
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

/// A number for a word of any length: the hash of a [`Key`] that is long enough.
pub fn hash(word: &[u8]) -> u64 {
    let eights = (0..word.len().max(1)).step_by(8).map(|at| token::lower(eight(word, at, word.len())));
    eights.fold(BASIS, mix)
}

impl Key {
    /// The word at `start..end` of a text; `None` where it is too long.
    pub fn of(text: &[u8], start: usize, end: usize) -> Option<Key> {
        let length = end.saturating_sub(start);
        let written = eight(text, start, end);
        let lower = token::lower(written);
        let mut key = Key { eights: [lower, 0, 0, 0], length, hash: mix(BASIS, lower), is_ascii: true };
        let mut all = written;
        if length > 8 {
            if length > SHORT {
                return None;
            }
            for (at, place) in (start + 8..end).step_by(8).zip(&mut key.eights[1..]) {
                let written = eight(text, at, end);
                all |= written;
                *place = token::lower(written);
                key.hash = mix(key.hash, *place);
            }
        }
        key.is_ascii = all & HIGH == 0;
        Some(key)
    }
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
        let mut slots = vec![[0u32; 4]; (words.len() * 2 + 2).next_power_of_two()];
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

    /// The number of a word in its normal form and of the longest stem that it starts with; [`UNKNOWN`] where there is none.
    pub fn find(&self, word: &[u8]) -> (u32, u32) {
        let is_it = |id: u32| self.word(id).as_bytes() == word;
        self.lookup(eight(word, 0, word.len()), hash(word), is_it).unwrap_or_else(|| (UNKNOWN, self.find_stem(word)))
    }

    /// The same for a key.
    pub fn find_key(&self, key: &Key) -> (u32, u32) {
        let is_it = |id: u32| {
            // Eight bytes tell shorter words apart by their zeros.
            key.length < 8 || {
                let range = self.starts.range(id as usize);
                let more = key.eights.iter().enumerate().skip(1).take(key.length.saturating_sub(1) / 8);
                range.len() == key.length
                    && more.map(|(i, e)| eight(self.text.as_bytes(), range.start + 8 * i, range.end) == *e).all(|same| same)
            }
        };
        let [first, ..] = key.eights;
        self.lookup(first, key.hash, is_it).unwrap_or_else(|| {
            let is_word = (first as u8).is_ascii_alphabetic();
            let bytes = key.eights.map(u64::to_le_bytes);
            let known = || self.find_stem(bytes.as_flattened().get(..key.length).unwrap_or(&[]));
            (UNKNOWN, if is_word && key.length >= 4 && self.has_stems(first as u32) { known() } else { UNKNOWN })
        })
    }

    fn lookup(&self, first: u64, hash: u64, is_it: impl Fn(u32) -> bool) -> Option<(u32, u32)> {
        let slots = self.slots.rows::<4>();
        let mask = slots.len().checked_sub(1)?;
        let mut at = fold(hash) as usize & mask;
        loop {
            let slot = slots.get(at)?;
            let id = u32::from_le_bytes(slot[2]);
            if id == UNKNOWN {
                return None;
            }
            if slot[0] == (first as u32).to_le_bytes() && slot[1] == ((first >> 32) as u32).to_le_bytes() && is_it(id) {
                return Some((id, u32::from_le_bytes(slot[3])));
            }
            at = (at + 1) & mask;
        }
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

    /// Whether any stem may have that beginning of four bytes.
    fn has_stems(&self, beginning: u32) -> bool {
        self.stems_of(beginning, |_| true).is_some()
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
            match Key::of(text.as_bytes(), 1, 1 + word.len()) {
                Some(key) if key.is_ascii => {
                    assert_eq!(v.find_key(&key), v.find(word.as_bytes()), "{word}");
                    assert_eq!(key.hash, hash(word.as_bytes()), "{word}");
                }
                Some(_) => assert_eq!(word, "é"),
                None => assert!(word.len() > SHORT),
            }
        }
        assert_eq!(v.find_stem(b"inflammatory"), 2);
        assert_eq!(v.find_stem(b"inflamed"), 3);
        assert_eq!(v.find_stem(b"infl"), UNKNOWN);
        assert_eq!(v.shorter_stem(2), 3);
        assert_eq!(v.shorter_stem(3), UNKNOWN);
        assert_eq!(Vocabulary::default().find(b"x"), (UNKNOWN, UNKNOWN));
    }
}
