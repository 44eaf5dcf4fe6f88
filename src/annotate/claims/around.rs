//! What stands around a word that may be a verb of effect: what speaks for the verb, what for the noun or the adjective.

use super::of_group;
use super::verbs::{Verb, opens_noun};
use crate::annotate::grammar as g;
use crate::document::BlockKind;
use crate::tags::Known;
use crate::words::kind::Form;
use crate::words::lexicon::Group;
use crate::words::token::Shape;

/// Words on either side that are looked at, so that a text without signs takes linear time.
const REACH: u32 = 40;
/// Words that a subject has at most.
const SUBJECT: u32 = 10;

impl Verb<'_> {
    /// Whether a hyphen joins the word to the one before: "drug-induced", "well-managed".
    pub fn is_hung_on(&self) -> bool {
        let at = self.a.start as usize;
        let is_word = |i: usize| !self.article.tokens[i].shape.contains(Shape::PUNCTUATION);
        !self.article.tokens[at].shape.contains(Shape::SPACED)
            && at > self.s.start as usize
            && is_word(at - 1)
            && self.a.end == self.a.start + 1
    }

    /// Whether a token is `to`.
    pub fn is_to(&self, token: u32) -> bool {
        self.article.words(token, token + 1).eq_ignore_ascii_case("to")
    }

    /// Whether a word that may be noun or verb reads as a noun: something qualifies it from the left.
    pub fn is_noun_like(&self) -> bool {
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
    pub fn is_subject(&self) -> bool {
        let fact = |t: &u32| self.article.grammar[*t as usize];
        let end = self.s.end.min(self.a.end + REACH);
        self.next & g::PREPOSITION != 0
            && (self.a.end..end).take_while(|t| fact(t) & (g::SIGN | g::CONJUNCTION) == 0).any(|t| fact(&t) & (g::BE | g::HAVE) != 0)
    }

    /// Whether the comma at `comma` closes an aside behind the subject: "the walks, in addition to milk, reduced".
    pub fn closes_aside(&self, comma: u32) -> bool {
        let fact = |t: u32| self.article.grammar[t as usize];
        let is_comma = |t: &u32| self.article.sign(*t) == ',';
        if !is_comma(&comma) {
            return false;
        }
        let Some(open) = (self.s.start + 1..comma).rev().take(12).find(is_comma) else { return false };
        // ", at night," and ", every two weeks,".
        let is_time = || self.article.starting(Known::UnitTime.id(), open, comma).next().is_some();
        let turns = fact(open + 1) & (g::PREPOSITION | g::CONJUNCTION) != 0 || is_time();
        turns && open - self.s.start < REACH && (self.s.start..open).all(|t| fact(t) & (g::SIGN | g::BE | g::HAVE | g::MODAL) == 0)
    }

    /// Whether no other word of the clause is, or may be, its finite verb.
    pub fn is_only_verb(&self) -> bool {
        let clause = self.article.clauses[self.article.clause_of[self.a.start as usize] as usize];
        let is_verb = |t: u32| self.article.grammar[t as usize] & (g::BE | g::HAVE | g::MODAL | g::ANAPHOR) != 0;
        clause.end - clause.start < REACH
            && self.article.kind(self.a.start) == BlockKind::Paragraph
            && !(clause.start..clause.end).any(is_verb)
            && of_group(self.article, Group::Effect, clause.start, clause.end).all(|e| e.start == self.a.start || e.form == Form::default())
    }

    /// Whether the noun phrase that ends with the token `last` stands behind a preposition.
    pub fn follows_preposition(&self, last: u32) -> bool {
        let opener = (self.s.start..=last).rev().take(3).find(|&t| opens_noun(self.article.grammar[t as usize]));
        opener.is_some_and(|t| self.article.grammar[t as usize] & g::PREPOSITION != 0)
    }

    /// Whether the words from here to a finite verb read as its subject: no sign, no determiner and no joint between.
    pub fn opens_subject(&self) -> bool {
        let fact = |t: &u32| self.article.grammar[*t as usize];
        let stop = g::SIGN | g::CONJUNCTION | g::ANAPHOR | g::DETERMINER;
        let mut words = (self.a.end..self.s.end).take(8).take_while(|t| fact(t) & stop == 0);
        words.any(|t| fact(&t) & (g::BE | g::HAVE) != 0)
    }

    /// Whether the words up to `prev` read as a plural subject: "pills for gout", "smoking and weight".
    pub fn has_plural_subject(&self, prev: u32) -> bool {
        let fact = |t: u32| self.article.grammar[t as usize];
        let clause = self.article.clauses[self.article.clause_of[prev as usize] as usize];
        // "Findings confirm that weight and smoking raise ...": what is found begins anew.
        let that = self.article.starting(Known::GrammarThat.id(), prev.saturating_sub(SUBJECT), prev).last();
        let from = clause.start.max(self.s.start).max(that.map_or(0, |a| a.end));
        let is_comma = |t: u32| self.article.sign(t) == ',';
        let is_verb = |t: u32| fact(t) & (g::BE | g::HAVE | g::MODAL) != 0 || fact(t) & g::SIGN != 0 && !is_comma(t);
        if prev + 1 - from > SUBJECT || (from..=prev).any(is_verb) {
            return false;
        }
        let is_joined = (from..=prev).any(|t| fact(t) & g::CONJUNCTION != 0);
        let head = (from + 1..=prev).find(|&t| fact(t) & (g::PREPOSITION | g::ANAPHOR) != 0).map_or(prev, |t| t - 1);
        // "Oils found in sage", "acids derived from it": a participle stands behind the noun.
        let is_participle = |t: u32| fact(t) & g::GOVERNOR != 0 || self.article.words(t, t + 1).ends_with("ed");
        let head = if head > from && head < prev && is_participle(head) { head - 1 } else { head };
        is_joined || self.article.words(head, head + 1).ends_with(['s', 'n']) && fact(from) & g::PREPOSITION == 0
    }

    /// Whether an outcome stands right behind, at most two words between.
    pub fn meets_outcome(&self) -> bool {
        !self.is_noun_like_strict() && of_group(self.article, Group::Object, self.a.end, self.s.end.min(self.a.end + 3)).next().is_some()
    }

    /// Whether what follows leaves no room for an object.
    pub fn is_noun_like_strict(&self) -> bool {
        self.next & (g::PREPOSITION | g::SIGN | g::BE | g::MODAL | g::CONJUNCTION) != 0 && self.a.end == self.a.start + 1
    }
}
