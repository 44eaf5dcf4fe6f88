//! Reads a lint file into a [`Lint`]: every mistake is told, with its place.

use crate::finding::Level;
use crate::lint::model::*;
use crate::problem::Problem;
use crate::source::Source;
use crate::words::file::{Inflect, named, one_of};
use crate::words::kind::{Marks, STRENGTHS};
use crate::words::lexicon::{LexiconBuilder, TagId};
use crate::words::stored::Stored;
use crate::written::{self, Table, Text};
use std::sync::Arc;

/// An example of a lint.
#[derive(Clone, Debug)]
pub struct LintTest {
    /// The article; `{...}` marks what must be underlined.
    pub text: Text,
    /// Whether the lint must flag it.
    pub flag: bool,
    /// Format of the text; Markdown when empty.
    pub format: String,
    /// Jurisdictions of the example.
    pub jurisdiction: Vec<String>,
    /// The day of the audit, `YYYY-MM-DD`, when it matters.
    pub as_of: String,
    /// The kind of page, when it matters.
    pub kind: String,
    /// An earlier article of the same run, when it matters.
    pub beside: String,
}

/// A lint with its examples, its tags not yet resolved.
pub struct LintFile {
    /// The file.
    pub file: Arc<Source>,
    /// The lint; tags are filled in by [`resolve`].
    pub lint: Lint,
    /// Its examples.
    pub tests: Vec<LintTest>,
    names: Vec<Wanted>,
}

/// A tag or class that is named in the file and has to be looked up.
struct Wanted {
    place: Place,
    name: Text,
    prefix: &'static str,
}

#[derive(Clone, Copy)]
struct Place {
    part: Part,
    slot: Slot,
}

#[derive(Clone, Copy)]
enum Part {
    Find,
    When(usize),
    Unless(usize),
    Adjust(usize),
}

#[derive(Clone, Copy)]
enum Slot {
    Tag,
    Subject,
    Object,
    Effect,
    Before,
    After,
}

/// Reads a lint. Terms of its own are added to `lexicon` under a hidden tag.
pub fn read(file: &Arc<Source>, id: &str, lexicon: &mut LexiconBuilder, problems: &mut Vec<Problem>) -> LintFile {
    let table = written::parse(file, problems);
    let levels = [("info", Level::Info), ("warning", Level::Warning), ("error", Level::Error)];
    let text =
        |key, problems: &mut Vec<Problem>| table.required(key, problems).map_or(Stored::default(), |t| t.value.trim().to_owned().into());
    if !table.has("level") {
        problems.push(Problem::new(file, table.place(), "`level` is missing"));
    }
    let mut names = Vec::new();
    let level = one_of(&table, "level", &levels, problems).unwrap_or(Level::Warning);
    let words = Words {
        since: table.text("since", problems).map(|t| t.value.into()).unwrap_or_default(),
        message: text("message", problems),
        help: text("help", problems),
        why: text("why", problems),
        standards: table.texts("standards", problems).into_iter().map(|t| t.value.into()).collect(),
    };
    if words.standards.is_empty() {
        problems.push(Problem::new(file, table.place(), "`standards` is missing").help("name at least one key of standards.toml"));
    }
    let mut conditions = Conditions::default();
    let mut lint = Lint {
        id: id.to_owned(),
        level,
        preview: table.truth("preview", problems),
        jurisdiction: checked(&table, "jurisdiction", &["us", "eu", "uk", "au"], problems),
        kinds: checked(&table, "kinds", &["article", "news", "product", "condition", "landing"], problems),
        cause: table.text("cause", problems).map_or_else(|| id.split('/').next().unwrap_or("").to_owned(), |t| t.value).into(),
        once: table.truth("once", problems),
        words: words.into(),
        find: Select::default(),
        conditions: Conditions::default().into(),
    };
    let finds = table.tables("find", problems);
    match finds.as_slice() {
        [find] => {
            lint.find = select(find, Part::Find, id, lexicon, &mut names, problems);
            find.finish(problems);
        }
        [] => problems.push(Problem::new(file, table.place(), "`[find]` is missing")),
        [_, second, ..] => problems.push(Problem::new(file, second.place(), "only one `[find]`")),
    }
    for (i, t) in table.tables("when", problems).iter().enumerate() {
        conditions.when.push(near(t, Part::When(i), id, lexicon, &mut names, problems));
        t.finish(problems);
    }
    for (i, t) in table.tables("unless", problems).iter().enumerate() {
        conditions.unless.push(near(t, Part::Unless(i), id, lexicon, &mut names, problems));
        t.finish(problems);
    }
    for (i, t) in table.tables("adjust", problems).iter().enumerate() {
        if !t.has("level") {
            problems.push(Problem::new(file, t.place(), "`level` is missing"));
        }
        let level = one_of(t, "level", &levels, problems).unwrap_or(level);
        conditions.adjust.push((level, near(t, Part::Adjust(i), id, lexicon, &mut names, problems)));
        t.finish(problems);
    }
    let tests = tests(&table, problems);
    table.finish(problems);
    lint.conditions = conditions.into();
    LintFile { file: file.clone(), lint, tests, names }
}

