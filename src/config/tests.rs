//! Every mistake of a config comes out at once, and what counts most is what is said last and most exactly.

use super::chain::{Chain, below};
use super::*;
use std::path::Path;

fn read_at(name: &str, folder: &str, text: &str) -> (Config, Vec<String>) {
    let file = Arc::new(Source::new(name, text));
    let mut problems = Vec::new();
    let config = read(&file, PathBuf::from(folder), &mut problems);
    config.check_lints(&["overclaim/cure-word", "language/jargon", "language/filler"], &mut problems);
    let told = problems.iter().map(|p| format!("{} `{}`", p.message, file.slice(p.span))).collect();
    (config, told)
}

fn chain(files: &[(&str, &str)]) -> Chain {
    let configs = files.iter().map(|(folder, text)| {
        let (config, told) = read_at("caveat.toml", folder, text);
        assert_eq!(told, Vec::<String>::new());
        Arc::new(config)
    });
    Chain { configs: configs.collect(), lints: Vec::new() }
}

#[test]
fn all_mistakes_come_out_at_once() {
    let (_, told) = read_at(
        "caveat.toml",
        "/r",
        "jurisdictoin = [\"us\"]\nkind = \"blog\"\naudience = 3\nexclude = [\"../x\"]\n[levels]\n\"overclaim/cure-wrod\" = \"warning\"\n\"language/*\" = \"of\"\n[[path]]\nkind = \"news\"\nlevel = {}\n[[allow]]\nlint = \"a\"\n",
    );
    assert_eq!(
        told,
        [
            "`of` is no level `\"of\"`",
            "`blog` is no kind `\"blog\"`",
            "`audience` must be a text, not a number `3`",
            "`glob` is missing `[[path]]`",
            "unknown key `level` `level`",
            "a glob cannot leave the folder of its file `\"../x\"`",
            "`text` is missing `[[allow]]`",
            "unknown key `jurisdictoin` `jurisdictoin`",
            "no lint is called `overclaim/cure-wrod` `\"overclaim/cure-wrod\"`",
        ]
    );
}

#[test]
fn the_exact_name_beats_the_glob_and_the_later_layer_the_earlier_one() {
    let chain = chain(&[
        (
            "/r",
            "[levels]\n\"language/jargon\" = \"error\"\n\"language/*\" = \"off\"\n[[path]]\nglob = \"news/**\"\nkind = \"news\"\nlevels = { language = \"info\" }\n",
        ),
        ("/r/news", "kind = \"article\"\n[levels]\n\"overclaim/cure-word\" = \"warning\"\n"),
    ]);
    let level = |path: &str, id: &str| chain.settings(Path::new(path)).level(id).map(|(level, place, _)| (level.name(), place.name()));
    let said = |level: &'static str, place: &str| Some((level, place.to_owned()));
    assert_eq!(level("/r/a.md", "language/jargon"), said("error", "caveat.toml:2"));
    assert_eq!(level("/r/a.md", "language/filler"), said("off", "caveat.toml:3"));
    assert_eq!(level("/r/news/a.md", "language/jargon"), said("info", "caveat.toml:7"));
    assert_eq!(level("/r/news/a.md", "overclaim/cure-word"), said("warning", "caveat.toml:3"));
    assert_eq!(chain.settings(Path::new("/r/news/a.md")).kind().map(|k| k.0), Some("article"));
    assert_eq!(chain.settings(Path::new("/r/a.md")).kind().map(|k| k.0), Some("article"));
    assert_ne!(chain.key(Path::new("/r/a.md")), chain.key(Path::new("/r/news/a.md")));
}

#[test]
fn select_replaces_and_ignore_adds() {
    let chain = chain(&[("/r", "select = [\"overclaim\"]\nignore = [\"language/filler\"]\n"), ("/r", "select = [\"language/*\"]\n")]);
    let settings = chain.settings(Path::new("/r/a.md"));
    let out = |id: &str| settings.ignored(id).or_else(|| settings.unselected(id)).map(|p| p.name());
    assert_eq!(out("language/jargon"), None);
    assert_eq!(out("language/filler"), Some("caveat.toml:2".to_owned()));
    assert_eq!(out("overclaim/cure-word"), Some("caveat.toml:1".to_owned()));
}

#[test]
fn clinicians_are_spared_one_level_of_two_families() {
    for (family, level, wanted) in [
        ("language", Level::Warning, Level::Info),
        ("caveat", Level::Info, Level::Off),
        ("caveat", Level::Error, Level::Warning),
        ("overclaim", Level::Error, Level::Error),
    ] {
        assert_eq!(Audience::Clinician.level(family, level), wanted);
        assert_eq!(Audience::Public.level(family, level), level);
    }
}

#[test]
fn globs_that_mean_no_article_are_told_and_excluded_articles_are_known() {
    let (config, _) = read_at("caveat.toml", "/r", "exclude = [\"drafts/\", \"old/**\"]\n[[path]]\nglob = [\"news/**\", \"nwes/**\"]\n");
    let mut problems = Vec::new();
    config.check_paths(&["drafts/a.md".to_owned(), "news/b.md".to_owned()], &mut problems);
    let told: Vec<&str> = problems.iter().map(|p| p.message.as_str()).collect();
    assert_eq!(told, ["`nwes/**` means no article", "`old/**` means no article"]);
    let chain = Chain { configs: vec![Arc::new(config)], lints: Vec::new() };
    assert_eq!(chain.excluded(Path::new("/r/drafts/x/a.md")).map(|p| p.name()), Some("caveat.toml:1".to_owned()));
    assert!(chain.excluded(Path::new("/r/a.md")).is_none());
    assert_eq!(below(Path::new("/q/a.md"), Path::new("/r")), None);
}
