//! What was typed, as clap reads it; nothing else. The help texts are written for somebody who has an
//! article and no manual.

mod authors;
mod narrow;
mod outputs;
mod pages;
mod values;

pub use authors::*;
use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand};
pub use narrow::*;
pub use outputs::*;
pub use pages::*;
use std::path::PathBuf;
pub use values::*;

/// Audits health articles: claims, evidence, disclosures, caveats, safety and structure.
#[derive(Debug, Parser)]
#[command(
    name = "caveat",
    version,
    about,
    max_term_width = 100,
    after_help = "\
Examples:
  caveat check article.md               audit an article
  caveat check content/ --level info    audit a folder, show everything
  caveat claims article.md              list what the article claims
  caveat show article.md                why something was flagged, or was not
  caveat explain overclaim/cure-word    what a lint is for, and what to write instead

Exit codes:
  0  nothing at or above --fail-on
  1  something was found at or above --fail-on
  2  caveat could not do its work: usage, an unreadable file, a broken lint"
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Colours: when the output is a terminal, always or never. NO_COLOR and CLICOLOR_FORCE are heeded
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN", display_order = 900)]
    pub color: Color,
}

impl Cli {
    /// What was typed; help, and what does not go together, end the process with what is said of it.
    pub fn read() -> Self {
        let cli = Self::parse();
        if cli.command.asks_records_in_another_format() {
            let message = "to --records the answers are JSON Lines: --format jsonl, or none";
            Self::command().error(ErrorKind::ArgumentConflict, message).exit();
        }
        cli
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Audit articles and print what should not be published so
    Check(Check),
    /// List the claims of articles: who does what to which outcome, how surely it is said
    Claims(Claims),
    /// Show how an article was understood, and why lints spoke or kept silent
    Show(Show),
    /// List all lints
    Lints(Lints),
    /// Explain lints: what is wrong, why it matters, what to write, on which standard it rests
    Explain(Explain),
    /// Run the examples that lints, word lists and knowledge files carry
    Test(Test),
    /// Print what applies to an article, and which line of which caveat.toml says so
    Config(Config),
    /// Look at a folder and write a caveat.toml that fits it
    Init(Init),
    /// Start a lint or a word list of your own
    New(New),
    /// Write one Markdown page a lint, an index and the standards
    Docs(Docs),
    /// Print the JSON Schema of caveat.toml, lints, word lists or knowledge files
    Schema(Schema),
    /// Print completions for a shell
    Completions(Completions),
    /// Print the man page, or write one for each command into a folder
    Man(Man),
}

impl Command {
    /// Whether answers to records were asked for that are no JSON Lines.
    fn asks_records_in_another_format(&self) -> bool {
        match self {
            Self::Check(check) => check.articles.records.is_some() && check.outputs.format.is_some_and(|f| f != ReportFormat::Jsonl),
            Self::Claims(claims) => claims.articles.records.is_some() && claims.format.is_some_and(|f| f != ClaimsFormat::Jsonl),
            _ => false,
        }
    }
}

/// Which articles, and how they are read.
#[derive(Debug, Args)]
pub struct Articles {
    /// Articles and folders; `-` is standard input. Folders are searched for .txt .md .markdown .mdx
    /// .html .htm .adoc .asciidoc .docx as .gitignore allows
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// Leave out paths: globs as in .gitignore, counted from the current folder
    #[arg(long, value_name = "GLOB", conflicts_with = "records")]
    pub exclude: Vec<String>,
    /// Read the paths from a file or `-`: one a line, or each ended by a zero byte (`git diff -z`). What is
    /// no article by its extension, and symbolic links, are passed over
    #[arg(long, value_name = "FILE", conflicts_with_all = ["paths", "stdin_filename", "records"])]
    pub files_from: Option<PathBuf>,
    /// What standard input is called, and by its extension how it is written
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<PathBuf>,
    /// How the articles are written; else their extension or their first lines tell
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub input_format: Option<InputFormat>,
    /// Read JSON Lines {"id","text","format"?} from a file or `-` and answer each with one JSON line, in
    /// order, as they come; a malformed line is answered with {"id":null,"line","error"}
    #[arg(long, value_name = "FILE", conflicts_with_all = ["paths", "stdin_filename"])]
    pub records: Option<PathBuf>,
    /// Tell on standard error how long each part of the work took, and how often each lint spoke
    #[arg(long, conflicts_with = "records")]
    pub stats: bool,
    /// Threads; 0 takes one a core
    #[arg(short = 'j', long, value_name = "N", default_value_t = 0)]
    pub threads: usize,
}

/// With what is audited.
#[derive(Debug, Args)]
pub struct Rules {
    /// A folder of lints, word lists and knowledge of your own, laid over what ships with caveat: a file
    /// of the same path replaces the shipped one
    #[arg(long, value_name = "DIR")]
    pub lints: Vec<PathBuf>,
    /// Leave out what ships with caveat: only the folders of --lints count
    #[arg(long, requires = "lints")]
    pub bare: bool,
    /// The day of the audit, for what goes out of date (default: today)
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Option<String>,
    /// Read this config for all articles, not the caveat.toml that is found from each upward
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,
    /// Read no caveat.toml
    #[arg(long)]
    pub no_config: bool,
    /// Let configs name files outside the repository, and follow links that lead out of it
    #[arg(long)]
    pub allow_outside: bool,
}

/// Which lints run.
#[derive(Debug, Default, Args)]
pub struct Choice {
    /// Only these lints: ids, families, or globs such as `overclaim/*`; comma-separated or repeated
    #[arg(long, value_name = "LINT", value_delimiter = ',')]
    pub select: Vec<String>,
    /// Not these lints
    #[arg(long, value_name = "LINT", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// Run preview lints, too: new ones that are still being tried
    #[arg(long)]
    pub preview: bool,
    /// Where the article is published, for lints that rest on the law of a country
    #[arg(long, value_enum, value_name = "COUNTRY", value_delimiter = ',')]
    pub jurisdiction: Vec<Jurisdiction>,
}

/// `caveat check`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  caveat check article.md content/
  pbpaste | caveat check - --stdin-filename draft.md
  caveat check content/ --format json --fail-on warning > audit.json
  caveat check content/ --output sarif=out.sarif --output human
  caveat check content/ --write-baseline       set aside what is there today
  caveat check content/ --changed --base main  only what this branch changed
  caveat check content/ --select overclaim,evidence/no-citation --ignore 'language/*'
  caveat check content/ --lints house/ --jurisdiction us,eu
  caveat check --records articles.jsonl > findings.jsonl")]
pub struct Check {
    #[command(flatten)]
    pub articles: Articles,
    #[command(flatten)]
    pub outputs: Outputs,
    #[command(flatten)]
    pub narrow: Narrow,
    /// The least level that is shown
    #[arg(long, value_enum, default_value_t = Level::Warning)]
    pub level: Level,
    /// The least level that makes the exit code 1
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "LEVEL")]
    pub fail_on: FailOn,
    #[command(flatten)]
    pub choice: Choice,
    #[command(flatten)]
    pub rules: Rules,
    /// Print no findings and no summary: the exit code tells. Files of --output are written all the same
    #[arg(short, long)]
    pub quiet: bool,
}

