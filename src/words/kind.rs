//! What a word list can say of its words: how strong a claim, in which direction, what a cue does.

use serde::{Deserialize, Serialize};

/// How strongly a claim is worded: the InSciOut ladder (Sumner 2014, Adams 2017), codes 1 to 6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Strength {
    /// 1: explicitly no relation.
    NoRelation,
    /// 2: "associated with", "more likely".
    Correlational,
    /// 3: "linked to", "predicts".
    Ambiguous,
    /// 4: "may", "might", "appears to".
    Conditional,
    /// 5: "can".
    CanCause,
    /// 6: "reduces", "helps".
    Cause,
}

/// What an effect does to its object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Direction {
    /// Less of it.
    Down,
    /// More of it.
    Up,
    /// It gets better.
    Help,
    /// It gets worse.
    Hurt,
    /// Some effect.
    Act,
}

/// How far a cue reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Reach {
    /// The words before it.
    Before,
    /// The words after it.
    After,
    /// Its clause.
    Clause,
    /// Its sentence.
    Sentence,
    /// The sentence before its own, in the same block.
    Previous,
}

/// A set of marks: what reaches a word or a claim.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Marks(pub u16);

impl Marks {
    /// Said not to be so.
    pub const NEGATED: Marks = Marks(1);
    /// Said to be possible.
    pub const HEDGED: Marks = Marks(2);
    /// Asked.
    pub const ASKED: Marks = Marks(4);
    /// In somebody's quoted words.
    pub const QUOTED: Marks = Marks(8);
    /// Somebody's belief, which the author reports.
    pub const REPORTED: Marks = Marks(16);
    /// Under a condition.
    pub const SUPPOSED: Marks = Marks(32);
    /// The finding of a named study.
    pub const ATTRIBUTED: Marks = Marks(64);
    /// For some people or some cases only.
    pub const WEAK: Marks = Marks(128);
    /// An aim, a plan or a recommendation: nothing is asserted.
    pub const AIMED: Marks = Marks(256);
    /// A subject that something is only compared with or done without: "unlike opioids", "as strong as aspirin".
    pub const COMPARED: Marks = Marks(512);

    /// All marks with their names, as lints and reports write them.
    pub const NAMES: [(&'static str, Marks); 10] = [
        ("negated", Marks::NEGATED),
        ("hedged", Marks::HEDGED),
        ("asked", Marks::ASKED),
        ("quoted", Marks::QUOTED),
        ("reported", Marks::REPORTED),
        ("supposed", Marks::SUPPOSED),
        ("attributed", Marks::ATTRIBUTED),
        ("weak", Marks::WEAK),
        ("aimed", Marks::AIMED),
        ("compared", Marks::COMPARED),
    ];

    /// Whether any of `other` is set.
    pub fn any(self, other: Marks) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether all of `other` are set.
    pub fn all(self, other: Marks) -> bool {
        self.0 & other.0 == other.0
    }

    /// Names of the marks that are set.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        Marks::NAMES.into_iter().filter(move |(_, m)| self.any(*m)).map(|(n, _)| n)
    }
}

impl std::ops::BitOr for Marks {
    type Output = Marks;
    fn bitor(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
    }
}

impl std::ops::BitOrAssign for Marks {
    fn bitor_assign(&mut self, other: Marks) {
        self.0 |= other.0;
    }
}

/// Names of the strengths, weakest first, as files and reports write them.
pub const STRENGTHS: [(&str, Strength); 6] = [
    ("no-relation", Strength::NoRelation),
    ("correlational", Strength::Correlational),
    ("ambiguous", Strength::Ambiguous),
    ("conditional", Strength::Conditional),
    ("can-cause", Strength::CanCause),
    ("cause", Strength::Cause),
];

/// Names of the directions of an effect.
pub const DIRECTIONS: [(&str, Direction); 5] =
    [("down", Direction::Down), ("up", Direction::Up), ("help", Direction::Help), ("hurt", Direction::Hurt), ("act", Direction::Act)];

/// Names of the reaches of a cue.
pub const REACHES: [(&str, Reach); 5] = [
    ("before", Reach::Before),
    ("after", Reach::After),
    ("clause", Reach::Clause),
    ("sentence", Reach::Sentence),
    ("previous", Reach::Previous),
];

impl Strength {
    /// The strength as reports write it.
    pub fn name(self) -> &'static str {
        STRENGTHS[self as usize].0
    }
}

/// In which form of an inflected list's term a word was met; a set, since `cut` is several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Form(pub u8);

impl Form {
    /// `reduce`.
    pub const BASE: Form = Form(1);
    /// `reduces`.
    pub const PRESENT: Form = Form(2);
    /// `reduced`.
    pub const PAST: Form = Form(4);
    /// `reducing`.
    pub const GERUND: Form = Form(8);
    /// `studies`.
    pub const PLURAL: Form = Form(16);

    /// Whether any of `other` is set.
    pub fn any(self, other: Form) -> bool {
        self.0 & other.0 != 0
    }
}
