//! The shape of the source tree: which module may use which, which module is the one door of each outside
//! crate, how long a file may be, and that each says what it is for. Read from the sources themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Each module and the modules it may use, lower ones first: a module may only name modules above its own row.
/// The three files of `lint` stand apart, since annotators use the model and the evaluation uses annotators.
const MAY_USE: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("document", &["source"]),
    ("copies", &["document"]),
    ("date", &[]),
    ("finding", &["source"]),
    ("baseline", &["finding"]),
    ("problem", &["source"]),
    ("written", &["problem", "source"]),
    ("words", &["problem", "source", "written"]),
    ("tags", &["words"]),
    ("sentence", &["document", "source", "words"]),
    ("read", &["document", "source"]),
    ("shape", &["document", "read", "source"]),
    ("tree", &["document", "source"]),
    ("knowledge", &["problem", "source", "words", "written"]),
    ("lint::model", &["finding", "words"]),
    ("lint::compile", &["finding", "lint::model", "problem", "source", "words", "written"]),
    ("glob", &[]),
    ("allow", &["document", "glob", "problem", "source", "written"]),
    ("config", &["allow", "finding", "glob", "lint::model", "problem", "source", "words", "written"]),
    ("catalog", &["knowledge", "lint::compile", "lint::model", "problem", "source", "tags", "words", "written"]),
    ("embedded", &["catalog"]),
    (
        "annotate",
        &[
            "catalog",
            "copies",
            "date",
            "document",
            "embedded",
            "knowledge",
            "lint::model",
            "read",
            "sentence",
            "shape",
            "source",
            "tags",
            "words",
        ],
    ),
    ("lint::eval", &["annotate", "document", "finding", "lint::model", "sentence", "source", "tags", "words"]),
    ("lint", &[]),
    ("audit", &["allow", "annotate", "catalog", "finding", "lint::model", "source", "words"]),
    (
        "check",
        &["allow", "annotate", "audit", "catalog", "copies", "document", "finding", "lint::eval", "lint::model", "read", "source", "words"],
    ),
    ("examples", &["catalog", "check", "copies", "date", "lint::compile", "problem", "read", "source", "written"]),
    ("describe", &["catalog", "lint::compile", "lint::model", "words", "written"]),
    ("report", &["audit", "catalog", "finding", "lint::model", "problem", "source", "words"]),
    ("files", &["allow", "catalog", "config", "document", "problem", "read", "source", "written"]),
    ("cli", &[]),
    (
        "commands",
        &[
            "describe",
            "written",
            "allow",
            "annotate",
            "audit",
            "baseline",
            "catalog",
            "check",
            "cli",
            "config",
            "copies",
            "date",
            "describe",
            "document",
            "embedded",
            "examples",
            "files",
            "finding",
            "glob",
            "lint::compile",
            "lint::eval",
            "lint::model",
            "problem",
            "read",
            "report",
            "source",
            "tags",
            "tree",
            "words",
            "written",
        ],
    ),
    ("main", &["cli", "commands"]),
];

/// Each outside crate and the only places that may name it: the beginnings of paths below `src/`.
const DOORS: &[(&str, &[&str])] = &[
    ("clap", &["cli", "main.rs"]),
    ("clap_complete", &["cli", "commands/completions.rs"]),
    ("clap_mangen", &["commands/man.rs"]),
    ("codespan_reporting", &["source.rs", "report/"]),
    ("html5gum", &["read/html"]),
    ("ignore", &["files"]),
    ("indicatif", &["commands/progress.rs"]),
    ("memchr", &["source.rs", "annotate/", "commands/records.rs", "read/", "words/"]),
    ("postcard", &["words/stored.rs"]),
    ("pulldown_cmark", &["read/markdown"]),
    ("quick_xml", &["read/docx"]),
    ("rayon", &["commands/"]),
    ("regex", &["annotate/shapes", "words/lexicon.rs"]),
    ("regex_automata", &["annotate/shapes", "embedded.rs"]),
    ("rustc_hash", &["annotate/", "catalog.rs", "check.rs", "copies.rs", "lint/", "read/", "words/"]),
    ("serde_json", &["baseline.rs", "commands/", "read/fields", "report/"]),
    ("serde_saphyr", &["read/fields"]),
    ("termcolor", &["commands/", "report/"]),
    ("toml", &["written.rs", "read/fields"]),
    ("unicode_width", &["report/"]),
    ("zip", &["read/docx"]),
];

