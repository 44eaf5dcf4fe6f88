//! What a person waits for: caveat as a process, measured from outside. `cargo bench --bench process` prints
//! one figure a line, with the limit that it must keep; it ends with 1 when one is not kept.
//!
//! CPU is user and system time of the child as the kernel counts it (in ticks, so short runs are repeated);
//! memory is the kernel's high-water mark. Linux only; other systems are told so.

mod measure;

use measure::{figure, folder, time};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn main() {
    let Some(folder) = folder("process") else { return };
    fs::create_dir_all(&folder).expect("the target folder takes files");
    let markdown = articles("md");
    let mut kept = true;
    kept &= one_article(&folder, &markdown);
    kept &= throughput(&folder, &markdown);
    kept &= linearity(&folder, &markdown);
    kept &= hostile(&folder);
    kept &= ripgrep(&folder, &markdown);
    kept &= memory(&folder);
    if !kept {
        std::process::exit(1);
    }
}

/// The articles of `fixtures/` with that extension, by name.
fn articles(extension: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/articles");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).expect("fixtures are there").flatten().map(|e| e.path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == extension));
    paths.sort();
    paths.iter().map(|p| fs::read_to_string(p).expect("fixtures are UTF-8")).collect()
}

/// Articles one behind the other, without their front matter, cut at about `size` bytes.
fn long(articles: &[String], size: usize) -> String {
    let mut out = String::with_capacity(size + 5000);
    for (round, article) in articles.iter().cycle().enumerate() {
        if out.len() >= size {
            break;
        }
        let body = article.strip_prefix("---\n").and_then(|a| a.split_once("\n---\n")).map_or(article.as_str(), |(_, body)| body);
        // Each round differs, or half of the text would be a duplicate of the other.
        out.push_str(&body.replace(". ", &format!(" {round}. ")));
        out.push('\n');
    }
    let end = (0..=size.min(out.len())).rev().find(|&i| out.is_char_boundary(i)).unwrap_or(0);
    out.truncate(end);
    out
}

fn write(path: &Path, text: &str) {
    fs::File::create(path).and_then(|mut f| f.write_all(text.as_bytes())).expect("the target folder takes files");
}

