//! Caveats over the whole knowledge base: an article that recommends a substance misses exactly what the
//! substance's file requires, and what is satisfied is no longer missing.

use caveat::catalog::{self, Built};
use caveat::check::{Checker, Options};
use caveat::embedded;
use caveat::read::Format;
use caveat::source::Source;

fn built() -> (Checker, Vec<caveat::knowledge::SubstanceFile>) {
    let Built { catalog, substances, .. } = catalog::build(embedded::lints_files());
    (Checker::new(catalog, Options::default(), &|_| true), substances)
}

fn missing(checker: &Checker, text: &str) -> Vec<String> {
    let mut missing = checker.check(&Source::new("article.md", text), Format::Markdown).summary.missing;
    missing.sort();
    missing
}

/// An article that promotes a substance and warns of nothing.
fn praise(name: &str) -> String {
    format!(
        "# Why I swear by {name}\n\nI take {name} every morning, two capsules with my coffee, and I recommend {name} to everybody I meet. \
         My sister takes {name} as well, and so does half of the choir.\n"
    )
}

#[test]
fn praise_alone_misses_exactly_what_the_file_requires() {
    let (checker, files) = built();
    let mut wrong = Vec::new();
    for file in &files {
        let mut wanted: Vec<String> = file.substance.caveats.iter().filter(|c| c.verified).map(|c| c.need.to_string()).collect();
        wanted.sort();
        wanted.dedup();
        let found = missing(&checker, &praise(&file.substance.name));
        if found != wanted {
            wrong.push(format!("{}: misses {found:?}, not {wanted:?}", file.substance.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(files.len() >= 54);
}

#[test]
fn caveats_fall_silent_one_by_one_as_the_article_satisfies_them() {
    let (checker, files) = built();
    let mut wrong = Vec::new();
    let mut steps = 0;
    for file in &files {
        // The example that misses nothing says all that there is to say.
        let Some(full) = file.tests.iter().find(|t| t.missing.is_empty()) else {
            wrong.push(format!("{} has no example that misses nothing", file.substance.name));
            continue;
        };
        let mut text = praise(&file.substance.name) + "\n";
        let mut before = missing(&checker, &text);
        for sentence in full.text.value.split_inclusive(['.', '!', '\n']).filter(|s| !s.trim().is_empty()) {
            text.push_str(sentence);
            let now = missing(&checker, &text);
            steps += usize::from(now.len() < before.len());
            before = now;
        }
        if !before.is_empty() {
            wrong.push(format!("{}: still misses {before:?}", file.substance.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(steps > 54, "only {steps} sentences silenced anything");
}

#[test]
fn a_cause_of_disease_a_higher_need_and_the_side_effects_of_a_medicine_are_no_caveats() {
    let (checker, _) = built();
    let base = praise("magnesium");
    for (said, need) in [
        ("Kidney failure is one of the causes of restless legs.", "kidney"),
        ("Pregnant women need more of it.", "pregnancy"),
        ("It relieves nausea and diarrhoea.", "side-effects"),
        ("Magnesium deficiency can cause nausea and cramps.", "side-effects"),
        ("Chemotherapy has side effects such as nausea.", "side-effects"),
        ("It works as well as levothyroxine.", "interactions"),
    ] {
        let found = missing(&checker, &format!("{base}\n{said}\n"));
        assert!(found.iter().any(|m| m == need), "`{said}` satisfies {need}: {found:?}");
    }
    for (said, need) in [
        ("Do not take it if your kidneys work poorly.", "kidney"),
        ("Not for anyone with kidney disease.", "kidney"),
        ("Ask your midwife first if you are pregnant.", "pregnancy"),
        ("It gave me loose stools.", "side-effects"),
        ("Keep it four hours from levothyroxine.", "interactions"),
    ] {
        let found = missing(&checker, &format!("{base}\n{said}\n"));
        assert!(!found.iter().any(|m| m == need), "`{said}` does not satisfy {need}: {found:?}");
    }
}

#[test]
fn a_page_that_names_a_substance_in_passing_is_asked_for_nothing() {
    let (checker, _) = built();
    for text in [
        "# Restless legs\n\nDoctors look at the iron in the blood first. Zinc was once blamed, without proof. Rest and a warm bath help many people, and most bad nights pass by themselves.\n",
        "# Foods rich in magnesium\n\nSpinach, nuts and beans are good sources of magnesium. A cup of cooked spinach is rich in iron too.\n",
        "# Lemon garlic salmon\n\nIngredients: salmon, butter, minced garlic. Preheat the oven, season with salt and pepper, and bake for twelve minutes.\n",
    ] {
        assert_eq!(missing(&checker, text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn the_summary_says_where_each_caveat_stands() {
    let (checker, _) = built();
    let text = format!("{}\nDo not take it if you have kidney disease.\n", praise("magnesium"));
    let source = Source::new("article.md", text.as_str());
    let summary = checker.check(&source, Format::Markdown).summary;
    assert_eq!(summary.substances.first().map(String::as_str), Some("magnesium"));
    assert!(summary.present.iter().any(|p| p == "kidney"));
    let kidney = summary.caveats.iter().find(|c| c.need == "kidney").expect("kidney is called for");
    let met = kidney.met.expect("kidney is met");
    assert!(text[met.range()].contains("kidney disease"), "{}", &text[met.range()]);
    assert!(text[kidney.asked.range()].starts_with("I take magnesium"));
}
