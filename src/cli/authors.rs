//! What is typed by those who set caveat up and those who write lints.

use super::Rules;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// `caveat config`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  caveat config content/news/zinc.md    what applies to an article, and which line says so
  caveat config content/news            the same for articles in a folder")]
pub struct Config {
    /// The article, or a folder of articles
    #[arg(value_name = "PATH", default_value = ".")]
    pub path: PathBuf,
    #[command(flatten)]
    pub rules: Rules,
}

/// `caveat init`.
#[derive(Debug, Args)]
pub struct Init {
    /// The folder
    #[arg(value_name = "DIR", default_value = ".")]
    pub folder: PathBuf,
    /// Replace a caveat.toml that is there
    #[arg(long)]
    pub force: bool,
}

/// `caveat schema`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  caveat schema config > caveat.schema.json
  caveat schema lint > lint.schema.json")]
pub struct Schema {
    /// Of which file
    #[arg(value_enum, value_name = "FILE", default_value_t = SchemaOf::Config)]
    pub of: SchemaOf,
}

/// Files that have a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// caveat.toml.
    Config,
    /// A lint.
    Lint,
    /// A word list.
    Words,
    /// A substance.
    Knowledge,
}

/// `caveat new`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  caveat new lint overclaim/melt-word     house/overclaim/melt-word.toml, ready for `caveat test house`
  caveat new words hype/wellness          house/words/hype/wellness.toml")]
pub struct New {
    /// What
    #[arg(value_enum, value_name = "WHAT")]
    pub what: NewFile,
    /// FAMILY/NAME of a lint, GROUP/NAME of a word list
    #[arg(value_name = "NAME")]
    pub name: String,
    /// The folder of your lints
    #[arg(long, value_name = "DIR", default_value = "house")]
    pub dir: PathBuf,
}

/// Files that can be started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum NewFile {
    /// A lint.
    Lint,
    /// A word list.
    Words,
}

/// `caveat docs`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  caveat docs site/lints                  one page a lint, an index, and the standards
  caveat docs --index > lints/README.md   the index alone
  caveat docs site/lints --lints house    with lints of your own")]
pub struct Docs {
    /// The folder that the pages go to; pages that are there are replaced
    #[arg(value_name = "DIR", required_unless_present = "index")]
    pub folder: Option<PathBuf>,
    /// Print the index and write nothing
    #[arg(long, conflicts_with = "folder")]
    pub index: bool,
    #[command(flatten)]
    pub rules: Rules,
}
