//! The parts of the article as annotations, so that a lint can point at a title, a heading or a sentence.

use super::{Article, Note};
use crate::copies::Copied;
use crate::document::BlockKind;
use crate::tags::Known;

/// Tags the document, its blocks by kind, and its sentences.
pub fn find(article: &mut Article) {
    let mut document: Option<(bool, u32, u32)> = None;
    let doc = article.doc;
    for (index, block) in doc.blocks.iter().enumerate() {
        let Some(&(first, last)) = article.blocks.get(index) else { continue };
        if first == last {
            continue;
        }
        let (kind, level) = (block.kind, block.level);
        let tag = match kind {
            BlockKind::Title => Known::UnitTitle,
            BlockKind::Heading => Known::UnitHeading,
            BlockKind::Paragraph => Known::UnitParagraph,
            BlockKind::ListItem => Known::UnitItem,
            BlockKind::Quote => Known::UnitQuote,
            BlockKind::Cell => Known::UnitCell,
            BlockKind::Question => Known::UnitQuestion,
            BlockKind::Answer => Known::UnitAnswer,
            BlockKind::Residue => Known::UnitResidue,
            BlockKind::Summary | BlockKind::Caption | BlockKind::Code => continue,
        };
        article.add(tag, first, last);
        // A question with a level is a heading that asks.
        if kind == BlockKind::Question && level > 0 {
            article.add(Known::UnitHeading, first, last);
        }
        let is_title = kind == BlockKind::Title;
        let is_prose = !matches!(kind, BlockKind::Residue);
        if is_prose && document.is_none_or(|(title, ..)| is_title && !title) {
            let end = article.sentence(first).map_or(last, |s| s.end);
            document = Some((is_title, first, end));
        }
    }
    for index in 0..article.sentences.len() {
        let s = article.sentences[index];
        article.add(Known::UnitSentence, s.start, s.end);
    }
    if let Some((_, first, end)) = document {
        article.add(Known::UnitDocument, first, end);
    }
}

/// Tags an article that has much in common with an earlier one, with the name of that one and the share.
pub fn copy(article: &mut Article, copied: Option<&Copied>) {
    let Some(copied) = copied else { return };
    let Some((start, end)) = article.all(Known::UnitDocument.id()).next().map(|a| (a.start, a.end)) else { return };
    let note = Note { subject: copied.from.clone(), text: format!("{:.0}%", copied.share * 100.0) };
    article.copied = copied.share;
    article.add(Known::ProvenanceCopy, start, end);
    article.notes.insert((Known::ProvenanceCopy.id(), start, end), note);
}
