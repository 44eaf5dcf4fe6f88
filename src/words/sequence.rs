//! Terms that refer to other lists or have gaps: found over what plain terms have found, in rounds, so
//! that a term may refer to a list of such terms.

use super::lexicon::{Lexicon, TagId};
use super::numbers::{self, Frozen, Numbers, long};
use super::scan::{self, Covered, Hit, Token};
use super::token::Shape;
use super::trie::{ANY, NUMBER, Output};
use super::vocabulary::UNKNOWN;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// One part of a sequence, as it is built.
#[derive(Clone, Debug)]
pub enum Part {
    /// Something found by one of these lists.
    Tags(Vec<TagId>),
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
    /// Five numbers each: the sequence, and [`bits`] of the words and of the lists that it needs, lower halves first.
    sequences: Numbers,
}

impl Round {
    fn is_key(&self, tag: TagId) -> bool {
        numbers::has(self.keys.all(), tag)
    }

    /// The sequences that stand by a tag, each with the words and the lists that it needs.
    fn sequences(&self, tag: TagId) -> impl Iterator<Item = (u32, u64, u64)> {
        let all: &[[Frozen; 5]] = self.sequences.rows().get(self.starts.range(tag as usize)).unwrap_or(&[]);
        all.iter().map(|&[number, words, more, tags, others]| (u32::from_le_bytes(number), long(words, more), long(tags, others)))
    }
}

const GAP: u32 = 1 << 31;
const SET: u32 = 1 << 30;

/// Where a word is noted among 64.
fn slot(word: u32) -> u32 {
    word.wrapping_mul(0x9e37_79b1) >> 26
}

/// A bit for each of some words or lists.
fn bits(words: impl Iterator<Item = u32>) -> u64 {
    words.filter(|&w| w < NUMBER).fold(0, |bits, w| bits | 1 << slot(w))
}

/// Where a word is noted among 256; the highest bits are those of [`slot`].
fn place(word: u32) -> usize {
    (word.wrapping_mul(0x9e37_79b1) >> 24) as usize & 255
}

/// The words of a sentence by [`place`], each with a bit for every token that it may be; what comes behind the 63rd has
/// the last bit.
struct Words {
    places: [u64; 256],
    /// Bits of the slots that are taken.
    taken: u64,
}

/// The token with the last bit.
const LAST: u32 = 63;

impl Words {
    fn note(&mut self, tokens: &[Token], lexicon: &Lexicon) {
        self.places.fill(0);
        self.taken = 0;
        for (at, token) in (0..).zip(tokens) {
            let bit = 1 << u32::min(at, LAST);
            let mut note = |word: u32| {
                self.places[place(word)] |= bit;
                self.taken |= 1 << slot(word);
            };
            if token.word != UNKNOWN {
                note(token.word);
            }
            let mut stem = token.stem;
            while stem != UNKNOWN {
                note(stem);
                stem = lexicon.vocabulary.shorter_stem(stem);
            }
        }
    }

