//! What each sentence holds that decides the role of a word in it: a caution, a harm, a deficiency, a
//! medicine praised over, the heading it stands under. One pass over a few lists, one set of bits a sentence.

use crate::annotate::doses::Dose;
use crate::annotate::{Annotation, Article};
use crate::document::BlockKind;
use crate::lint::model::Valence;
use crate::tags::Known;
use crate::words::kind::Marks;

/// Facts on a sentence, as bits.
pub type Facts = u32;
/// It warns, forbids or sets a condition.
pub const CAUTION: Facts = 1;
/// It names a harm.
pub const HARM: Facts = 2;
/// It speaks of a lack of something.
pub const DEFICIENCY: Facts = 4;
/// It speaks of medicines that meet something.
pub const INTERACTION: Facts = 8;
/// It, this, they: it goes on about what was said before.
pub const ANAPHOR: Facts = 16;
/// It names a form of a supplement.
pub const FORM: Facts = 32;
/// It tells the reader to take something.
pub const TAKE: Facts = 64;
/// The writer praises or recommends.
pub const PRAISE: Facts = 128;
/// It asks to buy.
pub const SELL: Facts = 256;
/// It speaks of food.
pub const FOOD: Facts = 512;
/// It holds an amount with a unit of a dose.
pub const DOSE: Facts = 1024;
/// It stands under a heading about risks.
pub const RISKS: Facts = 2048;
/// It stands under a heading about benefits.
pub const BENEFITS: Facts = 4096;
/// It is a title or a heading.
pub const HEADING: Facts = 8192;
/// It is no prose of the article: residue or code.
pub const OUTSIDE: Facts = 16384;
/// It names a main substance of the article.
pub const ABOUT: Facts = 32768;
/// It is a question.
pub const ASKED: Facts = 65536;
/// It sends the reader to a health professional.
pub const CONSULT: Facts = 131_072;
/// It names a portion without a strength: a scoop, a cup of tea.
pub const PORTION: Facts = 262_144;
/// It gives an upper limit.
pub const LIMIT: Facts = 524_288;
/// It stands in a list whose lead-in warns.
pub const LED: Facts = 1_048_576;
/// It claims a benefit.
pub const BENEFIT: Facts = 2_097_152;
/// It says what is not known.
pub const UNSURE: Facts = 8_388_608;
/// It opens with somebody's quoted words.
pub const QUOTED: Facts = 16_777_216;
/// It is a sentence at all.
pub const PLAIN: Facts = 4_194_304;

/// An article of fewer words than this is about what it opens with.
const SHORT: usize = 220;

const LISTS: [(Known, Facts); 14] = [
    (Known::CaveatCaution, CAUTION),
    (Known::CaveatHarm, HARM),
    (Known::CaveatSideEffectWord, HARM),
    (Known::SubjectDeficiency, DEFICIENCY),
    (Known::CaveatInteractions, INTERACTION),
    (Known::TopicForm, FORM),
    (Known::TopicPortion, PORTION),
    (Known::CaveatUpperLimit, LIMIT),
    (Known::CaveatUncertainty, UNSURE),
    (Known::CaveatTake, TAKE),
    (Known::TopicPraise, PRAISE),
    (Known::DisclosureCta, SELL),
    (Known::TopicFood, FOOD),
    (Known::CaveatConsult, CONSULT),
];

/// Facts of all sentences and the places that the article praises.
pub struct Context {
    /// Facts by number of sentence.
    pub facts: Vec<Facts>,
    /// Whether the article is so short that every sentence of it is about its topic.
    pub short: bool,
    /// Whether it is a recipe.
    pub recipe: bool,
    /// Token ranges of what benefit claims say is helped, ascending.
    helped: Vec<(u32, u32)>,
}

