//! Names of products: on a page that sells, the capitalised word of a title, a heading or a call to buy that no list
//! knows, and that the text goes on to write with a capital, is what is sold. So it is on any page whose title says
//! what kind of thing bears the name ("Zelvora night drops"), or that marks it as a trade mark. The page of one product
//! need name it but once, be it in its title.

use super::{Article, kind};
use crate::document::BlockKind;
use crate::tags::Known;
use crate::words::scan::Token;
use crate::words::token::Shape;
use crate::words::vocabulary::UNKNOWN;
use rustc_hash::FxHashMap;

/// Places that show that a page sells something.
const SELLS: [Known; 3] = [Known::DisclosureCta, Known::LinkProduct, Known::LinkAffiliate];
/// Letters of the shortest name.
const LETTERS: usize = 4;
/// Times that the text must name a product.
const OFTEN: usize = 2;

/// Classes of what is sold under a name.
const SOLD: [Known; 4] = [Known::SubjectProduct, Known::SubjectSupplement, Known::SubjectOil, Known::SubjectHerb];
/// Words behind a name among which its kind stands.
const KIND_REACH: u32 = 5;

/// How a word is written in running text.
#[derive(Default)]
struct Uses {
    capital: usize,
    /// With a capital where no sentence begins.
    inside: usize,
    small: usize,
    /// In the title.
    titled: bool,
}

/// Tags the names of products `subject.product`, ready for the claims. `asked` is the kind of page that is asked for: one
/// that sells one product need not name it often.
pub fn find(article: &mut Article, asked: &str) {
    let sells = SELLS.iter().any(|k| article.has(k.id()));
    let names = |at: u32, token: &Token| {
        is_name(token) && (is_marked(article, at) || if sells { is_named(article, at) } else { is_kind_named(article, at) })
    };
    let mut uses: FxHashMap<u64, Uses> = FxHashMap::default();
    for (_, said) in (0..).zip(&article.tokens).zip(&article.said).filter(|((at, token), _)| names(*at, token)) {
        uses.entry(*said).or_default();
    }
    if uses.is_empty() {
        return;
    }
    let is_shop = kind::of(article, asked) == "product";
    let mut places = Vec::new();
    let said = |(_, (token, _)): &(u32, (&Token, &u64))| token.word == UNKNOWN && !token.shape.contains(Shape::PUNCTUATION);
    for (at, (token, said)) in (0..).zip(article.tokens.iter().zip(&article.said)).filter(said) {
        let Some(uses) = uses.get_mut(said) else { continue };
        places.push((at, *said));
        uses.titled |= kind::is_title(article, at);
        if matches!(article.kind(at), BlockKind::Title | BlockKind::Heading | BlockKind::Residue) {
            continue;
        }
        let is_capital = token.shape.contains(Shape::CAPITAL);
        uses.small += usize::from(!is_capital);
        uses.capital += usize::from(is_capital);
        uses.inside += usize::from(is_capital && article.sentence(at).is_some_and(|s| s.start != at));
    }
    for (at, said) in places {
        let is_sold = |u: &Uses| u.small == 0 && (is_shop && (u.capital > 0 || u.titled) || u.capital >= OFTEN && u.inside > 0);
        if uses.get(&said).is_some_and(is_sold) {
            article.add_part(Known::SubjectProduct, at, at + 1);
        }
    }
    article.index();
}

/// Whether a name bears the sign of a trade mark.
fn is_marked(article: &Article, token: u32) -> bool {
    article.starting(Known::WordTrademark.id(), token + 1, token + 2).next().is_some()
}

/// Whether a name may be that of what is sold.
fn is_named(article: &Article, token: u32) -> bool {
    matches!(article.kind(token), BlockKind::Title | BlockKind::Heading) || calls(article, token)
}

/// Whether a token is written as a name that no list knows.
fn is_name(token: &Token) -> bool {
    token.word == UNKNOWN && token.shape.contains(Shape::CAPITAL) && (token.end - token.start) as usize >= LETTERS
}

/// Whether the title gives a name and, right behind, what kind of thing bears it.
fn is_kind_named(article: &Article, token: u32) -> bool {
    if !matches!(article.kind(token), BlockKind::Title | BlockKind::Heading) {
        return false;
    }
    let Some(s) = article.sentence(token) else { return false };
    let kind = |k: &Known| article.starting(k.id(), token + 1, s.end.min(token + KIND_REACH)).next().is_some();
    SOLD.iter().any(kind)
}

/// Whether the sentence of a token calls to buy.
fn calls(article: &Article, token: u32) -> bool {
    article.sentence(token).is_some_and(|s| article.starting(Known::DisclosureCta.id(), s.start, s.end).next().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::tests::annotated;
    use crate::read::Format;

    fn products(text: &str) -> Vec<String> {
        annotated(text, Format::Markdown, |article| {
            article.all(Known::SubjectProduct.id()).map(|a| article.words(a.start, a.end).to_owned()).collect()
        })
    }

    #[test]
    fn what_a_page_sells_is_a_product() {
        let text = "# Zelvora night drops\n\nZelvora tastes of mint. We gave Zelvora to forty readers. Buy now.\n";
        assert_eq!(products(text), ["Zelvora"; 3]);
    }

    #[test]
    fn the_page_of_a_product_may_name_it_but_once() {
        let text = "# Zelvora\n\n$24.99. In stock. Suggested use: two a day. It tastes of mint.\n";
        assert_eq!(products(text), ["Zelvora"]);
        assert!(products("# Zelvora\n\nIt lies by the sea.\n").is_empty());
    }

    #[test]
    fn a_title_that_says_what_bears_the_name_makes_it_a_product() {
        assert_eq!(products("# Zelvora magnesium gummies\n\nZelvora tastes of mint. We gave Zelvora to forty readers.\n").len(), 4);
    }

    #[test]
    fn the_sign_of_a_trade_mark_makes_a_name_a_product() {
        for sign in ["(TM)", "™", "®", "(R)"] {
            let text = format!("# News of the week\n\nZelvora{sign} tastes of mint. We gave Zelvora to forty readers.\n");
            assert_eq!(products(&text), ["Zelvora"; 2], "{sign}");
        }
    }

    #[test]
    fn a_page_that_sells_nothing_names_no_product() {
        assert!(products("# Zelvora and its people\n\nZelvora lies by the sea. We met Zelvora's forty fishers.\n").is_empty());
    }

    #[test]
    fn a_common_word_in_a_title_is_no_product() {
        assert!(products("# Gardening for Beginners\n\nGardening is fun, and gardening with Gardening books, too. Buy now.\n").is_empty());
    }
}
