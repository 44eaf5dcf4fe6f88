//! What the styles of a Word file mean. A style is known by its outline level, by the English name that
//! word processors store whatever the language of their menus, or by the style it is based on.

use super::{Fault, xml};
use rustc_hash::FxHashMap;

/// What a paragraph of a style is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Running text.
    Body,
    /// The title of the article.
    Title,
    /// A heading, its level from 1.
    Heading(u8),
    /// Somebody else's words.
    Quote,
    /// The caption of a table or a figure.
    Caption,
    /// An item of a list, its depth from 0.
    Item(u8),
    /// Code.
    Code,
    /// A line of the table of contents that the word processor made.
    Contents,
}

/// A style as written.
#[derive(Default)]
pub struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    /// Whether it numbers its paragraphs, and the depth.
    item: Option<u8>,
    is_bold: bool,
}

/// Styles by id.
#[derive(Default)]
pub struct Styles(FxHashMap<String, Style>);

/// Styles are followed this far.
const LONGEST_CHAIN: usize = 12;
/// Outline levels above this are those of running text.
const DEEPEST_OUTLINE: u8 = 8;

/// Reads the styles of a file.
pub fn read(part: &str, text: &str) -> Result<Styles, Fault> {
    let mut styles = Styles::default();
    let mut open: Option<(String, Style)> = None;
    let mut is_numbered = false;
    xml::walk(part, text, &mut |node, _| {
        match node {
            xml::Node::Start("style", start) => {
                let id = xml::attribute(start, "styleId").map_or(String::new(), |v| v.into_owned());
                open = Some((id, Style::default()));
                is_numbered = false;
            }
            xml::Node::Start(name, start) => {
                let Some((_, style)) = &mut open else { return Ok(()) };
                match name {
                    "name" => style.name = xml::attribute(start, "val").map_or(String::new(), |v| v.trim().to_ascii_lowercase()),
                    "basedOn" => style.based_on = xml::attribute(start, "val").map(|v| v.into_owned()),
                    "outlineLvl" => style.outline = xml::number(start, "val").map(|n| n.min(9) as u8),
                    "numPr" => is_numbered = true,
                    "ilvl" if is_numbered => style.item = xml::number(start, "val").map(|n| n.min(8) as u8),
                    "numId" if is_numbered && xml::number(start, "val") != Some(0) => style.item = style.item.or(Some(0)),
                    "b" => style.is_bold = xml::is_on(start),
                    _ => {}
                }
            }
            xml::Node::End("style") => {
                if let Some((id, style)) = open.take() {
                    styles.0.insert(id, style);
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(styles)
}

impl Styles {
    /// What paragraphs of the style with this id are.
    pub fn role(&self, id: &str) -> Role {
        // A file without styles still names them.
        let Some(style) = self.0.get(id) else { return named(&id.to_ascii_lowercase()).unwrap_or(Role::Body) };
        let mut at = Some(style);
        for _ in 0..LONGEST_CHAIN {
            let Some(style) = at else { break };
            if let Some(role) = named(&style.name) {
                return role;
            }
            match style.outline {
                Some(level) if level <= DEEPEST_OUTLINE => return Role::Heading(level + 1),
                Some(_) => return Role::Body,
                None => {}
            }
            if let Some(depth) = style.item {
                return Role::Item(depth);
            }
            at = style.based_on.as_ref().and_then(|id| self.0.get(id));
        }
        Role::Body
    }

    /// Whether the characters of the style with this id are bold.
    pub fn is_bold(&self, id: &str) -> bool {
        self.0.get(id).map_or(id == "Strong", |s| s.is_bold)
    }
}

/// What a style of this name is, in every word processor.
fn named(name: &str) -> Option<Role> {
    let level = |rest: &str| {
        let rest = rest.trim();
        if rest.is_empty() { Some(1) } else { rest.parse::<u8>().ok().filter(|n| (1..=9).contains(n)) }
    };
    let after = |start: &str| name.strip_prefix(start).and_then(level);
    Some(match name {
        "title" => Role::Title,
        "quote" | "intense quote" | "intensequote" | "quotations" | "block text" | "blocktext" | "block quote" | "blockquote" => {
            Role::Quote
        }
        "caption" | "table caption" | "image caption" | "illustration" => Role::Caption,
        "html preformatted" | "source code" | "preformatted text" => Role::Code,
        "toc heading" | "contents heading" | "tocheading" => Role::Contents,
        _ => {
            if let Some(level) = after("heading") {
                Role::Heading(level)
            } else if after("toc").or_else(|| after("contents")).is_some() {
                Role::Contents
            } else {
                let depth = after("list bullet").or_else(|| after("list number")).or_else(|| after("listbullet"));
                Role::Item(depth.or_else(|| after("listnumber"))? - 1)
            }
        }
    })
}
