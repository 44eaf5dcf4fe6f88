//! Plain text without markup: which blocks are inferred, and that every place is true.

use super::*;
use crate::document::{Block, BlockKind};
use crate::read::builder::is_ignorable;
use proptest::prelude::*;

/// Kind and words of each block.
fn blocks(text: &str) -> Vec<(BlockKind, String)> {
    let doc = read(text);
    doc.blocks.iter().map(|b| (b.kind, doc.block_text(b).to_owned())).collect()
}

fn kinds(text: &str) -> Vec<BlockKind> {
    blocks(text).into_iter().map(|(k, _)| k).collect()
}

const BODY: &str = "Zinc is a mineral that the body needs in small amounts for its skin, its nose and its defences.";

#[test]
fn a_short_line_over_text_is_a_heading_with_or_without_blank_lines() {
    use BlockKind::*;
    for gap in ["\n", "\n\n", "\r\n \r\n"] {
        let text = [BODY, "What zinc does", BODY, "Is It Safe?", BODY, BODY].join(gap);
        assert_eq!(kinds(&text), [Paragraph, Heading, Paragraph, Heading, Paragraph, Paragraph], "{gap:?}");
    }
}

#[test]
fn one_paragraph_a_line_is_never_joined() {
    let text = "Zinc helps some people with a cold if they start within a day of the first sneeze.\n".repeat(20);
    assert_eq!(blocks(&text).len(), 20);
}

#[test]
fn lines_broken_to_a_width_are_joined() {
    let text = "Working nights turns the body clock upside down. The hormone melatonin,\n\
                which the brain releases when it gets dark, is sold in many countries as\n\
                a way to turn it back again. This leaflet sums up what is known so far\n\
                about tablets.\n\nThe second paragraph is about the dose and about the time of the day at\n\
                which it is taken.\n";
    let seen = blocks(text);
    assert_eq!(seen.len(), 2, "{seen:?}");
    assert!(seen[0].1.contains("melatonin, which the brain") && seen[1].1.ends_with("the day at which it is taken."));
}

#[test]
fn bullets_run_together_on_one_line_are_items_of_one_group() {
    let doc = read("➤ One: a. ➤ Two: b. ➤ Three:Three:");
    let items: Vec<_> = doc.blocks.iter().map(|b| (b.kind, b.group, b.span.start, doc.block_text(b))).collect();
    let item = BlockKind::ListItem;
    assert_eq!(items, [(item, 1, 0, "One: a."), (item, 1, 12, "Two: b."), (item, 1, 24, "Three:Three:")]);
}

#[test]
fn a_bare_url_ends_before_the_punctuation_of_the_sentence() {
    let doc = read("See https://example.org/a_(b), (www.example.com/c) or xhttp://no. It is http:// gone.");
    let links: Vec<_> = doc.links.iter().map(|l| (l.target.as_str(), doc.words(l.text))).collect();
    assert_eq!(links, [("https://example.org/a_(b)", "https://example.org/a_(b)"), ("www.example.com/c", "www.example.com/c")]);
}

#[test]
fn a_toggle_behind_a_question_is_a_block_of_its_own() {
    let seen = blocks(&format!("{BODY}\n\nIs zinc safe? +\n\n{BODY}\n"));
    assert_eq!(seen[1], (BlockKind::Heading, "Is zinc safe?".to_owned()));
    assert_eq!(seen[2], (BlockKind::Residue, "+".to_owned()));
}

#[test]
fn a_line_printed_three_times_and_more_in_the_text_is_no_heading() {
    let part = format!("Sign Up Today\n\n{BODY}\n\n");
    let text = format!("{BODY}\n\n{}", part.repeat(3));
    assert!(!kinds(&text).contains(&BlockKind::Heading));
    assert!(kinds(&format!("{BODY}\n\n{part}")).contains(&BlockKind::Heading));
}

#[test]
fn labels_with_values_signatures_and_measures_are_no_headings() {
    let quoted = format!("“{BODY}”");
    for line in ["Pros: tastes great, works fast", "Contents: Wax, Zinc Oxide, Lanolin", "Needed daily: 1600 (2600 less 1000)", "10mg zinc"]
    {
        assert!(!kinds(&format!("{BODY}\n\nZinc\n\n{BODY}\n\n{line}\n\n{BODY}")).contains(&BlockKind::Title), "{line}");
        let seen = blocks(&format!("{BODY}\n\n{line}\n\n{BODY}"));
        assert_eq!(seen[1], (BlockKind::Paragraph, line.to_owned()));
    }
    let seen = kinds(&format!("{quoted}\n\nGail, Ohio\n\n{BODY}\n\nGail, Ohio and Zinc\n\n{BODY}"));
    assert_eq!(seen[1..4], [BlockKind::Paragraph, BlockKind::Paragraph, BlockKind::Heading]);
}

