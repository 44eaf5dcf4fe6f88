//! What `docs/safety.md` promises: nothing that an article, a path, a lint or a config says runs a command, reads a
//! file outside the repository, steers a terminal or a workflow, or takes the machine down.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

const SECRET: &str = "hunter2-natural-cure";

/// `outside/` with a secret beside `repo/`, a repository of its own.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("safety").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("repo/.git")).unwrap();
    fs::create_dir_all(folder.join("outside/overclaim")).unwrap();
    write(&folder, "outside/secret.toml", &format!("{SECRET} = [\n"));
    write(&folder, "outside/caveat.toml", &format!("{SECRET} = [\n"));
    write(&folder, "outside/overclaim/a.toml", &format!("{SECRET} = 1\n"));
    write(&folder, "outside/secret.txt", &format!("A natural cure, {SECRET}.\n"));
    write(&folder, "repo/a.md", "A natural cure for your migraine.\n");
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn caveat(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_caveat"));
    command.args(args).current_dir(folder.join("repo")).env_clear().env("COLUMNS", "96").output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap() + &String::from_utf8(output.stderr.clone()).unwrap()
}

/// The output holds nothing of what lies outside, and the run says that something was refused.
#[track_caller]
fn refuses(folder: &Path, args: &[&str], message: &str) {
    let output = caveat(folder, args);
    let said = said(&output);
    assert!(!said.contains(SECRET), "{args:?} told the secret\n{said}");
    assert!(said.contains(message), "{args:?} did not say `{message}`\n{said}");
    assert_eq!(output.status.code(), Some(2), "{said}");
}

#[test]
fn what_a_config_names_stays_inside_the_repository() {
    for (i, (line, message)) in [
        ("extends = [\"../outside/secret.toml\"]", "leads out of the repository"),
        ("extends = [\"../outside\"]", "leads out of the repository"),
        ("extends = [\"sub/../../outside\"]", "leads out of the repository"),
        ("extends = [\"../nowhere-at-all\"]", "leads out of the repository"),
        ("lints = [\"../outside\"]", "leads out of the repository"),
        ("extends = [\"/etc/passwd\"]", "is no relative path"),
        ("extends = [\"~/.ssh\"]", "is no relative path"),
        ("extends = [\"\"]", "is no relative path"),
        ("extends = [\"..\\\\outside\"]", "is no relative path"),
        ("extends = [\"https://example.org/caveat.toml\"]", "is no path"),
        ("lints = [\"file:///etc\"]", "is no path"),
        ("exclude = [\"../outside/**\"]", "cannot leave the folder"),
    ]
    .into_iter()
    .enumerate()
    {
        let folder = folder(&format!("names-{i}"));
        write(&folder, "repo/caveat.toml", line);
        refuses(&folder, &["check", "a.md"], message);
        refuses(&folder, &["config", "a.md"], message);
    }
}

#[test]
#[cfg(unix)]
fn links_that_lead_out_are_not_followed() {
    use std::os::unix::fs::symlink;
    let link =
        |folder: &Path, target: &str, name: &str| symlink(folder.join("outside").join(target), folder.join("repo").join(name)).unwrap();
    let outside = folder("links-extends");
    link(&outside, "", "base");
    write(&outside, "repo/caveat.toml", "extends = [\"base\"]\nlints = [\"base\"]\n");
    refuses(&outside, &["check", "a.md"], "leads out of the repository");

    let config = folder("links-config");
    link(&config, "caveat.toml", "caveat.toml");
    refuses(&config, &["check", "a.md"], "leads out of the repository");

    let side_car = folder("links-side-car");
    link(&side_car, "secret.toml", "a.md.caveat.toml");
    refuses(&side_car, &["check", "a.md"], "is no plain file");

    let article = folder("links-article");
    link(&article, "secret.txt", "b.txt");
    link(&article, "", "c");
    refuses(&article, &["check", "b.txt"], "leads out of here");
    refuses(&article, &["check", "c"], "leads out of here");
    refuses(&article, &["check", "c/secret.txt"], "leads out of here");
    refuses(&article, &["show", "b.txt"], "leads out of here");
    let walked = caveat(&article, &["check", "."]);
    assert!(said(&walked).contains("1 file checked") && !said(&walked).contains(SECRET), "{}", said(&walked));
    let allowed = said(&caveat(&article, &["check", "b.txt", "--allow-outside"]));
    assert!(allowed.contains(SECRET), "{allowed}");

    let lints = folder("links-lints");
    fs::create_dir_all(lints.join("repo/house/overclaim")).unwrap();
    link(&lints, "overclaim/a.toml", "house/overclaim/a.toml");
    link(&lints, "overclaim", "house/evidence");
    write(&lints, "repo/caveat.toml", "lints = [\"house\"]\n");
    refuses(&lints, &["check", "a.md"], "no lints in this folder");
}

