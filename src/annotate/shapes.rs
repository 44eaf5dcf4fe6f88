//! Shapes: the regular expressions of word lists. Each is compiled when the first article contains one of
//! the literals that it needs, and tried only on the blocks that contain one.

use crate::catalog::Catalog;
use crate::document::Document;
use crate::words::kind::Form;
use crate::words::lexicon::TagId;
use crate::words::scan::{Hit, Token};
use memchr::memmem;
use regex::bytes::{Regex, RegexBuilder};
use std::sync::OnceLock;

/// Compiled expressions by number of their rule, filled as they are needed.
#[derive(Debug, Default)]
pub struct Compiled(Vec<OnceLock<Option<Regex>>>);

impl Compiled {
    /// Room for the shapes of a catalog.
    pub fn new(catalog: &Catalog) -> Compiled {
        Compiled(catalog.lexicon.shapes.iter().map(|_| OnceLock::new()).collect())
    }

    fn get(&self, rule: usize, regex: &str) -> Option<&Regex> {
        self.0.get(rule)?.get_or_init(|| compile(regex)).as_ref()
    }

    /// Whether a shape of the list `tag` matches `text`, which need not be part of an article: the target of a link.
    pub fn matches(&self, catalog: &Catalog, tag: TagId, text: &str) -> bool {
        let lower = text.to_ascii_lowercase();
        let rules = catalog.lexicon.shapes.iter().enumerate().filter(|(_, rule)| rule.tag == tag);
        rules
            .filter(|(_, rule)| rule.needs.iter().any(|need| memmem::find(lower.as_bytes(), need.as_bytes()).is_some()))
            .any(|(index, rule)| self.get(index, &rule.regex).is_some_and(|regex| regex.is_match(text.as_bytes())))
    }
}

/// ASCII classes where the expression allows it: they compile many times faster, and shapes are ASCII.
fn compile(regex: &str) -> Option<Regex> {
    RegexBuilder::new(regex).unicode(false).build().or_else(|_| RegexBuilder::new(regex).build()).ok()
}

/// Adds what the shapes find to `hits`.
pub fn find(doc: &Document, tokens: &[Token], catalog: &Catalog, compiled: &Compiled, hits: &mut Vec<Hit>) {
    if catalog.lexicon.shapes.is_empty() {
        return;
    }
    let lower = doc.text.to_ascii_lowercase();
    let mut blocks: Vec<usize> = Vec::new();
    for (index, rule) in catalog.lexicon.shapes.iter().enumerate() {
        blocks.clear();
        for need in &rule.needs {
            blocks.extend(memmem::find_iter(lower.as_bytes(), need.as_bytes()).map(|at| doc.block_at(at as u32)));
        }
        if blocks.is_empty() {
            continue;
        }
        blocks.sort_unstable();
        blocks.dedup();
        let Some(regex) = compiled.get(index, &rule.regex) else { continue };
        for &block in &blocks {
            let Some(b) = doc.blocks.get(block) else { continue };
            for m in regex.find_iter(doc.block_text(b).as_bytes()) {
                let (from, to) = (b.text.start + m.start() as u32, b.text.start + m.end() as u32);
                let start = tokens.partition_point(|t| t.end <= from) as u32;
                let end = tokens.partition_point(|t| t.start < to) as u32;
                if start < end {
                    hits.push(Hit { tag: rule.tag, form: Form::default(), facts: 0, lead: 0, start, end });
                }
            }
        }
    }
}
