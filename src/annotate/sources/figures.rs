//! Figures in the text: numbers, percentages, doses, sizes of samples, dates.

use super::{covered, word, year};
use crate::annotate::{Article, dates, grammar};
use crate::tags::Known;
use crate::words::token::Shape;

/// Words between a number and the people it counts: "60 healthy older adults".
const SAMPLE_WORDS: u32 = 2;

/// Tags every figure.
pub fn find(article: &mut Article) {
    let doses = starts(article, Known::WordDoseUnit);
    let people = starts(article, Known::SubjectPerson);
    let percent = covered(article, Known::WordPercentUnit);
    let times = covered(article, Known::UnitTime);
    let units = covered(article, Known::WordDoseUnit);
    let letters = covered(article, Known::WordLetterNoun);
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
            let flag = |of: &[bool], t: u32| t < last && of.get(t as usize).copied().unwrap_or(false);
            if flag(&percent, t) || flag(&percent, t + 1) || t + 1 < last && article.sign(t + 1) == '%' {
                found.push((Known::NumberPercent, t, t + 1));
            } else if let Some(end) = doses.get(t as usize + 1).copied().filter(|&e| t + 1 < last && e > 0) {
                found.push((Known::NumberDose, range_start(article, t, first), end));
            } else if year(article, t).is_none() && !(t > first && flag(&letters, t - 1) && !is_joined(article, t - 1)) {
                let stops =
                    |x: u32| flag(&times, x) || flag(&units, x) || flag(&percent, x) || is_number(article, x) || is_sign(article, x);
                // "1 in 4 adults" is a share, "at 65 people" an age only when it says so.
                let share = t >= first + 2 && is_number_at(article, t - 2);
                if let Some(end) = sample_end(article, t, last, &people, &stops).filter(|_| !share) {
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

/// For each token, where the longest term of a list that starts there ends; 0 where none does. Nothing at all where the
/// list finds nothing.
fn starts(article: &Article, tag: Known) -> Vec<u32> {
    if !article.has(tag.id()) {
        return Vec::new();
    }
    let mut ends = vec![0u32; article.tokens.len()];
    for a in article.all(tag.id()) {
        if let Some(end) = ends.get_mut(a.start as usize) {
            *end = a.end.max(*end);
        }
    }
    ends
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
fn sample_end(article: &Article, t: u32, last: u32, people: &[u32], stops: &dyn Fn(u32) -> bool) -> Option<u32> {
    if word(article, t).contains('.') {
        return None;
    }
    for x in t + 1..last.min(t + 2 + SAMPLE_WORDS) {
        if stops(x) {
            return None;
        }
        if let Some(&end) = people.get(x as usize).filter(|e| **e > 0) {
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
