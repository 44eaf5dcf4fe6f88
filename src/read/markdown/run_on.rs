//! Markdown that lost its line breaks: a heading that holds the text below it, marks of headings and of items in the
//! middle of a paragraph. Where the parts begin is told from what they look like.

use memchr::{memchr2, memchr2_iter};

use crate::source::Span;

/// What a part of such a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A heading of this level, 1 to 6.
    Heading(u8),
    /// An item of a list.
    Item,
    /// Running text.
    Text,
}

/// Where a part begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Its first byte in the source, marks included.
    pub at: u32,
    /// One past its marks: where its words begin.
    pub words: u32,
    /// What it is.
    pub part: Part,
}

/// Bytes and words from which a heading holds more than a heading.
const LONG: usize = 160;
const LONG_WORDS: usize = 40;
/// Items that make a list.
const ITEMS: usize = 2;
/// Words of the longest heading that is looked for in a line.
const HEADING: usize = 16;
/// Words in which its end is looked for.
const LOOKED: usize = 32;
/// Letters of the longest word that is not capitalised in a heading whose other words are: `with`, `your`.
const SMALL: usize = 4;

/// The parts of the heading of this level, or for 0 the paragraph, at `span`; none where it is what it says.
pub fn cuts(source: &str, span: Span, level: u8) -> Vec<Cut> {
    let text = source.get(span.range()).unwrap_or("");
    let opening = text.len() - text.trim_start_matches(['#', ' ', '\t']).len();
    let is_long = || text.len() > LONG && text.split_whitespace().nth(LONG_WORDS).is_some();
    if level > 0 && !is_long() || level == 0 && memchr2(b'#', b'\\', text.as_bytes()).is_none() {
        return Vec::new();
    }
    let mut marks: Vec<(usize, usize, Part)> = marks(text).collect();
    if marks.iter().filter(|m| m.2 == Part::Item).count() < ITEMS {
        marks.retain(|m| m.2 != Part::Item);
    }
    let cut = |at: usize, words: usize, part| Cut { at: at as u32 + span.start, words: words as u32 + span.start, part };
    let mut cuts = Vec::new();
    let until = |next: usize| marks.get(next).map_or(text.len(), |m| m.0);
    if level > 0 {
        let end = opening + heading(&text[opening..until(0)]);
        cuts.extend((end < until(0)).then(|| cut(end, end, Part::Text)));
    }
    for (i, &(at, words, part)) in marks.iter().enumerate() {
        let end = if part == Part::Item { until(i + 1) } else { words + heading(&text[words..until(i + 1)]) };
        cuts.push(cut(at, words, if end > words { part } else { Part::Text }));
        if end > words && end < until(i + 1) {
            cuts.push(cut(end, end, Part::Text));
        }
    }
    cuts
}

/// Marks of headings and items inside a line: where each begins and ends, and what it marks.
fn marks(text: &str) -> impl Iterator<Item = (usize, usize, Part)> + '_ {
    memchr2_iter(b'#', b'\\', text.as_bytes()).filter_map(move |at| {
        let (before, rest) = (&text[..at], &text[at..]);
        // Inside a run of marks nothing begins: a long one is counted once.
        if before.ends_with('#') {
            return None;
        }
        let run = rest.bytes().take_while(|&b| b == b'#').count();
        let (marks, part) = match run {
            0 if rest.starts_with("\\*") && (at == 0 || before.ends_with(' ')) => (2, Part::Item),
            2..=6 if before.ends_with([' ', '.', '?', '!', ')']) => (run, Part::Heading(run as u8)),
            _ => return None,
        };
        let words = rest[marks..].strip_prefix(' ')?.trim_start_matches(['*', '_', '[']);
        // `5 \* 3` is a product.
        let is_product = part == Part::Item && before.trim_end().ends_with(|c: char| c.is_ascii_digit() || c == '=');
        (words.starts_with(char::is_alphanumeric) && !is_product).then_some((at, at + marks + 1, part))
    })
}

/// Bytes of the heading at the start of a text that goes on behind it; 0 where none can be told.
fn heading(text: &str) -> usize {
    if let Some(bold) = text.strip_prefix("**")
        && let Some(end) = bold.find("**")
        && bold[..end].split_whitespace().nth(HEADING).is_none()
    {
        return end + 4;
    }
    let is_short = text.split_whitespace().nth(HEADING).is_none() && !text.trim_end().ends_with('.');
    let whole = if is_short { text.len() } else { 0 };
    // A heading writes its words with capitals, but for small ones; the text behind it begins with the last capital
    // before the first word that is neither.
    let mut capital = 0;
    let mut at = 0;
    for word in text.split_inclusive(char::is_whitespace).take(LOOKED) {
        let bare = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        if bare.starts_with(char::is_uppercase) {
            capital = at;
        } else if bare.starts_with(char::is_lowercase) && bare.chars().take_while(|c| c.is_alphanumeric()).count() > SMALL {
            return if capital > 0 { capital } else { whole };
        }
        at += word.len();
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str, level: u8) -> Vec<(Part, &str)> {
        let cuts = cuts(text, Span::new(0, text.len()), level);
        let ends = cuts.iter().skip(1).map(|c| c.at as usize).chain([text.len()]);
        cuts.iter().zip(ends).map(|(c, end)| (c.part, text[c.words as usize..end].trim())).collect()
    }

    #[test]
    fn a_heading_ends_where_the_small_letters_of_a_text_begin() {
        for (line, heading) in [
            (
                "Copper in Water: What It Does Copper pipes leave a trace of metal in the water, and that is all that there is to say about them here today.",
                "Copper in Water: What It Does",
            ),
            (
                "Is Zinc for You? A look at what the trials of zinc found in people with a cold, and what they did not look at.",
                "Is Zinc for You?",
            ),
            (
                "Iron Explained _Ferrum_, often called iron, is a metal that the body needs for its blood, and that it takes from food.",
                "Iron Explained",
            ),
            (
                "**Who needs iron?** Women who bleed much may need more iron than others, and so do people who give blood often, says the clinic.",
                "**Who needs iron?**",
            ),
            ("A short one", "A short one"),
            ("where everything is written with small letters nobody can tell the heading from the text that stands behind it", ""),
        ] {
            assert_eq!(line[..super::heading(line)].trim(), heading);
        }
    }

    #[test]
    fn marks_of_headings_in_a_line_part_it() {
        let line = "Copper is a metal. ## **Where it is** Nuts have most of it.### Liver And Seeds Seeds contain some copper, and so does the liver of most animals that people eat on holidays.";
        assert_eq!(
            parts(line, 0),
            [
                (Part::Heading(2), "**Where it is**"),
                (Part::Text, "Nuts have most of it."),
                (Part::Heading(3), "Liver And Seeds"),
                (Part::Text, "Seeds contain some copper, and so does the liver of most animals that people eat on holidays."),
            ]
        );
        assert_eq!(
            parts(
                r"It has: \* Nuts \* 2 seeds ## Doses Take a spoon of it with the first meal of the day, and not more than two spoons in all.",
                0
            ),
            [
                (Part::Item, "Nuts"),
                (Part::Item, "2 seeds"),
                (Part::Heading(2), "Doses"),
                (Part::Text, "Take a spoon of it with the first meal of the day, and not more than two spoons in all."),
            ]
        );
        for whole in [r"One \* mark", r"5 \* 3 and 2 \* 4", "Ranked # 1 and #2 here, a C## note", "no marks at all", "## ", ""] {
            assert_eq!(parts(whole, 0), [], "{whole}");
        }
        assert_eq!(parts("## Copper pipes and what they leave in the water", 2), []);
    }
}
