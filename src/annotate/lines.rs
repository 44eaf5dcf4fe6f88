//! What the lines of an article are by the lists of `lints/words/line`: whole lines that are a heading of references, a
//! byline, a label; for [`shape`], which gives plain text its shape.

use super::SCRATCH;
use crate::catalog::Catalog;
use crate::shape;
use crate::words::lexicon::{LINE, Lexicon, TagId};
use crate::words::scan::{self, Hit, Token};
use crate::words::sequence::find as sequences;
use crate::words::term;
use crate::words::token::Shape;
use crate::words::trie::Output;

/// What the words of a document say of its lines.
pub struct Lines<'a> {
    /// Token range of each block.
    pub blocks: &'a [(u32, u32)],
    /// What was found in the lists.
    pub hits: &'a [Hit],
    /// What shapes of these lists found, as [`shapes`] has it.
    pub shapes: &'a [Hit],
    /// The beginnings of terms with gaps, as [`scan::Found`] has them.
    pub calls: &'a [(u32, TagId)],
    /// The words.
    pub tokens: &'a [Token],
    /// The lists.
    pub catalog: &'a Catalog,
}

/// Of what shapes found what belongs to lists about whole lines, by place.
pub fn shapes(found: &[Hit], lexicon: &Lexicon) -> Vec<Hit> {
    let mut hits: Vec<Hit> = found.iter().filter(|h| lexicon.lines.contains(&h.tag)).copied().collect();
    hits.sort_unstable_by_key(|h| (h.start, h.end));
    hits
}

/// Tokens of the longest line that is looked at as a bar, and whose terms with gaps are looked for.
const LONGEST: u32 = 32;

/// Tokens of the longest part of a bar.
const PART: u32 = 9;
/// Parts of a bar without signs that must be known.
const KNOWN: u32 = 3;
/// So many that half of the parts may be unknown.
const MANY: u32 = 5;

impl shape::Lines for Lines<'_> {
    fn is(&self, block: usize, tag: &str) -> bool {
        let Some((number, list)) = self.list(tag) else { return false };
        let Some(&(first, last)) = self.blocks.get(block) else { return false };
        let from = self.shapes.partition_point(|h| h.start < first);
        let mut here = self.shapes[from..].iter().take_while(|h| h.start < last);
        if here.any(|h| h.tag == list && h.start == first && h.end == last) {
            return true;
        }
        let is_sign = |t: u32| self.tokens[t as usize].shape.contains(Shape::PUNCTUATION);
        let (mut first, mut last) = (first, last);
        while first < last && is_sign(first) {
            first += 1;
        }
        while first < last && is_sign(last - 1) {
            last -= 1;
        }
        let from = self.hits.partition_point(|h| h.start < first);
        let until = last.min(first + term::MAX_LEAD + 1);
        let is_whole = |h: &Hit| h.tag == list && h.end >= last && h.start <= first + u32::from(h.lead) && h.facts & Output::NOT == 0;
        self.hits[from..].iter().take_while(|h| h.start < until).any(is_whole) || self.with_gaps(first, last, number).iter().any(is_whole)
    }

    fn is_bar(&self, block: usize, tag: &str) -> bool {
        let Some((_, list)) = self.list(tag) else { return false };
        let Some(&(first, last)) = self.blocks.get(block).filter(|b| b.1 - b.0 <= LONGEST) else { return false };
        let from = self.hits.partition_point(|h| h.start < first);
        if !self.hits[from..].iter().take_while(|h| h.start < last).any(|h| h.tag == list) {
            return false;
        }
        let signs = self.tokens.get(first as usize..last as usize).unwrap_or(&[]);
        let is_step = |t: &Token| matches!(t.sign, '»' | '›' | '>' | '/');
        let is_parting = |t: &Token| is_step(t) || matches!(t.sign, '|' | '·' | '•' | '[' | ']');
        if !signs.iter().any(is_parting) {
            return self.is_plain_bar(first, last, list);
        }
        let (mut parts, mut known, mut opens) = (0, 0, false);
        let mut from = first;
        for part in signs.split(is_parting) {
            let to = from + part.len() as u32;
            if !part.is_empty() {
                let is_known = self.is_covered(from, to, list);
                opens |= parts == 0 && is_known;
                parts += 1;
                known += u32::from(is_known);
                if to - from > PART {
                    return false;
                }
            }
            from = to + 1;
        }
        // "Home / Remedies / Coughs" and "Home > Coughs >" begin with a known part; of a menu some are, of two parts both.
        let is_trail = opens && signs.iter().filter(|t| is_step(t)).count() >= 2;
        parts >= 2 && (known == parts || is_trail || parts >= 3 && known >= 2 && known * 3 >= parts)
    }
}

