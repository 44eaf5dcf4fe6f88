//! Why a lint spoke or kept silent: it is run again with each of its conditions taken away.

use super::configured::Applied;
use super::show::{brief, cues_of};
use crate::annotate::{Annotation, Article};
use crate::lint::eval::{self, Raw};
use crate::lint::model::{Conditions, Lint, Near, Select, WITHIN};
use crate::source::Span;
use crate::words::kind::Marks;

/// What a lint has to say of a place.
pub struct Verdict {
    /// The place.
    pub span: Span,
    /// The claim that is meant, by number.
    pub claim: Option<u32>,
    /// Whether it was flagged, or would have been but for what excuses it.
    pub is_near: bool,
    /// The lint, and why it spoke or kept silent.
    pub said: String,
}

/// What every lint has to say of every place that it is about, in order of place.
pub fn verdicts(applied: &Applied, article: &Article) -> Vec<Verdict> {
    let mut all = Vec::new();
    let lints = &applied.checker.catalog.lints;
    for (lint, level) in applied.profile.active.iter().filter_map(|&(i, level)| Some((lints.get(i)?, level))) {
        match level {
            Some(level) => ask(&Lint { level, ..lint.clone() }, article, &mut all),
            None => ask(lint, article, &mut all),
        }
    }
    all.sort_by_key(|v| (v.span.start, v.span.end));
    all
}

fn ask(lint: &Lint, article: &Article, all: &mut Vec<Verdict>) {
    let run = |lint: &Lint| {
        let mut raw = Vec::new();
        eval::run(0, lint, article, &mut raw);
        raw
    };
    let has = |raw: &[Raw], at: &Annotation| raw.iter().any(|r| is_same(&r.at, at));
    let find = Select { without: Marks::default(), ..lint.find.clone() };
    let only = |when: Vec<Near>| Lint {
        once: false,
        find: find.clone(),
        conditions: Conditions { when, ..Conditions::default() }.into(),
        ..lint.clone()
    };
    let candidates = run(&only(Vec::new()));
    if candidates.is_empty() {
        return;
    }
    let is_for = lint.is_for(article.kind);
    let flagged = if is_for { run(lint) } else { Vec::new() };
    let whens: Vec<Vec<Raw>> = lint.conditions.when.iter().map(|n| run(&only(vec![n.clone()]))).collect();
    // An excuse becomes a condition, so that it tells its place.
    let told = |n: &Near| Near { note: "here".into(), ..n.clone() };
    let excuses: Vec<Vec<Raw>> = lint.conditions.unless.iter().map(|n| run(&only(vec![told(n)]))).collect();
    for candidate in candidates {
        let at = &candidate.at;
        let claim = (article.catalog.lexicon.lists.get(at.tag as usize).is_some_and(|l| l.name == "claim" || l.name.starts_with("claim.")))
            .then_some(at.value);
        let mut reasons = Vec::new();
        if let Some(raw) = flagged.iter().find(|r| is_same(&r.at, at)) {
            all.push(Verdict { span: candidate.span, claim, is_near: true, said: format!("{} {}: flagged", raw.level.name(), lint.id) });
            continue;
        }
        let marks = Marks(at.marks.0 & lint.find.without.0);
        if marks != Marks::default() {
            let (words, around) = match claim.and_then(|c| article.claims.get(c as usize)) {
                Some(c) => (c.effect.start..c.effect.end, c.start..c.end),
                None => (at.start..at.end, at.start..at.end),
            };
            reasons.extend(cues_of(article, words, around, marks));
        }
        let mut is_near = true;
        for (near, raw) in lint.conditions.when.iter().zip(&whens) {
            if !has(raw, at) {
                is_near = false;
                reasons.push(format!("no {} in the {}", tags(near, article), within(near)));
            }
        }
        for (near, raw) in lint.conditions.unless.iter().zip(&excuses) {
            if let Some(raw) = raw.iter().find(|r| is_same(&r.at, at)) {
                let words = raw.related.first().map_or(String::new(), |(span, _)| words(*span, article));
                reasons.push(format!("excused by {words}{} in the {}", tags(near, article), within(near)));
            }
        }
        if !is_for {
            reasons.push(format!("not for pages of the kind `{}`", article.kind));
        }
        if reasons.is_empty() && lint.once {
            reasons.push("only its first place is told".to_owned());
        }
        all.push(Verdict { span: candidate.span, claim, is_near, said: format!("silent {}: {}", lint.id, reasons.join("; ")) });
    }
}

fn is_same(a: &Annotation, b: &Annotation) -> bool {
    (a.tag, a.start, a.end, a.value) == (b.tag, b.start, b.end, b.value)
}

/// The plain words at a source span, in quotes.
fn words(span: Span, article: &Article) -> String {
    let mut found = String::new();
    for piece in article.doc.pieces.iter().filter(|p| p.source.end > span.start && p.source.start < span.end) {
        let plain = article.doc.words(piece.plain);
        let is_exact = piece.plain.len() == piece.source.len();
        let cut = |at: u32| (at.clamp(piece.source.start, piece.source.end) - piece.source.start) as usize;
        found.push_str(if is_exact { plain.get(cut(span.start)..cut(span.end)).unwrap_or(plain) } else { plain });
    }
    if found.trim().is_empty() { String::new() } else { format!("`{}` ", brief(found.trim())) }
}

fn tags(near: &Near, article: &Article) -> String {
    let lists = &article.catalog.lexicon.lists;
    let names: Vec<&str> = near.select.tags.iter().filter_map(|&t| lists.get(t as usize)).map(|l| l.name.as_str()).collect();
    let mut names: Vec<&str> = names.into_iter().map(|n| if n.starts_with('~') { "words of its own" } else { n }).collect();
    names.dedup();
    let more = names.len().saturating_sub(4);
    names.truncate(4);
    let names = names.join("/");
    if more > 0 { format!("({names} and {more} more)") } else { format!("({names})") }
}

fn within(near: &Near) -> &'static str {
    match WITHIN.iter().find(|(_, w)| *w == near.within).map(|(n, _)| *n) {
        Some("next") => "same or next sentence",
        Some("near") => "sentences around",
        Some(name) => name,
        None => "",
    }
}
