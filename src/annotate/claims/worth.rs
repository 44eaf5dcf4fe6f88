//! Whether a claim is good or bad news for the reader: what the effect does, and whether its object is
//! something to have or something to be rid of.

use super::effects::Effect;
use super::of_group;
use crate::annotate::grammar as g;
use crate::annotate::{Article, Role};
use crate::lint::model::Valence;
use crate::tags::Known;
use crate::words::kind::Direction;
use crate::words::lexicon::Group;

/// Tokens between a verb and the clause that tells what its object does.
const HELD: u32 = 6;

/// Whether `next` tells of what `effect` makes less of that it does harm: "stops the enzymes that break down collagen". An
/// outcome right behind the verb is its object itself: "eases the inflammation that harms the joints".
pub fn is_kept_from(article: &Article, effect: &Effect, next: &Effect) -> bool {
    let lists = &article.catalog.lexicon.lists;
    let is = |e: &Effect, wanted: &[Direction]| lists[e.tag as usize].direction.is_some_and(|d| wanted.contains(&d));
    let that = next.group.wrapping_sub(1);
    is(effect, &[Direction::Down])
        && is(next, &[Direction::Down, Direction::Hurt])
        && (effect.end + 1..effect.end + HELD).contains(&that)
        && article.starting(Known::WordRelative.id(), that, next.group).next().is_some()
        && (effect.end..that).all(|t| article.grammar[t as usize] & g::SIGN == 0)
        && of_group(article, Group::Object, effect.end, that).next().is_none()
}

/// Good, bad or neither. `is_held` says that the object is kept from harm ([`is_kept_from`]).
pub fn valence(article: &Article, effect: &Effect, object: Option<Role>, is_held: bool) -> Valence {
    let lists = &article.catalog.lexicon.lists;
    let Some(direction) = lists[effect.tag as usize].direction else { return Valence::Neutral };
    let worth = object.and_then(|o| lists[o.tag as usize].direction);
    let is_bad = match worth {
        Some(Direction::Hurt) => Some(true),
        Some(Direction::Help) => Some(is_held),
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

#[cfg(test)]
mod tests {
    use crate::annotate::tests::annotated;
    use crate::lint::model::Valence;
    use crate::read::Format;

    /// The object and the worth of each claim.
    fn claims(text: &str) -> Vec<(Option<String>, Valence)> {
        annotated(text, Format::Text, |article| {
            article.claims.iter().map(|c| (c.object.map(|r| article.words(r.start, r.end).to_owned()), c.valence)).collect()
        })
    }

    #[test]
    fn what_keeps_something_good_from_harm_does_good() {
        let good = |object: &str| [(Some(object.to_owned()), Valence::Benefit)];
        assert_eq!(claims("Sage stops the enzymes that break down cartilage.\n"), good("cartilage"));
        assert_eq!(claims("Sage reduces pain.\n"), good("pain"));
        assert_eq!(claims("Sage reduces the amount of sleep that children get.\n")[0].1, Valence::Harm);
    }
}
