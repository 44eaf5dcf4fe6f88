//! What reaches what: negation, hedges, questions, quotations, reported belief and conditions become
//! marks on words (STANDARDS B.0, rules 1 to 15), comparison becomes one on subjects. Cues are lists with a
//! reach and stop words; questions and quotations are signs.

use super::{Annotation, Article, CueUse};
use crate::document::BlockKind;
use crate::tags::Known;
use crate::words::kind::{Marks, Reach};
use crate::words::token::Shape;

/// Fills [`Article::marks`] and [`Article::cues`] and gives every annotation the marks of its first word. `cues` are the
/// places of cues, `stops` those of stop words, both in order.
pub fn mark(article: &mut Article, cues: &[Annotation], stops: &[Annotation]) {
    let mut uses = Vec::with_capacity(cues.len());
    for a in cues {
        let Some(list) = article.catalog.lexicon.lists.get(a.tag as usize) else { continue };
        let Some(reach) = list.reach else { continue };
        let (from, to) = reach_of(article, a.start, a.end, reach, list.within, list.stop, stops);
        uses.push(CueUse { tag: a.tag, start: a.start, end: a.end, from, to, mark: list.mark });
    }
    lists(article, &mut uses);
    questions(article, &mut uses);
    quotations(article, &mut uses);
    for u in uses.iter().filter(|u| u.mark != Marks::COMPARED) {
        // "Marketed for better sleep": what begins with the last word of the cue is reported too.
        let is_linked = u.mark == Marks::REPORTED && u.from == u.end && u.end > u.start + 1;
        for t in u.from - u32::from(is_linked)..u.to {
            article.marks[t as usize] |= u.mark;
        }
    }
    for a in article.annotations.iter_mut().chain(&mut article.parts) {
        a.marks = article.marks.get(a.start as usize).copied().unwrap_or_default();
    }
    compare(article, &uses);
    uses.sort_by_key(|u| u.start);
    article.cues = uses;
}

/// Marks subjects that something is compared with; what is said beside them is not compared.
fn compare(article: &mut Article, uses: &[CueUse]) {
    let mut reached: Vec<(u32, u32)> = uses.iter().filter(|u| u.mark == Marks::COMPARED).map(|u| (u.from, u.to)).collect();
    if reached.is_empty() {
        return;
    }
    reached.sort_unstable();
    // A stop word may cut a later reach short inside an earlier one.
    let mut furthest = 0;
    for (_, to) in &mut reached {
        furthest = furthest.max(*to);
        *to = furthest;
    }
    let lists = &article.catalog.lexicon.lists;
    for a in &mut article.annotations {
        let last = reached.partition_point(|(from, _)| *from <= a.start).checked_sub(1).and_then(|last| reached.get(last));
        if last.is_some_and(|(_, to)| a.start < *to) && lists.get(a.tag as usize).is_some_and(|l| l.name.starts_with("subject.")) {
            a.marks |= Marks::COMPARED;
        }
    }
}

fn reach_of(article: &Article, start: u32, end: u32, reach: Reach, within: u16, stop: Option<u16>, stops: &[Annotation]) -> (u32, u32) {
    let clause = &article.clauses[article.clause_of[start as usize] as usize];
    let sentence = &article.sentences[article.sentence_of[start as usize] as usize];
    let limit = if within == 0 { u32::MAX } else { u32::from(within) };
    match reach {
        Reach::Sentence => sentence.range(),
        Reach::Clause => (clause.start, clause.end),
        // "The tea cures colds. It does not.": what is denied is said in the sentence before.
        Reach::Previous => {
            let before = article.sentence_of[start as usize].checked_sub(1).map(|s| article.sentences[s as usize]);
            before.filter(|b| b.block == sentence.block).map_or((start, start), |b| (b.start, b.end))
        }
        Reach::After => {
            // "An advert, which said that": the cue reaches on in the clause in which it ends.
            let last = &article.clauses[article.clause_of[end as usize - 1] as usize];
            let mut to = last.end.max(end).min(sentence.end);
            to = to.min(words_after(article, end, to, limit));
            let first = stops.partition_point(|s| s.start < end);
            if let Some(s) = stops[first..].iter().take_while(|s| s.start < to).find(|s| Some(s.tag) == stop) {
                to = s.start;
            }
            (end, to)
        }
        Reach::Before => {
            let mut from = clause.start.min(start);
            from = from.max(start.saturating_sub(limit));
            let last = stops.partition_point(|s| s.start < start);
            if let Some(s) = stops[..last].iter().rev().take_while(|s| s.start >= from).find(|s| Some(s.tag) == stop) {
                from = s.start + 1;
            }
            (from, start)
        }
    }
}

/// The token after `limit` words from `from`, at most `to`.
fn words_after(article: &Article, from: u32, to: u32, limit: u32) -> u32 {
    let mut words = 0;
    for t in from..to {
        if !article.tokens[t as usize].shape.contains(Shape::PUNCTUATION) {
            if words == limit {
                return t;
            }
            words += 1;
        }
    }
    to
}

