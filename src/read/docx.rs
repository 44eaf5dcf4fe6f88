//! Reads Word files. A `.docx` has no text with places in it, so one is made: every paragraph is a line,
//! empty ones and those in table cells too, footnotes last. Places are places in that text: the line is
//! the number of the paragraph, the column the character in it.
//!
//! What is deleted with changes tracked, comments, headers and footers are not the article's.

mod body;
mod lay;
mod marks;
mod package;
mod styles;
#[cfg(test)]
mod tests;
mod xml;

use crate::document::Document;
use crate::read::fields;
use crate::source::Span;
use package::Package;
use std::fmt;

/// Why a file is no Word file that can be read, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: &'static str,
}

impl Fault {
    fn new(message: impl Into<String>) -> Fault {
        Fault { message: message.into(), help: "open it in a word processor and save it again as .docx" }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// Whether a file begins as a zip archive does, which is what a Word file is.
pub fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// The text of a Word file, a paragraph a line, and the document whose places are places in that text.
///
/// # Errors
/// A fault when the bytes are no Word file, or one that is larger or deeper than any article.
pub fn read(bytes: &[u8]) -> Result<(String, Document), Fault> {
    let mut package = Package::open(bytes)?;
    let main = package.main_part()?;
    let xml = package.part(&main)?.ok_or_else(|| Fault::new("a zip archive, but no Word file: it has no document in it"))?;
    let relations = package.relations(&main)?;
    let styles = match package.related(&main, &relations, "styles")? {
        Some((part, xml)) => styles::read(&part, &xml)?,
        None => styles::Styles::default(),
    };
    let notes: Vec<(String, String)> = ["footnotes", "endnotes"]
        .into_iter()
        .filter_map(|kind| package.related(&main, &relations, kind).transpose())
        .collect::<Result<_, _>>()?;
    let mut reader = body::Reader::new(&styles);
    reader.part(&main, &xml, relations)?;
    for (part, xml) in &notes {
        let relations = package.relations(part)?;
        reader.part(part, xml, relations)?;
    }
    let body = reader.finish();
    let mut properties = Vec::new();
    for kind in ["core-properties", "custom-properties"] {
        if let Some((part, xml)) = package.properties(kind)? {
            read_properties(&part, &xml, &mut properties)?;
        }
    }
    let document = lay::lay(&body, &styles, &properties);
    Ok((body.text, document))
}

/// Adds name and value of what the file says about itself, in elements of its own or in properties that
/// its writers named.
fn read_properties(part: &str, text: &str, found: &mut Vec<(String, String)>) -> Result<(), Fault> {
    let mut value = String::new();
    let mut named: Option<String> = None;
    xml::walk(part, text, &mut |node, _| {
        match node {
            xml::Node::Start(element, start) => {
                value.clear();
                if element == "property" {
                    named = xml::attribute(start, "name").map(|n| n.into_owned());
                }
            }
            xml::Node::Text(text) => value.push_str(text),
            xml::Node::End("property") => named = None,
            xml::Node::End(element) => {
                let name = match (named.as_deref(), element) {
                    (Some(name), _) => Some(fields::canonical(name).unwrap_or(name)),
                    (None, "created") => Some("date"),
                    (None, "modified") => Some("updated"),
                    (None, "title" | "creator" | "description" | "keywords") => fields::canonical(element),
                    (None, _) => None,
                };
                if let Some(name) = name {
                    found.push((name.to_owned(), std::mem::take(&mut value)));
                }
                value.clear();
            }
        }
        Ok(())
    })
}

/// The place of what stands in no paragraph.
const NOWHERE: Span = Span { start: 0, end: 0 };
