//! Whether an effect, with what was found around it, asserts anything.

use super::doers::is_weak_class;
use super::effects::Effect;
use super::is_of;
use crate::annotate::grammar as g;
use crate::annotate::{Annotation, Article, Role};
use crate::document::BlockKind;
use crate::lint::model::ClaimForm;
use crate::tags::{Known, is_remedy};
use crate::words::kind::Marks;
use crate::words::lexicon::TagId;
use crate::words::token::Shape;

/// Whether an effect, with what was found around it, asserts anything.
pub fn asserts(article: &Article, effect: &Effect, subject: Option<&Role>, object: Option<&Role>) -> bool {
    let marks = article.marks.get(effect.head as usize).copied().unwrap_or_default();
    if marks.any(Marks::AIMED) {
        return false;
    }
    if is_indication(article, effect, subject) {
        return false;
    }
    let list = &article.catalog.lexicon.lists[effect.tag as usize];
    if list.compares() {
        return true;
    }
    // Everyday verbs and predicates assert something of an outcome that is known, or of a known thing.
    let is_known = object.is_some() || subject.is_some_and(|s| !is_weak_class(s.tag)) && effect.form == ClaimForm::Finite;
    if list.object_required && !is_known && !(marks.any(Marks::HEDGED) && effect.form == ClaimForm::Finite) {
        return false;
    }
    match effect.form {
        ClaimForm::Noun => noun_asserts(article, effect, subject),
        ClaimForm::Finite => object.is_some() || subject.is_some() || !effect.passive || effect.has_doer,
        // ", resulting in 200 visits": a consequence is one, whatever it is.
        ClaimForm::Gerund if effect.tag == Known::EffectAffect.id() && effect.end > effect.start + 1 => true,
        _ => object.is_some(),
    }
}

/// Words between the name of a thing and the verb: "tea tree oil extracts".
const HEAD: u32 = 1;
/// Words between "is" and the noun of a predicate.
const PREDICATE: usize = 9;

/// A noun asserts where it is a predicate ("is a remedy for", "offers relief from"), a property of a
/// subject, or stands alone as a heading, an item or a cell.
fn noun_asserts(article: &Article, effect: &Effect, subject: Option<&Role>) -> bool {
    // "But sleep aid is a matter of taste": the noun is what is spoken of.
    let clause = article.clauses[article.clause_of[effect.start as usize] as usize];
    if effect.start == clause.start && article.grammar.get(effect.end as usize).is_some_and(|f| f & g::BE != 0) {
        return false;
    }
    if effect.tag != Known::EffectRelief.id() {
        return true;
    }
    // "... an effort to talk Treatment for voice disorders varies": a new line that lost its break.
    let is_capital = |t: u32| article.tokens.get(t as usize).is_some_and(|t| t.shape.contains(Shape::CAPITAL));
    if effect.start > clause.start && is_capital(effect.start) && !is_capital(effect.start - 1) && article.sign(effect.start - 1) == ' ' {
        return false;
    }
    let Some(s) = article.sentence(effect.start) else { return false };
    let alone = !matches!(article.kind(effect.start), BlockKind::Paragraph | BlockKind::Answer | BlockKind::Quote | BlockKind::Summary);
    // "is still one of the most widely used home remedies for": a predicate may be long where nothing else hangs on it.
    let fact = |t: u32| article.grammar[t as usize];
    let is_be = |t: u32| fact(t) & g::BE != 0;
    let hangs = |t: u32| fact(t) & (g::SIGN | g::PREPOSITION) != 0 && !is_of(article, t);
    let before = || (s.start..effect.start).rev();
    let is_predicate = before().take(5).any(is_be) || before().take(PREDICATE).take_while(|&t| !hangs(t)).any(is_be);
    // ", a fine remedy for colds": set beside what it speaks of.
    let is_aside = |t: u32| fact(t) & g::DETERMINER != 0 && t > s.start && fact(t - 1) & g::SIGN != 0;
    let is_predicate = is_predicate || before().take(4).any(is_aside);
    // "The blend offers a gentle remedy for colds".
    let is_given = before().take(6).take_while(|&t| fact(t) & (g::SIGN | g::PREPOSITION) == 0).any(|t| fact(t) & g::TAKE != 0);
    // "The oil gives relief from": the term brings its own verb, right after its subject.
    let has_verb = (effect.end - effect.start > 2 || article.grammar.get(effect.end as usize).is_some_and(|f| f & g::PREPOSITION != 0))
        && subject.is_some_and(|r| r.end <= effect.group && effect.group - r.end <= HEAD)
        && article.sentence_of[effect.start as usize] == article.sentence_of[effect.group as usize];
    // "Get relief from pain with this oil": the term brings its own verb, and the doer stands behind.
    let has_verb = has_verb || effect.start == s.start && subject.is_some_and(|r| r.start > effect.end);
    alone || has_verb || (is_predicate || is_given) && subject.is_some_and(|r| r.start < effect.start)
}

/// Classes whose use somebody licenses or has trained for.
const LICENSED: [Known; 3] = [Known::SubjectDrug, Known::SubjectMedication, Known::SubjectProcedure];

fn is_licensed(tag: TagId) -> bool {
    LICENSED.iter().any(|k| k.id() == tag)
}

/// Whether an effect only tells which thing is meant: "a disease that causes pain", "deaths due to flu". What an
/// article can be about is praised by such words, too: "an oil that eases pain".
pub fn is_background(article: &Article, effect: &Effect, subject: Option<&Role>) -> bool {
    if subject.is_some_and(|s| is_remedy(s.tag)) {
        return false;
    }
    let before = effect.group.saturating_sub(1);
    let relative = effect.group > 0 && article.starting(Known::WordRelative.id(), before, effect.group).any(|a| a.end == effect.group);
    let attribute = effect.tag == Known::EffectDue.id() && article.grammar[effect.group as usize] & g::BE == 0;
    let purpose = effect.form == ClaimForm::Infinitive && !effect.advised;
    relative || attribute || purpose || effect.form == ClaimForm::Noun
}

/// Whether the sentence only says what something is used for: "a drug used to treat gout", "steps used to fight it".
/// Of what is licensed that is no claim (STANDARDS B.0: established care), and of nothing that an article can be
/// about where it only tells which thing is meant.
fn is_indication(article: &Article, effect: &Effect, subject: Option<&Role>) -> bool {
    let is_licensed = subject.is_some_and(|s| is_licensed(s.tag));
    if !is_licensed && subject.is_some_and(|s| is_remedy(s.tag)) {
        return false;
    }
    // "Treated by older doctors".
    if effect.has_doer && subject.is_some_and(|s| s.tag == Known::SubjectClinician.id()) {
        return true;
    }
    let from = effect.group.min(effect.start).saturating_sub(4);
    let is_verb = |t: u32| article.grammar[t as usize] & (g::BE | g::HAVE) != 0;
    let is_told = |a: &Annotation| (a.start.saturating_sub(2)..a.start).any(is_verb);
    let mut indications = article.starting(Known::GrammarIndication.id(), from, effect.end).filter(|a| a.end + 1 >= effect.start);
    indications.any(|a| is_licensed || !is_told(a) && a.start < effect.start)
}
