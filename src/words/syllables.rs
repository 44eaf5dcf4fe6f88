//! Syllables of words, for the reading grade: those of known words are counted when caveat is built.

/// Which bytes are vowels.
const VOWELS: [bool; 256] = {
    let mut vowels = [false; 256];
    let mut b = 0;
    while b < 128 {
        vowels[b] = matches!(b as u8 | 0x20, b'a' | b'e' | b'i' | b'o' | b'u' | b'y') && b >= 0x40;
        b += 1;
    }
    vowels
};

/// Syllables of an English word: groups of vowels, less a silent final `e`, at least one.
pub fn syllables(word: &str) -> usize {
    let mut groups = 0;
    let mut vowel = false;
    let mut last = 0;
    let mut before = false;
    for b in word.bytes() {
        before = vowel;
        vowel = VOWELS[usize::from(b)];
        groups += usize::from(vowel && !before);
        last = b | 0x20;
    }
    let ends = |end: &str| {
        word.len().checked_sub(end.len()).and_then(|at| word.as_bytes().get(at..)).is_some_and(|e| e.eq_ignore_ascii_case(end.as_bytes()))
    };
    let silent = groups > 1 && (last == b'e' && !before && !ends("le") || last == b'd' && ends("ed") && !ends("ted") && !ends("ded"));
    (groups - usize::from(silent && groups > 0)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_groups_of_vowels_without_a_silent_e() {
        for (word, n) in [
            ("take", 1),
            ("magnesium", 3),
            ("the", 1),
            ("table", 2),
            ("water", 2),
            ("helped", 1),
            ("wanted", 2),
            ("Dr", 1),
            ("élan", 1),
            ("", 1),
        ] {
            assert_eq!(syllables(word), n, "{word}");
        }
    }
}
