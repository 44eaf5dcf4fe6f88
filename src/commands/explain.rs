//! `caveat explain`: what a lint is for, why it matters, what to write instead, what it rests on.

use super::terminal::Terminal;
use super::{CLEAN, TROUBLE, setup};
use crate::catalog::Catalog;
use crate::cli::Explain;
use crate::lint::compile::LintFile;
use crate::report::clean;
use std::io;
use termcolor::{ColorSpec, WriteColor};

/// Runs the command.
///
/// # Errors
/// What the output says.
pub fn run(args: &Explain, terminal: &mut Terminal) -> io::Result<u8> {
    let mut built = setup::build(&args.rules.lints, args.rules.bare);
    let mut problems = if args.rules.lints.is_empty() { Vec::new() } else { std::mem::take(&mut built.problems) };
    setup::unknown("explain", &args.names, &built.catalog, &mut problems);
    terminal.problems(&problems)?;
    let mut is_first = true;
    for lint in built.lints.iter().filter(|l| args.names.iter().any(|g| setup::matches(g, &l.lint.id))) {
        if !is_first {
            writeln!(terminal.out)?;
        }
        is_first = false;
        explain(&mut *terminal.out, terminal.width, lint, &built.catalog)?;
    }
    Ok(if problems.is_empty() { CLEAN } else { TROUBLE })
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
    if !lint.since.is_empty() {
        facts.push(format!("since {}", lint.since));
    }
    writeln!(out, " ({})\n", facts.join("; "))?;
    paragraph(out, width, &lint.message)?;
    writeln!(out)?;
    for part in lint.why.split("\n\n").filter(|p| !p.trim().is_empty()) {
        paragraph(out, width, part)?;
        writeln!(out)?;
    }
    section(out, "Write instead")?;
    paragraph(out, width, &lint.help)?;
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
    for key in &lint.standards {
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
