//! Tells text that was broken to a width from text that has one paragraph a line.
//!
//! A line broken by a program is full: the first word of the next line would not have fitted. Where most
//! neighbouring lines are full and do not end a sentence, the whole text was broken so.

use super::lines::{Line, Mark};
use super::looks;

/// Lines longer than this were not broken by hand or by a mailer.
const WIDEST: usize = 110;
/// Narrower columns are lists and menus.
const NARROWEST: usize = 40;

/// The width in characters to which the text was broken; `None` where it was not.
pub fn width(source: &str, lines: &[Line]) -> Option<usize> {
    let mut counts = [0usize; WIDEST + 1];
    let (mut all, mut long) = (0, 0);
    for line in lines.iter().filter(|l| is_prose(l)) {
        all += line.width;
        match counts.get_mut(line.width) {
            Some(count) => *count += 1,
            None => long += line.width,
        }
    }
    if long * 3 > all {
        return None;
    }
    // The longest lines may hold a word that could not be broken.
    let kept: usize = counts.iter().sum();
    let mut over = kept / 20;
    let width = (0..=WIDEST).rev().find(|&w| {
        let stop = counts[w] > over;
        over = over.saturating_sub(counts[w]);
        stop
    })?;
    if width < NARROWEST {
        return None;
    }
    let (mut pairs, mut full, mut open) = (0, 0, 0);
    for pair in lines.windows(2).filter(|p| is_prose(&p[0]) && is_prose(&p[1]) && !p[1].after_blank) {
        pairs += 1;
        if is_full(source, &pair[0], &pair[1], width, 0) {
            full += 1;
            open += usize::from(!looks::is_closed(&source[pair[0].start..pair[0].end]));
        }
    }
    (open >= 2 && full * 2 >= pairs && open * 2 >= full).then_some(width)
}

fn is_prose(line: &Line) -> bool {
    line.mark == Mark::None
}

/// Whether the first word of `next` would not have fitted behind `line`, give or take `slack` characters.
fn is_full(source: &str, line: &Line, next: &Line, width: usize, slack: usize) -> bool {
    let word = looks::words(&source[next.start..next.end]).next().map_or(0, |w| w.chars().count());
    line.indent + line.width + 1 + word + slack > width && line.width <= WIDEST + 20
}

/// Whether `next` goes on with a sentence of `line` in a text with one paragraph a line: a longer line
/// without a stop before one in lower case.
pub fn is_broken(source: &str, line: &Line, next: &Line) -> bool {
    !next.after_blank
        && next.mark == Mark::None
        && line.width >= NARROWEST
        && !looks::is_closed(&source[line.start..line.end])
        && looks::first_mark(&source[next.start..next.end]).is_some_and(char::is_lowercase)
}

/// Whether `next` goes on with the paragraph of `line` in a text broken to `width`.
pub fn goes_on(source: &str, line: &Line, next: &Line, width: usize) -> bool {
    if next.after_blank || next.mark != Mark::None {
        return false;
    }
    let text = &source[line.start..line.end];
    if looks::is_closed(text) {
        // An indented line after a full stop opens a paragraph.
        return next.indent < line.indent + 2 && is_full(source, line, next, width, 0);
    }
    let lower = looks::first_mark(&source[next.start..next.end]).is_some_and(char::is_lowercase);
    is_full(source, line, next, width, 8) || lower && line.width * 2 > width
}
