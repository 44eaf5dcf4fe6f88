//! Finds `caveat.toml` from an article upward, reads what it extends, and keeps all of it inside the repository:
//! whoever writes an article or a config must not be able to have other files read.

use super::{trouble, whole};
use crate::config::chain::{Chain, Place};
use crate::config::{self, Config, NAME};
use crate::problem::Problem;
use crate::source::Source;
use crate::written::Text;
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// The largest config, lint or side-car file, in bytes.
pub const MAX_CONFIG: u64 = 1 << 20;
/// The most configs that are laid over each other.
pub const MAX_CHAIN: usize = 32;

/// Finds configs and remembers them.
pub struct Finder {
    /// Whether files outside the repository may be read.
    allow_outside: bool,
    /// What was read, by true path.
    read: HashMap<PathBuf, Option<Arc<Config>>>,
    /// What applies in a folder, by true path.
    found: HashMap<PathBuf, Option<Arc<Chain>>>,
}

/// What is being put together.
struct Making<'a> {
    root: &'a Path,
    /// True paths of the files whose extends are being followed.
    open: Vec<PathBuf>,
    done: Vec<PathBuf>,
    chain: Chain,
}

impl Finder {
    /// A finder that has found nothing yet.
    pub fn new(allow_outside: bool) -> Finder {
        Finder { allow_outside, read: HashMap::new(), found: HashMap::new() }
    }

    /// What applies to the articles of a folder (a true path): the nearest config above it and what that extends.
    pub fn of_folder(&mut self, folder: &Path, problems: &mut Vec<Problem>) -> Option<Arc<Chain>> {
        if let Some(found) = self.found.get(folder) {
            return found.clone();
        }
        let file = folder.join(NAME);
        let chain = if file.symlink_metadata().is_ok() {
            self.of_file(&file, problems)
        } else if folder.join(".git").exists() {
            None
        } else {
            folder.parent().and_then(|above| self.of_folder(above, problems))
        };
        self.found.insert(folder.to_owned(), chain.clone());
        chain
    }

    /// What a config file comes to with all that it extends; an empty chain where it cannot be read.
    pub fn of_file(&mut self, file: &Path, problems: &mut Vec<Problem>) -> Option<Arc<Chain>> {
        let folder = folder_of(file);
        let root = root(&folder).unwrap_or_else(|| folder.clone());
        let mut making = Making { root: &root, open: Vec::new(), done: Vec::new(), chain: Chain::default() };
        let whole = folder.join(file.file_name().unwrap_or_default());
        match self.confined(&whole, &root) {
            Ok(path) => self.add(&path, &mut making, problems),
            Err(why) => problems.push(trouble(&shown(file), why).help(OUTSIDE)),
        }
        Some(Arc::new(making.chain))
    }

    /// Adds a config after those that it extends.
    fn add(&mut self, path: &Path, making: &mut Making, problems: &mut Vec<Problem>) {
        let Some(config) = self.config(path, problems) else { return };
        making.open.push(path.to_owned());
        for text in &config.extends {
            self.extend(&config, text, making, problems);
        }
        for text in &config.lints {
            match self.inside(&config, text, making.root) {
                Ok(folder) if folder.is_dir() => making.chain.lints.push((folder, Place { file: config.file.clone(), span: text.span })),
                Ok(_) => problems.push(problem(&config, text, "is no folder")),
                Err(problem) => problems.push(problem),
            }
        }
        making.open.pop();
        making.done.push(path.to_owned());
        making.chain.configs.push(config);
    }

    fn extend(&mut self, config: &Arc<Config>, text: &Text, making: &mut Making, problems: &mut Vec<Problem>) {
        let path = match self.inside(config, text, making.root) {
            Ok(path) => path,
            Err(problem) => return problems.push(problem),
        };
        let file = if path.is_dir() { path.join(NAME) } else { path.clone() };
        if path.is_dir() && !file.exists() {
            return making.chain.lints.push((path, Place { file: config.file.clone(), span: text.span }));
        }
        let file = match self.confined(&file, making.root) {
            Ok(file) => file,
            Err(why) => return problems.push(problem(config, text, &why).help(OUTSIDE)),
        };
        if making.open.contains(&file) {
            let round = making.open.iter().chain([&file]).map(|p| shown(p).display().to_string()).collect::<Vec<_>>().join(" -> ");
            problems.push(problem(config, text, "extends a file that extends this one").help(round));
        } else if making.open.len() + making.done.len() >= MAX_CHAIN {
            problems.push(problem(config, text, &format!("is one of more than {MAX_CHAIN} configs that extend each other")));
        } else if !making.done.contains(&file) {
            self.add(&file, making, problems);
        }
    }

    /// Reads a config once.
    fn config(&mut self, path: &Path, problems: &mut Vec<Problem>) -> Option<Arc<Config>> {
        if let Some(read) = self.read.get(path) {
            return read.clone();
        }
        let config = match read_small(path) {
            Ok(text) => {
                let source = Arc::new(Source::new(shown(path).display().to_string(), text));
                Some(Arc::new(config::read(&source, folder_of(path), problems)))
            }
            Err(problem) => {
                problems.push(problem);
                None
            }
        };
        self.read.insert(path.to_owned(), config.clone());
        config
    }

