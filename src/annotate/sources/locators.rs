//! What can be looked up as it stands: links to other sites, addresses and DOIs in the text, identifiers
//! of papers and trials; and those of them that are broken.

use super::{add_locator, can_cite};
use crate::annotate::Article;
use crate::document::Link;
use crate::tags::Known;
use crate::words::token::Shape;
use memchr::memmem;

/// Tags links, addresses, DOIs and identifiers.
pub fn find(article: &mut Article) {
    links(article);
    identifiers(article);
    let mut found = Vec::new();
    // Nearly no text has any of these, which one look at the whole of it shows.
    let text = article.doc.text.as_bytes();
    let has = |literal: &[u8]| memmem::find(text, literal).is_some();
    let has_address = has(b"://") || has(b"www.");
    let has_doi = has(b"10.") || memmem::find(&text.to_ascii_lowercase(), b"doi").is_some();
    for b in article.doc.blocks.iter().filter(|b| (has_address || has_doi) && can_cite(b.kind)) {
        let text = article.doc.block_text(b);
        if has_address && (text.contains("://") || text.contains("www.")) {
            addresses(text, b.text.start, &mut found);
        }
        if has_doi && (text.contains("10.") || memmem::find(text.to_ascii_lowercase().as_bytes(), b"doi").is_some()) {
            dois(text, b.text.start, &mut found);
        }
    }
    for (tag, from, to) in found {
        let start = article.token_at(from);
        let end = article.tokens.partition_point(|t| t.start < to) as u32;
        if tag == Known::SourceMalformed {
            article.add(tag, start, end.max(start + 1));
        } else {
            add_locator(article, tag, start, end);
        }
    }
}

/// Links that lead to a source, and marks of footnotes.
fn links(article: &mut Article) {
    let doc = article.doc;
    for link in doc.links.iter().filter(|l| !l.image) {
        let block = doc.block_at(link.text.start);
        let Some(b) = doc.blocks.get(block).filter(|b| can_cite(b.kind)) else { continue };
        let start = article.token_at(link.text.start);
        let end = article.tokens.partition_point(|t| t.start < link.text.end) as u32;
        if link.rel.contains("footnote") {
            // The mark stands behind the word that it belongs to, often the last of its block.
            let first = article.blocks.get(block).map_or(0, |r| r.0);
            let at = if start > first { start - 1 } else { start };
            for tag in [Known::SourceFootnote, Known::SourceLocator, Known::SourceScholarly] {
                article.add_at(tag, at, link.span);
            }
        } else if start < end && is_note(article, link, start, end) {
            add_locator(article, Known::SourceFootnote, start, end);
        } else if start < end && b.text.start <= link.text.start && is_broken(&link.target) {
            article.add(Known::SourceMalformed, start, end);
        }
    }
    // Which links lead to sources was settled with the other links.
    let sources: Vec<(u32, u32)> = article.all(Known::LinkSource.id()).map(|a| (a.start, a.end)).collect();
    for (start, end) in sources {
        add_locator(article, Known::SourceUrl, start, end);
    }
}

/// Whether a link is a number that leads to a place on the same page.
fn is_note(article: &Article, link: &Link, start: u32, end: u32) -> bool {
    end - start <= 3
        && link.target.starts_with('#')
        && (start..end).all(|t| article.tokens.get(t as usize).is_some_and(|t| t.shape.0 & (Shape::NUMBER.0 | Shape::PUNCTUATION.0) != 0))
}

/// Whether a target means to be an address and is none: no host, a space, a doubled or a broken scheme.
fn is_broken(target: &str) -> bool {
    let target = target.trim();
    let lower = target.get(..target.len().min(10)).unwrap_or("").to_ascii_lowercase();
    if let Some(rest) = ["https://", "http://"].iter().find_map(|s| lower.starts_with(s).then(|| &target[s.len()..])) {
        return is_bad_host(rest);
    }
    ["http:/", "https:/", "http//", "https//", "htp://", "htps://", "htttp", "http;//", "https;//", "ttps://", "ttp://"]
        .iter()
        .any(|s| lower.starts_with(s))
}

