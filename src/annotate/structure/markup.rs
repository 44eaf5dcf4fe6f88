//! Marks of markup that stand among the words because their partner is missing: `**Note: we`, `[words](http`,
//! `(see table`, a broken tag; and items glued to one line.

use super::glued::SHOWN;
use super::parts::{Found, Parts};
use crate::document::{Block, BlockKind, DefectKind};
use crate::source::Span;
use crate::tags::Known;
use memchr::{memchr, memchr_iter, memchr2, memchr2_iter, memchr3};

/// Brackets that are looked back at.
const DEPTH: usize = 16;

/// Notes marks without partner.
pub fn find(parts: &Parts, found: &mut Found) {
    let mut stars = false;
    for (i, block) in parts.prose() {
        let text = parts.text_without_code(i);
        let text = text.as_ref();
        // A mark behind a word refers to a footnote that begins with it.
        stars |= refers(text, "**");
        let after = parts.next(i).map_or("", |(n, _)| parts.text(n));
        if let Some((from, to)) = unpaired(text, stars, after, block.kind) {
            note(parts, block, from, to, found);
        }
    }
    for defect in &parts.article.doc.defects {
        let at = parts.blocks().partition_point(|b| b.span.end <= defect.span.start);
        let token = parts.tokens(at).0;
        match defect.kind {
            DefectKind::BrokenTag => found.at(Known::StructureUnbalanced, token, defect.span),
            DefectKind::RunOnHeading => {
                let (start, end) = words(parts, defect.span);
                let last = parts.blocks().partition_point(|b| b.span.start < defect.span.end).saturating_sub(1);
                let shown = if parts.is_heading(last) { end } else { end.min(parts.tokens(last).0 + SHOWN) };
                found.words(Known::StructureRunOnHeading, (start, shown));
            }
            DefectKind::UnevenRow => found.words(Known::StructureBrokenTable, words(parts, defect.span)),
            DefectKind::GluedItems | DefectKind::GluedByHyphens => {
                let place = words(parts, defect.span);
                found.words(Known::StructureRunOnList, place);
                if defect.kind == DefectKind::GluedByHyphens {
                    found.words(Known::StructureGluedByHyphens, place);
                }
            }
        }
    }
    for (i, block) in parts.prose().filter(|(_, b)| !matches!(b.kind, BlockKind::Heading | BlockKind::Title)) {
        if let Some(place) = glued(parts, i, block) {
            found.words(Known::StructureRunOnList, place);
        }
    }
}

/// The tokens of the blocks that start inside the source span.
fn words(parts: &Parts, span: Span) -> (u32, u32) {
    let first = parts.blocks().partition_point(|b| b.span.start < span.start);
    let last = parts.blocks().partition_point(|b| b.span.start < span.end);
    if first >= last {
        return (0, 0);
    }
    (parts.tokens(first).0, parts.tokens(last - 1).1)
}

/// Bullets that the reader left among the words of one block: a list that starts with one or follows a
/// lead-in. Between words alone they are a menu.
fn glued(parts: &Parts, at: usize, block: &Block) -> Option<(u32, u32)> {
    let is_bullet = |c: char| matches!(c, '•' | '●' | '➤' | '▪' | '■' | '◦' | '‣' | '✓' | '✔' | '✅' | '➜' | '➔' | '►');
    let text = parts.text(at);
    // Each of them begins with this byte.
    let is_at = |&at: &usize| text.get(at..).and_then(|t| t.chars().next()).is_some_and(is_bullet);
    let first = memchr_iter(0xe2, text.as_bytes()).find(is_at).filter(|_| block.kind != BlockKind::Cell)?;
    let before = text[..first].trim_end();
    let opens = |(i, _): &(usize, &str)| text[*i..].chars().skip(1).find(|c| !c.is_whitespace()).is_some_and(char::is_alphanumeric);
    let count = text.match_indices(is_bullet).filter(opens).count();
    (count >= 3 && (before.is_empty() || before.ends_with([':', '.', '?']))).then(|| parts.tokens(at))
}

fn note(parts: &Parts, block: &Block, from: usize, to: usize, found: &mut Found) {
    let plain = Span { start: block.text.start + from as u32, end: block.text.start + to as u32 };
    let start = parts.article.token_at(plain.start);
    let end = parts.article.tokens.partition_point(|t| t.start < plain.end) as u32;
    if start < end {
        found.words(Known::StructureUnbalanced, (start, end));
    } else {
        found.at(Known::StructureUnbalanced, start, parts.article.doc.span(plain));
    }
}

/// Whether the first byte of a mark occurs at all: far quicker than to look for the mark.
fn has(text: &str, mark: &str) -> bool {
    mark.bytes().next().is_some_and(|b| memchr(b, text.as_bytes()).is_some())
}

/// Whether the mark stands right behind a word and opens nothing.
fn refers(text: &str, mark: &str) -> bool {
    has(text, mark)
        && text.match_indices(mark).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let after = text[at + mark.len()..].chars().next();
            before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '%' | ')')) && after.is_none_or(|c| !c.is_alphanumeric())
        })
}

