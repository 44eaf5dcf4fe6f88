//! The reference list: its entries, a heading with nothing under it, numbers that are cited and not
//! listed, and entries that nothing cites.

use super::citations::Cited;
use super::year;
use crate::annotate::Article;
use crate::document::{Block, BlockKind, Section};
use crate::source::Span;
use crate::tags::Known;
use crate::words::token::Shape;

/// Numbered citations an article must have before an entry that none cites is worth a word.
const CITES: usize = 3;

/// Tags entries and what does not fit between them and `cited`.
pub fn find(article: &mut Article, cited: &[Cited]) {
    let lists = lists(article);
    let mut entries = Vec::new();
    let mut empty = Vec::new();
    for &(heading, until) in &lists {
        let found: Vec<usize> = (heading + 1..until).filter(|&b| is_entry(article, b)).collect();
        let (first, last) = article.blocks[heading];
        // A list that opens on a click is a residue line here, and its heading no fault.
        let toggled = article.doc.blocks.get(heading + 1).is_some_and(|b| b.kind == BlockKind::Residue && until > heading + 1);
        if found.is_empty() && !toggled {
            empty.push((first, last));
        }
        entries.extend(found);
    }
    entries.extend(inline_lists(article));
    for (first, last) in empty {
        article.add(Known::StructureEmptyReferences, first, last);
    }
    entries.sort_unstable();
    entries.dedup();
    for &block in &entries {
        let (first, last) = article.blocks[block];
        article.add(Known::SourceEntry, first, last);
        article.add(Known::SourceScholarly, first, last);
        let years: Vec<u32> = (first..last).filter(|&t| year(article, t).is_some()).collect();
        years.into_iter().for_each(|t| article.add(Known::SourceYear, t, t + 1));
    }
    let listed: Vec<bool> = (0..article.blocks.len()).map(|b| entries.binary_search(&b).is_ok()).collect();
    let in_text: Vec<&Cited> =
        cited.iter().filter(|c| !block_of(article, c.start).and_then(|b| listed.get(b)).copied().unwrap_or(false)).collect();
    compare(article, &entries, &in_text);
    unresolved_notes(article);
}

/// Reference lists: the block of the heading, and one past the last block of its section.
fn lists(article: &Article) -> Vec<(usize, usize)> {
    let doc = article.doc;
    let mut out: Vec<(usize, usize)> = Vec::new();
    for a in article.all(Known::LineReferences.id()) {
        let Some(block) = block_of(article, a.start) else { continue };
        let Some(b) = doc.blocks.get(block) else { continue };
        let (first, last) = article.blocks[block];
        let whole =
            |t: u32| t >= a.start && t < a.end || article.tokens.get(t as usize).is_some_and(|t| t.shape.contains(Shape::PUNCTUATION));
        if !(first..last).all(whole) || out.last().is_some_and(|l| block < l.1) {
            continue;
        }
        match b.kind {
            // A title that says so heads the article, not a list.
            BlockKind::Heading => out.push((block, section_end(&doc.sections, b, block, doc.blocks.len()))),
            // A line in bold is a heading too, where what follows is its list.
            BlockKind::Paragraph => {
                let section = b.section;
                let end = (block + 1..doc.blocks.len()).find(|&i| doc.blocks[i].section != section).unwrap_or(doc.blocks.len());
                out.push((block, end));
            }
            _ => {}
        }
    }
    out
}

/// One past the last block under a heading, subsections included.
fn section_end(sections: &[Section], heading: &Block, block: usize, blocks: usize) -> usize {
    let own = heading.section as usize;
    if sections.get(own).is_none_or(|s| s.heading != Some(block as u32)) {
        return blocks.min(block + 1);
    }
    let level = sections[own].level;
    sections[own + 1..].iter().find(|s| s.level <= level).map_or(blocks, |s| s.first as usize)
}

/// Whether a block under the heading is an entry: words that are part of the article.
fn is_entry(article: &Article, block: usize) -> bool {
    let Some(b) = article.doc.blocks.get(block) else { return false };
    let prose = matches!(
        b.kind,
        BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Cell | BlockKind::Answer | BlockKind::Quote | BlockKind::Code
    );
    prose && article.blocks.get(block).is_some_and(|r| r.0 < r.1)
}

