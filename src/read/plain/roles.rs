//! Decides which units are the title, headings and list items without bullets, and how sure that is.
//!
//! A heading is a short line that does not end like a sentence and has text below it. Where several such
//! lines stand together, their neighbours tell a heading with a subheading from a list or a byline.

use super::candidates::{self, Candidate};
use super::lines::Mark;
use super::looks;
use super::units::{Kind, Unit};
use crate::source::floor_boundary;
use rustc_hash::{FxHashSet, FxHasher};
use std::hash::{Hash, Hasher};

/// What a unit is for; the number is how sure that is, 1 to 100 percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The title.
    Title(u8),
    /// A heading of this level.
    Heading(u8, u8),
    /// A list item.
    Item(u8),
    /// Anything else, as its kind says.
    Plain,
}

/// Bytes of text that are searched for the words of a title.
const SUPPORT: usize = 4000;
/// Bytes of text that are searched for the words of a heading.
const BELOW: usize = 800;
/// Units at the top among which the title is looked for.
const TOP: usize = 14;

/// Lines of which it is less sure are no headings.
const LEAST: u8 = 50;
/// How sure it is that a line is a heading as the one before it is, from which it differs by a number.
const SERIES: u8 = 85;

/// One role for each unit.
pub fn roles(source: &str, units: &[Unit]) -> Vec<Role> {
    let mut roles = vec![Role::Plain; units.len()];
    let candidates = candidates::candidates(source, units);
    let text = Text { source, units, candidates: &candidates };
    let body = top(&text, &mut roles);
    let mut at = body;
    while at < units.len() {
        if text.candidate(at).is_none() {
            if let Kind::Marked(level) = units[at].kind {
                roles[at] = Role::Heading(level, 95);
            }
            at += 1;
            continue;
        }
        at = run(&text, at, &mut roles);
    }
    items(units, &mut roles);
    levels(&text, &mut roles);
    roles
}

struct Text<'a> {
    source: &'a str,
    units: &'a [Unit],
    candidates: &'a [Option<Candidate>],
}

impl Text<'_> {
    fn of(&self, at: usize) -> &str {
        self.units.get(at).map_or("", |u| u.text(self.source))
    }

    /// The candidate at `at`, unless it is only long enough for a title.
    fn candidate(&self, at: usize) -> Option<Candidate> {
        self.candidates.get(at).copied().flatten().filter(|c| !c.long)
    }

    fn is_glyph(&self, at: usize) -> bool {
        self.units.get(at).is_some_and(|u| u.kind == Kind::Glyph)
    }

    /// Whether the unit is what a heading stands over.
    fn is_body(&self, at: usize) -> bool {
        let Some(unit) = self.units.get(at) else { return false };
        match unit.kind {
            Kind::Item(_) => self.candidate(at).is_none(),
            Kind::Bars(_) | Kind::Tabs => true,
            Kind::Glyph | Kind::Marked(_) => false,
            Kind::Text if self.candidates[at].is_some() => false,
            Kind::Text => {
                let text = unit.text(self.source);
                text.len() >= 80 || looks::is_remark(text) || looks::ends_sentence(text) && looks::words(text).nth(2).is_some()
            }
        }
    }

    /// Whether most longer words of the line come again in the `bytes` of text from unit `from` on.
    fn supports(&self, at: usize, from: usize, bytes: usize) -> bool {
        let Some(start) = self.units.get(from).map(|u| u.start) else { return false };
        let end = floor_boundary(self.source, start + bytes);
        let least = self.least(at);
        let mut wanted: Vec<u64> = stems(self.of(at), least).collect();
        let all = wanted.len();
        // Most lines are settled by the first words of the text, and those without longer words without any.
        !wanted.is_empty()
            && stems(self.source.get(start..end).unwrap_or(""), least).any(|stem| {
                wanted.retain(|&w| w != stem);
                (all - wanted.len()) * 2 > all
            })
    }

    /// Letters from which a word of the line counts as long.
    fn least(&self, at: usize) -> usize {
        let long = 4;
        if stems(self.of(at), long).next().is_some() { long } else { long - 1 }
    }

    /// How many of the longer words of the line come again in that text, and how many there are.
    fn found(&self, at: usize, from: usize, bytes: usize) -> (usize, usize) {
        let Some(start) = self.units.get(from).map(|u| u.start) else { return (0, 0) };
        let end = floor_boundary(self.source, start + bytes);
        let least = self.least(at);
        let known: FxHashSet<u64> = stems(self.source.get(start..end).unwrap_or(""), least).collect();
        stems(self.of(at), least).fold((0, 0), |(found, all), s| (found + usize::from(known.contains(&s)), all + 1))
    }
}