#[test]
#[cfg(unix)]
fn nothing_runs_a_command() {
    let folder = folder("commands");
    let bait = "$(touch pwned) `touch pwned` ; touch pwned | touch pwned && touch pwned";
    for name in ["$(touch pwned).md", "a;touch pwned;.md", "`touch pwned`.md", "| touch pwned.md", "--config=x.md", "-.md"] {
        write(
            &folder,
            &format!("repo/content/{name}"),
            &format!("# {bait}\n\n<!-- caveat-allow {bait}: {bait} -->\n\n{bait} cures gout.\n"),
        );
    }
    write(
        &folder,
        "repo/content/caveat.toml",
        &format!("accept = [{bait:?}]\nproducts = [{bait:?}]\nexec = {bait:?}\n[levels]\n{bait:?} = \"off\"\n"),
    );
    for args in [&["check", "content"][..], &["claims", "content"], &["config", "content"], &["init", "content", "--force"]] {
        let output = caveat(&folder, args);
        assert!(output.status.code().is_some_and(|code| code <= 2), "{args:?}");
    }
    let mut open = vec![folder.clone()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            assert_ne!(path.file_name().unwrap(), "pwned");
            if path.is_dir() {
                open.push(path);
            }
        }
    }
}

#[test]
#[cfg(unix)]
fn nothing_steers_a_terminal_or_a_workflow() {
    let folder = folder("steering");
    let bait = "\u{1b}[2Jx\u{202e}y\r\n::error::pwned";
    let name = "a\u{1b}[31m\n::error::b.md";
    write(&folder, &format!("repo/content/{name}"), &format!("# x\n\n<!-- caveat-allow {bait}: z -->\n\nA natural cure for your gout.\n"));
    write(
        &folder,
        "repo/content/caveat.toml",
        "products = [\"\\u001b[2J\\u202e\"]\nkind = \"\\u001b[2J\\n::error::pwned\"\n[levels]\n\"\\u001b]0;x\\u0007\\n::error::pwned\" = \"off\"\n",
    );
    for format in ["human", "concise", "github", "json", "markdown", "gitlab", "sarif", "junit", "checkstyle"] {
        let output = caveat(&folder, &["check", "content", "--format", format]);
        let said = said(&output);
        let raw = said.chars().find(|c| c.is_control() && *c != '\n' || matches!(c, '\u{202a}'..='\u{202e}'));
        assert_eq!(raw, None, "{format}: {said:?}");
        let injected = said.lines().find(|l| l.starts_with("::error::"));
        assert_eq!(injected, None, "{format}");
    }
    let shown = said(&caveat(&folder, &["config", &format!("content/{name}")]));
    assert!(!shown.chars().any(|c| c.is_control() && c != '\n'), "{shown:?}");
}

/// No measure of speed, which benches take: what never ends, or takes the square of its length, takes longer than this
/// on any machine.
const HANGS: Duration = Duration::from_secs(300);

/// Hostile files of a repository, the arguments, and what must be said of them.
fn refused(name: &str, files: &[(String, String)], args: &[&str], message: &str) {
    let folder = folder(name);
    for (path, text) in files {
        write(&folder, &format!("repo/{path}"), text);
    }
    let start = Instant::now();
    let output = caveat(&folder, args);
    let took = start.elapsed();
    let said = said(&output);
    let head: String = said.chars().take(600).collect();
    assert!(output.status.code().is_some_and(|code| code <= 2), "{name} crashed\n{head}");
    assert!(said.contains(message), "{name} did not say `{message}`\n{head}");
    assert!(took < HANGS, "{name} took {took:?}");
}

