//! Runs lints over an annotated article: pure comparisons of token ranges.

use super::model::*;
use crate::annotate::{Annotation, Article, Role};
use crate::finding::{Finding, Level};
use crate::source::Span;
use crate::tags::Known;
use crate::words::lexicon::TagId;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// A finding with the words it came from, before overlaps are folded.
pub struct Raw {
    /// Number of the lint.
    pub lint: usize,
    /// Its level here.
    pub level: Level,
    /// The annotation it points at.
    pub at: Annotation,
    /// Source span.
    pub span: Span,
    /// Other places that matter.
    pub related: Vec<(Span, String)>,
}

/// Everything that the lint says of the article.
pub fn run(index: usize, lint: &Lint, article: &Article, out: &mut Vec<Raw>) {
    run_with(&mut Scratch::default(), index, lint, article, out);
}

/// What conditions with a wide scope can be met by, gathered when the first find asks; room that is kept from lint to lint.
#[derive(Default)]
pub struct Scratch {
    /// By condition.
    met: Vec<Meetings>,
}

/// [`run`] with room that is there.
pub fn run_with(scratch: &mut Scratch, index: usize, lint: &Lint, article: &Article, out: &mut Vec<Raw>) {
    let mut is_clear = false;
    for &tag in &lint.find.tags {
        for &number in article.tagged(tag) {
            let at = &article.annotations[number as usize];
            if !selects(&lint.find, at, article) {
                continue;
            }
            let Conditions { when, unless, adjust } = &*lint.conditions;
            if !is_clear {
                scratch.met.iter_mut().for_each(|met| met.is_gathered = false);
                scratch.met.resize_with(scratch.met.len().max(when.len() + unless.len() + adjust.len()), Meetings::default);
                is_clear = true;
            }
            let mut met = scratch.met.iter_mut();
            let mut related = Vec::new();
            let mut holds =
                |near: &Near, related: &mut Vec<(Span, String)>| met.next().is_some_and(|met| holds(near, met, at, article, related));
            if !when.iter().all(|near| holds(near, &mut related)) {
                continue;
            }
            if unless.iter().any(|near| holds(near, &mut Vec::new())) {
                continue;
            }
            let level = adjust.iter().find(|(_, near)| holds(near, &mut related)).map_or(lint.level, |(l, _)| *l);
            out.push(Raw { lint: index, level, at: *at, span: article.place(at), related });
            if lint.once {
                return;
            }
        }
    }
}

/// Whether an annotation is one that is meant (its tag is known to fit).
fn selects(select: &Select, a: &Annotation, article: &Article) -> bool {
    !a.marks.any(select.without) && (select.is_plain || selects_more(select, a, article))
}

fn selects_more(select: &Select, a: &Annotation, article: &Article) -> bool {
    if !a.marks.all(select.with) {
        return false;
    }
    if select.kinds | select.not_kinds != 0 {
        let bit = 1u16 << article.kind(a.start) as u16;
        if select.kinds != 0 && select.kinds & bit == 0 || select.not_kinds & bit != 0 {
            return false;
        }
    }
    if article.copied < select.copied {
        return false;
    }
    let total = article.tokens.len() as f32;
    if select.first < 1.0 && a.start as f32 > select.first * total || select.last < 1.0 && (a.start as f32) < (1.0 - select.last) * total {
        return false;
    }
    let Some(wanted) = &select.claim else { return true };
    if a.tag != Known::Claim.id() && a.tag > Known::ClaimTransferred.id() {
        return true;
    }
    let Some(claim) = article.claims.get(a.value as usize) else { return false };
    (wanted.strength.is_empty() || wanted.strength.contains(&claim.strength))
        && (wanted.valence.is_empty() || wanted.valence.contains(&claim.valence))
        && (wanted.form.is_empty() || wanted.form.contains(&claim.form))
        && wanted.subject.allow(claim.subject.map(|r| r.tag))
        && wanted.object.allow(claim.object.map(|r| r.tag))
        && wanted.effect.allow(Some(claim.effect.tag))
}

