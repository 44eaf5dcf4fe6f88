//! What begins with a word, told beforehand for each word of the vocabulary: the terms that are this one word, in
//! order, and where longer ones go on. Nearly every word of a text is settled by one look here.

use super::numbers::{self, Frozen, Numbers};
use super::scan::Token;
use super::token::Shape;
use super::trie::{ANY, NUMBER, Output, Trie, bit};
use super::vocabulary::{UNKNOWN, Vocabulary};
use serde::{Deserialize, Serialize};

/// Beginnings by word number; number 0 is that of any number.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Heads {
    /// Four numbers a word: where its `nodes` and its `outputs` start, [`bit`]s of the words that may follow it in a
    /// term, and those of the word itself and its stems. One more row at the end.
    rows: Numbers,
    /// Nodes of the trie that have edges, in the order in which they are walked.
    nodes: Numbers,
    /// Two numbers each, as [`Output::pack`] has it, in the order of [`Output::order`].
    outputs: Numbers,
}

/// What is known of the beginnings of one word.
#[derive(Clone, Copy, Debug)]
pub struct Head<'h> {
    heads: &'h Heads,
    row: &'h [Frozen; 4],
    next: &'h [Frozen; 4],
}

impl Heads {
    /// The beginnings of all words of a vocabulary.
    pub fn build(trie: &Trie, vocabulary: &Vocabulary, words: usize) -> Heads {
        let (mut rows, mut nodes, mut all) = (Vec::new(), Vec::new(), Vec::new());
        for id in 0..=words as u32 {
            let mut own = if id == UNKNOWN { vec![NUMBER] } else { vec![id] };
            let mut stem = if id == UNKNOWN { UNKNOWN } else { vocabulary.stem_of(id) };
            while stem != UNKNOWN {
                if stem != id {
                    own.push(stem);
                }
                stem = vocabulary.shorter_stem(stem);
            }
            let starts: Vec<u32> = own.iter().rev().filter_map(|&w| trie.next(0, w)).collect();
            let edges = starts.iter().fold(0, |bits, &n| bits | trie.edges(n));
            let own = own.iter().filter(|w| **w != NUMBER).fold(0, |bits, &w| bits | bit(w));
            rows.extend([nodes.len() as u32, all.len() as u32 / 2, edges, own]);
            nodes.extend(starts.iter().copied().filter(|&n| !trie.is_leaf(n)));
            let mut outputs: Vec<Output> = starts.iter().flat_map(|&n| trie.outputs(n)).collect();
            outputs.sort_by_key(Output::order);
            all.extend(outputs.into_iter().flat_map(Output::pack));
        }
        rows.extend([nodes.len() as u32, all.len() as u32 / 2, 0, 0]);
        Heads { rows: rows.into(), nodes: nodes.into(), outputs: all.into() }
    }

    fn row(&self, id: u32) -> Option<Head<'_>> {
        let rows = self.rows.rows::<4>();
        let (row, next) = (rows.get(id as usize)?, rows.get(id as usize + 1)?);
        Some(Head { heads: self, row, next })
    }

    /// What begins with a token as a number, and what as a word.
    pub fn of(&self, token: &Token) -> [Option<Head<'_>>; 2] {
        let id = token.known();
        let number = if token.shape.contains(Shape::NUMBER) { self.row(UNKNOWN) } else { None };
        [number, if id == UNKNOWN { None } else { self.row(id) }]
    }

    /// The bits of all edges on which a token is followed.
    pub fn bits(&self, token: &Token) -> u32 {
        let id = token.known();
        let own = if id == UNKNOWN { 0 } else { self.rows.at(4 * id as usize + 3) };
        let number = if token.shape.contains(Shape::NUMBER) { bit(NUMBER) } else { 0 };
        own | number | if token.shape.contains(Shape::PUNCTUATION) { 0 } else { bit(ANY) }
    }
}

impl<'h> Head<'h> {
    /// Whether a term may go on with a token of these bits.
    pub fn goes_on(&self, bits: u32) -> bool {
        u32::from_le_bytes(self.row[2]) & bits != 0
    }

    /// Where longer terms go on.
    pub fn nodes(&self) -> impl Iterator<Item = u32> + use<'h> {
        numbers::read(self.heads.nodes.slice(self.range(0)))
    }

    /// The terms that are this one word.
    pub fn outputs(&self) -> impl Iterator<Item = Output> + use<'h> {
        let outputs = self.heads.outputs.rows::<2>().get(self.range(1)).unwrap_or(&[]);
        outputs.iter().map(|pair| Output::unpack(pair.map(u32::from_le_bytes)))
    }

    fn range(&self, which: usize) -> std::ops::Range<usize> {
        u32::from_le_bytes(self.row[which]) as usize..u32::from_le_bytes(self.next[which]) as usize
    }
}
