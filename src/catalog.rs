//! Everything in `lints/` as one checked whole: lints, word lists, knowledge, standards.
//!
//! `build` makes it from files, at build time for what ships with caveat and at run time for a
//! publisher's own; `embedded::catalog` reads back what the build froze.

use crate::knowledge::{self, Substance, SubstanceFile};
use crate::lint::compile::{self, LintFile};
use crate::lint::model::{Finders, Lint};
use crate::problem::Problem;
use crate::source::{Source, Span};
use crate::tags;
use crate::words::file::{self, WordFile};
use crate::words::inflect::Irregular;
use crate::words::lexicon::{Lexicon, LexiconBuilder, TagId};
use crate::words::stored::{self, Stored};
use crate::written;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A published standard that a lint rests on.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Standard {
    /// Its key in `standards.toml`.
    pub key: Stored,
    /// Its title.
    pub title: Stored,
    /// Who published it.
    pub body: Stored,
    /// When.
    pub year: Stored,
    /// The part that is meant.
    pub section: Stored,
    /// Where to read it; may be empty.
    pub url: Stored,
    /// verified, partly, weak, unverified.
    pub status: Stored,
}

/// Lints, words, knowledge and standards, checked against each other.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Catalog {
    /// All lists as one index.
    pub lexicon: Lexicon,
    /// All lints, by id.
    pub lints: Vec<Lint>,
    /// Which of them find what.
    pub finders: Finders,
    /// All substances, by name of file.
    pub substances: Vec<Substance>,
    /// All standards, as written.
    pub standards: Vec<Standard>,
}

