//! The figures of an article at a glance: claims by strength, what it cites, discloses and tells of its
//! authors, which caveats are there, and what was found, by family.

use super::Checked;
use crate::finding::Level;
use crate::lint::model::Valence;
use crate::words::kind::{Marks, STRENGTHS, Strength};
use std::collections::BTreeMap;

/// The figures.
#[derive(Clone, Debug, Default)]
pub struct Card<'a> {
    /// Claims by strength, strongest first; those that are there.
    pub strengths: Vec<(&'static str, usize)>,
    /// Benefits that are stated flatly: "can" or stronger, without any mark.
    pub flat: usize,
    /// Findings by family.
    pub families: BTreeMap<&'a str, Family<'a>>,
}

/// What was found of a family.
#[derive(Clone, Debug, Default)]
pub struct Family<'a> {
    /// Findings of level error.
    pub errors: usize,
    /// Findings of level warning.
    pub warnings: usize,
    /// Findings of level info.
    pub infos: usize,
    /// How often each lint spoke, by its name without the family.
    pub lints: BTreeMap<&'a str, usize>,
}

/// The figures of an article, from what is shown of it.
pub fn card<'a>(file: &Checked<'a>) -> Card<'a> {
    let mut card = Card::default();
    let claims = &file.audit.claims;
    for (i, (name, _)) in STRENGTHS.iter().enumerate().rev() {
        let count = claims.iter().filter(|c| c.strength as usize == i).count();
        if count > 0 {
            card.strengths.push((name, count));
        }
    }
    let is_flat = |strength: Strength| matches!(strength, Strength::CanCause | Strength::Cause);
    card.flat = claims.iter().filter(|c| is_flat(c.strength) && c.valence == Valence::Benefit && c.marks == Marks::default()).count();
    for f in &file.audit.findings {
        let (family, name) = f.lint.split_once('/').unwrap_or((&f.lint, ""));
        let found = card.families.entry(family).or_default();
        match f.level {
            Level::Error => found.errors += 1,
            Level::Warning => found.warnings += 1,
            Level::Info | Level::Off => found.infos += 1,
        }
        *found.lints.entry(name).or_default() += 1;
    }
    card
}
