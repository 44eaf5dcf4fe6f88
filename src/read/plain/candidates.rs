//! Short lines that may be a title or a heading, judged by their own shape; their neighbours are judged in
//! `roles`.

use super::lines::Mark;
use super::looks;
use super::units::{Kind, Unit};
use rustc_hash::FxHashMap;

/// What a short line offers as a heading.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// Most of its longer words are capitalised.
    pub capitalised: bool,
    /// It ends with a question mark.
    pub asks: bool,
    /// It is a question without a label.
    pub plainly: bool,
    /// Fit for a title only: too long for a heading.
    pub long: bool,
    /// Number of words.
    pub words: usize,
}

/// What each unit offers as a heading, if anything.
pub fn candidates(source: &str, units: &[Unit]) -> Vec<Option<Candidate>> {
    let mut candidates: Vec<Option<Candidate>> = units.iter().map(|u| candidate(source, u)).collect();
    for (at, line) in candidates.iter_mut().enumerate().filter(|(at, _)| is_do(units[*at].text(source))) {
        *line = line.filter(|_| units.get(at + 1).is_some_and(|u| matches!(u.kind, Kind::Item(_))));
    }
    drop_furniture(source, units, &mut candidates);
    number_headings(source, units, &mut candidates);
    candidates
}

fn candidate(source: &str, unit: &Unit) -> Option<Candidate> {
    let text = unit.text(source);
    if !matches!(unit.kind, Kind::Text) || text.len() > 400 {
        return None;
    }
    let first = looks::first_mark(text).filter(|c| c.is_alphanumeric() && !c.is_lowercase())?;
    let asks = looks::asks(text);
    let words = looks::words(text).count();
    let share = looks::capitalised(text);
    let capitalised = share >= 60;
    // `Let There Be Cake!` is a heading; a sentence has more words in lower case.
    // `Your GP may:` leads in; a heading with a colon has its last word capitalised as well.
    let last = looks::words(text).last().and_then(looks::first_mark);
    let open = looks::leads_in(text) && last.is_some_and(|c| !c.is_lowercase())
        || text.ends_with("..")
        || share >= 75 && words > 1 && text.ends_with('!');
    if looks::is_closed(text) && !asks && !(open && capitalised && words <= 10 && text.len() > 5) {
        return None;
    }
    let quoted = !text.starts_with(first) && text.starts_with(['"', '“', '«', '„']);
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let digits = text.chars().filter(|c| c.is_numeric()).count();
    let odd = letters <= digits
        || letters < 3 && !is_do(text)
        || text.contains(['\t', '=', '{', '}'])
        || matches!(looks::last_mark(text), Some(',' | ';' | '|'))
        || ["://", "www.", "@"].iter().any(|m| text.contains(m))
        || text.matches('|').count() > 1
        // A name of which an exclamation mark is a part: `As Seen On Yahoo! Health`.
        || looks::has_inner_sentence(text) && !(share >= 75 && text.contains('!') && words <= 8 && !looks::is_closed(text))
        || looks::begins_with_measure(text)
        || !asks && looks::ends_sentence(text) && !looks::is_closed(text)
        || looks::is_date(text)
        || looks::ends_with_degree(text)
        || looks::is_username(text)
        || quoted && !capitalised && !asks;
    let plainly = looks::asks_plainly(text);
    // A question in running text has a sentence or another question before it.
    let running =
        asks && !capitalised && words > 12 && (!plainly || text.contains(": ") || text.trim_end_matches(['?', ' ']).contains('?'));
    let (chars, most) = (text.chars().count(), if asks { 30 } else { 28 });
    if odd || running || words > most || chars > 200 {
        return None;
    }
    let long =
        looks::is_label_of_values(text) || !asks && !if capitalised { chars <= 120 && words <= 17 } else { chars <= 90 && words <= 12 };
    Some(Candidate { capitalised, asks, plainly, long, words })
}

/// Whether a line is one word of two letters, as `Do` over a list of advice is.
fn is_do(text: &str) -> bool {
    let mut chars = text.chars();
    matches!((chars.next(), chars.next(), chars.next()), (Some(a), Some(b), None) if a.is_uppercase() && b.is_lowercase())
}

/// A short line that comes three times and does not ask is furniture of the page, not a heading.
fn drop_furniture(source: &str, units: &[Unit], candidates: &mut [Option<Candidate>]) {
    let mut counts: FxHashMap<&str, u32> = FxHashMap::default();
    let text = |i: usize| units[i].text(source);
    // Above the text a title may well be printed three times.
    let is_text = |i: usize| candidates[i].is_none() && units[i].kind != Kind::Glyph && text(i).len() >= 80;
    let body = (0..units.len()).find(|&i| is_text(i)).unwrap_or(0);
    let lines = |c: &Option<Candidate>| c.is_some_and(|c| !c.asks);
    for (i, _) in candidates.iter().enumerate().skip(body).filter(|(_, c)| lines(c)) {
        *counts.entry(text(i)).or_default() += 1;
    }
    for (i, line) in candidates.iter_mut().enumerate().skip(body).filter(|(_, c)| lines(c)) {
        if counts.get(text(i)).is_some_and(|&n| n > 2) {
            *line = None;
        }
    }
}

/// Numbered lines with text between them are headings, not items: `1. Eases Pain` over a paragraph.
fn number_headings(source: &str, units: &[Unit], candidates: &mut [Option<Candidate>]) {
    let number = |i: usize| match units.get(i).map(|u| u.kind) {
        Some(Kind::Item(Mark::Number(n, _))) => Some(n),
        _ => None,
    };
    let is_item = |i: usize| matches!(units.get(i).map(|u| u.kind), Some(Kind::Item(_)));
    let alone = |i: usize| i == 0 || !is_item(i - 1);
    let mut before: Option<(usize, u32)> = None;
    for i in 0..units.len() {
        let Some(n) = number(i) else { continue };
        let as_text = Unit { kind: Kind::Text, ..units[i] };
        let next_is_text =
            matches!(units.get(i + 1), Some(u) if u.kind == Kind::Text && looks::is_closed(u.text(source)) && u.first > units[i].last);
        let this = candidate(source, &as_text).filter(|c| !c.long && next_is_text && alone(i));
        let Some(this) = this else {
            before = None;
            continue;
        };
        if let Some((earlier, m)) = before
            && m + 1 == n
        {
            candidates[i] = Some(this);
            if candidates[earlier].is_none() {
                candidates[earlier] = candidate(source, &Unit { kind: Kind::Text, ..units[earlier] });
            }
        }
        before = Some((i, n));
    }
}
