//! Who and when, from front matter and from bylines.

use crate::annotate::kind;
use crate::check::{Checker, Options};
use crate::date::days;
use crate::embedded;
use crate::read::{self, Format};
use std::sync::OnceLock;

fn checker() -> &'static Checker {
    static CHECKER: OnceLock<Checker> = OnceLock::new();
    let today = days("2026-06-01").unwrap_or(0);
    CHECKER.get_or_init(|| Checker::new(embedded::catalog(), Options { today, ..Options::default() }, &|_| true))
}

/// The places of a tag in an article, as they stand in the source.
fn found(text: &str, tag: &str) -> Vec<String> {
    let mut doc = read::read(text, Format::Markdown);
    let article = checker().annotate(&mut doc);
    let Some(tag) = checker().catalog.lexicon.tag(tag) else { return vec!["no such tag".to_owned()] };
    article.all(tag).map(|a| text.get(article.place(a).range()).unwrap_or("").to_owned()).collect()
}

fn kind_of(text: &str) -> &'static str {
    let mut doc = read::read(text, Format::Markdown);
    let kind = checker().annotate(&mut doc).kind;
    assert!(kind::KINDS.contains(&kind));
    kind
}

const BODY: &str = "\n\nZinc is a mineral. The body needs it for many enzymes, and most people get enough of it from food. Meat, beans and nuts hold it.\n";

#[test]
fn front_matter_says_who_and_when() {
    let text = format!("---\nauthor: Dana Okafor, RDN\nreviewed_by: A. Roe\ndate: 2025-05-03\nlastmod: soon\n---\n# Zinc{BODY}");
    assert_eq!(found(&text, "field.author"), ["Dana Okafor, RDN"]);
    assert_eq!(found(&text, "field.credential"), ["Dana Okafor, RDN"]);
    assert_eq!(found(&text, "field.reviewer"), ["A. Roe"]);
    assert_eq!(found(&text, "field.date"), ["2025-05-03"]);
    assert_eq!(found(&text, "field.broken"), ["soon"]);
    assert!(found(&format!("---\nauthor:\ndate: '{{{{ page.date }}}}'\n---\n# Zinc{BODY}"), "field.author").is_empty());
}

#[test]
fn bylines_name_an_author_and_prose_does_not() {
    assert_eq!(found(&format!("# Zinc\n\nBy Dana Okafor, RDN{BODY}"), "field.author"), ["By Dana Okafor"]);
    assert_eq!(found(&format!("# Zinc\n\nWritten by the Example Health Team{BODY}"), "field.author").len(), 1);
    assert_eq!(found(&format!("# Zinc\n\nBy Admin{BODY}"), "field.team").len(), 1);
    assert!(found(&format!("# Zinc\n\nBy Monday the cold had gone, and she slept.{BODY}"), "field.author").is_empty());
    assert!(found(&format!("# Zinc\n\nBy taking zinc you raise your intake.{BODY}"), "field.author").is_empty());
}

#[test]
fn a_reviewer_has_a_name_or_a_profession_and_a_badge_has_neither() {
    assert_eq!(found(&format!("# Zinc\n\nMedically reviewed by A. Roe, MD, 3 May 2026{BODY}"), "field.reviewer").len(), 1);
    assert_eq!(found(&format!("# Zinc\n\nChecked by a pharmacist{BODY}"), "field.reviewer").len(), 1);
    assert_eq!(found(&format!("# Zinc\n\nMedically reviewed{BODY}"), "field.ghost-review"), ["Medically reviewed"]);
    assert!(found(&format!("# Zinc\n\nMedically reviewed by A. Roe, MD{BODY}"), "field.ghost-review").is_empty());
}

#[test]
fn dates_count_on_their_own_line_and_not_in_prose() {
    assert_eq!(found(&format!("# Zinc\n\nLast updated: May 3, 2026{BODY}"), "field.updated"), ["May 3, 2026"]);
    assert_eq!(
        found(&format!("# Zinc\n\nPage last reviewed: 3 May 2026{BODY}\n\nNext review due: 3 May 2029\n"), "field.reviewed"),
        ["3 May 2026"]
    );
    assert_eq!(found(&format!("# Zinc\n\nJune 16, 2025{BODY}"), "field.date"), ["June 16, 2025"]);
    assert_eq!(found(&format!("# Zinc\n\nLEEDS, Monday, May 4, 2026 (Wire) -- Zinc is cheap.{BODY}"), "field.date"), ["May 4, 2026"]);
    assert!(
        found(
            &format!("# Zinc\n\nA law of May 3, 2020 set the limit that shops and makers of all kinds of pills must keep to.{BODY}"),
            "field.date"
        )
        .is_empty()
    );
}

#[test]
fn a_review_is_stale_after_three_years() {
    assert_eq!(found(&format!("# Zinc\n\nLast reviewed: 3 May 2019{BODY}"), "field.stale"), ["3 May 2019"]);
    assert!(found(&format!("# Zinc\n\nLast reviewed: 3 May 2019. Last updated: 2 May 2025{BODY}"), "field.stale").is_empty());
    assert!(found(&format!("# Zinc\n\nLast reviewed: July 2023{BODY}"), "field.stale").is_empty());
}

#[test]
fn the_kind_of_a_page_is_stated_or_seen() {
    assert_eq!(kind_of(&format!("---\nkind: news\n---\n# Zinc{BODY}")), "news");
    assert_eq!(kind_of(&format!("---\ntemplateKey: product-post\n---\n# Zinc{BODY}")), "product");
    assert_eq!(kind_of(&format!("# Zinc and colds{BODY}")), "article");
    assert_eq!(kind_of("# Gout\n\nGout hurts.\n\n## Symptoms\n\nPain.\n\n## Causes\n\nUrate.\n\n## Treatment\n\nTablets.\n"), "condition");
    assert_eq!(
        kind_of(
            "# Sleep Drops\n\nOne bottle, $24.99.\n\n## Ingredients\n\nValerian.\n\n## Suggested use\n\nOne a night. Keep out of reach of children.\n"
        ),
        "product"
    );
    let news = "# Zinc cuts colds\n\nZinc cut colds, researchers said in a news release. \"It works,\" said lead author Roe. It was published online Monday. The lead researcher was paid.\n";
    assert_eq!(kind_of(news), "news");
}
