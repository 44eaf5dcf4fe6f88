//! What a text makes of its evidence: findings in animals or cells that a later sentence carries over to
//! people, and how old the newest source is.
//!
//! Needs claims and locators. One pass over the sentences; the words come from the lists `evidence.*`,
//! `population.*` and `study.*`.

use super::{Annotation, Article, Context};
use crate::document::BlockKind;
use crate::lint::model::Valence;
use crate::tags::{Known, REMEDIES, is_remedy};
use crate::words::kind::{Form, Marks};

/// Adds `claim.transferred`, `evidence.transferred` (the same where no effect is named) and `source.stale`.
pub fn find(article: &mut Article, context: &Context) {
    transferred(article);
    stale(article, context.today);
}

/// What a sentence holds, as bits.
type Facts = u16;
/// It names animals or cells as those who were studied.
const MODEL: Facts = 1;
/// It speaks of a study or of what was found.
const STUDY: Facts = 2;
/// It speaks of a trial or a review, or of a number of people who took part.
const TRIAL: Facts = 4;
/// It speaks of people or to the reader.
const PEOPLE: Facts = 8;
/// It names a disease.
const DISEASE: Facts = 16;
/// It draws a conclusion from what was said.
const INFERS: Facts = 32;
/// It says that people have not been tested.
const NOT_PEOPLE: Facts = 64;
/// It speaks of a benefit and names no effect.
const GAIN: Facts = 128;

const LISTS: [(Known, Facts); 16] = [
    (Known::PopulationAnimal, MODEL),
    (Known::PopulationCell, MODEL),
    (Known::StudyPreclinical, MODEL | STUDY),
    (Known::EvidenceFinds, STUDY),
    (Known::EvidenceStudy, STUDY),
    (Known::EvidenceOneStudy, TRIAL),
    (Known::StudyTrial, TRIAL),
    (Known::StudySynthesis, TRIAL),
    (Known::NumberSample, TRIAL),
    (Known::PopulationHuman, PEOPLE),
    (Known::PopulationReader, PEOPLE),
    (Known::ObjectDisease, DISEASE),
    (Known::ObjectSerious, DISEASE),
    (Known::EvidenceInfers, INFERS),
    (Known::EvidenceNotPeople, NOT_PEOPLE),
    (Known::EvidenceGain, GAIN),
];

/// How many sentences after a finding a sentence is still read as speaking of it, without a word that says so.
const NEAR: usize = 2;
/// And with such a word.
const FAR: usize = 30;

fn facts(article: &Article) -> Vec<Facts> {
    let mut facts = vec![0; article.sentences.len()];
    for (list, fact) in LISTS {
        for a in article.all(list.id()) {
            if let Some(f) = article.sentence_of.get(a.start as usize).and_then(|&s| facts.get_mut(s as usize)) {
                *f |= fact;
            }
        }
    }
    facts
}

/// A finding in animals or cells that no finding in people stands beside.
struct Finding {
    sentence: usize,
    section: u32,
}

/// Tags the first claim on people after each finding that was made in animals or cells only.
fn transferred(article: &mut Article) {
    let facts = facts(article);
    if facts.iter().all(|f| f & MODEL == 0) {
        return;
    }
    let mut found = Vec::new();
    let mut vague = Vec::new();
    let mut open: Option<Finding> = None;
    // A study in people answers for its whole section.
    let mut answered = None;
    let mut claim = 0;
    for (index, sentence) in article.sentences.iter().enumerate() {
        let first = claim;
        while article.claims.get(claim).is_some_and(|c| c.sentence as usize <= index) {
            claim += 1;
        }
        let Some(block) = article.doc.blocks.get(sentence.block as usize) else { continue };
        if matches!(block.kind, BlockKind::Residue | BlockKind::Code) {
            continue;
        }
        let fact = facts[index];
        if fact & NOT_PEOPLE != 0 {
            open = None;
            answered = Some(block.section);
        } else if fact & MODEL != 0 {
            if fact & STUDY != 0 && answered != Some(block.section) && !(fact & TRIAL != 0 && fact & PEOPLE != 0) {
                open = Some(Finding { sentence: index, section: block.section });
            }
        } else if fact & TRIAL != 0 {
            open = None;
            answered = Some(block.section);
        } else if let Some(finding) = &open {
            let near = finding.section == block.section && index - finding.sentence <= NEAR;
            if fact & (PEOPLE | DISEASE) != 0 && (near || fact & INFERS != 0 && index - finding.sentence <= FAR) {
                let hit = (first..claim).find(|&c| is_for_people(article, c, fact));
                if let Some(c) = hit {
                    found.push(c);
                    open = None;
                } else if fact & (PEOPLE | DISEASE | INFERS | GAIN) == PEOPLE | DISEASE | INFERS | GAIN {
                    let remedy = REMEDIES.iter().filter_map(|r| first_in(article, *r, sentence.start, sentence.end)).min();
                    if let Some(start) = remedy {
                        vague.push((start, sentence.end));
                        open = None;
                    }
                }
            }
        }
    }
    for (start, end) in vague {
        article.add(Known::EvidenceTransferred, start, end);
    }
    for index in found {
        let Some(c) = article.claims.get(index) else { continue };
        let (start, end, marks) = (c.start, c.end, c.marks);
        let tag = Known::ClaimTransferred.id();
        article.annotations.push(Annotation { tag, form: Form::default(), marks, start, end, value: index as u32 });
    }
}

