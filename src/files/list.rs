//! Which articles are meant: what is left out by glob, lists of paths; and how paths are
//! compared and written.

use super::{ArticleFile, EXTENSIONS, is_article, trouble, unreadable};
use crate::problem::Problem;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::env;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

/// Bytes of a list of paths that are read.
const LIST_BYTES: u64 = 64 << 20;

/// Globs of what is left out, written as in `.gitignore`, counted from the current folder.
pub struct Exclude {
    globs: Gitignore,
    here: PathBuf,
}

impl Exclude {
    /// Nothing is left out.
    pub fn none() -> Exclude {
        Exclude { globs: Gitignore::empty(), here: PathBuf::new() }
    }

    /// Reads the globs; one that cannot be read is a problem.
    pub fn new(globs: &[String], problems: &mut Vec<Problem>) -> Exclude {
        let mut builder = GitignoreBuilder::new("");
        for glob in globs {
            if let Err(error) = builder.add_line(None, glob) {
                problems.push(trouble(Path::new("--exclude"), format!("`{glob}` is no glob: {error}")));
            }
        }
        let globs = builder.build().unwrap_or_else(|error| {
            problems.push(trouble(Path::new("--exclude"), error.to_string()));
            Gitignore::empty()
        });
        Exclude { globs, here: env::current_dir().unwrap_or_default() }
    }

    /// Whether a path, or a folder that it lies in, is left out.
    pub fn has(&self, path: &Path, is_folder: bool) -> bool {
        if self.globs.is_empty() {
            return false;
        }
        let path = path.strip_prefix(&self.here).unwrap_or(path);
        let path = path.strip_prefix("./").unwrap_or(path);
        let is_out = |path: &Path, is_folder| self.globs.matched(path, is_folder).is_ignore();
        is_out(path, is_folder) || path.ancestors().skip(1).any(|folder| !folder.as_os_str().is_empty() && is_out(folder, true))
    }
}

/// The articles that a list names, a path a line or each ended by a zero byte; `-` is standard input. What
/// is no article by its extension, and what is a symbolic link, is passed over as in a folder.
pub fn read(list: &Path, exclude: &Exclude, problems: &mut Vec<Problem>) -> Vec<ArticleFile> {
    let mut bytes = Vec::new();
    let reading = if list == Path::new("-") {
        io::stdin().lock().take(LIST_BYTES).read_to_end(&mut bytes)
    } else {
        File::open(list).and_then(|file| file.take(LIST_BYTES).read_to_end(&mut bytes))
    };
    if let Err(error) = reading {
        problems.push(unreadable(list, &error));
        return Vec::new();
    }
    let end = if bytes.contains(&0) { 0 } else { b'\n' };
    let mut found = Vec::new();
    let mut named = 0;
    for name in bytes.split(|&b| b == end) {
        let name = if end == b'\n' { name.trim_ascii() } else { name };
        if name.is_empty() {
            continue;
        }
        named += 1;
        let path = path(name);
        let path = path.strip_prefix("./").map(Path::to_owned).unwrap_or(path);
        if !is_article(&path) || exclude.has(&path, false) {
            continue;
        }
        match path.symlink_metadata() {
            Ok(meta) if meta.is_file() => found.push(ArticleFile { bytes: meta.len(), path }),
            Ok(_) => {}
            Err(error) => problems.push(unreadable(&path, &error)),
        }
    }
    if found.is_empty() && named > 0 && problems.is_empty() {
        problems.push(trouble(list, "names no article").help(format!("articles end in .{}", EXTENSIONS.join(" ."))));
    }
    found
}

/// Bytes as a path.
#[cfg(unix)]
pub fn path(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

/// Bytes as a path.
#[cfg(not(unix))]
pub fn path(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

/// A path from the root of the file system, `.` and `..` resolved in its text; links are not looked at.
pub fn absolute(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut out = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::ParentDir => drop(out.pop()),
            Component::CurDir => {}
            part => out.push(part),
        }
    }
    out
}

/// `path` as it is written from `folder`, with `/`.
pub fn relative(folder: &Path, path: &Path) -> String {
    let (folder, path) = (absolute(folder), absolute(path));
    let common = folder.components().zip(path.components()).take_while(|(a, b)| a == b).count();
    let ups = folder.components().skip(common).map(|_| "..".to_owned());
    let rest = path.components().skip(common).map(|c| c.as_os_str().to_string_lossy().into_owned());
    ups.chain(rest).collect::<Vec<_>>().join("/")
}

/// The nearest folder from the current one upward that holds one of `names`; the search ends where a
/// repository does.
pub fn upward(names: &[&str]) -> Option<PathBuf> {
    let here = env::current_dir().ok()?;
    for folder in here.ancestors() {
        if names.iter().any(|name| folder.join(name).exists()) {
            return Some(if folder == here { PathBuf::new() } else { folder.to_owned() });
        }
        if folder.join(".git").exists() {
            return None;
        }
    }
    None
}

/// Where a file lies, links among its folders resolved, the file itself not.
pub fn place(path: &Path) -> PathBuf {
    let whole = absolute(path);
    match (whole.parent().and_then(|folder| folder.canonicalize().ok()), whole.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_leave_out_files_folders_and_what_lies_in_them() {
        let mut problems = Vec::new();
        let globs = ["drafts/", "*.tmp.md", "content/old", "archive/**", "{z"].map(str::to_owned);
        let exclude = Exclude::new(&globs, &mut problems);
        assert_eq!(problems.len(), 1);
        for (path, wanted) in [
            ("drafts/a.md", true),
            ("x/drafts/b/c.md", true),
            ("./a.tmp.md", true),
            ("content/old/deep/a.md", true),
            ("x/content/old/a.md", false),
            ("archive/a.md", true),
            ("drafts.md", false),
            ("/drafts.md", false),
        ] {
            assert_eq!(exclude.has(Path::new(path), false), wanted, "{path}");
        }
        assert!(exclude.has(&env::current_dir().unwrap().join("content/old/a.md"), false));
    }

    #[test]
    fn paths_are_written_from_a_folder() {
        for (folder, path, wanted) in
            [("", "a/b.md", "a/b.md"), ("x", "x/./y/../a.md", "a.md"), ("x/y", "a.md", "../../a.md"), ("/r", "/r/c d/e.md", "c d/e.md")]
        {
            assert_eq!(relative(Path::new(folder), Path::new(path)), wanted);
        }
    }
}
