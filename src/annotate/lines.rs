//! What the lines of an article are by the lists of `lints/words/line`: whole lines that are a heading of references, a
//! byline, a label; for [`shape`], which gives plain text its shape.

use super::SCRATCH;
use crate::catalog::Catalog;
use crate::shape;
use crate::words::lexicon::{LINE, TagId};
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
    /// The beginnings of terms with gaps, as [`scan::Found`] has them.
    pub calls: &'a [(u32, TagId)],
    /// The words.
    pub tokens: &'a [Token],
    /// The lists.
    pub catalog: &'a Catalog,
}

/// Tokens of the longest line whose terms with gaps are looked for.
const LONGEST: u32 = 32;

impl shape::Lines for Lines<'_> {
    fn is(&self, block: usize, tag: &str) -> bool {
        let lexicon = &self.catalog.lexicon;
        let is_named = |list: &TagId| lexicon.lists.get(usize::from(*list)).is_some_and(|l| l.name.strip_prefix(LINE) == Some(tag));
        let Some((number, &list)) = lexicon.lines.iter().enumerate().find(|(_, list)| is_named(list)) else { return false };
        let Some(&(first, last)) = self.blocks.get(block) else { return false };
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
}

impl Lines<'_> {
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
