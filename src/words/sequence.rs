//! Terms that refer to other lists or have gaps: found over what plain terms have found, in rounds, so
//! that a term may refer to a list of such terms.

use super::lexicon::{Lexicon, TagId};
use super::numbers::{self, Frozen, Numbers};
use super::scan::{Hit, Token, merge, settle};
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
    /// For each round: by tag, where the sequences that are looked at when the tag occurs stand in its
    /// second table. Each stands by its rarest part, so that few are looked at in a sentence.
    rounds: Vec<(Numbers, Numbers)>,
}

const GAP: u32 = 1 << 31;
const SET: u32 = 1 << 30;

impl Sequences {
    /// Lays rounds of sequences flat; `rarity` says for each tag how rarely it is likely to occur.
    pub fn build(rounds: Vec<Vec<(Output, Vec<Part>)>>, rarity: &[u32]) -> Sequences {
        let (mut outputs, mut rounds_out) = (Vec::new(), Vec::new());
        let (mut part_starts, mut all_parts) = (vec![0], Vec::new());
        let (mut set_starts, mut all_sets) = (vec![0], Vec::new());
        let mut sets: HashMap<Vec<TagId>, u32> = HashMap::new();
        for round in rounds {
            let mut by_key: Vec<Vec<u32>> = vec![Vec::new(); rarity.len()];
            for (output, parts) in round {
                for &tag in key(&parts, rarity) {
                    by_key[tag as usize].push(outputs.len() as u32 / 2);
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
            let mut starts = vec![0];
            let mut numbers = Vec::new();
            for list in by_key {
                numbers.extend(list);
                starts.push(numbers.len() as u32);
            }
            rounds_out.push((starts.into(), numbers.into()));
        }
        Sequences {
            outputs: outputs.into(),
            part_starts: part_starts.into(),
            parts: all_parts.into(),
            set_starts: set_starts.into(),
            sets: all_sets.into(),
            rounds: rounds_out,
        }
    }

    /// Number of rounds.
    pub fn rounds(&self) -> usize {
        self.rounds.len()
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

/// The part without which a sequence need not be looked at: the rarest that is one list, else the first.
fn key<'p>(parts: &'p [Part], rarity: &[u32]) -> &'p [TagId] {
    let tags = |part: &'p Part| match part {
        Part::Tags(tags) => Some(tags.as_slice()),
        Part::Gap(..) => None,
    };
    let single = parts.iter().filter_map(tags).filter(|t| t.len() == 1);
    let rarest = single.min_by_key(|t| std::cmp::Reverse(rarity.get(t[0] as usize).copied().unwrap_or(0)));
    rarest.or_else(|| parts.first().and_then(tags)).unwrap_or(&[])
}

/// Where a tag was met last.
#[derive(Clone, Copy, Default)]
struct Met {
    /// Number of the sentence, counted through all rounds from 1.
    sentence: u32,
    /// 1 plus the number of its last hit there that is no `NOT` phrase; 0 for none.
    last: u32,
}

/// Adds what sequences find to `hits` (settled by [`settle`]), round by round. `sentence_end` gives, for
/// each token, one past the last token of its sentence: sequences stay inside it.
pub fn find(tokens: &[Token], sentence_end: &[u32], lexicon: &Lexicon, hits: &mut Vec<Hit>, covered: &mut Vec<u32>) {
    let sequences = &lexicon.sequences;
    let mut found = Vec::new();
    let mut met = vec![Met::default(); lexicon.tag_count as usize];
    // For each hit, 1 plus the number of the one before it of the same tag in the sentence.
    let mut before: Vec<u32> = Vec::new();
    let mut distinct: Vec<TagId> = Vec::new();
    let mut candidates: Vec<u32> = Vec::new();
    // What a sentence has: number of the first hit, number of the sequence, the hit that is found.
    let mut here: Vec<(u32, u32, Hit)> = Vec::new();
    let mut sentence = 0;
    for (by_key, keyed) in &sequences.rounds {
        let starts = starts(hits, tokens.len());
        let text = Text { sequences, tokens, hits, starts: &starts };
        before.clear();
        before.resize(hits.len(), 0);
        let mut from = 0;
        while let Some(first) = hits.get(from) {
            let end = sentence_end[first.start as usize];
            let to = (starts[end as usize] as usize).max(from + 1);
            sentence += 1;
            distinct.clear();
            for (i, h) in hits.iter().enumerate().take(to).skip(from) {
                let met = &mut met[h.tag as usize];
                if met.sentence != sentence {
                    *met = Met { sentence, last: 0 };
                    distinct.push(h.tag);
                }
                if h.facts & Output::NOT == 0 {
                    before[i] = met.last;
                    met.last = i as u32 + 1;
                }
            }
            candidates.clear();
            for &tag in &distinct {
                for number in numbers::read(keyed.slice(by_key.range(tag as usize))) {
                    let is_there = |p: u32| p & (GAP | SET) != 0 || met[p as usize].sentence == sentence;
                    if numbers::read(sequences.parts(number)).all(is_there) {
                        candidates.push(number);
                    }
                }
            }
            // One that stands by several tags may be there more than once.
            candidates.sort_unstable();
            candidates.dedup();
            for &number in &candidates {
                let Some((&part, rest)) = sequences.parts(number).split_first() else { continue };
                let single = [part];
                let tags = if u32::from_le_bytes(part) & SET == 0 { &single[..] } else { sequences.set(u32::from_le_bytes(part)) };
                for tag in numbers::read(tags).filter(|&t| met[t as usize].sentence == sentence) {
                    let mut next = met[tag as usize].last;
                    while let Some(at) = next.checked_sub(1) {
                        let hit = hits[at as usize];
                        next = before[at as usize];
                        if let Some(end) = text.rest(rest, hit.end, last_word(tokens, hit.start, end)) {
                            let Output { tag, form, facts, lead, .. } = sequences.output(number);
                            here.push((at, number, Hit { tag, form, facts, lead, start: hit.start, end }));
                        }
                    }
                }
            }
            here.sort_unstable_by_key(|&(at, number, _)| (at, number));
            found.extend(here.drain(..).map(|(.., hit)| hit));
            from = to;
        }
        if !found.is_empty() {
            merge(hits, &mut found);
            settle(hits, covered, lexicon.tag_count as usize, |_| true);
        }
    }
}

/// For each token, the first hit that starts there or later; one more entry at the end.
fn starts(hits: &[Hit], tokens: usize) -> Vec<u32> {
    let mut starts = vec![0u32; tokens + 1];
    let mut hit = 0;
    for (token, start) in starts.iter_mut().enumerate() {
        while hit < hits.len() && (hits[hit].start as usize) < token {
            hit += 1;
        }
        *start = hit as u32;
    }
    starts
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
    hits: &'a [Hit],
    starts: &'a [u32],
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
            let here = &self.hits[self.starts[at as usize] as usize..self.starts[at as usize + 1] as usize];
            return here
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
