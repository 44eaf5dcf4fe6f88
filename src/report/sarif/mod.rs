//! SARIF 2.1.0, the format of code scanning: rules, results with exact regions, artifacts, and whether
//! caveat could do its work. Results are written as they come; one line each.

pub mod rules;
mod shape;

use super::{Checked, Places, Report, Totals, WORD, json};
use crate::finding::Finding;
use crate::problem::Problem;
use crate::source::{Position, Span};
use rules::Rule;
use shape::*;
use std::collections::HashMap;
use std::io;
use termcolor::WriteColor;

/// The schema that the report follows.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The report.
pub struct Sarif {
    rules: Vec<Rule>,
    indices: HashMap<String, usize>,
    has_results: bool,
    artifacts: Vec<Artifact>,
    notifications: Vec<Notification>,
    configuration: Vec<Notification>,
}

impl Sarif {
    /// A report on a run of the lints that `rules` describe.
    pub fn new(rules: Vec<Rule>) -> Sarif {
        let indices = rules.iter().enumerate().map(|(i, rule)| (rule.id.clone(), i)).collect();
        Sarif { rules, indices, has_results: false, artifacts: Vec::new(), notifications: Vec::new(), configuration: Vec::new() }
    }

    fn outcome<'a>(&self, file: &Checked<'a>, finding: &'a Finding, start: Position, end: Position) -> Outcome<'a> {
        let source = file.source;
        let artifact = Some(self.artifacts.len());
        let at = |span: Span, start: Position, end: Position| Physical {
            artifact_location: Uri { index: artifact, ..uri(&source.name) },
            region: Some(region(file, span, start, end)),
        };
        let related = finding.related.iter().enumerate().map(|(id, (span, note))| Location {
            id: Some(id),
            physical_location: at(*span, source.position(span.start), source.position(span.end)),
            message: Some(message(note)),
        });
        Outcome {
            rule_id: &finding.lint,
            rule_index: self.indices.get(&finding.lint).copied(),
            level: rules::level(finding.level),
            message: message(&format!("{}\nhelp: {}", finding.message, finding.help)),
            locations: [Location { id: None, physical_location: at(finding.span, start, end), message: None }],
            related_locations: related.collect(),
            partial_fingerprints: Fingerprints { caveat: format!("{:016x}", finding.fingerprint) },
            suppressions: None,
            properties: Also { also: &finding.also },
        }
    }

    fn write(has_results: &mut bool, outcome: &Outcome, out: &mut dyn WriteColor) -> io::Result<()> {
        out.write_all(if *has_results { b",\n" } else { b"\n" })?;
        *has_results = true;
        json::print(out, outcome)
    }
}

impl Report for Sarif {
    fn begin(&mut self, out: &mut dyn WriteColor) -> io::Result<()> {
        let version = env!("CARGO_PKG_VERSION");
        write!(out, "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{{\"driver\":")?;
        json::print(&mut *out, &Driver { name: "caveat", version, semantic_version: version, rules: &self.rules })?;
        write!(out, "}},\"columnKind\":\"unicodeCodePoints\",\"results\":[")
    }

    fn file(&mut self, file: &Checked, out: &mut dyn WriteColor) -> io::Result<()> {
        let (mut starts, mut ends) = (Places::new(file.source), Places::new(file.source));
        let mut has_results = self.has_results;
        for finding in &file.audit.findings {
            let (start, end) = (starts.position(finding.span.start), ends.position(finding.span.end));
            let outcome = self.outcome(file, finding, start, end);
            Sarif::write(&mut has_results, &outcome, out)?;
        }
        for excused in &file.audit.suppressed {
            let span = excused.finding.span;
            let outcome = self.outcome(file, &excused.finding, file.source.position(span.start), file.source.position(span.end));
            let kind = if excused.is_inline { "inSource" } else { "external" };
            let suppression = Suppression { kind, status: "accepted", justification: &excused.reason };
            Sarif::write(&mut has_results, &Outcome { suppressions: Some([suppression]), ..outcome }, out)?;
        }
        self.has_results = has_results;
        let is_text = file.format != WORD;
        let (length, encoding) = (is_text.then_some(file.source.text.len()), is_text.then_some("UTF-8"));
        self.artifacts.push(Artifact { location: uri(&file.source.name), length, encoding });
        Ok(())
    }

