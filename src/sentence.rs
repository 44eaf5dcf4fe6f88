//! Sentences and clauses: where one ends and the next begins, over the tokens of each block.
//!
//! Our own rules, since libraries split after "Dr.", "et al." and "vs."; the words that matter (which
//! abbreviations never end a sentence, which words open a clause) are lists in `lints/words`.

use crate::document::{Block, BlockKind};
use crate::words::scan::Token;
use crate::words::token::Shape;

/// A sentence. Places are token numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
    /// Index of its block.
    pub block: u32,
    /// First clause.
    pub first_clause: u32,
    /// One past the last clause.
    pub end_clause: u32,
}

impl Sentence {
    /// Its tokens: the first, and one past the last.
    pub fn range(&self) -> (u32, u32) {
        (self.start, self.end)
    }
}

/// How a clause hangs in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClauseKind {
    /// It stands by itself.
    Main,
    /// Opened by but, however, while ...
    Contrast,
    /// A non-restrictive relative clause: ", which ...".
    Relative,
}

/// A clause, or what counts as one for the reach of a cue (STANDARDS B.0).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clause {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
    /// Index of its sentence.
    pub sentence: u32,
    /// How it hangs in its sentence.
    pub kind: ClauseKind,
}

/// Facts about single tokens that lists tell, as bits of a [`Facts`] table.
pub type Facts = u8;
/// An abbreviation that never ends a sentence: "Dr.", "e.g.", "Fig.".
pub const ABBREVIATION: Facts = 1;
/// An abbreviation that may end one: "etc.", "U.S.".
pub const ENDING_ABBREVIATION: Facts = 2;
/// A noun that a single letter completes: "vitamin D.".
pub const LETTER_NOUN: Facts = 4;
/// A word that opens a contrasting clause.
pub const CONTRAST: Facts = 8;
/// A word that opens a relative clause after a comma.
pub const RELATIVE: Facts = 16;
/// A word that, first in a sentence, opens a clause or a phrase that ends at the first comma.
pub const OPENING: Facts = 32;

/// Tokens of the longest label before a hyphen.
const LABEL: u32 = 6;

/// Tokens of the longest sentence: a text without any full stop is cut, so that whatever looks at a whole sentence
/// takes a time that does not grow with the text.
const LONGEST: u32 = 400;

/// Splits every block into sentences. `blocks` are token ranges beside `kinds`; `facts` has one entry a token.
pub fn sentences(text: &str, tokens: &[Token], blocks: &[(u32, u32)], kinds: &[Block], facts: &[Facts]) -> Vec<Sentence> {
    let mut out = Vec::with_capacity(tokens.len() / 15 + blocks.len());
    for (index, &(first, last)) in blocks.iter().enumerate() {
        let whole = kinds.get(index).is_some_and(|b| matches!(b.kind, BlockKind::Code | BlockKind::Residue));
        let mut start = first;
        let mut at = first;
        while at < last {
            let is_sign = tokens[at as usize].sign != ' ';
            if is_sign
                && !whole
                && let Some(end) = end_at(text, tokens, at, first, last, facts)
            {
                out.push(Sentence { start, end, block: index as u32, first_clause: 0, end_clause: 0 });
                start = end;
                at = end;
            } else {
                at += 1;
            }
            if at - start >= LONGEST && at < last {
                out.push(Sentence { start, end: at, block: index as u32, first_clause: 0, end_clause: 0 });
                start = at;
            }
        }
        if start < last {
            out.push(Sentence { start, end: last, block: index as u32, first_clause: 0, end_clause: 0 });
        }
    }
    out
}

/// Signs behind a full stop that still belong to its sentence: `...")`.
const CLOSING_SIGNS: u32 = 16;

