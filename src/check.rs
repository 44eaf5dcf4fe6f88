//! The one pure, total function: a source in, an audit out. No IO, no clock, no environment.

use crate::annotate::shapes::Compiled;
use crate::annotate::{self, Article, Context};
use crate::audit::{self, Audit};
use crate::catalog::Catalog;
use crate::document::Document;
use crate::finding::Finding;
use crate::lint::eval;
use crate::lint::model::Lint;
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
    /// The kind of page that the articles are; empty: each says it or looks like it.
    pub kind: String,
}

/// Checks articles against a catalog.
pub struct Checker {
    /// What it checks with.
    pub catalog: Catalog,
    /// How.
    pub options: Options,
    /// Numbers of the lints that run.
    active: Vec<usize>,
    compiled: Compiled,
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
        let compiled = Compiled::new(&catalog);
        Checker { catalog, options, active, compiled }
    }

    /// The lints that run.
    pub fn active(&self) -> impl Iterator<Item = &Lint> {
        self.active.iter().filter_map(|&i| self.catalog.lints.get(i))
    }

    /// Everything that is known of a document before lints judge it.
    pub fn annotate<'a>(&'a self, doc: &'a mut Document) -> Article<'a> {
        let Options { today, jurisdiction, kind, .. } = self.options.clone();
        annotate::annotate(doc, &self.catalog, &self.compiled, &Context { today, jurisdiction, kind })
    }

    /// What one lint says of an article, whatever else is switched on; nothing is folded into others.
    pub fn check_lint(&self, source: &Source, format: Format, id: &str) -> Vec<Finding> {
        let mut doc = read::read(&source.text, format);
        let article = self.annotate(&mut doc);
        let mut raw = Vec::new();
        if let Some(i) = self.catalog.lints.iter().position(|l| l.id == id)
            && is_for(&self.catalog.lints[i], &article)
        {
            eval::run(i, &self.catalog.lints[i], &article, &mut raw);
        }
        eval::settle(raw, &self.catalog.lints, &article)
    }

    /// Audits one article.
    pub fn check(&self, source: &Source, format: Format) -> Audit {
        self.check_document(read::read(&source.text, format))
    }

    /// Audits one article that is already read, such as a Word file.
    pub fn check_document(&self, mut doc: Document) -> Audit {
        let article = self.annotate(&mut doc);
        let mut raw = Vec::new();
        for &i in self.active.iter().filter(|&&i| is_for(&self.catalog.lints[i], &article)) {
            eval::run(i, &self.catalog.lints[i], &article, &mut raw);
        }
        let summary = audit::summary(&article);
        Audit { findings: eval::settle(raw, &self.catalog.lints, &article), claims: audit::claims(&article), summary }
    }
}

/// Whether a lint is for this kind of page.
fn is_for(lint: &Lint, article: &Article) -> bool {
    lint.kinds.is_empty() || lint.kinds.iter().any(|k| k == article.kind)
}
