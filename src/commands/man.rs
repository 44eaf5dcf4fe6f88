//! `caveat man`: the man page of caveat, and those of its commands, one file each as `man` looks for them.

use super::terminal::Terminal;
use super::{CLEAN, TROUBLE};
use crate::cli::{self, Man};
use crate::files::configs;
use crate::report::{clean, counted};
use std::io;

/// Runs the command.
///
/// # Errors
/// What the output says.
pub fn run(args: &Man, terminal: &mut Terminal) -> io::Result<u8> {
    let whole = cli::command();
    let Some(folder) = &args.folder else {
        clap_mangen::Man::new(whole).render(&mut terminal.out)?;
        return Ok(CLEAN);
    };
    let mut pages = vec![whole.clone()];
    pages.extend(whole.get_subcommands().filter(|c| c.get_name() != "help").cloned());
    let mut written = 0;
    for page in &pages {
        // The pages of commands must say which caveat they belong to, too.
        let man = clap_mangen::Man::new(page.clone()).source(format!("caveat {}", env!("CARGO_PKG_VERSION")));
        let mut text = Vec::new();
        man.render(&mut text)?;
        let path = folder.join(man.get_filename());
        match configs::write(&path, &String::from_utf8_lossy(&text), true) {
            Ok(()) => written += 1,
            Err(problem) => terminal.problem(&problem)?,
        }
    }
    writeln!(terminal.out, "{} written to {}", counted(written, "page"), clean::line(&folder.display().to_string()))?;
    Ok(if written == pages.len() { CLEAN } else { TROUBLE })
}
