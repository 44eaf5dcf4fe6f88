//! AsciiDoc as people write it: which blocks it becomes, what is left out, and that every place is true.

use super::*;
use crate::read::tests::blocks;

fn seen(text: &str) -> Vec<String> {
    blocks(&read(text))
}

#[test]
fn a_header_tells_title_author_dates_and_attributes() {
    let text = "// our house style\n= Zinc for Colds\nAna Roe <ana@example.org>; Ben Li\nv1.2, 2025-03-01: reviewed\n:reviewer: Dr Chi Wu\n:description: What zinc \\\ndoes\n:toc:\n\nZinc is a metal.\n";
    let doc = read(text);
    assert_eq!(blocks(&doc), ["Heading 1: Zinc for Colds", "Paragraph: Zinc is a metal."]);
    let fields: Vec<_> = doc.fields.iter().map(|f| (f.name.as_str(), f.value.as_str())).collect();
    assert_eq!(
        fields,
        [("reviewer", "Dr Chi Wu"), ("description", "What zinc does"), ("author", "Ana Roe, Ben Li"), ("date", "2025-03-01")]
    );
    assert_eq!(&text[doc.fields[0].span.range()], "Dr Chi Wu");
    assert_eq!(doc.comments[0].text.trim(), "our house style");
    // Who forgot the blank line has no author.
    assert_eq!(seen("= Zinc\nZinc is a metal.\n"), ["Heading 1: Zinc", "Paragraph: Zinc is a metal."]);
}

#[test]
fn titles_have_levels_however_they_are_marked() {
    let text = "== Uses\n\n=== For colds ===\n\nSide effects\n------------\n\nNone.\n\n[discrete]\n== Apart\n\nNot a title\n== here\n";
    assert_eq!(
        seen(text),
        [
            "Heading 2: Uses",
            "Heading 3: For colds",
            "Heading 2: Side effects",
            "Paragraph: None.",
            "Heading 2: Apart",
            "Paragraph: Not a title == here"
        ]
    );
}

#[test]
fn lists_nest_by_their_marks_and_items_hold_what_a_plus_attaches() {
    let text = "* oysters\nand crabs\n** smoked\n* beef\n+\nMore on beef.\n\n. First\n.. Sub\n. Second\n\nZinc:: a metal\nIron::\n  another one\n\n* [x] done\n";
    assert_eq!(
        seen(text),
        [
            "ListItem 1 g1: oysters and crabs",
            "ListItem 2 g2: smoked",
            "ListItem 1 g1: beef",
            "ListItem 1 g1: More on beef.",
            "ListItem 2 g3: First",
            "ListItem 3 g4: Sub",
            "ListItem 2 g3: Second",
            "ListItem 3 g5: Zinc",
            "ListItem 3 g5: a metal",
            "ListItem 3 g5: Iron",
            "ListItem 3 g5: another one",
            "ListItem 1 g1: done",
        ]
    );
}

#[test]
fn tables_have_heads_spans_and_uneven_rows() {
    let text = ".Zinc in food\n[cols=\"2,1\",options=\"header\"]\n|===\n|Food |mg\n\n|Oysters\n|16\n2+|both\na|\n* one\n|2\n|===\n";
    let doc = read(text);
    assert_eq!(
        blocks(&doc),
        [
            "Caption: Zinc in food",
            "Cell g1 0,0: Food",
            "Cell g1 0,1: mg",
            "Cell g1 1,0 ^1: Oysters",
            "Cell g1 1,1 ^2: 16",
            "Cell g1 2,0 ^1: both",
            "Cell g1 3,0 ^1: one",
            "Cell g1 3,1 ^2: 2",
        ]
    );
    assert!(doc.defects.is_empty());
    assert_eq!(read("|===\n|a |b\n\n|c\n|===\n").defects[0].kind, DefectKind::UnevenRow);
    assert_eq!(seen(",===\na,\"b,c\"\n,===\n"), ["Cell g1 1,0: a", "Cell g1 1,1: \"b,c\""]);
}

