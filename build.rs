//! Checks what lies in `lints/` and freezes it, so that caveat parses no TOML and builds no index when it
//! starts. The modules that do it are those that read a publisher's own lints at run time.

#![allow(dead_code, unused_imports)]

#[path = "src/catalog.rs"]
mod catalog;
#[path = "src/finding.rs"]
mod finding;
#[path = "src/knowledge.rs"]
mod knowledge;
mod lint {
    pub(crate) use crate::lint_compile as compile;
    pub(crate) use crate::lint_model as model;
}
#[path = "src/lint/compile.rs"]
mod lint_compile;
#[path = "src/lint/model.rs"]
mod lint_model;
#[path = "src/problem.rs"]
mod problem;
#[path = "src/source.rs"]
mod source;
#[path = "src/tags/mod.rs"]
mod tags;
#[path = "src/words/mod.rs"]
mod words;
#[path = "src/written.rs"]
mod written;

use std::fmt::Write;
use std::path::{Path, PathBuf};

fn main() {
    println!("cargo:rerun-if-changed=lints");
    println!("cargo:rerun-if-changed=src");
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("set by cargo")).join("lints");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("set by cargo"));
    let mut files = Vec::new();
    collect(&root, &root, &mut files);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let mut list = String::from("&[\n");
    for file in &files {
        writeln!(list, "    ({:?}, include_str!({:?})),", file.path, root.join(&file.path)).expect("a string takes all");
    }
    list.push(']');
    std::fs::write(out.join("lints.rs"), list).expect("the build folder takes files");
    let built = catalog::build(files);
    std::fs::write(out.join("catalog.bin"), built.catalog.freeze()).expect("the build folder takes files");
    automata(built.catalog.lexicon.shapes.iter().map(|s| s.regex.as_str()).collect(), &out);
    // A broken lint must not stop the build of the tool that draws it underlined: `caveat test` fails instead.
    for problem in built.problems.iter().take(20) {
        let at = problem.file.position(problem.span.start);
        println!("cargo:warning={}:{}:{}: {}", problem.file.name, at.line, at.column, problem.message);
    }
}

/// The largest automaton that is frozen; what needs a larger one is compiled when it is needed.
const LARGEST: usize = 128 << 10;
/// The largest one that is frozen as a table of all its transitions, which is searched the fastest.
const LARGEST_TABLE: usize = 48 << 10;

/// Freezes regular expressions as automata, so that none is compiled when caveat runs.
fn automata(mut regexes: Vec<&str>, out: &Path) {
    regexes.sort_unstable();
    regexes.dedup();
    let (mut bytes, mut list) = (Vec::new(), String::from("&[\n"));
    for regex in regexes {
        let Some((is_table, automata)) = frozen(regex) else { continue };
        let [forward, reverse] = automata.map(|automaton| {
            // Tables are read as numbers of four bytes.
            bytes.resize(bytes.len().next_multiple_of(4), 0);
            let start = bytes.len();
            bytes.extend(automaton);
            start..bytes.len()
        });
        writeln!(list, "    ({regex:?}, {is_table}, [{forward:?}, {reverse:?}]),").expect("a string takes all");
    }
    list.push(']');
    std::fs::write(out.join("automata.rs"), list).expect("the build folder takes files");
    std::fs::write(out.join("automata.bin"), bytes).expect("the build folder takes files");
}

/// The automaton to where a match ends, and the one backwards to where it starts, which is empty where that can
/// only be the start of the text; and whether they are tables.
fn frozen(regex: &str) -> Option<(bool, [Vec<u8>; 2])> {
    use regex_automata::dfa::{Automaton, StartKind, dense};
    use regex_automata::{MatchKind, nfa::thompson, util::syntax};
    let size = Some(16 * LARGEST);
    let config = dense::Config::new().minimize(true).dfa_size_limit(size).determinize_size_limit(size);
    let build = |config: dense::Config, thompson: thompson::Config| {
        let syntax = syntax::Config::new().unicode(false).utf8(false);
        dense::Builder::new().configure(config).syntax(syntax).thompson(thompson.utf8(false)).build(regex).ok()
    };
    let sparse = |automaton: &dense::DFA<Vec<u32>>| Some(automaton.to_sparse().ok()?.to_bytes_little_endian());
    let table = |automaton: &dense::DFA<Vec<u32>>| {
        let (mut bytes, padding) = automaton.to_bytes_little_endian();
        bytes.drain(..padding);
        bytes
    };
    // Read on a machine of the other kind, they are refused and compiled anew.
    let forward = build(config.clone(), thompson::Config::new())?;
    let (is_table, automata) = if forward.is_always_start_anchored() {
        (false, [sparse(&forward)?, Vec::new()])
    } else {
        let config = config.match_kind(MatchKind::All).start_kind(StartKind::Anchored);
        let both = [forward, build(config, thompson::Config::new().reverse(true))?];
        let tables = both.each_ref().map(table);
        let is_table = tables.iter().all(|t| t.len() <= LARGEST_TABLE);
        (is_table, if is_table { tables } else { [sparse(&both[0])?, sparse(&both[1])?] })
    };
    automata.iter().all(|a| a.len() <= LARGEST).then_some((is_table, automata))
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<catalog::LintsFile>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if path.extension().is_some_and(|e| e == "toml")
            && let (Ok(inside), Ok(text)) = (path.strip_prefix(root), std::fs::read_to_string(&path))
        {
            let inside: Vec<String> = inside.iter().map(|p| p.to_string_lossy().into_owned()).collect();
            let path = inside.join("/");
            files.push(catalog::LintsFile { name: format!("lints/{path}"), path, text });
        }
    }
}
