//! What applies to each article of a run: its config found from where it lies, the catalog that this asks for,
//! the lints that run at which level, and the excuses. Each is made once, whatever the number of articles.

use super::setup;
use crate::allow::Allow;
use crate::audit::Audit;
use crate::catalog::{self, Built, Catalog};
use crate::check::{ACCEPTED, Checker, Options, Profile, Stage};
use crate::cli::{Choice, Rules};
use crate::config::chain::{Chain, Settings, below};
use crate::copies::Copied;
use crate::document::Document;
use crate::embedded;
use crate::files::configs::{self, Finder};
use crate::files::{self, ArticleFile};
use crate::lint::model::Lint;
use crate::problem::Problem;
use crate::source::Source;
use crate::tags::Known;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

/// The most different sets of lints and words of one run: each costs time and memory.
pub const MAX_CATALOGS: usize = 16;

/// What applies to an article.
pub struct Applied {
    /// What it is checked with.
    pub checker: Arc<Checker>,
    /// The lints that run, and how.
    pub profile: Profile,
    /// The configs that said so.
    pub chain: Arc<Chain>,
    /// The excuses of the configs that are for it.
    pub allows: Vec<Allow>,
    /// Where they stand: numbers of config and entry.
    pub entries: Vec<(usize, usize)>,
}

impl Applied {
    /// Ids of the lints that run.
    pub fn running(&self) -> impl Iterator<Item = &str> {
        self.profile.active.iter().filter_map(|&(i, _)| self.checker.catalog.lints.get(i)).map(|lint| lint.id.as_str())
    }

    /// Audits an article with more excuses than those of the configs, which come first in [`Audit::given`]. `copied` is
    /// what it has in common with an earlier one.
    pub fn check(&self, source: &Source, doc: Document, more: &[Allow], copied: Option<Copied>, watch: &mut dyn FnMut(Stage)) -> Audit {
        let mut given = Cow::Borrowed(self.allows.as_slice());
        let mut profile = Cow::Borrowed(&self.profile);
        if !more.is_empty() {
            given.to_mut().extend_from_slice(more);
        }
        if copied.is_some() {
            profile.to_mut().options.copied = copied;
        }
        self.checker.check_watched(source, doc, &profile, &given, watch)
    }

    /// Whether a lint runs that asks what stands in other articles.
    pub fn compares(&self) -> bool {
        let asks = |lint: &Lint| lint.find.tags.contains(&Known::ProvenanceCopy.id());
        self.profile.active.iter().any(|&(i, _)| self.checker.catalog.lints.get(i).is_some_and(asks))
    }
}

/// What a folder comes to.
#[derive(Clone)]
struct Folder {
    /// Its true path.
    real: PathBuf,
    chain: Arc<Chain>,
    leads_out: bool,
}

/// Two configs are one where they stand in the same place in memory: each is read once.
type Id = usize;

/// What applies to the articles of a run.
pub struct Configured<'a> {
    rules: &'a Rules,
    /// `None`: no lint runs.
    choice: Option<&'a Choice>,
    today: i64,
    finder: Finder,
    folders: HashMap<PathBuf, Folder>,
    checkers: HashMap<(Vec<PathBuf>, Vec<String>), Arc<Checker>>,
    checked: HashSet<Id>,
    alike: HashMap<(Id, Vec<u32>), Arc<Applied>>,
    articles: HashMap<PathBuf, Arc<Applied>>,
    /// The shipped catalog, on its way.
    shipped: Option<JoinHandle<Catalog>>,
    /// Articles that the configs leave out.
    pub excluded: usize,
}