/// Lines such as "Sources: NHS; Lee 2019", which are heading and list in one.
fn inline_lists(article: &Article) -> Vec<usize> {
    let mut out = Vec::new();
    for a in article.all(Known::SourceCiting.id()) {
        let Some(block) = block_of(article, a.start) else { continue };
        let (first, last) = article.blocks[block];
        let leads = a.start == first && a.end < last && article.words(a.start, a.end).ends_with(':');
        let names =
            || (a.end..last).any(|t| article.tokens.get(t as usize).is_some_and(|t| t.shape.0 & (Shape::CAPITAL.0 | Shape::NUMBER.0) != 0));
        if leads && names() && is_entry(article, block) {
            out.push(block);
        }
    }
    out
}

/// Index of the block that holds a token.
fn block_of(article: &Article, token: u32) -> Option<usize> {
    let at = article.blocks.partition_point(|b| b.1 <= token);
    article.blocks.get(at).filter(|b| b.0 <= token).map(|_| at)
}

/// Compares the numbers cited with the numbers listed.
fn compare(article: &mut Article, entries: &[usize], cited: &[&Cited]) {
    let mut numbers: Vec<(u16, usize)> = entries.iter().filter_map(|&b| Some((own_number(article, b)?, b))).collect();
    let numbered = numbers.len() >= 2 && numbers.len() * 2 >= entries.len();
    if !numbered {
        numbers = entries.iter().enumerate().map(|(i, &b)| ((i + 1).min(999) as u16, b)).collect();
    }
    numbers.sort_unstable();
    let has = |n: u16| numbers.binary_search_by_key(&n, |&(n, _)| n).is_ok();
    let mut orphans = Vec::new();
    let mut used = [false; 1000];
    for c in cited {
        for &(low, high) in &c.numbers {
            (low..=high.min(999)).for_each(|n| used[usize::from(n)] = true);
        }
        if c.numbers.iter().any(|&(low, high)| !has(low) || !has(high)) {
            orphans.push((c.start, c.end));
        }
    }
    // Without any list a lone number may be anything; three in brackets are citations that lost their list,
    // unless a line says that it opens on a click.
    if numbers.is_empty() {
        let bracketed = |&(start, _): &(u32, u32)| article.sign(start) == '[';
        let hidden = article.has(Known::LineReferences.id());
        if hidden || orphans.iter().filter(|o| bracketed(o)).count() < CITES {
            orphans.clear();
        }
        orphans.retain(bracketed);
    }
    for (start, end) in orphans {
        article.add(Known::SourceOrphan, start, end);
    }
    if numbered && cited.len() >= CITES {
        let unused: Vec<usize> = numbers.iter().filter(|&&(n, _)| !used[usize::from(n.min(999))]).map(|&(_, b)| b).collect();
        for block in unused {
            let (first, last) = article.blocks[block];
            article.add(Known::SourceUncited, first, last);
        }
    }
}

/// The number that an entry carries: its own words "7.", "[7]", or its place in a numbered list.
fn own_number(article: &Article, block: usize) -> Option<u16> {
    let b = article.doc.blocks.get(block)?;
    let text = article.doc.block_text(b).trim_start();
    let digits = text.trim_start_matches(['[', '(']);
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    let closed = digits.get(length..).is_some_and(|rest| rest.starts_with(['.', ')', ']', ':', ' ']) || rest.is_empty());
    if (1..=3).contains(&length) && closed {
        return digits[..length].parse().ok();
    }
    None
}

/// `[^7]` that is still text: a footnote without a note.
fn unresolved_notes(article: &mut Article) {
    let mut found = Vec::new();
    for at in memchr::memmem::find_iter(article.doc.text.as_bytes(), b"[^") {
        let rest = &article.doc.text[at..];
        let Some(close) = rest.bytes().take(30).position(|b| b == b']') else { continue };
        if close > 2 && rest[2..close].bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_') {
            found.push(Span::new(at, at + close + 1));
        }
    }
    for span in found {
        let start = article.token_at(span.start);
        let end = article.tokens.partition_point(|t| t.start < span.end) as u32;
        if start < end && super::can_cite(article.kind(start)) {
            article.add(Known::SourceOrphan, start, end);
        }
    }
}
