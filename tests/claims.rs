//! How surely sentences claim: `fixtures/claims/strength.txt` gives each with its strongest claim, read as one record;
//! and that a text without sentences has some.

use caveat::check::{Checker, Options};
use caveat::embedded;
use caveat::read::Format;
use caveat::source::Source;
use caveat::words::kind::Strength;
use std::fs;
use std::path::Path;

#[test]
fn sentences_claim_as_surely_as_they_are_worded() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/claims/strength.txt");
    let text = fs::read_to_string(path).expect("the sentences are there");
    let checker = Checker::new(embedded::catalog(), Options::default(), &|_| false);
    let mut count = 0;
    let mut wrong = Vec::new();
    for (i, line) in text.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
        let (expected, sentence) = line.split_once(": ").expect("strength, a colon, a sentence");
        let claims = checker.check(&Source::new("record", sentence.to_owned()), Format::Text).claims;
        let found = claims.iter().map(|c| c.strength).max().map_or("none", Strength::name);
        if found != expected {
            wrong.push(format!("line {}: {found}, not {line}", i + 1));
        }
        count += 1;
    }
    assert!(count > 40, "only {count} sentences");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}

/// Whatever looks at a whole sentence takes a time that does not grow with the text.
#[test]
fn a_text_without_any_full_stop_is_cut_into_sentences() {
    let checker = Checker::new(embedded::catalog(), Options::default(), &|_| false);
    let mut doc = caveat::read::read(&"the effects of tea on sleep ".repeat(2_000), Format::Text);
    let article = checker.annotate(&mut doc);
    let longest = article.sentences.iter().map(|s| s.end - s.start).max();
    assert!(article.sentences.len() > 20 && longest.is_some_and(|l| l <= 400), "{longest:?}");
    assert!(article.claims.iter().any(|c| c.start as usize + 400 > article.tokens.len()));
}
