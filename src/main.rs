//! Arguments in, exit code out; a broken pipe is success.

use caveat::cli::Cli;
use caveat::commands::{self, TROUBLE, terminal::Terminal};
use std::io;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = Cli::read();
    let mut terminal = Terminal::standard(cli.color);
    match commands::run(&cli, &mut terminal) {
        Ok(code) => ExitCode::from(code),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("caveat: cannot write: {error}");
            ExitCode::from(TROUBLE)
        }
    }
}
