//! The claims of articles: as a table with a summary, as CSV, as JSON, as JSON Lines.

use super::json::summary::{self, SummaryJson};
use super::json::{self, Envelope};
use super::{Checked, Places, Report, Totals, clean, counted};
use crate::audit::{Claimed, Part};
use crate::lint::model::{FORMS, VALENCES};
use crate::problem::Problem;
use crate::source::Span;
use crate::words::kind::{Marks, STRENGTHS, Strength};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io;
use termcolor::WriteColor;

/// A claim as programs read it.
#[derive(Serialize)]
pub struct ClaimJson<'a> {
    strength: &'static str,
    ladder: u8,
    negated: bool,
    hedged: bool,
    asked: bool,
    quoted: bool,
    reported: bool,
    supposed: bool,
    attributed: bool,
    weak: bool,
    aimed: bool,
    direction: &'static str,
    form: &'static str,
    subject: Option<PartJson<'a>>,
    effect: Option<PartJson<'a>>,
    object: Option<PartJson<'a>>,
    sentence: Span,
}

#[derive(Serialize)]
struct PartJson<'a> {
    text: &'a str,
    class: &'a str,
    start: u32,
    end: u32,
}

fn part(p: &Part) -> PartJson<'_> {
    PartJson { text: &p.text, class: &p.class, start: p.span.start, end: p.span.end }
}

/// Where the words start that make a claim; the effect of "Yes, it does" stands in the question before.
fn start(c: &Claimed) -> u32 {
    let effect = c.effect.as_ref().map(|p| p.span.start);
    effect.filter(|at| *at >= c.sentence.start).unwrap_or(c.sentence.start)
}

/// The code of the InSciOut ladder, 1 to 6: what is plainly denied is 1, "no relation", however it is worded.
fn ladder(c: &Claimed) -> u8 {
    let is_denied = c.marks.any(Marks::NEGATED) && !c.marks.any(Marks::HEDGED | Marks::ASKED) && c.strength != Strength::Conditional;
    let strength = if is_denied { Strength::NoRelation } else { c.strength };
    strength as u8 + 1
}

fn direction(c: &Claimed) -> &'static str {
    VALENCES.iter().find(|(_, v)| *v == c.valence).map_or("neutral", |(n, _)| n)
}

fn form(c: &Claimed) -> &'static str {
    FORMS.iter().find(|(_, f)| *f == c.form).map_or("finite", |(n, _)| n)
}

impl<'a> From<&'a Claimed> for ClaimJson<'a> {
    fn from(c: &'a Claimed) -> ClaimJson<'a> {
        ClaimJson {
            strength: c.strength.name(),
            ladder: ladder(c),
            negated: c.marks.any(Marks::NEGATED),
            hedged: c.marks.any(Marks::HEDGED),
            asked: c.marks.any(Marks::ASKED),
            quoted: c.marks.any(Marks::QUOTED),
            reported: c.marks.any(Marks::REPORTED),
            supposed: c.marks.any(Marks::SUPPOSED),
            attributed: c.marks.any(Marks::ATTRIBUTED),
            weak: c.marks.any(Marks::WEAK),
            aimed: c.marks.any(Marks::AIMED),
            direction: direction(c),
            form: form(c),
            subject: c.subject.as_ref().map(part),
            effect: c.effect.as_ref().map(part),
            object: c.object.as_ref().map(part),
            sentence: c.sentence,
        }
    }
}

#[derive(Serialize)]
struct FileJson<'a> {
    path: &'a str,
    format: &'a str,
    claims: Vec<ClaimJson<'a>>,
    summary: SummaryJson<'a>,
}

fn file_json<'a>(file: &'a Checked) -> FileJson<'a> {
    FileJson {
        path: &file.source.name,
        format: file.format,
        claims: file.audit.claims.iter().map(ClaimJson::from).collect(),
        summary: summary::summary(file),
    }
}

/// One JSON document.
pub struct Json(Envelope);

impl Json {
    /// A document.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Json {
        Json(Envelope::new())
    }
}

impl Report for Json {
    fn begin(&mut self, out: &mut dyn WriteColor) -> io::Result<()> {
        self.0.begin(out)
    }
    fn file(&mut self, file: &Checked, out: &mut dyn WriteColor) -> io::Result<()> {
        let mut item = Vec::new();
        json::write(&mut item, &file_json(file));
        self.0.file(&item, out)
    }
    fn problem(&mut self, problem: &Problem, _out: &mut dyn WriteColor) -> io::Result<()> {
        self.0.problem(problem);
        Ok(())
    }
    fn end(&mut self, totals: &Totals, out: &mut dyn WriteColor) -> io::Result<()> {
        self.0.end(totals, out)
    }
}

/// One JSON line an article.
pub struct JsonLines;

impl Report for JsonLines {
    fn file(&mut self, file: &Checked, out: &mut dyn WriteColor) -> io::Result<()> {
        json::print(&mut *out, &file_json(file))?;
        writeln!(out)
    }
    fn problem(&mut self, problem: &Problem, out: &mut dyn WriteColor) -> io::Result<()> {
        json::problem_line(problem, out)
    }
    fn end(&mut self, _totals: &Totals, _out: &mut dyn WriteColor) -> io::Result<()> {
        Ok(())
    }
}

