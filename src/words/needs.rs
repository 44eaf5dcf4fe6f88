//! Many literals looked for at once, in one walk over the text that hardly ever stops: a small table of beginnings
//! rules out nearly every place.

use super::numbers::{self, Numbers, long};
use super::stored::Stored;
use memchr::memchr_iter;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Bits of [`row`].
const BITS: u32 = 11;
const ROWS: usize = 1 << BITS;

/// Literals by their beginnings, each with the numbers of those that need it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Needs {
    /// All literals, one behind the other.
    literals: Stored,
    /// Where each literal starts in `literals`; one more entry at the end.
    places: Numbers,
    /// Literals of one byte: two numbers each, the byte and the number of the literal.
    single: Numbers,
    /// By [`row`], the bits of the third bytes with which a literal may go on, the lower half first; all of them where one
    /// ends before.
    thirds: Numbers,
    /// By [`row`], where its literals start among the rows of `beginnings`; one more entry at the end.
    starts: Numbers,
    /// Three numbers each: the first four bytes of a literal, or zeros behind its end; the bits of those that it has; its
    /// number.
    beginnings: Numbers,
    /// By literal, where those that need it start in `needed`; one more entry at the end.
    needed_starts: Numbers,
    /// Numbers of those that need literals.
    needed: Numbers,
}

/// The first four bytes as a number, the first one lowest; zeros behind the end.
fn four(bytes: &[u8]) -> u32 {
    match bytes.first_chunk() {
        Some(four) => u32::from_le_bytes(*four),
        None => bytes.iter().rev().fold(0, |all, &b| all << 8 | u32::from(b)),
    }
}

/// Where literals stand that begin with the first two of these bytes.
fn row(bytes: u32) -> usize {
    ((bytes & 0xffff).wrapping_mul(0x9e37_79b1) >> (32 - BITS)) as usize
}

/// The bit of the third of these bytes.
fn third(bytes: u32) -> u32 {
    bytes >> 16 & 63
}

impl Needs {
    /// A table of these literals, each with the numbers of those that need it. Literals are numbered from 0, in order; an
    /// empty one is found nowhere.
    pub fn new(literals: &BTreeMap<String, Vec<u32>>) -> Needs {
        let (mut places, mut single, mut thirds, mut rows) = (vec![0], Vec::new(), vec![0_u64; ROWS], Vec::new());
        let mut all = String::new();
        for (number, literal) in (0..).zip(literals.keys()) {
            let bytes = literal.as_bytes();
            let (four, mask) = (four(bytes), u32::MAX.checked_shr(8 * 4u32.saturating_sub(bytes.len() as u32)).unwrap_or(0));
            match *bytes {
                [] => {}
                [byte] => single.extend([u32::from(byte), number]),
                _ => {
                    thirds[row(four)] |= if bytes.len() == 2 { !0 } else { 1 << third(four) };
                    rows.push([four, mask, number]);
                }
            }
            all.push_str(literal);
            places.push(all.len() as u32);
        }
        // The rows of beginnings by where they are looked up.
        rows.sort_by_key(|&[four, ..]| row(four));
        let (starts, _) = numbers::grouped(ROWS, rows.iter().map(|&[four, _, number]| (row(four), number)));
        let needing = literals.values().enumerate().flat_map(|(literal, by)| by.iter().map(move |&number| (literal, number)));
        let (needed_starts, needed) = numbers::grouped(literals.len(), needing);
        Needs {
            literals: all.into(),
            places: places.into(),
            single: single.into(),
            thirds: thirds.into_iter().flat_map(|bits| [bits as u32, (bits >> 32) as u32]).collect::<Vec<_>>().into(),
            starts,
            beginnings: rows.concat().into(),
            needed_starts,
            needed,
        }
    }

    /// How many literals there are.
    pub fn count(&self) -> usize {
        self.places.len().saturating_sub(1)
    }