/// The first token in `from..to` at which a list has a hit that is neither denied nor asked.
fn first_in(article: &Article, list: Known, from: u32, to: u32) -> Option<u32> {
    let numbers = article.tagged(list.id());
    let at = |n: &u32| article.annotations.get(*n as usize);
    let first = numbers.partition_point(|n| at(n).is_some_and(|a| a.start < from));
    let hit =
        numbers.get(first..)?.iter().filter_map(at).take_while(|a| a.start < to).find(|a| !a.marks.any(Marks::NEGATED | Marks::ASKED))?;
    Some(hit.start)
}

/// Whether a claim promises people a benefit of a remedy.
fn is_for_people(article: &Article, index: usize, fact: Facts) -> bool {
    let Some(claim) = article.claims.get(index) else { return false };
    let is_remedy = claim.subject.is_some_and(|s| is_remedy(s.tag));
    let of_disease = claim.object.is_some_and(|o| o.tag == Known::ObjectDisease.id() || o.tag == Known::ObjectSerious.id());
    claim.valence == Valence::Benefit && is_remedy && !claim.marks.any(Marks::NEGATED | Marks::ASKED) && (fact & PEOPLE != 0 || of_disease)
}

/// The age in years from which the newest source of an article counts as old.
const OLD: i64 = 5;

/// Tags the newest year of a source where it is old. `today`: days since 1970-01-01, 0 where it is not known.
fn stale(article: &mut Article, today: i64) {
    if today <= 0 {
        return;
    }
    let this_year = 1970 + today * 100 / 36_525;
    let newest = article
        .all(Known::SourceYear.id())
        .filter_map(|a| article.words(a.start, a.end).get(..4)?.parse::<i64>().ok().map(|year| (year, a.start, a.end)))
        .max_by_key(|&(year, start, _)| (year, std::cmp::Reverse(start)));
    if let Some((year, start, end)) = newest
        && this_year - year > OLD
    {
        article.add(Known::SourceStale, start, end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Checker, Options};
    use crate::read::{self, Format};

    /// The words of what is tagged.
    fn tagged(text: &str, tag: Known, today: i64) -> Vec<String> {
        let checker = Checker::new(crate::embedded::catalog(), Options { today, ..Options::default() }, &|_| true);
        let mut doc = read::read(text, Format::Text);
        let article = checker.annotate(&mut doc);
        article.all(tag.id()).map(|a| article.words(a.start, a.end).to_owned()).collect()
    }

    #[test]
    fn a_mouse_finding_is_carried_over_once_and_only_where_people_were_not_tested() {
        let mouse = "A study found that turmeric slowed tumours in mice.";
        let claim = "This suggests that turmeric reduces pain in patients.";
        let over = |text: &str| tagged(text, Known::ClaimTransferred, 0).len();
        assert_eq!(over(&format!("{mouse} {claim} Turmeric may help your knees.")), 1);
        assert_eq!(over(mouse), 0);
        assert_eq!(over(&format!("{mouse} It has not been tested in people. {claim}")), 0);
        assert_eq!(over(&format!("{mouse} A trial in 60 adults found less pain. {claim}")), 0);
        assert_eq!(over(claim), 0);
    }

    #[test]
    fn only_the_newest_year_counts_and_an_unknown_day_says_nothing() {
        let text = "Kelp is useless (Roe 1998). Sage is too (Lee 2011).";
        let days = crate::date::days("2024-01-01").unwrap_or(0);
        assert_eq!(tagged(text, Known::SourceStale, days), ["2011"]);
        assert!(tagged(text, Known::SourceStale, 0).is_empty());
        assert!(tagged("Sage is useless (Lee 2022).", Known::SourceStale, days).is_empty());
    }
}