/// A file of a lints folder: its path below the folder, with `/`, and its text.
#[derive(Clone, Debug)]
pub struct LintsFile {
    /// `overclaim/cure-word.toml`, `words/cue/hedge.toml` ...
    pub path: String,
    /// What a person calls the file.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// A catalog with what only tests and explanations need.
#[derive(Default)]
pub struct Built {
    /// The catalog.
    pub catalog: Catalog,
    /// Lints as written, with examples.
    pub lints: Vec<LintFile>,
    /// Word lists as written, with examples.
    pub words: Vec<WordFile>,
    /// Knowledge as written, with examples.
    pub substances: Vec<SubstanceFile>,
    /// Every mistake in every file.
    pub problems: Vec<Problem>,
}

/// The families of lints: the folders that hold them.
pub const FAMILIES: [&str; 9] = ["overclaim", "evidence", "disclosure", "caveat", "safety", "structure", "provenance", "language", "allow"];

/// Builds a catalog. A file whose path comes again replaces the earlier one, so that a publisher's folder
/// may change what ships; standards are added to those that are there.
pub fn build(files: Vec<LintsFile>) -> Built {
    build_with(files, Vec::new())
}

/// The same with terms that are added to lists.
pub fn build_with(files: Vec<LintsFile>, more: Vec<WordFile>) -> Built {
    let mut built = Built::default();
    let problems = &mut built.problems;
    let mut kept: BTreeMap<String, Arc<Source>> = Default::default();
    let mut added = more;
    for f in files {
        let source = Arc::new(Source::new(f.name, f.text));
        if f.path == "standards.toml" {
            for standard in standards(&source, problems) {
                built.catalog.standards.retain(|s| s.key != standard.key);
                built.catalog.standards.push(standard);
            }
        } else {
            kept.insert(f.path, source);
        }
    }
    let irregular = match kept.get("irregular.toml") {
        Some(file) => Irregular::read(&written::parse(file, problems), problems),
        None => Irregular::default(),
    };
    let mut lexicon = LexiconBuilder::new(irregular);
    for name in tags::NAMES.iter().chain(&tags::UNNUMBERED) {
        lexicon.tag(name);
    }
    lexicon.tell(tags::GRAMMAR.map(|(list, fact)| (list.id(), fact)));
    for (path, source) in &kept {
        let stem = path.strip_suffix(".toml").unwrap_or(path);
        let parts: Vec<&str> = stem.split('/').collect();
        match parts.as_slice() {
            ["words", group, name] => {
                let list = file::read(source, &format!("{group}.{name}"), problems);
                if list.extend.is_some() {
                    added.push(list);
                } else {
                    lexicon.add_list(&list, problems);
                    built.words.push(list);
                }
            }
            ["knowledge", name] => built.substances.push(knowledge::read(source, name, &mut lexicon, problems)),
            ["irregular"] => {}
            [family, _] if FAMILIES.contains(family) => built.lints.push(compile::read(source, stem, &mut lexicon, problems)),
            _ => problems.push(Problem::new(source, Span::default(), format!("`{path}` is no lint, word list or knowledge file")).help(
                "lints lie in <family>/<name>.toml, word lists in words/<group>/<name>.toml, knowledge in knowledge/<substance>.toml",
            )),
        }
    }
    for list in added {
        extend(list, &mut lexicon, &mut built.words, problems);
    }
    built.catalog.lexicon = lexicon.finish(problems);
    let lexicon = &built.catalog.lexicon;
    let names: Vec<&str> = lexicon.lists.iter().map(|l| l.name.as_str()).filter(|n| !n.starts_with('~')).collect();
    for lint in &mut built.lints {
        compile::resolve(lint, &|name| lexicon.tags(name), &names, problems);
        for key in &lint.lint.words.standards {
            if !built.catalog.standards.iter().any(|s| *key == *s.key) {
                let keys = built.catalog.standards.iter().map(|s| s.key.as_str());
                let span = lint.file.text.find(&format!("\"{key}\"")).map_or(Span::default(), |at| Span::new(at, at + key.len() + 2));
                problems.push(Problem::new(&lint.file, span, format!("unknown standard `{key}`")).did_you_mean(key, keys));
            }
        }
    }
    built.catalog.lints = built.lints.iter().map(|l| l.lint.clone()).collect();
    let is_own = |tag: TagId| lexicon.lists.get(tag as usize).is_some_and(|list| list.name.starts_with('~'));
    let is_grammar = |tag: TagId| lexicon.told.iter().any(|(told, _)| *told == tag);
    built.catalog.finders = Finders::of(&built.catalog.lints, lexicon.lists.len(), is_own, is_grammar);
    built.catalog.substances = built.substances.iter().map(|s| s.substance.clone()).collect();
    built
}

/// Adds the terms of a list to another one that has a file.
fn extend(mut list: WordFile, lexicon: &mut LexiconBuilder, words: &mut Vec<WordFile>, problems: &mut Vec<Problem>) {
    let Some(name) = list.extend.clone() else { return };
    match words.iter().find(|w| w.extend.is_none() && w.tag == list.tag) {
        Some(extended) => list.inflect = list.inflect.or(extended.inflect),
        // Terms from a config make their list where there is none.
        None if name.span.is_empty() => {}
        None => {
            let names: Vec<String> = words.iter().flat_map(|w| [w.tag.clone(), format!("words/{}", w.tag.replace('.', "/"))]).collect();
            let problem = Problem::new(&list.file, name.span, format!("no word list is called `{}`", name.value));
            problems.push(problem.did_you_mean(&name.value, names.iter().map(String::as_str)));
            return;
        }
    }
    lexicon.add_list(&list, problems);
    words.push(list);
}

fn standards(file: &Arc<Source>, problems: &mut Vec<Problem>) -> Vec<Standard> {
    let table = written::parse(file, problems);
    let mut all = Vec::new();
    for (key, t) in table.each_table(problems) {
        let text = |name, problems: &mut Vec<Problem>| t.text(name, problems).map(|t| t.value.into()).unwrap_or_default();
        let title = t.required("title", problems).map(|t| t.value.into()).unwrap_or_default();
        all.push(Standard {
            key: key.value.into(),
            title,
            body: text("body", problems),
            year: text("year", problems),
            section: text("section", problems),
            url: text("url", problems),
            status: text("status", problems),
        });
        for known in ["code", "checks"] {
            text(known, problems);
        }
        t.finish(problems);
    }
    all
}

impl Catalog {
    /// The catalog as bytes, for [`Catalog::thaw`].
    pub fn freeze(&self) -> Vec<u8> {
        stored::freeze(self).unwrap_or_default()
    }

    /// The catalog that was frozen; `None` where the bytes are not of this version.
    pub fn thaw(bytes: &'static [u8]) -> Option<Catalog> {
        stored::thaw(bytes)
    }

    /// The lint of that id.
    pub fn lint(&self, id: &str) -> Option<&Lint> {
        self.lints.iter().find(|l| l.id == id)
    }

    /// The standard of that key.
    pub fn standard(&self, key: &str) -> Option<&Standard> {
        self.standards.iter().find(|s| s.key == key)
    }
}
