//! What is typed by those who install caveat: completions and man pages, both made from the command line as
//! clap knows it, so that they cannot tell of another version.

use super::Cli;
use clap::{Args, CommandFactory};
pub use clap_complete::Shell;
use std::path::PathBuf;

/// `caveat completions`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  caveat completions bash > ~/.local/share/bash-completion/completions/caveat
  caveat completions zsh > ~/.zfunc/_caveat
  caveat completions fish > ~/.config/fish/completions/caveat.fish")]
pub struct Completions {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: Shell,
}

/// `caveat man`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  caveat man > caveat.1                   the page of caveat
  caveat man ~/.local/share/man/man1      that and a page for each command")]
pub struct Man {
    /// The folder that the pages go to; pages that are there are replaced
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

/// The whole command line, every command and option in it, ready to be described.
pub fn command() -> clap::Command {
    let mut command = Cli::command();
    command.build();
    command
}
