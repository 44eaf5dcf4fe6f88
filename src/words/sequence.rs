//! Finds the terms that refer to other lists or have gaps, over what plain terms have found.

use super::lexicon::{Lexicon, Part, Sequence};
use super::scan::{Hit, Token, settle};
use super::token::Shape;
use super::trie::Output;

/// Adds what sequences find to `hits` (sorted by [`settle`]), round by round. `sentence_end` gives, for
/// each token, one past the last token of its sentence: sequences stay inside it.
pub fn find(tokens: &[Token], sentence_end: &[u32], lexicon: &Lexicon, hits: &mut Vec<Hit>, covered: &mut Vec<u32>) {
    let mut by_first: Vec<Vec<&Sequence>> = Vec::new();
    let mut found = Vec::new();
    for round in &lexicon.sequences {
        by_first.clear();
        by_first.resize(lexicon.lists.len(), Vec::new());
        for sequence in round {
            if let Some(Part::Tags(tags)) = sequence.parts.first() {
                for &tag in tags {
                    by_first[tag as usize].push(sequence);
                }
            }
        }
        let starts = starts(hits, tokens.len());
        found.clear();
        for hit in hits.iter().filter(|h| h.facts & Output::NOT == 0) {
            let limit = sentence_end[hit.start as usize];
            for sequence in &by_first[hit.tag as usize] {
                if let Some(end) = rest(&sequence.parts[1..], hit.end, last_word(tokens, hit.start, limit), tokens, hits, &starts) {
                    let output = sequence.output;
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

/// The longest end of the remaining parts, from token `at`.
fn rest(parts: &[Part], at: u32, limit: u32, tokens: &[Token], hits: &[Hit], starts: &[u32]) -> Option<u32> {
    match parts.first() {
        None => Some(at),
        Some(Part::Tags(tags)) => {
            if at >= limit {
                return None;
            }
            let here = &hits[starts[at as usize] as usize..starts[at as usize + 1] as usize];
            here.iter()
                .filter(|h| h.end <= limit && h.facts & Output::NOT == 0 && tags.binary_search(&h.tag).is_ok())
                .filter_map(|h| rest(&parts[1..], h.end, limit, tokens, hits, starts))
                .max()
        }
        Some(&Part::Gap(_, max)) if parts.len() == 1 => {
            // Only a term that ends its sentence may end in a gap: the gap is all that is left.
            let words = tokens[at as usize..limit.max(at) as usize].iter().filter(|t| !t.shape.contains(Shape::PUNCTUATION)).count();
            (words <= max as usize).then_some(limit.max(at))
        }
        Some(&Part::Gap(min, max)) => {
            // The nearest continuation wins: a gap is as short as it can be.
            let mut at = at;
            let mut words = 0;
            loop {
                if words >= min
                    && let Some(end) = rest(&parts[1..], at, limit, tokens, hits, starts)
                {
                    return Some(end);
                }
                if at >= limit || words >= max {
                    return None;
                }
                words += u8::from(!tokens[at as usize].shape.contains(Shape::PUNCTUATION));
                at += 1;
            }
        }
    }
}
