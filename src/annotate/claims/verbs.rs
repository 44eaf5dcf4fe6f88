//! Verb, noun or adjective: which reading of a word that says an effect holds in its sentence, told by the words around it.

use super::effects::Effect;
use super::{changes, is_number, of_group};
use crate::annotate::grammar::{self as g, Grammar};
use crate::annotate::{Annotation, Article};
use crate::document::BlockKind;
use crate::lint::model::ClaimForm;
use crate::sentence::Sentence;
use crate::tags::{Known, is_remedy};
use crate::words::kind::{Direction, Form};
use crate::words::lexicon::Group;

/// Words between an imperative and what it is to do: "rub a few drops on the chest and the feet to ease a cough".
const ADVICE: u32 = 16;
/// Words behind "while easing" among which a verb would make it a subject.
const WHILE: usize = 8;
/// Words between a word that asserts what it is to do and "to", where a phrase hangs on it.
const GOVERNED: u32 = 6;
/// Words between "is" and the noun of a predicate: "is still one of the very best strategies".
const PREDICATE: usize = 7;

/// Words at the start of a clause among which "they" takes up what was named: "once in the blood they travel to ...".
const TAKEN_UP: u32 = 6;

/// A word that may be a verb of effect, with what stands around it.
pub struct Verb<'a> {
    /// The article.
    pub article: &'a Article<'a>,
    /// The sentence.
    pub s: &'a Sentence,
    /// The word.
    pub a: &'a Annotation,
    /// The word before, adverbs skipped.
    pub prev: Option<u32>,
    /// Facts of that word.
    pub fact: Grammar,
    /// Facts of the word after.
    pub next: Grammar,
}

/// Whether a word opens a noun phrase and is no subject itself: "the", "of", "its", but not "this".
pub fn opens_noun(fact: Grammar) -> bool {
    fact & (g::DETERMINER | g::PREPOSITION) != 0 && (fact & g::ANAPHOR == 0 || fact & g::POSSESSIVE != 0)
}

