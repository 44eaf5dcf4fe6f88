//! Draws findings and problems for people: a heading, the sentence with the words underlined, what to do.

use super::view::{View, view};
use super::{Checked, Report, Totals, WORD, clean};
use crate::finding::{Finding, Level};
use crate::problem::Problem;
use crate::source::{Position, Source, Span};
use codespan_reporting::diagnostic::Severity;
use codespan_reporting::files::Error;
use codespan_reporting::term::{Config, Renderer, Styles, StylesWriter};
use std::io;
use termcolor::WriteColor;

/// The report for people.
pub struct Human {
    /// Columns of the terminal.
    pub width: usize,
    styles: Styles,
}

impl Human {
    /// A report for a terminal of `width` columns.
    pub fn new(width: usize) -> Human {
        Human { width, styles: Styles::default() }
    }
}

impl Report for Human {
    fn file(&mut self, file: &Checked, out: &mut dyn WriteColor) -> io::Result<()> {
        let mut places = super::Places::new(file.source);
        for finding in &file.audit.findings {
            let at = places.position(finding.span.start);
            draw_finding(out, &self.styles, self.width, file, finding, at)?;
        }
        Ok(())
    }

    fn end(&mut self, totals: &Totals, out: &mut dyn WriteColor) -> io::Result<()> {
        writeln!(out, "{totals}")
    }
}

/// What is drawn, whatever it is about.
struct Drawing<'a> {
    severity: Severity,
    level: &'a str,
    code: &'a str,
    message: &'a str,
    /// How places are counted, where it is not by lines and columns.
    counted: &'a str,
    notes: Vec<String>,
}

fn draw_finding(
    out: &mut dyn WriteColor,
    styles: &Styles,
    width: usize,
    file: &Checked,
    finding: &Finding,
    at: Position,
) -> io::Result<()> {
    let source = file.source;
    let severity = match finding.level {
        Level::Error => Severity::Error,
        Level::Warning => Severity::Warning,
        _ => Severity::Help,
    };
    let gutter = gutter(source, finding.span);
    let view = view(source, finding.span, &finding.related, width.saturating_sub(gutter));
    let mut notes = vec![note("help", &finding.help, width)];
    for (span, text) in view.outside.iter().filter_map(|&i| finding.related.get(i)) {
        let place = source.position(span.start);
        let words: String = source.slice(*span).chars().take(60).collect();
        notes.push(note("see", &format!("{}:{}: {text}: `{}`", place.line, place.column, words.trim()), width));
    }
    if !finding.also.is_empty() {
        notes.push(note("also", &finding.also.join(", "), width));
    }
    let counted = if file.format == WORD { " (paragraph:character)" } else { "" };
    let drawing = Drawing { severity, level: finding.level.name(), code: &finding.lint, message: &finding.message, counted, notes };
    draw(out, styles, &drawing, &source.name, Some((&view, at)))
}

/// Draws a problem: in its file where it has a place, else in one line.
pub fn draw_problem(out: &mut dyn WriteColor, width: usize, problem: &Problem) -> io::Result<()> {
    let styles = Styles::default();
    let notes = problem.help.iter().map(|help| note("help", help, width)).collect();
    let named = format!("{}: {}", problem.file.name, problem.message);
    let has_text = !problem.file.text.is_empty();
    let message = if has_text { &problem.message } else { &named };
    let drawing = Drawing { severity: Severity::Error, level: "error", code: "", message, counted: "", notes };
    let at = problem.file.position(problem.span.start);
    let view = view(&problem.file, problem.span, &[], width.saturating_sub(gutter(&problem.file, problem.span)));
    draw(out, &styles, &drawing, &problem.file.name, has_text.then_some((&view, at)))
}

fn gutter(source: &Source, span: Span) -> usize {
    digits(source.line_of(span.end) + 1) + 3
}

fn digits(n: usize) -> usize {
    n.checked_ilog10().unwrap_or(0) as usize + 1
}

fn note(kind: &str, text: &str, width: usize) -> String {
    clean::wrap(&clean::line(&format!("{kind}: {text}")), width.saturating_sub(8).max(30))
}

fn draw(out: &mut dyn WriteColor, styles: &Styles, drawing: &Drawing, name: &str, place: Option<(&View, Position)>) -> io::Result<()> {
    out.set_color(styles.header(drawing.severity))?;
    write!(out, "{}", drawing.level)?;
    if !drawing.code.is_empty() {
        write!(out, "[{}]", clean::line(drawing.code))?;
    }
    out.set_color(styles.header_message())?;
    write!(out, ": {}", clean::line(drawing.message))?;
    out.reset()?;
    writeln!(out)?;
    let padding = place.and_then(|(view, _)| view.rows.iter().map(|r| digits(r.line)).max()).unwrap_or(0);
    let config = Config::default();
    if let Some((_, at)) = place {
        // The renderer's own heading needs a type that its crate does not name.
        write!(out, "{:padding$} ", "")?;
        out.set_color(&styles.source_border)?;
        write!(out, "{}", config.chars.snippet_start)?;
        out.reset()?;
        writeln!(out, " {}:{}:{}{}", clean::line(name), at.line, at.column, drawing.counted)?;
    }
    let mut styled = StylesWriter::new(out, styles);
    let mut renderer = Renderer::new(&mut styled, &config);
    render(&mut renderer, drawing, padding, place.map(|(view, _)| view)).map_err(|error| match error {
        Error::Io(error) => error,
        error => io::Error::other(error),
    })
}

fn render(renderer: &mut Renderer, drawing: &Drawing, padding: usize, view: Option<&View>) -> Result<(), Error> {
    if let Some(view) = view {
        renderer.render_snippet_empty(padding, drawing.severity, 0, &[])?;
        for row in &view.rows {
            let labels: Vec<_> = row.labels.iter().map(|(style, range, note)| (*style, range.clone(), note.as_str())).collect();
            renderer.render_snippet_source(padding, row.line, &row.text, drawing.severity, &labels, 0, &[])?;
        }
        if !drawing.notes.is_empty() {
            renderer.render_snippet_empty(padding, drawing.severity, 0, &[])?;
        }
    }
    for note in &drawing.notes {
        renderer.render_snippet_note(padding, note)?;
    }
    renderer.render_empty()
}
