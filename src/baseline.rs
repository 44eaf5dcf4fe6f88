//! What was found before and is set aside, so that only what is new speaks. A file of entries by path,
//! lint and fingerprint, without line numbers: edits elsewhere in an article change nothing.

use crate::finding::Finding;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of the file's shape.
pub const VERSION: u32 = 1;
/// What the file is called unless it is told.
pub const NAME: &str = "caveat.baseline.json";
/// Characters of the words of a finding that are kept, for whoever reads the file.
const WORDS: usize = 60;

/// Findings that are set aside.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Baseline {
    entries: BTreeMap<Key, Held>,
}

/// Path with `/`, lint, fingerprint.
type Key = (String, String, String);

#[derive(Clone, Debug, PartialEq)]
struct Held {
    count: usize,
    used: usize,
    text: String,
}

/// The file as it is written.
#[derive(Deserialize)]
struct Written {
    version: u32,
    findings: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    path: String,
    lint: String,
    fingerprint: String,
    #[serde(default = "once", skip_serializing_if = "is_once")]
    count: usize,
    /// The words, for people.
    #[serde(default)]
    text: String,
}

fn once() -> usize {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_once(count: &usize) -> bool {
    *count == 1
}

impl Baseline {
    /// Reads a file.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Baseline, String> {
        let written: Written = serde_json::from_str(text).map_err(|error| format!("is no baseline: {error}"))?;
        if written.version != VERSION {
            return Err(format!("is a baseline of version {}; this caveat reads version {VERSION}", written.version));
        }
        let mut baseline = Baseline::default();
        for Entry { path, lint, fingerprint, count, text } in written.findings {
            baseline.hold((path, lint, fingerprint), count, text);
        }
        Ok(baseline)
    }

    /// The file: an entry a line, in order, so that it can be read and merged.
    pub fn render(&self) -> String {
        let mut out = format!("{{\"version\":{VERSION},\"findings\":[");
        for (i, ((path, lint, fingerprint), held)) in self.entries.iter().enumerate() {
            let entry = Entry {
                path: path.clone(),
                lint: lint.clone(),
                fingerprint: fingerprint.clone(),
                count: held.count,
                text: held.text.clone(),
            };
            out.push_str(if i == 0 { "\n" } else { ",\n" });
            // Plain texts and a number: cannot fail.
            out.push_str(&serde_json::to_string(&entry).unwrap_or_default());
        }
        out.push_str("\n]}\n");
        out
    }

    fn hold(&mut self, key: Key, count: usize, text: String) {
        let held = self.entries.entry(key).or_insert(Held { count: 0, used: 0, text });
        held.count = held.count.saturating_add(count);
    }

    /// Sets a finding of the article at `path` aside; `words` is what it points at.
    pub fn add(&mut self, path: &str, finding: &Finding, words: &str) {
        let words: Vec<&str> = words.split_whitespace().collect();
        self.hold(key(path, finding), 1, words.join(" ").chars().take(WORDS).collect());
    }

    /// Whether a finding is set aside; each entry answers as often as it counts.
    pub fn takes(&mut self, path: &str, finding: &Finding) -> bool {
        match self.entries.get_mut(&key(path, finding)) {
            Some(held) if held.used < held.count => {
                held.used += 1;
                true
            }
            _ => false,
        }
    }

    /// Takes out what was not found again, of those entries for whose path and lint `is_judged` holds.
    /// Returns how many findings that were.
    pub fn prune(&mut self, is_judged: &dyn Fn(&str, &str) -> bool) -> usize {
        let mut stale = 0;
        self.entries.retain(|(path, lint, _), held| {
            if held.used < held.count && is_judged(path, lint) {
                stale += held.count - held.used;
                held.count = held.used;
            }
            held.count > 0
        });
        stale
    }

    /// Takes out the entries for whose path and lint `is_meant` holds.
    pub fn forget(&mut self, is_meant: &dyn Fn(&str, &str) -> bool) {
        self.entries.retain(|(path, lint, _), _| !is_meant(path, lint));
    }

    /// Takes over all entries of another.
    pub fn merge(&mut self, other: Baseline) {
        for (key, held) in other.entries {
            self.hold(key, held.count, held.text);
        }
    }

    /// How many findings it holds, in how many articles.
    pub fn counts(&self) -> (usize, usize) {
        let mut paths: Vec<&str> = self.entries.keys().map(|k| k.0.as_str()).collect();
        paths.dedup();
        (self.entries.values().map(|h| h.count).sum(), paths.len())
    }

    /// How many findings were set aside so far.
    pub fn used(&self) -> usize {
        self.entries.values().map(|h| h.used).sum()
    }
}

fn key(path: &str, finding: &Finding) -> Key {
    (path.to_owned(), finding.lint.clone(), format!("{:016x}", finding.fingerprint))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Level;
    use crate::source::Span;

    fn finding(lint: &str, fingerprint: u64) -> Finding {
        Finding {
            lint: lint.to_owned(),
            level: Level::Error,
            span: Span::default(),
            message: String::new(),
            help: String::new(),
            related: Vec::new(),
            also: Vec::new(),
            fingerprint,
        }
    }

    #[test]
    fn what_is_written_is_read_back_and_answers_once_for_each_count() {
        let mut baseline = Baseline::default();
        baseline.add("b.md", &finding("x/y", 7), "a\n  \"word\"");
        baseline.add("a.md", &finding("x/y", 7), "w");
        baseline.add("a.md", &finding("x/y", 7), "w");
        let text = baseline.render();
        assert_eq!(text.lines().count(), 4);
        assert!(text.contains(r#"{"path":"b.md","lint":"x/y","fingerprint":"0000000000000007","text":"a \"word\""}"#), "{text}");
        let mut read = Baseline::parse(&text).unwrap();
        assert_eq!((&read, read.counts()), (&baseline, (3, 2)));
        let taken: Vec<bool> = (0..3).map(|_| read.takes("a.md", &finding("x/y", 7))).collect();
        assert_eq!(taken, [true, true, false]);
        assert!(!read.takes("b.md", &finding("x/z", 7)) && !read.takes("b.md", &finding("x/y", 8)));
        assert_eq!(read.used(), 2);
    }

    #[test]
    fn only_what_was_judged_is_pruned() {
        let mut baseline = Baseline::default();
        for path in ["a.md", "b.md"] {
            baseline.add(path, &finding("x/y", 1), "");
            baseline.add(path, &finding("x/z", 2), "");
        }
        assert!(baseline.takes("a.md", &finding("x/y", 1)));
        assert_eq!(baseline.prune(&|path, _| path == "a.md"), 1);
        assert_eq!(baseline.counts(), (3, 2));
    }

    #[test]
    fn what_is_no_baseline_is_told() {
        for (text, wanted) in [("", "is no baseline"), ("[]", "is no baseline"), (r#"{"version":9,"findings":[]}"#, "version 9")] {
            assert!(Baseline::parse(text).is_err_and(|e| e.contains(wanted)), "{text}");
        }
    }
}