/// The most lines of a file.
const LONGEST: usize = 500;

struct File {
    /// Path below `src/`, with `/`.
    path: String,
    text: String,
}

impl File {
    /// The module it belongs to, as `lint::eval` or `source`, by the rows of [`MAY_USE`].
    fn module(&self) -> String {
        row(&self.names().join("::"))
    }

    /// Its path as names: `read/html/tags.rs` is `read html tags`.
    fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.path.trim_end_matches(".rs").split('/').collect();
        if names.last() == Some(&"mod") {
            names.pop();
        }
        names
    }

    fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.contains("/tests/")
    }

    /// Its code: comments and the tests at its end left out.
    fn code(&self) -> String {
        let code = self.text.split("#[cfg(test)]\nmod tests {").next().unwrap_or("");
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        lines.map(|line| line.split(" // ").next().unwrap_or("")).collect::<Vec<_>>().join("\n")
    }
}

fn files() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut paths: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { paths.push(path) }
        }
    }
    paths.sort();
    let below = |p: &Path| p.strip_prefix(&root).unwrap().iter().map(|n| n.to_string_lossy()).collect::<Vec<_>>().join("/");
    let files: Vec<File> = paths.iter().map(|p| File { path: below(p), text: fs::read_to_string(p).unwrap() }).collect();
    assert!(files.len() > 50, "only {} files below src/", files.len());
    files
}

/// The row of a module path: the longest one that begins it.
fn row(path: &str) -> String {
    let begins = |name: &str| path == name || path.strip_prefix(name).is_some_and(|rest| rest.starts_with("::"));
    let found = MAY_USE.iter().map(|r| r.0).filter(|name| begins(name)).max_by_key(|name| name.len());
    found.unwrap_or(path.split("::").next().unwrap_or(path)).to_owned()
}

/// Every module path that code names after `start` (`crate::`), braces opened: `crate::{a::b, c}` is `a::b` and `c`.
fn named(code: &str, start: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices(start) {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
            continue;
        }
        open(&code[at + start.len()..], "", &mut found);
    }
    found
}

/// Opens one path or one group; returns what is left of the text.
fn open<'a>(text: &'a str, prefix: &str, found: &mut Vec<String>) -> &'a str {
    let text = text.trim_start();
    if let Some(mut rest) = text.strip_prefix('{') {
        loop {
            rest = open(rest, prefix, found).trim_start();
            match rest.strip_prefix(',') {
                Some(after) => rest = after,
                None => return rest.strip_prefix('}').unwrap_or(rest),
            }
        }
    }
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let path = if prefix.is_empty() { name.to_owned() } else { format!("{prefix}::{name}") };
    match rest.strip_prefix("::") {
        Some(after) if !name.is_empty() => open(after, &path, found),
        _ => {
            if !name.is_empty() && name != "self" {
                found.push(path);
            } else if name == "self" {
                found.push(prefix.to_owned());
            }
            let alias = rest.trim_start().strip_prefix("as ").map(str::trim_start);
            alias.map_or(rest, |a| &a[a.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(a.len())..])
        }
    }
}

/// Modules that a file names, itself left out.
fn uses(file: &File) -> BTreeSet<String> {
    let code = file.code();
    let mut paths = named(&code, "crate::");
    paths.extend(named(&code, "caveat::").into_iter().filter(|_| file.path == "main.rs"));
    let names = file.names();
    for up in 1..=names.len().saturating_sub(1) {
        let start = "super::".repeat(up);
        let above = names[..names.len() - up].join("::");
        paths.extend(named(&code, &start).into_iter().filter(|p| !p.starts_with("super")).map(|p| format!("{above}::{p}")));
    }
    let own = file.module();
    paths.iter().map(|p| row(p)).filter(|m| *m != own).collect()
}

