//! How well headings and list items are inferred where markup was lost: Markdown and web pages are
//! stripped to text, with and without blank lines between blocks, and read again; what their markup said
//! is the truth. Runs on our own articles with a floor; on any other folder with
//! `CAVEAT_ARTICLES=FOLDER cargo test --test headings -- --ignored --nocapture`, which prints the figures
//! and, with `CAVEAT_SHOW=1`, every line that was taken wrongly.

use caveat::check::{Checker, Options};
use caveat::document::{Block, BlockKind, Document};
use caveat::embedded;
use caveat::read::{self, Format};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

static CHECKER: LazyLock<Checker> = LazyLock::new(|| Checker::new(embedded::catalog(), Options::default(), &|_| false));

/// How the stripped text looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    /// A blank line between blocks, bullets before items.
    Spaced,
    /// Every block on the line after the one before it, bullets before items.
    Tight,
    /// As `Spaced`, but the items have lost their bullets too.
    Bare,
}

#[derive(Clone, Copy, Default)]
struct Count {
    truth: usize,
    seen: usize,
    matched: usize,
}

impl Count {
    fn precision(self) -> f64 {
        self.matched as f64 / self.seen.max(1) as f64
    }
    fn recall(self) -> f64 {
        self.matched as f64 / self.truth.max(1) as f64
    }
}

#[derive(Default)]
struct Measure {
    articles: usize,
    headings: Count,
    /// Headings without those that only markup tells, see [`is_open`] and [`links`].
    told: Count,
    items: Count,
    /// For each percentage of how sure a heading is: headings right, and all.
    sure: Sure,
}

/// Right and all, by percentage.
type Sure = BTreeMap<u8, (usize, usize)>;

fn articles(folder: &Path) -> Vec<PathBuf> {
    let mut folders = vec![folder.to_owned()];
    let mut paths = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if matches!(Format::from_path(&path), Some(Format::Markdown | Format::Mdx | Format::Html)) {
                paths.push(path);
            }
        }
    }
    paths.sort();
    paths
}

fn shaped(mut doc: Document) -> Document {
    drop(CHECKER.annotate(&mut doc));
    doc
}

fn words(doc: &Document, block: &Block) -> String {
    doc.block_text(block).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_heading(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Title | BlockKind::Heading) || block.kind == BlockKind::Question && block.level > 0
}

/// Bytes of the longest heading: where a converter wrote a whole article on the line of its title, there is
/// nothing to be found again.
const LONGEST: usize = 200;

fn is_item(block: &Block) -> bool {
    block.kind == BlockKind::ListItem
}

/// The words of an article without its markup.
fn strip(doc: &Document, layout: Layout) -> String {
    let mut out = String::new();
    let mut above: Option<&Block> = None;
    for block in doc.blocks.iter().filter(|b| !matches!(b.kind, BlockKind::Residue | BlockKind::Code)) {
        let same_row = above.is_some_and(|a| block.kind == BlockKind::Cell && (a.group, a.row) == (block.group, block.row));
        let same_group = above.is_some_and(|a| block.group > 0 && a.group > 0 && (a.kind, block.kind == a.kind) == (block.kind, true));
        match above {
            None => {}
            Some(_) if same_row => out.push('\t'),
            Some(_) if layout == Layout::Tight || same_group => out.push('\n'),
            Some(_) => out.push_str("\n\n"),
        }
        if is_item(block) && layout != Layout::Bare {
            out.extend(std::iter::repeat_n("  ", usize::from(block.level.saturating_sub(1))));
            out.push_str("- ");
        }
        out.push_str(&words(doc, block));
        above = Some(block);
    }
    out.push('\n');
    out
}

/// Whether a line ends with a colon right above a list, or above a line that is no sentence. Whether such a line
/// is a heading ("See a doctor if:") or leads into what is listed, nothing but markup tells; it does the same.
fn is_open(doc: &Document, block: &Block) -> bool {
    let below = doc.blocks.iter().find(|b| b.text.start >= block.text.end);
    let is_list = |b: &Block| is_item(b) || !is_heading(b) && !doc.block_text(b).trim_end().ends_with(['.', '!', '?', ')', '"', '”']);
    doc.block_text(block).trim_end().ends_with(':') && below.is_some_and(is_list)
}

/// Lines that are a link and nothing else: links are markup, and a short line without one looks like a heading.
fn links(truth: &Document) -> HashSet<String> {
    let is_link = |b: &&Block| truth.links.iter().any(|l| !l.image && l.text.start <= b.text.start && l.text.end >= b.text.end);
    truth.blocks.iter().filter(|b| !is_heading(b)).filter(is_link).map(|b| words(truth, b)).collect()
}

