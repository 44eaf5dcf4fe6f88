//! Whether a claim is good or bad news for the reader: what the effect does, and whether its object is
//! something to have or something to be rid of.

use super::effects::Effect;
use crate::annotate::{Article, Role};
use crate::lint::model::Valence;
use crate::tags::Known;
use crate::words::kind::Direction;

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
    match (direction, is_bad) {
        (Direction::Help, _) => Valence::Benefit,
        (Direction::Hurt, _) => Valence::Harm,
        (Direction::Down, Some(true)) | (Direction::Up, Some(false)) => Valence::Benefit,
        (Direction::Down, Some(false)) | (Direction::Up, Some(true)) => Valence::Harm,
        (Direction::Act, _) | (_, None) => Valence::Neutral,
    }
}
