//! Several reports of one run, each to an output of its own.

use super::{Checked, Report, Totals};
use crate::problem::Problem;
use std::io;
use termcolor::WriteColor;

/// A report and its own output, if it has one.
pub type Routed = (Box<dyn Report>, Option<Box<dyn WriteColor>>);

/// Reports; those with an output of their own write there, the others to the output of the run.
#[derive(Default)]
pub struct Several {
    /// The reports and their outputs.
    pub all: Vec<Routed>,
    /// Whether nobody reads the output of the run any more; files are written all the same.
    is_closed: bool,
}

impl Several {
    fn each(
        &mut self,
        out: &mut dyn WriteColor,
        say: &mut dyn FnMut(&mut dyn Report, &mut dyn WriteColor) -> io::Result<()>,
    ) -> io::Result<()> {
        let are_files = self.all.iter().any(|(_, own)| own.is_some());
        for (report, own) in &mut self.all {
            match own {
                Some(own) => say(&mut **report, &mut **own)?,
                None if self.is_closed => {}
                None => match say(&mut **report, out) {
                    Err(error) if are_files && error.kind() == io::ErrorKind::BrokenPipe => self.is_closed = true,
                    done => done?,
                },
            }
        }
        Ok(())
    }
}

impl Report for Several {
    fn begin(&mut self, out: &mut dyn WriteColor) -> io::Result<()> {
        self.each(out, &mut |report, out| report.begin(out))
    }

    fn file(&mut self, file: &Checked, out: &mut dyn WriteColor) -> io::Result<()> {
        self.each(out, &mut |report, out| report.file(file, out))
    }

    fn problem(&mut self, problem: &Problem, out: &mut dyn WriteColor) -> io::Result<()> {
        self.each(out, &mut |report, out| report.problem(problem, out))
    }

    fn end(&mut self, totals: &Totals, out: &mut dyn WriteColor) -> io::Result<()> {
        self.each(out, &mut |report, out| {
            report.end(totals, out)?;
            out.flush()
        })
    }
}
