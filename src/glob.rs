//! Globs over ids of lints and over paths, as people write them on the command line and in `caveat.toml`.

/// Whether an id is meant by a glob: the id itself, its family (or any folder above it), or a pattern in
/// which `*` stands for any characters.
pub fn matches(glob: &str, id: &str) -> bool {
    let glob = glob.trim_end_matches('/');
    if !glob.contains('*') {
        return id == glob || id.strip_prefix(glob).is_some_and(|rest| rest.starts_with('/'));
    }
    let mut parts = glob.split('*');
    let Some(mut rest) = id.strip_prefix(parts.next().unwrap_or("")) else { return false };
    let parts: Vec<&str> = parts.collect();
    for (i, part) in parts.iter().enumerate() {
        if i + 1 == parts.len() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = rest.get(at + part.len()..).unwrap_or(""),
            None => return false,
        }
    }
    rest.is_empty()
}

/// Whether a path (with `/`, relative to the folder that the glob counts from) is meant by a glob.
///
/// `*` and `?` stand for characters of one name, `**` for any folders, `[a-z]` and `[!a-z]` for one character.
/// A glob without `/` is a name anywhere below; one that names a folder means all in it.
pub fn matches_path(glob: &str, path: &str) -> bool {
    let glob = glob.trim_start_matches("./");
    let is_anchored = glob.trim_end_matches('/').contains('/');
    let glob = glob.trim_matches('/');
    if glob.is_empty() {
        return false;
    }
    let mut pattern: Vec<&str> = if is_anchored { Vec::new() } else { vec!["**"] };
    pattern.extend(glob.split('/'));
    // What lies in a folder that is meant is meant, too.
    pattern.push("**");
    let names: Vec<&str> = path.split('/').collect();
    folders(&pattern, &names)
}

/// Why a path glob cannot be read, if it cannot.
pub fn mistake(glob: &str) -> Option<&'static str> {
    if glob.trim_matches(['/', '.']).is_empty() {
        Some("an empty glob means nothing")
    } else if glob.starts_with('/') || glob.contains('\\') || glob.contains(':') {
        Some("a glob counts from the folder of its file and is written with `/`")
    } else if glob.split('/').any(|part| part == "..") {
        Some("a glob cannot leave the folder of its file")
    } else if glob.len() > LONGEST {
        Some("a glob of more than 512 bytes")
    } else {
        None
    }
}

/// The longest glob, in bytes: what is tried grows with glob times path.
const LONGEST: usize = 512;

/// Matches lists by turning back to the last star only, so that the work is at most glob times text.
fn starred<T>(pattern: &[T], text: usize, is_star: &dyn Fn(&T) -> bool, fits: &dyn Fn(&T, usize) -> bool) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut back: Option<(usize, usize)> = None;
    while t < text {
        if pattern.get(p).is_some_and(is_star) {
            back = Some((p + 1, t));
            p += 1;
        } else if pattern.get(p).is_some_and(|one| fits(one, t)) {
            p += 1;
            t += 1;
        } else if let Some((star, from)) = back {
            back = Some((star, from + 1));
            (p, t) = (star, from + 1);
        } else {
            return false;
        }
    }
    pattern.get(p..).unwrap_or(&[]).iter().all(is_star)
}

fn folders(pattern: &[&str], names: &[&str]) -> bool {
    starred(pattern, names.len(), &|part| *part == "**", &|part, i| names.get(i).is_some_and(|name| one_name(part, name)))
}

/// A part of a pattern: a star, any character, one of a set, or this character.
enum Piece {
    Star,
    Any,
    Set(bool, Vec<(char, char)>),
    Is(char),
}

