//! The claim annotator: who is said to do what to which outcome, how surely (STANDARDS A.1, B.0).
//!
//! It reads clause by clause. Every word that it knows comes from `lints/words`: effects carry their
//! strength and direction, subjects and objects their class, cues their marks.

mod effects;
mod inflation;
mod roles;
mod worth;

use super::{Annotation, Article, Claim, Role};
use crate::document::BlockKind;
use crate::lint::model::ClaimForm;
use crate::tags::Known;
use crate::words::kind::{Direction, Form, Marks, Strength};
use crate::words::lexicon::Group;
use effects::Effect;

/// Finds the claims of the article and tags them `claim`.
pub fn find(article: &mut Article) {
    let mut claims = Vec::new();
    let topic = roles::topic(article);
    let hedged = hedged(article);
    article.lay_parts();
    let mut section: Option<(Role, u8)> = None;
    for index in 0..article.sentences.len() {
        sentence(article, index, section.map(|(role, _)| role).or(topic), &hedged, &mut claims);
        let block = article.doc.blocks.get(article.sentences[index].block as usize);
        if let Some(heading) = block.filter(|b| b.kind == BlockKind::Heading) {
            // "Pros" below the heading of a product still speaks of it.
            let named = roles::of_heading(article, index).map(|role| (role, heading.level));
            section = named.or(section.filter(|&(_, above)| above < heading.level));
        }
    }
    for (i, claim) in claims.iter().enumerate() {
        article.annotations.push(Annotation {
            tag: Known::Claim.id(),
            form: Form::default(),
            marks: claim.marks,
            start: claim.start,
            end: claim.end,
            value: i as u32,
        });
    }
    article.claims = claims;
    inflation::find(article);
}

/// The claims of one sentence.
fn sentence(article: &Article, index: usize, topic: Option<Role>, hedged: &[bool], claims: &mut Vec<Claim>) {
    let s = article.sentences[index];
    let first = claims.len();
    let effects = effects::of_sentence(article, &s);
    for (i, effect) in effects.iter().enumerate() {
        let limit = effects.get(i + 1).map_or(s.end, |e| e.start);
        let object = roles::object(article, effect, limit);
        let subject = roles::subject(article, effect, &effects[..i], &claims[first..], claims[..first].last(), topic, index);
        if !effects::asserts(article, effect, subject.as_ref(), object.as_ref()) {
            continue;
        }
        let marks = marks(article, effect, hedged);
        let strength = strength(article, effect, object.as_ref(), marks);
        let (start, end) = extent(effect, subject.as_ref(), object.as_ref(), &s);
        claims.push(Claim {
            subject,
            effect: Role { start: effect.start, end: effect.end, tag: effect.tag },
            object,
            strength,
            valence: worth::valence(article, effect, object),
            form: effect.form,
            marks,
            sentence: index as u32,
            start,
            end,
        });
    }
}

/// What reaches the effect, and what it says itself. A modal cannot govern a finite third person or a
/// finite past (rule 13): "may ease pain and improves sleep" hedges only the first.
fn marks(article: &Article, effect: &Effect, hedged: &[bool]) -> Marks {
    let own = article.catalog.lexicon.lists[effect.tag as usize].mark;
    let all = (effect.start.min(effect.head)..effect.end).fold(own, |m, t| m | article.marks[t as usize]);
    if !all.any(Marks::HEDGED) || effect.form != ClaimForm::Finite || effect.passive || !effect.inflected {
        return all;
    }
    let mut marks = Marks(all.0 & !(Marks::HEDGED.0));
    if hedged.get(effect.head as usize).is_some_and(|&h| h) {
        marks |= Marks::HEDGED;
    }
    marks
}

/// For each token, whether a hedge that is no modal reaches it.
fn hedged(article: &Article) -> Vec<bool> {
    let mut hedged = vec![false; article.tokens.len()];
    for cue in article.cues.iter().filter(|c| c.mark.any(Marks::HEDGED) && c.tag != Known::HedgeAny.id()) {
        if let Some(reached) = hedged.get_mut(cue.from as usize..cue.to.max(cue.from) as usize) {
            reached.fill(true);
        }
    }
    hedged
}

fn strength(article: &Article, effect: &Effect, object: Option<&Role>, marks: Marks) -> Strength {
    let list = &article.catalog.lexicon.lists[effect.tag as usize];
    let listed = list.strength.unwrap_or(Strength::Cause);
    if listed < Strength::Conditional {
        return listed;
    }
    // "was reduced", "levels decrease": a change that was seen, with no doer and nothing that it is done to.
    let changes = matches!(list.direction, Some(Direction::Up | Direction::Down | Direction::Help));
    let undone = effect.passive && !effect.has_doer || changes && effect.intransitive && object.is_none();
    if effect.form == ClaimForm::Finite && undone && !list.object_required {
        return Strength::Correlational;
    }
    if marks.any(Marks::HEDGED) {
        return Strength::Conditional;
    }
    if listed == Strength::Cause && effect.can {
        return Strength::CanCause;
    }
    listed
}

/// The words that make the claim: from the subject, when it stands right before, to the object.
fn extent(effect: &Effect, subject: Option<&Role>, object: Option<&Role>, s: &crate::sentence::Sentence) -> (u32, u32) {
    let mut start = effect.start;
    let mut end = effect.end;
    if let Some(o) = object {
        start = start.min(o.start);
        end = end.max(o.end);
    }
    // A subject after the effect (passive: "pain is eased by ginger") belongs to the words.
    if let Some(r) = subject.filter(|r| r.start >= effect.end && r.end <= s.end && effect.passive) {
        end = end.max(r.end);
    }
    (start, end)
}

/// Annotations of a group that start in `from..to`.
fn of_group<'a>(article: &'a Article, group: Group, from: u32, to: u32) -> impl DoubleEndedIterator<Item = &'a Annotation> {
    let lists = &article.catalog.lexicon.lists;
    article.parts(from, to).iter().filter(move |a| lists[a.tag as usize].group == group)
}
