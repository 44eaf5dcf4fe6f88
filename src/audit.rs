//! The result of checking one article: its findings, its claims, and a summary.

pub mod signs;

use crate::allow::Mistake;
use crate::annotate::{Article, Claim, Role};
use crate::finding::Finding;
use crate::lint::model::{ClaimForm, Valence};
use crate::source::Span;
use crate::words::kind::{Marks, Strength};
use signs::{Sign, Signs};

/// What was found in an article.
#[derive(Clone, Debug, Default)]
pub struct Audit {
    /// Findings in order of place.
    pub findings: Vec<Finding>,
    /// Claims in order of place.
    pub claims: Vec<Claimed>,
    /// Figures on the article.
    pub summary: Summary,
    /// Findings that somebody excused, in order of place.
    pub suppressed: Vec<Suppressed>,
    /// For each excuse that was given from outside the article: whether it excused anything, or what is wrong with it.
    pub given: Vec<Result<bool, Mistake>>,
}

/// A finding that somebody excused.
#[derive(Clone, Debug, PartialEq)]
pub struct Suppressed {
    /// The finding.
    pub finding: Finding,
    /// Why it is excused.
    pub reason: String,
    /// Where that is written: `article.md:12`, `caveat.toml:40`.
    pub source: String,
    /// Whether it is written in the article itself.
    pub is_inline: bool,
}

/// A claim that stands by itself: words and classes instead of token numbers. Where claims are only counted, its words
/// are left out.
#[derive(Clone, Debug, PartialEq)]
pub struct Claimed {
    /// Who or what does it.
    pub subject: Option<Part>,
    /// What it does; `None` where claims are only counted.
    pub effect: Option<Part>,
    /// To what.
    pub object: Option<Part>,
    /// How strongly it is worded.
    pub strength: Strength,
    /// Good or bad for the reader.
    pub valence: Valence,
    /// How it is put.
    pub form: ClaimForm,
    /// What reaches it.
    pub marks: Marks,
    /// Source span of its sentence.
    pub sentence: Span,
}

/// A part of a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its words, as plain text.
    pub text: String,
    /// Its class: `supplement`, `disease`, `reduce`.
    pub class: String,
    /// Where it stands in the source.
    pub span: Span,
}

/// Figures on an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// Words of prose.
    pub words: usize,
    /// Sentences.
    pub sentences: usize,
    /// Kind of page: article, news, product ...
    pub kind: &'static str,
    /// What it cites, discloses and tells of its authors.
    pub signs: Vec<Sign>,
    /// Main substances, by name, the most frequent first.
    pub substances: Vec<String>,
    /// Caveats that the topic calls for and that are there, by need.
    pub present: Vec<String>,
    /// Caveats that the topic calls for and that are missing, by need.
    pub missing: Vec<String>,
    /// Every caveat that a main substance calls for, with its place.
    pub caveats: Vec<CaveatNeed>,
}

/// A caveat that a main substance calls for.
#[derive(Clone, Debug, PartialEq)]
pub struct CaveatNeed {
    /// The substance.
    pub substance: String,
    /// kidney, liver, pregnancy ...
    pub need: String,
    /// Why.
    pub reason: String,
    /// Where that is known from.
    pub source: String,
    /// The place that calls for it.
    pub asked: Span,
    /// Where the article carries it; `None` where it is missing.
    pub met: Option<Span>,
}

/// The figures on an article.
pub fn summary(article: &Article, signs: &Signs) -> Summary {
    let substances = &article.catalog.substances;
    let caveats: Vec<CaveatNeed> = article
        .needs
        .iter()
        .filter_map(|n| {
            let substance = substances.get(n.substance)?;
            let caveat = substance.caveats.get(n.caveat)?;
            Some(CaveatNeed {
                substance: substance.name.to_string(),
                need: caveat.need.to_string(),
                reason: caveat.reason.to_string(),
                source: caveat.source.to_string(),
                asked: article.span(n.start, n.end),
                met: n.met.map(|(start, end)| article.span(start, end)),
            })
        })
        .collect();
    let names = |met: bool| {
        let mut names: Vec<String> = Vec::new();
        for c in caveats.iter().filter(|c| c.met.is_some() == met) {
            if !names.contains(&c.need) {
                names.push(c.need.clone());
            }
        }
        names
    };
    let missing = names(false);
    let mut present = names(true);
    present.retain(|n| !missing.contains(n));
    Summary {
        words: article.word_count(),
        sentences: article.sentences.len(),
        kind: article.kind,
        signs: signs.of(article),
        substances: article.substances.iter().filter_map(|&i| substances.get(i)).map(|s| s.name.to_string()).collect(),
        present,
        missing,
        caveats,
    }
}

/// The claims of an article, each standing by itself; `bare`: without its words.
pub fn claims(article: &Article, bare: bool) -> Vec<Claimed> {
    article.claims.iter().map(|c| claimed(article, c, bare)).collect()
}

fn claimed(article: &Article, c: &Claim, bare: bool) -> Claimed {
    let part = |r: Role| {
        let name = &article.catalog.lexicon.lists[r.tag as usize].name;
        Part {
            text: article.words(r.start, r.end).to_owned(),
            class: name.rsplit('.').next().unwrap_or(name).to_owned(),
            span: article.span(r.start, r.end),
        }
    };
    let sentence = article.sentences[c.sentence as usize];
    Claimed {
        subject: c.subject.filter(|_| !bare).map(part),
        effect: (!bare).then(|| part(c.effect)),
        object: c.object.filter(|_| !bare).map(part),
        strength: c.strength,
        valence: c.valence,
        form: c.form,
        marks: c.marks,
        sentence: article.span(sentence.start, sentence.end),
    }
}