fn checked(table: &Table, key: &'static str, known: &[&'static str], problems: &mut Vec<Problem>) -> Vec<Stored> {
    let pairs: Vec<(&'static str, &'static str)> = known.iter().map(|k| (*k, *k)).collect();
    let texts = table.texts(key, problems);
    texts.iter().filter_map(|t| named(&table.file, t, key, &pairs, problems)).map(Stored::from).collect()
}

fn tests(table: &Table, problems: &mut Vec<Problem>) -> Vec<LintTest> {
    let mut tests = Vec::new();
    for test in table.tables("test", problems) {
        let format = checked(&test, "format", &["text", "markdown", "html", "mdx", "asciidoc"], problems).pop().unwrap_or_default();
        let jurisdiction = test.texts("jurisdiction", problems).into_iter().map(|t| t.value).collect::<Vec<_>>();
        let as_of = test.text("as-of", problems).map(|t| t.value).unwrap_or_default();
        let kind = test.text("kind", problems).map(|t| t.value).unwrap_or_default();
        let beside = test.text("beside", problems).map(|t| t.value).unwrap_or_default();
        for (key, flag) in [("flag", true), ("pass", false)] {
            tests.extend(test.texts(key, problems).into_iter().map(|text| LintTest {
                text,
                flag,
                format: format.to_string(),
                jurisdiction: jurisdiction.clone(),
                as_of: as_of.clone(),
                kind: kind.clone(),
                beside: beside.clone(),
            }));
        }
        test.finish(problems);
    }
    for (key, flag) in [("flag", true), ("pass", false)] {
        let count = tests.iter().filter(|t| t.flag == flag).count();
        if count < 2 {
            problems.push(
                Problem::new(&table.file, table.place(), format!("{count} `{key}` examples, at least 2 are needed"))
                    .help(format!("add [[test]] with {key} = \"...\"")),
            );
        }
    }
    tests
}

fn select(t: &Table, part: Part, id: &str, lexicon: &mut LexiconBuilder, names: &mut Vec<Wanted>, problems: &mut Vec<Problem>) -> Select {
    let mut select = Select { first: 1.0, last: 1.0, ..Select::default() };
    let tags = t.texts("tag", problems);
    let terms = t.texts("terms", problems);
    let not = t.texts("not", problems);
    match (tags.is_empty(), terms.is_empty()) {
        (true, true) => problems.push(Problem::new(&t.file, t.place(), "either `tag` or `terms` is needed")),
        (false, false) => problems.push(Problem::new(&t.file, terms[0].span, "`tag` and `terms` exclude each other")),
        (true, false) => {
            let tag = lexicon.tag(&format!("~{id} {}", t.place().start));
            let verbs = one_of(t, "inflect", &[("verb", Inflect::Verb), ("noun", Inflect::Noun)], problems).unwrap_or_default();
            lexicon.add_terms(&t.file, tag, &terms, &not, verbs, problems);
            if !matches!(part, Part::Find) {
                lexicon.set_apart(tag);
            }
            select.tags = vec![tag];
        }
        (false, true) => {
            if let Some(first) = not.first() {
                let help = "write the tag as a term: terms = [\"<subject.drug>\"]";
                problems.push(Problem::new(&t.file, first.span, "`not` goes with `terms`, not with `tag`").help(help));
            }
        }
    }
    let place = |slot| Place { part, slot };
    names.extend(tags.into_iter().map(|name| Wanted { place: place(Slot::Tag), name, prefix: "" }));
    select.kinds = bits(t, "in", problems);
    select.not_kinds = bits(t, "not-in", problems);
    select.with = marks(t, "with", problems);
    select.without = marks(t, "without", problems);
    if matches!(part, Part::Unless(_)) && !select.with.any(Marks::COMPARED) {
        // "As strong as aspirin" does not speak of aspirin.
        select.without |= Marks::COMPARED;
    }
    select.first = share(t, "first", problems).unwrap_or(1.0);
    select.last = share(t, "last", problems).unwrap_or(1.0);
    select.copied = share(t, "copied", problems).unwrap_or(0.0);
    let mut claim = ClaimSelect {
        strength: several(t, "strength", &STRENGTHS, problems),
        valence: several(t, "direction", &VALENCES, problems),
        form: several(t, "form", &FORMS, problems),
        ..ClaimSelect::default()
    };
    for (key, slot, prefix) in
        [("subject", Slot::Subject, "subject."), ("object", Slot::Object, "object."), ("effect", Slot::Effect, "effect.")]
    {
        let texts = t.texts(key, problems);
        let classes = match slot {
            Slot::Subject => &mut claim.subject,
            Slot::Object => &mut claim.object,
            _ => &mut claim.effect,
        };
        classes.asked = !texts.is_empty();
        for name in texts {
            if name.value == "none" {
                classes.none = true;
            } else {
                names.push(Wanted { place: place(slot), name, prefix });
            }
        }
    }
    let asks = !claim.strength.is_empty() || !claim.valence.is_empty() || !claim.form.is_empty();
    if asks || claim.subject.asked || claim.object.asked || claim.effect.asked {
        select.claim = Some(Box::new(claim));
    }
    select.is_plain = select.claim.is_none()
        && select.kinds | select.not_kinds | select.with.0 == 0
        && select.first >= 1.0
        && select.last >= 1.0
        && select.copied <= 0.0;
    select
}

