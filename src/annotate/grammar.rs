//! What closed-class word each token is: enough grammar to tell a verb from a noun. The words are lists in
//! `lints/words/grammar`.

use super::Article;
use crate::tags::{GRAMMAR, Known, grammar};
use crate::words::scan::Token;
use crate::words::token::Shape;

/// Facts on a token, as bits.
pub type Grammar = u16;

/// The article, a possessive or another word that opens a noun phrase.
pub const DETERMINER: Grammar = grammar(Known::Determiner);
/// A preposition.
pub const PREPOSITION: Grammar = grammar(Known::Preposition);
/// A form of be.
pub const BE: Grammar = grammar(Known::Be);
/// A form of have.
pub const HAVE: Grammar = grammar(Known::Have);
/// A modal, do, or `to`.
pub const MODAL: Grammar = grammar(Known::Modal);
/// It, this, they, which.
pub const ANAPHOR: Grammar = grammar(Known::Anaphor);
/// And, or.
pub const CONJUNCTION: Grammar = grammar(Known::Conjunction);
/// An adverb between subject and verb.
pub const ADVERB: Grammar = grammar(Known::Adverb);
/// By, through.
pub const BY: Grammar = grammar(Known::By);
/// A word that asserts the verb after `to`.
pub const GOVERNOR: Grammar = grammar(Known::Governor);
/// Take, use: advice.
pub const TAKE: Grammar = grammar(Known::Take);
/// Aim, need: no assertion.
pub const AIM: Grammar = grammar(Known::AimVerb);
/// Punctuation: the bit that no list has.
pub const SIGN: Grammar = 4096;
/// Can, is able to.
pub const CAN: Grammar = grammar(Known::CueCan);
/// With, using.
pub const WITH: Grammar = grammar(Known::With);
/// Its, their.
pub const POSSESSIVE: Grammar = grammar(Known::Possessive);

/// The facts of every token.
pub fn of(article: &Article) -> Vec<Grammar> {
    let heads = &article.catalog.lexicon.heads;
    let own = |t: &Token| {
        if t.shape.contains(Shape::PUNCTUATION) {
            SIGN
        } else if is_adverb(article, t.start, t.end) {
            ADVERB
        } else {
            0
        }
    };
    let mut out: Vec<Grammar> = article.tokens.iter().zip(heads.facts(&article.tokens)).map(|(t, facts)| own(t) | facts).collect();
    // "Royal jelly", "apply": not every word in -ly is an adverb.
    let lists = GRAMMAR.into_iter().map(|(list, fact)| (list, fact, 0)).chain([(Known::NoAdverb, 0, ADVERB)]);
    for (list, fact, not) in lists {
        for a in article.all(list.id()) {
            out.get_mut(a.start as usize..a.end as usize).unwrap_or(&mut []).iter_mut().for_each(|g| *g = (*g | fact) & !not);
        }
    }
    out
}

/// English adverbs of manner end in -ly.
fn is_adverb(article: &Article, start: u32, end: u32) -> bool {
    end - start > 4 && article.doc.text.as_bytes().get(end as usize - 2..end as usize) == Some(b"ly")
}
