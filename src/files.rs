//! The only module that touches the file system: finds articles, reads articles and folders of lints,
//! writes reports.
//!
//! Whatever cannot be read becomes a [`Problem`]; the rest is read all the same.

pub mod configs;
pub mod list;
pub mod whole;

use crate::catalog::LintsFile;
use crate::document::Document;
use crate::problem::Problem;
use crate::read::{self, Format, docx};
use crate::source::{Source, Span};
use ignore::WalkBuilder;
use list::Exclude;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Extensions by which a folder's articles are known. `.asc` is not among them: most such files are signatures.
pub const EXTENSIONS: [&str; 9] = ["txt", "md", "markdown", "mdx", "html", "htm", "adoc", "asciidoc", "docx"];

/// The largest article that is read, in bytes.
pub const MAX_BYTES: u64 = 64 << 20;

/// An article on disk.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ArticleFile {
    /// Its path, as given or as found below the folder given.
    pub path: PathBuf,
    /// Its size in bytes when it was found.
    pub bytes: u64,
    /// Whether the path is a link; folders and lists give none.
    pub is_link: bool,
}

/// A problem with a file or a folder as a whole.
pub fn trouble(path: &Path, message: impl Into<String>) -> Problem {
    Problem::new(&Arc::new(Source::new(path.display().to_string(), "")), Span::default(), message)
}

/// The articles at `paths` that are not left out, sorted and each once. A path that is not there and a
/// folder without articles are problems; links in folders are passed over.
pub fn find(paths: &[PathBuf], exclude: &Exclude, problems: &mut Vec<Problem>) -> Vec<ArticleFile> {
    let mut found = Vec::new();
    for path in paths {
        match path.metadata() {
            Ok(meta) if meta.is_dir() => {
                let before = found.len();
                walk(path, exclude, problems, &mut is_article, &mut found);
                if found.len() == before {
                    problems.push(trouble(path, "no articles in this folder").help(format!("articles end in .{}", EXTENSIONS.join(" ."))));
                }
            }
            Ok(_) if exclude.has(path, false) => {}
            Ok(meta) => found.push(ArticleFile { path: path.clone(), bytes: meta.len(), is_link: path.is_symlink() }),
            Err(error) => problems.push(unreadable(path, &error)),
        }
    }
    in_order(&mut found);
    found
}

/// Sorts articles by path and drops those named twice.
pub fn in_order(found: &mut Vec<ArticleFile>) {
    found.sort();
    found.dedup_by(|a, b| a.path == b.path);
}

fn is_article(path: &Path) -> bool {
    // A word processor leaves such a file beside the one that it has open.
    let is_lock = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"~$"));
    !is_lock && EXTENSIONS.iter().any(|e| has_extension(path, e))
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case(extension))
}

/// Files below `folder` that are neither hidden nor ignored.
fn walk(
    folder: &Path,
    exclude: &Exclude,
    problems: &mut Vec<Problem>,
    is_wanted: &mut dyn FnMut(&Path) -> bool,
    found: &mut Vec<ArticleFile>,
) {
    for entry in WalkBuilder::new(folder).require_git(false).follow_links(false).build() {
        match entry {
            Ok(entry) => {
                if entry.file_type().is_some_and(|t| t.is_file()) && is_wanted(entry.path()) && !exclude.has(entry.path(), false) {
                    let bytes = entry.metadata().map_or(0, |m| m.len());
                    let path = entry.into_path();
                    let path = path.strip_prefix("./").map(Path::to_owned).unwrap_or(path);
                    found.push(ArticleFile { path, bytes, is_link: false });
                }
            }
            Err(error) => problems.push(trouble(folder, format!("cannot search this folder: {error}"))),
        }
    }
}

/// An article as it was read.
pub struct Loaded {
    /// Its text.
    pub source: Source,
    /// How it is written.
    pub format: Format,
    /// What the text says, where it was not the text that told: a Word file.
    pub document: Option<Document>,
}

impl Loaded {
    /// What the article says.
    pub fn document(&mut self) -> Document {
        self.document.take().unwrap_or_else(|| read::read(&self.source.text, self.format))
    }
}

/// The text of a file that is no article: a baseline.
///
/// # Errors
/// That it cannot be read, is too large or not UTF-8.
pub fn read_text(path: &Path) -> Result<String, Problem> {
    read_bytes(path).and_then(|bytes| decode(path, bytes))
}

/// Reads an article; its format is the one asked for, else what its name or its text tells.
///
/// # Errors
/// A problem when the file cannot be read, is larger than [`MAX_BYTES`], is neither UTF-8 nor a Word file,
/// or is a Word file that is damaged.
pub fn read_article(path: &Path, asked: Option<Format>) -> Result<Loaded, Problem> {
    understand(path, Some(path), read_bytes(path)?, asked)
}

/// Reads an article from standard input, which is called `name` where it has one.
///
/// # Errors
/// As [`read_article`].
pub fn read_stdin(name: Option<&Path>, asked: Option<Format>) -> Result<Loaded, Problem> {
    let shown = name.unwrap_or(Path::new("<stdin>"));
    let mut bytes = Vec::new();
    io::stdin().lock().take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| unreadable(shown, &error))?;
    understand(shown, name, bytes, asked)
}

