//! Whether a claim is good or bad news for the reader: what the effect does, and whether its object is
//! something to have or something to be rid of.

use super::effects::Effect;
use super::of_group;
use crate::annotate::{Article, Role};
use crate::lint::model::Valence;
use crate::tags::Known;
use crate::words::kind::Direction;
use crate::words::lexicon::Group;

/// Whether the object of an effect is what somebody, named before it, makes less of: "the enzymes that break down collagen".
fn does_harm(article: &Article, effect: &Effect, object: Role) -> bool {
    let lists = &article.catalog.lexicon.lists;
    let Some(that) = article.starting(Known::WordRelative.id(), effect.end, object.start).next() else { return false };
    of_group(article, Group::Effect, that.end, object.start)
        .any(|a| matches!(lists[a.tag as usize].direction, Some(Direction::Down | Direction::Hurt)))
}

/// Good, bad or neither.
pub fn valence(article: &Article, effect: &Effect, object: Option<Role>) -> Valence {
    let lists = &article.catalog.lexicon.lists;
    let Some(direction) = lists[effect.tag as usize].direction else { return Valence::Neutral };
    let worth = object.and_then(|o| lists[o.tag as usize].direction);
    let is_bad = match worth {
        Some(Direction::Hurt) => Some(true),
        Some(Direction::Help) => Some(false),
        _ => None,
    };
    // "Shields your brain from ageing": what stands inside is what is kept from harm.
    let is_kept = effect.tag == Known::EffectPrevent.id() && object.is_some_and(|o| effect.start <= o.start && o.end <= effect.end);
    if is_kept {
        return Valence::Benefit;
    }
    // "Stops the enzymes that break down collagen": what is kept from doing harm.
    let is_bad = match object {
        Some(o) if is_bad == Some(false) && does_harm(article, effect, o) => Some(true),
        _ => is_bad,
    };
    match (direction, is_bad) {
        (Direction::Help, _) => Valence::Benefit,
        (Direction::Hurt, _) => Valence::Harm,
        (Direction::Down, Some(true)) | (Direction::Up, Some(false)) => Valence::Benefit,
        (Direction::Down, Some(false)) | (Direction::Up, Some(true)) => Valence::Harm,
        (Direction::Act, _) | (_, None) => Valence::Neutral,
    }
}
