//! Many articles through one function: read and worked on in parallel, told in order, a few at a time so
//! that memory stays small however many there are.

use super::configured::{Applied, Configured};
use super::stats::{Clock, Part, Times};
use super::{excuses, setup};
use crate::audit::Audit;
use crate::cli::Articles;
use crate::copies::{self, Copied, Seen, Sketch};
use crate::document::Document;
use crate::files::configs;
use crate::files::list::{self, Exclude};
use crate::files::{self, ArticleFile, Loaded};
use crate::problem::Problem;
use crate::read::Format;
use crate::source::Source;
use rayon::prelude::*;
use std::cell::RefCell;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};

/// Articles that are judged at once, at most.
const BATCH: usize = 96;
/// Articles that are judged at once for each thread.
const SHARE: usize = 16;
/// Bytes of articles that are judged at once, unless a single one is larger.
const BATCH_BYTES: u64 = 8 << 20;

/// An article and what came of it.
pub struct Done {
    /// The article.
    pub source: Source,
    /// Its file; `None` for standard input.
    pub path: Option<PathBuf>,
    /// Its format.
    pub format: Format,
    /// What was found.
    pub audit: Audit,
    /// What applied to it.
    pub applied: Arc<Applied>,
    /// What is wrong with its side-car file.
    pub beside: Option<(Arc<Source>, Audit)>,
    /// Mistakes in that file.
    pub problems: Vec<Problem>,
    /// How long it took, where that is asked for.
    pub times: Option<Times>,
}

/// The articles of the command line; `None` stands for standard input.
pub fn inputs(articles: &Articles, allow_outside: bool, problems: &mut Vec<Problem>) -> Vec<Option<ArticleFile>> {
    let exclude = Exclude::new(&articles.exclude, problems);
    if let Some(list) = &articles.files_from {
        let mut found = list::read(list, &exclude, problems);
        files::in_order(&mut found);
        return found.into_iter().map(Some).collect();
    }
    let (stdin, paths): (Vec<PathBuf>, Vec<PathBuf>) = articles.paths.iter().cloned().partition(|p| p == Path::new("-"));
    let mut all: Vec<Option<ArticleFile>> = Vec::new();
    if !stdin.is_empty() {
        all.push(None);
    } else if articles.stdin_filename.is_some() {
        problems.push(
            files::trouble(Path::new("--stdin-filename"), "standard input is not among the paths")
                .help("name it: `caveat check - --stdin-filename draft.md`"),
        );
    }
    let is_inside = |path: &&PathBuf| allow_outside || !configs::leads_out(path);
    let (paths, outside): (Vec<PathBuf>, Vec<PathBuf>) = paths.into_iter().partition(|path| is_inside(&path));
    problems.extend(outside.iter().map(|path| configs::outside(path)));
    all.extend(files::find(&paths, &exclude, problems).into_iter().map(Some));
    all
}

/// The folders of which [`inputs`] gives every article.
pub fn whole(articles: &Articles) -> &[PathBuf] {
    if articles.files_from.is_none() && articles.exclude.is_empty() { &articles.paths } else { &[] }
}

/// Audits the articles, compared in order with what came before, and hands each to `then`, in order. With more than one
/// thread the next batch is in work while `then` is at the last one. A batch is opened as a whole before it is judged: what
/// a processor has at hand for the one is not what the other wants.
///
/// # Errors
/// What `then` says.
pub fn each(
    articles: &Articles,
    inputs: &[Option<ArticleFile>],
    configured: &Configured,
    then: &mut dyn FnMut(Result<Box<Done>, Problem>) -> io::Result<()>,
) -> io::Result<()> {
    let mut earlier = (inputs.len() > 1).then(Seen::default);
    let compares = earlier.is_some();
    let open = |input: &Option<ArticleFile>| open(input.as_ref().map(|file| file.path.as_path()), articles, configured, compares);
    let mut compare = |opened: &mut Vec<ArticleOpened>| {
        if let Some(earlier) = &mut earlier {
            for article in opened.iter_mut().flatten() {
                article.copied = article.sketch.take().and_then(|sketch| earlier.add(&article.read.source.name, sketch));
            }
        }
    };
    let is_single = articles.threads == 1 || inputs.len() <= 1;
    let most = BATCH.min(if is_single { SHARE } else { rayon::current_num_threads() * SHARE });
    let mut rest = inputs;
    let mut next = || {
        let (batch, after) = rest.split_at(batch(rest, most));
        rest = after;
        (!batch.is_empty()).then_some(batch)
    };
    if is_single {
        return std::iter::from_fn(next).try_for_each(|batch| {
            let mut opened = batch.iter().map(open).collect();
            compare(&mut opened);
            opened.into_iter().map(judge).try_for_each(&mut *then)
        });
    }
    std::thread::scope(|scope| {
        // Two batches at most wait for `then`, however slow it is.
        let (send, receive) = mpsc::sync_channel(1);
        scope.spawn(move || {
            let open = |batch: Option<&[_]>| batch.map(|batch| batch.par_iter().map(open).collect::<Vec<_>>());
            let mut batch = open(next());
            while let Some(mut opened) = batch {
                compare(&mut opened);
                // The next batch is opened meanwhile: no thread waits while another is at the last article of this one.
                let after = next();
                let (done, ahead) = rayon::join(|| opened.into_par_iter().map(judge).collect::<Vec<_>>(), || open(after));
                if send.send(done).is_err() {
                    break;
                }
                batch = ahead;
            }
        });
        receive.into_iter().flatten().try_for_each(then)
    })
}

