//! What excuses a finding, with a reason: a comment before a block, an entry of a side-car file or of
//! `caveat.toml`; and what is wrong with an excuse that excuses nothing.

pub mod written;

use crate::document::{BlockKind, Document};
use crate::glob;
use crate::source::{Source, Span};

/// What opens a comment that excuses findings in the block that follows, or around it.
const BLOCK: &str = "caveat-allow";
/// What opens a comment that excuses findings in the whole article.
const ARTICLE: &str = "caveat-allow-file";

/// The most excuses of an article that count; the others excuse nothing and are told.
const MOST: usize = 1000;

/// An excuse for the findings of one lint, or of those that a glob names.
#[derive(Clone, Debug, PartialEq)]
pub struct Allow {
    /// Id, family or glob.
    pub lint: String,
    /// What it covers.
    pub scope: Scope,
    /// Why; empty where none was given, and then it excuses nothing.
    pub reason: String,
    /// Where it is written, for people: `article.md:12`.
    pub origin: String,
    /// Its place in the file that it is written in.
    pub span: Span,
    /// Whether that file is the article.
    pub is_inline: bool,
}

/// What an excuse covers.
#[derive(Clone, Debug, PartialEq)]
pub enum Scope {
    /// The whole article.
    Article,
    /// A part of the source.
    Place(Span),
    /// Wherever these words stand.
    Words(String),
}

/// What is wrong with an excuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// It gives no reason.
    NoReason,
    /// It names no lint.
    UnknownLint,
    /// It excuses nothing.
    Unused,
}

impl Mistake {
    /// The lint that tells it.
    pub fn lint(self) -> &'static str {
        match self {
            Mistake::NoReason => "allow/no-reason",
            Mistake::UnknownLint => "allow/unknown-lint",
            Mistake::Unused => "allow/unused",
        }
    }
}

impl Allow {
    /// Whether it could excuse anything of a lint.
    pub fn is_for(&self, lint: &str) -> bool {
        glob::matches(&self.lint, lint)
    }
}

/// The excuses that the comments of an article hold, in order.
///
/// `caveat-allow a/b, c/d: why` covers the next block, or the block that the comment stands in; a list, a table or
/// a quotation counts as one block. `caveat-allow-file` covers the article.
pub fn comments(doc: &Document, source: &Source) -> Vec<Allow> {
    let mut allows = Vec::new();
    for comment in &doc.comments {
        let text = comment.text.trim();
        let is_word_end = |rest: &str| rest.is_empty() || rest.starts_with(char::is_whitespace) || rest.starts_with(':');
        let (rest, is_block) = match (text.strip_prefix(ARTICLE), text.strip_prefix(BLOCK)) {
            (Some(rest), _) if is_word_end(rest) => (rest, false),
            (_, Some(rest)) if is_word_end(rest) => (rest, true),
            _ => continue,
        };
        let (lints, reason) = rest.split_once(':').unwrap_or((rest, ""));
        let scope = if is_block { Scope::Place(block(doc, comment.span)) } else { Scope::Article };
        let origin = format!("{}:{}", source.name, source.line_of(comment.span.start) + 1);
        for lint in lints.split(',') {
            allows.push(Allow {
                lint: lint.trim().to_owned(),
                scope: scope.clone(),
                reason: reason.split_whitespace().collect::<Vec<_>>().join(" "),
                origin: origin.clone(),
                span: comment.span,
                is_inline: true,
            });
        }
    }
    allows
}

/// The source of the block that a comment stands in or before; empty after the last block.
fn block(doc: &Document, comment: Span) -> Span {
    let is_around = |i: &usize| doc.blocks.get(*i).is_some_and(|b| b.span.contains(comment));
    let next = doc.blocks.partition_point(|b| b.span.start < comment.end);
    let Some(i) = next.checked_sub(1).filter(is_around).or((next < doc.blocks.len()).then_some(next)) else {
        return Span { start: comment.end, end: comment.end };
    };
    let Some(first) = doc.blocks.get(i) else { return Span::default() };
    let belongs = |b: &&crate::document::Block| match first.kind {
        BlockKind::Quote => b.kind == BlockKind::Quote,
        _ => first.group > 0 && b.group == first.group,
    };
    doc.blocks.iter().skip(i + 1).take_while(belongs).fold(first.span, |span, b| span.to(b.span))
}

