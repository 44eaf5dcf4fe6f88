//! Speed of the stages, one thread, in MB/s: `cargo bench --bench pipeline`. The corpus is the articles of
//! `fixtures/`, each read by itself, all of them again and again up to about [`SIZE`] bytes a format.

use caveat::check::{Checker, Options};
use caveat::embedded;
use caveat::read::{self, Format};
use caveat::source::Source;
use caveat::words::scan;
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

/// Bytes of the corpus, a format.
const SIZE: usize = 1 << 20;

static CHECKER: LazyLock<Checker> = LazyLock::new(|| Checker::new(embedded::catalog(), Options::default(), &|_| true));

fn main() {
    divan::main();
}

/// Articles written as `format`, about [`SIZE`] bytes of them.
fn corpus(format: Format) -> Vec<Source> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/articles");
    let mut paths: Vec<_> = fs::read_dir(folder).expect("fixtures are there").flatten().map(|e| e.path()).collect();
    paths.retain(|p| Format::from_path(p) == Some(format));
    paths.sort();
    let texts: Vec<String> = paths.iter().map(|p| fs::read_to_string(p).expect("fixtures are UTF-8")).collect();
    let size: usize = texts.iter().map(String::len).sum();
    let times = (SIZE / size.max(1)).max(1);
    std::iter::repeat_n(texts, times).flatten().map(|t| Source::new("article", t)).collect()
}

fn bytes(corpus: &[Source]) -> BytesCount {
    BytesCount::new(corpus.iter().map(|s| s.text.len()).sum::<usize>())
}

const FORMATS: [&str; 3] = ["text", "markdown", "html"];

fn format(name: &str) -> Format {
    Format::parse(name).expect("a format")
}

/// Only the walk over the words: split, numbered, terms of all lists looked up.
#[divan::bench]
fn tokens(bencher: Bencher) {
    let corpus = corpus(Format::Text);
    let lexicon = &CHECKER.catalog.lexicon;
    bencher.counter(bytes(&corpus)).bench(|| corpus.iter().map(|s| scan::tokens(black_box(&s.text), lexicon).0.len()).sum::<usize>());
}

#[divan::bench]
fn tokens_and_terms(bencher: Bencher) {
    let corpus = corpus(Format::Text);
    let lexicon = &CHECKER.catalog.lexicon;
    bencher.counter(bytes(&corpus)).bench(|| {
        let found = |s: &Source| {
            let (tokens, _) = scan::tokens(black_box(&s.text), lexicon);
            scan::find(&s.text, &tokens, &[(0, tokens.len() as u32)], lexicon).hits.len()
        };
        corpus.iter().map(found).sum::<usize>()
    });
}

/// From bytes to blocks with their places.
#[divan::bench(args = FORMATS)]
fn read(bencher: Bencher, name: &str) {
    let (format, corpus) = (format(name), corpus(format(name)));
    bencher.counter(bytes(&corpus)).bench(|| corpus.iter().map(|s| read::read(black_box(&s.text), format).blocks.len()).sum::<usize>());
}

/// From blocks to annotations and claims; reading is not counted.
#[divan::bench(args = FORMATS)]
fn annotate(bencher: Bencher, name: &str) {
    let (format, corpus) = (format(name), corpus(format(name)));
    bencher
        .counter(bytes(&corpus))
        .with_inputs(|| corpus.iter().map(|s| read::read(&s.text, format)).collect::<Vec<_>>())
        .bench_refs(|docs| docs.iter_mut().map(|doc| CHECKER.annotate(doc).annotations.len()).sum::<usize>());
}

/// The whole of it: from bytes to findings and claims.
#[divan::bench(args = FORMATS)]
fn check(bencher: Bencher, name: &str) {
    let (format, corpus) = (format(name), corpus(format(name)));
    bencher.counter(bytes(&corpus)).bench(|| corpus.iter().map(|s| CHECKER.check(black_box(s), format).findings.len()).sum::<usize>());
}

/// What every start of caveat pays: the frozen lints.
#[divan::bench]
fn thaw() -> usize {
    embedded::catalog().lints.len()
}
