//! What ships in `lints/` does what it says: no file has a mistake, every example passes, and every lint
//! and word list carries examples of both kinds. This is the test that fails on a broken lint.

use caveat::catalog::{self, Built, FAMILIES};
use caveat::embedded;
use caveat::examples;
use caveat::problem::Problem;
use std::fmt::Write;

fn built() -> Built {
    catalog::build(embedded::lints_files())
}

fn told(problems: &[Problem]) -> String {
    let mut out = String::new();
    for problem in problems {
        let at = problem.file.position(problem.span.start);
        writeln!(out, "{}:{}:{}: {}", problem.file.name, at.line, at.column, problem.message).unwrap();
    }
    out
}

#[test]
fn no_lint_word_list_or_knowledge_file_has_a_mistake() {
    let problems = built().problems;
    assert!(problems.is_empty(), "\n{}", told(&problems));
}

#[test]
fn every_example_does_what_it_says() {
    let outcome = examples::run(built(), &|_, _| true);
    assert!(outcome.failed.is_empty(), "{} passed; failed:\n{}", outcome.passed, told(&outcome.failed));
    let unseen: Vec<&str> = outcome.lints.iter().filter(|seen| !seen.is_covered()).map(|seen| seen.id.as_str()).collect();
    assert!(unseen.is_empty(), "not seen both to speak and to keep silent: {unseen:?}");
    assert!(outcome.passed > 500, "only {} examples", outcome.passed);
}

#[test]
fn every_lint_has_examples_of_both_kinds_and_a_standard_that_exists() {
    let built = built();
    for file in &built.lints {
        let (id, flags) = (&file.lint.id, file.tests.iter().filter(|t| t.flag).count());
        assert!(flags >= 2, "{id}: {flags} `flag` examples");
        assert!(file.tests.len() - flags >= 2, "{id}: {} `pass` examples", file.tests.len() - flags);
        assert!(!file.lint.words.standards.is_empty(), "{id}: no standard");
        for key in &file.lint.words.standards {
            assert!(built.catalog.standard(key).is_some(), "{id}: unknown standard {key}");
        }
    }
}

#[test]
fn every_word_list_has_examples_of_both_kinds() {
    for list in built().words {
        assert!(list.tests.iter().any(|t| t.hit), "words/{}: no `hit`", list.tag);
        assert!(list.tests.iter().any(|t| !t.hit), "words/{}: no `miss`", list.tag);
    }
}

#[test]
fn every_family_has_several_lints() {
    let built = built();
    for family in FAMILIES {
        let count = built.lints.iter().filter(|l| l.lint.family() == family).count();
        assert!(count >= 3, "{family} has {count}");
    }
    assert!(built.lints.len() >= 60, "only {} lints", built.lints.len());
}

#[test]
fn messages_make_sense_alone_and_help_says_what_to_write() {
    const HOLES: [&str; 5] = ["{text}", "{subject}", "{effect}", "{object}", "{note}"];
    let mut wrong = Vec::new();
    for file in built().lints {
        let lint = file.lint;
        let mut say = |what: String| wrong.push(format!("{}: {what}", lint.id));
        for (what, text) in [("message", &lint.words.message), ("help", &lint.words.help)] {
            if text.trim().is_empty() || text.contains('\n') {
                say(format!("{what} is no line"));
            }
            let is_several = text.contains(". ") || text.contains("{note}");
            if text.ends_with('.') && !(what == "help" && is_several) {
                say(format!("{what} ends with a full stop"));
            }
            let plain = HOLES.iter().fold(text.to_string(), |t, hole| t.replace(hole, ""));
            if plain.contains(['{', '}']) {
                say(format!("{what} has a hole that nothing fills: {text}"));
            }
        }
        if lint.words.why.len() <= 40 {
            say("why says too little".to_owned());
        }
        let first = lint.words.message.split(' ').next().unwrap_or("");
        if first.chars().next().is_some_and(char::is_uppercase) && first.chars().skip(1).any(char::is_lowercase) {
            say(format!("the message starts with a capital: {}", lint.words.message));
        }
        if lint.words.since.split('.').count() != 3 {
            say(format!("since `{}`", lint.words.since));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn what_is_frozen_in_the_binary_is_what_is_built_from_the_files() {
    let (frozen, built) = (embedded::catalog(), built().catalog);
    let ids = |c: &catalog::Catalog| c.lints.iter().map(|l| l.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&frozen), ids(&built));
    assert_eq!(frozen.freeze(), built.freeze());
}
