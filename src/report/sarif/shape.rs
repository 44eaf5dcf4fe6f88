//! The parts of SARIF that caveat writes, named as the standard names them (section 3 of SARIF 2.1.0).

use super::rules::Rule;
use serde::Serialize;

/// caveat itself.
#[derive(Serialize)]
pub struct Driver<'a> {
    pub name: &'static str,
    pub version: &'static str,
    #[serde(rename = "semanticVersion")]
    pub semantic_version: &'static str,
    pub rules: &'a [Rule],
}

/// An article.
#[derive(Serialize)]
pub struct Artifact {
    pub location: Uri,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<&'static str>,
}

/// Where a file is.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Uri {
    pub uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri_base_id: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<usize>,
}

/// A text.
#[derive(Serialize)]
pub struct Message {
    pub text: String,
}

/// A place in a file.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Region<'a> {
    pub start_line: usize,
    pub start_column: usize,
    pub end_line: usize,
    pub end_column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub byte_offset: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub byte_length: Option<u32>,
    pub snippet: Snippet<'a>,
}

/// What stands there.
#[derive(Serialize)]
pub struct Snippet<'a> {
    pub text: &'a str,
}

/// A file, and a place in it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Physical<'a> {
    pub artifact_location: Uri,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<Region<'a>>,
}

/// A place, and a word on it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<usize>,
    pub physical_location: Physical<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Message>,
}

/// A finding.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome<'a> {
    pub rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule_index: Option<usize>,
    pub level: &'static str,
    pub message: Message,
    pub locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related_locations: Vec<Location<'a>>,
    pub partial_fingerprints: Fingerprints,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suppressions: Option<[Suppression<'a>; 1]>,
    #[serde(skip_serializing_if = "Also::is_empty")]
    pub properties: Also<'a>,
}

/// Why a finding is excused.
#[derive(Serialize)]
pub struct Suppression<'a> {
    pub kind: &'static str,
    pub status: &'static str,
    pub justification: &'a str,
}

/// What tells a finding from others of its article.
#[derive(Serialize)]
pub struct Fingerprints {
    #[serde(rename = "caveat/v1")]
    pub caveat: String,
}

/// Lints of the same cause.
#[derive(Serialize)]
pub struct Also<'a> {
    pub also: &'a [String],
}

impl Also<'_> {
    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.also.is_empty()
    }
}

/// A problem.
#[derive(Serialize)]
pub struct Notification {
    pub level: &'static str,
    pub message: Message,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub locations: Vec<Location<'static>>,
}

/// How the run went.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Invocation<'a> {
    pub execution_successful: bool,
    pub tool_execution_notifications: &'a [Notification],
    pub tool_configuration_notifications: &'a [Notification],
}
