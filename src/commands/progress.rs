//! How far a run is: a bar with the time that is left, on a terminal, once a person has waited a second.

use super::terminal::Terminal;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::env;
use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

/// How long nothing is shown.
const PATIENCE: Duration = Duration::from_secs(1);

/// The progress of a run.
pub struct Progress {
    all: u64,
    done: u64,
    started: Instant,
    is_watched: bool,
    /// Whether what is printed goes to the same terminal.
    is_shared: bool,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// A run over so many articles starts.
    pub fn new(all: usize) -> Progress {
        let is_terminal = io::stderr().is_terminal() && env::var_os("TERM").is_none_or(|t| t != "dumb");
        Progress {
            all: all as u64,
            done: 0,
            started: Instant::now(),
            is_watched: is_terminal && all > 1,
            is_shared: io::stdout().is_terminal(),
            bar: None,
        }
    }

    /// An article is done and will be reported. Where the report shares the terminal, the bar makes room.
    ///
    /// # Errors
    /// What the output says.
    pub fn step(&mut self, terminal: &mut Terminal) -> io::Result<()> {
        self.done += 1;
        if !self.is_watched || self.started.elapsed() < PATIENCE {
            return Ok(());
        }
        let bar = self.bar.get_or_insert_with(|| {
            let bar = ProgressBar::with_draw_target(Some(self.all), ProgressDrawTarget::stderr_with_hz(8));
            let style = ProgressStyle::with_template("{bar:30} {pos}/{len} articles, {eta} left");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> "));
            // The bar comes late: the time that is left is reckoned from the start.
            bar.with_elapsed(self.started.elapsed())
        });
        if self.is_shared {
            // What was reported so far is printed above the bar.
            bar.suspend(|| terminal.out.flush())?;
        }
        bar.set_position(self.done);
        Ok(())
    }

    /// The run is over: the bar goes.
    ///
    /// # Errors
    /// What the output says.
    pub fn end(&mut self, terminal: &mut Terminal) -> io::Result<()> {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
            terminal.out.flush()?;
        }
        Ok(())
    }
}
