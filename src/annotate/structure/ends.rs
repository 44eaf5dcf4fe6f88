//! Where text is cut off: a paragraph that stops in the middle of a sentence, "Read more", dots.

use super::parts::{FAQ, Found, Parts, REFERENCES, is_sign};
use crate::annotate::grammar;
use crate::document::{Block, BlockKind};
use crate::read::plain::looks;
use crate::tags::Known;

/// Words from which a paragraph without a final stop is prose, not a line of its own.
const PROSE: usize = 12;

/// Notes cut sentences.
pub fn find(parts: &Parts, found: &mut Found) {
    let last = parts.prose().filter(|&(i, _)| !parts.is_under(i, REFERENCES)).last().map(|(i, _)| i);
    for (i, block) in parts.prose() {
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Answer) || parts.is_under(i, REFERENCES) {
            continue;
        }
        let tokens = parts.tokens(i);
        let Some(sentence) = parts.sentences(i).last().map(|s| parts.sentence(s)) else { continue };
        // Words such as "Read more" behind the text, where it is the end of it.
        if let Some(cut) = cut_mark(parts, sentence).filter(|_| Some(i) == last || parts.word_count(i) >= PROSE) {
            found.words(Known::StructureTruncated, cut);
            continue;
        }
        if !is_open(parts, i, block, tokens) {
            continue;
        }
        let mid = ends_inside(parts, sentence);
        let words = words(parts, sentence);
        if mid && words >= 3 || words >= 5 && parts.word_count(i) >= PROSE && (parts.sentences(i).len() > 1 || words >= PROSE) {
            found.words(Known::StructureTruncated, sentence);
            if !mid {
                found.words(Known::StructureUnstopped, sentence);
            }
        }
    }
}

fn words(parts: &Parts, (first, last): (u32, u32)) -> usize {
    (first..last).filter(|&t| !is_sign(parts.article, t)).count()
}

/// The words or dots that say that the text goes on elsewhere, at the end of a sentence.
fn cut_mark(parts: &Parts, (first, last): (u32, u32)) -> Option<(u32, u32)> {
    let lists = Known::StructureReadMore.id();
    let mark = parts.article.all(lists).filter(|a| a.start >= first && a.start < last).last()?;
    (mark.end >= last || (mark.end..last).all(|t| is_sign(parts.article, t))).then_some((mark.start, mark.end))
}

/// Whether a paragraph ends without a stop and nothing that follows explains it.
fn is_open(parts: &Parts, at: usize, block: &Block, (first, last): (u32, u32)) -> bool {
    let text = parts.text(at);
    let mark = looks::last_mark(text);
    if looks::is_closed(text) || mark.is_none_or(|c| !c.is_alphanumeric() && c != ',') || first == last || parts.is_under(at, FAQ) && block.kind == BlockKind::Paragraph {
        return false;
    }
    // A link or an address at the end needs no stop; neither does what leads into a list, a table or a figure.
    let doc = parts.article.doc;
    let link = doc.links.partition_point(|l| l.text.end < block.text.end);
    let linked = doc.links.get(link).is_some_and(|l| l.text.start < block.text.end && l.text.end >= block.text.end);
    let next = parts.next(at);
    let leads = next.is_some_and(|(_, n)| matches!(n.kind, BlockKind::ListItem | BlockKind::Cell | BlockKind::Code | BlockKind::Quote | BlockKind::Caption));
    let goes_on = next.is_some_and(|(n, b)| matches!(b.kind, BlockKind::Paragraph | BlockKind::Answer) && parts.text(n).starts_with(char::is_lowercase));
    let colon = text.rfind(':').is_some_and(|c| text[c..].len() < 80);
    !linked && !leads && !goes_on && !colon && !parts.is_filled(at, next.map(|n| n.0))
}

/// Whether the last word cannot end a sentence: an article, a preposition, "and", "is".
fn ends_inside(parts: &Parts, (_, last): (u32, u32)) -> bool {
    let inside = grammar::DETERMINER | grammar::CONJUNCTION | grammar::BE;
    let Some(end) = last.checked_sub(1) else { return false };
    parts.sign(end) == ',' || parts.article.grammar.get(end as usize).is_some_and(|g| g & inside != 0 && g & grammar::ANAPHOR == 0)
}
