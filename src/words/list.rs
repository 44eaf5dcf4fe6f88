//! What a list is: what its words are to a claim, and what they do to others.

use super::kind::{Direction, Marks, Reach, Strength};
use super::lexicon::TagId;
use super::stored::Stored;
use serde::{Deserialize, Serialize};

/// What is known of a tag.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct List {
    /// The tag's name; starts with `~` where people never see it (terms of a lint, parts of a term).
    pub name: Stored,
    /// Strength of an effect.
    pub strength: Option<Strength>,
    /// Direction of an effect.
    pub direction: Option<Direction>,
    /// An effect that claims nothing without an object of a known class.
    pub object_required: bool,
    /// An effect that claims something only where its sentence claims nothing else.
    pub aside: bool,
    /// An effect that is a noun of change, which a verb before it brings about.
    pub nominal: bool,
    /// Mark of a cue, or of an effect that says it is not so.
    pub mark: Marks,
    /// Reach of a cue.
    pub reach: Option<Reach>,
    /// Reach in words, 0 for no limit.
    pub within: u16,
    /// Tag of the cue's stop words.
    pub stop: Option<TagId>,
    /// Which part of a claim its words can be.
    pub group: Group,
}

/// Its words leave marks on others.
pub const USE_CUE: u8 = 1;
/// Its words end the reach of cues.
pub const USE_STOP: u8 = 2;
/// Its words can be a part of a claim.
pub const USE_PART: u8 = 4;

impl List {
    /// Whether an effect notes a relation or a difference, and asserts nothing: below "may" on the ladder.
    pub fn compares(&self) -> bool {
        self.strength.is_some_and(|s| s < Strength::Conditional)
    }

    /// What its words are for: a set of `USE_*` bits.
    pub fn uses(&self) -> u8 {
        let cue = if self.reach.is_some() && self.mark != Marks::default() { USE_CUE } else { 0 };
        let part = match self.group {
            Group::Effect | Group::Subject | Group::Object => USE_PART,
            Group::Stop => USE_STOP,
            Group::Other => 0,
        };
        cue | part
    }
}

/// What the words of a list are to a claim: the first part of its name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Group {
    /// None.
    #[default]
    Other,
    /// `effect.*`: what is done.
    Effect,
    /// `subject.*`: who or what does it.
    Subject,
    /// `object.*`: to what.
    Object,
    /// None; they end the reach of a cue.
    Stop,
}

/// How the names of lists about whole lines begin.
pub const LINE: &str = "line.";

/// How the names of lists of stop words begin.
pub const STOP: &str = "~stop";

impl Group {
    /// The group of a name.
    pub fn of(name: &str) -> Group {
        match name.split(['.', ' ']).next() {
            Some("effect") => Group::Effect,
            Some("subject") => Group::Subject,
            Some("object") => Group::Object,
            Some(STOP) => Group::Stop,
            _ => Group::Other,
        }
    }
}
