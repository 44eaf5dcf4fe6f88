//! What is left out of a run: articles that did not change, findings that are set aside.

use super::audit::Done;
use super::baseline::{self, Held};
use super::changed::{self, Changes};
use super::excuses::Told;
use super::terminal::Terminal;
use crate::cli::Check;
use crate::files::{ArticleFile, configs};
use crate::finding::Level;
use crate::problem::Problem;
use crate::read::Format;
use crate::report::Totals;
use std::io;

/// What narrows a run.
pub struct Narrowing {
    held: Option<Held>,
    /// Where only findings on changed lines count.
    lines: Option<Changes>,
}

/// Reads what narrows a run, and leaves out of `inputs` what did not change.
///
/// # Errors
/// What the output says.
pub fn open(
    args: &Check,
    level: Level,
    inputs: &mut Vec<Option<ArticleFile>>,
    problems: &mut Vec<Problem>,
    terminal: &mut Terminal,
) -> io::Result<Narrowing> {
    let least = super::check::limit(args.fail_on).map_or(level, |limit| limit.min(level));
    let held = baseline::open(args, least, problems);
    let mut lines = None;
    if args.narrow.is_changed_only() {
        match changed::changes(inputs, args.narrow.base.as_deref(), args.narrow.changed_lines) {
            Ok(changes) => {
                let all = inputs.len();
                inputs.retain(|input| {
                    input.as_ref().is_none_or(|file| changes.has(&file.path) || changes.has(&configs::side_car_path(&file.path)))
                });
                if inputs.is_empty() && all > 0 {
                    terminal.note("no article has changed")?;
                }
                lines = args.narrow.changed_lines.then_some(changes);
            }
            Err(problem) => {
                // What changed is not known, so nothing can be said of it.
                inputs.clear();
                problems.push(problem);
            }
        }
    }
    Ok(Narrowing { held, lines })
}

impl Narrowing {
    /// Takes out of the findings in an article and beside it what does not count.
    pub fn article(&mut self, done: &mut Done, totals: &mut Totals) {
        let findings = &mut done.audit.findings;
        if let Some(held) = &mut self.held {
            totals.baselined += held.narrow(&done.source, findings, &done.applied, true);
            if let Some((file, audit)) = &mut done.beside {
                totals.baselined += held.narrow(file, &mut audit.findings, &done.applied, true);
            }
        }
        if let (Some(changes), Some(path)) = (&self.lines, &done.path) {
            let before = findings.len();
            // git knows no lines of a Word file: when it has changed, all of it has.
            let is_word = done.format == Format::Docx;
            findings.retain(|f| is_word || changes.touch(path, &done.source, f.span));
            totals.unchanged += before - findings.len();
        }
    }

    /// Takes out of what is told of a config what does not count.
    pub fn config(&mut self, told: &mut Told, totals: &mut Totals) {
        if let Some(held) = &mut self.held {
            totals.baselined += held.narrow(&told.file, &mut told.audit.findings, &told.applied, told.is_whole);
        }
    }

    /// Writes what is to be written; whether all went well.
    ///
    /// # Errors
    /// What the output says.
    pub fn finish(self, totals: &Totals, terminal: &mut Terminal) -> io::Result<bool> {
        self.held.map_or(Ok(true), |held| held.finish(totals, terminal))
    }
}
