//! Formats as they come from the field: what WordPress, static site generators and broken exports leave in
//! a text, plain text that lost all but its words, Word files on the command line, and inputs of a size and
//! a depth that no article has.

mod word;

use caveat::check::{Checker, Options};
use caveat::document::{BlockKind, Document};
use caveat::embedded;
use caveat::read::{self, Format};
use caveat::source::Source;
use caveat::tree::kind_name;
use std::fmt::Write as _;
use std::process::Command;
use std::sync::LazyLock;

static CHECKER: LazyLock<Checker> = LazyLock::new(|| Checker::new(embedded::catalog(), Options::default(), &|_| true));

fn shaped(text: &str, format: Format) -> Document {
    let mut doc = read::read(text, format);
    drop(CHECKER.annotate(&mut doc));
    doc
}

/// `kind words` of every block.
fn blocks(text: &str, format: Format) -> Vec<String> {
    let doc = shaped(text, format);
    doc.blocks.iter().map(|b| format!("{} {}", kind_name(b.kind), doc.block_text(b))).collect()
}

#[test]
fn wordpress_blocks_are_prose_and_their_marks_no_comments() {
    let html = "<!-- wp:heading {\"level\":2} -->\n<h2 class=\"wp-block-heading\">Dose</h2>\n<!-- /wp:heading -->\n\n<!-- wp:paragraph -->\n<p>Adults need 8 mg.</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:list -->\n<ul class=\"wp-block-list\"><!-- wp:list-item -->\n<li>oysters</li>\n<!-- /wp:list-item --></ul>\n<!-- /wp:list -->\n\n<!-- wp:latest-posts {\"postsToShow\":3} /-->\n<!-- wp:more -->\n<!--more-->\n<!-- /wp:more -->\n<!-- caveat-allow overclaim -->\n<p>Zinc may help.</p>";
    for format in [Format::Html, Format::Markdown] {
        assert_eq!(blocks(html, format), ["heading Dose", "paragraph Adults need 8 mg.", "item oysters", "paragraph Zinc may help."]);
        let comments = read::read(html, format).comments;
        let texts: Vec<&str> = comments.iter().map(|c| c.text.trim()).collect();
        assert_eq!(texts, ["more", "caveat-allow overclaim"], "{}", format.name());
    }
    assert_eq!(read::recognise(None, html), Format::Html);
}

#[test]
fn shortcodes_templates_and_admonitions_are_no_prose_but_what_they_hold_is() {
    let hugo = "Zinc.\n\n{{< figure src=\"/a.jpg\" title=\"cures all\" >}}\n\n{{% notice tip %}}\nTake it with food.\n{{% /notice %}}\n\nAdults need {{< param dose >}} mg.\n";
    assert_eq!(blocks(hugo, Format::Markdown), ["paragraph Zinc.", "paragraph Take it with food.", "paragraph Adults need mg."]);
    let jekyll = "{% include nav.html %}\nZinc {{ page.title }} helps.\n{: .lead}\n\n{% comment %}cures cancer{% endcomment %}\n\n{% highlight js %}\ncure()\n{% endhighlight %}\n";
    let seen = blocks(jekyll, Format::Markdown);
    assert!(seen[0].contains("Zinc") && !seen[0].contains("page.title") && !seen.concat().contains("cures cancer"), "{seen:?}");
    let admonitions = "!!! note \"Before you start\"\n    Ask your doctor.\n\n    Twice.\n\n:::tip\nEat oysters.\n:::\n\n> [!WARNING]\n> Not for children.\n";
    assert_eq!(
        blocks(admonitions, Format::Markdown),
        ["paragraph Before you start Ask your doctor.", "paragraph Twice.", "paragraph Eat oysters.", "paragraph Not for children."]
    );
}

