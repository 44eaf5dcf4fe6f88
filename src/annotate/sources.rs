//! Locators of sources (URL, DOI, PMID, numbers, author and year) and figures (percentages, doses, samples,
//! dates), and whether numbers that are cited point at an entry of the reference list.
//!
//! Runs before claims are read, since a claim with a locator beside it is judged otherwise.

mod citations;
mod entries;
mod figures;
mod locators;
pub mod quotes;

use super::Article;
use crate::document::BlockKind;
use crate::tags::Known;

/// Adds the annotations of this module but for those of [`quotes`].
pub fn find(article: &mut Article) {
    locators::find(article);
    let cited = citations::find(article);
    entries::find(article, &cited);
    figures::find(article);
}

/// Whether words of a block can cite: what a page left behind and code cannot.
fn can_cite(kind: BlockKind) -> bool {
    !matches!(kind, BlockKind::Residue | BlockKind::Code)
}

/// Adds a locator of one finer kind, unless the place is empty.
fn add_locator(article: &mut Article, kind: Known, start: u32, end: u32) {
    if start < end {
        article.add(kind, start, end);
        article.add(Known::SourceLocator, start, end);
        // A link may lead anywhere; what else cites points at a source that can be named.
        if kind != Known::SourceUrl {
            article.add(Known::SourceScholarly, start, end);
        }
    }
}

/// Which tokens a list covers; nothing at all where it covers none.
fn covered(article: &Article, tag: Known) -> Vec<bool> {
    if !article.has(tag.id()) {
        return Vec::new();
    }
    let mut covered = vec![false; article.tokens.len()];
    for a in article.all(tag.id()) {
        if let Some(tokens) = covered.get_mut(a.start as usize..a.end as usize) {
            tokens.fill(true);
        }
    }
    covered
}

/// Whether a list covers a token; what it finds does not overlap.
fn covers(article: &Article, tag: Known, token: u32) -> bool {
    let place = |n: &u32| article.annotations.get(*n as usize).map_or((0, 0), |a| (a.start, a.end));
    let numbers = article.tagged(tag.id());
    let until = numbers.partition_point(|n| place(n).0 <= token);
    until.checked_sub(1).and_then(|i| numbers.get(i)).is_some_and(|n| place(n).1 > token)
}

/// Where the longest term of a list ends that starts at a token.
fn end_of(article: &Article, tag: Known, token: u32) -> Option<u32> {
    article.starting(tag.id(), token, token + 1).map(|a| a.end).max()
}

/// The words of one token.
fn word<'a>(article: &'a Article, token: u32) -> &'a str {
    article.words(token, token + 1)
}

/// The year that a number is: four digits, 1900 to 2099.
fn year(article: &Article, token: u32) -> Option<u16> {
    let text = word(article, token);
    let year = (text.len() == 4).then(|| text.parse::<u16>().ok()).flatten()?;
    (1900..2100).contains(&year).then_some(year)
}

#[cfg(test)]
mod tests;