#[test]
fn hostile_configs_are_refused() {
    let config = |text: String| vec![("caveat.toml".to_owned(), text)];
    let check = &["check", "a.md"][..];
    refused("large", &config(format!("# {}\n", "x".repeat(2 << 20))), check, "larger than 1 MB");
    refused("deep", &config(format!("a = {}", "[".repeat(200_000))), check, "error");
    refused("deep-tables", &config(format!("a{} = 1", ".a".repeat(100_000))), check, "error");
    refused("stars", &config(format!("exclude = [\"{}\"]\n", "*a".repeat(250))), &["check", "."], "means no article");
    refused("long-glob", &config(format!("exclude = [\"{}\"]\n", "*a".repeat(2500))), check, "512 bytes");
    refused("term", &config(format!("accept = [\"{}\"]\n", "a/b c/d ".repeat(20))), check, "more than 512 phrases");
    refused(
        "levels",
        &config(format!("[levels]\n{}", (0..5000).map(|i| format!("\"x/{i}\" = \"off\"\n")).collect::<String>())),
        check,
        "no lint is called",
    );
    let chain: Vec<(String, String)> = (0..100)
        .map(|i| (if i == 0 { "caveat.toml".to_owned() } else { format!("c{i}.toml") }, format!("extends = [\"c{}.toml\"]\n", i + 1)))
        .collect();
    refused("chain", &chain, check, "more than 32 configs");
    let mut nested: Vec<(String, String)> = (0..40)
        .flat_map(|i| [(format!("n{i}/caveat.toml"), format!("accept = [\"word{i}\"]\n")), (format!("n{i}/a.md"), "A.\n".to_owned())])
        .collect();
    let list = "about = \"a\"\nterms = [\"a\"]\n[[test]]\nhit = \"a\"\n[[test]]\nmiss = \"b\"\n";
    nested.push(("house/words/x/y.toml".to_owned(), list.to_owned()));
    refused("catalogs", &nested, &["check", ".", "--lints", "house", "--bare"], "more than 16 different sets");
}

#[test]
fn hostile_lints_are_refused() {
    let list = |rest: &str| format!("about = \"a\"\n{rest}\n[[test]]\nhit = \"a\"\n[[test]]\nmiss = \"b\"\n");
    let house =
        |text: String| vec![("caveat.toml".to_owned(), "lints = [\"house\"]\n".to_owned()), ("house/words/x/y.toml".to_owned(), text)];
    let check = &["check", "a.md"][..];
    let regex = |r: &str| list(&format!("terms = [\"a\"]\n[[pattern]]\nregex = '{r}'\nneeds = [\"a\"]"));
    refused("regex-size", &house(regex(r"(\w{100}){100}{100}")), check, "bad regex");
    refused("regex-look", &house(regex("(?=a)")), check, "bad regex");
    refused("lint-size", &house(format!("# {}\n", "x".repeat(2 << 20))), check, "larger than 1 MB");
    refused("round", &house(list("terms = [\"<x.y> b\"]")), check, "needs a list that needs this list");
}

#[test]
fn hostile_articles_come_to_an_end() {
    let article = |text: String| vec![("b.md".to_owned(), text)];
    let check = &["check", "b.md", "--select", "overclaim/cure-word,allow", "--format", "concise"][..];
    let comments = "<!-- caveat-allow overclaim/cure-word: x -->\n".repeat(4000);
    refused("comments", &article(format!("{comments}\nA natural cure for your gout.\n")), check, "allow/unused");
    let excused = "<!-- caveat-allow overclaim/cure-word: x -->\n\nA natural cure for your gout.\n\n".repeat(2000);
    refused("excused", &article(excused), check, "suppressed");
    let mut quoted = article("A natural cure for your gout. ".repeat(4000));
    quoted.push(("b.md.caveat.toml".to_owned(), "[[allow]]\nlint = \"overclaim\"\ntext = \"a\"\nreason = \"b\"\n".repeat(300)));
    refused("quoted", &quoted, check, "suppressed");
    refused("marks", &article(format!("A {} b.\n\nA natural cure for your gout.\n", "#".repeat(400_000))), check, "cure");
    let led = format!("Zinc {}:\n\n{}\nA natural cure for your gout.\n", "may ".repeat(390), "- ease pain\n".repeat(20_000));
    refused("led", &article(led), check, "cure");
}
