//! The claim annotator: who is said to do what to which outcome, how surely (STANDARDS A.1, B.0).
//!
//! It reads clause by clause. Every word that it knows comes from `lints/words`: effects carry their
//! strength and direction, subjects and objects their class, cues their marks.

mod answers;
mod around;
mod asserts;
mod bare;
mod changes;
mod denials;
mod doers;
mod effects;
mod inflation;
mod roles;
mod topic;
mod verbs;
mod worth;

use super::{Annotation, Article, Claim, CueUse, Role};
use crate::document::BlockKind;
use crate::lint::model::ClaimForm;
use crate::tags::Known;
use crate::words::kind::{Direction, Form, Marks, Strength};
use crate::words::lexicon::Group;
use crate::words::token::Shape;
use effects::Effect;
use topic::Topic;

/// Finds the claims of the article and tags them `claim`.
pub fn find(article: &mut Article) {
    let (mut claims, mut effects) = (Vec::new(), Vec::new());
    let topic = Topic::of(article);
    let hedges = Hedges::of(article);
    article.lay_parts();
    let mut section: Option<(Role, u8)> = None;
    let mut row: Option<((u32, u32), Role)> = None;
    for index in 0..article.sentences.len() {
        let block = article.doc.blocks.get(article.sentences[index].block as usize);
        let cell = block.filter(|b| b.kind == BlockKind::Cell).map(|b| (b.group, b.row));
        let of_row = row.filter(|&(place, _)| Some(place) == cell).map(|(_, role)| role);
        let about = of_row.or(section.map(|(role, _)| role)).map_or(topic, |role| topic.with(role));
        let known = claims.len();
        sentence(article, index, about, &hedges, &mut claims, &mut effects);
        if about.is_of(article, index) {
            let s = article.sentences[index];
            article.add(Known::TopicRemedy, s.start, s.end);
        }
        if let Some(heading) = block.filter(|b| b.kind == BlockKind::Heading) {
            // "Pros" below the heading of a product still speaks of it.
            let named = topic::of_head(article, index).map(|role| (role, heading.level));
            section = named.or(section.filter(|&(_, above)| above < heading.level));
        }
        // "Sage | Relieves hot flushes": the first cell that only names something says what its row is about.
        if let Some(place) = cell.filter(|_| of_row.is_none() && claims.len() == known) {
            row = topic::of_head(article, index).map(|role| (place, role));
        }
    }
    denials::name_carried(article, &claims);
    answers::find(article, &mut claims);
    for asked in claims.iter_mut().filter(|c| c.marks.any(Marks::ASKED)) {
        if answers::asks_whether(article, article.sentences[asked.sentence as usize]) {
            asked.strength = asked.strength.min(Strength::Conditional);
        }
    }
    // What is only spoken of is no claim that a lint could judge.
    let lists = &article.catalog.lexicon.lists;
    for (i, claim) in claims.iter().enumerate().filter(|(_, c)| !lists[c.effect.tag as usize].aside) {
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

/// The claims of one sentence. Effects that are only spoken of count where it claims nothing else. `effects` is scratch
/// space.
fn sentence(article: &Article, index: usize, topic: Topic, hedges: &Hedges, claims: &mut Vec<Claim>, effects: &mut Vec<Effect>) {
    let s = article.sentences[index];
    let first = claims.len();
    for spoken_of in [false, true] {
        if claims.len() == first {
            effects::of_sentence(article, &s, spoken_of, effects);
            claims_of(article, index, effects, topic, hedges, claims);
        }
    }
}

fn claims_of(article: &Article, index: usize, effects: &[Effect], topic: Topic, hedges: &Hedges, claims: &mut Vec<Claim>) {
    let s = article.sentences[index];
    let first = claims.len();
    let mut background = Vec::new();
    let mut brought = None;
    for (i, effect) in effects.iter().enumerate() {
        if i > 0 && (worth::is_kept_from(article, &effects[i - 1], effect) || brought == Some(i)) {
            continue;
        }
        // "Leads to a drop in pain": verb and noun say together what is done.
        let change = effects.get(i + 1).filter(|next| changes::brings(article, effect, next));
        let whole = change.map_or(*effect, |change| Effect { end: change.end, ..*effect });
        // "Stops the enzymes that break down collagen": the collagen is what is meant.
        let is_held = effects.get(i + 1).is_some_and(|next| worth::is_kept_from(article, effect, next));
        let next = if is_held || change.is_some() { i + 2 } else { i + 1 };
        let limit = effects.get(next).map_or(s.end, |e| e.start);
        let object = roles::object(article, change.unwrap_or(effect), limit);
        let subject = roles::subject(article, effect, &effects[..i], &claims[first..], claims[..first].last(), topic, index);
        if !asserts::asserts(article, effect, subject.as_ref(), object.as_ref()) {
            continue;
        }
        brought = change.map(|_| i + 1);
        let marks = marks(article, effect, hedges) | denials::carried(article, effect, claims[first..].last());
        let strength = strength(article, effect, object.as_ref(), hedges);
        background.push(strength > Strength::Conditional && asserts::is_background(article, effect, subject.as_ref()));
        let (start, end) = extent(&whole, subject.as_ref(), object.as_ref(), &s);
        claims.push(Claim {
            subject,
            effect: Role { start: whole.start, end: whole.end, tag: effect.tag },
            object,
            strength,
            valence: changes::valence(article, effect, change, object, is_held),
            form: effect.form,
            marks,
            sentence: index as u32,
            from: doers::own_words(article, subject, start).unwrap_or(s.start),
            start,
            end,
        });
    }
    // "Tea may raise the risk of a disease that causes pain": the weaker one is what is claimed.
    let is_weaker = claims[first..].iter().zip(&background).any(|(c, b)| !b && c.strength <= Strength::Conditional);
    if is_weaker {
        let own = claims.split_off(first);
        claims.extend(own.into_iter().zip(background).filter(|(_, is_background)| !is_background).map(|(claim, _)| claim));
    }
}

/// What reaches the effect, and what it says itself. A modal cannot govern a finite third person or a
/// finite past (rule 13): "may ease pain and improves sleep" hedges only the first.
fn marks(article: &Article, effect: &Effect, hedges: &Hedges) -> Marks {
    let own = article.catalog.lexicon.lists[effect.tag as usize].mark;
    let all = words(effect).fold(own, |m, t| m | article.marks[t as usize]);
    if all.any(Marks::HEDGED) && is_beyond_modals(effect) && !hedges.reach(effect.head, Hedges::SUGGEST | Hedges::OTHER) {
        return Marks(all.0 & !Marks::HEDGED.0);
    }
    if all.any(Marks::NEGATED) && is_beyond_modals(effect) && denials::is_past(article, effect) {
        return Marks(all.0 & !Marks::NEGATED.0);
    }
    all
}

/// The words whose marks count.
fn words(effect: &Effect) -> std::ops::Range<u32> {
    effect.start.min(effect.head)..effect.end
}

/// Whether no modal can govern the effect.
fn is_beyond_modals(effect: &Effect) -> bool {
    effect.form == ClaimForm::Finite && !effect.passive && effect.inflected
}

/// For each token, which kinds of hedge reach it.
struct Hedges(Vec<u8>);

impl Hedges {
    /// "May", "could".
    const MODAL: u8 = 1;
    /// "Suggests that": careful, but the claim keeps the strength that it is worded with (STANDARDS A.1).
    const SUGGEST: u8 = 2;
    /// Adverbs, verbs and nouns: "possibly", "appears to".
    const OTHER: u8 = 4;

    fn of(article: &Article) -> Hedges {
        let mut hedges = vec![0; article.tokens.len()];
        for cue in article.cues.iter().filter(|c| c.mark.any(Marks::HEDGED)) {
            let kind = match cue.tag {
                t if t == Known::HedgeAny.id() => Hedges::MODAL,
                t if t == Known::HedgeSuggest.id() => Hedges::SUGGEST,
                _ => Hedges::OTHER,
            };
            for reached in hedges.get_mut(cue.from as usize..cue.to.max(cue.from) as usize).unwrap_or_default() {
                *reached |= kind;
            }
        }
        Hedges(hedges)
    }

    fn reach(&self, token: u32, kinds: u8) -> bool {
        self.0.get(token as usize).is_some_and(|h| h & kinds != 0)
    }

    /// Whether the effect is worded as a possibility.
    fn soften(&self, effect: &Effect) -> bool {
        if is_beyond_modals(effect) {
            return self.reach(effect.head, Hedges::OTHER);
        }
        words(effect).any(|t| self.reach(t, Hedges::MODAL | Hedges::OTHER))
    }
}

fn strength(article: &Article, effect: &Effect, object: Option<&Role>, hedges: &Hedges) -> Strength {
    let list = &article.catalog.lexicon.lists[effect.tag as usize];
    let listed = list.strength.unwrap_or(Strength::Cause);
    if listed < Strength::Conditional {
        return listed;
    }
    // "was reduced", "levels decrease": a change that was seen, with no doer and nothing that it is done to.
    let changes = matches!(list.direction, Some(Direction::Up | Direction::Down | Direction::Help));
    // What stands behind a preposition is no object: "risks rose sharply with age".
    let is_object = object.is_some() && !effect.before_preposition;
    let seen = changes && !effect.passive && effect.intransitive && effect.end == effect.start + 1 && !is_object;
    let undone = effect.passive && !effect.has_doer || seen;
    // "Can be prevented" is no such thing.
    if effect.form == ClaimForm::Finite && undone && !effect.can && !list.object_required {
        return Strength::Correlational;
    }
    if list.mark.any(Marks::HEDGED) || hedges.soften(effect) {
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

/// Tokens before a word among which the cues stand that reach it in its sentence.
const CUES: u32 = 64;

/// The cues that leave `mark` on a token and stand before it in its sentence.
fn cues_on<'a>(article: &'a Article, mark: Marks, token: u32) -> impl Iterator<Item = &'a CueUse> {
    let from = article.sentence(token).map_or(token, |s| s.start.max(token.saturating_sub(CUES)));
    let first = article.cues.partition_point(|c| c.start < from);
    let here = article.cues.get(first..).unwrap_or(&[]).iter().take_while(move |c| c.start <= token);
    here.filter(move |c| c.mark.any(mark) && (c.from..c.to).contains(&token))
}

/// Whether a token is "of".
fn is_of(article: &Article, token: u32) -> bool {
    article.words(token, token + 1).eq_ignore_ascii_case("of")
}

/// Whether a token is a number.
fn is_number(article: &Article, token: u32) -> bool {
    article.tokens.get(token as usize).is_some_and(|t| t.shape.contains(Shape::NUMBER))
}

/// Annotations of a group that start in `from..to`.
fn of_group<'a>(article: &'a Article, group: Group, from: u32, to: u32) -> impl DoubleEndedIterator<Item = &'a Annotation> {
    let lists = &article.catalog.lexicon.lists;
    article.parts(from, to).iter().filter(move |a| lists[a.tag as usize].group == group)
}

fn role(a: &Annotation) -> Role {
    Role { start: a.start, end: a.end, tag: a.tag }
}

/// Of annotations that start at the same word the longest; the first such place.
fn longest_first<'a>(found: impl Iterator<Item = &'a Annotation>) -> Option<Role> {
    let mut best: Option<&Annotation> = None;
    for a in found {
        match best {
            Some(b) if a.start > b.start => break,
            Some(b) if a.end <= b.end => {}
            _ => best = Some(a),
        }
    }
    best.map(role)
}
