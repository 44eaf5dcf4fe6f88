//! What a responsible article on a substance must mention: `lints/knowledge/<substance>.toml`.

use crate::problem::Problem;
use crate::source::Source;
use crate::words::file::{Inflect, one_of};
use crate::words::lexicon::{LexiconBuilder, TagId};
use crate::words::stored::Stored;
use crate::written::{self, Table, Text};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What is known of one substance.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Substance {
    /// Its name, from the file.
    pub name: Stored,
    /// mineral, vitamin, herb ...
    pub class: Stored,
    /// Tag of its names.
    pub tag: TagId,
    /// International units in one `iu_unit`; 0 where it is not measured in them.
    pub iu: f64,
    /// The unit that `iu` international units make.
    pub iu_unit: Stored,
    /// Upper limits and intake figures.
    pub limits: Vec<Limit>,
    /// What must be said.
    pub caveats: Vec<Caveat>,
    /// Medicines that it meets.
    pub interactions: Vec<Interaction>,
    /// Claims that a jurisdiction allows.
    pub authorised: Vec<Authorised>,
    /// Verdicts of the evidence on outcomes.
    pub evidence: Vec<Evidence>,
}

/// An amount: a tolerable upper limit or a recommended intake.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Limit {
    /// Whether it is an upper limit; else an intake figure.
    pub upper: bool,
    /// The amount, or the low end of a range.
    pub amount: f64,
    /// The high end of a range; equal to `amount` where there is none.
    pub amount_to: f64,
    /// mg, mcg, g, IU ...
    pub unit: Stored,
    /// day, week, dose ...
    pub per: Stored,
    /// adults, children, pregnancy ...
    pub group: Stored,
    /// Ages in years as written, `9+` or `1-3`; may be empty.
    pub age: Stored,
    /// supplement, total, preformed ...
    pub form: Stored,
    /// us, eu, uk, au; may be empty.
    pub jurisdiction: Stored,
    /// A remark.
    pub note: Stored,
    /// Where it comes from.
    pub source: Stored,
    /// Whether the source was seen.
    pub verified: bool,
}

/// A caveat that an article on the substance must carry.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Caveat {
    /// kidney, liver, pregnancy ...
    pub need: Stored,
    /// Tag of what calls for it: `needs.<need>`.
    pub needs_tag: TagId,
    /// Tag that says it is met: `met.<need>`.
    pub met_tag: TagId,
    /// Tag of the general list of what meets it: `caveat.<need>`.
    pub general_tag: TagId,
    /// Tag of the words for it alone, without a caution: `caveat.<need>-word`.
    pub word_tag: TagId,
    /// Tag that says it is called for and not met: `missing.<need>`.
    pub missing_tag: TagId,
    /// Tag of the terms that meet it for this substance alone.
    pub terms_tag: Option<TagId>,
    /// Why.
    pub reason: Stored,
    /// Where it comes from.
    pub source: Stored,
    /// Whether the source was seen.
    pub verified: bool,
}

/// A class of medicines that the substance meets.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Interaction {
    /// The class.
    pub with: Stored,
    /// Tag of the class's names.
    pub tag: TagId,
    /// What happens.
    pub reason: Stored,
    /// Whether it can do serious harm.
    pub major: bool,
    /// Where it comes from.
    pub source: Stored,
    /// Whether the source was seen.
    pub verified: bool,
}

/// A function claim that is allowed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Authorised {
    /// eu, uk ...
    pub jurisdiction: Stored,
    /// The function, as the register words it.
    pub function: Stored,
    /// Whether the register was seen.
    pub verified: bool,
}

/// A verdict of the evidence.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Evidence {
    /// The outcome.
    pub outcome: Stored,
    /// What was found.
    pub verdict: Stored,
    /// Where it comes from.
    pub source: Stored,
    /// Whether the source was seen.
    pub verified: bool,
}

/// An example of a knowledge file: an article and the needs that it leaves unmet.
#[derive(Clone, Debug)]
pub struct SubstanceTest {
    /// The article, Markdown.
    pub text: Text,
    /// Needs that must be reported as missing, exactly.
    pub missing: Vec<String>,
}

/// A knowledge file with its examples.
pub struct SubstanceFile {
    /// The file.
    pub file: Arc<Source>,
    /// What it says.
    pub substance: Substance,
    /// Its examples.
    pub tests: Vec<SubstanceTest>,
}

