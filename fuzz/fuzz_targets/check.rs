//! Any text, audited with every lint, as the format that its first byte picks: no panic, and every place
//! that is told is a place.
#![no_main]

use caveat::check::{Checker, Options};
use caveat::embedded;
use caveat::read::Format;
use caveat::source::{Source, Span};
use std::sync::LazyLock;

static CHECKER: LazyLock<Checker> =
    LazyLock::new(|| Checker::new(embedded::catalog(), Options { preview: true, ..Options::default() }, &|_| true));

libfuzzer_sys::fuzz_target!(|input: (u8, &str)| {
    let (pick, text) = input;
    let format = Format::ALL[usize::from(pick) % Format::ALL.len()];
    let source = Source::new("fuzzed", text);
    let audit = CHECKER.check(&source, format);
    let place = |span: Span| assert!(span.start <= span.end && text.get(span.range()).is_some(), "{span:?} is no place");
    for finding in &audit.findings {
        place(finding.span);
        finding.related.iter().for_each(|r| place(r.0));
    }
    for claim in &audit.claims {
        place(claim.sentence);
        place(claim.effect.span);
    }
});
