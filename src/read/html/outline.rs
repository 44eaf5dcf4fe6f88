//! A first pass over the tokens of a page: where each element ends, how much text it holds, which
//! elements are page furniture and which tables only lay out the page.

use super::tags::{Nesting, Tag};
use super::tokens::{Kind, Name, Tokens};

/// Facts about a start token, as bits of [`Outline::marks`].
pub const SKIP: u8 = 1;
/// A table that only arranges the page.
pub const LAYOUT: u8 = 2;
/// A table whose first row is a head.
pub const HEAD: u8 = 4;
/// A `sup` that carries a link: a reference, not words.
pub const REFERENCE: u8 = 8;
/// An element with an `h1` inside.
const TITLED: u8 = 16;
/// A skip that a lot of text inside revokes.
const WEAK: u8 = 32;

/// What is known of each token.
pub struct Outline {
    /// For a start token, index of the token at which its element ends; else its own index.
    pub end: Vec<u32>,
    /// Bits of what is known of a start token.
    pub marks: Vec<u8>,
    /// Bytes of text before each token, and after the last.
    text: Vec<u32>,
}

struct Open {
    token: u32,
    /// In a table: cells of the open row, most cells of any row, rows begun.
    cells: u32,
    widest: u32,
    rows: u32,
}

impl Outline {
    /// Bytes of text inside the element that starts at this token.
    pub fn text_in(&self, token: usize) -> u32 {
        self.text_between(token, self.end.get(token).map_or(token, |&e| e as usize))
    }

    /// Lays the outline of `tokens`.
    pub fn new(tokens: &Tokens) -> Outline {
        let count = tokens.list.len();
        let mut outline = Outline { end: (0..count as u32).collect(), marks: vec![0; count], text: Vec::with_capacity(count + 1) };
        let mut nesting: Nesting<Open> = Nesting::default();
        let mut silent = 0_u32;
        let mut total = 0_u32;
        for (index, token) in tokens.list.iter().enumerate() {
            outline.text.push(total);
            match token.kind {
                Kind::Text if silent == 0 => total += token.span.len() as u32,
                Kind::Replaced { from, to } if silent == 0 => total += to - from,
                Kind::Start { tag, from, to, closed } => {
                    let kept = nesting.kept_by_start(tag);
                    outline.close(&mut nesting, kept, index, &mut silent);
                    outline.note(&mut nesting, tag);
                    if tag.is_void() || closed {
                        continue;
                    }
                    let skip = furniture(tokens, tag, from, to);
                    outline.marks[index] |= skip;
                    let tracked = !tag.is_inline() || skip != 0 || silent > 0 || matches!(tag, Tag::Sup);
                    let open = Open { token: index as u32, cells: 0, widest: 0, rows: 0 };
                    if tracked && nesting.push(tag, open) {
                        silent += u32::from(skip & SKIP != 0 && skip & WEAK == 0);
                    } else if tracked {
                        // Too deep to be followed: nothing of it is skipped.
                        outline.marks[index] = 0;
                    }
                }
                Kind::End { tag } => {
                    if let Some(kept) = nesting.kept_by_end(tag) {
                        outline.close(&mut nesting, kept, index, &mut silent);
                    }
                }
                _ => {}
            }
        }
        outline.text.push(total);
        outline.close(&mut nesting, 0, count, &mut silent);
        outline
    }

