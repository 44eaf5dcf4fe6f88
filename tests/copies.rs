//! Articles of one run that share most of their text: told once, on the later one, in whatever format they are, and
//! excused, levelled and set aside as any other finding.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const BODY: &str = "Psyllium is the husk of a seed. It swells in water, which is why it is stirred into a full glass and drunk at once. \
    Start with a small spoon a day and add to it over two weeks, or wind will tell everybody about it. Take medicines an hour before \
    or four hours after, since the gel holds them back. People who find it hard to swallow should leave it alone.";
const OTHER: &str = "Barley keeps for a year in a dry cupboard and costs little. Rinse it, toast it in a dry pan until it smells of nuts, \
    then add three cups of water for one of grain. It is done when a fork goes through, after some forty minutes. Leftovers make a \
    salad with red peppers and lemon, or go into a soup on the day after, when everything else is gone.";
const FOOTER: &str = "This page is no substitute for the advice of a doctor who knows you. Found a mistake? Write to the desk; we read \
    every letter and answer most of them within a week.";
const LINT: &str = "provenance/cross-document-duplicate";

fn folder(name: &str, files: &[(&str, String)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("copies").join(name);
    let _ = fs::remove_dir_all(&folder);
    for (name, text) in files {
        fs::create_dir_all(folder.join(name).parent().unwrap()).unwrap();
        fs::write(folder.join(name), text).unwrap();
    }
    folder
}

/// Runs `caveat check ARGS` with the one lint: exit code and what was printed.
fn check(folder: &Path, args: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_caveat"));
    command.current_dir(folder).args(["check", "--select", &format!("{LINT},allow"), "--level", "info", "--format", "concise"]).args(args);
    let output = command.output().unwrap();
    assert!(output.stderr.iter().all(|b| b.is_ascii()), "{output:?}");
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

fn markdown(title: &str, body: &str) -> String {
    format!("# {title}\n\n{body}\n\n{FOOTER}\n")
}

#[test]
fn a_copy_is_told_once_on_the_later_article_and_names_the_earlier_one() {
    let copy = BODY.replace("a small spoon", "one small spoon");
    let folder = folder(
        "once",
        &[
            ("a/seed.md", markdown("A seed", BODY)),
            ("b/barley.md", markdown("Barley", OTHER)),
            ("c/husk.html", format!("<h1>Husks</h1><p>{}</p>\n<p>{FOOTER}</p>", copy.replace("water", "<b>water</b>"))),
            ("short.md", "# Closed\n\nThe desk is closed on Monday.\n".to_owned()),
            ("short2.md", "# Closed\n\nThe desk is closed on Monday.\n".to_owned()),
        ],
    );
    let (code, said) = check(&folder, &["."]);
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!((code, lines.len()), (0, 2), "{said}");
    assert!(lines[0].starts_with(&format!("c/husk.html:1:5: warning[{LINT}] ")), "{said}");
    assert!(lines[0].ends_with("% of this text also stands in `a/seed.md`"), "{said}");
    // Alone it is no copy, and the later of the two is what counts, in whatever order they are named.
    assert_eq!(check(&folder, &["c/husk.html"]).1, "1 file checked: nothing found\n");
    assert!(check(&folder, &["c/husk.html", "a/seed.md"]).1.starts_with("c/husk.html:"));
    assert_eq!(check(&folder, &["b", "c"]).1, "2 files checked: nothing found\n");
}

#[test]
fn one_article_in_two_formats_is_a_copy() {
    let html = format!(
        "<!DOCTYPE html><html><head><title>A seed</title></head><body><nav><a href='/'>Home</a></nav><main><h1>A seed</h1><p>{BODY}</p>\
         <p>{FOOTER}</p></main></body></html>"
    );
    let folder = folder("formats", &[("seed.md", markdown("A seed", BODY)), ("seed.html", html)]);
    assert_eq!(
        check(&folder, &["."]).1,
        format!("seed.md:1:3: warning[{LINT}] 100% of this text also stands in `seed.html`\n2 files checked: 1 warning\n")
    );
}

#[test]
fn copies_are_found_over_many_batches_whatever_the_threads() {
    let text = |i: usize| (0..20).map(|k| format!("Reader{i} wrote{k} about supper{i} and porridge{k} in town{i}. ")).collect::<String>();
    let files: Vec<(String, String)> = (0..300).map(|i| (format!("{i:03}.txt"), text(if i == 290 { 7 } else { i }))).collect();
    let files: Vec<(&str, String)> = files.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    let folder = folder("many", &files);
    let one = check(&folder, &[".", "-j1"]);
    assert_eq!(one, check(&folder, &[".", "-j2"]));
    assert_eq!(one.1.lines().count(), 2, "{}", one.1);
    assert!(one.1.starts_with("290.txt:1:1: warning[") && one.1.contains(" in `007.txt`\n"), "{}", one.1);
}

#[test]
fn a_copy_is_excused_levelled_and_set_aside_as_any_other_finding() {
    let allowed = format!("<!-- caveat-allow-file {LINT}: the print edition -->\n\n{}", markdown("A seed", BODY));
    let plain = folder("excused", &[("a.md", markdown("A seed", BODY)), ("b.md", allowed)]);
    assert_eq!(check(&plain, &["."]).1, "2 files checked: nothing found; 1 suppressed\n");

    let config = format!("[levels]\n\"{LINT}\" = \"error\"\n");
    let levelled = folder("levelled", &[("a.md", markdown("A seed", BODY)), ("b.md", markdown("A seed", BODY)), ("caveat.toml", config)]);
    assert!(check(&levelled, &["."]).1.starts_with(&format!("b.md:1:3: error[{LINT}] ")));
    assert_eq!(check(&levelled, &[".", "--write-baseline"]).0, 0);
    assert_eq!(check(&levelled, &["."]), (0, "2 files checked: nothing found; 1 set aside by the baseline\n".to_owned()));
    assert_eq!(check(&levelled, &[".", "--ignore", LINT, "--no-baseline"]).1, "2 files checked: nothing found\n");
}
