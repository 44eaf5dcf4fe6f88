//! Dates as people write them, in text and in fields, as days since 1970-01-01.

use super::Article;
use crate::date::days;
use crate::words::token::Shape;

/// A day, month or year. Where only part is given, the last day that it can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// The year.
    pub year: i64,
    /// 1 to 12; `None` where only the year is given.
    pub month: Option<i64>,
    /// 1 to 31; `None` where it is not given.
    pub day: Option<i64>,
}

impl Date {
    /// Days since 1970-01-01 of the last day that is meant; the 28th stands for the end of a month.
    pub fn days(self) -> Option<i64> {
        let (month, day) = (self.month.unwrap_or(12), self.day.unwrap_or(28));
        days(&format!("{:04}-{month:02}-{day:02}", self.year))
    }
}

/// The months in the order of the calendar.
const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// 1 to 12 for a month, written out or cut after three letters or more.
fn month(word: &str) -> Option<i64> {
    let first = word.bytes().next().filter(|_| (3..=9).contains(&word.len()))?.to_ascii_lowercase();
    let begins = |name: &str| name.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let is = |name: &&str| name.as_bytes().first() == Some(&first) && begins(name);
    MONTHS.iter().position(is).map(|at| at as i64 + 1)
}

/// The date that starts at token `t` and where it ends. A year alone is no date.
pub fn at(article: &Article, t: u32, last: u32) -> Option<(Date, u32)> {
    let token = article.tokens.get(t as usize).filter(|_| t < last)?;
    if token.shape.contains(Shape::NUMBER) {
        return numeric(article, t, last).or_else(|| day_first(article, t, last));
    }
    // No month has fewer letters than three or more than nine, or begins with another letter than these.
    let begins = || article.doc.text.as_bytes().get(token.start as usize).is_some_and(|b| b"JFMASOND".contains(b));
    if !token.shape.contains(Shape::CAPITAL) || !(3..=9).contains(&(token.end - token.start)) || !begins() {
        return None;
    }
    let named = month(text(article, t, last))?;
    let mut next = t + 1;
    if text(article, next, last) == "." {
        next += 1;
    }
    let day = number(article, next, last).filter(|d| (1..=31).contains(d));
    let mut after = if day.is_some() { next + 1 } else { next };
    if day.is_some() {
        after = skip_ordinal(article, after, last);
    }
    let comma = text(article, after, last) == ",";
    let year = year(article, if comma { after + 1 } else { after }, last);
    match (day, year) {
        (Some(day), Some(year)) => Some((Date { year, month: Some(named), day: Some(day) }, after + 1 + u32::from(comma))),
        (None, Some(year)) => Some((Date { year, month: Some(named), day: None }, after + 1 + u32::from(comma))),
        _ => None,
    }
}

/// `3 May 2026`, `3rd of May, 2026`.
fn day_first(article: &Article, t: u32, last: u32) -> Option<(Date, u32)> {
    let day = number(article, t, last).filter(|d| (1..=31).contains(d))?;
    let mut next = skip_ordinal(article, t + 1, last);
    if text(article, next, last).len() == 2 && month(text(article, next, last)).is_none() {
        next += 1;
    }
    let month = month(text(article, next, last))?;
    next += 1;
    while matches!(text(article, next, last), "." | ",") {
        next += 1;
    }
    let year = year(article, next, last)?;
    Some((Date { year, month: Some(month), day: Some(day) }, next + 1))
}

/// `2026-05-03`, `03/05/2026`, `3.5.2026`: numbers without space between. Of two readings the one that fits.
fn numeric(article: &Article, t: u32, last: u32) -> Option<(Date, u32)> {
    let from = article.tokens.get(t as usize)?.start as usize;
    let mut end = t + 1;
    while end < last && end < t + 5 && article.tokens.get(end as usize).is_some_and(|x| !x.shape.contains(Shape::SPACED)) {
        end += 1;
    }
    let to = article.tokens.get(end as usize - 1)?.end as usize;
    let (date, length) = read_numeric(article.doc.text.get(from..to)?)?;
    let until = from + length;
    Some((date, article.tokens.partition_point(|x| (x.start as usize) < until) as u32))
}

