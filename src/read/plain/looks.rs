//! What a line looks like: how it starts and ends, whether it asks, whether its words are capitalised.
//!
//! Shapes only; no function here knows a word of any language.

use crate::read::builder::{is_ignorable, is_space};

/// The text without white space and invisible characters at its edges.
pub fn trim(text: &str) -> &str {
    text.trim_matches(|c| is_space(c) || is_ignorable(c))
}

/// Bytes of white space and invisible characters at the start of the text.
pub fn lead(text: &str) -> usize {
    text.len() - text.trim_start_matches(|c| is_space(c) || is_ignorable(c)).len()
}

/// The words of a line: what stands between white space.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(is_space).filter(|w| !w.is_empty())
}

/// The first character that is neither white space, an opening quote nor emphasis left by an editor.
pub fn first_mark(text: &str) -> Option<char> {
    text.chars().find(|&c| !is_space(c) && !is_ignorable(c) && !matches!(c, '"' | '\'' | '“' | '‘' | '«' | '„' | '*' | '_' | '#'))
}

/// The last character that is neither white space, a closing quote or bracket nor emphasis left by an editor.
pub fn last_mark(text: &str) -> Option<char> {
    text.chars()
        .rev()
        .find(|&c| !is_space(c) && !is_ignorable(c) && !matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '*' | '_' | '#'))
}

/// Whether the line ends as a sentence or a lead-in does.
pub fn is_closed(text: &str) -> bool {
    matches!(last_mark(text), Some('.' | '!' | '?' | ':' | '…' | '。' | '！' | '？' | '؟'))
}

/// Whether the line ends with a question mark.
pub fn asks(text: &str) -> bool {
    matches!(last_mark(text), Some('?' | '？' | '؟'))
}

/// Whether the line is a question without a label before it, such as `Summary – is it safe?` has: one
/// to four capitalised words before a colon or a dash.
pub fn asks_plainly(text: &str) -> bool {
    if !asks(text) {
        return false;
    }
    let label = [": ", " – ", " — ", " - "].iter().filter_map(|mark| text.find(mark)).min().and_then(|at| text.get(..at));
    !label.is_some_and(|l| l.len() > 3 && words(l).nth(4).is_none() && capitalised(l) == 100)
}

/// Whether the line ends with a colon.
pub fn leads_in(text: &str) -> bool {
    matches!(last_mark(text), Some(':' | '：'))
}

/// Whether another sentence begins inside the line.
pub fn has_inner_sentence(text: &str) -> bool {
    let mut letters = 0;
    let mut ended = false;
    for c in text.chars() {
        if is_space(c) {
            letters = 0;
            continue;
        }
        if ended && c.is_uppercase() {
            return true;
        }
        // A stop after less than four letters is more likely an abbreviation or a number of a list.
        ended = c == '!' || c == '.' && letters > 3;
        letters = if c.is_alphabetic() { letters + 1 } else { 0 };
    }
    false
}

/// Share of capitalised words in percent, among the words of four letters and more; among all words
/// where none is that long.
pub fn capitalised(text: &str) -> u32 {
    let share = |least: usize| {
        let long = words(text).filter(|w| w.chars().filter(|c| c.is_alphabetic()).count() >= least);
        let (all, upper) = long.fold((0u32, 0u32), |(all, upper), w| {
            let first = w.chars().find(|c| c.is_alphanumeric());
            (all + 1, upper + u32::from(first.is_some_and(|c| !c.is_lowercase())))
        });
        (upper * 100).checked_div(all)
    };
    share(4).or_else(|| share(1)).unwrap_or(0)
}

/// Whether the line has no letter and no digit.
pub fn is_glyphs(text: &str) -> bool {
    !text.chars().any(char::is_alphanumeric)
}

/// Whether the line is a user name: one word of more than three letters and one to four digits.
pub fn is_username(text: &str) -> bool {
    let letters = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - letters.len();
    (1..=4).contains(&digits) && letters.chars().count() > 3 && letters.chars().all(|c| c.is_alphabetic() || c == '_' || c == '.')
}

