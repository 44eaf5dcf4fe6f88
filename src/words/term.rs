//! The syntax of terms: what a line of a word list or of a lint's `terms` matches.
//!
//! `stem*`, `one/other`, `word?`, `_`, `..3`, `<tag>`, `#`, `^start`, `end$`, `=Case`, `CAPS`.

use super::contraction::Contractions;
use super::token::{self, Shape};

/// One step of a term.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// This word, lower case.
    Word(String),
    /// A word that starts so.
    Stem(String),
    /// Any one word.
    Any,
    /// A number.
    Number,
    /// Zero to so many words.
    Gap(u8),
    /// Anything found by this list or these lists: a tag or a prefix of tags.
    Tag(String),
}

/// A term with its alternatives written out: one way to say it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Phrase {
    /// The steps in order; never empty.
    pub steps: Vec<Step>,
    /// Only at the start of a sentence.
    pub at_start: bool,
    /// With `at_start`: at most so many words before it.
    pub lead: u8,
    /// Only at the end of a sentence.
    pub at_end: bool,
    /// How each word must be written, or empty where case does not matter: the words as written, joined by a space.
    pub exact: String,
}

/// The most words that a term may allow before it where it starts a sentence.
pub const MAX_LEAD: u32 = 20;

/// The most ways that one term may be written out to.
pub const MAX_WAYS: usize = 512;

/// Parses a term into the phrases it stands for, or says what is wrong with it.
pub fn parse(term: &str, contractions: &Contractions) -> Result<Vec<Phrase>, String> {
    let mut rest = term.trim();
    let at_start = rest.starts_with('^');
    rest = rest.strip_prefix('^').unwrap_or(rest);
    let at_end = rest.ends_with('$');
    rest = rest.strip_suffix('$').unwrap_or(rest).trim();
    let mut lead = 0;
    if at_start
        && let Some((first, others)) = rest.split_once(' ')
        && let Some(n) = first.strip_prefix("..")
    {
        lead = n
            .parse()
            .ok()
            .filter(|n| (1..=MAX_LEAD as u8).contains(n))
            .ok_or_else(|| format!("`{first}`: a gap is written `..3`, with 1 to 20 words"))?;
        rest = others.trim();
    }
    let mut ways: Vec<Vec<Step>> = vec![Vec::new()];
    let mut exact = Vec::new();
    let mut is_exact = false;
    let mut several = 1;
    for element in rest.split_whitespace() {
        let (options, case) = element_options(element, contractions)?;
        is_exact |= case.is_some();
        exact.push(case.unwrap_or_else(|| "_".into()));
        let mut next = Vec::with_capacity(ways.len() * options.len());
        let before_options = std::mem::replace(&mut several, options.len());
        for way in &ways {
            for option in &options {
                let mut longer = way.clone();
                if options.len().max(before_options) > 1
                    && let (Some(before), Some(after)) = (way.last(), option.first())
                    && stands_twice(before, after)
                {
                    let hint = "an alternative is one word: `do not/don't go` is `do not go` and `do don't go`";
                    return Err(format!("`{element}` repeats the word before it; {hint}"));
                }
                longer.extend(option.iter().cloned());
                next.push(longer);
            }
        }
        if next.len() > MAX_WAYS {
            return Err(format!("`{term}` stands for more than {MAX_WAYS} phrases"));
        }
        ways = next;
    }
    ways.retain(|w| !w.is_empty());
    if ways.is_empty() {
        return Err(format!("`{term}` has no words"));
    }
    for way in &ways {
        let solid = |s: &Step| !matches!(s, Step::Gap(_) | Step::Any);
        if !way.first().is_some_and(solid) || !(at_end || way.last().is_some_and(solid)) {
            return Err(format!("`{term}` must start and end with a word, a number or a tag (a gap may stand after `^` or before `$`)"));
        }
    }
    if is_exact && ways.len() > 1 {
        return Err(format!("`{term}`: a case-sensitive term cannot have alternatives"));
    }
    let exact = if is_exact { exact.join(" ") } else { String::new() };
    Ok(ways.into_iter().map(|steps| Phrase { steps, at_start, lead, at_end, exact: exact.clone() }).collect())
}

/// Whether a word comes twice, the second time perhaps shortened: "does does", "do don't".
fn stands_twice(before: &Step, after: &Step) -> bool {
    let (Step::Word(before), Step::Word(after)) = (before, after) else { return false };
    after.strip_prefix(before.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with("'t"))
}

