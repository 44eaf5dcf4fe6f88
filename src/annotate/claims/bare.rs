//! Sentences that name nobody who does it: list items and their labels, headings, cells, fragments.

use super::effects::Effect;
use super::is_number;
use crate::annotate::Article;
use crate::annotate::grammar as g;
use crate::document::BlockKind;
use crate::sentence::Sentence;
use crate::tags::Known;

/// Tokens that the label of a list item has at most.
pub const LABEL: u32 = 6;

/// A list item, a heading or a cell: nobody is named because the article's topic is meant. A lead-in that
/// speaks of something else ("The goals of treatment are to:") rules that out.
pub fn starts_bare(article: &Article, sentence: usize) -> bool {
    let s = article.sentences[sentence];
    let Some(block) = article.doc.blocks.get(s.block as usize) else { return false };
    let is_bare = matches!(block.kind, BlockKind::ListItem | BlockKind::Heading | BlockKind::Cell | BlockKind::Title);
    is_bare && lead_in(article, sentence).is_none_or(|l| !aims(article, l))
}

/// Whether the words that lead into a list speak of an aim.
fn aims(article: &Article, (from, to): (u32, u32)) -> bool {
    (from..to).any(|t| article.grammar[t as usize] & g::AIM != 0)
}

/// "Banish bloating for good!", "Made to ease pain.": where an article has a topic and the sentence names no other way,
/// that is what does it.
pub fn starts_sentence(article: &Article, effect: &Effect, s: Sentence) -> bool {
    let is_way = |t: u32| article.grammar[t as usize] & (g::BY | g::WITH) != 0;
    // "1. Supports the liver".
    let is_light = |t: u32| article.grammar[t as usize] & (g::ADVERB | g::SIGN) != 0 || is_number(article, t);
    let opens = (s.start..effect.group.min(effect.start)).all(is_light);
    opens && !(effect.end..s.end).any(is_way)
}

/// "**Burns and scars:** Heals both": whether a paragraph opens with a label, right behind which the effect stands.
pub fn opens_with_label(article: &Article, effect: &Effect, s: Sentence) -> bool {
    let verb = g::BE | g::HAVE | g::MODAL | g::CAN | g::ANAPHOR | g::WITH | g::BY;
    let opens_block = article.blocks.get(s.block as usize).is_some_and(|&(first, _)| first == s.start);
    let is_label = |t: u32| article.grammar[t as usize] & verb == 0;
    let Some(colon) = effect.group.checked_sub(1).filter(|&t| t > s.start && article.sign(t) == ':') else { return false };
    opens_block && colon - s.start <= LABEL && (s.start..colon).all(is_label)
}

/// "Heart – lowers blood pressure": whether what stands before the effect is only the label of a list item.
pub fn labels(article: &Article, from: u32, effect: &Effect) -> bool {
    let verb = g::BE | g::HAVE | g::MODAL | g::CAN;
    let last = effect.group.checked_sub(1).filter(|&t| t > from && matches!(article.sign(t), ':' | '-' | '–' | '—'));
    let is_short = effect.group - from.min(effect.group) <= LABEL && (from..effect.group).all(|t| article.grammar[t as usize] & verb == 0);
    article.kind(effect.start) == BlockKind::ListItem && last.is_some() && is_short
}

/// Whether the effect stands in a list item that has no finite verb before it: "Great aid in easing sickness". The item is
/// of what the list is about. `from` is where its clause begins.
pub fn is_verbless_item(article: &Article, from: u32, effect: &Effect, sentence: usize) -> bool {
    let is_verb = |t: u32| article.grammar[t as usize] & (g::MODAL | g::CAN | g::BE | g::HAVE) != 0;
    let is_item = article.kind(effect.start) == BlockKind::ListItem && !(from..effect.start).any(is_verb);
    is_item && lead_in(article, sentence).is_none_or(|l| !aims(article, l))
}

/// The words that lead into the list of this sentence's block.
pub fn lead_in(article: &Article, sentence: usize) -> Option<(u32, u32)> {
    article.lead_in(article.doc.blocks.get(article.sentences[sentence].block as usize)?)
}

/// Whether only adjectives stand before a predicate, and nobody: "Lab-tested, organic and effective against stress".
pub fn is_fragment(article: &Article, effect: &Effect, s: Sentence) -> bool {
    let names = g::DETERMINER | g::PREPOSITION | g::BE | g::HAVE | g::MODAL | g::ANAPHOR | g::POSSESSIVE | g::BY | g::WITH;
    let is_light = |t: u32| article.grammar[t as usize] & names == 0;
    let verb = |t: u32| article.grammar[t as usize] & (g::BE | g::HAVE) != 0;
    effect.tag == Known::EffectWork.id()
        && effect.start > s.start
        && effect.start - s.start <= LABEL
        && article.grammar[effect.start as usize - 1] & (g::CONJUNCTION | g::SIGN | g::ADVERB) != 0
        && (s.start..effect.start).all(is_light)
        && !(effect.end..s.end).any(verb)
}

/// Words before an effect among which a measure stands: "Just twenty minutes a day".
const MEASURE: u32 = 3;

/// Whether the words before an effect open with a measure of what is taken or done: "Two cups a day", "Ten minutes".
pub fn opens_with_measure(article: &Article, from: u32, to: u32) -> bool {
    article.starting(Known::TopicMeasure.id(), from, to.min(from + MEASURE)).next().is_some()
}