    /// The true path of what a config names.
    fn inside(&self, config: &Config, text: &Text, root: &Path) -> Result<PathBuf, Problem> {
        let named = Path::new(&text.value);
        if text.value.contains("://") {
            return Err(
                problem(config, text, "is no path").help("caveat reads files only; copy what you want to extend into the repository")
            );
        }
        let is_plain = named.components().all(|c| matches!(c, Component::Normal(_) | Component::CurDir | Component::ParentDir));
        if !is_plain || text.value.starts_with('~') || text.value.contains('\\') || text.value.is_empty() {
            return Err(
                problem(config, text, "is no relative path").help("paths count from the folder of this file and are written with `/`")
            );
        }
        self.confined(&config.folder.join(named), root).map_err(|why| {
            let told = problem(config, text, &why);
            if why == LEAVES { told.help(OUTSIDE) } else { told }
        })
    }

    /// The true path of a file or folder, if it may be read.
    fn confined(&self, path: &Path, root: &Path) -> Result<PathBuf, String> {
        if !self.allow_outside && !lexical(path).starts_with(root) {
            // Whether it is there is nobody's business.
            return Err(LEAVES.to_owned());
        }
        let real = path.canonicalize().map_err(|_| "is not there".to_owned())?;
        if self.allow_outside || real.starts_with(root) { Ok(real) } else { Err(LEAVES.to_owned()) }
    }
}

/// Whether an article or a folder leads, through a link, out of the repository that it seems to lie in; where there is
/// none, out of the current folder.
pub fn leads_out(path: &Path) -> bool {
    let Ok(whole) = std::path::absolute(path).map(|p| lexical(&p)) else { return false };
    let here = || std::env::current_dir().ok().filter(|here| whole.starts_with(here));
    let Some(root) = root(&whole).or_else(here) else { return false };
    match (root.canonicalize(), path.canonicalize()) {
        (Ok(root), Ok(real)) => !real.starts_with(root),
        _ => false,
    }
}

/// The problem of what leads out of the repository.
pub fn outside(path: &Path) -> Problem {
    trouble(path, "is a link that leads out of here").help("name the file itself, where it is; --allow-outside permits it")
}

const LEAVES: &str = "leads out of the repository";
const OUTSIDE: &str = "--allow-outside permits it; without a repository (.git) the folder of the first caveat.toml is the limit";

fn problem(config: &Config, text: &Text, what: &str) -> Problem {
    Problem::new(&config.file, text.span, format!("`{}` {what}", text.value))
}

/// The folder of the repository that a path lies in.
pub fn root(path: &Path) -> Option<PathBuf> {
    path.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_owned)
}

/// The true path of the folder that holds a file, or the file's own where that is not there.
pub fn folder_of(file: &Path) -> PathBuf {
    let folder = file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    folder.canonicalize().unwrap_or_else(|_| folder.to_owned())
}

/// A path without `.` and `..`, links not followed.
fn lexical(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                out.pop();
            }
            Component::CurDir => {}
            part => out.push(part),
        }
    }
    out
}

/// A true path as people read it: counted from the working folder where it lies in it.
pub fn shown(path: &Path) -> PathBuf {
    let here = Path::new(".").canonicalize().unwrap_or_default();
    match path.strip_prefix(here) {
        Ok(inside) if inside.as_os_str().is_empty() => PathBuf::from("."),
        Ok(inside) => inside.to_owned(),
        Err(_) => path.to_owned(),
    }
}

/// The text of a config, a lint or a side-car file.
///
/// # Errors
/// As [`super::read_article`]; also for what is no plain file and for more than [`MAX_CONFIG`] bytes.
pub fn read_small(path: &Path) -> Result<String, Problem> {
    let name = shown(path);
    let meta = path.metadata().map_err(|error| super::unreadable(&name, &error))?;
    if !meta.is_file() {
        return Err(trouble(&name, "is no plain file"));
    }
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MAX_CONFIG + 1).read_to_end(&mut bytes));
    read.map_err(|error| super::unreadable(&name, &error))?;
    if bytes.len() as u64 > MAX_CONFIG {
        return Err(trouble(&name, format!("larger than {} MB", MAX_CONFIG >> 20)));
    }
    super::decode(&name, bytes)
}

/// Where the side-car file of an article would lie.
pub fn side_car_path(article: &Path) -> PathBuf {
    let mut name = article.as_os_str().to_owned();
    name.push(crate::allow::written::SIDE_CAR);
    PathBuf::from(name)
}

/// The side-car file of an article, if it has one.
pub fn side_car(article: &Path, problems: &mut Vec<Problem>) -> Option<Arc<Source>> {
    let path = side_car_path(article);
    let meta = path.symlink_metadata().ok()?;
    if !meta.is_file() {
        problems.push(trouble(&path, "is no plain file").help("a side-car file may be no link"));
        return None;
    }
    match read_small(&path) {
        Ok(text) => Some(Arc::new(Source::new(path.display().to_string(), text))),
        Err(problem) => {
            problems.push(problem);
            None
        }
    }
}

/// Writes a file that people will edit, in a folder that is made where it is missing; not over one that is there,
/// unless `force`.
///
/// # Errors
/// A problem when it is there, or when it cannot be written.
pub fn write(path: &Path, text: &str, force: bool) -> Result<(), Problem> {
    if !force && path.symlink_metadata().is_ok() {
        return Err(trouble(path, "is there already").help("--force replaces it"));
    }
    if let Some(folder) = path.parent().filter(|p| !p.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(|error| trouble(path, format!("cannot be written: {error}")))?;
    }
    whole::write(path, text.as_bytes())
}
