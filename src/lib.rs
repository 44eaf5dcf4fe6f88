//! caveat audits health articles: it reads an article, understands what is claimed in it, and says what
//! should not be published so.

#![forbid(unsafe_code)]

pub mod allow;
pub mod annotate;
pub mod audit;
pub mod baseline;
pub mod catalog;
pub mod check;
pub mod cli;
pub mod commands;
pub mod config;
pub mod date;
pub mod describe;
pub mod document;
pub mod embedded;
pub mod examples;
pub mod files;
pub mod finding;
pub mod glob;
pub mod knowledge;
pub mod lint;
pub mod problem;
pub mod read;
pub mod report;
pub mod sentence;
pub mod shape;
pub mod source;
pub mod tags;
pub mod tree;
pub mod words;
pub mod written;
