//! Files that appear whole or not at all: written beside their place, then renamed. Whoever stops caveat half-way
//! finds what was there before, and nothing else: until it is whole, the file has no name where the system allows that.

use super::trouble;
use crate::problem::Problem;
use std::cell::RefCell;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// A file that is being written.
pub struct WholeFile {
    path: PathBuf,
    /// What it is called just before it is put in its place; `None` for a device or a pipe, which is written straight.
    beside: Option<PathBuf>,
    out: Rc<RefCell<BufWriter<File>>>,
}

/// The end of a [`WholeFile`] that is written to.
pub struct Pen(Rc<RefCell<BufWriter<File>>>);

impl WholeFile {
    /// Starts to write the file at `path`.
    ///
    /// # Errors
    /// A problem when it cannot be created; also when `path` is a symbolic link, since what is written
    /// must not land elsewhere than it was said.
    pub fn create(path: &Path) -> Result<WholeFile, Problem> {
        let failed = |error: io::Error| trouble(path, format!("cannot be written: {error}"));
        let kind = fs::symlink_metadata(path).map(|m| m.file_type());
        let is_device = kind.as_ref().is_ok_and(|k| !k.is_file() && !k.is_dir() && !k.is_symlink());
        if kind.as_ref().is_ok_and(|k| k.is_symlink()) {
            return Err(trouble(path, "is a symbolic link and is not written through").help("name the file itself"));
        }
        if kind.as_ref().is_ok_and(|k| k.is_dir()) {
            return Err(trouble(path, "is a folder, not a file"));
        }
        if is_device {
            let file = OpenOptions::new().write(true).open(path).map_err(failed)?;
            return Ok(WholeFile { path: path.to_owned(), beside: None, out: Rc::new(RefCell::new(BufWriter::new(file))) });
        }
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let beside = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
        let file = create(&beside).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => trouble(path, "cannot be written: no such folder"),
            _ => failed(error),
        })?;
        if IS_NAMELESS {
            fs::remove_file(&beside).map_err(failed)?;
        }
        Ok(WholeFile { path: path.to_owned(), beside: Some(beside), out: Rc::new(RefCell::new(BufWriter::new(file))) })
    }

    /// What writes into the file.
    pub fn pen(&self) -> Pen {
        Pen(self.out.clone())
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// A problem when that fails; what was there before then stays.
    pub fn finish(mut self) -> Result<(), Problem> {
        let failed = |error: io::Error| trouble(&self.path, format!("cannot be written: {error}"));
        Pen(self.out.clone()).flush().map_err(failed)?;
        if let Some(beside) = &self.beside {
            if IS_NAMELESS {
                let mut out = self.out.borrow_mut();
                out.get_mut().rewind().and_then(|()| io::copy(out.get_mut(), &mut create(beside)?)).map_err(failed)?;
            }
            fs::rename(beside, &self.path).map_err(failed)?;
        }
        self.beside = None;
        Ok(())
    }
}

/// Whether an open file may lose its name.
const IS_NAMELESS: bool = cfg!(unix);

fn create(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create_new(true).open(path)
}

impl Drop for WholeFile {
    fn drop(&mut self) {
        if let Some(beside) = &self.beside {
            let _ = fs::remove_file(beside);
        }
    }
}

impl Write for Pen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.0.borrow_mut().flush()
    }
}

/// Reads what was written: a text that is no article.
///
/// # Errors
/// A problem when it cannot be read, is larger than an article may be, or is not UTF-8.
pub fn read(path: &Path) -> Result<String, Problem> {
    super::read_bytes(path).and_then(|bytes| super::decode(path, bytes))
}

/// Writes a whole file at once.
///
/// # Errors
/// As [`WholeFile::create`] and [`WholeFile::finish`].
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    let file = WholeFile::create(path)?;
    file.pen().write_all(bytes).map_err(|error| trouble(path, format!("cannot be written: {error}")))?;
    file.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("caveat-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn a_file_that_is_not_finished_leaves_the_old_one_and_nothing_beside_it() {
        let folder = folder("unfinished");
        let path = folder.join("out.txt");
        write(&path, b"old").unwrap();
        let file = WholeFile::create(&path).unwrap();
        file.pen().write_all(&[b'n'; 100_000]).unwrap();
        // Who is killed now has nothing to sweep up.
        let names = fs::read_dir(&folder).unwrap().count();
        assert!(names == 1 || !IS_NAMELESS, "{names} files");
        drop(file);
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        write(&path, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    #[cfg(unix)]
    fn a_link_is_not_written_through_and_a_missing_folder_is_told() {
        let folder = folder("link");
        write(&folder.join("victim"), b"safe").unwrap();
        std::os::unix::fs::symlink("victim", folder.join("out")).unwrap();
        let said = |path: &str| write(&folder.join(path), b"x").map_err(|p| p.message).unwrap_err();
        assert!(said("out").contains("symbolic link"));
        assert!(said("none/out").contains("no such folder"));
        assert_eq!(fs::read(folder.join("victim")).unwrap(), b"safe");
        fs::remove_dir_all(folder).unwrap();
    }
}
