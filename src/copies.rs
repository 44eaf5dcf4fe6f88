//! Articles that share most of their text with an earlier one of the same run, found in linear time: of each
//! article only a sketch of fixed size is kept, whatever its length.
//!
//! The text is taken as the set of its runs of three words. Hashes of the set fall into 128 bins, of which
//! each keeps the least: the share of bins that agree estimates how much two sets have in common (one-permutation
//! MinHash). Articles meet where four neighbouring bins agree: with four fifths of the text in common they do
//! so with a chance of 99.9 %.

use crate::document::{BlockKind, Document};
use rustc_hash::FxHashMap;

/// Words of a run.
const SHINGLE: usize = 3;
/// Words that an article must have: less is a notice, and notices resemble each other.
pub const LEAST: usize = 60;
/// Bins of a sketch.
const BINS: usize = 128;
/// Neighbouring bins that must agree for two articles to meet.
const ROWS: usize = 4;
/// A bin that no run fell into.
const EMPTY: u32 = u32::MAX;

/// What an article has in common with an earlier one.
#[derive(Clone, Debug, PartialEq)]
pub struct Copied {
    /// The earlier article, by the name of its source.
    pub from: String,
    /// How much of both texts together is the same, 0 to 1.
    pub share: f32,
}

/// An article's text, as much of it as a comparison needs.
#[derive(Clone, PartialEq)]
pub struct Sketch {
    bins: Box<[u32; BINS]>,
}

/// The sketch of a document; `None` where it is too short to be a copy. What a web page left behind and code do not
/// count, nor do case and signs.
pub fn sketch(doc: &Document) -> Option<Sketch> {
    let mut bins = Box::new([EMPTY; BINS]);
    let mut last = [0u64; SHINGLE];
    let mut words = 0;
    for block in doc.blocks.iter().filter(|b| !matches!(b.kind, BlockKind::Residue | BlockKind::Code)) {
        each_word(doc.block_text(block), &mut |word| {
            words += 1;
            last.rotate_left(1);
            last[SHINGLE - 1] = word;
            if words >= SHINGLE {
                let hash = mix(last.iter().fold(0, |all, word| mix(all ^ word)));
                let bin = &mut bins[hash as usize % BINS];
                *bin = (*bin).min((hash >> 32) as u32);
            }
        });
    }
    if words < LEAST {
        return None;
    }
    fill(&mut bins);
    Some(Sketch { bins })
}

/// Letters and digits of ASCII in lower case; 0 for all other bytes.
const LETTERS: [u8; 256] = {
    let mut letters = [0; 256];
    let mut b = 0;
    while b < 128 {
        if (b as u8).is_ascii_alphanumeric() {
            letters[b] = (b as u8).to_ascii_lowercase();
        }
        b += 1;
    }
    letters
};

/// Hands over a hash of each word, without differences of case.
fn each_word(text: &str, out: &mut impl FnMut(u64)) {
    const START: u64 = 0xcbf2_9ce4_8422_2325;
    let add = |word: u64, value: u32| (word ^ u64::from(value)).wrapping_mul(0x0000_0100_0000_01b3);
    let bytes = text.as_bytes();
    let (mut word, mut at) = (START, 0);
    while let Some(&b) = bytes.get(at) {
        at += 1;
        let letter = LETTERS[usize::from(b)];
        if letter != 0 {
            word = add(word, u32::from(letter));
            continue;
        }
        let mut ends = b != b'\'';
        if b >= 0x80 {
            let Some(c) = text.get(at - 1..).and_then(|t| t.chars().next()) else { continue };
            at += c.len_utf8() - 1;
            ends = !matches!(c, '’' | '\u{ad}') && !c.is_alphanumeric();
            if c.is_alphanumeric() {
                word = c.to_lowercase().fold(word, |word, c| add(word, u32::from(c)));
            }
        }
        if ends && word != START {
            out(word);
            word = START;
        }
    }
    if word != START {
        out(word);
    }
}

/// Gives each empty bin the value of the next one that is not, changed by the distance, so that short texts agree as
/// often as long ones.
fn fill(bins: &mut [u32; BINS]) {
    let seen = *bins;
    for (i, bin) in bins.iter_mut().enumerate().filter(|(_, bin)| **bin == EMPTY) {
        let found = (1..BINS).find_map(|step| seen.get((i + step) % BINS).filter(|b| **b != EMPTY).map(|b| (step, *b)));
        if let Some((step, value)) = found {
            *bin = value.wrapping_add((step as u32).wrapping_mul(0x9e37_79b9)) & (EMPTY - 1);
        }
    }
}

