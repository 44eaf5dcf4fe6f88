//! Words of AsciiDoc with what stands among them: marks of emphasis vanish, macros become links, images and
//! footnotes, attributes their values. Brackets are looked for a bounded stretch ahead, so time stays linear.

use super::lines::Names;
use crate::read::flow::Flow;
use crate::source::{Span, floor_boundary};

/// How far ahead the brackets of a macro are closed, in bytes.
const REACH: usize = 2048;
/// How far ahead anything shorter is: targets, anchors, terms of an index, roles.
const NEAR: usize = 512;
/// Macros inside macros beyond this are read as words.
const DEEPEST: u32 = 6;

/// Where the words go and what they may name.
pub struct Inline<'r, 'a> {
    /// Where they go.
    pub flow: &'r mut Flow<'a>,
    /// What the document sets.
    pub names: &'r Names,
    /// Footnotes so far.
    pub notes: &'r mut Vec<Span>,
}

/// Emphasis that vanishes, or quotes in its place.
struct Drop {
    at: usize,
    length: usize,
    becomes: &'static str,
}

impl Inline<'_, '_> {
    /// Reads `from..to` of the source.
    pub fn read(&mut self, from: usize, to: usize, depth: u32) {
        let source = self.flow.source;
        let Some(text) = source.get(from..to) else { return };
        let drops = drops(text);
        let mut next = 0;
        let mut run = 0;
        let mut at = 0;
        let bytes = text.as_bytes();
        while at < text.len() {
            while drops.get(next).is_some_and(|d| d.at < at) {
                next += 1;
            }
            if let Some(drop) = drops.get(next).filter(|d| d.at == at) {
                self.plain(from, text, run, at);
                if !drop.becomes.is_empty() {
                    self.flow.replaced(Span::new(from + at, from + at + drop.length), drop.becomes);
                }
                at += drop.length;
                run = at;
                continue;
            }
            let rest = &text[at..];
            let taken = match bytes[at] {
                b'\\' if bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) => {
                    self.plain(from, text, run, at);
                    run = at + 1;
                    at += 2;
                    continue;
                }
                b'{' => attribute(rest).inspect(|length| {
                    self.plain(from, text, run, at);
                    self.attribute(&rest[1..length - 1], Span::new(from + at, from + at + length));
                }),
                b'&' => entity(rest).map(|(length, c)| {
                    self.plain(from, text, run, at);
                    self.flow.replaced(Span::new(from + at, from + at + length), c.encode_utf8(&mut [0; 4]));
                    length
                }),
                b'(' => sign(rest).map(|(length, sign)| {
                    self.plain(from, text, run, at);
                    self.flow.replaced(Span::new(from + at, from + at + length), sign);
                    length
                }),
                b'-' if is_dash(text, at) => {
                    self.plain(from, text, run, at);
                    self.flow.replaced(Span::new(from + at, from + at + 2), "—");
                    Some(2)
                }
                b' ' if rest.starts_with(" +") && matches!(bytes.get(at + 2), None | Some(b'\n' | b'\r')) => {
                    self.plain(from, text, run, at);
                    self.flow.space(Span::new(from + at, from + at + 2));
                    Some(2)
                }
                b'<' if rest.starts_with("<<") => near(rest, ">>").inspect(|length| {
                    self.plain(from, text, run, at);
                    self.reference(from + at, &rest[2..length - 2], depth);
                }),
                b'[' => self.bracket(from, text, run, at, &drops[next..]),
                b':' => {
                    let before = name_before(&text[run..at]);
                    self.link(from, text, (run, at - before.len(), at), before, depth)
                }
                _ => None,
            };
            match taken {
                Some(length) => {
                    at += length;
                    run = at;
                }
                None => at += rest.chars().next().map_or(1, char::len_utf8),
            }
        }
        self.plain(from, text, run, text.len());
    }

    fn plain(&mut self, from: usize, text: &str, run: usize, at: usize) {
        if let Some(words) = text.get(run..at).filter(|w| !w.is_empty()) {
            self.flow.text((from + run) as u32, words);
        }
    }

    /// The value of an attribute; one that only the site knows leaves nothing.
    fn attribute(&mut self, name: &str, place: Span) {
        let value = match name {
            "nbsp" | "sp" => " ",
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "deg" => "°",
            "plus" => "+",
            "apos" => "'",
            "quot" => "\"",
            "lsquo" => "‘",
            "rsquo" => "’",
            "ldquo" => "“",
            "rdquo" => "”",
            "startsb" => "[",
            "endsb" => "]",
            "asterisk" => "*",
            "vbar" => "|",
            _ => self.names.get(&name.to_lowercase()).map_or("", String::as_str),
        };
        // Words as long as what they replace would be taken for the same words.
        let end = if value.len() == place.len() { place.end - 1 } else { place.end };
        self.flow.replaced(Span { start: place.start, end }, value);
    }

    /// `<<id,words>>`.
    fn reference(&mut self, at: usize, inner: &str, depth: u32) {
        let (id, words) = inner.split_once(',').unwrap_or((inner, ""));
        let target = if id.contains('#') { id.trim().to_owned() } else { format!("#{}", id.trim()) };
        self.flow.builder.link_start(at as u32, target, false);
        let from = at + 2 + if words.is_empty() { 0 } else { id.len() + 1 };
        if depth < DEEPEST && !words.is_empty() {
            self.read(from, at + 2 + inner.len(), depth + 1);
        } else {
            self.flow.text(from as u32, inner.get(from - at - 2..).unwrap_or(""));
        }
        self.flow.builder.link_end((at + inner.len() + 4) as u32);
    }

    /// An anchor, or the role of emphasis that follows; returns its length.
    fn bracket(&mut self, from: usize, text: &str, run: usize, at: usize, drops: &[Drop]) -> Option<usize> {
        let rest = &text[at..];
        if rest.starts_with("[[[") {
            // The label of a source is told in brackets.
            let length = near(rest, "]]]")?;
            self.plain(from, text, run, at);
            self.flow.builder.anchor(rest[3..length - 3].split(',').next().unwrap_or(""));
            self.flow.text((from + at + 2) as u32, &rest[2..length - 2]);
            return Some(length);
        }
        if rest.starts_with("[[") {
            let length = near(rest, "]]")?;
            self.plain(from, text, run, at);
            self.flow.builder.anchor(rest[2..length - 2].split(',').next().unwrap_or(""));
            return Some(length);
        }
        let is_role = rest[1..].starts_with(['.', '#', '%']) || rest[1..].starts_with(|c: char| c.is_ascii_lowercase());
        let length = near(rest, "]").filter(|length| is_role && !rest[..*length].contains('\n'))?;
        let emphasis = drops.iter().take(8).find(|d| d.at == at + length)?;
        (emphasis.becomes.is_empty() && !rest[..length].contains(' ')).then(|| {
            self.plain(from, text, run, at);
            length
        })
    }

    /// A macro or a URL whose colon stands at `places.2`, its name from `places.1` on; returns what is taken
    /// from the colon on.
    fn link(&mut self, from: usize, text: &str, places: (usize, usize, usize), name: &str, depth: u32) -> Option<usize> {
        let (run, start, at) = places;
        let rest = &text[at..];
        let is_url = matches!(name, "http" | "https" | "ftp" | "irc") && rest.starts_with("://");
        if !is_url && !MACROS.contains(&name) {
            return None;
        }
        let window = &rest[..floor_boundary(rest, NEAR)];
        let skip = if is_url { 0 } else { 1 + usize::from(rest.starts_with("::")) };
        let stop = |c: char| c == '[' || c.is_whitespace() || is_url && matches!(c, '<' | '>' | '"' | ']' | '|');
        let length = skip + window.get(skip..)?.find(stop).unwrap_or(window.len() - skip);
        let open = rest[length..].starts_with('[').then(|| closing(&rest[length..])).flatten();
        let Some(inner) = open else {
            let url = is_url.then(|| text[start..at + length].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'', '*', '_']))?;
            self.plain(from, text, run, start);
            self.flow.builder.link_start((from + start) as u32, url, false);
            self.flow.text((from + start) as u32, url);
            self.flow.builder.link_end((from + start + url.len()) as u32);
            return Some(start + url.len() - at).filter(|&taken| taken > 0);
        };
        self.plain(from, text, run, start);
        let target = if is_url { &text[start..at + length] } else { &rest[skip..length] };
        let words = at + length + 1;
        let end = words + inner + 1;
        let content = &text[words..words + inner];
        match name {
            "image" => {
                let alternative = alternative(content).map(|(at, alt)| (alt, Span::new(from + words + at, from + words + at + alt.len())));
                self.flow.picture(target, Span::new(from + start, from + end), alternative);
            }
            "footnote" | "footnoteref" => {
                let id = if target.is_empty() { (self.notes.len() + 1).to_string() } else { target.to_owned() };
                self.flow.builder.link_start((from + start) as u32, format!("#fn-{id}"), false);
                if let Some(link) = self.flow.builder.link() {
                    link.rel = "footnote".to_owned();
                }
                self.flow.builder.link_end((from + end) as u32);
                if !content.trim().is_empty() {
                    self.notes.push(Span::new(from + words, from + words + inner));
                }
            }
            "anchor" => self.flow.builder.anchor(target),
            "video" | "audio" => self.flow.builder.embed(Span::new(from + start, from + end)),
            "stem" | "latexmath" | "asciimath" | "indexterm" | "icon" | "toc" => {}
            "pass" => self.flow.text((from + words) as u32, content),
            "kbd" | "btn" | "menu" | "indexterm2" => self.inside(from + words, content.len(), depth),
            _ => {
                let target = match name {
                    "mailto" => format!("mailto:{target}"),
                    "xref" if !target.contains('#') => format!("#{target}"),
                    _ => target.to_owned(),
                };
                self.flow.builder.link_start((from + start) as u32, target.as_str(), false);
                let (lead, length) = link_words(content);
                if length > 0 {
                    self.inside(from + words + lead, length, depth);
                } else {
                    // Without words of its own a link shows where it leads.
                    let shown = if is_url { start } else { at + skip };
                    self.flow.text((from + shown) as u32, &text[shown..at + rest.find('[').unwrap_or(0)]);
                }
                self.flow.builder.link_end((from + end) as u32);
            }
        }
        Some(end - at)
    }

    fn inside(&mut self, from: usize, length: usize, depth: u32) {
        if depth < DEEPEST {
            self.read(from, from + length, depth + 1);
        } else {
            let words = self.flow.source.get(from..from + length).unwrap_or("");
            self.flow.text(from as u32, words);
        }
    }
}

