//! Claims that the rest of the article does not stand by. Some grow on their way to the reader's eye: a takeaway,
//! an FAQ answer, a conclusion, a title or a heading says more surely what the body says with care (STANDARDS
//! B.1, 35 and 36; Sumner 2014, Adams 2019). Others are asserted in one place of the body, and in another only
//! guessed at or denied (STANDARDS B.2, 72).

use super::{Annotation, Article, Claim, Role};
use crate::document::BlockKind;
use crate::lint::model::Valence;
use crate::tags::Known;
use crate::words::kind::{Form, Marks, Strength};
use crate::words::lexicon::TagId;
use crate::words::vocabulary::hash;
use rustc_hash::FxHashMap;

/// Where a claim stands for the reader.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Zone {
    Body,
    Summary,
    Headline,
}

/// What two claims must share to be about the same: the class and the words of the outcome, as [`words`] has them.
type Outcome = (TagId, u64);

/// What keeps a claim at a distance: the text does not stand behind it.
const DISTANT: Marks = Marks(Marks::REPORTED.0 | Marks::ASKED.0 | Marks::SUPPOSED.0 | Marks::QUOTED.0 | Marks::NEGATED.0);

/// Tags claims of summaries and headlines that are worded more strongly than all the body says of the same
/// outcome: `claim.inflated` and `claim.headline-inflated`.
pub fn find(article: &mut Article) {
    // By the class of the subject, too: that a plan helps with the symptoms says nothing of the pill.
    let mut body: FxHashMap<(Option<TagId>, Outcome), Strength> = FxHashMap::default();
    let class = |claim: &Claim| claim.subject.map(|s| s.tag);
    let zones: Vec<Zone> = article.claims.iter().map(|c| zone(article, c)).collect();
    for (claim, _) in article.claims.iter().zip(&zones).filter(|(_, z)| **z == Zone::Body) {
        if let Some(outcome) = outcome(article, claim) {
            let said = careful(claim);
            body.entry((class(claim), outcome)).and_modify(|s| *s = (*s).max(said)).or_insert(said);
        }
    }
    let mut found = Vec::new();
    for (i, (claim, zone)) in article.claims.iter().zip(&zones).enumerate() {
        let tag = match zone {
            Zone::Body => continue,
            Zone::Summary => Known::ClaimInflated,
            Zone::Headline => Known::ClaimHeadline,
        };
        if claim.strength < Strength::CanCause || claim.marks.any(DISTANT) {
            continue;
        }
        let Some(outcome) = outcome(article, claim) else { continue };
        let said = body.get(&(class(claim), outcome)).into_iter().chain(body.get(&(None, outcome))).max();
        if said.is_some_and(|said| *said <= Strength::Conditional) {
            found.push((tag, i as u32));
        }
    }
    wavering(article, &zones, &mut found);
    for (tag, i) in found {
        let c = article.claims[i as usize];
        article.annotations.push(Annotation { tag: tag.id(), form: Form::default(), marks: c.marks, start: c.start, end: c.end, value: i });
    }
}

/// What an article says of one thing and one outcome apart from asserting it.
#[derive(Clone, Copy, Default)]
struct Doubt {
    careful: bool,
    denied: bool,
}

/// Adds claims of the body that are asserted, while another sentence of the body says of the same thing and the same
/// outcome that it may be so (`claim.wavering`) or that it is not so (`claim.contradicted`).
fn wavering(article: &Article, zones: &[Zone], found: &mut Vec<(Known, u32)>) {
    let mut doubts: FxHashMap<(u64, Outcome), Doubt> = FxHashMap::default();
    let body = || article.claims.iter().enumerate().zip(zones).filter(|(_, zone)| **zone == Zone::Body).map(|(claim, _)| claim);
    for (_, claim) in body() {
        let Some(about) = about(article, claim) else { continue };
        let doubt = doubts.entry(about).or_default();
        let is_denied = claim.marks.any(Marks::NEGATED) && !claim.marks.any(Marks::ASKED | Marks::QUOTED | Marks::REPORTED);
        doubt.denied |= is_denied;
        doubt.careful |= !is_denied && (claim.strength == Strength::Conditional || claim.marks.any(Marks::SUPPOSED));
    }
    for (i, claim) in body() {
        if claim.strength < Strength::CanCause || claim.marks.any(DISTANT | Marks::ATTRIBUTED) || claim.valence != Valence::Benefit {
            continue;
        }
        match about(article, claim).and_then(|about| doubts.get(&about)) {
            Some(Doubt { denied: true, .. }) => found.push((Known::ClaimContradicted, i as u32)),
            Some(Doubt { careful: true, .. }) => found.push((Known::ClaimWavering, i as u32)),
            _ => {}
        }
    }
}

/// The subject and the outcome, in their words.
fn about(article: &Article, claim: &Claim) -> Option<(u64, Outcome)> {
    let (subject, object) = (claim.subject?, claim.object?);
    Some((words(article, subject), (object.tag, words(article, object))))
}

/// The strength with which the body stands behind a claim: what it only reports or asks is no more than a maybe.
fn careful(claim: &Claim) -> Strength {
    if claim.marks.any(DISTANT) { claim.strength.min(Strength::Conditional) } else { claim.strength }
}

fn outcome(article: &Article, claim: &Claim) -> Option<Outcome> {
    let object = claim.object.filter(|_| claim.valence == Valence::Benefit)?;
    Some((object.tag, words(article, object)))
}

/// A number for words: equal for equal ones, whatever their case.
fn words(article: &Article, role: Role) -> u64 {
    let words = article.words(role.start, role.end);
    if words.is_ascii() { hash(words.as_bytes()) } else { hash(words.to_lowercase().as_bytes()) }
}

fn zone(article: &Article, claim: &Claim) -> Zone {
    let Some(sentence) = article.sentences.get(claim.sentence as usize) else { return Zone::Body };
    let Some(block) = article.doc.blocks.get(sentence.block as usize) else { return Zone::Body };
    match block.kind {
        BlockKind::Title | BlockKind::Heading | BlockKind::Question => return Zone::Headline,
        BlockKind::Answer | BlockKind::Summary => return Zone::Summary,
        _ => {}
    }
    let heading = article.doc.sections.get(block.section as usize).and_then(|s| s.heading);
    let range = heading.and_then(|h| article.blocks.get(h as usize));
    let summarises = range.is_some_and(|&(from, to)| {
        [Known::LineTakeaway, Known::LineConclusion].iter().any(|k| article.starting(k.id(), from, to).any(|a| a.end <= to))
    });
    if summarises { Zone::Summary } else { Zone::Body }
}
