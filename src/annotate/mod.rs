//! Annotators say what the text says: tagged places with marks. Lints judge them.
//!
//! [`annotate`] runs them all over a document and leaves an [`Article`], in which every place is a range
//! of token numbers, so that "in the same clause" is a comparison of integers.

pub mod claims;
pub mod conditions;
pub mod cues;
pub mod dates;
pub mod doses;
pub mod evidence;
pub mod fields;
pub mod grammar;
mod index;
pub mod kind;
pub mod language;
mod lines;
pub mod links;
pub mod products;
pub mod shapes;
pub mod sources;
pub mod structure;
#[cfg(test)]
mod tests;
pub mod topics;
pub mod units;

use crate::catalog::Catalog;
use crate::copies::Copied;
use crate::document::{Block, BlockKind, Document};
use crate::lint::model::{ClaimForm, Valence};
use crate::sentence::{self, Clause, Sentence};
use crate::shape;
use crate::source::Span;
use crate::tags::Known;
use crate::words::contraction;
use crate::words::kind::{Form, Marks, Strength};
use crate::words::lexicon::{TagId, USE_CUE, USE_PART, USE_STOP};
use crate::words::scan::{self, Hit, Token};
use crate::words::sequence::find as sequences;
use crate::words::token::Shape;
use crate::words::trie::Output;
use index::Index;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// A tagged place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Annotation {
    /// What it is.
    pub tag: TagId,
    /// Form of an inflected term.
    pub form: Form,
    /// What reaches it.
    pub marks: Marks,
    /// First token.
    pub start: u32,
    /// One past the last token; equal to `start` where the place has no words.
    pub end: u32,
    /// For `claim`: index into [`Article::claims`]. Else 1 plus an index into [`Article::places`], or 0.
    pub value: u32,
}

/// A part of a claim: its words and their class.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Role {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
    /// Tag of its class: `subject.herb`, `object.disease`, `effect.reduce`.
    pub tag: TagId,
}

/// Who is said to do what to which outcome, how surely.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Claim {
    /// Who or what does it; may stand in an earlier sentence.
    pub subject: Option<Role>,
    /// What it does.
    pub effect: Role,
    /// To what.
    pub object: Option<Role>,
    /// How strongly it is worded.
    pub strength: Strength,
    /// Good or bad for the reader.
    pub valence: Valence,
    /// How it is put.
    pub form: ClaimForm,
    /// What reaches it.
    pub marks: Marks,
    /// Index of its sentence.
    pub sentence: u32,
    /// First token that is said of it: that of its sentence, or the one behind the comma that opens what it says itself.
    pub from: u32,
    /// First token of the words that make the claim, from the subject or the effect on.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
}

/// A cue that reached something: why a claim was or was not flagged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CueUse {
    /// The cue's tag, or the unit that asks or quotes.
    pub tag: TagId,
    /// The cue's words.
    pub start: u32,
    /// One past its last token.
    pub end: u32,
    /// What it reaches.
    pub from: u32,
    /// One past the last token that it reaches.
    pub to: u32,
    /// The mark that it leaves.
    pub mark: Marks,
}

/// What there is to say of an annotation beside its words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Note {
    /// What it is about: `magnesium`. Fills `{subject}` of a message.
    pub subject: String,
    /// A sentence. Fills `{note}` of a message.
    pub text: String,
}

/// An article with everything that is known of it.
pub struct Article<'a> {
    /// Its blocks.
    pub doc: &'a Document,
    /// What ships or was loaded.
    pub catalog: &'a Catalog,
    /// Its words.
    pub tokens: Vec<Token>,
    /// What each token says, as a number: equal for equal words, whatever their case.
    pub said: Vec<u64>,
    /// How many of the tokens are no signs.
    word_count: usize,
    /// Token range of each block.
    pub blocks: Vec<(u32, u32)>,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
    /// Its clauses.
    pub clauses: Vec<Clause>,
    /// Index of the sentence of each token.
    pub sentence_of: Vec<u32>,
    /// Index of the clause of each token.
    pub clause_of: Vec<u32>,
    /// What closed-class word each token is.
    pub grammar: Vec<grammar::Grammar>,
    /// What reaches each token.
    pub marks: Vec<Marks>,
    /// Which cue did it, in order of place.
    pub cues: Vec<CueUse>,
    /// All annotations, as they were found: what the lists find in order of place, then what annotators add.
    pub annotations: Vec<Annotation>,
    /// Claims in order.
    pub claims: Vec<Claim>,
    /// What kind of page it is: one of [`kind::KINDS`].
    pub kind: &'static str,
    /// Source places of annotations that have no words of their own.
    pub places: Vec<Span>,
    /// What there is to say of single annotations, by tag and place.
    pub notes: BTreeMap<(TagId, u32, u32), Note>,
    /// How much of it stands in an earlier article, too, 0 to 1.
    pub copied: f32,
    /// Main substances, as indexes into the catalog's, the weightiest first.
    pub substances: Vec<usize>,
    /// Caveats that the topic calls for, met or not.
    pub needs: Vec<topics::needs::Need>,
    /// Effects, subjects and objects in order of place: what claims are made of.
    parts: Vec<Annotation>,
    /// For each token, the first of `parts` that starts there or later, when [`Article::lay_parts`] was called last.
    part_starts: Vec<u32>,
    /// Annotations by tag.
    index: Index,
}

