//! Which caveats the main substances call for, and where the article carries them in their role: advice to
//! people with kidney disease does, kidney failure as the cause of a disease does not.

use super::context::{self, Context};
use crate::annotate::{Annotation, Article};
use crate::knowledge::{Caveat, Substance};
use crate::tags::Known;
use crate::words::kind::Marks;

/// A caveat that the article's topic calls for.
#[derive(Clone, Debug, PartialEq)]
pub struct Need {
    /// Index into the catalog's substances.
    pub substance: usize,
    /// Index into that substance's caveats.
    pub caveat: usize,
    /// First token of the place that calls for it.
    pub start: u32,
    /// One past its last token.
    pub end: u32,
    /// Where the article carries it, if it does.
    pub met: Option<(u32, u32)>,
}

/// Where the article carries a caveat of a substance; `None` where it is missing.
pub fn met(article: &Article, context: &Context, substance: &Substance, caveat: &Caveat) -> Option<(u32, u32)> {
    if caveat.need == "interactions" {
        return named_interactions(article, context, substance).next().map(|a| (a.start, a.end));
    }
    let own = caveat.terms_tag.into_iter().flat_map(|tag| article.all(tag)).find(|a| stands(article, context, a, &caveat.need, true));
    // What has terms of its own is met by them; the general list serves where there are none, and for what
    // any article may put in its own words.
    let is_open = caveat.terms_tag.is_none() || is_general(&caveat.need);
    let general = || article.all(caveat.general_tag).find(|a| stands(article, context, a, &caveat.need, false));
    let word = || article.all(caveat.word_tag).find(|a| is_warned_of(article, context, a, &caveat.need));
    own.or_else(|| if is_open { general().or_else(word) } else { None }).map(|a| (a.start, a.end))
}

/// Needs whose general list says as much as a substance's own terms.
fn is_general(need: &str) -> bool {
    matches!(need, "side-effects" | "bleeding" | "heart" | "test" | "diabetes" | "thyroid") || is_whole(need)
}

/// Needs whose general list holds the caution with the word, so that a match is the caveat.
fn is_whole(need: &str) -> bool {
    matches!(need, "kidney" | "liver" | "pregnancy" | "children" | "surgery")
}

/// Whether a mention is the caveat and not something else: a benefit, a lack, a denial, a question.
fn stands(article: &Article, context: &Context, a: &Annotation, need: &str, own: bool) -> bool {
    let facts = context.at(article, a.start);
    if facts & context::OUTSIDE != 0 || context.is_helped(article, a) || a.marks.any(Marks::QUOTED) {
        return false;
    }
    if facts & context::ASKED != 0 && facts & (context::HEADING | context::CAUTION) == 0 && !is_answered(article, context, a) {
        return false;
    }
    let harm = matches!(need, "side-effects" | "serious");
    if (harm || !own) && facts & context::DEFICIENCY != 0 && facts & context::CAUTION == 0 {
        return false;
    }
    if harm && a.marks.any(Marks::NEGATED) && facts & context::CAUTION == 0 {
        return false;
    }
    if need == "side-effects" && is_of_medicine(article, a) {
        return false;
    }
    let warns = facts & (context::CAUTION | context::HARM | context::RISKS) != 0;
    let before = context.before(article, a.start);
    let about =
        facts & (context::ABOUT | context::FORM | context::ANAPHOR | context::TAKE | context::DOSE) != 0 || before & context::ABOUT != 0;
    warns || about || context.short || !own && is_whole(need)
}

