//! Tables of numbers that are frozen as plain little-endian bytes and read where they lie: to thaw one
//! copies nothing, and only the pages that are looked at are ever loaded.

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};
use std::borrow::Cow;

/// A number as it is frozen.
pub type Frozen = [u8; 4];

/// A table of numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbers(Cow<'static, [Frozen]>);

impl Numbers {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number at `index`; 0 behind the end.
    pub fn at(&self, index: usize) -> u32 {
        self.0.get(index).map_or(0, |n| u32::from_le_bytes(*n))
    }

    /// The numbers from the one at `index` up to that at `index + 1` as bounds of a range in another table.
    pub fn range(&self, index: usize) -> std::ops::Range<usize> {
        range(&self.0, index)
    }

    /// All of them, as they are frozen: for who looks often.
    pub fn all(&self) -> &[Frozen] {
        &self.0
    }

    /// The numbers in rows of `N`; what is left at the end is in none.
    pub fn rows<const N: usize>(&self) -> &[[Frozen; N]] {
        self.0.as_chunks().0
    }

    /// The numbers of a range, as they are frozen; none where it does not lie inside.
    pub fn slice(&self, range: std::ops::Range<usize>) -> &[Frozen] {
        self.0.get(range).unwrap_or(&[])
    }
}

/// As [`Numbers::range`] has it.
pub fn range(numbers: &[Frozen], index: usize) -> std::ops::Range<usize> {
    match numbers.get(index..index + 2) {
        Some([from, to]) => u32::from_le_bytes(*from) as usize..u32::from_le_bytes(*to) as usize,
        _ => 0..0,
    }
}

/// Numbers by the group, below `groups`, that each is of: where each group starts, with one more entry at the end, and the
/// numbers, those of one group in the order in which they came.
pub fn grouped(groups: usize, pairs: impl Iterator<Item = (usize, u32)>) -> (Numbers, Numbers) {
    let mut pairs: Vec<(usize, u32)> = pairs.collect();
    pairs.sort_by_key(|pair| pair.0);
    let starts: Vec<u32> = (0..=groups).map(|group| pairs.partition_point(|pair| pair.0 < group) as u32).collect();
    (starts.into(), pairs.into_iter().map(|pair| pair.1).collect::<Vec<_>>().into())
}

/// A long number of which the lower half stands first.
pub fn long(low: Frozen, high: Frozen) -> u64 {
    u64::from(u32::from_le_bytes(low)) | u64::from(u32::from_le_bytes(high)) << 32
}

/// Whether a bit is set, 32 a number.
pub fn has(bits: &[Frozen], bit: usize) -> bool {
    bits.get(bit / 32).is_some_and(|n| u32::from_le_bytes(*n) >> (bit % 32) & 1 != 0)
}

/// Reads numbers of [`Numbers::slice`].
pub fn read(numbers: &[Frozen]) -> impl ExactSizeIterator<Item = u32> + Clone {
    numbers.iter().map(|n| u32::from_le_bytes(*n))
}

/// The place of a number among ascending ones.
pub fn search(numbers: &[Frozen], number: u32) -> Option<usize> {
    numbers.binary_search_by_key(&number, |n| u32::from_le_bytes(*n)).ok()
}

impl From<Vec<u32>> for Numbers {
    fn from(numbers: Vec<u32>) -> Numbers {
        Numbers(numbers.into_iter().map(u32::to_le_bytes).collect())
    }
}

impl Serialize for Numbers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0.as_flattened())
    }
}

impl<'de: 'static> Deserialize<'de> for Numbers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Numbers, D::Error> {
        struct Bytes;
        impl<'de: 'static> Visitor<'de> for Bytes {
            type Value = Numbers;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a table of numbers")
            }
            fn visit_borrowed_bytes<E: Error>(self, bytes: &'de [u8]) -> Result<Numbers, E> {
                Ok(Numbers(Cow::Borrowed(bytes.as_chunks().0)))
            }
        }
        deserializer.deserialize_bytes(Bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_survive_the_freezer() {
        let n = Numbers::from(vec![0, 1, u32::MAX, 77]);
        let bytes = postcard::to_stdvec(&n).unwrap().leak();
        let thawed: Numbers = postcard::from_bytes(bytes).unwrap();
        assert_eq!(thawed, n);
        assert!(matches!(thawed.0, Cow::Borrowed(_)));
        assert_eq!((thawed.at(2), thawed.at(4), thawed.range(1), thawed.range(3)), (u32::MAX, 0, 1..u32::MAX as usize, 0..0));
        assert!(has(thawed.all(), 32) && !has(thawed.all(), 33) && !has(thawed.all(), 999));
        assert_eq!(read(thawed.slice(1..3)).collect::<Vec<_>>(), [1, u32::MAX]);
        assert!(thawed.slice(3..9).is_empty());
    }
}
