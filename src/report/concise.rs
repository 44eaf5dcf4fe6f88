//! One line a finding: `path:line:column: level[lint] message`, as editors and problem matchers read it.

use super::{Checked, Places, Report, Totals, clean};
use crate::finding::Level;
use std::io;
use termcolor::{Color, ColorSpec, WriteColor};

/// The report of one line a finding, and one of totals.
pub struct Concise;

impl Report for Concise {
    fn file(&mut self, file: &Checked, out: &mut dyn WriteColor) -> io::Result<()> {
        let mut places = Places::new(file.source);
        for finding in &file.audit.findings {
            let at = places.position(finding.span.start);
            write!(out, "{}:{}:{}: ", clean::line(&file.source.name), at.line, at.column)?;
            out.set_color(&color(finding.level))?;
            write!(out, "{}[{}]", finding.level.name(), clean::line(&finding.lint))?;
            out.reset()?;
            writeln!(out, " {}", clean::line(&finding.message))?;
        }
        Ok(())
    }

    fn end(&mut self, totals: &Totals, out: &mut dyn WriteColor) -> io::Result<()> {
        writeln!(out, "{totals}")
    }
}

/// How a level is coloured: as the drawn findings are.
pub fn color(level: Level) -> ColorSpec {
    let mut spec = ColorSpec::new();
    let color = match level {
        Level::Error => Color::Red,
        Level::Warning => Color::Yellow,
        Level::Info | Level::Off => Color::Cyan,
    };
    spec.set_fg(Some(color)).set_bold(true).set_intense(true);
    spec
}
