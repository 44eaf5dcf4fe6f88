//! Lints: config that judges what the annotators found.

pub mod compile;
pub mod eval;
pub mod model;
