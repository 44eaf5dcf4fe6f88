//! Reads web pages, also broken ones: the words of the main part, with their exact places, and what the
//! page says about itself in its head. Menus, forms, banners and other furniture of the page are left out.

use crate::document::Document;
use crate::read::fields;
use crate::read::flow::Flow;
use crate::source::Span;

mod facts;
mod outline;
mod tags;
mod tokens;
mod walk;

pub use walk::Walk;

/// Reads a page or a fragment of one.
pub fn read(source: &str) -> Document {
    let end = source.len();
    let tokens = tokens::tokenize(source, Span::new(0, end));
    let mut outline = outline::Outline::new(&tokens);
    let (from, to, marked) = outline.main_part(&tokens);
    let large = outline.text_between(from, to) / 2;
    outline.pardon(&tokens, from, to, marked, large);
    let mut flow = Flow::new(source, source);
    facts::collect(&mut flow, &tokens);
    let body = tokens.list.get(from).map_or(end, |t| t.span.start as usize);
    fields::of_head(&mut flow.builder, source, source.get(body..).unwrap_or(""));
    let mut walk = Walk::default();
    walk.feed(&mut flow, &tokens, Some(&outline), from..to);
    let last = tokens.list.get(to).map_or(end as u32, |t| t.span.start);
    walk.finish(&mut flow, last);
    flow.builder.finish(last)
}

/// Text that a skip inside Markdown may hold, in bytes, before it is taken for the article after all.
const LARGE_IN_MARKDOWN: u32 = 2000;

/// Reads a piece of HTML inside Markdown: one or more lines.
pub fn read_piece(flow: &mut Flow, walk: &mut Walk, span: Span) {
    let tokens = tokens::tokenize(flow.source, span);
    let count = tokens.list.len();
    if count <= 1 {
        return walk.feed(flow, &tokens, None, 0..count);
    }
    let mut outline = outline::Outline::new(&tokens);
    outline.pardon(&tokens, 0, count, true, LARGE_IN_MARKDOWN);
    walk.feed(flow, &tokens, Some(&outline), 0..count);
}

/// Whether a text opens like a page or a fragment of one.
pub fn looks_like_html(head: &str) -> bool {
    let starts = |s: &str| head.get(..s.len()).is_some_and(|h| h.eq_ignore_ascii_case(s));
    if starts("<!doctype") || starts("<html") || starts("<head") || starts("<body") {
        return true;
    }
    // End tags of elements that carry prose: Markdown and plain text have few of them.
    let ends = ["</p>", "</h1>", "</h2>", "</li>", "</div>", "</article>", "</html>"];
    let lower = head.to_ascii_lowercase();
    ends.iter().map(|e| lower.matches(e).count()).sum::<usize>() >= if head.starts_with('<') { 1 } else { 3 }
}

#[cfg(test)]
mod tests;
