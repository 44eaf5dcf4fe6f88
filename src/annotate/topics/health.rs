//! Whether the article is about health at all, and whether it advises: what general caveats are asked of.

use super::context::Context;
use super::substances::Main;
use crate::annotate::Article;
use crate::tags::Known;

/// Places `topic.health` and `topic.advises`.
pub fn find(article: &mut Article, context: &Context, mains: &[Main]) {
    let _ = (article, context, mains, Known::TopicHealth);
}
