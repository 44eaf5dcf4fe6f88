//! What `caveat check` writes, and where to.

use super::ReportFormat;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// What is written.
#[derive(Debug, Args)]
pub struct Outputs {
    /// What is printed: human, if nothing is said; to --records the answers are jsonl
    #[arg(long, value_enum, value_name = "FORMAT", conflicts_with = "output", hide_possible_values = true)]
    pub format: Option<ReportFormat>,
    /// What is written, and to which file; without a file, or to `-`, it is printed. Give it again for
    /// several at once. A file appears when it is whole, in the place of an older one. Formats: human
    /// concise json jsonl sarif github gitlab junit checkstyle markdown
    #[arg(short, long, value_name = "FORMAT[=FILE]", value_parser = parse, conflicts_with = "records")]
    pub output: Vec<Output>,
    /// Print a scorecard in place of the findings: one screen for an article, a table with the worst first
    /// for several. It takes the place of the human report; JSON always holds its figures as `summary`
    #[arg(long, conflicts_with = "records")]
    pub summary: bool,
}

/// A report and where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// How it is written.
    pub format: ReportFormat,
    /// Its file; else it is printed.
    pub file: Option<PathBuf>,
}

impl Outputs {
    /// What was asked for by either option.
    pub fn all(&self) -> Vec<Output> {
        if self.output.is_empty() {
            vec![Output { format: self.format.unwrap_or(ReportFormat::Human), file: None }]
        } else {
            self.output.clone()
        }
    }
}

/// Reads `FORMAT` or `FORMAT=FILE`.
fn parse(text: &str) -> Result<Output, String> {
    let (name, file) = text.split_once('=').map_or((text, None), |(name, file)| (name, Some(file)));
    let format = ReportFormat::from_str(name, false).map_err(|_| {
        let names: Vec<String> =
            ReportFormat::value_variants().iter().filter_map(|f| Some(f.to_possible_value()?.get_name().to_owned())).collect();
        format!("`{name}` is no format; formats are {}", names.join(" "))
    })?;
    match file {
        Some("") => Err("a file must follow `=`".to_owned()),
        Some("-") | None => Ok(Output { format, file: None }),
        Some(file) => Ok(Output { format, file: Some(file.into()) }),
    }
}
