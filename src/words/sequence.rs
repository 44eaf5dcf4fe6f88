//! Terms that refer to other lists or have gaps: found over what plain terms have found, in rounds, so
//! that a term may refer to a list of such terms.

pub mod find;

use super::lexicon::TagId;
use super::numbers::{self, Frozen, Numbers, long};
use super::trie::{NUMBER, Output};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// One part of a sequence, as it is built.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Something found by one of these lists, or the words of one phrase.
    Tags(Vec<TagId>),
    /// The words of one of these phrases.
    Phrases(Vec<TagId>),
    /// At least and at most so many words.
    Gap(u8, u8),
}

/// All sequences, laid flat.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Sequences {
    /// What each sequence finds: two numbers, as [`Output::pack`] has it.
    outputs: Numbers,
    /// Where each sequence's parts start in `parts`; one more entry at the end.
    part_starts: Numbers,
    /// Parts: a gap ([`GAP`], minimum, maximum), one tag, or a set of tags ([`SET`] and its number).
    parts: Numbers,
    /// The first tag that stands for the words of a part and not for a list.
    first_phrase: u32,
    /// Where the words of each such part start in `words`; one more entry at the end.
    phrase_starts: Numbers,
    /// Words of parts, as the trie has them on its edges.
    words: Numbers,
    /// Where each set of tags starts in `sets`; one more entry at the end.
    set_starts: Numbers,
    /// Sets of tags, each ascending.
    sets: Numbers,
    rounds: Vec<Round>,
    /// A bit for each tag, 32 a number: whether any sequence of any round stands by it.
    keys: Numbers,
    /// The same for tags by which one stands or that are a part of one by themselves.
    known: Numbers,
}

/// The sequences of a round by the tags for which they are looked at. Each stands by its rarest part, so that few
/// are looked at in a sentence.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct Round {
    /// A bit for each tag, as in [`Sequences::keys`].
    keys: Numbers,
    /// By tag: where its sequences start in `sequences`; one more entry at the end.
    starts: Numbers,
    /// Eight numbers each: the sequence; where its parts start, and in the 8 bits above how many they are; bits of the words
    /// by [`slot`] and by [`other`], and of the lists that it needs, lower halves first.
    sequences: Numbers,
}

impl Round {
    fn is_key(&self, tag: TagId) -> bool {
        numbers::has(self.keys.all(), usize::from(tag))
    }

    /// The sequences that stand by a tag.
    fn sequences(&self, tag: TagId) -> &[[Frozen; 8]] {
        self.sequences.rows().get(self.starts.range(tag as usize)).unwrap_or(&[])
    }
}

/// Bits of the words, by [`slot`] and by [`other`], and of the lists that a sequence needs, or that a sentence has.
type Needs = [u64; 3];

/// Whether a sentence may have what a sequence of a [`Round`] needs.
fn may_have(sequence: &[Frozen; 8], has: Needs) -> bool {
    let &[_, _, a, b, c, d, e, f] = sequence;
    long(a, b) & !has[0] | long(c, d) & !has[1] | long(e, f) & !has[2] == 0
}

const GAP: u32 = 1 << 31;
const SET: u32 = 1 << 30;
/// The set is one of phrases.
const PHRASES: u32 = 1 << 29;

/// Where a word is noted among 64.
fn slot(word: u32) -> u32 {
    word.wrapping_mul(0x9e37_79b1) >> 26
}

/// Where it is noted among other 64: two words rarely share both places.
fn other(word: u32) -> u32 {
    word.wrapping_mul(0x85eb_ca6b) >> 26
}

/// A bit for each of some words or lists.
fn bits(words: impl Iterator<Item = u32>, slot: fn(u32) -> u32) -> u64 {
    words.filter(|&w| w < NUMBER).fold(0, |bits, w| bits | 1 << slot(w))
}

