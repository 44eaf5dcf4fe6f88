//! What the lines of an article are by the lists of `lints/words/line`: whole lines that are a heading of references, a
//! byline, a label; for [`shape`], which gives plain text its shape.

use crate::catalog::Catalog;
use crate::shape;
use crate::words::scan::{Hit, Token};
use crate::words::term;
use crate::words::token::Shape;
use crate::words::trie::Output;

/// What the words of a document say of its lines.
pub struct Lines<'a> {
    /// Token range of each block.
    pub blocks: &'a [(u32, u32)],
    /// What was found in the lists.
    pub hits: &'a [Hit],
    /// The words.
    pub tokens: &'a [Token],
    /// The lists.
    pub catalog: &'a Catalog,
}

impl shape::Lines for Lines<'_> {
    fn is(&self, block: usize, tag: &str) -> bool {
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
        let lists = &self.catalog.lexicon.lists;
        let until = last.min(first + term::MAX_LEAD + 1);
        self.hits[from..]
            .iter()
            .take_while(|h| h.start < until)
            .filter(|h| h.end >= last && h.start <= first + u32::from(h.lead) && h.facts & Output::NOT == 0)
            .any(|h| lists.get(h.tag as usize).and_then(|l| l.name.strip_prefix("line.")) == Some(tag))
    }
}
