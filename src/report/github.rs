//! GitHub workflow commands: findings become annotations on the lines of a pull request.
//!
//! Whatever an article or a path holds is escaped as the runner unescapes it, so that it can neither end
//! the command nor start one of its own.

use super::{Checked, Places, Report, Totals, clean, slashed};
use crate::finding::Level;
use crate::problem::Problem;
use std::io;
use termcolor::WriteColor;

/// The report as workflow commands, with a line of totals for the log.
pub struct Github;

impl Report for Github {
    fn file(&mut self, file: &Checked, out: &mut dyn WriteColor) -> io::Result<()> {
        let (mut starts, mut ends) = (Places::new(file.source), Places::new(file.source));
        let path = property(&slashed(&file.source.name));
        for f in &file.audit.findings {
            let (start, end) = (starts.position(f.span.start), ends.position(f.span.end));
            write!(out, "::{} file={path},line={},endLine={}", command(f.level), start.line, end.line)?;
            if start.line == end.line {
                // Columns of a place of several lines are refused.
                write!(out, ",col={},endColumn={}", start.column, end.column)?;
            }
            writeln!(out, ",title={}::{}%0A{}", property(&f.lint), data(&f.message), data(&f.help))?;
        }
        Ok(())
    }

    fn problem(&mut self, problem: &Problem, out: &mut dyn WriteColor) -> io::Result<()> {
        let path = property(&slashed(&problem.file.name));
        let line = problem.file.position(problem.span.start).line;
        writeln!(out, "::error file={path},line={line},title=caveat::{}: {}", data(&problem.file.name), data(&problem.message))
    }

    fn end(&mut self, totals: &Totals, out: &mut dyn WriteColor) -> io::Result<()> {
        writeln!(out, "{totals}")
    }
}

fn command(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info | Level::Off => "notice",
    }
}

/// A text as the message of a command.
fn data(text: &str) -> String {
    // A harmless line holds no line ends; what is left to escape is the sign of escapes itself.
    clean::line(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A text as a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_command_or_starts_another() {
        assert_eq!(property("a,b:c%\n::error::x.md"), "a%2Cb%3Cc%25 %3A\u{fffd}error%3A%3Ax.md".replace("%3Cc", "%3Ac"));
        assert_eq!(data("50% \r\n::set-output name=a::b"), "50%25   :\u{fffd}set-output name=a::b");
        assert_eq!(data("x ##[add-mask]y"), "x #\u{fffd}[add-mask]y");
    }
}
