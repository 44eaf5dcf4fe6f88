//! What an article shows of good practice: what it cites, what it discloses, who stands behind it. Counted
//! from annotations, for the scorecard; what is missing is for lints to say.

use crate::annotate::Article;
use crate::catalog::Catalog;
use crate::source::Span;
use crate::words::lexicon::TagId;

/// What a sign is a sign of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// What it rests on.
    Evidence,
    /// What a reader should know of its interests.
    Disclosure,
    /// Who wrote and checked it, and when.
    Provenance,
}

/// Something that an article shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Sign {
    /// What it is a sign of.
    pub group: Group,
    /// What it is called in reports.
    pub name: &'static str,
    /// How often; at least once.
    pub count: usize,
    /// Where first.
    pub first: Span,
}

/// Signs, in the order of reports, with the tags that are such.
const SIGNS: [(Group, &str, &[&str]); 19] = [
    (Group::Evidence, "citations", &["source.locator"]),
    (Group::Evidence, "references", &["source.entry"]),
    (Group::Evidence, "source-links", &["link.source"]),
    (Group::Evidence, "studies-mentioned", &["evidence.study"]),
    (Group::Disclosure, "affiliate-links", &["link.affiliate"]),
    (Group::Disclosure, "product-links", &["link.product", "disclosure.buy-button"]),
    (Group::Disclosure, "affiliate", &["disclosure.affiliate-clear", "disclosure.affiliate-complete", "disclosure.affiliate-term"]),
    (Group::Disclosure, "sponsored", &["disclosure.sponsored"]),
    (Group::Disclosure, "gifts", &["disclosure.gifted-disclosed"]),
    (Group::Disclosure, "interests", &["disclosure.conflict-statement", "disclosure.connection"]),
    (Group::Disclosure, "medical-disclaimer", &["disclosure.medical-disclaimer"]),
    (Group::Disclosure, "fda-disclaimer", &["disclosure.fda-statutory"]),
    (Group::Disclosure, "ai-label", &["disclosure.ai-label"]),
    (Group::Provenance, "author", &["field.author"]),
    (Group::Provenance, "reviewer", &["field.reviewer"]),
    (Group::Provenance, "published", &["field.date"]),
    (Group::Provenance, "updated", &["field.updated"]),
    (Group::Provenance, "reviewed", &["field.reviewed"]),
    (Group::Provenance, "funding", &["provenance.funding"]),
];

/// The tags of the signs, looked up once for a catalog.
#[derive(Clone, Debug, Default)]
pub struct Signs(Vec<Vec<TagId>>);

impl Signs {
    /// The tags as a catalog numbers them; those that it does not have are left out.
    pub fn new(catalog: &Catalog) -> Signs {
        Signs(SIGNS.iter().map(|(.., tags)| tags.iter().filter_map(|tag| catalog.lexicon.tag(tag)).collect()).collect())
    }

    /// The signs that an article shows.
    pub fn of(&self, article: &Article) -> Vec<Sign> {
        let one = |(&(group, name, _), tags): (&(Group, &'static str, &[&str]), &Vec<TagId>)| {
            let found = tags.iter().flat_map(|&tag| article.all(tag));
            let (count, first) = found.fold((0, None), |(n, first): (usize, Option<Span>), a| {
                let span = article.place(a);
                (n + 1, Some(first.map_or(span, |f| f.min(span))))
            });
            first.map(|first| Sign { group, name, count, first })
        };
        SIGNS.iter().zip(&self.0).filter_map(one).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::embedded;

    #[test]
    fn every_tag_of_a_sign_ships() {
        let catalog = embedded::catalog();
        for tag in SIGNS.iter().flat_map(|(.., tags)| *tags) {
            assert!(catalog.lexicon.tag(tag).is_some(), "{tag}");
        }
    }
}