/// The headings that a text without markup can tell.
fn tell(truth: &Document, seen: &Document, count: &mut Count, wrong: &mut Vec<String>) {
    let links = links(truth);
    let told = |doc: &Document| -> Vec<String> {
        let headings = doc.blocks.iter().filter(|b| is_heading(b) && b.text.len() <= LONGEST && !is_open(doc, b));
        headings.map(|b| words(doc, b)).collect()
    };
    let mut left = told(truth);
    count.truth += left.len();
    for text in told(seen) {
        if let Some(at) = left.iter().position(|t| *t == text) {
            left.swap_remove(at);
            count.matched += 1;
        } else if links.contains(&text) {
            continue;
        } else {
            wrong.push(format!("told + {text}"));
        }
        count.seen += 1;
    }
    wrong.extend(left.iter().map(|text| format!("told - {text}")));
}

fn compare(truth: &Document, seen: &Document, is: fn(&Block) -> bool, count: &mut Count, sure: &mut Sure, wrong: &mut Vec<String>) {
    let mut left: HashMap<String, usize> = HashMap::new();
    let within = |b: &&Block| is_item(b) || b.text.len() <= LONGEST;
    for block in truth.blocks.iter().filter(|b| is(b)).filter(within) {
        *left.entry(words(truth, block)).or_default() += 1;
        count.truth += 1;
    }
    for block in seen.blocks.iter().filter(|b| is(b)) {
        count.seen += 1;
        let text = words(seen, block);
        let said = sure.entry(block.inferred).or_default();
        said.1 += 1;
        match left.get_mut(&text).filter(|n| **n > 0) {
            Some(n) => {
                *n -= 1;
                count.matched += 1;
                said.0 += 1;
            }
            None => wrong.push(format!("+ {}% {text}", block.inferred)),
        }
    }
    wrong.extend(left.into_iter().filter(|(_, n)| *n > 0).map(|(text, _)| format!("- {text}")));
}

fn measure(paths: &[PathBuf], layout: Layout, show: bool) -> Measure {
    let mut measure = Measure::default();
    for path in paths {
        let Ok(text) = fs::read_to_string(path) else { continue };
        let truth = shaped(read::read(&text, Format::from_path(path).unwrap()));
        let seen = shaped(read::read(&strip(&truth, layout), Format::Text));
        measure.articles += 1;
        let mut wrong = Vec::new();
        compare(&truth, &seen, is_heading, &mut measure.headings, &mut measure.sure, &mut wrong);
        tell(&truth, &seen, &mut measure.told, &mut wrong);
        let headings = wrong.len();
        compare(&truth, &seen, is_item, &mut measure.items, &mut Sure::new(), &mut wrong);
        for (n, line) in wrong.iter().enumerate().filter(|_| show) {
            let what = if n < headings { "heading" } else { "item" };
            println!("{layout:?} {} {what} {}", path.file_name().unwrap().to_string_lossy(), line.chars().take(140).collect::<String>());
        }
    }
    for (name, count) in [("headings", measure.headings), ("headings that words alone tell", measure.told), ("items", measure.items)] {
        println!(
            "{layout:?}: {name} of {} articles: precision {:.3}, recall {:.3} ({} stated, {} inferred)",
            measure.articles,
            count.precision(),
            count.recall(),
            count.truth,
            count.seen
        );
    }
    let sure: Vec<String> = measure.sure.iter().map(|(sure, (right, all))| format!("{sure}%: {right} of {all}")).collect();
    println!("{layout:?}: headings said to be sure by {}", sure.join(", "));
    measure
}

#[test]
fn headings_and_items_are_found_again_in_our_own_articles() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/articles");
    let paths = articles(&folder);
    assert!(paths.len() >= 20, "only {} articles", paths.len());
    for (layout, floor) in [(Layout::Spaced, 0.95), (Layout::Tight, 0.85)] {
        let measure = measure(&paths, layout, false);
        for (name, count) in [("headings", measure.headings), ("items", measure.items)] {
            assert!(count.truth > 50, "{layout:?}: only {} {name}", count.truth);
            assert!(count.precision() >= floor, "{layout:?} {name}: precision {:.3}", count.precision());
            assert!(count.recall() >= floor, "{layout:?} {name}: recall {:.3}", count.recall());
        }
    }
}

#[test]
#[ignore = "measures the folder that CAVEAT_ARTICLES names"]
fn measure_a_folder() {
    let folder = std::env::var_os("CAVEAT_ARTICLES").expect("CAVEAT_ARTICLES names a folder");
    let show = std::env::var_os("CAVEAT_SHOW").is_some();
    let paths = articles(Path::new(&folder));
    for layout in [Layout::Spaced, Layout::Tight, Layout::Bare] {
        measure(&paths, layout, show);
    }
}
