//! Shapes: the regular expressions of word lists. Each is opened, or compiled where it is a publisher's own, when the first
//! article contains one of the literals that it needs, and tried only on the blocks that contain one.

mod automaton;
mod engine;

use crate::catalog::Catalog;
use crate::document::Document;
use crate::words::kind::Form;
use crate::words::lexicon::TagId;
use crate::words::scan::{Hit, Token};
use crate::words::stored::Stored;
use engine::Engine;
use std::sync::OnceLock;

/// Expressions by number of their rule, opened or compiled as they are needed.
#[derive(Debug, Default)]
pub struct Compiled {
    engines: Vec<OnceLock<Option<Engine>>>,
}

impl Compiled {
    /// Room for the shapes of a catalog.
    pub fn new(catalog: &Catalog) -> Compiled {
        Compiled { engines: catalog.lexicon.shapes.iter().map(|_| OnceLock::new()).collect() }
    }

    fn get(&self, rule: usize, regex: &Stored) -> Option<&Engine> {
        self.engines.get(rule)?.get_or_init(|| Engine::new(regex)).as_ref()
    }

    /// Whether a shape of the list `tag` matches `text`, which need not be part of an article: the target of a link.
    /// `candidates` are those of the text.
    pub fn matches(&self, catalog: &Catalog, tag: TagId, text: &str, candidates: &[usize]) -> bool {
        let rules = candidates.iter().filter_map(|&index| Some((index, catalog.lexicon.shapes.get(index)?)));
        rules
            .filter(|(_, rule)| rule.tag == tag)
            .any(|(index, rule)| self.get(index, &rule.regex).is_some_and(|engine| engine.is_match(text)))
    }
}

/// Numbers of the rules that may match `text`, ascending: those of which it holds a literal.
pub fn candidates(catalog: &Catalog, text: &str) -> Vec<usize> {
    let mut rules = Vec::new();
    let (lower, needs) = (text.to_ascii_lowercase(), &catalog.lexicon.needs);
    needs.each(lower.as_bytes(), |need, _| rules.extend(needs.needed(need)));
    rules.sort_unstable();
    rules.dedup();
    rules
}

/// What the shapes find, in no order.
pub fn find(doc: &Document, tokens: &[Token], catalog: &Catalog, compiled: &Compiled) -> Vec<Hit> {
    let mut hits = Vec::new();
    let (lower, needs) = (doc.text.to_ascii_lowercase(), &catalog.lexicon.needs);
    // Which rules to try on which blocks.
    let mut tries: Vec<(usize, u32)> = Vec::new();
    let mut last = vec![u32::MAX; needs.count()];
    let (mut block, mut place) = (0, 0..0);
    needs.each(lower.as_bytes(), |need, at| {
        if !place.contains(&at) {
            block = doc.block_at(at as u32);
            let start = |block: usize| doc.blocks.get(block).map_or(usize::MAX, |b| b.text.start as usize);
            place = start(block)..start(block + 1);
        }
        if let Some(last) = last.get_mut(need as usize).filter(|l| **l != block as u32) {
            *last = block as u32;
            tries.extend(needs.needed(need).map(|rule| (rule, block as u32)));
        }
    });
    tries.sort_unstable();
    tries.dedup();
    for (rule_index, block) in tries {
        let rule = &catalog.lexicon.shapes[rule_index];
        let Some(engine) = compiled.get(rule_index, &rule.regex) else { continue };
        let Some(b) = doc.blocks.get(block as usize) else { continue };
        engine.each(doc.block_text(b), |m| {
            let (from, to) = (b.text.start + m.start as u32, b.text.start + m.end as u32);
            let start = tokens.partition_point(|t| t.end <= from) as u32;
            let end = tokens.partition_point(|t| t.start < to) as u32;
            if start < end {
                hits.push(Hit { tag: rule.tag, form: Form::default(), facts: 0, lead: 0, start, end });
            }
        });
    }
    hits
}