/// Annotations that a condition can be met by, whatever find asks.
#[derive(Default)]
struct Meetings {
    /// Whether they are those of the condition that is asked for.
    is_gathered: bool,
    /// Their numbers, in the order of the condition's tags.
    numbers: Vec<u32>,
    /// Where those of each tag end that has any.
    ends: Vec<usize>,
}

impl Meetings {
    fn gather(&mut self, near: &Near, article: &Article, fits: impl Fn(u32) -> bool) {
        self.is_gathered = true;
        self.numbers.clear();
        self.ends.clear();
        for &tag in &near.select.tags {
            self.numbers.extend(article.tagged(tag).iter().filter(|&&n| fits(n)));
            if self.numbers.len() > self.ends.last().copied().unwrap_or(0) {
                self.ends.push(self.numbers.len());
            }
        }
    }

    /// Those of the `i`th tag that has any.
    fn of(&self, i: usize) -> &[u32] {
        let from = i.checked_sub(1).and_then(|i| self.ends.get(i)).copied().unwrap_or(0);
        self.ends.get(i).and_then(|&to| self.numbers.get(from..to)).unwrap_or(&[])
    }
}

/// Whether something is near enough; its place goes to `related` when the lint has a word on it. `met` is kept from
/// find to find: a scope that can be as large as the article must not be looked through for each.
fn holds(near: &Near, met: &mut Meetings, at: &Annotation, article: &Article, related: &mut Vec<(Span, String)>) -> bool {
    let Some((from, to)) = scope(near.within, near.words, at, article) else { return false };
    let fits = |n: u32, starts: &Range<u32>| {
        let a = &article.annotations[n as usize];
        starts.contains(&a.start) && selects(&near.select, a, article)
    };
    let is_wide = matches!(near.within, Within::Block | Within::Section | Within::Document);
    if is_wide && !met.is_gathered {
        let starts = starts(near, article).unwrap_or_default();
        met.gather(near, article, |n| fits(n, &starts));
    }
    let Some(starts) = (if is_wide { Some(0..u32::MAX) } else { starts(near, article) }) else { return false };
    // The places met so far; several lists may find the same words, which are one place.
    let mut places: Vec<(u32, u32)> = Vec::new();
    let tags = &near.select.tags;
    let count = if is_wide { met.ends.len() } else { tags.len() };
    for i in 0..count {
        let numbers = if is_wide { met.of(i) } else { tags.get(i).map_or(&[][..], |&tag| article.tagged(tag)) };
        if numbers.is_empty() {
            continue;
        }
        let side = if near.side == Side::After { at.end } else { 0 };
        let start = numbers.partition_point(|&n| article.annotations[n as usize].start < from.max(side));
        for &n in &numbers[start..] {
            let a = &article.annotations[n as usize];
            if a.start >= to && !(a.start == to && to == from) && !(near.within == Within::Document) {
                break;
            }
            // Nothing further on stands before it.
            if near.side == Side::Before && a.start > at.start {
                break;
            }
            let side_ok = near.side != Side::Before || a.end <= at.start;
            // The find itself is not near itself.
            let same = a.tag == at.tag && a.start == at.start && a.end == at.end;
            if !side_ok || same || !is_wide && !fits(n, &starts) {
                continue;
            }
            let (start, end) = (a.start, a.end.max(a.start + 1));
            if near.min > 1 && places.iter().all(|&(s, e)| end <= s || start >= e) {
                places.push((start, end));
            }
            if near.min <= 1 || places.len() >= usize::from(near.min) {
                if !near.note.is_empty() {
                    related.push((article.place(a), near.note.to_string()));
                }
                return true;
            }
        }
    }
    false
}

/// Where what meets a condition may start, as its `before` and `after` say; `None`: nowhere.
fn starts(near: &Near, article: &Article) -> Option<Range<u32>> {
    let first = |tags: &[TagId]| tags.iter().filter_map(|&t| first(t, article)).min();
    let from = if near.after.is_empty() { 0 } else { first(&near.after)? + 1 };
    Some(from..first(&near.before).unwrap_or(u32::MAX))
}