/// The ways to read one element, each a run of steps (empty: left out), and its exact case if that matters.
fn element_options(element: &str, contractions: &Contractions) -> Result<(Vec<Vec<Step>>, Option<String>), String> {
    if element == "_" {
        return Ok((vec![vec![Step::Any]], None));
    }
    if element == "#" {
        return Ok((vec![vec![Step::Number]], None));
    }
    if let Some(n) = element.strip_prefix("..") {
        return match n.parse::<u8>() {
            Ok(n @ 1..=20) => Ok((vec![vec![Step::Gap(n)]], None)),
            _ => Err(format!("`{element}`: a gap is written `..3`, with 1 to 20 words")),
        };
    }
    let (element, optional) = match element.strip_suffix('?') {
        Some(shorter) if !shorter.is_empty() => (shorter, true),
        _ => (element, false),
    };
    let mut options = Vec::new();
    if let Some(tag) = element.strip_prefix('<').and_then(|e| e.strip_suffix('>')) {
        options.push(vec![Step::Tag(tag.to_owned())]);
    } else if let Some(exact) = element.strip_prefix('=') {
        return Ok((vec![word_steps(exact, contractions)?], Some(exact.to_owned())));
    } else if is_capitals(element) {
        return Ok((vec![word_steps(element, contractions)?], Some(element.to_owned())));
    } else {
        for alternative in element.split('/').filter(|a| !a.is_empty()) {
            options.push(word_steps(alternative, contractions)?);
        }
    }
    if optional {
        options.push(Vec::new());
    }
    if options.is_empty() {
        options.push(word_steps(element, contractions)?);
    }
    Ok((options, None))
}

/// Two to six capitals (digits may follow) are an initialism: its case matters.
fn is_capitals(word: &str) -> bool {
    (2..=6).contains(&word.len())
        && word.bytes().next().is_some_and(|b| b.is_ascii_uppercase())
        && word.bytes().all(|b| b.is_ascii_uppercase())
}

fn word_steps(word: &str, contractions: &Contractions) -> Result<Vec<Step>, String> {
    if let Some(stem) = word.strip_suffix('*') {
        let mut steps = word_steps(stem, contractions)?;
        return match steps.pop() {
            Some(Step::Word(last)) if last.chars().count() >= 4 => {
                steps.push(Step::Stem(last));
                Ok(steps)
            }
            _ => Err(format!("`{word}`: a stem needs at least four letters before `*`")),
        };
    }
    let mut steps = Vec::new();
    token::split(word, contractions, &mut |raw| {
        steps.push(Step::Word(token::normal(&word[raw.start as usize..raw.end as usize], raw.shape, contractions)));
    });
    Ok(steps)
}

/// Whether a step can be walked in the word trie (tags and gaps cannot).
pub fn is_plain(step: &Step) -> bool {
    matches!(step, Step::Word(_) | Step::Stem(_) | Step::Any | Step::Number)
}

/// Whether a word that is written `written` satisfies the exact form `wanted` (`_` for any).
pub fn is_exactly(written: &str, wanted: &str, shape: Shape) -> bool {
    wanted == "_"
        || written == wanted
        || (shape.0 & (Shape::POSSESSIVE.0 | Shape::PLURAL.0) != 0 && written.get(..wanted.len()) == Some(wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(term: &str) -> Vec<String> {
        parse(term, &Contractions::default())
            .unwrap()
            .iter()
            .map(|p| p.steps.iter().map(|s| format!("{s:?}")).collect::<Vec<_>>().join(" "))
            .collect()
    }

    #[test]
    fn alternatives_and_options_are_written_out() {
        assert_eq!(
            texts("a/an anti-inflammator*"),
            [r#"Word("a") Word("anti") Stem("inflammator")"#, r#"Word("an") Word("anti") Stem("inflammator")"#]
        );
        assert_eq!(texts("may also? help").len(), 2);
        assert_eq!(texts("<subject.herb> ..3 can’t"), [r#"Tag("subject.herb") Gap(3) Word("can't")"#]);
        assert_eq!(texts("Alzheimer's disease"), [r#"Word("alzheimer") Word("disease")"#]);
    }

    #[test]
    fn capitals_keep_their_case_and_mistakes_are_named() {
        assert_eq!(parse("MS", &Contractions::default()).unwrap()[0].exact, "MS");
        assert_eq!(parse("=Ms", &Contractions::default()).unwrap()[0].exact, "Ms");
        for bad in ["", "..3 a", "a ..99 b", "ab*", "_ a", "does not/will not harm", "do not/don't go", "can be/can be made"] {
            assert!(parse(bad, &Contractions::default()).is_err(), "{bad}");
        }
    }
}
