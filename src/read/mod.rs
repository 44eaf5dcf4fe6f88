//! Readers: one format in, one [`Document`](crate::document::Document) out.

pub mod builder;
pub mod plain;
