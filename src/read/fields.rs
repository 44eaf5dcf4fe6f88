//! What an article says about itself outside its text: front matter in YAML or TOML, `<meta>` elements
//! and JSON-LD, brought to canonical names (`author`, `date`, `updated`, `reviewer`, `reviewed`, …).
//! Unknown keys keep the name they were written with.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;
use toml::de::{DeTable, DeValue};

use crate::read::builder::Builder;
use crate::source::{Span, floor_boundary};

mod printed;
mod simple;

pub use printed::{of_front_matter, of_head};

/// The canonical name for a key of front matter or JSON-LD; `None` for keys that mean something else.
pub fn canonical(key: &str) -> Option<&'static str> {
    // Longest known key, with room; longer ones are unknown.
    let mut plain = [0_u8; 32];
    let mut length = 0;
    for byte in key.bytes().filter(u8::is_ascii_alphanumeric) {
        *plain.get_mut(length)? = byte.to_ascii_lowercase();
        length += 1;
    }
    Some(match plain.get(..length)? {
        b"title" | b"headline" => "title",
        b"author" | b"authors" | b"by" | b"byline" | b"writer" | b"writtenby" | b"creator" | b"postauthor" | b"articleauthor" => "author",
        b"date"
        | b"publishdate"
        | b"publisheddate"
        | b"published"
        | b"datepublished"
        | b"publishedat"
        | b"publishedon"
        | b"pubdate"
        | b"created"
        | b"createdat"
        | b"datecreated"
        | b"dateposted"
        | b"posted"
        | b"publicationdate"
        | b"publishedtime"
        | b"articlepublishedtime"
        | b"firstpublished"
        | b"postdate" => "date",
        b"updated"
        | b"lastmod"
        | b"lastmodified"
        | b"lastmodifiedat"
        | b"lastmodifieddate"
        | b"modified"
        | b"datemodified"
        | b"modifieddate"
        | b"updatedat"
        | b"updateddate"
        | b"dateupdated"
        | b"lastupdated"
        | b"lastupdate"
        | b"updatedon"
        | b"modifiedtime"
        | b"articlemodifiedtime"
        | b"revised"
        | b"revisiondate"
        | b"ogupdatedtime" => "updated",
        b"reviewer"
        | b"reviewers"
        | b"reviewedby"
        | b"medicallyreviewedby"
        | b"medicalreviewer"
        | b"medicalreviewers"
        | b"clinicalreviewer"
        | b"clinicallyreviewedby"
        | b"factcheckedby"
        | b"factchecker"
        | b"expertreviewer"
        | b"checkedby"
        | b"reviewauthor" => "reviewer",
        b"reviewed"
        | b"lastreviewed"
        | b"lastreview"
        | b"reviewdate"
        | b"reviewedon"
        | b"reviewedat"
        | b"datereviewed"
        | b"revieweddate"
        | b"medicallyreviewed"
        | b"medicallyreviewedon"
        | b"medicalreviewdate"
        | b"lastmedicallyreviewed"
        | b"lastmedicalreview" => "reviewed",
        b"description" | b"summary" | b"excerpt" | b"abstract" | b"metadescription" | b"seodescription" => "description",
        b"kind" | b"type" | b"contenttype" | b"articletype" | b"posttype" | b"pagetype" => "kind",
        b"tags" | b"tag" | b"keywords" | b"categories" | b"category" | b"topics" => "tags",
        b"draft" | b"isdraft" => "draft",
        _ => return None,
    })
}

/// A key in lower case without its signs: `image_alt` and `imageAlt` are one.
pub fn plain(key: &str) -> String {
    key.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// The canonical name for the `name`, `property` or `itemprop` of a `<meta>` element.
pub fn meta_name(name: &str) -> Option<&'static str> {
    let name = name.trim();
    let bare = ["og:", "article:", "dc.", "dcterms.", "twitter:", "citation_", "sailthru."]
        .iter()
        .find_map(|p| name.get(..p.len()).filter(|h| h.eq_ignore_ascii_case(p)).map(|_| &name[p.len()..]));
    match canonical(bare.unwrap_or(name))? {
        // `og:type` is `article` or `website`, `article:tag` one of many: of no use together.
        "kind" | "draft" => None,
        known => Some(known),
    }
}

