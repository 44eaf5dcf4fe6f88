//! Writes a document as a Word file, as a word processor would: styles, numbered paragraphs, tables,
//! hyperlinks, footnotes and properties; runs cut anywhere, and something deleted in every paragraph.

use caveat::document::{Block, BlockKind, Document, Link, NO_ALT};
use quick_xml::escape::escape;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A zip archive of these files.
pub fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Bytes of words after which a run ends; word processors cut where somebody edited.
const RUN: usize = 17;

struct Writer<'a> {
    doc: &'a Document,
    links: String,
    notes: String,
    ids: u32,
}

/// The document as a Word file. `source` is the Markdown that it was read from, which tells footnotes
/// from other paragraphs.
pub fn write(doc: &Document, source: &str) -> Vec<u8> {
    let mut w = Writer { doc, links: String::new(), notes: String::new(), ids: 10 };
    let mut body = String::new();
    let mut at = 0;
    while let Some(block) = doc.blocks.get(at) {
        let markup = source.get(block.span.range()).unwrap_or("");
        if let Some(name) = markup.strip_prefix("[^").and_then(|m| m.split(']').next()) {
            let paragraph = w.paragraph(block);
            write!(w.notes, r#"<w:footnote w:id="{}">{paragraph}</w:footnote>"#, escape(name)).unwrap();
        } else if block.kind == BlockKind::Cell {
            let until = doc.blocks[at..].iter().position(|b| b.kind != BlockKind::Cell || b.group != block.group);
            let until = until.map_or(doc.blocks.len(), |n| at + n);
            w.table(&mut body, &doc.blocks[at..until]);
            at = until;
            continue;
        } else {
            body.push_str(&w.paragraph(block));
        }
        at += 1;
    }
    let mut core = String::new();
    let mut custom = String::new();
    for field in &doc.fields {
        let value = escape(field.value.as_str());
        match field.name.as_str() {
            "title" => write!(core, "<dc:title>{value}</dc:title>"),
            "author" => write!(core, "<dc:creator>{value}</dc:creator>"),
            "date" => write!(core, "<dcterms:created>{value}</dcterms:created>"),
            "updated" => write!(core, "<dcterms:modified>{value}</dcterms:modified>"),
            "description" => write!(core, "<dc:description>{value}</dc:description>"),
            name => write!(custom, r#"<property name="{}"><vt:lpwstr>{value}</vt:lpwstr></property>"#, escape(name)),
        }
        .unwrap();
    }
    let styles: String =
        (1..=6).map(|n| format!(r#"<w:style w:styleId="H{n}"><w:name w:val="heading {n}"/></w:style>"#)).collect::<String>()
            + r#"<w:style w:styleId="Q"><w:name w:val="Quote"/></w:style><w:style w:styleId="C"><w:name w:val="caption"/></w:style>"#
            + r#"<w:style w:styleId="P"><w:name w:val="HTML Preformatted"/></w:style>"#;
    archive(&[
        ("word/document.xml", &format!("<w:document><w:body>{body}<w:sectPr/></w:body></w:document>")),
        ("word/styles.xml", &format!("<w:styles>{styles}</w:styles>")),
        ("word/footnotes.xml", &format!("<w:footnotes>{}</w:footnotes>", w.notes)),
        (
            "word/_rels/document.xml.rels",
            &format!(
                r#"<Relationships><Relationship Id="s" Type="t/styles" Target="styles.xml"/><Relationship Id="f" Type="t/footnotes" Target="/word/footnotes.xml"/>{}</Relationships>"#,
                w.links
            ),
        ),
        // Links in notes have relations of their own; the writer gives both the same.
        ("word/_rels/footnotes.xml.rels", &format!("<Relationships>{}</Relationships>", w.links)),
        (
            "_rels/.rels",
            r#"<Relationships><Relationship Id="d" Type="t/officeDocument" Target="word/document.xml"/><Relationship Id="c" Type="t/core-properties" Target="docProps/core.xml"/><Relationship Id="u" Type="t/custom-properties" Target="docProps/custom.xml"/></Relationships>"#,
        ),
        ("docProps/core.xml", &format!("<cp:coreProperties>{core}</cp:coreProperties>")),
        ("docProps/custom.xml", &format!("<Properties>{custom}</Properties>")),
    ])
}

impl Writer<'_> {
    fn id(&mut self) -> u32 {
        self.ids += 1;
        self.ids
    }

    fn paragraph(&mut self, block: &Block) -> String {
        let list = if block.kind == BlockKind::ListItem { block.group } else { 0 };
        let style = match block.kind {
            BlockKind::Title => "H1".to_owned(),
            BlockKind::Heading => format!("H{}", block.level.max(1)),
            BlockKind::Quote => "Q".to_owned(),
            BlockKind::Caption => "C".to_owned(),
            BlockKind::Code => "P".to_owned(),
            _ => String::new(),
        };
        let mut out = "<w:p><w:pPr>".to_owned();
        if !style.is_empty() {
            write!(out, r#"<w:pStyle w:val="{style}"/>"#).unwrap();
        }
        if list > 0 {
            let depth = block.level.saturating_sub(1);
            write!(out, r#"<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list}"/></w:numPr>"#).unwrap();
        }
        out.push_str("</w:pPr>");
        self.words(&mut out, block);
        out.push_str(r#"<w:del w:id="9"><w:r><w:delText>This cured cancer.</w:delText></w:r></w:del></w:p>"#);
        out
    }

    fn words(&mut self, out: &mut String, block: &Block) {
        let doc = self.doc;
        let mut at = block.text.start;
        let links = doc.links.iter().filter(|l| l.text.start >= block.text.start && l.text.end <= block.text.end);
        for link in links.collect::<Vec<_>>() {
            run(out, doc.words(caveat::source::Span { start: at, end: link.text.start.max(at) }));
            at = at.max(link.text.start);
            self.link(out, link);
            at = at.max(link.text.end);
        }
        run(out, doc.words(caveat::source::Span { start: at, end: block.text.end }));
    }

    fn link(&mut self, out: &mut String, link: &Link) {
        if let Some(name) = link.target.strip_prefix("#fn-").filter(|_| link.rel == "footnote") {
            write!(out, r#"<w:r><w:footnoteReference w:id="{}"/></w:r>"#, escape(name)).unwrap();
            return;
        }
        let id = self.id();
        write!(self.links, r#"<Relationship Id="{id}" Type="t/link" Target="{}"/>"#, escape(link.target.as_str())).unwrap();
        if link.image {
            let described = if link.rel == NO_ALT { "" } else { r#" descr="a picture""# };
            write!(out, r#"<w:r><w:drawing><wp:docPr{described}/><a:blip r:embed="{id}"/></w:drawing></w:r>"#).unwrap();
        } else {
            write!(out, r#"<w:hyperlink r:id="{id}">"#).unwrap();
            run(out, self.doc.words(link.text));
            out.push_str("</w:hyperlink>");
        }
    }

    fn table(&mut self, out: &mut String, cells: &[Block]) {
        let looks = if cells.first().is_some_and(|c| c.row == 0) { "04A0" } else { "0480" };
        write!(out, r#"<w:tbl><w:tblPr><w:tblLook w:val="{looks}"/></w:tblPr>"#).unwrap();
        let columns = cells.iter().map(|c| c.column + 1).max().unwrap_or(0);
        let rows = cells.iter().map(|c| c.row).collect::<std::collections::BTreeSet<_>>();
        for row in rows {
            out.push_str("<w:tr>");
            for column in 0..columns {
                out.push_str("<w:tc>");
                for cell in cells.iter().filter(|c| (c.row, c.column) == (row, column)) {
                    let paragraph = self.paragraph(cell);
                    out.push_str(&paragraph);
                }
                out.push_str("</w:tc>");
            }
            out.push_str("</w:tr>");
        }
        out.push_str("</w:tbl>");
    }
}

/// Words as runs, every second one an insertion that was tracked.
fn run(out: &mut String, words: &str) {
    let mut rest = words;
    let mut is_inserted = false;
    while !rest.is_empty() {
        let cut = rest.char_indices().map(|(at, _)| at).find(|at| *at >= RUN).unwrap_or(rest.len());
        let (words, after) = rest.split_at(cut);
        let run = format!(r#"<w:r><w:t xml:space="preserve">{}</w:t></w:r>"#, escape(words));
        if is_inserted {
            write!(out, r#"<w:ins w:id="1">{run}</w:ins>"#).unwrap()
        } else {
            out.push_str(&run)
        }
        is_inserted = !is_inserted;
        rest = after;
    }
}
