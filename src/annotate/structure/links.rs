//! Links that lead nowhere inside the document: without a target, to an anchor or a footnote that does not
//! exist; and images that say nothing to those who cannot see them.

use super::parts::{Found, Parts};
use crate::document::{Link, NO_ALT};
use crate::source::Span;
use crate::tags::Known;
use memchr::memchr;
use rustc_hash::FxHashSet;

/// Letters that a word of an anchor must have to count.
const LEAST: usize = 3;

/// Notes empty links, images without text and broken anchors.
pub fn find(parts: &Parts, found: &mut Found) {
    let doc = parts.article.doc;
    let mut anchors: Option<(FxHashSet<String>, FxHashSet<String>)> = None;
    for (i, link) in doc.links.iter().enumerate() {
        let target = link.target.trim();
        if link.image {
            if link.rel == NO_ALT {
                note(parts, Known::LinkImageNoAlt, link, found);
            }
        } else if link.rel == "footnote" {
            continue;
        } else if is_nowhere(target) || link.text.is_empty() && !target.starts_with('#') && !holds_image(&doc.links, i) {
            note(parts, Known::LinkEmpty, link, found);
        } else if let Some(name) = target.strip_prefix('#') {
            let (whole, words) = anchors.get_or_insert_with(|| names(parts));
            if !leads(name, whole, words) {
                note(parts, Known::LinkBrokenAnchor, link, found);
            }
        }
    }
    footnotes(parts, found);
}

fn note(parts: &Parts, tag: Known, link: &Link, found: &mut Found) {
    let start = parts.article.token_at(link.text.start);
    let end = parts.article.tokens.partition_point(|t| t.start < link.text.end) as u32;
    if start < end {
        found.words(tag, (start, end));
    } else {
        found.at(tag, start, link.span);
    }
}

/// Whether a target is left blank.
fn is_nowhere(target: &str) -> bool {
    target.is_empty() || target == "#" || target.eq_ignore_ascii_case("http://") || target.eq_ignore_ascii_case("https://")
}

/// Whether an image stands inside the link numbered `at`; images follow the link that holds them.
fn holds_image(links: &[Link], at: usize) -> bool {
    let Some(link) = links.get(at) else { return false };
    links[at + 1..].iter().take_while(|l| l.span.start < link.span.end).any(|l| l.image)
}

/// All names that an anchor may point at, and the words of all headings.
fn names(parts: &Parts) -> (FxHashSet<String>, FxHashSet<String>) {
    let doc = parts.article.doc;
    let mut whole: FxHashSet<String> = doc.anchors.iter().map(|a| a.to_lowercase()).collect();
    let mut words = FxHashSet::default();
    for block in doc.blocks.iter().filter(|b| b.level > 0 || b.kind == crate::document::BlockKind::Title) {
        let text = doc.block_text(block).to_lowercase();
        whole.insert(text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join("-"));
        words.extend(text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() >= LEAST).map(str::to_owned));
    }
    (whole, words)
}

/// Whether an anchor leads somewhere. How a site makes names from headings is its own affair: it is
/// enough that the headings have all the words of the name.
fn leads(name: &str, whole: &FxHashSet<String>, words: &FxHashSet<String>) -> bool {
    let name = name.to_lowercase();
    let mut parts = name.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() >= LEAST).peekable();
    // `#/path` is a page of an application, `#top` needs no target, `#:~:text=` is a search.
    let other = name.starts_with(['/', '!', ':']) || name.contains('%') || name == "top";
    other || whole.contains(&name) || parts.peek().is_none() || parts.all(|w| words.contains(w))
}

/// Marks such as `[^3]` that no footnote answers: a reader of Markdown leaves them among the words.
fn footnotes(parts: &Parts, found: &mut Found) {
    for (_, block) in parts.prose() {
        let text = parts.article.doc.block_text(block);
        if memchr(b'^', text.as_bytes()).is_none() {
            continue;
        }
        for (at, _) in text.match_indices("[^") {
            let Some(length) = text[at..].bytes().take(40).position(|b| b == b']') else { continue };
            let name = &text[at + 2..at + length];
            if name.is_empty() || name.contains(char::is_whitespace) {
                continue;
            }
            let plain = Span { start: block.text.start + at as u32, end: block.text.start + (at + length + 1) as u32 };
            found.at(Known::LinkBrokenAnchor, parts.article.token_at(plain.start), parts.article.doc.span(plain));
        }
    }
}
