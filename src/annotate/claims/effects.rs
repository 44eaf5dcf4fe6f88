//! Which words of a sentence say that something is done: verbs in all their forms, predicates, nouns. A
//! form that is no assertion (a noun, an adjective, an aim) is left out.

use super::verbs::Verb;
use super::{is_number, of_group};
use crate::annotate::grammar as g;
use crate::annotate::{Annotation, Article};
use crate::lint::model::ClaimForm;
use crate::sentence::Sentence;
use crate::tags::{Known, is_remedy};
use crate::words::kind::Form;
use crate::words::lexicon::{Group, TagId};

/// An effect in its sentence. Places are tokens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// Its list.
    pub tag: TagId,
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
    /// The token whose marks count: the verb.
    pub head: u32,
    /// Where the verb group begins: modals, auxiliaries and adverbs before the verb belong to it.
    pub group: u32,
    /// How it is put.
    pub form: ClaimForm,
    /// The doer stands behind "by", or is not told.
    pub passive: bool,
    /// Passive, with the doer behind "by".
    pub has_doer: bool,
    /// Nothing that could be an object follows.
    pub intransitive: bool,
    /// A preposition follows, adverbs skipped.
    pub before_preposition: bool,
    /// Worded with "can".
    pub can: bool,
    /// In the third person or the past: no modal governs it.
    pub inflected: bool,
    /// Joined by "and" to the effect before: it shares its subject and modal.
    pub joined: bool,
    /// Advice: "take X to reduce Y", or an imperative.
    pub advised: bool,
}

/// The effects of a sentence in order, none inside another: those that are only spoken of ("the effects of tea on
/// sleep"), or all others. They take the place of what `effects` holds.
pub fn of_sentence(article: &Article, s: &Sentence, spoken_of: bool, effects: &mut Vec<Effect>) {
    effects.clear();
    let mut last: Option<&Annotation> = None;
    let is_wanted = |a: &&Annotation| article.catalog.lexicon.lists[a.tag as usize].aside == spoken_of;
    for a in of_group(article, Group::Effect, s.start, s.end).filter(is_wanted).filter(|a| !is_verb_instead(article, s, a)) {
        match last {
            Some(before) if a.start < before.end => {
                // The longer reading of the same words; of two as long, the more careful one.
                let strength = |a: &Annotation| article.catalog.lexicon.lists[a.tag as usize].strength;
                let (length, known) = (a.end - a.start, before.end - before.start);
                if a.start == before.start && (length > known || length == known && strength(a) < strength(before)) {
                    last = Some(a);
                }
            }
            _ => add(article, s, last.replace(a), effects),
        }
    }
    add(article, s, last, effects);
}

/// Whether what would compare ("lower risk of", "reduced mortality") is a verb where it stands: "has been shown to
/// significantly lower the risk", "zinc reduced mortality".
fn is_verb_instead(article: &Article, s: &Sentence, a: &Annotation) -> bool {
    let compares = |a: &Annotation| article.catalog.lexicon.lists[a.tag as usize].compares();
    let fact = |t: u32| article.grammar.get(t as usize).copied().unwrap_or(g::SIGN);
    if a.form != Form::default() || !compares(a) {
        return false;
    }
    let Some(verb) = (a.start..a.end).find(|&t| fact(t) & g::ADVERB == 0) else { return false };
    let Some(prev) = (s.start..a.start).rev().find(|&t| fact(t) & g::ADVERB == 0) else { return false };
    let is_verb = |form: Form| of_group(article, Group::Effect, verb, verb + 1).any(|e| e.form.any(form) && !compares(e));
    // "Can be eased with sage".
    let is_be = fact(a.start - 1) & g::BE != 0 && fact(verb + 1) & g::WITH != 0;
    if is_be && names_remedy(article, a.end, a.end + DOER) {
        return is_verb(Form::PAST);
    }
    // "Tended to decrease with age" is none of its own.
    if fact(verb + 1) & g::PREPOSITION != 0 {
        return false;
    }
    let is_to = article.words(prev, prev + 1).eq_ignore_ascii_case("to");
    let is_governed = if is_to { prev > s.start && fact(prev - 1) & g::GOVERNOR != 0 } else { fact(prev) & (g::MODAL | g::CAN) != 0 };
    if is_governed {
        return is_verb(Form::BASE);
    }
    // "Zinc use reduced mortality".
    is_verb(Form::PAST) && names_remedy(article, prev.saturating_sub(1).max(s.start), prev + 1)
}

