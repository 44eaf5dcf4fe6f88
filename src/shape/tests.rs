//! Shapes put on documents by hand: titles, sections, questions, lead-ins.

use super::*;
use crate::read::builder::Builder;
use crate::source::Span;
use BlockKind::*;
use proptest::prelude::*;

/// Word lists of a test: pairs of a tag and a whole line.
struct Pairs(Vec<String>, &'static [(&'static str, &'static str)]);

impl Lines for Pairs {
    fn is(&self, block: usize, tag: &str) -> bool {
        self.1.iter().any(|&(t, line)| t == tag && self.0.get(block).is_some_and(|text| text == line))
    }

    fn is_bar(&self, _block: usize, _tag: &str) -> bool {
        false
    }
}

const KNOWN: &[(&str, &str)] = &[("residue", "Share this"), ("faq", "FAQ"), ("byline", "By Ann Poe"), ("pointer", "Read more: Zinc")];

/// A document of blocks of these kinds, levels and words, shaped.
fn shaped(blocks: &[(BlockKind, u8, &str)]) -> Document {
    let mut builder = Builder::new(100);
    let mut at = 0;
    for &(kind, level, text) in blocks {
        let block = builder.open(kind, at);
        (block.level, block.group) = (level, u32::from(kind == ListItem));
        builder.text(at, text);
        at += text.len() as u32 + 1;
    }
    let mut doc = builder.finish(at);
    shape_known(&mut doc);
    doc
}

fn shape_known(doc: &mut Document) {
    let lines = Pairs(doc.blocks.iter().map(|b| doc.block_text(b).to_owned()).collect(), KNOWN);
    shape(doc, &lines);
}

fn kinds(doc: &Document) -> Vec<BlockKind> {
    doc.blocks.iter().map(|b| b.kind).collect()
}

#[test]
fn furniture_glyphs_and_user_names_are_residue() {
    let doc = shaped(&[
        (Paragraph, 0, "Marlow7"),
        (Heading, 1, "Zinc"),
        (Paragraph, 0, "+"),
        (Heading, 2, "Share this"),
        (Paragraph, 0, "Text."),
    ]);
    assert_eq!(kinds(&doc), [Residue, Title, Residue, Residue, Paragraph]);
    assert_eq!(doc.sections.len(), 1);
    assert!(doc.blocks.iter().all(|b| b.kind != Residue || b.level == 0));
}

#[test]
fn a_word_of_the_article_is_no_user_name() {
    let doc = shaped(&[(Paragraph, 0, "Omega3"), (Paragraph, 0, "Omega-3 fats are found in fish.")]);
    assert_eq!(kinds(&doc), [Paragraph, Paragraph]);
}

#[test]
fn the_first_heading_of_level_one_is_the_title_and_repeats_are_residue() {
    let doc =
        shaped(&[(Paragraph, 0, "Zinc for  Acne"), (Heading, 1, "Zinc for Acne"), (Heading, 2, "zinc for acne"), (Paragraph, 0, "Text.")]);
    assert_eq!(kinds(&doc), [Residue, Title, Residue, Paragraph]);
}

#[test]
fn front_matter_is_title_enough_unless_a_heading_says_the_same() {
    for (title, first) in [("Zinc for Acne", Title), ("Another Title", Heading)] {
        let mut builder = Builder::new(10);
        builder.field("title", title, Span::default());
        builder.open(Heading, 0).level = 1;
        builder.text(0, "Zinc for Acne");
        let mut doc = builder.finish(13);
        shape_known(&mut doc);
        assert_eq!(kinds(&doc), [first], "{title}");
    }
}

#[test]
fn the_name_of_the_site_above_the_title_is_residue_wherever_it_stands() {
    let doc = shaped(&[(Paragraph, 0, "Leafwise"), (Heading, 1, "Zinc for Acne"), (Paragraph, 0, "Text."), (Paragraph, 0, "Leafwise")]);
    assert_eq!(kinds(&doc), [Residue, Title, Paragraph, Residue]);
    let doc = shaped(&[(Paragraph, 0, "By Bo Lee"), (Heading, 1, "Zinc for Acne"), (Paragraph, 0, "Text.")]);
    assert_eq!(kinds(&doc), [Paragraph, Title, Paragraph]);
}

#[test]
fn sections_nest_by_level_and_end_where_subsections_begin() {
    let doc = shaped(&[
        (Heading, 1, "Zinc"),
        (Paragraph, 0, "a"),
        (Heading, 2, "Uses"),
        (Paragraph, 0, "b"),
        (Heading, 4, "Colds"),
        (Paragraph, 0, "c"),
        (Heading, 2, "Risks"),
        (Paragraph, 0, "d"),
    ]);
    let sections: Vec<_> = doc.sections.iter().map(|s| (s.heading, s.level, s.parent, s.first, s.end)).collect();
    assert_eq!(sections, [(None, 0, 0, 0, 2), (Some(2), 2, 0, 2, 4), (Some(4), 4, 1, 4, 6), (Some(6), 2, 0, 6, 8)]);
    assert_eq!(doc.blocks.iter().map(|b| b.section).collect::<Vec<_>>(), [0, 0, 1, 1, 2, 2, 3, 3]);
}

#[test]
fn paragraphs_below_a_question_answer_it_up_to_the_next_heading_of_its_level() {
    let doc = shaped(&[
        (Heading, 2, "Is zinc safe?"),
        (Paragraph, 0, "Mostly."),
        (Heading, 3, "In pregnancy"),
        (Paragraph, 0, "Ask."),
        (ListItem, 1, "item"),
        (Heading, 2, "Doses"),
        (Paragraph, 0, "Ten."),
    ]);
    assert_eq!(kinds(&doc), [Question, Answer, Heading, Answer, ListItem, Heading, Paragraph]);
    assert_eq!(doc.blocks.iter().map(|b| b.head).collect::<Vec<_>>(), [None, Some(0), None, Some(0), None, None, None]);
}

#[test]
fn a_heading_that_asks_over_nothing_stays_a_heading_outside_an_faq() {
    assert_eq!(kinds(&shaped(&[(Heading, 2, "Is zinc safe?"), (Heading, 2, "Doses"), (Paragraph, 0, "Ten.")]))[0], Heading);
    let faq = shaped(&[(Heading, 2, "FAQ"), (Heading, 3, "Is zinc safe?"), (Heading, 3, "Zinc: how much?"), (Paragraph, 0, "Ten.")]);
    assert_eq!(kinds(&faq), [Heading, Question, Question, Answer]);
}

#[test]
fn short_lines_that_ask_are_questions_in_an_faq_or_in_company() {
    let lone = [(Paragraph, 0, "Some text."), (Paragraph, 0, "Is it safe?"), (Paragraph, 0, "It is."), (Paragraph, 0, "More.")];
    assert!(!kinds(&shaped(&lone)).contains(&Question));
    let pair = [(Paragraph, 0, "Is it safe?"), (Paragraph, 0, "It is."), (Paragraph, 0, "Is it cheap?"), (Paragraph, 0, "It is not.")];
    assert_eq!(kinds(&shaped(&pair)), [Question, Answer, Question, Answer]);
    let faq = [(Heading, 2, "FAQ"), (Paragraph, 0, "Is it safe?"), (Residue, 0, "+"), (Paragraph, 0, "It is."), (Paragraph, 0, "Always.")];
    let doc = shaped(&faq);
    assert_eq!(kinds(&doc), [Heading, Question, Residue, Answer, Answer]);
    assert_eq!(doc.blocks[4].head, Some(1));
    let open = [(Heading, 2, "FAQ"), (Paragraph, 0, "Is it safe?"), (Paragraph, 0, "Is it cheap?"), (Paragraph, 0, "It is not.")];
    assert_eq!(kinds(&shaped(&open)), [Heading, Question, Question, Answer]);
}

#[test]
fn a_title_that_asks_stays_the_title() {
    assert_eq!(kinds(&shaped(&[(Heading, 1, "Is zinc safe?"), (Paragraph, 0, "Mostly.")])), [Title, Paragraph]);
}

#[test]
fn a_list_is_led_in_by_a_colon_an_open_line_or_a_heading() {
    for (kind, lead, wanted) in [
        (Paragraph, "Foods include:", Some(0)),
        (Paragraph, "See a doctor if you", Some(0)),
        (Heading, "Foods", Some(0)),
        (Paragraph, "Foods are many.", None),
    ] {
        let doc = shaped(&[(kind, u8::from(kind == Heading) * 2, lead), (Residue, 0, "+"), (ListItem, 1, "a"), (ListItem, 1, "b")]);
        assert_eq!((doc.blocks[2].head, doc.blocks[3].head), (wanted, wanted), "{lead}");
    }
}

#[test]
fn inferred_headings_that_are_bylines_or_point_elsewhere_are_paragraphs() {
    for line in ["By Ann Poe", "Read more: Zinc"] {
        let mut builder = Builder::new(10);
        let block = builder.open(Heading, 0);
        (block.level, block.inferred) = (2, 80);
        builder.text(0, line);
        let mut doc = builder.finish(20);
        shape_known(&mut doc);
        assert_eq!((doc.blocks[0].kind, doc.blocks[0].level), (Paragraph, 0), "{line}");
    }
}

proptest! {
    #[test]
    fn any_document_is_shaped_without_panic_into_sections_that_cover_it(
        blocks in prop::collection::vec((0usize..12, 0u8..8, prop::sample::select(vec!["Zinc", "Is it safe?", "FAQ", "Foods include:", "+", "###", "Marlow7", "It is."]), 0u32..3, 0u32..9), 0..30)
    ) {
        let all = [Title, Heading, Paragraph, ListItem, Quote, Cell, Caption, Question, Answer, Residue, Code, Summary];
        let mut builder = Builder::new(10);
        for (n, &(kind, level, text, group, other)) in blocks.iter().enumerate() {
            let block = builder.open(all[kind], n as u32 * 20);
            (block.level, block.group, block.row, block.column) = (level, group, other / 3, other % 3);
            block.head = (other == 8).then_some(u32::MAX);
            builder.text(n as u32 * 20, text);
        }
        let mut doc = builder.finish(blocks.len() as u32 * 20);
        let before = doc.blocks.len();
        shape_known(&mut doc);
        prop_assert_eq!(doc.blocks.len(), before);
        prop_assert!(kinds(&doc).iter().filter(|&&k| k == Title).count() <= 1);
        let mut at = 0;
        for (i, section) in doc.sections.iter().enumerate() {
            prop_assert!(section.first == at && section.end >= at && (section.parent as usize) <= i.saturating_sub(1));
            prop_assert!(doc.blocks[section.first as usize..section.end as usize].iter().all(|b| b.section as usize == i));
            at = section.end;
        }
        prop_assert_eq!(at as usize, doc.blocks.len());
        for block in doc.blocks.iter().filter(|b| b.kind != Quote) {
            prop_assert!(block.kind != Answer || block.head.is_some() || blocks.iter().any(|b| b.0 == 8));
        }
    }
}
