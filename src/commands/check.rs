//! `caveat check`: audits articles and reports what should not be published so.

use super::audit;
use super::configured::Configured;
use super::excuses::Excuses;
use super::narrow::Narrowing;
use super::progress::Progress;
use super::stats::Stats;
use super::terminal::Terminal;
use super::{CLEAN, FOUND, TROUBLE, narrow, outputs, records, setup};
use crate::audit::Audit;
use crate::cli::{Articles, Check, FailOn, Outputs};
use crate::files::{ArticleFile, list};
use crate::finding::Level;
use crate::problem::Problem;
use crate::report::json::finding;
use crate::report::{Counting, Report, Totals};
use crate::source::Source;
use std::io;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Runs the command.
///
/// # Errors
/// What the output says.
pub fn run(args: &Check, terminal: &mut Terminal) -> io::Result<u8> {
    audit::set_threads(args.articles.threads);
    let mut problems = Vec::new();
    // The process ends with the run: to free the catalog piece by piece would only take time.
    let mut configured = ManuallyDrop::new(Configured::new(&args.rules, Some(&args.choice), &mut problems));
    let level = setup::level(args.level);
    if let Some(path) = &args.articles.records {
        let answer = |source: &Source, mut audit: Audit, line: &mut Vec<u8>| {
            let worst = audit.findings.iter().map(|f| f.level).max();
            audit.findings.retain(|f| f.level >= level);
            audit.suppressed.retain(|s| s.finding.level >= level);
            finding::findings(line, source, &audit.findings);
            if !audit.suppressed.is_empty() {
                line.extend_from_slice(b",\"suppressed\":");
                finding::suppressed(line, source, &audit.suppressed);
            }
            worst
        };
        let applied = configured.single(None, &mut problems);
        terminal.problems(&problems)?;
        let outcome = records::run(path, "findings", &args.articles, &applied, &answer, terminal)?;
        return Ok(code(outcome.is_whole && problems.is_empty(), outcome.worst, args.fail_on));
    }
    if args.articles.threads != 1 && args.articles.paths.iter().any(|path| path.is_dir()) {
        configured.begin();
    }
    let mut inputs = audit::inputs(&args.articles, args.rules.allow_outside, &mut problems);
    leave_out_reports(&args.outputs, &mut inputs);
    let mut inputs = configured.prepare(inputs, audit::whole(&args.articles), args.articles.stdin_filename.as_deref(), &mut problems);
    let all = inputs.len();
    let mut narrowing = narrow::open(args, level, &mut inputs, &mut problems, terminal)?;
    let outputs = outputs::open(args, &configured, terminal.width, &mut problems);
    let run = Run {
        report: outputs.report,
        level,
        articles: &args.articles,
        inputs: &inputs,
        is_whole: inputs.len() == all,
        configured: &configured,
        problems: &problems,
    };
    let totals = report_on(run, Some(&mut narrowing), terminal)?;
    let is_written = outputs::finish(outputs.files, terminal)? & narrowing.finish(&totals, terminal)?;
    Ok(code(totals.problems == 0 && is_written, totals.worst, args.fail_on))
}

/// What goes through a report.
pub(super) struct Run<'a> {
    pub report: Box<dyn Report>,
    pub level: Level,
    pub articles: &'a Articles,
    pub inputs: &'a [Option<ArticleFile>],
    /// Whether they are all that was found.
    pub is_whole: bool,
    pub configured: &'a Configured<'a>,
    pub problems: &'a [Problem],
}

/// Sends problems and articles through a report; `narrowing` sets findings aside before they are counted.
pub(super) fn report_on(run: Run, mut narrowing: Option<&mut Narrowing>, terminal: &mut Terminal) -> io::Result<Totals> {
    let mut counting = Counting::new(run.report, run.level);
    counting.report.begin(&mut *terminal.out)?;
    for problem in run.problems {
        terminal.problem(problem)?;
        counting.problem(problem, &mut *terminal.out)?;
    }
    counting.totals.excluded = run.configured.excluded;
    let mut excuses = Excuses::default();
    let mut progress = Progress::new(run.inputs.len());
    let mut stats = Stats::new();
    audit::each(run.articles, run.inputs, run.configured, &mut |done| {
        progress.step(terminal)?;
        let problems = match done {
            Ok(mut done) => {
                let started = Instant::now();
                excuses.note(&done.applied, &done.audit.given);
                if let Some(narrowing) = &mut narrowing {
                    narrowing.article(&mut done, &mut counting.totals);
                }
                counting.file(&done.source, done.format.name(), &mut done.audit, &mut *terminal.out)?;
                if let Some((file, audit)) = &mut done.beside {
                    counting.beside(file, audit, &mut *terminal.out)?;
                }
                stats.add(&done, started.elapsed());
                done.problems
            }
            Err(problem) => vec![problem],
        };
        for problem in &problems {
            terminal.problem(problem)?;
            counting.problem(problem, &mut *terminal.out)?;
        }
        Ok(())
    })?;
    progress.end(terminal)?;
    let whole = if run.is_whole { audit::whole(run.articles) } else { &[] };
    for mut told in excuses.told(run.configured, whole) {
        if let Some(narrowing) = &mut narrowing {
            narrowing.config(&mut told, &mut counting.totals);
        }
        counting.beside(&told.file, &mut told.audit, &mut *terminal.out)?;
    }
    counting.report.end(&counting.totals, &mut *terminal.out)?;
    if run.articles.stats {
        terminal.out.flush()?;
        stats.print(&counting.totals, &mut *terminal.err)?;
    }
    Ok(counting.totals)
}

/// Leaves out what the run before this one wrote: a summary in Markdown is no article.
fn leave_out_reports(outputs: &Outputs, inputs: &mut Vec<Option<ArticleFile>>) {
    let reports: Vec<PathBuf> = outputs.all().into_iter().filter_map(|output| output.file).collect();
    let is_report = |path: &Path| reports.iter().any(|r| r.file_name() == path.file_name() && list::place(r) == list::place(path));
    inputs.retain(|input| input.as_ref().is_none_or(|file| !is_report(&file.path)));
}

fn code(is_whole: bool, worst: Option<Level>, fail_on: FailOn) -> u8 {
    match limit(fail_on) {
        _ if !is_whole => TROUBLE,
        Some(limit) if worst.is_some_and(|w| w >= limit) => FOUND,
        _ => CLEAN,
    }
}

/// The least level that fails, if any does.
pub(super) fn limit(fail_on: FailOn) -> Option<Level> {
    match fail_on {
        FailOn::Info => Some(Level::Info),
        FailOn::Warning => Some(Level::Warning),
        FailOn::Error => Some(Level::Error),
        FailOn::Never => None,
    }
}
