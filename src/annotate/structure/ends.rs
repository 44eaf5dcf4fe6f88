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
        let is_text = matches!(block.kind, BlockKind::Paragraph | BlockKind::Answer) || parts.is_run_on(i);
        if !is_text || parts.is_under(i, REFERENCES) {
            continue;
        }
        let tokens = parts.tokens(i);
        let Some(sentence) = parts.sentences(i).last().map(|s| parts.sentence(s)) else { continue };
        // Dots in the middle of an article are a manner of writing.
        let in_words = |(from, to): (u32, u32)| (from..to).any(|t| !is_sign(parts.article, t));
        if let Some(cut) = cut_mark(parts, sentence).filter(|&c| Some(i) == last || in_words(c) && parts.word_count(i) >= PROSE) {
            found.words(Known::StructureTruncated, cut);
            continue;
        }
        if !is_open(parts, i, block, tokens) {
            continue;
        }
        let (from, to) = sentence;
        // The name of a source under the text, in capitals.
        if looks::capitalised(parts.article.words(from, to)) >= 80 {
            continue;
        }
        let mid = ends_inside(parts, sentence);
        let words = words(parts, sentence);
        let several = parts.sentences(i).len() > 1;
        // At the very end of several sentences a missing stop is more than a slip.
        let end = Some(i) == last && parts.sentences(i).len() > 2 && parts.text(i).ends_with(char::is_lowercase);
        let is_prose = parts.word_count(i) >= PROSE && words >= 5 && (several || words >= PROSE);
        if (mid || end) && words >= 3 || is_prose {
            found.words(Known::StructureTruncated, sentence);
            if !mid && !end {
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
    let mark = parts.article.starting(lists, first, last).last()?;
    (mark.end >= last || (mark.end..last).all(|t| is_sign(parts.article, t))).then_some((mark.start, mark.end))
}

/// Whether a paragraph ends without a stop and nothing that follows explains it.
fn is_open(parts: &Parts, at: usize, block: &Block, (first, last): (u32, u32)) -> bool {
    let text = parts.text(at);
    // Nearly every paragraph ends with a stop.
    if looks::is_closed(text) || first == last || parts.is_under(at, FAQ) && block.kind == BlockKind::Paragraph {
        return false;
    }
    let mark = looks::last_mark(text);
    // The mark of a footnote stands behind the stop.
    let bare = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',' || c == ' ');
    let noted = bare.len() < text.len() && looks::is_closed(bare);
    let end = parts.sentences(at).last().map(|s| parts.sentence(s)).map_or("", |(from, to)| parts.article.words(from, to));
    let listed = end.contains(['|', '='])
        || end.ends_with(')')
        || end.matches(',').count() * 4 > looks::words(end).count()
        || end.matches(['–', '•']).count() + end.matches(" - ").count() > 2;
    if noted || listed || mark.is_none_or(|c| !c.is_alphanumeric() && c != ',') {
        return false;
    }
    // A link or an address at the end needs no stop; neither does what leads into a list, a table or a figure.
    let doc = parts.article.doc;
    let link = doc.links.partition_point(|l| l.text.end < block.text.end);
    let linked = doc.links.get(link).is_some_and(|l| l.text.start < block.text.end && l.text.end >= block.text.end);
    let next = parts.next(at);
    let leads = next.is_some_and(|(_, n)| {
        matches!(n.kind, BlockKind::ListItem | BlockKind::Cell | BlockKind::Code | BlockKind::Quote | BlockKind::Caption)
    });
    let goes_on = next
        .is_some_and(|(n, b)| matches!(b.kind, BlockKind::Paragraph | BlockKind::Answer) && parts.text(n).starts_with(char::is_lowercase));
    let colon =
        text.rfind(':').is_some_and(|c| text[c..].len() < 80) || parts.sentences(at).len() == 1 && text.find(':').is_some_and(|c| c < 30);
    !linked && !leads && !goes_on && !colon && !parts.is_filled(at, next.map(|n| n.0))
}

/// Whether the last word hardly ends a sentence: an article, a preposition, "and", "is", "where".
fn ends_inside(parts: &Parts, (_, last): (u32, u32)) -> bool {
    let inside = grammar::DETERMINER | grammar::CONJUNCTION | grammar::BE | grammar::PREPOSITION | grammar::MODAL;
    let Some(end) = last.checked_sub(1) else { return false };
    parts.sign(end) == ','
        || parts.holds(Known::WordRelative, (end, last))
        || parts.article.grammar.get(end as usize).is_some_and(|g| g & inside != 0 && g & grammar::ANAPHOR == 0)
}
