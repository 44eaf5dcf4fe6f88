//! The command line as a person meets it: every `fixtures/cli/*.case` is run in a folder of its own and
//! its outputs and exit code compared. `BLESS=1` rewrites what is expected; a missing expectation fails.
//!
//! A case is text: what it shows, then sections. `--- args` (required), `--- env`, `--- stdin`,
//! `--- file NAME`, then what is expected: `--- stdout`, `--- stderr`, `--- exit`. `fixtures/house` and
//! `fixtures/broken` lie in the folder as `house` and `broken`. `\xNN` is a byte, in files and in outputs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures");

struct Case {
    head: String,
    args: Vec<String>,
    env: Vec<(String, String)>,
    stdin: Vec<u8>,
    files: Vec<(String, Vec<u8>)>,
    expected: String,
}

fn parse(text: &str) -> Case {
    let at = text.find("--- stdout\n").unwrap_or(text.len());
    let (head, expected) = text.split_at(at);
    let mut case = Case {
        head: head.to_owned(),
        args: Vec::new(),
        env: Vec::new(),
        stdin: Vec::new(),
        files: Vec::new(),
        expected: expected.to_owned(),
    };
    for section in head.split("\n--- ").skip(1) {
        let (name, body) = section.split_once('\n').unwrap_or((section, ""));
        let body = if body.is_empty() || body.ends_with('\n') { body.to_owned() } else { format!("{body}\n") };
        match name.split_once(' ').unwrap_or((name, "")) {
            ("args", _) => case.args.extend(body.split_whitespace().map(str::to_owned)),
            ("env", _) => case.env.extend(body.lines().filter_map(|l| l.split_once('=')).map(|(k, v)| (k.to_owned(), v.to_owned()))),
            ("stdin", _) => case.stdin = unescape(&body),
            ("file", path) => case.files.push((path.to_owned(), unescape(&body))),
            (other, _) => panic!("unknown section {other}"),
        }
    }
    assert!(!case.args.is_empty(), "a case without `--- args`");
    case
}

/// Turns `\xNN` into bytes.
fn unescape(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\\x") {
        out.extend_from_slice(before.as_bytes());
        out.push(u8::from_str_radix(&after[..2], 16).unwrap());
        rest = &after[2..];
    }
    out.extend_from_slice(rest.as_bytes());
    out
}

/// Shows what must not be in a golden file, as `\xNN`.
fn escape(bytes: &[u8]) -> String {
    let mut out = String::new();
    for c in String::from_utf8_lossy(bytes).chars() {
        if c.is_control() && c != '\n' {
            out.extend(c.to_string().bytes().map(|b| format!("\\x{b:02x}")));
        } else {
            out.push(c);
        }
    }
    if !out.is_empty() && !out.ends_with('\n') {
        out.push_str("\\no newline\n");
    }
    out
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A folder of the test's own, emptied.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for shared in ["house", "broken"] {
        copy(&Path::new(FIXTURES).join(shared), &folder.join(shared));
    }
    folder
}

fn caveat(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_caveat"));
    command.current_dir(folder).env_clear().env("COLUMNS", "80");
    command
}

