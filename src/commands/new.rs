//! `caveat new`: starts a lint or a word list that loads and whose examples pass, to be filled in.

use super::terminal::Terminal;
use super::{CLEAN, TROUBLE};
use crate::catalog::FAMILIES;
use crate::cli::{New, NewFile};
use crate::files::{configs, trouble};
use crate::problem::Problem;
use std::io;
use std::path::{Path, PathBuf};

/// Runs the command.
///
/// # Errors
/// What the output says.
pub fn run(args: &New, terminal: &mut Terminal) -> io::Result<u8> {
    let written = parts(args).and_then(|(group, name)| {
        let (path, template) = match args.what {
            NewFile::Lint => (PathBuf::from(group), LINT),
            NewFile::Words => (Path::new("words").join(group), WORDS),
        };
        let path = args.dir.join(path).join(format!("{name}.toml"));
        let shown = path.display().to_string();
        configs::write(&path, &template.replace("FILE", &shown).replace("DIR", &args.dir.display().to_string()), false)?;
        Ok(shown)
    });
    match written {
        Ok(path) => {
            let dir = args.dir.display();
            writeln!(terminal.out, "{path} written; fill it in, and `caveat test {dir}` runs its examples")?;
            Ok(CLEAN)
        }
        Err(mut problem) => {
            if problem.help.as_deref().is_some_and(|h| h.starts_with("--force")) {
                problem.help = Some("choose another name, or edit what is there".to_owned());
            }
            terminal.problem(&problem)?;
            Ok(TROUBLE)
        }
    }
}

/// Family or group, and name.
fn parts(args: &New) -> Result<(&str, &str), Problem> {
    let wrong = |message: &str| trouble(Path::new(&args.name), message.to_owned());
    let is_plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    let (group, name) = args.name.split_once('/').filter(|(group, name)| is_plain(group) && is_plain(name)).ok_or_else(|| {
        wrong("is no name").help("two words of small letters, digits and hyphens with a slash between: overclaim/melt-word")
    })?;
    if args.what == NewFile::Lint && !FAMILIES.contains(&group) {
        return Err(wrong("is of no family").help(format!("one of {}", FAMILIES.join(", "))).did_you_mean(group, FAMILIES));
    }
    Ok((group, name))
}

const LINT: &str = r#"# FILE
# A lint: find this, when all of that is near, unless any of the other is near. Its path is its name.
# docs/lint-format.md describes every key; `caveat show ARTICLE --what words` shows what there is to find.

level     = "warning"                  # info | warning | error
since     = "0.1.0"
message   = "`{text}` says nothing"    # what is wrong, in lower case; {text} is what was found
help      = "say what was measured, in whom, and how big the change was"
why       = """
Why it matters, in a sentence or two that an author will read."""
standards = ["house"]                  # keys of standards.toml; add your own in DIR/standards.toml

[find]                                 # what is underlined: terms of its own, or  tag = "claim", a word list ...
terms   = ["words to replace"]         # stem*  one/other  word?  ..3 (up to three words)  # (a number)
without = ["negated", "quoted"]        # marks that acquit: negated hedged asked quoted reported supposed

[[unless]]                             # any one silences;  [[when]]: every one must hold
tag    = "source.locator"              # a link, a DOI, a reference
within = "sentence"                    # phrase clause sentence next near block section document

# At least two of each. Braces mark exactly what must be underlined.
[[test]]
flag = "These are {words to replace}."
[[test]]
flag = "Write {words to replace} here."
[[test]]
pass = "These are not words to replace."
[[test]]
pass = "These are words to replace (Smith et al., 2019)."
"#;

const WORDS: &str = r#"# FILE
# A word list: the words, named once for all lints. Its path is its tag: words/hype/wellness.toml is hype.wellness.
# With  extend = "words/subject/herb"  the terms are added to that list instead.

about = "what these words are, in one line"
terms = ["words to replace", "other* word/words"]   # stem*  one/other  word?  ..3  # (a number)
not   = ["other worldly words"]                     # longer phrases that are left alone

[[test]]
hit = "These are {words to replace}."
[[test]]
miss = "These are different."
"#;