fn near(t: &Table, part: Part, id: &str, lexicon: &mut LexiconBuilder, names: &mut Vec<Wanted>, problems: &mut Vec<Problem>) -> Near {
    let select = select(t, part, id, lexicon, names, problems);
    for (key, slot) in [("before", Slot::Before), ("after", Slot::After)] {
        for name in t.texts(key, problems) {
            names.push(Wanted { place: Place { part, slot }, name, prefix: "" });
        }
    }
    if !t.has("within") {
        problems.push(
            Problem::new(&t.file, t.place(), "`within` is missing")
                .help("one of phrase, clause, sentence, next, near, block, section, document"),
        );
    }
    let within = one_of(t, "within", &WITHIN, problems).unwrap_or(Within::Sentence);
    let words = t.count("words", problems).unwrap_or(0);
    if within == Within::Phrase && words == 0 {
        problems.push(Problem::new(&t.file, t.place(), "`within = \"phrase\"` needs `words`"));
    }
    Near {
        select,
        within,
        words,
        side: one_of(t, "side", &[("before", Side::Before), ("after", Side::After)], problems).unwrap_or(Side::Any),
        min: t.count("min", problems).unwrap_or(1).max(1),
        before: Vec::new(),
        after: Vec::new(),
        note: t.text("note", problems).map(|n| n.value.into()).unwrap_or_default(),
    }
}

fn bits(t: &Table, key: &'static str, problems: &mut Vec<Problem>) -> u16 {
    several(t, key, &KINDS, problems).into_iter().fold(0, |a, b| a | b)
}

fn marks(t: &Table, key: &'static str, problems: &mut Vec<Problem>) -> Marks {
    several(t, key, &Marks::NAMES, problems).into_iter().fold(Marks::default(), |a, b| a | b)
}

fn several<T: Copy>(t: &Table, key: &'static str, names: &[(&'static str, T)], problems: &mut Vec<Problem>) -> Vec<T> {
    t.texts(key, problems).iter().filter_map(|text| named(&t.file, text, key, names, problems)).collect()
}

fn share(t: &Table, key: &'static str, problems: &mut Vec<Problem>) -> Option<f32> {
    match t.number(key, problems) {
        Some(n) if (0.0..=1.0).contains(&n) => Some(n as f32),
        Some(_) => {
            problems.push(Problem::new(&t.file, t.place(), format!("`{key}` must be between 0 and 1")));
            None
        }
        None => None,
    }
}

/// Looks up the tags that the lint names. `find` gives all tags under a name; `names` all known names.
pub fn resolve(lint: &mut LintFile, find: &dyn Fn(&str) -> Vec<TagId>, names: &[&str], problems: &mut Vec<Problem>) {
    let mut conditions = (*lint.lint.conditions).clone();
    for wanted in std::mem::take(&mut lint.names) {
        let name = if wanted.name.value.starts_with(wanted.prefix) {
            wanted.name.value.clone()
        } else {
            format!("{}{}", wanted.prefix, wanted.name.value)
        };
        let mut tags = find(&name);
        if tags.is_empty() {
            let short = names.iter().filter_map(|n| n.strip_prefix(wanted.prefix));
            problems
                .push(Problem::new(&lint.file, wanted.name.span, format!("unknown tag `{name}`")).did_you_mean(&wanted.name.value, short));
        }
        let near = match wanted.place.part {
            Part::Find => None,
            Part::When(i) => Some(&mut conditions.when[i]),
            Part::Unless(i) => Some(&mut conditions.unless[i]),
            Part::Adjust(i) => Some(&mut conditions.adjust[i].1),
        };
        let target = match (near, wanted.place.slot) {
            (Some(near), Slot::Before) => &mut near.before,
            (Some(near), Slot::After) => &mut near.after,
            (Some(near), slot) => slot_of(&mut near.select, slot),
            (None, slot) => slot_of(&mut lint.lint.find, slot),
        };
        target.append(&mut tags);
        target.sort_unstable();
        target.dedup();
    }
    lint.lint.conditions = conditions.into();
}

fn slot_of(select: &mut Select, slot: Slot) -> &mut Vec<TagId> {
    match slot {
        Slot::Subject => &mut select.claim.get_or_insert_default().subject.tags,
        Slot::Object => &mut select.claim.get_or_insert_default().object.tags,
        Slot::Effect => &mut select.claim.get_or_insert_default().effect.tags,
        _ => &mut select.tags,
    }
}