/// Whether something that an article can praise is named by words that start in `from..to`.
fn names_remedy(article: &Article, from: u32, to: u32) -> bool {
    of_group(article, Group::Subject, from, to).any(|r| is_remedy(r.tag))
}

fn add(article: &Article, s: &Sentence, a: Option<&Annotation>, effects: &mut Vec<Effect>) {
    let Some(mut effect) = a.and_then(|a| classify(article, s, a, effects)) else { return };
    // "helps reduce", "may help to reduce": the first verb only lends its modal.
    if let Some(last) = effects.last().filter(|l| l.tag == Known::EffectHelp.id() && helps(article, l, &effect)) {
        effect.can |= last.can;
        effect.group = last.group;
        effect.inflected = last.inflected;
        effect.head = last.head;
        effect.joined = last.joined;
        if effect.form == ClaimForm::Infinitive {
            effect.form = last.form;
        }
        effects.pop();
    }
    effects.push(effect);
}

/// Whether `next` is what `help` helps to do: at most three words between, no sign.
fn helps(article: &Article, help: &Effect, next: &Effect) -> bool {
    let between = help.end..next.start.max(help.end);
    next.start >= help.end
        && between.len() <= 4
        && between.clone().all(|t| article.grammar[t as usize] & (g::SIGN | g::CONJUNCTION | g::BE) == 0)
        && matches!(next.form, ClaimForm::Infinitive)
        || between.is_empty() && next.form == ClaimForm::Finite && !next.inflected
}

fn classify(article: &Article, s: &Sentence, a: &Annotation, before: &[Effect]) -> Option<Effect> {
    let (prev, group, can) = verb_group(article, s, a.start);
    let mut fact = prev.map_or(0, |p| article.grammar[p as usize]);
    // "Too much of it" opens no noun, it is one.
    let ends_name = |p: u32| of_group(article, Group::Subject, p.saturating_sub(NAME).max(s.start), p).any(|r| r.end == p + 1);
    if fact & g::DETERMINER != 0 && prev.is_some_and(ends_name) {
        fact &= !g::DETERMINER;
    }
    let mut effect = Effect {
        tag: a.tag,
        start: a.start,
        end: a.end,
        head: a.start,
        group,
        form: ClaimForm::Finite,
        passive: false,
        has_doer: false,
        intransitive: false,
        before_preposition: false,
        can,
        inflected: false,
        joined: false,
        advised: false,
    };
    if is_of_text(article, s, group, prev) {
        return None;
    }
    if a.form == Form::default() {
        let is_noun = article.catalog.lexicon.lists[a.tag as usize].aside
            || [Known::EffectProperty, Known::EffectRelief, Known::EffectCompound].iter().any(|k| k.id() == a.tag);
        if is_noun {
            effect.form = ClaimForm::Noun;
        }
        // "Can help": the term says it itself.
        effect.can |= article.grammar[a.start as usize] & g::CAN != 0;
        return Some(effect);
    }
    // "Cuts 'cravings' in half": a quotation mark that opens does not end the clause.
    let behind = a.end + u32::from(opens_quotation(article, a.end));
    let next = article.grammar.get(behind as usize).copied().filter(|_| behind < s.end).unwrap_or(g::SIGN);
    effect.intransitive = next & (g::PREPOSITION | g::SIGN | g::CONJUNCTION | g::ADVERB | g::BE) != 0;
    let is_adverb = |t: &u32| article.grammar[*t as usize] & g::ADVERB != 0;
    effect.before_preposition = (behind..s.end).find(|t| !is_adverb(t)).is_some_and(|t| article.grammar[t as usize] & g::PREPOSITION != 0);
    // "Pain eases with sage": the doer stands behind.
    if effect.intransitive && next & g::WITH != 0 && names_remedy(article, behind + 1, behind + 1 + DOER) {
        effect.passive = true;
    }
    // "by 30%" is no doer.
    effect.has_doer =
        (a.end..s.end.min(a.end + 4)).any(|t| article.grammar[t as usize] & (g::BY | g::WITH) != 0 && !is_number(article, t + 1));
    Verb { article, s, a, prev, fact, next }.read(effect, before)
}

