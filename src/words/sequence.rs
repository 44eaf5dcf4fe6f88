//! Terms that refer to other lists or have gaps: found over what plain terms have found, in rounds, so
//! that a term may refer to a list of such terms.

use super::lexicon::{Lexicon, TagId};
use super::numbers::Numbers;
use super::scan::{Hit, Token, settle};
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
pub struct Sequences {
    /// What each sequence finds.
    outputs: Vec<Output>,
    /// Where each sequence's parts start in `parts`; one more entry at the end.
    part_starts: Numbers,
    /// Parts: a gap ([`GAP`], minimum, maximum), one tag, or a set of tags ([`SET`] and its number).
    parts: Numbers,
    /// Where each set of tags starts in `sets`; one more entry at the end.
    set_starts: Numbers,
    /// Sets of tags, each ascending.
    sets: Numbers,
    /// For each round: by tag, where the sequences that start with it stand in its second table.
    rounds: Vec<(Numbers, Numbers)>,
}

const GAP: u32 = 1 << 31;
const SET: u32 = 1 << 30;

impl Sequences {
    /// Lays rounds of sequences flat; `lists` is the number of tags.
    pub fn build(rounds: Vec<Vec<(Output, Vec<Part>)>>, lists: usize) -> Sequences {
        let mut out = Sequences { part_starts: vec![0].into(), set_starts: vec![0].into(), ..Sequences::default() };
        let mut sets: HashMap<Vec<TagId>, u32> = HashMap::new();
        for round in rounds {
            let mut by_first: Vec<Vec<u32>> = vec![Vec::new(); lists];
            for (output, parts) in round {
                if let Some(Part::Tags(tags)) = parts.first() {
                    for &tag in tags {
                        by_first[tag as usize].push(out.outputs.len() as u32);
                    }
                }
                for part in parts {
                    let code = match part {
                        Part::Gap(min, max) => GAP | u32::from(min) << 8 | u32::from(max),
                        Part::Tags(tags) if tags.len() == 1 => u32::from(tags[0]),
                        Part::Tags(tags) => {
                            let next = sets.len() as u32;
                            let set = *sets.entry(tags.clone()).or_insert(next);
                            if set == next {
                                out.sets.extend(tags.iter().map(|&t| u32::from(t)));
                                let end = out.sets.len() as u32;
                                out.set_starts.push(end);
                            }
                            SET | set
                        }
                    };
                    out.parts.push(code);
                }
                out.outputs.push(output);
                let end = out.parts.len() as u32;
                out.part_starts.push(end);
            }
            let mut starts = vec![0];
            let mut numbers = Vec::new();
            for list in by_first {
                numbers.extend(list);
                starts.push(numbers.len() as u32);
            }
            out.rounds.push((starts.into(), numbers.into()));
        }
        out
    }

    /// Number of rounds.
    pub fn rounds(&self) -> usize {
        self.rounds.len()
    }

    fn allows(&self, part: u32, tag: TagId) -> bool {
        if part & SET == 0 {
            return part == u32::from(tag);
        }
        let set = (part & !SET) as usize;
        self.sets[self.set_starts[set] as usize..self.set_starts[set + 1] as usize].binary_search(&u32::from(tag)).is_ok()
    }
}

/// Adds what sequences find to `hits` (sorted by [`settle`]), round by round. `sentence_end` gives, for
/// each token, one past the last token of its sentence: sequences stay inside it.
pub fn find(tokens: &[Token], sentence_end: &[u32], lexicon: &Lexicon, hits: &mut Vec<Hit>, covered: &mut Vec<u32>) {
    let sequences = &lexicon.sequences;
    let mut found = Vec::new();
    let mut seen: Vec<u32> = Vec::new();
    for (by_first, numbers) in &sequences.rounds {
        let starts = starts(hits, tokens.len());
        let text = Text { sequences, tokens, hits, starts: &starts };
        // Which tags occur in the sentence at hand: most sequences are ruled out by one look at it.
        seen.clear();
        seen.resize(lexicon.lists.len(), 0);
        let mut seen_to = 0;
        for hit in hits.iter().filter(|h| h.facts & Output::NOT == 0) {
            let end = sentence_end[hit.start as usize];
            if end != seen_to {
                seen_to = end;
                for h in &hits[starts[hit.start as usize] as usize..starts[end as usize] as usize] {
                    seen[h.tag as usize] = end;
                }
            }
            let (from, to) = (by_first[hit.tag as usize] as usize, by_first[hit.tag as usize + 1] as usize);
            if from == to {
                continue;
            }
            let limit = last_word(tokens, hit.start, end);
            for &number in &numbers[from..to] {
                let parts = &sequences.parts
                    [sequences.part_starts[number as usize] as usize + 1..sequences.part_starts[number as usize + 1] as usize];
                if parts.iter().any(|&p| p & (GAP | SET) == 0 && seen[p as usize] != end) {
                    continue;
                }
                if let Some(end) = text.rest(parts, hit.end, limit) {
                    let output = sequences.outputs[number as usize];
                    found.push(Hit { tag: output.tag, form: output.form, facts: output.facts, lead: output.lead, start: hit.start, end });
                }
            }
        }
        hits.append(&mut found);
        settle(hits, covered, lexicon.lists.len(), false);
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
    fn rest(&self, parts: &[u32], at: u32, limit: u32) -> Option<u32> {
        let Some(&part) = parts.first() else { return Some(at) };
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
