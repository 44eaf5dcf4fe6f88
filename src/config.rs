//! `caveat.toml` as written: read with all its mistakes at once, each with its place.
//!
//! [`chain`] lays several over each other and tells what applies to an article.

pub mod chain;

use crate::allow::written::{Entry, entries};
use crate::finding::Level;
use crate::glob;
use crate::problem::{Problem, closest};
use crate::source::Source;
use crate::words::file::{WordFile, more, named};
use crate::written::{self, Table, Text};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

/// What the file is called.
pub const NAME: &str = "caveat.toml";

/// The kinds of page.
pub const KINDS: [(&str, &str); 5] =
    [("article", "article"), ("news", "news"), ("product", "product"), ("condition", "condition"), ("landing", "landing")];
/// The jurisdictions.
pub const JURISDICTIONS: [(&str, &str); 4] = [("us", "us"), ("eu", "eu"), ("uk", "uk"), ("au", "au")];
/// Who reads the articles.
pub const AUDIENCES: [(&str, Audience); 2] = [("public", Audience::Public), ("clinician", Audience::Clinician)];
const LEVELS: [(&str, Level); 4] = [("off", Level::Off), ("info", Level::Info), ("warning", Level::Warning), ("error", Level::Error)];

/// Who reads the articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Audience {
    /// Anybody.
    #[default]
    Public,
    /// People who treat patients: they know the words and the cautions, so lints of [`Audience::LOWERED`] count
    /// one level less.
    Clinician,
}

impl Audience {
    /// The families that count less for those who treat patients.
    pub const LOWERED: [&str; 2] = ["language", "caveat"];

    /// The level of a lint for these readers.
    pub fn level(self, family: &str, level: Level) -> Level {
        match (self, level) {
            (Audience::Clinician, Level::Error) if Audience::LOWERED.contains(&family) => Level::Warning,
            (Audience::Clinician, Level::Warning) if Audience::LOWERED.contains(&family) => Level::Info,
            (Audience::Clinician, _) if Audience::LOWERED.contains(&family) => Level::Off,
            _ => level,
        }
    }
}

/// A value and the text that it was read from.
#[derive(Clone, Debug)]
pub struct Said<T> {
    /// The value.
    pub value: T,
    /// As written.
    pub text: Text,
}

/// What a file, or a `[[path]]` of it, sets; what it leaves out is `None` or empty.
#[derive(Clone, Debug, Default)]
pub struct Layer {
    /// `[levels]`: ids, families or globs, in the order of the file.
    pub levels: Vec<Said<Level>>,
    /// Only these lints.
    pub select: Option<Vec<Text>>,
    /// Not these lints.
    pub ignore: Vec<Text>,
    /// Where the articles are published.
    pub jurisdiction: Option<Vec<Text>>,
    /// Whether preview lints run.
    pub preview: Option<Said<bool>>,
    /// The kind of page.
    pub kind: Option<Text>,
    /// Who reads them.
    pub audience: Option<Said<Audience>>,
}

/// A `[[path]]`: what is different for some articles.
#[derive(Clone, Debug)]
pub struct PathRule {
    /// The articles, as path globs that count from the folder of the file.
    pub globs: Vec<Text>,
    /// What is set for them.
    pub layer: Layer,
}

/// A config file.
#[derive(Clone, Debug)]
pub struct Config {
    /// The file.
    pub file: Arc<Source>,
    /// The folder it stands in, from which its globs and paths count.
    pub folder: PathBuf,
    /// Other configs or folders of lints, as written.
    pub extends: Vec<Text>,
    /// Folders of lints and word lists, as written.
    pub lints: Vec<Text>,
    /// What holds for all articles.
    pub layer: Layer,
    /// What is different for some.
    pub paths: Vec<PathRule>,
    /// Articles that are left out, as path globs.
    pub exclude: Vec<Text>,
    /// Terms that no lint may flag.
    pub accept: Vec<Text>,
    /// Names of products and brands.
    pub products: Vec<Text>,
    /// Excuses.
    pub allows: Vec<Entry>,
}

/// Reads a config file; mistakes go to `problems`.
pub fn read(file: &Arc<Source>, folder: PathBuf, problems: &mut Vec<Problem>) -> Config {
    let table = written::parse(file, problems);
    let layer = layer(&table, problems);
    let mut paths = Vec::new();
    for t in table.tables("path", problems) {
        let globs = t.texts("glob", problems);
        if globs.is_empty() {
            problems.push(Problem::new(file, t.place(), "`glob` is missing").help("say which articles: glob = \"news/**\""));
        }
        check_globs(file, &globs, problems);
        paths.push(PathRule { globs, layer: self::layer(&t, problems) });
        t.finish(problems);
    }
    let exclude = table.texts("exclude", problems);
    check_globs(file, &exclude, problems);
    let allows = entries(&table, false, problems);
    let allowed: Vec<Text> = allows.iter().filter_map(|e| e.path.clone()).collect();
    check_globs(file, &allowed, problems);
    let mut products = table.texts("products", problems);
    products.extend(table.texts("brands", problems));
    let config = Config {
        file: file.clone(),
        folder,
        extends: table.texts("extends", problems),
        lints: table.texts("lints", problems),
        layer,
        paths,
        exclude,
        accept: table.texts("accept", problems),
        products,
        allows,
    };
    table.finish(problems);
    config
}