    /// Bits of the tokens at which these words may start.
    fn starts(&self, words: &[Frozen]) -> u64 {
        let mut starts = !0;
        for (i, word) in (0..).zip(numbers::read(words)).filter(|(_, word)| *word < NUMBER) {
            let (places, i) = (self.places[place(word)], u32::min(i, LAST));
            // The last bit stands for any further token.
            let further = if places >> LAST == 0 { 0 } else { !0 << (LAST - i) };
            starts &= places >> i | further;
        }
        starts
    }
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
        let mut all_keys = vec![0; rarity.len().div_ceil(32)];
        for round in rounds {
            let mut by_key: Vec<Vec<[u32; 5]>> = vec![Vec::new(); rarity.len()];
            for (output, parts) in round {
                let keys = key(&parts, rarity);
                let singles = parts.iter().filter_map(|part| if let Part::Tags(tags) = part { Some(tags) } else { None });
                let singles: Vec<usize> = singles.filter(|tags| tags.len() == 1).map(|tags| tags[0] as usize).collect();
                let words = singles.iter().filter_map(|tag| phrases.get(tag.checked_sub(first_phrase)?)).flatten();
                let lists = singles.iter().filter(|tag| **tag < first_phrase).map(|tag| *tag as u32);
                let [words, lists] = [bits(words.copied()), bits(lists)].map(|bits| [bits as u32, (bits >> 32) as u32]);
                for &tag in keys {
                    by_key[tag as usize].push([outputs.len() as u32 / 2, words[0], words[1], lists[0], lists[1]]);
                }
                for part in parts {
                    let code = match part {
                        Part::Gap(min, max) => GAP | u32::from(min) << 8 | u32::from(max),
                        Part::Tags(tags) if tags.len() == 1 => u32::from(tags[0]),
                        Part::Tags(tags) => {
                            let next = sets.len() as u32;
                            let set = *sets.entry(tags.clone()).or_insert(next);
                            if set == next {
                                all_sets.extend(tags.iter().map(|&t| u32::from(t)));
                                set_starts.push(all_sets.len() as u32);
                            }
                            SET | set
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
                numbers.extend(list.into_iter().flatten());
                starts.push(numbers.len() as u32 / 5);
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
        }
    }

    /// Number of rounds.
    pub fn rounds(&self) -> usize {
        self.rounds.len()
    }

    /// Whether any sequence is looked for where that tag is found.
    pub fn is_key(&self, tag: TagId) -> bool {
        numbers::has(self.keys.all(), tag)
    }

    /// The words of a part that is no list.
    fn phrase(&self, part: u32) -> Option<&[Frozen]> {
        if part & (GAP | SET) != 0 {
            return None;
        }
        Some(self.words.slice(self.phrase_starts.range(part.checked_sub(self.first_phrase)? as usize)))
    }

    fn parts(&self, number: u32) -> &[Frozen] {
        self.parts.slice(self.part_starts.range(number as usize))
    }

    fn set(&self, part: u32) -> &[Frozen] {
        self.sets.slice(self.set_starts.range((part & !SET) as usize))
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

/// The part without which a sequence need not be looked at: the rarest that is one tag, else the first.
fn key<'p>(parts: &'p [Part], rarity: &[u32]) -> &'p [TagId] {
    let tags = |part: &'p Part| match part {
        Part::Tags(tags) => Some(tags.as_slice()),
        Part::Gap(..) => None,
    };
    let singles = parts.iter().filter_map(tags).filter(|t| t.len() == 1);
    // Of equals the first.
    let rarest = singles.rev().max_by_key(|t| rarity.get(t[0] as usize).copied().unwrap_or(0));
    rarest.or_else(|| parts.first().and_then(tags)).unwrap_or(&[])
}

impl Default for Words {
    fn default() -> Words {
        Words { places: [0; 256], taken: 0 }
    }
}

/// Scratch space, kept from text to text.
#[derive(Default)]
pub struct Scratch {
    /// For [`scan::settle`].
    pub covered: Covered,
    /// What is looked at.
    sentence: Sentence,
    /// Its words.
    words: Words,
    /// Its tags.
    tags: Tags,
    /// Numbers of the sequences that may be found in it.
    candidates: Vec<u32>,
    /// What is found in it, by the place and the tag of its first part and the number of the sequence.
    here: Vec<([u32; 4], Hit)>,
    found: Vec<Hit>,
}

/// The hits of a sentence.
#[derive(Default)]
struct Sentence {
    hits: Vec<Hit>,
    /// Its first token.
    start: u32,
    /// One past the last token.
    end: u32,
    /// For each token from `start` on, the first hit that starts there or later; one more entry at the end.
    starts: Vec<u32>,
}

/// The tags of a sentence's hits.
#[derive(Default)]
struct Tags {
    /// [`bits`] of all of them.
    taken: u64,
    /// Those by which any sequence stands, each once.
    keys: Vec<TagId>,
}

impl Tags {
    fn note(&mut self, hits: &[Hit], sequences: &Sequences) {
        self.keys.clear();
        self.taken = 0;
        let keys = sequences.keys.all();
        for hit in hits.iter().filter(|h| h.facts & Output::NOT == 0) {
            let bit = 1 << slot(u32::from(hit.tag));
            if numbers::has(keys, hit.tag) && (self.taken & bit == 0 || !self.keys.contains(&hit.tag)) {
                self.keys.push(hit.tag);
            }
            self.taken |= bit;
        }
    }
}

/// Adds what sequences find to `hits` (settled by [`scan::settle`]), sentence by sentence and round by round.
/// `sentences` are the token ranges of all of them, in order: sequences stay inside one.
pub fn find(tokens: &[Token], sentences: impl Iterator<Item = (u32, u32)>, lexicon: &Lexicon, hits: &mut Vec<Hit>, scratch: &mut Scratch) {
    let mut out = Vec::with_capacity(hits.len() + hits.len() / 8);
    // Hits of earlier sentences that reach into the one that is looked at.
    let mut over: Vec<Hit> = Vec::new();
    let mut rest = hits.as_slice();
    for (start, end) in sentences {
        let (here, behind) = rest.split_at(rest.iter().position(|h| h.start >= end).unwrap_or(rest.len()));
        rest = behind;
        let Some(first) = here.first() else { continue };
        over.retain(|h| h.end > first.start);
        let before = out.len();
        scratch.tags.note(here, &lexicon.sequences);
        if !scratch.tags.keys.is_empty() && rounds(tokens, (start, end), here, lexicon, &over, scratch) {
            out.extend_from_slice(&scratch.sentence.hits);
        } else {
            out.extend_from_slice(here);
        }
        over.extend(out[before..].iter().filter(|h| h.end > end));
    }
    out.extend_from_slice(rest);
    *hits = out;
}

/// Adds what sequences find in one sentence to its hits, `own`; tells whether anything was found.
fn rounds(tokens: &[Token], (start, end): (u32, u32), own: &[Hit], lexicon: &Lexicon, over: &[Hit], scratch: &mut Scratch) -> bool {
    let Scratch { covered, sentence, words, tags, candidates, here, found } = scratch;
    let sequences = &lexicon.sequences;
    words.note(tokens.get(start as usize..end as usize).unwrap_or(&[]), lexicon);
    let (mut is_laid, mut is_found) = (false, false);
    for round in &sequences.rounds {
        candidates.clear();
        for &tag in tags.keys.iter().filter(|&&t| round.is_key(t)) {
            let is_near = |part: u32| sequences.phrase(part).is_none_or(|phrase| words.starts(phrase) != 0);
            for (number, needs, lists) in round.sequences(tag) {
                let may_be = needs & !words.taken == 0 && lists & !tags.taken == 0;
                if may_be && (needs == 0 || numbers::read(sequences.parts(number)).all(is_near)) {
                    candidates.push(number);
                }
            }
        }
        if candidates.is_empty() {
            continue;
        }
        // One that stands by several tags may be there more than once.
        candidates.sort_unstable();
        candidates.dedup();
        if !is_laid {
            sentence.hits.clear();
            sentence.hits.extend_from_slice(own);
            (sentence.start, sentence.end) = (start, end);
            sentence.lay_starts();
            is_laid = true;
        }
        let text = Text { lexicon, tokens, sentence };
        for &number in candidates.iter() {
            let Some((&part, rest)) = sequences.parts(number).split_first() else { continue };
            let part = u32::from_le_bytes(part);
            text.each(part, words, &mut |tag, from, to| {
                if let Some(last) = text.rest(rest, to, last_word(tokens, from, end)) {
                    let Output { tag: finds, form, facts, lead, .. } = sequences.output(number);
                    let hit = Hit { tag: finds, form, facts, lead, start: from, end: last };
                    here.push(([from, u32::MAX - to, tag, number], hit));
                }
            });
        }
        if !here.is_empty() {
            here.sort_unstable_by_key(|(order, _)| *order);
            found.extend(here.drain(..).map(|(_, hit)| hit));
            scan::add(&mut sentence.hits, found, over, covered, lexicon.tag_count as usize);
            tags.note(&sentence.hits, sequences);
            sentence.lay_starts();
            is_found = true;
        }
    }
    is_found
}

impl Sentence {
    /// Lays the table of first hits.
    fn lay_starts(&mut self) {
        self.starts.clear();
        for (i, hit) in self.hits.iter().enumerate() {
            while self.starts.len() <= hit.start.saturating_sub(self.start) as usize {
                self.starts.push(i as u32);
            }
        }
        self.starts.resize(self.end.saturating_sub(self.start) as usize + 1, self.hits.len() as u32);
    }

    /// The hits that start at a token.
    fn at(&self, token: u32) -> &[Hit] {
        let at = token.saturating_sub(self.start) as usize;
        let range = self.starts.get(at).zip(self.starts.get(at + 1));
        range.and_then(|(&from, &to)| self.hits.get(from as usize..to as usize)).unwrap_or(&[])
    }
}

/// The limit without the signs at the end of the sentence.
fn last_word(tokens: &[Token], from: u32, mut limit: u32) -> u32 {
    while limit > from + 1 && tokens[limit as usize - 1].shape.contains(Shape::PUNCTUATION) {
        limit -= 1;
    }
    limit
}

struct Text<'a> {
    lexicon: &'a Lexicon,
    tokens: &'a [Token],
    sentence: &'a Sentence,
}

impl Text<'_> {
    /// Hands over every place of a part: its tag, and the tokens.
    fn each(&self, part: u32, words: &Words, found: &mut impl FnMut(u32, u32, u32)) {
        let (sequences, sentence) = (&self.lexicon.sequences, self.sentence);
        let Some(phrase) = sequences.phrase(part) else {
            let is_set = part & SET != 0;
            let is_it = |h: &&Hit| if is_set { sequences.allows(part, h.tag) } else { part == u32::from(h.tag) };
            for h in sentence.hits.iter().filter(is_it).filter(|h| h.facts & Output::NOT == 0) {
                found(u32::from(h.tag), h.start, h.end);
            }
            return;
        };
        let mut starts = words.starts(phrase);
        while starts != 0 {
            let at = sentence.start + starts.trailing_zeros();
            starts &= starts - 1;
            // The last bit stands for all that come behind it.
            let until = if at == sentence.start + LAST { sentence.end } else { at + 1 };
            for at in at..until {
                if let Some(end) = self.phrase(phrase, at, sentence.end) {
                    found(part, at, end);
                }
            }
        }
    }

