//! The result of checking one article.

use crate::finding::Finding;

/// What was found in an article.
#[derive(Clone, Debug, Default)]
pub struct Audit {
    /// Findings in order of place.
    pub findings: Vec<Finding>,
}