/// Where the words of a link stand between its brackets: first byte and length.
fn link_words(content: &str) -> (usize, usize) {
    if let Some(quoted) = content.strip_prefix('"')
        && let Some((words, _)) = quoted.split_once('"')
    {
        return (1, words.len());
    }
    let words = match content.split_once(',') {
        Some((words, options)) if options.contains('=') => words,
        _ if content.starts_with(|c: char| c.is_ascii_lowercase()) && content.split_once('=').is_some_and(|(k, _)| !k.contains(' ')) => "",
        _ => content,
    };
    (0, words.trim_end_matches('^').len())
}

/// Names of macros, none the end of another.
const MACROS: [&str; 20] = [
    "link",
    "xref",
    "mailto",
    "image",
    "footnote",
    "footnoteref",
    "kbd",
    "btn",
    "menu",
    "pass",
    "stem",
    "latexmath",
    "asciimath",
    "indexterm",
    "indexterm2",
    "icon",
    "anchor",
    "video",
    "audio",
    "toc",
];

/// The name right before a colon: that of a macro, which may touch the word before it, or a whole word.
fn name_before(text: &str) -> &str {
    let name = MACROS
        .iter()
        .find(|m| text.ends_with(**m))
        .map_or(text.trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len(), |m| text.len() - m.len());
    &text[name..]
}