fn one_name(pattern: &str, name: &str) -> bool {
    let chars: Vec<char> = name.chars().collect();
    let fits = |piece: &Piece, i: usize| {
        let Some(&c) = chars.get(i) else { return false };
        match piece {
            Piece::Star => false,
            Piece::Any => true,
            Piece::Set(is_not, ranges) => ranges.iter().any(|&(from, to)| from <= c && c <= to) != *is_not,
            Piece::Is(is) => *is == c,
        }
    };
    starred(&pieces(pattern), chars.len(), &|piece| matches!(piece, Piece::Star), &fits)
}

fn pieces(pattern: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = pattern.chars();
    while let Some(c) = rest.next() {
        pieces.push(match c {
            '*' => Piece::Star,
            '?' => Piece::Any,
            '[' => match rest.as_str().split_once(']') {
                Some((set, after)) if !set.is_empty() => {
                    rest = after.chars();
                    let is_not = set.starts_with(['!', '^']);
                    Piece::Set(is_not, ranges(set.trim_start_matches(['!', '^'])))
                }
                _ => Piece::Is('['),
            },
            c => Piece::Is(c),
        });
    }
    pieces
}

fn ranges(set: &str) -> Vec<(char, char)> {
    let chars: Vec<char> = set.chars().collect();
    let mut ranges = Vec::new();
    let mut at = 0;
    while let Some(&from) = chars.get(at) {
        match (chars.get(at + 1), chars.get(at + 2)) {
            (Some('-'), Some(&to)) => {
                ranges.push((from, to));
                at += 3;
            }
            _ => {
                ranges.push((from, from));
                at += 1;
            }
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_mean_ids_families_and_patterns() {
        for (glob, id, wanted) in [
            ("overclaim/cure", "overclaim/cure", true),
            ("overclaim", "overclaim/cure", true),
            ("overclaim/", "overclaim/cure", true),
            ("over", "overclaim/cure", false),
            ("overclaim/*", "overclaim/cure", true),
            ("*/cure", "overclaim/cure", true),
            ("*cure*", "overclaim/cure-word", true),
            ("words/cue/*", "words/cue/hedge", true),
            ("*", "anything", true),
            ("over*x", "overclaim/cure", false),
            ("cure", "overclaim/cure", false),
        ] {
            assert_eq!(matches(glob, id), wanted, "{glob} {id}");
        }
    }

    #[test]
    fn path_globs_mean_names_folders_and_patterns() {
        for (glob, path, wanted) in [
            ("news/**", "news/a.md", true),
            ("news/**", "news/2024/a.md", true),
            ("news/**", "old/news/a.md", false),
            ("**/news/**", "old/news/a.md", true),
            ("news", "old/news/a.md", true),
            ("news/", "old/news/a.md", true),
            ("news/2024", "news/2024/a.md", true),
            ("news/2024", "old/news/2024/a.md", false),
            ("*.txt", "a/b/c.txt", true),
            ("*.txt", "a/b/c.txt.md", false),
            ("a/*.txt", "a/b/c.txt", false),
            ("a/**/c.txt", "a/c.txt", true),
            ("./a/?.md", "a/b.md", true),
            ("a/[!b-d].md", "a/b.md", false),
            ("a/[b-d].md", "a/c.md", true),
            ("a/[é].md", "a/é.md", true),
            ("a/[.md", "a/[.md", true),
            ("", "a", false),
            ("/", "a", false),
        ] {
            assert_eq!(matches_path(glob, path), wanted, "{glob} {path}");
        }
    }

    #[test]
    fn a_hostile_glob_takes_no_time() {
        let glob = "*a".repeat(200);
        let path = "a".repeat(4000) + "b";
        assert!(!matches_path(&glob, &path));
        let deep = "**/a/".repeat(90) + "b";
        assert!(!matches_path(&deep, &"a/".repeat(2000)));
    }

    #[test]
    fn globs_that_leave_their_folder_are_mistakes() {
        for glob in ["../a", "a/../../b", "/etc", "C:\\x", "", ".", "a\\b"] {
            assert!(mistake(glob).is_some(), "{glob}");
        }
        assert_eq!(mistake("news/**"), None);
    }
}
