//! Looks up every word of a text once and finds the terms of all lists.

use super::contraction;
use super::heads::{self, Head};
use super::kind::Form;
use super::lexicon::{Lexicon, TagId};
use super::numbers;
use super::term;
use super::token::{self, Raw, Shape};
use super::trie::{self, ANY, NUMBER, Node, Output};
use super::vocabulary::{self, Known, UNKNOWN};
use std::ops::Range;

/// A word, number or sign of a text.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// First byte in the text.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Its number in the vocabulary, or [`UNKNOWN`].
    pub word: u32,
    /// The longest known stem that it starts with, or [`UNKNOWN`].
    pub stem: u32,
    /// How it is written.
    pub shape: Shape,
    /// The first character of a sign; a space for a word or a number.
    pub sign: char,
}

/// A term found in a text. Places are token numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The list.
    pub tag: TagId,
    /// The form of an inflected term.
    pub form: Form,
    /// `Output::*` facts of the term.
    pub facts: u8,
    /// With [`Output::AT_START`]: at most so many words of the sentence before it.
    pub lead: u8,
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
}

/// Words of the longest label before a colon.
const LABEL: usize = 3;

impl Hit {
    /// Whether it stands where it must in its sentence, of which the token range is asked for if that matters: at the
    /// start, at the end or anywhere; signs around it do not count.
    pub fn stands(&self, tokens: &[Token], sentence: impl FnOnce() -> (u32, u32)) -> bool {
        if self.facts & (Output::AT_START | Output::AT_END) == 0 {
            return true;
        }
        let (start, end) = sentence();
        let is_word = |t: u32| !tokens[t as usize].shape.contains(Shape::PUNCTUATION);
        // Nobody asks how many more there are.
        let has_more = |from: u32, to: u32, most: usize| (from..to).filter(|&t| is_word(t)).nth(most).is_some();
        let leads = |from: u32| !has_more(from, self.start, usize::from(self.lead));
        // "Skin: clearer within weeks": what a label introduces starts behind it.
        let label = || {
            let mut words = 0;
            let mut reach = (start..self.start).take_while(|&t| {
                words += usize::from(is_word(t));
                words <= LABEL
            });
            reach.find(|&t| tokens[t as usize].sign == ':')
        };
        (self.facts & Output::AT_START == 0 || leads(start) || label().is_some_and(|t| leads(t + 1)))
            && (self.facts & Output::AT_END == 0 || !has_more(self.end, end, 0))
    }
}

impl Token {
    /// The number by which terms that begin with it are known: that of the word, else that of its stem.
    pub fn known(&self) -> u32 {
        if self.word == UNKNOWN { self.stem } else { self.word }
    }
}

/// Splits `text` into tokens with their numbers; beside them stands for each what it says as a number: equal for equal
/// words, whatever their case.
pub fn tokens(text: &str, lexicon: &Lexicon) -> (Vec<Token>, Vec<u64>) {
    let lookup = lexicon.vocabulary.open();
    let mut tokens = Vec::with_capacity(text.len() / 4);
    let mut said = Vec::with_capacity(text.len() / 4);
    let mut long = String::new();
    token::split(text, &lexicon.contractions, &mut |raw: Raw| {
        let Raw { start, end, shape } = raw;
        let known = lookup.find(text.as_bytes(), start as usize, end as usize, ending(shape));
        let known = known
            .filter(|k| k.word != UNKNOWN || !contraction::is_short(text, start, shape))
            .unwrap_or_else(|| find_long(text, &raw, lexicon, &mut long));
        said.push(known.hash);
        tokens.push(Token { start, end, word: known.word, stem: known.stem, shape, sign: sign(text, &raw) });
    });
    (tokens, said)
}

/// What is known of a word that is long or not ASCII; `long` is scratch space.
fn find_long(text: &str, raw: &Raw, lexicon: &Lexicon, long: &mut String) -> Known {
    let written = text.get(raw.start as usize..raw.end as usize).unwrap_or("");
    long.clear();
    long.extend(written.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }));
    let hash = vocabulary::hash(long.as_bytes());
    token::normal_into(written, raw.shape, &lexicon.contractions, long);
    let (word, stem) = lexicon.vocabulary.find(long.as_bytes());
    let is_word = raw.shape.0 & (Shape::NUMBER.0 | Shape::PUNCTUATION.0) == 0;
    Known { word, stem: if is_word { stem } else { UNKNOWN }, hash }
}

fn sign(text: &str, raw: &Raw) -> char {
    if !raw.shape.contains(Shape::PUNCTUATION) {
        return ' ';
    }
    match text.as_bytes().get(raw.start as usize) {
        Some(b) if b.is_ascii() => char::from(*b),
        _ => text.get(raw.start as usize..).and_then(|t| t.chars().next()).unwrap_or(' '),
    }
}

