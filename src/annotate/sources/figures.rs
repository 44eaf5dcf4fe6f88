//! Figures in the text: numbers, percentages, doses, sizes of samples, dates.

use super::{covers, end_of, word, year};
use crate::annotate::{Article, dates, grammar};
use crate::tags::Known;
use crate::words::token::Shape;

/// Words between a number and the people it counts: "60 healthy older adults".
const SAMPLE_WORDS: u32 = 2;

/// What stands between a number and people that it does not count.
const STOPS: [Known; 3] = [Known::UnitTime, Known::WordDoseUnit, Known::WordPercentUnit];

/// Tags every figure.
pub fn find(article: &mut Article) {
    let mut found = Vec::new();
    for &(first, last) in &article.blocks {
        let mut t = first;
        while t < last {
            // Dates begin with a number or a month, figures with a number.
            if article.tokens.get(t as usize).is_some_and(|x| x.shape.0 & (Shape::NUMBER.0 | Shape::CAPITAL.0) == 0) {
                t += 1;
                continue;
            }
            let number_here = is_number(article, t);
            if let Some((_, end)) = dates::at(article, t, last) {
                found.push((Known::NumberDate, t, end));
                if number_here {
                    found.push((Known::NumberAny, t, t + 1));
                }
                t = end;
                continue;
            }
            if !number_here {
                t += 1;
                continue;
            }
            found.push((Known::NumberAny, t, t + 1));
            let is = |list: Known, t: u32| t < last && covers(article, list, t);
            if is(Known::WordPercentUnit, t) || is(Known::WordPercentUnit, t + 1) || t + 1 < last && article.sign(t + 1) == '%' {
                found.push((Known::NumberPercent, t, t + 1));
            } else if let Some(end) = end_of(article, Known::WordDoseUnit, t + 1).filter(|_| t + 1 < last) {
                found.push((Known::NumberDose, range_start(article, t, first), end));
            } else if year(article, t).is_none() && !(t > first && is(Known::WordLetterNoun, t - 1) && !is_joined(article, t - 1)) {
                let stops = |x: u32| is_number(article, x) || is_sign(article, x) || STOPS.iter().any(|&list| is(list, x));
                // "1 in 4 adults" is a share, "at 65 people" an age only when it says so.
                let share = t >= first + 2 && is_number_at(article, t - 2);
                if let Some(end) = sample_end(article, t, last, &stops).filter(|_| !share) {
                    found.push((Known::NumberSample, t, end));
                } else if let Some(start) = n_equals(article, t, first) {
                    found.push((Known::NumberSample, start, t + 1));
                }
            }
            t += 1;
        }
    }
    for (tag, start, end) in found {
        article.add(tag, start, end);
    }
}

fn is_number(article: &Article, t: u32) -> bool {
    article.tokens.get(t as usize).is_some_and(|x| x.shape.contains(Shape::NUMBER))
}

fn is_number_at(article: &Article, t: u32) -> bool {
    is_number(article, t) && year(article, t).is_none() && !is_sign(article, t + 1)
}

/// Whether a word is "and" or "or", which complete a single letter but no number.
fn is_joined(article: &Article, t: u32) -> bool {
    article.grammar.get(t as usize).is_some_and(|g| g & grammar::CONJUNCTION != 0)
}

fn is_sign(article: &Article, t: u32) -> bool {
    article.tokens.get(t as usize).is_none_or(|x| x.shape.contains(Shape::PUNCTUATION))
}

/// The start of a range that ends with the number at `t`: "200–400 mg", "200 to 400 mg".
fn range_start(article: &Article, t: u32, first: u32) -> u32 {
    if t > first && is_number(article, t - 1) {
        return t - 1;
    }
    let joins =
        |x: u32| matches!(article.sign(x), '–' | '—' | '-') || article.grammar.get(x as usize).is_some_and(|g| g & grammar::MODAL != 0);
    if t >= first + 2 && is_number(article, t - 2) && joins(t - 1) { t - 2 } else { t }
}

/// Where "60 healthy adults" ends when it starts at `t`.
fn sample_end(article: &Article, t: u32, last: u32, stops: &dyn Fn(u32) -> bool) -> Option<u32> {
    if word(article, t).contains('.') {
        return None;
    }
    for x in t + 1..last.min(t + 2 + SAMPLE_WORDS) {
        if stops(x) {
            return None;
        }
        if let Some(end) = end_of(article, Known::SubjectPerson, x) {
            return Some(end);
        }
    }
    None
}

/// The start of "n = 60" when the number stands at `t`.
fn n_equals(article: &Article, t: u32, first: u32) -> Option<u32> {
    let fits = t >= first + 2 && article.sign(t - 1) == '=' && word(article, t - 2).eq_ignore_ascii_case("n");
    fits.then(|| t - 2)
}
