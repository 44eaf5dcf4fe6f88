//! What is noted of a sentence before sequences are looked for in it: at which of its tokens which words and which tags
//! may be, as bits of a word. Several share one place, so a note may say too much, but never too little.

use super::{HINT, Sequences, other, place, slot};
use crate::words::lexicon::{Lexicon, TagId};
use crate::words::numbers::{self, Frozen};
use crate::words::scan::{Hit, Token};
use crate::words::token::Shape;
use crate::words::trie::{ANY, NUMBER, Output};
use crate::words::vocabulary::UNKNOWN;
use std::ops::Range;

/// The token with the last bit, which stands for any further token, too.
pub const LAST: u32 = 63;

/// The tags of a sentence's hits.
pub struct Tags {
    /// [`super::bits`] of those that sequences know.
    pub taken: u64,
    /// By [`slot`], a bit for every token at which a hit may start, as in [`Words`].
    pub places: [u64; 64],
    /// Those by which any sequence stands, each once.
    pub keys: Vec<TagId>,
    /// A bit for each tag, 64 a number: whether it is among the keys.
    is_key: Vec<u64>,
}

impl Default for Tags {
    fn default() -> Tags {
        Tags { taken: 0, places: [0; 64], keys: Vec::new(), is_key: Vec::new() }
    }
}

impl Tags {
    /// Notes the hits of the sentence that begins with the token `start`, and what else calls for sequences in it.
    pub fn note(&mut self, hits: &[Hit], calls: &[(u32, TagId)], start: u32, lexicon: &Lexicon) {
        let tags = lexicon.tag_count as usize;
        self.is_key.resize(self.is_key.len().max(tags.div_ceil(64)), 0);
        for tag in self.keys.drain(..) {
            self.is_key.get_mut(usize::from(tag) / 64).into_iter().for_each(|bits| *bits = 0);
        }
        self.taken = 0;
        self.places.fill(0);
        self.add(hits, start, &lexicon.sequences);
        calls.iter().for_each(|call| self.key(call.1));
    }

    /// Notes more hits of the same sentence.
    pub fn add(&mut self, hits: &[Hit], start: u32, sequences: &Sequences) {
        let (known, keys) = (sequences.known.all(), sequences.keys.all());
        for hit in hits.iter().filter(|h| numbers::has(known, usize::from(h.tag)) && h.facts & Output::NOT == 0) {
            let at = slot(u32::from(hit.tag));
            self.places[at as usize] |= 1 << u32::min(hit.start.saturating_sub(start), LAST);
            self.taken |= 1 << at;
            if numbers::has(keys, usize::from(hit.tag)) {
                self.key(hit.tag);
            }
        }
    }

    fn key(&mut self, tag: TagId) {
        let bit = 1 << (tag % 64);
        if let Some(bits) = self.is_key.get_mut(usize::from(tag) / 64).filter(|bits| **bits & bit == 0) {
            *bits |= bit;
            self.keys.push(tag);
        }
    }
}

/// The words of a sentence by [`place`], each with a bit for every token that it may be; what comes behind the 63rd has
/// the last bit.
pub struct Words {
    places: [u64; 128],
    /// Bits of the places that are taken, by [`slot`] and by [`other`].
    pub taken: [u64; 2],
}

impl Words {
    /// Notes the words of a sentence with these tokens.
    pub fn note(&mut self, tokens: &[Token], lexicon: &Lexicon) {
        self.places.fill(0);
        let mut taken = [0; 2];
        for (at, token) in (0..).zip(tokens) {
            let bit = 1 << u32::min(at, LAST);
            let mut note = |word: u32| {
                self.places[place(word) & 127] |= bit;
                taken[0] |= 1 << slot(word);
                taken[1] |= 1 << other(word);
            };
            if token.word != UNKNOWN {
                note(token.word);
            }
            if token.shape.contains(Shape::NUMBER) {
                note(NUMBER);
            }
            let mut stem = token.stem;
            while stem != UNKNOWN {
                note(stem);
                stem = lexicon.vocabulary.shorter_stem(stem);
            }
        }
        self.taken = taken;
    }

