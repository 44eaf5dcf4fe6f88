//! Pages and fragments, tidy and broken: which blocks come of them, and that every place is true.

use crate::document::Document;
use crate::read::tests::{assert_true_places, blocks};
use crate::read::{Format, read};
use crate::source::Span;

fn html(source: &str) -> Document {
    let document = read(source, Format::Html);
    assert_true_places(source, Format::Html, &document);
    document
}

fn words(source: &str) -> Vec<String> {
    blocks(&html(source))
}

#[test]
fn blocks_keep_their_kind_and_place() {
    let source = "<h1>Zinc</h1><p>One &amp; two<p>Three<ul><li>a<li>b<ol><li>c</ol></ul><blockquote><p>said</blockquote><pre>x = 1</pre><dl><dt>T<dd>D</dl>";
    let document = html(source);
    assert_eq!(
        blocks(&document),
        [
            "Heading 1: Zinc",
            "Paragraph: One & two",
            "Paragraph: Three",
            "ListItem 1 g1: a",
            "ListItem 1 g1: b",
            "ListItem 2 g2: c",
            "Quote: said",
            "Code: x = 1",
            "ListItem 1 g3: T",
            "ListItem 1 g3: D",
        ]
    );
    let spans: Vec<&str> = document.blocks.iter().take(3).map(|b| &source[b.span.range()]).collect();
    assert_eq!(spans, ["<h1>Zinc</h1>", "<p>One &amp; two", "<p>Three"]);
    assert_eq!(document.span(document.blocks[1].text), Span::new(16, 29));
}

#[test]
fn text_without_paragraphs_breaks_at_blocks_and_double_line_breaks() {
    assert_eq!(
        words("<div>One<br>still<br/><br>\n two <div>three</div> four <hr>five</div>"),
        ["Paragraph: One still", "Paragraph: two", "Paragraph: three", "Paragraph: four", "Paragraph: five"]
    );
}

#[test]
fn list_items_without_a_list_belong_together() {
    assert_eq!(words("<li>a</li><li>b</li><p>c</p><li>d"), ["ListItem 1 g1: a", "ListItem 1 g1: b", "Paragraph: c", "ListItem 1 g2: d"]);
}

#[test]
fn only_the_main_part_of_a_page_is_read() {
    let source = "<!doctype html><html><head><title>T</title></head><body class='has-sidebar'><header><a href=/>Home</a></header><nav>Menu</nav>
        <main><nav>On this page</nav><article class=post><header><h1>Zinc</h1><p>By A. Bell</p></header><p>A metal, used in many places and ways.</p>
        <aside>Ask a pharmacist.</aside><div class='social-share'>Share</div><form>Mail <input></form><footer>Filed under</footer></article>
        <article>Other</article></main><footer>Legal</footer></body></html>";
    assert_eq!(
        words(source),
        ["Heading 1: Zinc", "Paragraph: By A. Bell", "Paragraph: A metal, used in many places and ways.", "Paragraph: Ask a pharmacist."]
    );
}

#[test]
fn a_page_without_a_marked_main_part_loses_its_furniture_only() {
    let source = "<body><div id=header class=header>Shop</div><header><h1>Zinc</h1></header><div class=breadcrumbs>Home</div><div class='content-sidebar-wrap'><p>A metal that is needed in small amounts only.</p></div><div class=sidebar>Buy</div><div id=comments>Nice</div><div class=cookie-banner>OK?</div><aside>Ads</aside><p hidden>x</p><p style='color:red; display : none'>y</p><span aria-hidden=true>z</span><span class=sr-only>w</span>";
    assert_eq!(words(source), ["Paragraph: Shop", "Heading 1: Zinc", "Paragraph: A metal that is needed in small amounts only."]);
}

#[test]
fn furniture_that_holds_most_of_the_page_is_no_furniture() {
    assert_eq!(
        words("<form><div class='page menu'><p>Zinc is a metal.</p></div></form><p>Iron.</p>"),
        ["Paragraph: Zinc is a metal.", "Paragraph: Iron."]
    );
    assert_eq!(words("<main></main><div><p>Zinc is a metal.</p></div>"), ["Paragraph: Zinc is a metal."]);
}

#[test]
fn tables_of_data_are_cells_and_layout_tables_are_not() {
    assert_eq!(
        words("<table><caption>Doses</caption><thead><tr><th><p>Age</p><th colspan=2>Dose</thead><tr><th scope=row>1-3<td>3<td>mg</table>"),
        ["Caption: Doses", "Cell g1 0,0: Age", "Cell g1 0,1: Dose", "Cell g1 1,0 ^1: 1-3", "Cell g1 1,1 ^2: 3", "Cell g1 1,2 ^2: mg"]
    );
    assert_eq!(
        words("<table><tr><td>Left<td><table><tr><td>a<td>b</table></table><table><tr><td>One<tr><td>Two</table>"),
        ["Paragraph: Left", "Cell g1 1,0: a", "Cell g1 1,1: b", "Paragraph: One", "Paragraph: Two"]
    );
}

