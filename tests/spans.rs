//! Whatever comes in, nothing panics and every place is true: the fixtures are cut at every character
//! boundary, and arbitrary bytes are read as every format.

use caveat::check::{Checker, Options};
use caveat::embedded;
use caveat::read::{self, Format};
use caveat::source::{Source, Span};
use proptest::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

static CHECKER: LazyLock<Checker> =
    LazyLock::new(|| Checker::new(embedded::catalog(), Options { preview: true, ..Options::default() }, &|_| true));

/// Up to here every boundary is a cut; behind it, every 37th.
const EVERY: usize = 2048;
const STEP: usize = 37;

fn fixtures() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut folders = vec![root.join("articles"), root.join("read")];
    let mut paths = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if Format::from_path(&path).is_some() {
                paths.push(path);
            }
        }
    }
    paths.sort();
    paths
}

/// Every kind of place that reading a text gives.
fn places_of_the_document(text: &str, format: Format) -> Vec<(&'static str, Span)> {
    let doc = read::read(text, format);
    let mut places: Vec<(&'static str, Span)> = doc.blocks.iter().map(|b| ("block", b.span)).collect();
    places.extend(doc.pieces.iter().map(|p| ("piece", p.source)));
    places.extend(doc.links.iter().map(|l| ("link", l.span)));
    places.extend(doc.fields.iter().map(|f| ("field", f.span)));
    places.extend(doc.comments.iter().map(|c| ("comment", c.span)));
    for block in &doc.blocks {
        assert!(doc.text.get(block.text.range()).is_some(), "a block's words lie off the text: {:?} in {text:?}", block.text);
        places.push(("words of a block", doc.span(block.text)));
    }
    places
}

/// Every kind of place that an audit gives.
fn places_of_the_audit(text: &str, format: Format) -> Vec<(&'static str, Span)> {
    let audit = CHECKER.check(&Source::new("cut", text), format);
    let mut places = Vec::new();
    for finding in &audit.findings {
        places.push(("finding", finding.span));
        places.extend(finding.related.iter().map(|r| ("related", r.0)));
    }
    for claim in &audit.claims {
        places.push(("sentence", claim.sentence));
        places.extend(claim.effect.iter().map(|p| ("effect", p.span)));
        places.extend(claim.subject.iter().map(|p| ("subject", p.span)));
        places.extend(claim.object.iter().map(|p| ("object", p.span)));
    }
    places
}

fn assert_true(text: &str, format: Format, places: &[(&'static str, Span)]) {
    for (what, span) in places {
        assert!(
            span.start <= span.end && text.get(span.range()).is_some(),
            "the {what} at {}..{} is no place in {} bytes of {}: {text:?}",
            span.start,
            span.end,
            text.len(),
            format.name()
        );
    }
}

fn assert_all_places(text: &str, format: Format) {
    assert_true(text, format, &places_of_the_document(text, format));
    assert_true(text, format, &places_of_the_audit(text, format));
}

/// Where a text is cut.
fn cuts(text: &str) -> Vec<usize> {
    let all = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    all.enumerate().filter(|(n, at)| *at <= EVERY || n % STEP == 0 || *at == text.len()).map(|(_, at)| at).collect()
}

#[test]
fn an_article_cut_anywhere_has_true_places() {
    let paths = fixtures();
    assert!(paths.len() >= 15, "only {} fixtures", paths.len());
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let text = fs::read_to_string(path).unwrap();
                    let format = Format::from_path(path).unwrap();
                    for cut in cuts(&text) {
                        let (head, tail) = text.split_at(cut);
                        assert_true(head, format, &places_of_the_document(head, format));
                        assert_true(tail, format, &places_of_the_document(tail, format));
                        // What is judged is the last paragraph or so: whole articles are judged in tests/articles.rs.
                        let near = head.char_indices().rev().nth(300).map_or(0, |(at, _)| at);
                        assert_true(&head[near..], format, &places_of_the_audit(&head[near..], format));
                    }
                    assert_all_places(&text, format);
                }
            });
        }
    });
}

#[test]
fn an_article_read_as_another_format_has_true_places() {
    for path in fixtures() {
        let text = fs::read_to_string(&path).unwrap();
        for format in Format::ALL {
            assert_all_places(&text, format);
            assert_all_places(&text.replace('\n', "\r\n"), format);
            assert_all_places(&format!("\u{feff}{text}"), format);
        }
    }
}

/// What readers and lints look at, in any order.
const BITS: &[&str] = &[
    "Zinc cures acne",
    "may help",
    "MS.",
    "e.g. ",
    "et al. (2020)",
    "\n",
    "\r\n",
    "\n\n",
    " ",
    "\t",
    "- ",
    "* ",
    "1. ",
    "# ",
    "## ",
    "> ",
    "| a | b |\n|---|---|\n| c | d |\n",
    "**",
    "_",
    "`",
    "```\n",
    "[x](",
    ")",
    "[^1]",
    "[^1]: note\n",
    "![](",
    "---\n",
    "title: a\n",
    "+++\n",
    "<p>",
    "</p>",
    "<li>",
    "<table><tr><td>",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "&amp;",
    "&#x4d;",
    "&nbsp",
    "<br><br>",
    "<h2",
    ">",
    "\"",
    "\u{201c}",
    "\u{201d}",
    "é",
    "e\u{301}",
    "\u{feff}",
    "\u{200b}",
    "\u{ad}",
    "\u{202e}",
    "🧪",
    "İ",
    "ß",
    "\0",
    "\u{1b}[31m",
    "➤",
    "•",
    "FAQ\n",
    "What is zinc?",
    "500 mg",
    "0.5 %",
    "10.1000/182",
    "https://x.example/?a=b",
    "caveat-allow",
    "{{< x >}}",
    "{x}",
    "import a from 'b'\n",
    "<A b={c}>",
    "</A>",
    "</",
    "<",
    "'s",
    "can't",
    "—",
    "…",
    "...",
    "?!",
    ":",
];

fn bits() -> impl Strategy<Value = String> {
    proptest::collection::vec(0..BITS.len(), 0..60).prop_map(|picks| picks.into_iter().map(|i| BITS[i]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_have_true_places_in_every_format(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let text = String::from_utf8_lossy(&bytes);
        for format in Format::ALL {
            assert_all_places(&text, format);
        }
    }

    #[test]
    fn any_text_has_true_places_in_every_format(text in "\\PC{0,200}") {
        for format in Format::ALL {
            assert_all_places(&text, format);
        }
    }

    #[test]
    fn any_mix_of_markup_has_true_places_in_every_format(text in bits()) {
        for format in Format::ALL {
            assert_all_places(&text, format);
        }
    }
}
