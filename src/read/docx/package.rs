//! The zip archive that a Word file is: its parts and how they refer to each other, within limits that no
//! article comes near.

use super::{Fault, is_archive, xml};
use memchr::memmem;
use rustc_hash::FxHashMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// Files that an archive may hold.
const MAX_ENTRIES: usize = 4096;
/// Bytes of XML that are unpacked at most, all parts together. The size an archive states is not believed.
const MAX_UNPACKED: u64 = 64 << 20;

/// Targets and kinds by the id that a part calls them by.
pub type Relations = FxHashMap<String, Relation>;

/// What a part refers to.
pub struct Relation {
    /// The last part of its type: `hyperlink`, `styles`.
    pub kind: String,
    /// Where it points, as written.
    pub target: String,
}

/// An open archive.
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Package<'a> {
    /// Opens an archive.
    pub fn open(bytes: &'a [u8]) -> Result<Package<'a>, Fault> {
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            let help = "open it in a word processor, and save it as .docx without a password";
            return Err(Fault { message: "an old Word file, or one with a password".to_owned(), help });
        }
        if !is_archive(bytes) {
            return Err(Fault::new("no Word file: it does not begin as a zip archive does"));
        }
        // Every entry is listed once under this mark; the count in the archive may say anything.
        if memmem::find_iter(bytes, b"PK\x01\x02").nth(MAX_ENTRIES).is_some() {
            return Err(Fault::new(format!("a zip archive of more than {MAX_ENTRIES} files, which is no Word file")));
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        Ok(Package { archive, left: MAX_UNPACKED })
    }

    /// The text of a part, if there is one of this name.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, Fault> {
        let file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(damaged(&error)),
        };
        let mut bytes = Vec::new();
        let read = file.take(self.left + 1).read_to_end(&mut bytes);
        read.map_err(|error| Fault::new(format!("its {name} cannot be unpacked: {error}")))?;
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or_else(|| {
            let message = format!("its text unpacks to more than {} MB", MAX_UNPACKED >> 20);
            Fault { message, help: "split it into articles" }
        })?;
        let text = String::from_utf8(bytes).map_err(|_| Fault::new(format!("its {name} is not UTF-8")))?;
        Ok(Some(text))
    }

    /// What a part refers to; nothing, where it says nothing.
    pub fn relations(&mut self, part: &str) -> Result<Relations, Fault> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let rels = if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") };
        let mut found = Relations::default();
        if let Some(text) = self.part(&rels)? {
            xml::walk(&rels, &text, &mut |node, _| {
                if let xml::Node::Start("Relationship", start) = node {
                    let of = |name| xml::attribute(start, name).map_or(String::new(), |v| v.into_owned());
                    let kind = of("Type").rsplit('/').next().unwrap_or("").to_owned();
                    found.insert(of("Id"), Relation { kind, target: of("Target") });
                }
                Ok(())
            })?;
        }
        Ok(found)
    }

    /// Name of the part that is the document.
    pub fn main_part(&mut self) -> Result<String, Fault> {
        let relations = self.relations("")?;
        let main = relations.values().find(|r| r.kind == "officeDocument").map(|r| r.target.trim_start_matches('/').to_owned());
        let main = main.unwrap_or_else(|| "word/document.xml".to_owned());
        if main.ends_with(".xml") && (main.starts_with("xl/") || main.starts_with("ppt/")) {
            return Err(Fault { message: "a workbook or a presentation, not a Word file".to_owned(), help: "save its text as .docx" });
        }
        Ok(main)
    }

    /// Name and text of the part of this kind that `main` refers to.
    pub fn related(&mut self, main: &str, relations: &Relations, kind: &str) -> Result<Option<(String, String)>, Fault> {
        let Some(relation) = relations.values().find(|r| r.kind == kind) else { return Ok(None) };
        let name = match relation.target.strip_prefix('/') {
            Some(whole) => whole.to_owned(),
            None => main.rsplit_once('/').map_or(relation.target.clone(), |(folder, _)| format!("{folder}/{}", relation.target)),
        };
        Ok(self.part(&name)?.map(|text| (name, text)))
    }

    /// Name and text of the part that says what the file is called and who wrote it, or what its writers
    /// noted besides.
    pub fn properties(&mut self, kind: &str) -> Result<Option<(String, String)>, Fault> {
        let relations = self.relations("")?;
        self.related("", &relations, kind)
    }
}

fn damaged(error: &ZipError) -> Fault {
    Fault::new(format!("a damaged zip archive: {error}"))
}
