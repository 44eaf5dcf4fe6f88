//! All word lists as one index: built from files, frozen into the binary, used by the scanner.

use super::contraction::Contractions;
use super::file::{Inflect, WordFile};
use super::heads::Heads;
use super::inflect::Irregular;
use super::kind::Form;
use super::list::STOP;
pub use super::list::{Group, LINE, List, USE_CUE, USE_PART, USE_STOP};
use super::needs::Needs;
use super::sequence::{self, Part, Sequences};
use super::stored::Stored;
use super::term::{self, Phrase, Step};
use super::trie::{ANY, NUMBER, Output, Trie, TrieBuilder};
use super::vocabulary::Vocabulary;
use crate::problem::Problem;
use crate::source::Source;
use crate::written::Text;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// Number of a tag: an index into [`Lexicon::lists`], or from its length on a part of a term.
pub type TagId = u16;

/// A regular expression of a list.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct ShapeRule {
    /// What it finds.
    pub tag: TagId,
    /// The expression, checked when it was built.
    pub regex: Stored,
}

/// All lists as one index.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Lexicon {
    /// The words.
    pub vocabulary: Vocabulary,
    /// The phrases.
    pub trie: Trie,
    /// What begins with each word.
    pub heads: Heads,
    /// Lists whose single words are no hits but facts of the words, each with its bit.
    pub told: Vec<(TagId, u16)>,
    /// Tags by number: those that have a name. The parts of terms come after them.
    pub lists: Vec<List>,
    /// Lists about whole lines.
    pub lines: Vec<TagId>,
    /// What the words of each list are for, by tag: a set of `USE_*` bits.
    pub uses: Vec<u8>,
    /// Number of tags, with those of the parts of terms.
    pub tag_count: u32,
    /// Exact spellings that [`Output::exact`] points to.
    pub exact: Vec<Stored>,
    /// Terms that refer to other lists or have gaps.
    pub sequences: Sequences,
    /// Short forms of verbs.
    pub contractions: Contractions,
    /// Shapes.
    pub shapes: Vec<ShapeRule>,
    /// Literals in lower case with the shapes that need one of theirs.
    pub needs: Needs,
}

impl Lexicon {
    /// The number of a tag with exactly this name.
    pub fn tag(&self, name: &str) -> Option<TagId> {
        self.lists.iter().position(|l| l.name == name).map(|i| i as TagId)
    }

    /// All tags that `name` stands for: the tag of exactly that name, else every tag under it.
    pub fn tags(&self, name: &str) -> Vec<TagId> {
        if let Some(tag) = self.tag(name) {
            return vec![tag];
        }
        self.lists.iter().enumerate().filter(|(_, l)| is_under(&l.name, name)).map(|(i, _)| i as TagId).collect()
    }
}

fn is_under(tag: &str, name: &str) -> bool {
    tag == name || tag.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'))
}

struct Pending {
    output: Output,
    parts: Vec<Part>,
}

struct PendingTerm {
    file: Arc<Source>,
    span: crate::source::Span,
    output: Output,
    phrase: Phrase,
}

/// Collects lists and builds the lexicon.
#[derive(Default)]
pub struct LexiconBuilder {
    lists: Vec<List>,
    by_name: HashMap<String, TagId>,
    words: Vec<String>,
    word_ids: HashMap<String, u32>,
    exact: Vec<String>,
    terms: Vec<PendingTerm>,
    shapes: Vec<ShapeRule>,
    needs: BTreeMap<String, Vec<u32>>,
    irregular: Irregular,
    told: Vec<(TagId, u16)>,
    conditions: BTreeSet<TagId>,
}

impl LexiconBuilder {
    /// A builder that inflects with these irregular words.
    pub fn new(irregular: Irregular) -> LexiconBuilder {
        LexiconBuilder { irregular, ..LexiconBuilder::default() }
    }

    /// The number of a tag, made new if need be.
    pub fn tag(&mut self, name: &str) -> TagId {
        if let Some(&id) = self.by_name.get(name) {
            return id;
        }
        let id = self.lists.len() as TagId;
        self.lists.push(List { name: name.to_owned().into(), group: Group::of(name), ..List::default() });
        self.by_name.insert(name.to_owned(), id);
        id
    }

    /// Adds a word list, or adds to one.
    pub fn add_list(&mut self, file: &WordFile, problems: &mut Vec<Problem>) {
        let tag = self.tag(&file.tag);
        let inflect = file.inflect.unwrap_or_default();
        if file.extend.is_some() {
            self.add_terms(&file.file, tag, &file.terms, &file.not, inflect, problems);
            return self.add_patterns(file, tag, problems);
        }
        let stop = (!file.stop.is_empty()).then(|| self.tag(&format!("{STOP} {}", file.tag)));
        if let Some(stop) = stop {
            self.add_terms(&file.file, stop, &file.stop, &[], Inflect::No, problems);
        }
        self.lists[tag as usize] = List {
            name: file.tag.clone().into(),
            strength: file.strength,
            direction: file.direction,
            object_required: file.object_required,
            aside: file.aside,
            nominal: file.nominal,
            mark: file.mark,
            reach: file.reach,
            within: file.within,
            stop,
            group: Group::of(&file.tag),
        };
        self.add_terms(&file.file, tag, &file.terms, &file.not, inflect, problems);
        self.add_patterns(file, tag, problems);
    }

