//! Looks for sequences in a text, sentence by sentence.

use super::notes::{LAST, Long, Tags, Words, of, tokens_of};
use super::{GAP, HINT, Needs, PHRASES, SET, Sequences, has_words, needs, slot};
use crate::words::lexicon::{Lexicon, TagId};
use crate::words::numbers::{self, Frozen};
use crate::words::scan::{self, Covered, Hit, Token};
use crate::words::token::Shape;
use crate::words::trie::{ANY, NUMBER, Output};
use crate::words::vocabulary::UNKNOWN;

/// Scratch space, kept from text to text.
#[derive(Default)]
pub struct Scratch {
    /// For [`scan::settle`].
    pub covered: Covered,
    /// The hits of a sentence with what was found in it.
    hits: Vec<Hit>,
    /// Its words.
    words: Words,
    /// Its words and tags, where it is long.
    long: Long,
    /// Its tags.
    tags: Tags,
    /// Sequences whose words it has.
    looks: Vec<Needs>,
    /// Numbers of those that may be found in it in this round.
    candidates: Vec<u32>,
    /// What is found in it, by the place and the tag of its first part and the number of the sequence.
    here: Vec<([u32; 4], Hit)>,
    found: Vec<Hit>,
}

/// Adds what sequences find to `hits` (settled by [`scan::settle`]), sentence by sentence and round by round. `calls` are
/// as [`scan::Found`] has them, and `sentences` the token ranges of all of them, in order: sequences stay inside one.
pub fn find(
    tokens: &[Token],
    sentences: impl Iterator<Item = (u32, u32)>,
    lexicon: &Lexicon,
    calls: &[(u32, TagId)],
    hits: &mut Vec<Hit>,
    scratch: &mut Scratch,
) {
    let mut out = Vec::with_capacity(hits.len() + hits.len() / 8);
    // Hits of earlier sentences that reach into the one that is looked at.
    let mut over: Vec<Hit> = Vec::new();
    let (mut rest, mut later) = (hits.as_slice(), calls);
    for (start, end) in sentences {
        let (here, behind) = rest.split_at(rest.iter().position(|h| h.start >= end).unwrap_or(rest.len()));
        let (calls, after) = later.split_at(later.iter().position(|call| call.0 >= end).unwrap_or(later.len()));
        (rest, later) = (behind, after);
        if here.is_empty() && calls.is_empty() {
            continue;
        }
        over.retain(|h| h.end > start);
        let before = out.len();
        scratch.tags.note(here, calls, start, lexicon);
        if !scratch.tags.keys.is_empty() && rounds(tokens, (start, end), here, lexicon, &over, scratch) {
            out.extend_from_slice(&scratch.hits);
        } else {
            out.extend_from_slice(here);
        }
        over.extend(out[before..].iter().filter(|h| h.end > end));
    }
    out.extend_from_slice(rest);
    *hits = out;
}

