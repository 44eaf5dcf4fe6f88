//! Reports as other programs read them: all formats of one run at once, with articles and file names that
//! try to break out of them, and read back by real readers where `tests/consumers/install.sh` has been run.

use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures");
const FORMATS: [&str; 10] = ["human", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "markdown"];

/// Names that a pull request could bring; each is a file name on Linux.
const NAMES: [&str; 9] = [
    "::add-mask::a.md",
    "b\n::error::forged.md",
    "c <b>&\"'`x`|y.md",
    "d ##[group]e.md",
    "e\u{1b}[31m\u{202e}.md",
    "f @team #12 100%25.md",
    "g,title=x::y.md",
    "h ](mailto:x@evil.example).md",
    "-rf.md",
];

/// Findings in [`TEXT`].
const EACH: usize = 4;

/// An article whose flagged words, and what stands around them, are hostile.
const TEXT: &str = "# A ##[add-mask]miracle ::stop-commands::x\n\n\
    ::error file=x::a miracle <script>alert(1)</script> | `code` ]]> & \"quoted\" @everyone\n\n\
    The \u{1b}[2J\u{202e} magic\nbullet ##vso[task.setvariable]y, a magic\u{7}   bullet [x](https://evil.example) {0}.\n";

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("outputs").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("content")).unwrap();
    folder
}

/// Runs `caveat check ARGS` in a folder with the lints of fixtures/house.
fn check(folder: &Path, args: &[&str]) -> Output {
    let house = format!("{FIXTURES}/house");
    let mut command = Command::new(env!("CARGO_BIN_EXE_caveat"));
    command.current_dir(folder).env_clear().env("COLUMNS", "60");
    command.arg("check").args(args).args(["--lints", &house, "--bare", "--as-of", "2026-01-01"]).output().unwrap()
}

/// Every format of one run over the hostile articles, read back from its file.
fn hostile(name: &str) -> (PathBuf, Vec<(&'static str, String)>) {
    let folder = folder(name);
    for name in NAMES {
        fs::write(folder.join("content").join(name), TEXT).unwrap();
    }
    let outputs: Vec<String> = FORMATS.iter().map(|f| format!("--output={f}=out.{f}")).collect();
    let mut args: Vec<&str> = outputs.iter().map(String::as_str).collect();
    args.extend(["content", "missing ::error::.md", "--level", "info"]);
    let output = check(&folder, &args);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{output:?}");
    let reports = FORMATS.iter().map(|f| (*f, fs::read_to_string(folder.join(format!("out.{f}"))).unwrap())).collect();
    (folder, reports)
}

fn report<'a>(reports: &'a [(&str, String)], format: &str) -> &'a str {
    reports.iter().find(|r| r.0 == format).map(|r| r.1.as_str()).unwrap()
}

#[test]
fn nothing_in_an_article_or_a_path_steers_a_terminal_or_a_build_server() {
    let (_, reports) = hostile("steer");
    for (format, text) in &reports {
        for line in text.lines() {
            let bad = line.chars().find(|&c| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'));
            assert_eq!(bad, None, "{format}: {line}");
            assert!(!line.contains("##[") && !line.contains("##vso["), "{format}: {line}");
            let is_ours = ["::error file=", "::warning file=", "::notice file="].iter().any(|c| line.starts_with(c));
            assert!(!line.trim_start().starts_with("::") || *format == "github" && is_ours, "{format}: {line}");
        }
    }
    let commands: Vec<&str> = report(&reports, "github").lines().filter(|l| l.starts_with("::")).collect();
    assert_eq!(commands.len(), NAMES.len() * EACH + 1);
    for command in commands {
        // The properties end at the first `::` after the name, as the runner reads it.
        let (properties, _) = command[2..].split_once("::").unwrap();
        let (_, properties) = properties.split_once(' ').unwrap();
        let keys: Vec<&str> = properties.split(',').map(|p| p.split_once('=').unwrap().0).collect();
        assert!(keys.iter().all(|k| ["file", "line", "endLine", "col", "endColumn", "title"].contains(k)), "{command}");
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len(), "{command}");
    }
}