    fn add_patterns(&mut self, file: &WordFile, tag: TagId, problems: &mut Vec<Problem>) {
        for pattern in &file.patterns {
            match regex::Regex::new(&pattern.regex.value) {
                Ok(_) => {
                    for need in pattern.needs.iter().map(|n| n.value.to_lowercase()).filter(|need| !need.is_empty()) {
                        self.needs.entry(need).or_default().push(self.shapes.len() as u32);
                    }
                    self.shapes.push(ShapeRule { tag, regex: pattern.regex.value.clone().into() });
                }
                Err(error) => {
                    problems.push(Problem::new(&file.file, pattern.regex.span, format!("bad regex: {}", last_line(&error.to_string()))))
                }
            }
        }
    }

    /// Adds terms under a tag; duplicates and mistakes go to `problems`.
    pub fn add_terms(
        &mut self,
        file: &Arc<Source>,
        tag: TagId,
        terms: &[Text],
        not: &[Text],
        inflect: Inflect,
        problems: &mut Vec<Problem>,
    ) {
        let mut seen: HashMap<&str, ()> = HashMap::new();
        let heads: std::collections::HashSet<&str> = terms.iter().filter_map(|t| t.value.split_whitespace().next()).collect();
        for (text, facts) in terms.iter().map(|t| (t, 0)).chain(not.iter().map(|t| (t, Output::NOT))) {
            if seen.insert(text.value.trim(), ()).is_some() {
                problems.push(Problem::new(file, text.span, format!("`{}` stands here twice", text.value)));
                continue;
            }
            let phrases = match term::parse(&text.value, &self.irregular.contractions) {
                Ok(phrases) => phrases,
                Err(message) => {
                    problems.push(Problem::new(file, text.span, message));
                    continue;
                }
            };
            // Of a verb that is joined by a hyphen the last part is inflected: "kick-starts".
            let first = text.value.split_whitespace().next().unwrap_or("");
            let verb = if first.contains('/') { 0 } else { first.matches('-').count() };
            for phrase in phrases {
                let facts = facts | if phrase.at_start { Output::AT_START } else { 0 } | if phrase.at_end { Output::AT_END } else { 0 };
                // A `not` phrase is inflected where it starts like a term; others are written as they are met.
                let is_like_term = heads.contains(first);
                let inflect = if facts & Output::NOT == 0 || is_like_term { inflect } else { Inflect::No };
                for (phrase, form) in self.inflected(phrase, inflect, verb) {
                    let exact = self.exact_id(&phrase.exact);
                    let output = Output { tag, form, facts, lead: phrase.lead, exact };
                    self.terms.push(PendingTerm { file: file.clone(), span: text.span, output, phrase });
                }
            }
        }
    }

    fn exact_id(&mut self, exact: &str) -> u16 {
        if exact.is_empty() {
            return 0;
        }
        let at = self.exact.iter().position(|e| e == exact).unwrap_or_else(|| {
            self.exact.push(exact.to_owned());
            self.exact.len() - 1
        });
        at as u16 + 1
    }

    /// The forms of a phrase; `verb` is the step that is inflected of a verb.
    fn inflected(&self, phrase: Phrase, inflect: Inflect, verb: usize) -> Vec<(Phrase, Form)> {
        let at = match inflect {
            Inflect::No => None,
            Inflect::Verb => Some(verb),
            Inflect::Noun => phrase.steps.len().checked_sub(1),
        };
        let word = at.and_then(|at| match phrase.steps.get(at) {
            Some(Step::Word(word)) if phrase.exact.is_empty() => Some((at, word.clone())),
            _ => None,
        });
        let Some((at, word)) = word else { return vec![(phrase, Form::default())] };
        let forms = match inflect {
            Inflect::Verb => self.irregular.verb(&word),
            _ => vec![(word.clone(), Form::BASE), (self.irregular.plural(&word), Form::PLURAL)],
        };
        // `cut` is base and past: one phrase with both forms.
        let mut merged: Vec<(String, Form)> = Vec::new();
        for (word, form) in forms {
            match merged.iter_mut().find(|(w, _)| *w == word) {
                Some((_, f)) => f.0 |= form.0,
                None => merged.push((word, form)),
            }
        }
        merged
            .into_iter()
            .map(|(word, form)| {
                let mut steps = phrase.steps.clone();
                steps[at] = Step::Word(word);
                (Phrase { steps, ..phrase.clone() }, form)
            })
            .collect()
    }

