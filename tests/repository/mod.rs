//! A publisher's repository out of a seed: articles in four formats, as messy as ten years leave them, some
//! with defects of which it is known which lint must find them. Shared by tests and benches.

pub mod phrases;
pub mod render;

use phrases::*;
use render::{Format, Part};
use std::fs;
use std::path::Path;

/// An article.
pub struct Article {
    /// Path below the repository, with `/`.
    pub path: String,
    /// The file.
    pub text: String,
    /// Lints that must find something in it.
    pub planted: Vec<&'static str>,
}

/// The sequence of SplitMix64: the same on every machine.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let x = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    /// A number from `from` to one below `to`.
    pub fn number(&mut self, from: usize, to: usize) -> usize {
        from + (self.next() % (to - from).max(1) as u64) as usize
    }

    /// True so many times of a hundred.
    pub fn percent(&mut self, percent: usize) -> bool {
        self.number(0, 100) < percent
    }

    pub fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.number(0, all.len())]
    }

    /// Some of them, in another order, none twice.
    fn some<'a>(&mut self, all: &[&'a str], count: usize) -> Vec<&'a str> {
        let mut all = all.to_vec();
        (0..count.min(all.len())).map(|_| all.swap_remove(self.number(0, all.len()))).collect()
    }
}

/// What an article is about.
struct Topic {
    thing: &'static str,
    trouble: &'static str,
    writer: &'static str,
    year: usize,
}

