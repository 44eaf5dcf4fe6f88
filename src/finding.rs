//! What caveat has to say about an article: a lint, a place, a message and what to write instead.

use crate::source::Span;
use serde::{Deserialize, Serialize};

/// How serious a finding is. `Off` is a setting, never the level of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The lint does not run.
    Off,
    /// Could be better.
    Info,
    /// An editor should fix it.
    Warning,
    /// Must not be published so.
    Error,
}

impl Level {
    /// The level as it is written in files and reports.
    pub fn name(self) -> &'static str {
        match self {
            Level::Off => "off",
            Level::Info => "info",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }

    /// The level of that name.
    pub fn parse(name: &str) -> Option<Level> {
        [Level::Off, Level::Info, Level::Warning, Level::Error].into_iter().find(|l| l.name() == name)
    }
}

/// One defect of an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The lint's id, `family/name`.
    pub lint: String,
    /// How serious.
    pub level: Level,
    /// Where, in bytes of the source.
    pub span: Span,
    /// What is wrong: makes sense alone.
    pub message: String,
    /// What to write instead.
    pub help: String,
    /// Other places that matter, with a word on each.
    pub related: Vec<(Span, String)>,
    /// Ids of lints of the same cause that also spoke on these words and were folded into this finding.
    pub also: Vec<String>,
    /// Stable across edits elsewhere: made of the lint, the words and their count, not of line numbers.
    pub fingerprint: u64,
}