    fn word_id(&mut self, word: String) -> u32 {
        let next = self.words.len() as u32 + 1;
        let id = *self.word_ids.entry(word.clone()).or_insert(next);
        if id == next {
            self.words.push(word);
        }
        id
    }

    /// Numbers the words of all terms, those of many terms first: they are the words of many texts, too, and what is
    /// known of them stands together.
    fn number_words(&mut self) {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for step in self.terms.iter().flat_map(|term| &term.phrase.steps) {
            match step {
                Step::Word(word) => *counts.entry(word.clone()).or_default() += 1,
                Step::Stem(stem) => *counts.entry(format!("{stem}*")).or_default() += 1,
                _ => {}
            }
        }
        let mut words: Vec<(String, usize)> = counts.into_iter().collect();
        words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        words.into_iter().for_each(|(word, _)| _ = self.word_id(word));
    }

    fn plain(&mut self, steps: &[Step]) -> Vec<u32> {
        steps
            .iter()
            .map(|step| match step {
                Step::Word(word) => self.word_id(word.clone()),
                Step::Stem(stem) => self.word_id(format!("{stem}*")),
                Step::Number => NUMBER,
                _ => ANY,
            })
            .collect()
    }

    /// Lists whose single words are to be told as facts of the words, each with a bit: no hits are made of them.
    pub fn tell(&mut self, lists: impl IntoIterator<Item = (TagId, u16)>) {
        self.told.extend(lists);
    }

    /// Nothing but the conditions of a lint asks for a list: what it finds is set apart.
    pub fn set_apart(&mut self, tag: TagId) {
        self.conditions.insert(tag);
    }

    /// The lists to set apart of which all terms are plain ones.
    fn conditions(&self) -> BTreeSet<TagId> {
        let mut conditions = self.conditions.clone();
        let is_plain = |term: &PendingTerm| term.phrase.steps.iter().all(term::is_plain);
        let others = self.terms.iter().filter(|term| !is_plain(term)).map(|term| term.output.tag);
        for tag in others.chain(self.shapes.iter().map(|shape| shape.tag)) {
            conditions.remove(&tag);
        }
        conditions
    }

    /// The lists to tell that no other term refers to and no phrase swallows words of.
    fn told(&self) -> BTreeMap<TagId, u16> {
        let mut told = self.told.clone();
        for term in &self.terms {
            let refers =
                |tag: &TagId| term.phrase.steps.iter().any(|s| matches!(s, Step::Tag(n) if is_under(&self.lists[*tag as usize].name, n)));
            let swallows = |tag: &TagId| term.output.tag == *tag && term.output.facts & Output::NOT != 0;
            told.retain(|(tag, _)| !refers(tag) && !swallows(tag));
        }
        told.into_iter().filter(|(tag, _)| self.lists[*tag as usize].uses() == 0).collect()
    }

