//! Doses: numbers with a unit, brought to one measure, tied to a substance, and told apart: what the reader
//! is told to take, what a trial gave, what a day's food should hold, what must not be exceeded.

pub mod compare;

use super::{Annotation, Article};
use crate::document::BlockKind;
use crate::tags::Known;
use crate::words::kind::Marks;
use crate::words::token::Shape;

/// What an amount is measured in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Measure {
    /// Micrograms of the written unit: 1 for mcg, 1,000 for mg, 1,000,000 for g.
    Mass(f64),
    /// International units.
    International,
    /// Capsules, spoons, millilitres and what else says nothing of the amount of the substance.
    Other,
}

/// How often an amount is taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Per {
    /// It is not said.
    Unsaid,
    /// So many times a day.
    Day(f64),
    /// Once a week.
    Week,
    /// For each kilogram or pound of the body.
    Weight,
}

/// In what role an amount stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// The reader is told to take it.
    Told,
    /// It was studied, measured or is contained in something.
    Studied,
    /// It must not be exceeded.
    Limit,
    /// It is what a day should bring, food included.
    Intake,
    /// None of these can be told.
    Other,
}

/// An amount with a unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dose {
    /// First token.
    pub start: u32,
    /// One past the last token of the unit.
    pub end: u32,
    /// The amount in the written unit; of a range, the high end.
    pub amount: f64,
    /// The unit.
    pub measure: Measure,
    /// How often.
    pub per: Per,
    /// In what role.
    pub said: Said,
}

/// Amounts above this many micrograms a time are food, not a dose: ten grams.
const FOOD: f64 = 10_000_000.0;

impl Dose {
    /// Whether the unit is one in which supplements are measured.
    pub fn is_supplement(&self) -> bool {
        match self.measure {
            Measure::Mass(factor) => self.amount * factor <= FOOD,
            Measure::International => true,
            Measure::Other => false,
        }
    }
}

/// Reads the doses of an article and places `dose.recommended`.
pub fn read(article: &mut Article) -> Vec<Dose> {
    let measures = [
        (Known::UnitMilligram, Measure::Mass(1000.0)),
        (Known::UnitMicrogram, Measure::Mass(1.0)),
        (Known::UnitGram, Measure::Mass(1_000_000.0)),
        (Known::UnitInternational, Measure::International),
    ];
    let mut doses = Vec::new();
    for &number in article.tagged(Known::WordDoseUnit.id()) {
        let unit = article.annotations[number as usize];
        let Some((start, amount)) = amount_before(article, unit.start) else { continue };
        let measure = measures.iter().find(|(tag, _)| overlaps(article, *tag, &unit)).map_or(Measure::Other, |(_, m)| *m);
        let end = unit.end;
        doses.push(Dose { start, end, amount, measure, per: per(article, start, end), said: Said::Other });
    }
    for d in &mut doses {
        d.said = said(article, d);
    }
    for d in &doses {
        if d.said == Said::Told && d.is_supplement() {
            article.add(Known::DoseRecommended, d.start, d.end);
        }
    }
    doses
}

/// Compares what the reader is told to take with the limits on file.
pub fn judge(article: &mut Article, doses: &[Dose], jurisdiction: &[String]) {
    compare::judge(article, doses, jurisdiction);
}

/// The number that ends right before a unit, with the start of its range.
fn amount_before(article: &Article, unit: u32) -> Option<(u32, f64)> {
    let at = unit.checked_sub(1)?;
    let high = value(article, at)?;
    // "200-400 mg", "200 – 400 mg", "200 to 400 mg"
    for back in [1, 2] {
        let Some(low) = at.checked_sub(back) else { break };
        let joined = back == 1 || is_join(article, at - 1);
        if joined
            && let Some(value) = value(article, low)
            && value < high
        {
            return Some((low, high));
        }
    }
    Some((at, high))
}

