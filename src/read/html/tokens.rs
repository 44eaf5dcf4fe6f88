//! HTML as a flat list of tokens with exact spans: an emitter over the WHATWG tokenizer that keeps where
//! each run of text stood, decoded or not.

use std::convert::Infallible;

use html5gum::{Emitter, Error, State, Tokenizer};

use super::tags::Tag;
use crate::source::Span;

/// An attribute that matters to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    Alt,
    AriaHidden,
    Class,
    Colspan,
    Content,
    Datetime,
    Hidden,
    Href,
    Id,
    Itemprop,
    Property,
    Rel,
    Role,
    Src,
    Style,
    Type,
}

impl Name {
    fn parse(name: &[u8]) -> Option<Name> {
        Some(match name {
            b"alt" => Name::Alt,
            b"aria-hidden" => Name::AriaHidden,
            b"class" | b"classname" => Name::Class,
            b"colspan" => Name::Colspan,
            b"content" => Name::Content,
            b"datetime" => Name::Datetime,
            b"hidden" => Name::Hidden,
            b"href" => Name::Href,
            b"id" => Name::Id,
            b"itemprop" => Name::Itemprop,
            // `<meta name=…>` and `<meta property=…>` say the same.
            b"property" | b"name" => Name::Property,
            b"rel" => Name::Rel,
            b"role" => Name::Role,
            b"src" | b"data-src" => Name::Src,
            b"style" => Name::Style,
            b"type" => Name::Type,
            _ => return None,
        })
    }
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A start tag; `from..to` are its attributes.
    Start { tag: Tag, from: u32, to: u32, closed: bool },
    /// An end tag.
    End { tag: Tag },
    /// Text that stands in the source as it is.
    Text,
    /// Text that replaces the source bytes: `from..to` of [`Tokens::decoded`].
    Replaced { from: u32, to: u32 },
    /// `<!-- … -->`.
    Comment,
}

/// A token and its place in the source.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    pub kind: Kind,
    pub span: Span,
}

/// An attribute of a start tag.
#[derive(Clone, Copy, Debug)]
pub struct Attribute {
    name: Name,
    from: u32,
    to: u32,
    /// The value in the source, without quotes.
    pub span: Span,
}

/// All tokens of a text.
#[derive(Default)]
pub struct Tokens {
    pub list: Vec<Token>,
    attributes: Vec<Attribute>,
    /// Decoded text and attribute values.
    pub decoded: String,
}

impl Tokens {
    /// The first attribute `name` of the start tag with attributes `from..to`: value and place.
    pub fn attribute(&self, from: u32, to: u32, name: Name) -> Option<(&str, Span)> {
        let attributes = self.attributes.get(from as usize..to as usize)?;
        let found = attributes.iter().find(|a| a.name == name)?;
        Some((self.decoded.get(found.from as usize..found.to as usize)?, found.span))
    }
}

/// The tokens of `source[span]`; their spans are of the whole source.
pub fn tokenize(source: &str, span: Span) -> Tokens {
    let mut tokens = Tokens::default();
    let Some(text) = source.get(span.range()) else { return tokens };
    tokens.list.reserve(text.len() / 32);
    let emitter = Collector {
        text: text.as_bytes(),
        base: span.start,
        tokens: &mut tokens,
        at: 0,
        taken: 0,
        tag_at: 0,
        tag: CurrentTag::default(),
        last_start: Vec::new(),
        attribute: CurrentAttribute::default(),
    };
    let Ok(()) = Tokenizer::new_with_emitter(text, emitter).finish();
    tokens
}

#[derive(Default)]
struct CurrentTag {
    name: Vec<u8>,
    is_end: bool,
    closed: bool,
    /// First attribute.
    from: u32,
}

#[derive(Default)]
struct CurrentAttribute {
    name: Vec<u8>,
    value: Vec<u8>,
    start: usize,
    end: usize,
}

/// Turns the tokenizer's calls into [`Tokens`].
struct Collector<'a> {
    text: &'a [u8],
    base: u32,
    tokens: &'a mut Tokens,
    /// The tokenizer's position in `text`.
    at: usize,
    /// End of the last token.
    taken: usize,
    /// Where the open `<` stands.
    tag_at: usize,
    tag: CurrentTag,
    last_start: Vec<u8>,
    attribute: CurrentAttribute,
}

