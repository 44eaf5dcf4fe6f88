//! What an article shows of good practice: what it cites, what it discloses, who stands behind it. Counted
//! from annotations, for the scorecard; what is missing is for lints to say.

use crate::annotate::{Annotation, Article};
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

/// What is counted of a sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counted {
    /// Places, each once however many of its tags stand there.
    Places,
    /// Sentences: a statement is one, however many of its words are known.
    Sentences,
}
use Counted::{Places, Sentences};

/// A sign as it is known: the tags that are such.
struct Known {
    group: Group,
    name: &'static str,
    counted: Counted,
    tags: &'static [&'static str],
}

const fn known(group: Group, name: &'static str, counted: Counted, tags: &'static [&'static str]) -> Known {
    Known { group, name, counted, tags }
}

/// Signs, in the order of reports.
const SIGNS: [Known; 19] = [
    known(Group::Evidence, "citations", Places, &["source.locator"]),
    known(Group::Evidence, "references", Places, &["source.entry"]),
    known(Group::Evidence, "source-links", Places, &["link.source"]),
    known(Group::Evidence, "studies-mentioned", Places, &["evidence.study"]),
    known(Group::Disclosure, "affiliate-links", Places, &["link.affiliate"]),
    known(Group::Disclosure, "product-links", Places, &["link.product", "disclosure.buy-button"]),
    known(
        Group::Disclosure,
        "affiliate",
        Sentences,
        &["disclosure.affiliate-clear", "disclosure.affiliate-complete", "disclosure.affiliate-term"],
    ),
    known(Group::Disclosure, "sponsored", Sentences, &["disclosure.sponsored"]),
    known(Group::Disclosure, "gifts", Sentences, &["disclosure.gifted-disclosed"]),
    known(Group::Disclosure, "interests", Sentences, &["disclosure.conflict-statement", "disclosure.connection"]),
    known(Group::Disclosure, "medical-disclaimer", Sentences, &["disclosure.medical-disclaimer"]),
    known(Group::Disclosure, "fda-disclaimer", Sentences, &["disclosure.fda-statutory"]),
    known(Group::Disclosure, "ai-label", Sentences, &["disclosure.ai-label"]),
    known(Group::Provenance, "author", Sentences, &["field.author"]),
    known(Group::Provenance, "reviewer", Sentences, &["field.reviewer"]),
    known(Group::Provenance, "published", Sentences, &["field.date"]),
    known(Group::Provenance, "updated", Sentences, &["field.updated"]),
    known(Group::Provenance, "reviewed", Sentences, &["field.reviewed"]),
    known(Group::Provenance, "funding", Sentences, &["provenance.funding"]),
];

/// The tags of the signs, looked up once for a catalog.
#[derive(Clone, Debug, Default)]
pub struct Signs(Vec<Vec<TagId>>);

impl Signs {
    /// The tags as a catalog numbers them; those that it does not have are left out.
    pub fn new(catalog: &Catalog) -> Signs {
        Signs(SIGNS.iter().map(|sign| sign.tags.iter().filter_map(|tag| catalog.lexicon.tag(tag)).collect()).collect())
    }

    /// The signs that an article shows.
    pub fn of(&self, article: &Article) -> Vec<Sign> {
        let one = |(known, tags): (&Known, &Vec<TagId>)| {
            let mut found: Vec<&Annotation> = tags.iter().flat_map(|&tag| article.all(tag)).collect();
            let first = found.iter().map(|a| article.place(a)).min()?;
            found.sort_by_key(|a| (a.start, a.end));
            let sentence = |a: &Annotation| article.sentence(a.start).map_or(a.start, |s| s.start);
            found.dedup_by(|a, b| match known.counted {
                Counted::Places => a.start < b.end.max(b.start + 1),
                Counted::Sentences => sentence(a) == sentence(b),
            });
            Some(Sign { group: known.group, name: known.name, count: found.len(), first })
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
        for tag in SIGNS.iter().flat_map(|sign| sign.tags) {
            assert!(catalog.lexicon.tag(tag).is_some(), "{tag}");
        }
    }
}
