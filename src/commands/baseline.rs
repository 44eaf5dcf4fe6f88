//! The baseline of a run: found, read, applied, written, pruned; and what a person is told of it.

use super::configured::Applied;
use super::terminal::Terminal;
use crate::baseline::{Baseline, NAME};
use crate::cli::Check;
use crate::files::{self, list, whole};
use crate::finding::{Finding, Level};
use crate::problem::Problem;
use crate::report::{Totals, counted};
use crate::source::Source;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A baseline in use.
pub struct Held {
    file: PathBuf,
    baseline: Baseline,
    mode: Mode,
    /// From which level on findings are written down.
    level: Level,
    /// Files that were audited as a whole, as they are called in the baseline, and what applied to them.
    audited: BTreeMap<String, Arc<Applied>>,
    /// What is found now, where it is to be written.
    fresh: Baseline,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Read,
    Prune,
    Write,
}

/// The baseline that was asked for, or that lies where one is looked for. `level` is the least level that
/// is shown or fails.
pub fn open(args: &Check, level: Level, problems: &mut Vec<Problem>) -> Option<Held> {
    let narrow = &args.narrow;
    if narrow.no_baseline {
        return None;
    }
    let mode = match (&narrow.write_baseline, narrow.prune_baseline) {
        (Some(_), _) => Mode::Write,
        (None, true) => Mode::Prune,
        (None, false) => Mode::Read,
    };
    let named = narrow.write_baseline.clone().flatten().or_else(|| narrow.baseline.clone());
    let file = match (&named, list::upward(&[NAME])) {
        (Some(file), _) => file.clone(),
        (None, Some(folder)) => folder.join(NAME),
        (None, None) if mode == Mode::Write => list::upward(&["caveat.toml"]).unwrap_or_default().join(NAME),
        (None, None) if mode == Mode::Prune => {
            problems.push(files::trouble(Path::new(NAME), "there is no baseline to prune").help("`--baseline FILE` names one"));
            return None;
        }
        (None, None) => return None,
    };
    let baseline = match mode {
        Mode::Write if !file.exists() => Baseline::default(),
        _ => match whole::read(&file).and_then(|text| Baseline::parse(&text).map_err(|why| files::trouble(&file, why))) {
            Ok(baseline) => baseline,
            Err(problem) => {
                problems.push(problem.help("`--write-baseline` writes one; `--no-baseline` goes without"));
                return None;
            }
        },
    };
    Some(Held { file, baseline, mode, level, audited: BTreeMap::new(), fresh: Baseline::default() })
}

impl Held {
    /// Takes out of the findings in a file what is set aside; returns how many that were. `is_whole`: what is not
    /// found in it any more is gone.
    pub fn narrow(&mut self, source: &Source, findings: &mut Vec<Finding>, applied: &Arc<Applied>, is_whole: bool) -> usize {
        let folder = self.file.parent().unwrap_or(Path::new(""));
        let path = list::relative(folder, Path::new(&source.name));
        let before = findings.len();
        match self.mode {
            Mode::Write => findings.retain(|finding| {
                let is_kept = finding.level >= self.level;
                if is_kept {
                    self.fresh.add(&path, finding, source.slice(finding.span));
                }
                !is_kept
            }),
            Mode::Read | Mode::Prune => findings.retain(|finding| !self.baseline.takes(&path, finding)),
        }
        if is_whole {
            self.audited.insert(path, applied.clone());
        }
        before - findings.len()
    }

    /// Writes what is to be written, and tells what a person should know; whether all went well.
    ///
    /// # Errors
    /// What the output says.
    pub fn finish(mut self, totals: &Totals, terminal: &mut Terminal) -> io::Result<bool> {
        let name = self.file.display().to_string();
        let folder = self.file.parent().unwrap_or(Path::new("")).to_owned();
        let is_gone = |path: &str| folder.join(path).symlink_metadata().is_err();
        let audited = &self.audited;
        let is_judged = |path: &str, lint: &str| audited.get(path).map_or_else(|| is_gone(path), |applied| is_run(applied, lint));
        let (held, _) = self.baseline.counts();
        let used = self.baseline.used();
        if self.mode == Mode::Write {
            let (found, articles) = self.fresh.counts();
            self.baseline.forget(&is_judged);
            self.baseline.merge(self.fresh);
            let kept = self.baseline.counts().0 - found;
            let more = if kept > 0 { format!("; {kept} of other articles or lints stay") } else { String::new() };
            let (found, articles) = (counted(found, "finding"), counted(articles, "file"));
            return save(&self.file, &self.baseline, terminal, &format!("{name}: {found} in {articles} set aside{more}"));
        }
        let stale = self.baseline.prune(&is_judged);
        let shown = totals.errors + totals.warnings + totals.infos;
        if held > 0 && stale == held && totals.files > 0 {
            terminal.warn(&format!("{name} matches nothing of what was checked: its {} are all of the past", counted(held, "finding")))?;
        } else if used > 0 && shown == 0 {
            terminal.note(&format!("{name} hides all that was found: {}", counted(used, "finding")))?;
        }
        match (self.mode, stale) {
            (_, 0) => Ok(true),
            (Mode::Prune, _) => {
                save(&self.file, &self.baseline, terminal, &format!("{name}: {} taken out", counted(stale, "stale finding")))
            }
            _ => {
                terminal.warn(&format!("{name}: {} not found any more; --prune-baseline takes them out", counted(stale, "finding")))?;
                Ok(true)
            }
        }
    }
}

/// Whether a lint spoke of an article, or is no more.
fn is_run(applied: &Applied, lint: &str) -> bool {
    let number = applied.checker.catalog.lints.iter().position(|l| l.id == lint);
    number.is_none_or(|number| applied.profile.active.iter().any(|(i, _)| *i == number))
}

fn save(file: &Path, baseline: &Baseline, terminal: &mut Terminal, done: &str) -> io::Result<bool> {
    match whole::write(file, baseline.render().as_bytes()) {
        Ok(()) => {
            terminal.note(done)?;
            Ok(true)
        }
        Err(problem) => {
            terminal.problem(&problem)?;
            Ok(false)
        }
    }
}