/// A numeric date at the start of `text`, and its length in bytes.
fn read_numeric(text: &str) -> Option<(Date, usize)> {
    let bytes = text.as_bytes();
    let mut parts = [0i64; 3];
    let mut lengths = [0usize; 3];
    let mut at = 0;
    let mut sign = b' ';
    for i in 0..3 {
        let digits = bytes.get(at..)?.iter().take_while(|b| b.is_ascii_digit()).count();
        if digits == 0 || digits > 4 {
            return None;
        }
        (parts[i], lengths[i]) = (text.get(at..at + digits)?.parse().ok()?, digits);
        at += digits;
        if i < 2 {
            let b = *bytes.get(at)?;
            if !matches!(b, b'-' | b'/' | b'.') || i == 1 && b != sign {
                return None;
            }
            sign = b;
            at += 1;
        }
    }
    if bytes.get(at).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let [a, b, c] = parts;
    let (year, month, day) = match lengths {
        [4, _, _] => (a, b, c),
        // A day above 12 settles which is which; else the day is taken to stand first, as in most of the world.
        [_, _, 4] if b > 12 => (c, a, b),
        [_, _, 4] => (c, b, a),
        _ => return None,
    };
    let fits = (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    fits.then_some((Date { year, month: Some(month), day: Some(day) }, at))
}

/// The date that a field's value is or contains: ISO, with or without a time, or written out.
pub fn read(value: &str) -> Option<Date> {
    for (at, _) in value.char_indices().filter(|(at, c)| c.is_ascii_digit() && (*at == 0 || !value.as_bytes()[at - 1].is_ascii_digit())) {
        if let Some((date, _)) = value.get(at..).and_then(read_numeric) {
            return Some(date);
        }
    }
    let words = || value.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
    let number = |w: &str| w.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<i64>().ok();
    let year = words().filter(|w| w.len() == 4).filter_map(number).find(|y| (1900..2100).contains(y))?;
    let month = words().find_map(month);
    let day = words().filter(|w| w.len() <= 4).filter_map(number).find(|d| (1..=31).contains(d)).filter(|_| month.is_some());
    Some(Date { year, month, day })
}

fn text<'a>(article: &'a Article, t: u32, last: u32) -> &'a str {
    if t < last { article.words(t, t + 1) } else { "" }
}

fn number(article: &Article, t: u32, last: u32) -> Option<i64> {
    let text = text(article, t, last);
    (text.len() <= 2).then(|| text.parse().ok()).flatten()
}

fn year(article: &Article, t: u32, last: u32) -> Option<i64> {
    let text = text(article, t, last);
    (text.len() == 4).then(|| text.parse().ok()).flatten().filter(|y| (1900..2100).contains(y))
}

/// Past the `st`, `nd`, `rd`, `th` of a day.
fn skip_ordinal(article: &Article, t: u32, last: u32) -> u32 {
    let unspaced = article.tokens.get(t as usize).is_some_and(|x| !x.shape.contains(Shape::SPACED));
    if unspaced && text(article, t, last).len() == 2 { t + 1 } else { t }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ymd(text: &str) -> Option<(i64, Option<i64>, Option<i64>)> {
        read(text).map(|d| (d.year, d.month, d.day))
    }

    #[test]
    fn dates_of_fields_are_read_in_every_common_form() {
        for text in [
            "2026-05-03",
            "2026-05-03T10:00:00Z",
            "3 May 2026",
            "May 3, 2026",
            "Sun, 03 May 2026 10:00:00 GMT",
            "3rd May 2026",
            "03/05/2026",
            "3.5.2026",
        ] {
            assert_eq!(ymd(text), Some((2026, Some(5), Some(3))), "{text}");
        }
        assert_eq!(ymd("05/23/2026"), Some((2026, Some(5), Some(23))));
        assert_eq!(ymd("May 2026"), Some((2026, Some(5), None)));
        assert_eq!(ymd("2026"), Some((2026, None, None)));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in ["", "soon", "12", "1,500 mg", "2026-13-40-7", "yesterday at 10:30"] {
            assert!(ymd(text).is_none_or(|d| d.1.is_none()), "{text}: {:?}", ymd(text));
        }
    }

    #[test]
    fn a_date_without_a_day_means_the_end_of_its_month() {
        assert_eq!(Date { year: 2024, month: Some(2), day: None }.days(), days("2024-02-28"));
        assert_eq!(Date { year: 2024, month: None, day: None }.days(), days("2024-12-28"));
    }
}