/// Reads a knowledge file; its names and terms go to `lexicon`, mistakes to `problems`.
pub fn read(file: &Arc<Source>, stem: &str, lexicon: &mut LexiconBuilder, problems: &mut Vec<Problem>) -> SubstanceFile {
    let table = written::parse(file, problems);
    let (name, class) = (text(&table, "name", problems), text(&table, "class", problems));
    let names = table.texts("names", problems);
    if names.is_empty() {
        problems.push(Problem::new(file, table.place(), "`names` is missing"));
    }
    let tag = lexicon.tag(&format!("substance.{stem}"));
    lexicon.add_terms(file, tag, &names, &table.texts("not", problems), Inflect::No, problems);
    let kinds = [("supplement", "subject.supplement"), ("food", "subject.food"), ("herb", "subject.herb"), ("oil", "subject.oil")];
    if let Some(subject) = one_of(&table, "kind", &kinds, problems) {
        let subject = lexicon.tag(subject);
        lexicon.add_terms(file, subject, &names, &[], Inflect::No, problems);
    }
    let iu = table.number("iu", problems).unwrap_or(0.0);
    let mut substance = Substance { name, class, tag, iu, iu_unit: optional(&table, "iu-unit", problems), ..Substance::default() };
    substance.limits = table.tables("limit", problems).iter().map(|t| limit(t, problems)).collect();
    for t in table.tables("caveat", problems) {
        let need = text(&t, "need", problems);
        let terms = t.texts("terms", problems);
        let terms_tag = (!terms.is_empty()).then(|| lexicon.tag(&format!("~met {stem} {need} {}", t.place().start)));
        if let Some(tag) = terms_tag {
            lexicon.add_terms(file, tag, &terms, &[], Inflect::No, problems);
        }
        substance.caveats.push(Caveat {
            needs_tag: lexicon.tag(&format!("needs.{need}")),
            met_tag: lexicon.tag(&format!("met.{need}")),
            general_tag: lexicon.tag(&format!("caveat.{need}")),
            word_tag: lexicon.tag(&format!("caveat.{need}-word")),
            missing_tag: lexicon.tag(&format!("missing.{need}")),
            terms_tag,
            need,
            reason: text(&t, "reason", problems),
            source: text(&t, "source", problems),
            verified: t.truth("verified", problems),
        });
        t.finish(problems);
    }
    for t in table.tables("interaction", problems) {
        let with = text(&t, "with", problems);
        let tag = lexicon.tag(&format!("medicine.{}", slug(&with)));
        lexicon.add_terms(file, tag, &t.texts("names", problems), &[], Inflect::No, problems);
        substance.interactions.push(Interaction {
            with,
            tag,
            reason: text(&t, "reason", problems),
            major: t.truth("major", problems),
            source: text(&t, "source", problems),
            verified: t.truth("verified", problems),
        });
        t.finish(problems);
    }
    for t in table.tables("authorised", problems) {
        let (jurisdiction, function) = (text(&t, "jurisdiction", problems), text(&t, "function", problems));
        substance.authorised.push(Authorised { jurisdiction, function, verified: t.truth("verified", problems) });
        t.finish(problems);
    }
    for t in table.tables("evidence", problems) {
        let (outcome, verdict, source) = (text(&t, "outcome", problems), text(&t, "verdict", problems), text(&t, "source", problems));
        substance.evidence.push(Evidence { outcome, verdict, source, verified: t.truth("verified", problems) });
        t.finish(problems);
    }
    let mut tests = Vec::new();
    for t in table.tables("test", problems) {
        if let Some(text) = t.required("text", problems) {
            tests.push(SubstanceTest { text, missing: t.texts("missing", problems).into_iter().map(|m| m.value).collect() });
        }
        t.finish(problems);
    }
    table.finish(problems);
    SubstanceFile { file: file.clone(), substance, tests }
}

fn text(t: &Table, key: &'static str, problems: &mut Vec<Problem>) -> Stored {
    t.required(key, problems).map(|t| t.value.into()).unwrap_or_default()
}

fn optional(t: &Table, key: &'static str, problems: &mut Vec<Problem>) -> Stored {
    t.text(key, problems).map(|t| t.value.into()).unwrap_or_default()
}

fn limit(t: &Table, problems: &mut Vec<Problem>) -> Limit {
    if !t.has("amount") {
        problems.push(Problem::new(&t.file, t.place(), "`amount` is missing"));
    }
    let amount = t.number("amount", problems).unwrap_or(0.0);
    let limit = Limit {
        upper: one_of(t, "kind", &[("upper", true), ("intake", false)], problems).unwrap_or(false),
        amount,
        amount_to: t.number("amount-to", problems).unwrap_or(amount),
        unit: text(t, "unit", problems),
        per: optional(t, "per", problems),
        group: optional(t, "group", problems),
        age: optional(t, "age", problems),
        form: optional(t, "form", problems),
        jurisdiction: optional(t, "jurisdiction", problems),
        note: optional(t, "note", problems),
        source: text(t, "source", problems),
        verified: t.truth("verified", problems),
    };
    t.finish(problems);
    limit
}

/// A name as a part of a tag: lower case, words joined by hyphens.
fn slug(name: &str) -> String {
    let words: Vec<String> = name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    words.join("-")
}
