//! Which lints find anything in an article; and words that nothing but conditions of lints ask for: of the many in a
//! text, only those count whose lint does.

use super::{Annotation, Article, SCRATCH};
use crate::words::scan::{self, Hit};
use crate::words::trie::Output;

/// Whether each lint finds anything that it may flag: of the many, most have nothing to say of an article.
pub fn finding(article: &Article) -> Vec<bool> {
    let mut finding = vec![false; article.catalog.lints.len()];
    for &tag in article.index.used() {
        for lint in article.catalog.finders.lints(tag) {
            finding[lint] = true;
        }
    }
    finding
}

/// Adds of what `apart` has, in any order, what a lint may ask for; `whole`: all of it.
pub fn find(article: &mut Article, mut apart: Vec<Hit>, whole: bool) {
    let catalog = article.catalog;
    let mut asked = vec![whole; catalog.lexicon.lists.len()];
    for (lint, _) in finding(article).into_iter().enumerate().filter(|&(_, finds)| finds) {
        for tag in catalog.finders.own(lint) {
            asked[tag] = true;
        }
    }
    apart.retain(|h| asked.get(h.tag as usize) == Some(&true));
    scan::sort(&mut apart);
    let stands = |h: &Hit| h.stands(&article.tokens, || article.sentences[article.sentence_of[h.start as usize] as usize].range());
    SCRATCH.with_borrow_mut(|scratch| {
        scan::settle(&mut apart, &mut scratch.covered, catalog.lexicon.lists.len(), stands);
    });
    for Hit { tag, form, start, end, .. } in apart.into_iter().filter(|h| h.facts & Output::NOT == 0) {
        let marks = article.marks.get(start as usize).copied().unwrap_or_default();
        article.annotations.push(Annotation { tag, form, marks, start, end, value: 0 });
    }
}
