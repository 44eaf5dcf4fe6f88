//! Reads the TOML that people write (lints, word lists, knowledge, config) so that all mistakes of a
//! file come out at once, each with its place and a "did you mean".

use crate::problem::Problem;
use crate::source::{Source, Span};
use std::cell::RefCell;
use std::sync::Arc;
use toml::de::{DeTable, DeValue};

/// A text and where it stands in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The text, escapes resolved.
    pub value: String,
    /// Its place, quotes included, in bytes.
    pub span: Span,
}

#[derive(Clone, Debug)]
enum Value {
    Text(String),
    Number(f64),
    Truth(bool),
    List(Vec<Node>),
    Table(Vec<(Text, Node)>),
    Date(String),
}

#[derive(Clone, Debug)]
struct Node {
    span: Span,
    value: Value,
}

/// A TOML table that remembers which keys were asked for; the others are mistakes.
#[derive(Debug)]
pub struct Table {
    /// The file that it was read from.
    pub file: Arc<Source>,
    /// The table's header, or its whole text when inline; the file's start for the root.
    pub span: Span,
    entries: Vec<(Text, Node)>,
    asked: RefCell<Vec<&'static str>>,
}

/// Parses a file; syntax mistakes go to `problems`, what could be read is returned.
pub fn parse(file: &Arc<Source>, problems: &mut Vec<Problem>) -> Table {
    let (root, errors) = DeTable::parse_recoverable(&file.text);
    for error in errors {
        let span = error.span().map_or(Span::default(), |r| Span::new(r.start, r.end));
        problems.push(Problem::new(file, span, error.message().to_lowercase()));
    }
    Table { file: file.clone(), span: Span::default(), entries: entries(root.get_ref()), asked: RefCell::default() }
}

fn entries(table: &DeTable<'_>) -> Vec<(Text, Node)> {
    let mut all: Vec<(Text, Node)> = table
        .iter()
        .map(|(k, v)| {
            let key = Text { value: k.get_ref().to_string(), span: range(k.span()) };
            (key, Node { span: range(v.span()), value: value(v.get_ref()) })
        })
        .collect();
    all.sort_by_key(|(k, _)| k.span.start);
    all
}

fn range(r: std::ops::Range<usize>) -> Span {
    Span::new(r.start, r.end)
}

fn value(v: &DeValue<'_>) -> Value {
    match v {
        DeValue::String(s) => Value::Text(s.to_string()),
        DeValue::Integer(i) => Value::Number(i64::from_str_radix(&i.as_str().replace('_', ""), i.radix()).map_or(f64::NAN, |n| n as f64)),
        DeValue::Float(f) => Value::Number(f.as_str().replace('_', "").parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(b) => Value::Truth(*b),
        DeValue::Datetime(d) => Value::Date(d.to_string()),
        DeValue::Array(a) => Value::List(a.iter().map(|n| Node { span: range(n.span()), value: value(n.get_ref()) }).collect()),
        DeValue::Table(t) => Value::Table(entries(t)),
    }
}

impl Value {
    fn kind(&self) -> &'static str {
        match self {
            Value::Text(_) => "a text",
            Value::Number(_) => "a number",
            Value::Truth(_) => "true or false",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
            Value::Date(_) => "a date",
        }
    }
}

impl Table {
    fn get(&self, key: &'static str) -> Option<&Node> {
        self.asked.borrow_mut().push(key);
        self.entries.iter().find(|(k, _)| k.value == key).map(|(_, n)| n)
    }

    fn wrong(&self, node: &Node, key: &str, wanted: &str, problems: &mut Vec<Problem>) {
        problems.push(Problem::new(&self.file, node.span, format!("`{key}` must be {wanted}, not {}", node.value.kind())));
    }

    /// Where the table can be pointed at: its header or its first key.
    pub fn place(&self) -> Span {
        if self.span.is_empty() { self.entries.first().map_or(self.span, |(k, _)| k.span) } else { self.span }
    }

    /// Where the value of `key` is written, if it is.
    pub fn span_of(&self, key: &'static str) -> Option<Span> {
        self.get(key).map(|node| node.span)
    }

    /// Whether `key` is written.
    pub fn has(&self, key: &'static str) -> bool {
        self.get(key).is_some()
    }

    /// A text.
    pub fn text(&self, key: &'static str, problems: &mut Vec<Problem>) -> Option<Text> {
        let node = self.get(key)?;
        match &node.value {
            Value::Text(value) | Value::Date(value) => Some(Text { value: value.clone(), span: node.span }),
            _ => {
                self.wrong(node, key, "a text", problems);
                None
            }
        }
    }

    /// A text that must be there and not be empty.
    pub fn required(&self, key: &'static str, problems: &mut Vec<Problem>) -> Option<Text> {
        if !self.has(key) {
            problems.push(Problem::new(&self.file, self.place(), format!("`{key}` is missing")));
            return None;
        }
        let text = self.text(key, problems)?;
        if text.value.trim().is_empty() {
            problems.push(Problem::new(&self.file, text.span, format!("`{key}` is empty")));
            return None;
        }
        Some(text)
    }