    /// Takes note of what the start of `tag` says of the elements around it.
    fn note(&mut self, nesting: &mut Nesting<Open>, tag: Tag) {
        let innermost = |nesting: &Nesting<Open>, of: Tag| nesting.open.iter().rposition(|(t, _)| *t == of);
        match tag {
            Tag::A => {
                if let Some((Tag::Sup, open)) = nesting.open.last() {
                    self.marks[open.token as usize] |= REFERENCE;
                }
            }
            Tag::Heading(1) => {
                for (_, open) in &nesting.open {
                    self.marks[open.token as usize] |= TITLED;
                }
            }
            Tag::Table => {
                if let Some(outer) = innermost(nesting, Tag::Table) {
                    self.marks[nesting.open[outer].1.token as usize] |= LAYOUT;
                }
            }
            Tag::Tr => {
                if let Some(table) = innermost(nesting, Tag::Table) {
                    let open = &mut nesting.open[table].1;
                    open.rows += 1;
                    open.cells = 0;
                }
            }
            Tag::Td | Tag::Th => {
                if let Some(table) = innermost(nesting, Tag::Table) {
                    let open = &mut nesting.open[table].1;
                    open.cells += 1;
                    open.widest = open.widest.max(open.cells);
                    if tag == Tag::Th && open.rows <= 1 {
                        self.marks[open.token as usize] |= HEAD;
                    }
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, nesting: &mut Nesting<Open>, kept: usize, at: usize, silent: &mut u32) {
        while nesting.open.len() > kept {
            let Some((tag, open)) = nesting.open.pop() else { break };
            let token = open.token as usize;
            self.end[token] = at as u32;
            let marks = &mut self.marks[token];
            if *marks & SKIP != 0 && *marks & WEAK == 0 {
                *silent = silent.saturating_sub(1);
            }
            if tag == Tag::Table && open.widest <= 1 {
                *marks |= LAYOUT;
            }
        }
    }

    /// Revokes the weak skips inside the tokens `from..to` that hold more than `large` bytes of text, that are
    /// the header or an aside of a part that markup says is the article (`marked`), or that hold the `h1`.
    pub fn pardon(&mut self, tokens: &Tokens, from: usize, to: usize, marked: bool, large: u32) {
        for index in from..to.min(self.marks.len()) {
            if self.marks[index] & WEAK == 0 {
                continue;
            }
            let Kind::Start { tag, .. } = tokens.list[index].kind else { continue };
            let own = marked && matches!(tag, Tag::Header | Tag::Aside) || self.marks[index] & TITLED != 0;
            if own || self.text_in(index) > large {
                self.marks[index] &= !(SKIP | WEAK);
            }
        }
    }

    /// Bytes of text between two tokens.
    pub fn text_between(&self, from: usize, to: usize) -> u32 {
        let before = |i: usize| self.text.get(i).or(self.text.last()).copied().unwrap_or(0);
        before(to).saturating_sub(before(from))
    }

    /// The part of the page that is the article: the range of its tokens, and whether markup says so.
    pub fn main_part(&self, tokens: &Tokens) -> (usize, usize, bool) {
        let mut main: Option<usize> = None;
        let mut article: Option<usize> = None;
        let mut body = (0, tokens.list.len());
        let larger = |this: usize, best: Option<usize>| best.is_none_or(|b| self.text_in(this) > self.text_in(b));
        for (index, token) in tokens.list.iter().enumerate() {
            let Kind::Start { tag, from, to, .. } = token.kind else { continue };
            let role = || tokens.attribute(from, to, Name::Role).is_some_and(|(r, _)| r.eq_ignore_ascii_case("main"));
            if tag == Tag::Body && self.end[index] as usize > index + 1 {
                body = (index, self.end[index] as usize);
            } else if (tag == Tag::Main || !tag.is_inline() && from != to && role()) && larger(index, main) {
                main = Some(index);
            } else if tag == Tag::Article && larger(index, article) {
                article = Some(index);
            }
        }
        let whole = self.text_between(body.0, body.1);
        let has_title = |i: usize| self.marks[i] & TITLED != 0;
        let chosen = match (main, article) {
            (Some(m), Some(a)) => {
                let inside = m <= a && a < self.end[m] as usize;
                let most = self.text_in(a) > self.text_in(m) / 2;
                let keeps_title = has_title(a) || !has_title(m);
                Some(if inside && most && keeps_title || !inside && self.text_in(a) > self.text_in(m) { a } else { m })
            }
            (main, article) => main.or(article),
        };
        match chosen {
            // A main part with next to nothing in it is not the article.
            Some(c) if self.text_in(c) > whole / 8 => (c, self.end[c] as usize, true),
            _ => (body.0, body.1, false),
        }
    }
}

/// Whether a start tag begins page furniture: [`SKIP`], with [`WEAK`] where much text inside revokes it.
pub fn furniture(tokens: &Tokens, tag: Tag, from: u32, to: u32) -> u8 {
    if tag.is_silent() {
        return SKIP;
    }
    if matches!(tag, Tag::Nav | Tag::Footer | Tag::Form | Tag::Header | Tag::Aside) {
        return SKIP | WEAK;
    }
    if from == to {
        return 0;
    }
    let attribute = |name| tokens.attribute(from, to, name).map(|(value, _)| value);
    if attribute(Name::Hidden).is_some_and(|v| !v.eq_ignore_ascii_case("until-found"))
        || attribute(Name::AriaHidden).is_some_and(|v| v.eq_ignore_ascii_case("true"))
        || attribute(Name::Style).is_some_and(is_invisible)
    {
        return SKIP;
    }
    let named = |value: &str| value.split_ascii_whitespace().any(is_furniture_name);
    let is_furniture = tag.may_be_furniture()
        && (attribute(Name::Class).is_some_and(named)
            || attribute(Name::Id).is_some_and(named)
            || attribute(Name::Role).is_some_and(|r| {
                matches!(
                    r,
                    "navigation"
                        | "banner"
                        | "contentinfo"
                        | "search"
                        | "complementary"
                        | "dialog"
                        | "alertdialog"
                        | "menu"
                        | "menubar"
                        | "toolbar"
                )
            }));
    if is_furniture { SKIP | WEAK } else { 0 }
}

fn is_invisible(style: &str) -> bool {
    style.split(';').any(|rule| {
        rule.split_once(':').is_some_and(|(name, value)| {
            let value = value.trim().trim_end_matches("!important").trim_end();
            let is = |n: &str, v: &str| name.trim().eq_ignore_ascii_case(n) && value.eq_ignore_ascii_case(v);
            is("display", "none") || is("visibility", "hidden")
        })
    })
}

/// Names that pages give to what is not the article, as first or last part of a class or id.
const FURNITURE: &[&str] = &[
    "ad",
    "ads",
    "advert",
    "advertisement",
    "breadcrumb",
    "breadcrumbs",
    "comments",
    "consent",
    "cookie",
    "cookies",
    "disqus",
    "footer",
    "gdpr",
    "masthead",
    "menu",
    "modal",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "offcanvas",
    "pagination",
    "pager",
    "popup",
    "related",
    "respond",
    "share",
    "sharedaddy",
    "sharing",
    "sidebar",
    "skip",
    "social",
    "subscribe",
    "toolbar",
    "widget",
];

/// Whole class names that hide words from sight.
const UNSEEN: &[&str] = &["sr-only", "screen-reader-text", "visually-hidden", "visuallyhidden", "d-none", "skip-link"];

fn is_furniture_name(name: &str) -> bool {
    let is = |part: &str| FURNITURE.iter().any(|f| f.eq_ignore_ascii_case(part));
    if UNSEEN.iter().any(|u| u.eq_ignore_ascii_case(name)) {
        return true;
    }
    let mut parts = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|p| !p.is_empty());
    let first = parts.next().unwrap_or("");
    let last = parts.next_back();
    // `has-sidebar`, `no-sidebar` are said of the page, not of the bar.
    let about_page = matches!(first, "has" | "no" | "with" | "without" | "not");
    !about_page && (is(first) || last.is_some_and(is))
}
