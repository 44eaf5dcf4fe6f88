//! The lints of a run as SARIF knows rules: what each is about, why, what to do, and on what it rests.

use crate::catalog::{Catalog, Standard};
use crate::finding::Level;
use crate::lint::model::Lint;
use serde::Serialize;

/// A rule.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    /// The lint's id.
    pub id: String,
    short_description: Message,
    full_description: Message,
    help: Help,
    #[serde(skip_serializing_if = "Option::is_none")]
    help_uri: Option<String>,
    default_configuration: Configuration,
    properties: Properties,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Properties {
    tags: Vec<String>,
}

/// The rules of `lints`, in their order.
pub fn rules<'a>(lints: impl Iterator<Item = &'a Lint>, catalog: &Catalog) -> Vec<Rule> {
    lints.map(|lint| rule(lint, catalog)).collect()
}

/// SARIF's name of a level.
pub fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "note",
        Level::Off => "none",
    }
}

fn rule(lint: &Lint, catalog: &Catalog) -> Rule {
    let standards: Vec<&Standard> = lint.words.standards.iter().filter_map(|key| catalog.standard(key)).collect();
    let why = lint.words.why.trim();
    let what = blanks(&lint.words.message);
    let instead = blanks(&lint.words.help);
    let mut text = format!("{why}\n\nWrite instead: {instead}");
    let mut markdown = format!("{why}\n\n**Write instead:** {instead}");
    for (i, s) in standards.iter().enumerate() {
        let about = [s.title.as_str(), &s.section, &s.body, &s.year].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join("; ");
        if i == 0 {
            text.push_str("\n\nRests on:");
            markdown.push_str("\n\n**Rests on:**\n");
        }
        text.push_str(&format!("\n- {about} {}", s.url));
        text.truncate(text.trim_end().len());
        markdown.push_str(&match address(s) {
            Some(url) => format!("\n- [{about}]({url})"),
            None => format!("\n- {about}"),
        });
    }
    let mut tags = vec!["health".to_owned(), lint.family().to_owned()];
    tags.extend(lint.jurisdiction.iter().chain(&lint.words.standards).map(ToString::to_string));
    tags.extend(lint.preview.then(|| "preview".to_owned()));
    // Tags are a set.
    let mut seen: Vec<String> = Vec::with_capacity(tags.len());
    tags.retain(|tag| {
        !seen.contains(tag) && {
            seen.push(tag.clone());
            true
        }
    });
    Rule {
        id: lint.id.clone(),
        short_description: Message { text: what.clone() },
        full_description: Message { text: format!("{what}; {instead}") },
        help: Help { text, markdown },
        help_uri: standards.iter().find_map(|s| address(s)),
        default_configuration: Configuration { level: level(lint.level) },
        properties: Properties { tags },
    }
}

/// Where a standard is to be read, when that is an address of the web and nothing else.
fn address(standard: &Standard) -> Option<String> {
    let url = standard.url.trim();
    let is_address = (url.starts_with("https://") || url.starts_with("http://"))
        && url.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '\\' | '^' | '`' | '{' | '|' | '}' | '(' | ')'));
    is_address.then(|| url.to_owned())
}

/// A template with an ellipsis for each `{name}`.
fn blanks(template: &str) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        match after.split_once('}') {
            Some((name, after)) if !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase()) => {
                out.push('…');
                rest = after;
            }
            _ => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_template_fills_in_is_left_open() {
        assert_eq!(blanks("`{effect} {object}` is {a"), "`… …` is {a");
        assert_eq!(blanks("{} {A} {text}"), "{} {A} …");
    }
}