#[test]
fn blocks_between_fences_are_what_their_fence_and_style_say() {
    let text = "NOTE: Ask first.\n\n[WARNING]\n====\nNot for children.\n\n* ever\n====\n\n[quote, Mara, a reader]\n____\nIt cured me.\n____\n\n----\ncode\n// no comment\n----\n\n****\nAside.\n****\n\n++++\n<p>From <b>HTML</b></p>\n++++\n\n> Quoted\n> so.\n\n literal\n\n----\nnever closed\n";
    assert_eq!(
        seen(text),
        [
            "Paragraph: Ask first.",
            "Paragraph: Not for children.",
            "ListItem 1 g1: ever",
            "Quote: Mara, a reader",
            "Quote: It cured me.",
            "Code: code // no comment",
            "Paragraph: Aside.",
            "Paragraph: From HTML",
            "Quote: Quoted so.",
            "Code: literal",
            "Paragraph: ---- never closed",
        ]
    );
}

#[test]
fn comments_conditions_and_includes_are_left_out() {
    let text = ":shop: yes\n\nOne.\n// caveat-allow a/b: why\nStill one.\n\n////\nhidden\n////\n\nifdef::shop[]\nSold here.\nendif::[]\n\nifdef::env-github[]\nOnly there.\nifdef::shop[]\nnor this\nendif::[]\nendif::[]\n\nifndef::env-github[Here.]\n\ninclude::more.adoc[]\n";
    let doc = read(text);
    assert_eq!(blocks(&doc), ["Paragraph: One. Still one.", "Paragraph: Sold here.", "Paragraph: Here."]);
    assert_eq!(doc.comments.iter().map(|c| c.text.trim()).collect::<Vec<_>>(), ["caveat-allow a/b: why", "hidden"]);
    assert_eq!(doc.embeds.len(), 1);
}

#[test]
fn marks_and_macros_leave_their_words() {
    let text = ":brand: Glow\n\nTake *zinc* or __iro__n, `2 mg` H~2~O, [.lead]#now#, *not* 2*3*4, a_b_c.\n\nSee https://example.org/a_b[the trial], https://example.org/x. And link:/b.html[*more*^], <<dose,the dose>>, {brand} -- {unknown}&#8212;\"`so`\" \\*raw*.footnote:[Roe 2020, see https://doi.example/1[here].] End.\n\nimage::a.png[]\n\nimage:b.png[A picture]\n\nLast.\n";
    let doc = read(text);
    assert_eq!(
        blocks(&doc),
        [
            "Paragraph: Take zinc or iron, 2 mg H2O, now, not 2*3*4, a_b_c.",
            "Paragraph: See the trial, https://example.org/x. And more, the dose, Glow — —“so” *raw*. End.",
            "Caption: A picture",
            "Paragraph: Last.",
            "Paragraph: Roe 2020, see here.",
        ]
    );
    let links: Vec<_> = doc.links.iter().map(|l| (l.target.as_str(), doc.words(l.text), l.rel.as_str())).collect();
    assert_eq!(
        links,
        [
            ("https://example.org/a_b", "the trial", ""),
            ("https://example.org/x", "https://example.org/x", ""),
            ("/b.html", "more", ""),
            ("#dose", "the dose", ""),
            ("#fn-1", "", "footnote"),
            ("a.png", "", "no-alt"),
            ("b.png", "", ""),
            ("https://doi.example/1", "here", ""),
        ]
    );
    let at = doc.text.find("the trial").unwrap();
    let span = doc.span(Span::new(at, at + 9));
    assert_eq!(&text[span.range()], "the trial");
}

#[test]
fn every_mark_that_is_not_closed_is_words() {
    for text in [
        "*",
        "**",
        "[",
        "[[",
        "<<",
        "{",
        "link:",
        "link:a[",
        "https://",
        "image::[",
        "|===",
        "[quote",
        "footnote:[",
        "a *b",
        "+++",
        "&#",
        "= ",
        "::",
    ] {
        let doc = read(text);
        assert!(doc.blocks.len() <= 1, "{text}");
        let again = format!("Zinc {text} helps");
        assert!(read(&again).text.contains("helps"), "{text}");
    }
}
