//! Parts of an article as a file of one of four formats, with the mess of the tools that wrote it: line ends of
//! another system, entities, curly quotes, page frames, trailing spaces, two ways to write a heading.

use super::Dice;
use super::phrases::{CHROME, PEOPLE};

/// How an article is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Markdown,
    Mdx,
    Html,
    Text,
}

impl Format {
    /// The format of a roll from 0 to 99.
    pub fn of(roll: usize) -> Format {
        match roll {
            0..45 => Format::Markdown,
            45..55 => Format::Mdx,
            55..80 => Format::Html,
            _ => Format::Text,
        }
    }

    pub fn extension(self) -> &'static str {
        match self {
            Format::Markdown => "md",
            Format::Mdx => "mdx",
            Format::Html => "html",
            Format::Text => "txt",
        }
    }
}

/// A part of an article. A link in its words is written `[words](target)`.
pub enum Part {
    Heading(usize, String),
    Paragraph(String),
    List(Vec<String>),
    Numbered(Vec<String>),
    Quote(String),
    Table(Vec<[String; 2]>),
    Image(String),
}

/// The whole file.
pub fn article(format: Format, title: &str, writer: &str, year: usize, parts: &[Part], dice: &mut Dice) -> String {
    let date = format!("{year}-{:02}-{:02}", dice.number(1, 13), dice.number(1, 29));
    let mut out = String::new();
    head(&mut out, format, title, writer, &date, dice);
    for part in parts {
        match format {
            Format::Html => html(&mut out, part, dice),
            Format::Text => text(&mut out, part, dice),
            Format::Markdown | Format::Mdx => markdown(&mut out, part, dice),
        }
    }
    if format == Format::Html && out.starts_with("<!DOCTYPE") {
        out.push_str("</article>\n</main>\n<footer><p>");
        out.push_str(dice.of(CHROME));
        out.push_str("</p></footer>\n</body>\n</html>\n");
    }
    if dice.percent(12) {
        out = out.replace('\'', "’");
    }
    if dice.percent(8) {
        out = out.replace('\n', "\r\n");
    }
    if dice.percent(3) {
        out.insert(0, '\u{feff}');
    }
    out
}

fn head(out: &mut String, format: Format, title: &str, writer: &str, date: &str, dice: &mut Dice) {
    match format {
        Format::Markdown | Format::Mdx => {
            if dice.percent(75) {
                out.push_str(&format!("---\ntitle: \"{title}\"\nauthor: {writer}\ndate: {date}\n"));
                if dice.percent(30) {
                    out.push_str(&format!("reviewed_by: {}, RD\n", dice.of(PEOPLE)));
                }
                out.push_str("---\n\n");
            }
            if format == Format::Mdx {
                out.push_str("import { Callout } from '../../components/callout'\n\n");
            }
            match dice.number(0, 3) {
                0 => out.push_str(&format!("{title}\n{}\n\n", "=".repeat(title.len().min(60)))),
                _ => out.push_str(&format!("# {title}\n\n")),
            }
        }
        Format::Html if dice.percent(60) => out.push_str(&format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
             <meta name=\"author\" content=\"{writer}\">\n<meta property=\"article:published_time\" content=\"{date}\">\n</head>\n<body>\n\
             <nav><ul><li><a href=\"/\">Home</a></li><li><a href=\"/food\">Food</a></li></ul></nav>\n<main>\n<article>\n<h1>{title}</h1>\n\
             <p class=\"byline\">By {writer} | {date}</p>\n"
        )),
        Format::Html => out.push_str(&format!("<h1>{title}</h1>\n<p>By {writer}, {date}</p>\n")),
        Format::Text => out.push_str(&format!("{title}\n\nBy {writer}\n{date}\n\n")),
    }
}

fn markdown(out: &mut String, part: &Part, dice: &mut Dice) {
    match part {
        Part::Heading(level, words) => out.push_str(&format!("{} {words}\n\n", "#".repeat(*level))),
        Part::Paragraph(words) if dice.percent(25) => out.push_str(&format!("{}\n\n", wrapped(words))),
        Part::Paragraph(words) => out.push_str(&format!("{words}{}\n\n", if dice.percent(5) { "  " } else { "" })),
        Part::List(items) => {
            let bullet = dice.of(&["-", "*", "+"]);
            items.iter().for_each(|item| out.push_str(&format!("{bullet} {item}\n")));
            out.push('\n');
        }
        Part::Numbered(items) => {
            items.iter().zip(1..).for_each(|(item, n)| out.push_str(&format!("{n}. {item}\n")));
            out.push('\n');
        }
        Part::Quote(words) => out.push_str(&format!("> {words}\n\n")),
        Part::Table(rows) => {
            for (i, [a, b]) in rows.iter().enumerate() {
                out.push_str(&format!("| {a} | {b} |\n{}", if i == 0 { "|---|---:|\n" } else { "" }));
            }
            out.push('\n');
        }
        Part::Image(words) => out.push_str(&format!("![{words}](../img/{}.jpg)\n\n", dice.number(1, 999))),
    }
}

