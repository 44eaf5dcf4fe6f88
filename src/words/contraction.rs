//! Contractions: in "it's" and "they'll" the verb is a word of its own. What follows a noun is its possessive, which
//! belongs to the word. Which short forms are verbs, and behind what, is data: `lints/irregular.toml`.

use super::token::Shape;
use serde::{Deserialize, Serialize};

/// A short form of a verb.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contraction {
    /// The short form without its apostrophe, in lower case: `ll`.
    pub short: String,
    /// The verb that it stands for: `will`.
    pub verb: String,
    /// The words behind which it is that verb, in lower case; none: behind any word.
    pub hosts: Vec<String>,
}

/// All short forms.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contractions(pub Vec<Contraction>);

const APOSTROPHES: [char; 2] = ['\'', '’'];

impl Contractions {
    /// The byte of a word at which the verb of a contraction begins, with its apostrophe.
    pub fn cut(&self, word: &str) -> Option<usize> {
        let at = word.rfind(APOSTROPHES).filter(|at| *at > 0)?;
        let (host, short) = word.split_at(at);
        let short = self.find(short)?;
        (short.hosts.is_empty() || short.hosts.iter().any(|h| host.eq_ignore_ascii_case(h))).then_some(at)
    }

    /// The verb that a short form with its apostrophe stands for.
    pub fn verb(&self, short: &str) -> Option<&str> {
        self.find(short).map(|c| c.verb.as_str())
    }

    fn find(&self, short: &str) -> Option<&Contraction> {
        let short = short.strip_prefix(APOSTROPHES)?;
        self.0.iter().find(|c| short.eq_ignore_ascii_case(&c.short))
    }
}

/// Whether the word at this byte is a short form that [`Contractions::cut`] cut off: the "'s" of "it's".
pub fn is_short(text: &str, start: u32, shape: Shape) -> bool {
    !shape.contains(Shape::PUNCTUATION) && text.get(start as usize..).is_some_and(|rest| rest.starts_with(APOSTROPHES))
}

#[cfg(test)]
mod tests {
    #[test]
    fn verbs_are_cut_off_and_possessives_are_not() {
        let all = &crate::embedded::catalog().lexicon.contractions;
        for (word, at) in [("it's", 2), ("It’s", 2), ("THEY'LL", 4), ("we've", 2), ("I'm", 1), ("you're", 3)] {
            assert_eq!(all.cut(word), Some(at), "{word}");
            assert!(all.verb(&word[at..]).is_some(), "{word}");
        }
        for word in ["magnesium's", "don't", "o'clock", "its", "'s", "d'être", "years'"] {
            assert_eq!(all.cut(word), None, "{word}");
        }
    }
}