impl Collector<'_> {
    fn span(&self, start: usize, end: usize) -> Span {
        let end = end.min(self.text.len());
        Span::new(start.min(end) + self.base as usize, end + self.base as usize)
    }

    fn push(&mut self, kind: Kind, start: usize, end: usize) {
        let start = start.max(self.taken);
        let end = end.max(start);
        self.tokens.list.push(Token { kind, span: self.span(start, end) });
        self.taken = end.min(self.text.len());
    }

    /// Where the run `s`, that ends at about the current position, stands as it is.
    fn place(&self, s: &[u8]) -> Option<usize> {
        let stands = |at: usize| self.text.get(at..at + s.len()) == Some(s);
        let before = self.at.checked_sub(s.len()).filter(|&at| at >= self.taken && stands(at));
        // `</` of a tag that turned out to be none is told late: it stands where the last token ended.
        before.or_else(|| Some(self.taken).filter(|&at| stands(at)))
    }

    fn end_attribute(&mut self) {
        let attribute = &mut self.attribute;
        if let (Some(name), Ok(value)) = (Name::parse(&attribute.name), std::str::from_utf8(&attribute.value)) {
            let from = self.tokens.decoded.len() as u32;
            self.tokens.decoded.push_str(value);
            let to = self.tokens.decoded.len() as u32;
            let (start, end) = (attribute.start, attribute.end);
            let span = self.span(start, end);
            self.tokens.attributes.push(Attribute { name, from, to, span });
        }
        self.attribute.name.clear();
        self.attribute.value.clear();
    }

    fn init_tag(&mut self, is_end: bool) {
        self.tag.name.clear();
        self.tag.is_end = is_end;
        self.tag.closed = false;
        self.tag.from = self.tokens.attributes.len() as u32;
    }
}

impl Emitter for Collector<'_> {
    type Token = Infallible;

    fn set_last_start_tag(&mut self, name: Option<&[u8]>) {
        self.last_start.clear();
        self.last_start.extend_from_slice(name.unwrap_or_default());
    }

    fn emit_eof(&mut self) {}

    fn emit_error(&mut self, _: Error) {}

    #[inline]
    fn should_emit_errors(&mut self) -> bool {
        false
    }

    #[inline]
    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    fn emit_string(&mut self, s: &[u8]) {
        if s.is_empty() {
            return;
        }
        if let Some(start) = self.place(s) {
            let end = start + s.len();
            self.taken = end;
            let span = self.span(start, end);
            match self.tokens.list.last_mut() {
                Some(last) if last.kind == Kind::Text && last.span.end == span.start => last.span.end = span.end,
                _ => self.tokens.list.push(Token { kind: Kind::Text, span }),
            }
        } else if let Ok(s) = std::str::from_utf8(s) {
            let from = self.tokens.decoded.len() as u32;
            self.tokens.decoded.push_str(s);
            let to = self.tokens.decoded.len() as u32;
            self.push(Kind::Replaced { from, to }, self.taken, self.at);
        }
    }

    fn init_start_tag(&mut self) {
        self.init_tag(false);
    }

    fn init_end_tag(&mut self) {
        self.init_tag(true);
    }

    fn init_comment(&mut self) {}

    fn emit_current_tag(&mut self) -> Option<State> {
        self.end_attribute();
        let tag = Tag::from_name(&self.tag.name);
        if self.tag.is_end {
            self.last_start.clear();
            self.push(Kind::End { tag }, self.tag_at, self.at);
            return None;
        }
        let to = self.tokens.attributes.len() as u32;
        let closed = self.tag.closed;
        self.push(Kind::Start { tag, from: self.tag.from, to, closed }, self.tag_at, self.at);
        std::mem::swap(&mut self.last_start, &mut self.tag.name);
        if closed {
            // XHTML and JSX mean it; what follows is not raw text.
            return None;
        }
        match self.last_start.as_slice() {
            b"title" | b"textarea" => Some(State::RcData),
            b"script" => Some(State::ScriptData),
            b"style" | b"xmp" | b"iframe" | b"noembed" | b"noframes" => Some(State::RawText),
            b"plaintext" => Some(State::PlainText),
            _ => None,
        }
    }

    fn emit_current_comment(&mut self) {
        self.push(Kind::Comment, self.tag_at, self.at);
    }

    fn emit_current_doctype(&mut self) {
        self.taken = self.at.clamp(self.taken, self.text.len());
    }

    fn set_self_closing(&mut self) {
        self.tag.closed = true;
    }

    fn set_force_quirks(&mut self) {}

    fn push_tag_name(&mut self, s: &[u8]) {
        self.tag.name.extend_from_slice(s);
    }

    fn push_comment(&mut self, _: &[u8]) {}

    fn push_doctype_name(&mut self, _: &[u8]) {}

    fn init_doctype(&mut self) {}

    fn init_attribute(&mut self) {
        self.end_attribute();
        self.attribute.start = self.at;
        self.attribute.end = self.at;
    }

    fn init_attribute_value(&mut self) {
        self.attribute.start = self.at;
        self.attribute.end = self.at;
    }

    fn push_attribute_name(&mut self, s: &[u8]) {
        self.attribute.name.extend_from_slice(s);
    }

    fn push_attribute_value(&mut self, s: &[u8]) {
        self.attribute.value.extend_from_slice(s);
        self.attribute.end = self.at;
    }

    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn start_open_tag(&mut self) {
        self.tag_at = self.at.saturating_sub(1);
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.tag.is_end && !self.last_start.is_empty() && self.last_start == self.tag.name
    }

    #[inline]
    fn move_position(&mut self, offset: isize) {
        self.at = self.at.saturating_add_signed(offset);
    }
}