/// The value of a number token.
fn value(article: &Article, token: u32) -> Option<f64> {
    let t = article.tokens.get(token as usize)?;
    if !t.shape.contains(Shape::NUMBER) {
        return None;
    }
    let written: String = article.doc.text.get(t.start as usize..t.end as usize)?.chars().filter(|c| *c != ',').collect();
    written.parse::<f64>().ok().filter(|v| v.is_finite())
}

/// A dash or a preposition between two numbers.
fn is_join(article: &Article, token: u32) -> bool {
    let Some(t) = article.tokens.get(token as usize) else { return false };
    let sign = article.doc.text.get(t.start as usize..t.end as usize).unwrap_or("");
    matches!(sign, "-" | "–" | "—" | "to")
}

fn overlaps(article: &Article, tag: Known, a: &Annotation) -> bool {
    let numbers = article.tagged(tag.id());
    let i = numbers.partition_point(|&n| article.annotations[n as usize].end <= a.start);
    numbers.get(i).is_some_and(|&n| article.annotations[n as usize].start < a.end)
}

/// Whether the tag stands in a token range.
pub fn within(article: &Article, tag: Known, from: u32, to: u32) -> bool {
    first_within(article, tag, from, to).is_some()
}

/// The first annotation with that tag that starts in a token range.
pub fn first_within(article: &Article, tag: Known, from: u32, to: u32) -> Option<Annotation> {
    let numbers = article.tagged(tag.id());
    let i = numbers.partition_point(|&n| article.annotations[n as usize].start < from);
    numbers.get(i).map(|&n| article.annotations[n as usize]).filter(|a| a.start < to)
}

/// How often, from the words right after the unit, or anywhere in the sentence where it says so once.
fn per(article: &Article, start: u32, end: u32) -> Per {
    let Some(sentence) = article.sentence(start) else { return Per::Unsaid };
    let near = (end + 8).min(sentence.end);
    let from = end.saturating_sub(1);
    if within(article, Known::UnitByWeight, from, near) {
        return Per::Weight;
    }
    if within(article, Known::UnitWeekly, from, near) {
        return Per::Week;
    }
    for (tag, times) in [(Known::UnitThrice, 3.0), (Known::UnitTwice, 2.0), (Known::UnitDaily, 1.0)] {
        if within(article, tag, from, near) {
            return Per::Day(times);
        }
    }
    let day = within(article, Known::UnitDaily, sentence.start, sentence.end);
    if day { Per::Day(1.0) } else { Per::Unsaid }
}

fn said(article: &Article, d: &Dose) -> Said {
    let Some(s) = article.sentence(d.start).copied() else { return Said::Other };
    let has = |tag| within(article, tag, s.start, s.end);
    let marks = article.marks.get(d.start as usize).copied().unwrap_or_default();
    if let Some(limit) = covering(article, Known::CaveatUpperLimit, d) {
        // "take up to 400 mg" tells how much, "not more than 400 mg" how much not.
        if !within(article, Known::DoseTold, limit.start.saturating_sub(1), limit.start + 1) || marks.any(Marks::NEGATED) {
            return Said::Limit;
        }
    } else if has(Known::CaveatUpperLimit) {
        return Said::Limit;
    }
    if has(Known::CaveatIntake) {
        return Said::Intake;
    }
    if marks.any(Marks::NEGATED | Marks::ASKED | Marks::QUOTED) || has(Known::SubjectExcess) {
        return Said::Other;
    }
    if has(Known::DoseStudied) || marks.any(Marks::ATTRIBUTED | Marks::REPORTED) {
        return Said::Studied;
    }
    let outside = matches!(article.kind(d.start), BlockKind::Residue | BlockKind::Code | BlockKind::Caption);
    if outside || has(Known::SubjectClinician) {
        return Said::Other;
    }
    if has(Known::DoseTold) { Said::Told } else { Said::Other }
}

fn covering(article: &Article, tag: Known, d: &Dose) -> Option<Annotation> {
    let numbers = article.tagged(tag.id());
    let i = numbers.partition_point(|&n| article.annotations[n as usize].end <= d.start);
    numbers.get(i).map(|&n| article.annotations[n as usize]).filter(|a| a.start <= d.start)
}
