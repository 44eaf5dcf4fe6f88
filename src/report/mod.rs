//! Reports: what an audit says, as people or programs read it.
//!
//! A [`Report`] only prints. [`Counting`] wraps it: it leaves out what is below the level asked for, and
//! counts; the exit code comes from its [`Totals`].

pub mod card;
pub mod claims;
pub mod clean;
pub mod concise;
pub mod github;
pub mod gitlab;
pub mod human;
pub mod json;
pub mod markdown;
pub mod sarif;
pub mod scorecard;
pub mod several;
pub mod view;
pub mod xml;

use crate::audit::Audit;
use crate::finding::Level;
use crate::problem::Problem;
use crate::source::{self, Position, Source};
use std::fmt;
use std::io;
use termcolor::WriteColor;

/// The format whose lines are paragraphs, and whose text is not the bytes of its file.
pub const WORD: &str = "docx";

/// An audited article.
pub struct Checked<'a> {
    /// The article; its name is its path.
    pub source: &'a Source,
    /// The name of its format.
    pub format: &'static str,
    /// What was found.
    pub audit: &'a Audit,
}

/// Prints audits. Every method may fail with what the output says.
pub trait Report {
    /// Before the first article.
    fn begin(&mut self, _out: &mut dyn WriteColor) -> io::Result<()> {
        Ok(())
    }
    /// An article.
    fn file(&mut self, file: &Checked, out: &mut dyn WriteColor) -> io::Result<()>;
    /// A file that could not be read, or a mistake in a lint. Whoever runs the report draws it for people.
    fn problem(&mut self, _problem: &Problem, _out: &mut dyn WriteColor) -> io::Result<()> {
        Ok(())
    }
    /// After the last article.
    fn end(&mut self, totals: &Totals, out: &mut dyn WriteColor) -> io::Result<()>;
}

/// A report that prints nothing.
pub struct Silent;

impl Report for Silent {
    fn file(&mut self, _: &Checked, _: &mut dyn WriteColor) -> io::Result<()> {
        Ok(())
    }
    fn end(&mut self, _: &Totals, _: &mut dyn WriteColor) -> io::Result<()> {
        Ok(())
    }
}

/// What a run came to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Totals {
    /// Articles audited.
    pub files: usize,
    /// Findings of level error that were shown.
    pub errors: usize,
    /// Findings of level warning that were shown.
    pub warnings: usize,
    /// Findings of level info that were shown.
    pub infos: usize,
    /// Findings below the level that is shown.
    pub hidden: usize,
    /// Findings that a baseline sets aside.
    pub baselined: usize,
    /// Findings on lines that did not change, when only others are asked for.
    pub unchanged: usize,
    /// Findings that somebody excused.
    pub suppressed: usize,
    /// Articles that a config leaves out.
    pub excluded: usize,
    /// Files that could not be read, and mistakes in lints.
    pub problems: usize,
    /// Claims.
    pub claims: usize,
    /// Words of prose.
    pub words: usize,
    /// The most serious finding, shown or not.
    pub worst: Option<Level>,
}

impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let found: Vec<String> = [(self.errors, "error"), (self.warnings, "warning"), (self.infos, "info")]
            .into_iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, name)| if name == "info" { format!("{n} info") } else { counted(n, name) })
            .collect();
        let found = if found.is_empty() { "nothing found".to_owned() } else { found.join(", ") };
        match self.files {
            0 => write!(f, "nothing checked")?,
            files => write!(f, "{} checked: {found}", counted(files, "file"))?,
        }
        if self.baselined > 0 {
            write!(f, "; {} set aside by the baseline", self.baselined)?;
        }
        if self.unchanged > 0 {
            write!(f, "; {} on unchanged lines", self.unchanged)?;
        }
        if self.hidden > 0 {
            write!(f, "; {} below --level not shown", self.hidden)?;
        }
        if self.suppressed > 0 {
            write!(f, "; {} suppressed", self.suppressed)?;
        }
        if self.excluded > 0 {
            write!(f, "; {} excluded by config", counted(self.excluded, "file"))?;
        }
        if self.problems > 0 {
            write!(f, "; {}", counted(self.problems, "problem"))?;
        }
        Ok(())
    }
}

