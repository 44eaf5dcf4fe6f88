//! Adoption in a content repository: a baseline sets old findings aside, git tells what changed, lists and
//! globs tell what is meant. Each test has a folder of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const HOUSE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/house");

/// A folder outside of any repository, since tests of git must not see caveat's own; it goes with the test.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl std::ops::Deref for Folder {
    type Target = Path;
    fn deref(&self) -> &Path {
        &self.0
    }
}

fn folder(name: &str) -> Folder {
    let folder = std::env::temp_dir().join(format!("caveat-adopt-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("content")).unwrap();
    Folder(folder)
}

fn write(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        fs::create_dir_all(folder.join(name).parent().unwrap()).unwrap();
        fs::write(folder.join(name), text).unwrap();
    }
}

/// Runs `caveat check ARGS --output concise`: exit code, standard output, standard error.
fn check(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_caveat"));
    command.current_dir(folder).arg("check").args(args).args(["--output", "concise", "--lints", HOUSE, "--bare", "--color", "never"]);
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn git(folder: &Path, args: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(folder).args(["-c", "user.name=desk", "-c", "user.email=desk@example.org", "-c", "init.defaultBranch=main"]);
    let output = command.args(args).output().unwrap();
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn repository(name: &str, files: &[(&str, &str)]) -> Folder {
    let folder = folder(name);
    write(&folder, files);
    git(&folder, &["init", "-q"]);
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "-qm", "articles"]);
    folder
}

/// The places in a concise report.
fn places(stdout: &str) -> Vec<&str> {
    stdout.lines().filter_map(|l| Some(l.split_once(": error[").or_else(|| l.split_once(": warning["))?.0)).collect()
}

#[test]
fn a_baseline_sets_aside_what_is_there_and_only_what_is_new_fails() {
    let folder = folder("baseline");
    write(&folder, &[("content/a.md", "A miracle.\n\nStudies show it.\n"), ("content/b c.md", "A miracle, a miracle.\n")]);
    let (code, _, err) = check(&folder, &["content", "--write-baseline"]);
    assert_eq!((code, err.as_str()), (0, "note: caveat.baseline.json: 4 findings in 2 files set aside\n"));
    assert!(fs::read_to_string(folder.join("caveat.baseline.json")).unwrap().contains("{\"path\":\"content/b c.md\","));
    let (code, out, err) = check(&folder, &["content"]);
    assert_eq!(code, 0);
    assert_eq!(out, "2 files checked: nothing found; 4 set aside by the baseline\n");
    assert_eq!(err, "note: caveat.baseline.json hides all that was found: 4 findings\n");

    // Lines move and sentences come; what was there stays set aside.
    write(&folder, &[("content/a.md", "# A title\n\nNew words.\n\nA miracle.\n\nStudies show it. A magic bullet.\n")]);
    let (code, out, err) = check(&folder, &["content"]);
    assert_eq!((code, places(&out), err.as_str()), (1, vec!["content/a.md:7:20"], ""));
    // From another folder, and by another name of the path, it is the same.
    let (code, out, _) = check(&folder.join("content"), &["../content/./a.md", "--baseline", "../caveat.baseline.json"]);
    assert_eq!((code, places(&out)), (1, vec!["../content/./a.md:7:20"]));
    assert_eq!(check(&folder, &["content", "--no-baseline"]).0, 1);
}

#[test]
fn a_finding_that_comes_again_more_often_is_new() {
    let folder = folder("again");
    write(&folder, &[("content/a.md", "A miracle.\n")]);
    check(&folder, &["content", "--write-baseline=old.json"]);
    write(&folder, &[("content/a.md", "A miracle.\n\nA miracle.\n")]);
    let (code, out, _) = check(&folder, &["content", "--baseline", "old.json"]);
    assert_eq!((code, places(&out).len()), (1, 1), "{out}");
}

#[test]
fn what_is_not_found_any_more_is_told_and_taken_out() {
    let folder = folder("stale");
    write(&folder, &[("content/a.md", "A miracle.\n"), ("content/b.md", "A miracle.\n"), ("content/c.md", "Studies show.\n")]);
    check(&folder, &["content", "--write-baseline"]);
    write(&folder, &[("content/a.md", "Fine.\n")]);
    fs::remove_file(folder.join("content/b.md")).unwrap();
    // What a run does not look at is not judged.
    assert_eq!(
        check(&folder, &["content/c.md", "--select", "overclaim"]).2,
        "warning: caveat.baseline.json: 1 finding not found any more; --prune-baseline takes them out\n"
    );
    let (code, _, err) = check(&folder, &["content"]);
    assert_eq!(code, 0);
    assert!(err.ends_with("warning: caveat.baseline.json: 2 findings not found any more; --prune-baseline takes them out\n"), "{err}");
    let (_, _, err) = check(&folder, &["content", "--prune-baseline"]);
    assert!(err.ends_with("note: caveat.baseline.json: 2 stale findings taken out\n"), "{err}");
    let left = fs::read_to_string(folder.join("caveat.baseline.json")).unwrap();
    assert!(left.contains("content/c.md") && left.lines().count() == 3, "{left}");
    let (_, _, err) = check(&folder, &["content", "--prune-baseline"]);
    assert!(!err.contains("taken out"), "{err}");
}

#[test]
fn writing_it_for_some_articles_keeps_the_entries_of_the_others() {
    let folder = folder("some");
    write(&folder, &[("content/a.md", "A miracle.\n"), ("content/b.md", "A miracle. Studies show.\n")]);
    check(&folder, &["content", "--write-baseline"]);
    write(&folder, &[("content/a.md", "A magic bullet.\n")]);
    let (_, _, err) = check(&folder, &["content/a.md", "--write-baseline"]);
    assert_eq!(err, "note: caveat.baseline.json: 1 finding in 1 file set aside; 2 of other articles or lints stay\n");
    assert_eq!(check(&folder, &["content"]).0, 0);
}

#[test]
fn a_baseline_that_matches_nothing_or_is_none_is_told() {
    let folder = folder("wrong");
    write(
        &folder,
        &[
            ("content/a.md", "A miracle.\n"),
            ("none.json", "{}"),
            (
                "caveat.baseline.json",
                "{\"version\":1,\"findings\":[\n{\"path\":\"old/a.md\",\"lint\":\"overclaim/miracle\",\"fingerprint\":\"fb1bf5724cc5a313\"}\n]}\n",
            ),
        ],
    );
    let (code, out, err) = check(&folder, &["content"]);
    assert_eq!((code, places(&out).len()), (1, 1));
    assert!(err.starts_with("warning: caveat.baseline.json matches nothing of what was checked"), "{err}");
    let (code, _, err) = check(&folder, &["content", "--baseline", "none.json"]);
    assert!(code == 2 && err.contains("none.json: is no baseline"), "{err}");
    assert!(check(&folder, &["content", "--baseline", "gone.json"]).2.contains("no such file"));
}

#[test]
fn only_changed_articles_are_audited() {
    let folder =
        repository("changed", &[("content/a.md", "A miracle.\n"), ("content/b b\n.md", "A miracle.\n"), ("content/c.md", "A miracle.\n")]);
    let (code, out, err) = check(&folder, &["content", "--changed"]);
    assert_eq!((code, out.as_str(), err.as_str()), (0, "nothing checked\n", "note: no article has changed\n"));
    write(
        &folder,
        &[
            ("content/b b\n.md", "A miracle.\n\nWords. A magic bullet.\n"),
            ("content/n é\".md", "A miracle.\n"),
            ("content/.gitignore", "x.md\n"),
        ],
    );
    write(&folder, &[("content/x.md", "A miracle.\n")]);
    fs::remove_file(folder.join("content/c.md")).unwrap();
    let (code, out, _) = check(&folder, &["content", "--changed"]);
    assert_eq!((code, places(&out)), (1, vec!["content/b b .md:1:3", "content/b b .md:3:10", "content/n é\".md:1:3"]));
    // From a folder below, and line by line.
    let (_, out, _) = check(&folder.join("content"), &["--changed-lines"]);
    assert_eq!(places(&out), ["b b .md:3:10", "n é\".md:1:3"]);
    assert!(out.ends_with("; 1 on unchanged lines\n"), "{out}");
}

#[test]
fn a_branch_is_compared_with_where_it_left() {
    let folder = repository("branch", &[("content/a.md", "One.\n\nA miracle.\n\nTwo.\n"), ("content/b.md", "Fine.\n")]);
    git(&folder, &["checkout", "-qb", "draft"]);
    write(&folder, &[("content/a.md", "One.\n\nA miracle.\n\n+++ b/content/b.md\n\n@@ -1 +1 @@\n\nA magic bullet.\n\nTwo.\n")]);
    git(&folder, &["mv", "content/b.md", "content/z.md"]);
    git(&folder, &["commit", "-qam", "draft"]);
    git(&folder, &["checkout", "-q", "main"]);
    write(&folder, &[("content/m.md", "A miracle on main.\n")]);
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "-qm", "main moves on"]);
    git(&folder, &["checkout", "-q", "draft"]);
    let (code, out, err) = check(&folder, &["--base", "main", "--changed-lines"]);
    assert_eq!((code, places(&out), err.as_str()), (1, vec!["content/a.md:9:3"], ""), "{out}");
    let (code, _, err) = check(&folder, &["--changed", "--base", "mian"]);
    assert!(code == 2 && err.contains("git knows no revision `mian`"), "{err}");
    let (code, _, err) = check(&folder, &["--changed", "--base=--output=x"]);
    assert!(code == 2 && err.contains("no revision") && !folder.join("x").exists(), "{err}");
}

