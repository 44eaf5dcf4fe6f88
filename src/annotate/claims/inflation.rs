//! Claims that grow on their way to the reader's eye: a takeaway, an FAQ answer, a conclusion, a title or
//! a heading that says more surely what the body says with care (STANDARDS B.1, 35 and 36; Sumner 2014,
//! Adams 2019).

use super::{Annotation, Article, Claim};
use crate::document::BlockKind;
use crate::lint::model::Valence;
use crate::tags::Known;
use crate::words::kind::{Form, Marks, Strength};
use std::collections::HashMap;

/// Where a claim stands for the reader.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Zone {
    Body,
    Summary,
    Headline,
}

/// What two claims must share to be about the same: the class and the words of the outcome.
type Outcome = (u16, String);

/// Tags claims of summaries and headlines that are worded more strongly than all the body says of the same
/// outcome: `claim.inflated` and `claim.headline-inflated`.
pub fn find(article: &mut Article) {
    let mut body: HashMap<Outcome, Strength> = HashMap::new();
    let zones: Vec<Zone> = article.claims.iter().map(|c| zone(article, c)).collect();
    for (claim, _) in article.claims.iter().zip(&zones).filter(|(_, z)| **z == Zone::Body) {
        if let Some(outcome) = outcome(article, claim) {
            let said = careful(claim);
            body.entry(outcome).and_modify(|s| *s = (*s).max(said)).or_insert(said);
        }
    }
    let mut found = Vec::new();
    for (i, (claim, zone)) in article.claims.iter().zip(&zones).enumerate() {
        let tag = match zone {
            Zone::Body => continue,
            Zone::Summary => Known::ClaimInflated,
            Zone::Headline => Known::ClaimHeadline,
        };
        let silent = Marks::NEGATED | Marks::ASKED | Marks::QUOTED | Marks::REPORTED | Marks::SUPPOSED;
        if claim.strength < Strength::CanCause || claim.marks.any(silent) {
            continue;
        }
        let Some(said) = outcome(article, claim).and_then(|o| body.get(&o)) else { continue };
        if *said <= Strength::Conditional {
            found.push((tag, i as u32));
        }
    }
    for (tag, i) in found {
        let c = article.claims[i as usize];
        article.annotations.push(Annotation { tag: tag.id(), form: Form::default(), marks: c.marks, start: c.start, end: c.end, value: i });
    }
}

/// The strength with which the body stands behind a claim: what it only reports or asks is no more than a maybe.
fn careful(claim: &Claim) -> Strength {
    let distant = Marks::REPORTED | Marks::ASKED | Marks::SUPPOSED | Marks::QUOTED | Marks::NEGATED;
    if claim.marks.any(distant) { claim.strength.min(Strength::Conditional) } else { claim.strength }
}

fn outcome(article: &Article, claim: &Claim) -> Option<Outcome> {
    let object = claim.object?;
    (claim.valence == Valence::Benefit).then(|| (object.tag, article.words(object.start, object.end).to_lowercase()))
}

fn zone(article: &Article, claim: &Claim) -> Zone {
    let Some(sentence) = article.sentences.get(claim.sentence as usize) else { return Zone::Body };
    let Some(block) = article.doc.blocks.get(sentence.block as usize) else { return Zone::Body };
    match block.kind {
        BlockKind::Title | BlockKind::Heading | BlockKind::Question => return Zone::Headline,
        BlockKind::Answer => return Zone::Summary,
        _ => {}
    }
    let heading = article.doc.sections.get(block.section as usize).and_then(|s| s.heading);
    let range = heading.and_then(|h| article.blocks.get(h as usize));
    let summarises = range.is_some_and(|&(from, to)| {
        [Known::LineTakeaway, Known::LineConclusion].iter().any(|k| article.starting(k.id(), from, to).any(|a| a.end <= to))
    });
    if summarises { Zone::Summary } else { Zone::Body }
}