/// What an audit has to be told besides the article.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// Days since 1970-01-01 of the day of the audit.
    pub today: i64,
    /// Jurisdictions that are asked for; the US where none is.
    pub jurisdiction: Vec<String>,
    /// The kind of page, one of [`kind::KINDS`]; empty: what the article says or looks like.
    pub kind: String,
    /// What it has in common with an earlier article.
    pub copied: Option<Copied>,
    /// Whether words of grammar become annotations, too: for whoever looks at all there are.
    pub whole: bool,
}

impl<'a> Article<'a> {
    /// Numbers of the annotations with that tag, in order.
    pub fn tagged(&self, tag: TagId) -> &[u32] {
        self.index.of(tag)
    }

    /// The annotations with that tag, in order.
    pub fn all(&self, tag: TagId) -> impl Iterator<Item = &Annotation> {
        self.tagged(tag).iter().map(|&i| &self.annotations[i as usize])
    }

    /// The annotations with that tag that start in tokens `from..to`, in order.
    pub fn starting(&self, tag: TagId, from: u32, to: u32) -> impl Iterator<Item = &Annotation> {
        let numbers = self.tagged(tag);
        let first = numbers.partition_point(|&n| self.annotations[n as usize].start < from);
        numbers[first..].iter().map(|&n| &self.annotations[n as usize]).take_while(move |a| a.start < to)
    }

    /// Whether any annotation has that tag.
    pub fn has(&self, tag: TagId) -> bool {
        !self.tagged(tag).is_empty()
    }

    /// The plain text of tokens `start..end`.
    pub fn words(&self, start: u32, end: u32) -> &str {
        self.doc.words(self.plain(start, end))
    }

    /// The sign that a token is; a space for a word, a number, or where there is none.
    pub fn sign(&self, token: u32) -> char {
        self.tokens.get(token as usize).map_or(' ', |t| t.sign)
    }

    /// The plain span of tokens `start..end`; empty where there are none.
    pub fn plain(&self, start: u32, end: u32) -> Span {
        // "It's good for": the pronoun goes with its verb.
        let is_short = self.tokens.get(start as usize).is_some_and(|t| contraction::is_short(&self.doc.text, t.start, t.shape));
        let start = if is_short && end > start { start.saturating_sub(1) } else { start };
        match (self.tokens.get(start as usize), self.tokens.get((end as usize).wrapping_sub(1))) {
            (Some(first), Some(last)) if end > start => Span { start: first.start, end: last.end },
            (Some(first), _) => Span { start: first.start, end: first.start },
            _ => Span::new(self.doc.text.len(), self.doc.text.len()),
        }
    }

    /// The source span of tokens `start..end`.
    pub fn span(&self, start: u32, end: u32) -> Span {
        self.doc.span(self.plain(start, end))
    }

    /// The source span of an annotation.
    pub fn place(&self, a: &Annotation) -> Span {
        if a.tag > Known::ClaimTransferred.id()
            && let Some(span) = (a.value as usize).checked_sub(1).and_then(|i| self.places.get(i))
        {
            return *span;
        }
        self.span(a.start, a.end)
    }

    /// The sentence that holds a token; `None` in an article without words.
    pub fn sentence(&self, token: u32) -> Option<&Sentence> {
        let token = (token as usize).min(self.tokens.len().checked_sub(1)?);
        self.sentences.get(*self.sentence_of.get(token)? as usize)
    }

    /// The tokens of what leads into a block: the line over its list, the head of its column, its question.
    pub fn lead_in(&self, block: &Block) -> Option<(u32, u32)> {
        self.blocks.get(block.head? as usize).copied()
    }

    /// The kind of the block that holds a token.
    pub fn kind(&self, token: u32) -> BlockKind {
        self.sentence(token).and_then(|s| self.doc.blocks.get(s.block as usize)).map_or(BlockKind::Paragraph, |b| b.kind)
    }

