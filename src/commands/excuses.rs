//! Excuses that are written outside of articles: what each came to over a run, and the findings on those that
//! excuse nothing, told in the files where they stand.

use super::configured::{Applied, Configured};
use crate::allow::{self, Allow, Mistake};
use crate::audit::Audit;
use crate::files::configs;
use crate::problem::Problem;
use crate::source::Source;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A side-car file: what it excuses.
pub struct SideCar {
    /// The file.
    pub file: Arc<Source>,
    /// Its excuses.
    pub allows: Vec<Allow>,
}

/// The side-car file of an article, if it has one.
pub fn side_car(article: &Path, problems: &mut Vec<Problem>) -> Option<SideCar> {
    let file = configs::side_car(article, problems)?;
    let allows = allow::written::side_car(&file, problems);
    Some(SideCar { file, allows })
}

/// What is wrong with the excuses of a side-car, as an audit of that file. `given` is what came of them.
pub fn audit(side_car: &SideCar, given: &[Result<bool, Mistake>], applied: &Applied) -> Audit {
    let mut counts = Default::default();
    let mut tell = |(allow, given): (&Allow, &Result<bool, Mistake>)| match given {
        Err(mistake) => applied.checker.tell(*mistake, allow, &applied.profile, &mut counts),
        Ok(_) => None,
    };
    Audit { findings: side_car.allows.iter().zip(given).filter_map(&mut tell).collect(), ..Audit::default() }
}

/// What the excuses of configs came to so far.
#[derive(Default)]
pub struct Excuses {
    entries: BTreeMap<(String, usize), Entry>,
}

struct Entry {
    applied: Arc<Applied>,
    config: usize,
    used: bool,
    mistake: Option<Mistake>,
}

impl Excuses {
    /// Takes note of an audit: `given` is what came of the excuses of the configs in it.
    pub fn note(&mut self, applied: &Arc<Applied>, given: &[Result<bool, Mistake>]) {
        for (&(config, entry), given) in applied.entries.iter().zip(given) {
            let Some(file) = applied.chain.configs.get(config).map(|c| c.file.name.clone()) else { continue };
            let known = self.entries.entry((file, entry));
            let known = known.or_insert_with(|| Entry { applied: applied.clone(), config, used: false, mistake: None });
            match given {
                Ok(used) => known.used |= used,
                Err(mistake) => known.mistake = Some(*mistake),
            }
        }
    }

    /// What is wrong with the excuses of each config. That one excuses nothing is known only where all the articles of
    /// its folder were `given`.
    pub fn told(&self, configured: &Configured, given: &[PathBuf]) -> Vec<Told> {
        let mut all: BTreeMap<String, Told> = BTreeMap::new();
        let mut counts = Default::default();
        for applied in configured.all() {
            for config in &applied.chain.configs {
                let told = || Told {
                    file: config.file.clone(),
                    audit: Audit::default(),
                    applied: applied.clone(),
                    is_whole: configured.is_whole(&config.folder, given),
                };
                all.entry(config.file.name.clone()).or_insert_with(told);
            }
        }
        for ((_, entry), Entry { applied, config, used, mistake }) in &self.entries {
            let Some(config) = applied.chain.configs.get(*config) else { continue };
            let Some(allow) = config.allows.get(*entry).map(|e| &e.allow) else { continue };
            let mistake = match mistake {
                Some(Mistake::Unused) if *used || !configured.is_whole(&config.folder, given) => None,
                mistake => *mistake,
            };
            let Some(told) = all.get_mut(&config.file.name) else { continue };
            told.applied = applied.clone();
            told.audit.findings.extend(mistake.and_then(|m| applied.checker.tell(m, allow, &applied.profile, &mut counts)));
        }
        all.into_values().collect()
    }
}

/// What is told of a config.
pub struct Told {
    /// The file.
    pub file: Arc<Source>,
    /// What is wrong in it.
    pub audit: Audit,
    /// What applied to some article below it.
    pub applied: Arc<Applied>,
    /// Whether all the articles of its folder were audited.
    pub is_whole: bool,
}