#[test]
fn captions_quotations_and_inline_code_are_words() {
    assert_eq!(
        words(
            "<figure><img src=a.png alt='a jar'><figcaption>A jar</figcaption></figure><p>She said <q>zinc <b>works</b></q> in <code>mg</code>.</p>"
        ),
        ["Caption: a jar", "Caption: A jar", "Paragraph: She said “zinc works” in mg."]
    );
}

#[test]
fn links_carry_target_words_and_rel() {
    let document = html(
        "<p>See <a href='/a?b=1&amp;c=2' rel='Sponsored nofollow'>the <h3>trial</h3></a> and <a name=x>none</a><a href=#top><img src=up.png></a>",
    );
    let links: Vec<_> = document.links.iter().map(|l| (l.target.as_str(), document.words(l.text), l.image, l.rel.as_str())).collect();
    assert_eq!(links, [("/a?b=1&c=2", "the\ntrial", false, "sponsored nofollow"), ("#top", "", false, ""), ("up.png", "", true, "no-alt")]);
}

#[test]
fn a_raised_link_is_a_reference_and_a_raised_number_is_not() {
    let document = html("<p>Zinc helps.<sup>[<a href='#r1'>1</a>]</sup> At 10<sup>6</sup> units.</p>");
    assert_eq!(blocks(&document), ["Paragraph: Zinc helps. At 106 units."]);
    assert_eq!((document.links[0].target.as_str(), document.links[0].rel.as_str()), ("#r1", "footnote"));
}

#[test]
fn head_and_linked_data_become_fields() {
    let source = r#"<head><title> Zinc &amp; colds
        | Site</title><meta name="author" content="A. Bell"><meta property="article:published_time" content="2024-05-01"><meta name=viewport content=x>
        <script type="application/ld+json">{"@graph":[{"@type":"Organization","name":"Site","description":"shop"},{"@type":["MedicalWebPage","Article"],"headline":"Zinc","author":[{"name":"B"},{"name":"C"}],"reviewedBy":{"name":"D"},"dateModified":"2024-06-01"}]}</script>
        <script type="application/ld+json">{broken</script></head>
        <body><!-- caveat-allow x --><p>By <a rel="author" href="/b">B. <b>Dee</b></a> <time class="updated" datetime="2024-07-01">July</time></p><svg><title>icon</title></svg>"#;
    let document = html(source);
    let fields: Vec<_> = document.fields.iter().map(|f| (f.name.as_str(), f.value.as_str())).collect();
    assert_eq!(
        fields,
        [
            ("title", "Zinc & colds | Site"),
            ("author", "A. Bell"),
            ("date", "2024-05-01"),
            ("title", "Zinc"),
            ("author", "B, C"),
            ("reviewer", "D"),
            ("updated", "2024-06-01"),
            ("author", "B. Dee"),
            ("updated", "2024-07-01"),
        ]
    );
    assert_eq!(&source[document.fields[1].span.range()], "A. Bell");
    assert_eq!(document.comments[0].text, " caveat-allow x ");
    assert_eq!(blocks(&document), ["Paragraph: By B. Dee July"]);
}

#[test]
fn words_map_back_through_broken_markup() {
    let source = "<p>caf&eacute;\r\n</x>a &lt b & c <3 &bogus; </ d>e</p><script>if (a<b) {}</script><p>na\u{ad}\u{ef}ve";
    let document = html(source);
    assert_eq!(blocks(&document), ["Paragraph: café a < b & c <3 &bogus; e", "Paragraph: na\u{ef}ve"]);
    for (word, written) in [("café", "caf&eacute;"), ("< b", "&lt b"), ("<3", "<3"), ("naïve", "na\u{ad}\u{ef}ve")] {
        let at = document.text.find(word).unwrap_or_default();
        assert_eq!(&source[document.span(Span::new(at, at + word.len())).range()], written);
    }
}

#[test]
fn silent_elements_have_no_words() {
    let source = "<style>p{}</style><noscript>on</noscript><button>Go</button><select><option>1</select><iframe>f</iframe><template>t</template><svg><text>s</text></svg><textarea>x</textarea><p>Zinc.</p>";
    assert_eq!(words(source), ["Paragraph: Zinc."]);
}

#[test]
fn deep_nesting_and_stray_ends_are_survived() {
    let deep = format!("{}Zinc{}", "<div><ul><li><table><td>".repeat(3000), "</td></b></div></p>".repeat(3000));
    assert!(html(&deep).text.contains("Zinc"));
    assert_eq!(words("</p></div></li></td>Zinc</a></q></table>"), ["Paragraph: Zinc"]);
}
