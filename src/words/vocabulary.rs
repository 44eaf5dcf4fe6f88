//! Every word that any list knows, with a number each; all other words are number 0.

use super::numbers::{self, Numbers};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Bytes of the longest word that [`Vocabulary::find_short`] takes.
pub const SHORT: usize = 32;

/// The number of words that no list knows.
pub const UNKNOWN: u32 = 0;

/// Words by number, looked up by their bytes: one flat table, ready as it was frozen.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Vocabulary {
    /// All words, one after another.
    #[serde(borrow)]
    text: Cow<'static, str>,
    /// Where each word starts in `text`; word 0 is empty.
    starts: Numbers,
    /// Open addressing, 0 where free; the length is a power of two. Where an entry stands tells the low bits of the
    /// hash of its word; it has the others itself, above the number of the word, so that hardly any entry is followed
    /// to the text in vain.
    slots: Numbers,
    /// Stems by the hash of their first four bytes, same layout; the numbers index `stem_starts`.
    stem_slots: Numbers,
    /// For each four-byte beginning: where its stems start in `stems`; list 0 is empty.
    stem_starts: Numbers,
    /// The stems of each beginning, longest first, as word numbers.
    stems: Numbers,
    /// For each word: as [`Vocabulary::shorter_stem`] has it.
    shorter: Numbers,
}

fn hash(bytes: &[u8]) -> u32 {
    let mut h = BASIS;
    for chunk in bytes.chunks(8) {
        let mut word = [0u8; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        h = mix(h, u64::from_le_bytes(word));
    }
    fold(h)
}

const BASIS: u64 = 0xcbf2_9ce4_8422_2325;

fn mix(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95)
}

fn fold(hash: u64) -> u32 {
    (hash >> 32) as u32 ^ hash as u32
}

/// Puts a value into the first free slot behind the one of the key.
fn take_slot(slots: &mut [u32], key: &[u8], value: u32) {
    let mask = slots.len() - 1;
    let hash = hash(key);
    let mut at = hash as usize & mask;
    while slots[at] != 0 {
        at = (at + 1) & mask;
    }
    slots[at] = hash & !(mask as u32) | value;
}

impl Vocabulary {
    /// A vocabulary of these words and stems, numbered from 1 in this order. A stem is `stem*`.
    pub fn build(words: &[String]) -> Vocabulary {
        let (mut text, mut starts) = (String::new(), vec![0, 0]);
        for word in words {
            text.push_str(word);
            starts.push(text.len() as u32);
        }
        let mut slots = vec![0; (words.len() * 2 + 2).next_power_of_two()];
        let mut by_beginning: std::collections::BTreeMap<[u8; 4], Vec<u32>> = Default::default();
        for (i, word) in words.iter().enumerate() {
            let id = i as u32 + 1;
            match word.strip_suffix('*').and_then(|stem| stem.as_bytes().first_chunk()) {
                Some(beginning) => by_beginning.entry(*beginning).or_default().push(id),
                None => take_slot(&mut slots, word.as_bytes(), id),
            }
        }
        let mut stem_slots = vec![0; (by_beginning.len() * 2 + 2).next_power_of_two()];
        let (mut stem_starts, mut stems) = (vec![0, 0], Vec::new());
        for (beginning, mut ids) in by_beginning {
            ids.sort_by_key(|&id| std::cmp::Reverse(words[id as usize - 1].len()));
            take_slot(&mut stem_slots, &beginning, stem_starts.len() as u32 - 1);
            stems.append(&mut ids);
            stem_starts.push(stems.len() as u32);
        }
        let mut vocabulary = Vocabulary {
            text: text.into(),
            starts: starts.into(),
            slots: slots.into(),
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
        vocabulary
    }

    /// The word of that number; a stem keeps its `*`.
    pub fn word(&self, id: u32) -> &str {
        self.text.get(self.starts.range(id as usize)).unwrap_or("")
    }

    /// The number of a word in its normal form, or [`UNKNOWN`].
    pub fn find(&self, word: &[u8]) -> u32 {
        self.lookup(word, hash(word))
    }

    /// The same for the first `length` bytes of `word`, where zeros must follow.
    pub fn find_short(&self, word: &[u8; SHORT], length: usize) -> u32 {
        let chunks = word.as_chunks().0.iter().take(length.div_ceil(8));
        let hash = chunks.fold(BASIS, |h, chunk| mix(h, u64::from_le_bytes(*chunk)));
        self.lookup(word.get(..length).unwrap_or(&[]), fold(hash))
    }

    fn lookup(&self, word: &[u8], hash: u32) -> u32 {
        if self.slots.is_empty() {
            return UNKNOWN;
        }
        let mask = self.slots.len() as u32 - 1;
        let mut at = hash & mask;
        loop {
            let entry = self.slots.at(at as usize);
            let id = entry & mask;
            if entry == 0 || (entry ^ hash) & !mask == 0 && self.word(id).as_bytes() == word {
                return id;
            }
            at = (at + 1) & mask;
        }
    }

    /// The longest stem that the word starts with, or [`UNKNOWN`].
    pub fn find_stem(&self, word: &[u8]) -> u32 {
        let Some(beginning) = word.first_chunk::<4>().filter(|_| !self.stems.is_empty()) else { return UNKNOWN };
        let mask = self.stem_slots.len() as u32 - 1;
        let hash = fold(mix(BASIS, u64::from(u32::from_le_bytes(*beginning))));
        let mut at = hash & mask;
        loop {
            let entry = self.stem_slots.at(at as usize);
            if entry == 0 {
                return UNKNOWN;
            }
            if (entry ^ hash) & !mask == 0 {
                let mut ids = numbers::read(self.stems.slice(self.stem_starts.range((entry & mask) as usize)));
                if ids.clone().next().is_some_and(|id| self.word(id).as_bytes().starts_with(beginning)) {
                    return ids.find(|&id| word.starts_with(self.stem(id))).unwrap_or(UNKNOWN);
                }
            }
            at = (at + 1) & mask;
        }
    }

    fn stem(&self, id: u32) -> &[u8] {
        let word = self.word(id).as_bytes();
        &word[..word.len() - 1]
    }

    /// For a stem: the next shorter stem that it starts with itself, so that `inflam*` is found in a word that `inflammator*` matched.
    pub fn shorter_stem(&self, id: u32) -> u32 {
        self.shorter.at(id as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_stems_are_found_and_strangers_are_not() {
        let v = Vocabulary::build(&["pain".into(), "inflammator*".into(), "inflam*".into(), "é".into()]);
        assert_eq!(v.find(b"pain"), 1);
        assert_eq!(v.find(b"pains"), UNKNOWN);
        assert_eq!(v.find("é".as_bytes()), 4);
        for word in ["", "pain", "a word of ten", "a word that fills all of its place"] {
            let mut short = [0; SHORT];
            let length = word.len().min(SHORT);
            short[..length].copy_from_slice(&word.as_bytes()[..length]);
            assert_eq!(v.find_short(&short, length), v.find(&word.as_bytes()[..length]), "{word}");
        }
        assert_eq!(v.find_stem(b"inflammatory"), 2);
        assert_eq!(v.find_stem(b"inflamed"), 3);
        assert_eq!(v.find_stem(b"infl"), UNKNOWN);
        assert_eq!(v.shorter_stem(2), 3);
        assert_eq!(v.shorter_stem(3), UNKNOWN);
        assert_eq!(Vocabulary::default().find(b"x"), UNKNOWN);
    }
}
