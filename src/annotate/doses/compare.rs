//! Doses against the limits on file: the arithmetic behind "800 mg a day is above the US limit of 350 mg".

use super::{Dose, Measure, Per, Said, within};
use crate::annotate::grammar as g;
use crate::annotate::{Article, Note};
use crate::knowledge::{Limit, Substance};
use crate::tags::Known;

/// A mention of a substance.
#[derive(Clone, Copy)]
struct Mention {
    start: u32,
    end: u32,
    substance: usize,
}

/// Places `dose.above-limit` and `dose.salt-ambiguous`.
pub fn judge(article: &mut Article, doses: &[Dose], jurisdiction: &[String]) {
    if doses.is_empty() {
        return;
    }
    let catalog = article.catalog;
    let mut mentions: Vec<Mention> = Vec::new();
    for (substance, s) in catalog.substances.iter().enumerate() {
        mentions.extend(article.all(s.tag).map(|a| Mention { start: a.start, end: a.end, substance }));
    }
    mentions.sort_unstable_by_key(|m| (m.start, std::cmp::Reverse(m.end)));
    for d in doses {
        let Some((index, mention)) = substance_of(article, &mentions, d) else { continue };
        let Some(substance) = catalog.substances.get(index) else { continue };
        let salt = substance.class == "mineral" && mention.is_some_and(|m| names_salt(article, m));
        let elemental = article.sentence(d.start).is_some_and(|s| within(article, Known::UnitElemental, s.start, s.end));
        if salt && !elemental && matches!(d.measure, Measure::Mass(_)) && d.is_supplement() && matches!(d.said, Said::Told | Said::Other) {
            article.add(Known::DoseSalt, d.start, d.end);
        }
        // What a compound weighs is not what it holds of the mineral.
        if d.said == Said::Told
            && (!salt || elemental)
            && let Some(text) = above(substance, d, jurisdiction)
        {
            article.add(Known::DoseAboveLimit, d.start, d.end);
            article.notes.insert((Known::DoseAboveLimit.id(), d.start, d.end), Note { subject: substance.name.to_string(), text });
        }
    }
}

/// The substance that a dose is of: "400 mg of zinc", "zinc (400 mg)", the nearest in the sentence, the one
/// that the article is about.
fn substance_of(article: &Article, mentions: &[Mention], d: &Dose) -> Option<(usize, Option<Mention>)> {
    let s = article.sentence(d.start)?;
    let from = mentions.partition_point(|m| m.start < s.start);
    let to = mentions.partition_point(|m| m.start < s.end);
    let inside = mentions.get(from..to)?;
    let near = |m: &&Mention| if m.start >= d.end { (m.start - d.end) * 2 } else { 2 * d.start.saturating_sub(m.end) + 1 };
    // "15 g with vitamin C": the amount is of something else.
    let is_beside = |m: &Mention| m.start == d.end + 1 && article.grammar[d.end as usize] & (g::WITH | g::CONJUNCTION) != 0;
    let others = || inside.iter().filter(|m| !is_beside(m));
    // "of" stands between an amount and what it is of.
    let of = others().find(|m| m.start >= d.end && m.start <= d.end + 2);
    match of.or_else(|| others().min_by_key(near)) {
        Some(m) if near(&m) <= 40 => Some((m.substance, Some(*m))),
        Some(_) => None,
        None if !inside.is_empty() => None,
        None => match article.substances.as_slice() {
            [only] => Some((*only, None)),
            _ => None,
        },
    }
}

fn names_salt(article: &Article, m: Mention) -> bool {
    within(article, Known::UnitSalt, m.start, m.end + 1)
}