/// Length up to and with `close`, within reach.
fn near(text: &str, close: &str) -> Option<usize> {
    text[..floor_boundary(text, NEAR)].find(close).map(|at| at + close.len())
}

/// Bytes inside the brackets that open the text.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, byte) in text.bytes().take(REACH).enumerate() {
        match byte {
            b'[' if !escaped => depth += 1,
            b']' if !escaped && depth == 1 => return Some(at - 1),
            b']' if !escaped => depth -= 1,
            _ => {}
        }
        escaped = byte == b'\\';
    }
    None
}

/// Length of `{name}`.
fn attribute(text: &str) -> Option<usize> {
    let name = text[1..].bytes().take(64).take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'@')).count();
    (name > 0 && text.as_bytes().get(name + 1) == Some(&b'}')).then_some(name + 2)
}

/// Length and meaning of `&amp;`, `&#8212;`.
fn entity(text: &str) -> Option<(usize, char)> {
    let end = text.bytes().take(12).position(|b| b == b';')?;
    let name = &text[1..end];
    let number = |n: &str| match n.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => n.parse().ok(),
    };
    let meant = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "rsquo" => '’',
        "lsquo" => '‘',
        "ldquo" => '“',
        "rdquo" => '”',
        "deg" => '°',
        "times" => '×',
        _ => number(name.strip_prefix('#')?).and_then(char::from_u32).filter(|c| !c.is_control())?,
    };
    Some((end + 1, meant))
}

