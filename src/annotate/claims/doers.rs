//! Places where the doer of an effect may stand: before the verb, behind "with", in the words that lead into a list, in the
//! sentence before.

use super::bare;
use super::effects::Effect;
use super::{longest_first, of_group, role};
use crate::annotate::grammar::{self as g, Grammar};
use crate::annotate::{Annotation, Article, Role};
use crate::sentence::Sentence;
use crate::tags::{Known, is_remedy};
use crate::words::lexicon::{Group, TagId};
use crate::words::token::Shape;

/// Words before a verb among which a noun phrase opens its sentence, and behind it among which "with" stands.
const REACH: u32 = 9;
/// Words after "with" within which the doer of an imperative stands: "with Ana & Co Night Drops".
const WITH_REACH: u32 = 8;
/// Words after "is" within which the doer of "the way to ... is" stands.
pub const PREDICATE_REACH: u32 = 6;

/// Words before a claim among which its subject opens.
const OPENING: u32 = 12;

/// Classes that are the doer only where nothing else is named.
const WEAK: [Known; 4] = [Known::SubjectPerson, Known::SubjectBody, Known::SubjectResearcher, Known::SubjectLifestyle];

/// Whether a class is the doer only where nothing else is named.
pub fn is_weak_class(tag: TagId) -> bool {
    WEAK.iter().any(|k| k.id() == tag)
}

/// The subject in `from..to`: the last head noun before the verb. Of overlapping classes the longest; people,
/// organs and researchers give way to a thing: "patients taking zinc", "Ear Oil".
pub fn before(article: &Article, from: u32, to: u32) -> Option<Role> {
    let mut best: Option<Role> = None;
    for a in of_group(article, Group::Subject, from, to) {
        if a.end > to || is_modifier(article, a, to) {
            continue;
        }
        match best {
            Some(b) if a.start < b.end => {
                if a.end - a.start > b.end - b.start {
                    best = Some(role(a));
                }
            }
            // A noun after a preposition qualifies the head before it: "the taste of ginger". Not so the subject behind
            // an opening phrase: "Made for the joys of smoking, the gum eases ...".
            Some(b)
                if !is_weak_class(b.tag)
                    && is_qualified(article, b.end, a.start)
                    && !(a.end == to && opens_clause(article, b.end, a.start)) => {}
            Some(b) if is_weak_class(a.tag) && !is_weak_class(b.tag) => {}
            // "Zinc tablets": what they are made of says more than their form.
            Some(b) if a.start == b.end && a.tag == Known::SubjectMedication.id() && is_remedy(b.tag) => {}
            _ => best = Some(role(a)),
        }
    }
    best
}

/// Whether a part of the body only says of which kind the noun behind it is: "a liver pack eases", "the gut bundle eases".
fn is_modifier(article: &Article, a: &Annotation, to: u32) -> bool {
    let is_noun = |t: u32| article.grammar[t as usize] == 0 && of_group(article, Group::Subject, t, t + 1).next().is_none();
    a.tag == Known::SubjectBody.id() && a.end < to && is_noun(a.end)
}

/// Whether a preposition stands in `from..to`.
fn is_qualified(article: &Article, from: u32, to: u32) -> bool {
    (from..to).any(|t| article.grammar[t as usize] & g::PREPOSITION != 0)
}

/// Whether a comma in `from..to` is followed by nothing that ties what comes next to what was said.
fn opens_clause(article: &Article, from: u32, to: u32) -> bool {
    let comma = (from..to).rev().find(|&t| article.sign(t) == ',');
    comma.is_some_and(|comma| (comma + 1..to).all(|t| article.grammar[t as usize] & (g::PREPOSITION | g::CONJUNCTION) == 0))
}

/// Whether a noun phrase opens its sentence: no verb and no preposition stands before it.
pub fn opens(article: &Article, start: u32, role: &Role) -> bool {
    let stop = g::PREPOSITION | g::BE | g::HAVE | g::MODAL | g::BY | g::WITH;
    role.start - start.min(role.start) < REACH && (start..role.start).all(|t| article.grammar[t as usize] & stop == 0)
}

