//! Marks in the text that cite: `[7]`, `[3,4]`, raised numbers, `(12).`, `(Smith 2020)`, `Smith et al., 2019`.

use super::{add_locator, can_cite, covers, word, year};
use crate::annotate::Article;
use crate::document::BlockKind;
use crate::tags::Known;
use crate::words::token::Shape;

/// Numbers that one mark cites.
#[derive(Clone, Debug, PartialEq)]
pub struct Cited {
    /// First token of the mark.
    pub start: u32,
    /// One past its last token.
    pub end: u32,
    /// Ranges of numbers, both ends included.
    pub numbers: Vec<(u16, u16)>,
}

/// Bytes of the longest mark in brackets: `[3, 5, 7-12, 15]`.
const LONGEST_MARK: usize = 40;
/// Tokens of the longest parenthesis that is read as names and a year.
const LONGEST_NAMES: u32 = 40;
/// Tokens between "Smith et al." and its year, and between a year in parentheses and a journal.
const NEAR_YEAR: u32 = 10;

/// Tags citations and returns those that point at a numbered list.
pub fn find(article: &mut Article) -> Vec<Cited> {
    let mut cited = Vec::new();
    let mut plain = Vec::new();
    let names = Names { article };
    for (block, &(first, last)) in article.blocks.iter().enumerate() {
        let Some(b) = article.doc.blocks.get(block).filter(|b| can_cite(b.kind)) else { continue };
        let heading = matches!(b.kind, BlockKind::Heading | BlockKind::Title | BlockKind::Question);
        for (t, token) in (first..).zip(article.tokens.get(first as usize..last as usize).unwrap_or(&[])) {
            if token.sign == ' ' && !token.shape.contains(Shape::NUMBER) {
                continue;
            }
            if token.sign == '[' && t > first {
                cited.extend(bracketed(article, t, last));
            } else if digit_of(token.sign).is_some() && t > first {
                cited.extend(raised(article, t, last));
            } else if token.sign == '(' {
                if let Some(mark) = numbers_before_stop(article, t, last).filter(|_| t > first) {
                    plain.push((Known::SourceNumber, mark.start, mark.end));
                } else if !heading {
                    names.in_parentheses(t, last, &mut plain);
                }
            } else if token.shape.contains(Shape::NUMBER) && !token.shape.contains(Shape::SPACED) && t >= first + 2 {
                cited.extend(stuck_to_stop(article, t, last));
            }
        }
    }
    names.with_others(&mut plain);
    keep_widest(&mut plain);
    plain.extend(cited.iter().map(|c| (Known::SourceNumber, c.start, c.end)));
    for (tag, start, end) in plain {
        if tag == Known::SourceYear {
            article.add(tag, start, end);
        } else {
            add_locator(article, tag, start, end);
        }
    }
    cited
}

/// Drops a citation that lies in another of its kind: `(2019)` in `Smith et al. (2019)`.
fn keep_widest(found: &mut Vec<(Known, u32, u32)>) {
    found.sort_by_key(|&(tag, start, end)| (tag as u16, start, std::cmp::Reverse(end)));
    let mut last: Option<(Known, u32)> = None;
    found.retain(|&(tag, _, end)| {
        let inside = last.is_some_and(|(t, e)| t == tag && end <= e);
        if !inside {
            last = Some((tag, end));
        }
        !inside
    });
}

/// `[7]`, `[3,4]`, `[3-5]`: the mark that opens at token `t`.
fn bracketed(article: &Article, t: u32, last: u32) -> Option<Cited> {
    let from = article.tokens.get(t as usize)?.end;
    let rest = article.doc.text.get(from as usize..)?;
    let close = rest.bytes().take(LONGEST_MARK).position(|b| b == b']')?;
    let numbers = numbers(rest.get(..close)?)?;
    let end = article.tokens.partition_point(|x| x.start <= from + close as u32) as u32;
    (end <= last).then_some(Cited { start: t, end, numbers })
}

/// Numbers and ranges of one to three digits, separated by commas or semicolons; `None` for anything else.
fn numbers(text: &str) -> Option<Vec<(u16, u16)>> {
    let mut out = Vec::new();
    for part in text.split([',', ';']) {
        let mut ends = part.split(['-', '–', '—']).map(|n| {
            let n = n.trim();
            (!n.is_empty() && n.len() <= 3 && n.bytes().all(|b| b.is_ascii_digit())).then(|| n.parse::<u16>().ok()).flatten()
        });
        let low = ends.next()??;
        let high = ends.next().unwrap_or(Some(low))?;
        if ends.next().is_some() || low == 0 || high < low {
            return None;
        }
        out.push((low, high));
    }
    Some(out)
}