/// Bytes at the end of an ASCII word that do not count.
fn ending(shape: Shape) -> usize {
    if shape.contains(Shape::POSSESSIVE) { 2 } else { usize::from(shape.contains(Shape::PLURAL)) }
}

/// What [`find`] finds.
#[derive(Debug, Default)]
pub struct Found {
    /// Terms of lists in the order of [`settle`]; `NOT` phrases and anchored terms are among them, to be settled there.
    pub hits: Vec<Hit>,
    /// Terms that only conditions of lints ask for, in no order.
    pub apart: Vec<Hit>,
    /// Parts of terms that call for a look at what they are parts of, in order of place: each with its first token.
    pub calls: Vec<(u32, TagId)>,
}

/// Finds the plain terms of all lists. Terms never cross the borders of `blocks` (ascending token ranges).
pub fn find(text: &str, tokens: &[Token], blocks: &[(u32, u32)], lexicon: &Lexicon) -> Found {
    let found = Found {
        hits: Vec::with_capacity(tokens.len() * 3 / 2),
        apart: Vec::with_capacity(tokens.len()),
        calls: Vec::with_capacity(tokens.len() / 2),
    };
    let (heads, trie) = (lexicon.heads.open(), lexicon.trie.open());
    let mut finder = Finder { text, tokens, lexicon, heads, trie, stack: Vec::new(), found };
    blocks.iter().for_each(|&(first, last)| finder.block(first, last));
    finder.found
}

struct Finder<'a> {
    text: &'a str,
    tokens: &'a [Token],
    lexicon: &'a Lexicon,
    heads: heads::Open<'a>,
    trie: trie::Walk<'a>,
    /// Nodes that were reached, and the tokens behind them.
    stack: Vec<(Node, u32)>,
    found: Found,
}

impl Finder<'_> {
    fn block(&mut self, first: u32, last: u32) {
        let tokens = self.tokens;
        for (start, token) in (first..).zip(tokens.get(first as usize..last as usize).unwrap_or(&[])) {
            let is_number = token.shape.contains(Shape::NUMBER);
            let id = token.known();
            if id == UNKNOWN && !is_number {
                continue;
            }
            let word = if id == UNKNOWN { None } else { self.heads.of(id) };
            // What begins with any number.
            let number = if is_number { self.heads.of(UNKNOWN) } else { None };
            let here = self.found.hits.len();
            if let Some(next) = tokens.get(start as usize + 1).filter(|_| start + 1 < last) {
                if let Some(head) = number {
                    self.longer(head, start, last, next);
                }
                if let Some(head) = word.filter(|head| head.edges != 0) {
                    self.longer(head, start, last, next);
                }
                if self.found.hits.len() > here + 1 {
                    self.found.hits[here..].sort_by_key(order_here);
                }
            }
            let here = self.found.hits.len();
            if let Some(head) = number {
                self.single(head, start);
            }
            if let Some(head) = word {
                self.single(head, start);
                if is_number {
                    self.found.hits[here..].sort_by_key(order_here);
                }
            }
        }
    }

    /// Adds the terms that are one word.
    fn single(&mut self, head: Head, start: u32) {
        self.found.hits.extend(trie::read(head.plain).map(|output| hit(output, start, start + 1)));
        trie::read(head.outputs).for_each(|output| self.push(start, start + 1, output));
    }

    /// Finds terms of more than one word.
    fn longer(&mut self, head: Head, start: u32, last: u32, next: &Token) {
        let bits = self.bits(next);
        if head.edges & bits == 0 {
            return;
        }
        for number in numbers::read(head.nodes) {
            self.follow(Node::new(number, head.edges), start + 1, next, bits);
            while let Some((node, at)) = self.stack.pop() {
                self.trie.outputs(node).for_each(|output| self.push(start, at, output));
                if let Some(token) = self.tokens.get(at as usize).filter(|_| at < last && node.edges != 0) {
                    self.follow(node, at, token, self.bits(token));
                }
            }
        }
    }

    /// Goes on from a node with the token at `at`, which has these bits.
    fn follow(&mut self, node: Node, at: u32, token: &Token, bits: u64) {
        if !node.goes_on(bits) {
            return;
        }
        let (trie, stack) = (&self.trie, &mut self.stack);
        let mut next = |word: u32| stack.extend(trie.next(node, word).map(|n| (n, at + 1)));
        if token.word != UNKNOWN {
            next(token.word);
        }
        let mut stem = token.stem;
        while stem != UNKNOWN {
            next(stem);
            stem = self.lexicon.vocabulary.shorter_stem(stem);
        }
        if token.shape.contains(Shape::NUMBER) {
            next(NUMBER);
        }
        if !token.shape.contains(Shape::PUNCTUATION) {
            next(ANY);
        }
    }

    /// The bits of all edges on which a token is followed.
    fn bits(&self, token: &Token) -> u64 {
        let mut bits = if token.word == UNKNOWN { 0 } else { trie::bit(token.word) };
        let mut stem = token.stem;
        while stem != UNKNOWN {
            bits |= trie::bit(stem);
            stem = self.lexicon.vocabulary.shorter_stem(stem);
        }
        let sign = token.shape.0 & (Shape::NUMBER.0 | Shape::PUNCTUATION.0);
        bits | if sign == Shape::PUNCTUATION.0 { 0 } else { trie::bit(ANY) } | if sign == Shape::NUMBER.0 { trie::bit(NUMBER) } else { 0 }
    }

    #[inline(always)]
    fn push(&mut self, start: u32, end: u32, output: Output) {
        let Output { tag, facts, exact, .. } = output;
        if exact == 0 || self.is_exact(start..end, exact) {
            let hit = hit(output, start, end);
            if facts & Output::CONDITION != 0 {
                self.found.apart.push(hit);
            } else if usize::from(tag) < self.lexicon.lists.len() {
                self.found.hits.push(hit);
            } else {
                self.found.calls.push((start, tag));
            }
        }
    }

    fn is_exact(&self, place: Range<u32>, exact: u16) -> bool {
        let Some(wanted) = self.lexicon.exact.get(exact as usize - 1) else { return false };
        // The first letter tells nearly always.
        let first = self.tokens.get(place.start as usize).and_then(|t| self.text.as_bytes().get(t.start as usize));
        if wanted.as_bytes().first().is_some_and(|b| *b != b'_' && Some(b) != first) {
            return false;
        }
        let mut wanted = wanted.split(' ');
        self.tokens.get(place.start as usize..place.end as usize).unwrap_or(&[]).iter().all(|t| {
            let written = self.text.get(t.start as usize..t.end as usize).unwrap_or("");
            wanted.next().is_some_and(|w| term::is_exactly(written, w, t.shape))
        })
    }
}