/// Why a dose is above an adult limit of the jurisdiction: the US, where none is asked for.
fn above(substance: &Substance, d: &Dose, jurisdiction: &[String]) -> Option<String> {
    let limit = adult_limits(substance, jurisdiction)
        .filter_map(|l| Some((l, in_unit_of(substance, d, l)?)))
        .max_by(|a, b| (a.0.amount / a.1.max(f64::MIN_POSITIVE)).total_cmp(&(b.0.amount / b.1.max(f64::MIN_POSITIVE))));
    let (limit, one) = limit?;
    let (daily, times) = match d.per {
        Per::Weight => return None,
        Per::Week => (one / 7.0, None),
        Per::Day(times) => (one * times, (times > 1.0).then_some(times)),
        Per::Unsaid => (one, None),
    };
    // A hair above is rounding.
    if daily <= limit.amount_to * 1.005 {
        return None;
    }
    let unit = unit_name(d.measure);
    let mut text = match (d.per, times) {
        (Per::Week, _) => format!("{} {unit} a week, or {} {} a day,", number(d.amount), number(daily), limit.unit),
        (_, Some(times)) => {
            format!("{} {unit} {} times a day, or {} {} a day,", number(d.amount), number(times), number(daily), limit.unit)
        }
        (Per::Unsaid, _) => format!("{} {unit}", number(d.amount)),
        _ => format!("{} {unit} a day", number(d.amount)),
    };
    if !unit.eq_ignore_ascii_case(&limit.unit) && times.is_none() && d.per != Per::Week {
        text += &format!(" ({} {})", number(daily), limit.unit);
    }
    let form = form_in_words(limit);
    let place = limit.jurisdiction.to_uppercase();
    Some(format!("{text} is above the {place} upper limit of {} {} a day{form} for adults", number(limit.amount_to), limit.unit))
}

/// Verified upper limits for adults a day in the jurisdiction: the US, where none is asked for.
pub fn adult_limits<'a>(substance: &'a Substance, jurisdiction: &'a [String]) -> impl Iterator<Item = &'a Limit> {
    let asked = move |j: &str| if jurisdiction.is_empty() { j == "us" } else { jurisdiction.iter().any(|a| a == j) };
    let usable = move |l: &Limit| l.upper && l.verified && asked(&l.jurisdiction) && is_adult(l) && l.per == "day";
    substance.limits.iter().filter(move |l| usable(l) && !l.form.contains("food") && !l.form.contains("alone"))
}

/// The upper limit that an article on the substance should give: one for adults in the jurisdiction, else any
/// that is on file where no jurisdiction is asked for.
pub fn limit_to_give<'a>(substance: &'a Substance, jurisdiction: &'a [String]) -> Option<&'a Limit> {
    let any = || substance.limits.iter().find(|l| l.upper && l.verified && is_adult(l) && l.per == "day");
    adult_limits(substance, jurisdiction).next().or_else(|| if jurisdiction.is_empty() { any() } else { None })
}

/// An upper limit in words: "US upper limit is 350 mg a day from supplements for adults".
pub fn limit_in_words(limit: &Limit) -> String {
    let place = limit.jurisdiction.to_uppercase();
    format!("{place} upper limit is {} {} a day{} for adults", number(limit.amount_to), limit.unit, form_in_words(limit))
}

fn form_in_words(limit: &Limit) -> &'static str {
    match limit.form.as_str() {
        "supplement" => " from supplements",
        "total" => " from all sources",
        _ => "",
    }
}

fn is_adult(l: &Limit) -> bool {
    matches!(l.group.as_str(), "adults" | "women" | "men" | "") && !matches!(l.age.as_str(), "1-3" | "4-8" | "9-13" | "14-18")
}

/// The amount of one dose in the unit of a limit; `None` where the two cannot be compared.
fn in_unit_of(substance: &Substance, d: &Dose, l: &Limit) -> Option<f64> {
    let target = micrograms(&l.unit);
    let iu_in_micrograms = || micrograms(&substance.iu_unit).filter(|_| substance.iu > 0.0).map(|m| m / substance.iu);
    match (d.measure, target) {
        (Measure::Mass(factor), Some(target)) => Some(d.amount * factor / target),
        (Measure::International, Some(target)) => Some(d.amount * iu_in_micrograms()? / target),
        (Measure::International, None) if l.unit.eq_ignore_ascii_case("iu") => Some(d.amount),
        (Measure::Mass(factor), None) if l.unit.eq_ignore_ascii_case("iu") => Some(d.amount * factor / iu_in_micrograms()?),
        _ => None,
    }
}