    /// Where the words of a part end that start at a token, before `limit`.
    fn phrase(&self, words: &[Frozen], at: u32, limit: u32) -> Option<u32> {
        let end = at + words.len() as u32;
        let tokens = self.tokens.get(at as usize..end as usize).filter(|_| end <= limit)?;
        numbers::read(words).zip(tokens).all(|(word, token)| self.is(token, word)).then_some(end)
    }

    /// Whether a token is a word of a term.
    fn is(&self, token: &Token, word: u32) -> bool {
        match word {
            ANY => !token.shape.contains(Shape::PUNCTUATION),
            NUMBER => token.shape.contains(Shape::NUMBER),
            _ => {
                let mut stem = token.stem;
                while stem != UNKNOWN && stem != word {
                    stem = self.lexicon.vocabulary.shorter_stem(stem);
                }
                token.word == word || stem == word
            }
        }
    }

    fn is_word(&self, token: u32) -> bool {
        !self.tokens[token as usize].shape.contains(Shape::PUNCTUATION)
    }

    /// The longest end of the remaining parts, from token `at`.
    fn rest(&self, parts: &[Frozen], at: u32, limit: u32) -> Option<u32> {
        let Some(&part) = parts.first() else { return Some(at) };
        let part = u32::from_le_bytes(part);
        if part & GAP == 0 {
            if at >= limit {
                return None;
            }
            let sequences = &self.lexicon.sequences;
            if let Some(phrase) = sequences.phrase(part) {
                return self.rest(&parts[1..], self.phrase(phrase, at, limit)?, limit);
            }
            return self
                .sentence
                .at(at)
                .iter()
                .filter(|h| h.end <= limit && h.facts & Output::NOT == 0 && sequences.allows(part, h.tag))
                .filter_map(|h| self.rest(&parts[1..], h.end, limit))
                .max();
        }
        let (min, max) = ((part >> 8) as u8, part as u8);
        if parts.len() == 1 {
            // Only a term that ends its sentence may end in a gap: the gap is all that is left.
            let words = (at..limit.max(at)).filter(|&t| self.is_word(t)).count();
            return (words <= max as usize).then_some(limit.max(at));
        }
        // The nearest continuation wins: a gap is as short as it can be.
        let mut at = at;
        let mut words = 0;
        loop {
            if words >= min
                && let Some(end) = self.rest(&parts[1..], at, limit)
            {
                return Some(end);
            }
            if at >= limit || words >= max || self.tokens[at as usize].shape.contains(Shape::BREAK) {
                return None;
            }
            words += u8::from(self.is_word(at));
            at += 1;
        }
    }
}
