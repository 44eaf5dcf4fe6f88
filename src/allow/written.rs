//! `[[allow]]` as written in `caveat.toml` and in the side-car file of an article.

use super::{Allow, Scope};
use crate::problem::Problem;
use crate::source::Source;
use crate::written::{self, Table, Text};
use std::sync::Arc;

/// What follows the name of an article in that of its side-car file.
pub const SIDE_CAR: &str = ".caveat.toml";

/// An `[[allow]]`.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The excuse.
    pub allow: Allow,
    /// The articles that it is for, as a path glob; `None`: all.
    pub path: Option<Text>,
}

/// Reads every `[[allow]]` of a table. In a config the words must be quoted, in a side-car they may be left out.
pub fn entries(table: &Table, is_side_car: bool, problems: &mut Vec<Problem>) -> Vec<Entry> {
    let mut entries = Vec::new();
    for t in table.tables("allow", problems) {
        let lint = t.required("lint", problems);
        let words = if is_side_car { t.text("text", problems) } else { t.required("text", problems) };
        // A missing reason is told as a finding, where the excuse stands.
        let reason = t.text("reason", problems).map(|r| r.value.split_whitespace().collect::<Vec<_>>().join(" "));
        let path = if is_side_car { None } else { t.text("path", problems) };
        t.finish(problems);
        let Some(lint) = lint else { continue };
        let scope = match words {
            Some(words) if words.value.trim().is_empty() => {
                problems.push(Problem::new(&t.file, words.span, "`text` is empty").help("quote the words that are excused"));
                continue;
            }
            Some(words) => Scope::Words(words.value),
            None if is_side_car => Scope::Article,
            None => continue,
        };
        let origin = format!("{}:{}", t.file.name, t.file.line_of(lint.span.start) + 1);
        let allow = Allow { lint: lint.value, scope, reason: reason.unwrap_or_default(), origin, span: lint.span, is_inline: false };
        entries.push(Entry { allow, path });
    }
    entries
}

/// Reads the side-car file of an article.
pub fn side_car(file: &Arc<Source>, problems: &mut Vec<Problem>) -> Vec<Allow> {
    let table = written::parse(file, problems);
    let entries = entries(&table, true, problems);
    table.finish(problems);
    entries.into_iter().map(|e| e.allow).collect()
}
