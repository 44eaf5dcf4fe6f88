//! XML as a Word file has it: elements and text, namespaces left out, entities never expanded, depth bounded.

use super::Fault;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;

/// Elements that may be open at once; a table in a table in a text box comes to some 60.
pub const MAX_DEPTH: usize = 256;

/// What stands in a part.
pub enum Node<'a> {
    /// An element begins: its name without prefix, and its attributes. An empty one ends at once.
    Start(&'a str, &'a BytesStart<'a>),
    /// An element ends.
    End(&'a str),
    /// Text, or a piece of it.
    Text(&'a str),
}

/// Hands every node of `text` to `then`, with the byte behind it.
///
/// # Errors
/// A fault where the text is no well-formed XML, has a document type or is nested deeper than
/// [`MAX_DEPTH`]; and what `then` says.
pub fn walk(part: &str, text: &str, then: &mut dyn FnMut(Node, usize) -> Result<(), Fault>) -> Result<(), Fault> {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut depth = 0_usize;
    loop {
        let event = reader.read_event().map_err(|error| broken(part, &error))?;
        let at = reader.buffer_position() as usize;
        match event {
            Event::Start(start) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(Fault::new(format!("its {part} is nested deeper than {MAX_DEPTH} elements")));
                }
                then(Node::Start(start.local_name().into_inner(), &start), at)?;
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                then(Node::End(end.local_name().into_inner()), at)?;
            }
            Event::Text(text) => then(Node::Text(&text.xml10_content()), at)?,
            Event::CData(text) => then(Node::Text(&text.xml10_content()), at)?,
            Event::GeneralRef(reference) => {
                // Entities of the document's own are left out: Word has none.
                let name = reference.xml10_content();
                match reference.resolve_char_ref() {
                    Ok(Some(c)) => then(Node::Text(c.encode_utf8(&mut [0; 4])), at)?,
                    Ok(None) => then(Node::Text(resolve_predefined_entity(&name).unwrap_or("")), at)?,
                    Err(error) => return Err(broken(part, &error)),
                }
            }
            Event::DocType(_) => return Err(Fault::new(format!("its {part} has a document type, which no Word file has"))),
            Event::Eof if depth > 0 => return Err(Fault::new(format!("its {part} is cut off"))),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn broken(part: &str, error: &dyn std::fmt::Display) -> Fault {
    Fault::new(format!("its {part} is no well-formed XML: {error}"))
}

/// The value of the attribute called `name`, whatever its prefix.
pub fn attribute<'a>(start: &'a BytesStart, name: &str) -> Option<Cow<'a, str>> {
    let mut all = start.attributes();
    let found = all.with_checks(false).flatten().find(|a| a.key.local_name().into_inner() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok()
}

/// The value of `w:val`, or of an attribute of another name, as a number.
pub fn number(start: &BytesStart, name: &str) -> Option<u32> {
    attribute(start, name)?.trim().parse().ok()
}

/// Whether a switch such as `<w:b/>` is on.
pub fn is_on(start: &BytesStart) -> bool {
    attribute(start, "val").is_none_or(|v| !matches!(v.as_ref(), "0" | "false" | "off" | "none"))
}