    /// One text or a list of texts; empty when the key is absent.
    pub fn texts(&self, key: &'static str, problems: &mut Vec<Problem>) -> Vec<Text> {
        let Some(node) = self.get(key) else { return Vec::new() };
        match &node.value {
            Value::Text(value) => vec![Text { value: value.clone(), span: node.span }],
            Value::List(items) => items
                .iter()
                .filter_map(|item| match &item.value {
                    Value::Text(value) => Some(Text { value: value.clone(), span: item.span }),
                    _ => {
                        self.wrong(item, key, "a list of texts", problems);
                        None
                    }
                })
                .collect(),
            _ => {
                self.wrong(node, key, "a text or a list of texts", problems);
                Vec::new()
            }
        }
    }

    /// A number.
    pub fn number(&self, key: &'static str, problems: &mut Vec<Problem>) -> Option<f64> {
        let node = self.get(key)?;
        match node.value {
            Value::Number(n) if n.is_finite() => Some(n),
            _ => {
                self.wrong(node, key, "a number", problems);
                None
            }
        }
    }

    /// A whole number from 0 to 65535.
    pub fn count(&self, key: &'static str, problems: &mut Vec<Problem>) -> Option<u16> {
        let node = self.get(key)?;
        match node.value {
            Value::Number(n) if n.fract() == 0.0 && (0.0..=65535.0).contains(&n) => Some(n as u16),
            _ => {
                self.wrong(node, key, "a whole number from 0 to 65535", problems);
                None
            }
        }
    }

    /// True or false; false when the key is absent.
    pub fn truth(&self, key: &'static str, problems: &mut Vec<Problem>) -> bool {
        let Some(node) = self.get(key) else { return false };
        match node.value {
            Value::Truth(b) => b,
            _ => {
                self.wrong(node, key, "true or false", problems);
                false
            }
        }
    }

    /// One table, or each table of a list of tables.
    pub fn tables(&self, key: &'static str, problems: &mut Vec<Problem>) -> Vec<Table> {
        let Some(node) = self.get(key) else { return Vec::new() };
        let nodes: Vec<&Node> = match &node.value {
            Value::List(items) => items.iter().collect(),
            _ => vec![node],
        };
        let mut found = Vec::new();
        for node in nodes {
            match &node.value {
                Value::Table(entries) => found.push(self.child(node.span, entries)),
                _ => self.wrong(node, key, "a table", problems),
            }
        }
        found
    }

    /// Every entry that is a table, with its key: for files that are maps of tables.
    pub fn each_table(&self, problems: &mut Vec<Problem>) -> Vec<(Text, Table)> {
        let mut found = Vec::new();
        for (key, node) in &self.entries {
            match &node.value {
                Value::Table(entries) => found.push((key.clone(), self.child(node.span, entries))),
                _ => self.wrong(node, &key.value, "a table", problems),
            }
        }
        found
    }

    /// Every entry that is a text or a list of texts, with its key: for files that are maps of words.
    pub fn each_texts(&self, problems: &mut Vec<Problem>) -> Vec<(Text, Vec<Text>)> {
        let mut found = Vec::new();
        for (key, node) in &self.entries {
            let texts: Option<Vec<Text>> = match &node.value {
                Value::Text(value) => Some(vec![Text { value: value.clone(), span: node.span }]),
                Value::List(items) => items
                    .iter()
                    .map(|i| match &i.value {
                        Value::Text(value) => Some(Text { value: value.clone(), span: i.span }),
                        _ => None,
                    })
                    .collect(),
                _ => None,
            };
            match texts {
                Some(texts) => found.push((key.clone(), texts)),
                None => self.wrong(node, &key.value, "a text or a list of texts", problems),
            }
        }
        found
    }

    fn child(&self, span: Span, entries: &[(Text, Node)]) -> Table {
        Table { file: self.file.clone(), span, entries: entries.to_vec(), asked: RefCell::default() }
    }

    /// Reports every key that nobody asked for.
    pub fn finish(&self, problems: &mut Vec<Problem>) {
        let asked = self.asked.borrow();
        for (key, _) in &self.entries {
            if !asked.contains(&key.value.as_str()) {
                problems.push(
                    Problem::new(&self.file, key.span, format!("unknown key `{}`", key.value))
                        .did_you_mean(&key.value, asked.iter().copied()),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_mistakes_of_a_file_come_out_at_once() {
        let file = Arc::new(Source::new("a.toml", "levl = 1\nhelp = 2\nwords = [1, \"a\"]\n[find]\ntag = true\n"));
        let mut problems = Vec::new();
        let table = parse(&file, &mut problems);
        table.text("level", &mut problems);
        table.text("help", &mut problems);
        assert_eq!(table.texts("words", &mut problems).len(), 1);
        for find in table.tables("find", &mut problems) {
            find.text("tag", &mut problems);
            find.finish(&mut problems);
        }
        table.finish(&mut problems);
        let said: Vec<(&str, &str)> = problems.iter().map(|p| (p.message.as_str(), file.slice(p.span))).collect();
        assert_eq!(
            said,
            [
                ("`help` must be a text, not a number", "2"),
                ("`words` must be a list of texts, not a number", "1"),
                ("`tag` must be a text, not true or false", "true"),
                ("unknown key `levl`", "levl"),
            ]
        );
        assert_eq!(problems[3].help.as_deref(), Some("did you mean `level`?"));
    }
}
