//! What ships inside the binary: the frozen catalog, and the files of `lints/` as they were written.

use crate::catalog::{Catalog, LintsFile};
use regex_automata::util::wire::AlignAs;
use std::ops::Range;

static FROZEN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/catalog.bin"));
static AUTOMATA: &AlignAs<[u8], u32> = &AlignAs { _align: [], bytes: *include_bytes!(concat!(env!("OUT_DIR"), "/automata.bin")) };
/// Each expression with whether its two automata are tables and where they stand in [`AUTOMATA`], by expression.
static EXPRESSIONS: &[(&str, bool, [Range<usize>; 2])] = include!(concat!(env!("OUT_DIR"), "/automata.rs"));
static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/lints.rs"));

/// The catalog that ships with caveat.
pub fn catalog() -> Catalog {
    Catalog::thaw(FROZEN).unwrap_or_default()
}

/// The automata of a regular expression that ships with caveat, as `regex-automata` writes them: forwards and
/// backwards, dense ones where the first value says so. The second is empty where a match can only start at the
/// start of the text.
pub fn automata(regex: &str) -> Option<(bool, [&'static [u8]; 2])> {
    let at = EXPRESSIONS.binary_search_by_key(&regex, |(known, ..)| known).ok()?;
    let (_, is_table, [forward, reverse]) = EXPRESSIONS.get(at)?;
    Some((*is_table, [AUTOMATA.bytes.get(forward.clone())?, AUTOMATA.bytes.get(reverse.clone())?]))
}

/// The files of `lints/` that ship with caveat, path below `lints/` and text.
pub fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().copied()
}

/// The same, as [`crate::catalog::build`] takes them.
pub fn lints_files() -> Vec<LintsFile> {
    files().map(|(path, text)| LintsFile { path: path.to_owned(), name: format!("lints/{path}"), text: text.to_owned() }).collect()
}
