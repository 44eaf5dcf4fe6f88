//! Word files made of the XML that word processors write, cut down to what matters.

use super::{Fault, read};
use crate::document::{BlockKind, Document};
use crate::source::Source;
use crate::tree::tree;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A zip archive of these files.
fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const STYLES: &str = r#"<w:styles xmlns:w="w">
<w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>
<w:style w:styleId="House"><w:name w:val="Our Section"/><w:basedOn w:val="Base"/></w:style>
<w:style w:styleId="Base"><w:name w:val="Our Base"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:styleId="Zitat"><w:name w:val="Quote"/></w:style>
<w:style w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
</w:styles>"#;

const RELATIONS: &str = r#"<Relationships xmlns="r">
<Relationship Id="s" Type="http://x/styles" Target="styles.xml"/>
<Relationship Id="f" Type="http://x/footnotes" Target="footnotes.xml"/>
<Relationship Id="h" Type="http://x/hyperlink" Target="https://example.org/trial?a=1&amp;b=2" TargetMode="External"/>
<Relationship Id="i" Type="http://x/image" Target="media/image1.png"/>
</Relationships>"#;

const NOTES: &str = r#"<w:footnotes xmlns:w="w">
<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> Lee 2021.</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="3"><w:p><w:r><w:t>Nobody refers to this.</w:t></w:r></w:p></w:footnote>
</w:footnotes>"#;

fn word(body: &str) -> Vec<u8> {
    let document = format!(r#"<?xml version="1.0"?><w:document xmlns:w="w" xmlns:r="r"><w:body>{body}</w:body></w:document>"#);
    archive(&[
        ("word/document.xml", &document),
        ("word/styles.xml", STYLES),
        ("word/footnotes.xml", NOTES),
        ("word/_rels/document.xml.rels", RELATIONS),
        (
            "_rels/.rels",
            r#"<Relationships><Relationship Id="a" Type="http://x/core-properties" Target="docProps/core.xml"/></Relationships>"#,
        ),
        (
            "docProps/core.xml",
            r#"<cp:coreProperties xmlns:dc="d" xmlns:dcterms="t"><dc:title>Zinc &amp; colds</dc:title><dc:creator>A. Author</dc:creator><cp:lastModifiedBy>B</cp:lastModifiedBy><dcterms:created>2024-05-01T10:00:00Z</dcterms:created><dcterms:modified>2025-01-02T10:00:00Z</dcterms:modified></cp:coreProperties>"#,
        ),
    ])
}

fn paragraph(style: &str, text: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#)
}

fn item(list: u32, depth: u32, text: &str) -> String {
    format!(
        r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list}"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#
    )
}

fn fault(bytes: &[u8]) -> String {
    match read(bytes) {
        Err(Fault { message, .. }) => message,
        Ok((text, _)) => panic!("read as {text:?}"),
    }
}

/// Kind, level and words of the blocks, and that every place is a place in the text.
fn blocks(body: &str) -> Vec<String> {
    let (text, doc) = read(&word(body)).unwrap();
    assert_places(&text, &doc);
    doc.blocks.iter().map(|b| format!("{:?} {} {}", b.kind, b.level, doc.block_text(b))).collect()
}

fn assert_places(text: &str, doc: &Document) {
    for block in &doc.blocks {
        let place = doc.span(block.text);
        assert_eq!(
            text.get(place.range()).map(|t| t.split_whitespace().collect::<Vec<_>>().join(" ")).as_deref(),
            Some(doc.block_text(block))
        );
        assert!(block.span.start <= place.start && place.end <= block.span.end, "{block:?}");
    }
}

#[test]
fn headings_are_known_by_name_level_and_what_they_are_based_on() {
    let body = [
        paragraph("Titel", "Zinc"),
        paragraph("berschrift1", "Dose"),
        paragraph("berschrift2", "Adults"),
        paragraph("House", "Children"),
        r#"<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>Own level</w:t></w:r></w:p>"#.to_owned(),
        paragraph("Zitat", "It cured me."),
        paragraph("TOC1", "Dose 1"),
        paragraph("Unknown", "Eight milligrams."),
    ];
    assert_eq!(
        blocks(&body.concat()),
        [
            "Title 1 Zinc",
            "Heading 2 Dose",
            "Heading 3 Adults",
            "Heading 3 Children",
            "Heading 2 Own level",
            "Quote 0 It cured me.",
            "Paragraph 0 Eight milligrams."
        ]
    );
}

#[test]
fn the_only_first_level_heading_is_the_title() {
    let body = [paragraph("berschrift1", "Zinc"), paragraph("berschrift2", "Dose"), paragraph("", "Eight.")];
    assert_eq!(blocks(&body.concat()), ["Title 1 Zinc", "Heading 2 Dose", "Paragraph 0 Eight."]);
}

