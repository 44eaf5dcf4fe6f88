//! What git says has changed: which files, and which of their lines. git is run as a command, told to
//! start no program of its own; what it prints is read by count, so that no text can pass for a header.

mod diff;

use crate::files::{ArticleFile, list, trouble};
use crate::problem::Problem;
use crate::source::{Source, Span};
use diff::Lines;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What has changed.
#[derive(Debug, Default)]
pub struct Changes {
    /// Lines by place of the file.
    files: BTreeMap<PathBuf, Lines>,
}

impl Changes {
    /// Whether a file is among them.
    pub fn has(&self, path: &Path) -> bool {
        self.files.contains_key(&list::place(path))
    }

    /// Whether a span of an article touches a changed line.
    pub fn touch(&self, path: &Path, source: &Source, span: Span) -> bool {
        let first = source.line_of(span.start) + 1;
        let last = source.line_of(span.end.max(span.start + 1) - 1) + 1;
        self.files.get(&list::place(path)).is_some_and(|lines| lines.touch(first, last))
    }
}

/// What changed in the repositories that `articles` lie in, since the last commit or since the branch left
/// `base`; new files are changed as a whole.
///
/// # Errors
/// A problem when there is no git, no repository, or no such revision.
pub fn changes(articles: &[Option<ArticleFile>], base: Option<&str>, with_lines: bool) -> Result<Changes, Problem> {
    let here = || PathBuf::from(".");
    let folder = |file: &ArticleFile| file.path.parent().filter(|p| !p.as_os_str().is_empty()).map_or_else(here, Path::to_owned);
    let mut folders: BTreeSet<PathBuf> = articles.iter().flatten().map(folder).collect();
    if folders.is_empty() {
        folders.insert(here());
    }
    let mut tops: BTreeSet<PathBuf> = BTreeSet::new();
    for folder in folders {
        let place = list::place(&folder.join("x"));
        // A folder below one that is known belongs to the same repository, submodules apart.
        if !tops.iter().any(|top| place.starts_with(top) && !has_own(&place, top)) {
            tops.insert(top(&folder)?);
        }
    }
    let mut changes = Changes::default();
    for top in tops {
        one(&top, base, with_lines, &mut changes)?;
    }
    Ok(changes)
}

/// Whether a repository of its own lies between a place and the top of another.
fn has_own(place: &Path, top: &Path) -> bool {
    place.ancestors().skip(1).take_while(|folder| *folder != top).any(|folder| folder.join(".git").symlink_metadata().is_ok())
}

/// The top folder of the repository that `folder` lies in.
fn top(folder: &Path) -> Result<PathBuf, Problem> {
    let mut bytes = git(folder, &["rev-parse", "--show-toplevel"])?.map_err(|said| {
        let problem = trouble(folder, "is in no git repository that can be read: --changed needs one");
        if said.is_empty() || said.contains("not a git repository") { problem } else { problem.help(format!("git says: {said}")) }
    })?;
    while bytes.last().is_some_and(|b| matches!(b, b'\n' | b'\r')) {
        bytes.pop();
    }
    let top = list::path(&bytes);
    Ok(top.canonicalize().unwrap_or(top))
}

fn one(top: &Path, base: Option<&str>, with_lines: bool, changes: &mut Changes) -> Result<(), Problem> {
    let failed = |said: String| trouble(top, format!("git failed: {said}"));
    let mut add = |names: &[u8], lines: &Lines| {
        for name in names.split(|&b| b == 0).filter(|name| !name.is_empty()) {
            changes.files.insert(top.join(list::path(name)), lines.clone());
        }
    };
    let none = Lines::Some(Vec::new());
    match start(top, base)? {
        Some(start) => {
            let names = git(top, &diff_args(&["--name-only", "-z", &start]))?.map_err(failed)?;
            add(&names, if with_lines { &none } else { &Lines::All });
        }
        // Nothing was committed yet: all is new.
        None => add(&git(top, &["ls-files", "--cached", "-z"])?.map_err(failed)?, &Lines::All),
    }
    add(&git(top, &["ls-files", "--others", "--exclude-standard", "-z"])?.map_err(failed)?, &Lines::All);
    if with_lines && let Some(start) = start(top, base)? {
        let args = ["--unified=0", "--inter-hunk-context=0", "--text", "--src-prefix=a/", "--dst-prefix=b/", &start];
        for (name, lines) in diff::read(&git(top, &diff_args(&args))?.map_err(failed)?) {
            changes.files.insert(top.join(list::path(&name)), Lines::Some(lines));
        }
    }
    Ok(())
}

/// A comparison of the work tree in which neither config nor attributes run a program or change the form.
fn diff_args<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let mut args = vec!["-c", "core.quotePath=false", "diff", "--no-ext-diff", "--no-textconv", "--no-color", "--no-relative"];
    args.extend(["--find-renames", "--diff-filter=d", "--ignore-submodules", "--submodule=short"]);
    args.extend(more);
    args.push("--");
    args
}

/// The commit to compare with; `None` where there is none yet.
fn start(top: &Path, base: Option<&str>) -> Result<Option<String>, Problem> {
    let commit = |rev: &str| -> Result<Option<String>, Problem> {
        let rev = format!("{rev}^{{commit}}");
        let found = git(top, &["rev-parse", "--verify", "--quiet", "--end-of-options", &rev])?;
        Ok(found.ok().map(|id| String::from_utf8_lossy(&id).trim().to_owned()))
    };
    let Some(base) = base else { return commit("HEAD") };
    let Some(id) = commit(base)? else {
        return Err(trouble(Path::new("--base"), format!("git knows no revision `{base}`"))
            .help("a shallow clone has few: `git fetch origin main`, or `fetch-depth: 0` for a checkout action"));
    };
    // Where both are known but not how they meet (a shallow clone), all that differs counts as changed.
    let meet = git(top, &["merge-base", &id, "HEAD"])?;
    Ok(Some(meet.ok().map(|m| String::from_utf8_lossy(&m).trim().to_owned()).filter(|m| !m.is_empty()).unwrap_or(id)))
}

/// Runs git: what it printed, or what it said when it failed.
fn git(folder: &Path, args: &[&str]) -> Result<Result<Vec<u8>, String>, Problem> {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(["-c", "core.fsmonitor=false"]).args(args);
    let output = command.stdin(Stdio::null()).env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0").output().map_err(|error| {
        let name = Path::new("git");
        match error.kind() {
            io::ErrorKind::NotFound => trouble(name, "is not installed: --changed needs it"),
            _ => trouble(name, format!("cannot be run: {error}")),
        }
    })?;
    let said = || String::from_utf8_lossy(&output.stderr).trim().lines().next().unwrap_or("").to_owned();
    Ok(if output.status.success() { Ok(output.stdout) } else { Err(said()) })
}
