//! What kind of page an article is, so that no page is asked for what its kind does not need.

use super::Article;
use crate::document::BlockKind;
use crate::read::fields;
use crate::tags::Known;

/// The kinds of page.
pub const KINDS: [&str; 5] = ["article", "news", "product", "condition", "landing"];

/// Fields of front matter that may name the kind, in lower case without signs.
const FIELDS: [&str; 5] = ["kind", "template", "templatekey", "layout", "schematype"];
/// Places of the list `page.news` a thousand words must hold, and at least so many.
const NEWS_PER_THOUSAND: usize = 2;
const NEWS: usize = 2;
/// Places of the list `page.product`, and the most words such a page has.
const PRODUCT: usize = 3;
const PRODUCT_WORDS: usize = 1500;
/// Headings of the list `page.condition`; fewer where the title names a disease or a symptom.
const CONDITION: usize = 3;
const CONDITION_NAMED: usize = 1;
/// The most words of a page that only leads on to others, and the links it must have.
const LANDING_WORDS: usize = 150;
const LANDING_LINKS: usize = 5;

/// The kind of an article: the one that is `asked` for, else what its front matter says, else what it looks like.
pub fn of(article: &Article, asked: &str) -> &'static str {
    if let Some(kind) = KINDS.iter().find(|k| **k == asked) {
        return kind;
    }
    if let Some(kind) = stated(article) {
        return kind;
    }
    let words = article.word_count();
    let affiliate = article.tagged(Known::LinkAffiliate.id()).len();
    let news = article.tagged(Known::PageNews.id()).len();
    if affiliate == 0 && news >= NEWS && news * 1000 >= words * NEWS_PER_THOUSAND {
        return "news";
    }
    if affiliate <= 2 && words <= PRODUCT_WORDS && distinct(article, Known::PageProduct) >= PRODUCT {
        return "product";
    }
    if is_condition(article) {
        return "condition";
    }
    let paragraphs =
        article.doc.blocks.iter().zip(&article.blocks).filter(|(b, r)| b.kind == BlockKind::Paragraph && r.1 - r.0 > 40).count();
    if words > 0 && words < LANDING_WORDS && paragraphs == 0 && article.tagged(Known::LinkAny.id()).len() >= LANDING_LINKS {
        return "landing";
    }
    "article"
}

/// The kind that front matter states, by its name or in the name of a template.
fn stated(article: &Article) -> Option<&'static str> {
    article.doc.fields.iter().find_map(|field| {
        if !FIELDS.contains(&fields::plain(&field.name).as_str()) {
            return None;
        }
        let value = field.value.to_ascii_lowercase();
        let mut words = value.split(|c: char| !c.is_ascii_alphanumeric());
        words.find_map(|word| KINDS.iter().find(|k| word == **k || word.strip_suffix('s') == Some(**k)).copied())
    })
}

/// Number of different places' words that a list finds.
fn distinct(article: &Article, tag: Known) -> usize {
    let mut words: Vec<String> = article.all(tag.id()).map(|a| article.words(a.start, a.end).to_lowercase()).collect();
    words.sort_unstable();
    words.dedup();
    words.len()
}

/// Whether the headings are those of a page on a disease and the title names nothing to take.
fn is_condition(article: &Article) -> bool {
    let in_title = |tags: &[Known]| tags.iter().any(|t| article.all(t.id()).any(|a| is_title(article, a.start)));
    let things = [
        Known::SubjectSupplement,
        Known::SubjectHerb,
        Known::SubjectOil,
        Known::SubjectProduct,
        Known::SubjectRemedy,
        Known::SubjectDiet,
        Known::SubjectFood,
    ];
    if in_title(&things) || article.has(Known::LinkProduct.id()) || article.has(Known::DisclosureCta.id()) {
        return false;
    }
    let headings: Vec<u32> = article
        .all(Known::PageCondition.id())
        .map(|a| a.start)
        .filter(|&t| matches!(article.kind(t), BlockKind::Heading | BlockKind::Title | BlockKind::Question))
        .collect();
    let named = in_title(&[Known::ObjectDisease, Known::ObjectSerious, Known::ObjectSymptom, Known::ObjectPathogen])
        && headings.len() >= CONDITION_NAMED;
    named || headings.len() >= CONDITION || headings.first().is_some_and(|&t| is_title(article, t))
}

/// Whether a token stands in the title or in the first block.
pub fn is_title(article: &Article, token: u32) -> bool {
    let first = article.blocks.iter().find(|b| b.0 < b.1).map_or(0, |b| b.1);
    token < first || article.kind(token) == BlockKind::Title
}