fn text(out: &mut String, part: &Part, dice: &mut Dice) {
    match part {
        Part::Heading(_, words) => out.push_str(&format!("{words}\n\n")),
        Part::Paragraph(words) | Part::Quote(words) => out.push_str(&format!("{}\n\n", unlinked(words))),
        Part::List(items) => {
            let bullet = dice.of(&["-", "•", "*"]);
            items.iter().for_each(|item| out.push_str(&format!("{bullet} {item}\n")));
            out.push('\n');
        }
        Part::Numbered(items) => {
            items.iter().zip(1..).for_each(|(item, n)| out.push_str(&format!("{n}. {item}\n")));
            out.push('\n');
        }
        Part::Table(rows) => {
            rows.iter().for_each(|[a, b]| out.push_str(&format!("{a}\t{b}\n")));
            out.push('\n');
        }
        Part::Image(_) => {}
    }
}

fn html(out: &mut String, part: &Part, dice: &mut Dice) {
    match part {
        Part::Heading(level, words) => out.push_str(&format!("<h{level}>{}</h{level}>\n", inline(words, dice))),
        Part::Paragraph(words) => {
            let class = if dice.percent(20) { " class=\"MsoNormal\"" } else { "" };
            out.push_str(&format!("<p{class}>{}</p>\n", inline(words, dice)));
        }
        Part::List(items) => list(out, "ul", items, dice),
        Part::Numbered(items) => list(out, "ol", items, dice),
        Part::Quote(words) => out.push_str(&format!("<blockquote><p>{}</p></blockquote>\n", inline(words, dice))),
        Part::Table(rows) => {
            out.push_str("<table>\n");
            for (i, row) in rows.iter().enumerate() {
                let cell = if i == 0 { "th" } else { "td" };
                out.push_str("<tr>");
                row.iter().for_each(|words| out.push_str(&format!("<{cell}>{words}</{cell}>")));
                out.push_str("</tr>\n");
            }
            out.push_str("</table>\n");
        }
        Part::Image(words) => out.push_str(&format!("<figure><img src=\"/img/{}.jpg\" alt=\"{words}\"></figure>\n", dice.number(1, 999))),
    }
}

fn list(out: &mut String, name: &str, items: &[String], dice: &mut Dice) {
    out.push_str(&format!("<{name}>\n"));
    // HTML may leave the end of an item out.
    let end = if dice.percent(20) { "" } else { "</li>" };
    items.iter().for_each(|item| out.push_str(&format!("  <li>{}{end}\n", inline(item, dice))));
    out.push_str(&format!("</{name}>\n"));
}

/// Words of HTML: links as elements, a word in bold, signs as entities.
fn inline(words: &str, dice: &mut Dice) -> String {
    let mut out = String::with_capacity(words.len() + 40);
    let mut rest = words;
    while let Some((before, link, target, after)) = link(rest) {
        out.push_str(before);
        out.push_str(&format!("<a href=\"{target}\">{link}</a>"));
        rest = after;
    }
    out.push_str(rest);
    if dice.percent(20) {
        out = out.replace('\'', "&rsquo;").replace(" - ", " &ndash; ");
    }
    if dice.percent(10) {
        out = out.replacen(" the ", " <strong>the</strong>&nbsp;", 1);
    }
    out
}

/// The first link: what stands before it, its words, its target, what follows.
fn link(words: &str) -> Option<(&str, &str, &str, &str)> {
    let (left, right) = words.split_once("](")?;
    let (before, link) = left.rsplit_once('[')?;
    let (target, after) = right.split_once(')')?;
    Some((before, link, target, after))
}

/// Links as a person types them into a plain text.
fn unlinked(words: &str) -> String {
    let Some((before, link, target, after)) = link(words) else { return words.to_owned() };
    format!("{before}{link} ({target}){}", unlinked(after))
}

/// Lines of about 80 characters.
fn wrapped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut column = 0;
    for word in words.split(' ') {
        if column + word.len() > 80 {
            out.push('\n');
            column = 0;
        } else if column > 0 {
            out.push(' ');
        }
        out.push_str(word);
        column += word.len() + 1;
    }
    out
}
