//! Which substances an article is about, by title, headings and how often they are named, and where it
//! promotes taking them.

use super::context::{self, Context, Facts};
use crate::annotate::Article;
use crate::document::BlockKind;
use crate::lint::model::Valence;
use crate::tags::Known;
use crate::words::kind::Marks;
use crate::words::lexicon::TagId;
use crate::words::scan;
use crate::words::trie::Output;

/// A main substance of the article.
pub struct Main {
    /// Index into the catalog's substances.
    pub substance: usize,
    /// Where it is named, ascending.
    pub mentions: Vec<(u32, u32)>,
    /// Whether a title that is no part of the text names it.
    pub titled: bool,
    /// Numbers of the sentences that promote or recommend taking it, ascending.
    pub promotes: Vec<u32>,
}

/// At most so many main substances are followed.
const MOST: usize = 3;

/// The main substances, the weightiest first.
pub fn main(article: &Article, context: &Context) -> Vec<Main> {
    let words = article.word_count();
    let swallowed = swallowed(article);
    let named = field_title(article);
    let mut all: Vec<(u32, Main)> = Vec::new();
    for (index, substance) in article.catalog.substances.iter().enumerate() {
        let mut weight = 0;
        let (mut title, mut headings, mut early, mut opening) = (0u32, 0, false, false);
        let mut mentions = Vec::with_capacity(article.tagged(substance.tag).len());
        for a in article.all(substance.tag) {
            let facts = context.at(article, a.start);
            if facts & context::OUTSIDE != 0 || is_swallowed(&swallowed, a.start, a.end) {
                continue;
            }
            match article.kind(a.start) {
                BlockKind::Title => title += 1,
                BlockKind::Heading | BlockKind::Question => headings += 1,
                _ => {}
            }
            weight += 1;
            opening |= a.start < 40
                && article.sentence_of.get(a.start as usize) == Some(&0)
                && facts & (context::FOOD | context::DEFICIENCY) == 0
                && matches!(article.kind(a.start), BlockKind::Heading | BlockKind::Question);
            early |= article.sentence_of.get(a.start as usize).is_some_and(|&s| s < 3);
            mentions.push((a.start, a.end));
        }
        if mentions.is_empty() {
            continue;
        }
        let in_field = named.contains(&substance.tag);
        title += u32::from(in_field);
        // Once in a hundred words or so, or in the title: what less is named is a side matter.
        let dense = mentions.len() >= 3 && mentions.len() * 120 >= words;
        let opens = context.short && early;
        if title > 0 || dense || opens || headings >= 2 && mentions.len() >= 4 {
            weight += 20 * title + 4 * headings + if early { 3 } else { 0 };
            all.push((weight, Main { substance: index, mentions, promotes: Vec::new(), titled: in_field || opening }));
        }
    }
    all.sort_by_key(|(weight, m)| (std::cmp::Reverse(*weight), m.mentions.first().map(|m| m.0)));
    let top = all.first().map_or(0, |m| m.0);
    all.retain(|(weight, m)| *weight == top || weight * 5 >= top * 2 && m.mentions.len() > 1);
    all.truncate(MOST);
    all.into_iter().map(|(_, m)| m).collect()
}

/// Tags of what the title in the front matter or the page's head names.
fn field_title(article: &Article) -> Vec<TagId> {
    let Some(field) = article.doc.field("title") else { return Vec::new() };
    let lexicon = &article.catalog.lexicon;
    let (tokens, _) = scan::tokens(&field.value, lexicon);
    let hits = scan::find(&field.value, &tokens, &[(0, tokens.len() as u32)], lexicon).hits;
    hits.iter().filter(|h| h.facts & Output::NOT == 0).map(|h| h.tag).collect()
}

/// Longer names in which the name of a substance says something else: "iron deficiency anaemia".
fn swallowed(article: &Article) -> Vec<(u32, u32)> {
    let mut spans: Vec<(u32, u32)> = [
        Known::SubjectDeficiency,
        Known::ObjectDisease,
        Known::ObjectMarker,
        Known::SubjectDrug,
        Known::SubjectMedication,
        Known::SubjectProcedure,
    ]
    .iter()
    .flat_map(|tag| article.all(tag.id()))
    .filter(|a| a.end > a.start + 1)
    .map(|a| (a.start, a.end))
    .collect();
    spans.sort_unstable();
    spans
}

fn is_swallowed(spans: &[(u32, u32)], start: u32, end: u32) -> bool {
    let first = spans.partition_point(|s| s.0 < start.saturating_sub(6));
    spans[first..].iter().take_while(|s| s.0 <= start).any(|s| s.1 >= end && s.1 - s.0 > end - start)
}