#[test]
fn comments_of_asciidoc_excuse_the_block_below() {
    let text = |comment: &str| format!("= Zinc lozenges\n\nColds are caused by viruses.\n\n{comment}\nZinc cures the common cold.\n");
    let told = |text: &str| -> Vec<String> {
        let audit = CHECKER.check(&Source::new("a.adoc", text), Format::Asciidoc);
        audit.findings.into_iter().map(|f| f.lint).filter(|l| l.starts_with("overclaim/") || l.starts_with("allow/")).collect()
    };
    assert!(!told(&text("")).is_empty());
    assert_eq!(told(&text("// caveat-allow overclaim: the myth that we rebut")), [""; 0]);
    assert!(told(&text("// caveat-allow overclaim")).contains(&"allow/no-reason".to_owned()));
}

/// A text in which nothing but the words is left, and what it says.
const PLAIN: &[(&str, &str, &[&str])] = &[
    (
        "hard-wrapped, and a heading without blank lines",
        "Magnesium and sleep\n\nMagnesium is a mineral that the body needs for some three hundred\nreactions. Older people and those who drink much alcohol get less of\nit than they need, and so do people with bowel disease.\nWho should not take it\nPeople with kidney disease must not take it without advice, since the\nkidneys get rid of what is too much. In hospitals, high levels have\nstopped hearts.\n",
        &[
            "title Magnesium and sleep",
            "paragraph Magnesium is a mineral that the body needs for some three hundred reactions. Older people and those who drink much alcohol get less of it than they need, and so do people with bowel disease.",
            "heading Who should not take it",
            "paragraph People with kidney disease must not take it without advice, since the kidneys get rid of what is too much. In hospitals, high levels have stopped hearts.",
        ],
    ),
    (
        "bullets glued on one line behind their lead-in",
        "Zinc in food\n\nGood sources are: • oysters • beef • pumpkin seeds\n\nMost people who eat these get enough of it.\n",
        &[
            "title Zinc in food",
            "paragraph Good sources are:",
            "item oysters",
            "item beef",
            "item pumpkin seeds",
            "paragraph Most people who eat these get enough of it.",
        ],
    ),
    (
        "byte order mark, form feed, soft hyphens, no-break spaces, marks of direction, decomposed accents",
        "\u{feff}Zinc and Cre\u{301}me\r\n\u{c}\r\nCre\u{301}me with zinc sooth\u{ad}es\u{a0}skin.\u{200f} It costs\u{202f}5\u{a0}euros.\r\n",
        &["title Zinc and Cre\u{301}me", "paragraph Cre\u{301}me with zinc soothes skin. It costs 5 euros."],
    ),
    (
        "an FAQ with labels instead of question marks",
        "Zinc and colds\n\nZinc lozenges may shorten a cold by a day, if they are taken early enough, say some trials.\n\nFAQ\n\nQ: Can I take zinc with coffee\n\nA: Coffee binds a little of it.\n\nQ: And with milk\n\nA: Milk does as well, though less.\n",
        &[
            "title Zinc and colds",
            "paragraph Zinc lozenges may shorten a cold by a day, if they are taken early enough, say some trials.",
            "heading FAQ",
            "question Q: Can I take zinc with coffee",
            "answer A: Coffee binds a little of it.",
            "question Q: And with milk",
            "answer A: Milk does as well, though less.",
        ],
    ),
];

#[test]
fn plain_text_without_any_markup_keeps_its_parts() {
    for (what, text, wanted) in PLAIN {
        assert_eq!(blocks(text, Format::Text), *wanted, "{what}");
    }
}

#[test]
fn words_that_went_through_the_wrong_encoding_are_told() {
    let text = "Zinc and colds\n\nPeopleâ€™s colds were shorter when they took zinc â€“ by a day. The cafÃ© was full.\n";
    let audit = CHECKER.check(&Source::new("a", text), Format::Text);
    assert!(audit.findings.iter().any(|f| f.lint == "structure/mojibake"), "{:?}", audit.findings);
}