/// Hashes of the first five letters, in lower case, of the words of `least` letters and more.
fn stems(text: &str, least: usize) -> impl Iterator<Item = u64> + '_ {
    text.split(|c: char| !c.is_alphanumeric()).filter(move |w| w.len() >= least && w.chars().nth(least - 1).is_some()).map(|word| {
        let mut hasher = FxHasher::default();
        word.chars().take(5).flat_map(char::to_lowercase).for_each(|c| c.hash(&mut hasher));
        hasher.finish()
    })
}

/// Finds the title and the first heading among the short lines above the text; returns the first unit
/// of the text.
fn top(text: &Text, roles: &mut [Role]) -> usize {
    let end = (0..text.units.len()).find(|&i| text.is_body(i) || matches!(text.units[i].kind, Kind::Item(_))).unwrap_or(text.units.len());
    let in_top: Vec<usize> =
        (0..end.min(TOP)).filter(|&i| text.candidates[i].is_some() || matches!(text.units[i].kind, Kind::Marked(_))).collect();
    if end > TOP || in_top.is_empty() {
        return 0;
    }
    let same = |a: usize, b: usize| looks::same_title(text.of(a), text.of(b));
    // Of a title printed several times, the one without the name of the site.
    let repeated = in_top.iter().enumerate().find(|&(n, &a)| in_top[n + 1..].iter().any(|&b| same(a, b))).map(|(_, &a)| a);
    let twice = repeated.and_then(|a| in_top.iter().copied().filter(|&b| same(a, b)).min_by_key(|&b| text.of(b).len()));
    let marked = in_top.iter().copied().find(|&i| matches!(text.units[i].kind, Kind::Marked(1)));
    let words = |i: usize| text.candidates[i].map_or(9, |c| c.words);
    // Three words below another line are a byline or a menu more often than a title.
    let known = in_top.iter().copied().find(|&i| (words(i) > 3 || i == in_top[0]) && text.supports(i, end, SUPPORT));
    // Of the one line above the text, its words are not asked for; of two words, one.
    let alone = |i: usize| {
        let (found, all) = text.found(i, end, SUPPORT);
        if words(i) > 2 { words(i) > 4 || !text.of(i).contains(": ") } else { all > 0 && found * 2 >= all }
    };
    let only = || Some(in_top[0]).filter(|&i| in_top.len() == 1 && text.candidates[i].is_some() && alone(i));
    let (title, sure) = match (marked.or(twice), known) {
        (Some(i), _) => (i, 95),
        (None, Some(i)) => (i, if text.candidates[i].is_some_and(|c| c.capitalised || c.asks) { 90 } else { 80 }),
        (None, None) => match only() {
            Some(i) => (i, 60),
            None => return end,
        },
    };
    roles[title] = Role::Title(sure);
    // A line right above the text is its heading; other lines up here are bylines, dates and the like.
    let Some(&last) = in_top.last().filter(|&&i| i > title && !same(title, i)) else { return end };
    let Some(line) = text.candidate(last) else { return if text.units[last].kind == Kind::Text { end } else { last } };
    let follows = (last + 1..end).all(|i| text.is_glyph(i));
    let single = line.words == 1 && text.of(last).len() > 4;
    if follows
        && (line.asks || single || text.supports(last, end, SUPPORT) || matches!(text.units.get(end).map(|u| u.kind), Some(Kind::Item(_))))
    {
        roles[last] = Role::Heading(2, if line.asks { 90 } else { 75 });
    }
    end
}

