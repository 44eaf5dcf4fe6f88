//! Splits text into words, numbers and punctuation, once; everything above works on their ids.

use super::contraction::Contractions;

/// How a word is written: a small set of facts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape(pub u8);

impl Shape {
    /// White space or the start of the text stands before it.
    pub const SPACED: Shape = Shape(1);
    /// The first letter is a capital.
    pub const CAPITAL: Shape = Shape(2);
    /// At least two letters, all capitals (digits may be among them).
    pub const UPPER: Shape = Shape(4);
    /// A number: digits, with separators.
    pub const NUMBER: Shape = Shape(8);
    /// Punctuation or another sign.
    pub const PUNCTUATION: Shape = Shape(16);
    /// A possessive or contracted `'s` follows, and is part of the span.
    pub const POSSESSIVE: Shape = Shape(32);
    /// Capitals with a small plural `s`, as in "SSRIs"; looked up without it.
    pub const PLURAL: Shape = Shape(64);

    /// A sign that a phrase does not reach over: `;` `:` `?` `!` a bracket or a dash.
    pub const BREAK: Shape = Shape(128);

    /// Whether all of `other` hold.
    pub fn contains(self, other: Shape) -> bool {
        self.0 & other.0 == other.0
    }
}

impl std::ops::BitOr for Shape {
    type Output = Shape;
    fn bitor(self, other: Shape) -> Shape {
        Shape(self.0 | other.0)
    }
}

/// A stretch of text that is one word, number or sign.
#[derive(Clone, Copy, Debug)]
pub struct Raw {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// How it is written.
    pub shape: Shape,
}

/// What a byte can be in a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Lower,
    Upper,
    Digit,
    /// A byte of a character that is not ASCII.
    High,
    Sign,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Sign; 256];
    let mut b = 0;
    while b < 256 {
        classes[b] = match b as u8 {
            b' ' | b'\n' | b'\t' | b'\r' => Class::Space,
            b'a'..=b'z' => Class::Lower,
            b'A'..=b'Z' => Class::Upper,
            b'0'..=b'9' => Class::Digit,
            0x80.. => Class::High,
            _ => Class::Sign,
        };
        b += 1;
    }
    classes
};

/// Calls `each` for every word, number and sign of `text`, in order. Hyphens and slashes between
/// letters separate words and are no signs themselves.
pub fn split(text: &str, contractions: &Contractions, each: &mut impl FnMut(Raw)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut spaced = true;
    while let Some(&b) = bytes.get(at) {
        let class = CLASSES[usize::from(b)];
        if class == Class::Space {
            spaced = true;
            at += 1;
            continue;
        }
        let start = at;
        // Where the verb of a contraction begins in the word.
        let mut verb = None;
        let mut shape = if spaced { Shape::SPACED } else { Shape::default() };
        match class {
            Class::Lower | Class::Upper => {
                if class == Class::Upper {
                    shape = shape | Shape::CAPITAL;
                }
                match plain_end(bytes, at) {
                    Some(end) => at = end,
                    None => {
                        (at, shape) = word(text, at, shape);
                        verb = text.get(start..at).and_then(|word| contractions.cut(word));
                    }
                }
            }
            Class::Digit => {
                at = number_end(bytes, at);
                shape = shape | Shape::NUMBER;
            }
            Class::High if is_letter_at(text, at) => (at, shape) = word(text, at, shape),
            _ => {
                at += char_len(b);
                let joins = matches!(b, b'-' | b'/') && !spaced && at < bytes.len() && is_word_at(text, at) && start > 0;
                if joins && bytes[start - 1] != b' ' {
                    spaced = false;
                    continue;
                }
                let sign = text.get(start..at).unwrap_or("");
                if if b < 0x80 { b.is_ascii_control() } else { is_blank_sign(sign) } {
                    continue;
                }
                shape = shape | Shape::PUNCTUATION;
                if matches!(b, b';' | b':' | b'?' | b'!' | b'(' | b')' | b'[' | b']' | b'|') || sign == "—" {
                    shape = shape | Shape::BREAK;
                }
            }
        }
        let end = verb.map_or(at, |verb| start + verb);
        let shape = if verb.is_some() { Shape(shape.0 & !Shape::POSSESSIVE.0) } else { shape };
        each(Raw { start: start as u32, end: end as u32, shape });
        if end < at {
            each(Raw { start: end as u32, end: at as u32, shape: Shape::default() });
        }
        spaced = false;
    }
}