fn hit(Output { tag, form, facts, lead, .. }: Output, start: u32, end: u32) -> Hit {
    Hit { tag, form, facts, lead, start, end }
}

/// Finds the words that are told as facts of words, too, as [`find`] finds all others.
pub fn told(tokens: &[Token], lexicon: &Lexicon) -> Vec<Hit> {
    let hits = |(start, facts): (u32, u16)| {
        let tags = lexicon.told.iter().filter(move |(_, fact)| facts & fact != 0);
        tags.map(move |&(tag, _)| Hit { tag, form: Form::default(), facts: 0, lead: 0, start, end: start + 1 })
    };
    (0..).zip(lexicon.heads.facts(tokens)).flat_map(hits).collect()
}

/// The order of hits as a number: by place, the longest first, then by list, with the `NOT` phrases before others.
fn order(hit: &Hit) -> u128 {
    u128::from(hit.start) << 64 | u128::from(order_here(hit))
}

/// The same among hits that start at one place.
fn order_here(hit: &Hit) -> u64 {
    u64::from(u32::MAX - hit.end) << 32 | u64::from(hit.tag) << 8 | u64::from(hit.facts & Output::NOT == 0)
}

/// Brings hits into the order of [`settle`].
pub fn sort(hits: &mut [Hit]) {
    hits.sort_by_key(order);
}

/// Adds hits in any order to hits in order; among equals the earlier ones stay first. `more` is left empty.
pub fn merge(hits: &mut Vec<Hit>, more: &mut Vec<Hit>) {
    sort(more);
    let mut end = hits.len();
    hits.extend_from_slice(more);
    let mut to = hits.len();
    // From the end: what stands behind the next one moves at once.
    while let Some(next) = more.pop() {
        let own = order_here(&next);
        let at = first_behind(&hits[..end], |h| h.start > next.start || h.start == next.start && order_here(h) > own);
        to -= end - at;
        hits.copy_within(at..end, to);
        to -= 1;
        hits[to] = next;
        end = at;
    }
}

/// The number of the first of the items in order that stands behind something, looked for from the end, where it is
/// likely to be: the number of items where none does.
pub fn first_behind<T>(items: &[T], is_behind: impl Fn(&T) -> bool) -> usize {
    let (mut from, mut to, mut step) = (items.len(), items.len(), 1);
    while from > 0 && is_behind(&items[from - 1]) {
        to = from - 1;
        from = from.saturating_sub(step);
        step *= 2;
    }
    from + items[from..to].partition_point(|i| !is_behind(i))
}