fn understand(shown: &Path, path: Option<&Path>, bytes: Vec<u8>, asked: Option<Format>) -> Result<Loaded, Problem> {
    let name = shown.display().to_string();
    let is_word = match asked {
        Some(format) => format == Format::Docx,
        None => docx::is_archive(&bytes) || path.and_then(Format::from_path) == Some(Format::Docx),
    };
    if is_word && bytes.len() as u64 <= MAX_BYTES {
        let (text, document) = docx::read(&bytes).map_err(|fault| trouble(shown, fault.message).help(fault.help))?;
        return Ok(Loaded { source: Source::new(name, text), format: Format::Docx, document: Some(document) });
    }
    let text = decode(shown, bytes)?;
    let format = asked.unwrap_or_else(|| read::recognise(path, &text));
    Ok(Loaded { source: Source::new(name, text), format, document: None })
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, Problem> {
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    let size = file.metadata().map_or(0, |m| m.len());
    let mut bytes = Vec::with_capacity(size.min(MAX_BYTES) as usize + 1);
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
    Ok(bytes)
}

/// A file of records, to be read line by line; `-` is standard input.
///
/// # Errors
/// A problem when the file cannot be opened.
pub fn open_records(path: &Path) -> Result<Box<dyn Read>, Problem> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin()));
    }
    match File::open(path) {
        Ok(file) => Ok(Box::new(file)),
        Err(error) => Err(unreadable(path, &error)),
    }
}

fn decode(path: &Path, bytes: Vec<u8>) -> Result<String, Problem> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(trouble(path, format!("larger than {} MB", MAX_BYTES >> 20)).help("split it into articles, or pass them as --records"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.into_bytes();
        let problem =
            trouble(path, format!("not UTF-8: byte {at} (0x{:02x}) belongs to no character", bytes.get(at).copied().unwrap_or(0)));
        match guess_encoding(&bytes, at) {
            Some(name) => problem.help(format!("it looks like {name}: `iconv -f {name} -t UTF-8` turns it into UTF-8")),
            None => problem.help("save it as UTF-8; an old Word file or a PDF has to be exported as .docx, text, Markdown or HTML first"),
        }
    })
}

/// A guess at how bytes that are not UTF-8 from `at` on are encoded.
fn guess_encoding(bytes: &[u8], at: usize) -> Option<&'static str> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Some("UTF-16");
    }
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or(bytes);
    // A program's file (zip, PDF, image) has control characters; a text of one byte a character has not.
    let is_text = head.iter().all(|&b| b >= 0x20 || matches!(b, b'\t' | b'\n' | b'\r' | 0x0c));
    (is_text && bytes.get(at).is_some_and(|&b| b >= 0x80)).then_some("WINDOWS-1252")
}

fn unreadable(path: &Path, error: &io::Error) -> Problem {
    match error.kind() {
        io::ErrorKind::NotFound => trouble(path, "no such file or folder"),
        io::ErrorKind::PermissionDenied => trouble(path, "no permission to read it"),
        io::ErrorKind::IsADirectory => trouble(path, "is a folder, not an article"),
        _ => trouble(path, format!("cannot be read: {error}")),
    }
}

/// All files of a folder of lints, by path. What cannot be read is a problem.
pub fn read_lints(folder: &Path, problems: &mut Vec<Problem>) -> Vec<LintsFile> {
    if !folder.is_dir() {
        problems.push(trouble(folder, "no such folder of lints"));
        return Vec::new();
    }
    let mut found = Vec::new();
    walk(folder, &Exclude::none(), problems, &mut |path| has_extension(path, "toml"), &mut found);
    found.sort();
    if found.is_empty() {
        problems.push(
            trouble(folder, "no lints in this folder").help("lints lie in <family>/<name>.toml, word lists in words/<group>/<name>.toml"),
        );
    }
    let mut files = Vec::with_capacity(found.len());
    for file in found {
        let inside = file.path.strip_prefix(folder.strip_prefix("./").unwrap_or(folder)).unwrap_or(&file.path);
        let path = inside.iter().map(|p| p.to_string_lossy()).collect::<Vec<_>>().join("/");
        match configs::read_small(&file.path) {
            Ok(text) => files.push(LintsFile { path, name: file.path.display().to_string(), text }),
            Err(problem) => problems.push(problem),
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_utf8_is_told_with_its_place_and_a_guess() {
        let said = |bytes: &[u8]| decode(Path::new("a.txt"), bytes.to_vec()).map_err(|p| (p.message, p.help.unwrap_or_default()));
        let (message, help) = said(b"Zinc \x93cures\x94 colds").unwrap_err();
        assert_eq!(message, "not UTF-8: byte 5 (0x93) belongs to no character");
        assert!(help.contains("WINDOWS-1252"), "{help}");
        let (_, help) = said(b"\xff\xfeZ\0i\0").unwrap_err();
        assert!(help.contains("UTF-16"), "{help}");
        let (_, help) = said(b"PK\x03\x04\xff\x00").unwrap_err();
        assert!(help.contains("exported"), "{help}");
        assert_eq!(said("é".as_bytes()), Ok("é".to_owned()));
    }
}
