//! What can be wrong with a lint, a word list, a knowledge or a config file: a message with a place.

use crate::source::{Source, Span};
use std::sync::Arc;

/// A mistake in a file that people write for caveat, or a file that could not be read.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The file, whole, so that it can be underlined.
    pub file: Arc<Source>,
    /// Where in the file, in bytes.
    pub span: Span,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl Problem {
    /// A problem at `span` of `file`.
    pub fn new(file: &Arc<Source>, span: Span, message: impl Into<String>) -> Problem {
        Problem { file: file.clone(), span, message: message.into(), help: None }
    }

    /// The same problem with advice.
    pub fn help(mut self, help: impl Into<String>) -> Problem {
        self.help = Some(help.into());
        self
    }

    /// The same problem with a "did you mean", when one of `known` is close to `word`.
    pub fn did_you_mean<'a>(self, word: &str, known: impl IntoIterator<Item = &'a str>) -> Problem {
        match closest(word, known) {
            Some(near) => self.help(format!("did you mean `{near}`?")),
            None => self,
        }
    }
}

/// The entry of `known` nearest to `word`, if it is near enough to be a slip of the pen.
pub fn closest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (word.chars().count() + 1).div_ceil(3).clamp(1, 4);
    known.into_iter().map(|k| (distance(word, k), k)).filter(|&(d, _)| d <= limit).min_by_key(|&(d, k)| (d, k.len())).map(|(_, k)| k)
}

/// Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![vec![0usize; b.len() + 1]; a.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    for (j, cell) in rows[0].iter_mut().enumerate() {
        *cell = j;
    }
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let cost = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (rows[i - 1][j] + 1).min(rows[i][j - 1] + 1).min(rows[i - 1][j - 1] + cost);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = best;
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_offered_and_a_stranger_is_not() {
        assert_eq!(closest("messge", ["message", "help", "why"]), Some("message"));
        assert_eq!(closest("lvele", ["level"]), Some("level"));
        assert_eq!(closest("banana", ["level", "help"]), None);
    }
}