    fn problem(&mut self, problem: &Problem, _out: &mut dyn WriteColor) -> io::Result<()> {
        let file = &problem.file;
        let help = problem.help.as_ref().map_or(String::new(), |help| format!("\nhelp: {help}"));
        let physical_location = Physical { artifact_location: uri(&file.name), region: None };
        // A problem with an option has no file.
        let is_file = !file.name.starts_with("--");
        let locations = is_file.then_some(Location { id: None, physical_location, message: None }).into_iter().collect();
        let at = file.position(problem.span.start);
        // A problem with a place is about a lint or a setting, one without about a file that was not read.
        let has_place = !file.text.is_empty();
        let place = if has_place { format!("{}:{}:{}: ", file.name, at.line, at.column) } else { format!("{}: ", file.name) };
        let text = format!("{place}{}{help}", problem.message);
        let notification = Notification { level: "error", message: message(&text), locations };
        if has_place { &mut self.configuration } else { &mut self.notifications }.push(notification);
        Ok(())
    }

    fn end(&mut self, totals: &Totals, out: &mut dyn WriteColor) -> io::Result<()> {
        write!(out, "\n],\"artifacts\":")?;
        json::print(&mut *out, &self.artifacts)?;
        write!(out, ",\"invocations\":")?;
        let invocation = Invocation {
            execution_successful: totals.problems == 0,
            tool_execution_notifications: &self.notifications,
            tool_configuration_notifications: &self.configuration,
        };
        json::print(&mut *out, &[invocation])?;
        writeln!(out, "}}]}}")
    }
}

/// A text as a message: what would be read as a link in it is escaped.
fn message(text: &str) -> Message {
    let text = if text.contains("](") { text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]") } else { text.to_owned() };
    Message { text }
}

fn region<'a>(file: &Checked<'a>, span: Span, start: Position, end: Position) -> Region<'a> {
    // The bytes of a Word file are not those of its text, whose lines are paragraphs.
    let bytes = (file.format != WORD).then_some(span);
    Region {
        start_line: start.line,
        start_column: start.column,
        end_line: end.line,
        end_column: end.column,
        byte_offset: bytes.map(|span| span.start),
        byte_length: bytes.map(|span| span.end.saturating_sub(span.start)),
        snippet: Snippet { text: file.source.slice(span) },
    }
}

/// A path as a reference: relative ones below the root of the repository, whatever that is.
fn uri(path: &str) -> Uri {
    let path = super::slashed(path);
    let is_drive = path.get(1..3) == Some(":/");
    let uri = path.bytes().fold(String::with_capacity(path.len()), |mut uri, b| {
        if b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~' | b'/' | b'+' | b',' | b'=' | b'@') {
            uri.push(char::from(b));
        } else {
            uri.push_str(&format!("%{b:02X}"));
        }
        uri
    });
    match (is_drive, path.starts_with('/')) {
        (true, _) => Uri { uri: format!("file:///{}", uri.replacen("%3A", ":", 1)), uri_base_id: None, index: None },
        (_, true) => Uri { uri: format!("file://{uri}"), uri_base_id: None, index: None },
        _ => Uri { uri, uri_base_id: Some("%SRCROOT%"), index: None },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_path_is_a_reference() {
        let of = |path: &str| uri(path).uri;
        assert_eq!(of("a b/ü%:x?.md"), "a%20b/%C3%BC%25%3Ax%3F.md");
        assert_eq!(of("/tmp/a.md"), "file:///tmp/a.md");
        assert_eq!(of("C:/a.md"), "file:///C:/a.md");
        assert_eq!(of("//evil.example/x"), "file:////evil.example/x");
    }

    #[test]
    fn an_article_makes_no_link_in_a_message() {
        assert_eq!(message("`[x](https://evil.example)` is").text, "`\\[x\\](https://evil.example)` is");
        assert_eq!(message("`a[0]` is").text, "`a[0]` is");
    }
}
