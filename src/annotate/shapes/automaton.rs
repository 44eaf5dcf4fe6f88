//! Automata as build.rs froze them, read where they lie in the binary: to open one costs nothing, and a search touches
//! no more of it than the states that it passes.

/// How many states a search may start in, one for each kind of what it starts next to.
const STARTS: usize = 5;
/// The state from which there is no way to a match.
const DEAD: u16 = 0;

/// A deterministic automaton. It knows of a match one byte late, or at the end of the text.
#[derive(Debug, Clone, Copy)]
pub struct Automaton {
    /// The class of each byte; bytes of one class lead to the same states.
    classes: &'static [u8; 256],
    /// How many classes there are, with the last one, which is the end of the text.
    width: usize,
    /// States from this one on are matches.
    first_match: u16,
    starts: [u16; STARTS],
    /// For each state where each class leads, as numbers of two bytes, the lower one first.
    moves: &'static [u8],
}

impl Automaton {
    /// The automaton that lies in these bytes; `None` where they are too few.
    pub fn open(bytes: &'static [u8]) -> Option<Automaton> {
        let (classes, bytes) = bytes.split_first_chunk()?;
        let (head, moves) = bytes.split_first_chunk::<{ 2 * (2 + STARTS) }>()?;
        let (numbers, _) = head.as_chunks::<2>();
        let mut numbers = numbers.iter().map(|&n| u16::from_le_bytes(n));
        let (width, first_match) = (usize::from(numbers.next()?), numbers.next()?);
        let mut starts = [DEAD; STARTS];
        starts.iter_mut().zip(numbers).for_each(|(start, number)| *start = number);
        Some(Automaton { classes, width, first_match, starts, moves })
    }

    /// Where the match ends that begins first at or behind `from`, in bytes.
    pub fn end(&self, text: &[u8], from: usize) -> Option<usize> {
        let bytes = text.get(from..)?.iter().enumerate().map(|(i, &byte)| (from + i, byte));
        self.run(from.checked_sub(1).and_then(|i| text.get(i)), bytes, text.len(), None)
    }

    /// Where the longest match starts that ends at `end` and begins at or behind `from`, in bytes; for an automaton that
    /// reads backwards.
    pub fn start(&self, text: &[u8], from: usize, end: usize) -> Option<usize> {
        let bytes = text.get(from..end)?.iter().enumerate().rev().map(|(i, &byte)| (from + i + 1, byte));
        self.run(text.get(end), bytes, from, from.checked_sub(1).and_then(|i| text.get(i)))
    }

    /// The last place at which there is a match: `bytes` come with the place in front of them, as the search runs; `last`
    /// is the place behind them all and `behind` the byte that stands there.
    fn run(&self, before: Option<&u8>, bytes: impl Iterator<Item = (usize, u8)>, last: usize, behind: Option<&u8>) -> Option<usize> {
        let [text_start, line_feed, carriage_return, word, other] = self.starts;
        let mut state = match before {
            None => text_start,
            Some(b'\n') => line_feed,
            Some(b'\r') => carriage_return,
            Some(&b) if b.is_ascii_alphanumeric() || b == b'_' => word,
            Some(_) => other,
        };
        let mut found = None;
        for (place, byte) in bytes {
            state = self.next(state, self.class(byte));
            if state >= self.first_match {
                found = Some(place);
            } else if state == DEAD {
                return found;
            }
        }
        let class = behind.map_or(self.width.saturating_sub(1), |&b| self.class(b));
        if self.next(state, class) >= self.first_match { Some(last) } else { found }
    }

    fn class(&self, byte: u8) -> usize {
        usize::from(self.classes[usize::from(byte)])
    }

    fn next(&self, state: u16, class: usize) -> u16 {
        let at = 2 * (usize::from(state) * self.width + class);
        self.moves.get(at..).and_then(<[u8]>::first_chunk).map_or(DEAD, |&number| u16::from_le_bytes(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::embedded;

    #[test]
    fn what_is_cut_short_finds_less_and_stops() {
        let catalog = embedded::catalog();
        let automata = catalog.lexicon.shapes.iter().filter_map(|s| embedded::automata(&s.regex)).flatten();
        let whole = automata.filter(|a| !a.is_empty()).min_by_key(|a| a.len()).unwrap();
        let text = b"5 % of them, 50% more";
        let found = |bytes| Automaton::open(bytes).map(|a| (a.end(text, 0), a.start(text, 0, text.len()), a.end(text, 99)));
        assert!(found(whole).is_some());
        let head = 256 + 2 * (2 + STARTS);
        for cut in 0..whole.len() {
            assert_eq!(found(&whole[..cut]).is_some(), cut >= head, "{cut}");
        }
        assert_eq!(found(&whole[..head]), Some((None, None, None)));
    }
}
