//! Phrases as a tree of word numbers: all terms of all lists are walked at once.

use super::kind::Form;
use super::numbers::{self, Frozen, Numbers};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The edge of any one word.
pub const ANY: u32 = u32::MAX;
/// The edge of any number.
pub const NUMBER: u32 = u32::MAX - 1;

/// The bit by which a node tells that a word may go on there. [`ANY`] and [`NUMBER`] have one to themselves.
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
    /// Of a list that nothing but the conditions of a lint asks for.
    pub const CONDITION: u8 = 8;

    /// The order of what is found at one place: by list, with the `NOT` phrases before others; last what only conditions
    /// ask for, which is set apart.
    pub fn order(&self) -> (bool, u16, bool) {
        (self.facts & Output::CONDITION != 0, self.tag, self.facts & Output::NOT == 0)
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

/// A tree laid flat: a table of the edges behind the first words, which [`super::heads::Heads`] has. A node is the edge
/// that leads to it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Trie {
    /// Open addressing by [`hash`], four numbers an edge: the node that it starts from (0 where the slot is free), its
    /// word, [`bit`]s of the words that go on behind it, [`fold`]ed, and what is found behind it, as an index into `found`.
    /// Edge `n` leads to node `n + 1`.
    slots: Numbers,
    /// Where the outputs of each set start in `outputs`, and where the last ends: most phrases of a list find the same.
    found: Numbers,
    /// Two numbers an output, as [`Output::pack`] has it.
    outputs: Numbers,
    /// A bit for each edge by [`hash`], 32 a number: small beside `slots`, it tells of most words that they do not go on.
    pairs: Numbers,
}

/// The bits that a trie has for each of its edges.
const BITS: usize = 8;

/// For an edge the number of its bit, and where it is looked for first among so many slots.
fn hash(node: u32, word: u32, slots: usize) -> (usize, usize) {
    let hash = (u64::from(node) << 32 | u64::from(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((hash >> 44) as usize, (((hash >> 32) * slots as u64) >> 32) as usize)
}

/// What begins with a word.
#[derive(Clone, Debug)]
pub struct Start {
    /// The node behind it.
    pub node: u32,
    /// [`bit`]s of the words that go on there.
    pub edges: u64,
    /// What it is by itself, in the order of [`Output::order`].
    pub outputs: Vec<Output>,
}

#[derive(Default)]
struct Growing {
    edges: BTreeMap<u32, usize>,
    outputs: Vec<Output>,
}

impl Growing {
    fn bits(&self) -> u64 {
        self.edges.keys().fold(0, |bits, &word| bits | bit(word))
    }

    fn in_order(&self) -> Vec<Output> {
        let mut outputs = self.outputs.clone();
        outputs.sort_by_key(Output::order);
        outputs
    }
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

    /// The finished tree, and what begins with each first word.
    pub fn finish(self) -> (Trie, BTreeMap<u32, Start>) {
        let count = self.nodes.len() * 9 / 8 + 1;
        let mut slots = vec![[0u32; 4]; count];
        let mut sets: BTreeMap<Vec<[u32; 2]>, u32> = BTreeMap::new();
        let (mut found, mut outputs) = (vec![0], Vec::new());
        let (mut starts, mut order) = (BTreeMap::new(), Vec::new());
        let roots = self.nodes.first().into_iter().flat_map(|root| &root.edges);
        for (node, (&word, &child)) in (count as u32 + 1..).zip(roots) {
            let growing = &self.nodes[child];
            starts.insert(word, Start { node, edges: growing.bits(), outputs: growing.in_order() });
            order.push((node, growing));
        }
        let mut pairs = vec![0u32; (self.nodes.len() * BITS / 32).next_power_of_two()];
        let mut at = 0;
        while let Some(&(node, growing)) = order.get(at) {
            for (&word, &child) in &growing.edges {
                let (bit, mut free) = hash(node, word, count);
                let bit = bit % (pairs.len() * 32);
                pairs[bit / 32] |= 1 << (bit % 32);
                while slots[free][0] != 0 {
                    free = (free + 1) % count;
                }
                let child = &self.nodes[child];
                let set: Vec<[u32; 2]> = child.in_order().into_iter().map(Output::pack).collect();
                let next = sets.len() as u32;
                let number = *sets.entry(set).or_insert_with_key(|set| {
                    outputs.extend(set.iter().flatten());
                    found.push(outputs.len() as u32 / 2);
                    next
                });
                slots[free] = [node, word, fold(child.bits()), number];
                order.push((free as u32 + 1, child));
            }
            at += 1;
        }
        (Trie { slots: slots.into_flattened().into(), found: found.into(), outputs: outputs.into(), pairs: pairs.into() }, starts)
    }
}

impl Trie {
    /// The tree, ready to be walked.
    pub fn open(&self) -> Walk<'_> {
        Walk { slots: self.slots.rows(), found: self.found.all(), outputs: self.outputs.rows(), pairs: self.pairs.all() }
    }
}

/// A tree that is walked.
#[derive(Clone, Copy)]
pub struct Walk<'t> {
    slots: &'t [[Frozen; 4]],
    found: &'t [Frozen],
    outputs: &'t [[Frozen; 2]],
    pairs: &'t [Frozen],
}

