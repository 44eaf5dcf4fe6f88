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

use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::util::{primitives::StateID, syntax};
use regex_automata::{Anchored, Input, MatchKind, nfa::thompson};
use std::collections::BTreeMap;
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
    freeze_all(built.catalog.lexicon.shapes.iter().map(|s| s.regex.as_str()).collect(), &out);
    // A broken lint must not stop the build of the tool that draws it underlined: `caveat test` fails instead.
    for problem in built.problems.iter().take(20) {
        let at = problem.file.position(problem.span.start);
        println!("cargo:warning={}:{}:{}: {}", problem.file.name, at.line, at.column, problem.message);
    }
    place();
}

/// Has the program lie at a fixed place in memory where the linker can do that: else each start would set 20,000 pointers in
/// tables of entities and characters right, which takes as long as a third of the start. There is no unsafe code that a moving
/// place would guard.
fn place() {
    let target = |name| std::env::var(format!("CARGO_CFG_TARGET_{name}")).unwrap_or_default();
    if target("OS") == "linux" && target("ENV") == "gnu" && !target("FEATURE").split(',').any(|f| f == "crt-static") {
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
}

/// The largest automaton that is frozen, in bytes; what needs a larger one is compiled when it is needed.
const LARGEST: usize = 512 << 10;

/// Freezes regular expressions as automata, so that none is compiled when caveat runs.
fn freeze_all(mut regexes: Vec<&str>, out: &Path) {
    regexes.sort_unstable();
    regexes.dedup();
    let (mut bytes, mut list) = (Vec::new(), String::from("&[\n"));
    for regex in regexes {
        let Some(automata) = both_ways(regex) else { continue };
        let places = automata.map(|automaton| {
            let start = bytes.len();
            bytes.extend(automaton);
            start..bytes.len()
        });
        writeln!(list, "    ({regex:?}, {places:?}),").expect("a string takes all");
    }
    list.push(']');
    std::fs::write(out.join("automata.rs"), list).expect("the build folder takes files");
    std::fs::write(out.join("automata.bin"), bytes).expect("the build folder takes files");
}

/// The automaton to where a match ends, and the one backwards to where it starts, which is empty where that can
/// only be the start of the text.
fn both_ways(regex: &str) -> Option<[Vec<u8>; 2]> {
    let config = dense::Config::new().minimize(true).dfa_size_limit(Some(4 * LARGEST)).determinize_size_limit(Some(4 * LARGEST));
    let build = |config: dense::Config, thompson: thompson::Config| {
        let syntax = syntax::Config::new().unicode(false).utf8(false);
        dense::Builder::new().configure(config).syntax(syntax).thompson(thompson.utf8(false)).build(regex).ok()
    };
    let forward = build(config.clone(), thompson::Config::new())?;
    let reverse = if forward.is_always_start_anchored() {
        Vec::new()
    } else {
        let config = config.match_kind(MatchKind::All).start_kind(StartKind::Anchored);
        let reverse = build(config, thompson::Config::new().reverse(true))?;
        freeze(&reverse, |before| reverse.start_state_reverse(&Input::new(before).range(0..0).anchored(Anchored::Yes)).ok())?
    };
    let automata = [freeze(&forward, |before| forward.start_state_forward(&Input::new(before).range(before.len()..)).ok())?, reverse];
    automata.iter().all(|a| a.len() <= LARGEST).then_some(automata)
}

/// An automaton as `annotate::shapes::automaton` reads it: the class of each byte, how many classes there are with the
/// end of the text, the first state that is a match, the states that a search starts in, and for each state where each
/// class leads. `start` gives the state to start in next to a byte, or next to none.
fn freeze(automaton: &dense::DFA<Vec<u32>>, start: impl Fn(&[u8]) -> Option<StateID>) -> Option<Vec<u8>> {
    let starts = [&b""[..], b"\n", b"\r", b"a", b" "].map(start);
    let mut states: Vec<StateID> = starts.iter().copied().collect::<Option<_>>()?;
    let mut rows: BTreeMap<StateID, Vec<StateID>> = BTreeMap::new();
    while let Some(state) = states.pop() {
        rows.entry(state).or_insert_with(|| {
            let bytes = (0..=u8::MAX).map(|byte| automaton.next_state(state, byte));
            let row: Vec<StateID> = bytes.chain([automaton.next_eoi_state(state)]).collect();
            states.extend(&row);
            row
        });
    }
    // The dead one first, those that are matches last.
    let mut order: Vec<StateID> = rows.keys().copied().collect();
    order.sort_by_key(|&s| (!automaton.is_dead_state(s), automaton.is_match_state(s)));
    let is_whole = !order.iter().any(|&s| automaton.is_quit_state(s)) && order.first().is_some_and(|&s| automaton.is_dead_state(s));
    if !is_whole || order.len() > usize::from(u16::MAX) {
        return None;
    }
    let numbers: BTreeMap<StateID, u16> = order.iter().zip(0..).map(|(&state, number)| (state, number)).collect();
    // Bytes that lead to the same states from everywhere are one class.
    let mut columns: Vec<Vec<StateID>> = Vec::new();
    let classes: Vec<u8> = (0..256)
        .map(|byte| {
            let column: Vec<StateID> = order.iter().map(|s| rows[s][byte]).collect();
            columns.iter().position(|c| *c == column).unwrap_or_else(|| {
                columns.push(column);
                columns.len() - 1
            }) as u8
        })
        .collect();
    columns.push(order.iter().map(|s| rows[s][256]).collect());
    let first_match = order.iter().position(|&s| automaton.is_match_state(s)).unwrap_or(order.len());
    let head = [u16::try_from(columns.len()).ok()?, u16::try_from(first_match).ok()?];
    let starts = starts.iter().flatten().map(|s| numbers[s]);
    let moves = (0..order.len()).flat_map(|row| columns.iter().map(move |c| c[row])).map(|s| numbers[&s]);
    let numbers: Vec<u8> = head.into_iter().chain(starts).chain(moves).flat_map(u16::to_le_bytes).collect();
    Some([classes, numbers].concat())
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