/// Where the words of a claim that starts with `start` begin, if its subject opens them behind a comma: "Even after surgery,
/// zinc eases pain", "Zinc is no drug, but it eases pain". What stands before the comma is no part of it.
pub fn own_words(article: &Article, subject: Option<Role>, start: u32) -> Option<u32> {
    let from = start.saturating_sub(OPENING).max(article.sentence(start)?.start);
    let comma = (from..start).rev().find(|&t| article.sign(t) == ',')?;
    let is_it = |t: u32| article.grammar[t as usize] & g::ANAPHOR != 0;
    let is_named = subject.is_some_and(|r| (comma + 1..start.min(comma + 4)).contains(&r.start));
    (is_named || (comma + 1..start).take(2).any(is_it)).then_some(comma + 1)
}

/// What "it" stands for: the first subject of the sentence before, in the same block, of a weak class or of another.
pub fn antecedent(article: &Article, sentence: usize, is_weak: bool) -> Option<Role> {
    let s = article.sentences[sentence];
    let before = article.sentences.get(sentence.checked_sub(1)?)?;
    if before.block != s.block {
        return None;
    }
    // "The body's own painkillers": what it owns is meant.
    let owns = |a: &Annotation| article.tokens.get(a.end as usize - 1).is_some_and(|t| t.shape.contains(Shape::POSSESSIVE));
    let found = of_group(article, Group::Subject, before.start, before.end).filter(|a| !(is_weak && owns(a)));
    let is_somebody = |r: &Role| r.tag == Known::SubjectPerson.id() || r.tag == Known::SubjectResearcher.id();
    longest_first(found.filter(|a| is_weak == is_weak_class(a.tag))).filter(|r| !is_somebody(r))
}

/// "Fight inflammation with turmeric", "You ease pain by rubbing it with the oil": the doer stands behind.
pub fn with(article: &Article, effect: &Effect, end: u32, by: Grammar) -> Option<Role> {
    let at = (effect.end..end.min(effect.end + REACH)).find(|&t| article.grammar[t as usize] & by != 0)?;
    let doers = || of_group(article, Group::Subject, at, end.min(at + WITH_REACH));
    longest_first(doers().filter(|a| is_remedy(a.tag))).or_else(|| longest_first(doers()))
}

/// What the sentence goes on to speak of: "Known for its calming effect, this oil ...", "If you look for a way to
/// ease pain, try this oil", "The way to ease pain is through this oil".
pub fn introduced(article: &Article, effect: &Effect, s: Sentence) -> Option<Role> {
    let turn = (effect.end..s.end).find(|&t| article.grammar[t as usize] & (g::SIGN | g::BE) != 0)?;
    let fact = |t: u32| article.grammar.get(t as usize).copied().unwrap_or(g::SIGN);
    let to = if fact(turn) & g::BE != 0 { s.end.min(turn + PREDICATE_REACH) } else { s.end };
    // ", such as ..." and ", and ..." go on with what was said.
    if fact(turn) & g::SIGN != 0 && fact(turn + 1) & (g::PREPOSITION | g::CONJUNCTION) != 0 {
        return None;
    }
    longest_first(of_group(article, Group::Subject, turn, to).filter(|a| is_remedy(a.tag)))
}

/// "Benefits of ginger include:" names who does what the items say; "Weight loss is one of many reasons:" does not.
pub fn listed(article: &Article, sentence: usize) -> Option<Role> {
    let (from, to) = bare::lead_in(article, sentence)?;
    before(article, from, to).filter(|r| !is_weak_class(r.tag))
}

/// What the label before a dash or a colon names: "Vinegar – take it to lower blood sugar".
pub fn labelled(article: &Article, s: Sentence, start: u32) -> Option<Role> {
    let sign = start.checked_sub(1).filter(|&t| t > s.start && t - s.start <= bare::LABEL && article.grammar[t as usize] & g::SIGN != 0)?;
    before(article, s.start, sign).filter(|r| is_remedy(r.tag))
}

/// The dash that opens an aside behind the first words of a sentence, where the clause at `start` goes on behind it.
pub fn aside(article: &Article, s: Sentence, start: u32) -> Option<u32> {
    let is_dash = |t: u32| matches!(article.sign(t), '–' | '—' | '-');
    start.checked_sub(1).filter(|&close| close > s.start && is_dash(close))?;
    let verb = g::SIGN | g::BE | g::HAVE | g::MODAL;
    let open = (s.start..start - 1).find(|&t| article.grammar[t as usize] & verb != 0)?;
    (open > s.start && open + 1 < start - 1 && is_dash(open)).then_some(open)
}
