//! Which words of a sentence say that something is done: verbs in all their forms, predicates, nouns. A
//! form that is no assertion (a noun, an adjective, an aim) is left out.

use super::of_group;
use super::roles::is_weak_class;
use crate::annotate::grammar::{self as g, Grammar};
use crate::annotate::{Annotation, Article, Role};
use crate::document::BlockKind;
use crate::lint::model::ClaimForm;
use crate::sentence::Sentence;
use crate::tags::Known;
use crate::words::kind::{Form, Marks, Strength};
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
    /// Worded with "can".
    pub can: bool,
    /// In the third person or the past: no modal governs it.
    pub inflected: bool,
    /// Index of the effect that this one is joined to by "and": it shares its subject and modal.
    pub joined: Option<usize>,
    /// Advice: "take X to reduce Y", or an imperative.
    pub advised: bool,
}

/// The effects of a sentence in order, none inside another.
pub fn of_sentence(article: &Article, s: &Sentence) -> Vec<Effect> {
    let mut hits: Vec<&Annotation> = Vec::new();
    for a in of_group(article, Group::Effect, s.start, s.end) {
        match hits.last_mut() {
            Some(last) if a.start < last.end => {
                // The longer reading of the same words; of two as long, the more careful one.
                let strength = |a: &Annotation| article.catalog.lexicon.lists[a.tag as usize].strength;
                let better =
                    a.end - a.start > last.end - last.start || a.end - a.start == last.end - last.start && strength(a) < strength(last);
                if a.start == last.start && better {
                    *last = a;
                }
            }
            _ => hits.push(a),
        }
    }
    let mut effects: Vec<Effect> = Vec::new();
    for a in hits {
        if let Some(mut effect) = classify(article, s, a, &effects) {
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
    }
    effects
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
    let fact = prev.map_or(0, |p| article.grammar[p as usize]);
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
        can,
        inflected: false,
        joined: None,
        advised: false,
    };
    if a.form == Form::default() {
        let is_noun = [Known::EffectProperty, Known::EffectRelief, Known::EffectCompound].iter().any(|k| k.id() == a.tag);
        if is_noun {
            effect.form = ClaimForm::Noun;
        }
        return Some(effect);
    }
    let next = article.grammar.get(a.end as usize).copied().filter(|_| a.end < s.end).unwrap_or(g::SIGN);
    effect.intransitive = next & (g::PREPOSITION | g::SIGN | g::CONJUNCTION | g::ADVERB | g::BE) != 0;
    effect.has_doer = (a.end..s.end.min(a.end + 4)).any(|t| article.grammar[t as usize] & g::BY != 0);
    let kind = Verb { article, s, a, prev, fact, next };
    if a.form.any(Form::GERUND) {
        return kind.gerund(effect);
    }
    if a.form.any(Form::PAST) && (fact & g::BE != 0 || !a.form.any(Form::BASE)) {
        return kind.past(effect, before);
    }
    if a.form.any(Form::PRESENT) {
        return kind.present(effect);
    }
    kind.base(effect, before)
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
        if article.words(at - 1, at) == ")" {
            let open = (s.start..at).rev().find(|&t| article.words(t, t + 1) == "(");
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
        if at > s.start + 1 && matches!(article.words(at - 1, at), "'" | "‘" | "’" | "\"" | "“" | "”") {
            at -= 1;
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

struct Verb<'a> {
    article: &'a Article<'a>,
    s: &'a Sentence,
    a: &'a Annotation,
    /// The word before, adverbs skipped.
    prev: Option<u32>,
    /// Facts of that word.
    fact: Grammar,
    /// Facts of the word after.
    next: Grammar,
}

/// Whether a word opens a noun phrase and is no subject itself: "the", "of", "its", but not "this".
fn opens_noun(fact: Grammar) -> bool {
    fact & (g::DETERMINER | g::PREPOSITION) != 0 && (fact & g::ANAPHOR == 0 || fact & g::POSSESSIVE != 0)
}

impl Verb<'_> {
    fn is_to(&self, token: u32) -> bool {
        self.article.words(token, token + 1).eq_ignore_ascii_case("to")
    }

    /// "reduces": a verb, unless it is the plural of a noun.
    fn present(&self, mut effect: Effect) -> Option<Effect> {
        let followed = self.next & (g::PREPOSITION | g::SIGN | g::BE | g::CONJUNCTION) != 0;
        let single = self.a.end == self.a.start + 1;
        if opens_noun(self.fact) {
            return None;
        }
        // "the health benefits of": a noun, where a preposition follows and a noun stands before.
        if single && followed && self.next & g::PREPOSITION != 0 && self.a.form.any(Form::PRESENT) && self.is_noun_like() {
            return None;
        }
        effect.inflected = true;
        Some(effect)
    }

    /// Whether a word that may be noun or verb reads as a noun: something qualifies it from the left.
    fn is_noun_like(&self) -> bool {
        let Some(prev) = self.prev else { return false };
        let mut at = prev + 1;
        while at > self.s.start && prev + 1 - at < 4 {
            at -= 1;
            let fact = self.article.grammar[at as usize];
            if opens_noun(fact) {
                return true;
            }
            if fact & (g::SIGN | g::ANAPHOR | g::MODAL | g::BE) != 0 {
                return false;
            }
        }
        false
    }

    fn past(&self, mut effect: Effect, before: &[Effect]) -> Option<Effect> {
        if self.fact & g::BE != 0 {
            effect.passive = true;
            return Some(effect);
        }
        if self.prev.is_some_and(|p| self.is_to(p)) {
            // "linked to increased risk": an adjective.
            return None;
        }
        if self.fact & (g::HAVE | g::MODAL) != 0 {
            // "had reduced pain scores" is mostly an adjective; "has reduced" a verb. Both say the same.
            effect.inflected = true;
            return Some(effect);
        }
        if opens_noun(self.fact) {
            return None;
        }
        let prev = self.prev?;
        if self.fact & (g::SIGN | g::CONJUNCTION) != 0 {
            // ", increased energy and": an adjective; "and reduced pain": a second verb, where there is a first.
            let second = before.iter().any(|e| e.form == ClaimForm::Finite && e.inflected);
            if self.fact & g::SIGN != 0 || !second {
                return None;
            }
        }
        // "medicines used to treat", "pain caused by": no assertion of the sentence.
        if self.next & (g::BY | g::PREPOSITION) != 0 && self.a.end == self.a.start + 1 && self.next & g::DETERMINER == 0 {
            return None;
        }
        // A verb of effect right before makes it an adjective: "shows reduced pain".
        let verb_before = of_group(self.article, Group::Effect, prev, prev + 1).next().is_some_and(|e| e.form != Form::default());
        if verb_before {
            return None;
        }
        effect.inflected = true;
        Some(effect)
    }

    fn gerund(&self, mut effect: Effect) -> Option<Effect> {
        effect.form = ClaimForm::Gerund;
        if self.fact & g::BE != 0 {
            effect.form = ClaimForm::Finite;
            effect.inflected = true;
            return Some(effect);
        }
        let Some(prev) = self.prev else {
            // "Lowering blood pressure" alone in a list says it of what the list is about.
            effect.form = ClaimForm::Finite;
            let opens_item = self.a.start == self.s.start && self.article.kind(self.a.start) == BlockKind::ListItem;
            return (opens_item && self.next & (g::PREPOSITION | g::SIGN | g::BE | g::HAVE | g::MODAL) == 0).then_some(effect);
        };
        if self.fact & g::BY != 0 {
            return Some(effect);
        }
        // "known for reducing", "a choice for treating", "benefits include reducing".
        let is_governor = |t: &u32| *t >= self.s.start && self.article.grammar[*t as usize] & g::GOVERNOR != 0;
        let before = prev.checked_sub(1).filter(|_| self.fact & g::PREPOSITION != 0);
        if let Some(governor) = Some(prev).filter(is_governor).or(before.filter(is_governor)) {
            effect.form = ClaimForm::Finite;
            effect.group = governor;
            return Some(effect);
        }
        let comma = self.article.words(prev, prev + 1) == ",";
        let after_noun = self.a.tag == Known::EffectAffect.id() && self.fact & (g::PREPOSITION | g::DETERMINER) == 0;
        (comma || after_noun || self.fact & g::CONJUNCTION != 0).then_some(effect)
    }

    fn base(&self, mut effect: Effect, before: &[Effect]) -> Option<Effect> {
        let joined = || before.len().checked_sub(1).filter(|&i| before[i].form != ClaimForm::Noun && !before[i].inflected);
        let Some(prev) = self.prev else {
            // At the start: an imperative, a heading or a list item.
            effect.advised = true;
            return (self.next & (g::PREPOSITION | g::SIGN | g::BE | g::MODAL) == 0 || self.a.end > self.a.start + 1).then_some(effect);
        };
        if self.is_to(prev) {
            return self.infinitive(effect, prev);
        }
        if self.fact & (g::MODAL | g::CAN) != 0 {
            return Some(effect);
        }
        if self.fact & g::ANAPHOR != 0 && !opens_noun(self.fact) {
            return Some(effect);
        }
        // "CBD for dogs: stop the worrying": a headline begins anew.
        let is_headline = matches!(self.article.kind(prev), BlockKind::Title | BlockKind::Heading);
        if is_headline && self.article.words(prev, prev + 1) == ":" {
            effect.advised = true;
            return (self.next & (g::PREPOSITION | g::SIGN | g::BE | g::MODAL) == 0).then_some(effect);
        }
        if self.fact & (g::CONJUNCTION | g::SIGN) != 0 {
            let i = joined()?;
            effect.joined = Some(i);
            effect.can |= before[i].can;
            effect.form = before[i].form;
            effect.advised = before[i].advised;
            return (self.next & (g::PREPOSITION | g::BE) == 0 || self.a.end > self.a.start + 1).then_some(effect);
        }
        if self.fact & (g::DETERMINER | g::PREPOSITION | g::BE | g::HAVE) != 0 {
            return None;
        }
        let single = self.a.end == self.a.start + 1;
        if single && self.next & (g::PREPOSITION | g::SIGN | g::BE | g::CONJUNCTION) != 0 {
            return None;
        }
        let help_before = before.last().is_some_and(|e| e.tag == Known::EffectHelp.id() && effect.start - e.end.min(effect.start) <= 4);
        if help_before {
            effect.form = ClaimForm::Infinitive;
            return Some(effect);
        }
        // "Does zinc reduce", "can zinc reduce": the modal stands before the subject.
        let from = self.article.clauses[self.article.clause_of[prev as usize] as usize].start;
        if let Some(modal) = (from..prev).find(|&t| self.article.grammar[t as usize] & g::MODAL != 0 && !self.is_to(t))
            && prev - modal < 6
        {
            effect.can |= self.article.grammar[modal as usize] & g::CAN != 0;
            return Some(effect);
        }
        // Headings drop the ending: "CBD Treat Pain".
        let named = of_group(self.article, Group::Subject, prev.saturating_sub(2).max(self.s.start), prev + 1).any(|a| a.end == prev + 1);
        if named && is_headline && !self.is_noun_like_strict() {
            return Some(effect);
        }
        // An object right behind makes it a verb: "smoking and obesity raise the odds".
        if self.next & g::DETERMINER != 0 && !self.is_noun_like() {
            return Some(effect);
        }
        // After a plural noun it is the verb of the sentence: "probiotics reduce".
        let plural = self.article.words(prev, prev + 1).ends_with(['s', 'S', 'n', 'e']);
        (plural && !self.is_noun_like_strict()).then_some(effect)
    }

    fn is_noun_like_strict(&self) -> bool {
        self.next & (g::PREPOSITION | g::SIGN | g::BE | g::MODAL | g::CONJUNCTION) != 0 && self.a.end == self.a.start + 1
    }

    /// "to reduce": an assertion only where something before makes it one.
    fn infinitive(&self, mut effect: Effect, prev: u32) -> Option<Effect> {
        effect.form = ClaimForm::Infinitive;
        let mut at = prev;
        let mut steps = 0;
        while at > self.s.start && steps < 8 {
            at -= 1;
            let fact = self.article.grammar[at as usize];
            if fact & g::AIM != 0 {
                return None;
            }
            if steps < 3 && fact & (g::GOVERNOR | g::CAN) != 0 {
                effect.form = ClaimForm::Finite;
                effect.can |= fact & g::CAN != 0;
                effect.group = at;
                return Some(effect);
            }
            if fact & g::TAKE != 0 {
                effect.advised = true;
                return Some(effect);
            }
            if fact & g::SIGN != 0 {
                break;
            }
            steps += 1;
        }
        // "helps to reduce" is settled by the effect before.
        let help =
            of_group(self.article, Group::Effect, prev.saturating_sub(4).max(self.s.start), prev).any(|a| a.tag == Known::EffectHelp.id());
        help.then_some(effect)
    }
}

/// Whether an effect, with what was found around it, asserts anything.
pub fn asserts(article: &Article, effect: &Effect, subject: Option<&Role>, object: Option<&Role>) -> bool {
    let marks = article.marks.get(effect.head as usize).copied().unwrap_or_default();
    if marks.any(Marks::AIMED) {
        return false;
    }
    let list = &article.catalog.lexicon.lists[effect.tag as usize];
    if list.strength.is_some_and(|s| s < Strength::Conditional) {
        return true;
    }
    // Everyday verbs and predicates assert something of an outcome that is known, or of a known thing.
    let is_known = object.is_some() || subject.is_some_and(|s| !is_weak_class(s.tag)) && effect.form == ClaimForm::Finite;
    if list.object_required && !is_known && !(marks.any(Marks::HEDGED) && effect.form == ClaimForm::Finite) {
        return false;
    }
    match effect.form {
        ClaimForm::Noun => noun_asserts(article, effect, subject),
        ClaimForm::Finite => object.is_some() || subject.is_some() || !effect.passive,
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
    if effect.tag != Known::EffectRelief.id() {
        return true;
    }
    let Some(s) = article.sentence(effect.start) else { return false };
    let alone = !matches!(article.kind(effect.start), BlockKind::Paragraph | BlockKind::Answer | BlockKind::Quote | BlockKind::Summary);
    // "is still one of the most widely used home remedies for": a predicate may be long where nothing else hangs on it.
    let is_be = |t: u32| article.grammar[t as usize] & g::BE != 0;
    let hangs = |t: u32| article.grammar[t as usize] & (g::SIGN | g::PREPOSITION) != 0 && !article.words(t, t + 1).eq_ignore_ascii_case("of");
    let before = || (s.start..effect.start).rev();
    let is_predicate = before().take(5).any(is_be) || before().take(PREDICATE).take_while(|&t| !hangs(t)).any(is_be);
    // ", a fine remedy for colds": set beside what it speaks of.
    let is_sign = |t: u32| t > s.start && article.grammar[t as usize - 1] & g::SIGN != 0;
    let is_predicate = is_predicate || before().take(4).any(|t| article.grammar[t as usize] & g::DETERMINER != 0 && is_sign(t));
    // "The oil gives relief from": the term brings its own verb, right after its subject.
    let has_verb = effect.end - effect.start > 2
        && subject.is_some_and(|r| r.end <= effect.group && effect.group - r.end <= HEAD)
        && article.sentence_of[effect.start as usize] == article.sentence_of[effect.group as usize];
    alone || has_verb || is_predicate && subject.is_some_and(|r| r.start < effect.start)
}
