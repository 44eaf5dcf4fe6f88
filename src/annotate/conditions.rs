//! Which lints find anything in an article; and words that nothing but conditions of lints ask for: of the many in a
//! text, only those count whose lint does.

use super::{Annotation, Article, SCRATCH};
use crate::catalog::Catalog;
use crate::words::lexicon::TagId;
use crate::words::scan::{self, Hit};
use crate::words::trie::Output;

/// Which lints find what, and which have conditions with words of their own.
#[derive(Clone, Debug, Default)]
pub struct Conditions {
    /// By tag, where the lints that find it start in `finders`; one more entry at the end.
    starts: Vec<u32>,
    /// Numbers of lints.
    finders: Vec<u32>,
    /// Numbers of lints, each with the lists of its own.
    lints: Vec<(usize, Vec<TagId>)>,
}

impl Conditions {
    /// Those of a catalog.
    pub fn new(catalog: &Catalog) -> Conditions {
        let is_own = |tag: &TagId| catalog.lexicon.lists.get(*tag as usize).is_some_and(|list| list.name.starts_with('~'));
        let lints = catalog.lints.iter().enumerate().map(|(i, lint)| (i, lint.tags().copied().filter(is_own).collect()));
        let finds = || (0u32..).zip(&catalog.lints).flat_map(|(i, lint)| lint.find.tags.iter().map(move |&tag| (tag as usize, i)));
        let mut starts = vec![0; catalog.lexicon.lists.len() + 1];
        finds().for_each(|(tag, _)| starts[tag + 1] += 1);
        (1..starts.len()).for_each(|tag| starts[tag] += starts[tag - 1]);
        let (mut free, mut finders) = (starts.clone(), vec![0; finds().count()]);
        for (tag, lint) in finds() {
            finders[free[tag] as usize] = lint;
            free[tag] += 1;
        }
        Conditions { starts, finders, lints: lints.filter(|(_, own): &(usize, Vec<TagId>)| !own.is_empty()).collect() }
    }

    /// Whether each lint finds anything that it may flag: of the many, most have nothing to say of an article.
    pub fn finding(&self, article: &Article) -> Vec<bool> {
        let mut finding = vec![false; article.catalog.lints.len()];
        for &tag in article.index.used() {
            let Some(&[from, to]) = self.starts.get(tag as usize..tag as usize + 2) else { continue };
            for &lint in self.finders.get(from as usize..to as usize).unwrap_or(&[]) {
                finding[lint as usize] = true;
            }
        }
        finding
    }
}

/// Adds of what `apart` has, in any order, what a lint may ask for; `whole`: all of it.
pub fn find(article: &mut Article, mut apart: Vec<Hit>, conditions: &Conditions, whole: bool) {
    let catalog = article.catalog;
    let mut asked = vec![whole; catalog.lexicon.lists.len()];
    let finding = conditions.finding(article);
    for (_, own) in conditions.lints.iter().filter(|(lint, _)| finding.get(*lint) == Some(&true)) {
        for &tag in own {
            asked[tag as usize] = true;
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