#[test]
fn nesting_without_end_is_read_to_its_end() {
    let deep = 10_000;
    let cases = [
        (Format::Html, format!("{}<p>Zinc helps.</p>{}", "<div>".repeat(deep), "</div>".repeat(deep))),
        (Format::Html, format!("{}<p>Zinc helps.", "<ul><li>".repeat(deep))),
        (Format::Html, format!("{}Zinc helps.", "<table><tr><td>".repeat(deep))),
        (Format::Html, format!("{}Zinc helps.", "<b><a href=x>".repeat(deep))),
        (Format::Markdown, format!("{} Zinc helps.\n", ">".repeat(deep))),
        (Format::Markdown, format!("{}Zinc helps.\n", "- ".repeat(deep))),
        (Format::Markdown, format!("{}Zinc helps.{}\n", "[".repeat(deep), "](x)".repeat(deep))),
        (Format::Markdown, format!("{}Zinc helps.{}\n", "**a _b ".repeat(deep), "_ **".repeat(deep))),
        (Format::Mdx, format!("{}\n\nZinc helps.\n", "<A>\n".repeat(deep))),
        (Format::Mdx, format!("{{{}\n\nZinc helps.\n", "{".repeat(deep))),
        (Format::Markdown, format!("---\na: {}\n---\n\nZinc helps.\n", "[".repeat(deep))),
        (Format::Asciidoc, format!("{}Zinc helps.\n", "link:a[".repeat(deep))),
        (Format::Asciidoc, format!("{}Zinc helps.{}\n", "*_`".repeat(deep), "`_*".repeat(deep))),
        (Format::Asciidoc, format!("{}\nZinc helps.\n", (4..400).map(|n| "=".repeat(n) + "\n").collect::<String>())),
        (Format::Asciidoc, format!("{}\nZinc helps.\n", "[[[((({<<".repeat(deep))),
        (Format::Asciidoc, format!("ifdef::never[]\nendif::[]\n{}\n\nZinc helps.\n", "a::".repeat(deep))),
        (Format::Text, format!("{}Zinc helps.\n", "\u{2022} ".repeat(deep))),
    ];
    for (format, text) in cases {
        let doc = shaped(&text, format);
        let begins: String = text.chars().take(12).collect();
        assert!(doc.text.contains("Zinc helps."), "{} {begins:?} lost its words", format.name());
        assert!(doc.blocks.iter().all(|b| b.kind != BlockKind::Title || b.level == 1));
    }
}

/// Work that grows faster than the text shows as more blocks, pieces or links than the text can have.
#[test]
fn a_hundred_thousand_lines_are_a_hundred_thousand_blocks() {
    let lines = 100_000;
    let mut markdown = String::new();
    let mut plain = String::new();
    for n in 0..lines / 2 {
        writeln!(markdown, "- item {n} with **zinc** & [link](x)\n").unwrap();
        writeln!(plain, "Zinc is number {n} of the minerals that this text is about.\n").unwrap();
    }
    let doc = read::read(&markdown, Format::Markdown);
    assert_eq!((doc.blocks.len(), doc.links.len()), (lines / 2, lines / 2));
    let doc = read::read(&plain, Format::Text);
    assert_eq!((doc.blocks.len(), doc.pieces.len()), (lines / 2, lines / 2));
    let html = markdown.replace("- item", "<li>item");
    let doc = read::read(&html, Format::Html);
    assert_eq!(doc.blocks.len(), lines / 2);
    let adoc = markdown.replace("- item", "* item").replace("[link](x)", "link:x[link]");
    let doc = read::read(&adoc, Format::Asciidoc);
    assert_eq!((doc.blocks.len(), doc.links.len()), (lines / 2, lines / 2));
    // Fences without a blank line between them.
    let doc = read::read(&"----\na\n====\nb\n".repeat(lines / 4), Format::Asciidoc);
    assert!(doc.blocks.len() > lines / 8, "{}", doc.blocks.len());
    let bytes = word::write(&read::read(&markdown, Format::Markdown), &markdown);
    let (text, doc) = read::docx::read(&bytes).unwrap();
    assert_eq!((doc.blocks.len(), text.lines().count()), (lines / 2, lines / 2));
}

