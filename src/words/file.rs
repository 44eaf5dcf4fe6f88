//! A word list as written: `lints/words/<group>/<name>.toml`.

use super::kind::{DIRECTIONS, Direction, Marks, REACHES, Reach, STRENGTHS, Strength};
use crate::problem::Problem;
use crate::source::Source;
use crate::written::{self, Table, Text};
use std::sync::Arc;

/// How the terms of a list are inflected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Inflect {
    /// As written.
    #[default]
    No,
    /// The first word is a verb.
    Verb,
    /// The last word is a noun.
    Noun,
}

/// A shape: a regular expression that is tried only where one of `needs` occurs.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// The expression.
    pub regex: Text,
    /// Literals in lower case, one of which must occur in a block for the expression to be tried on it.
    pub needs: Vec<Text>,
}

/// An example sentence of a word list.
#[derive(Clone, Debug)]
pub struct WordTest {
    /// The sentence; `{...}` marks what is found.
    pub text: Text,
    /// Whether the list must find something in it.
    pub hit: bool,
}

/// A word list as written, its values checked one by one.
#[derive(Clone, Debug)]
pub struct WordFile {
    /// The file.
    pub file: Arc<Source>,
    /// The tag that its path gives it: `cue.hedge`.
    pub tag: String,
    /// The list that its terms are added to, where it makes none of its own: then that is its tag, too.
    pub extend: Option<Text>,
    /// What the words are.
    pub about: String,
    /// How its terms are inflected; `None`: as those of the list that it extends, if any.
    pub inflect: Option<Inflect>,
    /// Strength of an effect.
    pub strength: Option<Strength>,
    /// Direction of an effect.
    pub direction: Option<Direction>,
    /// An effect that claims nothing without an object of a known class.
    pub object_required: bool,
    /// An effect that claims something only where its sentence claims nothing else.
    pub aside: bool,
    /// An effect that is a noun of change, which a verb before it brings about.
    pub nominal: bool,
    /// Mark that a cue puts on what it reaches.
    pub mark: Marks,
    /// How far a cue reaches.
    pub reach: Option<Reach>,
    /// At most so many words; 0: to the end of the clause.
    pub within: u16,
    /// Terms that end the reach.
    pub stop: Vec<Text>,
    /// What the list matches.
    pub terms: Vec<Text>,
    /// Longer phrases that swallow a match.
    pub not: Vec<Text>,
    /// Shapes.
    pub patterns: Vec<Pattern>,
    /// Examples.
    pub tests: Vec<WordTest>,
}

