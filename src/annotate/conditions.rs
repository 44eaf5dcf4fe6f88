//! Words that nothing but conditions of lints ask for: of the many in a text, only those count whose lint finds anything.

use super::{ANCHORED, Annotation, Article, SCRATCH, is_anchored};
use crate::catalog::Catalog;
use crate::words::lexicon::TagId;
use crate::words::scan::{self, Hit};
use crate::words::trie::Output;

/// Which lints have conditions with words of their own.
#[derive(Clone, Debug, Default)]
pub struct Conditions {
    /// Numbers of lints, each with the lists of its own.
    lints: Vec<(usize, Vec<TagId>)>,
}

impl Conditions {
    /// Those of a catalog.
    pub fn new(catalog: &Catalog) -> Conditions {
        let is_own = |tag: &TagId| catalog.lexicon.lists.get(*tag as usize).is_some_and(|list| list.name.starts_with('~'));
        let lints = catalog.lints.iter().enumerate().map(|(i, lint)| (i, lint.tags().copied().filter(is_own).collect()));
        Conditions { lints: lints.filter(|(_, own): &(usize, Vec<TagId>)| !own.is_empty()).collect() }
    }
}

/// Adds of what `apart` has, in any order, what a lint may ask for; `whole`: all of it.
pub fn find(article: &mut Article, mut apart: Vec<Hit>, conditions: &Conditions, whole: bool) {
    let catalog = article.catalog;
    let mut asked = vec![whole; catalog.lexicon.lists.len()];
    for (lint, own) in &conditions.lints {
        if catalog.lints.get(*lint).is_some_and(|lint| lint.find.tags.iter().any(|&tag| article.has(tag))) {
            for &tag in own {
                asked[tag as usize] = true;
            }
        }
    }
    apart.retain(|h| asked.get(h.tag as usize) == Some(&true));
    scan::sort(&mut apart);
    let is_anchored = |h: &Hit| h.facts & ANCHORED == 0 || is_anchored(h, &article.tokens, &article.sentences, &article.sentence_of);
    SCRATCH.with_borrow_mut(|scratch| {
        scan::settle(&mut apart, &mut scratch.covered, catalog.lexicon.tag_count as usize, is_anchored);
    });
    for Hit { tag, form, start, end, .. } in apart.into_iter().filter(|h| h.facts & Output::NOT == 0) {
        let marks = article.marks.get(start as usize).copied().unwrap_or_default();
        article.annotations.push(Annotation { tag, form, marks, start, end, value: 0 });
    }
}
