//! Verb, noun or adjective: which reading of a word that says an effect holds in its sentence, told by the words around it.

use super::effects::Effect;
use super::of_group;
use crate::annotate::grammar::{self as g, Grammar};
use crate::annotate::{Annotation, Article};
use crate::document::BlockKind;
use crate::lint::model::ClaimForm;
use crate::sentence::Sentence;
use crate::tags::Known;
use crate::words::kind::{Form, Strength};
use crate::words::lexicon::Group;
use crate::words::token::Shape;

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
fn opens_noun(fact: Grammar) -> bool {
    fact & (g::DETERMINER | g::PREPOSITION) != 0 && (fact & g::ANAPHOR == 0 || fact & g::POSSESSIVE != 0)
}

impl Verb<'_> {
    /// The effect as its form has it, or `None` where the word is no verb that asserts. `before` are the effects
    /// before it in its sentence.
    pub fn read(&self, effect: Effect, before: &[Effect]) -> Option<Effect> {
        if self.a.form.any(Form::GERUND) {
            return self.gerund(effect);
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

    /// Whether a hyphen joins the word to the one before: "drug-induced", "well-managed".
    fn is_hung_on(&self) -> bool {
        let at = self.a.start as usize;
        let is_word = |i: usize| !self.article.tokens[i].shape.contains(Shape::PUNCTUATION);
        !self.article.tokens[at].shape.contains(Shape::SPACED)
            && at > self.s.start as usize
            && is_word(at - 1)
            && self.a.end == self.a.start + 1
    }

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

    /// Whether a preposition follows and, before a sign, the verb that the word is the subject of.
    fn is_subject(&self) -> bool {
        let fact = |t: &u32| self.article.grammar[*t as usize];
        self.next & g::PREPOSITION != 0
            && (self.a.end..self.s.end).take_while(|t| fact(t) & (g::SIGN | g::CONJUNCTION) == 0).any(|t| fact(&t) & (g::BE | g::HAVE) != 0)
    }

    /// Whether the comma at `comma` closes an aside behind the subject: "the walks, in addition to milk, reduced".
    fn closes_aside(&self, comma: u32) -> bool {
        let fact = |t: u32| self.article.grammar[t as usize];
        let is_comma = |t: &u32| self.article.sign(*t) == ',';
        if !is_comma(&comma) {
            return false;
        }
        let Some(open) = (self.s.start + 1..comma).rev().take(12).find(is_comma) else { return false };
        let turns = fact(open + 1) & (g::PREPOSITION | g::CONJUNCTION) != 0;
        turns && (self.s.start..open).all(|t| fact(t) & (g::SIGN | g::BE | g::HAVE | g::MODAL) == 0)
    }

    /// Whether no other word of the clause is, or may be, its finite verb.
    fn is_only_verb(&self) -> bool {
        let clause = self.article.clauses[self.article.clause_of[self.a.start as usize] as usize];
        let is_verb = |t: u32| self.article.grammar[t as usize] & (g::BE | g::HAVE | g::MODAL | g::ANAPHOR) != 0;
        self.article.kind(self.a.start) == BlockKind::Paragraph
            && !(clause.start..clause.end).any(is_verb)
            && of_group(self.article, Group::Effect, clause.start, clause.end).all(|e| e.start == self.a.start || e.form == Form::default())
    }

    /// Whether the noun phrase that ends with the token `last` stands behind a preposition.
    fn follows_preposition(&self, last: u32) -> bool {
        let opener = (self.s.start..=last).rev().take(3).find(|&t| opens_noun(self.article.grammar[t as usize]));
        opener.is_some_and(|t| self.article.grammar[t as usize] & g::PREPOSITION != 0)
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
            let is_modal = |t: u32| self.article.grammar[t as usize] & g::MODAL != 0;
            effect.inflected = !(effect.group..self.a.start).any(is_modal);
            return Some(effect);
        }
        if opens_noun(self.fact) {
            return None;
        }
        let prev = self.prev?;
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
        let comma = self.article.sign(prev) == ',';
        let after_noun = [Known::EffectAffect, Known::EffectCause].iter().any(|k| k.id() == self.a.tag)
            && self.fact & (g::PREPOSITION | g::DETERMINER) == 0;
        (comma || after_noun || self.fact & g::CONJUNCTION != 0).then_some(effect)
    }

    fn base(&self, mut effect: Effect, before: &[Effect]) -> Option<Effect> {
        // "had higher scores, lower weight": what is joined to a comparison is one.
        let lists = &self.article.catalog.lexicon.lists;
        let is_seen = |e: &Effect| lists[e.tag as usize].strength.is_some_and(|s| s < Strength::Conditional);
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
        if self.fact & (g::CONJUNCTION | g::SIGN) != 0 {
            let first = joined()?;
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
        // Headings drop the ending: "CBD Treat Pain".
        let named = of_group(self.article, Group::Subject, prev.saturating_sub(2).max(self.s.start), prev + 1).any(|a| a.end == prev + 1);
        if named && is_headline && !self.is_noun_like_strict() {
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

    /// Whether the words from here to a finite verb read as its subject: no sign, no determiner and no joint between.
    fn opens_subject(&self) -> bool {
        let fact = |t: &u32| self.article.grammar[*t as usize];
        let stop = g::SIGN | g::CONJUNCTION | g::ANAPHOR | g::DETERMINER;
        let mut words = (self.a.end..self.s.end).take(8).take_while(|t| fact(t) & stop == 0);
        words.any(|t| fact(&t) & (g::BE | g::HAVE) != 0)
    }

    /// Whether the words up to `prev` read as a plural subject: "pills for gout", "smoking and weight".
    fn has_plural_subject(&self, prev: u32) -> bool {
        let fact = |t: u32| self.article.grammar[t as usize];
        let clause = self.article.clauses[self.article.clause_of[prev as usize] as usize];
        // "Findings confirm that weight and smoking raise ...": what is found begins anew.
        let that = (clause.start..prev).rev().take(10).find(|&t| self.article.words(t, t + 1).eq_ignore_ascii_case("that"));
        let from = clause.start.max(self.s.start).max(that.map_or(0, |t| t + 1));
        let is_comma = |t: u32| self.article.sign(t) == ',';
        let is_verb = |t: u32| fact(t) & (g::BE | g::HAVE | g::MODAL) != 0 || fact(t) & g::SIGN != 0 && !is_comma(t);
        if prev + 1 - from > 10 || (from..=prev).any(is_verb) {
            return false;
        }
        let is_joined = (from..=prev).any(|t| fact(t) & g::CONJUNCTION != 0);
        let head = (from + 1..=prev).find(|&t| fact(t) & (g::PREPOSITION | g::ANAPHOR) != 0).map_or(prev, |t| t - 1);
        is_joined || self.article.words(head, head + 1).ends_with(['s', 'n']) && fact(from) & g::PREPOSITION == 0
    }

    /// Whether an outcome stands right behind, at most two words between.
    fn meets_outcome(&self) -> bool {
        !self.is_noun_like_strict() && of_group(self.article, Group::Object, self.a.end, self.s.end.min(self.a.end + 3)).next().is_some()
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
