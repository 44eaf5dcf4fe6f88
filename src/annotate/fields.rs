//! Who wrote the article, who checked it, and when: from front matter, meta elements, JSON-LD and bylines.
//!
//! Bylines are looked for where a reader looks: in the first 15% and the last 10% of the words. Dates in
//! running text are no dates of the article.

mod bylines;

use super::dates::{self, Date};
use super::{Article, Context};
use crate::catalog::Catalog;
use crate::read::fields::ERROR;
use crate::source::Span;
use crate::tags::Known;
use crate::words::scan;
use crate::words::trie::Output;

/// Days after which a review is stale: three years.
const STALE: i64 = 3 * 365 + 1;

/// A date of the article and where it stands.
struct Stamp {
    kind: Known,
    date: Date,
    token: u32,
    place: Span,
}

/// Tags who and when; `field.stale` where the last review or update lies more than three years before today.
pub fn find(article: &mut Article, context: &Context) {
    let mut stamps = Vec::new();
    front_matter(article, &mut stamps);
    bylines::find(article, &mut stamps);
    for stamp in &stamps {
        article.add_at(stamp.kind, stamp.token, stamp.place);
    }
    let checked = stamps.iter().filter(|s| matches!(s.kind, Known::FieldUpdated | Known::FieldReviewed));
    let newest = checked.filter_map(|s| Some((s.date.days()?, s))).max_by_key(|(days, _)| *days);
    if let Some((days, stamp)) = newest
        && context.today > 0
        && context.today - days > STALE
    {
        article.add_at(Known::FieldStale, stamp.token, stamp.place);
    }
}

/// What front matter, `<meta>`, `<time>` and JSON-LD say.
fn front_matter(article: &mut Article, stamps: &mut Vec<Stamp>) {
    let doc = article.doc;
    for field in &doc.fields {
        let value = field.value.trim();
        let tag = match field.name.as_str() {
            "author" => Known::FieldAuthor,
            "reviewer" => Known::FieldReviewer,
            "date" => Known::FieldDate,
            "updated" => Known::FieldUpdated,
            "reviewed" => Known::FieldReviewed,
            "title" => Known::FieldTitle,
            ERROR => Known::FieldBroken,
            _ => continue,
        };
        if value.is_empty() {
            continue;
        }
        match tag {
            Known::FieldDate | Known::FieldUpdated | Known::FieldReviewed => match dates::read(value) {
                Some(date) => stamps.push(Stamp { kind: tag, date, token: 0, place: field.span }),
                // A template fills it in later.
                None if value.contains(['{', '<', '$']) => {}
                None => article.add_at(Known::FieldBroken, 0, field.span),
            },
            _ => {
                article.add_at(tag, 0, field.span);
                if matches!(tag, Known::FieldAuthor | Known::FieldReviewer) {
                    for (list, tag) in [(Known::EditorialTeam, Known::FieldTeam), (Known::Credential, Known::FieldCredential)] {
                        if mentions(article.catalog, value, list) {
                            article.add_at(tag, 0, field.span);
                        }
                    }
                }
            }
        }
    }
}

/// Whether a list finds something in a text that is not part of the article.
fn mentions(catalog: &Catalog, text: &str, list: Known) -> bool {
    let (tokens, _) = scan::tokens(text, &catalog.lexicon);
    let hits = scan::find(text, &tokens, &[(0, tokens.len() as u32)], &catalog.lexicon).hits;
    let mut of_list = hits.iter().filter(|h| h.tag == list.id()).peekable();
    of_list.peek().is_some() && of_list.all(|h| h.facts & Output::NOT == 0)
}

#[cfg(test)]
mod tests;
