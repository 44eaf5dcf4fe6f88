//! What rule authors are promised: what `caveat new` starts passes its tests, `caveat docs` has a page for every lint
//! and no dead link, the index in `lints/` is fresh, and the guide's steps do what it says.

use caveat::catalog::FAMILIES;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder of the test's own, emptied, that is a repository of its own.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("authors").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join(".git")).unwrap();
    folder
}

fn caveat(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_caveat"));
    command.args(args).current_dir(folder).env_clear().env("COLUMNS", "96").output().unwrap()
}

fn passes(folder: &Path, args: &[&str]) -> String {
    let output = caveat(folder, args);
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "caveat {args:?}\n{out}\n{err}");
    out.into_owned()
}

#[test]
fn what_is_started_loads_and_passes() {
    let folder = folder("new");
    for family in FAMILIES.iter().filter(|f| **f != "allow") {
        passes(&folder, &["new", "lint", &format!("{family}/brand-new-one")]);
    }
    passes(&folder, &["new", "words", "hype/brand-new"]);
    let out = passes(&folder, &["test", "house"]);
    assert!(out.contains("8 of 8 lints seen to speak and to keep silent"), "{out}");
    assert!(out.contains("34 examples passed, 0 failed"), "{out}");
}

#[test]
fn the_index_in_the_lints_folder_is_fresh() {
    let path = root().join("lints/README.md");
    let fresh = passes(root(), &["docs", "--index", "--no-config"]);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &fresh).unwrap();
    }
    let there = fs::read_to_string(&path).unwrap_or_default();
    assert!(there == fresh, "lints/README.md is stale; BLESS=1 writes it anew");
}

#[test]
fn every_lint_has_a_page_and_no_link_is_dead() {
    let folder = folder("docs");
    passes(&folder, &["docs", "pages"]);
    let pages = folder.join("pages");
    let mut checked = 0;
    let mut seen = 0;
    let mut open = vec![pages.clone()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            seen += 1;
            let text = fs::read_to_string(&path).unwrap();
            assert!(text.starts_with("# ") && text.ends_with('\n'), "{}", path.display());
            // Examples may hold links of their own.
            let prose: String = text.split("```").step_by(2).collect();
            for target in prose.split("](").skip(1).filter_map(|t| t.split(')').next()).filter(|t| t.contains(".md")) {
                let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
                let linked = fs::read_to_string(folder.join(file)).unwrap_or_else(|e| panic!("{}: {target}: {e}", path.display()));
                assert!(anchor.is_empty() || linked.contains(&format!("\n## {anchor}\n")), "{}: {target}", path.display());
                checked += 1;
            }
        }
    }
    let lints = caveat::embedded::catalog().lints.len();
    assert_eq!(seen, lints + 2);
    assert!(checked > 2 * lints, "only {checked} links");
}

#[test]
fn a_config_that_init_wrote_has_no_mistake_even_with_all_its_keys_switched_on() {
    let folder = folder("init");
    fs::create_dir_all(folder.join("news")).unwrap();
    fs::write(folder.join("news/a.md"), "A fine article.\n").unwrap();
    fs::create_dir_all(folder.join("drafts")).unwrap();
    fs::write(folder.join("drafts/a.md"), "The Cure for Everything is the title of a book.\n").unwrap();
    passes(&folder, &["init"]);
    passes(&folder, &["check", "--fail-on", "never"]);
    let text = fs::read_to_string(folder.join("caveat.toml")).unwrap();
    let is_key = |line: &str| line.strip_prefix("# ").is_some_and(|l| l.starts_with(['[', '"']) || l.contains(" = ") && !l.contains(':'));
    let switched: String =
        text.lines().map(|l| if is_key(l) { l.trim_start_matches("# ").to_owned() + "\n" } else { l.to_owned() + "\n" }).collect();
    let switched = switched.replace("extends = [\"..\"]\n", "");
    assert!(switched.matches('=').count() >= 15, "{switched}");
    fs::write(folder.join("caveat.toml"), &switched).unwrap();
    passes(&folder, &["new", "lint", "overclaim/mine"]);
    passes(&folder, &["check", "--fail-on", "never"]);
    passes(&folder, &["config", "news/a.md"]);
    let again = caveat(&folder, &["init"]);
    assert_eq!(again.status.code(), Some(2));
    passes(&folder, &["init", "--force"]);
    assert_eq!(fs::read_to_string(folder.join("caveat.toml")).unwrap().matches("house\"]").count(), 1);
}

/// Fenced blocks in order: language, text, and the line before them.
fn blocks(text: &str) -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    let mut lines = text.lines();
    let mut before = String::new();
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let block: Vec<&str> = lines.by_ref().take_while(|l| !l.starts_with("```")).collect();
            found.push((language.to_owned(), block.join("\n") + "\n", before.clone()));
        } else if !line.trim().is_empty() {
            before = line.to_owned();
        }
    }
    found
}

#[test]
fn the_steps_of_the_guide_do_what_it_says() {
    let path = root().join("docs/first-house-lint.md");
    let mut guide = fs::read_to_string(&path).unwrap();
    let folder = folder("guide");
    let (mut written, mut run, mut at) = (0, 0, 0);
    for (language, block, before) in blocks(&guide.clone()) {
        if language == "console" {
            let (typed, shown) = block.split_once('\n').unwrap();
            let args: Vec<&str> = typed.strip_prefix("$ caveat ").unwrap_or_else(|| panic!("{typed}")).split(' ').collect();
            let output = caveat(&folder, &args);
            let seen = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
            if std::env::var_os("BLESS").is_some() {
                at += guide[at..].find(&format!("```console\n{block}")).unwrap();
                guide.replace_range(at..at + 11 + block.len(), &format!("```console\n{typed}\n{seen}"));
                at += 10;
            } else {
                assert!(seen == shown, "{typed} prints\n{seen}\nthe guide shows\n{shown}BLESS=1 pastes it");
            }
            run += 1;
        } else if let Some(name) = before.split('`').nth(1).filter(|n| n.contains('.')) {
            let file = folder.join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, block).unwrap();
            written += 1;
        }
    }
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, guide).unwrap();
    }
    assert!(written >= 3 && run >= 4, "{written} files, {run} commands");
}
