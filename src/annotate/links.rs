//! Links by where they lead: to a shop, to a shop that pays for the visit, to a source.
//!
//! Which targets are which is told by the shapes of the lists `link.affiliate-target`, `link.shop-target`,
//! `link.social-target` and `link.evidence-target`; they are tried on the targets of links as well as on the text.

use super::Article;
use super::shapes::{self, Compiled};
use crate::document::{BlockKind, Link};
use crate::source::Span;
use crate::tags::Known;

/// Tags every link with where it leads.
pub fn find(article: &mut Article, compiled: &Compiled) {
    let doc = article.doc;
    for link in doc.links.iter().filter(|l| !l.rel.contains("footnote")) {
        // An image by itself leads nowhere.
        if link.image {
            continue;
        }
        let candidates = shapes::candidates(article.catalog, &link.target);
        let is = |tag: Known| compiled.matches(article.catalog, tag.id(), &link.target, &candidates);
        let affiliate = link.rel.split_whitespace().any(|r| r == "sponsored") || is(Known::LinkAffiliateTarget);
        let product = affiliate || is(Known::LinkShopTarget);
        let block = doc.blocks.get(doc.block_at(link.text.start)).map(|b| b.kind);
        let source = !product && is_external(&link.target) && block != Some(BlockKind::Residue) && !is(Known::LinkSocialTarget);
        let tags = [
            (Known::LinkAny, true),
            (Known::LinkAffiliate, affiliate),
            (Known::LinkProduct, product),
            (Known::LinkSource, source),
            (Known::SourceScholarly, source && is(Known::LinkEvidenceTarget)),
            // An assistant leaves its name in the addresses that it gives.
            (Known::AiResidue, is(Known::AiResidue)),
        ];
        for (tag, holds) in tags {
            if holds {
                add(article, tag, link);
            }
        }
    }
    // Addresses that stand in the text as such, in formats without links.
    for (target, tags) in [
        (Known::LinkAffiliateTarget, [Known::LinkAffiliate, Known::LinkProduct].as_slice()),
        (Known::LinkShopTarget, [Known::LinkProduct].as_slice()),
        (Known::LinkEvidenceTarget, [Known::SourceScholarly].as_slice()),
    ] {
        let places: Vec<(u32, u32)> = article.all(target.id()).map(|a| (a.start, a.end)).collect();
        for (start, end) in places {
            tags.iter().for_each(|&tag| article.add(tag, start, end));
        }
    }
}

/// Adds a tag over the words of a link, or beside the next word where it has none.
fn add(article: &mut Article, tag: Known, link: &Link) {
    let (start, end) = words(article, link.text);
    if start < end {
        article.add(tag, start, end);
    } else {
        article.add_at(tag, start, link.span);
    }
}

/// The tokens of a plain span.
fn words(article: &Article, plain: Span) -> (u32, u32) {
    (article.token_at(plain.start), article.tokens.partition_point(|t| t.start < plain.end) as u32)
}

/// Whether a target leads to another place than this site or page.
fn is_external(target: &str) -> bool {
    let start = target.trim_start().get(..8).unwrap_or("").to_ascii_lowercase();
    start.starts_with("http://") || start.starts_with("https://") || start.starts_with("//")
}
