//! Bylines in the text: "By Dana Okafor, RDN", "Medically reviewed by", "Last updated: 3 May 2026".

use super::Stamp;
use crate::annotate::{Annotation, Article, dates};
use crate::document::BlockKind;
use crate::tags::Known;
use crate::words::token::Shape;

/// Share of the words at the top and at the end in which bylines stand, and at least so many words.
const TOP: f32 = 0.15;
const END: f32 = 0.10;
const LEAST: u32 = 60;
/// Tokens of the longest line that is a byline and no prose.
const LONGEST: u32 = 40;
/// Words before "reviewed by" in its sentence: "This article was medically reviewed by".
const LEAD: u32 = 5;
/// Tokens between "reviewed by" and a name, and between "updated" and a date.
const NEAR: u32 = 8;
/// Tokens of the longest line that may say no more than that somebody checked the text.
const BADGE: u32 = 8;
/// Blocks at the top in which a dateline may stand.
const DATELINES: usize = 4;
/// Letters of the longest word before a point inside a name: "J.", "Dr.".
const INITIAL: usize = 3;

/// Tags authors, reviewers and reviews by nobody; collects dates.
pub fn find(article: &mut Article, stamps: &mut Vec<Stamp>) {
    let mut out = Vec::new();
    let mut dated = Vec::new();
    {
        let reader = Reader { article };
        reader.authors(&mut out);
        reader.reviewers(&mut out);
        let byline_blocks: Vec<usize> = out.iter().filter_map(|&(_, start, _)| reader.block(start)).collect();
        reader.dates(&byline_blocks, &mut dated);
    }
    for (tag, start, end) in out {
        article.add(tag, start, end);
    }
    for (kind, date, start, end) in dated {
        let place = article.span(start, end);
        stamps.push(Stamp { kind, date, token: start, place });
    }
}

type Found = Vec<(Known, u32, u32)>;
type Dated = Vec<(Known, dates::Date, u32, u32)>;

struct Reader<'a> {
    article: &'a Article<'a>,
}