impl Context {
    /// Reads the facts off an article.
    pub fn of(article: &Article, doses: &[Dose]) -> Context {
        let mut facts = vec![PLAIN; article.sentences.len()];
        for (tag, fact) in LISTS {
            for a in article.all(tag.id()) {
                set(article, &mut facts, a, fact);
            }
        }
        for d in doses.iter().filter(|d| d.is_supplement()) {
            if let Some(f) = article.sentence_of.get(d.start as usize).and_then(|&s| facts.get_mut(s as usize)) {
                *f |= DOSE;
            }
        }
        for (tag, fact) in [(Known::LineRisks, RISKS), (Known::LineBenefits, BENEFITS)] {
            for a in article.all(tag.id()) {
                mark_section(article, &mut facts, a, fact);
            }
        }
        for (index, s) in article.sentences.iter().enumerate() {
            match article.doc.blocks.get(s.block as usize).map(|b| b.kind) {
                // A heading of many words is a text that lost its line breaks.
                Some(BlockKind::Title | BlockKind::Heading) if is_line(article, s.block) => facts[index] |= HEADING,
                // What is said of the article, not in it.
                Some(BlockKind::Summary | BlockKind::Caption) => facts[index] |= HEADING,
                Some(BlockKind::Residue | BlockKind::Code) => facts[index] |= OUTSIDE,
                _ => {}
            }
            let tokens = s.start as usize..s.end as usize;
            if article.grammar.get(tokens.clone()).is_some_and(|g| g.iter().any(|g| g & crate::annotate::grammar::ANAPHOR != 0)) {
                facts[index] |= ANAPHOR;
            }
            if article.marks.get(tokens).is_some_and(|m| m.first().is_some_and(|m| m.any(Marks::ASKED))) {
                facts[index] |= ASKED;
            }
            if article.marks.get(s.start as usize..s.end as usize).is_some_and(|m| m.iter().take(2).any(|m| m.any(Marks::QUOTED))) {
                facts[index] |= QUOTED;
            }
        }
        led(article, &mut facts);
        for c in article.claims.iter().filter(|c| c.valence == Valence::Benefit && !c.marks.any(Marks::NEGATED)) {
            if let Some(f) = facts.get_mut(c.sentence as usize) {
                *f |= BENEFIT;
            }
        }
        let mut helped: Vec<(u32, u32)> = article
            .claims
            .iter()
            .filter(|c| c.valence == Valence::Benefit && !c.marks.any(Marks::NEGATED))
            .filter_map(|c| c.object.map(|o| (o.start.min(c.effect.start), o.end.max(c.effect.end))))
            .collect();
        helped.sort_unstable();
        Context { facts, helped, short: article.word_count() < SHORT, recipe: is_recipe(article) }
    }

    /// Facts of the sentence that holds a token.
    pub fn at(&self, article: &Article, token: u32) -> Facts {
        article.sentence_of.get(token as usize).and_then(|&s| self.facts.get(s as usize)).copied().unwrap_or(0)
    }

    /// Facts of the sentence before the one that holds a token, in the same block.
    pub fn before(&self, article: &Article, token: u32) -> Facts {
        let Some(&s) = article.sentence_of.get(token as usize) else { return 0 };
        let Some(previous) = (s as usize).checked_sub(1) else { return 0 };
        let block = |i: usize| article.sentences.get(i).map(|s| s.block);
        if block(previous) == block(s as usize) { self.facts.get(previous).copied().unwrap_or(0) } else { 0 }
    }

    /// Facts of the sentence after the one that holds a token, in the same block; 0 where there is none.
    pub fn after(&self, article: &Article, token: u32) -> Facts {
        let Some(&s) = article.sentence_of.get(token as usize) else { return 0 };
        let next = s as usize + 1;
        let block = |i: usize| article.sentences.get(i).map(|s| s.block);
        if block(next) == block(s as usize) { self.facts.get(next).copied().unwrap_or(0) } else { 0 }
    }

    /// Whether the place is something that a benefit claim says is helped.
    ///
    /// "Relieves nausea and cramps" helps both: what follows by a word or two in the clause counts.
    pub fn is_helped(&self, article: &Article, a: &Annotation) -> bool {
        let first = self.helped.partition_point(|h| h.0 < a.start.saturating_sub(40));
        let clause = |t: u32| article.clause_of.get(t as usize);
        self.helped[first..]
            .iter()
            .take_while(|h| h.0 <= a.start)
            .any(|h| h.1 >= a.end || joins(article, h.1, a.start) && clause(h.0) == clause(a.start))
    }

