//! The one pure, total function: a source in, an audit out. No IO, no clock, no environment.

use crate::allow::{self, Allow, Mistake};
use crate::annotate::conditions;
use crate::annotate::shapes::Compiled;
use crate::annotate::{self, Article, Context};
use crate::audit::signs::Signs;
use crate::audit::{self, Audit, Suppressed};
use crate::catalog::Catalog;
use crate::copies::Copied;
use crate::document::Document;
use crate::finding::{Finding, Level};
use crate::lint::eval::{self, Raw};
use crate::lint::model::Lint;
use crate::read::{self, Format};
use crate::source::{Source, Span};
use crate::words::lexicon::TagId;
use rustc_hash::FxHashMap;
use std::cell::RefCell;

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
    /// What the article has in common with an earlier one of the run.
    pub copied: Option<Copied>,
    /// Whether claims are only counted: they come without their words.
    pub bare: bool,
}

/// What applies to an article: options, and the lints that run with the levels that somebody set.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// How it is audited.
    pub options: Options,
    /// Numbers of the lints that run, ascending, each with its level where that is set.
    pub active: Vec<(usize, Option<Level>)>,
}

/// A part of the work on an article that is done: for whoever measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// All is known of it that lints ask for.
    Annotated,
    /// The lint of this number has spoken.
    Linted(usize),
}

/// Words of the longest article after which a thread keeps its room.
const KEPT: usize = 1 << 16;

thread_local! {
    /// Room that a thread keeps from article to article.
    static SCRATCH: RefCell<eval::Scratch> = RefCell::default();
}

/// The tag of terms that no lint may flag.
pub const ACCEPTED: &str = "accept.term";

/// Checks articles against a catalog.
pub struct Checker {
    /// What it checks with.
    pub catalog: Catalog,
    /// What applies where nothing else is said.
    pub profile: Profile,
    compiled: Compiled,
    accepted: Option<TagId>,
    signs: Signs,
}

impl Checker {
    /// A checker that runs the lints of `catalog` for which `wants` holds.
    pub fn new(catalog: Catalog, options: Options, wants: &dyn Fn(&str) -> bool) -> Checker {
        let compiled = Compiled::new(&catalog);
        let accepted = catalog.lexicon.tag(ACCEPTED);
        let signs = Signs::new(&catalog);
        let mut checker = Checker { catalog, profile: Profile::default(), compiled, accepted, signs };
        checker.profile = checker.profile(options, &|lint| wants(&lint.id).then_some(None));
        checker
    }

    /// A profile of the lints that `level` lets run: `None` for those that do not, else the level that is set, if one is.
    pub fn profile(&self, options: Options, level: &dyn Fn(&Lint) -> Option<Option<Level>>) -> Profile {
        let is_on = |lint: &Lint| {
            (options.preview || !lint.preview)
                && (lint.jurisdiction.is_empty()
                    || lint.jurisdiction.iter().any(|j| options.jurisdiction.iter().any(|asked| *j == **asked)))
        };
        let active = self.catalog.lints.iter().enumerate().filter(|(_, lint)| is_on(lint));
        let active = active.filter_map(|(i, lint)| level(lint).filter(|l| *l != Some(Level::Off)).map(|l| (i, l))).collect();
        Profile { options, active }
    }

    /// The lints that run.
    pub fn active(&self) -> impl Iterator<Item = &Lint> {
        self.profile.active.iter().filter_map(|&(i, _)| self.catalog.lints.get(i))
    }

    /// Everything that is known of a document before lints judge it.
    pub fn annotate<'a>(&'a self, doc: &'a mut Document) -> Article<'a> {
        self.annotate_with(doc, &self.profile.options)
    }

    /// The same with options that are not the checker's own.
    pub fn annotate_with<'a>(&'a self, doc: &'a mut Document, options: &Options) -> Article<'a> {
        self.annotated(doc, options, true)
    }

    fn annotated<'a>(&'a self, doc: &'a mut Document, options: &Options, whole: bool) -> Article<'a> {
        let Options { today, jurisdiction, kind, copied, .. } = options.clone();
        annotate::annotate(doc, &self.catalog, &self.compiled, &Context { today, jurisdiction, kind, copied, whole })
    }

    /// What one lint says of an article, whatever else is switched on; nothing is folded into others.
    pub fn check_lint(&self, source: &Source, format: Format, id: &str) -> Vec<Finding> {
        if self.catalog.lint(id).is_some_and(|lint| lint.family() == "allow") {
            // What an excuse is worth shows only when all lints have spoken.
            let mut findings = self.check(source, format).findings;
            findings.retain(|f| f.lint == id);
            return findings;
        }
        let mut doc = read::read(&source.text, format);
        let article = self.annotate(&mut doc);
        let mut raw = Vec::new();
        if let Some(i) = self.catalog.lints.iter().position(|l| l.id == id)
            && self.catalog.lints[i].is_for(article.kind)
        {
            eval::run(i, &self.catalog.lints[i], &article, &mut raw);
        }
        eval::settle(raw, &self.catalog.lints, &article)
    }

    /// Audits one article.
    pub fn check(&self, source: &Source, format: Format) -> Audit {
        self.check_document(source, read::read(&source.text, format))
    }

    /// Audits one article that is already read, such as a Word file.
    pub fn check_document(&self, source: &Source, doc: Document) -> Audit {
        self.check_with(source, doc, &self.profile, &[])
    }

    /// Audits one article that is already read, as a profile says, with excuses that are written outside of it.
    pub fn check_with(&self, source: &Source, doc: Document, profile: &Profile, given: &[Allow]) -> Audit {
        self.check_watched(source, doc, profile, given, &mut |_| {})
    }