/// What reaches to the end of the words that lead into a list goes on in its items, and that of a column's head in its
/// cells (rule 24): "Zinc may:", "There is no proof that it can:".
fn lists(article: &Article, uses: &mut Vec<CueUse>) {
    let doc = article.doc;
    let sentence_of = |token: u32| article.sentence_of.get(token as usize).and_then(|&s| article.sentences.get(s as usize));
    let mut more: Vec<CueUse> = Vec::new();
    for (item, &(first, last)) in doc.blocks.iter().zip(&article.blocks) {
        let is_cell = item.kind == BlockKind::Cell;
        if first == last || !is_cell && item.kind != BlockKind::ListItem {
            continue;
        }
        let Some((from, to)) = article.lead_in(item).filter(|l| l.0 < l.1 && (is_cell || article.sign(l.1 - 1) == ':')) else { continue };
        let (Some(said), Some(own)) = (sentence_of(to - 1), sentence_of(first)) else { continue };
        // Cues stand in order. Of those that leave the same mark, the nearest goes on: a list may be long.
        let last = uses.partition_point(|u| u.start < to);
        let here = uses.get(..last).unwrap_or(&[]).iter().rev().take_while(|u| u.start >= said.start.max(from));
        let own_uses = more.len();
        for u in here.filter(|u| u.mark != Marks::COMPARED && u.to + 1 >= to && u.from <= to) {
            if more[own_uses..].iter().all(|known| known.mark != u.mark) {
                more.push(CueUse { from: own.start, to: own.end, ..*u });
            }
        }
    }
    uses.append(&mut more);
}

fn questions(article: &Article, uses: &mut Vec<CueUse>) {
    // "Did you know that ...?" asks nothing: it tells.
    let told: Vec<u32> = article.annotations.iter().filter(|a| a.tag == Known::CueTold.id()).map(|a| a.start).collect();
    for s in &article.sentences {
        if told.get(told.partition_point(|t| *t < s.start)).is_some_and(|t| *t < s.end) {
            continue;
        }
        let mut last = s.end;
        while last > s.start && matches!(article.sign(last - 1), '"' | '”' | '’' | '\'' | ')' | ']' | '*' | '_') {
            last -= 1;
        }
        let asks = last > s.start && article.sign(last - 1) == '?';
        let is_question = article.doc.blocks.get(s.block as usize).is_some_and(|b| b.kind == BlockKind::Question);
        if asks || is_question {
            uses.push(CueUse {
                tag: Known::UnitQuestion.id(),
                start: last.saturating_sub(1).max(s.start),
                end: last.max(s.start),
                from: s.start,
                to: s.end,
                mark: Marks::ASKED,
            });
        }
    }
}

fn quotations(article: &Article, uses: &mut Vec<CueUse>) {
    for (index, &(first, last)) in article.blocks.iter().enumerate() {
        if article.doc.blocks.get(index).is_some_and(|b| b.kind == BlockKind::Quote) && first < last {
            uses.push(CueUse { tag: Known::UnitQuote.id(), start: first, end: first, from: first, to: last, mark: Marks::QUOTED });
            continue;
        }
        let mut open: Option<u32> = None;
        for (t, token) in (first..).zip(article.tokens.get(first as usize..last as usize).unwrap_or(&[])) {
            if token.sign == ' ' || !matches!(token.sign, '"' | '“' | '”' | '„' | '«' | '»') {
                continue;
            }
            match open.take() {
                Some(from) => {
                    // Two or three words in quotes are a name or a scare, not somebody's speech.
                    if t - from > 4 {
                        uses.push(CueUse {
                            tag: Known::UnitQuote.id(),
                            start: from,
                            end: from + 1,
                            from: from + 1,
                            to: t,
                            mark: Marks::QUOTED,
                        });
                    }
                }
                None => open = Some(t),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::annotate::tests::annotated;
    use crate::read::Format;

    /// The clauses of a text, without spaces at their ends.
    fn clauses(text: &str) -> Vec<String> {
        annotated(text, Format::Text, |article| {
            article.clauses.iter().map(|c| article.words(c.start, c.end).trim_end_matches('.').to_owned()).collect()
        })
    }

    #[test]
    fn what_a_word_opens_at_the_start_ends_at_the_first_comma() {
        assert_eq!(clauses("Although it is cheap, it works for most of them."), ["Although it is cheap", "it works for most of them"]);
        assert_eq!(
            clauses("Since it is no drug, it has no side effects at all."),
            ["Since it is no drug", "it has no side effects at all"]
        );
        assert_eq!(clauses("Unlike pills, the tea has none of them at all."), ["Unlike pills", "the tea has none of them at all"]);
        // In the middle of a sentence such a word goes on with it, and a sentence without it is one.
        assert_eq!(clauses("It may help because it warms the hands, they say.").len(), 1);
        assert_eq!(clauses("In winter, it has no side effects that we know.").len(), 1);
    }
}