/// Where a word ends of which all letters but the first are small, and that ends before a space or a sign; `None` where
/// it has to be looked at closely.
fn plain_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    while let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        let run = (!in_range(u64::from_le_bytes(*eight), b'a', b'z') & HIGH).trailing_zeros() as usize / 8;
        at += run;
        if run < 8 {
            break;
        }
    }
    while bytes.get(at).is_some_and(u8::is_ascii_lowercase) {
        at += 1;
    }
    let ends = match bytes.get(at).map_or(Class::Space, |b| CLASSES[usize::from(*b)]) {
        Class::Space => true,
        // A dot may stand between single letters.
        Class::Sign => !matches!(bytes[at], b'\'') && (bytes[at] != b'.' || at > start + 1),
        _ => false,
    };
    ends.then_some(at)
}

fn number_end(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() {
        let inner = matches!(bytes[at], b'.' | b',') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        if !bytes[at].is_ascii_digit() && !inner {
            break;
        }
        at += 1;
    }
    at
}

fn word(text: &str, start: usize, mut shape: Shape) -> (usize, Shape) {
    let bytes = text.as_bytes();
    let mut at = start;
    let mut letters = 0;
    let mut capitals = 0;
    let mut last = b' ';
    if bytes[at].is_ascii_uppercase() || (bytes[at] >= 0x80 && text[at..].chars().next().is_some_and(char::is_uppercase)) {
        shape = shape | Shape::CAPITAL;
    }
    while let Some(&b) = bytes.get(at) {
        let class = CLASSES[usize::from(b)];
        if matches!(class, Class::Lower | Class::Upper | Class::Digit) {
            letters += 1;
            capitals += u32::from(class != Class::Lower);
            last = b;
            at += 1;
        } else if class == Class::Space {
            break;
        } else if b == b'.' {
            // "e.g", "U.S": a dot between single letters stays inside the word.
            let single = at == start + 1 || (at >= 2 && bytes[at - 2] == b'.');
            if single && bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic) && !bytes.get(at + 2).is_some_and(u8::is_ascii_alphanumeric)
            {
                at += 1;
            } else {
                break;
            }
        } else if b == b'\'' || bytes[at..].starts_with("’".as_bytes()) {
            let length = if b == b'\'' { 1 } else { 3 };
            let after = &bytes[at + length..];
            let letter = after.first().copied().unwrap_or(b' ').to_ascii_lowercase();
            let next = after.get(1).copied().unwrap_or(b' ');
            if letter == b's' && !next.is_ascii_alphanumeric() {
                at += length + 1;
                shape = shape | Shape::POSSESSIVE;
                break;
            }
            if letter.is_ascii_alphabetic() {
                at += length;
            } else {
                break;
            }
        } else if b >= 0x80 && is_letter_at(text, at) {
            letters += 1;
            capitals += u32::from(text[at..].chars().next().is_some_and(char::is_uppercase));
            at += char_len(b);
        } else {
            break;
        }
    }
    if letters >= 2 && capitals == letters {
        shape = shape | Shape::UPPER;
    } else if letters >= 3
        && capitals + 1 == letters
        && last == b's'
        && !shape.contains(Shape::POSSESSIVE)
        && text.as_bytes()[at - 1] == b's'
    {
        shape = shape | Shape::UPPER | Shape::PLURAL;
    }
    (at, shape)
}

fn char_len(first: u8) -> usize {
    match first {
        0..0x80 => 1,
        0x80..0xe0 => 2,
        0xe0..0xf0 => 3,
        _ => 4,
    }
}

fn is_letter_at(text: &str, at: usize) -> bool {
    let b = text.as_bytes()[at];
    b.is_ascii_alphabetic() || (b >= 0x80 && text[at..].chars().next().is_some_and(|c| c.is_alphabetic() || is_combining(c)))
}

fn is_word_at(text: &str, at: usize) -> bool {
    text.as_bytes()[at].is_ascii_digit() || is_letter_at(text, at)
}

const EACH: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * EACH;

/// The highest bit of each of eight bytes that is one of a range of ASCII, all at once (Mycroft's test).
fn in_range(bytes: u64, from: u8, to: u8) -> u64 {
    let low = bytes & (0x7f * EACH);
    let from = low + u64::from(0x80 - from) * EACH;
    let above = low + u64::from(0x7f - to) * EACH;
    (from ^ above) & !bytes & HIGH
}

/// Eight bytes with their ASCII letters in lower case, all at once.
pub fn lower(bytes: u64) -> u64 {
    bytes | in_range(bytes, b'A', b'Z') >> 2
}

fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Signs that nobody sees.
fn is_blank_sign(sign: &str) -> bool {
    sign.chars().all(|c| c.is_whitespace() || c.is_control() || ('\u{fe00}'..='\u{fe0f}').contains(&c))
}

/// The form in which a word is looked up: lower case, straight apostrophes, no possessive, one sign for
/// each kind of quote and dash.
pub fn normal(word: &str, shape: Shape, contractions: &Contractions) -> String {
    let mut out = String::with_capacity(word.len());
    normal_into(word, shape, contractions, &mut out);
    out
}

/// [`normal`], into a buffer that is cleared first.
pub fn normal_into(word: &str, shape: Shape, contractions: &Contractions, out: &mut String) {
    out.clear();
    if let Some(verb) = contractions.verb(word) {
        return out.push_str(verb);
    }
    let word = if shape.contains(Shape::POSSESSIVE) {
        word.strip_suffix(['s', 'S']).map_or(word, |w| w.strip_suffix('\'').or_else(|| w.strip_suffix('’')).unwrap_or(w))
    } else if shape.contains(Shape::PLURAL) {
        word.strip_suffix('s').unwrap_or(word)
    } else {
        word
    };
    for c in word.chars() {
        match c {
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            '’' | '‘' => out.push('\''),
            '“' | '”' | '„' | '«' | '»' => out.push('"'),
            '–' | '—' | '‒' | '―' => out.push('—'),
            _ if c.is_ascii() => out.push(c),
            _ if is_combining(c) => {}
            _ => out.extend(c.to_lowercase()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        let contractions = crate::embedded::catalog().lexicon.contractions;
        split(text, &contractions, &mut |r| out.push(normal(&text[r.start as usize..r.end as usize], r.shape, &contractions)));
        out
    }

    #[test]
    fn words_numbers_and_signs_are_told_apart() {
        assert_eq!(words("Anti-inflammatory and/or 1,500mg, B12."), ["anti", "inflammatory", "and", "or", "1,500", "mg", ",", "b12", "."]);
        assert_eq!(
            words("magnesium’s don’t e.g. U.S. 0.5 — “x”"),
            ["magnesium", "don't", "e.g", ".", "u.s", ".", "0.5", "—", "\"", "x", "\""]
        );
        assert_eq!(words("It’s they'll zinc's, what's"), ["it", "is", "they", "will", "zinc", ",", "what", "is"]);
        assert_eq!(words("ends. Next 3rd"), ["ends", ".", "next", "3", "rd"]);
        assert_eq!(words("a - b -c"), ["a", "-", "b", "-", "c"]);
    }

    #[test]
    fn eight_letters_are_lowered_as_one_by_one() {
        for b in 0..=255u8 {
            let bytes = [b, b'Z', b'[', 0, b, b'@', b'A', b];
            assert_eq!(lower(u64::from_le_bytes(bytes)).to_le_bytes(), bytes.map(|b| b.to_ascii_lowercase()), "{b}");
        }
    }

    #[test]
    fn plain_words_are_split_as_all_words_are() {
        let text = "a Zinc I I.E. e.g. magnesium magnesiums supplementation it's U.S a.b ab.c x-ray b12 Vitamins abcdefgh abcdefghi \
                    naïve café don’t SSRIs Abs.";
        for from in (0..text.len()).filter(|&at| text.is_char_boundary(at)) {
            let text = &text[from..];
            if let Some(end) =
                Some(text).filter(|t| t.starts_with(|c: char| c.is_ascii_alphabetic())).and_then(|t| plain_end(t.as_bytes(), 0))
            {
                let capital = if text.starts_with(char::is_uppercase) { Shape::CAPITAL } else { Shape::default() };
                assert_eq!(word(text, 0, Shape::default()), (end, capital), "{text}");
            }
        }
    }

    #[test]
    fn shapes_tell_capitals_possessives_and_spaces() {
        let mut shapes = Vec::new();
        split("MS Ms zinc's (x)", &Contractions::default(), &mut |r| shapes.push(r.shape));
        assert!(shapes[0].contains(Shape::UPPER | Shape::CAPITAL));
        assert!(!shapes[1].contains(Shape::UPPER));
        assert!(shapes[2].contains(Shape::POSSESSIVE));
        assert!(shapes[3].contains(Shape::PUNCTUATION | Shape::SPACED) && !shapes[4].contains(Shape::SPACED));
    }
}
