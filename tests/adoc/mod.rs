//! Writes a document as AsciiDoc, as an author would: a header, marked lists, tables, quotations between
//! fences, footnotes where they are called; and what is no prose between the blocks.

use caveat::document::{Block, BlockKind, Document, Link, NO_ALT};
use caveat::source::Span;
use std::collections::HashMap;
use std::fmt::Write as _;

/// The document as AsciiDoc. `source` is the Markdown that it was read from, which tells footnotes from other
/// paragraphs and numbered lists from others.
pub fn write(doc: &Document, source: &str) -> String {
    let markup = |b: &Block| source.get(b.span.range()).unwrap_or("");
    let note_of = |b: &Block| markup(b).strip_prefix("[^").and_then(|m| m.split(']').next()).map(|n| format!("#fn-{n}"));
    let notes: HashMap<String, &Block> = doc.blocks.iter().filter_map(|b| Some((note_of(b)?, b))).collect();
    let mut header = String::from("// written by a test\n");
    for field in &doc.fields {
        writeln!(header, ":{}: {}", field.name.replace(['.', ' '], "-"), field.value).unwrap();
    }
    let mut out = format!("{header}\nifdef::never-set[]\nThis cures cancer.\nendif::[]\n\n");
    let mut at = 0;
    while let Some(block) = doc.blocks.get(at) {
        let words = |b: &Block| self::words(doc, b, &notes);
        let until =
            |same: fn(&Block, &Block) -> bool| doc.blocks[at..].iter().position(|b| !same(b, block)).map_or(doc.blocks.len(), |n| at + n);
        let mut next = at + 1;
        for comment in
            doc.comments.iter().filter(|c| c.span.end <= block.span.start && (at == 0 || c.span.start >= doc.blocks[at - 1].span.end))
        {
            writeln!(out, "// {}\n", comment.text.trim()).unwrap();
        }
        match block.kind {
            _ if note_of(block).is_some() => {}
            BlockKind::Title => writeln!(out, "= {}\n", words(block)).unwrap(),
            BlockKind::Heading => writeln!(out, "{} {}\n", "=".repeat(block.level.max(1).into()), words(block)).unwrap(),
            BlockKind::Quote => {
                next = until(|b, first| b.kind == first.kind);
                let lines: Vec<String> = doc.blocks[at..next].iter().map(words).collect();
                writeln!(out, "____\n{}\n____\n", lines.join("\n\n")).unwrap();
            }
            BlockKind::Cell => {
                next = until(|b, first| b.kind == BlockKind::Cell && b.group == first.group);
                let columns = doc.blocks[at..next].iter().map(|b| b.column).max().unwrap_or(0) + 1;
                let head = if block.row == 0 { "%header," } else { "" };
                writeln!(out, "[{head}cols=\"{columns}*\"]\n|===").unwrap();
                let last = doc.blocks[next - 1].row;
                for row in block.row..=last {
                    for column in 0..columns {
                        let cell = doc.blocks[at..next].iter().find(|b| (b.row, b.column) == (row, column));
                        writeln!(out, "|{}", cell.map(words).unwrap_or_default().replace('|', "\\|")).unwrap();
                    }
                }
                out.push_str("|===\n\n");
            }
            BlockKind::ListItem => {
                next = until(|b, first| b.kind == BlockKind::ListItem && b.group == first.group);
                // A comment keeps two lists apart that touch.
                out.push_str("[.list]\n");
                for item in &doc.blocks[at..next] {
                    let glyph = if markup(item).starts_with(|c: char| c.is_ascii_digit()) { "." } else { "*" };
                    writeln!(out, "{} {}", glyph.repeat(item.level.max(1).into()), words(item)).unwrap();
                }
                out.push('\n');
            }
            BlockKind::Caption => match doc.links.iter().find(|l| l.image && l.span.start == block.span.start) {
                Some(picture) => writeln!(out, "image::{}[{}]\n", picture.target, doc.block_text(block)).unwrap(),
                None => writeln!(out, ".{}", words(block)).unwrap(),
            },
            BlockKind::Code => writeln!(out, "----\n{}\n----\n", doc.block_text(block)).unwrap(),
            _ => writeln!(out, "{}\n", words(block)).unwrap(),
        }
        at = next;
    }
    out
}

fn words(doc: &Document, block: &Block, notes: &HashMap<String, &Block>) -> String {
    let mut out = String::new();
    let mut at = block.text.start;
    for link in doc.links.iter().filter(|l| l.text.start >= block.text.start && l.text.end <= block.text.end) {
        escaped(&mut out, doc.words(Span { start: at, end: link.text.start.max(at) }));
        at = at.max(link.text.start);
        write_link(&mut out, doc, link, notes);
        at = at.max(link.text.end);
    }
    escaped(&mut out, doc.words(Span { start: at, end: block.text.end }));
    // Emphasis is markup: it changes nothing.
    match out.split_once(' ') {
        Some((first, rest)) if block.kind == BlockKind::Paragraph && first.chars().all(char::is_alphabetic) => format!("*{first}* {rest}"),
        _ => out,
    }
}

fn write_link(out: &mut String, doc: &Document, link: &Link, notes: &HashMap<String, &Block>) {
    let text = doc.words(link.text);
    if link.rel == "footnote" {
        let inner = notes.get(&link.target).map(|b| words(doc, b, &HashMap::new()).replace(']', "\\]")).unwrap_or_default();
        write!(out, "footnote:[{inner}]").unwrap();
    } else if link.image {
        write!(out, "image:{}[{}]", link.target, if link.rel == NO_ALT { "" } else { "a picture" }).unwrap();
    } else if link.target == text {
        out.push_str(text);
    } else {
        let mut inner = String::new();
        escaped(&mut inner, text);
        let name = if link.target.starts_with("http") { "" } else { "link:" };
        write!(out, "{name}{}[{}]", link.target, inner.replace(']', "\\]")).unwrap();
    }
}

fn escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        if matches!(c, '*' | '_' | '`' | '#' | '^' | '~' | '{' | '[' | '&' | '<') {
            out.push('\\');
        }
        out.push(c);
    }
}