    /// Builds the index. Unknown tags in terms, and terms that need themselves, go to `problems`.
    pub fn finish(mut self, problems: &mut Vec<Problem>) -> Lexicon {
        let (told, conditions) = (self.told(), self.conditions());
        self.number_words();
        let mut facts: HashMap<u32, u16> = HashMap::new();
        let mut trie = TrieBuilder::default();
        let mut sequences: Vec<(Output, Vec<Part>, usize)> = Vec::new();
        let terms = std::mem::take(&mut self.terms);
        let mut parts_seen: HashMap<Vec<u32>, TagId> = HashMap::new();
        let mut phrases: Vec<Vec<u32>> = Vec::new();
        // A list has many words, any of which may come; a part of a term is rarer the longer it is.
        let named = self.lists.len();
        let mut rarity = vec![LIST_RARITY; named];
        for (index, pending) in terms.iter().enumerate() {
            let steps = &pending.phrase.steps;
            if steps.iter().all(term::is_plain) {
                let phrase = self.plain(steps);
                let Output { tag, facts: anchors, exact, .. } = pending.output;
                match (told.get(&tag), &phrase[..], &steps[..]) {
                    (Some(fact), [word], [Step::Word(_) | Step::Stem(_)]) if anchors == 0 && exact == 0 => {
                        *facts.entry(*word).or_default() |= fact;
                    }
                    _ if conditions.contains(&tag) => trie.add(&phrase, Output { facts: anchors | Output::CONDITION, ..pending.output }),
                    _ => trie.add(&phrase, pending.output),
                }
                continue;
            }
            let mut parts = Vec::new();
            let mut at = 0;
            while at < steps.len() {
                match &steps[at] {
                    Step::Gap(n) => parts.push(Part::Gap(0, *n)),
                    Step::Any => parts.push(Part::Gap(1, 1)),
                    Step::Tag(name) => {
                        let tags: Vec<TagId> =
                            (0..self.lists.len()).filter(|&i| is_under(&self.lists[i].name, name)).map(|i| i as TagId).collect();
                        if tags.is_empty() {
                            let names: Vec<&str> = self.lists.iter().map(|l| l.name.as_str()).collect();
                            problems.push(
                                Problem::new(&pending.file, pending.span, format!("no list is called `{name}`")).did_you_mean(name, names),
                            );
                        }
                        parts.push(Part::Tags(tags));
                    }
                    _ => {
                        let end = plain_end(steps, at);
                        let phrase = self.plain(&steps[at..end]);
                        let next = rarity.len() as TagId;
                        let tag = *parts_seen.entry(phrase.clone()).or_insert(next);
                        if tag == next {
                            rarity.push(letters(&steps[at..end]));
                            phrases.push(phrase);
                        }
                        parts.push(Part::Tags(vec![tag]));
                        at = end;
                        continue;
                    }
                }
                at += 1;
            }
            sequences.push((pending.output, parts, index));
        }
        let lines = (0..named as TagId).filter(|tag| self.lists[usize::from(*tag)].name.starts_with(LINE)).collect::<Vec<_>>();
        let sequences = sequence::gather(sequences, &rarity, named).into_iter();
        let sequences = sequences.map(|(output, parts, index)| (Pending { output, parts }, index)).collect();
        let sequences = Sequences::build(in_order(sequences, &terms, problems), &rarity, &phrases, &lines);
        // Other parts are looked for only where a sequence may be.
        for (tag, phrase) in (named as TagId..).zip(&phrases).filter(|(tag, _)| sequences.is_key(*tag)) {
            trie.add(phrase, Output { tag, form: Form::default(), facts: 0, lead: 0, exact: 0 });
        }
        let ((trie, starts), vocabulary) = (trie.finish(), Vocabulary::build(&self.words));
        let fact = |word: u32| facts.get(&word).copied().unwrap_or(0);
        let is_plain = |o: &Output| o.exact == 0 && o.facts & Output::CONDITION == 0 && usize::from(o.tag) < named;
        Lexicon {
            heads: Heads::build(&starts, &vocabulary, self.words.len(), &fact, &is_plain),
            told: told.into_iter().collect(),
            trie,
            vocabulary,
            lines,
            uses: self.lists.iter().map(List::uses).collect(),
            lists: self.lists,
            tag_count: rarity.len() as u32,
            exact: self.exact.into_iter().map(Stored::from).collect(),
            sequences,
            contractions: self.irregular.contractions,
            needs: Needs::new(&self.needs),
            shapes: self.shapes,
        }
    }
}

/// How rare a list counts as, in letters of a part of a term.
const LIST_RARITY: u32 = 3;

/// The number of letters of plain steps.
fn letters(steps: &[Step]) -> u32 {
    let length = |step: &Step| match step {
        Step::Word(word) | Step::Stem(word) => word.len() as u32,
        _ => 1,
    };
    steps.iter().map(length).sum()
}

/// Where the plain words from `at` end; a wildcard at their end is left to be a gap.
fn plain_end(steps: &[Step], at: usize) -> usize {
    let mut end = (at..steps.len()).find(|&i| !term::is_plain(&steps[i])).unwrap_or(steps.len());
    while end > at + 1 && steps[end - 1] == Step::Any {
        end -= 1;
    }
    end
}

/// Sorts sequences into rounds: each round needs only what plain terms and earlier rounds find.
fn in_order(sequences: Vec<(Pending, usize)>, terms: &[PendingTerm], problems: &mut Vec<Problem>) -> Vec<Vec<(Output, Vec<Part>)>> {
    let mut rounds = Vec::new();
    let mut waiting = sequences;
    while !waiting.is_empty() {
        let unfound: std::collections::HashSet<TagId> = waiting.iter().map(|(s, _)| s.output.tag).collect();
        let is_ready = |s: &Pending| {
            s.parts.iter().all(|p| {
                matches!(p, Part::Gap(..) | Part::Phrases(_)) || matches!(p, Part::Tags(t) if !t.iter().any(|t| unfound.contains(t)))
            })
        };
        let (ready, rest): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|(s, _)| is_ready(s));
        if ready.is_empty() {
            for (_, index) in &rest {
                problems.push(Problem::new(&terms[*index].file, terms[*index].span, "this term needs a list that needs this list"));
            }
            break;
        }
        rounds.push(ready.into_iter().map(|(s, _)| (s.output, s.parts)).collect());
        waiting = rest;
    }
    rounds
}

fn last_line(text: &str) -> &str {
    text.lines().last().unwrap_or(text).trim_start_matches("error: ")
}
