//! `caveat explain`: what a lint is for, why it matters, what to write instead, what it rests on.

use super::configured::Configured;
use super::terminal::Terminal;
use super::{CLEAN, TROUBLE, setup};
use crate::catalog::Catalog;
use crate::cli::Explain;
use crate::describe;
use crate::embedded;
use crate::lint::compile::{self, LintFile};
use crate::report::clean;
use crate::source::Source;
use crate::words::lexicon::LexiconBuilder;
use std::io;
use std::sync::Arc;
use termcolor::{ColorSpec, WriteColor};

/// Runs the command.
///
/// # Errors
/// What the output says.
pub fn run(args: &Explain, terminal: &mut Terminal) -> io::Result<u8> {
    let is_wanted = |id: &str| args.names.iter().any(|g| setup::matches(g, id));
    let mut problems = Vec::new();
    let mut configured = Configured::new(&args.rules, None, &mut problems);
    let applied = configured.single(None, &mut problems);
    let has_own = !args.rules.lints.is_empty() || !applied.chain.lints.is_empty();
    let (catalog, lints, mut problems) = if !has_own {
        let catalog = embedded::catalog();
        let lints = catalog.lints.iter().filter(|l| is_wanted(&l.id)).filter_map(|l| shipped(&l.id, &catalog)).collect();
        (catalog, lints, problems)
    } else {
        let built = configured.build(&applied.chain);
        (built.catalog, built.lints, built.problems)
    };
    setup::unknown("explain", &args.names, &catalog, &mut problems);
    terminal.problems(&problems)?;
    for (i, lint) in lints.iter().filter(|l| is_wanted(&l.lint.id)).enumerate() {
        if i > 0 {
            writeln!(terminal.out)?;
        }
        explain(&mut *terminal.out, terminal.width, lint, &catalog)?;
    }
    Ok(if problems.is_empty() { CLEAN } else { TROUBLE })
}

/// A lint that ships, as it is written: the frozen catalog holds no examples.
fn shipped(id: &str, catalog: &Catalog) -> Option<LintFile> {
    let (path, text) = embedded::files().find(|(path, _)| path.strip_suffix(".toml") == Some(id))?;
    let file = Arc::new(Source::new(format!("lints/{path}"), text));
    // Its mistakes are for `caveat test`.
    let mut written = compile::read(&file, id, &mut LexiconBuilder::default(), &mut Vec::new());
    // Its tags are known by number in the catalog only.
    written.lint = catalog.lint(id)?.clone();
    Some(written)
}

fn explain(out: &mut dyn WriteColor, width: usize, file: &LintFile, catalog: &Catalog) -> io::Result<()> {
    let lint = &file.lint;
    out.set_color(ColorSpec::new().set_bold(true))?;
    write!(out, "{}", lint.id)?;
    out.reset()?;
    let mut facts = vec![lint.level.name().to_owned()];
    if lint.preview {
        facts.push("preview: runs with --preview".to_owned());
    }
    if !lint.jurisdiction.is_empty() {
        facts.push(format!("runs with --jurisdiction {}", lint.jurisdiction.join(",")));
    }
    if !lint.words.since.is_empty() {
        facts.push(format!("since {}", lint.words.since));
    }
    writeln!(out, " ({})\n", facts.join("; "))?;
    paragraph(out, width, &lint.words.message)?;
    writeln!(out)?;
    for part in lint.words.why.split("\n\n").filter(|p| !p.trim().is_empty()) {
        paragraph(out, width, part)?;
        writeln!(out)?;
    }
    section(out, "Write instead")?;
    paragraph(out, width, &lint.words.help)?;
    writeln!(out)?;
    section(out, "What it looks for")?;
    for sentence in describe::lint(file, catalog) {
        paragraph(out, width, &sentence)?;
    }
    for (title, flag) in [("Flagged", true), ("Passed", false)] {
        writeln!(out)?;
        section(out, title)?;
        for test in file.tests.iter().filter(|t| t.flag == flag) {
            let text = clean::wrap(&clean::line(test.text.value.trim()), width.saturating_sub(4));
            writeln!(out, "  - {}", text.replace('\n', "\n    "))?;
        }
    }
    writeln!(out)?;
    section(out, "Rests on")?;
    for key in &lint.words.standards {
        let Some(s) = catalog.standard(key) else {
            writeln!(out, "  - {key}")?;
            continue;
        };
        let about = [s.title.as_str(), &s.section, &s.body, &s.year].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join("; ");
        let text = clean::wrap(&clean::line(&format!("{about} [{key}]")), width.saturating_sub(4));
        writeln!(out, "  - {}", text.replace('\n', "\n    "))?;
        if !s.url.is_empty() {
            writeln!(out, "    {}", clean::line(&s.url))?;
        }
    }
    Ok(())
}

fn section(out: &mut dyn WriteColor, title: &str) -> io::Result<()> {
    out.set_color(ColorSpec::new().set_bold(true))?;
    write!(out, "{title}:")?;
    out.reset()?;
    writeln!(out)
}

fn paragraph(out: &mut dyn WriteColor, width: usize, text: &str) -> io::Result<()> {
    let text = clean::wrap(&clean::line(text), width.saturating_sub(2));
    writeln!(out, "  {}", text.replace('\n', "\n  "))
}
