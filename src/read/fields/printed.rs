//! What an article says of itself that readers get to see: its title and its descriptions in lists of pages, results of
//! searches and shared links, the words that stand for its pictures.

use super::{canonical, plain};
use crate::document::BlockKind;
use crate::read::builder::Builder;
use crate::source::{Span, floor_boundary};

/// Bytes of a description by which one is known that only repeats the text.
const OPENING: usize = 80;

/// Makes blocks of what front matter tells: descriptions, captions and alternative texts of pictures, and the title, if
/// the text has none or another one. Each place is a block, also where one repeats another or the text: whoever mends
/// one has to mend them all.
pub fn of_front_matter(builder: &mut Builder, source: &str, body: &str, has_title: bool) {
    let title = builder.field_of("title").map(|field| field.span);
    let mut blocks: Vec<(Span, BlockKind, String)> = Vec::new();
    for field in builder.fields() {
        let kind = match kind(&field.name) {
            // Where the text has no title of its own, pages print that of the front matter. Where it has, lists of pages do.
            _ if Some(field.span) == title && !has_title => BlockKind::Title,
            _ if Some(field.span) == title && !body.contains(field.value.as_str()) => BlockKind::Summary,
            Some(kind) => kind,
            None => continue,
        };
        blocks.push((field.span, kind, field.value.clone()));
    }
    blocks.sort_by_key(|(span, ..)| span.start);
    blocks.iter().for_each(|(span, kind, value)| block(builder, source, *kind, *span, value));
}

/// Makes blocks of the descriptions in the head of a page. Pages repeat them for every service that shows them, mostly by
/// themselves: one that opens as an earlier one does, or as a sentence of the `body`, is left out.
pub fn of_head(builder: &mut Builder, source: &str, body: &str) {
    let mut blocks: Vec<(Span, String)> = Vec::new();
    for field in builder.fields().iter().filter(|f| f.name == "description") {
        let value = field.value.as_str();
        let opening = value.get(..floor_boundary(value, OPENING)).unwrap_or(value).trim_end_matches(['.', '…', ' ']);
        // What stands in a script has no place of its own.
        let has_place = field.span.len() <= 2 * value.len();
        let is_told = opening.is_empty() || body.contains(opening) || blocks.iter().any(|(_, told)| told.starts_with(opening));
        if has_place && !is_told {
            blocks.push((field.span, value.to_owned()));
        }
    }
    blocks.iter().for_each(|(span, value)| block(builder, source, BlockKind::Summary, *span, value));
}

/// Tables whose entries are pictures, in lower case.
const PICTURES: [&str; 16] = [
    "images",
    "image",
    "gallery",
    "photos",
    "photo",
    "pictures",
    "picture",
    "figures",
    "figure",
    "slides",
    "cover",
    "hero",
    "banner",
    "header",
    "thumbnail",
    "media",
];

/// Tables that repeat the article's title for searches and shared links, in lower case.
const CARDS: [&str; 6] = ["seo", "meta", "og", "opengraph", "twitter", "social"];

/// Ends of keys for the words that stand for a picture, in lower case, without `_` and `-`.
const ALTERNATIVES: [&str; 9] =
    ["alttext", "caption", "imagealt", "imgalt", "photoalt", "picturealt", "coveralt", "thumbnailalt", "banneralt"];

/// What a field of front matter is on the page, by its name, which is told with the tables around it: `images.alt`.
fn kind(name: &str) -> Option<BlockKind> {
    let (tables, key) = name.rsplit_once('.').unwrap_or(("", name));
    let table = tables.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    let plain = plain(key);
    match canonical(key) {
        Some("description") => Some(BlockKind::Summary),
        Some("title") if CARDS.contains(&table.as_str()) => Some(BlockKind::Summary),
        Some("title") if PICTURES.contains(&table.as_str()) => Some(BlockKind::Caption),
        None if plain == "alt" || ALTERNATIVES.iter().any(|end| plain.ends_with(end)) => Some(BlockKind::Caption),
        _ => None,
    }
}

/// A block with the value of a field at its place in `source`.
fn block(builder: &mut Builder, source: &str, kind: BlockKind, span: Span, value: &str) {
    let written = source.get(span.range()).unwrap_or("");
    builder.open(kind, span.start).level = u8::from(kind == BlockKind::Title);
    // A quotation mark, or the mark of a value that runs over the lines below it.
    let before = match written.chars().next() {
        Some('"' | '\'') => 1,
        Some('|' | '>') => written.find('\n').unwrap_or(0),
        _ => 0,
    };
    let words = written.get(before..).unwrap_or("");
    let quoted = usize::from(before == 1 && words.len() > 1);
    let words = words.get(..words.len() - quoted).unwrap_or(words);
    if words.split_whitespace().eq(value.split_whitespace()) {
        builder.text(span.start + before as u32, words);
    } else {
        builder.replaced(span, value);
    }
    builder.close(span.end);
}