    /// Brings annotations that were added into the index of tags.
    pub fn index(&mut self) {
        self.index.add(&self.annotations);
    }

    /// Annotations in order of place; those that were found first stand first.
    pub fn in_order(&self) -> Vec<&Annotation> {
        let mut all: Vec<&Annotation> = self.annotations.iter().collect();
        all.sort_by_key(|a| a.start);
        all
    }

    /// Lays the table of what claims are made of.
    fn lay_parts(&mut self) {
        self.parts.sort_by_key(|a| a.start);
        self.part_starts.reserve(self.tokens.len());
        for (i, a) in self.parts.iter().enumerate() {
            while self.part_starts.len() <= a.start as usize {
                self.part_starts.push(i as u32);
            }
        }
        self.part_starts.resize(self.tokens.len() + 1, self.parts.len() as u32);
    }

    /// What claims are made of that starts in tokens `from..to`.
    fn parts(&self, from: u32, to: u32) -> &[Annotation] {
        let at = |token: u32| self.part_starts.get(token as usize).map_or(self.parts.len(), |&first| first as usize);
        self.parts.get(at(from)..at(to)).unwrap_or(&[])
    }

    /// Adds an annotation over words.
    pub fn add(&mut self, tag: Known, start: u32, end: u32) {
        self.add_tag(tag.id(), start, end);
    }

    /// Adds an annotation over words, by the number of its tag.
    pub fn add_tag(&mut self, tag: TagId, start: u32, end: u32) {
        let marks = self.marks.get(start as usize).copied().unwrap_or_default();
        self.annotations.push(Annotation { tag, form: Form::default(), marks, start, end, value: 0 });
    }

    /// Adds an annotation that can be a part of a claim.
    fn add_part(&mut self, tag: Known, start: u32, end: u32) {
        self.add(tag, start, end);
        self.parts.extend(self.annotations.last());
    }

    /// Adds an annotation at a source place, beside the token `at`.
    pub fn add_at(&mut self, tag: Known, at: u32, place: Span) {
        self.places.push(place);
        let value = self.places.len() as u32;
        self.annotations.push(Annotation { tag: tag.id(), form: Form::default(), marks: Marks::default(), start: at, end: at, value });
    }

    /// Number of words and numbers; signs do not count.
    pub fn word_count(&self) -> usize {
        self.word_count
    }

    /// The token at or after a plain byte.
    pub fn token_at(&self, plain: u32) -> u32 {
        self.tokens.partition_point(|t| t.end <= plain) as u32
    }
}

thread_local! {
    /// Tables by tag are large beside a short article: a thread lays them once.
    static SCRATCH: RefCell<sequences::Scratch> = RefCell::default();
}

