//! Findings as JSON: one document for a run, or one line an article. The shape is versioned.

pub mod summary;

use super::{Checked, Places, Report, Totals, clean};
use crate::audit::Suppressed;
use crate::finding::Finding;
use crate::problem::Problem;
use crate::source::{Source, Span};
use serde::Serialize;
use serde_json::ser::Formatter;
use std::io::{self, Write};
use summary::SummaryJson;
use termcolor::WriteColor;

/// The version of the shape; it grows when a reader of the old one would misread the new one.
pub const VERSION: u32 = 1;

#[derive(Serialize)]
struct FileJson<'a> {
    path: &'a str,
    format: &'a str,
    findings: Vec<FindingJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressed: Vec<SuppressedJson<'a>>,
    summary: SummaryJson<'a>,
}

/// A finding that somebody excused.
#[derive(Serialize)]
pub struct SuppressedJson<'a> {
    #[serde(flatten)]
    finding: FindingJson<'a>,
    suppressed: ExcuseJson<'a>,
}

#[derive(Serialize)]
struct ExcuseJson<'a> {
    reason: &'a str,
    source: &'a str,
}

/// A finding as programs read it.
#[derive(Serialize)]
pub struct FindingJson<'a> {
    lint: &'a str,
    level: &'static str,
    message: &'a str,
    help: &'a str,
    start: u32,
    end: u32,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    text: &'a str,
    fingerprint: String,
    also: &'a [String],
    related: Vec<RelatedJson<'a>>,
}

#[derive(Serialize)]
struct RelatedJson<'a> {
    start: u32,
    end: u32,
    line: usize,
    column: usize,
    text: &'a str,
    message: &'a str,
}

/// A problem as programs read it.
#[derive(Serialize)]
pub struct ProblemJson {
    path: String,
    message: String,
    help: Option<String>,
    start: u32,
    end: u32,
    line: usize,
    column: usize,
}

/// A run's count, as programs read it.
#[derive(Serialize)]
pub struct TotalsJson {
    files: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    hidden: usize,
    baselined: usize,
    unchanged: usize,
    suppressed: usize,
    excluded: usize,
    problems: usize,
    claims: usize,
    words: usize,
}

impl From<&Totals> for TotalsJson {
    fn from(t: &Totals) -> TotalsJson {
        TotalsJson {
            files: t.files,
            errors: t.errors,
            warnings: t.warnings,
            infos: t.infos,
            hidden: t.hidden,
            baselined: t.baselined,
            unchanged: t.unchanged,
            suppressed: t.suppressed,
            excluded: t.excluded,
            problems: t.problems,
            claims: t.claims,
            words: t.words,
        }
    }
}

impl From<&Problem> for ProblemJson {
    fn from(p: &Problem) -> ProblemJson {
        let at = p.file.position(p.span.start);
        ProblemJson {
            path: p.file.name.clone(),
            message: p.message.clone(),
            help: p.help.clone(),
            start: p.span.start,
            end: p.span.end,
            line: at.line,
            column: at.column,
        }
    }
}

/// The findings of an article as programs read them.
pub fn findings<'a>(source: &'a Source, all: &'a [Finding]) -> Vec<FindingJson<'a>> {
    in_order(source, all.iter())
}

fn in_order<'a>(source: &'a Source, all: impl Iterator<Item = &'a Finding>) -> Vec<FindingJson<'a>> {
    let mut starts = Places::new(source);
    let mut ends = Places::new(source);
    let place = |span: Span| source.position(span.start);
    all.map(|f| {
        let (start, end) = (starts.position(f.span.start), ends.position(f.span.end));
        let related = f.related.iter().map(|(span, message)| {
            let at = place(*span);
            RelatedJson { start: span.start, end: span.end, line: at.line, column: at.column, text: source.slice(*span), message }
        });
        FindingJson {
            lint: &f.lint,
            level: f.level.name(),
            message: &f.message,
            help: &f.help,
            start: f.span.start,
            end: f.span.end,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            text: source.slice(f.span),
            fingerprint: format!("{:016x}", f.fingerprint),
            also: &f.also,
            related: related.collect(),
        }
    })
    .collect()
}

/// Escapes what could steer a terminal or a build server, on top of what JSON asks for.
struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, c)) = unsafe_at(rest) {
            writer.write_all(rest.get(..at).unwrap_or("").as_bytes())?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = rest.get(at + c.len_utf8()..).unwrap_or("");
        }
        writer.write_all(rest.as_bytes())
    }
}