/// Adds what sequences find in one sentence to its hits, `own`; tells whether anything was found, which then stands in
/// [`Scratch::hits`].
fn rounds(tokens: &[Token], (start, end): (u32, u32), own: &[Hit], lexicon: &Lexicon, over: &[Hit], scratch: &mut Scratch) -> bool {
    let Scratch { covered, hits, words, long, tags, looks, candidates, here, found } = scratch;
    let sequences = &lexicon.sequences;
    words.note(tokens.get(start as usize..end as usize).unwrap_or(&[]), lexicon);
    let missing = words.taken.map(|taken| !taken);
    looks.clear();
    let (mut is_found, mut looked, mut from) = (false, 0, 0);
    for until in numbers::read(sequences.ends.all()) {
        // What stands by a tag that a round finds belongs to a later one.
        for &tag in tags.keys.get(looked..).unwrap_or(&[]) {
            for look in sequences.looks(tag) {
                if has_words(look, missing) {
                    looks.push(needs(look));
                }
            }
        }
        looked = tags.keys.len();
        candidates.clear();
        for look in looks.iter().filter(|look| (from..until).contains(&look.number) && look.lists & !tags.taken == 0) {
            if may_follow(sequences, sequences.parts_of(look), words, tags) {
                candidates.push(look.number);
            }
        }
        from = until;
        if candidates.is_empty() {
            continue;
        }
        // One that stands by several tags may be there more than once.
        candidates.sort_unstable();
        candidates.dedup();
        let now = if is_found { &*hits } else { own };
        if end - start > LAST {
            long.note(now, tokens, start..end, lexicon);
        }
        let text = Text { lexicon, tokens, words, tags, hits: now, start, end };
        for &number in candidates.iter() {
            let Some((&part, rest)) = sequences.parts(number).split_first() else { continue };
            let part = u32::from_le_bytes(part);
            text.each(part, long, &mut |tag, from, to| {
                if let Some(last) = text.rest(rest, to, end) {
                    let Output { tag: finds, form, facts, lead, .. } = sequences.output(number);
                    let hit = Hit { tag: finds, form, facts, lead, start: from, end: last };
                    // Before they are settled: what stands at the wrong place must not cover what may stand anywhere.
                    if hit.stands(tokens, || (start, end)) {
                        here.push(([from, u32::MAX - to, tag, number], hit));
                    }
                }
            });
        }
        if !here.is_empty() {
            here.sort_unstable_by_key(|(order, _)| *order);
            found.extend(here.drain(..).map(|(_, hit)| hit));
            if !is_found {
                hits.clear();
                hits.extend_from_slice(own);
                is_found = true;
            }
            // What goes again for one of these stays noted: a tag too many only costs a look among the hits.
            tags.add(found, start, sequences);
            scan::add(hits, found, over, covered, lexicon.lists.len());
        }
    }
    is_found
}

/// Whether the parts of a sequence may stand one behind the other in a sentence.
fn may_follow(sequences: &Sequences, parts: &[Frozen], words: &Words, tags: &Tags) -> bool {
    // Bits of the tokens at which the next part may start; the last one stands for any further token.
    let mut from = !0u64;
    let behind = |from: u64, tokens: u32| !0 << u32::min(from.trailing_zeros() + tokens, LAST);
    let behind_phrase = |from: u64, part: u32| {
        let from = from & words.hinted(part);
        let Some(phrase) = sequences.phrase(part).filter(|_| from != 0) else { return 0 };
        let starts = from & words.starts(phrase);
        let further = u64::from(starts >> LAST.saturating_sub(phrase.len() as u32) != 0) << LAST;
        starts.checked_shl(phrase.len() as u32).unwrap_or(0) | further
    };
    for part in numbers::read(parts) {
        if part & GAP != 0 {
            // Signs do not count among the words of a gap: it may be of any length.
            from = behind(from, part >> 8 & 0xff);
        } else if part & PHRASES != 0 {
            from = sequences.phrases(part).fold(0, |to, phrase| to | behind_phrase(from, phrase));
        } else if part & HINT != 0 {
            from = behind_phrase(from, part);
        } else if let Some(phrase) = sequences.phrase(part) {
            from = behind(from, phrase.len() as u32);
        } else {
            let starts = if part & SET == 0 { from & tags.places[slot(part) as usize] } else { from };
            from = if starts == 0 { 0 } else { behind(starts, 1) };
        }
        if from == 0 {
            return false;
        }
    }
    true
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
    /// The words of the sentence.
    words: &'a Words,
    /// Its tags.
    tags: &'a Tags,
    /// Its hits.
    hits: &'a [Hit],
    /// Its first token.
    start: u32,
    /// One past its last token.
    end: u32,
}

