//! Golden trees: every `fixtures/read/*.txt` is read and shaped, and its tree compared with the file
//! `*.tree` beside it. `BLESS=1` rewrites the trees; a missing one fails.

use caveat::document::Document;
use caveat::read::plain;
use caveat::shape::{Lines, shape};
use caveat::source::Source;
use caveat::tree::tree;
use std::fs;
use std::path::{Path, PathBuf};

/// A few whole lines, as the word lists `line/residue` and `line/faq` hold them.
struct FewLines(Vec<String>);

impl FewLines {
    fn of(doc: &Document) -> FewLines {
        FewLines(doc.blocks.iter().map(|b| doc.block_text(b).to_lowercase()).collect())
    }
}

impl Lines for FewLines {
    fn is(&self, block: usize, tag: &str) -> bool {
        let terms: &[&str] = match tag {
            "residue" => &["leave a comment", "back to top button", "ad"],
            "faq" => &["faq", "frequently asked questions"],
            _ => &[],
        };
        self.0.get(block).is_some_and(|text| terms.contains(&text.as_str()))
    }

    fn is_bar(&self, _block: usize, _tag: &str) -> bool {
        false
    }
}

fn read(text: &str) -> Document {
    let mut doc = plain::read(text);
    let lines = FewLines::of(&doc);
    shape(&mut doc, &lines);
    doc
}

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/read");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    paths
}

#[test]
fn plain_text_reads_as_its_golden_tree_says() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = Vec::new();
    let paths = fixtures();
    assert!(paths.len() >= 8, "only {} fixtures", paths.len());
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let seen = tree(&read(&text), &Source::new("fixture", text));
        let golden = path.with_extension("tree");
        if bless {
            fs::write(&golden, seen).unwrap();
            continue;
        }
        match fs::read_to_string(&golden) {
            Ok(wanted) if wanted == seen => {}
            Ok(wanted) => {
                let at =
                    wanted.lines().zip(seen.lines()).position(|(w, s)| w != s).unwrap_or(wanted.lines().count().min(seen.lines().count()));
                let line = |t: &str| t.lines().nth(at).unwrap_or("(end)").to_owned();
                wrong.push(format!("{} line {}\n  golden: {}\n  seen:   {}", golden.display(), at + 1, line(&wanted), line(&seen)));
            }
            Err(_) => wrong.push(format!("{} is missing; BLESS=1 writes it", golden.display())),
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn line_ends_do_not_change_what_is_read() {
    for path in fixtures() {
        let text = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
        let kinds = |t: &str| read(t).blocks.iter().map(|b| (b.kind, b.level, b.head, b.group, b.section)).collect::<Vec<_>>();
        let (unix, dos) = (read(&text), read(&text.replace('\n', "\r\n")));
        assert_eq!(unix.text, dos.text, "{}", path.display());
        assert_eq!(kinds(&text), kinds(&text.replace('\n', "\r\n")), "{}", path.display());
        assert_eq!(kinds(&text), kinds(&text.replace('\n', "\r")), "{}", path.display());
    }
}