/// If a sentence ends with the token `at` (a terminator), where the next one starts.
fn end_at(text: &str, tokens: &[Token], at: u32, first: u32, last: u32, facts: &[Facts]) -> Option<u32> {
    let mark = tokens[at as usize].sign;
    if !matches!(mark, '.' | '!' | '?' | '…') {
        return None;
    }
    let mut next = at + 1;
    while next < last.min(at + CLOSING_SIGNS)
        && !tokens[next as usize].shape.contains(Shape::SPACED)
        && matches!(tokens[next as usize].sign, '.' | '!' | '?' | '…' | '"' | '”' | '’' | '\'' | ')' | ']' | '»' | '*' | '_')
    {
        next += 1;
    }
    if next >= last {
        return Some(last);
    }
    if let Some(end) = reference(text, tokens, at, next, first, last, facts) {
        return Some(end);
    }
    let after = &tokens[next as usize];
    let opens = opens_sentence(text, tokens, next, last);
    if !after.shape.contains(Shape::SPACED) {
        // "end.Next": a lost space, when both sides look like words of prose.
        let before = (at > first).then(|| &tokens[at as usize - 1]);
        let lost = mark == '.'
            && next == at + 1
            && after.shape.contains(Shape::CAPITAL)
            && !after.shape.contains(Shape::UPPER)
            && after.end - after.start > 1
            && before.is_some_and(|b| b.shape.0 & (Shape::CAPITAL.0 | Shape::NUMBER.0 | Shape::PUNCTUATION.0) == 0 && b.end - b.start > 2);
        return lost.then_some(next);
    }
    if mark != '.' || next > at + 1 && tokens[at as usize + 1].sign == '.' {
        return opens.then_some(next);
    }
    let before = (at > first).then(|| at - 1)?;
    let word = &tokens[before as usize];
    let fact = facts[before as usize];
    if fact & ABBREVIATION != 0 {
        return None;
    }
    if fact & ENDING_ABBREVIATION != 0 {
        return (opens && !after.shape.contains(Shape::NUMBER)).then_some(next);
    }
    let length = word.end - word.start;
    if word.shape.contains(Shape::NUMBER) && before == first {
        // "1. Consult": the number of a list item.
        return None;
    }
    if length == 1 && word.shape.contains(Shape::CAPITAL) {
        // "J. Smith" is a name, "vitamin D. It" is an end.
        let named = before > first && facts[before as usize - 1] & LETTER_NOUN != 0;
        return (named && opens).then_some(next);
    }
    // A lower-case start after a proper word is a slip of the writer, not of the splitter.
    let sloppy = length > 3 && word.shape.0 & (Shape::CAPITAL.0 | Shape::PUNCTUATION.0) == 0;
    (opens || sloppy && after.shape.0 & Shape::PUNCTUATION.0 == 0).then_some(next)
}

/// Digits of the largest number of a reference.
const REFERENCE: u32 = 3;

/// Where the next sentence starts, if the terminator `at` is followed by the numbers of references, without a space
/// before them: "in colds.[1,2] Zinc", "in colds.3 Zinc", "in colds.¹ Zinc". `next` is the token behind the terminator.
fn reference(text: &str, tokens: &[Token], at: u32, next: u32, first: u32, last: u32, facts: &[Facts]) -> Option<u32> {
    let is_number = |token: &Token| {
        token.end - token.start <= REFERENCE && token.shape.contains(Shape::NUMBER)
            || text
                .get(token.start as usize..token.end as usize)
                .is_some_and(|t| t.chars().all(|c| matches!(c, '¹' | '²' | '³' | '⁰'..='⁹')))
    };
    let word = tokens.get((at > first).then(|| at as usize - 1)?)?;
    let mut brackets = 0;
    let mut end = next;
    while let Some(token) = tokens.get(end as usize).filter(|_| end < last) {
        match token.sign {
            _ if brackets == 0 && token.shape.contains(Shape::SPACED) => break,
            '[' => brackets += 1,
            ']' if brackets > 0 => brackets -= 1,
            ',' | '-' | '–' if end > next => {}
            _ if is_number(token) => {}
            _ => return None,
        }
        end += 1;
    }
    // "3.2" is a number, "fig.2" names a figure.
    let is_word = word.shape.0 & (Shape::NUMBER.0 | Shape::CAPITAL.0) == 0
        && word.end - word.start > u32::from(word.sign == ' ')
        && facts.get(at as usize - 1).is_some_and(|f| f & (ABBREVIATION | ENDING_ABBREVIATION) == 0);
    (end > next && brackets == 0 && is_word && (end >= last || opens_sentence(text, tokens, end, last))).then_some(end)
}

