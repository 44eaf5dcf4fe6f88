//! Blocks that lost their line breaks: a heading that runs on into the text, headings and items in the
//! middle of a line.

use super::parts::{Found, Parts};
use crate::document::BlockKind;
use crate::tags::Known;
use memchr::memchr2;

/// Words that are shown of what runs on.
pub const SHOWN: u32 = 10;
/// Items that make a list.
const ITEMS: usize = 2;
/// Bytes between two items of one list.
const ITEM: usize = 400;

/// Notes headings and lists that run on: one place a block where headings do, else one a list.
pub fn find(parts: &Parts, found: &mut Found) {
    for (i, block) in parts.prose() {
        let text = parts.text(i);
        let is_run_on = parts.is_run_on(i);
        if block.kind == BlockKind::Cell || !is_run_on && memchr2(b'#', b'*', text.as_bytes()).is_none() {
            continue;
        }
        let heading = marks(text).find(|m| m.1 == '#').map(|m| m.0);
        if let Some(from) = if is_run_on { Some(0) } else { heading } {
            let last = marks(text).last().map_or(from, |m| m.0);
            let (start, end) = tokens(parts, block.text.start, from, last);
            // The last sentence may be cut off, which is another slip.
            let limit = parts.sentences(i).last().map_or(end, |s| parts.sentence(s).0);
            found.words(Known::StructureRunOnHeading, (start, if limit > start { end.min(limit) } else { end }));
            let (rest, _) = tokens(parts, block.text.start, last, last);
            if limit > start && rest >= limit && marks(text).last().is_some_and(|m| m.1 == '*') {
                found.words(Known::StructureRunOnList, (rest, tokens(parts, block.text.start, last, last).1));
            }
            continue;
        }
        // A list is what stands between the first and the last of marks that are near each other.
        let mut list: Option<(usize, usize, usize)> = None;
        for (at, _) in marks(text) {
            list = match list {
                Some((from, last, count)) if at - last < ITEM => Some((from, at, count + 1)),
                other => {
                    items(parts, block.text.start, other, found);
                    Some((at, at, 1))
                }
            };
        }
        items(parts, block.text.start, list, found);
    }
}

fn items(parts: &Parts, base: u32, list: Option<(usize, usize, usize)>, found: &mut Found) {
    if let Some((from, last, _)) = list.filter(|l| l.2 >= ITEMS) {
        found.words(Known::StructureRunOnList, tokens(parts, base, from, last));
    }
}

/// The tokens from the mark at `from` to some words behind the mark at `last`.
fn tokens(parts: &Parts, base: u32, from: usize, last: usize) -> (u32, u32) {
    let start = parts.article.token_at(base + from as u32);
    let end = parts.article.token_at(base + last as u32) + SHOWN;
    let limit = parts.article.sentence(start).and_then(|s| parts.article.blocks.get(s.block as usize)).map_or(end, |b| b.1);
    (start, end.min(limit))
}

/// Marks of headings (`##`) and of items (`*`) in the middle of a line, with the words on both sides set off.
fn marks(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    text.match_indices(['#', '*']).filter_map(move |(at, mark)| {
        let before = &text[..at];
        if !before.ends_with(' ') {
            return None;
        }
        let rest = &text[at..];
        let glyph = if mark == "#" { '#' } else { '*' };
        let run = rest.bytes().take_while(|&b| b == glyph as u8).count();
        let after = rest[run..].strip_prefix(' ')?;
        // `5 * 3` is a product, `# 1` a rank.
        let word = after.trim_start_matches(['*', '_']).starts_with(char::is_alphabetic);
        let product = before.trim_end().ends_with(|c: char| c.is_ascii_digit() || c == '=');
        (word && !product && (glyph == '*' && run == 1 || glyph == '#' && (2..=6).contains(&run))).then_some((at, glyph))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_in_the_middle_of_a_line_are_told_from_products_and_emphasis() {
        assert_eq!(marks("Iron ## Dosage One a day. * Tea * Milk").count(), 3);
        for none in ["5 * 3 * 2", "it is *very* good", "ranked # 1 here", "C## is a note", "# Title", "* item"] {
            assert!(marks(none).next().is_none(), "{none}");
        }
    }
}
