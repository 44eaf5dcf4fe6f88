//! What the article is about and in which way, which caveats that calls for, and which of them it carries.

use super::Article;

/// Adds the annotations of this module.
pub fn find(article: &mut Article) {
    let _ = article;
}
