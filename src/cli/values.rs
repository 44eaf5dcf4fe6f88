//! The values that options take, as people type them.

use clap::ValueEnum;

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How an article is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum InputFormat {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// Markdown with JSX.
    Mdx,
    /// HTML.
    Html,
    /// AsciiDoc.
    Asciidoc,
    /// A Word file.
    Docx,
}

/// Countries whose rules lints know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Jurisdiction {
    /// United States.
    Us,
    /// European Union.
    Eu,
    /// United Kingdom.
    Uk,
    /// Australia.
    Au,
}

/// How serious a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Level {
    /// Could be better.
    Info,
    /// An editor should fix it.
    Warning,
    /// Must not be published so.
    Error,
}

/// From which level on the run fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Any finding.
    Info,
    /// A warning or an error.
    Warning,
    /// An error.
    Error,
    /// No finding.
    Never,
}

/// How a report is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For people: each finding drawn in its sentence, and what to write instead.
    Human,
    /// One line a finding: path:line:column: `level[lint] message`.
    Concise,
    /// One JSON document.
    Json,
    /// One JSON line an article.
    Jsonl,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// GitHub workflow commands: annotations on a pull request.
    Github,
    /// GitLab's Code Quality report.
    Gitlab,
    /// JUnit XML: a suite an article, a failure a finding.
    Junit,
    /// Checkstyle XML.
    Checkstyle,
    /// A summary in Markdown, for a comment on a pull request.
    Markdown,
}

/// How claims are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ClaimsFormat {
    /// A table and a summary.
    Table,
    /// Comma-separated values, one line a claim.
    Csv,
    /// One JSON document.
    Json,
    /// One JSON line an article.
    Jsonl,
}

/// Parts of an article as it was understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum What {
    /// Blocks, sections, links, fields.
    Tree,
    /// Sentences with annotations and cues.
    Words,
    /// Claims.
    Claims,
    /// Lints that spoke, and lints that were excused.
    Lints,
    /// All of it.
    All,
}
