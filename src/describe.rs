//! A lint in English: what it looks for, what must be near, what silences it. For its page and for whoever
//! reviews it without reading TOML.

use crate::catalog::Catalog;
use crate::lint::compile::LintFile;
use crate::lint::model::{ClaimSelect, Classes, FORMS, KINDS, Near, Select, Side, VALENCES, Within};
use crate::words::kind::{Marks, STRENGTHS};
use crate::words::lexicon::TagId;
use crate::written::{self, Table};

/// Tags or terms that are named one by one.
const NAMED: usize = 8;

/// Sentences, each whole, on what a lint does.
pub fn lint(file: &LintFile, catalog: &Catalog) -> Vec<String> {
    let lint = &file.lint;
    // The terms of a lint's own are in its file only.
    let table = written::parse(&file.file, &mut Vec::new());
    let terms = |key: &'static str, at: usize| {
        let tables: Vec<Table> = table.tables(key, &mut Vec::new());
        tables.get(at).map_or(Vec::new(), |t| t.texts("terms", &mut Vec::new()).into_iter().map(|t| t.value).collect::<Vec<_>>())
    };
    let mut said = vec![format!("It looks for {}.", select(&lint.find, &terms("find", 0), catalog))];
    for (i, when) in lint.conditions.when.iter().enumerate() {
        said.push(format!("It speaks only when there is {}.", near(when, &terms("when", i), catalog)));
    }
    for (i, unless) in lint.conditions.unless.iter().cloned().enumerate() {
        // That what is only compared is no excuse goes for all lints.
        let select = Select { without: Marks(unless.select.without.0 & !Marks::COMPARED.0), ..unless.select };
        let unless = Near { select, ..unless };
        said.push(format!("It is silent when there is {}.", near(&unless, &terms("unless", i), catalog)));
    }
    for (i, (level, adjust)) in lint.conditions.adjust.iter().enumerate() {
        said.push(format!("It counts as {} when there is {}.", level.name(), near(adjust, &terms("adjust", i), catalog)));
    }
    if lint.once {
        said.push("It tells only the first place of an article.".to_owned());
    }
    said
}

fn select(select: &Select, terms: &[String], catalog: &Catalog) -> String {
    let mut out = if terms.is_empty() { tags(&select.tags, catalog) } else { format!("the words {}", listed(terms, "or")) };
    if let Some(wanted) = &select.claim {
        out += &claim(wanted, catalog);
    }
    let kinds =
        |bits: u16| listed(&KINDS.iter().filter(|(_, bit)| bits & bit != 0).map(|(name, _)| plural(name)).collect::<Vec<_>>(), "and");
    if select.kinds != 0 {
        out += &format!(", in {}", kinds(select.kinds));
    }
    if select.not_kinds != 0 {
        out += &format!(", not in {}", kinds(select.not_kinds));
    }
    let marks = |marks: Marks, word| listed(&marks.names().map(str::to_owned).collect::<Vec<_>>(), word);
    if select.with != Marks::default() {
        out += &format!(", {}", marks(select.with, "and"));
    }
    if select.without != Marks::default() {
        out += &format!(", not {}", marks(select.without, "or"));
    }
    if select.copied > 0.0 {
        out += &format!(", where {:.0}% or more of the article stands in an earlier one", select.copied * 100.0);
    }
    for (share, which) in [(select.first, "first"), (select.last, "last")] {
        if share < 1.0 {
            out += &format!(", in the {which} {:.0}% of the words", share * 100.0);
        }
    }
    out
}

