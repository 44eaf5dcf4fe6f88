//! `caveat test`: runs the examples that the files of a lints folder carry.

use super::terminal::Terminal;
use super::{CLEAN, FOUND, TROUBLE, setup};
use crate::cli::Test;
use crate::examples;
use crate::files;
use crate::report::{counted, human};
use crate::source::Source;
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
    let own: HashSet<String> = folders.iter().flat_map(|f| files::read_lints(f, &mut Vec::new())).map(|f| f.name).collect();
    let is_own = |file: &Source| args.all || args.folder.is_none() || own.contains(&file.name);
    let is_asked = |id: &str| args.only.is_empty() || args.only.iter().any(|g| setup::matches(g, id));
    let wants = |id: &str, file: &Source| is_own(file) && is_asked(id);
    let mut outcome = examples::run(built, &wants);
    // What a broken file's examples do says nothing.
    let broken: HashSet<&str> = problems.iter().map(|p| p.file.name.as_str()).collect();
    outcome.failed.retain(|f| !broken.contains(f.file.name.as_str()));
    outcome.lints.retain(|seen| !broken.contains(seen.file.name.as_str()));
    for failed in &outcome.failed {
        human::draw_problem(&mut *terminal.out, terminal.width, failed)?;
    }
    let out = &mut *terminal.out;
    for seen in outcome.lints.iter().filter(|seen| !seen.is_covered()) {
        writeln!(out, "{} was never seen to {}", seen.id, if seen.speaks { "keep silent" } else { "speak" })?;
    }
    let covered = outcome.lints.iter().filter(|seen| seen.is_covered()).count();
    if !outcome.lints.is_empty() {
        writeln!(out, "{covered} of {} seen to speak and to keep silent", counted(outcome.lints.len(), "lint"))?;
    }
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
