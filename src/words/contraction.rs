//! Contractions: in "it's" and "they'll" the verb is a word of its own. What follows a noun is its possessive, which
//! belongs to the word, and "not" stays with its verb ("don't"): lists of negation have it so.

/// What the short form of a verb stands for. "'s" may be "has", too; before "been" both are told alike.
const VERBS: [(&str, &str); 5] = [("s", "is"), ("re", "are"), ("ll", "will"), ("ve", "have"), ("m", "am")];

/// The pronouns and adverbs whose `'s` is a verb: their possessive is another word ("its") or none.
const HOSTS: [&str; 13] = ["it", "that", "this", "he", "she", "there", "here", "what", "who", "where", "how", "everything", "nothing"];

/// The byte of a word at which the verb of a contraction begins, with its apostrophe.
pub fn cut(word: &str) -> Option<usize> {
    let at = word.rfind(['\'', '’'])?;
    let verb = word[at..].trim_start_matches(['\'', '’']);
    let is_verb = VERBS.iter().any(|(short, _)| verb.eq_ignore_ascii_case(short));
    let is_host = || HOSTS.iter().any(|host| word[..at].eq_ignore_ascii_case(host));
    (at > 0 && is_verb && (!verb.eq_ignore_ascii_case("s") || is_host())).then_some(at)
}

/// The verb that a short form with its apostrophe stands for.
pub fn verb(short: &str) -> Option<&'static str> {
    let rest = short.strip_prefix(['\'', '’'])?;
    VERBS.iter().find(|(short, _)| rest.eq_ignore_ascii_case(short)).map(|(_, full)| *full)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_cut_off_and_possessives_are_not() {
        for (word, at) in [("it's", 2), ("It’s", 2), ("THEY'LL", 4), ("we've", 2), ("I'm", 1), ("you're", 3)] {
            assert_eq!(cut(word), Some(at), "{word}");
            assert!(verb(&word[at..]).is_some(), "{word}");
        }
        for word in ["magnesium's", "don't", "o'clock", "its", "'s", "d'être", "years'"] {
            assert_eq!(cut(word), None, "{word}");
        }
    }
}