/// Reads a word list; mistakes go to `problems`.
pub fn read(file: &Arc<Source>, tag: &str, problems: &mut Vec<Problem>) -> WordFile {
    let table = written::parse(file, problems);
    let about = table.required("about", problems).map(|t| t.value).unwrap_or_default();
    let extend = table.text("extend", problems);
    let inflect = one_of(&table, "inflect", &INFLECTS, problems);
    let strength = one_of(&table, "strength", &STRENGTHS, problems);
    let direction = one_of(&table, "direction", &DIRECTIONS, problems);
    let object_required = table.truth("object-required", problems);
    let aside = table.truth("aside", problems);
    let nominal = table.truth("nominal", problems);
    let mark = one_of(&table, "mark", &Marks::NAMES, problems).unwrap_or_default();
    let reach = one_of(&table, "reach", &REACHES, problems);
    let within = table.count("within", problems).unwrap_or(0);
    let stop = table.texts("stop", problems);
    let terms = table.texts("terms", problems);
    let not = table.texts("not", problems);
    let mut patterns = Vec::new();
    for pattern in table.tables("pattern", problems) {
        let regex = pattern.required("regex", problems);
        let needs = pattern.texts("needs", problems);
        for empty in needs.iter().filter(|n| n.value.trim().is_empty()) {
            problems.push(Problem::new(file, empty.span, "an empty literal occurs everywhere"));
        }
        if needs.is_empty() {
            problems.push(
                Problem::new(file, pattern.place(), "a pattern without `needs`")
                    .help("name literals, one of which every match contains: the expression is tried only where one occurs"),
            );
        }
        if let Some(regex) = regex {
            patterns.push(Pattern { regex, needs });
        }
        pattern.finish(problems);
    }
    let mut tests = Vec::new();
    for test in table.tables("test", problems) {
        for (key, hit) in [("hit", true), ("miss", false)] {
            tests.extend(test.texts(key, problems).into_iter().map(|text| WordTest { text, hit }));
        }
        test.finish(problems);
    }
    if terms.is_empty() && patterns.is_empty() {
        problems.push(Problem::new(file, table.place(), "a word list without `terms`"));
    }
    if extend.is_some() {
        for key in ["strength", "direction", "object-required", "aside", "nominal", "mark", "reach", "within", "stop"] {
            if let Some(span) = table.span_of(key) {
                problems.push(Problem::new(file, span, format!("`{key}` is said by the list that is extended")));
            }
        }
    }
    if mark != Marks::default() && reach.is_none() && strength.is_none() {
        problems.push(Problem::new(file, table.place(), "a cue list with `mark` needs `reach`"));
    }
    for hit in [true, false] {
        if !tests.iter().any(|t| t.hit == hit) {
            let kind = if hit { "hit" } else { "miss" };
            problems.push(
                Problem::new(file, table.place(), format!("no `{kind}` example")).help(format!("add [[test]] with {kind} = \"...\"")),
            );
        }
    }
    table.finish(problems);
    let tag = extend.as_ref().map_or_else(|| tag.to_owned(), |e| tag_of(&e.value));
    WordFile {
        file: file.clone(),
        tag,
        extend,
        about,
        inflect,
        strength,
        direction,
        object_required,
        aside,
        nominal,
        mark,
        reach,
        within,
        stop,
        terms,
        not,
        patterns,
        tests,
    }
}

/// The names of the inflections.
const INFLECTS: [(&str, Inflect); 3] = [("verb", Inflect::Verb), ("noun", Inflect::Noun), ("none", Inflect::No)];

/// The tag that `words/subject/supplement` or `subject.supplement` names.
fn tag_of(name: &str) -> String {
    let name = name.strip_prefix("words/").unwrap_or(name);
    name.strip_suffix(".toml").unwrap_or(name).replace('/', ".")
}

/// Terms that are added to a list without a file of their own: names of products, accepted terms.
pub fn more(file: &Arc<Source>, tag: &str, terms: Vec<Text>) -> WordFile {
    WordFile {
        file: file.clone(),
        tag: tag.to_owned(),
        extend: Some(Text { value: tag.to_owned(), span: Default::default() }),
        about: String::new(),
        inflect: Some(Inflect::No),
        strength: None,
        direction: None,
        object_required: false,
        aside: false,
        nominal: false,
        mark: Marks::default(),
        reach: None,
        within: 0,
        stop: Vec::new(),
        terms,
        not: Vec::new(),
        patterns: Vec::new(),
        tests: Vec::new(),
    }
}

/// The value of a key whose text must be one of the given names.
pub fn one_of<T: Copy>(table: &Table, key: &'static str, names: &[(&'static str, T)], problems: &mut Vec<Problem>) -> Option<T> {
    let text = table.text(key, problems)?;
    named(&table.file, &text, key, names, problems)
}

/// What a text names, or a problem that lists the names.
pub fn named<T: Copy>(file: &Arc<Source>, text: &Text, key: &str, names: &[(&'static str, T)], problems: &mut Vec<Problem>) -> Option<T> {
    let found = names.iter().find(|(n, _)| *n == text.value).map(|(_, v)| *v);
    if found.is_none() {
        let all = names.iter().map(|(n, _)| *n).collect::<Vec<_>>().join(", ");
        let problem = Problem::new(file, text.span, format!("`{}` is no {key}", text.value)).help(format!("one of {all}"));
        problems.push(problem.did_you_mean(&text.value, names.iter().map(|(n, _)| *n)));
    }
    found
}
