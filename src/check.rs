//! The one pure, total function: a source in, an audit out. No IO, no clock, no environment.

use crate::annotate::{self, Context};
use crate::audit::Audit;
use crate::catalog::Catalog;
use crate::lint::eval;
use crate::read::{self, Format};
use crate::source::Source;

/// Which lints run.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Whether preview lints run.
    pub preview: bool,
    /// Jurisdictions that are asked for.
    pub jurisdiction: Vec<String>,
    /// Days since 1970-01-01 of the day of the audit.
    pub today: i64,
}

/// Checks articles against a catalog.
pub struct Checker {
    /// What it checks with.
    pub catalog: Catalog,
    /// How.
    pub options: Options,
    /// Numbers of the lints that run.
    active: Vec<usize>,
}

impl Checker {
    /// A checker that runs the lints of `catalog` for which `wants` holds.
    pub fn new(catalog: Catalog, options: Options, wants: &dyn Fn(&str) -> bool) -> Checker {
        let active = (0..catalog.lints.len())
            .filter(|&i| {
                let lint = &catalog.lints[i];
                (options.preview || !lint.preview)
                    && (lint.jurisdiction.is_empty() || lint.jurisdiction.iter().any(|j| options.jurisdiction.contains(j)))
                    && wants(&lint.id)
            })
            .collect();
        Checker { catalog, options, active }
    }

    /// Audits one article.
    pub fn check(&self, source: &Source, format: Format) -> Audit {
        let mut doc = read::read(&source.text, format);
        let article = annotate::annotate(&mut doc, &self.catalog, &Context { today: self.options.today });
        let mut raw = Vec::new();
        for &i in &self.active {
            eval::run(i, &self.catalog.lints[i], &article, &mut raw);
        }
        Audit { findings: eval::settle(raw, &self.catalog.lints, &article) }
    }
}