/// Signs that may stand before the first word of a sentence: `("*`.
const OPENING_SIGNS: usize = 8;

/// Whether a sentence can start at `at`: a capital, a digit, or an opening sign before one.
fn opens_sentence(text: &str, tokens: &[Token], at: u32, last: u32) -> bool {
    let opens = |t: &&Token| matches!(t.sign, '"' | '“' | '‘' | '\'' | '(' | '[' | '*' | '_' | '¿' | '¡' | '«');
    let rest = tokens.get(at as usize..last as usize).unwrap_or(&[]);
    let Some(token) = rest.iter().take(OPENING_SIGNS).find(|t| !opens(t)) else { return false };
    if token.shape.0 & (Shape::CAPITAL.0 | Shape::NUMBER.0) != 0 {
        return true;
    }
    match token.sign {
        ' ' => text.get(token.start as usize..).and_then(|t| t.chars().next()).is_some_and(|c| !c.is_lowercase()),
        '—' | '–' | '-' | ',' | ')' | ']' | '”' | ';' | ':' | '%' | '/' => false,
        _ => true,
    }
}

/// Splits sentences into clauses and fills in their ranges.
pub fn clauses(tokens: &[Token], sentences: &mut [Sentence], facts: &[Facts]) -> Vec<Clause> {
    let mut out = Vec::with_capacity(sentences.len() * 2);
    for (index, sentence) in sentences.iter_mut().enumerate() {
        sentence.first_clause = out.len() as u32;
        let mut start = sentence.start;
        let mut kind = ClauseKind::Main;
        let mut opens = false;
        let mut push = |start: u32, end: u32, kind: ClauseKind| {
            if end > start {
                out.push(Clause { start, end, sentence: index as u32, kind });
            }
        };
        let place = sentence.start as usize..sentence.end as usize;
        for ((token, &fact), at) in tokens[place.clone()].iter().zip(&facts[place]).zip(sentence.start..) {
            // Nearly every token is a word that opens nothing.
            if token.sign == ' ' && fact & (RELATIVE | CONTRAST | OPENING) == 0 {
                continue;
            }
            opens |= at == sentence.start && fact & (OPENING | CONTRAST) != 0;
            let comma_before = at > sentence.start && tokens[at as usize - 1].sign == ',';
            let next_kind = match token.sign {
                ';' | ':' => Some(ClauseKind::Main),
                // "Although it is cheap, it works": the comma ends what the first word opened.
                ',' if std::mem::take(&mut opens) && at > start + 1 => Some(ClauseKind::Main),
                '—' | '–' if token.shape.contains(Shape::SPACED) || is_dash(tokens, at) => Some(ClauseKind::Main),
                // "No more cramps - Relieves them": a hyphen between spaces ends a label.
                '-' if at > start && at - sentence.start <= LABEL && is_apart(tokens, at) => Some(ClauseKind::Main),
                _ if fact & RELATIVE != 0 && comma_before => Some(ClauseKind::Relative),
                _ if fact & CONTRAST != 0 => Some(ClauseKind::Contrast),
                _ => None,
            };
            let Some(next_kind) = next_kind else { continue };
            push(start, at, kind);
            // A sign belongs to neither clause, a word opens the new one.
            start = if token.shape.contains(Shape::PUNCTUATION) { at + 1 } else { at };
            kind = next_kind;
        }
        push(start, sentence.end, kind);
        sentence.end_clause = out.len() as u32;
    }
    out
}

/// Whether a hyphen stands between spaces, and not before a number.
fn is_apart(tokens: &[Token], at: u32) -> bool {
    let is_spaced = |t: u32| tokens.get(t as usize).is_some_and(|t| t.shape.contains(Shape::SPACED) && !t.shape.contains(Shape::NUMBER));
    is_spaced(at) && is_spaced(at + 1)
}

/// A dash between letters without spaces, as in "anxiety—two factors": not a range of numbers.
fn is_dash(tokens: &[Token], at: u32) -> bool {
    tokens[at as usize].sign == '—' && tokens.get(at as usize + 1).is_some_and(|t| !t.shape.contains(Shape::NUMBER))
}
