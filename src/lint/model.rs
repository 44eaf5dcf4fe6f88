//! A lint as it runs: what to find, what must be near, what excuses it.

use crate::finding::Level;
use crate::words::kind::{Marks, Strength};
use crate::words::lexicon::TagId;
use crate::words::stored::Stored;
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
    /// Jurisdictions that it is for; empty: everywhere.
    pub jurisdiction: Vec<Stored>,
    /// Kinds of page that it is for; empty: all.
    pub kinds: Vec<Stored>,
    /// Lints of one cause on the same words fold into one finding.
    pub cause: Stored,
    /// Only the first place in a document.
    pub once: bool,
    /// What it points at.
    pub find: Select,
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

    /// What must be near or must not.
    fn conditions(&self) -> impl Iterator<Item = &Near> {
        self.when.iter().chain(&self.unless).chain(self.adjust.iter().map(|(_, near)| near))
    }

    /// Every tag that it asks for.
    pub fn tags(&self) -> impl Iterator<Item = &TagId> {
        let near = self.conditions().flat_map(|n| n.select.tags.iter().chain(&n.before).chain(&n.after));
        self.find.tags.iter().chain(near)
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
    pub claim: Option<ClaimSelect>,
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
