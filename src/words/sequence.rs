//! Terms that refer to other lists or have gaps: found over what plain terms have found, in rounds, so
//! that a term may refer to a list of such terms.

pub mod find;
mod notes;

use super::lexicon::TagId;
use super::numbers::{self, Frozen, Numbers, long};
use super::trie::{ANY, NUMBER, Output};
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
    /// Parts: a gap ([`GAP`], minimum, maximum), one tag, or a set of tags ([`SET`] and its number). A tag that stands for the
    /// words of a part has a [`hint`] beside it.
    parts: Numbers,
    /// The first tag that stands for the words of a part and not for a list.
    first_phrase: u32,
    /// Where the words of each such part start in `words`; one more entry at the end.
    phrase_starts: Numbers,
    /// Words of parts, as the trie has them on its edges.
    words: Numbers,
    /// Where each set of tags starts in `sets`; one more entry at the end.
    set_starts: Numbers,
    /// Sets of tags, each ascending, as in `parts`.
    sets: Numbers,
    /// Where the sequences of each round end: a round needs only what plain terms and earlier rounds find.
    ends: Numbers,
    /// By tag: where the sequences that stand by it start in `looks`; one more entry at the end. Each stands by its rarest
    /// part, so that few are looked at in a sentence.
    starts: Numbers,
    /// Eight numbers each: bits of the words that a sequence needs, by [`slot`] and by [`other`], and of the lists, lower halves
    /// first; the sequence; where its parts start, and in the 8 bits above how many they are.
    looks: Numbers,
    /// A bit for each tag, 32 a number: whether any sequence stands by it.
    keys: Numbers,
    /// The same for tags by which one stands or that are a part of one by themselves.
    known: Numbers,
    /// By tag, bits of the lists about whole lines for which it is looked at, as [`keys_of`] has them.
    lines: Numbers,
}

/// A row of [`Sequences::looks`].
type Look = [Frozen; 8];

/// What a sequence needs that may be found with the words of a sentence.
#[derive(Clone, Copy)]
struct Needs {
    /// Bits of its lists, by [`slot`].
    lists: u64,
    /// The sequence.
    number: u32,
    /// Where its parts are.
    place: u32,
}

/// Whether a sentence may have the words that a sequence needs; `missing` are bits by [`slot`] and by [`other`].
fn has_words(look: &Look, missing: [u64; 2]) -> bool {
    let &[a, b, c, d, ..] = look;
    long(a, b) & missing[0] == 0 && long(c, d) & missing[1] == 0
}

/// What it needs beside them.
fn needs(look: &Look) -> Needs {
    let &[.., e, f, number, place] = look;
    Needs { lists: long(e, f), number: u32::from_le_bytes(number), place: u32::from_le_bytes(place) }
}

const GAP: u32 = 1 << 31;
const SET: u32 = 1 << 30;
/// The set is one of phrases.
const PHRASES: u32 = 1 << 29;

/// Where a word is noted among 64.
fn slot(word: u32) -> u32 {
    word.wrapping_mul(0x9e37_79b1) >> 26
}

/// Where it is noted among 128.
fn place(word: u32) -> usize {
    (word.wrapping_mul(0x9e37_79b1) >> 25) as usize
}

/// There is a hint beside a tag.
const HINT: u32 = 1 << 26;

/// What tells most sentences without a phrase by one look: the [`place`] of its rarest word, and which of its words that is.
fn hint(phrase: &[u32]) -> u32 {
    // Words are numbered by how many terms have them.
    let words = phrase.iter().take(8).enumerate().filter(|(_, word)| **word != ANY);
    let rarest = words.max_by_key(|(_, word)| if **word == NUMBER { 0 } else { **word });
    rarest.map_or(0, |(at, word)| HINT | (place(*word) as u32) << 16 | (at as u32) << 23)
}

/// Where it is noted among other 64: two words rarely share both places.
fn other(word: u32) -> u32 {
    word.wrapping_mul(0x9e37_79b1) >> 20 & 63
}

/// A bit for each of some words or lists.
fn bits(words: impl Iterator<Item = u32>, slot: fn(u32) -> u32) -> u64 {
    words.filter(|&w| w != ANY).fold(0, |bits, w| bits | 1 << slot(w))
}

