//! `caveat config`: what applies to an article, and which line of which file says so.

use super::configured::Configured;
use super::terminal::Terminal;
use super::{CLEAN, TROUBLE, setup};
use crate::catalog::Catalog;
use crate::cli::Config;
use crate::config::Audience;
use crate::config::chain::{Chain, Place, Settings, below};
use crate::files::list::Exclude;
use crate::files::{self, configs};
use crate::problem::Problem;
use crate::report::clean;
use std::io;
use std::path::{Path, PathBuf};

/// A row: what, its value, where that is said.
type Row = (String, String, String);

/// Runs the command.
///
/// # Errors
/// What the output says.
pub fn run(args: &Config, terminal: &mut Terminal) -> io::Result<u8> {
    let mut problems = Vec::new();
    let choice = Default::default();
    let mut configured = Configured::new(&args.rules, Some(&choice), &mut problems);
    // A folder is asked about as if an article lay in it.
    let path = if args.path.is_dir() { args.path.join("article.md") } else { args.path.clone() };
    let applied = configured.single(Some(&path), &mut problems);
    let real = configs::folder_of(&path).join(path.file_name().unwrap_or_default());
    check_globs(&applied.chain, &mut problems);
    setup::in_order(&mut problems);
    terminal.problems(&problems)?;

    let mut rows = vec![("article".to_owned(), path.display().to_string(), String::new())];
    let name = |path: &Path| configs::shown(path).display().to_string();
    match applied.chain.configs.split_last() {
        None => rows.push(("config".to_owned(), "none".to_owned(), String::new())),
        Some((found, extended)) => {
            rows.push(("config".to_owned(), found.file.name.clone(), String::new()));
            rows.extend(extended.iter().map(|c| ("extends".to_owned(), c.file.name.clone(), String::new())));
        }
    }
    rows.extend(applied.chain.lints.iter().map(|(folder, place)| ("lints".to_owned(), name(folder), place.name())));
    if let Some(place) = applied.chain.excluded(&real) {
        rows.push(("excluded".to_owned(), place.file.slice(place.span).to_owned(), place.name()));
    }
    let settings = applied.chain.settings(&real);
    rows.extend(values(&settings));
    for config in &applied.chain.configs {
        for (what, terms) in [("accept", &config.accept), ("product", &config.products)] {
            let place = |span| Place { file: config.file.clone(), span }.name();
            rows.extend(terms.iter().map(|t| (what.to_owned(), t.value.clone(), place(t.span))));
        }
    }
    for (_, allow) in applied.chain.allows(&real) {
        rows.push(("allow".to_owned(), format!("{}: {}", allow.lint, allow.reason), allow.origin.clone()));
    }
    table(terminal, "", &rows)?;
    let levels = levels(&settings, &applied.checker.catalog, &|i| applied.profile.active.binary_search_by_key(&i, |a| a.0).is_ok());
    if !levels.is_empty() {
        writeln!(terminal.out, "levels")?;
        table(terminal, "  ", &levels)?;
    }
    Ok(if problems.is_empty() { CLEAN } else { TROUBLE })
}

/// Tells globs that mean no article of their folder.
fn check_globs(chain: &Chain, problems: &mut Vec<Problem>) {
    for config in &chain.configs {
        let shown = configs::shown(&config.folder);
        let folder = if shown.as_os_str().is_empty() { PathBuf::from(".") } else { shown };
        let found = files::find(&[folder], &Exclude::none(), &mut Vec::new());
        let real = found.iter().map(|f| configs::folder_of(&f.path).join(f.path.file_name().unwrap_or_default()));
        let paths: Vec<String> = real.filter_map(|path| below(&path, &config.folder)).collect();
        config.check_paths(&paths, problems);
    }
}

fn values(settings: &Settings) -> Vec<Row> {
    let row = |what: &str, set: Option<(String, Place)>, default: &str| match set {
        Some((value, place)) => (what.to_owned(), value, place.name()),
        None => (what.to_owned(), default.to_owned(), "by default".to_owned()),
    };
    let joined = |texts: &[crate::written::Text]| texts.iter().map(|t| t.value.as_str()).collect::<Vec<_>>().join(", ");
    vec![
        row("kind", settings.kind().map(|(kind, place, _)| (kind.to_owned(), place)), "as the article says or looks"),
        row("audience", settings.audience().map(|(_, place, text)| (text.value.clone(), place)), "public"),
        row("jurisdiction", settings.jurisdiction().map(|(texts, place, _)| (joined(texts), place)), "none"),
        row("preview", settings.preview().map(|(yes, place, _)| (yes.to_string(), place)), "false"),
    ]
}

/// The lints whose level is not their own.
fn levels(settings: &Settings, catalog: &Catalog, runs: &dyn Fn(usize) -> bool) -> Vec<Row> {
    let mut rows = Vec::new();
    for (i, lint) in catalog.lints.iter().enumerate() {
        let was = |level: &str| format!("{level} (was {})", lint.level.name());
        let left_out = settings.ignored(&lint.id).or_else(|| settings.unselected(&lint.id));
        let (level, place) = if let Some(place) = left_out {
            (was("off"), place.name())
        } else if let Some((level, place, _)) = settings.level(&lint.id) {
            (if level == lint.level { level.name().to_owned() } else { was(level.name()) }, place.name())
        } else if let Some((audience, place, _)) = settings.audience().filter(|a| a.0 != Audience::Public) {
            let level = audience.level(lint.family(), lint.level);
            if level == lint.level {
                continue;
            }
            (was(level.name()), place.name())
        } else {
            continue;
        };
        let idle = if runs(i) || level.starts_with("off") { "" } else { ", does not run here" };
        rows.push((lint.id.clone(), level + idle, place));
    }
    rows
}

fn table(terminal: &mut Terminal, indent: &str, rows: &[Row]) -> io::Result<()> {
    let width = |get: &dyn Fn(&Row) -> usize, most: usize| rows.iter().map(get).filter(|w| *w <= most).max().unwrap_or(0);
    let (first, second) = (width(&|r| r.0.chars().count(), 60), width(&|r| r.1.chars().count(), 40));
    for (what, value, place) in rows {
        let line = format!("{indent}{what:<first$}  {:<second$}  {place}", clean::line(value));
        writeln!(terminal.out, "{}", clean::line(line.trim_end()))?;
    }
    Ok(())
}