    /// The same; `watch` is told of every part of the work that is done.
    pub fn check_watched(
        &self,
        source: &Source,
        mut doc: Document,
        profile: &Profile,
        given: &[Allow],
        watch: &mut dyn FnMut(Stage),
    ) -> Audit {
        let article = self.annotated(&mut doc, &profile.options, self.catalog.finders.grammar);
        watch(Stage::Annotated);
        let (mut raw, mut scratch) = (Vec::new(), SCRATCH.take());
        let finding = conditions::finding(&article);
        for (i, lint, level) in profile.active.iter().filter_map(|&(i, level)| Some((i, self.catalog.lints.get(i)?, level))) {
            if finding.get(i) == Some(&true) && lint.is_for(article.kind) {
                let from = raw.len();
                eval::run_with(&mut scratch, i, lint, &article, &mut raw);
                raw.iter_mut().skip(from).for_each(|r| r.level = set_level(r.level, lint.level, level));
                watch(Stage::Linted(i));
            }
        }
        if article.tokens.len() <= KEPT {
            SCRATCH.set(scratch);
        }
        if let Some(tag) = self.accepted {
            raw.retain(|r| !is_accepted(r, tag, &article));
        }
        let mut allows = allow::comments(article.doc, source);
        let inline = allows.len();
        allows.extend_from_slice(given);
        let mut audit = Audit {
            claims: audit::claims(&article, profile.options.bare),
            summary: audit::summary(&article, &self.signs),
            ..Audit::default()
        };
        let mut counts = FxHashMap::default();
        if allows.is_empty() {
            audit.findings = eval::settle_more(raw, &self.catalog.lints, &article, &mut counts);
            return audit;
        }
        let found: Vec<(&str, Span)> = raw.iter().map(|r| (self.catalog.lints[r.lint].id.as_str(), r.span)).collect();
        let excused = allow::judge(&allows, &found, article.doc, source);
        let mut excused_by = excused.iter();
        let (kept, held): (Vec<Raw>, Vec<Raw>) = raw.into_iter().partition(|_| matches!(excused_by.next(), None | Some(None)));
        audit.findings = eval::settle_more(kept, &self.catalog.lints, &article, &mut counts);
        let held = eval::settle_more(held, &self.catalog.lints, &article, &mut counts);
        let again: Vec<(&str, Span)> = held.iter().map(|f| (f.lint.as_str(), f.span)).collect();
        let by = allow::judge(&allows, &again, article.doc, source);
        audit.suppressed = held
            .iter()
            .zip(by)
            .filter_map(|(finding, by)| {
                let Allow { reason, origin, is_inline, .. } = allows.get(by?)?.clone();
                Some(Suppressed { finding: finding.clone(), reason, source: origin, is_inline })
            })
            .collect();
        let mut used = vec![false; allows.len()];
        excused.iter().flatten().for_each(|&i| used[i] = true);
        let runs = |i: usize, lint: &Lint| profile.active.binary_search_by_key(&i, |a| a.0).is_ok() && lint.is_for(article.kind);
        let lints: Vec<(&str, bool)> = self.catalog.lints.iter().enumerate().map(|(i, l)| (l.id.as_str(), runs(i, l))).collect();
        for (i, (allow, used)) in allows.iter().zip(used).enumerate() {
            let mistake = allow::mistake(allow, used, &mut lints.iter().copied());
            if i >= inline {
                audit.given.push(mistake.map_or(Ok(used), Err));
            } else if let Some(mistake) = mistake {
                audit.findings.extend(self.tell(mistake, allow, profile, &mut counts));
            }
        }
        audit.findings.sort_by_key(|f| f.span);
        audit
    }

    /// The finding that tells what is wrong with an excuse, unless its lint is off.
    pub fn tell(&self, mistake: Mistake, allow: &Allow, profile: &Profile, counts: &mut FxHashMap<u64, u64>) -> Option<Finding> {
        let &(i, level) = profile.active.iter().find(|(i, _)| self.catalog.lints.get(*i).is_some_and(|l| l.id == mistake.lint()))?;
        let lint = self.catalog.lints.get(i)?;
        let base = eval::fingerprint(&[lint.id.as_bytes(), allow.lint.as_bytes(), allow.reason.as_bytes()]);
        let count = counts.entry(base).or_insert(0);
        *count += 1;
        Some(Finding {
            lint: lint.id.clone(),
            level: level.unwrap_or(lint.level),
            span: allow.span,
            message: lint.words.message.replace("{text}", &allow.lint),
            help: lint.words.help.replace("{text}", &allow.lint),
            related: Vec::new(),
            also: Vec::new(),
            fingerprint: eval::fingerprint(&[&base.to_le_bytes(), &count.to_le_bytes()]),
        })
    }
}

/// The level of a finding: what is set counts, and an `[[adjust]]` of the lint that lowers its level still does; one that
/// raises it has no say.
fn set_level(found: Level, written: Level, set: Option<Level>) -> Level {
    match set {
        Some(set) if found >= written => set,
        Some(set) => set.min(found),
        None => found,
    }
}

/// Whether the words of a finding lie in a term that no lint may flag.
fn is_accepted(raw: &Raw, accepted: TagId, article: &Article) -> bool {
    let tagged = article.tagged(accepted);
    let place = |i: &u32| article.annotations.get(*i as usize).map_or((0, 0), |a| (a.start, a.end));
    // Finds of one list do not overlap, so only the last that starts before can hold it.
    let until = tagged.partition_point(|i| place(i).0 <= raw.at.start);
    let holds = |i: &u32| raw.at.start < raw.at.end && raw.at.end <= place(i).1;
    until.checked_sub(1).and_then(|i| tagged.get(i)).is_some_and(holds)
}
