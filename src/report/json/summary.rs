//! The summary of an article as programs read it.

use super::super::card::{self, Card};
use super::super::{Checked, Places};
use crate::audit::signs::Group;
use serde::Serialize;
use std::collections::BTreeMap;

/// Figures on an article. What is not there is left out.
#[derive(Serialize)]
pub struct SummaryJson<'a> {
    words: usize,
    sentences: usize,
    kind: &'a str,
    substances: &'a [String],
    present: &'a [String],
    missing: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    caveats: Vec<CaveatJson<'a>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    claims: BTreeMap<&'static str, usize>,
    #[serde(skip_serializing_if = "is_zero")]
    flat_benefits: usize,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    evidence: BTreeMap<&'static str, SignJson>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    disclosure: BTreeMap<&'static str, SignJson>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    provenance: BTreeMap<&'static str, SignJson>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    families: BTreeMap<&'a str, FamilyJson>,
}

/// A caveat that a substance calls for; no line where it is missing.
#[derive(Serialize)]
struct CaveatJson<'a> {
    substance: &'a str,
    need: &'a str,
    reason: &'a str,
    source: &'a str,
    line: Option<usize>,
}

#[derive(Serialize)]
struct SignJson {
    count: usize,
    line: usize,
}

#[derive(Serialize)]
struct FamilyJson {
    errors: usize,
    warnings: usize,
    infos: usize,
}

#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_zero(n: &usize) -> bool {
    *n == 0
}

/// The summary of an article; its findings count as far as they are shown.
pub fn summary<'a>(file: &Checked<'a>) -> SummaryJson<'a> {
    let s = &file.audit.summary;
    let Card { strengths, flat, families } = card::card(file);
    let mut places = Places::new(file.source);
    let mut signs = |group: Group| {
        let of = s.signs.iter().filter(|sign| sign.group == group);
        of.map(|sign| (sign.name, SignJson { count: sign.count, line: places.position(sign.first.start).line })).collect()
    };
    SummaryJson {
        words: s.words,
        sentences: s.sentences,
        kind: s.kind,
        substances: &s.substances,
        present: &s.present,
        missing: &s.missing,
        evidence: signs(Group::Evidence),
        disclosure: signs(Group::Disclosure),
        provenance: signs(Group::Provenance),
        caveats: s
            .caveats
            .iter()
            .map(|c| CaveatJson {
                substance: &c.substance,
                need: &c.need,
                reason: &c.reason,
                source: &c.source,
                line: c.met.map(|span| file.source.line_of(span.start) + 1),
            })
            .collect(),
        claims: strengths.into_iter().collect(),
        flat_benefits: flat,
        families: families
            .into_iter()
            .map(|(name, f)| (name, FamilyJson { errors: f.errors, warnings: f.warnings, infos: f.infos }))
            .collect(),
    }
}
