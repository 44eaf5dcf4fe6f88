//! What an article lost or kept on its way through a CMS: headings without text, doubled lines, cut sentences.
//!
//! Every part looks at the blocks as the readers and `shape` left them, and notes places; the lints of the
//! family `structure` say what each is worth.

mod ends;
mod figures;
mod glued;
mod headings;
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

use super::Article;
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
    mojibake::find(&parts, &mut found);
    figures::find(&parts, &mut found);
    phrases::find(&parts, &mut found);
    stuffing::find(&parts, &mut found);
    promises::find(&parts, &mut found);
    ends::find(&parts, &mut found);
    links::find(&parts, &mut found);
    for place in found.places {
        match place.span {
            Some(span) => article.add_at(place.tag, place.start, span),
            None => article.add(place.tag, place.start, place.end),
        }
    }
}
