//! What an article lost or kept on its way through a CMS: headings without text, doubled lines, cut sentences.

use super::Article;

/// Adds the annotations of this module.
pub fn find(article: &mut Article) {
    let _ = article;
}