/// Scratch space for [`settle`]: until where each list has covered the text. It is kept from text to text.
#[derive(Debug, Default)]
pub struct Covered {
    /// What a tag's entry must say to count; entries of earlier rounds are out of date.
    round: u32,
    /// By tag, the round and one past the last token that is covered.
    until: Vec<(u32, u32)>,
}

impl Covered {
    fn begin(&mut self, tags: usize) {
        if self.round == u32::MAX {
            *self = Covered::default();
        }
        self.round += 1;
        if self.until.len() < tags {
            // Nothing that it holds counts in this round, and memory that is fresh is only loaded where it is looked at.
            self.until = vec![(0, 0); tags];
        }
    }
}

/// Keeps of hits in order, for each list, the leftmost and of these the longest: what overlaps an earlier hit of the
/// same list goes, and so does what a `NOT` phrase covers. The `NOT` phrases stay. `tags` is the number of lists;
/// `counts` drops hits beforehand.
pub fn settle(hits: &mut Vec<Hit>, covered: &mut Covered, tags: usize, counts: impl Fn(&Hit) -> bool) {
    covered.begin(tags);
    hits.retain(|h| {
        let entry = &mut covered.until[h.tag as usize];
        let until = if entry.0 == covered.round { entry.1 } else { 0 };
        let keep = is_kept(h, until) && counts(h);
        if keep {
            *entry = (covered.round, h.end);
        }
        keep
    });
}

/// Adds hits in any order to settled ones and settles their lists again. `more` is left empty. `over` are hits before
/// these that may reach over some of them.
pub fn add(hits: &mut Vec<Hit>, more: &mut Vec<Hit>, over: &[Hit], covered: &mut Covered, tags: usize) {
    covered.begin(tags);
    for hit in more.iter() {
        covered.until[hit.tag as usize] = (covered.round, 0);
    }
    for hit in over {
        let entry = &mut covered.until[hit.tag as usize];
        entry.1 = entry.1.max(hit.end);
    }
    merge(hits, more);
    hits.retain(|h| {
        let entry = &mut covered.until[h.tag as usize];
        // What nothing was added to is settled.
        if entry.0 != covered.round {
            return true;
        }
        let keep = is_kept(h, entry.1);
        if keep {
            entry.1 = h.end;
        }
        keep
    });
}

fn is_kept(hit: &Hit, until: u32) -> bool {
    hit.start >= until || hit.facts & Output::NOT != 0 && hit.end > until
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(start: u32, end: u32, tag: TagId, facts: u8) -> Hit {
        Hit { tag, form: Form::default(), facts, lead: 0, start, end }
    }

    #[test]
    fn hits_that_are_merged_stand_as_if_they_had_been_sorted() {
        let mut hits = vec![hit(0, 2, 1, 0), hit(0, 1, 1, 0), hit(4, 5, 0, 0), hit(9, 10, 2, 0)];
        let mut more = vec![hit(4, 6, 7, 0), hit(0, 2, 1, Output::NOT), hit(20, 21, 0, 0), hit(0, 1, 0, 0)];
        let mut wanted: Vec<Hit> = hits.iter().chain(&more).copied().collect();
        wanted.sort_by_key(order);
        merge(&mut hits, &mut more);
        assert_eq!(hits, wanted);
        assert!(more.is_empty());
    }

    #[test]
    fn the_first_item_behind_is_found_wherever_it_is() {
        for length in 0..20 {
            let items: Vec<usize> = (0..length).collect();
            for limit in 0..=length {
                assert_eq!(first_behind(&items, |&i| i >= limit), limit);
            }
        }
    }

    #[test]
    fn the_longest_of_a_list_stays_and_a_not_phrase_swallows_what_it_covers() {
        let mut hits = vec![hit(0, 3, 1, Output::NOT), hit(1, 2, 1, 0), hit(1, 2, 2, 0), hit(3, 5, 1, 0), hit(4, 6, 1, 0)];
        let mut covered = Covered::default();
        settle(&mut hits, &mut covered, 3, |_| true);
        assert_eq!(hits, [hit(0, 3, 1, Output::NOT), hit(1, 2, 2, 0), hit(3, 5, 1, 0)]);
        add(&mut hits, &mut vec![hit(2, 3, 1, 0), hit(2, 4, 2, 0), hit(1, 3, 2, 0)], &[], &mut covered, 3);
        assert_eq!(hits, [hit(0, 3, 1, Output::NOT), hit(1, 3, 2, 0), hit(3, 5, 1, 0)]);
        add(&mut hits, &mut vec![hit(4, 6, 2, 0), hit(5, 7, 2, 0)], &[hit(2, 5, 2, 0)], &mut covered, 3);
        assert_eq!(hits, [hit(0, 3, 1, Output::NOT), hit(3, 5, 1, 0), hit(5, 7, 2, 0)]);
    }
}
