//! Many literals looked for at once, in one walk over the text that hardly ever stops: a small table of beginnings
//! rules out nearly every place.

use memchr::memchr_iter;

/// Bits of [`row`].
const BITS: u32 = 11;
const ROWS: usize = 1 << BITS;

/// Literals by their beginnings.
#[derive(Debug, Default)]
pub struct Needs {
    literals: Vec<Box<[u8]>>,
    /// Literals of one byte, each with its number.
    single: Vec<(u8, u32)>,
    /// By [`row`], the bits of the third bytes with which a literal may go on; all of them where one ends before.
    thirds: Vec<u64>,
    /// By [`row`], where its literals start in `beginnings`; one more entry at the end.
    starts: Vec<u32>,
    beginnings: Vec<Beginning>,
}

/// How a literal begins.
#[derive(Debug)]
struct Beginning {
    /// Its first four bytes, or zeros behind its end.
    four: u32,
    /// The bits of those that it has.
    mask: u32,
    /// Its number.
    literal: u32,
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
    /// A table of these literals, which are numbered from 0; empty ones are found nowhere.
    pub fn new<'l>(literals: impl IntoIterator<Item = &'l str>) -> Needs {
        let mut needs = Needs { thirds: vec![0; ROWS], ..Needs::default() };
        for (number, literal) in (0..).zip(literals) {
            let bytes = literal.as_bytes();
            let (four, mask) = (four(bytes), u32::MAX.checked_shr(8 * 4u32.saturating_sub(bytes.len() as u32)).unwrap_or(0));
            match *bytes {
                [] => {}
                [byte] => needs.single.push((byte, number)),
                _ => {
                    needs.thirds[row(four)] |= if bytes.len() == 2 { !0 } else { 1 << third(four) };
                    needs.beginnings.push(Beginning { four, mask, literal: number });
                }
            }
            needs.literals.push(bytes.into());
        }
        needs.beginnings.sort_by_key(|b| row(b.four));
        needs.starts = vec![0; ROWS + 1];
        needs.beginnings.iter().for_each(|b| needs.starts[row(b.four) + 1] += 1);
        (1..=ROWS).for_each(|row| needs.starts[row] += needs.starts[row - 1]);
        needs
    }

    /// Calls `found` with the number and the place of every literal that occurs in `text`: first for those of one byte,
    /// literal by literal, then for the others, by place.
    pub fn each(&self, text: &[u8], mut found: impl FnMut(u32, usize)) {
        for &(byte, number) in &self.single {
            memchr_iter(byte, text).for_each(|at| found(number, at));
        }
        let Some(thirds) = self.thirds.first_chunk::<ROWS>().filter(|_| !self.beginnings.is_empty()) else { return };
        let may_begin = |bytes: u32| (thirds[row(bytes)] >> third(bytes)) as u32 & 1;
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
        let Some(&[from, to]) = self.starts.get(row(begin)..row(begin) + 2) else { return };
        for &Beginning { four, mask, literal } in self.beginnings.get(from as usize..to as usize).unwrap_or(&[]) {
            if begin & mask == four && self.literals.get(literal as usize).is_some_and(|l| rest.starts_with(l)) {
                found(literal);
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
