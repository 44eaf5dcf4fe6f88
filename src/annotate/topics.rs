//! What the article is about and in which way, which caveats that calls for, and which of them it carries.
//!
//! A caveat is asked for only where the article promotes or explains taking the thing: a page on a disease
//! that names zinc once is not asked for zinc's upper limit.

pub mod context;
mod health;
mod medicines;
pub mod needs;
mod risks;
pub mod substances;

use super::doses::Dose;
use super::{Article, Note};
use crate::tags::Known;
use context::Context;
use needs::Need;
use substances::Main;

/// Adds the annotations of this module and fills [`Article::needs`].
pub fn find(article: &mut Article, doses: &[Dose], jurisdiction: &[String]) {
    let mut context = Context::of(article, doses);
    let mut mains = substances::main(article, &context);
    for m in &mains {
        for &(start, _) in &m.mentions {
            context.add(article, start, context::ABOUT);
        }
    }
    substances::promotes(article, &context, &mut mains);
    health::find(article, &context, &mains);
    for m in &mains {
        if let Some(&(start, end)) = m.mentions.first() {
            article.add(Known::TopicSubstance, start, end);
        }
        article.substances.push(m.substance);
        let in_text = m.promotes.iter().any(|&s| is_text(&context, s));
        for &s in m.promotes.iter().filter(|&&s| !in_text || is_text(&context, s)) {
            if let Some(s) = article.sentences.get(s as usize).copied() {
                article.add(Known::TopicRecommends, s.start, s.end);
                if context.at(article, s.start) & context::SELL != 0 {
                    article.add(Known::TopicSells, s.start, s.end);
                }
            }
        }
        if m.promotes.is_empty() {
            continue;
        }
        call(article, &context, m);
        medicines::find(article, &context, m);
        risks::upper_limit(article, &context, m, jurisdiction);
    }
    risks::imbalance(article, &context, &mains);
}

/// Places what a promoted substance calls for.
fn call(article: &mut Article, context: &Context, main: &Main) {
    let catalog = article.catalog;
    let Some(substance) = catalog.substances.get(main.substance) else { return };
    let Some((start, end)) = anchor(article, context, main) else { return };
    let mut others = Vec::new();
    for (number, caveat) in substance.caveats.iter().enumerate() {
        let met = needs::met(article, context, substance, caveat);
        if !caveat.verified {
            // What no source was seen for is at most a hint: to be tested first harms nobody.
            if met.is_none() && caveat.need == "test" {
                article.add_tag(caveat.missing_tag, start, end);
                note(article, caveat.missing_tag, start, end, substance.name.to_string(), caveat.reason.to_string());
            }
            continue;
        }
        article.add_tag(caveat.needs_tag, start, end);
        if let Some((from, to)) = met {
            article.add_tag(caveat.met_tag, from, to);
        } else {
            article.add_tag(caveat.missing_tag, start, end);
            note(article, caveat.missing_tag, start, end, substance.name.to_string(), caveat.reason.to_string());
            if !OWN_LINT.contains(&caveat.need.as_str()) {
                others.push(caveat.reason.as_str());
            }
            if caveat.need == "interactions" && substance.interactions.iter().any(|i| i.major && i.verified) {
                article.add(Known::MissingMajor, start, end);
            }
        }
        article.needs.push(Need { substance: main.substance, caveat: number, start, end, met });
    }
    if !others.is_empty() {
        article.add(Known::MissingGroups, start, end);
        note(article, Known::MissingGroups.id(), start, end, substance.name.to_string(), others.join(" "));
    }
}

/// Needs that a lint of their own reports.
const OWN_LINT: [&str; 10] =
    ["side-effects", "serious", "interactions", "kidney", "liver", "pregnancy", "bleeding", "surgery", "children", "test"];

fn note(article: &mut Article, tag: u16, start: u32, end: u32, subject: String, text: String) {
    article.notes.entry((tag, start, end)).or_insert(Note { subject, text });
}

/// The first sentence of the text that promotes the substance; the first heading that does, where none is.
fn anchor(article: &Article, context: &Context, main: &Main) -> Option<(u32, u32)> {
    let plain = |s: u32| context.facts.get(s as usize).is_some_and(|f| f & (context::CAUTION | context::CONSULT | context::UNSURE) == 0);
    let of_text = |s: &&u32| is_text(context, **s);
    let number = main
        .promotes
        .iter()
        .filter(of_text)
        .find(|s| plain(**s))
        .or_else(|| main.promotes.iter().find(of_text))
        .or(main.promotes.first())?;
    article.sentences.get(*number as usize).map(|s| s.range())
}

/// Whether a sentence is neither a title nor a heading.
fn is_text(context: &Context, sentence: u32) -> bool {
    context.facts.get(sentence as usize).is_some_and(|f| f & (context::HEADING | context::OUTSIDE) == 0)
}