/// Decides the run of short lines that starts at `at`; returns the unit after it.
fn run(text: &Text, at: usize, roles: &mut [Role]) -> usize {
    let mut members = vec![at];
    let mut end = at + 1;
    while text.candidate(end).is_some() || text.is_glyph(end) {
        if !text.is_glyph(end) {
            members.push(end);
        }
        end += 1;
    }
    let over_body = text.is_body(end) || matches!(text.units.get(end).map(|u| u.kind), Some(Kind::Marked(_)));
    let at_end = end >= text.units.len();
    // Across a blank line, capitalised lines are headings more often than items.
    let close = !text.units[at].after_blank || members.iter().all(|&i| text.candidate(i).is_some_and(|c| !c.capitalised));
    let lead_in = close && at > 0 && looks::leads_in(text.of(at - 1)) && text.candidate(at - 1).is_none();
    let last = members[members.len() - 1];
    let asking = |i: usize| text.candidate(i).is_some_and(|c| c.asks);
    if lead_in && members.len() > 1 && !asking(at) {
        // Items that lost their bullets; a heading below them stands apart.
        let apart = over_body && text.units[last].after_blank && !text.units[members[members.len() - 2]].after_blank;
        let count = members.len() - usize::from(apart);
        members[..count].iter().for_each(|&i| roles[i] = Role::Item(70));
        if apart {
            roles[last] = heading(text, last, end);
        }
        return end;
    }
    for (n, &i) in members.iter().enumerate() {
        let is_heading = if asking(i) {
            over_body || !at_end || n + 1 < members.len()
        } else if n + 1 == members.len() {
            over_body && !runs_on(text, i, end) && !signs(text, i) || at_end && stands_alone(text, i, roles)
        } else {
            n == 0 && (over_body || at_end) && !signs(text, i)
        };
        if is_heading {
            roles[i] = heading(text, i, if i == last { end } else { i + 1 });
        }
    }
    end
}

/// Whether the line runs on into the list below it, as `Treatment depends on` does: its last word is
/// short, or it has three words and more in lower case as the items have.
fn runs_on(text: &Text, at: usize, next: usize) -> bool {
    let Some(line) = text.candidate(at).filter(|c| c.words > 1) else { return false };
    let last = looks::words(text.of(at)).last().unwrap_or("");
    let short = last.len() <= 3 && last.chars().all(char::is_lowercase);
    let lower = looks::first_mark(text.of(next)).is_some_and(char::is_lowercase);
    matches!(text.units.get(next).map(|u| u.kind), Some(Kind::Item(_))) && (short || lower && !line.capitalised && line.words > 2)
}

/// Whether the line signs the quotation above it.
fn signs(text: &Text, at: usize) -> bool {
    let is_quoted = |above: &str| above.starts_with(['"', '“', '«', '„', '>']) && looks::words(above).nth(5).is_some();
    looks::is_signature(text.of(at)) && at.checked_sub(1).is_some_and(|above| is_quoted(text.of(above)))
}

/// Whether a last line without anything below is a heading all the same.
fn stands_alone(text: &Text, at: usize, roles: &[Role]) -> bool {
    let short = text.candidate(at).is_some_and(|c| c.words <= 6) && looks::capitalised(text.of(at)) == 100;
    short && roles[..at].iter().any(|r| matches!(r, Role::Heading(..)))
}

fn heading(text: &Text, at: usize, next: usize) -> Role {
    let Some(line) = text.candidate(at) else { return Role::Plain };
    let mut sure = if line.capitalised || line.asks { 85 } else { 65 };
    sure += if text.supports(at, next, BELOW) { 10 } else { 0 };
    // `Do` stands over advice and is a heading for certain.
    sure -= if text.is_body(next) || text.of(next).len() == 2 && text.candidate(next).is_some() { 0 } else { 20 };
    // Of lines in lower case over another short line, four of five are links and the like.
    if sure < LEAST { Role::Plain } else { Role::Heading(2, sure) }
}