#[test]
fn bold_lines_are_headings_only_where_no_heading_has_a_style() {
    let bold = |text: &str| format!("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r></w:p>");
    let (_, doc) =
        read(&word(&[bold("Zinc for colds"), paragraph("", "It may help."), bold("Dose"), paragraph("", "Eight.")].concat())).unwrap();
    let seen: Vec<_> = doc.blocks.iter().map(|b| (b.kind, b.level, b.inferred)).collect();
    use BlockKind::{Heading, Paragraph, Title};
    assert_eq!(seen, [(Title, 1, 80), (Paragraph, 0, 0), (Heading, 2, 70), (Paragraph, 0, 0)]);
    let styled = [paragraph("Titel", "Zinc"), paragraph("berschrift1", "Dose"), bold("Note"), paragraph("", "Eight.")];
    assert_eq!(blocks(&styled.concat())[2], "Paragraph 0 Note");
}

#[test]
fn lists_nest_by_level_and_end_with_other_text() {
    let body = [
        item(1, 0, "a"),
        item(1, 1, "b"),
        item(2, 1, "c"),
        "<w:p/>".to_owned(),
        item(1, 0, "d"),
        paragraph("", "Then."),
        item(1, 0, "e"),
        item(0, 0, "no item"),
    ];
    let (_, doc) = read(&word(&body.concat())).unwrap();
    let seen: Vec<_> = doc.blocks.iter().map(|b| (doc.block_text(b), b.level, b.group)).collect();
    assert_eq!(seen, [("a", 1, 1), ("b", 2, 2), ("c", 2, 3), ("d", 1, 1), ("Then.", 0, 0), ("e", 1, 4), ("no item", 0, 0)]);
}

