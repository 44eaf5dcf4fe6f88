//! What begins with a word, told beforehand for each word of the vocabulary: the terms that are this one word, in
//! order, and where longer ones go on. Nearly every word of a text is settled by one look here.

use super::numbers::{Frozen, Numbers, long};
use super::scan::Token;
use super::trie::{NUMBER, Output, Trie, bit};
use super::vocabulary::{UNKNOWN, Vocabulary};
use serde::{Deserialize, Serialize};

/// Beginnings by word number; number 0 is that of any number.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Heads {
    /// Four numbers a word: where its `nodes` and its `outputs` start, and [`bit`]s of the words that may follow it in a
    /// term, the lower half first. One more row at the end.
    rows: Numbers,
    /// Nodes of the trie that have edges, in the order in which they are walked.
    nodes: Numbers,
    /// Two numbers each, as [`Output::pack`] has it, in the order of [`Output::order`].
    outputs: Numbers,
    /// Facts of each word and its stems, as [`super::lexicon::LexiconBuilder::tell`] has them.
    facts: Numbers,
}

impl Heads {
    /// The beginnings of all words of a vocabulary.
    pub fn build(trie: &Trie, vocabulary: &Vocabulary, words: usize, fact: &dyn Fn(u32) -> u16) -> Heads {
        let (mut rows, mut nodes, mut all, mut facts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let trie = trie.open();
        for id in 0..=words as u32 {
            let mut own = if id == UNKNOWN { vec![NUMBER] } else { vec![id] };
            let mut stem = if id == UNKNOWN { UNKNOWN } else { vocabulary.stem_of(id) };
            while stem != UNKNOWN {
                if stem != id {
                    own.push(stem);
                }
                stem = vocabulary.shorter_stem(stem);
            }
            facts.push(own.iter().fold(0, |all, &w| all | u32::from(fact(w))));
            let starts: Vec<u32> = own.iter().rev().filter_map(|&w| trie.next(0, w)).collect();
            let longer: Vec<u32> = starts.iter().copied().filter(|&n| !trie.is_leaf(n)).collect();
            let edges = longer.iter().flat_map(|&n| trie.words(n)).fold(0, |bits, word| bits | bit(word));
            rows.extend([nodes.len() as u32, all.len() as u32 / 2, edges as u32, (edges >> 32) as u32]);
            nodes.extend(longer);
            let mut outputs: Vec<Output> = starts.iter().flat_map(|&n| trie.outputs(n)).collect();
            outputs.sort_by_key(Output::order);
            all.extend(outputs.into_iter().flat_map(Output::pack));
        }
        rows.extend([nodes.len() as u32, all.len() as u32 / 2, 0, 0]);
        Heads { rows: rows.into(), nodes: nodes.into(), outputs: all.into(), facts: facts.into() }
    }

    /// The beginnings, ready to be looked up.
    pub fn open(&self) -> Open<'_> {
        Open { rows: self.rows.rows(), nodes: self.nodes.all(), outputs: self.outputs.rows() }
    }

    /// What is told of tokens as words.
    pub fn facts<'t>(&'t self, tokens: &'t [Token]) -> impl Iterator<Item = u16> + 't {
        let facts = self.facts.all();
        tokens.iter().map(|token| facts.get(token.known() as usize).map_or(0, |n| u32::from_le_bytes(*n) as u16))
    }
}

/// Beginnings that are looked up.
#[derive(Clone, Copy)]
pub struct Open<'h> {
    rows: &'h [[Frozen; 4]],
    nodes: &'h [Frozen],
    outputs: &'h [[Frozen; 2]],
}

/// What is known of the beginnings of one word.
#[derive(Clone, Copy)]
pub struct Head<'h> {
    /// Where longer terms go on.
    pub nodes: &'h [Frozen],
    /// [`bit`]s of the words with which they go on.
    pub edges: u64,
    /// The terms that are this one word, for [`super::trie::read`].
    pub outputs: &'h [[Frozen; 2]],
}

impl<'h> Open<'h> {
    /// What begins with a word.
    pub fn of(&self, id: u32) -> Option<Head<'h>> {
        let [row, next] = self.rows.get(id as usize..id as usize + 2)? else { return None };
        let range = |which: usize| u32::from_le_bytes(row[which]) as usize..u32::from_le_bytes(next[which]) as usize;
        Some(Head { nodes: self.nodes.get(range(0))?, edges: long(row[2], row[3]), outputs: self.outputs.get(range(1))? })
    }
}
