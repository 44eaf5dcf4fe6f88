//! What an article lost or kept on its way through a CMS: headings without text, doubled lines, cut sentences.
//!
//! Every part looks at the blocks as the readers and `shape` left them, and notes places; the lints of the
//! family `structure` say what each is worth.

mod ends;
mod figures;
mod glued;
mod headings;
mod joined;
mod leads;
mod links;
mod markup;
mod mojibake;
mod parts;
mod phrases;
mod promises;
mod repeats;
mod shingles;
mod stuffing;

use super::{Article, Note};
use crate::document::BlockKind;
use crate::tags::Known;
use parts::{Found, Parts};

/// Adds the annotations of this module.
pub fn find(article: &mut Article) {
    let mut found = Found::default();
    let parts = Parts::new(article);
    headings::find(&parts, &mut found);
    leads::find(&parts, &mut found);
    repeats::find(&parts, &mut found);
    shingles::find(&parts, &mut found);
    markup::find(&parts, &mut found);
    glued::find(&parts, &mut found);
    joined::find(&parts, &mut found);
    mojibake::find(&parts, &mut found);
    figures::find(&parts, &mut found);
    phrases::find(&parts, &mut found);
    stuffing::find(&parts, &mut found);
    promises::find(&parts, &mut found);
    ends::find(&parts, &mut found);
    links::find(&parts, &mut found);
    for place in found.places {
        if SURE_OF.contains(&place.tag) {
            let text = how_sure(article, place.start);
            article.notes.insert((place.tag.id(), place.start, place.end), Note { subject: String::new(), text });
        }
        match place.span {
            Some(span) => article.add_at(place.tag, place.start, span),
            None => article.add(place.tag, place.start, place.end),
        }
    }
}

/// What rests on a line being a heading; how sure that is fills `{note}` in the messages.
const SURE_OF: [Known; 3] = [Known::StructureEmptyHeading, Known::StructureUnanswered, Known::StructureDuplicateLine];

/// How sure it is that the block of a token is a heading, where that had to be inferred.
fn how_sure(article: &Article, token: u32) -> String {
    let at = article.tokens.get(token as usize).map_or(0, |t| article.doc.block_at(t.start));
    match article.doc.blocks.get(at) {
        Some(b) if b.inferred > 0 && matches!(b.kind, BlockKind::Title | BlockKind::Heading | BlockKind::Question) => {
            format!("(taken for a heading, {}% sure)", b.inferred)
        }
        _ => String::new(),
    }
}