    /// Bits of the tokens at which these words may start.
    pub fn starts(&self, words: &[Frozen]) -> u64 {
        let mut starts = !0;
        for (i, word) in (0..).zip(numbers::read(words)).filter(|(_, word)| *word != ANY) {
            starts &= before(self.places[place(word) & 127], i);
        }
        starts
    }

    /// The same as far as the hint of a part tells.
    pub fn hinted(&self, part: u32) -> u64 {
        if part & HINT == 0 { !0 } else { before(self.places[(part >> 16 & 127) as usize], part >> 23 & 7) }
    }

    /// The tokens at which a part that is words may start.
    pub fn starts_of(&self, part: u32, sequences: &Sequences) -> u64 {
        let hinted = self.hinted(part);
        if hinted == 0 { 0 } else { sequences.phrase(part).map_or(0, |phrase| hinted & self.starts(phrase)) }
    }
}

/// Bits of tokens, so many tokens before them.
fn before(places: u64, tokens: u32) -> u64 {
    // The last bit stands for any further token: it fills those that are freed, as a sign does.
    (places.cast_signed() >> u32::min(tokens, LAST)).cast_unsigned()
}

impl Default for Words {
    fn default() -> Words {
        Words { places: [0; 128], taken: [0; 2] }
    }
}

/// The tokens whose bits are set, counted from the first of the sentence.
pub fn tokens_of(mut bits: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let at = (bits != 0).then(|| bits.trailing_zeros());
        bits &= bits.wrapping_sub(1);
        at
    })
}

/// The tags and the words of a long sentence, in order, each with a number of a hit or of a token.
#[derive(Default)]
pub struct Long {
    /// Its tags.
    pub tags: Vec<(u32, u32)>,
    /// Its words and stems, and [`NUMBER`] for its numbers.
    pub words: Vec<(u32, u32)>,
}

impl Long {
    /// Notes the hits and the tokens of a sentence.
    pub fn note(&mut self, hits: &[Hit], tokens: &[Token], place: Range<u32>, lexicon: &Lexicon) {
        self.tags.clear();
        self.tags.extend((0..).zip(hits).map(|(at, hit)| (u32::from(hit.tag), at)));
        self.tags.sort_unstable();
        self.words.clear();
        for at in place {
            let Some(token) = tokens.get(at as usize) else { break };
            if token.shape.contains(Shape::NUMBER) {
                self.words.push((NUMBER, at));
            }
            let mut known = [token.word, token.stem];
            while known != [UNKNOWN; 2] {
                self.words.extend(known.iter().filter(|w| **w != UNKNOWN).map(|&word| (word, at)));
                known = [UNKNOWN, if known[1] == UNKNOWN { UNKNOWN } else { lexicon.vocabulary.shorter_stem(known[1]) }];
            }
        }
        self.words.sort_unstable();
    }
}

/// The numbers that stand beside a number.
pub fn of(pairs: &[(u32, u32)], number: u32) -> impl Iterator<Item = u32> {
    let from = pairs.partition_point(|p| p.0 < number);
    pairs.get(from..).unwrap_or(&[]).iter().take_while(move |p| p.0 == number).map(|p| p.1)
}

#[cfg(test)]
mod tests {
    use super::super::hint;
    use super::*;

    #[test]
    fn no_token_at_which_words_start_is_missed_however_long_the_sentence() {
        let token = |word: u32| Token { start: 0, end: 0, word, stem: UNKNOWN, shape: Shape::default(), sign: ' ' };
        for length in [1, 9, 63, 64, 200] {
            let tokens: Vec<Token> = (1..=length).map(token).collect();
            let mut words = Words::default();
            words.note(&tokens, &Lexicon::default());
            for first in 1..length.saturating_sub(2) {
                let phrase = [first, ANY, first + 2];
                let bit = 1 << u32::min(first - 1, LAST);
                assert_ne!(words.starts(&phrase.map(u32::to_le_bytes)) & bit, 0, "{first} of {length}");
                assert_ne!(words.hinted(hint(&phrase)) & bit, 0, "{first} of {length}");
            }
        }
        assert!(tokens_of((1 << 63) | 0b101).eq([0, 2, 63]));
    }
}
