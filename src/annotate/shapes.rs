//! Shapes: the regular expressions of word lists. Each is compiled when the first article contains one of
//! the literals that it needs, and tried only on the blocks that contain one.

use crate::catalog::Catalog;
use crate::document::Document;
use crate::words::kind::Form;
use crate::words::lexicon::TagId;
use crate::words::scan::{Hit, Token};
use memchr::memmem;
use regex::bytes::{Regex, RegexBuilder};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Compiled expressions by number of their rule, filled as they are needed, and the literals that call
/// for them.
#[derive(Debug, Default)]
pub struct Compiled {
    regexes: Vec<OnceLock<Option<Regex>>>,
    /// Each literal with the rules that need it.
    needs: Vec<(memmem::Finder<'static>, Vec<usize>)>,
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
        let needs = by_need.into_iter().map(|(need, rules)| (memmem::Finder::new(need.as_bytes()).into_owned(), rules)).collect();
        Compiled { regexes: catalog.lexicon.shapes.iter().map(|_| OnceLock::new()).collect(), needs }
    }

    fn get(&self, rule: usize, regex: &str) -> Option<&Regex> {
        self.regexes.get(rule)?.get_or_init(|| compile(regex)).as_ref()
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

/// What the shapes find, in no order.
pub fn find(doc: &Document, tokens: &[Token], catalog: &Catalog, compiled: &Compiled) -> Vec<Hit> {
    let mut hits = Vec::new();
    let lower = doc.text.to_ascii_lowercase();
    // Which rules to try on which blocks.
    let mut tries: Vec<(usize, u32)> = Vec::new();
    for (finder, rules) in &compiled.needs {
        let mut last = u32::MAX;
        let mut at = 0;
        while let Some(found) = finder.find(&lower.as_bytes()[at..]) {
            let block = doc.block_at((at + found) as u32);
            if block as u32 != last {
                last = block as u32;
                tries.extend(rules.iter().map(|&r| (r, last)));
            }
            // The rest of the block has nothing to add.
            at = doc.blocks.get(block).map_or(at + found, |b| b.text.end as usize).max(at + found) + 1;
            if at >= lower.len() {
                break;
            }
        }
    }
    tries.sort_unstable();
    tries.dedup();
    for (rule_index, block) in tries {
        let rule = &catalog.lexicon.shapes[rule_index];
        let Some(regex) = compiled.get(rule_index, &rule.regex) else { continue };
        let Some(b) = doc.blocks.get(block as usize) else { continue };
        for m in regex.find_iter(doc.block_text(b).as_bytes()) {
            let (from, to) = (b.text.start + m.start() as u32, b.text.start + m.end() as u32);
            let start = tokens.partition_point(|t| t.end <= from) as u32;
            let end = tokens.partition_point(|t| t.start < to) as u32;
            if start < end {
                hits.push(Hit { tag: rule.tag, form: Form::default(), facts: 0, lead: 0, start, end });
            }
        }
    }
    hits
}