/// Whether the line is a date, perhaps with a label: a year at most two words from a day, or beside a
/// single word, or a date in digits, in at most six words; in twelve where day and year come last.
pub fn is_date(text: &str) -> bool {
    let (mut count, mut year, mut day, mut in_digits) = (0usize, None, None, false);
    for word in words(text) {
        count += 1;
        if count > 12 {
            return false;
        }
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        let marks = word.bytes().filter(|b| matches!(b, b'/' | b'-' | b'.')).count();
        if digits == 4 && word.len() == 4 && (word.starts_with("19") || word.starts_with("20")) {
            year = Some(count);
        } else if (1..=2).contains(&digits) && word.len() <= digits + 2 && word.starts_with(|c: char| c.is_ascii_digit()) {
            day = Some(count);
        }
        in_digits |= marks == 2 && digits >= 4 && digits + marks == word.len();
    }
    let near = |within: usize| year.is_some_and(|y: usize| day.is_some_and(|d| y.abs_diff(d) <= within));
    let at_end = year == Some(count) && day.is_some_and(|d| d + 1 == count);
    in_digits && count <= 6 || year.is_some() && count <= 2 || near(2) && count <= 6 || at_end
}

/// Whether the line ends with a degree after a comma, as bylines do: at least two capitals, no digit.
pub fn ends_with_degree(text: &str) -> bool {
    let Some((_, last)) = text.rsplit_once(", ") else { return false };
    let last = last.trim_end_matches(['.', ')']);
    last.chars().count() <= 8 && last.chars().all(char::is_alphabetic) && last.chars().filter(|c| c.is_uppercase()).count() > 1
}

/// Whether the line begins with a measure: a number and its unit in one word, as in `10mg zinc`.
pub fn begins_with_measure(text: &str) -> bool {
    let first = words(text).next().unwrap_or("");
    let unit = first.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    let is_unit = unit.len() < first.len() && !unit.is_empty() && unit.chars().all(char::is_lowercase);
    // `8oz Lavender Spray` is the name of a product.
    is_unit && (text.contains('|') || words(text).nth(2).is_none()) && !matches!(unit, "st" | "nd" | "rd" | "th" | "s")
}

/// Whether the line is a label and what it stands for: `Pros: tastes great, works fast`, `Contents: oil, wax,
/// starch`, `Needed daily: 1600`. Such a line may be a title, but heads no section.
pub fn is_label_of_values(text: &str) -> bool {
    let Some((label, value)) = text.split_once(": ") else { return false };
    let begins = first_mark(value);
    let listed = value.contains(", ") && (begins.is_some_and(char::is_lowercase) || value.matches(", ").count() > 1);
    let amount = begins.is_some_and(|c| c.is_ascii_digit()) && capitalised(text) < 60;
    !asks(text) && !label.ends_with(|c: char| c.is_ascii_digit()) && (listed || amount)
}

/// Whether the line is no more than a remark in brackets: `(serves four)`.
pub fn is_remark(text: &str) -> bool {
    text.starts_with('(') && text.ends_with(')') && words(text).nth(1).is_some()
}

/// Whether a sentence ends the line, perhaps with a remark in brackets behind it.
pub fn ends_sentence(text: &str) -> bool {
    let before = text.strip_suffix(')').and_then(|t| t.rsplit_once(" (")).map(|(before, _)| before);
    is_closed(text) || before.is_some_and(is_closed)
}

/// Whether the line could sign a quotation: two to four capitalised words with a comma or an initial.
pub fn is_signature(text: &str) -> bool {
    let is_initial = |w: &str| w.len() == 2 && w.ends_with('.');
    (2..=4).contains(&words(text).count())
        && words(text).all(|w| first_mark(w).is_some_and(char::is_uppercase))
        && (text.contains(", ") || words(text).any(is_initial))
}

