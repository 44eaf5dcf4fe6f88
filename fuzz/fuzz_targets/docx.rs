//! Any XML packed as the document of a Word file, between styles and notes: no panic, true places. What
//! is no XML is taken for paragraphs of it.
#![no_main]

mod places;

use caveat::read::docx;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;
use zip::CompressionMethod::Stored;

const STYLES: &str = r#"<w:styles><w:style w:styleId="T"><w:name w:val="Title"/></w:style><w:style w:styleId="H"><w:name w:val="heading 1"/></w:style></w:styles>"#;
const RELATIONS: &str = r#"<R><Relationship Id="s" Type="t/styles" Target="styles.xml"/><Relationship Id="f" Type="t/footnotes" Target="document.xml"/></R>"#;

fn packed(document: &str) -> Option<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [("word/document.xml", document), ("word/styles.xml", STYLES), ("word/_rels/document.xml.rels", RELATIONS)] {
        zip.start_file(name, SimpleFileOptions::default().compression_method(Stored)).ok()?;
        zip.write_all(text.as_bytes()).ok()?;
    }
    Some(zip.finish().ok()?.into_inner())
}

libfuzzer_sys::fuzz_target!(|xml: &str| {
    for document in [xml.to_owned(), format!("<w:document><w:body>{xml}</w:body></w:document>")] {
        if let Some(Ok((text, doc))) = packed(&document).map(|bytes| docx::read(&bytes)) {
            places::assert_places(&text, &doc);
        }
    }
});