/// Whether a name of a `<time>` says that its date is that of a change.
pub fn means_updated(name: &str) -> bool {
    name.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_')
        .any(|part| canonical(part) == Some("updated") || part.eq_ignore_ascii_case("entry-date-updated"))
}

/// The name of the field that tells why front matter could not be read.
pub const ERROR: &str = "front-matter-error";

/// A value of front matter with its place, the same for YAML and TOML.
enum Value {
    Scalar(String),
    List(Vec<(Value, Span)>),
    Table(Vec<(String, Value, Span)>),
}

/// Reads YAML that stands in the source at `base`.
pub fn yaml(builder: &mut Builder, text: &str, base: u32) {
    if text.trim().is_empty() {
        return;
    }
    if let Some(entries) = simple::entries(text, base) {
        return entries.iter().for_each(|(key, value, span)| add(builder, "", key, value, *span));
    }
    any_yaml(builder, text, base);
}

/// The same by the rules of YAML, all of them.
fn any_yaml(builder: &mut Builder, text: &str, base: u32) {
    match serde_saphyr::from_str::<Node>(text) {
        Ok(node) => {
            if let Value::Table(entries) = node.resolve(text, base) {
                entries.iter().for_each(|(key, value, span)| add(builder, "", key, value, *span));
            } else {
                let span = Span::new(base as usize, base as usize + text.trim_end().len());
                builder.field(ERROR, "front matter is no table of keys and values", span);
            }
        }
        Err(error) => {
            let at = error.location().and_then(|l| l.span().byte_offset()).map_or(0, |b| b as usize);
            failed(builder, text, base, at, &first_line(&error.to_string()));
            lenient(builder, text, base, ':');
        }
    }
}

/// Reads TOML that stands in the source at `base`.
pub fn toml(builder: &mut Builder, text: &str, base: u32) {
    match DeTable::parse(text) {
        Ok(table) => {
            let value = from_toml_table(table.get_ref(), base);
            if let Value::Table(entries) = value {
                entries.iter().for_each(|(key, value, span)| add(builder, "", key, value, *span));
            }
        }
        Err(error) => {
            let at = error.span().map_or(0, |s| s.start);
            failed(builder, text, base, at, error.message());
            lenient(builder, text, base, '=');
        }
    }
}

fn first_line(message: &str) -> String {
    message.lines().find(|l| !l.trim().is_empty()).unwrap_or("").to_owned()
}

/// Notes that front matter could not be read, at the line of the byte `at`.
fn failed(builder: &mut Builder, text: &str, base: u32, at: usize, message: &str) {
    let at = floor_boundary(text, at);
    let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
    let end = text[at..].find('\n').map_or(text.len(), |n| at + n);
    builder.field(ERROR, message, Span::new(base as usize + start, base as usize + end.max(start)));
}

/// Front matter that is broken somewhere still tells what its plain lines say: `key: value`.
fn lenient(builder: &mut Builder, text: &str, base: u32, mark: char) {
    let mut at = base as usize;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let Some((key, value)) = line.split_once(mark) else { continue };
        let is_key = !key.is_empty() && key.trim_end().bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
        let trimmed = value.trim();
        if !is_key || trimmed.is_empty() || trimmed.starts_with(['[', '{', '|', '>', '&', '*']) {
            continue;
        }
        let from = start + key.len() + mark.len_utf8() + (value.len() - value.trim_start().len());
        let unquoted = trimmed.trim_matches(|c| c == '"' || c == '\'');
        let value = Value::Scalar(unquoted.to_owned());
        add(builder, "", key.trim_end(), &value, Span::new(from, from + trimmed.len()));
    }
}