/// Whether the bare word stands with a caution that its list did not see: in the lead-in of its list, in the
/// answer to its question, in "not in pregnancy".
fn is_warned_of(article: &Article, context: &Context, a: &Annotation, need: &str) -> bool {
    let facts = context.at(article, a.start);
    if facts & (context::OUTSIDE | context::DEFICIENCY) != 0 || context.is_helped(article, a) || a.marks.any(Marks::QUOTED) {
        return false;
    }
    if facts & context::ASKED != 0 {
        return context.after(article, a.start) & (context::CAUTION | context::CONSULT) != 0;
    }
    let figure = need == "pregnancy" && facts & context::DOSE != 0 && facts & (context::CAUTION | context::LIMIT) != 0;
    let cautious = matches!(need, "pregnancy" | "children" | "surgery") && facts & (context::CAUTION | context::CONSULT) != 0;
    let harm = need == "liver" && facts & context::HARM != 0 && !a.marks.any(Marks::NEGATED);
    figure || cautious || harm || facts & context::LED != 0 || a.marks.any(Marks::NEGATED) && facts & context::ABOUT == 0 && need != "liver"
}

/// Whether a question is taken up as a warning: "Racing heart? Halve it."
fn is_answered(article: &Article, context: &Context, a: &Annotation) -> bool {
    let after = context.after(article, a.start);
    after != 0 && after & (context::TAKE | context::PRAISE | context::BENEFIT) == 0
}

/// Places that name a medicine which the substance meets, as something to watch.
pub fn named_interactions<'a>(
    article: &'a Article,
    context: &'a Context,
    substance: &'a Substance,
) -> impl Iterator<Item = &'a Annotation> {
    let own = substance.interactions.iter().flat_map(|i| article.all(i.tag).map(|a| (a, true)));
    let any = [Known::SubjectDrug, Known::CaveatDrugNamed].into_iter().flat_map(|t| article.all(t.id()).map(|a| (a, false)));
    own.chain(any).filter(|(a, own)| is_interaction(article, context, a, *own)).map(|(a, _)| a)
}

/// Whether a medicine is named as one that must be watched, and not as one that is replaced or compared.
pub fn is_interaction(article: &Article, context: &Context, a: &Annotation, own: bool) -> bool {
    let facts = context.at(article, a.start);
    if facts & context::OUTSIDE != 0 || context.is_helped(article, a) {
        return false;
    }
    let praises = facts & context::BENEFIT != 0 && facts & context::CAUTION == 0;
    let meets = facts & context::INTERACTION != 0 && (own || !praises) || context.before(article, a.start) & context::INTERACTION != 0;
    if !meets && is_compared(article, a) {
        return false;
    }
    if facts & context::ASKED != 0 && context.after(article, a.start) & (context::CAUTION | context::CONSULT) != 0 {
        return true;
    }
    let warns = facts & (context::CAUTION | context::RISKS) != 0;
    let about = facts & (context::ABOUT | context::TAKE) != 0 || context.before(article, a.start) & context::ABOUT != 0;
    let goes_on = facts & context::ABOUT != 0 || context.short && facts & context::ANAPHOR != 0;
    meets || warns && (own || about) || own && goes_on && facts & (context::DEFICIENCY | context::BENEFIT) == 0
}

/// Whether the side effects are those of a medicine that its clause names.
pub fn is_of_medicine(article: &Article, a: &Annotation) -> bool {
    let Some(clause) = article.clause_of.get(a.start as usize).and_then(|&c| article.clauses.get(c as usize)) else { return false };
    [Known::SubjectDrug, Known::SubjectMedication, Known::SubjectProcedure].iter().any(|t| {
        crate::annotate::doses::first_within(article, *t, clause.start, clause.end).is_some_and(|m| m.end <= a.start || m.start < a.end + 4)
    })
}

/// Whether the words before it in its clause set it beside the thing praised: "as well as metformin".
fn is_compared(article: &Article, a: &Annotation) -> bool {
    let Some(clause) = article.clause_of.get(a.start as usize).and_then(|&c| article.clauses.get(c as usize)) else { return false };
    let numbers = article.tagged(Known::TopicVersus.id());
    let end = numbers.partition_point(|&n| article.annotations[n as usize].start < a.start);
    end.checked_sub(1)
        .and_then(|i| numbers.get(i))
        .is_some_and(|&n| article.annotations[n as usize].start >= clause.start.max(a.start.saturating_sub(8)))
}
