//! The result of checking one article: its findings, its claims, and a summary.

use crate::annotate::{Article, Claim, Role};
use crate::finding::Finding;
use crate::lint::model::{ClaimForm, Valence};
use crate::source::Span;
use crate::words::kind::{Marks, Strength};

/// What was found in an article.
#[derive(Clone, Debug, Default)]
pub struct Audit {
    /// Findings in order of place.
    pub findings: Vec<Finding>,
    /// Claims in order of place.
    pub claims: Vec<Claimed>,
    /// Figures on the article.
    pub summary: Summary,
}

/// A claim that stands by itself: words and classes instead of token numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Claimed {
    /// Who or what does it.
    pub subject: Option<Part>,
    /// What it does.
    pub effect: Part,
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
    /// Main substances, by name, the most frequent first.
    pub substances: Vec<String>,
    /// Caveats that the topic calls for and that are there, by need.
    pub present: Vec<String>,
    /// Caveats that the topic calls for and that are missing, by need.
    pub missing: Vec<String>,
}

/// The claims of an article, each standing by itself.
pub fn claims(article: &Article) -> Vec<Claimed> {
    article.claims.iter().map(|c| claimed(article, c)).collect()
}

fn claimed(article: &Article, c: &Claim) -> Claimed {
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
        subject: c.subject.map(part),
        effect: part(c.effect),
        object: c.object.map(part),
        strength: c.strength,
        valence: c.valence,
        form: c.form,
        marks: c.marks,
        sentence: article.span(sentence.start, sentence.end),
    }
}
