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
    // A broken lint must not stop the build of the tool that draws it underlined: `caveat test` fails instead.
    for problem in built.problems.iter().take(20) {
        let at = problem.file.position(problem.span.start);
        println!("cargo:warning={}:{}:{}: {}", problem.file.name, at.line, at.column, problem.message);
    }
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