#[test]
fn the_baseline_is_not_called_stale_for_lines_that_did_not_change() {
    let folder = repository("both", &[("content/a.md", "A miracle.\n\nTwo.\n")]);
    check(&folder, &["content", "--write-baseline"]);
    write(&folder, &[("content/a.md", "A miracle.\n\nTwo. A magic bullet.\n")]);
    let (code, out, err) = check(&folder, &["--changed-lines"]);
    assert_eq!((code, out.lines().last(), err.as_str()), (1, Some("1 file checked: 1 error; 1 set aside by the baseline"), ""));
}

#[test]
fn no_repository_no_git_and_no_commit_are_told_or_understood() {
    let folder = folder("bare");
    write(&folder, &[("content/a.md", "A miracle.\n")]);
    let (code, out, err) = check(&folder, &["content", "--changed"]);
    assert!(code == 2 && err.contains("is in no git repository"), "{err}");
    assert_eq!(out, "nothing checked; 1 problem\n");
    git(&folder, &["init", "-q"]);
    assert_eq!(places(&check(&folder, &["content", "--changed-lines"]).1), ["content/a.md:1:3"]);
    git(&folder, &["add", "."]);
    assert_eq!(places(&check(&folder, &["content", "--changed"]).1), ["content/a.md:1:3"]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_caveat"));
    let output = command.current_dir(&*folder).env("PATH", "").args(["check", "content", "--changed"]).output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(2) && err.contains("git: is not installed: --changed needs it"), "{err}");
}