impl<'a> Configured<'a> {
    /// Nothing is read yet. Where `choice` is `None`, no lint runs: for claims.
    pub fn new(rules: &'a Rules, choice: Option<&'a Choice>, problems: &mut Vec<Problem>) -> Configured<'a> {
        Configured {
            rules,
            choice,
            today: setup::today(rules, problems),
            finder: Finder::new(rules.allow_outside),
            folders: HashMap::new(),
            checkers: HashMap::new(),
            checked: HashSet::new(),
            alike: HashMap::new(),
            articles: HashMap::new(),
            shipped: None,
            excluded: 0,
        }
    }

    /// Has the shipped catalog made ready by another thread, while articles are still looked for.
    pub fn begin(&mut self) {
        self.shipped = Some(thread::spawn(embedded::catalog));
    }

    /// What applies to an article that [`Configured::prepare`] has seen.
    pub fn of(&self, path: Option<&Path>) -> Option<&Arc<Applied>> {
        self.articles.get(path.unwrap_or(Path::new("-")))
    }

    /// Every different thing that applies to some article.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Applied>> {
        self.alike.values()
    }

    /// Finds what applies to each article (`None`: standard input, which is called `stdin`), and leaves out those that a
    /// config excludes and those that lead out of their repository. `given` is what was typed, if the inputs are all that
    /// it holds: where that is a whole folder, globs of its configs that mean nothing are told.
    pub fn prepare(
        &mut self,
        inputs: Vec<Option<ArticleFile>>,
        given: &[PathBuf],
        stdin: Option<&Path>,
        problems: &mut Vec<Problem>,
    ) -> Vec<Option<ArticleFile>> {
        let mut kept = Vec::with_capacity(inputs.len());
        let mut real = Vec::with_capacity(inputs.len());
        for input in inputs {
            let path = input.as_ref().map_or_else(|| stdin.unwrap_or(Path::new("stdin")), |file| &file.path).to_owned();
            let Folder { real: folder, chain, leads_out } = self.folder(&path, problems);
            if input.as_ref().is_some_and(|file| leads_out || file.is_link && self.leads_out(&path)) {
                problems.push(configs::outside(&path));
                continue;
            }
            let whole = folder.join(path.file_name().unwrap_or_default());
            let is_excluded = input.is_some() && chain.excluded(&whole).is_some();
            real.push((whole.clone(), chain.clone()));
            if is_excluded {
                self.excluded += 1;
                continue;
            }
            let applied = self.applied(&chain, &whole, problems);
            self.articles.insert(input.as_ref().map_or_else(|| PathBuf::from("-"), |file| file.path.clone()), applied);
            kept.push(input);
        }
        self.check_paths(&real, given, problems);
        setup::in_order(problems);
        kept
    }

    /// What applies to a single path, whether or not it is there.
    pub fn single(&mut self, path: Option<&Path>, problems: &mut Vec<Problem>) -> Arc<Applied> {
        let path = path.unwrap_or(Path::new("stdin"));
        let folder = self.folder(path, problems);
        let applied = self.applied(&folder.chain, &folder.real.join(path.file_name().unwrap_or_default()), problems);
        setup::in_order(problems);
        applied
    }

    /// Whether a path leads out of the repository that it lies in.
    pub fn leads_out(&self, path: &Path) -> bool {
        !self.rules.allow_outside && configs::leads_out(path)
    }

    fn folder(&mut self, path: &Path, problems: &mut Vec<Problem>) -> Folder {
        let above = path.parent().unwrap_or(Path::new(""));
        if let Some(folder) = self.folders.get(above) {
            return folder.clone();
        }
        let real = configs::folder_of(path);
        let chain = match &self.rules.config {
            _ if self.rules.no_config => None,
            Some(file) => self.finder.of_file(file, problems),
            None => self.finder.of_folder(&real, problems),
        };
        let leads_out = self.leads_out(if above.as_os_str().is_empty() { Path::new(".") } else { above });
        let folder = Folder { real, chain: chain.unwrap_or_default(), leads_out };
        self.folders.insert(above.to_owned(), folder.clone());
        folder
    }

    fn applied(&mut self, chain: &Arc<Chain>, path: &Path, problems: &mut Vec<Problem>) -> Arc<Applied> {
        // A chain without configs is the same chain wherever it comes from.
        let id = if chain.configs.is_empty() { 0 } else { Arc::as_ptr(chain) as Id };
        let key = (id, chain.key(path));
        if let Some(applied) = self.alike.get(&key) {
            return applied.clone();
        }
        let checker = self.checker(chain, problems);
        if self.checked.insert(id) {
            let ids: Vec<&str> = checker.catalog.lints.iter().map(|l| l.id.as_str()).collect();
            chain.configs.iter().for_each(|config| config.check_lints(&ids, problems));
            if let Some(choice) = self.choice {
                setup::unknown("--select", &choice.select, &checker.catalog, problems);
                setup::unknown("--ignore", &choice.ignore, &checker.catalog, problems);
            }
        }
        let settings = chain.settings(path);
        let profile = checker.profile(self.options(&settings), &|lint: &Lint| {
            let choice = self.choice.filter(|choice| setup::is_chosen(&lint.id, choice))?;
            settings.runs(lint, !choice.select.is_empty())
        });
        let allows = chain.allows(path);
        let entries = allows.iter().map(|(entry, _)| *entry).collect();
        let allows = allows.into_iter().map(|(_, allow)| allow.clone()).collect();
        let applied = Arc::new(Applied { checker, profile, chain: chain.clone(), allows, entries });
        self.alike.insert(key, applied.clone());
        applied
    }

    /// What was typed counts more than what a config says.
    fn options(&self, settings: &Settings) -> Options {
        let typed = self.choice.map_or(Vec::new(), |c| c.jurisdiction.iter().map(|j| setup::jurisdiction(*j).to_owned()).collect());
        let said = || settings.jurisdiction().map(|(texts, ..)| texts.iter().map(|t| t.value.clone()).collect());
        Options {
            preview: self.choice.is_some_and(|c| c.preview) || settings.preview().is_some_and(|(yes, ..)| yes),
            jurisdiction: if typed.is_empty() { said().unwrap_or_default() } else { typed },
            today: self.today,
            kind: settings.kind().map(|(kind, ..)| kind.to_owned()).unwrap_or_default(),
            copied: None,
            bare: self.choice.is_some(),
        }
    }

    fn checker(&mut self, chain: &Chain, problems: &mut Vec<Problem>) -> Arc<Checker> {
        let folders = self.lints(chain);
        let words: Vec<String> = chain
            .configs
            .iter()
            .flat_map(|c| c.words(ACCEPTED))
            .flat_map(|list| list.terms.into_iter().map(move |term| format!("{} {}", list.tag, term.value)))
            .collect();
        let key = (folders, words);
        if let Some(checker) = self.checkers.get(&key) {
            return checker.clone();
        }
        let is_shipped = key.0.is_empty() && key.1.is_empty();
        if self.checkers.len() >= MAX_CATALOGS && !is_shipped {
            let message = format!("this run asks for more than {MAX_CATALOGS} different sets of lints and words");
            let at = chain.configs.last().map(|c| Problem::new(&c.file, Default::default(), message.clone()));
            problems.push(at.unwrap_or_else(|| files::trouble(Path::new("caveat.toml"), message)));
            return self.checker(&Chain::default(), problems);
        }
        let catalog = if is_shipped {
            self.shipped.take().and_then(|catalog| catalog.join().ok()).unwrap_or_else(embedded::catalog)
        } else {
            let built = self.build(chain);
            problems.extend(built.problems);
            built.catalog
        };
        let checker = Arc::new(Checker::new(catalog, Options::default(), &|_| false));
        self.checkers.insert(key, checker.clone());
        checker
    }

    /// Builds the catalog of a chain, with the examples of its lints.
    pub fn build(&self, chain: &Chain) -> Built {
        let mut unread = Vec::new();
        let mut all = if self.rules.bare { Vec::new() } else { embedded::lints_files() };
        for folder in self.lints(chain) {
            all.extend(files::read_lints(&configs::shown(&folder), &mut unread));
        }
        let mut built = catalog::build_with(all, chain.configs.iter().flat_map(|c| c.words(ACCEPTED)).collect());
        built.problems.splice(0..0, unread);
        setup::in_order(&mut built.problems);
        built
    }

    /// The folders of lints: those of the configs, then those that were typed.
    fn lints(&self, chain: &Chain) -> Vec<PathBuf> {
        chain.lints.iter().map(|(folder, _)| folder.clone()).chain(self.rules.lints.iter().cloned()).collect()
    }

    fn check_paths(&self, articles: &[(PathBuf, Arc<Chain>)], given: &[PathBuf], problems: &mut Vec<Problem>) {
        let given: Vec<PathBuf> = given.iter().filter(|p| p.is_dir()).filter_map(|p| p.canonicalize().ok()).collect();
        let mut seen: HashSet<Id> = HashSet::new();
        for config in articles.iter().flat_map(|(_, chain)| &chain.configs) {
            if seen.insert(Arc::as_ptr(config) as Id) && given.iter().any(|folder| config.folder.starts_with(folder)) {
                let paths: Vec<String> = articles.iter().filter_map(|(path, _)| below(path, &config.folder)).collect();
                config.check_paths(&paths, problems);
            }
        }
    }

    /// Whether all articles that a folder holds were given.
    pub fn is_whole(&self, folder: &Path, given: &[PathBuf]) -> bool {
        given.iter().filter(|p| p.is_dir()).filter_map(|p| p.canonicalize().ok()).any(|given| folder.starts_with(given))
    }
}