/// Fills the holes of a template.
fn fill(template: &str, topic: &Topic, dice: &mut Dice) -> String {
    let mut out = String::with_capacity(template.len() + 40);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('<') {
        let (hole, after) = after.split_once('>').expect("a hole is closed");
        out.push_str(before);
        match hole {
            "thing" => out.push_str(topic.thing),
            "Thing" => out.push_str(&capital(topic.thing)),
            "trouble" => out.push_str(topic.trouble),
            "Trouble" => out.push_str(&capital(topic.trouble)),
            "writer" => out.push_str(topic.writer),
            "person" => out.push_str(dice.of(PEOPLE)),
            "food" => out.push_str(dice.of(FOODS)),
            "place" => out.push_str(dice.of(PLACES)),
            "journal" => out.push_str(dice.of(JOURNALS)),
            "year" => out.push_str(&dice.number(2004, topic.year).to_string()),
            "few" => out.push_str(&dice.number(2, 9).to_string()),
            "many" => out.push_str(&dice.number(24, 900).to_string()),
            "share" => out.push_str(&dice.number(11, 89).to_string()),
            "hours" => out.push_str(dice.of(HOURS)),
            "body" => out.push_str(dice.of(BODY)),
            other => panic!("no hole is called {other}"),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// Every so many articles one is a copy of the one before it.
const COPY: usize = 50;

/// The article of that number. Neighbours have nothing in common but the house they come from, copies apart.
pub fn article(seed: u64, number: usize) -> Article {
    if number % COPY == COPY - 1 { copy(article(seed, number - 1)) } else { original(seed, number) }
}

/// The article again under another name that comes after it, a few words changed.
fn copy(mut article: Article) -> Article {
    let (name, extension) = article.path.rsplit_once('.').expect("a file has an extension");
    article.path = format!("{name}_2.{extension}");
    article.text = article.text.replacen(" a ", " one ", 2);
    article.planted.push("provenance/cross-document-duplicate");
    article
}

fn original(seed: u64, number: usize) -> Article {
    let dice = &mut Dice::new(seed ^ (number as u64 + 1).wrapping_mul(0xd6e8_feb8_6659_fd93));
    let format = Format::of(dice.number(0, 100));
    let topic = Topic { thing: dice.of(THINGS), trouble: dice.of(TROUBLES), writer: dice.of(PEOPLE), year: dice.number(2014, 2025) };
    let title = fill(dice.of(TITLES), &topic, dice);
    let mut parts = Vec::new();
    for template in dice.some(OPENINGS, 2) {
        parts.push(Part::Paragraph(fill(template, &topic, dice)));
    }
    let mut planted = Vec::new();
    // No sentence comes twice in an article.
    let mut deck = dice.some(SENTENCES, SENTENCES.len());
    let sections = dice.number(2, 5);
    for heading in dice.some(HEADINGS, sections) {
        parts.push(Part::Heading(2, fill(heading, &topic, dice)));
        section(&mut parts, &mut deck, &topic, dice);
    }
    if dice.percent(30) {
        parts.push(Part::Quote(fill(dice.of(QUOTES), &topic, dice)));
    }
    if dice.percent(25) {
        parts.push(Part::Table(rows(&topic, dice)));
    }
    if dice.percent(60) {
        parts.push(Part::Heading(2, "References".to_owned()));
        let count = dice.number(1, 4);
        parts.push(Part::Numbered(dice.some(REFERENCES, count).iter().map(|r| fill(r, &topic, dice)).collect()));
    }
    for _ in 0..[0, 1, 1, 2][dice.number(0, 4)] {
        plant(&mut parts, &topic, format, &mut planted, dice);
    }
    if dice.percent(40) {
        parts.push(Part::Paragraph(fill(dice.of(FOOTERS), &topic, dice)));
    }
    let text = render::article(format, &title, topic.writer, topic.year, &parts, dice);
    let slug: String = title.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let folder = dice.of(FOLDERS);
    let path = format!("{folder}/{}/{number:04}-{}.{}", topic.year, slug.trim_matches('-'), format.extension());
    Article { path, text, planted }
}

/// A few paragraphs or a list.
fn section(parts: &mut Vec<Part>, deck: &mut Vec<&str>, topic: &Topic, dice: &mut Dice) {
    for _ in 0..dice.number(1, 3) {
        let left = deck.len().saturating_sub(dice.number(2, 5));
        let sentences: Vec<String> = deck.split_off(left).iter().map(|s| fill(s, topic, dice)).collect();
        parts.push(Part::Paragraph(sentences.join(" ")));
    }
    if dice.percent(35) {
        parts.push(Part::Paragraph(fill(dice.of(LEADS), topic, dice)));
        let count = dice.number(2, 6);
        parts.push(Part::List(dice.some(ITEMS, count).iter().map(|s| fill(s, topic, dice)).collect()));
    }
    if dice.percent(15) {
        parts.push(Part::Heading(3, fill(dice.of(QUESTIONS), topic, dice)));
        parts.push(Part::Paragraph(fill(deck.pop().unwrap_or(SENTENCES[0]), topic, dice)));
    }
    if dice.percent(10) {
        parts.push(Part::Image(fill("A bowl of <food> on a table in <place>", topic, dice)));
    }
}

fn rows(topic: &Topic, dice: &mut Dice) -> Vec<[String; 2]> {
    let mut rows = vec![["Food".to_owned(), "A serving".to_owned()]];
    let count = dice.number(2, 6);
    rows.extend(dice.some(FOODS, count).iter().map(|food| [capital(food), fill("<many> g", topic, dice)]));
    rows
}

/// Puts one defect somewhere into the article, and notes which lint must find it.
fn plant(parts: &mut Vec<Part>, topic: &Topic, format: Format, planted: &mut Vec<&'static str>, dice: &mut Dice) {
    let kinds: Vec<&Defect> = DEFECTS.iter().filter(|d| !planted.contains(&d.lint) && (d.in_text || format != Format::Text)).collect();
    let defect = kinds[dice.number(0, kinds.len())];
    let words = fill(defect.words, topic, dice);
    let part = if defect.is_heading { Part::Heading(2, words) } else { Part::Paragraph(words) };
    // Never between a heading and what it announces.
    let is_place = |&i: &usize| matches!(parts[i], Part::Heading(2, _)) && !matches!(parts[i - 1], Part::Heading(..));
    let places: Vec<usize> = (1..parts.len()).filter(is_place).collect();
    let at = places.get(dice.number(0, places.len())).copied().unwrap_or(parts.len());
    parts.insert(at, part);
    planted.push(defect.lint);
}

/// Writes `count` articles below a folder; returns them.
pub fn write(folder: &Path, seed: u64, count: usize) -> Vec<Article> {
    let articles: Vec<Article> = (0..count).map(|number| article(seed, number)).collect();
    for article in &articles {
        let path = folder.join(&article.path);
        fs::create_dir_all(path.parent().expect("articles lie in folders")).expect("folders can be made");
        fs::write(path, &article.text).expect("files can be written");
    }
    articles
}