/// `1 file`, `2 files`.
pub fn counted(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

/// A path as other programs expect it: with `/`, and without a leading `./`.
pub fn slashed(path: &str) -> String {
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    path.strip_prefix("./").map(str::to_owned).unwrap_or(path)
}

/// Counts what passes through to a report and holds back what is below a level.
pub struct Counting {
    /// What prints.
    pub report: Box<dyn Report>,
    /// The least level that is printed.
    pub level: Level,
    /// The count so far.
    pub totals: Totals,
}

impl Counting {
    /// A count around `report`.
    pub fn new(report: Box<dyn Report>, level: Level) -> Counting {
        Counting { report, level, totals: Totals::default() }
    }

    /// Counts and prints an article.
    ///
    /// # Errors
    /// What the output says.
    pub fn file(&mut self, source: &Source, format: &'static str, audit: &mut Audit, out: &mut dyn WriteColor) -> io::Result<()> {
        self.totals.files += 1;
        self.count(source, format, audit, out)
    }

    /// Counts and prints what is wrong in a file that stands beside articles: a side-car file, a config.
    ///
    /// # Errors
    /// What the output says.
    pub fn beside(&mut self, source: &Source, audit: &mut Audit, out: &mut dyn WriteColor) -> io::Result<()> {
        if audit.findings.is_empty() { Ok(()) } else { self.count(source, "toml", audit, out) }
    }

    fn count(&mut self, source: &Source, format: &'static str, audit: &mut Audit, out: &mut dyn WriteColor) -> io::Result<()> {
        let totals = &mut self.totals;
        totals.words += audit.summary.words;
        totals.claims += audit.claims.len();
        totals.worst = totals.worst.max(audit.findings.iter().map(|f| f.level).max());
        let all = audit.findings.len();
        audit.findings.retain(|f| f.level >= self.level);
        totals.hidden += all - audit.findings.len();
        audit.suppressed.retain(|s| s.finding.level >= self.level);
        totals.suppressed += audit.suppressed.len();
        for finding in &audit.findings {
            match finding.level {
                Level::Error => totals.errors += 1,
                Level::Warning => totals.warnings += 1,
                Level::Info | Level::Off => totals.infos += 1,
            }
        }
        self.report.file(&Checked { source, format, audit }, out)
    }

    /// Counts and prints a problem.
    ///
    /// # Errors
    /// What the output says.
    pub fn problem(&mut self, problem: &Problem, out: &mut dyn WriteColor) -> io::Result<()> {
        self.totals.problems += 1;
        self.report.problem(problem, out)
    }
}

/// Lines and columns of ascending places, without counting a long line from its start each time.
pub struct Places<'a> {
    source: &'a Source,
    last: u32,
    position: Position,
}

impl<'a> Places<'a> {
    /// Places of `source`.
    pub fn new(source: &'a Source) -> Places<'a> {
        Places { source, last: 0, position: source.position(0) }
    }

    /// Line and columns of the byte `at`, clamped to the text.
    pub fn position(&mut self, at: u32) -> Position {
        let text = &self.source.text;
        let at = source::floor_boundary(text, at as usize) as u32;
        let line = self.source.line_of(at) + 1;
        if at < self.last || line != self.position.line {
            self.position = self.source.position(at);
        } else {
            let between = text.get(self.last as usize..at as usize).unwrap_or("");
            let (chars, utf16) = source::lengths(between);
            self.position.column += chars;
            self.position.byte_column += between.len();
            self.position.utf16_column += utf16;
        }
        self.last = at;
        self.position
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn places_in_any_order_are_those_of_the_source(text in "[a-zé😀\n\r ]{0,60}", at in prop::collection::vec(0u32..90, 1..9)) {
            let source = Source::new("a", text);
            let mut places = Places::new(&source);
            for at in at {
                prop_assert_eq!(places.position(at), source.position(at));
            }
        }
    }
}
