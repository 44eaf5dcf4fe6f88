//! The published JSON Schemas say what the readers say: every shipped file and every config of the fixtures fits,
//! what a reader refuses does not, and no key is in one and not in the other.

use caveat::embedded;
use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn schema(name: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(root().join(format!("schemas/{name}.json"))).unwrap()).unwrap()
}

fn validator(name: &str) -> Validator {
    let schema = schema(name);
    assert!(jsonschema::meta::is_valid(&schema), "{name} is no JSON Schema");
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    jsonschema::validator_for(&schema).unwrap()
}

fn json_of(toml: &str) -> Value {
    serde_json::to_value(toml::from_str::<toml::Table>(toml).unwrap()).unwrap()
}

fn mistakes(validator: &Validator, toml: &str) -> Vec<String> {
    validator.iter_errors(&json_of(toml)).map(|e| format!("{}: {e}", e.instance_path())).collect()
}

#[test]
fn every_shipped_file_fits_its_schema() {
    let (lint, words, knowledge) = (validator("lint"), validator("words"), validator("knowledge"));
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (path, text) in embedded::files() {
        let validator = match path.split('/').collect::<Vec<_>>().as_slice() {
            ["words", ..] => &words,
            ["knowledge", _] => &knowledge,
            [_, _] => &lint,
            _ => continue,
        };
        seen += 1;
        wrong.extend(mistakes(validator, text).into_iter().map(|m| format!("{path}: {m}")));
    }
    assert!(seen > 200, "only {seen} files");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The files of a `.case`: name and text.
fn files_of(case: &str) -> Vec<(String, String)> {
    let sections = case.split("--- stdout\n").next().unwrap_or("").split("\n--- file ").skip(1);
    sections
        .map(|section| {
            let (name, text) = section.split_once('\n').unwrap_or((section, ""));
            (name.to_owned(), text.split("\n--- ").next().unwrap_or("").to_owned())
        })
        .collect()
}

#[test]
fn configs_of_the_fixtures_fit_and_those_with_mistakes_do_not() {
    let config = validator("config");
    let (mut fitting, mut refused) = (0, 0);
    for entry in fs::read_dir(root().join("fixtures/cli")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        for (file, text) in files_of(&fs::read_to_string(&path).unwrap()) {
            let is_config = file.ends_with("caveat.toml") && !file.ends_with(".txt.caveat.toml");
            if !is_config || toml::from_str::<toml::Table>(&text).is_err() {
                continue;
            }
            let mistakes = mistakes(&config, &text);
            if name.contains("mistake") {
                refused += 1;
                assert!(!mistakes.is_empty(), "{name}: {file} has mistakes that the schema does not see");
            } else {
                fitting += 1;
                assert!(mistakes.is_empty(), "{name}: {file}\n{}", mistakes.join("\n"));
            }
        }
    }
    assert!(fitting >= 10 && refused >= 1, "{fitting} {refused}");
}

#[test]
fn slips_are_refused() {
    for (name, text) in [
        ("config", "levls = {}"),
        ("config", "levels = { a = \"fatal\" }"),
        ("config", "kind = \"blog\""),
        ("config", "[[path]]\nkind = \"news\""),
        ("config", "[[allow]]\nlint = \"a\"\ntext = \"b\""),
        ("lint", "level = \"error\""),
        ("words", "about = \"a\"\n[[test]]\nhit = \"a\""),
        (
            "knowledge",
            "name = \"zinc\"\nclass = \"mineral\"\nnames = [\"zinc\"]\n[[limit]]\namount = \"40\"\nunit = \"mg\"\nsource = \"a\"",
        ),
    ] {
        assert!(!mistakes(&validator(name), text).is_empty(), "{name}: {text}");
    }
}

/// The keys that a schema names, anywhere.
fn keys(value: &Value, found: &mut BTreeSet<String>) {
    if let Some(object) = value.as_object() {
        if let Some(properties) = object.get("properties").and_then(Value::as_object) {
            found.extend(properties.keys().cloned());
        }
        object.values().for_each(|v| keys(v, found));
    } else if let Some(list) = value.as_array() {
        list.iter().for_each(|v| keys(v, found));
    }
}

/// The keys that the code of a reader asks for.
fn asked(sources: &[&str]) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for source in sources {
        let code = fs::read_to_string(root().join(source)).unwrap();
        let code = code.split("#[cfg(test)]").next().unwrap();
        for (at, _) in code.match_indices("(\"").chain(code.match_indices(", \"")) {
            let rest = &code[code[at..].find('"').unwrap() + at + 1..];
            let (key, after) = rest.split_once('"').unwrap();
            let is_key = !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
            // `named` is given the word for a message, not a key.
            let is_word = code[..at].ends_with("named(file, text") || code[..at].ends_with("named(file, &text");
            if is_key && !is_word && (after.starts_with(", problems)") || after.starts_with(", &") || after.starts_with(").map")) {
                keys.insert(key.to_owned());
            }
        }
    }
    keys
}

#[test]
fn readers_and_schemas_know_the_same_keys() {
    for (name, sources, others) in [
        ("config", &["src/config.rs", "src/allow/written.rs"][..], &[][..]),
        ("lint", &["src/lint/compile.rs"], &["before", "after", "subject", "object", "effect", "flag", "pass", "message", "help", "why"]),
        ("words", &["src/words/file.rs"], &["hit", "miss"]),
        ("knowledge", &["src/knowledge.rs"], &[]),
    ] {
        let mut published = BTreeSet::new();
        keys(&schema(name), &mut published);
        let mut asked = asked(sources);
        asked.extend(others.iter().map(|k| (*k).to_owned()));
        let only = |a: &BTreeSet<String>, b: &BTreeSet<String>| a.difference(b).cloned().collect::<Vec<_>>();
        assert_eq!(only(&asked, &published), Vec::<String>::new(), "{name}: asked for and not in the schema");
        assert_eq!(only(&published, &asked), Vec::<String>::new(), "{name}: in the schema and not asked for");
    }
}

#[test]
fn a_schema_says_what_each_key_of_a_config_is_for() {
    let schema = schema("config");
    for (key, value) in schema["properties"].as_object().unwrap() {
        assert!(value["description"].as_str().is_some_and(|d| d.len() > 10), "{key}");
    }
    assert_eq!(schema["additionalProperties"], json!(false));
}
