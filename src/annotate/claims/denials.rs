//! How far a denial goes where verbs are joined: on to the next, or no further than its own.

use super::effects::Effect;
use super::{cues_on, is_beyond_modals};
use crate::annotate::grammar as g;
use crate::annotate::{Article, Claim, CueUse};
use crate::lint::model::ClaimForm;
use crate::words::kind::Marks;

/// Whether an effect is the next thing that is said of what something is not or has not: "has no sugar and eases pain".
pub fn is_past(article: &Article, effect: &Effect) -> bool {
    let joint = effect.group.checked_sub(1).is_some_and(|t| article.grammar[t as usize] & g::CONJUNCTION != 0);
    let mut denials = cues_on(article, Marks::NEGATED, effect.head).peekable();
    joint && denials.peek().is_some() && denials.all(|cue| is_spent(article, cue, effect.group))
}

/// What reaches on from the claim before to an effect that is joined to it: "no trial shows that it cures colds and eases
/// pain" denies both, however long the first is.
pub fn carried(article: &Article, effect: &Effect, before: Option<&Claim>) -> Marks {
    let denied = before.filter(|c| c.marks.any(Marks::NEGATED) && c.form == ClaimForm::Finite && c.end + 1 == effect.group);
    // What no cue reaches itself was carried on to.
    let reaches = |c: &Claim| {
        let mut on = cues_on(article, Marks::NEGATED, c.effect.start).peekable();
        on.peek().is_none() || on.any(|cue| !is_spent(article, cue, effect.group))
    };
    let joint = |t: u32| article.grammar[t as usize] & g::CONJUNCTION != 0 || article.sign(t) == ',';
    match denied {
        Some(c) if is_beyond_modals(effect) && joint(c.end) && reaches(c) => Marks::NEGATED,
        _ => Marks::default(),
    }
}

/// Lets the cue of a denial that is carried on to a claim reach that claim, so that it can be named.
pub fn name_carried(article: &mut Article, claims: &[Claim]) {
    let mut more: Vec<CueUse> = Vec::new();
    for pair in claims.windows(2) {
        let [before, claim] = pair else { continue };
        let is_denied = claim.sentence == before.sentence && claim.marks.any(Marks::NEGATED);
        if is_denied && cues_on(article, Marks::NEGATED, claim.effect.start).next().is_none() {
            let carried = more.last().filter(|c| c.from == before.effect.start);
            let cue = carried.or_else(|| cues_on(article, Marks::NEGATED, before.effect.start).next()).copied();
            more.extend(cue.map(|cue| CueUse { from: claim.effect.start, to: claim.effect.end, ..cue }));
        }
    }
    if !more.is_empty() {
        article.cues.append(&mut more);
        article.cues.sort_by_key(|c| c.start);
    }
}

/// Whether what denies has had its verb before the effect whose verb group begins at `group`: "is no drug", "has no sugar",
/// "does not cure colds", but not "no tea cures colds".
fn is_spent(article: &Article, cue: &CueUse, group: u32) -> bool {
    let fact = |t: u32| article.grammar[t as usize];
    let verb = g::BE | g::HAVE | g::MODAL | g::TAKE;
    let denies = cue.start > 0 && (cue.start - 1..cue.end).any(|t| fact(t) & verb != 0);
    denies && (cue.end..group).all(|t| fact(t) & (verb | g::ANAPHOR) == 0)
}