fn is_quotation_mark(article: &Article, token: u32) -> bool {
    matches!(article.sign(token), '\'' | '‘' | '’' | '"' | '“' | '”')
}

/// Whether a token is a quotation mark with a space before it and none behind.
fn opens_quotation(article: &Article, token: u32) -> bool {
    let ends = |t: u32| article.tokens.get(t as usize).map(|t| (t.start, t.end));
    let (Some((_, before)), Some((start, end)), Some((next, _))) = (ends(token.wrapping_sub(1)), ends(token), ends(token + 1)) else {
        return false;
    };
    is_quotation_mark(article, token) && before < start && end == next
}

/// Words before the last of a name: "too much".
const NAME: u32 = 3;

/// Words behind "with" among which the name of a doer begins: "with a little sage".
const DOER: u32 = 3;

/// Words before a verb among which the text that does it is looked for.
const SUBJECT: u32 = 20;

/// Whether a text is what does it: "the findings may change practice", "results of the trial support".
/// `group` is where the verb group begins, `prev` the word before the verb, adverbs skipped.
fn is_of_text(article: &Article, s: &Sentence, group: u32, prev: Option<u32>) -> bool {
    // Nouns have no subject, and neither has a verb behind a sign.
    if prev.is_none_or(|p| article.grammar[p as usize] & (g::SIGN | g::CONJUNCTION | g::DETERMINER) != 0) {
        return false;
    }
    let clause = article.clauses[article.clause_of[group as usize] as usize];
    let stop = g::SIGN | g::BE | g::HAVE | g::MODAL | g::ANAPHOR | g::CONJUNCTION;
    let open = |t: &u32| article.grammar[*t as usize] & stop != 0;
    let begin = s.start.max(clause.start).max(group.saturating_sub(SUBJECT));
    let from = (begin..group).rev().find(open).map_or(begin, |t| t + 1);
    let is_preposition = |t: u32| article.grammar.get(t as usize).is_some_and(|f| f & g::PREPOSITION != 0);
    let mut reports = article.starting(Known::GrammarReport.id(), from, group);
    reports.any(|a| a.end == group || is_preposition(a.end) && !is_preposition(a.start.wrapping_sub(1)))
}

/// Steps back over modals, auxiliaries and adverbs: the token before the verb that is no adverb, where the
/// group begins, and whether it says "can".
fn verb_group(article: &Article, s: &Sentence, verb: u32) -> (Option<u32>, u32, bool) {
    let mut prev = None;
    let mut group = verb;
    let mut can = false;
    let mut at = verb;
    while at > s.start {
        // What stands in brackets before the verb belongs to its subject.
        if article.sign(at - 1) == ')' {
            let open = (s.start..at).rev().find(|&t| article.sign(t) == '(');
            match open.filter(|&t| t > s.start) {
                Some(open) => {
                    at = open;
                    continue;
                }
                None => {
                    prev.get_or_insert(at - 1);
                    break;
                }
            }
        }
        // Headlines put the claim in quotes: "Some pills 'increase the risk'".
        if at > s.start + 1 && is_quotation_mark(article, at - 1) {
            at -= 1;
            continue;
        }
        // "Two cups a day lower", "a cup in the morning lowers": when and how often say nothing of who does it.
        let is_time = at > s.start + 2 && article.grammar[at as usize - 2] & g::DETERMINER != 0;
        if is_time && article.starting(Known::UnitTime.id(), at - 1, at).next().is_some() {
            at -= 2;
            at -= u32::from(at > s.start + 1 && article.grammar[at as usize - 1] & g::PREPOSITION != 0);
            continue;
        }
        let fact = article.grammar[at as usize - 1];
        if fact & (g::ADVERB | g::MODAL | g::BE | g::HAVE | g::CAN) == 0 {
            if prev.is_none() {
                prev = Some(at - 1);
            }
            break;
        }
        at -= 1;
        can |= fact & g::CAN != 0;
        if fact & g::ADVERB == 0 || fact & (g::MODAL | g::CAN) != 0 {
            prev.get_or_insert(at);
        }
        group = at;
    }
    (prev, group, can)
}
