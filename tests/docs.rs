//! What the README and `docs/` say is so: its commands exist, its output is that of a real run (`BLESS=1`
//! pastes it anew), its lints and word lists load and pass, and every key of the file formats is described.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

fn caveat(args: &[&str], folder: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_caveat"));
    command.args(args).current_dir(folder).env_remove("COLUMNS").env_remove("CLICOLOR_FORCE").output().unwrap()
}

fn stdout(args: &[&str]) -> String {
    let output = caveat(args, root());
    assert!(output.stderr.is_empty(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Fenced blocks of one language.
fn blocks<'a>(text: &'a str, language: &str) -> Vec<&'a str> {
    let fence = format!("```{language}\n");
    text.split(fence.as_str()).skip(1).map(|b| b.split("```").next().unwrap_or("")).collect()
}

#[test]
fn the_output_in_the_readme_is_that_of_a_real_run() {
    let readme = read("README.md");
    let mut shown = 0;
    let mut fresh = readme.clone();
    for block in blocks(&readme, "console") {
        let Some(typed) = block.strip_prefix("$ caveat ") else { continue };
        let (line, output) = typed.split_once('\n').unwrap();
        let args: Vec<&str> = line.split(' ').collect();
        let seen = stdout(&args);
        fresh = fresh.replace(block, &format!("$ caveat {line}\n{seen}"));
        if std::env::var_os("BLESS").is_none() {
            assert!(seen == output, "the README shows\n{output}\nof `caveat {line}`, which prints\n{seen}\nBLESS=1 pastes it");
        }
        shown += 1;
    }
    assert!(shown > 0, "the README shows no output");
    if fresh != readme && std::env::var_os("BLESS").is_some() {
        fs::write(root().join("README.md"), fresh).unwrap();
    }
}

/// Commands that `caveat --help` lists.
fn commands() -> BTreeSet<String> {
    let help = stdout(&["--help"]);
    let list = help.split("\nCommands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let names = list.lines().filter(|l| l.starts_with("  ") && !l.starts_with("   "));
    names.map(|l| l.split_whitespace().next().unwrap().to_owned()).filter(|n| n != "help").collect()
}

#[test]
fn the_readme_names_every_command_and_none_that_is_not_there() {
    let readme = read("README.md");
    let rows = readme.lines().filter_map(|l| l.strip_prefix("| `caveat "));
    let named: BTreeSet<String> = rows.map(|r| r.split([' ', '`']).next().unwrap().to_owned()).collect();
    assert_eq!(named, commands());
}

#[test]
fn every_option_that_the_readme_names_exists() {
    let mut helps = stdout(&["--help"]);
    for command in commands() {
        helps += &stdout(&[&command, "--help"]);
    }
    let readme = read("README.md").replace("cargo run --release --", "").replace("cargo install --path .", "");
    let options = readme.match_indices("--").map(|(at, _)| &readme[at..]);
    let names = options.map(|o| &o[..o[2..].find(|c: char| !c.is_ascii_lowercase() && c != '-').map_or(o.len(), |e| e + 2)]);
    let names: BTreeSet<&str> = names.filter(|n| n.len() > 3 && n.as_bytes()[2] != b'-').collect();
    assert!(names.len() > 5, "{names:?}");
    for name in names {
        assert!(helps.contains(&format!("{name} ")) || helps.contains(&format!("{name}\n")), "no command has {name}");
    }
}

/// The path that a block is to be written to: said just before it, or in its first line.
fn told_path<'a>(text: &'a str, block: &'a str) -> Option<&'a str> {
    if let Some(path) = block.strip_prefix("# ").and_then(|b| b.lines().next()).filter(|p| p.ends_with(".toml")) {
        return Some(path);
    }
    let before = &text[..text.find(block)?];
    let line = before.trim_end().lines().rev().nth(1).filter(|l| !l.is_empty()).or_else(|| before.trim_end().lines().rev().nth(2))?;
    line.split('`').find(|p| p.starts_with("house/") && p.ends_with(".toml"))
}

#[test]
fn the_lints_and_word_lists_of_the_documents_load_and_pass() {
    for document in ["README.md", "docs/lint-format.md"] {
        let text = read(document);
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("docs").join(document.replace('/', "-"));
        let _ = fs::remove_dir_all(&folder);
        let mut written = 0;
        for block in blocks(&text, "toml") {
            let Some(path) = told_path(&text, block) else { continue };
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, block).unwrap();
            written += 1;
        }
        assert!(written >= 2, "{document}: only {written} examples have a path");
        let output = caveat(
            &["test", "house", "--only", "overclaim/melt-word,overclaim/promised-cure,words/hype/wellness,words/cue/perhaps"],
            &folder,
        );
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{document}\n{out}\n{err}");
        assert!(!out.contains("0 examples"), "{document}: {out}");
    }
}

#[test]
fn every_key_of_the_file_formats_is_described() {
    let text = read("docs/lint-format.md");
    let mut keys = BTreeSet::new();
    for source in ["src/lint/compile.rs", "src/words/file.rs", "src/knowledge.rs"] {
        let code = read(source);
        for (at, _) in code.match_indices("(\"").chain(code.match_indices(", \"")) {
            let rest = &code[code[at..].find('"').unwrap() + at + 1..];
            let (key, after) = rest.split_once('"').unwrap();
            let asked =
                after.starts_with(", problems)") || after.starts_with(", &") || after.starts_with(')') && code[..at].ends_with(".has");
            if asked && !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') {
                keys.insert(key.to_owned());
            }
        }
    }
    assert!(keys.len() > 40, "only {} keys are found in the sources: {keys:?}", keys.len());
    let is_told = |key: &str| ["`K`", "[[K]]", "[K]", "\nK ="].iter().any(|form| text.contains(&form.replace('K', key)));
    let spaced = |key: &str| text.lines().any(|l| l.strip_prefix(key).is_some_and(|r| r.trim_start().starts_with('=')));
    let untold: Vec<&String> = keys.iter().filter(|k| !is_told(k) && !spaced(k)).collect();
    assert!(untold.is_empty(), "docs/lint-format.md says nothing of {untold:?}");
}

#[test]
fn files_that_documents_link_to_are_there() {
    let guides = fs::read_dir(root().join("docs")).unwrap().flatten().map(|e| format!("docs/{}", e.file_name().to_string_lossy()));
    for document in ["README.md", "CHANGELOG.md"].map(str::to_owned).into_iter().chain(guides.filter(|d| d.ends_with(".md"))) {
        let text = read(&document);
        let targets = text.split("](").skip(1).filter_map(|t| t.split(')').next()).filter(|t| !t.contains("://") && !t.starts_with('#'));
        for target in targets {
            let (file, heading) = target.split_once('#').unwrap_or((target, ""));
            let path = root().join(&document).parent().unwrap().join(file);
            assert!(path.exists(), "{document} links to {target}");
            let anchor = |line: &str| line.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
            let is_there = || fs::read_to_string(&path).unwrap().lines().any(|l| l.starts_with('#') && anchor(l) == heading);
            assert!(heading.is_empty() || is_there(), "{document} links to {target}");
        }
    }
    for path in ["LICENSE-MIT", "LICENSE-APACHE", ".ci/run"] {
        assert!(root().join(path).exists(), "{path} is missing");
    }
}

#[test]
fn the_changelog_knows_this_version() {
    assert!(read("CHANGELOG.md").contains(&format!("## [{}]", env!("CARGO_PKG_VERSION"))));
}