fn caveat(paths: &[&Path]) -> Command {
    let mut command = Command::new(measure::installed());
    command.args(["check", "-j1", "--no-config", "--as-of", "2026-01-15", "--format", "json"]).args(paths);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn one_article(folder: &Path, articles: &[String]) -> bool {
    let path = folder.join("one.md");
    write(&path, &long(articles, 14 << 10));
    time(&mut caveat(&[&path]), 20);
    let (cpu, wall) = time(&mut caveat(&[&path]), 200);
    println!("{:<58} {:>9.2} ms", "one article of 14 KB, wall", wall * 1e3);
    figure("one article of 14 KB, CPU of the whole process", cpu * 1e3, "ms", 8.0, true)
}

fn throughput(folder: &Path, articles: &[String]) -> bool {
    let tree = folder.join("tree");
    let bytes = grow(&tree, articles, 2000);
    let cpu = (0..3).map(|_| time(&mut caveat(&[&tree]), 1).0).fold(f64::INFINITY, f64::min);
    figure("2,000 Markdown files, whole process, CPU", bytes as f64 / cpu / 1e6, "MB/s", 40.0, false)
}

/// Writes `count` files below `tree`; returns their bytes.
fn grow(tree: &Path, articles: &[String], count: usize) -> usize {
    fs::create_dir_all(tree).expect("the target folder takes files");
    let mut bytes = 0;
    for (i, article) in articles.iter().cycle().take(count).enumerate() {
        write(&tree.join(format!("{i:04}.md")), article);
        bytes += article.len();
    }
    bytes
}

fn linearity(folder: &Path, articles: &[String]) -> bool {
    let mut kept = true;
    for extension in ["md", "txt", "html"] {
        let mut texts = if extension == "md" { articles.to_vec() } else { self::articles(extension) };
        // Whole pages one behind the other are no page: only the first would be read.
        texts.retain(|t| !t.starts_with("<!DOCTYPE"));
        let mut rate = [0.0; 2];
        for (rate, (size, runs)) in rate.iter_mut().zip([(1 << 20, 8), (10 << 20, 2)]) {
            let path = folder.join(format!("long-{size}.{extension}"));
            write(&path, &long(&texts, size));
            *rate = time(&mut caveat(&[&path]), runs).0 * 1e9 / size as f64;
        }
        println!("{:<58} {:>9.2} ns/byte, {:.2} at 10 MB", format!("one {extension} file of 1 MB"), rate[0], rate[1]);
        kept &= figure(&format!("{extension}: time a byte at 10 MB to that at 1 MB"), rate[1] / rate[0], "times", 1.5, true);
    }
    kept
}

/// What is repeated in texts that are written to take long.
const HOSTILE: [&str; 40] = [
    "[",
    "](",
    "[a](b",
    "*",
    "`",
    "<",
    "</div>",
    "<!--",
    "<table><tr><td>",
    "&",
    "|",
    "> ",
    "- ",
    "1. ",
    "(",
    "\"",
    "'",
    "...",
    "<b>.",
    "et al. ",
    "not ",
    "and ",
    "zinc reduces pain and ",
    "[1] ",
    "[^1]: a\n",
    "10.1000/x ",
    "! <http://awww.",
    "http://a.b/)",
    "#",
    "{",
    "{{\"a\" ``",
    "<A b={",
    "<A>.",
    "---\n",
    "\n| a | b |",
    "\nQ: a?\nA: b",
    "\u{2022} a ",
    "link:a[",
    "\u{301}",
    "Smith et al. (2010) ",
];

/// Prints the text whose time grows fastest with its length.
fn hostile(folder: &Path) -> bool {
    let mut worst = (0.0, String::new());
    for unit in HOSTILE {
        for extension in ["md", "txt", "html", "mdx", "adoc"] {
            let path = folder.join(format!("hostile.{extension}"));
            let [short, long] = [1 << 17, 1 << 19].map(|size| {
                write(&path, &unit.repeat(size / unit.len()));
                // The wall clock is finer than the kernel's ticks; the better of two runs counts.
                (0..2).map(|_| time(&mut caveat(&[&path]), 1).1).fold(f64::INFINITY, f64::min)
            });
            if long / short > worst.0 {
                worst = (long / short, format!("{unit:?} in .{extension}"));
            }
        }
    }
    println!("{:<58} {}", "repeated, it takes longest beside its length", worst.1);
    figure("time of four times such a text to that of one", worst.0, "times", 8.0, true)
}

fn ripgrep(folder: &Path, articles: &[String]) -> bool {
    if Command::new("rg").arg("--version").stdout(Stdio::null()).status().is_err() {
        println!("{:<58} skipped: rg is not on PATH", "CPU to that of rg with 300 words");
        return true;
    }
    // The 300 most frequent words of five letters or more: what a publisher's list of words to watch would be.
    let mut count = std::collections::BTreeMap::<String, usize>::new();
    for word in articles.iter().flat_map(|a| a.split(|c: char| !c.is_ascii_alphabetic())).filter(|w| w.len() >= 5) {
        *count.entry(word.to_lowercase()).or_default() += 1;
    }
    let mut words: Vec<(usize, String)> = count.into_iter().map(|(w, n)| (n, w)).collect();
    words.sort_by(|a, b| b.cmp(a));
    let list = folder.join("words300");
    write(&list, &words.iter().take(300).map(|(_, w)| format!("{w}\n")).collect::<String>());
    let tree = folder.join("tree");
    grow(&tree, articles, 2000);
    // One after the other in pairs, so that both see the same machine.
    let mut ratios: Vec<f64> = (0..5)
        .map(|_| {
            let mut rg = Command::new("rg");
            rg.args(["-j1", "--no-config", "--count-matches", "-i", "-f"]).arg(&list).arg(&tree).stdout(Stdio::null());
            time(&mut caveat(&[&tree]), 1).0 / time(&mut rg, 1).0
        })
        .collect();
    ratios.sort_by(f64::total_cmp);
    figure("2,000 Markdown files: CPU to that of rg with 300 words", ratios[2], "times", 2.5, true)
}

fn memory(folder: &Path) -> bool {
    let tree = folder.join("memory");
    let all: Vec<String> = ["md", "txt", "html"].iter().flat_map(|e| articles(e)).collect();
    let mut bytes = 0;
    fs::create_dir_all(&tree).expect("the target folder takes files");
    for (i, article) in all.iter().cycle().take(400).enumerate() {
        let extension = ["md", "txt", "html"][(i % all.len()) * 3 / all.len()];
        write(&tree.join(format!("{i:03}.{extension}")), article);
        bytes += article.len();
    }
    let peak = |threads: &[&str]| {
        let run = |_| {
            let mut command = Command::new(measure::installed());
            command
                .args(["check", "--no-config", "--format", "jsonl"])
                .args(threads)
                .arg(&tree)
                .stdout(Stdio::null())
                .stderr(Stdio::null());
            measure::peak(&mut command)
        };
        (0..3).map(run).fold(0.0, f64::max)
    };
    println!("{:<58} {:>9.2} MB", "400 files of all formats, size", bytes as f64 / 1e6);
    // The limit is meant for one thread, as all figures of this bench are; what all of them take is shown beside it.
    println!("{:<58} {:>9.2} MiB", "400 files of all formats, peak memory, all threads", peak(&[]));
    figure("400 files of all formats, peak memory, one thread", peak(&["-j1"]), "MiB", 20.0, true)
}
