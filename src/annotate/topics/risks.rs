//! How the risks of a promoted substance stand against its benefits, and whether its upper limit is given.

use super::context::{self, Context, Facts};
use super::substances::Main;
use crate::annotate::doses::compare;
use crate::annotate::{Article, Note};
use crate::tags::Known;
use crate::words::kind::Marks;
use crate::words::token::Shape;

/// Benefits weigh too much from this many words on for each word of risk.
const RATIO: usize = 6;
/// Fewer words of benefit than this are no imbalance.
const FEW: usize = 120;
/// Risks that start after this share of the text are put where nobody reads them.
const LATE: f32 = 0.8;

/// Places `missing.upper-limit` where an amount is spoken of and the limit on file is not given.
pub fn upper_limit(article: &mut Article, context: &Context, main: &Main, jurisdiction: &[String]) {
    let catalog = article.catalog;
    let Some(substance) = catalog.substances.get(main.substance) else { return };
    let Some(limit) = compare::limit_to_give(substance, jurisdiction) else { return };
    let is_number = |t: u32| article.tokens.get(t as usize).is_some_and(|t| t.shape.contains(Shape::NUMBER));
    let given = article.all(Known::CaveatUpperLimit.id()).any(|a| {
        let dosed = article.sentence(a.start).is_some_and(|s| crate::annotate::doses::within(article, Known::NumberDose, s.start, s.end));
        context.at(article, a.start) & context::OUTSIDE == 0 && (dosed || (a.start..a.end).any(is_number))
    });
    let by_weight = article.has(Known::UnitByWeight.id()) && article.has(Known::NumberDose.id());
    if given || by_weight {
        return;
    }
    let text = |a: &&crate::annotate::Annotation| {
        let facts = context.at(article, a.start);
        facts & (context::OUTSIDE | context::HEADING | context::ASKED) == 0 && !a.marks.any(Marks::QUOTED)
    };
    let place = [Known::SubjectExcess, Known::DoseRecommended, Known::NumberDose, Known::CaveatDose]
        .iter()
        .find_map(|t| article.all(t.id()).find(text).map(|a| (a.start, a.end)));
    let Some((start, end)) = place else { return };
    let note = Note { subject: substance.name.to_string(), text: format!("The {}.", compare::limit_in_words(limit)) };
    article.add(Known::MissingUpperLimit, start, end);
    article.add(Known::TopicLimit, start, end);
    article.notes.entry((Known::MissingUpperLimit.id(), start, end)).or_insert(note);
}

/// Places `topic.imbalance` where many words praise and few warn, or the warning comes at the very end.
pub fn imbalance(article: &mut Article, context: &Context, mains: &[Main]) {
    let promotes =
        mains.iter().find_map(|m| m.promotes.iter().find(|&&s| context.facts.get(s as usize).is_some_and(|f| f & context::HEADING == 0)));
    let Some(anchor) = promotes.and_then(|&s| article.sentences.get(s as usize)).copied() else { return };
    let (mut benefit, mut risk) = (0, 0);
    let mut first_risk = None;
    for (s, &facts) in article.sentences.iter().zip(&context.facts) {
        if facts & context::OUTSIDE != 0 {
            continue;
        }
        let words = (s.end - s.start) as usize;
        if is_risk(facts) {
            risk += words;
            if facts & context::HEADING == 0 {
                first_risk.get_or_insert(s.start);
            }
        } else if facts & (context::BENEFIT | context::PRAISE | context::BENEFITS | context::TAKE) != 0 {
            benefit += words;
        }
    }
    let late = first_risk.is_some_and(|t| t as f32 > LATE * article.tokens.len() as f32);
    if benefit < FEW || !late && benefit <= RATIO * risk {
        return;
    }
    let text = match (risk, late) {
        (0, _) => format!("about {benefit} words praise it and none warns"),
        (_, true) => "its risks come only in the last fifth of the text".to_owned(),
        _ => format!("about {benefit} words praise it and {risk} warn"),
    };
    let subject = mains.first().and_then(|m| article.catalog.substances.get(m.substance)).map_or_else(String::new, |s| s.name.to_string());
    article.add(Known::BenefitRiskImbalance, anchor.start, anchor.end);
    article.notes.insert((Known::BenefitRiskImbalance.id(), anchor.start, anchor.end), Note { subject, text });
}

fn is_risk(facts: Facts) -> bool {
    let named = facts & (context::HARM | context::CAUTION | context::INTERACTION | context::CONSULT) != 0;
    facts & context::RISKS != 0 || named && facts & (context::BENEFIT | context::DEFICIENCY) == 0
}
