//! `caveat schema`: JSON Schemas of the files that people write, for editors and for other tools.

use super::CLEAN;
use super::terminal::Terminal;
use crate::cli::{Schema, SchemaOf};
use std::io;

/// Runs the command.
///
/// # Errors
/// What the output says.
pub fn run(args: &Schema, terminal: &mut Terminal) -> io::Result<u8> {
    terminal.out.write_all(text(args.of).as_bytes())?;
    Ok(CLEAN)
}

/// The schema of a kind of file.
fn text(of: SchemaOf) -> &'static str {
    match of {
        SchemaOf::Config => include_str!("../../schemas/config.json"),
        SchemaOf::Lint => include_str!("../../schemas/lint.json"),
        SchemaOf::Words => include_str!("../../schemas/words.json"),
        SchemaOf::Knowledge => include_str!("../../schemas/knowledge.json"),
    }
}
