//! From what was typed to what is audited with: the catalog, the lints that run, the day.

use crate::catalog::{self, Built, Catalog};
use crate::check::{Checker, Options};
use crate::cli::{self, Choice, InputFormat, Jurisdiction, Rules};
use crate::date;
use crate::embedded;
use crate::files;
use crate::finding::Level;
use crate::problem::{Problem, closest};
use crate::read::{self, Format};
use std::collections::BTreeSet;
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
fn in_order(problems: &mut Vec<Problem>) {
    problems.sort_by(|a, b| (&a.file.name, a.span, &a.message).cmp(&(&b.file.name, b.span, &b.message)));
    problems.dedup_by(|a, b| (&a.file.name, a.span, &a.message) == (&b.file.name, b.span, &b.message));
}

/// The catalog to audit with. What ships is thawed; only where there are folders is anything built.
pub fn catalog(rules: &Rules, problems: &mut Vec<Problem>) -> Catalog {
    if rules.lints.is_empty() {
        return embedded::catalog();
    }
    let built = build(&rules.lints, rules.bare);
    problems.extend(built.problems);
    built.catalog
}

/// A checker that runs the lints that were chosen.
pub fn checker(rules: &Rules, choice: &Choice, problems: &mut Vec<Problem>) -> Checker {
    let catalog = catalog(rules, problems);
    let mut options = options(rules, problems);
    options.preview = choice.preview;
    options.jurisdiction = choice.jurisdiction.iter().map(|j| jurisdiction(*j).to_owned()).collect();
    for (option, globs) in [("--select", &choice.select), ("--ignore", &choice.ignore)] {
        unknown(option, globs, &catalog, problems);
    }
    let wanted = |id: &str| is_chosen(id, choice);
    Checker::new(catalog, options, &wanted)
}

/// A checker that runs no lint: for claims.
pub fn reader(rules: &Rules, problems: &mut Vec<Problem>) -> Checker {
    let catalog = catalog(rules, problems);
    Checker::new(catalog, options(rules, problems), &|_| false)
}

/// Whether `--select` and `--ignore` leave a lint in.
pub fn is_chosen(id: &str, choice: &Choice) -> bool {
    let any = |globs: &[String]| globs.iter().any(|glob| matches(glob, id));
    (choice.select.is_empty() || any(&choice.select)) && !any(&choice.ignore)
}

fn options(rules: &Rules, problems: &mut Vec<Problem>) -> Options {
    let today = match &rules.as_of {
        Some(day) => date::days(day).unwrap_or_else(|| {
            problems.push(files::trouble(Path::new("--as-of"), format!("`{day}` is no date")).help("write it as YYYY-MM-DD"));
            today()
        }),
        None => today(),
    };
    Options { today, ..Options::default() }
}

fn today() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| (d.as_secs() / 86_400) as i64)
}

/// Adds a problem for every glob that no lint answers to.
pub fn unknown(option: &str, globs: &[String], catalog: &Catalog, problems: &mut Vec<Problem>) {
    for glob in globs {
        if !catalog.lints.iter().any(|l| matches(glob, &l.id)) {
            problems.push(no_lint(option, glob, catalog));
        }
    }
}

fn no_lint(option: &str, glob: &str, catalog: &Catalog) -> Problem {
    let problem = files::trouble(Path::new(option), format!("no lint is called `{glob}`"));
    let families: BTreeSet<&str> = catalog.lints.iter().map(|l| l.family()).collect();
    let names = catalog.lints.iter().filter_map(|l| Some((l.id.split_once('/')?.1, l.id.as_str())));
    let ids = catalog.lints.iter().map(|l| (l.id.as_str(), l.id.as_str()));
    // The family may be left out or wrong, so the name alone is compared, too.
    let known: Vec<(&str, &str)> = ids.chain(families.into_iter().map(|f| (f, f))).chain(names).collect();
    let name = glob.rsplit('/').next().unwrap_or(glob);
    let near = [glob, name].into_iter().find_map(|word| closest(word, known.iter().map(|k| k.0)));
    match near.and_then(|near| known.iter().find(|k| k.0 == near)) {
        Some((_, id)) => problem.help(format!("did you mean `{id}`?")),
        None => problem.help("`caveat lints` lists them all"),
    }
}

/// Whether an id is meant by a glob: the id itself, its family (or any folder above it), or a pattern in
/// which `*` stands for any characters.
pub fn matches(glob: &str, id: &str) -> bool {
    let glob = glob.trim_end_matches('/');
    if !glob.contains('*') {
        return id == glob || id.strip_prefix(glob).is_some_and(|rest| rest.starts_with('/'));
    }
    let mut parts = glob.split('*');
    let Some(mut rest) = id.strip_prefix(parts.next().unwrap_or("")) else { return false };
    let parts: Vec<&str> = parts.collect();
    for (i, part) in parts.iter().enumerate() {
        if i + 1 == parts.len() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = rest.get(at + part.len()..).unwrap_or(""),
            None => return false,
        }
    }
    rest.is_empty()
}

/// The code's name of a jurisdiction.
fn jurisdiction(j: Jurisdiction) -> &'static str {
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
        InputFormat::Docx => Format::Docx,
    })
}

/// The format of an article: what was asked for, else what its name or its text tells.
pub fn format_of(asked: Option<Format>, path: Option<&Path>, text: &str) -> Format {
    asked.unwrap_or_else(|| read::recognise(path, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_mean_ids_families_and_patterns() {
        for (glob, id, wanted) in [
            ("overclaim/cure", "overclaim/cure", true),
            ("overclaim", "overclaim/cure", true),
            ("overclaim/", "overclaim/cure", true),
            ("over", "overclaim/cure", false),
            ("overclaim/*", "overclaim/cure", true),
            ("*/cure", "overclaim/cure", true),
            ("*cure*", "overclaim/cure-word", true),
            ("words/cue/*", "words/cue/hedge", true),
            ("*", "anything", true),
            ("over*x", "overclaim/cure", false),
            ("cure", "overclaim/cure", false),
        ] {
            assert_eq!(matches(glob, id), wanted, "{glob} {id}");
        }
    }
}
