//! Locators of sources (URL, DOI, PMID, numbers, author and year) and figures (percentages, doses, samples, dates).

use super::Article;

/// Adds the annotations of this module.
pub fn find(article: &mut Article) {
    let _ = article;
}
