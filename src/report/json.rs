//! Findings as JSON: one document for a run, or one line an article. The shape is versioned.

pub mod finding;
pub mod summary;

use super::{Checked, Report, Totals, clean};
use crate::problem::Problem;
use serde::Serialize;
use serde_json::ser::Formatter;
use std::io::{self, Write};
use termcolor::WriteColor;

/// The version of the shape; it grows when a reader of the old one would misread the new one.
pub const VERSION: u32 = 1;

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
    if is_plain(text, b"#") {
        return None;
    }
    let mut before = ' ';
    text.char_indices().find(|&(_, c)| clean::is_unsafe(c) || std::mem::replace(&mut before, c) == '#' && c == '#')
}

/// Whether a text is printable ASCII and has none of some more bytes.
fn is_plain<const N: usize>(text: &str, but: &[u8; N]) -> bool {
    // Without a way out, so that many bytes are looked at at once.
    let is_plain = |chunk: &[u8]| chunk.iter().fold(true, |all, b| all & matches!(b, b' '..=b'~') & but.iter().all(|n| n != b));
    text.as_bytes().chunks(32).all(is_plain)
}

/// Appends a value as JSON, without a line's end; writing to memory does not fail.
pub fn write(out: &mut Vec<u8>, value: &(impl Serialize + ?Sized)) {
    let _ = value.serialize(&mut serde_json::Serializer::with_formatter(out, Harmless));
}

/// Prints a value as JSON, without a line's end.
///
/// # Errors
/// What the output says.
pub fn print(out: &mut dyn Write, value: &(impl Serialize + ?Sized)) -> io::Result<()> {
    let mut line = Vec::with_capacity(1 << 10);
    write(&mut line, value);
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

    /// A file, as JSON.
    pub(super) fn file(&mut self, item: &[u8], out: &mut dyn WriteColor) -> io::Result<()> {
        out.write_all(if self.is_first { b"\n" } else { b",\n" })?;
        self.is_first = false;
        out.write_all(item)
    }

    pub(super) fn problem(&mut self, problem: &Problem) {
        self.problems.push(problem.into());
    }

    pub(super) fn end(&mut self, totals: &Totals, out: &mut dyn WriteColor) -> io::Result<()> {
        write!(out, "\n],\"problems\":")?;
        print(&mut *out, &self.problems)?;
        write!(out, ",\"totals\":")?;
        print(&mut *out, &TotalsJson::from(totals))?;
        writeln!(out, "}}")
    }
}

/// One JSON document.
pub struct Json {
    envelope: Envelope,
    /// Room for what is written of a file.
    room: Vec<u8>,
}

impl Json {
    /// A document.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Json {
        Json { envelope: Envelope::new(), room: Vec::new() }
    }
}

fn file_json(out: &mut Vec<u8>, file: &Checked) {
    let audit = file.audit;
    out.extend_from_slice(b"{\"path\":");
    write(out, &file.source.name);
    out.extend_from_slice(b",\"format\":");
    write(out, file.format);
    out.extend_from_slice(b",\"findings\":");
    finding::findings(out, file.source, &audit.findings);
    if !audit.suppressed.is_empty() {
        out.extend_from_slice(b",\"suppressed\":");
        finding::suppressed(out, file.source, &audit.suppressed);
    }
    out.extend_from_slice(b",\"summary\":");
    write(out, &summary::summary(file));
    out.push(b'}');
}

impl Report for Json {
    fn begin(&mut self, out: &mut dyn WriteColor) -> io::Result<()> {
        self.envelope.begin(out)
    }
    fn file(&mut self, file: &Checked, out: &mut dyn WriteColor) -> io::Result<()> {
        self.room.clear();
        file_json(&mut self.room, file);
        self.envelope.file(&self.room, out)
    }
    fn problem(&mut self, problem: &Problem, _out: &mut dyn WriteColor) -> io::Result<()> {
        self.envelope.problem(problem);
        Ok(())
    }
    fn end(&mut self, totals: &Totals, out: &mut dyn WriteColor) -> io::Result<()> {
        self.envelope.end(totals, out)
    }
}

/// One JSON line an article, and one `{"problem":...}` a problem.
pub struct JsonLines;

impl Report for JsonLines {
    fn file(&mut self, file: &Checked, out: &mut dyn WriteColor) -> io::Result<()> {
        let mut line = Vec::new();
        file_json(&mut line, file);
        line.push(b'\n');
        out.write_all(&line)
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
    print(&mut *out, &Line { problem: problem.into() })?;
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
            write(&mut out, &text);
            let json = String::from_utf8(out).unwrap();
            prop_assert!(!json.chars().any(|c| c.is_control() || clean::is_unsafe(c)));
            prop_assert!(!json.contains("##"));
            prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        }
    }
}