/// The first mark of a block that has no partner, as bytes. `stars`: whether `**` may open a footnote.
fn unpaired(text: &str, stars: bool, after: &str, kind: BlockKind) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    if memchr3(b'*', b'_', b'[', bytes).is_none() && memchr3(b'(', b'<', b'`', bytes).is_none() {
        return None;
    }
    emphasis(text, "**", stars)
        .or_else(|| emphasis(text, "__", false))
        .or_else(|| {
            Some("](")
                .filter(|m| has(text, m))
                .and_then(|m| text.find(m))
                .map(|at| (text[..at].rfind('[').unwrap_or(at), (at + 2).min(text.len())))
        })
        .or_else(|| Some("```").filter(|m| has(text, m)).and_then(|m| text.find(m)).map(|at| (at, at + 3)))
        .or_else(|| tag(text))
        .or_else(|| if kind == BlockKind::Cell { None } else { brackets(text, after) })
}

/// Emphasis that opens and does not close.
fn emphasis(text: &str, mark: &str, is_footnote: bool) -> Option<(usize, usize)> {
    let glyph = mark.chars().next().filter(|_| has(text, mark))?;
    let mut open: Option<usize> = None;
    for (at, _) in text.match_indices(mark) {
        let before = text[..at].chars().next_back();
        let after = text[at + mark.len()..].chars().next();
        // A longer run is a rule or a blank to fill in.
        if before == Some(glyph) || after == Some(glyph) {
            continue;
        }
        let opens = before.is_none_or(|c| !c.is_alphanumeric()) && after.is_some_and(|c| !c.is_whitespace());
        open = match open {
            Some(_) => None,
            None if opens => Some(at),
            None => None,
        };
    }
    let at = open.filter(|&at| !(is_footnote && at == 0))?;
    let word = text[at + mark.len()..].find(char::is_whitespace).map_or(text.len(), |n| at + mark.len() + n);
    Some((at, word))
}

/// A tag of HTML among the words: `<div class="x">`, `</p>`, `<!--`.
fn tag(text: &str) -> Option<(usize, usize)> {
    text.match_indices('<').find_map(|(at, _)| {
        let rest = &text[at + 1..];
        if rest.starts_with("!--") {
            return Some((at, at + 4));
        }
        let name = rest.strip_prefix('/').unwrap_or(rest);
        let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
        // Names of elements are short and in one case; `<https://…>` and `p <b` are no tags.
        let is_name = (1..=10).contains(&length) && name.bytes().next().is_some_and(|b| b.is_ascii_alphabetic());
        let close = rest.bytes().take(200).position(|b| b == b'>')?;
        let ends = matches!(name.as_bytes().get(length), Some(b'>' | b' ' | b'/'));
        (is_name && ends && !rest[..close].contains('<')).then_some((at, at + close + 2))
    })
}

/// A bracket that opens and does not close, here or in the next block.
fn brackets(text: &str, after: &str) -> Option<(usize, usize)> {
    let mut open: [usize; DEPTH] = [0; DEPTH];
    let mut depth = 0;
    let mut before = b' ';
    let first = memchr2(b'(', b'[', text.as_bytes())?;
    for (at, b) in text.bytes().enumerate().skip(first.saturating_sub(1)) {
        match b {
            // `:(` is a face.
            b'(' | b'[' if !matches!(before, b':' | b';' | b'\\') => {
                if let Some(slot) = open.get_mut(depth) {
                    *slot = at;
                }
                depth += 1;
            }
            // Half-open intervals close with the other kind; `a)` closes nothing.
            b')' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        before = b;
    }
    if depth == 0 || depth > DEPTH || closes(after) {
        return None;
    }
    let at = *open.get(depth - 1)?;
    let word = text[at..].find(char::is_whitespace).map_or(text.len(), |n| at + n);
    Some((at, word))
}

/// Whether a text closes a bracket that it did not open.
fn closes(text: &str) -> bool {
    let mut opening = memchr2_iter(b'(', b'[', text.as_bytes()).peekable();
    let mut depth = 0;
    memchr2_iter(b')', b']', text.as_bytes()).any(|at| {
        while opening.next_if(|&open| open < at).is_some() {
            depth += 1;
        }
        depth -= 1;
        depth < 0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Option<&str> {
        unpaired(text, false, "", BlockKind::Paragraph).map(|(from, to)| &text[from..to])
    }

    #[test]
    fn marks_without_partner_are_found() {
        let cases = [
            ("**Note: we earn", "**Note:"),
            ("see [our policy](http", "[our policy]("),
            ("iron (see the table", "(see"),
            ("zinc</span> daily", "</span>"),
            ("__Note we", "__Note"),
        ];
        for (text, mark) in cases {
            assert_eq!(first(text), Some(mark), "{text}");
        }
    }

    #[test]
    fn pairs_ratings_ranges_and_faces_are_no_slips() {
        for text in [
            "**Note:** x",
            "a) one b) two",
            "[0, 5)",
            "sad :(",
            "p <0.05 (n = 9)",
            "2 ** 3",
            "see <https://a.org>",
            "fill in ____ here",
            "p < b and c > d",
        ] {
            assert_eq!(first(text), None, "{text}");
        }
        assert_eq!(unpaired("**Results vary", true, "", BlockKind::Paragraph), None);
        assert_eq!(unpaired("iron (see", false, "below) and", BlockKind::Paragraph), None);
    }
}