/// Whether what stands behind `https://` cannot be a host.
fn is_bad_host(rest: &str) -> bool {
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    let host = host.rsplit('@').next().unwrap_or("");
    let name = host.split(':').next().unwrap_or("");
    if name.eq_ignore_ascii_case("localhost") || name.starts_with('[') {
        return false;
    }
    !name.contains('.')
        || name.starts_with('.')
        || name.ends_with("..")
        || name.contains("..")
        || name.contains(|c: char| c.is_whitespace() || c == ',')
        || matches!(name, "http" | "https" | "www.")
        || name.starts_with("www.") && !name[4..].contains('.')
}

/// Identifiers that carry digits; a bare "PubMed" locates nothing.
fn identifiers(article: &mut Article) {
    let has_digit = |a: &(u32, u32)| article.words(a.0, a.1).bytes().any(|b| b.is_ascii_digit());
    let found: Vec<(u32, u32)> = article.all(Known::SourceIdentifier.id()).map(|a| (a.start, a.end)).filter(has_digit).collect();
    for (start, end) in found {
        if super::can_cite(article.kind(start)) {
            article.add(Known::SourceLocator, start, end);
            article.add(Known::SourceScholarly, start, end);
        }
    }
}

/// Addresses in the text of a block that starts at plain byte `base`.
fn addresses(text: &str, base: u32, found: &mut Vec<(Known, u32, u32)>) {
    // The next of either kind: one that is nowhere is not looked for again behind each of the other.
    let mut places = [schemed, bare].map(|find| (find(text, 0), find));
    while let Some(next) = places.iter().filter_map(|(place, _)| *place).min() {
        let end = address_end(text, next);
        let address = &text[next..end];
        let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
        // "Learn more at https://" with nothing behind it is cut off, as is a host without a dot.
        let tag = if is_bad_host(rest) { Known::SourceMalformed } else { Known::SourceUrl };
        found.push((tag, base + next as u32, base + end as u32));
        let mut at = end.max(next + 1);
        while !text.is_char_boundary(at) {
            at += 1;
        }
        for (place, find) in &mut places {
            if place.is_some_and(|p| p < at) {
                *place = find(text, at);
            }
        }
    }
}

/// Whether a word can start at a byte.
fn starts_word(text: &str, at: usize) -> bool {
    at == 0 || !text.as_bytes()[at - 1].is_ascii_alphanumeric()
}

/// The first address with a scheme from a byte on.
fn schemed(text: &str, from: usize) -> Option<usize> {
    let starts = |at: usize, scheme: &str| {
        let start = at.checked_sub(scheme.len()).filter(|&start| start >= from)?;
        (text.get(start..at).is_some_and(|t| t.eq_ignore_ascii_case(scheme)) && starts_word(text, start)).then_some(start)
    };
    memmem::find_iter(text.as_bytes().get(from..)?, b"://").find_map(|at| ["https", "http"].iter().find_map(|s| starts(from + at, s)))
}

/// The first address without one.
fn bare(text: &str, from: usize) -> Option<usize> {
    memmem::find_iter(text.as_bytes().get(from..)?, b"www.").map(|at| from + at).find(|&at| starts_word(text, at))
}

