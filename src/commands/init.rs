//! `caveat init`: looks at a folder and writes a `caveat.toml` that fits it, every key explained.

use super::terminal::Terminal;
use super::{CLEAN, TROUBLE};
use crate::cli::Init;
use crate::config::{KINDS, NAME};
use crate::document::Document;
use crate::files::list::Exclude;
use crate::files::{self, configs};
use crate::read::Format;
use crate::report::{clean, counted};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::io;
use std::path::Path;

/// Articles whose front matter is looked at.
const LOOKED_AT: usize = 500;

/// What a folder holds.
#[derive(Default)]
struct Seen {
    articles: usize,
    /// Articles by extension.
    extensions: BTreeMap<String, usize>,
    /// Articles by the folder that holds them, directly below the one looked at.
    folders: BTreeMap<String, usize>,
    /// Articles by the kind of page that front matter states.
    kinds: BTreeMap<String, usize>,
    /// Whether there is a folder of lints.
    house: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// What the output says.
pub fn run(args: &Init, terminal: &mut Terminal) -> io::Result<u8> {
    let mut problems = Vec::new();
    let seen = look(&args.folder, &mut problems);
    // An empty folder is no reason to stop: the articles may come later.
    problems.retain(|p| !p.message.starts_with("no articles"));
    let path = args.folder.join(NAME);
    let path = path.strip_prefix("./").unwrap_or(&path);
    if problems.is_empty()
        && let Err(problem) = configs::write(path, &text(&seen), args.force)
    {
        problems.push(problem);
    }
    terminal.problems(&problems)?;
    if !problems.is_empty() {
        return Ok(TROUBLE);
    }
    let extensions = seen.extensions.iter().map(|(e, n)| format!("{n} .{e}")).collect::<Vec<_>>().join(", ");
    let found = if extensions.is_empty() { String::new() } else { format!(" ({extensions})") };
    writeln!(terminal.out, "{} looked at{}", counted(seen.articles, "article"), clean::line(&found))?;
    writeln!(terminal.out, "{} written; `caveat check {}` audits them", path.display(), args.folder.display())?;
    Ok(CLEAN)
}

fn look(folder: &Path, problems: &mut Vec<crate::problem::Problem>) -> Seen {
    let mut seen = Seen::default();
    for (i, file) in files::find(&[folder.to_owned()], &Exclude::none(), problems).into_iter().enumerate() {
        seen.articles += 1;
        let extension = file.path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        *seen.extensions.entry(extension).or_default() += 1;
        let inside = file.path.strip_prefix(folder.strip_prefix("./").unwrap_or(folder)).unwrap_or(&file.path);
        let names: Vec<_> = inside.iter().collect();
        if let [first, _, ..] = names.as_slice() {
            *seen.folders.entry(first.to_string_lossy().into_owned()).or_default() += 1;
        }
        // What cannot be read is for `caveat check` to tell.
        if i < LOOKED_AT
            && let Ok(mut loaded) = files::read_article(&file.path, None)
            && loaded.format != Format::Docx
            && let Some(kind) = kind(&loaded.document())
        {
            *seen.kinds.entry(kind.to_owned()).or_default() += 1;
        }
    }
    seen.house = ["house", "lints", "rules"].into_iter().find(|name| folder.join(name).join("words").is_dir()).map(str::to_owned);
    seen
}

/// The kind of page that front matter states.
fn kind(doc: &Document) -> Option<&'static str> {
    let stated = doc.fields.iter().filter(|f| ["kind", "type", "layout", "template"].contains(&f.name.as_str()));
    stated.filter_map(|f| KINDS.iter().find(|(kind, _)| f.value.trim().eq_ignore_ascii_case(kind))).map(|(kind, _)| *kind).next()
}

/// A kind that the name of a folder tells.
fn kind_of_folder(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    let singular = name.strip_suffix('s').unwrap_or(&name);
    KINDS.iter().map(|(kind, _)| *kind).find(|kind| *kind != "article" && (*kind == name || *kind == singular))
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn text(seen: &Seen) -> String {
    let mut out = String::from(HEAD);
    match &seen.house {
        Some(name) => {
            let _ = writeln!(out, "lints = [{}]", quoted(name));
        }
        None => out.push_str("# lints = [\"house\"]\n"),
    }
    out.push_str(MIDDLE);
    let kinds: Vec<String> = seen.kinds.iter().map(|(kind, n)| format!("{kind} {n}")).collect();
    if !kinds.is_empty() {
        let _ = writeln!(out, "# Front matter states the kind of {} here; it needs no [[path]].", kinds.join(", "));
    }
    let mut told = false;
    for (folder, count) in &seen.folders {
        if let Some(kind) = kind_of_folder(folder) {
            let _ = writeln!(
                out,
                "[[path]]                  # {}\nglob = {}\nkind = {}\n",
                counted(*count, "article"),
                quoted(&format!("{folder}/**")),
                quoted(kind)
            );
            told = true;
        }
    }
    if !told {
        let folder = seen.folders.keys().next().map_or("news", String::as_str);
        let glob = quoted(&format!("{folder}/**"));
        let _ = writeln!(
            out,
            "# [[path]]\n# glob = {glob}\n# kind = \"news\"            # article news product condition landing\n# levels = {{ \"language/*\" = \"info\" }}\n"
        );
    }
    out.push_str(TAIL);
    out
}

const HEAD: &str = "\
# What caveat does in this folder and below. docs/config.md describes every key; `caveat config FILE` prints
# what applies to a file, and `caveat schema config` is a JSON Schema for editors.

# Another config, or a folder that holds one. Paths count from here and stay inside the repository.
# extends = [\"..\"]

# Folders of lints and word lists of your own: `caveat new lint FAMILY/NAME` starts one.
";

const MIDDLE: &str = "
# Articles that are left out.
# exclude = [\"drafts/**\"]

# Where you publish: adds lints that rest on the law of a country.
# jurisdiction = [\"us\", \"eu\", \"uk\", \"au\"]

# Who reads it. For clinicians the families language and caveat count one level less.
# audience = \"clinician\"

# New lints that are still being tried.
# preview = true

# Names that are yours: claims made for them are claims for a product.
# products = [\"SleepX\"]
# brands = [\"Example Naturals\"]

# Terms that no lint may flag.
# accept = [\"miracle berry\"]

# Levels are off, info, warning and error; a family or a glob will do.
[levels]
# \"language/*\" = \"info\"
# \"overclaim/cure-word\" = \"warning\"

# What is different for some articles. Later ones count more.
";

const TAIL: &str = "\
# Words that may stand, with the reason. In Markdown, MDX and HTML a comment before the block does the same:
# <!-- caveat-allow overclaim/cure-word: quoting the myth we rebut -->
# [[allow]]
# lint = \"overclaim/cure-word\"
# text = \"The Cure for Everything\"
# reason = \"the title of a book\"
";
