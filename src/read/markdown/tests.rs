//! Markdown and MDX: which blocks come of it, and that every place is true.

use crate::document::{DefectKind, Document};
use crate::read::tests::{assert_true_places, blocks};
use crate::read::{Format, read};
use crate::source::Span;

fn markdown(source: &str) -> Document {
    let document = read(source, Format::Markdown);
    assert_true_places(source, Format::Markdown, &document);
    document
}

fn mdx(source: &str) -> Document {
    let document = read(source, Format::Mdx);
    assert_true_places(source, Format::Mdx, &document);
    document
}

/// The source bytes that made `words`.
fn written<'s>(document: &Document, source: &'s str, words: &str) -> &'s str {
    let at = document.text.find(words).expect("the words are in the document");
    &source[document.span(Span::new(at, at + words.len())).range()]
}

#[test]
fn blocks_keep_their_kind_level_and_group() {
    let source = "# Zinc\n\nIntro *here*\nand there.\n\n- one\n- two\n  - deep\n\n1. other\n\n   second paragraph\n\n> quoted\n>\n> > deeper\n\n```\ncode\n```\n";
    assert_eq!(
        blocks(&markdown(source)),
        [
            "Heading 1: Zinc",
            "Paragraph: Intro here and there.",
            "ListItem 1 g1: one",
            "ListItem 1 g1: two",
            "ListItem 2 g2: deep",
            "ListItem 1 g3: other",
            "ListItem 1 g3: second paragraph",
            "Quote: quoted",
            "Quote: deeper",
            "Code: code",
        ]
    );
}

#[test]
fn block_spans_hold_the_markup_and_no_blank_line() {
    let source = "## Zinc ##\n\n* first\n* second\n\n\nlast\n\n";
    let document = markdown(source);
    let spans: Vec<&str> = document.blocks.iter().map(|b| &source[b.span.range()]).collect();
    assert_eq!(spans, ["## Zinc ##", "* first", "* second", "last"]);
}

#[test]
fn cells_know_row_column_and_head() {
    let document = markdown("| Dose | Effect |\n|---|---|\n| 5 mg | **none** |\n|  | some \\| more |\n");
    assert_eq!(
        blocks(&document),
        ["Cell g1 0,0: Dose", "Cell g1 0,1: Effect", "Cell g1 1,0 ^0: 5 mg", "Cell g1 1,1 ^1: none", "Cell g1 2,1 ^1: some | more",]
    );
}

#[test]
fn entities_escapes_and_breaks_map_back_exactly() {
    let source = "Caf&eacute; \\*not\\* `5  mg`\\\nand&nbsp;&lt; that  \nend\r\nof it";
    let document = markdown(source);
    assert_eq!(blocks(&document), ["Paragraph: Café *not* 5 mg and < that end of it"]);
    assert_eq!(written(&document, source, "Café"), "Caf&eacute;");
    assert_eq!(written(&document, source, "not"), "not");
    assert_eq!(written(&document, source, "< that"), "&lt; that");
    assert_eq!(written(&document, source, "end of"), "end\r\nof");
    assert_eq!(written(&document, source, "5 mg"), "5  mg");
}

#[test]
fn links_images_and_footnotes_carry_targets_but_no_foreign_words() {
    let source = "See [the *trial*](https://a.org/x?y=1&amp;z=2 \"t\")[^1], <https://b.org> ![a jar](jar.png) and [ref][r].\n\n[^1]: Smith 2020.\n\n[r]: /ref\n";
    let document = markdown(source);
    assert_eq!(blocks(&document), ["Paragraph: See the trial, https://b.org and ref.", "Paragraph: Smith 2020."]);
    let links: Vec<_> = document.links.iter().map(|l| (l.target.as_str(), document.words(l.text), l.image, l.rel.as_str())).collect();
    assert_eq!(
        links,
        [
            ("https://a.org/x?y=1&z=2", "the trial", false, ""),
            ("#fn-1", "", false, "footnote"),
            ("https://b.org", "https://b.org", false, ""),
            ("jar.png", "", true, ""),
            ("/ref", "ref", false, ""),
        ]
    );
    assert_eq!(&source[document.links[1].span.range()], "[^1]");
    assert_eq!(&source[document.blocks[1].span.range()], "[^1]: Smith 2020.");
}

