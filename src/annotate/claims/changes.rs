//! Changes that a verb brings about: "leads to a drop in pain", "prevents a rise in blood sugar".

use super::effects::Effect;
use super::worth;
use crate::annotate::grammar as g;
use crate::annotate::{Article, Role};
use crate::lint::model::{ClaimForm, Valence};
use crate::tags::Known;
use crate::words::kind::Direction;

/// Words between the verb and the noun: "causes significant and lasting reductions in".
const BETWEEN: u32 = 5;

/// Whether `change` is a noun of change, and what the verb `effect` brings about, or keeps from coming.
pub fn brings(article: &Article, effect: &Effect, change: &Effect) -> bool {
    let lists = &article.catalog.lexicon.lists;
    let is_verb = effect.form != ClaimForm::Noun && !effect.passive && effect.tag != Known::EffectDue.id();
    let stop = g::SIGN | g::PREPOSITION | g::BE | g::HAVE | g::MODAL;
    let is_done = change.form == ClaimForm::Gerund && acts_on(article, effect, change.start);
    (lists[change.tag as usize].nominal || is_done)
        && !lists[effect.tag as usize].compares()
        && is_verb
        && (effect.end..=effect.end + BETWEEN).contains(&change.start)
        && (effect.end..change.start).all(|t| article.grammar[t as usize] & stop == 0)
}

/// Whether an effect only says that something acts on what stands at `token`: "plays a role in" before "reducing pain".
pub fn acts_on(article: &Article, effect: &Effect, token: u32) -> bool {
    let list = &article.catalog.lexicon.lists[effect.tag as usize];
    effect.end == token && list.direction == Some(Direction::Act) && !list.compares()
}

/// Whether a claim is good or bad for the reader, with the change that its verb brings about, if any. `is_held` is as
/// [`worth::valence`] has it.
pub fn valence(article: &Article, effect: &Effect, change: Option<&Effect>, object: Option<Role>, is_held: bool) -> Valence {
    let list = &article.catalog.lexicon.lists[effect.tag as usize];
    let Some(change) = change else {
        // "A drop in pain" is good news, but nothing is said to bring it.
        let is_noted = list.nominal && matches!(list.direction, Some(Direction::Up | Direction::Down));
        return if is_noted { Valence::Neutral } else { worth::valence(article, effect, object, is_held) };
    };
    let prevents = list.direction == Some(Direction::Down);
    match worth::valence(article, change, object, false) {
        Valence::Benefit if prevents => Valence::Harm,
        Valence::Harm if prevents => Valence::Benefit,
        worth => worth,
    }
}

#[cfg(test)]
mod tests {
    use crate::annotate::tests::annotated;
    use crate::lint::model::Valence;
    use crate::read::Format;
    use crate::words::kind::Strength;

    /// The words, the object, the strength and the worth of each claim.
    fn claims(text: &str) -> Vec<(String, Option<String>, Strength, Valence)> {
        annotated(text, Format::Text, |article| {
            let words = |start, end| article.words(start, end).to_owned();
            let told = article.claims.iter();
            told.map(|c| (words(c.effect.start, c.effect.end), c.object.map(|o| words(o.start, o.end)), c.strength, c.valence)).collect()
        })
    }

    fn one(effect: &str, object: &str, strength: Strength, valence: Valence) -> Vec<(String, Option<String>, Strength, Valence)> {
        vec![(effect.to_owned(), Some(object.to_owned()), strength, valence)]
    }

    #[test]
    fn verb_and_noun_of_change_are_one_claim() {
        assert_eq!(claims("Sage leads to a drop in pain.\n"), one("leads to a drop in", "pain", Strength::Cause, Valence::Benefit));
        assert_eq!(
            claims("Sage may cause large and lasting improvements in mood.\n"),
            one("cause large and lasting improvements in", "mood", Strength::Conditional, Valence::Benefit)
        );
        assert_eq!(claims("Sage prevents a rise in blood pressure.\n")[0].3, Valence::Benefit);
        assert_eq!(claims("Sage causes an increase in pain.\n")[0].3, Valence::Harm);
    }

    #[test]
    fn a_change_that_nothing_brings_about_is_noted() {
        for noted in ["Users noted a drop in pain.\n", "Sage was linked to a drop in pain.\n"] {
            assert!(claims(noted).iter().all(|c| c.2 < Strength::Conditional), "{noted}");
        }
    }
}
