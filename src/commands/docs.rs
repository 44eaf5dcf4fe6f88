//! `caveat docs`: one Markdown page a lint, an index and the standards, all from the TOML.

use super::configured::Configured;
use super::terminal::Terminal;
use super::{CLEAN, TROUBLE};
use crate::catalog::{Built, Catalog, FAMILIES, Standard};
use crate::cli::Docs;
use crate::describe;
use crate::files::configs;
use crate::lint::compile::LintFile;
use crate::report::{clean, counted};
use std::fmt::Write;
use std::io;
use std::path::Path;

/// Runs the command.
///
/// # Errors
/// What the output says.
pub fn run(args: &Docs, terminal: &mut Terminal) -> io::Result<u8> {
    let mut problems = Vec::new();
    let mut configured = Configured::new(&args.rules, None, &mut problems);
    let applied = configured.single(None, &mut problems);
    let built = configured.build(&applied.chain);
    problems.extend(built.problems.iter().filter(|p| !p.file.text.is_empty()).cloned());
    super::setup::in_order(&mut problems);
    terminal.problems(&problems)?;
    let Some(folder) = &args.folder else {
        terminal.out.write_all(index(&built, false).as_bytes())?;
        return Ok(if problems.is_empty() { CLEAN } else { TROUBLE });
    };
    let mut pages = vec![("README.md".to_owned(), index(&built, true)), ("standards.md".to_owned(), standards(&built))];
    pages.extend(built.lints.iter().map(|lint| (format!("{}.md", lint.lint.id), page(lint, &built.catalog))));
    let mut written = 0;
    for (path, text) in pages {
        match configs::write(&folder.join(Path::new(&path)), &text, true) {
            Ok(()) => written += 1,
            Err(problem) => {
                terminal.problem(&problem)?;
                problems.push(problem);
            }
        }
    }
    writeln!(terminal.out, "{} written to {}", counted(written, "page"), clean::line(&folder.display().to_string()))?;
    Ok(if problems.is_empty() { CLEAN } else { TROUBLE })
}

/// Text in a cell of a table.
fn cell(text: &str) -> String {
    clean::line(text).split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|").replace('<', "&lt;")
}

/// All lints by family. With `linked` they point at pages beside the index, else at the files.
fn index(built: &Built, linked: bool) -> String {
    let mut out = String::from("# Lints\n\n");
    let _ = writeln!(out, "<!-- Written by `caveat docs`: edit the TOML files instead. -->\n");
    let preview = built.lints.iter().filter(|l| l.lint.preview).count();
    let _ = writeln!(
        out,
        "{}, {preview} of them in preview. Each rests on published standards and carries examples that run as tests.",
        counted(built.lints.len(), "lint")
    );
    for family in FAMILIES {
        let lints: Vec<&LintFile> = built.lints.iter().filter(|l| l.lint.family() == family).collect();
        if lints.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n## {family}\n\n| Lint | Level | What it says |\n|---|---|---|");
        for LintFile { lint, .. } in lints {
            let mut level = lint.level.name().to_owned();
            for (yes, note) in [(lint.preview, "preview".to_owned()), (!lint.jurisdiction.is_empty(), lint.jurisdiction.join(" "))] {
                if yes {
                    let _ = write!(level, ", {note}");
                }
            }
            let extension = if linked { "md" } else { "toml" };
            let _ = writeln!(out, "| [{0}]({0}.{extension}) | {level} | {1} |", lint.id, cell(&lint.words.message));
        }
    }
    out
}

/// The page of a lint.
fn page(file: &LintFile, catalog: &Catalog) -> String {
    let lint = &file.lint;
    let mut out = format!("# {}\n\n", lint.id);
    let mut facts = vec![format!("Level {}", lint.level.name())];
    if !lint.words.since.is_empty() {
        facts.push(format!("since {}", clean::line(&lint.words.since)));
    }
    if lint.preview {
        facts.push("preview: off unless asked for".to_owned());
    }
    if !lint.jurisdiction.is_empty() {
        facts.push(format!("only for {}", lint.jurisdiction.join(", ")));
    }
    if !lint.kinds.is_empty() {
        facts.push(format!("only on pages of the kind {}", lint.kinds.join(", ")));
    }
    let _ = writeln!(out, "{}.\n\n> {}\n\n{}\n", facts.join("; "), cell(&lint.words.message), lint.words.why.trim());
    let _ = writeln!(out, "## Write instead\n\n{}\n\n## What it looks for\n", lint.words.help.trim());
    for sentence in describe::lint(file, catalog) {
        let _ = writeln!(out, "- {sentence}");
    }
    for (title, flag) in [("Flagged", true), ("Passed", false)] {
        let _ = writeln!(out, "\n## {title}\n");
        for test in file.tests.iter().filter(|t| t.flag == flag) {
            let text = test.text.value.trim();
            let fence = "`".repeat((text.split(|c| c != '`').map(str::len).max().unwrap_or(0) + 1).max(3));
            let _ = writeln!(out, "{fence}text\n{text}\n{fence}\n");
        }
    }
    let _ = writeln!(out, "## Rests on\n");
    let up = "../".repeat(lint.id.matches('/').count());
    for key in &lint.words.standards {
        let title = catalog.standard(key).map_or(key.as_str(), |s| s.title.as_str());
        let _ = writeln!(out, "- [{}]({up}standards.md#{key})", cell(title));
    }
    let _ = writeln!(out, "\n{}", silence(&lint.id));
    out
}

fn silence(id: &str) -> String {
    format!(
        "To let one place stand, say why before the block: `<!-- caveat-allow {id}: the reason -->`. To change its level, write `\"{id}\" = \"info\"` under `[levels]` in `caveat.toml`."
    )
}

fn standards(built: &Built) -> String {
    let mut out = String::from("# Standards\n\nWhat the lints rest on, and which lints rest on it.\n");
    for Standard { key, title, body, year, section, url, status } in &built.catalog.standards {
        let _ = writeln!(out, "\n## {key}\n\n{}\n", cell(title));
        let facts = [body.as_str(), year, section].into_iter().filter(|f| !f.is_empty()).map(cell).collect::<Vec<_>>().join("; ");
        if !facts.is_empty() {
            let _ = writeln!(out, "{facts}.");
        }
        if !url.is_empty() {
            let _ = writeln!(out, "<{}>", clean::line(url).replace(['<', '>', ' '], ""));
        }
        if !status.is_empty() {
            let _ = writeln!(out, "Status: {}.", cell(status));
        }
        let lints = built.lints.iter().filter(|l| l.lint.words.standards.iter().any(|own| *own == **key));
        let links: Vec<String> = lints.map(|l| format!("[{0}]({0}.md)", l.lint.id)).collect();
        let _ = writeln!(out, "\n{}", if links.is_empty() { "No lint rests on it.".to_owned() } else { links.join(", ") });
    }
    out
}
