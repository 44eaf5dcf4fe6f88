//! A repository of 2,000 articles takes caveat on in an afternoon: what is known to be wrong is found, old
//! findings are set aside, and one new defect is one new finding in every format of report.

mod readers;
mod repository;

use readers::elements;
use repository::Article;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const SEED: u64 = 2026;
const COUNT: usize = 2000;
const FORMATS: [&str; 10] = ["human", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "markdown"];

/// The config that a publisher starts with.
const CONFIG: &str = r#"exclude = ["content/old blog/2014/**"]

[levels]
"language/*" = "off"

[[path]]
glob = "content/news/**"
kind = "news"
"#;

/// The defect that somebody adds.
const NEW: &str = "Garlic water cures shingles overnight.";

/// A repository of the test's own: its folder and its articles.
fn repository(name: &str) -> (PathBuf, Vec<Article>) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("adoption").join(name);
    let _ = fs::remove_dir_all(&folder);
    let articles = repository::write(&folder, SEED, COUNT);
    fs::write(folder.join("caveat.toml"), CONFIG).unwrap();
    (folder, articles)
}

struct Said {
    code: i32,
    out: String,
    err: String,
}

fn check(folder: &Path, args: &[&str]) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_caveat"));
    command.current_dir(folder).arg("check").args(args).args(["--as-of", "2026-01-15", "--color", "never"]);
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Said { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

fn git(folder: &Path, args: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(folder).args(["-c", "user.name=desk", "-c", "user.email=desk@example.org", "-c", "core.autocrlf=false"]);
    let output = command.args(args).output().unwrap();
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// The lints that spoke of each article, findings of the same words folded in.
fn spoken(json: &str) -> BTreeMap<String, BTreeSet<String>> {
    let json: Value = serde_json::from_str(json).unwrap();
    let name = |v: &Value| v.as_str().unwrap().to_owned();
    let lints =
        |f: &Value| -> Vec<String> { [name(&f["lint"])].into_iter().chain(f["also"].as_array().into_iter().flatten().map(name)).collect() };
    let files = json["files"].as_array().unwrap().iter();
    files.map(|f| (name(&f["path"]), f["findings"].as_array().unwrap().iter().flat_map(lints).collect())).collect()
}

#[test]
fn every_planted_defect_is_found_and_threads_change_nothing() {
    let (folder, articles) = repository("planted");
    let one = check(&folder, &["content", "--no-config", "--no-baseline", "--level", "info", "--format", "json", "-j1"]);
    let two = check(&folder, &["content", "--no-config", "--no-baseline", "--level", "info", "--format", "json", "-j2"]);
    assert_eq!((one.code, one.err.as_str()), (1, ""));
    assert!(one.out == two.out, "one thread and two say different things");
    let spoken = spoken(&one.out);
    assert_eq!(spoken.len(), COUNT);
    let missed: Vec<String> = articles
        .iter()
        .flat_map(|a| a.planted.iter().map(move |lint| (a, *lint)))
        .filter(|(a, lint)| !spoken[&a.path].contains(*lint))
        .map(|(a, lint)| format!("{}: {lint}", a.path))
        .collect();
    assert!(missed.is_empty(), "{} are missed:\n{}", missed.len(), missed.join("\n"));
    let planted: BTreeSet<&str> = articles.iter().flat_map(|a| a.planted.iter().copied()).collect();
    assert!(planted.len() >= 8 && articles.iter().filter(|a| a.planted.is_empty()).count() > COUNT / 10, "{planted:?}");
}

/// How many findings each report of a folder tells.
fn told(folder: &Path) -> Vec<(&'static str, usize)> {
    let read = |format: &str| fs::read_to_string(folder.join(format!("out.{format}"))).unwrap();
    let json = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    let findings = |file: &Value| file["findings"].as_array().map_or(0, Vec::len);
    let lines = |text: &str, is_meant: &dyn Fn(&str) -> bool| text.lines().filter(|line| is_meant(line)).count();
    let count = |format: &str, text: &str| match format {
        "human" => lines(text, &|l| ["error[", "warning[", "info["].iter().any(|start| l.starts_with(start))),
        "concise" => lines(text, &|l| [": error[", ": warning[", ": info["].iter().any(|level| l.contains(level))),
        "json" => json(text)["files"].as_array().unwrap().iter().map(findings).sum(),
        "jsonl" => text.lines().map(|l| findings(&json(l))).sum(),
        "sarif" => json(text)["runs"][0]["results"].as_array().unwrap().len(),
        "github" => lines(text, &|l| l.starts_with("::")),
        "gitlab" => json(text).as_array().unwrap().len(),
        "junit" => elements(text, "failure"),
        "checkstyle" => elements(text, "error"),
        "markdown" => lines(text, &|l| ["| error", "| warning", "| info"].iter().any(|start| l.starts_with(start))),
        other => panic!("no reader for {other}"),
    };
    FORMATS.iter().map(|format| (*format, count(format, &read(format)))).collect()
}

#[test]
fn one_new_defect_is_one_new_finding_in_every_format() {
    let (folder, articles) = repository("new-defect");
    git(&folder, &["init", "-q"]);
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "-qm", "ten years of articles"]);

    let written = check(&folder, &["content", "--write-baseline"]);
    assert_eq!(written.code, 0, "{}", written.err);
    assert!(written.err.starts_with("note: caveat.baseline.json: ") && written.err.ends_with(" files set aside\n"), "{}", written.err);
    let outputs: Vec<String> = FORMATS.iter().map(|f| format!("--output={f}=out.{f}")).collect();
    let outputs: Vec<&str> = outputs.iter().map(String::as_str).chain(["content"]).collect();
    let again = check(&folder, &outputs);
    assert_eq!((again.code, told(&folder)), (0, FORMATS.map(|f| (f, 0)).to_vec()));
    let concise = fs::read_to_string(folder.join("out.concise")).unwrap();
    assert!(concise.contains(" files checked: nothing found; ") && concise.lines().count() == 1, "{concise}");
    git(&folder, &["add", "caveat.baseline.json"]);
    git(&folder, &["commit", "-qm", "what is known"]);

    // A clean article, in a folder that is no ASCII, gets one more paragraph in its middle.
    let is_meant = |a: &&Article| a.path.starts_with("content/köche") && a.path.ends_with(".md") && a.text.contains("\n\n## ");
    let article = articles.iter().find(is_meant).unwrap();
    let text = article.text.replacen("\n\n## ", &format!("\n\n{NEW}\n\n## "), 1);
    fs::write(folder.join(&article.path), &text).unwrap();
    let found = check(&folder, &outputs);
    assert_eq!((found.code, found.err.as_str()), (1, ""));
    assert_eq!(told(&folder), FORMATS.map(|f| (f, 1)).to_vec());
    if let Some((counts, said)) = readers::counts(&folder) {
        assert!(counts.len() == 4 && counts.iter().all(|c| c.1 == 1), "{said}");
    }
    let line = text.lines().position(|l| l == NEW).unwrap() + 1;
    let place = format!("{}:{line}:", article.path);
    let concise = fs::read_to_string(folder.join("out.concise")).unwrap();
    assert!(concise.starts_with(&place) && concise.contains(": error[overclaim/cure-word]"), "{concise}");

    // git sees this file and no other; line by line no baseline is needed for the old findings in it.
    for args in [
        &["content", "--changed"][..],
        &["content", "--changed-lines"],
        &["content", "--changed-lines", "--no-baseline"],
        &["content", "--changed", "--base", "HEAD"],
    ] {
        let args: Vec<&str> = args.iter().copied().chain(["--format", "concise"]).collect();
        let said = check(&folder, &args);
        assert_eq!((said.code, said.err.as_str()), (1, ""), "{args:?}");
        assert!(said.out.starts_with(&place) && said.out.lines().count() == 2, "{args:?}: {}", said.out);
        assert!(said.out.contains("\n1 file checked: 1 error"), "{args:?}: {}", said.out);
    }
}
