//! One expression, ready to search: as an automaton that was frozen when caveat was built, which costs
//! nothing to start, or compiled here, where it comes from a publisher's own word list.

use crate::embedded;
use regex::bytes::{Regex, RegexBuilder};
use regex_automata::Input;
use regex_automata::dfa::{Automaton, dense, regex as dfa, sparse};
use std::ops::Range;
use std::sync::OnceLock;

type Table = dense::DFA<&'static [u32]>;
type Sparse = sparse::DFA<&'static [u8]>;

/// An expression to search with.
#[derive(Debug)]
pub enum Engine {
    /// As it was frozen: one automaton forwards to where a match ends, one backwards to where it starts.
    Table(Box<dfa::Regex<Table>>),
    /// The same, where tables would be large.
    Sparse(Box<Halves>),
    /// As it was frozen, where it matches only at the start of a text.
    Anchored(Box<Sparse>),
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
        match self {
            Engine::Table(automata) => automata.find_iter(text).for_each(|m| found(m.range())),
            Engine::Sparse(halves) => halves.both_in(text).into_iter().flat_map(|both| both.find_iter(text)).for_each(|m| found(m.range())),
            Engine::Anchored(automaton) => end(automaton, text).into_iter().for_each(|end| found(0..end)),
            Engine::Compiled(regex) => regex.find_iter(text.as_bytes()).for_each(|m| found(m.range())),
        }
    }

    /// Whether there is a match.
    pub fn is_match(&self, text: &str) -> bool {
        match self {
            Engine::Table(automata) => automata.is_match(text),
            Engine::Sparse(halves) => end(&halves.forward, text).is_some(),
            Engine::Anchored(automaton) => end(automaton, text).is_some(),
            Engine::Compiled(regex) => regex.is_match(text.as_bytes()),
        }
    }
}

/// An automaton that finds where a match ends, and the one that finds where it starts, which is thawed for the first
/// match: to check an automaton that was frozen costs more than to search a short text.
#[derive(Debug)]
pub struct Halves {
    forward: Sparse,
    reverse: &'static [u8],
    both: OnceLock<Option<dfa::Regex<Sparse>>>,
}

impl Halves {
    /// Both, if there is a match.
    fn both_in(&self, text: &str) -> Option<&dfa::Regex<Sparse>> {
        end(&self.forward, text)?;
        let thaw = || Some(dfa::Builder::new().build_from_dfas(self.forward.clone(), Sparse::from_bytes(self.reverse).ok()?.0));
        self.both.get_or_init(thaw).as_ref()
    }
}

/// Where a match that the automaton comes upon first ends.
fn end(automaton: &Sparse, text: &str) -> Option<usize> {
    automaton.try_search_fwd(&Input::new(text)).ok().flatten().map(|m| m.offset())
}

fn frozen(regex: &str) -> Option<Engine> {
    let (is_table, [forward, reverse]) = embedded::automata(regex)?;
    if is_table {
        let (forward, reverse) = (Table::from_bytes(forward).ok()?.0, Table::from_bytes(reverse).ok()?.0);
        return Some(Engine::Table(Box::new(dfa::Builder::new().build_from_dfas(forward, reverse))));
    }
    let forward = Sparse::from_bytes(forward).ok()?.0;
    if reverse.is_empty() {
        return Some(Engine::Anchored(Box::new(forward)));
    }
    Some(Engine::Sparse(Box::new(Halves { forward, reverse, both: OnceLock::new() })))
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
