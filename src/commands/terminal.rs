//! The two outputs, coloured or not, and how wide a person's terminal is.

use crate::cli;
use crate::problem::Problem;
use crate::report::{clean, human};
use std::env;
use std::io::{self, BufWriter, IsTerminal};
use termcolor::{Ansi, Color, ColorSpec, NoColor, WriteColor};

/// Where a command writes.
pub struct Terminal {
    /// What was asked for.
    pub out: Box<dyn WriteColor>,
    /// What went wrong.
    pub err: Box<dyn WriteColor>,
    /// Columns.
    pub width: usize,
}

impl Terminal {
    /// The terminal of this process.
    pub fn standard(color: cli::Color) -> Terminal {
        let out = BufWriter::with_capacity(1 << 16, io::stdout());
        let out_is_coloured = is_coloured(color, io::stdout().is_terminal());
        let err_is_coloured = is_coloured(color, io::stderr().is_terminal());
        Terminal { out: coloured(out, out_is_coloured), err: coloured(io::stderr(), err_is_coloured), width: width() }
    }

    /// Draws a problem where problems go.
    ///
    /// # Errors
    /// What the output says.
    pub fn problem(&mut self, problem: &Problem) -> io::Result<()> {
        self.out.flush()?;
        human::draw_problem(&mut *self.err, self.width, problem)
    }

    /// Tells what somebody should look at; it changes no exit code.
    ///
    /// # Errors
    /// What the output says.
    pub fn warn(&mut self, text: &str) -> io::Result<()> {
        self.say(Color::Yellow, "warning", text)
    }

    /// Tells what was done.
    ///
    /// # Errors
    /// What the output says.
    pub fn note(&mut self, text: &str) -> io::Result<()> {
        self.say(Color::Cyan, "note", text)
    }

    fn say(&mut self, color: Color, kind: &str, text: &str) -> io::Result<()> {
        self.out.flush()?;
        self.err.set_color(ColorSpec::new().set_fg(Some(color)).set_bold(true).set_intense(true))?;
        write!(self.err, "{kind}")?;
        self.err.reset()?;
        writeln!(self.err, ": {}", clean::line(text))
    }

    /// Draws all problems.
    ///
    /// # Errors
    /// What the output says.
    pub fn problems(&mut self, problems: &[Problem]) -> io::Result<()> {
        problems.iter().try_for_each(|p| self.problem(p))
    }
}

fn coloured(out: impl io::Write + 'static, yes: bool) -> Box<dyn WriteColor> {
    if yes { Box::new(Ansi::new(out)) } else { Box::new(NoColor::new(out)) }
}

/// `--color` counts most, then `NO_COLOR`, then `CLICOLOR_FORCE`, then whether it is a terminal.
fn is_coloured(color: cli::Color, is_terminal: bool) -> bool {
    let is_set = |name: &str| env::var_os(name).is_some_and(|v| !v.is_empty());
    match color {
        cli::Color::Always => true,
        cli::Color::Never => false,
        cli::Color::Auto if is_set("NO_COLOR") => false,
        cli::Color::Auto if env::var_os("CLICOLOR_FORCE").is_some_and(|v| !v.is_empty() && v != "0") => true,
        cli::Color::Auto => is_terminal && env::var_os("TERM").is_none_or(|t| t != "dumb"),
    }
}

/// `COLUMNS` where it is set, else 96; never more than a person reads with ease.
fn width() -> usize {
    env::var("COLUMNS").ok().and_then(|c| c.trim().parse().ok()).map_or(96, |c: usize| c.clamp(40, 100))
}