/// A place in a tree.
#[derive(Clone, Copy)]
pub struct Node {
    /// Its number.
    pub number: u32,
    /// [`bit`]s of the words that may go on there, folded; 0 where none does.
    pub edges: u32,
}

impl Node {
    /// A node with these bits.
    pub fn new(number: u32, edges: u64) -> Node {
        Node { number, edges: fold(edges) }
    }

    /// Whether a word of these bits may go on.
    pub fn goes_on(self, bits: u64) -> bool {
        self.edges & fold(bits) != 0
    }
}

impl<'t> Walk<'t> {
    /// Where a word number, [`ANY`] or [`NUMBER`] leads to.
    pub fn next(&self, node: Node, word: u32) -> Option<Node> {
        if !node.goes_on(bit(word)) {
            return None;
        }
        let slots = self.slots.len();
        let (bit, mut at) = hash(node.number, word, slots);
        if !numbers::has(self.pairs, bit & (self.pairs.len() * 32).wrapping_sub(1)) {
            return None;
        }
        loop {
            let [from, known, edges, _] = self.slots.get(at)?.map(u32::from_le_bytes);
            if from == node.number && known == word {
                return Some(Node { number: at as u32 + 1, edges });
            }
            if from == 0 {
                return None;
            }
            at = if at + 1 == slots { 0 } else { at + 1 };
        }
    }

    /// What is found at a node that [`Walk::next`] led to, in the order of [`Output::order`].
    pub fn outputs(&self, node: Node) -> impl Iterator<Item = Output> + use<'t> {
        let number = |n: &Frozen| u32::from_le_bytes(*n) as usize;
        let set = self.slots.get((node.number as usize).wrapping_sub(1)).and_then(|row| self.found.get(number(&row[3])..));
        let range = if let Some([from, to, ..]) = set { number(from)..number(to) } else { 0..0 };
        read(self.outputs.get(range).unwrap_or(&[]))
    }
}

/// Reads outputs as they are frozen.
pub fn read(outputs: &[[Frozen; 2]]) -> impl Iterator<Item = Output> {
    outputs.iter().map(|pair| Output::unpack(pair.map(u32::from_le_bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_lead_to_what_they_find_and_no_others_do() {
        let mut builder = TrieBuilder::default();
        let output = |tag| Output { tag, form: Form::default(), facts: 0, lead: 0, exact: 0 };
        for first in 1..200 {
            builder.add(&[first], output(1));
            builder.add(&[first, first + 1, ANY], output(2));
            builder.add(&[first, first + 1, ANY], output(0));
            builder.add(&[first, NUMBER], output(3));
        }
        let (trie, starts) = builder.finish();
        let walk = trie.open();
        let tags = |node: Node| walk.outputs(node).map(|o| o.tag).collect::<Vec<_>>();
        for (first, start) in starts {
            assert_eq!(start.outputs, [output(1)]);
            let node = Node::new(start.node, start.edges);
            let next = walk.next(node, first + 1).unwrap();
            assert_eq!((tags(next), tags(walk.next(next, ANY).unwrap())), (vec![], vec![0, 2]));
            assert_eq!(tags(walk.next(node, NUMBER).unwrap()), [3]);
            assert!(walk.next(next, ANY).unwrap().edges == 0 && walk.next(node, ANY).is_none());
            assert!((0..400).filter(|w| walk.next(node, *w).is_some()).eq([first + 1]));
        }
    }
}