#[test]
fn a_heading_over_a_remark_in_brackets_or_over_do_is_a_heading() {
    use BlockKind::*;
    let text = format!("{BODY}\n\nSquash Soup\n\n(serves two)\n\n{BODY}\n\nKeeping germs away from others\n\nDo\n\n- wash\n- wait\n");
    assert_eq!(kinds(&text), [Paragraph, Heading, Paragraph, Paragraph, Heading, Heading, ListItem, ListItem]);
    // A line with an exclamation mark inside a name; the only line above the text.
    let text = format!("Gout\n\nGout is an arthritis. {BODY}\n\nChosen By Yummy! Readers\n\n{BODY}\n");
    assert_eq!(kinds(&text), [Title, Paragraph, Heading, Paragraph]);
}

#[test]
fn lines_without_bullets_below_a_lead_in_are_items() {
    let seen = kinds(&format!("{BODY}\nFoods rich in zinc include:\nOysters\nPumpkin seeds\nBeef\n{BODY}"));
    use BlockKind::*;
    assert_eq!(seen, [Paragraph, Paragraph, ListItem, ListItem, ListItem, Paragraph]);
}

#[test]
fn empty_and_blank_texts_have_no_blocks() {
    for text in ["", "\n", "\u{feff}", " \t\r\n\u{a0}\n\u{c}", "---\n***\n"] {
        assert!(read(text).blocks.is_empty(), "{text:?}");
    }
}

/// What every document of every text must keep.
fn check(text: &str) -> Result<(), TestCaseError> {
    let doc = read(text);
    let mut last: Option<&Block> = None;
    for block in &doc.blocks {
        prop_assert!(!block.text.is_empty());
        prop_assert!(block.span.end as usize <= text.len() && text.get(block.span.range()).is_some(), "{:?}", block);
        prop_assert!(block.span.contains(doc.span(block.text)), "{:?} {:?}", block, doc.span(block.text));
        prop_assert!(last.is_none_or(|l| l.text.end < block.text.start && l.span.end <= block.span.start));
        prop_assert!(block.inferred <= 100 && (block.kind == BlockKind::Paragraph) == (block.inferred == 0));
        prop_assert!(block.head.is_none_or(|h| (h as usize) < doc.blocks.len()));
        last = Some(block);
    }
    for piece in &doc.pieces {
        let (plain, source) = (doc.words(piece.plain), text.get(piece.source.range()));
        prop_assert!(source.is_some());
        if piece.plain.len() == piece.source.len() && source != Some(plain) {
            // White space of one byte became a space.
            prop_assert!(source.is_some_and(|s| s.split_whitespace().eq(plain.split_whitespace())), "{:?} {:?}", source, plain);
        }
    }
    for link in &doc.links {
        prop_assert_eq!(text.get(link.span.range()), Some(link.target.as_str()));
        let visible: String = link.target.chars().filter(|&c| !is_ignorable(c)).collect();
        prop_assert_eq!(doc.words(link.text), visible.as_str());
    }
    // Nothing that a reader sees is lost but marks of lists, tables and rules.
    let letters = |t: &str| t.chars().filter(|c| c.is_alphabetic()).count();
    prop_assert!(letters(&doc.text) <= letters(text));
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic_and_with_true_spans(text in any::<String>()) {
        check(&text)?;
    }

    #[test]
    fn any_heap_of_marks_is_read_without_panic_and_with_true_spans(
        parts in prop::collection::vec(prop::sample::select(vec![
            "\n", "\n\n", "\r\n", "\r", "\t", " ", "  ", "\u{a0}", "\u{ad}", "\u{feff}", "\u{c}", "\u{fe0f}", "- ", "• ", "➤", "✓ ", "1. ", "2)", "a) ", "+", "▼",
            "|", "\\|", "---", "|---|", "===", "#", "## ", "**", "?", "? ", ":", ".", "www.", "http://", "https://a.b/c(d)", "Zinc", "zinc helps ", "Is It Safe?",
            "Marlow7", "é", "漢字", "😀", "A long line that tells how much zinc there is in oysters, beef and seeds, and ends.",
        ]), 0..60)
    ) {
        check(&parts.concat())?;
    }
}
