//! How the text reads: long sentences, stacked hedges, undefined acronyms, reading grade. Nothing here is a
//! fault by itself, so the lints that rest on it only inform.

use super::{Article, Note};
use crate::document::BlockKind;
use crate::source::Span;
use crate::tags::Known;
use crate::words::kind::Marks;
use crate::words::syllables::syllables;
use crate::words::token::Shape;
use crate::words::vocabulary::UNKNOWN;
use rustc_hash::FxHashSet;

/// A sentence of more words than this is long.
const LONG: usize = 30;
/// So many hedges in one clause are a stack.
const STACK: usize = 3;
/// Reading grades above this are reported; plain language aims at 6 to 8.
const GRADE: f64 = 12.0;
/// A grade of fewer words than this says nothing.
const SAMPLE: usize = 150;

/// Adds the annotations of this module.
pub fn find(article: &mut Article) {
    let mut found: Vec<(Known, u32, u32)> = Vec::new();
    long(article, &mut found);
    hedges(article, &mut found);
    acronyms(article, &mut found);
    for (tag, start, end) in found {
        article.add(tag, start, end);
    }
    grade(article);
}

fn kind(article: &Article, block: u32) -> BlockKind {
    article.doc.blocks.get(block as usize).map_or(BlockKind::Code, |b| b.kind)
}

fn is_prose(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Paragraph | BlockKind::Answer | BlockKind::ListItem)
}

fn is_word(article: &Article, token: u32) -> bool {
    article.tokens.get(token as usize).is_some_and(|t| !t.shape.contains(Shape::PUNCTUATION))
}

/// Lists are exempt: their items are often sentences without a full stop.
fn long(article: &Article, found: &mut Vec<(Known, u32, u32)>) {
    for s in &article.sentences {
        if (s.end - s.start) as usize <= LONG || !matches!(kind(article, s.block), BlockKind::Paragraph | BlockKind::Answer) {
            continue;
        }
        let words = (s.start..s.end).filter(|&t| is_word(article, t)).count();
        if words > LONG {
            found.push((Known::SentenceLong, s.start, s.end));
        }
    }
}

/// Three hedges in a clause.
fn hedges(article: &Article, found: &mut Vec<(Known, u32, u32)>) {
    let lists = [Known::HedgeAny, Known::HedgeAdverb, Known::HedgeVerb, Known::HedgeNoun, Known::HedgeSuggest];
    let mut all: Vec<(u32, u32)> =
        lists.iter().flat_map(|list| article.all(list.id())).filter(|a| !a.marks.any(Marks::QUOTED)).map(|a| (a.start, a.end)).collect();
    all.sort_unstable();
    all.dedup_by(|b, a| b.0 < a.1);
    let clause = |t: u32| article.clause_of.get(t as usize).copied();
    let mut at = 0;
    while let Some(first) = all.get(at) {
        let mut end = at + 1;
        while all.get(end).is_some_and(|h| clause(h.0) == clause(first.0)) {
            end += 1;
        }
        let group = &all[at..end];
        if let Some(last) = group.last().filter(|_| group.len() >= STACK) {
            found.push((Known::SentenceHedgeStack, first.0, last.1));
        }
        at = end;
    }
}

/// The first use of every acronym that is nowhere spelled out.
fn acronyms(article: &Article, found: &mut Vec<(Known, u32, u32)>) {
    let known = covered(article, &[Known::CommonAcronym, Known::WordDoseUnit, Known::SourceLocator, Known::SourceEntry]);
    let mut defined: FxHashSet<&str> = FxHashSet::default();
    let mut first: Vec<(u32, &str)> = Vec::new();
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    for (t, _) in (0..).zip(&article.tokens).filter(|(_, token)| token.shape.contains(Shape::UPPER)) {
        let Some(text) = acronym(article, t) else { continue };
        if article.sign(t.wrapping_sub(1)) == '(' && article.sign(t + 1) == ')' || opens_long_form(article, t + 1) {
            defined.insert(text);
        } else if seen.insert(text) {
            first.push((t, text));
        }
    }
    for (t, text) in first {
        let prose = article.sentence(t).is_some_and(|s| is_prose(kind(article, s.block)));
        // "I HATE it": a word that is merely shouted.
        let word = text.len() >= 4 && is_word_in_capitals(article, t);
        if prose && !word && !defined.contains(text) && known.get(t as usize) != Some(&true) && !shouts(article, t) {
            found.push((Known::AcronymUndefined, t, t + 1));
        }
    }
}

/// The text of a token that is an acronym of 2 to 6 capitals, without a plural `s`.
fn acronym<'a>(article: &'a Article, token: u32) -> Option<&'a str> {
    let t = article.tokens.get(token as usize)?;
    if !t.shape.contains(Shape::UPPER) {
        return None;
    }
    let text = article.doc.text.get(t.start as usize..t.end as usize)?;
    let text = if t.shape.contains(Shape::PLURAL) { text.strip_suffix('s').unwrap_or(text) } else { text };
    let text = text.strip_suffix("'s").or_else(|| text.strip_suffix("’s")).unwrap_or(text);
    let fits = (2..=6).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase());
    fits.then_some(text)
}