fn first(tag: TagId, article: &Article) -> Option<u32> {
    article.tagged(tag).first().map(|&n| article.annotations[n as usize].start)
}

/// The token range in which something counts as near.
fn scope(within: Within, words: u16, at: &Annotation, article: &Article) -> Option<(u32, u32)> {
    if within == Within::Document {
        return Some((0, u32::MAX));
    }
    let sentence = article.sentence(at.start)?;
    if within == Within::Sentence {
        return Some(sentence.range());
    }
    let index = article.sentence_of[(at.start as usize).min(article.tokens.len() - 1)] as usize;
    let block = article.doc.blocks.get(sentence.block as usize)?;
    let section = |s: &crate::sentence::Sentence| article.doc.blocks.get(s.block as usize).map(|b| b.section);
    let neighbour =
        |i: Option<usize>| i.and_then(|i| article.sentences.get(i)).filter(|s| section(s) == Some(block.section)).map(|s| s.range());
    Some(match within {
        Within::Phrase => {
            let claim = article.claims.get(at.value as usize).filter(|_| at.tag == Known::Claim.id());
            let from = at.start.saturating_sub(u32::from(words) + 1).max(claim.map_or(sentence.start, |c| c.from));
            (from, (at.end + u32::from(words) + 1).min(sentence.end))
        }
        Within::Clause => {
            let clause = article.clauses.get(*article.clause_of.get(at.start as usize)? as usize)?;
            (clause.start, clause.end.max(at.end))
        }
        Within::Sentence => sentence.range(),
        Within::Next => (sentence.start, neighbour(Some(index + 1)).map_or(sentence.end, |n| n.1)),
        Within::Near => {
            let from = neighbour(index.checked_sub(1)).map_or(sentence.start, |n| n.0);
            (from, neighbour(Some(index + 1)).map_or(sentence.end, |n| n.1))
        }
        Within::Block => *article.blocks.get(sentence.block as usize)?,
        Within::Section => {
            let section = article.doc.sections.get(block.section as usize)?;
            let from = article.blocks.get(section.first as usize)?.0;
            let to = article.blocks.get((section.end as usize).checked_sub(1)?)?.1;
            (from, to.max(sentence.end))
        }
        Within::Document => (0, u32::MAX),
    })
}

/// Folds findings of one cause on the same words into one, and writes them out in order of place.
pub fn settle(raw: Vec<Raw>, lints: &[Lint], article: &Article) -> Vec<Finding> {
    settle_more(raw, lints, article, &mut Default::default())
}

/// The same for a second batch of one article: `counts` keeps the fingerprints of both apart.
pub fn settle_more(mut raw: Vec<Raw>, lints: &[Lint], article: &Article, counts: &mut FxHashMap<u64, u64>) -> Vec<Finding> {
    raw.sort_by_key(|a| (a.span.start, a.span.end, a.lint));
    // The most serious speaks; among equals the one that says most exactly where, then the first by name.
    let mut order: Vec<usize> = (0..raw.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(raw[i].level), raw[i].span.len(), raw[i].lint));
    let mut kept: Vec<usize> = Vec::new();
    let mut also: Vec<Vec<String>> = vec![Vec::new(); raw.len()];
    // Kept spans of one cause never overlap, so a span's neighbours are all that can meet it.
    let mut taken: FxHashMap<&str, BTreeMap<u32, usize>> = FxHashMap::default();
    for i in order {
        let lint = &lints[raw[i].lint];
        let spans = taken.entry(&lint.cause).or_default();
        let span = raw[i].span;
        let before = spans.range(..=span.start).next_back().filter(|(s, k)| raw[**k].span.end > span.start || **s == span.start);
        match before.or_else(|| spans.range(span.start..span.end).next()).map(|(_, &k)| k) {
            Some(k) => {
                if raw[k].lint != raw[i].lint && !also[k].contains(&lint.id) {
                    also[k].push(lint.id.clone());
                }
            }
            None => {
                spans.insert(span.start, i);
                kept.push(i);
            }
        }
    }
    kept.sort_unstable();
    kept.into_iter()
        .map(|i| {
            let lint = &lints[raw[i].lint];
            let words = article.doc.words(article.plain(raw[i].at.start, raw[i].at.end));
            let base = fingerprint(&[lint.id.as_bytes(), &squeeze(words)]);
            let count = counts.entry(base).or_insert(0);
            *count += 1;
            Finding {
                lint: lint.id.clone(),
                level: raw[i].level,
                span: raw[i].span,
                message: fill(&lint.words.message, &raw[i], article),
                help: fill(&lint.words.help, &raw[i], article),
                related: std::mem::take(&mut raw[i].related),
                also: std::mem::take(&mut also[i]),
                fingerprint: fingerprint(&[&base.to_le_bytes(), &count.to_le_bytes()]),
            }
        })
        .collect()
}

