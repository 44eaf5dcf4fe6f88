//! Whole articles of our own, each as text, Markdown, web page, MDX, AsciiDoc and Word file: what is found
//! in the text is compared with `fixtures/articles/*.expect` (`BLESS=1` rewrites them, a missing one fails), and
//! all formats of an article must yield the same words, the same claims and the same findings. MDX, AsciiDoc
//! and Word files are made here, from the Markdown.

mod adoc;
mod word;

use caveat::audit::{Audit, Claimed, Part};
use caveat::check::{Checker, Options};
use caveat::date;
use caveat::document::{Block, BlockKind, Document};
use caveat::embedded;
use caveat::read::{self, Format};
use caveat::source::{Source, Span};
use caveat::tree;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

/// The day of the audit, so that what goes out of date does not go out of date here.
const TODAY: &str = "2026-01-15";

static CHECKER: LazyLock<Checker> = LazyLock::new(|| {
    let options = Options { today: date::days(TODAY).unwrap(), ..Options::default() };
    Checker::new(embedded::catalog(), options, &|_| true)
});

/// Where the text may differ from Markdown and web page since it truly lacks what they say: article (`*` for
/// any), the words, claim or lint that only one of them has, and what the text lacks. No row is for web pages, MDX, AsciiDoc or Word files.
const LACKING: &[(&str, &str, &str)] = &[
    ("fish-oil-heart-news", "Anyone over 50 should start", "the text has no mark for a quotation that is set off"),
    ("zinc-acne", "Zinc saved my skin", "the text has no mark for a quotation that is set off"),
    ("apple-cider-vinegar-slim", "A bottle of SLIM+ gummies", "the words that stand for a picture are markup"),
    ("melatonin-gummies", "DreamDrop Strawberry Melatonin 10 mg", "the words that stand for a picture are markup"),
    ("melatonin-gummies", "LittleMoon Kids Gummies", "the words that stand for a picture are markup"),
    ("gout", "Causes, symptoms and treatment of gout", "the description stands in the front matter"),
    ("gout", "- | Causes (cause) |", "the description stands in the front matter"),
    ("gout", "See a GP if:", "a heading with a colon looks like the line that leads into its list"),
    ("gout", "Ask for an urgent appointment if:", "a heading with a colon looks like the line that leads into its list"),
    ("gout", "Don't:", "a line that leads into a list of its own looks like a heading"),
    ("ginger-nausea", "What the evidence says", "a short line in lower case over another one is a link more often than a heading"),
    ("essential-oils-sinus", "Are essential oils safe in pregnancy", "bold type alone sets the question apart"),
    ("essential-oils-sinus", "Some are, some aren't.", "its question is set apart by bold type alone"),
    ("zinc-acne", "evidence/uncited-benefit \"How Zinc Fights Acne\"", "the link to the study is markup"),
    ("ginger-nausea", "evidence/anonymous-study", "the mark of the footnote that names the trial is markup"),
    (
        "zinc-acne",
        "structure/dangling-heading \"Zinc And Acne Scars\"",
        "how deep a heading is must be guessed: the next could stand below it",
    ),
    ("vitamin-d-ms", "structure/heading-level-skip", "how deep a heading is must be guessed"),
    ("vitamin-d-ms", "structure/question-unanswered", "that the line is a heading is guessed, so the level is lower"),
    ("turmeric-knee-pain", "structure/run-on-list", "in the text alone the items stand on one line"),
    ("melatonin-gummies", "structure/image-without-alt", "images are markup"),
    ("collagen-faq", "disclosure/missing-affiliate", "where a link points is markup"),
    ("essential-oils-sinus", "disclosure/missing-affiliate", "where a link points is markup"),
    ("essential-oils-sinus", "disclosure/conflict-of-interest", "where a link points is markup"),
    ("*", "provenance/missing-references", "links are markup"),
    ("*", "provenance/missing-author", "who wrote it stands in the front matter"),
    ("*", "provenance/missing-reviewer", "who reviewed it stands in the front matter"),
    ("*", "provenance/missing-credentials", "who wrote it stands in the front matter"),
    ("*", "provenance/missing-date", "its date stands in the front matter"),
];

struct Read {
    source: Source,
    doc: Document,
    audit: Audit,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/articles")
}