fn is_raised(text: &str) -> bool {
    text.chars().next().is_some_and(|c| digit_of(c).is_some())
}

fn digit_of(c: char) -> Option<u16> {
    Some(match c {
        '⁰' => 0,
        '¹' => 1,
        '²' => 2,
        '³' => 3,
        '⁴'..='⁹' => c as u16 - '⁴' as u16 + 4,
        _ => return None,
    })
}

/// Raised digits behind a word or a stop; `m²` and `10⁹` are units and powers.
fn raised(article: &Article, t: u32, last: u32) -> Option<Cited> {
    let before = article.tokens.get((t as usize).checked_sub(1)?)?;
    let text = word(article, t - 1);
    if before.shape.contains(Shape::NUMBER) || is_raised(text) || text.chars().count() < 3 && !before.shape.contains(Shape::PUNCTUATION) {
        return None;
    }
    let mut numbers = Vec::new();
    let mut number = 0u16;
    let mut end = t;
    while end < last {
        match word(article, end).chars().next().map(|c| (digit_of(c), c)) {
            Some((Some(d), _)) => number = number.saturating_mul(10).saturating_add(d),
            Some((None, ',' | '˒' | '⁻' | '–')) if word(article, end + 1).chars().next().is_some_and(|c| digit_of(c).is_some()) => {
                numbers.push((number, number));
                number = 0;
            }
            _ => break,
        }
        end += 1;
    }
    numbers.push((number, number));
    numbers.retain(|&(n, _)| (1..=999).contains(&n));
    (!numbers.is_empty()).then_some(Cited { start: t, end, numbers })
}

/// `(12)` or `(3, 4)` before a stop or the end of the line.
fn numbers_before_stop(article: &Article, t: u32, last: u32) -> Option<Cited> {
    let from = article.tokens.get(t as usize)?.end;
    let rest = article.doc.text.get(from as usize..)?;
    let close = rest.bytes().take(LONGEST_MARK).position(|b| b == b')')?;
    let numbers = numbers(rest.get(..close)?)?;
    let end = article.tokens.partition_point(|x| x.start <= from + close as u32) as u32;
    let stops = end >= last || matches!(article.sign(end), '.' | ';');
    (end <= last && stops).then_some(Cited { start: t, end, numbers })
}

/// A raised number that lost its markup: `sleep.7 In another trial`.
fn stuck_to_stop(article: &Article, t: u32, last: u32) -> Option<Cited> {
    let stop = article.tokens.get(t as usize - 1)?;
    let before = article.tokens.get(t as usize - 2)?;
    let text = word(article, t - 2);
    let numbers = numbers(word(article, t))?;
    let whole = text.len() >= 4 && text.bytes().all(|b| b.is_ascii_lowercase());
    let next = article.tokens.get(t as usize + 1).filter(|_| t + 1 < last);
    let ends = next.is_none_or(|n| n.shape.contains(Shape::SPACED | Shape::CAPITAL));
    let touching = before.end == stop.start && matches!(article.sign(t - 1), '.' | ',' | ';');
    (whole && ends && touching).then_some(Cited { start: t, end: t + 1, numbers })
}

/// What is needed to read names.
struct Names<'a> {
    article: &'a Article<'a>,
}

