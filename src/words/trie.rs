//! Phrases as a tree of word numbers: all terms of all lists are walked at once.

use super::kind::Form;
use super::numbers::{self, Frozen, Numbers};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The edge of any one word.
pub const ANY: u32 = u32::MAX;
/// The edge of any number.
pub const NUMBER: u32 = u32::MAX - 1;

/// The bit by which a node tells that it may have an edge for a word. [`ANY`] and [`NUMBER`] have one to themselves.
pub fn bit(word: u32) -> u64 {
    match word {
        ANY => 1 << 63,
        NUMBER => 1 << 62,
        _ => 1 << ((u64::from(word.wrapping_mul(0x9e37_79b1)) * 62) >> 32),
    }
}

/// The bits of words in half the room.
fn fold(bits: u64) -> u32 {
    (bits >> 32) as u32 | bits as u32
}

/// What is found where a phrase ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

    /// The order of what is found at one place: by list, with the `NOT` phrases before others.
    pub fn order(&self) -> (u16, bool) {
        (self.tag, self.facts & Output::NOT == 0)
    }

    /// It as two numbers.
    pub fn pack(self) -> [u32; 2] {
        [
            u32::from(self.tag) | u32::from(self.form.0) << 16 | u32::from(self.facts) << 24,
            u32::from(self.lead) | u32::from(self.exact) << 8,
        ]
    }

    /// What [`Output::pack`] made.
    pub fn unpack([a, b]: [u32; 2]) -> Output {
        Output { tag: a as u16, form: Form((a >> 16) as u8), facts: (a >> 24) as u8, lead: b as u8, exact: (b >> 8) as u16 }
    }
}

/// A tree laid flat, breadth first. Node 0 is the root; each other node is one edge from its parent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Trie {
    /// Four numbers a node: the word on the edge to it, its first child, its first output, and [`bit`]s of the words on
    /// the edges from it, [`fold`]ed. One more node at the end.
    nodes: Numbers,
    /// Two numbers an output, as [`Output::pack`] has it.
    outputs: Numbers,
    /// A bit for each edge by [`edge`], 32 a number: most words that a node has no edge for are told by it.
    pairs: Numbers,
}

/// The bits that a trie has for each of its edges.
const BITS: usize = 8;

/// Where an edge has its bit among so many, a power of two.
fn edge(node: u32, word: u32, bits: usize) -> usize {
    let hash = (u64::from(node) << 32 | u64::from(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (hash >> 32) as usize & bits.wrapping_sub(1)
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

    /// The finished tree.
    pub fn finish(self) -> Trie {
        let (mut nodes, mut outputs) = (Vec::new(), Vec::new());
        let root = Growing::default();
        let mut order = vec![(0, self.nodes.first().unwrap_or(&root))];
        let mut at = 0;
        while let Some(&(word, node)) = order.get(at) {
            let edges = node.edges.keys().fold(0, |bits, &word| bits | bit(word));
            nodes.extend([word, order.len() as u32, outputs.len() as u32 / 2, fold(edges)]);
            let mut here = node.outputs.clone();
            here.sort_by_key(|o| o.order());
            outputs.extend(here.iter().flat_map(|o| o.pack()));
            for (&word, &child) in &node.edges {
                order.push((word, &self.nodes[child]));
            }
            at += 1;
        }
        nodes.extend([0, order.len() as u32, outputs.len() as u32 / 2, 0]);
        let mut pairs = vec![0u32; (order.len() * BITS / 32).next_power_of_two()];
        for (node, &(_, growing)) in (0..).zip(&order) {
            for &word in growing.edges.keys() {
                let bit = edge(node, word, pairs.len() * 32);
                pairs[bit / 32] |= 1 << (bit % 32);
            }
        }
        Trie { pairs: pairs.into(), nodes: nodes.into(), outputs: outputs.into() }
    }
}

impl Trie {
    /// The tree, ready to be walked.
    pub fn open(&self) -> Walk<'_> {
        Walk { nodes: self.nodes.rows(), outputs: self.outputs.rows(), pairs: self.pairs.all() }
    }
}

/// A tree that is walked.
#[derive(Clone, Copy)]
pub struct Walk<'t> {
    nodes: &'t [[Frozen; 4]],
    outputs: &'t [[Frozen; 2]],
    pairs: &'t [Frozen],
}

impl<'t> Walk<'t> {
    /// A number of a node and the same of the one behind it: bounds of a range.
    fn range(&self, node: u32, which: usize) -> std::ops::Range<usize> {
        match self.nodes.get(node as usize..node as usize + 2) {
            Some([from, to]) => u32::from_le_bytes(from[which]) as usize..u32::from_le_bytes(to[which]) as usize,
            _ => 0..0,
        }
    }

    /// Folded bits of the words on the edges from `node`; 0 where there are none.
    fn edges(&self, node: u32) -> u32 {
        self.nodes.get(node as usize).map_or(0, |n| u32::from_le_bytes(n[3]))
    }

    /// The child of `node` for a word number, [`ANY`] or [`NUMBER`].
    pub fn next(&self, node: u32, word: u32) -> Option<u32> {
        if !self.goes_on(node, bit(word)) || !self.may_go(node, word) {
            return None;
        }
        let range = self.range(node, 1);
        let from = range.start;
        let children = self.nodes.get(range)?;
        let edge = |child: &[Frozen; 4]| u32::from_le_bytes(child[0]);
        children.binary_search_by_key(&word, edge).ok().map(|i| (from + i) as u32)
    }

    /// Whether a node may have an edge for a word of these bits.
    pub fn goes_on(&self, node: u32, bits: u64) -> bool {
        self.edges(node) & fold(bits) != 0
    }

    /// Whether a node may have an edge for a word.
    fn may_go(&self, node: u32, word: u32) -> bool {
        numbers::has(self.pairs, edge(node, word, self.pairs.len() * 32))
    }

    /// The words on the edges from a node.
    pub fn words(&self, node: u32) -> impl Iterator<Item = u32> + use<'t> {
        self.nodes.get(self.range(node, 1)).unwrap_or(&[]).iter().map(|child| u32::from_le_bytes(child[0]))
    }

    /// Whether `node` has no children.
    pub fn is_leaf(&self, node: u32) -> bool {
        self.edges(node) == 0
    }

    /// What is found at `node`, in the order of [`Output::order`].
    pub fn outputs(&self, node: u32) -> impl Iterator<Item = Output> + use<'t> {
        read(self.outputs.get(self.range(node, 2)).unwrap_or(&[]))
    }
}

/// Reads outputs as they are frozen.
pub fn read(outputs: &[[Frozen; 2]]) -> impl Iterator<Item = Output> {
    outputs.iter().map(|pair| Output::unpack(pair.map(u32::from_le_bytes)))
}
