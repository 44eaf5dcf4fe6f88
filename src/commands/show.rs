//! `caveat show`: how an article was understood, so that a reader sees why something was flagged or not.

use super::configured::{Applied, Configured};
use super::terminal::Terminal;
use super::{CLEAN, TROUBLE, audit, setup, why};
use crate::annotate::{Article, Claim, CueUse, Role};
use crate::cli::{Show, What};
use crate::files::{self, configs};
use crate::lint::model::{FORMS, VALENCES};
use crate::report::clean;
use crate::source::Source;
use crate::tags::Known;
use crate::tree;
use crate::words::kind::Marks;
use std::fmt::Write;
use std::io;
use std::ops::Range;
use std::path::Path;

/// Runs the command.
///
/// # Errors
/// What the output says.
pub fn run(args: &Show, terminal: &mut Terminal) -> io::Result<u8> {
    let mut problems = Vec::new();
    let is_stdin = args.path == Path::new("-");
    let path = if is_stdin { args.stdin_filename.as_deref() } else { Some(args.path.as_path()) };
    let name = path.unwrap_or(Path::new("<stdin>"));
    let mut configured = Configured::new(&args.rules, Some(&args.choice), &mut problems);
    let applied = configured.single(path, &mut problems);
    if !is_stdin && configured.leads_out(name) {
        problems.push(configs::outside(name));
        terminal.problems(&problems)?;
        return Ok(TROUBLE);
    }
    let asked = setup::format(args.input_format);
    let read = if is_stdin { files::read_stdin(path, asked) } else { files::read_article(name, asked) };
    let mut read = match read {
        Ok(read) => read,
        Err(problem) => {
            problems.push(problem);
            terminal.problems(&problems)?;
            return Ok(TROUBLE);
        }
    };
    let shown = audit::guarded(|| {
        let mut doc = read.document();
        let article = applied.checker.annotate_with(&mut doc, &applied.profile.options);
        let source = &read.source;
        draw(args.what, source, &article, &applied)
    });
    match shown {
        Ok(shown) => terminal.out.write_all(shown.as_bytes())?,
        Err(message) => problems.push(files::trouble(name, message).help(audit::BUG)),
    }
    terminal.problems(&problems)?;
    Ok(if problems.is_empty() { CLEAN } else { TROUBLE })
}

fn draw(what: What, source: &Source, article: &Article, applied: &Applied) -> String {
    let mut out = String::new();
    let verdicts = if matches!(what, What::Claims | What::Lints | What::All) { why::verdicts(applied, article) } else { Vec::new() };
    let title = |out: &mut String, name: &str| {
        if what == What::All {
            let _ = writeln!(out, "{}{name}", if out.is_empty() { "# " } else { "\n# " });
        }
    };
    if matches!(what, What::Tree | What::All) {
        title(&mut out, "tree");
        for line in tree::tree(article.doc, source).lines() {
            let _ = writeln!(out, "{}", clean::line(line));
        }
    }
    if matches!(what, What::Words | What::All) {
        title(&mut out, "words");
        words(&mut out, source, article);
    }
    if matches!(what, What::Claims | What::All) {
        title(&mut out, "claims");
        for (i, claim) in article.claims.iter().enumerate() {
            draw_claim(&mut out, source, article, claim);
            let before = out.len();
            for verdict in verdicts.iter().filter(|v| v.claim == Some(i as u32)) {
                let _ = writeln!(out, "    - {}", verdict.said);
            }
            if out.len() == before {
                out.push_str("    - no lint is about such a claim\n");
            }
        }
        if article.claims.is_empty() {
            out.push_str("no claims\n");
        }
    }
    if matches!(what, What::Lints | What::All) {
        title(&mut out, "lints");
        for v in verdicts.iter().filter(|v| v.is_near || what == What::Lints && v.claim.is_some()) {
            let at = source.position(v.span.start);
            let _ = writeln!(out, "{}:{} {}  `{}`", at.line, at.column, v.said, brief(source.slice(v.span)));
        }
        if verdicts.is_empty() {
            out.push_str("no lint has anything to look at\n");
        }
    }
    out
}

