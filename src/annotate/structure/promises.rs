//! What the opening or a list of contents promises and the text does not keep: sections that are missing,
//! five ways of which three follow.

use super::parts::{CONTENTS, EMPTY, Found, Parts, is_sign, mix};
use crate::annotate::grammar;
use crate::document::{Block, BlockKind};
use crate::tags::Known;
use crate::words::token::Shape;
use rustc_hash::FxHashSet;

/// Numbers that are promised in words have lists of these names.
const COUNTS: [(Known, u32); 8] = [
    (Known::StructureCount3, 3),
    (Known::StructureCount4, 4),
    (Known::StructureCount5, 5),
    (Known::StructureCount6, 6),
    (Known::StructureCount7, 7),
    (Known::StructureCount8, 8),
    (Known::StructureCount9, 9),
    (Known::StructureCount10, 10),
];
/// Largest number of items that a lead-in is held to.
const LISTED: u32 = 12;
/// Largest number that is taken for one of things to come.
const MOST: u32 = 50;
/// Letters by which a promised word is known again in another form.
const STEM: usize = 3;
/// Lists of contents that are looked at.
const TABLES: usize = 3;
/// Numbered headings that make a sequence.
const SEQUENCE: usize = 3;

/// Notes broken promises.
pub fn find(parts: &Parts, found: &mut Found) {
    contents(parts, found);
    lists(parts, found);
    sequences(parts, found);
    topics(parts, found);
}

/// Content words of tokens, as numbers.
fn content<'p>(parts: &'p Parts, (first, last): (u32, u32)) -> impl Iterator<Item = u32> + use<'p> {
    let article = parts.article;
    (first..last).filter(move |&t| {
        !is_sign(article, t) && !parts.is_function(t) && article.tokens.get(t as usize).is_some_and(|t| !t.shape.contains(Shape::NUMBER))
    })
}

/// Entries of a list of contents that no heading below takes up, where most are taken up.
fn contents(parts: &Parts, found: &mut Found) {
    for at in (0..parts.blocks().len()).filter(|&i| parts.is_line(i, CONTENTS)).take(TABLES) {
        let items: Vec<usize> = (at + 1..parts.blocks().len())
            .take_while(|&i| matches!(parts.blocks()[i].kind, BlockKind::ListItem | BlockKind::Residue))
            .filter(|&i| parts.blocks()[i].kind == BlockKind::ListItem)
            .collect();
        let Some(&last) = items.last() else { continue };
        let mut words = FxHashSet::default();
        for (i, _) in parts.prose().filter(|&(i, b)| i > last && (parts.is_heading(i) || b.kind == BlockKind::Question)) {
            words.extend(content(parts, parts.tokens(i)).map(|t| parts.word(t)));
        }
        let kept = |&&i: &&usize| {
            let (all, known) =
                content(parts, parts.tokens(i)).fold((0, 0), |(a, k), t| (a + 1, k + usize::from(words.contains(&parts.word(t)))));
            known * 2 >= all
        };
        let count = items.iter().filter(kept).count();
        if count * 2 < items.len() {
            continue;
        }
        for &i in items.iter().filter(|i| !kept(i)) {
            found.words(Known::StructureBrokenPromise, parts.tokens(i));
        }
    }
}

/// A number of things that a sentence promises: "seven signs", "these 5 foods".
fn promised(parts: &Parts, (first, last): (u32, u32)) -> Option<(u32, (u32, u32))> {
    let article = parts.article;
    let mut number: Option<(u32, u32)> = None;
    for (tag, value) in COUNTS {
        let at = article.starting(tag.id(), first, last).map(|a| a.start).next();
        number = at.map(|t| (t, value)).into_iter().chain(number).min();
    }
    let digits = (first..last).find_map(|t| {
        let token = article.tokens.get(t as usize).filter(|t| t.shape.contains(Shape::NUMBER))?;
        let value: u32 = article.doc.text.get(token.start as usize..token.end as usize)?.parse().ok()?;
        Some((t, value))
    });
    let (at, value) = number.into_iter().chain(digits).min()?;
    let grammar = |t: u32| article.grammar.get(t as usize).copied().unwrap_or(0);
    let opens = at == first || grammar(at - 1) & (grammar::DETERMINER | grammar::BE) != 0;
    // "Seven early signs": a plural within two words.
    let plural =
        (at + 1..last.min(at + 3)).take_while(|&t| !is_sign(article, t) && !parts.is_function(t)).find(|&t| is_plural(parts, t))?;
    (opens && (3..=MOST).contains(&value)).then_some((value, (at, plural + 1)))
}

fn is_plural(parts: &Parts, token: u32) -> bool {
    let text = parts.article.words(token, token + 1);
    text.len() > 3 && text.ends_with('s') && !text.ends_with("ss")
}