/// Where the article promotes or recommends taking each main substance.
pub fn promotes(article: &Article, context: &Context, mains: &mut [Main]) {
    let claims = benefit_claims(article);
    let single = mains.len() == 1;
    let short = context.short;
    for main in mains.iter_mut() {
        let substance = &article.catalog.substances[main.substance];
        // What is also eaten is promoted as a supplement only where a form or a dose is named.
        let eaten = is_eaten(article, substance.tag, &substance.class);
        if context.recipe && (substance.class != "hormone") {
            continue;
        }
        let titled = main.titled
            || main
                .mentions
                .iter()
                .any(|m| article.kind(m.0) == BlockKind::Title && context.at(article, m.0) & (context::FOOD | context::DEFICIENCY) == 0);
        let formed = !eaten || titled || main.mentions.iter().any(|m| has_form(context.at(article, m.0)));
        let elsewhere = || context.facts.iter().any(|f| has_form(*f) && f & context::OUTSIDE == 0);
        if !formed && !(single && (short || elsewhere())) {
            continue;
        }
        for (number, s) in article.sentences.iter().enumerate() {
            let facts = context.facts[number];
            if facts & (context::OUTSIDE | context::QUOTED) != 0 {
                continue;
            }
            let first = main.mentions.partition_point(|m| m.0 < s.start);
            let named = main.mentions.get(first).is_some_and(|m| m.0 < s.end);
            let follows = short || context.before(article, s.start) & context::ABOUT != 0;
            let promotes = if named { is_promoting(facts, eaten, short) } else { single && follows && goes_on(facts, short) };
            if promotes || claims.get(number).is_some_and(|c| claims_it(article, c, named, facts, eaten && !short, main)) {
                main.promotes.push(number as u32);
            }
        }
    }
}

fn has_form(facts: Facts) -> bool {
    facts & (context::FORM | context::DOSE) != 0
}

/// Whether a sentence that names the substance promotes taking it.
fn is_promoting(facts: Facts, eaten: bool, short: bool) -> bool {
    let asks = facts & (context::TAKE | context::SELL | context::PRAISE) != 0;
    if facts & (context::ASKED | context::DEFICIENCY | context::UNSURE) != 0 && !asks || facts & context::CAUTION != 0 {
        return false;
    }
    let food = eaten && facts & context::FOOD != 0 && !has_form(facts);
    let portion = facts & context::PORTION != 0 && (short || !eaten);
    !food && (asks || (has_form(facts) || portion) && facts & (context::HARM | context::HEADING) == 0)
}

/// Whether a sentence after one that names the substance tells how to take it.
fn goes_on(facts: Facts, short: bool) -> bool {
    let form = facts & (context::FORM | context::PORTION) != 0;
    facts & (context::CAUTION | context::ASKED | context::HARM | context::DEFICIENCY | context::FOOD) == 0
        && (facts & (context::SELL | context::DOSE) != 0 || form && (short || facts & (context::TAKE | context::PRAISE) != 0))
}

/// Nutrients, and herbs that are also food.
fn is_eaten(article: &Article, tag: TagId, class: &str) -> bool {
    if matches!(class, "mineral" | "vitamin" | "fatty-acid" | "probiotic") {
        return true;
    }
    let cooked = |t: Known| {
        article.all(tag).any(|a| {
            let numbers = article.tagged(t.id());
            let i = numbers.partition_point(|&n| article.annotations[n as usize].end <= a.start);
            numbers.get(i).is_some_and(|&n| article.annotations[n as usize].start < a.end)
        })
    };
    cooked(Known::SubjectFood) || cooked(Known::ObjectCooking)
}

/// Claims of benefit by number of sentence: indexes into the article's claims.
fn benefit_claims(article: &Article) -> Vec<Vec<u32>> {
    let mut by_sentence = vec![Vec::new(); article.sentences.len()];
    for (i, c) in article.claims.iter().enumerate() {
        if c.valence == Valence::Benefit
            && !c.marks.any(Marks::NEGATED | Marks::QUOTED)
            && let Some(list) = by_sentence.get_mut(c.sentence as usize)
        {
            list.push(i as u32);
        }
    }
    by_sentence
}

/// Whether one of the claims of a sentence has the substance as its subject.
fn claims_it(article: &Article, claims: &[u32], named: bool, facts: Facts, eaten: bool, main: &Main) -> bool {
    if claims.is_empty() || facts & context::UNSURE != 0 || facts & context::DEFICIENCY != 0 && !has_form(facts) {
        return false;
    }
    if eaten && facts & context::FOOD != 0 && !has_form(facts) {
        return false;
    }
    claims.iter().filter_map(|&i| article.claims.get(i as usize)).any(|c| match c.subject {
        Some(subject) => {
            let first = main.mentions.partition_point(|m| m.1 <= subject.start);
            main.mentions.get(first).is_some_and(|m| m.0 < subject.end)
        }
        None => named,
    })
}
