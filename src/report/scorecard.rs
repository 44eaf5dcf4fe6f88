//! The scorecard: one screen for an article; for several, a table with the worst first.

use super::card::{self, Card, Family};
use super::{Checked, Report, Totals, clean, counted};
use crate::audit::signs::Group;
use crate::catalog::FAMILIES;
use std::fmt::Write as _;
use std::io;
use termcolor::WriteColor;

/// The report.
pub struct Scorecard {
    width: usize,
    rows: Vec<Row>,
    /// The screen of the first article: printed where there is no second.
    first: String,
}

/// A row of the table; the fields before the path are its order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    errors: usize,
    warnings: usize,
    infos: usize,
    flat: usize,
    claims: usize,
    citations: usize,
    missing: usize,
    present: usize,
    path: String,
}

impl Scorecard {
    /// A scorecard for a terminal of `width` columns.
    pub fn new(width: usize) -> Scorecard {
        Scorecard { width, rows: Vec::new(), first: String::new() }
    }
}

impl Report for Scorecard {
    fn file(&mut self, file: &Checked, _out: &mut dyn WriteColor) -> io::Result<()> {
        if file.audit.summary.kind.is_empty() {
            // A file that stands beside articles has no card.
            return Ok(());
        }
        let card = card::card(file);
        let sum = |of: fn(&Family) -> usize| card.families.values().map(of).sum();
        let summary = &file.audit.summary;
        self.rows.push(Row {
            errors: sum(|f| f.errors),
            warnings: sum(|f| f.warnings),
            infos: sum(|f| f.infos),
            flat: card.flat,
            claims: file.audit.claims.len(),
            citations: summary.signs.iter().find(|s| s.name == "citations").map_or(0, |s| s.count),
            missing: summary.missing.len(),
            present: summary.present.len(),
            path: clean::line(&file.source.name).into_owned(),
        });
        if self.rows.len() == 1 {
            self.first = screen(file, &card, self.width);
        }
        Ok(())
    }

    fn end(&mut self, totals: &Totals, out: &mut dyn WriteColor) -> io::Result<()> {
        if self.rows.len() == 1 {
            write!(out, "{}", self.first)?;
        } else if !self.rows.is_empty() {
            self.rows.sort_by(|a, b| {
                let worst = |r: &Row| (r.errors, r.warnings, r.missing, r.infos);
                worst(b).cmp(&worst(a)).then_with(|| a.path.cmp(&b.path))
            });
            writeln!(
                out,
                "{:>6} {:>8} {:>5} {:>6} {:>5} {:>6} {:>8}  article",
                "errors", "warnings", "info", "claims", "flat", "cited", "caveats"
            )?;
            for r in &self.rows {
                let caveats = match r.missing + r.present {
                    0 => "-".to_owned(),
                    all => format!("{}/{all}", r.present),
                };
                writeln!(
                    out,
                    "{:>6} {:>8} {:>5} {:>6} {:>5} {:>6} {caveats:>8}  {}",
                    r.errors, r.warnings, r.infos, r.claims, r.flat, r.citations, r.path
                )?;
            }
            writeln!(out, "\nflat: benefits stated without any reserve; caveats: those there of those called for\n")?;
        }
        writeln!(out, "{totals}")
    }
}

/// The screen of an article.
fn screen(file: &Checked, card: &Card, width: usize) -> String {
    let summary = &file.audit.summary;
    let mut out = String::new();
    let line = |span: crate::source::Span| file.source.line_of(span.start) + 1;
    let about = match summary.substances.as_slice() {
        [] => String::new(),
        names => format!(", on {}", names.join(", ")),
    };
    let _ = writeln!(out, "{}: {}, {}{about}\n", clean::line(&file.source.name), summary.kind, counted(summary.words, "word"));
    let mut row = |label: &str, text: &str| {
        let text = clean::wrap(&clean::line(text), width.saturating_sub(14).max(30));
        for (i, line) in text.lines().enumerate() {
            let _ = writeln!(out, "{:<12}  {line}", if i == 0 { label } else { "" });
        }
    };
    let strengths: Vec<String> = card.strengths.iter().map(|(name, n)| format!("{name} {n}")).collect();
    let flat = if card.flat > 0 { format!("; {} stated without any reserve", counted(card.flat, "benefit")) } else { String::new() };
    row("claims", &if strengths.is_empty() { "none".to_owned() } else { strengths.join(", ") + &flat });
    for family in FAMILIES {
        let group = match family {
            "evidence" => Some(Group::Evidence),
            "disclosure" => Some(Group::Disclosure),
            "provenance" => Some(Group::Provenance),
            _ => None,
        };
        let signs = summary.signs.iter().filter(|s| Some(s.group) == group);
        let mut there: Vec<String> = signs
            .map(|s| {
                let name = s.name.replace('-', " ");
                if s.count > 1 {
                    format!("{name} {} (from line {})", s.count, line(s.first))
                } else {
                    format!("{name} (line {})", line(s.first))
                }
            })
            .collect();
        if family == "caveat" {
            there = summary.present.iter().map(|need| met(file, need)).collect();
            if !summary.missing.is_empty() {
                there.push(format!("missing: {}", summary.missing.join(", ")));
            }
        }
        let mut label = family;
        if !there.is_empty() {
            row(label, &there.join(", "));
            label = "";
        }
        match card.families.get(family) {
            Some(found) => row(label, &said(found)),
            None if !label.is_empty() && family != "allow" => row(label, "-"),
            None => {}
        }
    }
    out.push('\n');
    out
}

/// A caveat that is there, with its place.
fn met(file: &Checked, need: &str) -> String {
    let span = file.audit.summary.caveats.iter().filter(|c| c.need == need).find_map(|c| c.met);
    span.map_or_else(|| need.to_owned(), |span| format!("{need} (line {})", file.source.line_of(span.start) + 1))
}

/// `2 errors, 1 info: cure-word 2, guarantee`.
fn said(found: &Family) -> String {
    let mut counts = Vec::new();
    for (n, name) in [(found.errors, "error"), (found.warnings, "warning")] {
        counts.extend((n > 0).then(|| counted(n, name)));
    }
    counts.extend((found.infos > 0).then(|| format!("{} info", found.infos)));
    let lints: Vec<String> = found.lints.iter().map(|(name, n)| if *n > 1 { format!("{name} {n}") } else { (*name).to_owned() }).collect();
    format!("{}: {}", counts.join(", "), lints.join(", "))
}