impl Sequences {
    /// Lays rounds of sequences flat; `rarity` says for each tag how rarely it is likely to occur. The last tags stand
    /// for `phrases`.
    pub fn build(rounds: Vec<Vec<(Output, Vec<Part>)>>, rarity: &[u32], phrases: &[Vec<u32>]) -> Sequences {
        let first_phrase = rarity.len() - phrases.len();
        let (mut outputs, mut rounds_out) = (Vec::new(), Vec::new());
        let (mut part_starts, mut all_parts) = (vec![0], Vec::new());
        let (mut set_starts, mut all_sets) = (vec![0], Vec::new());
        let mut sets: HashMap<Vec<TagId>, u32> = HashMap::new();
        let [mut all_keys, mut known] = [0, 1].map(|_| vec![0; rarity.len().div_ceil(32)]);
        for round in rounds {
            let mut by_key: Vec<Vec<[u32; 8]>> = vec![Vec::new(); rarity.len()];
            for (output, parts) in round {
                let keys = key(&parts, rarity);
                let singles = parts.iter().filter_map(|part| if let Part::Tags(tags) = part { Some(tags) } else { None });
                let singles: Vec<usize> = singles.filter(|tags| tags.len() == 1).map(|tags| tags[0] as usize).collect();
                singles.iter().for_each(|tag| known[tag / 32] |= 1 << (tag % 32));
                let words = || singles.iter().filter_map(|tag| phrases.get(tag.checked_sub(first_phrase)?)).flatten().copied();
                let lists = singles.iter().filter(|tag| **tag < first_phrase).map(|tag| *tag as u32);
                let all = [bits(words(), slot), bits(words(), other), bits(lists, slot)];
                let [a, b, c, d, e, f] = [0, 1, 2, 3, 4, 5].map(|i| (all[i / 2] >> (32 * (i % 2))) as u32);
                for &tag in keys {
                    let place = all_parts.len() as u32 | (parts.len() as u32) << 24;
                    by_key[tag as usize].push([outputs.len() as u32 / 2, place, a, b, c, d, e, f]);
                }
                for part in parts {
                    let code = match part {
                        Part::Gap(min, max) => GAP | u32::from(min) << 8 | u32::from(max),
                        Part::Tags(ref tags) if tags.len() == 1 => u32::from(tags[0]),
                        Part::Tags(ref tags) | Part::Phrases(ref tags) => {
                            let next = sets.len() as u32;
                            let set = *sets.entry(tags.clone()).or_insert(next);
                            if set == next {
                                all_sets.extend(tags.iter().map(|&t| u32::from(t)));
                                set_starts.push(all_sets.len() as u32);
                            }
                            SET | set | if matches!(part, Part::Phrases(_)) { PHRASES } else { 0 }
                        }
                    };
                    all_parts.push(code);
                }
                outputs.extend(output.pack());
                part_starts.push(all_parts.len() as u32);
            }
            let (mut keys, mut starts, mut numbers) = (vec![0; by_key.len().div_ceil(32)], vec![0], Vec::new());
            for (tag, list) in by_key.into_iter().enumerate() {
                let bit = u32::from(!list.is_empty()) << (tag % 32);
                keys[tag / 32] |= bit;
                all_keys[tag / 32] |= bit;
                known[tag / 32] |= bit;
                numbers.extend(list.into_iter().flatten());
                starts.push(numbers.len() as u32 / 8);
            }
            rounds_out.push(Round { keys: keys.into(), starts: starts.into(), sequences: numbers.into() });
        }
        let starts = phrases.iter().scan(0, |end, phrase| {
            *end += phrase.len() as u32;
            Some(*end)
        });
        Sequences {
            first_phrase: first_phrase as u32,
            phrase_starts: std::iter::once(0).chain(starts).collect::<Vec<_>>().into(),
            words: phrases.concat().into(),
            outputs: outputs.into(),
            part_starts: part_starts.into(),
            parts: all_parts.into(),
            set_starts: set_starts.into(),
            sets: all_sets.into(),
            rounds: rounds_out,
            keys: all_keys.into(),
            known: known.into(),
        }
    }

    /// Number of rounds.
    pub fn rounds(&self) -> usize {
        self.rounds.len()
    }

    /// Whether any sequence is looked for where that tag is found.
    pub fn is_key(&self, tag: TagId) -> bool {
        numbers::has(self.keys.all(), usize::from(tag))
    }

