//! Quotations of somebody's words with no speaker beside them.

use super::covered;
use crate::annotate::Article;
use crate::document::BlockKind;
use crate::tags::Known;
use crate::words::token::Shape;

/// Words of the shortest quotation that needs a speaker; shorter ones are titles and scare quotes.
const WORDS: u32 = 6;
/// Words of the shortest that needs one when it is a whole sentence: "It changed my life!"
const SENTENCE_WORDS: u32 = 4;

/// Tags quotations in whose block, and the sentence before it, nobody is said to speak. Runs when what cites is in the index.
pub fn find(article: &mut Article) {
    if !article.tokens.iter().any(|t| matches!(t.sign, '“' | '"')) {
        return;
    }
    let says = covered(article, Known::SourceSays);
    let locators = covered(article, Known::SourceLocator);
    let mut found = Vec::new();
    for (index, &(first, last)) in article.blocks.iter().enumerate() {
        let Some(block) = article.doc.blocks.get(index) else { continue };
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quote | BlockKind::Answer) {
            continue;
        }
        let before = index
            .checked_sub(1)
            .and_then(|i| article.blocks.get(i))
            .map_or(first, |b| article.sentence(b.1.saturating_sub(1)).map_or(b.0, |s| s.start));
        let quotes = quotations(article, first, last);
        // They stand in order and apart.
        let inside = |t: u32| quotes.get(quotes.partition_point(|&(_, end)| end <= t)).is_some_and(|&(start, _)| start <= t);
        let is = |list: &[bool], t: u32| list.get(t as usize).copied().unwrap_or(false);
        let speaks = |t: u32| is(&says, t) || is(&locators, t);
        // A name with a family name, or one set off by a dash: "— Ana R.".
        let names = |t: u32| capital(article, t) && t > first && (capital(article, t - 1) || dash(article, t - 1));
        if quotes.is_empty() || (before..last).any(|t| !inside(t) && (speaks(t) || t >= first && names(t))) {
            continue;
        }
        found.extend(quotes.into_iter().filter(|&(start, end)| is_speech(article, start, end)));
    }
    for (start, end) in found {
        article.add(Known::QuoteUnattributed, start, end);
    }
}

/// Pairs of quotation marks in a block, the marks included.
fn quotations(article: &Article, first: u32, last: u32) -> Vec<(u32, u32)> {
    let mut out = Vec::new();
    let mut open = None;
    for t in first..last {
        match (article.sign(t), open) {
            ('“' | '"', None) => open = Some(t),
            ('”' | '"', Some(start)) => {
                out.push((start, t + 1));
                open = None;
            }
            _ => {}
        }
    }
    out
}

fn capital(article: &Article, t: u32) -> bool {
    article.tokens.get(t as usize).is_some_and(|x| x.shape.contains(Shape::CAPITAL))
}

fn dash(article: &Article, t: u32) -> bool {
    matches!(article.sign(t), '—' | '–' | '-' | '~')
}

/// Whether a quotation is what somebody said: long enough, no title in capitals, no question.
fn is_speech(article: &Article, start: u32, end: u32) -> bool {
    let is_word = |&t: &u32| article.tokens.get(t as usize).is_some_and(|x| !x.shape.contains(Shape::PUNCTUATION));
    let words = (start..end).filter(is_word).count() as u32;
    let capitals = (start..end).filter(|&t| capital(article, t)).count() as u32;
    let last = end.checked_sub(2).map_or(' ', |t| article.sign(t));
    let enough = words >= WORDS || words >= SENTENCE_WORDS && matches!(last, '.' | '!');
    enough && capitals * 2 < words && last != '?'
}