impl Sequences {
    /// Lays rounds of sequences flat; `rarity` says for each tag how rarely it is likely to occur. The last tags stand
    /// for `phrases`; `lines` are the lists about whole lines.
    pub fn build(rounds: Vec<Vec<(Output, Vec<Part>)>>, rarity: &[u32], phrases: &[Vec<u32>], lines: &[TagId]) -> Sequences {
        let first_phrase = rarity.len() - phrases.len();
        let lines = keys_of(&rounds, rarity, lines);
        let hinted = |tag: TagId| {
            let phrase = usize::from(tag).checked_sub(first_phrase).and_then(|at| phrases.get(at));
            u32::from(tag) | phrase.map_or(0, |phrase| hint(phrase))
        };
        let (mut outputs, mut ends) = (Vec::new(), Vec::new());
        let (mut part_starts, mut all_parts) = (vec![0], Vec::new());
        let (mut set_starts, mut all_sets) = (vec![0], Vec::new());
        let mut sets: HashMap<Vec<TagId>, u32> = HashMap::new();
        let [mut keys, mut known] = [0, 1].map(|_| vec![0; rarity.len().div_ceil(32)]);
        let mut by_key: Vec<Vec<[u32; 8]>> = vec![Vec::new(); rarity.len()];
        for round in rounds {
            for (output, parts) in round {
                let singles = parts.iter().filter_map(|part| if let Part::Tags(tags) = part { Some(tags) } else { None });
                let singles: Vec<usize> = singles.filter(|tags| tags.len() == 1).map(|tags| tags[0] as usize).collect();
                singles.iter().for_each(|tag| known[tag / 32] |= 1 << (tag % 32));
                let words = || singles.iter().filter_map(|tag| phrases.get(tag.checked_sub(first_phrase)?)).flatten().copied();
                let lists = singles.iter().filter(|tag| **tag < first_phrase).map(|tag| *tag as u32);
                let all = [bits(words(), slot), bits(words(), other), bits(lists, slot)];
                let [a, b, c, d, e, f] = [0, 1, 2, 3, 4, 5].map(|i| (all[i / 2] >> (32 * (i % 2))) as u32);
                for &tag in key(&parts, rarity) {
                    let place = all_parts.len() as u32 | (parts.len() as u32) << 24;
                    by_key[tag as usize].push([a, b, c, d, e, f, outputs.len() as u32 / 2, place]);
                }
                for part in parts {
                    let code = match part {
                        Part::Gap(min, max) => GAP | u32::from(min) << 8 | u32::from(max),
                        Part::Tags(ref tags) if tags.len() == 1 => hinted(tags[0]),
                        Part::Tags(ref tags) | Part::Phrases(ref tags) => {
                            let next = sets.len() as u32;
                            let set = *sets.entry(tags.clone()).or_insert(next);
                            if set == next {
                                all_sets.extend(tags.iter().map(|&t| hinted(t)));
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
            ends.push(outputs.len() as u32 / 2);
        }
        let (mut starts, mut looks) = (vec![0], Vec::new());
        for (tag, list) in by_key.into_iter().enumerate() {
            let bit = u32::from(!list.is_empty()) << (tag % 32);
            keys[tag / 32] |= bit;
            known[tag / 32] |= bit;
            looks.extend(list.into_iter().flatten());
            starts.push(looks.len() as u32 / 8);
        }
        let phrase_ends = phrases.iter().scan(0, |end, phrase| {
            *end += phrase.len() as u32;
            Some(*end)
        });
        Sequences {
            first_phrase: first_phrase as u32,
            phrase_starts: std::iter::once(0).chain(phrase_ends).collect::<Vec<_>>().into(),
            words: phrases.concat().into(),
            outputs: outputs.into(),
            part_starts: part_starts.into(),
            parts: all_parts.into(),
            set_starts: set_starts.into(),
            sets: all_sets.into(),
            ends: ends.into(),
            starts: starts.into(),
            looks: looks.into(),
            keys: keys.into(),
            known: known.into(),
            lines: lines.into(),
        }
    }

    /// Number of rounds.
    pub fn rounds(&self) -> usize {
        self.ends.len()
    }

    /// Whether any sequence is looked for where that tag is found.
    pub fn is_key(&self, tag: TagId) -> bool {
        numbers::has(self.keys.all(), usize::from(tag))
    }

    /// Whether any without which the list of that number among those about whole lines finds nothing is looked for where that tag
    /// is found.
    pub fn is_key_of_line(&self, tag: TagId, list: usize) -> bool {
        self.lines.at(usize::from(tag)) & bit_of_list(list) != 0
    }

    /// The words of a part that is no list.
    fn phrase(&self, part: u32) -> Option<&[Frozen]> {
        if part & (GAP | SET) != 0 {
            return None;
        }
        Some(self.words.slice(self.phrase_starts.range(u32::from(part as TagId).checked_sub(self.first_phrase)? as usize)))
    }

    /// The sequences that stand by a tag.
    fn looks(&self, tag: TagId) -> &[Look] {
        self.looks.rows().get(self.starts.range(tag as usize)).unwrap_or(&[])
    }

    /// The parts of a sequence.
    fn parts_of(&self, needs: &Needs) -> &[Frozen] {
        let place = needs.place as usize;
        let from = place & 0xff_ffff;
        self.parts.slice(from..from + (place >> 24))
    }

    fn parts(&self, number: u32) -> &[Frozen] {
        self.parts.slice(self.part_starts.range(number as usize))
    }

    fn set(&self, part: u32) -> &[Frozen] {
        self.sets.slice(self.set_starts.range((part & !(SET | PHRASES)) as usize))
    }

    /// The phrases of a part that is one of several, each as a part; none of any other part.
    fn phrases(&self, part: u32) -> impl Iterator<Item = u32> {
        let is_several = part & GAP == 0 && part & PHRASES != 0;
        numbers::read(if is_several { self.set(part) } else { &[] })
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

/// By tag, bits of those of some lists that need sequences which stand by it: because these find them, or what such a one refers to.
fn keys_of(rounds: &[Vec<(Output, Vec<Part>)>], rarity: &[u32], lists: &[TagId]) -> Vec<u32> {
    let [mut keys, mut needed] = [0, 1].map(|_| vec![0; rarity.len()]);
    for (bit, list) in (0..).zip(lists) {
        needed[usize::from(*list)] |= bit_of_list(bit);
    }
    // What a sequence refers to is found in earlier rounds.
    for (output, parts) in rounds.iter().rev().flatten() {
        let bits = needed[usize::from(output.tag)];
        if bits != 0 {
            key(parts, rarity).iter().for_each(|tag| keys[usize::from(*tag)] |= bits);
            let tags = parts.iter().filter_map(|part| if let Part::Tags(tags) = part { Some(tags) } else { None });
            tags.flatten().for_each(|tag| needed[usize::from(*tag)] |= bits);
        }
    }
    keys
}

/// The bit of the list of that number among those about whole lines; several share one where there are many.
fn bit_of_list(number: usize) -> u32 {
    1 << (number % 32)
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
