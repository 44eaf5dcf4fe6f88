//! One expression, ready to search: as automata that were frozen when caveat was built, which cost nothing to start, or
//! compiled here, where it comes from a publisher's own word list.

use super::automaton::Automaton;
use crate::embedded;
use regex::bytes::{Regex, RegexBuilder};
use std::ops::Range;

/// An expression to search with.
#[derive(Debug)]
pub enum Engine {
    /// As it was frozen: an automaton forwards to where a match ends, and one backwards to where it starts; without the
    /// second it matches at the start of a text only.
    Frozen(Automaton, Option<Automaton>),
    /// As it was compiled.
    Compiled(Regex),
}

impl Engine {
    /// The engine of an expression; `None` where it is none.
    pub fn new(regex: &str) -> Option<Engine> {
        frozen(regex).or_else(|| compile(regex).map(Engine::Compiled))
    }

    /// The places of all matches, as bytes.
    pub fn each(&self, text: &str, mut found: impl FnMut(Range<usize>)) {
        let (forward, reverse) = match self {
            Engine::Frozen(forward, reverse) => (forward, reverse),
            Engine::Compiled(regex) => return regex.find_iter(text.as_bytes()).for_each(|m| found(m.range())),
        };
        let bytes = text.as_bytes();
        let Some(reverse) = reverse else {
            return forward.end(bytes, 0).into_iter().for_each(|end| found(0..end));
        };
        let mut from = 0;
        while let Some(end) = forward.end(bytes, from) {
            let start = reverse.start(bytes, from, end).unwrap_or(end);
            found(start..end);
            from = end.max(start + 1);
        }
    }

    /// Whether there is a match.
    pub fn is_match(&self, text: &str) -> bool {
        match self {
            Engine::Frozen(forward, _) => forward.end(text.as_bytes(), 0).is_some(),
            Engine::Compiled(regex) => regex.is_match(text.as_bytes()),
        }
    }
}

fn frozen(regex: &str) -> Option<Engine> {
    let [forward, reverse] = embedded::automata(regex)?;
    let reverse = if reverse.is_empty() { None } else { Some(Automaton::open(reverse)?) };
    Some(Engine::Frozen(Automaton::open(forward)?, reverse))
}

/// ASCII classes where the expression allows it: they compile many times faster, and shapes are ASCII.
fn compile(regex: &str) -> Option<Regex> {
    RegexBuilder::new(regex).unicode(false).build().or_else(|_| RegexBuilder::new(regex).build()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::path::Path;

    fn places(engine: &Engine, text: &str) -> Vec<Range<usize>> {
        let mut all = Vec::new();
        engine.each(text, |m| all.push(m));
        all
    }

    #[test]
    fn what_is_frozen_finds_what_the_expression_finds() {
        let catalog = embedded::catalog();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/articles");
        let mut texts: Vec<String> = fs::read_dir(folder).unwrap().flatten().map(|e| fs::read_to_string(e.path()).unwrap()).collect();
        texts.extend(embedded::files().map(|(_, text)| text.to_owned()));
        let (mut frozen, mut found) = (0, 0);
        for shape in &catalog.lexicon.shapes {
            let (fast, slow) = (Engine::new(&shape.regex).unwrap(), Engine::Compiled(compile(&shape.regex).unwrap()));
            frozen += usize::from(!matches!(fast, Engine::Compiled(_)));
            for line in texts.iter().flat_map(|t| t.lines()) {
                let wanted = places(&slow, line);
                found += wanted.len();
                assert_eq!(places(&fast, line), wanted, "{} in {line}", shape.regex);
                assert_eq!(fast.is_match(line), !wanted.is_empty());
            }
        }
        assert!(found > 500 && frozen * 10 > catalog.lexicon.shapes.len() * 9, "{found} places, {frozen} frozen");
    }
}
