//! `caveat test`: runs the examples that the files of a lints folder carry.

use super::terminal::Terminal;
use super::{CLEAN, FOUND, TROUBLE, setup};
use crate::cli::Test;
use crate::examples;
use crate::report::{counted, human};
use std::collections::HashSet;
use std::io;

/// Runs the command.
///
/// # Errors
/// What the output says.
pub fn run(args: &Test, terminal: &mut Terminal) -> io::Result<u8> {
    let folders: Vec<_> = args.folder.iter().cloned().collect();
    let mut built = setup::build(&folders, args.bare);
    let problems = std::mem::take(&mut built.problems);
    terminal.problems(&problems)?;
    let wants = |id: &str| args.only.is_empty() || args.only.iter().any(|g| setup::matches(g, id));
    let mut outcome = examples::run(built, &wants);
    // What a broken file's examples do says nothing.
    let broken: HashSet<&str> = problems.iter().map(|p| p.file.name.as_str()).collect();
    outcome.failed.retain(|f| !broken.contains(f.file.name.as_str()));
    for failed in &outcome.failed {
        human::draw_problem(&mut *terminal.out, terminal.width, failed)?;
    }
    let out = &mut *terminal.out;
    write!(out, "{} passed, {} failed", counted(outcome.passed, "example"), outcome.failed.len())?;
    if !problems.is_empty() {
        write!(out, "; {}", counted(problems.len(), "problem"))?;
    }
    writeln!(out)?;
    // A filter that fits nothing is a slip, not a pass.
    let is_empty = outcome.passed + outcome.failed.len() == 0;
    Ok(match (problems.is_empty() && !is_empty, outcome.failed.is_empty()) {
        (false, _) => TROUBLE,
        (true, false) => FOUND,
        (true, true) => CLEAN,
    })
}
