//! Readers: one format in, one [`Document`](crate::document::Document) out.

pub mod builder;
pub mod plain;
use crate::document::Document;
#[derive(Clone, Copy)]
pub enum Format { Text, Markdown, Html }
pub fn read(source: &str, _format: Format) -> Document { plain::read(source) }
impl Format { pub fn parse(n:&str)->Option<Format>{ match n {"text"=>Some(Format::Text),"markdown"=>Some(Format::Markdown),"html"=>Some(Format::Html),_=>None} } }
