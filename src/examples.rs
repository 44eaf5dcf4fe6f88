//! Runs the examples that lints, word lists and knowledge files carry: what should be found and is not is
//! *missing*, what should not be found and is, is *noisy*.

use crate::catalog::Built;
use crate::check::{Checker, Options};
use crate::lint::compile::LintTest;
use crate::problem::Problem;
use crate::read::{self, Format};
use crate::source::{Source, Span};
use crate::written::Text;
use std::sync::Arc;

/// What came of running all examples.
#[derive(Default)]
pub struct Outcome {
    /// Examples that did as they say.
    pub passed: usize,
    /// Examples that did not, drawn at their place.
    pub failed: Vec<Problem>,
    /// The lints that were run.
    pub lints: Vec<Seen>,
}

/// What the examples of a lint have shown.
pub struct Seen {
    /// The lint's id.
    pub id: String,
    /// Its file.
    pub file: Arc<Source>,
    /// Whether it was seen to speak.
    pub speaks: bool,
    /// Whether it was seen to keep silent.
    pub keeps_silent: bool,
}

impl Seen {
    /// Whether both were seen.
    pub fn is_covered(&self) -> bool {
        self.speaks && self.keeps_silent
    }
}

/// Runs every example of a built catalog for which `wants` holds: it is given a lint's id, `words/...` or
/// `knowledge/...`, and the file.
pub fn run(built: Built, wants: &dyn Fn(&str, &Source) -> bool) -> Outcome {
    let mut outcome = Outcome::default();
    let Built { catalog, lints, words, substances, .. } = built;
    let mut checker = Checker::new(catalog, Options { preview: true, ..Options::default() }, &|_| true);
    for list in words.iter().filter(|w| wants(&format!("words/{}", w.tag.replace('.', "/")), &w.file)) {
        let Some(tag) = checker.catalog.lexicon.tag(&list.tag) else { continue };
        for test in &list.tests {
            let (text, marked) = unmark(&test.text.value);
            let mut doc = read::read(&text, Format::Text);
            let article = checker.annotate(&mut doc);
            let found: Vec<Span> = article.all(tag).map(|a| article.place(a)).collect();
            judge(&mut outcome, &list.file, &test.text, test.hit, &marked, &found, &text);
        }
    }
    for lint in lints.iter().filter(|l| wants(&l.lint.id, &l.file)) {
        let (mut speaks, mut keeps_silent) = (false, false);
        for test in &lint.tests {
            let (text, marked) = unmark(&test.text.value);
            let found = findings(&mut checker, &lint.lint.id, test, &text);
            speaks |= test.flag && !found.is_empty();
            keeps_silent |= !test.flag && found.is_empty();
            judge(&mut outcome, &lint.file, &test.text, test.flag, &marked, &found, &text);
        }
        outcome.lints.push(Seen { id: lint.lint.id.clone(), file: lint.file.clone(), speaks, keeps_silent });
    }
    for file in substances.iter().filter(|s| wants(&format!("knowledge/{}", s.substance.name), &s.file)) {
        for test in &file.tests {
            let audit = checker.check(&Source::new("example", test.text.value.clone()), Format::Markdown);
            let mut wanted = test.missing.clone();
            wanted.sort();
            let mut missing = audit.summary.missing;
            missing.sort();
            if wanted == missing {
                outcome.passed += 1;
            } else {
                let message = format!("the article misses [{}], not [{}]", missing.join(", "), wanted.join(", "));
                outcome.failed.push(Problem::new(&file.file, test.text.span, message));
            }
        }
    }
    outcome
}

fn findings(checker: &mut Checker, id: &str, test: &LintTest, text: &str) -> Vec<Span> {
    let format = Format::parse(&test.format).unwrap_or(Format::Markdown);
    checker.profile.options.today = crate::date::days(&test.as_of).unwrap_or(0);
    checker.profile.options.jurisdiction = test.jurisdiction.clone();
    checker.profile.options.kind = test.kind.clone();
    let source = Source::new("example", text);
    checker.check_lint(&source, format, id).into_iter().map(|f| f.span).collect()
}

/// The text without the braces, and the spans that they marked.
fn unmark(text: &str) -> (String, Vec<Span>) {
    let mut out = String::with_capacity(text.len());
    let mut marked = Vec::new();
    let mut open = None;
    for c in text.chars() {
        match (c, open) {
            ('{', None) => open = Some(out.len()),
            ('}', Some(start)) => {
                marked.push(Span::new(start, out.len()));
                open = None;
            }
            _ => out.push(c),
        }
    }
    (out, marked)
}

fn judge(outcome: &mut Outcome, file: &Arc<Source>, example: &Text, flag: bool, marked: &[Span], found: &[Span], text: &str) {
    let shown = |spans: &[Span]| spans.iter().map(|s| format!("`{}`", text.get(s.range()).unwrap_or(""))).collect::<Vec<_>>().join(", ");
    let message = match (flag, found.is_empty()) {
        (true, true) => Some("missing: nothing is found here".to_owned()),
        (false, false) => Some(format!("noisy: {} is found here", shown(found))),
        (true, false) if !marked.is_empty() && marked != found => Some(format!("found {} instead of {}", shown(found), shown(marked))),
        _ => None,
    };
    match message {
        Some(message) => outcome.failed.push(Problem::new(file, example.span, message)),
        None => outcome.passed += 1,
    }
}