/// Where an address ends: before white space, quotes, and what closes the sentence around it.
fn address_end(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”' | '|' | '`')).unwrap_or(rest.len());
    let mut address = &rest[..end];
    let count = |bracket: u8| address.bytes().filter(|b| *b == bracket).count();
    let mut unopened = count(b')').saturating_sub(count(b'('));
    loop {
        let mut cut = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', ']', '*', '_']);
        if let Some(inner) = cut.strip_suffix(')').filter(|_| unopened > 0) {
            unopened -= 1;
            cut = inner;
        }
        if cut.len() == address.len() {
            return start + cut.len();
        }
        address = cut;
    }
}

/// DOIs, whole and broken, in the text of a block that starts at plain byte `base`.
fn dois(text: &str, base: u32, found: &mut Vec<(Known, u32, u32)>) {
    let bytes = text.as_bytes();
    let mut done = 0;
    for at in memmem::find_iter(bytes, b"10.") {
        if at < done || at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'.') {
            continue;
        }
        if let Some(end) = doi_end(text, at) {
            found.push((Known::SourceDoi, base + at as u32, base + end as u32));
            done = end;
        }
    }
    let lower = text.to_ascii_lowercase();
    for at in memmem::find_iter(lower.as_bytes(), b"doi") {
        if at > 0 && bytes[at - 1].is_ascii_alphanumeric() {
            continue;
        }
        let Some(number) = behind_doi(&lower, at + 3) else { continue };
        let end = number + text[number..].find(char::is_whitespace).unwrap_or(text.len() - number);
        let end = address_end(&text[..end], number).max(number);
        if end > number && doi_end(text, number).is_none() {
            found.push((Known::SourceMalformed, base + at as u32, base + end as u32));
        }
    }
}

/// Where the number starts that should follow "doi" ending at `at`; `None` where no number is announced.
fn behind_doi(lower: &str, at: usize) -> Option<usize> {
    let rest = lower.get(at..)?;
    let by_address = rest.strip_prefix(".org/");
    let rest = by_address.or_else(|| rest.strip_prefix(':')).or_else(|| rest.strip_prefix(' '))?;
    let rest = rest.trim_start();
    // "doi: https://doi.org/10..." is read at its second "doi".
    let announced = rest.starts_with("10.") || by_address.is_some() && !rest.is_empty() && !rest.starts_with("10/");
    announced.then(|| lower.len() - rest.len())
}

/// One past the DOI that starts at `at`: `10.`, four to nine digits, a slash and a suffix.
fn doi_end(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?.strip_prefix("10.")?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let after = rest.get(digits..)?;
    let sub = after.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    if !(4..=9).contains(&digits) || !after.get(sub..)?.starts_with('/') {
        return None;
    }
    let suffix = at + 3 + digits + sub + 1;
    let end = address_end(text, suffix);
    (end > suffix).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<(Known, &str)> {
        let mut found = Vec::new();
        addresses(text, 0, &mut found);
        dois(text, 0, &mut found);
        found.into_iter().map(|(tag, from, to)| (tag, &text[from as usize..to as usize])).collect()
    }

    #[test]
    fn addresses_end_before_what_closes_the_sentence() {
        assert_eq!(all("See https://a.org/x_(y)."), [(Known::SourceUrl, "https://a.org/x_(y)")]);
        assert_eq!(all("(www.nhs.uk/a), or"), [(Known::SourceUrl, "www.nhs.uk/a")]);
        assert_eq!(all("http://a.org and https://b.org!").len(), 2);
    }

    #[test]
    fn an_address_without_a_host_is_broken() {
        assert_eq!(all("See https:// for more"), [(Known::SourceMalformed, "https://")]);
        assert_eq!(all("http://study/page"), [(Known::SourceMalformed, "http://study/page")]);
        assert!(is_broken("https://https://a.org") && is_broken("http:/a.org") && is_broken("https://a .org"));
        assert!(!is_broken("/magnesium") && !is_broken("mailto:a@b.org") && !is_broken("https://a.org/b c"));
    }

    #[test]
    fn dois_are_told_from_decimals_and_broken_ones_found() {
        assert_eq!(all("doi:10.1136/bmj.g7015."), [(Known::SourceDoi, "10.1136/bmj.g7015")]);
        assert_eq!(all("It costs 10.50 a month"), []);
        assert_eq!(all("doi:10.11/x"), [(Known::SourceMalformed, "doi:10.11/x")]);
        assert_eq!(all("the DOI: to be added"), []);
        assert_eq!(all("DOI 10.1136 2019"), [(Known::SourceMalformed, "DOI 10.1136")]);
    }
}