#[test]
fn a_repository_cannot_make_the_comparison_run_a_program() {
    let folder = repository("drivers", &[("content/a.md", "Fine.\n"), (".gitattributes", "*.md diff=evil\n")]);
    for (key, value) in [
        ("diff.external", "touch pwned"),
        ("diff.evil.command", "touch pwned"),
        ("diff.evil.textconv", "touch pwned; cat"),
        ("core.fsmonitor", "touch pwned"),
        ("diff.noprefix", "true"),
        ("color.ui", "always"),
        ("diff.mnemonicPrefix", "true"),
        ("diff.interHunkContext", "9"),
    ] {
        git(&folder, &["config", key, value]);
    }
    let _ = fs::remove_file(folder.join("pwned"));
    write(&folder, &[("content/a.md", "Fine.\n\nA miracle.\n")]);
    let (code, out, _) = check(&folder, &["content", "--changed-lines"]);
    assert_eq!((code, places(&out)), (1, vec!["content/a.md:3:3"]));
    assert!(!folder.join("pwned").exists());
}

#[test]
fn lists_and_globs_tell_which_articles_are_meant() {
    let folder = folder("lists");
    write(
        &folder,
        &[
            ("content/a.md", "A miracle.\n"),
            ("content/b.txt", "A miracle.\n"),
            ("content/old/c.md", "A miracle.\n"),
            ("list", "./content/b.txt\ncontent/a.md\r\n\npicture.png\n"),
        ],
    );
    let all = |args: &[&str]| {
        check(&folder, args)
            .1
            .lines()
            .filter(|l| l.contains(": error["))
            .map(|l| l.split(':').next().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(all(&["--files-from", "list"]), ["content/a.md", "content/b.txt"]);
    assert_eq!(all(&["--files-from", "list", "--exclude", "*.txt"]), ["content/a.md"]);
    assert_eq!(all(&["content", "--exclude", "content/old", "--exclude", "b.*"]), ["content/a.md"]);
    assert_eq!(all(&["content/a.md", "content/old/c.md", "--exclude", "old/"]), ["content/a.md"]);
    fs::write(folder.join("zeros"), "content/b.txt\0content/a.md\0").unwrap();
    assert_eq!(all(&["--files-from", "zeros"]).len(), 2);
    fs::write(folder.join("wrong"), "gone.md\n").unwrap();
    assert_eq!(check(&folder, &["--files-from", "wrong"]).0, 2);
    fs::write(folder.join("pictures"), "a.png\n").unwrap();
    assert!(check(&folder, &["--files-from", "pictures"]).2.contains("names no article"));
    assert!(check(&folder, &["content", "--exclude", "{z"]).2.contains("`{z` is no glob"));
}

#[test]
#[cfg(unix)]
fn a_link_that_leads_out_of_the_repository_is_not_read() {
    let outside = folder("outside");
    write(&outside, &[("secret.md", "A miracle.\n")]);
    let folder = repository("inside", &[("content/a.md", "Fine.\n")]);
    std::os::unix::fs::symlink(outside.join("secret.md"), folder.join("content/evil.md")).unwrap();
    std::os::unix::fs::symlink("a.md", folder.join("content/alias.md")).unwrap();
    let (code, out, err) = check(&folder, &["content/evil.md", "content/alias.md"]);
    assert_eq!((code, out.as_str()), (2, "1 file checked: nothing found; 1 problem\n"));
    assert!(err.contains("content/evil.md: is a link that leads out of here"), "{err}");
    fs::write(folder.join("list"), "content/evil.md\ncontent/a.md\n").unwrap();
    assert_eq!(check(&folder, &["--files-from", "list"]).1, "1 file checked: nothing found\n");
    assert_eq!(check(&folder, &["--changed"]).1, "nothing checked\n");
    // A person who names a place outside means it.
    assert_eq!(check(&folder, &[outside.join("secret.md").to_str().unwrap()]).0, 1);
}