impl Reader<'_> {
    fn word(&self, t: u32) -> &str {
        self.article.words(t, t + 1)
    }

    fn shape(&self, t: u32, shape: Shape) -> bool {
        self.article.tokens.get(t as usize).is_some_and(|x| x.shape.contains(shape))
    }

    /// Index of the block that holds a token.
    fn block(&self, t: u32) -> Option<usize> {
        let at = self.article.blocks.partition_point(|b| b.1 <= t);
        self.article.blocks.get(at).filter(|b| b.0 <= t).map(|_| at)
    }

    /// The tokens of the block that holds a token.
    fn range(&self, t: u32) -> (u32, u32) {
        self.block(t).and_then(|b| self.article.blocks.get(b)).copied().unwrap_or((t, t))
    }

    /// Whether a token stands where a reader looks for a byline.
    fn is_at_edge(&self, t: u32) -> bool {
        let total = self.article.tokens.len() as u32;
        let top = ((total as f32 * TOP) as u32).max(LEAST);
        let end = ((total as f32 * END) as u32).max(LEAST);
        t < top || t + end >= total
    }

    fn is_heading(&self, t: u32) -> bool {
        matches!(self.article.kind(t), BlockKind::Heading | BlockKind::Title | BlockKind::Question)
    }

    /// Whether words open a line, a sentence or a part of a line such as "| Reviewed by".
    fn leads(&self, t: u32, slack: u32) -> bool {
        let (first, _) = self.range(t);
        let sentence = self.article.sentence(t).map_or(first, |s| s.start);
        t.saturating_sub(sentence) <= slack || t > first && self.shape(t - 1, Shape::PUNCTUATION)
    }

    /// One past the name that follows at `t`: words in capitals, with what stands between names.
    fn name(&self, mut t: u32, last: u32) -> Option<(u32, u32)> {
        let limit = last.min(t + 4);
        while t < limit && (self.shape(t, Shape::PUNCTUATION) || self.word(t).eq_ignore_ascii_case("the")) {
            t += 1;
        }
        let start = t;
        let is_part = |t: u32| {
            self.shape(t, Shape::CAPITAL)
                || self.shape(t, Shape::PUNCTUATION)
                    && t > start
                    && (self.article.sign(t) == '&' || self.article.sign(t) == '.' && self.word(t - 1).chars().count() <= INITIAL)
                    && t + 1 < last
                    && self.shape(t + 1, Shape::CAPITAL)
                || t > start
                    && self.word(t).len() <= 3
                    && !self.shape(t, Shape::PUNCTUATION)
                    && t + 1 < last
                    && self.shape(t + 1, Shape::CAPITAL)
                    && !self.shape(t, Shape::NUMBER)
        };
        while t < last && t < start + 12 && is_part(t) {
            t += 1;
        }
        (start < t && dates::at(self.article, start, last).is_none()).then_some((start, t))
    }

    fn authors(&self, out: &mut Found) {
        for a in self.article.all(Known::ByLine.id()) {
            let (first, last) = self.range(a.start);
            if !self.is_at_edge(a.start) || self.is_heading(a.start) && last - first > LONGEST {
                continue;
            }
            // "By Dana" takes the first name into the term; "written by" ends before it.
            let bare = self.is_bare_by(a);
            let Some((start, end)) = self.name(if bare { a.start + 1 } else { a.end }, last) else {
                self.next_line(a, last, Known::FieldAuthor, out);
                continue;
            };
            let lone = end - start == 1;
            let rest = last.saturating_sub(end);
            let apart = rest == 0 || self.shape(end, Shape::PUNCTUATION);
            let fits = if bare { last - first <= LONGEST && apart && (!lone || rest <= BADGE) } else { self.leads(a.start, LEAD) };
            if fits {
                out.push((Known::FieldAuthor, a.start, end));
                self.team_and_credential(a.start, last.min(end + LONGEST), out);
            }
        }
        self.headed_lines(out);
    }

    /// Whether the term is the pattern "By Name" and not "written by".
    fn is_bare_by(&self, a: &Annotation) -> bool {
        self.article.grammar.get(a.start as usize).is_some_and(|g| g & crate::annotate::grammar::BY != 0)
    }

    /// "Written by" alone on its line, and the name on the next.
    fn next_line(&self, a: &Annotation, last: u32, tag: Known, out: &mut Found) {
        let signs_only = (a.end..last).all(|t| self.shape(t, Shape::PUNCTUATION));
        if !signs_only {
            return;
        }
        let Some(&(first, end)) = self.block(a.start).and_then(|b| self.article.blocks.get(b + 1)) else { return };
        if let Some((start, until)) = self.name(first, end).filter(|_| end - first <= LONGEST) {
            out.push((tag, start, until));
            self.team_and_credential(start, end, out);
        }
    }

    /// "About the author" over a text that opens with a name.
    fn headed_lines(&self, out: &mut Found) {
        for a in self.article.all(Known::LineByline.id()) {
            let (first, last) = self.range(a.start);
            let reviewer = self.overlaps(Known::ReviewedBy, first, last);
            if a.start > first + 1 || !self.is_at_edge(a.start) || self.overlaps(Known::ByLine, first, last) || reviewer {
                continue;
            }
            self.next_line(a, last, Known::FieldAuthor, out);
        }
    }

    fn overlaps(&self, tag: Known, first: u32, last: u32) -> bool {
        let numbers = self.article.tagged(tag.id());
        let at = numbers.partition_point(|&n| self.article.annotations[n as usize].start < first);
        numbers.get(at).is_some_and(|&n| self.article.annotations[n as usize].start < last)
    }

    fn team_and_credential(&self, start: u32, end: u32, out: &mut Found) {
        if self.overlaps(Known::EditorialTeam, start, end) {
            out.push((Known::FieldTeam, start, end));
        }
        if self.overlaps(Known::Credential, start, end) {
            out.push((Known::FieldCredential, start, end));
        }
    }

    fn reviewers(&self, out: &mut Found) {
        let mut ghosts: Found = Vec::new();
        let mut named = Vec::new();
        // "Checked by a pharmacist": a clinician without a name is still a reviewer.
        for a in self.article.all(Known::ClinicianCheck.id()).filter(|a| self.is_at_edge(a.start)) {
            named.push(a.start);
            out.push((Known::FieldReviewer, a.start, a.end));
        }
        for a in self.article.all(Known::ReviewedBy.id()) {
            let (_, last) = self.range(a.start);
            if !self.is_at_edge(a.start) || !self.leads(a.start, LEAD) {
                continue;
            }
            let by = self.article.grammar.get(a.end as usize - 1).is_some_and(|g| g & crate::annotate::grammar::BY != 0);
            // A bare "editor" needs its colon: "Medical editor: A. Roe".
            if !by && (a.end >= last || !matches!(self.article.sign(a.end), ':' | ',' | '—' | '-' | '|')) {
                continue;
            }
            match self.name(a.end, last.min(a.end + NEAR + 12)) {
                Some((_, end)) => {
                    named.push(a.start);
                    out.push((Known::FieldReviewer, a.start, end));
                    self.team_and_credential(a.start, last.min(end + LONGEST), out);
                }
                None => {
                    let before = out.len();
                    self.next_line(a, last, Known::FieldReviewer, out);
                    if out.len() > before {
                        named.push(a.start);
                    } else if by {
                        ghosts.push((Known::FieldGhost, a.start, a.end));
                    }
                }
            }
        }
        for a in self.article.all(Known::ReviewedNoName.id()) {
            let (first, last) = self.range(a.start);
            let words = last - first;
            let sentence = self.article.sentence(a.start).map_or(first, |s| s.start);
            // A badge of a few words, or "This article has been reviewed"; in prose it says something else.
            let says_so = words <= BADGE && a.start <= first + 2 || a.end - a.start >= 4 && a.start <= sentence + 1;
            let named_here = named.iter().any(|&t| t >= first && t < last + LONGEST);
            let name = self.name(a.end, last.min(a.end + NEAR)).is_some();
            if says_so && self.is_at_edge(a.start) && !self.is_heading(a.start) && !named_here && !name && !self.has_date(a.end, last) {
                ghosts.push((Known::FieldGhost, a.start, a.end));
            }
        }
        out.extend(ghosts);
    }

    fn has_date(&self, from: u32, last: u32) -> bool {
        (from..last.min(from + NEAR)).any(|t| dates::at(self.article, t, last).is_some())
    }

    /// Dates behind "updated" and its like, alone on a line, in a byline, in a dateline.
    fn dates(&self, bylines: &[usize], out: &mut Dated) {
        let mut taken: Vec<(u32, u32)> = Vec::new();
        for list in [Known::NextReview, Known::ReviewedOn, Known::UpdatedOn, Known::PublishedOn] {
            for a in self.article.all(list.id()).filter(|a| self.is_at_edge(a.start)) {
                // A pattern may have taken the first words of the date along.
                let found = self.date_near(a.start, a.end);
                let Some((date, start, end)) = found.filter(|f| taken.iter().all(|t| f.2 <= t.0 || f.1 >= t.1)) else { continue };
                taken.push((start, end));
                let kind = match list {
                    Known::NextReview => continue,
                    Known::ReviewedOn => Known::FieldReviewed,
                    Known::UpdatedOn => Known::FieldUpdated,
                    _ => Known::FieldDate,
                };
                out.push((kind, date, start, end));
            }
        }
        let mut seen = 0;
        for (index, &(first, last)) in self.article.blocks.iter().enumerate() {
            if first >= last || !self.is_at_edge(first) || self.is_heading(first) && last - first > BADGE {
                continue;
            }
            seen += 1;
            let in_byline = bylines.contains(&index) && last - first <= LONGEST;
            let Some((date, start, end)) = self.first_date(first, last.min(first + LONGEST)) else { continue };
            let alone = last - first <= (end - start) + BADGE && start <= first + 3;
            // "LONDON, May 3, 2026 (Wire) --": a place, the date, and a sign before the text begins.
            let dateline = seen <= DATELINES
                && start <= first + 10
                && (start..(end + 8).min(last)).any(|t| matches!(self.article.sign(t), '—' | '–' | '-' | '(' | '/'));
            if (in_byline || alone || dateline) && taken.iter().all(|t| end <= t.0 || start >= t.1) {
                taken.push((start, end));
                out.push((Known::FieldDate, date, start, end));
            }
        }
    }

    /// The first date in tokens `from..to`.
    fn first_date(&self, from: u32, to: u32) -> Option<(dates::Date, u32, u32)> {
        (from..to).find_map(|t| dates::at(self.article, t, to).map(|(date, end)| (date, t, end)))
    }

    /// The date that stands in or behind tokens `start..end`, or opens the next line.
    fn date_near(&self, start: u32, end: u32) -> Option<(dates::Date, u32, u32)> {
        let (_, last) = self.range(start);
        if let Some(found) = self.first_date(start, last.min(end + NEAR)) {
            return Some(found);
        }
        let rest = (end..last).all(|t| self.shape(t, Shape::PUNCTUATION));
        let &(first, until) = self.block(start).filter(|_| rest).and_then(|b| self.article.blocks.get(b + 1))?;
        self.first_date(first, until.min(first + 4))
    }
}