/// Whether two lines are the same title: equal but for case and white space, or one is the other with
/// the name of a site behind a bar or a dash.
pub fn same_title(a: &str, b: &str) -> bool {
    let (mut left, mut right) = (folded(a), folded(b));
    let mut shared = 0;
    loop {
        match (left.next(), right.next()) {
            (None, None) => return shared > 0,
            (Some(x), Some(y)) if x == y => shared += 1,
            (Some(x), None) => return shared > 9 && is_site(x, left),
            (None, Some(y)) => return shared > 9 && is_site(y, right),
            _ => return false,
        }
    }
}

/// Whether what follows a title is a bar or a dash and the name of a site.
fn is_site(mark: char, rest: impl Iterator<Item = char>) -> bool {
    matches!(mark, '|' | '–' | '—' | '»' | '·' | '-') && (1..=24).contains(&rest.take(25).count())
}

fn folded(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|&c| !is_space(c) && !is_ignorable(c) && !matches!(c, '*' | '_' | '#')).flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_names_are_told_from_vitamins() {
        assert!(is_username("Marlow7") && is_username("healthfan2021"));
        for no in ["B12", "CoQ10", "K2", "Omega 3", "Zinc", "2021", "PMID12345678", "Sadie3a"] {
            assert!(!is_username(no), "{no}");
        }
    }

    #[test]
    fn dates_are_told_from_headings() {
        for yes in [
            "March 3, 2024",
            "Updated: 12 March 2024",
            "June 2019",
            "2024-03-12",
            "03/12/2024",
            "Posted 3rd May 2020",
            "For Immediate Release: Friday, April 24, 2015",
        ] {
            assert!(is_date(yes), "{yes}");
        }
        for no in [
            "Zinc Research in 2024 and Beyond",
            "The 2020 Guidelines",
            "Top 10 Foods of 2024",
            "Zinc and Acne",
            "Vitamin B6, B12",
            "30 mg a day",
        ] {
            assert!(!is_date(no), "{no}");
        }
    }

    #[test]
    fn degrees_end_bylines_and_not_lists_of_vitamins() {
        assert!(ends_with_degree("Ann Poe, MD") && ends_with_degree("Reviewed by Jo Li, PharmD"));
        assert!(!ends_with_degree("Vitamins B6, B12") && !ends_with_degree("Vitamins A, D, E and K"));
    }

    #[test]
    fn labels_of_values_and_measures_are_told_from_headings() {
        for yes in ["Pros: tastes great, works fast", "Contents: Oil, Wax, Starch", "Needed daily: 1600 (2600-1000)"] {
            assert!(is_label_of_values(yes), "{yes}");
        }
        for no in ["Zinc: What It Does", "Step 1: wash, dry and wait", "Gout: Causes, Symptoms and Treatment", "Zinc: 5 Things To Know"] {
            assert!(!is_label_of_values(no), "{no}");
        }
        assert!(begins_with_measure("10mg Zinc") && begins_with_measure("1.5g daily"));
        assert!(!begins_with_measure("10 Foods") && !begins_with_measure("1st Trimester") && !begins_with_measure("5-HTP and Mood"));
    }

    #[test]
    fn a_title_is_the_same_with_a_site_name_behind_it() {
        assert!(same_title("Zinc for Acne | Leafwise", "zinc for  acne"));
        assert!(same_title("**Zinc**", "Zinc") && same_title("Zinc for Skin - Leafwise", "Zinc for Skin"));
        assert!(!same_title("Zinc for Acne", "Zinc for Acne Scars") && !same_title("Zinc – Benefits and Doses", "Zinc"));
    }

    #[test]
    fn labels_are_told_from_questions_with_a_colon() {
        for yes in ["Is it safe?", "What causes gout: crystals or diet?", "Q: Is it safe?", "Is it safe ?"] {
            assert!(asks_plainly(yes), "{yes}");
        }
        for no in ["Summary – Is It Safe?", "Common Questions: Does Zinc Help?", "Is it safe"] {
            assert!(!asks_plainly(no), "{no}");
        }
    }

    #[test]
    fn inner_sentences_are_told_from_abbreviations() {
        assert!(has_inner_sentence("It helps. But how"));
        assert!(!has_inner_sentence("Citrate vs. Oxide") && !has_inner_sentence("1. Supports Sleep"));
    }
}
