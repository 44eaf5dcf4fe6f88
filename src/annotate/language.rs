//! Long sentences, stacked hedges, undefined acronyms, reading grade.

use super::Article;

/// Adds the annotations of this module.
pub fn find(article: &mut Article) {
    let _ = article;
}
