//! Shapes: the regular expressions of word lists. Each is opened, or compiled where it is a publisher's own, when the first
//! article contains one of the literals that it needs, and tried only on the blocks that contain one.

mod automaton;
mod engine;
mod needs;

use crate::catalog::Catalog;
use crate::document::Document;
use crate::words::kind::Form;
use crate::words::lexicon::TagId;
use crate::words::scan::{Hit, Token};
use crate::words::stored::Stored;
use engine::Engine;
use needs::Needs;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Compiled expressions by number of their rule, filled as they are needed, and the literals that call
/// for them.
#[derive(Debug, Default)]
pub struct Compiled {
    engines: Vec<OnceLock<Option<Engine>>>,
    needs: Needs,
    /// For each literal the rules that need it.
    rules: Vec<Vec<usize>>,
}

impl Compiled {
    /// Room for the shapes of a catalog.
    pub fn new(catalog: &Catalog) -> Compiled {
        let mut by_need: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, rule) in catalog.lexicon.shapes.iter().enumerate() {
            for need in rule.needs.iter().filter(|n| !n.is_empty()) {
                by_need.entry(need).or_default().push(index);
            }
        }
        Compiled {
            engines: catalog.lexicon.shapes.iter().map(|_| OnceLock::new()).collect(),
            needs: Needs::new(by_need.keys().copied()),
            rules: by_need.into_values().collect(),
        }
    }

    fn get(&self, rule: usize, regex: &Stored) -> Option<&Engine> {
        self.engines.get(rule)?.get_or_init(|| Engine::new(regex)).as_ref()
    }

    /// Numbers of the rules that may match `text`, ascending: those of which it holds a literal.
    pub fn candidates(&self, text: &str) -> Vec<usize> {
        let mut rules = Vec::new();
        let lower = text.to_ascii_lowercase();
        self.needs.each(lower.as_bytes(), |need, _| rules.extend(self.rules.get(need as usize).into_iter().flatten()));
        rules.sort_unstable();
        rules.dedup();
        rules
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

/// What the shapes find, in no order.
pub fn find(doc: &Document, tokens: &[Token], catalog: &Catalog, compiled: &Compiled) -> Vec<Hit> {
    let mut hits = Vec::new();
    let lower = doc.text.to_ascii_lowercase();
    // Which rules to try on which blocks.
    let mut tries: Vec<(usize, u32)> = Vec::new();
    let mut last = vec![u32::MAX; compiled.rules.len()];
    let (mut block, mut place) = (0, 0..0);
    compiled.needs.each(lower.as_bytes(), |need, at| {
        if !place.contains(&at) {
            block = doc.block_at(at as u32);
            let start = |block: usize| doc.blocks.get(block).map_or(usize::MAX, |b| b.text.start as usize);
            place = start(block)..start(block + 1);
        }
        if let Some(last) = last.get_mut(need as usize).filter(|l| **l != block as u32) {
            *last = block as u32;
            tries.extend(compiled.rules.get(need as usize).into_iter().flatten().map(|&r| (r, block as u32)));
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
