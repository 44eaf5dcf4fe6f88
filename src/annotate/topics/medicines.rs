//! Medicines that a promoted substance meets: talked of without a name, or named in part.

use super::context::{self, Context};
use super::needs;
use super::substances::Main;
use crate::annotate::doses::within;
use crate::annotate::{Article, Note};
use crate::knowledge::Substance;
use crate::tags::Known;
use crate::words::kind::Marks;

/// Of a text of fewer words than this nobody expects a full list.
const BRIEF: usize = 150;

/// Places `caveat.interaction-unnamed` where interactions are spoken of and no medicine is named, and
/// `caveat.interaction-incomplete` where a class on file is left out.
pub fn find(article: &mut Article, context: &Context, main: &Main) {
    let catalog = article.catalog;
    let Some(substance) = catalog.substances.get(main.substance) else { return };
    if !substance.interactions.iter().any(|i| i.verified) {
        return;
    }
    let named = needs::named_interactions(article, context, substance).next().map(|a| (a.start, a.end));
    if let Some((start, end)) = named {
        let left = left_out(article, context, substance);
        if !left.is_empty() && article.word_count() >= BRIEF {
            let text = left.iter().take(4).copied().collect::<Vec<_>>().join(", ");
            place(article, Known::InteractionIncomplete, start, end, substance, text);
        }
        return;
    }
    if let Some((start, end)) = spoken(article, context) {
        let classes: Vec<&str> = substance.interactions.iter().filter(|i| i.verified).map(|i| i.with.as_str()).take(4).collect();
        place(article, Known::InteractionUnnamed, start, end, substance, format!("On file are {}.", classes.join(", ")));
    }
}

/// Where medicines that meet something are spoken of.
fn spoken(article: &Article, context: &Context) -> Option<(u32, u32)> {
    let found = article.all(Known::CaveatInteractions.id()).find(|a| {
        let facts = context.at(article, a.start);
        // "How magnesium interacts with nerves" is no word on medicines.
        let medicines = a.end > a.start + 1
            || article
                .sentence(a.start)
                .is_some_and(|s| [Known::SubjectMedication, Known::SubjectDrug].iter().any(|t| within(article, *t, s.start, s.end)));
        medicines && facts & (context::OUTSIDE | context::HEADING | context::ASKED) == 0 && !a.marks.any(Marks::QUOTED)
    });
    found.map(|a| (a.start, a.end))
}

/// The same for something that no file is about: medicines are spoken of and none is named anywhere.
pub fn unnamed(article: &mut Article, context: &Context) {
    let named = article.has(Known::SubjectDrug.id()) || article.has(Known::CaveatDrugNamed.id());
    if let Some((start, end)) = spoken(article, context).filter(|_| !named) {
        article.add(Known::InteractionUnnamed, start, end);
        let note = Note { subject: "it".to_owned(), text: String::new() };
        article.notes.entry((Known::InteractionUnnamed.id(), start, end)).or_insert(note);
    }
}

/// Verified classes that the article never names as something to watch; the major ones alone, where there are any.
fn left_out<'a>(article: &Article, context: &Context, substance: &'a Substance) -> Vec<&'a str> {
    let major = substance.interactions.iter().any(|i| i.major && i.verified);
    substance
        .interactions
        .iter()
        .filter(|i| i.verified && (i.major || !major))
        .filter(|i| !article.all(i.tag).any(|a| needs::is_interaction(article, context, a, true)))
        .map(|i| i.with.as_str())
        .collect()
}

fn place(article: &mut Article, tag: Known, start: u32, end: u32, substance: &Substance, text: String) {
    let key = (tag.id(), start, end);
    if !article.notes.contains_key(&key) {
        article.add(tag, start, end);
    }
    article.notes.insert(key, Note { subject: substance.name.to_string(), text });
}
