//! Terms that refer to other lists or have gaps: found over what plain terms have found, in rounds, so
//! that a term may refer to a list of such terms.

use super::lexicon::{Lexicon, TagId};
use super::numbers::{self, Frozen, Numbers};
use super::scan::{self, Covered, Hit, Token};
use super::token::Shape;
use super::trie::Output;
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
    /// Two numbers each: the sequence, and its next rarest part that is one list, or [`GAP`] where it has none.
    sequences: Numbers,
}

impl Round {
    fn is_key(&self, tag: TagId) -> bool {
        has(&self.keys, tag)
    }

    /// The sequences that stand by a tag, each with another tag that it needs, or [`GAP`].
    fn sequences(&self, tag: TagId) -> impl Iterator<Item = [u32; 2]> {
        let pairs = self.sequences.rows().get(self.starts.range(tag as usize)).unwrap_or(&[]);
        pairs.iter().map(|pair: &[Frozen; 2]| pair.map(u32::from_le_bytes))
    }
}

const GAP: u32 = 1 << 31;
const SET: u32 = 1 << 30;

fn has(keys: &Numbers, tag: TagId) -> bool {
    keys.at(usize::from(tag / 32)) >> (tag % 32) & 1 != 0
}

impl Sequences {
    /// Lays rounds of sequences flat; `rarity` says for each tag how rarely it is likely to occur.
    pub fn build(rounds: Vec<Vec<(Output, Vec<Part>)>>, rarity: &[u32]) -> Sequences {
        let (mut outputs, mut rounds_out) = (Vec::new(), Vec::new());
        let (mut part_starts, mut all_parts) = (vec![0], Vec::new());
        let (mut set_starts, mut all_sets) = (vec![0], Vec::new());
        let mut sets: HashMap<Vec<TagId>, u32> = HashMap::new();
        let mut all_keys = vec![0; rarity.len().div_ceil(32)];
        for round in rounds {
            let mut by_key: Vec<Vec<[u32; 2]>> = vec![Vec::new(); rarity.len()];
            for (output, parts) in round {
                let (keys, other) = key(&parts, rarity);
                for &tag in keys {
                    by_key[tag as usize].push([outputs.len() as u32 / 2, other.map_or(GAP, u32::from)]);
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
                starts.push(numbers.len() as u32 / 2);
            }
            rounds_out.push(Round { keys: keys.into(), starts: starts.into(), sequences: numbers.into() });
        }
        Sequences {
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

    fn is_key(&self, tag: TagId) -> bool {
        has(&self.keys, tag)
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

/// The part without which a sequence need not be looked at, the rarest that is one list, and the list that is the next
/// rarest; else the first part.
fn key<'p>(parts: &'p [Part], rarity: &[u32]) -> (&'p [TagId], Option<TagId>) {
    let tags = |part: &'p Part| match part {
        Part::Tags(tags) => Some(tags.as_slice()),
        Part::Gap(..) => None,
    };
    let mut single: Vec<&[TagId]> = parts.iter().filter_map(tags).filter(|t| t.len() == 1).collect();
    single.sort_by_key(|t| std::cmp::Reverse(rarity.get(t[0] as usize).copied().unwrap_or(0)));
    match single.split_first() {
        Some((&rarest, others)) => (rarest, others.iter().map(|t| t[0]).find(|t| *t != rarest[0])),
        None => (parts.first().and_then(tags).unwrap_or(&[]), None),
    }
}

/// Where a tag was met last.
#[derive(Clone, Copy, Default)]
struct Met {
    /// Number of the look at a sentence, counted from 1.
    look: u32,
    /// 1 plus the number of its last hit there that is no `NOT` phrase; 0 for none.
    last: u32,
}

/// Scratch space, kept from text to text.
#[derive(Default)]
pub struct Scratch {
    /// For [`scan::settle`].
    pub covered: Covered,
    /// By tag.
    met: Vec<Met>,
    /// The number of the last look at a sentence, as [`Met`] counts them.
    look: u32,
    /// What is looked at.
    sentence: Sentence,
    /// Numbers of the sequences that may be found in it.
    candidates: Vec<u32>,
    /// What is found in it: number of the first hit, number of the sequence, the hit.
    here: Vec<(u32, u32, Hit)>,
    found: Vec<Hit>,
}

/// The hits of a sentence.
#[derive(Default)]
struct Sentence {
    hits: Vec<Hit>,
    /// The first token that a hit starts at.
    start: u32,
    /// One past the last token.
    end: u32,
    /// For each token from `start` on, the first hit that starts there or later; one more entry at the end. Empty until
    /// it is needed.
    starts: Vec<u32>,
    /// For each hit, 1 plus the number of the one before it of the same tag.
    before: Vec<u32>,
    /// The tags of the hits by which any sequence stands, each once.
    tags: Vec<TagId>,
}

/// Adds what sequences find to `hits` (settled by [`scan::settle`]), sentence by sentence and round by round.
/// `sentence_end` gives, for each token, one past the last token of its sentence: sequences stay inside it.
pub fn find(tokens: &[Token], sentence_end: &[u32], lexicon: &Lexicon, hits: &mut Vec<Hit>, scratch: &mut Scratch) {
    let sequences = &lexicon.sequences;
    let tags = lexicon.tag_count as usize;
    if scratch.met.len() < tags {
        scratch.met.resize(tags, Met::default());
    }
    if scratch.look > u32::MAX / 2 {
        scratch.met.fill(Met::default());
        scratch.look = 0;
    }
    let mut out = Vec::with_capacity(hits.len() + hits.len() / 8);
    // Hits of earlier sentences that reach into the one that is looked at.
    let mut over: Vec<Hit> = Vec::new();
    let mut rest = hits.as_slice();
    while let Some(first) = rest.first() {
        let end = sentence_end[first.start as usize].max(first.start + 1);
        let (here, behind) = rest.split_at(rest.iter().position(|h| h.start >= end).unwrap_or(rest.len()));
        rest = behind;
        over.retain(|h| h.end > first.start);
        let before = out.len();
        if here.iter().any(|h| sequences.is_key(h.tag)) {
            scratch.sentence.hits.clear();
            scratch.sentence.hits.extend_from_slice(here);
            (scratch.sentence.start, scratch.sentence.end) = (first.start, end);
            rounds(tokens, sequences, &over, tags, scratch);
            out.extend_from_slice(&scratch.sentence.hits);
        } else {
            out.extend_from_slice(here);
        }
        over.extend(out[before..].iter().filter(|h| h.end > end));
    }
    *hits = out;
}

/// Adds what sequences find in one sentence to its hits.
fn rounds(tokens: &[Token], sequences: &Sequences, over: &[Hit], tags: usize, scratch: &mut Scratch) {
    let Scratch { covered, met, look, sentence, candidates, here, found } = scratch;
    let mut is_met = false;
    for round in &sequences.rounds {
        if !is_met {
            *look += 1;
            sentence.meet(sequences, *look, met);
            is_met = true;
        }
        let is_here = |tag: u32| met.get(tag as usize).is_some_and(|m| m.look == *look);
        candidates.clear();
        for &tag in sentence.tags.iter().filter(|&&t| round.is_key(t)) {
            let is_near = |part: u32| part & (GAP | SET) != 0 || is_here(part);
            let is_whole = |&[number, other]: &[u32; 2]| is_near(other) && numbers::read(sequences.parts(number)).all(is_near);
            candidates.extend(round.sequences(tag).filter(is_whole).map(|[number, _]| number));
        }
        if candidates.is_empty() {
            continue;
        }
        // One that stands by several tags may be there more than once.
        candidates.sort_unstable();
        candidates.dedup();
        sentence.lay_starts();
        let text = Text { sequences, tokens, sentence };
        for &number in candidates.iter() {
            let Some((&part, rest)) = sequences.parts(number).split_first() else { continue };
            let single = [part];
            let tags = if u32::from_le_bytes(part) & SET == 0 { &single[..] } else { sequences.set(u32::from_le_bytes(part)) };
            for tag in numbers::read(tags).filter(|&t| is_here(t)) {
                let mut next = met[tag as usize].last;
                while let Some(at) = next.checked_sub(1) {
                    let hit = sentence.hits[at as usize];
                    next = sentence.before[at as usize];
                    if let Some(end) = text.rest(rest, hit.end, last_word(tokens, hit.start, sentence.end)) {
                        let Output { tag, form, facts, lead, .. } = sequences.output(number);
                        here.push((at, number, Hit { tag, form, facts, lead, start: hit.start, end }));
                    }
                }
            }
        }
        if !here.is_empty() {
            here.sort_unstable_by_key(|&(at, number, _)| (at, number));
            found.extend(here.drain(..).map(|(.., hit)| hit));
            scan::add(&mut sentence.hits, found, over, covered, tags);
            is_met = false;
        }
    }
}

impl Sentence {
    /// Notes the tags of its hits and where each is met.
    fn meet(&mut self, sequences: &Sequences, look: u32, met: &mut [Met]) {
        self.before.clear();
        self.tags.clear();
        self.starts.clear();
        for (i, hit) in self.hits.iter().enumerate() {
            let met = &mut met[hit.tag as usize];
            if met.look != look {
                *met = Met { look, last: 0 };
                if sequences.is_key(hit.tag) {
                    self.tags.push(hit.tag);
                }
            }
            self.before.push(met.last);
            if hit.facts & Output::NOT == 0 {
                met.last = i as u32 + 1;
            }
        }
    }

    /// Lays the table of first hits, unless it is there.
    fn lay_starts(&mut self) {
        if !self.starts.is_empty() {
            return;
        }
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
    sequences: &'a Sequences,
    tokens: &'a [Token],
    sentence: &'a Sentence,
}

impl Text<'_> {
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
            return self
                .sentence
                .at(at)
                .iter()
                .filter(|h| h.end <= limit && h.facts & Output::NOT == 0 && self.sequences.allows(part, h.tag))
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
