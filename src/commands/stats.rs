//! `--stats`: how long each part of the work took, over all threads, and how often each lint spoke.

use super::audit::Done;
use crate::check::Stage;
use crate::report::{Totals, clean};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::time::{Duration, Instant};

/// Lints that are listed as the slowest.
const SLOWEST: usize = 5;

/// Parts of the work, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The file is read.
    Read,
    /// Its format is understood.
    Parse,
    /// Words, claims, sources: all that lints ask for.
    Annotate,
    /// Lints speak.
    Lint,
    /// Findings are folded, excused and written out.
    Settle,
}

const NAMES: [&str; 6] = ["read", "parse", "annotate", "lint", "settle", "report"];

/// How long an article took.
#[derive(Clone, Debug, Default)]
pub struct Times {
    parts: [Duration; 5],
    lints: Vec<(usize, Duration)>,
}

/// Measures the work on an article; costs nothing where nobody asks.
pub struct Clock {
    last: Option<Instant>,
    /// What was measured so far.
    pub times: Option<Times>,
}

impl Clock {
    /// A clock that runs, or one that does not.
    pub fn new(is_asked: bool) -> Clock {
        Clock { last: is_asked.then(Instant::now), times: is_asked.then(Times::default) }
    }

    /// The time since the last part belongs to this one.
    pub fn take(&mut self, part: Part) {
        let taken = self.lap();
        if let Some(time) = self.times.as_mut().and_then(|times| times.parts.get_mut(part as usize)) {
            *time += taken;
        }
    }

    /// The same as the checker tells it.
    pub fn stage(&mut self, stage: Stage) {
        let Stage::Linted(lint) = stage else { return self.take(Part::Annotate) };
        let taken = self.lap();
        if let Some(times) = &mut self.times {
            times.lints.push((lint, taken));
            if let Some(time) = times.parts.get_mut(Part::Lint as usize) {
                *time += taken;
            }
        }
    }

    fn lap(&mut self) -> Duration {
        let Some(last) = &mut self.last else { return Duration::ZERO };
        let now = Instant::now();
        now - std::mem::replace(last, now)
    }
}

/// The times of a run.
pub struct Stats {
    started: Instant,
    parts: [Duration; 6],
    bytes: usize,
    lints: BTreeMap<String, Duration>,
    found: BTreeMap<String, usize>,
}

impl Stats {
    /// The run starts now.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Stats {
        Stats { started: Instant::now(), parts: Default::default(), bytes: 0, lints: BTreeMap::new(), found: BTreeMap::new() }
    }

    /// Adds an article, and how long it took to report it.
    pub fn add(&mut self, done: &Done, report: Duration) {
        let Some(times) = &done.times else { return };
        self.parts.iter_mut().zip(times.parts.iter().chain([&report])).for_each(|(all, one)| *all += *one);
        self.bytes += done.source.text.len();
        for (lint, time) in &times.lints {
            let Some(lint) = done.applied.checker.catalog.lints.get(*lint) else { continue };
            match self.lints.get_mut(&lint.id) {
                Some(all) => *all += *time,
                None => drop(self.lints.insert(lint.id.clone(), *time)),
            }
        }
        for finding in &done.audit.findings {
            *self.found.entry(finding.lint.clone()).or_default() += 1;
        }
    }

    /// Prints all.
    ///
    /// # Errors
    /// What the output says.
    pub fn print(&self, totals: &Totals, out: &mut dyn Write) -> io::Result<()> {
        let wall = self.started.elapsed().as_secs_f64().max(1e-9);
        let (files, megabytes) = (totals.files as f64, self.bytes as f64 / 1e6);
        let words = totals.words;
        writeln!(
            out,
            "{:.2} s for {} articles, {megabytes:.2} MB, {words} words: {:.0} articles/s, {:.2} MB/s",
            wall,
            totals.files,
            files / wall,
            megabytes / wall
        )?;
        let all = self.parts.iter().sum::<Duration>().as_secs_f64().max(1e-9);
        writeln!(out, "\ntime over all threads")?;
        for (name, time) in NAMES.iter().zip(&self.parts) {
            let seconds = time.as_secs_f64();
            writeln!(out, "  {name:<9} {:>10.2} ms {:>4.0}%", seconds * 1e3, seconds / all * 100.0)?;
        }
        let mut slowest: Vec<(&String, &Duration)> = self.lints.iter().collect();
        slowest.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
        if !slowest.is_empty() {
            writeln!(out, "\nslowest lints")?;
        }
        for (lint, time) in slowest.into_iter().take(SLOWEST) {
            writeln!(out, "  {:>10.2} ms  {}", time.as_secs_f64() * 1e3, clean::line(lint))?;
        }
        let mut found: Vec<(&String, &usize)> = self.found.iter().collect();
        found.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
        if !found.is_empty() {
            writeln!(out, "\nfindings by lint")?;
        }
        for (lint, count) in found {
            writeln!(out, "  {count:>6}  {}", clean::line(lint))?;
        }
        Ok(())
    }
}
