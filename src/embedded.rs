//! What ships inside the binary: the frozen catalog, and the files of `lints/` as they were written.

use crate::catalog::{Catalog, LintsFile};
use std::ops::Range;

static FROZEN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/catalog.bin"));
static AUTOMATA: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/automata.bin"));
/// Each expression with where its two automata stand in [`AUTOMATA`], by expression.
static EXPRESSIONS: &[(&str, [Range<usize>; 2])] = include!(concat!(env!("OUT_DIR"), "/automata.rs"));
static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/lints.rs"));

/// The catalog that ships with caveat.
pub fn catalog() -> Catalog {
    Catalog::thaw(FROZEN).unwrap_or_default()
}

/// The automata of a regular expression that ships with caveat, as build.rs froze them: forwards and backwards. The
/// second is empty where a match can only start at the start of the text.
pub fn automata(regex: &str) -> Option<[&'static [u8]; 2]> {
    let at = EXPRESSIONS.binary_search_by_key(&regex, |(known, _)| known).ok()?;
    let (_, [forward, reverse]) = EXPRESSIONS.get(at)?;
    Some([AUTOMATA.get(forward.clone())?, AUTOMATA.get(reverse.clone())?])
}

/// The files of `lints/` that ship with caveat, path below `lints/` and text.
pub fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().copied()
}

/// The same, as [`crate::catalog::build`] takes them.
pub fn lints_files() -> Vec<LintsFile> {
    files().map(|(path, text)| LintsFile { path: path.to_owned(), name: format!("lints/{path}"), text: text.to_owned() }).collect()
}