    /// The words of a part that is no list.
    fn phrase(&self, part: u32) -> Option<&[Frozen]> {
        if part & (GAP | SET) != 0 {
            return None;
        }
        Some(self.words.slice(self.phrase_starts.range(part.checked_sub(self.first_phrase)? as usize)))
    }

    /// The parts of a sequence of a [`Round`].
    fn parts_of(&self, sequence: &[Frozen; 8]) -> &[Frozen] {
        let place = u32::from_le_bytes(sequence[1]) as usize;
        let from = place & 0xff_ffff;
        self.parts.slice(from..from + (place >> 24))
    }

    fn parts(&self, number: u32) -> &[Frozen] {
        self.parts.slice(self.part_starts.range(number as usize))
    }

    fn set(&self, part: u32) -> &[Frozen] {
        self.sets.slice(self.set_starts.range((part & !(SET | PHRASES)) as usize))
    }

    /// The phrases of a part that is one of several; none of any other part.
    fn phrases(&self, part: u32) -> impl Iterator<Item = &[Frozen]> {
        let is_several = part & GAP == 0 && part & PHRASES != 0;
        numbers::read(if is_several { self.set(part) } else { &[] }).filter_map(|tag| self.phrase(tag))
    }

    fn output(&self, number: u32) -> Output {
        Output::unpack([self.outputs.at(2 * number as usize), self.outputs.at(2 * number as usize + 1)])
    }

    fn allows(&self, part: u32, tag: TagId) -> bool {
        if part & SET == 0 {
            return part == u32::from(tag);
        }
        numbers::search(self.set(part), u32::from(tag)).is_some()
    }
}

/// The part without which a sequence need not be looked at: the rarest that is one list or one phrase, else the first.
fn key<'p>(parts: &'p [Part], rarity: &[u32]) -> &'p [TagId] {
    let key = rarest(parts, rarity).and_then(|at| parts.get(at)).or(parts.first());
    match key {
        Some(Part::Tags(tags) | Part::Phrases(tags)) => tags,
        _ => &[],
    }
}

/// Which part is the rarest that is one list or one phrase; of equals the first.
fn rarest(parts: &[Part], rarity: &[u32]) -> Option<usize> {
    let single = |(at, part): (usize, &Part)| match part {
        Part::Tags(tags) if tags.len() == 1 => Some((at, rarity.get(usize::from(tags[0])).copied().unwrap_or(0))),
        _ => None,
    };
    parts.iter().enumerate().filter_map(single).rev().max_by_key(|(_, rare)| *rare).map(|(at, _)| at)
}

/// Makes one of sequences that differ in a single phrase, again and again: what a term's alternatives were written out to
/// is put together. The rarest part stays single, so that few sequences are looked at in a text. `first_phrase` is the first tag
/// that stands for a phrase; each sequence keeps what it came with.
pub fn gather<T>(sequences: Vec<(Output, Vec<Part>, T)>, rarity: &[u32], first_phrase: usize) -> Vec<(Output, Vec<Part>, T)> {
    let longest = sequences.iter().map(|(_, parts, _)| parts.len()).max().unwrap_or(0);
    (0..longest).fold(sequences, |sequences, at| {
        let mut seen: HashMap<([u32; 2], Vec<Part>), usize> = HashMap::new();
        let mut out: Vec<(Output, Vec<Part>, T)> = Vec::new();
        for (output, parts, origin) in sequences {
            let is_key = rarest(&parts, rarity) == Some(at);
            let phrase = match parts.get(at).filter(|_| !is_key) {
                Some(Part::Tags(tags)) if tags.len() == 1 && usize::from(tags[0]) >= first_phrase => tags[0],
                _ => {
                    out.push((output, parts, origin));
                    continue;
                }
            };
            let mut others = parts.clone();
            others[at] = Part::Gap(0, 0);
            let next = out.len();
            match *seen.entry((output.pack(), others)).or_insert(next) {
                same if same < next => {
                    let part = &mut out[same].1[at];
                    if let Part::Tags(all) | Part::Phrases(all) = part
                        && let Err(place) = all.binary_search(&phrase)
                    {
                        all.insert(place, phrase);
                        *part = Part::Phrases(std::mem::take(all));
                    }
                }
                _ => out.push((output, parts, origin)),
            }
        }
        out
    })
}
