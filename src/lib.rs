//! caveat audits health articles: it reads an article, understands what is claimed in it, and says what
//! should not be published so.

pub mod document;
pub mod finding;
pub mod problem;
pub mod read;
pub mod shape;
pub mod source;
pub mod tree;