/// Adds the field or, for a table that is no value by itself, the fields inside it.
fn add(builder: &mut Builder, prefix: &str, key: &str, value: &Value, span: Span) {
    let name = canonical(key);
    if key.eq_ignore_ascii_case("published") && prefix.is_empty() {
        // Jekyll's `published: false` hides a page.
        if let Value::Scalar(s) = value
            && matches!(s.as_str(), "true" | "false")
        {
            builder.field("draft", if s == "false" { "true" } else { "false" }, span);
            return;
        }
    }
    match (name, value) {
        (None, Value::Table(entries)) => {
            let prefix = format!("{prefix}{key}.");
            entries.iter().for_each(|(k, v, s)| add(builder, &prefix, k, v, *s));
        }
        (None, Value::List(items)) if items.iter().any(|(item, _)| matches!(item, Value::Table(_))) => {
            items.iter().for_each(|(item, s)| add(builder, prefix, key, item, *s));
        }
        (Some(name), _) if prefix.is_empty() => builder.field(name, flat(value), span),
        _ => builder.field(format!("{prefix}{key}"), flat(value), span),
    }
}

/// A value as text: lists joined by commas, of a table its `name` or all its values.
fn flat(value: &Value) -> String {
    let join = |parts: Vec<String>| parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", ");
    match value {
        Value::Scalar(s) => s.trim().to_owned(),
        Value::List(items) => join(items.iter().map(|(v, _)| flat(v)).collect()),
        Value::Table(entries) => {
            let named = entries.iter().find(|(k, _, _)| matches!(k.as_str(), "name" | "title" | "value"));
            named.map_or_else(|| join(entries.iter().map(|(_, v, _)| flat(v)).collect()), |(_, v, _)| flat(v))
        }
    }
}

/// A YAML node; scalars that YAML reads as numbers or truth values keep no text of their own.
enum Node {
    Text(String),
    Other,
    Null,
    List(Vec<Spanned<Node>>),
    Table(Vec<(String, Spanned<Node>)>),
}

impl Node {
    fn resolve(self, text: &str, base: u32) -> Value {
        self.resolve_at(text, base, Span::default())
    }

    fn resolve_at(self, text: &str, base: u32, place: Span) -> Value {
        let child = |node: Spanned<Node>| {
            let bytes = node.defined.span();
            let start = bytes.byte_offset().map_or(0, |b| b as usize).min(text.len());
            let end = start.saturating_add(bytes.byte_len().map_or(0, |b| b as usize)).min(text.len());
            let raw = Span::new(floor_boundary(text, start), floor_boundary(text, end));
            let value = node.value.resolve_at(text, base, raw);
            let inside = match &value {
                Value::List(items) => items.first().zip(items.last()).map(|(a, b)| a.1.to(b.1)),
                Value::Table(entries) => entries.first().zip(entries.last()).map(|(a, b)| a.2.to(b.2)),
                Value::Scalar(_) => None,
            };
            let kept = text[raw.range()].trim_end().len();
            let start = raw.start + base;
            (value, inside.unwrap_or(Span { start, end: start + kept as u32 }))
        };
        match self {
            Node::Text(s) => Value::Scalar(s),
            // `1.10` and `2020-01-01` as written, not as a number.
            Node::Other => Value::Scalar(text[place.range()].trim().to_owned()),
            Node::Null => Value::Scalar(String::new()),
            Node::List(items) => Value::List(items.into_iter().map(child).collect()),
            Node::Table(entries) => {
                let entry = |(key, node)| {
                    let (value, span) = child(node);
                    (key, value, span)
                };
                Value::Table(entries.into_iter().map(entry).collect())
            }
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Node, D::Error> {
        struct NodeVisitor;
        impl<'de> Visitor<'de> for NodeVisitor {
            type Value = Node;

            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a value of front matter")
            }

            fn visit_bool<E>(self, _: bool) -> Result<Node, E> {
                Ok(Node::Other)
            }

            fn visit_i64<E>(self, _: i64) -> Result<Node, E> {
                Ok(Node::Other)
            }

            fn visit_u64<E>(self, _: u64) -> Result<Node, E> {
                Ok(Node::Other)
            }

            fn visit_i128<E>(self, _: i128) -> Result<Node, E> {
                Ok(Node::Other)
            }

            fn visit_u128<E>(self, _: u128) -> Result<Node, E> {
                Ok(Node::Other)
            }

            fn visit_f64<E>(self, _: f64) -> Result<Node, E> {
                Ok(Node::Other)
            }

            fn visit_str<E>(self, s: &str) -> Result<Node, E> {
                Ok(Node::Text(s.to_owned()))
            }

            fn visit_bytes<E>(self, _: &[u8]) -> Result<Node, E> {
                Ok(Node::Other)
            }

            fn visit_unit<E>(self) -> Result<Node, E> {
                Ok(Node::Null)
            }

            fn visit_none<E>(self) -> Result<Node, E> {
                Ok(Node::Null)
            }

            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
                Node::deserialize(deserializer)
            }

            fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
                Node::deserialize(deserializer)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element()? {
                    items.push(item);
                }
                Ok(Node::List(items))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Node::Table(entries))
            }
        }
        deserializer.deserialize_any(NodeVisitor)
    }
}

