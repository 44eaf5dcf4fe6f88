//! A summary in Markdown, for a comment on a pull request: totals, then a table, the most serious first.
//!
//! What articles and paths hold is escaped: it makes no link, no mention, no picture, no row of its own.

use super::{Checked, Places, Report, Totals, clean, counted};
use crate::finding::Level;
use crate::problem::Problem;
use std::io;
use termcolor::WriteColor;

/// Rows of a table at most.
const ROWS: usize = 200;
/// Bytes of a summary at most: a comment may have 65,536 characters.
const BYTES: usize = 60_000;

/// The summary; it is written at the end.
#[derive(Default)]
pub struct Markdown {
    /// Rows by level: errors, warnings, the rest.
    rows: [Vec<String>; 3],
    /// How many findings there were.
    findings: usize,
    problems: Vec<String>,
}

impl Report for Markdown {
    fn file(&mut self, file: &Checked, _out: &mut dyn WriteColor) -> io::Result<()> {
        let mut places = Places::new(file.source);
        for f in &file.audit.findings {
            let at = places.position(f.span.start);
            let level = match f.level {
                Level::Error => 0,
                Level::Warning => 1,
                Level::Info | Level::Off => 2,
            };
            self.findings += 1;
            if let Some(rows) = self.rows.get_mut(level).filter(|rows| rows.len() < ROWS) {
                let place = code(&format!("{}:{}:{}", file.source.name, at.line, at.column));
                let (name, lint) = (f.level.name(), code(&f.lint));
                rows.push(format!("| {name} | {place} | {lint} | {}<br>{} |", words(&f.message), words(&f.help)));
            }
        }
        Ok(())
    }

    fn problem(&mut self, problem: &Problem, _out: &mut dyn WriteColor) -> io::Result<()> {
        self.problems.push(format!("- {}: {}", code(&problem.file.name), words(&problem.message)));
        Ok(())
    }

    fn end(&mut self, totals: &Totals, out: &mut dyn WriteColor) -> io::Result<()> {
        writeln!(out, "### caveat\n\n{totals}")?;
        let mut left = BYTES;
        let mut shown = 0;
        for row in self.rows.iter().flatten().take(ROWS) {
            if row.len() > left {
                break;
            }
            if shown == 0 {
                writeln!(out, "\n| level | place | lint | what |\n| --- | --- | --- | --- |")?;
            }
            writeln!(out, "{row}")?;
            left -= row.len();
            shown += 1;
        }
        if shown < self.findings {
            writeln!(out, "\nand {} not shown here", counted(self.findings - shown, "finding"))?;
        }
        if !self.problems.is_empty() {
            writeln!(out, "\nProblems:\n")?;
        }
        let fits = |problem: &&String| {
            left = left.saturating_sub(problem.len());
            left > 0
        };
        let problems: Vec<&String> = self.problems.iter().take_while(fits).collect();
        problems.iter().try_for_each(|problem| writeln!(out, "{problem}"))?;
        if problems.len() < self.problems.len() {
            writeln!(out, "- and {} more", self.problems.len() - problems.len())?;
        }
        Ok(())
    }
}

/// A message: what stands between backticks in it becomes a code span. A text that holds some itself can
/// only change which of its parts are code, since every part is made harmless.
fn words(message: &str) -> String {
    let parts: Vec<&str> = message.split('`').collect();
    let is_odd = parts.len().is_multiple_of(2);
    let part = |(i, part): (usize, &&str)| match (i % 2 == 1, is_odd && i + 1 == parts.len()) {
        (true, false) => code(part),
        (_, is_last) => format!("{}{}", if is_last { "&#96;" } else { "" }, escape(part)),
    };
    parts.iter().enumerate().map(part).collect()
}

/// A text as a code span; as escaped text where it holds what ends a code span or a cell.
fn code(text: &str) -> String {
    let text = clean::line(text);
    if text.contains(['`', '|', '\\']) || text.trim().is_empty() { escape(&text) } else { format!("`{text}`") }
}

/// A text as words and nothing else. An empty comment stands where a mention, a reference or an address
/// would be made a link of.
fn escape(text: &str) -> String {
    let text = clean::line(text);
    let mut out = String::with_capacity(text.len() + 32);
    for (i, c) in text.char_indices() {
        let rest = text.get(i..).unwrap_or("");
        match c {
            '@' | '#' => out.extend([c.to_string().as_str(), "<!-- -->"]),
            ':' if rest.starts_with("://") => out.push_str(":<!-- -->"),
            '.' if out.ends_with("www") || out.ends_with("WWW") => out.push_str("<!-- -->."),
            '&' | '<' | '>' | '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '$' => out.push_str(&format!("&#{};", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    #[test]
    fn a_hostile_text_stays_words_in_its_cell() {
        for nasty in [
            "[click](https://evil.example)",
            "![](https://evil.example/x.png)",
            "<img src=x onerror=alert(1)>",
            "`a` | b | ``` c",
            "a\\|b\\`c",
            "**b** _i_ ~~s~~ $m$ &lt;",
            "x\n\n# heading\n- item",
            "<https://evil.example>",
        ] {
            for cell in [escape(nasty), code(nasty), words(nasty)] {
                let table = format!("| a | b |\n| --- | --- |\n| {cell} | end |\n");
                let events: Vec<Event> = Parser::new_ext(&table, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH).collect();
                let cells = events.iter().filter(|e| matches!(e, Event::Start(Tag::TableCell))).count();
                assert_eq!(cells, 4, "{table}");
                let said: String =
                    events.iter().filter_map(|e| if let Event::Text(t) | Event::Code(t) = e { Some(&**t) } else { None }).collect();
                // Backticks around words are the marks of code.
                let plain = |text: &str| text.replace('`', "");
                assert_eq!(plain(&said), plain(&format!("ab{}end", clean::line(nasty))), "{table}");
                let only_words = events.iter().all(|e| match e {
                    Event::InlineHtml(html) => &**html == "<!-- -->",
                    Event::Start(tag) => matches!(tag, Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell),
                    Event::End(_) | Event::Text(_) | Event::Code(_) => true,
                    _ => false,
                });
                assert!(only_words, "{table}\n{events:?}");
            }
        }
    }

    #[test]
    fn quoted_words_are_code_and_a_stray_sign_is_not() {
        assert_eq!(words("`a b` is `c`"), "`a b` is `c`");
        assert_eq!(words("`a is"), "&#96;a is");
        assert_eq!(words("`a|b` is"), "a&#124;b is");
    }

    #[test]
    fn nobody_is_called_and_nothing_is_linked() {
        assert_eq!(escape("@all #12 http://x www.y a@b.c"), "@<!-- -->all #<!-- -->12 http:<!-- -->//x www<!-- -->.y a@<!-- -->b.c");
    }
}