fn items(units: &[Unit], roles: &mut [Role]) {
    let is_item = |i: Option<usize>| i.and_then(|i| units.get(i)).is_some_and(|u| matches!(u.kind, Kind::Item(_)));
    for (i, unit) in units.iter().enumerate() {
        let Kind::Item(mark) = unit.kind else { continue };
        if roles[i] != Role::Plain {
            continue;
        }
        let sure = match mark {
            Mark::Bullet('-' | '*', _) | Mark::Number(..) => 92,
            Mark::Bullet('–' | '—' | '+' | '·', _) | Mark::Letter(..) => 85,
            _ => 96,
        };
        let alone = !is_item(i.checked_sub(1)) && !is_item(Some(i + 1));
        roles[i] = Role::Item(if alone { sure - 20 } else { sure });
    }
}

/// A heading right below another is its child, and so are later ones that look like it: they ask as it
/// does, are numbered, or share a longer first or last word. Below a question, all that do not ask are.
fn levels(text: &Text, roles: &mut [Role]) {
    let headings: Vec<usize> = (0..roles.len()).filter(|&i| matches!(roles[i], Role::Heading(..))).collect();
    let mut family: Option<(usize, usize)> = None;
    for (n, &i) in headings.iter().enumerate() {
        if matches!(text.units[i].kind, Kind::Marked(_)) {
            family = None;
            continue;
        }
        let above = n.checked_sub(1).map(|p| headings[p]).filter(|&p| (p + 1..i).all(|k| text.is_glyph(k)));
        let parent = above.filter(|&p| !(plainly(text, p) && plainly(text, i)) && level(roles[p]) == 2 && n + 1 < headings.len());
        // The last of `Step 1`, `Step 2`, `Step 3` is a heading without text, not the parent of what follows.
        let earlier = n.checked_sub(2).map(|e| headings[e]);
        let series = parent.filter(|&p| earlier.is_some_and(|e| in_series(text.of(e), text.of(p))));
        if let Some(Role::Heading(_, sure)) = series.and_then(|p| roles.get_mut(p)) {
            *sure = (*sure).max(SERIES);
        }
        let parent = parent.filter(|_| series.is_none());
        if let Some(parent) = parent {
            family = Some((parent, i));
        } else if !family.is_some_and(|(parent, child)| alike(text, child, i) || plainly(text, parent) && !plainly(text, i)) {
            family = None;
        }
        if let (Some(_), Role::Heading(level, _)) = (family, &mut roles[i]) {
            *level = 3;
        }
    }
}

fn level(role: Role) -> u8 {
    if let Role::Heading(level, _) = role { level } else { 0 }
}

fn plainly(text: &Text, at: usize) -> bool {
    text.candidate(at).is_some_and(|c| c.plainly)
}

/// Whether two lines differ in nothing but a number, in which they do.
fn in_series(a: &str, b: &str) -> bool {
    let letters = |line| str::chars(line).filter(|c| !c.is_numeric());
    a != b && letters(a).eq(letters(b))
}

fn alike(text: &Text, a: usize, b: usize) -> bool {
    let numbered = |i: usize| matches!(text.units[i].kind, Kind::Item(_));
    if plainly(text, a) || plainly(text, b) || numbered(a) || numbered(b) {
        return plainly(text, a) == plainly(text, b) && numbered(a) == numbered(b);
    }
    let same = |x: Option<&str>, y: Option<&str>| matches!((x, y), (Some(x), Some(y)) if x.len() > 3 && x.eq_ignore_ascii_case(y));
    let (x, y) = (text.of(a), text.of(b));
    same(looks::words(x).next(), looks::words(y).next()) || same(looks::words(x).last(), looks::words(y).last())
}