fn mix(x: u64) -> u64 {
    let x = (x ^ (x >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let x = (x ^ (x >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    x ^ (x >> 33)
}

impl Sketch {
    /// How much of two texts together is the same, 0 to 1.
    fn share(&self, other: &Sketch) -> f32 {
        let same = self.bins.iter().zip(other.bins.iter()).filter(|(a, b)| a == b).count();
        // From the share of the union to the share of the sum of both.
        2.0 * same as f32 / (BINS + same) as f32
    }
}

/// The articles of a run so far.
#[derive(Default)]
pub struct Seen {
    articles: Vec<(String, Sketch)>,
    /// The first article with these neighbouring bins.
    bands: FxHashMap<u64, usize>,
}

impl Seen {
    /// Adds an article; tells which earlier one has most in common with it, if they met at all.
    pub fn add(&mut self, name: &str, sketch: Sketch) -> Option<Copied> {
        let number = self.articles.len();
        let mut met: Vec<usize> = Vec::new();
        for (band, rows) in (1u64..).zip(sketch.bins.chunks(ROWS)) {
            let key = rows.iter().fold(band, |key, bin| mix(key ^ u64::from(*bin)).wrapping_add(band));
            let first = *self.bands.entry(key).or_insert(number);
            if first != number && !met.contains(&first) {
                met.push(first);
            }
        }
        met.sort_unstable();
        let mut nearest: Option<(usize, f32)> = None;
        for other in met {
            let share = self.articles.get(other).map_or(0.0, |(_, s)| s.share(&sketch));
            if nearest.is_none_or(|(_, most)| share > most) {
                nearest = Some((other, share));
            }
        }
        self.articles.push((name.to_owned(), sketch));
        nearest.and_then(|(other, share)| Some(Copied { from: self.articles.get(other)?.0.clone(), share }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{self, Format};

    /// Sentences of which no two have three words in a row in common.
    fn sentences(from: usize, count: usize) -> String {
        (from..from + count).map(|i| format!("Word{i} meets thing{i} near place{i} while number{i} sleeps at home{i}. ")).collect()
    }

    fn share(a: &str, b: &str) -> f32 {
        let sketch = |text: &str| sketch(&read::read(text, Format::Markdown)).unwrap();
        sketch(a).share(&sketch(b))
    }

    #[test]
    fn the_share_is_near_what_is_truly_common_for_short_and_long_texts() {
        for size in [10, 40, 400] {
            for common in [0, 5, 8, 9, 10] {
                let a = sentences(0, size);
                let b = sentences(0, size * common / 10) + &sentences(10_000, size - size * common / 10);
                let (found, wanted) = (share(&a, &b), common as f32 / 10.0);
                assert!((found - wanted).abs() < 0.12, "{size} sentences: {found} instead of {wanted}");
            }
        }
        assert_eq!(share(&sentences(0, 30), &sentences(0, 30).to_uppercase()), 1.0);
    }

    #[test]
    fn a_copy_is_told_of_the_earlier_article_that_it_is_nearest_to() {
        let mut seen = Seen::default();
        let mut add = |name: &str, text: &str| sketch(&read::read(text, Format::Markdown)).and_then(|s| seen.add(name, s));
        assert_eq!(add("a.md", &sentences(0, 50)), None);
        assert_eq!(add("b.md", &sentences(500, 50)), None);
        let changed = sentences(0, 44) + &sentences(900, 6);
        assert!(add("c.md", &changed).is_some_and(|c| c.from == "a.md" && c.share > 0.8));
        assert_eq!(add("d.md", &changed).map(|c| (c.from, c.share)), Some(("c.md".to_owned(), 1.0)));
        assert_eq!(add("short.md", "See a doctor."), None);
    }

    #[test]
    fn a_footer_of_the_house_makes_no_copies() {
        let mut seen = Seen::default();
        let footer = sentences(7000, 12);
        for i in 0..200 {
            let text = sentences(i * 20, 20) + &footer;
            let copied = sketch(&read::read(&text, Format::Markdown)).and_then(|s| seen.add("a", s));
            assert!(copied.is_none_or(|c| c.share < 0.65), "{i}");
        }
    }
}