impl Lines<'_> {
    /// A list of `lints/words/line`: its place among them, and its tag.
    fn list(&self, tag: &str) -> Option<(usize, TagId)> {
        let lexicon = &self.catalog.lexicon;
        let is_name = |name: &[u8]| name.strip_prefix(LINE.as_bytes()) == Some(tag.as_bytes());
        let is_named = |list: &TagId| lexicon.lists.get(usize::from(*list)).is_some_and(|l| is_name(l.name.as_bytes()));
        lexicon.lines.iter().copied().enumerate().find(|(_, list)| is_named(list))
    }

    /// Where the longest term of a list ends that starts at a token, with the count behind it: "Cart (0)".
    fn end_of(&self, start: u32, list: TagId) -> Option<u32> {
        let from = self.hits.partition_point(|h| h.start < start);
        let here = self.hits[from..].iter().take_while(|h| h.start == start);
        let end = here.filter(|h| h.tag == list && h.facts & Output::NOT == 0).map(|h| h.end).max()?;
        Some(if self.is_count(end) { end + 3 } else { end })
    }

    /// Whether a number in brackets starts at a token.
    fn is_count(&self, start: u32) -> bool {
        let Some([open, number, close]) = self.tokens.get(start as usize..start as usize + 3) else { return false };
        open.sign == '(' && number.shape.contains(Shape::NUMBER) && close.sign == ')'
    }

    /// Whether terms of a list, one behind the other, are all there is from `from` to `to`.
    fn is_covered(&self, from: u32, to: u32, list: TagId) -> bool {
        let mut at = from;
        while at < to {
            match self.end_of(at, list) {
                Some(end) => at = end,
                None => return false,
            }
        }
        at == to
    }

    /// "Home Shop Blog Contact": a bar whose signs were lost. No part of it is a sentence.
    fn is_plain_bar(&self, first: u32, last: u32, list: TagId) -> bool {
        let (mut known, mut other, mut counts) = (0, 0, 0);
        let mut at = first;
        while at < last {
            if let Some(end) = self.end_of(at, list) {
                known += 1;
                counts += u32::from(end >= 3 && self.is_count(end - 3));
                at = end;
                continue;
            }
            let token = &self.tokens[at as usize];
            // "Shipping & returns", and the stars of a form: "Name* Phone*".
            if token.shape.contains(Shape::PUNCTUATION) && !matches!(token.sign, '&' | '*') {
                return false;
            }
            other += u32::from(token.sign != '*');
            at += 1;
        }
        known >= KNOWN && other * 3 <= last - first || known >= MANY && other <= known || counts > 0 && other == 0
    }

    /// What terms with gaps find in a line that begins as one of them does, "Read more about ..8", where the list of that number
    /// may be among it.
    fn with_gaps(&self, first: u32, last: u32, list: usize) -> Vec<Hit> {
        let from = self.calls.partition_point(|c| c.0 < first);
        let calls = self.calls.get(from..).unwrap_or(&[]);
        if last - first > LONGEST || calls.first().is_none_or(|c| c.0 != first) {
            return Vec::new();
        }
        let calls = &calls[..calls.partition_point(|c| c.0 < last)];
        let inside = |at: u32| self.hits.partition_point(|h| h.start < at);
        let hits = self.hits.get(inside(first)..inside(last)).unwrap_or(&[]);
        let lexicon = &self.catalog.lexicon;
        let is_key = |tag: TagId| lexicon.sequences.is_key_of_line(tag, list);
        if !calls.iter().any(|call| is_key(call.1)) && !hits.iter().any(|h| is_key(h.tag)) {
            return Vec::new();
        }
        let mut hits = hits.to_vec();
        SCRATCH.with_borrow_mut(|scratch| {
            scan::settle(&mut hits, &mut scratch.covered, lexicon.tag_count as usize, |_| true);
            sequences::find(self.tokens, std::iter::once((first, last)), lexicon, calls, &mut hits, scratch);
        });
        hits
    }
}