/// Reads the words of a document, gives it its shape, and runs every annotator over it.
pub fn annotate<'a>(doc: &'a mut Document, catalog: &'a Catalog, compiled: &shapes::Compiled, context: &Context) -> Article<'a> {
    let lexicon = &catalog.lexicon;
    let (tokens, said) = scan::tokens(&doc.text, lexicon);
    let blocks = block_tokens(doc, &tokens);
    let scan::Found { mut hits, apart, calls } = scan::find(&doc.text, &tokens, &blocks, lexicon);
    let mut more = shapes::find(doc, &tokens, catalog, compiled);
    let shapes = &lines::shapes(&more, lexicon);
    shape::shape(doc, &lines::Lines { blocks: &blocks, hits: &hits, shapes, calls: &calls, tokens: &tokens, catalog });
    let facts = facts(&hits, tokens.len());
    let mut sentences = sentence::sentences(&doc.text, &tokens, &blocks, &doc.blocks, &facts);
    let clauses = sentence::clauses(&tokens, &mut sentences, &facts);
    let mut sentence_of = vec![0u32; tokens.len()];
    let mut clause_of = vec![0u32; tokens.len()];
    for (i, s) in sentences.iter().enumerate() {
        sentence_of[s.start as usize..s.end as usize].fill(i as u32);
    }
    for (i, c) in clauses.iter().enumerate() {
        // A sign between two clauses counts with the first.
        let until = clauses.get(i + 1).filter(|n| n.sentence == c.sentence).map_or(sentences[c.sentence as usize].end, |n| n.start);
        clause_of[c.start as usize..until.max(c.end) as usize].fill(i as u32);
    }
    if context.whole {
        more.extend(scan::told(&tokens, lexicon));
    }
    scan::merge(&mut hits, &mut more);
    SCRATCH.with_borrow_mut(|scratch| {
        let stands = |h: &Hit| h.stands(&tokens, || sentences[sentence_of[h.start as usize] as usize].range());
        scan::settle(&mut hits, &mut scratch.covered, lexicon.lists.len(), stands);
        sequences::find(&tokens, sentences.iter().map(|s| s.range()), lexicon, &calls, &mut hits, scratch);
    });
    let mut annotations = Vec::with_capacity(hits.len() + hits.len() / 2);
    let [mut parts, mut cues, mut stops] = [4, 8, 8].map(|share| Vec::with_capacity(hits.len() / share));
    for h in &hits {
        // Phrases that only swallow have done their work.
        let Some(&uses) = lexicon.uses.get(h.tag as usize) else { continue };
        if h.facts & Output::NOT != 0 {
            continue;
        }
        let a = Annotation { tag: h.tag, form: h.form, marks: Marks::default(), start: h.start, end: h.end, value: 0 };
        // Nobody asks for stop words but the cues of their list.
        if uses & USE_STOP != 0 {
            stops.push(a);
            continue;
        }
        annotations.push(a);
        if uses & USE_PART != 0 {
            parts.push(a);
        }
        if uses & USE_CUE != 0 {
            cues.push(a);
        }
    }
    let marks = vec![Marks::default(); tokens.len()];
    let mut article = Article {
        doc,
        catalog,
        word_count: tokens
            .iter()
            .filter(|t| !t.shape.contains(Shape::PUNCTUATION) && !contraction::is_short(&doc.text, t.start, t.shape))
            .count(),
        tokens,
        said,
        blocks,
        sentences,
        clauses,
        sentence_of,
        clause_of,
        grammar: Vec::new(),
        marks,
        cues: Vec::new(),
        annotations,
        claims: Vec::new(),
        kind: kind::KINDS[0],
        places: Vec::new(),
        notes: BTreeMap::new(),
        copied: 0.0,
        substances: Vec::new(),
        needs: Vec::new(),
        parts,
        part_starts: Vec::new(),
        index: Index::new(lexicon.lists.len()),
    };
    article.index();
    cues::mark(&mut article, &cues, &stops);
    article.grammar = grammar::of(&article);
    links::find(&mut article, compiled);
    article.index();
    sources::find(&mut article);
    products::find(&mut article, &context.kind);
    claims::find(&mut article);
    units::find(&mut article);
    article.index();
    sources::quotes::find(&mut article);
    units::copy(&mut article, context.copied.as_ref());
    structure::find(&mut article);
    fields::find(&mut article, context);
    language::find(&mut article);
    let doses = doses::read(&mut article);
    article.index();
    topics::find(&mut article, &doses, &context.jurisdiction);
    doses::judge(&mut article, &doses, &context.jurisdiction);
    evidence::find(&mut article, context);
    article.kind = kind::of(&article, &context.kind);
    article.index();
    conditions::find(&mut article, apart, context.whole);
    article.index();
    article
}

fn block_tokens(doc: &Document, tokens: &[Token]) -> Vec<(u32, u32)> {
    let mut at = 0;
    doc.blocks
        .iter()
        .map(|b| {
            while at < tokens.len() && tokens[at].end <= b.text.start {
                at += 1;
            }
            let first = at;
            while at < tokens.len() && tokens[at].start < b.text.end {
                at += 1;
            }
            (first as u32, at as u32)
        })
        .collect()
}

fn facts(hits: &[Hit], tokens: usize) -> Vec<sentence::Facts> {
    let mut facts = vec![0; tokens];
    for hit in hits.iter().filter(|h| h.facts & Output::NOT == 0) {
        let fact = match hit.tag {
            t if t == Known::WordAbbreviation.id() => sentence::ABBREVIATION,
            t if t == Known::WordAbbreviationEnd.id() => sentence::ENDING_ABBREVIATION,
            t if t == Known::WordLetterNoun.id() => sentence::LETTER_NOUN,
            t if t == Known::WordContrast.id() => sentence::CONTRAST,
            t if t == Known::WordRelative.id() => sentence::RELATIVE,
            t if t == Known::WordOpening.id() => sentence::OPENING,
            _ => continue,
        };
        let at = if fact == sentence::LETTER_NOUN || fact <= 2 { hit.end - 1 } else { hit.start };
        facts[at as usize] |= fact;
    }
    // What a longer phrase of the same list swallows opens no clause.
    for hit in hits.iter().filter(|h| h.facts & Output::NOT != 0 && h.tag == Known::WordContrast.id()) {
        for t in hit.start..hit.end {
            facts[t as usize] &= !sentence::CONTRAST;
        }
    }
    facts
}