#[test]
fn alerts_are_the_authors_own_words() {
    assert_eq!(blocks(&markdown("> [!WARNING]\n> Ask a pharmacist.\n\n> said she\n")), ["Paragraph: Ask a pharmacist.", "Quote: said she"]);
}

#[test]
fn html_inside_is_prose_with_places() {
    let source = "A<br>B <b class=\"x\">bold</b> <!-- caveat-allow a -->end.\n\n<div>\n<p>Zinc &amp; iron</p>\n<!-- caveat-allow b -->\n</div>\n\n<details><summary>More</summary>\n\nInside **it**.\n\n</details>\n\n<script>var words = 1;</script>\n";
    let document = markdown(source);
    assert_eq!(blocks(&document), ["Paragraph: A B bold end.", "Paragraph: Zinc & iron", "Paragraph: More", "Paragraph: Inside it."]);
    assert_eq!(written(&document, source, "Zinc & iron"), "Zinc &amp; iron");
    let comments: Vec<&str> = document.comments.iter().map(|c| c.text.trim()).collect();
    assert_eq!(comments, ["caveat-allow a", "caveat-allow b"]);
}

#[test]
fn html_tables_inside_count_as_tables() {
    let source = "<table>\n<tr><th>Dose</th><th>Effect</th></tr>\n<tr><td>5 mg</td><td>none</td></tr>\n</table>\n";
    assert_eq!(blocks(&markdown(source)), ["Cell g1 0,0: Dose", "Cell g1 0,1: Effect", "Cell g1 1,0 ^0: 5 mg", "Cell g1 1,1 ^1: none"]);
}

#[test]
fn html_that_never_closes_does_not_swallow_the_article() {
    let source = "<div class=\"newsletter\"><form>\n\nSign <span hidden>up\n\n## Zinc\n\nIt is a metal.\n";
    assert_eq!(blocks(&markdown(source)), ["Heading 2: Zinc", "Paragraph: It is a metal."]);
    let source = "Zinc <span hidden>secret</span> helps <svg><title>x</title></svg>few.\n\nNext <span hidden>gone\n\nand back.\n";
    assert_eq!(blocks(&markdown(source)), ["Paragraph: Zinc helps few.", "Paragraph: Next", "Paragraph: and back."]);
}

#[test]
fn front_matter_is_fields_and_its_title_the_title() {
    let source = "---\ntitle: \"Zinc: a metal\"\n\nauthors:\n  - name: A. Bell\n  - C. Dee\nlastmod: 2024-05-01\nmedically_reviewed_by: Dr. É. Fox\nseo:\n  noindex: yes\ndraft: false\nversion: 1.10\n---\nZinc.\n";
    let document = markdown(source);
    assert_eq!(blocks(&document), ["Title 1: Zinc: a metal", "Paragraph: Zinc."]);
    let fields: Vec<_> = document.fields.iter().map(|f| (f.name.as_str(), f.value.as_str(), &source[f.span.range()])).collect();
    assert_eq!(
        fields,
        [
            ("title", "Zinc: a metal", "\"Zinc: a metal\""),
            ("author", "A. Bell, C. Dee", "A. Bell\n  - C. Dee"),
            ("updated", "2024-05-01", "2024-05-01"),
            ("reviewer", "Dr. É. Fox", "Dr. É. Fox"),
            ("seo.noindex", "yes", "yes"),
            ("draft", "false", "false"),
            ("version", "1.10", "1.10"),
        ]
    );
}

