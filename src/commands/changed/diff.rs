//! Reads a patch without context: which lines of which files are new. The lines of a hunk are skipped by
//! the count in its header, so that an article that looks like a patch changes nothing.

/// Lines of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lines {
    /// All of them.
    All,
    /// Ranges, ascending.
    Some(Vec<Range>),
}

impl Lines {
    /// Whether one of the lines `first..=last` is among them.
    pub fn touch(&self, first: usize, last: usize) -> bool {
        match self {
            Lines::All => true,
            Lines::Some(ranges) => {
                let i = ranges.partition_point(|r| r.1 < first);
                ranges.get(i).is_some_and(|r| r.0 <= last)
            }
        }
    }
}

/// First and last line, from 1.
pub type Range = (usize, usize);

/// The files of a patch with their new lines.
pub fn read(patch: &[u8]) -> Vec<(Vec<u8>, Vec<Range>)> {
    let mut files: Vec<(Vec<u8>, Vec<Range>)> = Vec::new();
    let mut lines = patch.split(|&b| b == b'\n');
    while let Some(line) = lines.next() {
        if let Some(name) = line.strip_prefix(b"+++ ") {
            let name = unquoted(name.strip_suffix(b"\t").unwrap_or(name));
            files.push((name.strip_prefix(b"b/").unwrap_or(&name).to_vec(), Vec::new()));
        } else if let Some((old, new, start)) = line.strip_prefix(b"@@ -").and_then(hunk) {
            if let Some((_, ranges)) = files.last_mut().filter(|_| new > 0) {
                ranges.push((start, start.saturating_add(new - 1)));
            }
            // A line "\ No newline at end of file" is no line of either side; it is no header either.
            for _ in 0..old.saturating_add(new) {
                loop {
                    match lines.next() {
                        None => return files,
                        Some(line) if line.starts_with(b"\\ ") => {}
                        Some(_) => break,
                    }
                }
            }
        }
    }
    files
}

/// `1,2 +3,4 @@ ...`: lines taken away, lines added, where they start.
fn hunk(rest: &[u8]) -> Option<(usize, usize, usize)> {
    let text = std::str::from_utf8(rest.split(|&b| b == b'@').next()?).ok()?;
    let (old, new) = text.trim().split_once(" +")?;
    let count = |side: &str| side.split_once(',').map_or(Some(1), |(_, n)| n.parse().ok());
    Some((count(old)?, count(new)?, new.split(',').next()?.parse().ok()?))
}

/// A name as git writes it: in quotes, with escapes as in C, when it holds what a line cannot.
fn unquoted(name: &[u8]) -> Vec<u8> {
    let Some(inner) = name.strip_prefix(b"\"").and_then(|n| n.strip_suffix(b"\"")) else { return name.to_vec() };
    let mut out = Vec::with_capacity(inner.len());
    let mut bytes = inner.iter().copied().peekable();
    while let Some(b) = bytes.next() {
        if b != b'\\' {
            out.push(b);
            continue;
        }
        match bytes.next() {
            Some(b'n') => out.push(b'\n'),
            Some(b't') => out.push(b'\t'),
            Some(b'r') => out.push(b'\r'),
            Some(b'a') => out.push(7),
            Some(b'b') => out.push(8),
            Some(b'v') => out.push(11),
            Some(b'f') => out.push(12),
            Some(digit @ b'0'..=b'7') => {
                let mut value = u32::from(digit - b'0');
                for _ in 0..2 {
                    if let Some(next) = bytes.next_if(|b| matches!(b, b'0'..=b'7')) {
                        value = value * 8 + u32::from(next - b'0');
                    }
                }
                out.push((value & 0xff) as u8);
            }
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn new_lines_are_read_and_a_text_that_looks_like_a_patch_is_not() {
        let patch = b"diff --git a/a b.md b/a b.md\nindex 1..2 100644\n--- a/a b.md\t\n+++ b/a b.md\t\n@@ -2 +2,3 @@ x @@ +9,9\n-old\n+++ b/evil.md\n+@@ -0,0 +1,99 @@\n+new\n\\ No newline at end of file\n@@ -9,2 +10,0 @@\n-a\n-b\ndiff --git \"a/n\\nl.md\" \"b/n\\nl.md\"\n--- /dev/null\n+++ \"b/n\\nl\\303\\251.md\"\n@@ -0,0 +1 @@\n+x\n";
        let files = read(patch);
        assert_eq!(files, [(b"a b.md".to_vec(), vec![(2, 4)]), ("n\nlé.md".as_bytes().to_vec(), vec![(1, 1)])]);
    }

    #[test]
    fn a_place_touches_the_lines_that_it_reaches() {
        let lines = Lines::Some(vec![(2, 3), (7, 7)]);
        let touched: Vec<bool> = [(1, 1), (1, 2), (3, 5), (4, 6), (6, 9), (8, 8)].map(|(a, b)| lines.touch(a, b)).into();
        assert_eq!(touched, [false, true, true, false, true, false]);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..200), lines in "(\\+\\+\\+ b/a\n|@@ -[0-9]{1,25},[0-9] \\+[0-9]{1,25}(,[0-9]{1,25})? @@\n|\\+x\n){0,9}") {
            read(&bytes);
            read(lines.as_bytes());
        }
    }
}