/// One that was opened, or why not.
type ArticleOpened = Result<Box<Opened>, Problem>;

/// An article that is read and not yet judged.
struct Opened {
    path: Option<PathBuf>,
    read: Loaded,
    doc: Document,
    applied: Arc<Applied>,
    sketch: Option<Sketch>,
    copied: Option<Copied>,
    clock: Clock,
}

/// A fault of caveat's own over an article.
fn fault(name: &Path, why: String) -> Problem {
    files::trouble(name, why).help(BUG)
}

/// Reads an article; `None` is standard input. `compares`: its text is to be compared with that of others.
fn open(path: Option<&Path>, articles: &Articles, configured: &Configured, compares: bool) -> ArticleOpened {
    let (asked, stdin) = (setup::format(articles.input_format), articles.stdin_filename.as_deref());
    let fault = |why| fault(path.or(stdin).unwrap_or(Path::new("<stdin>")), why);
    let mut clock = Clock::new(articles.stats);
    let mut read = guarded(|| path.map_or_else(|| files::read_stdin(stdin, asked), |path| files::read_article(path, asked)))
        .unwrap_or_else(|why| Err(fault(why)))?;
    clock.take(Part::Read);
    let Some(applied) = configured.of(path).cloned() else { return Err(fault("nothing applies to it".to_owned())) };
    let doc = guarded(|| read.document()).map_err(fault)?;
    let sketch = (compares && applied.compares()).then(|| copies::sketch(&doc)).flatten();
    clock.take(Part::Parse);
    Ok(Box::new(Opened { path: path.map(Path::to_owned), read, doc, applied, sketch, copied: None, clock }))
}

/// Audits an article that was opened.
fn judge(opened: ArticleOpened) -> Result<Box<Done>, Problem> {
    let Opened { path, read: Loaded { source, format, .. }, doc, applied, copied, mut clock, .. } = *opened?;
    clock.resume();
    let mut problems = Vec::new();
    let side_car = path.as_deref().and_then(|path| excuses::side_car(path, &mut problems));
    let more = side_car.as_ref().map_or(&[][..], |s| &s.allows);
    let audit = guarded(|| applied.check(&source, doc, more, copied, &mut |stage| clock.stage(stage)))
        .map_err(|why| fault(Path::new(&source.name), why))?;
    clock.take(Part::Settle);
    let given = audit.given.get(applied.allows.len()..).unwrap_or(&[]);
    let beside = side_car.map(|side_car| (side_car.file.clone(), excuses::audit(&side_car, given, &applied)));
    Ok(Box::new(Done { path, source, format, audit, applied, beside, problems, times: clock.times }))
}

/// How many of the next inputs make a batch: at least one where there is any, and at most so many.
fn batch(inputs: &[Option<ArticleFile>], most: usize) -> usize {
    let mut bytes = 0;
    let within = |input: &&Option<ArticleFile>| {
        bytes += input.as_ref().map_or(0, |f| f.bytes);
        bytes <= BATCH_BYTES
    };
    inputs.iter().take(most).take_while(within).count().max(1).min(inputs.len())
}

/// Sets how many threads there are; 0 leaves one a core.
pub fn set_threads(threads: usize) {
    if threads > 1 {
        // Fails only where a pool is already there, whose threads then do the work.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    }
}

/// What a person can do about a fault of caveat's own.
pub const BUG: &str = "this is a fault of caveat: please report it with what it was given";

thread_local! {
    static PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Keeps what a panic says for [`guarded`] instead of printing it.
pub fn tell_panics_quietly() {
    panic::set_hook(Box::new(|info| {
        let message = info.payload_as_str().unwrap_or("unknown");
        let place = info.location().map_or_else(String::new, |l| format!(" ({}:{})", l.file(), l.line()));
        PANIC.with_borrow_mut(|p| *p = format!("{message}{place}"));
    }));
}

/// Runs `work`; a panic becomes a message. The last net, never the plan.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|_| format!("caveat failed: {}", PANIC.with_borrow(String::clone)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_in_one_article_is_a_message_and_not_the_end() {
        assert!(guarded(|| panic!("on purpose")).is_err_and(|why| why.starts_with("caveat failed")));
        assert_eq!(guarded(|| 7), Ok(7));
    }

    #[test]
    fn a_batch_is_bounded_by_count_and_by_bytes() {
        let files = |bytes: u64| vec![Some(ArticleFile { path: PathBuf::new(), bytes, is_link: false }); 300];
        assert_eq!((batch(&files(10), BATCH), batch(&files(10), SHARE)), (BATCH, SHARE));
        assert_eq!(batch(&files(BATCH_BYTES / 50), BATCH), 50);
        assert_eq!(batch(&files(BATCH_BYTES / 4), BATCH), 4);
        assert_eq!(batch(&files(BATCH_BYTES * 2), BATCH), 1);
    }
}
