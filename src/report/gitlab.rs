//! GitLab's Code Quality report: a JSON array, one entry a finding.

use super::{Checked, Places, Report, Totals, clean, json, slashed};
use crate::finding::Level;
use crate::problem::Problem;
use serde::Serialize;
use std::io;
use termcolor::WriteColor;

/// The report.
#[derive(Default)]
pub struct Gitlab {
    has_entries: bool,
}

#[derive(Serialize)]
struct Entry<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

impl Report for Gitlab {
    fn begin(&mut self, out: &mut dyn WriteColor) -> io::Result<()> {
        write!(out, "[")
    }

    fn file(&mut self, file: &Checked, out: &mut dyn WriteColor) -> io::Result<()> {
        let (mut starts, mut ends) = (Places::new(file.source), Places::new(file.source));
        for f in &file.audit.findings {
            let lines = Lines { begin: starts.position(f.span.start).line, end: ends.position(f.span.end).line };
            let severity = match f.level {
                Level::Error => "major",
                Level::Warning => "minor",
                Level::Info | Level::Off => "info",
            };
            let path = slashed(&file.source.name);
            // The fingerprint of a finding tells it from others of its article; here the path has to count, too.
            let fingerprint = format!("{:016x}", fingerprint(&[&path, &format!("{:016x}", f.fingerprint)]));
            let description = format!("{}; {}", clean::line(&f.message), clean::line(&f.help));
            self.entry(&Entry { description, check_name: &f.lint, fingerprint, severity, location: Location { path, lines } }, out)?;
        }
        Ok(())
    }

    fn problem(&mut self, problem: &Problem, out: &mut dyn WriteColor) -> io::Result<()> {
        let path = slashed(&problem.file.name);
        let line = problem.file.position(problem.span.start).line;
        let fingerprint = format!("{:016x}", fingerprint(&[&path, &problem.message]));
        let location = Location { path, lines: Lines { begin: line, end: line } };
        let description = clean::line(&problem.message).into_owned();
        self.entry(&Entry { description, check_name: "caveat/problem", fingerprint, severity: "blocker", location }, out)
    }

    fn end(&mut self, _totals: &Totals, out: &mut dyn WriteColor) -> io::Result<()> {
        writeln!(out, "\n]")
    }
}

impl Gitlab {
    fn entry(&mut self, entry: &Entry, out: &mut dyn WriteColor) -> io::Result<()> {
        out.write_all(if self.has_entries { b",\n" } else { b"\n" })?;
        self.has_entries = true;
        json::print(out, entry)
    }
}

/// FNV-1a over the parts, each ended by a zero byte.
fn fingerprint(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|p| p.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3))
}
