//! Completions and man pages: of every shell, of every command, with every option, and bash truly completes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn caveat(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_caveat")).args(args).output().unwrap()
}

fn stdout(args: &[&str]) -> String {
    let output = caveat(args);
    assert!(output.status.success() && output.stderr.is_empty(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Commands that `caveat --help` lists.
fn commands() -> Vec<String> {
    let help = stdout(&["--help"]);
    let list = help.split("\nCommands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let names = list.lines().filter(|l| l.starts_with("  ") && !l.starts_with("   "));
    let names: Vec<String> = names.map(|l| l.split_whitespace().next().unwrap().to_owned()).filter(|n| n != "help").collect();
    assert!(names.len() > 5, "{names:?}");
    names
}

/// Long options that the help of a command lists.
fn options(command: &str) -> Vec<String> {
    let help = stdout(&[command, "--help"]);
    let starts = help.lines().filter_map(|l| l.trim_start().strip_prefix("--").or_else(|| l.split(", --").nth(1)));
    let names: Vec<String> =
        starts.map(|l| format!("--{}", l.split(|c: char| !c.is_ascii_lowercase() && c != '-').next().unwrap())).collect();
    assert!(names.contains(&"--help".to_owned()), "{names:?}");
    names
}

#[test]
fn completions_of_every_shell_know_every_command_and_option() {
    let commands = commands();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = stdout(&["completions", shell]);
        for command in &commands {
            assert!(script.contains(command.as_str()), "{shell} knows no {command}");
            for option in options(command) {
                // Fish writes `-l option`.
                let is_known = script.contains(&option) || script.contains(&format!("-l {}", &option[2..]));
                assert!(is_known, "{shell}: {command} knows no {option}");
            }
        }
    }
}

#[test]
fn bash_completes_commands_options_and_values() {
    if Command::new("bash").arg("--version").output().is_err() {
        eprintln!("no bash here: not tried");
        return;
    }
    let folder = folder("bash");
    let script = folder.join("caveat.bash");
    fs::write(&script, stdout(&["completions", "bash"])).unwrap();
    let complete = |words: &[&str]| -> Vec<String> {
        let list = words.join(" ");
        let (now, before) = (words[words.len() - 1], words[words.len() - 2]);
        let program = format!(
            "source '{}'; COMP_WORDS=({list}); COMP_CWORD={}; _caveat caveat '{now}' '{before}'; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            script.display(),
            words.len() - 1
        );
        let output = Command::new("bash").args(["--norc", "-c", &program]).output().unwrap();
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
    };
    assert_eq!(complete(&["caveat", "cl"]), ["claims"]);
    assert_eq!(complete(&["caveat", "check", "--fail"]), ["--fail-on"]);
    assert_eq!(complete(&["caveat", "check", "--fail-on", "w"]), ["warning"]);
}

#[test]
fn every_command_has_a_man_page_with_all_its_options() {
    let folder = folder("man");
    let said = stdout(&["man", folder.to_str().unwrap()]);
    let commands = commands();
    assert!(said.starts_with(&format!("{} pages written", commands.len() + 1)), "{said}");
    assert_eq!(fs::read_to_string(folder.join("caveat.1")).unwrap(), stdout(&["man"]));
    for command in &commands {
        let page = fs::read_to_string(folder.join(format!("caveat-{command}.1"))).unwrap();
        let title = page.lines().find(|l| l.starts_with(".TH ")).unwrap();
        assert!(title.contains(&format!("caveat-{command} 1")) && title.contains(env!("CARGO_PKG_VERSION")), "{title}");
        for option in options(command) {
            assert!(page.contains(&option.replace('-', "\\-")), "the page of {command} says nothing of {option}");
        }
    }
}

#[test]
fn a_folder_that_takes_no_pages_is_told_and_fails() {
    let file = folder("taken").join("file");
    fs::write(&file, "").unwrap();
    let output = caveat(&["man", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot be written"), "{}", String::from_utf8_lossy(&output.stderr));
}
