//! A lint as it runs: what to find, what must be near, what excuses it.

use crate::finding::Level;
use crate::words::kind::{Marks, Strength};
use crate::words::lexicon::TagId;
use crate::words::numbers::{self, Numbers};
use crate::words::stored::{Later, Stored};
use serde::{Deserialize, Serialize};

/// A lint, checked and with its names resolved.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Lint {
    /// `family/name`.
    pub id: String,
    /// Its level unless config or an `adjust` changes it.
    pub level: Level,
    /// Off unless asked for.
    pub preview: bool,
    /// Jurisdictions that it is for; empty: everywhere.
    pub jurisdiction: Vec<Stored>,
    /// Kinds of page that it is for; empty: all.
    pub kinds: Vec<Stored>,
    /// Lints of one cause on the same words fold into one finding.
    pub cause: Stored,
    /// Only the first place in a document.
    pub once: bool,
    /// What it tells.
    pub words: Later<Words>,
    /// What it points at.
    pub find: Select,
    /// What must be near, or must not.
    pub conditions: Later<Conditions>,
}

/// What a lint tells of itself.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Words {
    /// The version that brought it.
    pub since: Stored,
    /// What is wrong, with `{text}`, `{subject}`, `{effect}`, `{object}`, `{near}` to fill in.
    pub message: Stored,
    /// What to write instead.
    pub help: Stored,
    /// Why it matters.
    pub why: Stored,
    /// Keys of `standards.toml`.
    pub standards: Vec<Stored>,
}

/// What must be near a find of a lint, or must not.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Conditions {
    /// All must hold.
    pub when: Vec<Near>,
    /// Any one silences.
    pub unless: Vec<Near>,
    /// The first that holds sets the level.
    pub adjust: Vec<(Level, Near)>,
}

impl Lint {
    /// The part of the id before the slash.
    pub fn family(&self) -> &str {
        self.id.split('/').next().unwrap_or("")
    }

    /// Whether it is for pages of this kind.
    pub fn is_for(&self, kind: &str) -> bool {
        self.kinds.is_empty() || self.kinds.iter().any(|k| k == kind)
    }

    /// Every tag that it asks for.
    pub fn tags(&self) -> impl Iterator<Item = &TagId> {
        let Conditions { when, unless, adjust } = &*self.conditions;
        let conditions = when.iter().chain(unless).chain(adjust.iter().map(|(_, near)| near));
        let near = conditions.flat_map(|n| n.select.tags.iter().chain(&n.before).chain(&n.after));
        self.find.tags.iter().chain(near)
    }
}

/// By tag, which lints find it; and which lists are of the lints' own conditions. Made once, when caveat is built, for
/// the lints that ship.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Finders {
    /// By tag, where the lints that find it start in `lints`; one more entry at the end.
    starts: Numbers,
    /// Numbers of lints.
    lints: Numbers,
    /// By lint, where the lists of its own start in `own`; one more entry at the end.
    own_starts: Numbers,
    /// Lists that nothing but the conditions of a lint asks for.
    own: Numbers,
    /// Whether a lint asks for words of grammar.
    pub grammar: bool,
}

impl Finders {
    /// Those of all lints, where there are `tags` tags; `is_own` says which lists are of a lint's own, `is_grammar` which
    /// are words of grammar.
    pub fn of(all: &[Lint], tags: usize, is_own: impl Fn(TagId) -> bool, is_grammar: impl Fn(TagId) -> bool) -> Finders {
        let finds = (0..).zip(all).flat_map(|(i, lint)| lint.find.tags.iter().map(move |&tag| (tag as usize, i)));
        let (starts, lints) = numbers::grouped(tags, finds);
        let asked = || all.iter().enumerate().flat_map(|(i, lint)| lint.tags().map(move |&tag| (i, tag)));
        let own = asked().filter(|&(_, tag)| is_own(tag)).map(|(i, tag)| (i, u32::from(tag)));
        let (own_starts, own) = numbers::grouped(all.len(), own);
        let grammar = asked().any(|(_, tag)| is_grammar(tag));
        Finders { starts, lints, own_starts, own, grammar }
    }

    /// Numbers of the lints that find a tag.
    pub fn lints(&self, tag: TagId) -> impl Iterator<Item = usize> {
        numbers::read(self.lints.slice(self.starts.range(tag as usize))).map(|lint| lint as usize)
    }

    /// Lists of a lint's own.
    pub fn own(&self, lint: usize) -> impl Iterator<Item = usize> {
        numbers::read(self.own.slice(self.own_starts.range(lint))).map(|tag| tag as usize)
    }
}

