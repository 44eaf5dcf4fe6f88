//! Headings: without text, without an answer, a level too deep, only inferred, or none at all.

use super::parts::{CONTENTS, Found, Parts, REFERENCES, opens_section};
use crate::document::{Block, BlockKind};
use crate::read::plain::looks;
use crate::tags::Known;

/// Headings inferred with less than this are not sure, in percent.
const SURE: u8 = 75;
/// Articles with fewer words are fragments and need no title.
const ARTICLE: usize = 40;

/// Notes what is wrong with headings and questions.
pub fn find(parts: &Parts, found: &mut Found) {
    let doc = parts.article.doc;
    let mut depth = doc.field("title").map(|_| 1);
    let mut titled = false;
    for (i, block) in parts.prose() {
        if block.kind == BlockKind::Title {
            depth = Some(1);
            titled = true;
        } else if opens_section(block) {
            if (1..SURE).contains(&block.inferred) {
                found.words(Known::StructureInferredHeading, parts.tokens(i));
            }
            if is_empty(parts, i, block) {
                let tag = if looks::asks(parts.text(i)) { Known::StructureUnanswered } else { Known::StructureEmptyHeading };
                found.words(tag, parts.tokens(i));
            }
            if block.inferred == 0 {
                let again = titled && block.level == 1;
                if again || depth.is_some_and(|d| block.level > d + 1) {
                    found.words(Known::StructureLevelSkip, parts.tokens(i));
                }
                // A second heading of the highest level is one slip, however often it comes.
                titled &= !again;
                depth = Some(block.level);
            }
        } else if block.kind == BlockKind::Question && is_unanswered(parts, i) {
            found.words(Known::StructureUnanswered, parts.tokens(i));
        }
    }
    missing_title(parts, found);
    evaded(parts, found);
}

/// Whether nothing stands between a heading and the next one of its own or a higher level.
fn is_empty(parts: &Parts, at: usize, block: &Block) -> bool {
    // Lists of references and of contents are often made by machines.
    if parts.is_line(at, REFERENCES | CONTENTS) || parts.is_run_on(at) {
        return false;
    }
    match parts.next(at) {
        None => !parts.is_filled(at, None),
        Some((n, next)) => {
            let closes = opens_section(next) && next.level <= block.level;
            // The same heading twice is a doubled line.
            closes && !parts.is_filled(at, Some(n)) && parts.folded(parts.tokens(at)) != parts.folded(parts.tokens(n))
        }
    }
}

/// Whether a question of an FAQ is followed by the next one, a heading or the end.
fn is_unanswered(parts: &Parts, at: usize) -> bool {
    match parts.next(at) {
        None => !parts.is_filled(at, None),
        Some((n, next)) => matches!(next.kind, BlockKind::Question | BlockKind::Heading) && !parts.is_filled(at, Some(n)),
    }
}

fn missing_title(parts: &Parts, found: &mut Found) {
    let doc = parts.article.doc;
    if doc.field("title").is_some() || doc.blocks.iter().any(|b| b.kind == BlockKind::Title) {
        return;
    }
    let first = parts.prose().map(|(i, _)| parts.sentences(i)).find(|s| !s.is_empty());
    if let Some(first) = first.filter(|_| parts.article.word_count() >= ARTICLE) {
        found.words(Known::StructureNoTitle, parts.sentence(first.start));
    }
}

/// A title or heading asks and the text says that there is no simple answer.
fn evaded(parts: &Parts, found: &mut Found) {
    let asks = |b: &&Block| (b.kind == BlockKind::Title || opens_section(b)) && looks::asks(parts.article.doc.block_text(b));
    if !parts.blocks().iter().any(|b| asks(&b)) {
        return;
    }
    for a in parts.article.all(Known::StructureNoAnswer.id()) {
        if matches!(parts.article.kind(a.start), BlockKind::Paragraph | BlockKind::Answer | BlockKind::ListItem) {
            found.words(Known::StructureUnanswered, (a.start, a.end));
        }
    }
}
