//! Reads plain text: what is left of an article once a web page or a word processor has lost its markup.
//!
//! One walk over the lines, one over the units made of them, one over the title and headings found
//! among those; every block keeps its exact place. What is inferred says so in `Block::inferred`.

mod candidates;
mod emit;
mod lines;
pub mod looks;
mod roles;
mod units;
mod wrap;

pub use lines::cells;

use crate::document::Document;
use crate::source::{Source, floor_boundary};

/// The document of a plain text. Total and linear in the length of `source`; what lies behind
/// [`Source::MAX_BYTES`] is not read.
pub fn read(source: &str) -> Document {
    let source = &source[..floor_boundary(source, Source::MAX_BYTES)];
    let lines = lines::lines(source);
    let units = units::units(source, &lines);
    let roles = roles::roles(source, &units);
    emit::document(source, &lines, &units, &roles)
}

#[cfg(test)]
mod tests;
