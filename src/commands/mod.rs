//! The commands: each takes what was typed and two outputs, and returns an exit code.

pub mod audit;
pub mod baseline;
pub mod changed;
pub mod check;
pub mod claims;
pub mod completions;
pub mod config;
pub mod configured;
pub mod docs;
pub mod excuses;
pub mod explain;
pub mod init;
pub mod lints;
pub mod man;
pub mod narrow;
pub mod new;
pub mod outputs;
pub mod progress;
pub mod records;
pub mod schema;
pub mod setup;
pub mod show;
pub mod stats;
pub mod terminal;
pub mod test;
pub mod why;

use crate::cli::{Cli, Command};
use crate::files;
use std::io;
use std::path::Path;
use terminal::Terminal;

/// Nothing at or above the level that fails.
pub const CLEAN: u8 = 0;
/// Something was found.
pub const FOUND: u8 = 1;
/// caveat could not do its work.
pub const TROUBLE: u8 = 2;

/// Runs a command.
///
/// # Errors
/// What the output says; a closed pipe is for the caller to forgive.
pub fn run(cli: &Cli, terminal: &mut Terminal) -> io::Result<u8> {
    audit::tell_panics_quietly();
    let done = audit::guarded(|| match &cli.command {
        Command::Check(args) => check::run(args, terminal),
        Command::Claims(args) => claims::run(args, terminal),
        Command::Show(args) => show::run(args, terminal),
        Command::Lints(args) => lints::run(args, terminal),
        Command::Explain(args) => explain::run(args, terminal),
        Command::Test(args) => test::run(args, terminal),
        Command::Config(args) => config::run(args, terminal),
        Command::Init(args) => init::run(args, terminal),
        Command::New(args) => new::run(args, terminal),
        Command::Docs(args) => docs::run(args, terminal),
        Command::Schema(args) => schema::run(args, terminal),
        Command::Completions(args) => completions::run(args, terminal),
        Command::Man(args) => man::run(args, terminal),
    });
    let code = match done {
        Ok(code) => code?,
        Err(why) => {
            terminal.problem(&files::trouble(Path::new("caveat"), why).help(audit::BUG))?;
            TROUBLE
        }
    };
    terminal.out.flush()?;
    Ok(code)
}
