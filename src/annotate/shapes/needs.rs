//! Many literals looked for at once, in one walk over the text that hardly ever stops: two small tables
//! of beginnings rule out nearly every place.

use rustc_hash::FxHashMap;

/// Bits of a hash of three bytes.
const HASH: u32 = 15;
/// Length of the table of pairs, 64 bits a number.
const PAIRS: usize = 1 << 10;
/// Length of the table of hashes.
const TRIPLES: usize = 1 << (HASH - 6);

/// Literals by their beginnings.
#[derive(Debug, Default)]
pub struct Needs {
    literals: Vec<Box<[u8]>>,
    /// A bit for each pair of bytes with which a literal of one or two bytes can begin.
    pairs: Vec<u64>,
    /// A bit for the hash of the first three bytes of each longer literal.
    triples: Vec<u64>,
    /// Numbers of literals by their first three bytes, or by all where there are fewer, as [`key`] has it.
    by_key: FxHashMap<u32, Vec<u32>>,
}

/// The first three bytes as a number, the first one lowest; zeros behind the end.
fn key(bytes: &[u8]) -> u32 {
    let byte = |i: usize| bytes.get(i).map_or(0, |&b| u32::from(b));
    byte(0) | byte(1) << 8 | byte(2) << 16
}

fn hash(key: u32) -> u32 {
    key.wrapping_mul(0x9e37_79b1) >> (32 - HASH)
}

fn set(table: &mut [u64], bit: u32) {
    table[(bit >> 6) as usize] |= 1 << (bit & 63);
}

fn has<const N: usize>(table: &[u64; N], bit: u32) -> bool {
    table[(bit >> 6) as usize % N] >> (bit & 63) & 1 != 0
}

impl Needs {
    /// A table of these literals, which are numbered from 0; empty ones are found nowhere.
    pub fn new<'l>(literals: impl IntoIterator<Item = &'l str>) -> Needs {
        let mut needs = Needs { pairs: vec![0; PAIRS], triples: vec![0; TRIPLES], ..Needs::default() };
        for (number, literal) in literals.into_iter().enumerate() {
            let bytes = literal.as_bytes();
            match *bytes {
                [] => {}
                [a] => (0..=255).for_each(|b| set(&mut needs.pairs, key(&[a, b]))),
                [_, _] => set(&mut needs.pairs, key(bytes)),
                _ => set(&mut needs.triples, hash(key(bytes))),
            }
            if !bytes.is_empty() {
                needs.by_key.entry(key(bytes)).or_default().push(number as u32);
            }
            needs.literals.push(bytes.into());
        }
        needs
    }

    /// Calls `found` with the number and the place of every literal that occurs in `text`, by place.
    pub fn each(&self, text: &[u8], mut found: impl FnMut(u32, usize)) {
        let (Some(pairs), Some(triples)) = (self.pairs.first_chunk(), self.triples.first_chunk()) else { return };
        let (pairs, triples): (&[u64; PAIRS], &[u64; TRIPLES]) = (pairs, triples);
        let may_begin = |three: u32| has(pairs, three & 0xffff) | has(triples, hash(three));
        let mut next = 0;
        // Six places at once: nearly always none of them is one.
        while let Some(eight) = text.get(next..).and_then(<[u8]>::first_chunk) {
            let three = |place: usize| (u64::from_le_bytes(*eight) >> (8 * place)) as u32 & 0xff_ffff;
            let mut places = (0..6).fold(0u32, |places, i| places | u32::from(may_begin(three(i))) << i);
            while places != 0 {
                let place = places.trailing_zeros() as usize;
                self.tell(text.get(next + place..).unwrap_or(&[]), three(place), pairs, |number| found(number, next + place));
                places &= places - 1;
            }
            next += 6;
        }
        for at in next..text.len() {
            let rest = text.get(at..).unwrap_or(&[]);
            if may_begin(key(rest)) {
                self.tell(rest, key(rest), pairs, |number| found(number, at));
            }
        }
    }

    /// Hands over the literals that `rest` begins with, of which `three` are the first bytes.
    fn tell(&self, rest: &[u8], three: u32, pairs: &[u64; PAIRS], mut found: impl FnMut(u32)) {
        let (two, one) = (three & 0xffff, three & 0xff);
        let is_short = has(pairs, two);
        // At the end of the text some are the same.
        for (key, _) in [(three, true), (two, is_short && two != three), (one, is_short && one != two)].into_iter().filter(|k| k.1) {
            for &number in self.by_key.get(&key).map_or(&[][..], Vec::as_slice) {
                if self.literals.get(number as usize).is_some_and(|l| rest.starts_with(l)) {
                    found(number);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_literal_is_found_at_every_place() {
        let needs = Needs::new(["a", "an", "ana", "http", "€", "", "na"]);
        let mut found = Vec::new();
        needs.each("banana €".as_bytes(), |n, at| found.push((at, n)));
        found.sort_unstable();
        assert_eq!(found, [(1, 0), (1, 1), (1, 2), (2, 6), (3, 0), (3, 1), (3, 2), (4, 6), (5, 0), (7, 4)]);
    }

    proptest! {
        #[test]
        fn what_is_found_is_what_a_plain_search_finds(literals in prop::collection::vec("[ab\0é]{0,4}", 0..6), text in "[ab\0é]{0,30}") {
            let needs = Needs::new(literals.iter().map(String::as_str));
            let mut found = Vec::new();
            needs.each(text.as_bytes(), |n, at| found.push((at, n)));
            found.sort_unstable();
            let starts = |at: usize, l: &str| !l.is_empty() && text.as_bytes()[at..].starts_with(l.as_bytes());
            let wanted: Vec<(usize, u32)> = (0..text.len())
                .flat_map(|at| literals.iter().enumerate().filter(move |(_, l)| starts(at, l)).map(move |(n, _)| (at, n as u32)))
                .collect();
            prop_assert_eq!(found, wanted);
        }
    }
}