/// `caveat claims`.
#[derive(Debug, Args)]
#[command(after_help = "\
Strengths, weakest first (the InSciOut ladder): no-relation, correlational, ambiguous, conditional,
can-cause, cause: how it is worded. The number before it is its code on the ladder, 1 to 6; what is plainly
denied is 1. Marks say what reaches the claim: negated, hedged, asked, quoted, reported, supposed,
attributed, weak, aimed.

Examples:
  caveat claims article.md
  caveat claims content/ --format csv > claims.csv
  caveat claims --records sentences.jsonl --format jsonl")]
pub struct Claims {
    #[command(flatten)]
    pub articles: Articles,
    /// What is printed: a table with a summary, if nothing is said, CSV, one JSON document, or one JSON
    /// line an article; to --records the answers are jsonl
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<ClaimsFormat>,
    #[command(flatten)]
    pub rules: Rules,
}

/// `caveat show`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  caveat show article.md --what tree      blocks, sections, links and fields
  caveat show article.md --what words     each sentence with its annotations and the cues in it
  caveat show article.md --what claims    each claim, and which lints it concerns: flagged, or why not")]
pub struct Show {
    /// The article; `-` is standard input
    #[arg(value_name = "PATH")]
    pub path: PathBuf,
    /// What to show
    #[arg(long, value_enum, default_value_t = What::All)]
    pub what: What,
    /// What standard input is called
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<PathBuf>,
    /// How the article is written
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub input_format: Option<InputFormat>,
    #[command(flatten)]
    pub choice: Choice,
    #[command(flatten)]
    pub rules: Rules,
}

/// `caveat lints`.
#[derive(Debug, Args)]
pub struct Lints {
    /// Only these: ids, families or globs
    #[arg(long, value_name = "LINT", value_delimiter = ',')]
    pub family: Vec<String>,
    /// Print JSON instead of a table
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub rules: Rules,
}

/// `caveat explain`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  caveat explain overclaim/cure-word\n  caveat explain 'disclosure/*'")]
pub struct Explain {
    /// Ids of lints, families, or globs
    #[arg(value_name = "LINT", required = true)]
    pub names: Vec<String>,
    #[command(flatten)]
    pub rules: Rules,
}

/// `caveat test`.
#[derive(Debug, Args)]
#[command(after_help = "\
Every `flag` example must be found by its lint (else it is missing), every `pass` example must not be
(else the lint is noisy). Exit 1 when an example fails, 2 when a file has a mistake.

Examples:
  caveat test                         what ships with caveat
  caveat test house/                  your own folder, laid over what ships: its examples only
  caveat test house/ --all            the examples of what ships, too: do they still pass?
  caveat test --only 'overclaim/*'    one family
  caveat test --only 'words/cue/*'    some word lists")]
pub struct Test {
    /// A folder of lints of your own, laid over what ships with caveat
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
    /// Only these: ids or families of lints, `words/...`, `knowledge/...`, or globs
    #[arg(long, value_name = "GLOB", value_delimiter = ',')]
    pub only: Vec<String>,
    /// Leave out what ships with caveat
    #[arg(long, requires = "folder")]
    pub bare: bool,
    /// Run the examples of what ships with caveat, too
    #[arg(long, requires = "folder")]
    pub all: bool,
}