fn claim(wanted: &ClaimSelect, catalog: &Catalog) -> String {
    let mut out = String::new();
    let mut add = |what: &str, names: Vec<String>| {
        if !names.is_empty() {
            out += &format!(", {what} {}", listed(&names, "or"));
        }
    };
    let named = |all: &[(&'static str, bool)]| all.iter().filter(|(_, yes)| *yes).map(|(name, _)| (*name).to_owned()).collect::<Vec<_>>();
    add("as strong as", named(&STRENGTHS.map(|(n, s)| (n, wanted.strength.contains(&s)))));
    add("of", named(&VALENCES.map(|(n, v)| (n, wanted.valence.contains(&v)))));
    add("put as", named(&FORMS.map(|(n, f)| (n, wanted.form.contains(&f)))));
    for (what, classes) in [("whose subject is", &wanted.subject), ("whose effect is", &wanted.effect), ("whose object is", &wanted.object)]
    {
        add(what, self::classes(classes, catalog));
    }
    out
}

fn classes(classes: &Classes, catalog: &Catalog) -> Vec<String> {
    let name = |tag: &TagId| catalog.lexicon.lists.get(*tag as usize).and_then(|l| l.name.rsplit('.').next());
    let mut names: Vec<String> = classes.tags.iter().filter_map(name).map(str::to_owned).collect();
    if classes.none {
        names.push("missing".to_owned());
    }
    names
}

fn near(near: &Near, terms: &[String], catalog: &Catalog) -> String {
    let mut out = String::new();
    if near.min > 1 {
        out += &format!("{} times ", near.min);
    }
    out += &select(&near.select, terms, catalog);
    out += &match near.within {
        Within::Phrase => format!(" within {} words", near.words),
        Within::Clause => " in the same clause".to_owned(),
        Within::Sentence => " in the same sentence".to_owned(),
        Within::Next => " in the same or the next sentence".to_owned(),
        Within::Near => " in the same sentence or one beside it".to_owned(),
        Within::Block => " in the same paragraph".to_owned(),
        Within::Section => " in the same section".to_owned(),
        Within::Document => " anywhere in the article".to_owned(),
    };
    out += match near.side {
        Side::Any => "",
        Side::Before => ", before it",
        Side::After => ", after it",
    };
    for (which, limits) in [("before", &near.before), ("after", &near.after)] {
        if !limits.is_empty() {
            out += &format!(", {which} the first {}", tags(limits, catalog));
        }
    }
    out
}

fn tags(tags: &[TagId], catalog: &Catalog) -> String {
    let name = |tag: &TagId| catalog.lexicon.lists.get(*tag as usize).map(|l| l.name.as_str());
    let names: Vec<String> = tags.iter().filter_map(name).map(str::to_owned).collect();
    match names.as_slice() {
        [claim] if claim == "claim" => "a claim".to_owned(),
        names => listed(names, "or"),
    }
}

fn plural(kind: &str) -> String {
    match (kind, kind.strip_suffix('y')) {
        ("code", _) => kind.to_owned(),
        (_, Some(stem)) => format!("{stem}ies"),
        _ => format!("{kind}s"),
    }
}

/// `a`, `b` or `c`; no more than so many by name.
fn listed(names: &[String], word: &str) -> String {
    let quoted: Vec<String> = names.iter().take(NAMED).map(|n| format!("`{n}`")).collect();
    let more = names.len().saturating_sub(NAMED);
    match (quoted.split_last(), more) {
        (None, _) => "nothing".to_owned(),
        (Some(_), 1..) => format!("{} {word} {more} more", quoted.join(", ")),
        (Some((last, [])), 0) => last.clone(),
        (Some((last, before)), 0) => format!("{} {word} {last}", before.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{self, LintsFile};

    #[test]
    fn a_lint_is_told_in_english() {
        let file = |path: &str, text: &str| LintsFile { path: path.into(), name: path.into(), text: text.into() };
        let built = catalog::build(vec![
            file("words/subject/herb.toml", "about = \"a\"\nterms = [\"sage\"]\n"),
            file(
                "overclaim/a.toml",
                "level = \"error\"\n[find]\ntag = \"claim\"\nstrength = [\"cause\", \"can-cause\"]\nsubject = [\"herb\", \"none\"]\nwithout = [\"negated\", \"asked\"]\nin = [\"title\"]\n[[unless]]\nterms = [\"perhaps\", \"may be\"]\nwithin = \"phrase\"\nwords = 3\nside = \"before\"\n[[adjust]]\nlevel = \"info\"\ntag = \"link.any\"\nwithin = \"block\"\n",
            ),
        ]);
        assert_eq!(
            lint(&built.lints[0], &built.catalog),
            [
                "It looks for a claim, as strong as `can-cause` or `cause`, whose subject is `herb` or `missing`, in `titles`, not `negated` or `asked`.",
                "It is silent when there is the words `perhaps` or `may be` within 3 words, before it.",
                "It counts as info when there is `link.any` in the same paragraph.",
            ]
        );
    }
}
