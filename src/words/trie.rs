//! Phrases as a tree of word numbers: all terms of all lists are walked at once.

use super::kind::Form;
use super::numbers::Numbers;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The edge of any one word.
pub const ANY: u32 = u32::MAX;
/// The edge of any number.
pub const NUMBER: u32 = u32::MAX - 1;

/// What is found where a phrase ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    /// The list.
    pub tag: u16,
    /// The form of an inflected term.
    pub form: Form,
    /// A set of `Output::*` facts.
    pub facts: u8,
    /// With [`Output::AT_START`]: at most so many words of the sentence before it.
    pub lead: u8,
    /// How the words must be written: 1 plus an index into the lexicon's exact forms; 0: case does not matter.
    pub exact: u16,
}

impl Output {
    /// Only at the start of a sentence.
    pub const AT_START: u8 = 1;
    /// Only at the end of a sentence.
    pub const AT_END: u8 = 2;
    /// The phrase swallows shorter matches of its list and finds nothing itself.
    pub const NOT: u8 = 4;
}

/// A tree laid flat, breadth first. Node 0 is the root; each other node is one edge from its parent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Trie {
    /// The word on the edge to each node.
    words: Numbers,
    /// First child of each node; one more entry at the end.
    children: Numbers,
    /// First output of each node; one more entry at the end.
    output_starts: Numbers,
    outputs: Vec<Output>,
    /// Nodes below the root by word number, 0 for none: most words start no phrase.
    first: Numbers,
}

#[derive(Default)]
struct Growing {
    edges: BTreeMap<u32, usize>,
    outputs: Vec<Output>,
}

/// Grows a trie phrase by phrase.
#[derive(Default)]
pub struct TrieBuilder {
    nodes: Vec<Growing>,
}

impl TrieBuilder {
    /// Adds a phrase of word numbers, [`ANY`] and [`NUMBER`].
    pub fn add(&mut self, phrase: &[u32], output: Output) {
        if self.nodes.is_empty() {
            self.nodes.push(Growing::default());
        }
        let mut node = 0;
        for &word in phrase {
            let new = self.nodes.len();
            node = *self.nodes[node].edges.entry(word).or_insert(new);
            if node == new {
                self.nodes.push(Growing::default());
            }
        }
        if !self.nodes[node].outputs.contains(&output) {
            self.nodes[node].outputs.push(output);
        }
    }

    /// The finished tree; `words` is the number of known words.
    pub fn finish(self, words: usize) -> Trie {
        let mut trie = Trie { words: vec![0].into(), first: vec![0; words + 1].into(), ..Trie::default() };
        if self.nodes.is_empty() {
            trie.children = vec![1, 1].into();
            trie.output_starts = vec![0, 0].into();
            return trie;
        }
        let mut order = vec![0usize];
        let mut at = 0;
        while at < order.len() {
            let node = &self.nodes[order[at]];
            trie.children.push(order.len() as u32);
            trie.output_starts.push(trie.outputs.len() as u32);
            trie.outputs.extend(&node.outputs);
            for (&word, &child) in &node.edges {
                if at == 0
                    && let Some(first) = trie.first.get_mut(word as usize)
                {
                    *first = order.len() as u32;
                }
                trie.words.push(word);
                order.push(child);
            }
            at += 1;
        }
        trie.children.push(order.len() as u32);
        trie.output_starts.push(trie.outputs.len() as u32);
        trie
    }
}

impl Trie {
    /// The node below the root for a word number.
    pub fn start(&self, word: u32) -> Option<u32> {
        if word >= NUMBER {
            return self.next(0, word);
        }
        self.first.get(word as usize).copied().filter(|&n| n != 0)
    }

    /// The child of `node` for a word number, [`ANY`] or [`NUMBER`].
    pub fn next(&self, node: u32, word: u32) -> Option<u32> {
        let (from, to) = (self.children[node as usize] as usize, self.children[node as usize + 1] as usize);
        self.words[from..to].binary_search(&word).ok().map(|i| (from + i) as u32)
    }

    /// Whether `node` has no children.
    pub fn is_leaf(&self, node: u32) -> bool {
        self.children[node as usize] == self.children[node as usize + 1]
    }

    /// What is found at `node`.
    pub fn outputs(&self, node: u32) -> &[Output] {
        &self.outputs[self.output_starts[node as usize] as usize..self.output_starts[node as usize + 1] as usize]
    }
}
