//! Comments cover the block they stand before or in; quoted words are found whatever the markup.

use super::*;
use crate::read::{self, Format};

fn allows(text: &str, format: Format) -> (Document, Source, Vec<Allow>) {
    let source = Source::new("a.md", text);
    let doc = read::read(text, format);
    let allows = comments(&doc, &source);
    (doc, source, allows)
}

fn covered<'a>(source: &'a Source, allow: &Allow) -> &'a str {
    match &allow.scope {
        Scope::Place(span) => source.slice(*span),
        _ => "",
    }
}

#[test]
fn a_comment_covers_the_next_block_and_a_list_whole() {
    let text = "One.\n\n<!-- caveat-allow a/b, c/*: we  rebut\nit -->\n\nTwo.\n\nThree.\n\n<!-- caveat-allow x/y: z -->\n\n- four\n- five\n\nSix.\n";
    let (_, source, allows) = allows(text, Format::Markdown);
    let seen: Vec<(&str, &str, &str)> = allows.iter().map(|a| (a.lint.as_str(), a.reason.as_str(), covered(&source, a).trim())).collect();
    assert_eq!(seen[..2], [("a/b", "we rebut it", "Two."), ("c/*", "we rebut it", "Two.")]);
    assert_eq!(allows[0].origin, "a.md:3");
    assert!(seen[2].2.contains("four") && seen[2].2.contains("five") && !seen[2].2.contains("Six"), "{}", seen[2].2);
}

#[test]
fn comments_of_mdx_and_html_count_and_others_do_not() {
    let (_, source, mdx) = allows("{/* caveat-allow a/b: why */}\n\nTwo.\n", Format::Mdx);
    assert_eq!(covered(&source, &mdx[0]).trim(), "Two.");
    let html = "<body><p>One.</p><!--caveat-allow a/b: why--><p>Two.</p><p>Three <!-- caveat-allow c/d: why --> four.</p></body>";
    let (_, source, html) = allows(html, Format::Html);
    assert!(covered(&source, &html[0]).contains("Two.") && !covered(&source, &html[0]).contains("Three"));
    assert!(covered(&source, &html[1]).contains("four."));
    let (_, _, none) = allows("<!-- caveat-allowed a/b: why -->\n\n<!-- we caveat-allow this -->\n\nA.\n", Format::Markdown);
    assert_eq!(none, []);
}

#[test]
fn a_comment_for_the_file_covers_all_and_one_at_the_end_nothing() {
    let (doc, source, allows) = allows("<!-- caveat-allow-file a/b: why -->\n\nA.\n\n<!-- caveat-allow c/d: why -->\n", Format::Markdown);
    let place = Span::new(37, 39);
    assert_eq!(judge(&allows, &[("a/b", place), ("c/d", place)], &doc, &source), [Some(0), None]);
}

#[test]
fn quoted_words_are_found_through_markup_line_breaks_and_quotes() {
    let (doc, source, _) = allows("It’s a **miracle\ncure**, he said. A miracle.\n", Format::Markdown);
    let words = |w: &str| Allow {
        lint: "a/b".into(),
        scope: Scope::Words(w.into()),
        reason: "r".into(),
        origin: String::new(),
        span: Span::default(),
        is_inline: false,
    };
    let at = |w: &str| {
        let at = source.text.find(w).unwrap();
        Span::new(at, at + w.len())
    };
    let found = [("a/b", at("miracle")), ("a/b", at("miracle.")), ("a/c", at("miracle"))];
    assert_eq!(judge(&[words("it's a Miracle cure")], &found, &doc, &source), [Some(0), None, None]);
    assert_eq!(judge(&[words("  ")], &found, &doc, &source), [None, None, None]);
}

#[test]
fn an_excuse_without_reason_excuses_nothing_and_each_mistake_is_told_once() {
    let (doc, source, allows) = allows("<!-- caveat-allow a/b -->\n\nA.\n", Format::Markdown);
    assert_eq!(judge(&allows, &[("a/b", Span::new(27, 29))], &doc, &source), [None]);
    let told = |lint: &str, reason: &str, used: bool| {
        let allow = Allow { lint: lint.into(), reason: reason.into(), ..allows[0].clone() };
        mistake(&allow, used, &mut [("a/b", true), ("c/d", false)].into_iter())
    };
    assert_eq!(told("a/b", "", false), Some(Mistake::NoReason));
    assert_eq!(told("a/x", "why", false), Some(Mistake::UnknownLint));
    assert_eq!(told("", "why", false), Some(Mistake::UnknownLint));
    assert_eq!(told("a/*", "why", false), Some(Mistake::Unused));
    assert_eq!(told("a/b", "why", true), None);
    assert_eq!(told("c/d", "why", false), None);
}