/// A lead-in that counts more things than its list has.
fn lists(parts: &Parts, found: &mut Found) {
    let blocks = parts.blocks();
    let mut at = 0;
    while let Some(block) = blocks.get(at) {
        let is_list = block.kind == BlockKind::ListItem && block.level <= 1;
        let Some(lead) = block.head.filter(|&h| is_list && (h as usize) < at) else {
            at += 1;
            continue;
        };
        let same = |b: &Block| b.kind == BlockKind::ListItem && (b.group == block.group || b.level > 1);
        let until = (at..blocks.len()).find(|&i| !same(&blocks[i])).unwrap_or(blocks.len());
        let count = blocks[at..until].iter().filter(|b| b.group == block.group && b.level == block.level).count() as u32;
        let goes_on = parts.blocks().get(until).is_some_and(|b| b.kind == BlockKind::ListItem);
        let leads = blocks.get(lead as usize).is_some_and(|b| matches!(b.kind, BlockKind::Paragraph | BlockKind::Answer));
        let sentence = parts.sentences(lead as usize).last().map(|s| parts.sentence(s)).unwrap_or_default();
        if leads
            && !goes_on
            && count > 1
            && let Some((_, words)) = promised(parts, sentence).filter(|&(value, _)| value > count && value <= LISTED)
        {
            found.words(Known::StructureBrokenPromise, words);
        }
        at = until;
    }
}

/// A title that counts other than its numbered headings do.
fn sequences(parts: &Parts, found: &mut Found) {
    let Some(title) = parts.blocks().iter().position(|b| b.kind == BlockKind::Title) else { return };
    let Some((value, words)) = promised(parts, parts.tokens(title)) else { return };
    let numbers: Vec<u32> =
        parts.prose().filter(|&(i, _)| i != title && parts.is_heading(i)).filter_map(|(i, _)| leading_number(parts.text(i))).collect();
    // Counted up or down without a gap.
    let steps = numbers.windows(2).all(|w| w[0] + 1 == w[1]) || numbers.windows(2).all(|w| w[0] == w[1] + 1);
    let largest = numbers.iter().copied().max().unwrap_or(0);
    if numbers.len() >= SEQUENCE && steps && largest != value && numbers.len() as u32 != value {
        found.words(Known::StructureBrokenPromise, words);
    }
}

/// The number that a heading begins with, as in `3. Sleep` and `#3 Sleep`.
fn leading_number(text: &str) -> Option<u32> {
    let rest = text.trim_start_matches(['#', '(', ' ']);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let marked = rest.len() < text.len() || rest[digits..].starts_with(['.', ')', ':', ' ']);
    rest.get(..digits).filter(|_| marked).and_then(|d| d.parse().ok())
}

/// Topics that a promise lists and the rest of the text has no word of.
fn topics(parts: &Parts, found: &mut Found) {
    let article = parts.article;
    let mut said: Option<FxHashSet<u64>> = None;
    let mut last = u32::MAX;
    for a in article.all(Known::StructurePromise.id()) {
        let Some(s) = article.sentence(a.start) else { continue };
        if s.start == last || !matches!(article.kind(a.start), BlockKind::Paragraph | BlockKind::Answer) {
            continue;
        }
        last = s.start;
        let commas = (a.end..s.end).filter(|&t| parts.sign(t) == ',').count();
        if commas == 0 {
            continue;
        }
        let said = said.get_or_insert_with(|| stems(parts));
        let mut from = a.end;
        for t in a.end..s.end {
            let ends =
                parts.sign(t) == ',' || t + 1 == s.end || article.grammar.get(t as usize).is_some_and(|g| g & grammar::CONJUNCTION != 0);
            if !ends {
                continue;
            }
            let topic = (from, t);
            from = t + 1;
            let mut words = content(parts, topic).peekable();
            if words.peek().is_some() && words.all(|w| !said.contains(&stem(parts, w))) {
                found.words(Known::StructureBrokenPromise, topic);
            }
        }
    }
}

/// The beginnings of all content words outside of promises.
fn stems(parts: &Parts) -> FxHashSet<u64> {
    let mut out = FxHashSet::default();
    for (i, _) in parts.prose() {
        for sentence in parts.sentences(i).map(|s| parts.sentence(s)).filter(|&s| !parts.holds(Known::StructurePromise, s)) {
            out.extend(content(parts, sentence).map(|t| stem(parts, t)));
        }
    }
    out
}

fn stem(parts: &Parts, token: u32) -> u64 {
    let word = parts.article.words(token, token + 1);
    let first = word.as_bytes().get(..word.len().min(STEM)).unwrap_or(&[]);
    if first.is_ascii() {
        return first.iter().fold(EMPTY, |h, b| mix(h, u64::from(b.to_ascii_lowercase())));
    }
    word.chars().flat_map(char::to_lowercase).take(STEM).fold(EMPTY, |h, c| mix(h, u64::from(c)))
}
