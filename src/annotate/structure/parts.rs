//! What every part of `structure` asks of the blocks: which are whole lines of a known sort, what comes
//! next, what a line says without its signs.

use std::borrow::Cow;

use crate::annotate::{Article, grammar};
use crate::document::{Block, BlockKind, DefectKind};
use crate::source::Span;
use crate::tags::Known;
use crate::words::token::Shape;

/// A place to annotate.
pub struct Place {
    /// Its tag.
    pub tag: Known,
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
    /// Its place in the source, where it is not that of its words.
    pub span: Option<Span>,
}

/// The places found so far.
#[derive(Default)]
pub struct Found {
    /// In the order in which they were found.
    pub places: Vec<Place>,
}

impl Found {
    /// Notes words; without words, nothing.
    pub fn words(&mut self, tag: Known, (start, end): (u32, u32)) {
        if start < end {
            self.places.push(Place { tag, start, end, span: None });
        }
    }

    /// Notes a source place beside the token `at`.
    pub fn at(&mut self, tag: Known, at: u32, span: Span) {
        self.places.push(Place { tag, start: at, end: at, span: Some(span) });
    }
}

/// Words that only hold a sentence together.
pub const FUNCTION: grammar::Grammar = grammar::DETERMINER
    | grammar::PREPOSITION
    | grammar::BE
    | grammar::HAVE
    | grammar::MODAL
    | grammar::ANAPHOR
    | grammar::CONJUNCTION
    | grammar::BY;

/// Bytes and words from which a heading of several sentences is none.
const RUN_ON: usize = 160;
const RUN_ON_WORDS: usize = 40;

/// The list of residue.
pub const RESIDUE: u8 = 1;
/// A heading over a list of contents.
pub const CONTENTS: u8 = 2;
/// A heading over questions and answers.
pub const FAQ: u8 = 4;
/// A heading over references.
pub const REFERENCES: u8 = 8;
/// A heading over a closing section.
pub const CONCLUSION: u8 = 16;
/// A heading over takeaways.
pub const TAKEAWAY: u8 = 32;

const LINES: [(Known, u8); 6] = [
    (Known::LineResidue, RESIDUE),
    (Known::LineToc, CONTENTS),
    (Known::LineFaq, FAQ),
    (Known::LineReferences, REFERENCES),
    (Known::LineConclusion, CONCLUSION),
    (Known::LineTakeaway, TAKEAWAY),
];

/// The blocks of an article with what is known of each.
pub struct Parts<'p, 'a> {
    /// The article.
    pub article: &'p Article<'a>,
    /// Which lists of whole lines each block is a term of.
    lines: Vec<u8>,
    /// The same of the heading of each section and of those above it.
    sections: Vec<u8>,
    /// The next block that is no residue, for each block; the number of blocks where there is none.
    next: Vec<u32>,
    /// The words of each block.
    texts: Vec<&'p str>,
}

impl<'p, 'a> Parts<'p, 'a> {
    /// Looks at every block once.
    pub fn new(article: &'p Article<'a>) -> Parts<'p, 'a> {
        let doc = article.doc;
        let mut lines = vec![0u8; doc.blocks.len()];
        for (tag, bit) in LINES {
            for a in article.all(tag.id()) {
                let Some(block) = article.sentence(a.start).map(|s| s.block as usize) else { continue };
                let Some(&(first, last)) = article.blocks.get(block) else { continue };
                if (first..a.start).chain(a.end..last).all(|t| is_sign(article, t)) {
                    lines[block] |= bit;
                }
            }
        }
        let mut sections: Vec<u8> = vec![0; doc.sections.len()];
        for (i, section) in doc.sections.iter().enumerate() {
            let above = sections.get(section.parent as usize).copied().filter(|_| (section.parent as usize) < i).unwrap_or(0);
            let own = section.heading.and_then(|h| lines.get(h as usize)).copied().unwrap_or(0);
            sections[i] = above | own;
        }
        let mut next = vec![doc.blocks.len() as u32; doc.blocks.len()];
        let mut after = doc.blocks.len() as u32;
        for (i, block) in doc.blocks.iter().enumerate().rev() {
            next[i] = after;
            if block.kind != BlockKind::Residue {
                after = i as u32;
            }
        }
        Parts { article, lines, sections, next, texts: doc.blocks.iter().map(|b| doc.block_text(b)).collect() }
    }