#[test]
fn tables_have_rows_columns_and_heads() {
    let cell = |text: &str| format!("<w:tc><w:tcPr/><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let row = |cells: &[&str]| format!("<w:tr>{}</w:tr>", cells.iter().map(|c| cell(c)).collect::<String>());
    let table =
        format!(r#"<w:tbl><w:tblPr><w:tblLook w:val="04A0"/></w:tblPr>{}{}</w:tbl>"#, row(&["Food", "Zinc"]), row(&["Oysters", "32 mg"]));
    let boxed = format!("<w:tbl>{}</w:tbl>", row(&["Talk to your doctor."]));
    let (text, doc) = read(&word(&(table + &boxed))).unwrap();
    assert_places(&text, &doc);
    let seen: Vec<_> = doc.blocks.iter().map(|b| (b.kind, doc.block_text(b), b.row, b.column, b.head)).collect();
    use BlockKind::{Cell, Paragraph};
    assert_eq!(
        seen,
        [
            (Cell, "Food", 0, 0, None),
            (Cell, "Zinc", 0, 1, None),
            (Cell, "Oysters", 1, 0, Some(0)),
            (Cell, "32 mg", 1, 1, Some(1)),
            (Paragraph, "Talk to your doctor.", 0, 0, None),
        ]
    );
}

#[test]
fn deleted_text_is_gone_and_inserted_text_stays() {
    let body = r#"<w:p><w:r><w:t xml:space="preserve">Zinc </w:t></w:r><w:del w:id="1"><w:r><w:delText>cures</w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>may</w:t></w:r><w:r><w:t xml:space="preserve"> shorten</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> colds</w:t></w:r><w:moveFrom><w:r><w:t> gone</w:t></w:r></w:moveFrom><w:r><w:t>.</w:t></w:r></w:p>
<w:p><w:pPr><w:pPrChange><w:pPr><w:pStyle w:val="berschrift1"/></w:pPr></w:pPrChange></w:pPr><w:r><w:t>Was a heading.</w:t></w:r></w:p>
<w:p><w:pPr><w:rPr><w:del w:id="3"/></w:rPr></w:pPr><w:r><w:t>First half</w:t></w:r></w:p><w:p><w:r><w:t xml:space="preserve"> and second.</w:t></w:r></w:p>
<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>Said.</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>"#;
    assert_eq!(
        blocks(body),
        ["Paragraph 0 Zinc may shorten colds.", "Paragraph 0 Was a heading.", "Paragraph 0 First half and second.", "Paragraph 0 Said."]
    );
}

#[test]
fn links_notes_and_images_are_kept() {
    let body = r#"<w:p><w:r><w:t xml:space="preserve">See </w:t></w:r><w:hyperlink r:id="h"><w:r><w:t>the </w:t></w:r><w:r><w:t>trial</w:t></w:r></w:hyperlink><w:r><w:t>.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>
<w:p><w:bookmarkStart w:name="dose"/><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://example.org/b" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>by field</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:hyperlink w:anchor="dose"><w:r><w:t> up</w:t></w:r></w:hyperlink></w:p>
<w:p><w:r><w:drawing><wp:docPr descr="A lozenge"/><a:blip r:embed="i"/></w:drawing></w:r><w:r><w:drawing><wp:docPr/><a:blip r:embed="i"/></w:drawing></w:r></w:p>"#;
    let (text, doc) = read(&word(body)).unwrap();
    assert_places(&text, &doc);
    let seen: Vec<_> = doc.links.iter().map(|l| (doc.words(l.text), l.target.as_str(), l.image, l.rel.as_str())).collect();
    assert_eq!(
        seen,
        [
            ("the trial", "https://example.org/trial?a=1&b=2", false, ""),
            ("", "#fn-2", false, "footnote"),
            ("by field", "https://example.org/b", false, ""),
            (" up", "#dose", false, ""),
            ("", "media/image1.png", true, ""),
            ("", "media/image1.png", true, "no-alt"),
        ]
    );
    assert_eq!(doc.block_text(doc.blocks.last().unwrap()), "Lee 2021.");
    assert!(doc.anchors.iter().any(|a| a == "fn-2") && doc.anchors.iter().any(|a| a == "dose"));
    assert!(!doc.text.contains("Nobody"));
}

#[test]
fn a_line_is_a_paragraph_and_empty_ones_count() {
    let body = [paragraph("", "One."), "<w:p/>".to_owned(), paragraph("", "Th&#114;ee &amp; f\nour."), item(1, 0, "Four.")].concat();
    let (text, doc) = read(&word(&body)).unwrap();
    assert_eq!(text, "One.\n\nThree & f our.\nFour.\n");
    assert!(tree(&doc, &Source::new("a", text)).contains("L3"));
}

#[test]
fn breaks_tabs_and_hyphens_are_text_and_two_breaks_part() {
    let body = "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/><w:t>e</w:t><w:br/><w:br/><w:t>f</w:t></w:r></w:p>";
    assert_eq!(blocks(body), ["Paragraph 0 a b c\u{2011}de", "Paragraph 0 f"]);
}

#[test]
fn a_text_box_is_read_once_behind_its_paragraph() {
    let inside = "<w:txbxContent><w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent>";
    let body = format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice>{inside}</mc:Choice><mc:Fallback>{inside}</mc:Fallback></mc:AlternateContent><w:t>Around.</w:t></w:r></w:p><w:p><w:r><w:t>After.</w:t></w:r></w:p>"
    );
    assert_eq!(blocks(&body), ["Paragraph 0 Around.", "Paragraph 0 In the box.", "Paragraph 0 After."]);
}

#[test]
fn the_file_says_who_wrote_it_and_when() {
    let (_, doc) = read(&word(&paragraph("", "x"))).unwrap();
    let seen: Vec<_> = doc.fields.iter().map(|f| (f.name.as_str(), f.value.as_str())).collect();
    assert_eq!(
        seen,
        [("title", "Zinc & colds"), ("author", "A. Author"), ("date", "2024-05-01T10:00:00Z"), ("updated", "2025-01-02T10:00:00Z")]
    );
}

#[test]
fn what_is_no_word_file_says_so() {
    assert!(fault(b"").contains("no Word file"));
    assert!(fault(b"\xd0\xcf\x11\xe0\xa1\xb1").contains("old Word file"));
    assert!(fault(b"PK\x03\x04 and no more").contains("damaged"));
    assert!(fault(&archive(&[("a.txt", "x")])).contains("no document in it"));
    let workbook = r#"<R><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></R>"#;
    assert!(fault(&archive(&[("_rels/.rels", workbook)])).contains("workbook"));
    assert!(fault(&archive(&[("word/document.xml", "<a><b></a>")])).contains("no well-formed XML"));
    assert!(fault(&archive(&[("word/document.xml", "<a><b>")])).contains("cut off"));
    let whole = word(&paragraph("", "Zinc"));
    for cut in 0..whole.len() {
        assert!(read(&whole[..cut]).is_err(), "cut at {cut}");
    }
}

#[test]
fn bombs_are_refused() {
    let entity = r#"<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>"#;
    assert!(fault(&archive(&[("word/document.xml", entity)])).contains("document type"));
    let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    assert!(fault(&archive(&[("word/document.xml", &deep)])).contains("nested deeper"));
    let large = format!("<a>{}</a>", " ".repeat(70 << 20));
    assert!(fault(&archive(&[("word/document.xml", &large)])).contains("unpacks to more"));
    let many: Vec<String> = (0..5000).map(|n| format!("f{n}")).collect();
    let files: Vec<(&str, &str)> = many.iter().map(|n| (n.as_str(), "")).collect();
    assert!(fault(&archive(&files)).contains("more than 4096 files"));
}