/// Which annotations are meant.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Select {
    /// Tags, ascending.
    pub tags: Vec<TagId>,
    /// Whether nothing is asked but the tag and the marks that must not be there.
    pub is_plain: bool,
    /// Block kinds as bits of [`KINDS`]; 0: any.
    pub kinds: u16,
    /// Block kinds that are left out.
    pub not_kinds: u16,
    /// Marks that must be there.
    pub with: Marks,
    /// Marks of which none may be there.
    pub without: Marks,
    /// More to ask of a claim.
    pub claim: Option<Box<ClaimSelect>>,
    /// Only in this first share of the words, 0 to 1; 1: anywhere.
    pub first: f32,
    /// Only in this last share of the words, 0 to 1; 1: anywhere.
    pub last: f32,
    /// Only where so much of the article also stands in an earlier one of the run, 0 to 1.
    pub copied: f32,
}

/// What is asked of a claim; an empty list asks nothing.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct ClaimSelect {
    /// Strengths.
    pub strength: Vec<Strength>,
    /// Whether it is good or bad for the reader.
    pub valence: Vec<Valence>,
    /// Forms of the effect.
    pub form: Vec<ClaimForm>,
    /// Classes of the subject.
    pub subject: Classes,
    /// Classes of the object.
    pub object: Classes,
    /// Lists of the effect.
    pub effect: Classes,
}

/// A choice of classes of a claim's part.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Classes {
    /// Whether anything is asked.
    pub asked: bool,
    /// The part may be missing.
    pub none: bool,
    /// Tags, ascending.
    pub tags: Vec<TagId>,
}

impl Classes {
    /// Whether a part of class `tag` (or a missing part) is meant.
    pub fn allow(&self, tag: Option<TagId>) -> bool {
        !self.asked
            || match tag {
                Some(tag) => self.tags.binary_search(&tag).is_ok(),
                None => self.none,
            }
    }
}

/// Whether a claim says good or bad of its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Valence {
    /// Good for the reader: less pain, better sleep.
    Benefit,
    /// Bad: more pain, damage.
    Harm,
    /// Neither can be told.
    Neutral,
}

/// How a claim is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ClaimForm {
    /// With a finite verb: "reduces pain".
    Finite,
    /// With a gerund or participle: "by reducing pain".
    Gerund,
    /// With an infinitive: "to reduce pain".
    Infinitive,
    /// As a noun or an adjective: "its anti-inflammatory properties".
    Noun,
}

/// Names of the valences.
pub const VALENCES: [(&str, Valence); 3] = [("benefit", Valence::Benefit), ("harm", Valence::Harm), ("neutral", Valence::Neutral)];

/// Names of the forms of a claim.
pub const FORMS: [(&str, ClaimForm); 4] =
    [("finite", ClaimForm::Finite), ("gerund", ClaimForm::Gerund), ("infinitive", ClaimForm::Infinitive), ("noun", ClaimForm::Noun)];

/// How far from the find something may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Within {
    /// At most `words` words away, in the same sentence.
    Phrase,
    /// The same clause.
    Clause,
    /// The same sentence.
    Sentence,
    /// The same or the next sentence.
    Next,
    /// The same sentence, the one before or the one after.
    Near,
    /// The same block.
    Block,
    /// The same section, without its subsections.
    Section,
    /// Anywhere.
    Document,
}

/// Names of the distances.
pub const WITHIN: [(&str, Within); 8] = [
    ("phrase", Within::Phrase),
    ("clause", Within::Clause),
    ("sentence", Within::Sentence),
    ("next", Within::Next),
    ("near", Within::Near),
    ("block", Within::Block),
    ("section", Within::Section),
    ("document", Within::Document),
];

/// On which side of the find.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Side {
    /// Either, or overlapping.
    Any,
    /// Before it.
    Before,
    /// After it.
    After,
}

/// Something near the find.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Near {
    /// What.
    pub select: Select,
    /// How far.
    pub within: Within,
    /// With [`Within::Phrase`]: at most so many words between.
    pub words: u16,
    /// On which side.
    pub side: Side,
    /// In at least so many different places.
    pub min: u16,
    /// It must stand before the first of these in the document.
    pub before: Vec<TagId>,
    /// It must stand after the first of these in the document.
    pub after: Vec<TagId>,
    /// A word on it, drawn beside the finding.
    pub note: Stored,
}

/// Names of the block kinds with their bits.
pub const KINDS: [(&str, u16); 12] = [
    ("title", 1),
    ("heading", 2),
    ("paragraph", 4),
    ("item", 8),
    ("quote", 16),
    ("cell", 32),
    ("caption", 64),
    ("question", 128),
    ("answer", 256),
    ("residue", 512),
    ("code", 1024),
    ("summary", 2048),
];