    /// Marks the sentence that holds a token.
    pub fn add(&mut self, article: &Article, token: u32, fact: Facts) {
        if let Some(f) = article.sentence_of.get(token as usize).and_then(|&s| self.facts.get_mut(s as usize)) {
            *f |= fact;
        }
    }
}

/// Whether nothing but "and" and commas stands in a short token range.
fn joins(article: &Article, from: u32, to: u32) -> bool {
    use crate::annotate::grammar::{CONJUNCTION, SIGN};
    from <= to
        && to - from <= 2
        && article.grammar.get(from as usize..to as usize).is_some_and(|g| g.iter().all(|g| g & (CONJUNCTION | SIGN) != 0))
}

/// Whether a block has the length of a heading.
fn is_line(article: &Article, block: u32) -> bool {
    article.blocks.get(block as usize).is_some_and(|b| b.1 - b.0 <= 40)
}

/// Whether at least four kitchen words stand in it, one in sixty words or so.
fn is_recipe(article: &Article) -> bool {
    let words = article.tagged(Known::TopicRecipe.id()).len();
    words >= 4 && words * 60 >= article.word_count()
}

/// What the lead-in of a list or the head of a column says holds for each item.
fn led(article: &Article, facts: &mut [Facts]) {
    let mut of_block = vec![0; article.blocks.len()];
    for (s, f) in article.sentences.iter().zip(facts.iter()) {
        if let Some(b) = of_block.get_mut(s.block as usize) {
            *b |= *f;
        }
    }
    let kind = |i: u32| article.doc.blocks.get(i as usize).map(|b| b.kind);
    let mut lead: Option<u32> = None;
    for (s, f) in article.sentences.iter().zip(facts.iter_mut()) {
        // Where no lead-in is known, the line right before a list leads it in.
        if kind(s.block) != Some(BlockKind::ListItem) {
            lead = is_line(article, s.block).then_some(s.block);
        }
        let item = kind(s.block) == Some(BlockKind::ListItem);
        let head = article.doc.blocks.get(s.block as usize).and_then(|b| b.head).or(lead.filter(|_| item));
        let said = head.and_then(|h| of_block.get(h as usize)).copied().unwrap_or(0);
        *f |= said & (CAUTION | HARM | INTERACTION | RISKS | ABOUT);
        if said & (CAUTION | RISKS) != 0 {
            *f |= LED;
        }
    }
}

fn set(article: &Article, facts: &mut [Facts], a: &Annotation, fact: Facts) {
    if let Some(f) = article.sentence_of.get(a.start as usize).and_then(|&s| facts.get_mut(s as usize)) {
        *f |= fact;
    }
}

/// Marks all sentences of the section over which the line stands, subsections excluded.
fn mark_section(article: &Article, facts: &mut [Facts], a: &Annotation, fact: Facts) {
    if a.marks.any(Marks::QUOTED) {
        return;
    }
    let Some(sentence) = article.sentence(a.start) else { return };
    let Some(block) = article.doc.blocks.get(sentence.block as usize) else { return };
    let is_heading = matches!(block.kind, BlockKind::Heading | BlockKind::Title | BlockKind::Question);
    let Some(section) = article.doc.sections.get(block.section as usize) else { return };
    if !is_heading || section.heading != Some(sentence.block) {
        return;
    }
    let from = article.blocks.get(section.first as usize).map_or(0, |b| b.0);
    let to = (section.end as usize).checked_sub(1).and_then(|i| article.blocks.get(i)).map_or(from, |b| b.1);
    let first = article.sentences.partition_point(|s| s.end <= from);
    for (s, f) in article.sentences.iter().zip(facts.iter_mut()).skip(first) {
        if s.start >= to {
            break;
        }
        *f |= fact;
    }
}