fn micrograms(unit: &str) -> Option<f64> {
    Some(match unit {
        "mcg" => 1.0,
        "mg" => 1000.0,
        "g" => 1_000_000.0,
        _ => return None,
    })
}

fn unit_name(measure: Measure) -> &'static str {
    match measure {
        Measure::Mass(1.0) => "mcg",
        Measure::Mass(1000.0) => "mg",
        Measure::Mass(_) => "g",
        Measure::International => "IU",
        Measure::Other => "",
    }
}

/// A figure as people write it: thousands set apart, no needless decimals.
fn number(value: f64) -> String {
    let rounded = if value >= 100.0 { value.round() } else { (value * 10.0).round() / 10.0 };
    let written = rounded.to_string();
    let (whole, rest) = written.split_once('.').map_or((written.as_str(), None), |(w, r)| (w, Some(r)));
    let mut out = String::new();
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    if let Some(rest) = rest {
        out.push('.');
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn magnesium() -> Substance {
        let limit = |amount, jurisdiction: &'static str, upper, group: &'static str| Limit {
            upper,
            amount,
            amount_to: amount,
            unit: "mg".into(),
            per: "day".into(),
            group: group.into(),
            form: "supplement".into(),
            jurisdiction: jurisdiction.into(),
            verified: true,
            ..Limit::default()
        };
        Substance {
            name: "magnesium".into(),
            limits: vec![limit(350.0, "us", true, "adults"), limit(250.0, "eu", true, "adults"), limit(400.0, "us", false, "men")],
            ..Substance::default()
        }
    }

    fn dose(amount: f64, measure: Measure, per: Per) -> Dose {
        Dose { start: 0, end: 2, amount, measure, per, said: Said::Told }
    }

    const MG: Measure = Measure::Mass(1000.0);

    #[test]
    fn doses_are_brought_to_a_day_before_they_are_compared() {
        let substance = magnesium();
        assert_eq!(above(&substance, &dose(350.0, MG, Per::Day(1.0)), &[]), None);
        assert_eq!(above(&substance, &dose(800.0, MG, Per::Week), &[]), None);
        assert_eq!(above(&substance, &dose(9.0, MG, Per::Weight), &[]), None);
        let twice = above(&substance, &dose(200.0, MG, Per::Day(2.0)), &[]).unwrap_or_default();
        assert_eq!(twice, "200 mg 2 times a day, or 400 mg a day, is above the US upper limit of 350 mg a day from supplements for adults");
    }

    #[test]
    fn the_limit_is_that_of_the_jurisdiction() {
        let substance = magnesium();
        let taken = dose(300.0, MG, Per::Day(1.0));
        assert_eq!(above(&substance, &taken, &[]), None);
        assert!(above(&substance, &taken, &["eu".to_owned()]).is_some_and(|t| t.contains("EU upper limit of 250 mg")));
    }

    #[test]
    fn international_units_are_turned_into_mass() {
        let mut substance = magnesium();
        substance.iu = 40.0;
        substance.iu_unit = "mcg".into();
        substance.limits[0].unit = "mcg".into();
        substance.limits[0].amount_to = 100.0;
        assert_eq!(above(&substance, &dose(4000.0, Measure::International, Per::Day(1.0)), &[]), None);
        let text = above(&substance, &dose(10_000.0, Measure::International, Per::Day(1.0)), &[]).unwrap_or_default();
        assert!(text.starts_with("10,000 IU a day (250 mcg) is above"), "{text}");
    }
}
