//! What begins with a word, told beforehand for each word of the vocabulary: the terms that are this one word, in
//! order, and where longer ones go on. Nearly every word of a text is settled by one look here.

use super::numbers::{Frozen, Numbers, long};
use super::scan::Token;
use super::syllables::syllables;
use super::trie::{NUMBER, Output, Start};
use super::vocabulary::{UNKNOWN, Vocabulary};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Beginnings by word number; number 0 is that of any number.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Heads {
    /// Four numbers a word: where its `nodes` start; where its `outputs` start, with how many are plain above [`PLAIN`]; and
    /// [`super::trie::bit`]s of the words that may follow it in a term, the lower half first. One more row at the end.
    rows: Numbers,
    /// Nodes of the trie where words go on, in the order in which they are walked.
    nodes: Numbers,
    /// Two numbers each, as [`Output::pack`] has it, in the order of [`Output::order`].
    outputs: Numbers,
    /// Facts of each word and its stems, as [`super::lexicon::LexiconBuilder::tell`] has them, in the lower half; in the
    /// upper one its syllables, and above them its bytes, 255 at most of either.
    facts: Numbers,
}

/// Bits of a place among outputs.
const PLAIN: u32 = 24;

impl Heads {
    /// The beginnings of all words of a vocabulary. `is_plain` tells what is a hit wherever its word stands.
    pub fn build(
        starts: &BTreeMap<u32, Start>,
        vocabulary: &Vocabulary,
        words: usize,
        fact: &dyn Fn(u32) -> u16,
        is_plain: &dyn Fn(&Output) -> bool,
    ) -> Heads {
        let (mut rows, mut nodes, mut all, mut facts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for id in 0..=words as u32 {
            let mut own = if id == UNKNOWN { vec![NUMBER] } else { vec![id] };
            let mut stem = if id == UNKNOWN { UNKNOWN } else { vocabulary.stem_of(id) };
            while stem != UNKNOWN {
                if stem != id {
                    own.push(stem);
                }
                stem = vocabulary.shorter_stem(stem);
            }
            let word = vocabulary.word(id);
            let measures = (syllables(word).min(255) << 16 | word.len().min(255) << 24) as u32;
            facts.push(own.iter().fold(measures, |all, &w| all | u32::from(fact(w))));
            let starts: Vec<&Start> = own.iter().rev().filter_map(|w| starts.get(w)).collect();
            let edges = starts.iter().fold(0, |bits, start| bits | start.edges);
            let mut outputs: Vec<Output> = starts.iter().flat_map(|start| &start.outputs).copied().collect();
            outputs.sort_by_key(Output::order);
            let plain = outputs.iter().take_while(|output| is_plain(output)).count().min(255) as u32;
            rows.extend([nodes.len() as u32, (all.len() as u32 / 2) | (plain << PLAIN), edges as u32, (edges >> 32) as u32]);
            nodes.extend(starts.iter().filter(|start| start.edges != 0).map(|start| start.node));
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

    /// The syllables of a word that is written as it is known.
    pub fn syllables(&self, token: &Token) -> Option<usize> {
        let measures = self.facts.at(token.word as usize);
        // An ending, or marks over letters, make it longer.
        (token.word != UNKNOWN && measures >> 24 == token.end - token.start).then_some((measures >> 16 & 0xff) as usize)
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
    /// [`super::trie::bit`]s of the words with which they go on.
    pub edges: u64,
    /// The first of the terms that are this one word, for [`super::trie::read`]: those that are hits wherever it stands.
    pub plain: &'h [[Frozen; 2]],
    /// The others.
    pub outputs: &'h [[Frozen; 2]],
}

impl<'h> Open<'h> {
    /// What begins with a word.
    pub fn of(&self, id: u32) -> Option<Head<'h>> {
        let [row, next] = self.rows.get(id as usize..id as usize + 2)? else { return None };
        let at = |number: Frozen| u32::from_le_bytes(number) as usize;
        let output = |number: Frozen| at(number) & ((1 << PLAIN) - 1);
        let outputs = self.outputs.get(output(row[1])..output(next[1]))?;
        let (plain, outputs) = outputs.split_at_checked(at(row[1]) >> PLAIN)?;
        Some(Head { nodes: self.nodes.get(at(row[0])..at(next[0]))?, edges: long(row[2], row[3]), plain, outputs })
    }
}
