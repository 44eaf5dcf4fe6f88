//! What is found in whole articles, by tag.

use crate::annotate::tests::annotated;
use crate::read::Format;

/// The places of a tag in an article, as they stand in the source.
fn found(text: &str, tag: &str) -> Vec<String> {
    annotated(text, Format::Markdown, |article| {
        let Some(tag) = article.catalog.lexicon.tag(tag) else { return vec!["no such tag".to_owned()] };
        article.all(tag).map(|a| text.get(article.place(a).range()).unwrap_or("").to_owned()).collect()
    })
}

#[test]
fn numbers_in_brackets_raised_and_before_a_stop_are_citations() {
    assert_eq!(found("Zinc helps [7], it is said [3, 5-6].", "source.number"), ["[7]", "[3, 5-6]"]);
    assert_eq!(found("Sleep got better¹² in men (4).", "source.number"), ["¹²", "(4)"]);
    assert_eq!(found("Sleep got better.7 Then it did not.", "source.number"), ["7"]);
    assert!(found("It rose to 5 m² or 10⁹ cells (12 in all), see fig.2 [2019] [x].", "source.number").is_empty());
}

#[test]
fn names_with_years_are_citations_and_dates_in_parentheses_are_not() {
    let text = "It worked (Roe, 2020; see Lee & Day 2019a), as Smith et al. (2018) and Ng and colleagues (2017) found.";
    assert_eq!(found(text, "source.author-year").len(), 3);
    assert_eq!(found("In the Lancet (2019) it was mild.", "source.author-year"), ["(2019)"]);
    assert!(found("It opened (May 2020) and shut (in June 2021), the best year (2019).", "source.author-year").is_empty());
}

#[test]
fn only_links_that_leave_for_a_source_locate_one() {
    let text = "See [a trial](https://www.example.org/trial), [our post](/zinc), [us](https://www.facebook.com/zinc) and [pills](https://amzn.to/1x).";
    assert_eq!(found(text, "source.url"), ["a trial"]);
    assert_eq!(found(text, "link.affiliate"), ["pills"]);
}

#[test]
fn a_footnote_belongs_to_the_sentence_before_it() {
    let text = "Zinc helps.[^1] It is cheap.\n\n[^1]: Roe 2020.\n";
    assert_eq!(found(text, "source.footnote"), ["[^1]"]);
    assert!(found(text, "source.orphan").is_empty());
    assert_eq!(found("Zinc helps.[^2] It is cheap.", "source.orphan"), ["[^2]"]);
}

#[test]
fn citations_and_the_list_are_compared_both_ways() {
    let article = |cites: &str| format!("# Zinc\n\nIt {cites}.\n\n## References\n\n[1] Roe 2019.\n\n[2] Lee 2020.\n\n[3] Day 2021.\n");
    assert_eq!(found(&article("helps [1], eases [2], lasts [5]"), "source.orphan"), ["[5]"]);
    assert_eq!(found(&article("helps [1], eases [2], lasts [1]"), "source.uncited"), ["[3] Day 2021."]);
    assert!(found(&article("helps [1-3], eases [2], lasts [1]"), "source.uncited").is_empty());
    assert_eq!(found(&article("helps"), "source.entry").len(), 3);
}

#[test]
fn a_reference_heading_with_nothing_under_it_is_found() {
    assert_eq!(found("# Zinc\n\nIt helps.\n\n## References\n", "structure.empty-references"), ["References"]);
    assert!(found("# Zinc\n\nIt helps.\n\n## References\n\n### Trials\n\n- Roe 2019\n", "structure.empty-references").is_empty());
}

#[test]
fn samples_are_people_counted_and_not_ages_shares_or_types() {
    assert_eq!(
        found("A trial in 60 healthy adults (n = 58) and 1,200 women.", "number.sample"),
        ["60 healthy adults", "n = 58", "1,200 women"]
    );
    assert!(
        found("Women aged 60, 1 in 4 adults, 60-year-old women, type 2 patients, 5% of men, in 2019 women.", "number.sample").is_empty()
    );
}

#[test]
fn doses_percentages_and_dates_are_told_apart() {
    let text = "On 3 May 2026 he took 200–400 mg, or 2,000 IU, up 5% since 2026-04-30.";
    assert_eq!(found(text, "number.dose"), ["200–400 mg", "2,000 IU"]);
    assert_eq!(found(text, "number.percent"), ["5"]);
    assert_eq!(found(text, "number.date"), ["3 May 2026", "2026-04-30"]);
}
