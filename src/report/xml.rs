//! JUnit and Checkstyle: the XML that build servers read, and the little that writing XML takes.

use super::{Checked, Places, Report, Totals, clean};
use crate::finding::Level;
use crate::problem::Problem;
use std::io;
use termcolor::WriteColor;

/// The first line of every document.
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

/// A text as the content of an element or of an attribute in double quotes: one harmless line, the signs
/// of XML escaped, nothing left that XML 1.0 does not allow.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in clean::line(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// Checkstyle: a `<file>` an article, an `<error>` a finding.
pub struct Checkstyle;

impl Report for Checkstyle {
    fn begin(&mut self, out: &mut dyn WriteColor) -> io::Result<()> {
        writeln!(out, "{HEAD}\n<checkstyle version=\"8.0\">")
    }

    fn file(&mut self, file: &Checked, out: &mut dyn WriteColor) -> io::Result<()> {
        let mut places = Places::new(file.source);
        writeln!(out, "<file name=\"{}\">", escape(&file.source.name))?;
        for f in &file.audit.findings {
            let at = places.position(f.span.start);
            let (severity, source) = (level(f.level), f.lint.replace('/', "."));
            let message = escape(&format!("{}; {}", f.message, f.help));
            writeln!(
                out,
                "  <error line=\"{}\" column=\"{}\" severity=\"{severity}\" message=\"{message}\" source=\"caveat.{}\"/>",
                at.line,
                at.column,
                escape(&source)
            )?;
        }
        writeln!(out, "</file>")
    }

    fn problem(&mut self, problem: &Problem, out: &mut dyn WriteColor) -> io::Result<()> {
        let at = problem.file.position(problem.span.start);
        writeln!(out, "<file name=\"{}\">", escape(&problem.file.name))?;
        writeln!(
            out,
            "  <error line=\"{}\" column=\"{}\" severity=\"error\" message=\"{}\" source=\"caveat.problem\"/>\n</file>",
            at.line,
            at.column,
            escape(&problem.message)
        )
    }

    fn end(&mut self, _totals: &Totals, out: &mut dyn WriteColor) -> io::Result<()> {
        writeln!(out, "</checkstyle>")
    }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info | Level::Off => "info",
    }
}

/// JUnit: a test suite an article, a failed test a finding, a passed one where there is none.
pub struct Junit;

impl Report for Junit {
    fn begin(&mut self, out: &mut dyn WriteColor) -> io::Result<()> {
        writeln!(out, "{HEAD}\n<testsuites name=\"caveat\">")
    }

    fn file(&mut self, file: &Checked, out: &mut dyn WriteColor) -> io::Result<()> {
        let mut places = Places::new(file.source);
        let (name, findings) = (escape(&file.source.name), &file.audit.findings);
        let (tests, failures) = (findings.len().max(1), findings.len());
        writeln!(out, "<testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\">")?;
        for f in findings {
            let at = places.position(f.span.start);
            let (lint, kind, message) = (escape(&f.lint), f.level.name(), escape(&f.message));
            writeln!(out, "  <testcase name=\"{lint} at {}:{}\" classname=\"{name}\">", at.line, at.column)?;
            writeln!(out, "    <failure type=\"{kind}\" message=\"{message}\">{name}:{}:{}: {message}", at.line, at.column)?;
            writeln!(out, "help: {}</failure>\n  </testcase>", escape(&f.help))?;
        }
        if findings.is_empty() {
            writeln!(out, "  <testcase name=\"nothing found\" classname=\"{name}\"/>")?;
        }
        writeln!(out, "</testsuite>")
    }

    fn problem(&mut self, problem: &Problem, out: &mut dyn WriteColor) -> io::Result<()> {
        let (name, message) = (escape(&problem.file.name), escape(&problem.message));
        writeln!(out, "<testsuite name=\"{name}\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\">")?;
        writeln!(out, "  <testcase name=\"caveat\" classname=\"{name}\"><error type=\"problem\" message=\"{message}\"/></testcase>")?;
        writeln!(out, "</testsuite>")
    }

    fn end(&mut self, _totals: &Totals, out: &mut dyn WriteColor) -> io::Result<()> {
        writeln!(out, "</testsuites>")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_text_ends_an_attribute_or_an_element() {
        assert_eq!(escape("</failure>\"'&\n]]>\u{1b}\u{0}\u{ffff}"), "&lt;/failure&gt;&quot;&apos;&amp; ]]&gt;\u{fffd}\u{fffd}\u{fffd}");
    }

    proptest! {
        #[test]
        fn any_text_becomes_what_xml_allows(text in any::<String>()) {
            let text = escape(&text);
            let is_allowed = |c: char| !c.is_control() && !matches!(c, '<' | '>' | '"' | '\'' | '\u{fffe}' | '\u{ffff}');
            prop_assert!(text.chars().all(is_allowed));
        }
    }
}