impl Verb<'_> {
    /// The effect as its form has it, or `None` where the word is no verb that asserts. `before` are the effects
    /// before it in its sentence.
    pub fn read(&self, effect: Effect, before: &[Effect]) -> Option<Effect> {
        if self.a.form.any(Form::GERUND) {
            return self.gerund(effect, before);
        }
        if self.is_hung_on() {
            return None;
        }
        if self.a.form.any(Form::PAST) && (self.fact & g::BE != 0 || !self.a.form.any(Form::BASE)) {
            return self.past(effect, before);
        }
        if self.a.form.any(Form::PRESENT) {
            return self.present(effect);
        }
        self.base(effect, before)
    }

    /// Whether a modal stands in the verb group that begins at `group`: "may be easing", "may have eased".
    fn is_behind_modal(&self, group: u32) -> bool {
        (group..self.a.start).any(|t| self.article.grammar[t as usize] & g::MODAL != 0)
    }

    /// "reduces": a verb, unless it is the plural of a noun.
    fn present(&self, mut effect: Effect) -> Option<Effect> {
        let single = self.a.end == self.a.start + 1;
        if opens_noun(self.fact) {
            return None;
        }
        // "the health benefits of": a noun, where a preposition follows and a noun stands before.
        if single && self.next & g::PREPOSITION != 0 && self.is_noun_like() {
            return None;
        }
        // "Attacks on dogs have risen", "targets are set": nothing is both a verb and the subject of one.
        if single && (self.next & (g::BE | g::HAVE | g::MODAL) != 0 || self.prev.is_none() && self.is_subject()) {
            return None;
        }
        // "from cardiovascular causes."
        if single && self.next & g::SIGN != 0 && self.prev.is_some_and(|p| self.follows_preposition(p)) {
            return None;
        }
        effect.inflected = true;
        Some(effect)
    }

    fn past(&self, mut effect: Effect, before: &[Effect]) -> Option<Effect> {
        if self.fact & g::BE != 0 {
            // "Salt should be reduced" asks for it.
            if self.article.starting(Known::CueNecessity.id(), effect.group, self.a.start).next().is_some() {
                return None;
            }
            effect.passive = true;
            return Some(effect);
        }
        if self.prev.is_some_and(|p| self.is_to(p)) {
            // "linked to increased risk": an adjective.
            return None;
        }
        if self.fact & (g::HAVE | g::MODAL) != 0 {
            // "had reduced pain scores" is mostly an adjective; "has reduced" a verb. Both say the same. "May have reduced"
            // is as unsure as "may reduce".
            effect.inflected = !self.is_behind_modal(effect.group);
            return Some(effect);
        }
        if opens_noun(self.fact) {
            return None;
        }
        let prev = self.prev?;
        // "At a 20% increased risk".
        let is_measure = self.article.sign(prev) == '%' || is_number(self.article, prev);
        if is_measure && self.next & g::DETERMINER == 0 {
            return None;
        }
        // No adjective stands before a determiner: "improved the odds"; "resulted in" is none at all.
        if (self.next & g::DETERMINER != 0 || self.a.end > self.a.start + 1) && self.fact & g::CONJUNCTION == 0
            || self.fact & g::SIGN != 0 && self.closes_aside(prev)
        {
            effect.inflected = true;
            return Some(effect);
        }
        if self.fact & (g::SIGN | g::CONJUNCTION) != 0 {
            // ", increased energy and": an adjective; "and reduced pain": a second verb, where there is a first.
            let second = before.iter().any(|e| e.form == ClaimForm::Finite && e.inflected);
            if self.fact & g::SIGN != 0 || !second {
                return None;
            }
        }
        // "Rates increased after 2009": the only verb there is.
        if self.next & g::PREPOSITION != 0 && self.next & g::BY == 0 && self.is_only_verb() {
            effect.inflected = true;
            return Some(effect);
        }
        // "medicines used to treat", "pain caused by": no assertion of the sentence.
        if self.next & (g::BY | g::PREPOSITION) != 0 && self.a.end == self.a.start + 1 && self.next & g::DETERMINER == 0 {
            return None;
        }
        // "Patients showed reduced pain", "followed by delayed surgery": an adjective.
        if self.fact & g::BY != 0 || self.article.starting(Known::GrammarShows.id(), prev, prev + 1).next().is_some() {
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

    fn gerund(&self, mut effect: Effect, earlier: &[Effect]) -> Option<Effect> {
        effect.form = ClaimForm::Gerund;
        if self.fact & g::BE != 0 {
            effect.form = ClaimForm::Finite;
            effect.inflected = !self.is_behind_modal(effect.group);
            return Some(effect);
        }
        let Some(prev) = self.prev else {
            // "Lowering blood pressure" alone in a list says it of what the list is about; so does "Easing pain with heat" as a
            // heading, of what stands behind.
            effect.form = ClaimForm::Finite;
            let opens = match self.article.kind(self.a.start) {
                BlockKind::ListItem => true,
                BlockKind::Heading | BlockKind::Title => (self.a.end..self.s.end).any(|t| self.article.grammar[t as usize] & g::WITH != 0),
                _ => false,
            };
            return (self.a.start == self.s.start && opens && self.next & (g::PREPOSITION | g::SIGN | g::BE | g::HAVE | g::MODAL) == 0)
                .then_some(effect);
        };
        if self.fact & g::BY != 0 {
            return Some(effect);
        }
        // "Plays a role in reducing pain" says what it does; what nutrients help to regulate and maintain is physiology.
        let direction = self.article.catalog.lexicon.lists[self.a.tag as usize].direction;
        let changes = matches!(direction, Some(Direction::Down | Direction::Up));
        if changes && earlier.last().is_some_and(|e| changes::acts_on(self.article, e, self.a.start)) {
            return Some(effect);
        }
        // "known for reducing", "an approach to treating", "benefits include reducing".
        let is_governor = |t: &u32| *t >= self.s.start && self.article.grammar[*t as usize] & g::GOVERNOR != 0;
        let before = prev.checked_sub(1).filter(|_| self.fact & g::PREPOSITION != 0 || self.is_to(prev));
        if let Some(governor) = Some(prev).filter(is_governor).or(before.filter(is_governor)) {
            effect.form = ClaimForm::Finite;
            effect.group = governor;
            return Some(effect);
        }
        let comma = self.article.sign(prev) == ',';
        let after_noun = [Known::EffectAffect, Known::EffectCause].iter().any(|k| k.id() == self.a.tag)
            && self.fact & (g::PREPOSITION | g::DETERMINER) == 0;
        // "May bring sleep, while also easing cramps": as surely as the one before. "While easing cramps may help" is a subject.
        let is_verb = |t: u32| self.article.grammar[t as usize] & (g::BE | g::HAVE | g::MODAL) != 0;
        let is_while = self.article.starting(Known::WordContrast.id(), prev, prev + 1).any(|a| a.end == prev + 1);
        if is_while && !(self.a.end..self.s.end).take(WHILE).any(is_verb) {
            let last = earlier.last()?;
            effect.head = last.head;
            effect.can |= last.can;
            return Some(effect);
        }
        (comma || after_noun || self.fact & g::CONJUNCTION != 0).then_some(effect)
    }

    fn base(&self, mut effect: Effect, before: &[Effect]) -> Option<Effect> {
        // "had higher scores, lower weight": what is joined to a comparison is one.
        let lists = &self.article.catalog.lexicon.lists;
        let is_seen = |e: &Effect| lists[e.tag as usize].compares();
        let joined = || before.last().filter(|e| e.form != ClaimForm::Noun && !e.inflected && !is_seen(e));
        let Some(prev) = self.prev else {
            // At the start: an imperative, a heading or a list item; "lower levels are common" is neither.
            effect.advised = true;
            if self.opens_subject() {
                return None;
            }
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
        if is_headline && self.article.sign(prev) == ':' {
            effect.advised = true;
            return (self.next & (g::PREPOSITION | g::SIGN | g::BE | g::MODAL) == 0).then_some(effect);
        }
        // "The drops, taken at night, ease cramps".
        if self.closes_aside(prev) && self.meets_outcome() {
            return Some(effect);
        }
        if self.fact & (g::CONJUNCTION | g::SIGN) != 0 {
            let Some(first) = joined() else { return self.second(effect, prev) };
            effect.joined = true;
            effect.can |= first.can;
            effect.form = first.form;
            effect.advised = first.advised;
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
        // Headings drop the ending: "CBD Treat Pain"; the past of "cut" has none: "zinc cut pain".
        let named = of_group(self.article, Group::Subject, prev.saturating_sub(2).max(self.s.start), prev + 1).any(|a| a.end == prev + 1);
        if named && (is_headline || self.a.form.any(Form::PAST)) && !self.is_noun_like_strict() {
            return Some(effect);
        }
        // An object right behind makes it a verb: "smoking and obesity raise the odds".
        if self.next & g::DETERMINER != 0 && !self.is_noun_like() {
            return Some(effect);
        }
        if self.has_plural_subject(prev) && (!single || self.next & g::DETERMINER != 0 || self.meets_outcome()) {
            return Some(effect);
        }
        // After a plural noun it is the verb of the sentence: "probiotics reduce".
        let plural = self.article.words(prev, prev + 1).ends_with(['s', 'S', 'n', 'e']);
        (plural && !self.is_noun_like_strict()).then_some(effect)
    }

    /// "The ions enter the skin and relieve pain": the second verb of a subject whose first says no effect. `prev` is the
    /// word that joins them.
    fn second(&self, mut effect: Effect, prev: u32) -> Option<Effect> {
        let fact = |t: u32| self.article.grammar[t as usize];
        let clause = self.article.clauses[self.article.clause_of[prev as usize] as usize];
        let from = clause.start.max(self.s.start);
        if fact(prev) & g::CONJUNCTION == 0 || !self.meets_outcome() {
            return None;
        }
        // "With the drops you can enjoy calmer days and ease pain".
        let can = (from..prev).rev().find(|&t| fact(t) & g::CAN != 0 && fact(t + 1) & g::SIGN == 0);
        if can.is_some_and(|can| (can + 1..prev).all(|t| fact(t) & (g::BE | g::HAVE | g::MODAL | g::ANAPHOR) == 0)) {
            effect.can = true;
            return Some(effect);
        }
        // "Better sleep and lower stress": a comparison.
        let is_comparison = self.a.end == self.a.start + 1
            && self.next & g::DETERMINER == 0
            && self.article.words(self.a.start, self.a.end).ends_with("er");
        let is_subject = |a: &&Annotation| is_remedy(a.tag) && a.end + 1 < prev;
        let has_subject = of_group(self.article, Group::Subject, from, prev).find(is_subject).is_some_and(|a| a.start < from + 4);
        let opens = (from..prev).all(|t| fact(t) & (g::SIGN | g::PREPOSITION | g::BE | g::HAVE) == 0 || t > from + 4);
        // "They travel to the joints and rebuild cartilage": what stands for something named before goes on as it does.
        let is_taken_up = || {
            let is_pronoun = |t: u32| fact(t) & g::ANAPHOR != 0 && !opens_noun(fact(t));
            let is_bound = |t: u32| fact(t) & (g::BE | g::HAVE | g::AIM) != 0 || self.is_to(t) && fact(t + 1) & g::DETERMINER == 0;
            (from..prev.min(from + TAKEN_UP)).any(is_pronoun) && !(from..prev).any(is_bound)
        };
        if is_comparison || !(has_subject && opens || is_taken_up()) {
            return None;
        }
        effect.can |= (from..prev).any(|t| fact(t) & g::CAN != 0);
        Some(effect)
    }

    /// Whether the clause up to `to` opens with something that can be praised and goes on with one plain verb of its own, or
    /// with none.
    fn serves_purpose(&self, to: u32) -> bool {
        let clause = self.article.clauses[self.article.clause_of[to as usize] as usize];
        let from = clause.start.max(self.s.start);
        let subject = of_group(self.article, Group::Subject, from, to).find(|a| is_remedy(a.tag)).filter(|a| a.start < from + 4);
        let stop = g::SIGN | g::BE | g::HAVE | g::MODAL | g::AIM | g::CONJUNCTION;
        // "Gargle salt water to ease it": what stands before is no verb where it is nothing, or opens a noun.
        let opens = |a: &Annotation| a.start == from || self.article.grammar[from as usize] & (g::DETERMINER | g::WITH) != 0;
        // "Sage to ease coughs": all that the sentence says; a heading may only name what it is about.
        let is_fragment = || from == self.s.start && matches!(self.article.kind(to), BlockKind::Paragraph | BlockKind::ListItem);
        let is_done = |a: &Annotation| a.end < to || a.end == to && is_fragment();
        subject.is_some_and(|a| opens(a) && is_done(a) && (from..to).all(|t| self.article.grammar[t as usize] & stop == 0))
    }

    /// Whether a noun is what its clause says that something is.
    fn is_predicate(&self, noun: u32) -> bool {
        let fact = |t: &u32| self.article.grammar[*t as usize];
        (self.s.start..noun).rev().take(PREDICATE).take_while(|t| fact(t) & g::SIGN == 0).any(|t| fact(&t) & g::BE != 0)
    }

    /// "to reduce": an assertion only where something before makes it one.
    fn infinitive(&self, mut effect: Effect, prev: u32) -> Option<Effect> {
        effect.form = ClaimForm::Infinitive;
        let mut at = prev;
        let mut steps = 0;
        while at > self.s.start && steps < ADVICE {
            at -= 1;
            let fact = self.article.grammar[at as usize];
            // "One of the best strategies to ease pain": said of something, it is no aim.
            let is_said = || fact & g::GOVERNOR != 0 && steps == 0 && self.is_predicate(at);
            if fact & g::AIM != 0 && !is_said() {
                return None;
            }
            // "Works with your body to ease pain": what it works with may stand between.
            let reach = if self.article.grammar[at as usize + 1] & g::WITH != 0 { GOVERNED } else { 3 };
            if steps < reach && fact & (g::GOVERNOR | g::CAN) != 0 {
                effect.form = ClaimForm::Finite;
                effect.can |= fact & g::CAN != 0;
                effect.group = at;
                return Some(effect);
            }
            if fact & g::TAKE != 0 {
                effect.advised = true;
                return Some(effect);
            }
            // "Combines hops, balm and sage to ease pain": the commas of a list end nothing.
            if fact & g::SIGN != 0 && self.article.sign(at) != ',' {
                break;
            }
            steps += 1;
        }
        // "The balm sinks in to ease cramps": what something that can be praised does, it does to that end.
        if self.serves_purpose(prev) {
            return Some(effect);
        }
        // "helps to reduce" is settled by the effect before.
        let help =
            of_group(self.article, Group::Effect, prev.saturating_sub(4).max(self.s.start), prev).any(|a| a.tag == Known::EffectHelp.id());
        help.then_some(effect)
    }
}
