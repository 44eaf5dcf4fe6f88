//! `caveat claims`: lists what articles claim.

use super::check::{self, Run};
use super::configured::Configured;
use super::terminal::Terminal;
use super::{CLEAN, TROUBLE, audit, records};
use crate::audit::Audit;
use crate::cli::{Claims, ClaimsFormat};
use crate::finding::Level;
use crate::report::Report;
use crate::report::claims::{ClaimJson, Csv, Json, JsonLines, Table};
use crate::report::json;
use crate::source::Source;
use std::io;
use std::mem::ManuallyDrop;

/// Runs the command.
///
/// # Errors
/// What the output says.
pub fn run(args: &Claims, terminal: &mut Terminal) -> io::Result<u8> {
    audit::set_threads(args.articles.threads);
    let mut problems = Vec::new();
    // The process ends with the run: to free the catalog piece by piece would only take time.
    let mut configured = ManuallyDrop::new(Configured::new(&args.rules, None, &mut problems));
    let exit = |is_whole: bool| if is_whole { CLEAN } else { TROUBLE };
    if let Some(path) = &args.articles.records {
        let answer = |_: &Source, audit: Audit, line: &mut Vec<u8>| {
            json::write(line, &audit.claims.iter().map(ClaimJson::from).collect::<Vec<_>>());
            None
        };
        let applied = configured.single(None, &mut problems);
        terminal.problems(&problems)?;
        let outcome = records::run(path, "claims", &args.articles, &applied, &answer, terminal)?;
        return Ok(exit(outcome.is_whole && problems.is_empty()));
    }
    let inputs = audit::inputs(&args.articles, args.rules.allow_outside, &mut problems);
    let inputs = configured.prepare(inputs, audit::whole(&args.articles), args.articles.stdin_filename.as_deref(), &mut problems);
    let report: Box<dyn Report> = match args.format.unwrap_or(ClaimsFormat::Table) {
        ClaimsFormat::Table => Box::new(Table::default()),
        ClaimsFormat::Csv => Box::new(Csv),
        ClaimsFormat::Json => Box::new(Json::new()),
        ClaimsFormat::Jsonl => Box::new(JsonLines),
    };
    let run = Run {
        report,
        level: Level::Info,
        articles: &args.articles,
        inputs: &inputs,
        is_whole: true,
        configured: &configured,
        problems: &problems,
    };
    let totals = check::report_on(run, None, terminal)?;
    Ok(exit(totals.problems == 0))
}
