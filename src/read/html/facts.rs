//! What a page says about itself: `<title>`, `<meta>`, JSON-LD, author links, and its comments.

use super::tags::Tag;
use super::tokens::{Kind, Name, Tokens};
use super::walk::comment;
use crate::read::fields;
use crate::read::flow::Flow;
use crate::source::Span;

/// Elements inside an author link or a title that are looked at.
const NEAR: usize = 64;

/// Collects the fields and comments of a page.
pub fn collect(flow: &mut Flow, tokens: &Tokens) {
    let mut titled = false;
    for (index, token) in tokens.list.iter().enumerate() {
        let (tag, from, to) = match token.kind {
            Kind::Comment => {
                comment(flow, token.span);
                continue;
            }
            Kind::Start { tag, from, to, .. } => (tag, from, to),
            _ => continue,
        };
        let attribute = |name| tokens.attribute(from, to, name);
        match tag {
            Tag::Title if !titled => {
                // Later ones are titles of pictures.
                titled = true;
                let (text, span) = text_inside(flow.source, tokens, index, tag);
                flow.builder.field("title", text, span);
            }
            Tag::Meta => {
                let name = attribute(Name::Property).or(attribute(Name::Itemprop)).and_then(|(n, _)| fields::meta_name(n));
                if let (Some(name), Some((value, span))) = (name, attribute(Name::Content)) {
                    flow.builder.field(name, value, span);
                }
            }
            Tag::Script if attribute(Name::Type).is_some_and(|(t, _)| t.trim().eq_ignore_ascii_case("application/ld+json")) => {
                let (text, span) = text_inside(flow.source, tokens, index, tag);
                fields::json_ld(&mut flow.builder, &text, span);
            }
            _ if from == to => {}
            _ => {
                let names = |name, wanted: &str| {
                    attribute(name).is_some_and(|(v, _)| v.split_ascii_whitespace().any(|v| v.eq_ignore_ascii_case(wanted)))
                };
                let field = if tag == Tag::A && names(Name::Rel, "author") || names(Name::Itemprop, "author") {
                    "author"
                } else if names(Name::Itemprop, "reviewedBy") {
                    "reviewer"
                } else {
                    continue;
                };
                let (text, span) = text_inside(flow.source, tokens, index, tag);
                flow.builder.field(field, text, span);
            }
        }
    }
}

/// The text of the element that starts at token `index`, white space collapsed, and its place.
fn text_inside(source: &str, tokens: &Tokens, index: usize, element: Tag) -> (String, Span) {
    let mut text = String::new();
    let mut place: Option<Span> = None;
    let mut depth = 0;
    let raw = element == Tag::Script;
    for token in tokens.list.iter().skip(index + 1).take(if raw { usize::MAX } else { NEAR }) {
        let part = match token.kind {
            Kind::Text => source.get(token.span.range()).unwrap_or(""),
            Kind::Replaced { from, to } => tokens.decoded.get(from as usize..to as usize).unwrap_or(""),
            Kind::Start { tag, closed, .. } if tag == element && !closed => {
                depth += 1;
                continue;
            }
            Kind::End { tag } if tag == element && depth == 0 => break,
            Kind::End { tag } if tag == element => {
                depth -= 1;
                continue;
            }
            _ => continue,
        };
        text.push_str(part);
        if !part.trim().is_empty() {
            place = Some(place.map_or(token.span, |p| p.to(token.span)));
        }
    }
    if !raw {
        text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    (text, place.unwrap_or_default())
}
