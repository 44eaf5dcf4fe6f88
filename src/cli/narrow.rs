//! What `caveat check` leaves out of a run: what was found before, and what did not change.

use clap::Args;
use std::path::PathBuf;

/// What is set aside.
#[derive(Debug, Args)]
pub struct Narrow {
    /// Set aside what this file holds, so that only new findings are shown and fail. Without the option
    /// caveat.baseline.json is used where there is one, here or in a folder above
    #[arg(long, value_name = "FILE", conflicts_with_all = ["no_baseline", "records"])]
    pub baseline: Option<PathBuf>,
    /// Use no baseline
    #[arg(long)]
    pub no_baseline: bool,
    /// Write what is found now into a baseline (default: caveat.baseline.json, beside caveat.toml or
    /// here). Entries of articles and lints that this run leaves out stay
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true, conflicts_with_all = ["no_baseline", "prune_baseline", "changed_lines", "records"])]
    pub write_baseline: Option<Option<PathBuf>>,
    /// Take out of the baseline what is not found any more
    #[arg(long, conflicts_with_all = ["no_baseline", "records"])]
    pub prune_baseline: bool,
    /// Audit only articles that git sees changed: against the last commit, new files included
    #[arg(long, conflicts_with = "records")]
    pub changed: bool,
    /// Show only findings on changed lines; goes with --changed
    #[arg(long, conflicts_with = "records")]
    pub changed_lines: bool,
    /// Against what --changed compares: what changed since this branch left REV
    #[arg(long, value_name = "REV", conflicts_with = "records")]
    pub base: Option<String>,
}

impl Narrow {
    /// Whether only changed articles are audited.
    pub fn is_changed_only(&self) -> bool {
        self.changed || self.changed_lines || self.base.is_some()
    }
}
