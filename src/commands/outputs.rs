//! Where a run's reports go: one may be printed, the others are files, each whole or not there.

use super::configured::Configured;
use super::terminal::Terminal;
use crate::cli::{Check, Output, ReportFormat};
use crate::files::{self, whole::WholeFile};
use crate::problem::Problem;
use crate::report::concise::Concise;
use crate::report::github::Github;
use crate::report::gitlab::Gitlab;
use crate::report::human::Human;
use crate::report::json::{Json, JsonLines};
use crate::report::markdown::Markdown;
use crate::report::sarif::{
    Sarif,
    rules::{self, Rule},
};
use crate::report::scorecard::Scorecard;
use crate::report::several::Several;
use crate::report::xml::{Checkstyle, Junit};
use crate::report::{Report, Silent};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use termcolor::NoColor;

/// Reports, and the files that some go to.
pub struct Opened {
    /// All reports as one.
    pub report: Box<dyn Report>,
    /// Files that become whole with [`finish`].
    pub files: Vec<WholeFile>,
}

/// Opens what was asked for. What cannot be opened is a problem; the others are written all the same.
pub fn open(args: &Check, configured: &Configured, width: usize, problems: &mut Vec<Problem>) -> Opened {
    let mut several = Several::default();
    let mut files = Vec::new();
    let mut is_printed = false;
    let mut seen = BTreeSet::new();
    for Output { format, file } in args.outputs.all() {
        let Some(path) = file else {
            if is_printed {
                problems.push(
                    files::trouble(Path::new("--output"), "more than one report is to be printed")
                        .help("give all but one a file: `--output sarif=out.sarif --output human`"),
                );
            } else if !args.quiet {
                several.all.push((report(format, args, configured, width), None));
            }
            is_printed = true;
            continue;
        };
        if !seen.insert(path.clone()) {
            problems.push(files::trouble(&path, "is to hold more than one report").help("give each report a file of its own"));
            continue;
        }
        match WholeFile::create(&path) {
            Ok(file) => {
                several.all.push((report(format, args, configured, width), Some(Box::new(NoColor::new(file.pen())))));
                files.push(file);
            }
            Err(problem) => problems.push(problem),
        }
    }
    let report: Box<dyn Report> = if several.all.is_empty() { Box::new(Silent) } else { Box::new(several) };
    Opened { report, files }
}

/// Puts the files in their places; tells whether all are there.
///
/// # Errors
/// What the output says.
pub fn finish(files: Vec<WholeFile>, terminal: &mut Terminal) -> io::Result<bool> {
    let mut is_whole = true;
    for file in files {
        if let Err(problem) = file.finish() {
            is_whole = false;
            terminal.problem(&problem)?;
        }
    }
    Ok(is_whole)
}

fn report(format: ReportFormat, args: &Check, configured: &Configured, width: usize) -> Box<dyn Report> {
    match format {
        ReportFormat::Human if args.outputs.summary => Box::new(Scorecard::new(width)),
        ReportFormat::Human => Box::new(Human::new(width)),
        ReportFormat::Concise => Box::new(Concise),
        ReportFormat::Json => Box::new(Json::new()),
        ReportFormat::Jsonl => Box::new(JsonLines),
        ReportFormat::Sarif => Box::new(Sarif::new(rules(configured))),
        ReportFormat::Github => Box::new(Github),
        ReportFormat::Gitlab => Box::new(Gitlab::default()),
        ReportFormat::Junit => Box::new(Junit),
        ReportFormat::Checkstyle => Box::new(Checkstyle),
        ReportFormat::Markdown => Box::new(Markdown::default()),
    }
}

/// The lints that run for any article, each once.
fn rules(configured: &Configured) -> Vec<Rule> {
    let mut all: BTreeMap<String, Rule> = BTreeMap::new();
    for applied in configured.all() {
        let catalog = &applied.checker.catalog;
        let lints = applied.profile.active.iter().filter_map(|(i, _)| catalog.lints.get(*i));
        let new = lints.filter(|l| !all.contains_key(&l.id)).collect::<Vec<_>>();
        all.extend(rules::rules(new.into_iter(), catalog).into_iter().map(|rule| (rule.id.clone(), rule)));
    }
    all.into_values().collect()
}