#[test]
fn toml_front_matter_is_fields_in_the_order_of_the_file() {
    let source = "+++\ntitle = 'Zinc'\ndate = 2024-05-01T10:00:00Z\nauthor = [\"A\", \"B\"]\n[params]\nsponsor = 'Acme'\n+++\n\nZinc.\n";
    let document = markdown(source);
    assert_eq!(blocks(&document), ["Title 1: Zinc", "Paragraph: Zinc."]);
    let fields: Vec<_> = document.fields.iter().map(|f| (f.name.as_str(), f.value.as_str(), &source[f.span.range()])).collect();
    assert_eq!(
        fields,
        [
            ("title", "Zinc", "'Zinc'"),
            ("date", "2024-05-01T10:00:00Z", "2024-05-01T10:00:00Z"),
            ("author", "A, B", "[\"A\", \"B\"]"),
            ("params.sponsor", "Acme", "'Acme'"),
        ]
    );
}

#[test]
fn broken_front_matter_tells_what_it_can_and_keeps_the_article() {
    let source = "---\ntitle: Zinc: a metal\nauthor: A. Bell\ntags: [a, b\n---\n\nZinc.\n";
    let document = markdown(source);
    assert_eq!(blocks(&document), ["Title 1: Zinc: a metal", "Paragraph: Zinc."]);
    let error = document.field("front-matter-error").expect("the error is told");
    assert_eq!(&source[error.span.range()], "title: Zinc: a metal");
    assert_eq!(document.field("title").map(|f| f.value.as_str()), Some("Zinc: a metal"));
    assert_eq!(document.field("author").map(|f| f.value.as_str()), Some("A. Bell"));
}

#[test]
fn front_matter_without_an_end_leaves_the_article() {
    let document = markdown("---\ntitle: Zinc\nauthor: A. Bell\n\nZinc is a metal.\n");
    assert_eq!(blocks(&document), ["Title 1: Zinc", "Paragraph: Zinc is a metal."]);
    assert!(document.field("front-matter-error").is_some());
    assert_eq!(document.field("title").map(|f| f.value.as_str()), Some("Zinc"));
}

#[test]
fn a_rule_at_the_start_is_no_front_matter() {
    let document = markdown("---\n\nZinc is a metal.\n\n---\n\nIron too.\n");
    assert_eq!(blocks(&document), ["Paragraph: Zinc is a metal.", "Paragraph: Iron too."]);
    assert!(document.fields.is_empty());
}

#[test]
fn shortcodes_and_attribute_lists_are_no_prose() {
    let source = "{% include ad.html %}\nZinc {{< ref \"a b\" >}}helps {{ site.name }} few.\n{: .lead #top}\n\n{{% note %}}\nAsk *first*.\n{{% /note %}}\n\n* TOC\n{:toc}\n\n## Dose {#dose}\n\nSee [more]({{ site.url }}/x y/{% link a.md %}) or [this]({% post_url 2020-01-01-zinc %}).\n\n{% comment %}\nnot *this*\n{% endcomment %}\n\nIt weighs {65.4} u. {#not-masked}\n\n*[GP]: general practitioner\n";
    let document = markdown(source);
    assert_eq!(
        blocks(&document),
        [
            "Paragraph: Zinc helps few.",
            "Paragraph: Ask first.",
            "Heading 2: Dose",
            "Paragraph: See [more](/x y/) or this.",
            "Paragraph: It weighs {65.4} u. {#not-masked}",
        ]
    );
    assert_eq!(document.links[0].target, "{% post_url 2020-01-01-zinc %}");
    assert_eq!(written(&document, source, "few."), "few.");
}

#[test]
fn a_masked_line_before_indented_text_makes_no_code() {
    let document = markdown("{% if x %}  Zinc is a metal.{% endif %}\n\n<div markdown=\"1\">\n![](b.png){:.c}\nIron **too**.\n</div>\n");
    assert_eq!(blocks(&document), ["Paragraph: Zinc is a metal.", "Paragraph: Iron too."]);
}