#[test]
fn every_format_tells_the_same_findings_whatever_stands_in_them() {
    let (_, reports) = hostile("same");
    let wanted = NAMES.len() * EACH;
    let json: Value = serde_json::from_str(report(&reports, "json")).unwrap();
    let files = json["files"].as_array().unwrap();
    let paths: BTreeSet<&str> = files.iter().map(|f| f["path"].as_str().unwrap()).collect();
    assert_eq!(paths, NAMES.iter().map(|n| format!("content/{n}")).collect::<Vec<_>>().iter().map(String::as_str).collect());
    assert_eq!(files.iter().map(|f| f["findings"].as_array().unwrap().len()).sum::<usize>(), wanted);
    let lines = report(&reports, "jsonl").lines().map(|l| serde_json::from_str::<Value>(l).unwrap());
    assert_eq!(lines.filter(|l| l["path"].is_string()).count(), NAMES.len());
    let gitlab: Vec<Value> = serde_json::from_str(report(&reports, "gitlab")).unwrap();
    let prints: BTreeSet<&str> = gitlab.iter().map(|e| e["fingerprint"].as_str().unwrap()).collect();
    assert_eq!((gitlab.len(), prints.len()), (wanted + 1, wanted + 1));
    assert_eq!(elements(report(&reports, "junit"), "failure"), wanted);
    assert_eq!(elements(report(&reports, "checkstyle"), "error"), wanted + 1);
    assert_eq!(report(&reports, "markdown").lines().filter(|l| l.starts_with("| error") || l.starts_with("| warning")).count(), wanted);
    assert_eq!(report(&reports, "concise").lines().filter(|l| l.contains(": error[overclaim/miracle] ")).count(), wanted);
}

/// How many elements of that name well-formed XML holds.
fn elements(xml: &str, name: &str) -> usize {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut open = 0;
    let mut found = 0;
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::Start(e) | Event::Empty(e) if e.name().as_ref() == name => {
                e.attributes().for_each(|a| drop(a.unwrap().normalized_value(quick_xml::XmlVersion::Explicit1_0).unwrap()));
                found += 1;
                open += 1;
            }
            Event::End(e) if e.name().as_ref() == name => open -= 1,
            Event::Start(_) | Event::Empty(_) | Event::End(_) | Event::Text(_) | Event::Decl(_) | Event::GeneralRef(_) => {}
            other => panic!("{other:?} in\n{xml}"),
        }
    }
    assert!(open >= 0);
    found
}

