//! Properties that every reader must have, and the choice of format.

use proptest::prelude::*;

use super::*;
use crate::document::Document;

/// Every place that a document names is true.
pub(crate) fn assert_true_places(source: &str, format: Format, document: &Document) {
    let length = source.len() as u32;
    let (mut plain, mut from) = (0, 0);
    // Footnotes that stand where they are called are read last.
    let mut notes = if format == Format::Asciidoc { source.matches("footnote").count() } else { 0 };
    for piece in &document.pieces {
        let ascends = piece.source.start >= from || notes.checked_sub(1).inspect(|n| notes = *n).is_some();
        assert!(piece.plain.start >= plain && ascends, "{format:?}: pieces descend at {piece:?}\n{source:?}");
        (plain, from) = (piece.plain.end, piece.source.end);
        let words = document.text.get(piece.plain.range()).expect("a piece lies in the text");
        let written = source.get(piece.source.range()).expect("a piece lies in the source");
        if words.len() == written.len() {
            let same = words.chars().zip(written.chars()).all(|(a, b)| a == b || a == ' ' && (b.is_whitespace() || b == '\0'));
            assert!(same || written.starts_with(['&', '<']), "{format:?}: {words:?} is not {written:?}\n{source:?}");
        }
    }
    let mut last = 0;
    for block in &document.blocks {
        assert!(block.span.end <= length && block.span.start <= block.span.end, "{format:?}: {block:?}\n{source:?}");
        assert!(source.get(block.span.range()).is_some(), "{format:?}: {block:?} cuts a character\n{source:?}");
        assert!(block.text.start >= last && !block.text.is_empty(), "{format:?}: {block:?}\n{source:?}");
        last = block.text.end;
        let words = document.span(block.text);
        assert!(block.span.contains(words), "{format:?}: {block:?} does not hold its words {words:?}\n{source:?}");
    }
    let links = document.links.iter().map(|l| l.span);
    let comments = document.comments.iter().map(|c| c.span);
    for span in links.chain(comments).chain(document.fields.iter().map(|f| f.span)) {
        assert!(span.end <= length && source.get(span.range()).is_some(), "{format:?}: {span:?}\n{source:?}");
    }
}

fn read_all(source: &str) {
    for format in Format::ALL {
        assert_true_places(source, format, &read(source, format));
    }
}

/// Pieces of markup that meet in odd ways.
const FRAGMENTS: &[&str] = &[
    "Zinc",
    " shortens ",
    "colds",
    ".",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "é",
    "\u{a0}",
    "\u{feff}",
    "\u{ad}",
    "😀",
    "&amp;",
    "\n* ",
    "\n|===\n",
    "\n----\n",
    "\n====\n",
    "\n____\n",
    "\n////\n",
    "\n+\n",
    "\n[quote, Roe]\n",
    "\n:a: {b}\n",
    "{a}",
    "\nifdef::a[]\n",
    "\nendif::[]\n",
    "link:a[",
    "https://a.example",
    "footnote:[",
    "<<a,",
    ">>",
    ":: ",
    "\"`",
    "`\"",
    "\n.Title\n",
    "&nbsp;",
    "&eacute;",
    "&#x4d;",
    "&lt",
    "\\*",
    "\\",
    "*",
    "**",
    "_",
    "`",
    "```\n",
    "# ",
    "## ",
    "- ",
    "  - ",
    "1. ",
    "> ",
    "> [!NOTE]\n",
    "| a | b |\n|---|---|\n",
    "| c |\n",
    "[x](y)",
    "[x](",
    "](",
    "![alt](i.png)",
    "[^1]",
    "[^1]: note\n",
    "<https://a.b>",
    "---\n",
    "+++\n",
    "title: a\n",
    "title = 'a'\n",
    "by: [a, b]\n",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<div class=\"sidebar\">",
    "<div hidden>",
    "<br>",
    "<br/>",
    "<b>",
    "</b>",
    "<a href=\"u\">",
    "</a>",
    "<li>",
    "</li>",
    "<ul>",
    "</ul>",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "<th colspan=2>",
    "</td>",
    "</tr>",
    "<h1>",
    "</h1>",
    "<h2>",
    "<blockquote>",
    "</blockquote>",
    "<q>",
    "</q>",
    "<sup>",
    "</sup>",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<title>",
    "</title>",
    "<!-- c -->",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?php ?>",
    "<article>",
    "</article>",
    "<main>",
    "</main>",
    "<nav>",
    "</nav>",
    "<header>",
    "</header>",
    "<form>",
    "<pre>",
    "</pre>",
    "<time datetime=2020-01-01>",
    "<meta name=author content=\"A &amp; B\">",
    "</",
    "</x",
    "<",
    ">",
    "<Callout type={x}>",
    "</Callout>",
    "<Foo />",
    "{x}",
    "{/* c */}",
    "{",
    "}",
    "{{ x }}",
    "{{< a >}}",
    "{% b %}",
    "{: .c}",
    "{:toc}\n",
    "import x from 'y'\n",
    "export const a = {\n",
    "\0",
    "\u{7f}",
    "[x]({{ a b }}/c)",
    "<svg>",
    "<details><summary>",
    "</summary>",
    "</details>",
    "~~",
    "\u{202e}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_has_true_places(source in any::<String>()) {
        read_all(&source);
    }

    #[test]
    fn any_markup_has_true_places(parts in prop::collection::vec(prop::sample::select(FRAGMENTS), 0..40)) {
        read_all(&parts.concat());
    }
}

#[test]
fn the_extension_names_the_format() {
    for (path, format) in [("a.md", Format::Markdown), ("b.MDX", Format::Mdx), ("c.htm", Format::Html), ("d.txt", Format::Text)] {
        assert_eq!(recognise(Some(Path::new(path)), "<html>"), format);
    }
}

#[test]
fn without_an_extension_the_text_tells_its_format() {
    for (text, format) in [
        ("<!doctype html><p>Zinc", Format::Html),
        ("  <p>Zinc and <b>colds</b></p>", Format::Html),
        ("---\ntitle: Zinc\n---\nColds", Format::Markdown),
        ("Zinc\n\n## Colds\n", Format::Markdown),
        ("// draft\n:toc:\n\n= Zinc\n\n== Colds\n", Format::Asciidoc),
        ("= Zinc =\n\n:-) Colds", Format::Text),
        ("See [the trial](https://example.org/a).", Format::Markdown),
        ("Zinc (see [1]) is a metal.\n\nIt is < 5 mg.", Format::Text),
        ("--- Zinc ---\n\nA metal", Format::Text),
        ("", Format::Text),
    ] {
        assert_eq!(recognise(None, text), format, "{text:?}");
        assert_eq!(recognise(Some(Path::new("article")), text), format, "{text:?}");
    }
}

#[test]
fn format_names_are_read_back() {
    for format in Format::ALL {
        assert_eq!(Format::parse(format.name()), Some(format));
    }
    assert_eq!(Format::parse("pdf"), None);
}

/// One line a block: kind, level, group, row and column, head, words.
pub(crate) fn blocks(document: &Document) -> Vec<String> {
    let line = |block: &crate::document::Block| {
        let mut line = format!("{:?}", block.kind);
        if block.level > 0 {
            line += &format!(" {}", block.level);
        }
        if block.group > 0 {
            line += &format!(" g{}", block.group);
        }
        if block.kind == crate::document::BlockKind::Cell {
            line += &format!(" {},{}", block.row, block.column);
        }
        if let Some(head) = block.head {
            line += &format!(" ^{head}");
        }
        format!("{line}: {}", document.block_text(block))
    };
    document.blocks.iter().map(line).collect()
}