fn from_toml_table(table: &DeTable, base: u32) -> Value {
    let mut entries: Vec<(String, Value, Span)> = table
        .iter()
        .map(|(key, value)| {
            let span = value.span();
            let span = Span::new(span.start + base as usize, span.end + base as usize);
            (key.get_ref().to_string(), from_toml(value.get_ref(), base), span)
        })
        .collect();
    // The parser sorts by key; a reader wants the order of the file.
    entries.sort_by_key(|(_, _, span)| *span);
    Value::Table(entries)
}

fn from_toml(value: &DeValue, base: u32) -> Value {
    match value {
        DeValue::String(s) => Value::Scalar(s.to_string()),
        DeValue::Integer(n) => Value::Scalar(n.to_string()),
        DeValue::Float(n) => Value::Scalar(n.to_string()),
        DeValue::Boolean(b) => Value::Scalar(b.to_string()),
        DeValue::Datetime(d) => Value::Scalar(d.to_string()),
        DeValue::Array(items) => Value::List(
            items
                .iter()
                .map(|item| {
                    let span = item.span();
                    (from_toml(item.get_ref(), base), Span::new(span.start + base as usize, span.end + base as usize))
                })
                .collect(),
        ),
        DeValue::Table(table) => from_toml_table(table, base),
    }
}

/// Reads a JSON-LD script whose text stands at `span`; broken JSON is no field.
pub fn json_ld(builder: &mut Builder, text: &str, span: Span) {
    if let Ok(value) = serde_json::from_str::<serde_json::Value>(text.trim()) {
        json_ld_node(builder, &value, span, 0);
    }
}

/// Pages nest their graphs two or three deep.
const MAX_GRAPH_DEPTH: u32 = 6;

fn json_ld_node(builder: &mut Builder, value: &serde_json::Value, span: Span, depth: u32) {
    use serde_json::Value as Json;
    if depth > MAX_GRAPH_DEPTH {
        return;
    }
    match value {
        Json::Array(items) => items.iter().for_each(|v| json_ld_node(builder, v, span, depth + 1)),
        Json::Object(object) => {
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner) = object.get(key).filter(|v| v.is_object() || v.is_array()) {
                    json_ld_node(builder, inner, span, depth + 1);
                }
            }
            if is_article(object.get("@type")) {
                for key in ["headline", "author", "reviewedBy", "datePublished", "dateModified", "lastReviewed", "description"] {
                    if let (Some(name), Some(value)) = (canonical(key), object.get(key)) {
                        builder.field(name, json_text(value), span);
                    }
                }
            }
        }
        _ => {}
    }
}

/// Whether a JSON-LD node is about the page's text, not about the site, a person or a shop.
fn is_article(kind: Option<&serde_json::Value>) -> bool {
    let known = |kind: &str| {
        kind.contains("Article") || kind.contains("BlogPosting") || kind.contains("Page") || kind == "Report" || kind == "Review"
    };
    match kind {
        Some(serde_json::Value::String(kind)) => known(kind),
        Some(serde_json::Value::Array(kinds)) => kinds.iter().filter_map(|k| k.as_str()).any(known),
        _ => false,
    }
}

fn json_text(value: &serde_json::Value) -> String {
    use serde_json::Value as Json;
    match value {
        Json::String(s) => s.trim().to_owned(),
        Json::Number(n) => n.to_string(),
        Json::Array(items) => items.iter().map(json_text).filter(|s| !s.is_empty()).collect::<Vec<_>>().join(", "),
        Json::Object(object) => object.get("name").map(json_text).unwrap_or_default(),
        _ => String::new(),
    }
}
