//! `caveat completions`: what a shell needs to complete commands, options and their values.

use super::CLEAN;
use super::terminal::Terminal;
use crate::cli::{self, Completions};
use std::io;

/// Runs the command.
///
/// # Errors
/// What the output says.
pub fn run(args: &Completions, terminal: &mut Terminal) -> io::Result<u8> {
    // Into memory first: the generator does not bear a pipe that closes.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut cli::command(), "caveat", &mut script);
    terminal.out.write_all(&script)?;
    Ok(CLEAN)
}