/// `(C)`, `(R)`, `(TM)`; terms of an index, hidden or in double brackets.
fn sign(text: &str) -> Option<(usize, &'static str)> {
    match text {
        t if t.starts_with("(C)") => Some((3, "©")),
        t if t.starts_with("(R)") => Some((3, "®")),
        t if t.starts_with("(TM)") => Some((4, "™")),
        t if t.starts_with("(((") => near(t, ")))").map(|length| (length, "")),
        _ => None,
    }
}

/// Whether two hyphens stand for a dash: between words or between spaces.
fn is_dash(text: &str, at: usize) -> bool {
    let (before, after) = (text[..at].chars().next_back(), text.get(at + 2..).and_then(|t| t.chars().next()));
    let spaced = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text[at..].starts_with("--") && (spaced(before) && spaced(after) || word(before) && word(after))
}

/// Glyphs of emphasis.
const GLYPHS: &[u8; 6] = b"*_`#^~";

/// The marks of emphasis that have a partner, and quotes written as "`words`", in order.
fn drops(text: &str) -> Vec<Drop> {
    let bytes = text.as_bytes();
    let mut drops = Vec::new();
    let mut open = [[None::<usize>; 6]; 2];
    let mut quotes = [None::<usize>; 2];
    let mut last_space = 0;
    let mut at = 0;
    let is_word = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80 || *b == b'_');
    let is_space = |b: Option<&u8>| b.is_none_or(u8::is_ascii_whitespace);
    while at < bytes.len() {
        let byte = bytes[at];
        if byte.is_ascii_whitespace() {
            last_space = at;
        }
        let Some(glyph) = GLYPHS.iter().position(|&g| g == byte).filter(|_| at == 0 || bytes[at - 1] != b'\\') else {
            at += 1;
            continue;
        };
        let count = bytes[at..].iter().take_while(|&&b| b == byte).count();
        let before = at.checked_sub(1).and_then(|b| bytes.get(b));
        let after = bytes.get(at + count);
        if byte == b'`' && count == 1 {
            // Curved quotes come before code.
            let kinds: [(u8, &str, &str); 2] = [(b'"', "“", "”"), (b'\'', "‘", "’")];
            let begins = kinds
                .iter()
                .position(|k| before == Some(&k.0) && !is_space(after) && !is_word(at.checked_sub(2).and_then(|b| bytes.get(b))));
            let ends = kinds.iter().position(|k| after == Some(&k.0) && !is_space(before));
            if let Some((n, from)) = ends.and_then(|n| quotes[n].take().map(|from| (n, from))) {
                drops.push(Drop { at: from, length: 2, becomes: kinds[n].1 });
                drops.push(Drop { at, length: 2, becomes: kinds[n].2 });
                at += 2;
                continue;
            }
            if let Some(n) = begins {
                quotes[n] = Some(at - 1);
                at += 1;
                continue;
            }
            if ends == Some(1) && is_word(before) {
                // An apostrophe.
                drops.push(Drop { at, length: 2, becomes: "’" });
                at += 2;
                continue;
            }
        }
        let (double, length) = (usize::from(count == 2), count);
        if count > 2 {
            at += count;
            continue;
        }
        let tight = matches!(byte, b'^' | b'~');
        let opens = if double == 1 || tight { !is_space(after) } else { !is_word(before) && !is_space(after) };
        let closes = if double == 1 || tight { true } else { !is_space(before) && !is_word(after) };
        let partner = open[double][glyph].filter(|&from| closes && from + length < at && (!tight || from >= last_space));
        if let Some(from) = partner {
            open[double][glyph] = None;
            drops.push(Drop { at: from, length, becomes: "" });
            drops.push(Drop { at, length, becomes: "" });
        } else if opens {
            open[double][glyph] = Some(at);
        }
        at += count;
    }
    drops.sort_unstable_by_key(|d| d.at);
    drops
}

/// The words that stand for an image, by the attributes in its brackets: the first of them, or the one named `alt`. Told
/// with the byte at which they stand.
fn alternative(attributes: &str) -> Option<(usize, &str)> {
    let named = attributes.find("alt=").map(|at| at + "alt=".len());
    let at = named.unwrap_or(0);
    let rest = &attributes[at..];
    let (at, words) = match rest.strip_prefix('"') {
        Some(quoted) => (at + 1, quoted.split('"').next().unwrap_or("")),
        None => (at, rest.split(',').next().unwrap_or("")),
    };
    (named.is_some() || !words.trim().is_empty() && !words.contains('=')).then_some((at, words))
}
