//! From what was typed to what is audited with: the catalog, the lints that run, the day.

use crate::catalog::{self, Built, Catalog};
use crate::cli::{self, Choice, InputFormat, Jurisdiction, Rules};
use crate::config;
use crate::date;
use crate::embedded;
use crate::files;
use crate::finding::Level;
pub use crate::glob::matches;
use crate::problem::Problem;
use crate::read::{self, Format};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Builds what ships (unless `bare`) with the folders laid over it, examples and all.
pub fn build(folders: &[PathBuf], bare: bool) -> Built {
    let mut unread = Vec::new();
    let mut all = if bare { Vec::new() } else { embedded::lints_files() };
    for folder in folders {
        all.extend(files::read_lints(folder, &mut unread));
    }
    let mut built = catalog::build(all);
    built.problems.splice(0..0, unread);
    in_order(&mut built.problems);
    built
}

/// Sorts problems by file and place and drops those told twice.
pub fn in_order(problems: &mut Vec<Problem>) {
    problems.sort_by(|a, b| (&a.file.name, a.span, &a.message).cmp(&(&b.file.name, b.span, &b.message)));
    problems.dedup_by(|a, b| (&a.file.name, a.span, &a.message) == (&b.file.name, b.span, &b.message));
}

/// Whether `--select` and `--ignore` leave a lint in.
pub fn is_chosen(id: &str, choice: &Choice) -> bool {
    let any = |globs: &[String]| globs.iter().any(|glob| matches(glob, id));
    (choice.select.is_empty() || any(&choice.select)) && !any(&choice.ignore)
}

/// The day of the audit, in days since 1970-01-01.
pub fn today(rules: &Rules, problems: &mut Vec<Problem>) -> i64 {
    match &rules.as_of {
        Some(day) => date::days(day).unwrap_or_else(|| {
            problems.push(files::trouble(Path::new("--as-of"), format!("`{day}` is no date")).help("write it as YYYY-MM-DD"));
            clock()
        }),
        None => clock(),
    }
}

fn clock() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| (d.as_secs() / 86_400) as i64)
}

/// Adds a problem for every glob that no lint answers to.
pub fn unknown(option: &str, globs: &[String], catalog: &Catalog, problems: &mut Vec<Problem>) {
    let ids: Vec<&str> = catalog.lints.iter().map(|l| l.id.as_str()).collect();
    for glob in globs.iter().filter(|glob| !ids.iter().any(|id| matches(glob, id))) {
        let problem = files::trouble(Path::new(option), format!("no lint is called `{glob}`"));
        problems.push(config::with_nearest(problem, glob, &ids));
    }
}

/// The code's name of a jurisdiction.
pub fn jurisdiction(j: Jurisdiction) -> &'static str {
    match j {
        Jurisdiction::Us => "us",
        Jurisdiction::Eu => "eu",
        Jurisdiction::Uk => "uk",
        Jurisdiction::Au => "au",
    }
}

/// The level that was typed.
pub fn level(level: cli::Level) -> Level {
    match level {
        cli::Level::Info => Level::Info,
        cli::Level::Warning => Level::Warning,
        cli::Level::Error => Level::Error,
    }
}

/// The format that was typed.
pub fn format(format: Option<InputFormat>) -> Option<Format> {
    Some(match format? {
        InputFormat::Text => Format::Text,
        InputFormat::Markdown => Format::Markdown,
        InputFormat::Mdx => Format::Mdx,
        InputFormat::Html => Format::Html,
        InputFormat::Asciidoc => Format::Asciidoc,
        InputFormat::Docx => Format::Docx,
    })
}

/// The format of an article: what was asked for, else what its name or its text tells.
pub fn format_of(asked: Option<Format>, path: Option<&Path>, text: &str) -> Format {
    asked.unwrap_or_else(|| read::recognise(path, text))
}
