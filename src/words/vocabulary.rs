//! Every word that any list knows, with a number each; all other words are number 0.

use super::numbers::Numbers;
use serde::{Deserialize, Serialize};

/// The number of words that no list knows.
pub const UNKNOWN: u32 = 0;

/// Words by number, looked up by their bytes: one flat table, ready as it was frozen.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Vocabulary {
    /// All words, one after another.
    text: String,
    /// Where each word starts in `text`; word 0 is empty.
    starts: Numbers,
    /// Open addressing: word numbers, 0 where free; the length is a power of two.
    slots: Numbers,
    /// Stems by the hash of their first four bytes, same layout; values index `stem_lists`.
    stem_slots: Numbers,
    /// For each four-byte beginning: where its stems start in `stems`; list 0 is empty.
    stem_starts: Numbers,
    /// The stems of each beginning, longest first, as word numbers.
    stems: Numbers,
}

fn hash(bytes: &[u8]) -> u32 {
    let mut h: u64 = 0xcbf2_9ce4_8422_2325;
    for chunk in bytes.chunks(8) {
        let mut word = [0u8; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        h = (h.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
    (h >> 32) as u32 ^ h as u32
}

impl Vocabulary {
    /// A vocabulary of these words and stems, numbered from 1 in this order. A stem is `stem*`.
    pub fn build(words: &[String]) -> Vocabulary {
        let mut v = Vocabulary { starts: vec![0, 0].into(), ..Vocabulary::default() };
        for word in words {
            v.text.push_str(word);
            v.starts.push(v.text.len() as u32);
        }
        v.slots = vec![0; (words.len() * 2 + 2).next_power_of_two()].into();
        let mask = v.slots.len() - 1;
        let mut stems: std::collections::BTreeMap<[u8; 4], Vec<u32>> = Default::default();
        for (i, word) in words.iter().enumerate() {
            let id = i as u32 + 1;
            match word.strip_suffix('*') {
                Some(stem) if stem.len() >= 4 => {
                    let b = stem.as_bytes();
                    stems.entry([b[0], b[1], b[2], b[3]]).or_default().push(id);
                }
                _ => {
                    let mut at = hash(word.as_bytes()) as usize & mask;
                    while v.slots[at] != 0 {
                        at = (at + 1) & mask;
                    }
                    v.slots[at] = id;
                }
            }
        }
        v.stem_slots = vec![0; (stems.len() * 2 + 2).next_power_of_two()].into();
        let mask = v.stem_slots.len() - 1;
        v.stem_starts.extend([0, 0]);
        for (key, mut ids) in stems {
            ids.sort_by_key(|&id| std::cmp::Reverse(v.word(id).len()));
            let mut at = hash(&key) as usize & mask;
            while v.stem_slots[at] != 0 {
                at = (at + 1) & mask;
            }
            v.stem_slots[at] = v.stem_starts.len() as u32 - 1;
            v.stems.append(&mut ids);
            let end = v.stems.len() as u32;
            v.stem_starts.push(end);
        }
        v
    }

    /// The word of that number; a stem keeps its `*`.
    pub fn word(&self, id: u32) -> &str {
        let (start, end) = (self.starts[id as usize] as usize, self.starts[id as usize + 1] as usize);
        &self.text[start..end]
    }

    /// The number of a word in its normal form, or [`UNKNOWN`].
    pub fn find(&self, word: &[u8]) -> u32 {
        if self.slots.is_empty() {
            return UNKNOWN;
        }
        let mask = self.slots.len() - 1;
        let mut at = hash(word) as usize & mask;
        loop {
            let id = self.slots[at];
            if id == 0 || self.word(id).as_bytes() == word {
                return id;
            }
            at = (at + 1) & mask;
        }
    }

    /// The longest stem that the word starts with, or [`UNKNOWN`].
    pub fn find_stem(&self, word: &[u8]) -> u32 {
        if word.len() < 4 || self.stems.is_empty() {
            return UNKNOWN;
        }
        let mask = self.stem_slots.len() - 1;
        let mut at = hash(&word[..4]) as usize & mask;
        loop {
            let list = self.stem_slots[at];
            if list == 0 {
                return UNKNOWN;
            }
            let ids = &self.stems[self.stem_starts[list as usize] as usize..self.stem_starts[list as usize + 1] as usize];
            if ids.first().is_some_and(|&id| self.word(id).as_bytes()[..4] == word[..4]) {
                return ids.iter().copied().find(|&id| word.starts_with(self.stem(id))).unwrap_or(UNKNOWN);
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
        let whole = self.stem(id);
        let mut shorter = &whole[..whole.len() - 1];
        while shorter.len() >= 4 {
            let found = self.find_stem(shorter);
            if found == UNKNOWN {
                return UNKNOWN;
            }
            if self.stem(found).len() <= shorter.len() {
                return found;
            }
            shorter = &shorter[..shorter.len() - 1];
        }
        UNKNOWN
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
        assert_eq!(v.find_stem(b"inflammatory"), 2);
        assert_eq!(v.find_stem(b"inflamed"), 3);
        assert_eq!(v.find_stem(b"infl"), UNKNOWN);
        assert_eq!(v.shorter_stem(2), 3);
        assert_eq!(v.shorter_stem(3), UNKNOWN);
        assert_eq!(Vocabulary::default().find(b"x"), UNKNOWN);
    }
}