impl Names<'_> {
    /// Whether a word stands among names: "et al", "and colleagues", and small words such as "van", "and", "see".
    fn is_joint(&self, t: u32) -> bool {
        let text = word(self.article, t);
        text.len() <= 3 && text.bytes().all(|b| b.is_ascii_lowercase()) || covers(self.article, Known::SourceNameJoint, t)
    }

    fn is_name(&self, t: u32) -> bool {
        let capital = self.article.tokens.get(t as usize).is_some_and(|x| x.shape.contains(Shape::CAPITAL));
        capital && !covers(self.article, Known::MonthName, t)
    }

    fn is_sign(&self, t: u32) -> bool {
        matches!(self.article.sign(t), ',' | '.' | '&' | '/' | '-')
    }

    /// `(Smith 2020)`, `(Lee et al., 2019; Roe & Day, 2021)`, `Smith (2020)`, `(2020)` beside a journal.
    fn in_parentheses(&self, open: u32, last: u32, out: &mut Vec<(Known, u32, u32)>) {
        let limit = last.min(open + LONGEST_NAMES);
        let Some(close) = (open + 1..limit).find(|&t| matches!(self.article.sign(t), ')' | '(')).filter(|&t| self.article.sign(t) == ')')
        else {
            return;
        };
        let before = out.len();
        let mut start = open + 1;
        for t in open + 1..=close {
            if t == close || self.article.sign(t) == ';' {
                if let Some(y) = self.names_and_year(start, t) {
                    out.push((Known::SourceYear, y, y + 1));
                }
                start = t + 1;
            }
        }
        if out.len() > before {
            out.push((Known::SourceAuthorYear, open, close + 1));
            return;
        }
        let alone = close - open <= 3 && year(self.article, open + 1).is_some();
        if alone && (open > 0 && self.is_author(open - 1) || self.has_journal(open)) {
            out.push((Known::SourceYear, open + 1, open + 2));
            out.push((Known::SourceAuthorYear, open, close + 1));
        }
    }

    /// Whether a token can be the last of the authors before `(2020)`.
    fn is_author(&self, t: u32) -> bool {
        let first = self.article.sentence(t).map_or(0, |s| s.start);
        let spaced = self.article.tokens.get(t as usize + 1).is_some_and(|x| x.shape.contains(Shape::SPACED));
        // "A Phase 3 Trial (2020)" is in capitals from end to end; a name follows small words.
        spaced
            && (self.is_joint(t)
                || self.article.sign(t) == '.' && t > 0 && self.is_joint(t - 1)
                || self.is_name(t) && (t == first || t > 0 && !self.is_name(t - 1)))
    }

    fn has_journal(&self, t: u32) -> bool {
        let numbers = self.article.tagged(Known::EvidenceJournal.id());
        let from = t.saturating_sub(NEAR_YEAR);
        let at = numbers.partition_point(|&n| self.article.annotations[n as usize].start < from);
        numbers.get(at).is_some_and(|&n| self.article.annotations[n as usize].start <= t + NEAR_YEAR)
    }

    /// The year of tokens `start..end` when they are names with a year at the end.
    fn names_and_year(&self, mut start: u32, end: u32) -> Option<u32> {
        // "see", "e.g.," before the name.
        while start < end && !self.is_name(start) && (self.is_joint(start) || self.is_sign(start)) {
            start += 1;
        }
        let mut t = start;
        while t < end && year(self.article, t).is_none() {
            if !self.is_name(t) && !self.is_joint(t) && !self.is_sign(t) {
                return None;
            }
            t += 1;
        }
        let letter = |t: u32| word(self.article, t).len() == 1;
        let after = if t + 1 < end && letter(t + 1) && !self.is_sign(t + 1) { t + 2 } else { t + 1 };
        (t > start && t < end && self.is_name(start) && (after >= end || matches!(self.article.sign(after), ',' | ':'))).then_some(t)
    }

    /// "Smith et al. (2019)", "In 2019, Smith and colleagues found": names with others, and a year beside.
    fn with_others(&self, out: &mut Vec<(Known, u32, u32)>) {
        for a in self.article.all(Known::SourceNameJoint.id()) {
            let several = a.end - a.start >= 2;
            if !several || a.start == 0 || !self.is_name(a.start - 1) {
                continue;
            }
            let Some(sentence) = self.article.sentence(a.start) else { continue };
            let after = (a.end..sentence.end.min(a.end + 5)).find(|&t| year(self.article, t).is_some());
            let before = (sentence.start.max(a.start.saturating_sub(NEAR_YEAR))..a.start).find(|&t| year(self.article, t).is_some());
            if let Some(y) = after.or(before) {
                out.push((Known::SourceYear, y, y + 1));
                let closed = self.article.sign(y + 1) == ')';
                out.push((Known::SourceAuthorYear, (a.start - 1).min(y), a.end.max(y + 1 + u32::from(closed))));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_ranges_are_read_and_years_are_not() {
        assert_eq!(numbers("7"), Some(vec![(7, 7)]));
        assert_eq!(numbers("3, 5–7;12"), Some(vec![(3, 3), (5, 7), (12, 12)]));
        assert_eq!(numbers("2019"), None);
        assert_eq!(numbers("7-3"), None);
        assert_eq!(numbers(" "), None);
        assert_eq!(numbers("a"), None);
    }
}