    /// The numbers of those that need a literal.
    pub fn needed(&self, literal: u32) -> impl Iterator<Item = usize> {
        numbers::read(self.needed.slice(self.needed_starts.range(literal as usize))).map(|number| number as usize)
    }

    /// Calls `found` with the number and the place of every literal that occurs in `text`: first for those of one byte,
    /// literal by literal, then for the others, by place.
    pub fn each(&self, text: &[u8], mut found: impl FnMut(u32, usize)) {
        for &[byte, number] in self.single.rows() {
            memchr_iter(byte[0], text).for_each(|at| found(u32::from_le_bytes(number), at));
        }
        let Some(thirds) = self.thirds.rows::<2>().first_chunk::<ROWS>().filter(|_| !self.beginnings.is_empty()) else { return };
        let may_begin = |bytes: u32| {
            let [low, high] = thirds[row(bytes)];
            (long(low, high) >> third(bytes)) as u32 & 1
        };
        let mut next = 0;
        // Six places at once: nearly always none of them is one.
        while let Some(eight) = text.get(next..).and_then(<[u8]>::first_chunk) {
            let eight = u64::from_le_bytes(*eight);
            let mut places = (0..6).fold(0u32, |places, i| places | may_begin((eight >> (8 * i)) as u32) << i);
            while places != 0 {
                let at = next + places.trailing_zeros() as usize;
                self.tell(text.get(at..).unwrap_or(&[]), |number| found(number, at));
                places &= places - 1;
            }
            next += 6;
        }
        (next..text.len()).for_each(|at| self.tell(text.get(at..).unwrap_or(&[]), |number| found(number, at)));
    }

    /// Hands over the literals of more than one byte that `rest` begins with.
    fn tell(&self, rest: &[u8], mut found: impl FnMut(u32)) {
        let begin = four(rest);
        for row in self.beginnings.rows::<3>().get(self.starts.range(row(begin))).unwrap_or(&[]) {
            let [four, mask, literal] = row.map(u32::from_le_bytes);
            let is_it = || self.literals.as_bytes().get(self.places.range(literal as usize)).is_some_and(|l| rest.starts_with(l));
            if begin & mask == four && is_it() {
                found(literal);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A table of literals that are needed by what has their own number.
    fn table<L: AsRef<str>>(literals: &[L]) -> Needs {
        let mut by: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        (0..).zip(literals).for_each(|(number, literal)| by.entry(literal.as_ref().to_owned()).or_default().push(number));
        Needs::new(&by)
    }

    #[test]
    fn every_literal_is_found_at_every_place() {
        let needs = table(&["a", "an", "ana", "http", "€", "", "na"]);
        let mut found = Vec::new();
        needs.each("banana €".as_bytes(), |n, at| found.extend(needs.needed(n).map(|rule| (at, rule))));
        found.sort_unstable();
        assert_eq!(found, [(1, 0), (1, 1), (1, 2), (2, 6), (3, 0), (3, 1), (3, 2), (4, 6), (5, 0), (7, 4)]);
    }

    proptest! {
        #[test]
        fn what_is_found_is_what_a_plain_search_finds(literals in prop::collection::vec("[ab\0é]{0,4}", 0..6), text in "[ab\0é]{0,30}") {
            let needs = table(&literals);
            let mut found = Vec::new();
            needs.each(text.as_bytes(), |n, at| found.extend(needs.needed(n).map(|rule| (at, rule as u32))));
            found.sort_unstable();
            let starts = |at: usize, l: &str| !l.is_empty() && text.as_bytes()[at..].starts_with(l.as_bytes());
            let mut wanted: Vec<(usize, u32)> = (0..text.len())
                .flat_map(|at| literals.iter().enumerate().filter(move |(_, l)| starts(at, l)).map(move |(n, _)| (at, n as u32)))
                .collect();
            wanted.sort_unstable();
            prop_assert_eq!(found, wanted);
        }
    }
}
