//! Readers: one format in, one [`Document`] out. What a reader cannot know from its format alone
//! (titles, sections, questions, lead-ins) is inferred later, the same for all of them.

use std::path::Path;

use crate::document::Document;

pub mod asciidoc;
pub mod builder;
pub mod docx;
pub mod fields;
pub mod flow;
pub mod html;
pub mod markdown;
pub mod plain;

/// How an article is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown with tables, footnotes and front matter.
    Markdown,
    /// Markdown with JSX.
    Mdx,
    /// A web page or a fragment of one.
    Html,
    /// AsciiDoc.
    Asciidoc,
    /// A Word file: no text, see [`docx::read`].
    Docx,
}

impl Format {
    /// All formats that are text.
    pub const ALL: [Format; 5] = [Format::Text, Format::Markdown, Format::Mdx, Format::Html, Format::Asciidoc];

    /// The name that reports and options use.
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Markdown => "markdown",
            Format::Mdx => "mdx",
            Format::Html => "html",
            Format::Asciidoc => "asciidoc",
            Format::Docx => "docx",
        }
    }

    /// The format called `name`, or known by this file extension; case does not matter.
    pub fn parse(name: &str) -> Option<Format> {
        let is = |known: &[&str]| known.iter().any(|k| k.eq_ignore_ascii_case(name));
        if is(&["text", "txt", "plain"]) {
            Some(Format::Text)
        } else if is(&["markdown", "md", "mdown", "mkd"]) {
            Some(Format::Markdown)
        } else if is(&["mdx"]) {
            Some(Format::Mdx)
        } else if is(&["html", "htm", "xhtml"]) {
            Some(Format::Html)
        } else if is(&["asciidoc", "adoc", "asc"]) {
            Some(Format::Asciidoc)
        } else if is(&["docx", "docm"]) {
            Some(Format::Docx)
        } else {
            None
        }
    }

    /// The format that the extension of `path` names.
    pub fn from_path(path: &Path) -> Option<Format> {
        Format::parse(path.extension()?.to_str()?)
    }
}

/// The format of a text: by the extension of its path, else by what its first lines look like.
pub fn recognise(path: Option<&Path>, text: &str) -> Format {
    path.and_then(Format::from_path).unwrap_or_else(|| recognise_text(text))
}

/// How much of a text is looked at to recognise its format, in bytes.
const LOOKED_AT: usize = 4096;

fn recognise_text(text: &str) -> Format {
    let head = &text[..crate::source::floor_boundary(text, LOOKED_AT)];
    let head = head.trim_start_matches('\u{feff}').trim_start();
    if markdown::front_matter(head).is_some() {
        return Format::Markdown;
    }
    if asciidoc::looks_like_asciidoc(head) {
        return Format::Asciidoc;
    }
    if head.starts_with('<') && html::looks_like_html(head) {
        return Format::Html;
    }
    let heading = |line: &str| {
        let marks = line.bytes().take_while(|&b| b == b'#').count();
        (1..=6).contains(&marks) && line.as_bytes().get(marks) == Some(&b' ')
    };
    if head.lines().any(heading) || has_inline_link(head) {
        return Format::Markdown;
    }
    if html::looks_like_html(head) { Format::Html } else { Format::Text }
}

/// Whether there is a `[words](target)`.
fn has_inline_link(text: &str) -> bool {
    text.match_indices("](").any(|(at, _)| {
        let after = text[at + 2..].bytes().take_while(|b| !b.is_ascii_whitespace() && *b != b')').count();
        let closed = text.as_bytes().get(at + 2 + after) == Some(&b')') || text[at + 2 + after..].starts_with(" \"");
        let before = text[..at].bytes().rev().take_while(|b| *b != b'\n').any(|b| b == b'[');
        after > 0 && closed && before
    })
}

/// Reads `source` as `format`. Never fails: what cannot be understood is read as words. Of a Word file it
/// takes the text that [`docx::read`] gives, without what was known of its paragraphs.
pub fn read(source: &str, format: Format) -> Document {
    match format {
        Format::Text | Format::Docx => plain::read(source),
        Format::Markdown => markdown::read(source, false),
        Format::Mdx => markdown::read(source, true),
        Format::Html => html::read(source),
        Format::Asciidoc => asciidoc::read(source),
    }
}

#[cfg(test)]
pub(crate) mod tests;