/// Runs caveat on this file in a folder of its own; what it printed and its exit code.
fn run(name: &str, bytes: &[u8], args: &[&str]) -> (String, String, i32) {
    let folder = std::env::temp_dir().join(format!("caveat-formats-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(name), bytes).unwrap();
    let run = |command: &mut Command| command.current_dir(&folder).args(args).output().unwrap();
    let output = run(&mut Command::new(env!("CARGO_BIN_EXE_caveat")));
    std::fs::remove_dir_all(&folder).unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

const ARTICLE: &str = "# Zinc for colds\n\nColds are caused by viruses.\n\nZinc cures the common cold.\n";

fn article() -> Vec<u8> {
    word::write(&read::read(ARTICLE, Format::Markdown), ARTICLE)
}

#[test]
fn a_title_that_only_front_matter_has_is_read_as_the_title() {
    for (front, place) in [
        ("---\ndate: 2025-03-01\ntitle: Zinc cures colds\n---\n\nA cold passes by itself.\n", "3:13"),
        ("---\ntitle: \"Zinc cures colds\" # for now\n---\n\nA cold passes by itself.\n", "2:14"),
        ("+++\ntitle = 'Zinc cures colds'\n+++\n\nA cold passes by itself.\n", "2:15"),
        ("---\ntitle: 'Grandma''s zinc cures colds'\n---\n\nA cold passes by itself.\n", "2:8"),
    ] {
        let (out, err, code) = run("a.md", front.as_bytes(), &["check", "a.md", "--select", "overclaim", "--format", "concise"]);
        assert!(out.contains(&format!("a.md:{place}: error[overclaim/cure-word]")) && code == 1, "{front}: {out}{err}");
    }
    // A page that has its own title shows that one, and what lists of pages print is read beside it.
    let own = |title: &str| format!("---\ntitle: {title}\n---\n\n# Zinc and colds\n\nA cold passes by itself.\n");
    let (out, _, code) = run("a.md", own("Zinc cures colds").as_bytes(), &["check", "a.md", "--select", "overclaim"]);
    assert!(out.contains("a.md:2:13") && code == 1, "{out}");
    let (out, _, code) = run("a.md", own("Zinc and colds").as_bytes(), &["show", "a.md", "--what", "tree"]);
    assert!(!out.contains("summary") && code == 0, "{out}");
}

#[test]
fn places_in_a_word_file_are_told_as_paragraph_and_character() {
    let (out, err, code) = run("draft.docx", &article(), &["check", "draft.docx", "--select", "overclaim"]);
    assert!(out.contains("draft.docx:3:6 (paragraph:character)"), "{out}{err}");
    assert!(out.contains("Zinc cures the common cold.") && err.is_empty(), "{out}{err}");
    assert_eq!(code, 1);
    let (out, _, _) = run("draft.docx", &article(), &["check", ".", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json["files"][0]["format"], "docx");
    assert_eq!(json["files"][0]["path"], "draft.docx");
    let (out, _, code) = run("draft.docx", &article(), &["show", "draft.docx", "--what", "tree"]);
    assert!(out.contains("title     1 §0 L1  Zinc for colds") && code == 0, "{out}");
}

#[test]
fn a_word_file_that_cannot_be_read_is_a_problem_and_exit_2() {
    let whole = article();
    let deep = "<a>".repeat(1000);
    let deep = word::archive(&[("word/document.xml", &deep)]);
    let cases: [(&str, &[u8], &str); 5] = [
        ("cut.docx", &whole[..whole.len() / 2], "damaged zip archive"),
        ("text.docx", b"Zinc cures colds.", "no Word file"),
        ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word file, or one with a password"),
        ("deep.docx", &deep, "nested deeper than 256 elements"),
        ("other.zip", &word::archive(&[("a", "b")]), "a zip archive, but no Word file"),
    ];
    for (name, bytes, wanted) in cases {
        let (out, err, code) = run(name, bytes, &["check", name]);
        assert!(err.contains(wanted) && err.contains(" = help: ") && code == 2, "{name}: {code} {out}{err}");
    }
    // What lies beside a file that a word processor has open is no article.
    let (_, err, _) = run("~$draft.docx", b"lock", &["check", "."]);
    assert!(err.contains("no articles in this folder"), "{err}");
}