/// Each sentence with its annotations and the cues in it.
fn words(out: &mut String, source: &Source, article: &Article) {
    let lists = &article.catalog.lexicon.lists;
    let mut annotations = article.in_order().into_iter().peekable();
    let mut cues = article.cues.iter().peekable();
    for sentence in &article.sentences {
        let line = source.line_of(article.span(sentence.start, sentence.end).start) + 1;
        let _ = writeln!(out, "L{line} {}", clean::line(article.words(sentence.start, sentence.end)));
        while let Some(a) = annotations.next_if(|a| a.start < sentence.end) {
            // Blocks and sentences are in the tree.
            let is_unit = (Known::UnitDocument.id()..=Known::UnitSentence.id()).contains(&a.tag);
            let Some(list) = lists.get(a.tag as usize).filter(|l| !is_unit && !l.name.starts_with('~')) else { continue };
            let words = if a.start == a.end { source.slice(article.place(a)) } else { article.words(a.start, a.end) };
            let marks = a.marks.names().collect::<Vec<_>>().join(" ");
            let _ = writeln!(out, "{}", format!("    {:<28} `{}`  {marks}", list.name, brief(words)).trim_end());
        }
        while let Some(c) = cues.next_if(|c| c.start < sentence.end) {
            let _ = writeln!(out, "    > {} reaches `{}`", cue(article, c), brief(article.words(c.from, c.to)));
        }
    }
}

/// `hedged by `may` (cue.hedge-modal)`.
pub(super) fn cue(article: &Article, c: &CueUse) -> String {
    let name = article.catalog.lexicon.lists.get(c.tag as usize).map_or("", |l| &l.name);
    let marks = c.mark.names().collect::<Vec<_>>().join(" ");
    let words = article.words(c.start, c.end);
    if words.is_empty() { format!("{marks} by {name}") } else { format!("{marks} by `{}` ({name})", brief(words)) }
}

/// The cues that left these marks on the words `at`, or that stand inside the claim `around` them.
pub(super) fn cues_of(article: &Article, at: Range<u32>, around: Range<u32>, marks: Marks) -> Vec<String> {
    let mut left = marks;
    let mut said = Vec::new();
    for c in article.cues.iter().filter(|c| c.mark.any(marks)) {
        let reaches = c.from < at.end.max(at.start + 1) && at.start < c.to;
        let is_inside = c.start >= around.start && c.end <= around.end;
        if reaches || is_inside {
            said.push(cue(article, c));
            left = Marks(left.0 & !c.mark.0);
        }
    }
    said.extend(left.names().map(str::to_owned));
    said
}

fn draw_claim(out: &mut String, source: &Source, article: &Article, claim: &Claim) {
    let at = source.position(article.span(claim.effect.start, claim.effect.end).start);
    let valence = VALENCES.iter().find(|(_, v)| *v == claim.valence).map_or("", |(n, _)| n);
    let form = FORMS.iter().find(|(_, f)| *f == claim.form).map_or("", |(n, _)| n);
    let _ = writeln!(
        out,
        "{}:{} {} {valence} {form}  `{}`",
        at.line,
        at.column,
        claim.strength.name(),
        brief(article.words(claim.start, claim.end))
    );
    let mut role = |name: &str, role: Option<Role>| {
        let Some(r) = role else { return };
        let tag = article.catalog.lexicon.lists.get(r.tag as usize).map_or("", |l| &l.name);
        let _ = writeln!(out, "    {name:<7} `{}` ({tag})", brief(article.words(r.start, r.end)));
    };
    role("subject", claim.subject);
    role("effect", Some(claim.effect));
    role("object", claim.object);
    for said in cues_of(article, claim.effect.start..claim.effect.end, claim.start..claim.end, claim.marks) {
        let _ = writeln!(out, "    {said}");
    }
}

/// At most 80 characters of harmless text.
pub(super) fn brief(text: &str) -> String {
    let text = clean::line(text);
    if text.chars().count() <= 80 { text.into_owned() } else { text.chars().take(79).chain(['…']).collect() }
}
