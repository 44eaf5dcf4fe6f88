//! What must hold of every document, whatever was read: its places are places.

use caveat::document::Document;

/// Panics where a place of the document lies off its text or off the source.
pub fn assert_places(source: &str, doc: &Document) {
    let place = |what: &str, span: caveat::source::Span| {
        assert!(span.start <= span.end && source.get(span.range()).is_some(), "the {what} at {span:?} is no place");
    };
    for block in &doc.blocks {
        assert!(doc.text.get(block.text.range()).is_some(), "a block's words lie off the text");
        assert!(block.head.is_none_or(|h| (h as usize) < doc.blocks.len()), "a block's head is no block");
        place("block", block.span);
        place("words of a block", doc.span(block.text));
    }
    doc.pieces.iter().for_each(|p| place("piece", p.source));
    doc.links.iter().for_each(|l| place("link", l.span));
    doc.fields.iter().for_each(|f| place("field", f.span));
    doc.comments.iter().for_each(|c| place("comment", c.span));
    doc.embeds.iter().for_each(|e| place("embed", *e));
    doc.defects.iter().for_each(|d| place("defect", d.span));
    assert!(doc.pieces.windows(2).all(|p| p[0].plain.end <= p[1].plain.start), "pieces overlap");
}
