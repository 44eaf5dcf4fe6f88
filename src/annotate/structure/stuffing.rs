//! Search phrases in prose: words of the title again and again, a question in title case inside a sentence.

use super::parts::{EMPTY, Found, Parts, is_sign, mix};
use crate::document::{Block, BlockKind};
use crate::tags::Known;
use crate::words::token::Shape;
use memchr::memchr;
use rustc_hash::FxHashMap;

/// Words of a search phrase.
const WORDS: usize = 4;
/// Times that it takes to stuff.
const TIMES: u32 = 4;
/// Words of text for each time: a long article may say its subject more often.
const DENSE: u32 = 120;
/// Tokens of a title that are looked at.
const LONGEST: u32 = 40;
/// Words with a capital in a row that make a title.
const CAPITALS: u32 = 4;

/// How often a phrase came.
#[derive(Default)]
struct Seen {
    times: u32,
    /// End of the last one.
    until: u32,
    /// The one that is too many.
    place: (u32, u32),
}

/// Notes stuffed phrases.
pub fn find(parts: &Parts, found: &mut Found) {
    repeated(parts, found);
    for (i, block) in parts.prose() {
        if is_prose(block) && memchr(b'?', parts.text(i).as_bytes()).is_some() {
            titles(parts, i, found);
        }
    }
}

fn is_prose(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph | BlockKind::Answer | BlockKind::ListItem)
}

/// The fourth time that four words of the title stand in the text. A name is no search phrase: at least
/// one of the words is one of grammar, and no list knows them as one thing.
fn repeated(parts: &Parts, found: &mut Found) {
    let Some(title) = parts.blocks().iter().position(|b| b.kind == BlockKind::Title) else { return };
    let (first, last) = parts.tokens(title);
    let last = last.min(first + LONGEST);
    let mut wanted: FxHashMap<u64, Seen> = FxHashMap::default();
    // Their first words: hardly any word of the text is one.
    let mut begins = Vec::new();
    for start in first..last {
        let Some(end) = phrase(parts, start, last) else { continue };
        let function = (start..end).filter(|&t| parts.is_function(t)).count();
        let inner = function > 0 && function < WORDS - 1;
        let named = inner
            && parts
                .article
                .parts(first, start + 2)
                .iter()
                .any(|a| a.end + 1 >= end && a.end - a.start + 1 >= WORDS as u32 && is_name(parts, a.tag));
        if inner && !named {
            wanted.insert(hash(parts, start, end), Seen::default());
            begins.push(parts.word(start));
        }
    }
    if wanted.is_empty() {
        return;
    }
    // A bit for each of them, by which nearly all words are told from them.
    let bits = begins.iter().fold(0u64, |bits, word| bits | 1 << (word % 64));
    for (i, _) in parts.prose().filter(|&(i, b)| i != title && (is_prose(b) || parts.is_heading(i))) {
        let (first, last) = parts.tokens(i);
        let said = parts.article.said.get(first as usize..last as usize).unwrap_or(&[]);
        for (start, _) in (first..).zip(said).filter(|(_, word)| bits >> (*word % 64) & 1 != 0 && begins.contains(word)) {
            let Some(end) = phrase(parts, start, last) else { continue };
            let Some(seen) = wanted.get_mut(&hash(parts, start, end)).filter(|s| start >= s.until) else { continue };
            (seen.times, seen.until) = (seen.times + 1, end);
            if seen.times == TIMES {
                seen.place = (start, end);
            }
        }
    }
    let words = parts.article.word_count() as u32;
    let most = wanted.values().filter(|s| s.times >= TIMES && s.times * DENSE >= words).min_by_key(|s| (u32::MAX - s.times, s.place));
    if let Some(seen) = most {
        found.words(Known::StructureKeywordStuffing, seen.place);
    }
}

fn is_name(parts: &Parts, tag: u16) -> bool {
    let list = parts.article.catalog.lexicon.lists.get(tag as usize);
    list.is_some_and(|l| l.name.starts_with("object.") || l.name.starts_with("subject."))
}

/// One past the last token of four words from `start` without a sign between.
fn phrase(parts: &Parts, start: u32, last: u32) -> Option<u32> {
    let end = start + WORDS as u32;
    (end <= last && (start..end).all(|t| !is_sign(parts.article, t))).then_some(end)
}

fn hash(parts: &Parts, start: u32, end: u32) -> u64 {
    (start..end).fold(EMPTY, |h, t| mix(h, parts.word(t)))
}

/// A question in title case in the middle of a sentence: "The question Can Zinc Cure Gout? comes up".
fn titles(parts: &Parts, block: usize, found: &mut Found) {
    let article = parts.article;
    for sentence in parts.sentences(block) {
        let (start, end) = parts.sentence(sentence);
        for mark in (start + 1..end).filter(|&t| parts.sign(t) == '?') {
            let goes_on = mark + 1 < end && !is_sign(article, mark + 1);
            let mut from = mark;
            while from > start && has_capital(parts, from - 1) {
                from -= 1;
            }
            let function = (from..mark).any(|t| parts.is_function(t));
            if goes_on && from > start && mark - from >= CAPITALS && function {
                found.words(Known::StructureKeywordStuffing, (from, mark + 1));
            }
        }
    }
}

fn has_capital(parts: &Parts, token: u32) -> bool {
    parts.article.tokens.get(token as usize).is_some_and(|t| t.shape.contains(Shape::CAPITAL))
}