/// For each finding (its lint and its place) the number of the first excuse that covers it.
pub fn judge(allows: &[Allow], found: &[(&str, Span)], doc: &Document, source: &Source) -> Vec<Option<usize>> {
    let plain = allows.iter().any(|a| matches!(a.scope, Scope::Words(_))).then(|| Plain::new(doc));
    let places: Vec<Vec<Span>> = allows
        .iter()
        .map(|a| match (&a.scope, &plain) {
            (Scope::Place(span), _) => vec![*span],
            (Scope::Words(words), Some(plain)) => plain.places(words, doc),
            _ => Vec::new(),
        })
        .collect();
    let covers = |allow: &Allow, places: &[Span], span: Span| match &allow.scope {
        Scope::Article => true,
        Scope::Words(words) => touches(places, span) || squeeze(source.slice(span)) == squeeze(words),
        Scope::Place(_) => touches(places, span),
    };
    let excuse = |&(lint, span): &(&str, Span)| {
        let mut all = allows.iter().zip(&places).take(MOST);
        all.position(|(allow, places)| allow.is_for(lint) && !allow.reason.is_empty() && covers(allow, places, span))
    };
    found.iter().map(excuse).collect()
}

/// Whether one of the places, which ascend, shares a byte with a span; an empty span may stand at its edge.
fn touches(places: &[Span], span: Span) -> bool {
    let first = places.partition_point(|p| p.end < span.start);
    let touches = |p: &Span| p.overlaps(span) || span.is_empty() && p.start <= span.start && span.start <= p.end;
    places.iter().skip(first).take(2).any(touches)
}

/// What is wrong with an excuse that was `used` or not. `is_known` tells whether a lint of that name exists, `has_run`
/// whether it had a say in this audit: an excuse for a lint that was switched off is not blamed.
pub fn mistake(allow: &Allow, used: bool, lints: &mut dyn Iterator<Item = (&str, bool)>) -> Option<Mistake> {
    let (mut is_known, mut has_run) = (false, false);
    for (lint, runs) in lints {
        if allow.is_for(lint) {
            is_known = true;
            has_run |= runs;
        }
    }
    match (is_known, allow.reason.is_empty(), used || !has_run) {
        (false, ..) => Some(Mistake::UnknownLint),
        (true, true, _) => Some(Mistake::NoReason),
        (true, false, false) => Some(Mistake::Unused),
        (true, false, true) => None,
    }
}

/// Words without differences of case, space and quotes.
fn squeeze(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    normal(words, &mut |c, _| out.push(c));
    out.trim().to_owned()
}

/// Hands over each character in its normal form, with the byte it came from; runs of space become one.
fn normal(text: &str, out: &mut dyn FnMut(char, usize)) {
    let mut was_space = false;
    for (at, c) in text.char_indices() {
        match c {
            c if c.is_whitespace() => {
                if !was_space {
                    out(' ', at);
                }
            }
            '“' | '”' | '„' => out('"', at),
            '‘' | '’' => out('\'', at),
            c => c.to_lowercase().for_each(|c| out(c, at)),
        }
        was_space = c.is_whitespace();
    }
}

/// The words of an article in their normal form, with the way back.
struct Plain {
    text: String,
    /// For each byte of `text`: the byte of [`Document::text`] that it came from.
    from: Vec<u32>,
}

impl Plain {
    fn new(doc: &Document) -> Plain {
        let mut plain = Plain { text: String::with_capacity(doc.text.len()), from: Vec::with_capacity(doc.text.len()) };
        normal(&doc.text, &mut |c, at| {
            plain.text.push(c);
            plain.from.resize(plain.text.len(), at as u32);
        });
        plain
    }

    /// Where in the source these words stand.
    fn places(&self, words: &str, doc: &Document) -> Vec<Span> {
        let words = squeeze(words);
        if words.is_empty() {
            return Vec::new();
        }
        let found = self.text.match_indices(&words).map(|(at, _)| at);
        let place = |at: usize| {
            let start = self.from.get(at).copied().unwrap_or(0);
            let end = self.from.get(at + words.len()).copied().unwrap_or(doc.text.len() as u32);
            doc.span(Span { start, end })
        };
        found.map(place).collect()
    }
}

#[cfg(test)]
mod tests;