impl Text<'_> {
    /// Hands over every place of a part: its tag, and the tokens.
    fn each(&self, part: u32, long: &Long, found: &mut impl FnMut(u32, u32, u32)) {
        let sequences = &self.lexicon.sequences;
        if part & PHRASES != 0 {
            return numbers::read(sequences.set(part)).for_each(|phrase| self.each(phrase, long, found));
        }
        let is_long = self.end - self.start > LAST;
        let tell = |h: &Hit| {
            if h.facts & Output::NOT == 0 {
                found(u32::from(h.tag), h.start, h.end);
            }
        };
        let Some(phrase) = sequences.phrase(part) else {
            let (single, set) = ([part.to_le_bytes()], part & SET != 0);
            if is_long {
                let tags = numbers::read(if set { sequences.set(part) } else { &single });
                tags.flat_map(|tag| of(&long.tags, tag)).filter_map(|at| self.hits.get(at as usize)).for_each(tell);
            } else if set {
                self.hits.iter().filter(|h| sequences.allows(part, h.tag)).for_each(tell);
            } else {
                let at = tokens_of(self.tags.places[slot(part) as usize]).map(|at| self.at(self.start + at));
                at.flatten().filter(|h| u32::from(h.tag) == part).for_each(tell);
            }
            return;
        };
        let mut at = |at: u32| {
            if let Some(end) = self.phrase(phrase, at, self.end) {
                found(u32::from(part as TagId), at, end);
            }
        };
        if is_long {
            return match numbers::read(phrase).next() {
                Some(word) if word != ANY => of(&long.words, word).for_each(at),
                _ => (self.start..self.end).for_each(at),
            };
        }
        tokens_of(self.words.starts_of(part, sequences)).for_each(|token| at(self.start + token));
    }

    /// The hits that start at a token.
    fn at(&self, token: u32) -> &[Hit] {
        let from = self.hits.partition_point(|h| h.start < token);
        let behind = self.hits.get(from..).unwrap_or(&[]);
        behind.get(..behind.iter().take_while(|h| h.start == token).count()).unwrap_or(&[])
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
            if part & PHRASES != 0 {
                return sequences.phrases(part).filter_map(|phrase| self.behind(phrase, parts, at, limit)).max();
            }
            // Nearly always nothing that fits starts here.
            if part & SET == 0 && !self.is_at(self.tags.places[slot(part) as usize], at) {
                return None;
            }
            return self
                .at(at)
                .iter()
                .filter(|h| h.end <= limit && h.facts & Output::NOT == 0 && sequences.allows(part, h.tag))
                .filter_map(|h| self.rest(&parts[1..], h.end, limit))
                .max();
        }
        if parts.len() == 1 {
            let max = part as u8;
            // Only a term that ends its sentence may end in a gap: the gap is all that is left but the signs at the end.
            let limit = last_word(self.tokens, at.saturating_sub(1), limit);
            let words = (at..limit.max(at)).filter(|&t| self.is_word(t)).count();
            return (words <= max as usize).then_some(limit.max(at));
        }
        let (next, sequences) = (parts.get(1).map_or(0, |next| u32::from_le_bytes(*next)), &self.lexicon.sequences);
        if next & GAP == 0 && next & PHRASES != 0 {
            // Each phrase by itself: the longest end of all.
            let over = |phrase| {
                let starts = self.words.starts_of(phrase, sequences);
                if starts == 0 { None } else { self.over(part, starts, at, limit, &|at| self.behind(phrase, &parts[1..], at, limit)) }
            };
            return sequences.phrases(next).filter_map(over).max();
        }
        let starts = match sequences.phrase(next) {
            Some(_) => self.words.starts_of(next, sequences),
            None if next & (GAP | SET) == 0 => self.tags.places[slot(next) as usize],
            None => !0,
        };
        self.over(part, starts, at, limit, &|at| self.rest(&parts[1..], at, limit))
    }

    /// Whether the bit of a token is set.
    fn is_at(&self, bits: u64, token: u32) -> bool {
        bits >> u32::min(token.saturating_sub(self.start), LAST) & 1 != 0
    }

    /// The end of what follows the first of some parts where that is a phrase, from token `at`.
    fn behind(&self, phrase: u32, parts: &[Frozen], at: u32, limit: u32) -> Option<u32> {
        if !self.is_at(self.words.hinted(phrase), at) {
            return None;
        }
        let phrase = self.lexicon.sequences.phrase(phrase)?;
        self.rest(&parts[1..], self.phrase(phrase, at, limit).filter(|_| at < limit)?, limit)
    }

    /// The end of what goes on behind a gap, at one of the tokens with these bits. The nearest continuation wins: a gap is as
    /// short as it can be.
    fn over(&self, gap: u32, starts: u64, at: u32, limit: u32, rest: &impl Fn(u32) -> Option<u32>) -> Option<u32> {
        let (min, max) = ((gap >> 8) as u8, gap as u8);
        let mut at = at;
        let mut words = 0;
        loop {
            if words >= min
                && self.is_at(starts, at)
                && let Some(end) = rest(at)
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
