//! Draws a document as text, one line a block: for `caveat show` and for the golden files of the readers.

use crate::document::{Block, BlockKind, Document};
use crate::source::Source;
use std::fmt::Write;

/// Characters of a block that are shown.
const SHOWN: usize = 60;

/// The blocks of `doc` with the lines they stand on in `source`, then its sections, links and fields.
///
/// A block reads `index kind level how-sure group row,column ^head §section Lfirst-last  text`; what does
/// not apply is left out.
pub fn tree(doc: &Document, source: &Source) -> String {
    let mut out = String::with_capacity(doc.blocks.len() * 100);
    for (i, block) in doc.blocks.iter().enumerate() {
        let _ = writeln!(out, "{i:>3} {}  {}", facts(block, source), shown(doc.block_text(block)));
    }
    for (i, section) in doc.sections.iter().enumerate() {
        let heading = section.heading.map_or("-".to_owned(), |h| h.to_string());
        let _ = writeln!(
            out,
            "§{i} level {} in §{} heading {heading} blocks {}..{}",
            section.level, section.parent, section.first, section.end
        );
    }
    for link in &doc.links {
        let kind = if link.image { "image" } else { "link" };
        let line = source.line_of(link.span.start) + 1;
        let rel = if link.rel.is_empty() { String::new() } else { format!(" rel {}", link.rel) };
        let _ = writeln!(out, "{kind} L{line} {:?} -> {}{rel}", shown(doc.words(link.text)), shown(&link.target));
    }
    for field in &doc.fields {
        let _ = writeln!(out, "field L{} {} = {:?}", source.line_of(field.span.start) + 1, field.name, shown(&field.value));
    }
    for comment in &doc.comments {
        let _ = writeln!(out, "comment L{} {:?}", source.line_of(comment.span.start) + 1, shown(comment.text.trim()));
    }
    out
}

/// The name of a kind in lower case.
pub fn kind_name(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Title => "title",
        BlockKind::Heading => "heading",
        BlockKind::Summary => "summary",
        BlockKind::Paragraph => "paragraph",
        BlockKind::ListItem => "item",
        BlockKind::Quote => "quote",
        BlockKind::Cell => "cell",
        BlockKind::Caption => "caption",
        BlockKind::Question => "question",
        BlockKind::Answer => "answer",
        BlockKind::Residue => "residue",
        BlockKind::Code => "code",
    }
}

fn facts(block: &Block, source: &Source) -> String {
    let mut out = format!("{:<9}", kind_name(block.kind));
    if block.level > 0 {
        let _ = write!(out, " {}", block.level);
    }
    if block.inferred > 0 {
        let _ = write!(out, " {}%", block.inferred);
    }
    if block.group > 0 {
        let _ = write!(out, " g{}", block.group);
    }
    if block.kind == BlockKind::Cell {
        let _ = write!(out, " {},{}", block.row, block.column);
    }
    if let Some(head) = block.head {
        let _ = write!(out, " ^{head}");
    }
    let first = source.line_of(block.span.start) + 1;
    let last = source.line_of(block.span.end.saturating_sub(1).max(block.span.start)) + 1;
    let _ = write!(out, " §{} L{first}", block.section);
    if last > first {
        let _ = write!(out, "-{last}");
    }
    out
}

fn shown(text: &str) -> String {
    let mut out: String = text.chars().take(SHOWN).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(SHOWN).is_some() {
        out.push('…');
    }
    out
}