#[test]
fn a_module_uses_only_what_lies_below_it() {
    let mut wrong = Vec::new();
    for file in files().iter().filter(|f| !f.is_test() && f.path != "lib.rs") {
        let module = file.module();
        let Some((_, allowed)) = MAY_USE.iter().find(|r| r.0 == module) else {
            wrong.push(format!("{}: the module `{module}` has no row in MAY_USE", file.path));
            continue;
        };
        // A folder's own mod.rs may name its parts.
        let is_part = |used: &str| used.strip_prefix(&module).is_some_and(|rest| rest.starts_with("::"));
        for used in uses(file).iter().filter(|u| !allowed.contains(&u.as_str()) && !is_part(u)) {
            wrong.push(format!("{}: `{module}` may not use `{used}`", file.path));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_rows_know_no_cycle_and_no_module_that_is_gone() {
    let files = files();
    let there: BTreeSet<String> = files.iter().map(File::module).collect();
    for (i, (module, allowed)) in MAY_USE.iter().enumerate() {
        assert!(there.contains(*module), "MAY_USE names `{module}`, which is gone");
        for used in *allowed {
            let lower = MAY_USE.iter().position(|r| r.0 == *used);
            assert!(lower.is_some_and(|at| at < i), "`{module}` may use `{used}`, which does not stand above its row");
        }
    }
}

#[test]
fn an_outside_crate_has_one_door() {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    let dependencies = manifest.split("\n[dependencies]\n").nth(1).unwrap().split("\n[").next().unwrap();
    let known: BTreeMap<&str, &[&str]> = DOORS.iter().copied().collect();
    let everywhere = ["serde"];
    for line in dependencies.lines().filter(|l| l.contains('=')) {
        let name = line.split(['=', ' ']).next().unwrap().replace('-', "_");
        assert!(known.contains_key(name.as_str()) || everywhere.contains(&name.as_str()), "the crate `{name}` has no door in DOORS");
        assert!(line.contains(" # "), "Cargo.toml: `{name}` without its reason");
    }
    let mut wrong = Vec::new();
    for file in files().iter().filter(|f| !f.is_test()) {
        let code = file.code();
        for (krate, doors) in DOORS {
            let is_named = !named(&code, &format!("{krate}::")).is_empty() || code.contains(&format!("use {krate};"));
            if is_named && !doors.iter().any(|door| file.path.starts_with(door)) {
                wrong.push(format!("{}: names `{krate}`, whose doors are {}", file.path, doors.join(", ")));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn only_one_module_touches_the_file_system() {
    let touching: Vec<String> = files()
        .iter()
        .filter(|f| {
            !f.is_test() && f.module() != "files" && ["std::fs", "File::open", "fs::read", "fs::write"].iter().any(|w| f.code().contains(w))
        })
        .map(|f| f.path.clone())
        .collect();
    assert_eq!(touching, [""; 0], "the file system is for files.rs and what lies below it");
}

#[test]
fn what_audits_knows_no_clock_no_environment_and_no_output() {
    let pure = |m: &str| !["commands", "files", "main", "cli", "report", "embedded"].contains(&m);
    for file in files().iter().filter(|f| !f.is_test() && pure(&f.module())) {
        let code = file.code();
        for word in ["SystemTime", "Instant", "std::env", "println!", "eprintln!", "std::process", "unsafe "] {
            assert!(!code.contains(word), "{}: {word}", file.path);
        }
    }
}

#[test]
fn a_file_opens_with_what_it_is_for_and_stays_short() {
    for file in files() {
        assert!(file.text.starts_with("//! "), "{} does not open with `//!`", file.path);
        let lines = file.text.lines().count();
        assert!(lines <= LONGEST, "{} has {lines} lines, {LONGEST} are the most", file.path);
    }
}

#[test]
fn paths_are_read_out_of_use_lines() {
    let code = "use crate::{a::b, c::{self, d as e}, f};\nlet x = crate::g::h(super::i::J); mycrate::no();";
    assert_eq!(named(code, "crate::"), ["a::b", "c", "c::d", "f", "g::h"]);
    assert_eq!(named(code, "super::"), ["i::J"]);
}