#[test]
fn mdx_leaves_prose_only() {
    let source = "import { Callout } from '../ui'\nexport const meta = {\n  title: 'Zinc',\n\n  n: 1,\n}\n\n# Zinc {/* caveat-allow x */}\n\n<Callout type={kind} title=\"Note\">\n  Ask **first**, {props.name}.\n</Callout>\n\n<Tabs>\n    <Tab label=\"a\">\n        Deep *text*\n    </Tab>\n</Tabs>\n\nInline <Term id={x > 1}>zinc</Term>{\" \"}<Link href={\"/a\"}>here</Link> costs < 5 and `{code}`.\n\n```js\nimport x from 'y'\n```\n\n<Image src={jar} alt=\"A jar\" />\n\n<https://a.org>\n";
    let document = mdx(source);
    assert_eq!(
        blocks(&document),
        [
            "Heading 1: Zinc",
            "Paragraph: Ask first, .",
            "Paragraph: Deep *text*",
            "Paragraph: Inline zinc here costs < 5 and {code}.",
            "Code: import x from 'y'",
            "Paragraph: https://a.org",
        ]
    );
    assert_eq!(document.comments.iter().map(|c| c.text.trim()).collect::<Vec<_>>(), ["caveat-allow x"]);
}

#[test]
fn an_unbalanced_brace_in_mdx_hides_nothing() {
    assert_eq!(
        blocks(&mdx("Zinc {is a metal.\n\nexport of zinc\n\nIt's {fine}.\n")),
        ["Paragraph: Zinc {is a metal.", "Paragraph: It's ."]
    );
}

#[test]
fn words_that_stand_for_a_picture_are_a_caption_where_it_stands_by_itself() {
    let document = markdown(
        "![Zinc *heals*](a.png)\nText behind it.\n\nHere ![a sign](b.png) too.\n\n- ![in an item](c.png)\n\n[![in a link](d.png)](e.html)\n\n![](f.png)\n",
    );
    assert_eq!(blocks(&document), ["Caption: Zinc heals", "Paragraph: Text behind it.", "Paragraph: Here too."]);
    assert_eq!(document.links.iter().filter(|l| l.image).count(), 5);
}

#[test]
fn a_line_that_lost_its_breaks_has_its_parts() {
    let source = "## Zinc and Colds: What Is Known Many people take **zinc** for [a cold](a.html) in the winter, and most of them take far more of it than they should. It may: \\* shorten *colds* \\* upset the stomach ## **Doses** Take 10 mg &amp; no more.\n\nA text. ### What to Ask\n";
    let document = markdown(source);
    assert_eq!(
        blocks(&document),
        [
            "Heading 2: Zinc and Colds: What Is Known",
            "Paragraph: Many people take zinc for a cold in the winter, and most of them take far more of it than they should. It may:",
            "ListItem 1 g1: shorten colds",
            "ListItem 1 g1: upset the stomach",
            "Heading 2: Doses",
            "Paragraph: Take 10 mg & no more.",
            "Paragraph: A text.",
            "Heading 3: What to Ask",
        ]
    );
    let kinds: Vec<_> = document.defects.iter().map(|d| d.kind).collect();
    assert_eq!(kinds, [DefectKind::RunOnHeading, DefectKind::GluedItems, DefectKind::RunOnHeading]);
    assert_eq!(written(&document, source, "shorten colds"), "shorten *colds");
}

#[test]
fn front_matter_tells_what_lists_of_pages_and_pictures_say() {
    let document = markdown(
        "---\ntitle: Zinc\ndescription: Zinc heals.\nexcerpt: Zinc heals.\nimages:\n  - url: a.png\n    alt: A jar of zinc\n    title: 'Zinc''s jar'\nseo:\n  title: Zinc heals colds\n  description: >-\n    Zinc heals\n    colds.\nauthor: {name: Ada, title: Nurse}\n---\n\nZinc heals.\n",
    );
    assert_eq!(
        blocks(&document),
        [
            "Title 1: Zinc",
            "Summary: Zinc heals.",
            "Summary: Zinc heals.",
            "Caption: A jar of zinc",
            "Caption: Zinc's jar",
            "Summary: Zinc heals colds",
            "Summary: Zinc heals colds.",
            "Paragraph: Zinc heals.",
        ]
    );
}