    /// All blocks.
    pub fn blocks(&self) -> &'p [Block] {
        &self.article.doc.blocks
    }

    /// The blocks with their numbers, residue and code left out.
    pub fn prose(&self) -> impl Iterator<Item = (usize, &'p Block)> + use<'p> {
        self.article.doc.blocks.iter().enumerate().filter(|(_, b)| !matches!(b.kind, BlockKind::Residue | BlockKind::Code))
    }

    /// The next block that is no residue.
    pub fn next(&self, block: usize) -> Option<(usize, &'p Block)> {
        let next = *self.next.get(block)? as usize;
        Some((next, self.blocks().get(next)?))
    }

    /// The words of a block as text.
    pub fn text(&self, block: usize) -> &'p str {
        self.texts.get(block).copied().unwrap_or("")
    }

    /// The same with what is set as code made unreadable, byte for byte: marks and entities in it are meant.
    pub fn text_without_code(&self, block: usize) -> Cow<'p, str> {
        let (text, doc) = (self.text(block), self.article.doc);
        let Some(place) = self.blocks().get(block).map(|b| b.text) else { return Cow::Borrowed(text) };
        let first = doc.code.partition_point(|c| c.end <= place.start);
        let mut code = doc.code.get(first..).unwrap_or(&[]).iter().take_while(|c| c.start < place.end).peekable();
        if code.peek().is_none() {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        for span in code {
            let (from, to) = ((span.start.max(place.start) - place.start) as usize, (span.end.min(place.end) - place.start) as usize);
            out.push_str(text.get(out.len()..from).unwrap_or(""));
            out.extend(std::iter::repeat_n('x', to.saturating_sub(out.len())));
        }
        out.push_str(text.get(out.len()..).unwrap_or(""));
        Cow::Owned(out)
    }

    /// The token range of a block.
    pub fn tokens(&self, block: usize) -> (u32, u32) {
        self.article.blocks.get(block).copied().unwrap_or_default()
    }

    /// The number of words and numbers of a block.
    pub fn word_count(&self, block: usize) -> usize {
        let (first, last) = self.tokens(block);
        (first..last).filter(|&t| !is_sign(self.article, t)).count()
    }

    /// Whether the whole block is a line of one of these sorts.
    pub fn is_line(&self, block: usize, bits: u8) -> bool {
        self.lines.get(block).is_some_and(|l| l & bits != 0)
    }

    /// Whether the block stands under a heading of one of these sorts.
    pub fn is_under(&self, block: usize, bits: u8) -> bool {
        let section = self.blocks().get(block).map(|b| b.section as usize);
        section.and_then(|s| self.sections.get(s)).is_some_and(|s| s & bits != 0)
    }

    /// Whether something without words, such as an image or a video, stands between two blocks, the
    /// second of which may be missing.
    pub fn is_filled(&self, block: usize, next: Option<usize>) -> bool {
        let doc = self.article.doc;
        let Some(from) = doc.blocks.get(block).map(|b| b.span.end) else { return false };
        let to = next.and_then(|n| doc.blocks.get(n)).map_or(u32::MAX, |b| b.span.start);
        let image = doc.links.partition_point(|l| l.span.start < from);
        let is_image = doc.links.get(image..).unwrap_or(&[]).iter().take_while(|l| l.span.start < to).any(|l| l.image);
        let embed = doc.embeds.partition_point(|e| e.start < from);
        is_image || doc.embeds.get(embed).is_some_and(|e| e.start < to)
    }

    /// Whether the block starts a section, as headings and questions with a level do.
    pub fn is_heading(&self, block: usize) -> bool {
        self.blocks().get(block).is_some_and(opens_section)
    }

    /// Whether the block is one of several items on one line, where an inner list has lost its depth.
    pub fn is_glued(&self, block: &Block) -> bool {
        let defects = &self.article.doc.defects;
        let until = defects.partition_point(|d| d.span.start <= block.span.start);
        let last = defects[..until].iter().rev().find(|d| matches!(d.kind, DefectKind::GluedItems | DefectKind::GluedByHyphens));
        last.is_some_and(|d| d.span.end >= block.span.end)
    }

    /// Whether a heading holds the text that should stand below it.
    pub fn is_run_on(&self, block: usize) -> bool {
        let is_heading =
            self.blocks().get(block).is_some_and(|b| matches!(b.kind, BlockKind::Heading | BlockKind::Title | BlockKind::Question));
        is_heading && self.text(block).len() > RUN_ON && self.word_count(block) > RUN_ON_WORDS && self.sentences(block).len() > 1
    }

    /// A number for what the tokens say: equal for equal words, whatever their case and signs. The
    /// second value is the number of words.
    pub fn folded(&self, (first, last): (u32, u32)) -> (u64, usize) {
        let mut hash = EMPTY;
        let mut words = 0;
        let place = first as usize..last as usize;
        let (tokens, said) = (self.article.tokens.get(place.clone()).unwrap_or(&[]), self.article.said.get(place).unwrap_or(&[]));
        for (_, said) in tokens.iter().zip(said).filter(|(token, _)| !token.shape.contains(Shape::PUNCTUATION)) {
            hash = mix(hash, *said);
            words += 1;
        }
        (hash, words)
    }

    /// A number for a word: equal for equal words, whatever their case.
    pub fn word(&self, token: u32) -> u64 {
        self.article.said.get(token as usize).copied().unwrap_or(0)
    }

    /// The first character of a token that is a sign; a space for a word.
    pub fn sign(&self, token: u32) -> char {
        self.article.sign(token)
    }

    /// Whether a token is a word of grammar: an article, a preposition, "is".
    pub fn is_function(&self, token: u32) -> bool {
        self.article.grammar.get(token as usize).is_some_and(|g| g & FUNCTION != 0)
    }

    /// The token range of the sentence numbered `index`.
    pub fn sentence(&self, index: usize) -> (u32, u32) {
        self.article.sentences.get(index).map_or((0, 0), |s| s.range())
    }

    /// The numbers of the sentences of a block.
    pub fn sentences(&self, block: usize) -> std::ops::Range<usize> {
        let (first, last) = self.tokens(block);
        let of = |t: u32| self.article.sentence_of.get(t as usize).map_or(0, |&s| s as usize);
        if first < last { of(first)..of(last - 1) + 1 } else { 0..0 }
    }

    /// Whether an annotation of this tag starts inside the tokens.
    pub fn holds(&self, tag: Known, (first, last): (u32, u32)) -> bool {
        self.within(tag, (first, last)).is_some()
    }

    /// The first annotation of this tag that starts inside the tokens.
    pub fn within(&self, tag: Known, (first, last): (u32, u32)) -> Option<(u32, u32)> {
        let numbers = self.article.tagged(tag.id());
        let at = numbers.partition_point(|&n| self.article.annotations.get(n as usize).is_none_or(|a| a.start < first));
        let a = self.article.annotations.get(*numbers.get(at)? as usize)?;
        (a.start < last).then_some((a.start, a.end))
    }
}

/// Whether a block starts a section.
pub fn opens_section(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Heading | BlockKind::Question) && block.level > 0
}

/// Whether a token is no word and no number.
pub fn is_sign(article: &Article, token: u32) -> bool {
    article.tokens.get(token as usize).is_some_and(|t| t.shape.contains(Shape::PUNCTUATION))
}

/// Where a hash starts.
pub const EMPTY: u64 = 0xcbf2_9ce4_8422_2325;

/// Adds a value to a hash.
pub fn mix(hash: u64, value: u64) -> u64 {
    (hash ^ value).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23)
}