fn run(mut command: Command, stdin: &[u8]) -> (Vec<u8>, Vec<u8>, i32) {
    use std::io::Write;
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let bytes = stdin.to_vec();
    let writer = std::thread::spawn(move || drop(input.write_all(&bytes)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    (output.stdout, output.stderr, output.status.code().unwrap_or(-1))
}

fn seen(name: &str, case: &Case) -> String {
    let folder = folder(name);
    for (path, bytes) in &case.files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let mut command = caveat(&folder);
    command.args(&case.args).envs(case.env.iter().cloned());
    let (stdout, stderr, exit) = run(command, &case.stdin);
    assert_harmless(name, &stdout);
    assert_harmless(name, &stderr);
    format!("--- stdout\n{}--- stderr\n{}--- exit\n{exit}\n", escape(&stdout), escape(&stderr))
}

/// No control characters or direction overrides but the colours that caveat itself sets.
fn assert_harmless(name: &str, output: &[u8]) {
    let text = std::str::from_utf8(output).unwrap();
    let mut rest = text.replace('\n', "");
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        let end = after.find('m').unwrap_or(0);
        let is_colour = after[..end].bytes().all(|b| b.is_ascii_digit() || b == b';');
        assert!(is_colour, "{name}: an escape sequence that is no colour");
        rest = format!("{before}{}", &after[end..]);
    }
    let bad = rest.chars().find(|&c| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'));
    assert_eq!(bad, None, "{name}: raw in the output");
}

#[test]
fn the_command_line_answers_as_its_cases_say() {
    let mut paths: Vec<PathBuf> = fs::read_dir(Path::new(FIXTURES).join("cli")).unwrap().map(|e| e.unwrap().path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "case"));
    paths.sort();
    assert!(paths.len() >= 20, "only {} cases", paths.len());
    let mut wrong = Vec::new();
    for path in paths {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let case = parse(&fs::read_to_string(&path).unwrap());
        let seen = seen(&name, &case);
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, format!("{}{seen}", case.head)).unwrap();
        } else if case.expected != seen {
            wrong.push(format!("== {name}: expected\n{}== seen\n{seen}", case.expected));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_folder_of_lints_is_found_from_inside_it() {
    let folder = folder("inside-lints");
    fs::write(folder.join("a.md"), "A miracle root.\n").unwrap();
    for path in [folder.join("house").display().to_string(), ".".to_owned()] {
        let mut command = caveat(&folder.join("house"));
        command.args(["check", "../a.md", "--lints", &path, "--bare"]);
        let (stdout, stderr, exit) = run(command, b"");
        assert_eq!(exit, 1, "{path}: {}{}", String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    }
}

#[test]
fn json_of_a_folder_has_every_file_in_order_and_every_place_is_true() {
    let folder = folder("json-shape");
    for i in 0..150 {
        let text = format!("# Nº {i}\r\n\r\nA “miracle” root & a miracle.\r\n");
        fs::write(folder.join(format!("{i:03}.md")), text).unwrap();
    }
    let mut command = caveat(&folder);
    command.args(["check", ".", "--lints", "house", "--bare", "--format", "json", "--as-of", "2026-01-01"]);
    let (stdout, _, exit) = run(command, b"");
    assert_eq!(exit, 1);
    let json: serde_json::Value = serde_json::from_slice(&stdout).unwrap();
    assert_eq!(json["version"], 1);
    let files = json["files"].as_array().unwrap();
    let paths: Vec<&str> = files.iter().map(|f| f["path"].as_str().unwrap()).collect();
    assert_eq!(paths.len(), 150);
    assert!(paths.is_sorted());
    for file in files {
        let text = fs::read_to_string(folder.join(file["path"].as_str().unwrap())).unwrap();
        for finding in file["findings"].as_array().unwrap() {
            let at = |key: &str| finding[key].as_u64().unwrap() as usize;
            assert_eq!(&text[at("start")..at("end")], finding["text"].as_str().unwrap());
            let line = text.split('\n').nth(at("line") - 1).unwrap();
            let from: String = line.chars().skip(at("column") - 1).collect();
            assert!(from.starts_with(finding["text"].as_str().unwrap()));
            let print = finding["fingerprint"].as_str().unwrap();
            assert!(print.len() == 16 && u64::from_str_radix(print, 16).is_ok());
        }
    }
    assert_eq!(json["totals"]["files"], 150);
}

#[test]
fn records_are_answered_in_order_whatever_the_threads() {
    let folder = folder("records-order");
    let lines: String = (0..2000).map(|i| format!("{{\"id\":{i},\"text\":\"A miracle, number {i}.\",\"more\":[1]}}\n")).collect();
    for threads in ["1", "3"] {
        let mut command = caveat(&folder);
        command.args(["check", "--records", "-", "--lints", "house", "--bare", "-j", threads]);
        let (stdout, _, exit) = run(command, lines.as_bytes());
        assert_eq!(exit, 1);
        let ids: Vec<u64> = String::from_utf8(stdout)
            .unwrap()
            .lines()
            .map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap())
            .inspect(|v| assert_eq!(v["findings"][0]["lint"], "overclaim/miracle"))
            .map(|v| v["id"].as_u64().unwrap())
            .collect();
        assert_eq!(ids, (0..2000).collect::<Vec<u64>>());
    }
}

#[test]
fn records_are_answered_in_json_lines_and_in_nothing_else() {
    let folder = folder("records-format");
    for command_name in ["check", "claims"] {
        let answer = |format: &[&str]| {
            let mut command = caveat(&folder);
            command.args([command_name, "--records", "-", "--lints", "house", "--bare"]).args(format);
            run(command, b"{\"id\":1,\"text\":\"Fine.\"}\n")
        };
        let (plain, _, exit) = answer(&[]);
        assert_eq!(exit, 0);
        let (named, _, exit) = answer(&["--format", "jsonl"]);
        assert_eq!((named, exit), (plain, 0));
        let (nothing, said, exit) = answer(&["--format", "json"]);
        assert!(nothing.is_empty() && String::from_utf8_lossy(&said).contains("--format jsonl"));
        assert_eq!(exit, 2);
    }
}

#[test]
fn a_record_is_answered_before_the_next_one_is_written() {
    use std::io::{BufRead, BufReader, Write};
    let folder = folder("records-lockstep");
    let mut command = caveat(&folder);
    command.args(["check", "--records", "-", "--lints", "house", "--bare"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    for i in 0..3 {
        writeln!(input, "{{\"id\":{i},\"text\":\"Fine.\"}}").unwrap();
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        assert_eq!(line, format!("{{\"id\":{i},\"findings\":[]}}\n"));
    }
    drop(input);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let folder = folder("broken-pipe");
    let text = "A miracle. ".repeat(20_000);
    fs::write(folder.join("a.txt"), text).unwrap();
    let mut command = caveat(&folder);
    command.args(["check", "a.txt", "--lints", "house", "--bare"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}
