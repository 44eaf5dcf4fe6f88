//! Words that run together where a dash was lost: "the abdomenthe area below the ribs".

use super::parts::{Found, Parts};
use crate::tags::Known;
use crate::words::vocabulary::UNKNOWN;
use rustc_hash::FxHashSet;

/// Letters that the first of two such words has at least: "vegan" is not "veg" and "an".
const FIRST: usize = 5;

/// Letters that the second has at least where the first stands in a word list only: a "persona" is no "person" and "a".
const SECOND: usize = 3;

/// Notes words that nobody knows, made of a word that the article has elsewhere, or that a word list has, and of one that goes on
/// behind a dash, which the article has, too.
pub fn find(parts: &Parts, found: &mut Found) {
    let article = parts.article;
    let text = |t: u32| article.words(t, t + 1);
    let mut behind: Vec<&str> = article.all(Known::StructureAfterDash.id()).map(|a| text(a.start)).collect();
    behind.retain(|word| is_lower(word));
    behind.sort_unstable();
    behind.dedup();
    let is_listed = |first: &str| article.catalog.lexicon.vocabulary.find(first.as_bytes()).0 != UNKNOWN;
    let mut joined: Vec<(&str, u32)> = Vec::new();
    for (i, _) in parts.prose() {
        let (first, last) = parts.tokens(i);
        for token in (first..last).filter(|&t| article.tokens.get(t as usize).is_some_and(|t| t.word == UNKNOWN)) {
            let word = text(token);
            if is_lower(word) {
                let parted = behind.iter().filter_map(|end| word.strip_suffix(end)).filter(|first| first.len() >= FIRST);
                for first in parted {
                    if word.len() >= first.len() + SECOND && is_listed(first) {
                        found.words(Known::StructureJoinedWords, (token, token + 1));
                    } else {
                        joined.push((first, token));
                    }
                }
            }
        }
    }
    if joined.is_empty() {
        return;
    }
    let wanted: FxHashSet<&str> = joined.iter().map(|(first, _)| *first).collect();
    let mut lower = String::new();
    let mut has: FxHashSet<&str> = FxHashSet::default();
    for token in 0..article.tokens.len() as u32 {
        lower.clear();
        lower.push_str(text(token));
        lower.make_ascii_lowercase();
        has.extend(wanted.get(lower.as_str()));
    }
    for (first, token) in joined {
        if has.contains(first) {
            found.words(Known::StructureJoinedWords, (token, token + 1));
        }
    }
}

fn is_lower(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_lowercase())
}