/// One line of comma-separated values a claim.
pub struct Csv;

const HEAD: &str =
    "path,line,column,strength,marks,direction,form,subject,subject_class,effect,effect_class,object,object_class,sentence,ladder";

impl Report for Csv {
    fn begin(&mut self, out: &mut dyn WriteColor) -> io::Result<()> {
        writeln!(out, "{HEAD}")
    }
    fn file(&mut self, file: &Checked, out: &mut dyn WriteColor) -> io::Result<()> {
        let mut places = Places::new(file.source);
        for c in &file.audit.claims {
            let at = places.position(start(c));
            let [subject, effect, object] = [&c.subject, &c.effect, &c.object].map(Option::as_ref);
            let (line, column) = (at.line.to_string(), at.column.to_string());
            let marks = c.marks.names().collect::<Vec<_>>().join(" ");
            let cells = [
                file.source.name.as_str(),
                &line,
                &column,
                c.strength.name(),
                &marks,
                direction(c),
                form(c),
                subject.map_or("", |p| &p.text),
                subject.map_or("", |p| &p.class),
                effect.map_or("", |p| &p.text),
                effect.map_or("", |p| &p.class),
                object.map_or("", |p| &p.text),
                object.map_or("", |p| &p.class),
                file.source.slice(c.sentence),
                &ladder(c).to_string(),
            ];
            writeln!(out, "{}", cells.map(cell).join(","))?;
        }
        Ok(())
    }
    fn end(&mut self, _totals: &Totals, _out: &mut dyn WriteColor) -> io::Result<()> {
        Ok(())
    }
}

fn cell(text: &str) -> String {
    let text = clean::line(text);
    if text.contains([',', '"']) || text.starts_with(' ') || text.ends_with(' ') {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.into_owned()
    }
}

/// A table an article, and a summary of all.
#[derive(Default)]
pub struct Table {
    claims: usize,
    strengths: BTreeMap<usize, usize>,
    marks: BTreeMap<&'static str, usize>,
    subjects: BTreeMap<String, usize>,
    objects: BTreeMap<String, usize>,
}

impl Report for Table {
    fn file(&mut self, file: &Checked, out: &mut dyn WriteColor) -> io::Result<()> {
        writeln!(out, "{}: {}", clean::line(&file.source.name), counted(file.audit.claims.len(), "claim"))?;
        let mut places = Places::new(file.source);
        for c in &file.audit.claims {
            self.count(c);
            let at = places.position(start(c));
            let named = |p: Option<&Part>| p.map_or("-".to_owned(), |p| format!("{} ({})", brief(&p.text), p.class));
            let place = format!("{}:{}", at.line, at.column);
            let marks = c.marks.names().collect::<Vec<_>>().join(" ");
            let line = format!(
                "  {place:>8}  {} {:<13} {:<8} {} | {} | {}{}{marks}",
                ladder(c),
                c.strength.name(),
                direction(c),
                named(c.subject.as_ref()),
                c.effect.as_ref().map_or("-".to_owned(), |p| brief(&p.text)),
                named(c.object.as_ref()),
                if marks.is_empty() { "" } else { "  " },
            );
            writeln!(out, "{}", line.trim_end())?;
        }
        writeln!(out)
    }

    fn end(&mut self, totals: &Totals, out: &mut dyn WriteColor) -> io::Result<()> {
        let list = |counts: Vec<(String, usize)>| counts.into_iter().map(|(name, n)| format!("{name} {n}")).collect::<Vec<_>>().join(", ");
        writeln!(out, "{} in {}", counted(self.claims, "claim"), counted(totals.files, "file"))?;
        let strengths = self.strengths.iter().rev().map(|(s, n)| (STRENGTHS.get(*s).map_or("", |(n, _)| n).to_owned(), *n)).collect();
        let marks = self.marks.iter().map(|(m, n)| ((*m).to_owned(), *n)).collect();
        for (label, counts) in
            [("strength", strengths), ("marks", marks), ("about", most(&self.subjects)), ("outcomes", most(&self.objects))]
        {
            let line = list(counts);
            if !line.is_empty() {
                writeln!(out, "  {label}: {line}")?;
            }
        }
        Ok(())
    }
}

impl Table {
    fn count(&mut self, c: &Claimed) {
        self.claims += 1;
        *self.strengths.entry(c.strength as usize).or_default() += 1;
        for mark in c.marks.names() {
            *self.marks.entry(mark).or_default() += 1;
        }
        for (part, counts) in [(&c.subject, &mut self.subjects), (&c.object, &mut self.objects)] {
            if let Some(part) = part {
                *counts.entry(brief(&part.text).to_lowercase()).or_default() += 1;
            }
        }
    }
}

/// The ten most frequent.
fn most(counts: &BTreeMap<String, usize>) -> Vec<(String, usize)> {
    let mut all: Vec<(String, usize)> = counts.iter().map(|(k, n)| (k.clone(), *n)).collect();
    all.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    all.truncate(10);
    all
}

/// At most 40 characters of harmless text.
fn brief(text: &str) -> String {
    let text = clean::line(text);
    if text.chars().count() <= 40 { text.into_owned() } else { text.chars().take(39).chain(['…']).collect() }
}