/// Whether a word in capitals is one that lists know and that can be spoken: no three consonants in a row.
fn is_word_in_capitals(article: &Article, token: u32) -> bool {
    let Some(t) = article.tokens.get(token as usize) else { return false };
    let text = article.doc.text.get(t.start as usize..t.end as usize).unwrap_or("");
    let mut run = 0;
    let spoken = text.bytes().all(|b| {
        run = if matches!(b, b'A' | b'E' | b'I' | b'O' | b'U' | b'Y') { 0 } else { run + 1 };
        run < 3
    });
    t.word != UNKNOWN && spoken
}

/// "NAC (N-acetylcysteine)": an opening bracket and at least one word in small letters.
fn opens_long_form(article: &Article, token: u32) -> bool {
    article.sign(token) == '('
        && article
            .tokens
            .get(token as usize + 1)
            .is_some_and(|t| t.shape.0 & (Shape::NUMBER.0 | Shape::PUNCTUATION.0 | Shape::UPPER.0) == 0 && t.end - t.start > 3)
}

/// Whether the words around it are capitals too: a headline or a warning in capitals.
fn shouts(article: &Article, token: u32) -> bool {
    let upper = |t: u32| article.tokens.get(t as usize).is_some_and(|t| t.shape.contains(Shape::UPPER));
    upper(token.wrapping_sub(1)) || upper(token + 1)
}

/// Which tokens the places with one of the tags cover.
fn covered(article: &Article, tags: &[Known]) -> Vec<bool> {
    let mut covered = vec![false; article.tokens.len()];
    for a in tags.iter().flat_map(|t| article.all(t.id())) {
        if let Some(tokens) = covered.get_mut(a.start as usize..a.end as usize) {
            tokens.fill(true);
        }
    }
    covered
}

/// The reading grade of the whole text by the formula of Kincaid, Fishburne, Rogers and Chissom (1975),
/// placed at its hardest paragraph. Names of medicines and diseases count as easy words, since a text on
/// them cannot do without.
fn grade(article: &mut Article) {
    let terms =
        covered(article, &[Known::SubjectDrug, Known::ObjectDisease, Known::ObjectSerious, Known::SubjectSupplement, Known::SubjectHerb]);
    let mut whole = Count::default();
    let mut hardest: Option<(f64, u32, u32)> = None;
    for (index, &(first, last)) in article.blocks.iter().enumerate() {
        if !matches!(kind(article, index as u32), BlockKind::Paragraph | BlockKind::Answer) {
            continue;
        }
        let block = count(article, &terms, first, last);
        whole.add(&block);
        let grade = block.grade();
        if block.words >= 30 && hardest.is_none_or(|h| grade > h.0) {
            hardest = Some((grade, first, article.sentence(first).map_or(last, |s| s.end)));
        }
    }
    let grade = whole.grade();
    let Some((_, start, end)) = hardest.filter(|_| whole.words >= SAMPLE && grade > GRADE) else { return };
    article.add(Known::GradeHigh, start, end);
    let text = format!("{grade:.0}");
    article.notes.insert((Known::GradeHigh.id(), start, end), Note { subject: String::new(), text });
}

#[derive(Default)]
struct Count {
    words: usize,
    sentences: usize,
    syllables: usize,
}

impl Count {
    fn add(&mut self, other: &Count) {
        self.words += other.words;
        self.sentences += other.sentences;
        self.syllables += other.syllables;
    }

    fn grade(&self) -> f64 {
        if self.words == 0 || self.sentences == 0 {
            return 0.0;
        }
        0.39 * self.words as f64 / self.sentences as f64 + 11.8 * self.syllables as f64 / self.words as f64 - 15.59
    }
}

/// Counts the tokens of a block. `terms` are those that cannot be done without.
fn count(article: &Article, terms: &[bool], first: u32, last: u32) -> Count {
    let mut count = Count::default();
    let heads = &article.catalog.lexicon.heads;
    let mut sentence = u32::MAX;
    let place = first as usize..last as usize;
    let tokens = article.tokens.get(place.clone()).unwrap_or(&[]);
    let (sentences, terms) = (article.sentence_of.get(place.clone()).unwrap_or(&[]), terms.get(place).unwrap_or(&[]));
    for ((token, &of), &is_term) in tokens.iter().zip(sentences).zip(terms) {
        if token.shape.0 & (Shape::PUNCTUATION.0 | Shape::NUMBER.0) != 0 {
            continue;
        }
        if of != sentence {
            sentence = of;
            count.sentences += 1;
        }
        count.words += 1;
        let written = || article.doc.words(Span { start: token.start, end: token.end });
        let syllables = heads.syllables(token).unwrap_or_else(|| syllables(written()));
        count.syllables += if is_term { syllables.min(2) } else { syllables };
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grade_follows_the_published_formula() {
        let count = Count { words: 100, sentences: 5, syllables: 150 };
        assert!((count.grade() - 9.91).abs() < 1e-9);
        assert_eq!(Count::default().grade(), 0.0);
    }
}