#[test]
fn sarif_says_of_every_place_what_stands_there() {
    let (folder, reports) = hostile("sarif");
    let log: Value = serde_json::from_str(report(&reports, "sarif")).unwrap();
    assert_eq!((log["version"].as_str(), log["runs"].as_array().map(Vec::len)), (Some("2.1.0"), Some(1)));
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), NAMES.len() * EACH);
    for result in results {
        let rule = &rules[result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        assert_eq!(rule["helpUri"], "https://desk.example/rules");
        assert_eq!(result["level"], "error");
        assert!(result["partialFingerprints"]["caveat/v1"].as_str().is_some_and(|p| p.len() == 16));
        let place = &result["locations"][0]["physicalLocation"];
        let artifact = &run["artifacts"][place["artifactLocation"]["index"].as_u64().unwrap() as usize];
        assert_eq!(artifact["location"]["uri"], place["artifactLocation"]["uri"]);
        let text = fs::read_to_string(folder.join(decoded(place["artifactLocation"]["uri"].as_str().unwrap()))).unwrap();
        assert_eq!(artifact["length"], text.len());
        let region = &place["region"];
        let number = |key: &str| region[key].as_u64().unwrap() as usize;
        let snippet = region["snippet"]["text"].as_str().unwrap();
        assert_eq!(&text[number("byteOffset")..number("byteOffset") + number("byteLength")], snippet);
        // The same place by lines and columns.
        let at = |line: usize, column: usize| {
            let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
            start + text[start..].chars().take(column - 1).map(char::len_utf8).sum::<usize>()
        };
        assert_eq!(&text[at(number("startLine"), number("startColumn"))..at(number("endLine"), number("endColumn"))], snippet);
    }
    let invocation = &run["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    assert!(invocation["toolExecutionNotifications"][0]["message"]["text"].as_str().unwrap().contains("no such file"));
}

/// A percent-encoded path, decoded.
fn decoded(uri: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = uri;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend_from_slice(before.as_bytes());
        bytes.push(u8::from_str_radix(&after[..2], 16).unwrap());
        rest = &after[2..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).unwrap()
}

#[test]
fn real_readers_read_the_reports() {
    let python = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../consumers/bin/python");
    if !python.exists() {
        eprintln!("skipped: `sh tests/consumers/install.sh` brings the readers");
        return;
    }
    let (folder, _) = hostile("readers");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/consumers/read.py");
    let output = Command::new(python).arg(script).arg(&folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    let counts: Vec<(&str, usize)> =
        said.lines().map(|l| (l.split(' ').next().unwrap(), l.split(' ').nth(1).unwrap().parse().unwrap())).collect();
    let wanted = NAMES.len() * EACH;
    assert_eq!(counts, [("sarif", wanted), ("junit", wanted), ("checkstyle", wanted + 1), ("gitlab", wanted + 1)], "{said}");
    assert!(said.contains("error:overclaim/miracle:1"), "{said}");
}

#[test]
fn a_file_is_written_whole_even_when_nobody_reads_what_is_printed() {
    use std::process::Stdio;
    let folder = folder("pipe");
    fs::write(folder.join("content/a.txt"), "A miracle. ".repeat(20_000)).unwrap();
    fs::write(folder.join("out.json"), "old").unwrap();
    let house = format!("{FIXTURES}/house");
    let mut command = Command::new(env!("CARGO_BIN_EXE_caveat"));
    command.current_dir(&folder).args(["check", "content", "--bare", "--lints", &house, "--output", "human", "--output", "json=out.json"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    child.wait_with_output().unwrap();
    let json: Value = serde_json::from_str(&fs::read_to_string(folder.join("out.json")).unwrap()).unwrap();
    assert_eq!(json["totals"]["errors"], 20_000);
    let names: BTreeSet<String> = fs::read_dir(&folder).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
    assert_eq!(names, ["content", "out.json"].map(str::to_owned).into());
}

#[test]
#[cfg(unix)]
fn a_link_is_not_followed_out_of_a_folder() {
    let folder = folder("links");
    fs::create_dir_all(folder.join("outside")).unwrap();
    fs::write(folder.join("outside/secret.md"), "A miracle.").unwrap();
    fs::write(folder.join("content/a.md"), "Fine.").unwrap();
    std::os::unix::fs::symlink("../outside/secret.md", folder.join("content/file.md")).unwrap();
    std::os::unix::fs::symlink("../outside", folder.join("content/folder")).unwrap();
    let output = check(&folder, &["content", "--format", "concise"]);
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "1 file checked: nothing found\n");
}

#[test]
fn statistics_go_to_standard_error_and_change_nothing_else() {
    let folder = folder("stats");
    fs::write(folder.join("content/a.md"), "A miracle.").unwrap();
    fs::write(folder.join("content/b.md"), "Studies show a miracle.").unwrap();
    let plain = check(&folder, &["content", "--format", "json"]);
    let told = check(&folder, &["content", "--format", "json", "--stats"]);
    assert_eq!((plain.status.code(), plain.stdout), (told.status.code(), told.stdout));
    let said = String::from_utf8(told.stderr).unwrap();
    for wanted in ["s for 2 articles, 0.00 MB, 6 words: ", "  annotate ", "  lint ", "slowest lints\n", "       2  overclaim/miracle\n"] {
        assert!(said.contains(wanted), "{wanted} in\n{said}");
    }
}
