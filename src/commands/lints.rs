//! `caveat lints`: lists the lints.

use super::configured::Configured;
use super::terminal::Terminal;
use super::{CLEAN, TROUBLE, setup};
use crate::cli::Lints;
use crate::lint::model::Lint;
use crate::report::{clean, counted, json};
use crate::words::stored::Stored;
use serde::Serialize;
use std::io;

#[derive(Serialize)]
struct LintJson<'a> {
    id: &'a str,
    level: &'static str,
    preview: bool,
    since: &'a str,
    message: &'a str,
    help: &'a str,
    why: &'a str,
    standards: &'a [Stored],
    jurisdiction: &'a [Stored],
}

/// Runs the command.
///
/// # Errors
/// What the output says.
pub fn run(args: &Lints, terminal: &mut Terminal) -> io::Result<u8> {
    let mut problems = Vec::new();
    let applied = Configured::new(&args.rules, None, &mut problems).single(None, &mut problems);
    let catalog = &applied.checker.catalog;
    setup::unknown("--family", &args.family, catalog, &mut problems);
    terminal.problems(&problems)?;
    let is_wanted = |l: &&Lint| args.family.is_empty() || args.family.iter().any(|g| setup::matches(g, &l.id));
    let lints: Vec<&Lint> = catalog.lints.iter().filter(is_wanted).collect();
    let out = &mut *terminal.out;
    if args.json {
        let all: Vec<LintJson> = lints
            .iter()
            .map(|l| LintJson {
                id: &l.id,
                level: l.level.name(),
                preview: l.preview,
                since: &l.words.since,
                message: &l.words.message,
                help: &l.words.help,
                why: &l.words.why,
                standards: &l.words.standards,
                jurisdiction: &l.jurisdiction,
            })
            .collect();
        json::print(&mut *out, &all)?;
        writeln!(out)?;
    } else {
        let width = lints.iter().map(|l| l.id.len()).max().unwrap_or(0);
        for l in &lints {
            let state = if l.preview { "preview".to_owned() } else { l.jurisdiction.join(",") };
            writeln!(out, "{:<width$}  {:<7}  {:<7}  {}", l.id, l.level.name(), state, clean::line(&l.words.message))?;
        }
        writeln!(out, "{}", counted(lints.len(), "lint"))?;
    }
    Ok(if problems.is_empty() { CLEAN } else { TROUBLE })
}
