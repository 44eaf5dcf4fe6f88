//! Whether the article is about health at all, whether it advises or praises something for health, and
//! whether it reports a study: what decides which general caveats it is asked for.

use super::context::{self, Context};
use super::substances::Main;
use super::{is_text, medicines, needs};
use crate::annotate::{Article, Claim, Note};
use crate::lint::model::Valence;
use crate::tags::{Known, is_remedy};
use crate::words::kind::Marks;
use crate::words::lexicon::TagId;

/// A text that promotes something in as many sentences sells it, however many studies it names.
const PUSHES: usize = 4;

/// What is swallowed or rubbed in and so has side effects worth naming.
const TAKEN: [Known; 5] = [Known::SubjectSupplement, Known::SubjectHerb, Known::SubjectOil, Known::SubjectProduct, Known::SubjectRemedy];

/// What a text on diet and exercise advises.
const HABITS: [Known; 3] = [Known::SubjectDiet, Known::SubjectExercise, Known::SubjectLifestyle];

/// Lists whose words show that the text is about health.
const HEALTH: [Known; 8] = [
    Known::ObjectDisease,
    Known::ObjectSymptom,
    Known::SubjectSupplement,
    Known::SubjectHerb,
    Known::SubjectDrug,
    Known::SubjectClinician,
    Known::SubjectProcedure,
    Known::Claim,
];

/// Places `topic.health`, `topic.study`, `topic.advises`, `topic.promotes` and the tags of what
/// anything promoted should say, whether a file is about it or not.
pub fn find(article: &mut Article, context: &Context, mains: &[Main]) {
    let words = article.word_count();
    let Some((first, end)) = opening(article) else { return };
    let health: usize = HEALTH.iter().map(|t| article.tagged(t.id()).len()).sum();
    if health >= 3 && health * 60 >= words && !context.recipe {
        article.add(Known::TopicHealth, first, end);
    }
    let studies = [Known::EvidenceStudy, Known::SubjectResearcher].iter().map(|t| article.tagged(t.id()).len()).sum::<usize>();
    let pushes: usize = mains.iter().map(|m| m.promotes.len()).sum();
    let is_study = studies >= 4 && studies * 70 >= words && pushes < PUSHES;
    if is_study {
        article.add(Known::TopicStudy, first, end);
    }
    let praise: Vec<(TagId, u32)> = article
        .claims
        .iter()
        .filter_map(|c| Some((praised(c)?, c.sentence)))
        .filter(|p| context.facts.get(p.1 as usize).is_some_and(|f| f & context::UNSURE == 0))
        .collect();
    let promoted = mains.iter().filter_map(|m| m.promotes.iter().find(|&&s| is_text(context, s)).or(m.promotes.first())).min().copied();
    let taken = praise.iter().filter(|p| TAKEN.iter().any(|t| t.id() == p.0)).count();
    let enough = taken >= 2 || praise.len() >= 3;
    let place = promoted.or_else(|| praise.iter().map(|p| p.1).find(|&s| enough && is_text(context, s)));
    let Some(sentence) = place.filter(|_| !context.recipe).and_then(|s| article.sentences.get(s as usize)).copied() else {
        let habits: usize = HABITS.iter().map(|t| article.tagged(t.id()).len()).sum();
        if habits >= 6 && habits * 100 >= words && !context.recipe {
            article.add(Known::TopicAdvises, first, end);
        }
        return;
    };
    article.add(Known::TopicAdvises, sentence.start, sentence.end);
    if promoted.is_none() && taken < 2 {
        return;
    }
    article.add(Known::TopicPromotes, sentence.start, sentence.end);
    medicines::unnamed(article, context);
    let known =
        mains.iter().filter(|m| !m.promotes.is_empty()).filter_map(|m| article.catalog.substances.get(m.substance)).collect::<Vec<_>>();
    let asked = known.iter().any(|s| s.caveats.iter().any(|c| c.verified && c.need == "side-effects"));
    let on_file = |need: &str| known.iter().any(|s| s.caveats.iter().any(|c| c.need == need));
    let limited = known.iter().any(|s| s.limits.iter().any(|l| l.upper));
    let silent = [
        (Known::MissingAnySideEffect, !asked && !names_side_effect(article, context)),
        (
            Known::MissingAnyPregnancy,
            !on_file("pregnancy") && !article.has(Known::CaveatPregnancy.id()) && !article.has(Known::CaveatPregnancyWord.id()),
        ),
        (Known::MissingAnyInteraction, !on_file("interactions") && !article.has(Known::CaveatInteractions.id())),
        (Known::MissingAnyLimit, !limited && article.has(Known::NumberDose.id()) && !article.has(Known::CaveatUpperLimit.id())),
    ];
    let subject = known.first().map_or_else(|| "it".to_owned(), |s| s.name.to_string());
    for (tag, _) in silent.into_iter().filter(|s| s.1 && !is_study) {
        article.add(tag, sentence.start, sentence.end);
        article.notes.insert((tag.id(), sentence.start, sentence.end), Note { subject: subject.clone(), text: String::new() });
    }
}

/// The first sentence of the title, else of the text.
fn opening(article: &Article) -> Option<(u32, u32)> {
    article.all(Known::UnitDocument.id()).next().map(|a| (a.start, a.end))
}

/// What a claim praises: the class of what does good and is no established care.
fn praised(c: &Claim) -> Option<TagId> {
    let silent = Marks::NEGATED | Marks::QUOTED | Marks::ASKED | Marks::ATTRIBUTED | Marks::REPORTED | Marks::AIMED;
    if c.valence != Valence::Benefit || c.marks.any(silent) {
        return None;
    }
    c.subject.map(|s| s.tag).filter(|&tag| is_remedy(tag))
}

/// Whether any side effect is named as one, or too much is said to harm.
fn names_side_effect(article: &Article, context: &Context) -> bool {
    let effect = article.all(Known::CaveatSideEffects.id()).any(|a| {
        let facts = context.at(article, a.start);
        let silent = a.marks.any(Marks::NEGATED | Marks::QUOTED | Marks::SUPPOSED)
            || context.is_helped(article, a)
            || needs::is_of_medicine(article, a);
        !silent && facts & (context::OUTSIDE | context::DEFICIENCY) == 0
    });
    effect
        || article
            .all(Known::SubjectExcess.id())
            .any(|a| context.at(article, a.start) & (context::HARM | context::DEFICIENCY | context::OUTSIDE) == context::HARM)
}