/// The words without differences of case and space.
fn squeeze(words: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(words.len());
    let mut add = |word: &[u8]| {
        if !out.is_empty() && !word.is_empty() {
            out.push(b' ');
        }
        out.extend(word.iter().map(u8::to_ascii_lowercase));
    };
    if words.is_ascii() {
        words.as_bytes().split(|b| matches!(b, b'\t'..=b'\r' | b' ')).for_each(add);
    } else {
        words.split_whitespace().for_each(|word| if word.is_ascii() { add(word.as_bytes()) } else { add(word.to_lowercase().as_bytes()) });
    }
    out
}

/// FNV-1a over the parts, each followed by a zero byte: stable across versions and machines.
pub fn fingerprint(parts: &[&[u8]]) -> u64 {
    let mut h = 0xcbf2_9ce4_8422_2325u64;
    for part in parts {
        for &b in part.iter().chain(&[0]) {
            h = (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    h
}

/// The template with what stands for its names in braces.
fn fill(template: &str, raw: &Raw, article: &Article) -> String {
    if !template.contains('{') {
        return template.to_owned();
    }
    let at = &raw.at;
    let claim = (at.tag <= Known::ClaimTransferred.id()).then(|| article.claims.get(at.value as usize)).flatten();
    let note = article.notes.get(&(at.tag, at.start, at.end));
    let role = |r: Role| article.words(r.start, r.end);
    let mut out = String::with_capacity(template.len() + 40);
    let mut rest = template;
    while let Some(brace) = rest.find('{') {
        out.push_str(&rest[..brace]);
        rest = &rest[brace..];
        let found = name(rest);
        let words = match (found, note, claim) {
            ("{text}", ..) => shorten(article.words(at.start, at.end)),
            ("{note}", Some(note), _) => note.text.as_str().into(),
            ("{subject}", Some(note), _) => note.subject.as_str().into(),
            ("{effect} {object}", _, Some(c)) => {
                let start = c.effect.start.min(c.object.map_or(u32::MAX, |o| o.start));
                let end = c.object.map_or(c.effect.end, |o| o.end.max(c.effect.end));
                shorten(article.words(start, end))
            }
            ("{subject}", _, Some(c)) => c.subject.map_or("", role).into(),
            ("{effect}", _, Some(c)) => role(c.effect).into(),
            ("{object}", _, Some(c)) => c.object.map_or("", role).into(),
            // What nothing is known of stays as it is.
            _ => rest.get(..found.len().max(1)).unwrap_or("").into(),
        };
        out.push_str(&words);
        rest = rest.get(found.len().max(1)..).unwrap_or("");
    }
    out.push_str(rest);
    if note.is_some() { out.trim().to_owned() } else { out }
}

/// The names that a template may hold, the longer ones before those that they begin with.
const NAMES: [&str; 6] = ["{text}", "{note}", "{subject}", "{effect} {object}", "{effect}", "{object}"];

/// The name that a text begins with.
fn name(text: &str) -> &'static str {
    NAMES.into_iter().find(|name| text.starts_with(name)).unwrap_or("")
}

/// At most about 80 characters of the words, cut between words.
fn shorten(words: &str) -> Cow<'_, str> {
    if words.len() <= 80 || words.chars().nth(80).is_none() {
        return Cow::Borrowed(words);
    }
    let cut: String = words.chars().take(77).collect();
    Cow::Owned(format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(a, _)| a)))
}