fn slugs() -> Vec<String> {
    let names = fs::read_dir(folder()).unwrap().map(|e| e.unwrap().path());
    let texts = names.filter(|p| p.extension().is_some_and(|e| e == "txt"));
    let mut slugs: Vec<String> = texts.map(|p| p.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    slugs.sort();
    assert!(slugs.len() >= 10, "only {} articles", slugs.len());
    slugs
}

/// Formats that say all that Markdown says.
const MARKED: [&str; 4] = ["html", "mdx", "docx", "adoc"];

fn text(slug: &str, extension: &str) -> String {
    let path = folder().join(format!("{slug}.{extension}"));
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The Markdown with what makes it MDX: imports, an export, a component around the text and one in it.
fn mdx(markdown: &str) -> String {
    let front = read::markdown::front_matter(markdown).map_or(0, |f| f.end as usize);
    let (front, body) = markdown.split_at(front);
    let first = body.find("\n## ").unwrap_or(body.len());
    let (opening, rest) = body.split_at(first);
    format!(
        "{front}\nimport Chart from '../components/chart'\n\nexport const meta = {{ kind: 'guide', cures: \"everything\" }}\n\n<Article wide={{true}}>\n{opening}\n\n<Chart data={{[1, 2]}} title=\"a cure\" />\n{rest}\n\n</Article>\n"
    )
}

fn article(slug: &str, extension: &str) -> Read {
    let format = Format::parse(extension).unwrap();
    let (text, mut doc) = match format {
        Format::Docx => {
            let markdown = text(slug, "md");
            let bytes = word::write(&read::read(&markdown, Format::Markdown), &markdown);
            read::docx::read(&bytes).unwrap_or_else(|fault| panic!("{slug}: {fault}"))
        }
        Format::Asciidoc => {
            let markdown = text(slug, "md");
            let text = adoc::write(&read::read(&markdown, Format::Markdown), &markdown);
            let doc = read::read(&text, format);
            (text, doc)
        }
        Format::Mdx => {
            let text = mdx(&text(slug, "md"));
            let doc = read::read(&text, format);
            (text, doc)
        }
        _ => {
            let text = text(slug, extension);
            let doc = read::read(&text, format);
            (text, doc)
        }
    };
    let source = Source::new(slug, text);
    let audit = CHECKER.check_document(&source, doc.clone());
    drop(CHECKER.annotate(&mut doc));
    Read { source, doc, audit }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The plain words that a place of the source became.
fn words_at(doc: &Document, place: Span) -> String {
    let mut out = String::new();
    for piece in doc.pieces.iter().filter(|p| p.source.overlaps(place)) {
        let plain = if piece.plain.len() == piece.source.len() {
            let from = place.start.max(piece.source.start) - piece.source.start;
            let to = place.end.min(piece.source.end) - piece.source.start;
            Span { start: piece.plain.start + from, end: piece.plain.start + to }
        } else {
            piece.plain
        };
        // Blocks end with a line break of their own, which no piece holds.
        if !out.is_empty() && doc.text.as_bytes().get(plain.start as usize - 1) == Some(&b'\n') {
            out.push(' ');
        }
        out.push_str(doc.words(plain));
    }
    one_line(&out)
}

fn expectation(read: &Read) -> String {
    let mut out = String::new();
    for finding in &read.audit.findings {
        let at = read.source.position(finding.span.start);
        let words = words_at(&read.doc, finding.span);
        writeln!(out, "{} {} {}:{} {words:?}", finding.level.name(), finding.lint, at.line, at.column).unwrap();
    }
    out
}

#[test]
fn an_article_has_the_findings_that_are_written_beside_it() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = String::new();
    for slug in slugs() {
        let path = folder().join(format!("{slug}.expect"));
        let seen = expectation(&article(&slug, "txt"));
        if bless {
            fs::write(&path, seen).unwrap();
            continue;
        }
        match fs::read_to_string(&path) {
            Ok(wanted) if wanted == seen => {}
            Ok(wanted) => {
                let (old, new): (BTreeSet<&str>, BTreeSet<&str>) = (wanted.lines().collect(), seen.lines().collect());
                writeln!(wrong, "{slug}.expect").unwrap();
                old.difference(&new).for_each(|line| writeln!(wrong, "  - {line}").unwrap());
                new.difference(&old).for_each(|line| writeln!(wrong, "  + {line}").unwrap());
            }
            Err(_) => writeln!(wrong, "{slug}.expect is missing; BLESS=1 writes it").unwrap(),
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// The words of the article proper, block by block.
fn words(read: &Read) -> Vec<String> {
    let prose = read.doc.blocks.iter().filter(|b| b.kind != BlockKind::Residue);
    prose.map(|b| one_line(read.doc.block_text(b))).filter(|t| !t.is_empty()).collect()
}

/// The words with what they are for the reader.
fn kinds(read: &Read) -> Vec<String> {
    // Formats without front matter have the description as a line of the text.
    let kind = |b: &Block| if b.kind == BlockKind::Summary { BlockKind::Paragraph } else { b.kind };
    let blocks = read.doc.blocks.iter().map(|b| format!("{} {}", tree::kind_name(kind(b)), one_line(read.doc.block_text(b))));
    blocks.filter(|line| !line.starts_with("residue")).collect()
}

fn claims(read: &Read) -> Vec<String> {
    let part = |p: &Option<Part>| p.as_ref().map_or("-".to_owned(), |p| format!("{} ({})", one_line(&p.text), p.class));
    let line = |c: &Claimed| {
        let marks: Vec<&str> = c.marks.names().collect();
        let [subject, effect, object] = [&c.subject, &c.effect, &c.object].map(part);
        format!("{subject} | {effect} | {object} | {} {:?} [{}]", c.strength.name(), c.valence, marks.join(" "))
    };
    read.audit.claims.iter().map(line).collect()
}

fn findings(read: &Read) -> Vec<String> {
    read.audit.findings.iter().map(|f| format!("{} {} {:?}", f.level.name(), f.lint, words_at(&read.doc, f.span))).collect()
}

/// What is in one list more often than in the other.
fn only_in<'a>(one: &'a [String], other: &[String]) -> Vec<&'a String> {
    let mut rest: Vec<&String> = other.iter().collect();
    let is_left = |item: &&String| match rest.iter().position(|r| r == item) {
        Some(at) => {
            rest.swap_remove(at);
            false
        }
        None => true,
    };
    one.iter().filter(is_left).collect()
}

/// What differs in one view of an article between its Markdown and another format.
fn differences(slug: &str, format: &str, view: fn(&Read) -> Vec<String>) -> Vec<String> {
    let (markdown, other) = (view(&article(slug, "md")), view(&article(slug, format)));
    let here = only_in(&markdown, &other).into_iter().map(|line| format!("{slug}, in md and not in {format}: {line}"));
    here.chain(only_in(&other, &markdown).into_iter().map(|line| format!("{slug}, in {format} and not in md: {line}"))).collect()
}

/// Whether a row of [`LACKING`] is about a difference.
fn excuses(row: &(&str, &str, &str), slug: &str, difference: &str) -> bool {
    (row.0 == "*" || row.0 == slug) && difference.contains(row.1)
}

/// Compares every format of every article with its Markdown by one view of it.
fn assert_same(view: fn(&Read) -> Vec<String>) {
    let mut wrong = String::new();
    for slug in slugs() {
        for line in MARKED.iter().flat_map(|format| differences(&slug, format, view)) {
            writeln!(wrong, "{line}").unwrap();
        }
        for line in differences(&slug, "txt", view) {
            if !LACKING.iter().any(|row| excuses(row, &slug, &line)) {
                writeln!(wrong, "{line}").unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn the_same_article_has_the_same_words_in_every_format() {
    assert_same(words);
}

#[test]
fn the_same_article_has_the_same_blocks_in_every_format() {
    assert_same(kinds);
}

#[test]
fn the_same_article_has_the_same_claims_in_every_format() {
    assert_same(claims);
}

#[test]
fn the_same_article_has_the_same_findings_in_every_format() {
    assert_same(findings);
}

#[test]
fn the_text_is_excused_only_where_it_differs() {
    let views = [words, kinds, claims, findings];
    let all: Vec<(String, String)> = slugs()
        .iter()
        .flat_map(|slug| views.iter().flat_map(move |view| differences(slug, "txt", *view)).map(move |line| (slug.clone(), line)))
        .collect();
    for row in LACKING {
        assert!(all.iter().any(|(slug, line)| excuses(row, slug, line)), "no difference needs the row {row:?}");
    }
}