/// The next character that must be escaped: also the second sign of `##[`, which build servers obey.
fn unsafe_at(text: &str) -> Option<(usize, char)> {
    // Nearly all text is plain, and needs no closer look.
    let is_plain = |chunk: &[u8]| chunk.iter().fold(true, |all, b| all & matches!(b, b' '..=b'"' | b'$'..=b'~'));
    if text.as_bytes().chunks(32).all(is_plain) {
        return None;
    }
    let mut before = ' ';
    text.char_indices().find(|&(_, c)| clean::is_unsafe(c) || std::mem::replace(&mut before, c) == '#' && c == '#')
}

/// Writes a value as one line of JSON, without the line's end.
///
/// # Errors
/// What the output says.
pub fn write(out: &mut dyn Write, value: &(impl Serialize + ?Sized)) -> io::Result<()> {
    let mut line = Vec::with_capacity(1 << 10);
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut line, Harmless)).map_err(io::Error::from)?;
    out.write_all(&line)
}

/// A document `{"version","files","problems","totals"}` in which every file is `item`.
pub(super) struct Envelope {
    is_first: bool,
    problems: Vec<ProblemJson>,
}

impl Envelope {
    pub(super) fn new() -> Envelope {
        Envelope { is_first: true, problems: Vec::new() }
    }

    pub(super) fn begin(&mut self, out: &mut dyn WriteColor) -> io::Result<()> {
        write!(out, "{{\"version\":{VERSION},\"files\":[")
    }

    pub(super) fn file(&mut self, item: &impl Serialize, out: &mut dyn WriteColor) -> io::Result<()> {
        out.write_all(if self.is_first { b"\n" } else { b",\n" })?;
        self.is_first = false;
        write(&mut *out, item)
    }

    pub(super) fn problem(&mut self, problem: &Problem) {
        self.problems.push(problem.into());
    }

    pub(super) fn end(&mut self, totals: &Totals, out: &mut dyn WriteColor) -> io::Result<()> {
        write!(out, "\n],\"problems\":")?;
        write(&mut *out, &self.problems)?;
        write!(out, ",\"totals\":")?;
        write(&mut *out, &TotalsJson::from(totals))?;
        writeln!(out, "}}")
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

/// What was excused in an article, and why.
pub fn suppressed<'a>(source: &'a Source, all: &'a [Suppressed]) -> Vec<SuppressedJson<'a>> {
    let excused = in_order(source, all.iter().map(|s| &s.finding)).into_iter().zip(all);
    excused.map(|(finding, s)| SuppressedJson { finding, suppressed: ExcuseJson { reason: &s.reason, source: &s.source } }).collect()
}

fn file_json<'a>(file: &'a Checked) -> FileJson<'a> {
    FileJson {
        path: &file.source.name,
        format: file.format,
        findings: findings(file.source, &file.audit.findings),
        suppressed: suppressed(file.source, &file.audit.suppressed),
        summary: summary::summary(file),
    }
}

impl Report for Json {
    fn begin(&mut self, out: &mut dyn WriteColor) -> io::Result<()> {
        self.0.begin(out)
    }
    fn file(&mut self, file: &Checked, out: &mut dyn WriteColor) -> io::Result<()> {
        self.0.file(&file_json(file), out)
    }
    fn problem(&mut self, problem: &Problem, _out: &mut dyn WriteColor) -> io::Result<()> {
        self.0.problem(problem);
        Ok(())
    }
    fn end(&mut self, totals: &Totals, out: &mut dyn WriteColor) -> io::Result<()> {
        self.0.end(totals, out)
    }
}

/// One JSON line an article, and one `{"problem":...}` a problem.
pub struct JsonLines;

impl Report for JsonLines {
    fn file(&mut self, file: &Checked, out: &mut dyn WriteColor) -> io::Result<()> {
        write(&mut *out, &file_json(file))?;
        writeln!(out)
    }
    fn problem(&mut self, problem: &Problem, out: &mut dyn WriteColor) -> io::Result<()> {
        problem_line(problem, out)
    }
    fn end(&mut self, _totals: &Totals, _out: &mut dyn WriteColor) -> io::Result<()> {
        Ok(())
    }
}

/// A line `{"problem":...}`.
pub(super) fn problem_line(problem: &Problem, out: &mut dyn WriteColor) -> io::Result<()> {
    #[derive(Serialize)]
    struct Line {
        problem: ProblemJson,
    }
    write(&mut *out, &Line { problem: problem.into() })?;
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_text_is_written_harmlessly_and_read_back_the_same(text in any::<String>(), nasty in "[#\u{1}-\u{1f}\u{7f}-\u{9f}\u{202a}-\u{202e}\u{e0001}]{0,4}") {
            let text = format!("{text}{nasty}");
            let mut out = Vec::new();
            write(&mut out, &text).unwrap();
            let json = String::from_utf8(out).unwrap();
            prop_assert!(!json.chars().any(|c| c.is_control() || clean::is_unsafe(c)));
            prop_assert!(!json.contains("##"));
            prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        }
    }
}