fn layer(t: &Table, problems: &mut Vec<Problem>) -> Layer {
    let file = &t.file;
    let mut levels = Vec::new();
    for table in t.tables("levels", problems) {
        for (name, texts) in table.each_texts(problems) {
            let value = match texts.as_slice() {
                [text] => named(file, text, "level", &LEVELS, problems),
                _ => {
                    problems.push(Problem::new(file, name.span, format!("`{}` must be one level", name.value)));
                    None
                }
            };
            levels.extend(value.map(|value| Said { value, text: name }));
        }
    }
    let jurisdiction = t.span_of("jurisdiction").map(|_| {
        let texts = t.texts("jurisdiction", problems);
        texts.into_iter().filter(|text| named(file, text, "jurisdiction", &JURISDICTIONS, problems).is_some()).collect()
    });
    let preview = t
        .span_of("preview")
        .map(|span| Said { value: t.truth("preview", problems), text: Text { value: file.slice(span).to_owned(), span } });
    let kind = t.text("kind", problems).filter(|text| named(file, text, "kind", &KINDS, problems).is_some());
    let audience = t.text("audience", problems);
    let audience = audience.and_then(|text| Some(Said { value: named(file, &text, "audience", &AUDIENCES, problems)?, text }));
    let select = t.span_of("select").map(|_| t.texts("select", problems));
    Layer { levels, select, ignore: t.texts("ignore", problems), jurisdiction, preview, kind, audience }
}

fn check_globs(file: &Arc<Source>, globs: &[Text], problems: &mut Vec<Problem>) {
    for text in globs {
        if let Some(mistake) = glob::mistake(&text.value) {
            problems.push(Problem::new(file, text.span, mistake));
        }
    }
}

impl Config {
    /// Every layer of the file.
    pub fn layers(&self) -> impl Iterator<Item = &Layer> {
        std::iter::once(&self.layer).chain(self.paths.iter().map(|p| &p.layer))
    }

    /// Adds a problem for every lint that is named and not there.
    pub fn check_lints(&self, ids: &[&str], problems: &mut Vec<Problem>) {
        for layer in self.layers() {
            let select = layer.select.iter().flatten();
            for text in layer.levels.iter().map(|l| &l.text).chain(select).chain(&layer.ignore) {
                if !ids.iter().any(|id| glob::matches(&text.value, id)) {
                    problems.push(with_nearest(
                        Problem::new(&self.file, text.span, format!("no lint is called `{}`", text.value)),
                        &text.value,
                        ids,
                    ));
                }
            }
        }
    }

    /// Adds a problem for every glob that means none of these paths, which count from the folder of the file.
    pub fn check_paths(&self, paths: &[String], problems: &mut Vec<Problem>) {
        let rules = self.paths.iter().flat_map(|p| &p.globs);
        let allowed = self.allows.iter().filter_map(|e| e.path.as_ref());
        for text in rules.chain(&self.exclude).chain(allowed) {
            if glob::mistake(&text.value).is_none() && !paths.iter().any(|p| glob::matches_path(&text.value, p)) {
                problems.push(
                    Problem::new(&self.file, text.span, format!("`{}` means no article", text.value))
                        .help("globs count from the folder of this file; `**` stands for any folders"),
                );
            }
        }
    }

    /// What the file adds to word lists.
    pub fn words(&self, accepted: &str) -> Vec<WordFile> {
        let mut lists = Vec::new();
        for (tag, terms) in [("subject.product", &self.products), (accepted, &self.accept)] {
            if !terms.is_empty() {
                lists.push(more(&self.file, tag, terms.clone()));
            }
        }
        lists
    }
}

/// The problem with a "did you mean": ids, families and bare names are compared.
pub fn with_nearest(problem: Problem, glob: &str, ids: &[&str]) -> Problem {
    let families: BTreeSet<&str> = ids.iter().filter_map(|id| id.split('/').next()).collect();
    // The family may be left out or wrong, so the name alone is compared, too.
    let names = ids.iter().filter_map(|id| Some((id.split_once('/')?.1, *id)));
    let known: Vec<(&str, &str)> = ids.iter().map(|id| (*id, *id)).chain(families.into_iter().map(|f| (f, f))).chain(names).collect();
    let name = glob.rsplit('/').next().unwrap_or(glob);
    let near = [glob, name].into_iter().find_map(|word| closest(word, known.iter().map(|k| k.0)));
    match near.and_then(|near| known.iter().find(|k| k.0 == near)) {
        Some((_, id)) => problem.help(format!("did you mean `{id}`?")),
        None => problem.help("`caveat lints` lists them all"),
    }
}

#[cfg(test)]
mod tests;
