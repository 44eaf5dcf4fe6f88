//! Who does it, and to what: the nearest words of a known class, and where nobody is named, the one before
//! or the topic of the article.

use super::bare;
use super::doers::{PREDICATE_REACH, antecedent, aside, before, introduced, is_weak_class, labelled, listed, opens, with};
use super::effects::Effect;
use super::topic::Topic;
use super::{cues_on, is_of, longest_first, of_group, role};
use crate::annotate::grammar as g;
use crate::annotate::{Annotation, Article, Claim, Role};
use crate::lint::model::ClaimForm;
use crate::sentence::ClauseKind;
use crate::tags::{Known, is_remedy};
use crate::words::kind::Marks;
use crate::words::lexicon::Group;
use crate::words::token::Shape;

/// Words after the effect within which its object stands.
const OBJECT_REACH: u32 = 9;
/// Words before an effect among which "its" owns its subject: "its natural antibacterial properties fight".
const OWNED: usize = 4;

/// The object of an effect: the first outcome after it, before the next effect at `limit`.
pub fn object(article: &Article, effect: &Effect, limit: u32) -> Option<Role> {
    let clause = article.clauses[article.clause_of[effect.head as usize] as usize];
    if effect.passive || effect.form == ClaimForm::Noun && effect.tag == Known::EffectCompound.id() {
        let inside = longest_first(of_group(article, Group::Object, effect.start, effect.end));
        // "Poor sleep is eased": not the sleep.
        let last = of_group(article, Group::Object, clause.start, effect.group).max_by_key(|a| (a.end, std::cmp::Reverse(a.start)));
        return inside.or(last.map(role)).or_else(|| after(article, effect, limit, clause.end));
    }
    // "keeps colds at bay", "pain relief": the object may stand inside the words of the effect.
    longest_first(of_group(article, Group::Object, effect.start + 1, effect.end)).or_else(|| after(article, effect, limit, clause.end))
}

fn after(article: &Article, effect: &Effect, limit: u32, clause_end: u32) -> Option<Role> {
    // A comma right behind opens the next thought: "their pressure normalised, their arthritis ...".
    if effect.end == effect.start + 1 && effect.end < clause_end && article.sign(effect.end) == ',' {
        return None;
    }
    let mut to = limit.min(clause_end.max(effect.end)).min(effect.end + OBJECT_REACH);
    // A new finite verb ends the noun phrase, and so does "properties that your knees will love".
    let ends = |&t: &u32| {
        let fact = article.grammar[t as usize];
        let is_relative = is_property(effect) && fact & g::ANAPHOR != 0 && fact & g::POSSESSIVE == 0;
        is_relative || fact & (g::BE | g::MODAL | g::HAVE) != 0 && t > effect.end
    };
    to = (effect.end..to).find(ends).unwrap_or(to);
    let found = || of_group(article, Group::Object, effect.end, to);
    let first = longest_first(found())?;
    // "Your back pain", "my stuffy nose": not "your back", not "my nose" is meant.
    let is_opened = article.grammar[first.start as usize] & (g::DETERMINER | g::POSSESSIVE) != 0;
    let is_more = |a: &&Annotation| a.end > first.end || a.end == first.end && a.start + 1 < a.end;
    let more = found().filter(|a| is_opened && a.start > first.start && a.start < first.end).find(is_more);
    let first = more.map_or(first, role);
    // "The body's ability to heal": what the body has is meant, not the body.
    let owns = article.tokens.get(first.end as usize - 1).is_some_and(|t| t.shape.contains(Shape::POSSESSIVE));
    let owned = owns.then(|| longest_first(of_group(article, Group::Object, first.end, to))).flatten();
    Some(owned.unwrap_or(first))
}

/// The subject of an effect.
pub fn subject(
    article: &Article,
    effect: &Effect,
    earlier: &[Effect],
    here: &[Claim],
    last: Option<&Claim>,
    about: Topic,
    sentence: usize,
) -> Option<Role> {
    let topic = about.role;
    let s = article.sentences[sentence];
    let clause = article.clauses[article.clause_of[effect.head as usize] as usize];
    if effect.passive {
        let doer = (effect.end..clause.end.min(effect.end + 4)).find(|&t| article.grammar[t as usize] & (g::BY | g::WITH) != 0);
        return doer.and_then(|by| longest_first(of_group(article, Group::Subject, by, clause.end.min(by + 6))));
    }
    if effect.joined
        && let Some(claim) = here.last()
    {
        return claim.subject;
    }
    // "Experts agree that the oil eases pain": who says it does nothing else.
    let says = |that: &&Annotation| {
        that.start > clause.start && article.starting(Known::EvidenceReport.id(), that.start - 1, that.start).next().is_some()
    };
    let told = article.starting(Known::GrammarThat.id(), clause.start, effect.group).filter(says).last();
    let from = told.map_or(clause.start, |that| that.end.min(effect.group));
    // ", aids digestion", "and eases pain": a further verb of the same subject.
    let after_join = effect.group > s.start && article.grammar[effect.group as usize - 1] & (g::CONJUNCTION | g::SIGN) != 0;
    if after_join
        && effect.form == ClaimForm::Finite
        && let Some(claim) = here.last().filter(|c| c.form == ClaimForm::Finite && c.effect.end <= effect.group)
        && !(claim.effect.end..effect.group).any(|t| article.grammar[t as usize] & g::ANAPHOR != 0)
    {
        return claim.subject;
    }
    // The words between the clause's start and the verb: who else could be meant?
    let is_word = |t: u32| {
        article.grammar[t as usize] & (g::SIGN | g::ADVERB | g::CONJUNCTION) == 0
            && !article.tokens[t as usize].shape.contains(Shape::NUMBER)
    };
    // "Sage – a cousin of mint – eases coughs": the subject stands before the aside.
    let (from, to) = aside(article, s, clause.start).map_or((from, effect.group), |open| (s.start, open));
    let words = (from..to).filter(|&t| is_word(t));
    let [first, second] = [0, 1].map(|n| words.clone().nth(n));
    let last_word = words.clone().next_back();
    let is_anaphor = |t: u32| article.grammar[t as usize] & g::ANAPHOR != 0;
    // "It", "this", "which" right before the verb is its subject, whatever stands before: "studies show it ...".
    let only_anaphor = last_word.is_some_and(is_anaphor);
    let relative = only_anaphor && from > s.start && second.is_none() && clause.kind == ClauseKind::Relative;
    // "It helps oral hygiene by freshening breath": who does the one does the other.
    let is_by = effect.group > s.start && article.grammar[effect.group as usize - 1] & g::BY != 0;
    if is_by
        && effect.form == ClaimForm::Gerund
        && let Some(doer) = here.last().and_then(|c| c.subject)
    {
        return Some(doer);
    }
    // "You can ease pain with the oil", "In our clinic we ease pain with needles": what it is done with does it.
    let is_actor = |t: u32| article.starting(Known::GrammarActor.id(), t, t + 1).next().is_some();
    if effect.form == ClaimForm::Finite
        && last_word.is_some_and(is_actor)
        && let Some(means) = with(article, effect, s.end, g::WITH | g::BY).filter(|r| is_remedy(r.tag))
    {
        return Some(means);
    }
    // "The power of sage to ease coughs": who has it stands behind it.
    let is_owner = |a: &&Annotation| a.end < effect.start && is_of(article, a.start - 1);
    let governs = effect.group < effect.start && article.grammar[effect.group as usize] & (g::GOVERNOR | g::CAN) != 0;
    let owner = governs.then(|| longest_first(of_group(article, Group::Subject, effect.group.max(1), effect.start).filter(is_owner)));
    if let Some(owner) = owner.flatten() {
        return Some(owner);
    }
    let is_labelled = bare::labels(article, from, effect);
    // "Rubbing it into the scalp stops hair loss", "Rub it in to stop hair loss": what is done with it is done by it.
    let is_done = |t: u32| effect.form == ClaimForm::Infinitive && t == s.start || article.words(t, t + 1).ends_with("ing");
    let is_handled = first.is_some_and(is_done) && second.is_some_and(is_anaphor);
    // "They sink into the skin and fade scars".
    let is_entered = |r: &Role| r.tag == Known::SubjectBody.id() && first.is_some_and(is_anaphor);
    let is_named = |r: &Role| !only_anaphor && !is_entered(r) && (!is_labelled && !is_handled || is_remedy(r.tag));
    let named = before(article, from, to).filter(is_named);
    if named.is_some() {
        // "The diet eases", "this diet eases" on a page about one.
        let is_diet = |r: &Role| r.tag == Known::SubjectLifestyle.id() && r.end == r.start + 1 && r.end == effect.group;
        let is_one = |r: &Role| is_diet(r) && r.start > from && article.grammar[r.start as usize - 1] & g::DETERMINER != 0;
        let diet = topic.filter(|t| about.is_titled && t.tag == Known::SubjectDiet.id() && named.as_ref().is_some_and(is_one));
        return diet.or(named);
    }
    // "Its astringent qualities" are those of what was named before.
    let owns = |t: u32| article.grammar[t as usize] & g::POSSESSIVE != 0;
    let is_owned = first.is_some_and(owns) || effect.form == ClaimForm::Finite && words.rev().take(OWNED).any(owns);
    let refers = only_anaphor || is_owned;
    // Where the article has a topic, "it" is no part of the body that was named before, and "its" nobody's.
    // Nor is it what was only named in passing: "known to lower stress. It kills germs".
    let opened = |r: &Role| is_remedy(r.tag) || article.sentence(r.start).is_some_and(|s| opens(article, s.start, r));
    let is_meant = |r: &Role| topic.is_none() || r.tag != Known::SubjectBody.id() && !(is_owned && is_weak_class(r.tag)) && opened(r);
    let previous = || last.filter(|c| c.sentence as usize + 1 == sentence);
    let before_claimed = || previous().and_then(|c| c.subject).filter(|r| !is_weak_class(r.tag));
    // "It lowers stress. It lifts the mood": not the stress does.
    let is_doer = |r: &Role| !is_object(previous(), r);
    let strong = || antecedent(article, sentence, false).filter(is_doer).or_else(before_claimed);
    let meant = || strong().or_else(|| antecedent(article, sentence, true)).filter(is_meant);
    // "An oil for the skin, easing redness": the skin is what it is for.
    let is_passed = |r: &Role| topic.is_some() && r.tag == Known::SubjectBody.id() && !opens(article, s.start, r);
    if effect.form == ClaimForm::Gerund || effect.form == ClaimForm::Noun {
        // "Anti-inflammatory herbs": the quality is that of the noun behind.
        let owner = of_group(article, Group::Subject, effect.end, effect.end + 1).filter(|_| is_property(effect));
        if let Some(owner) = longest_first(owner) {
            return Some(owner);
        }
        // "It is thought to have healing properties", "it does so by easing pain"; before a verb, "it" may stand for nothing:
        // "it is good to ease ...", and what is done by easing pain does not ease it.
        let is_it = |t: u32| is_anaphor(t) && article.grammar[t as usize] & g::DETERMINER == 0;
        let does = || is_by && !(from..effect.group).any(|t| article.grammar[t as usize] & g::BE != 0);
        let opens_with_it = (effect.form == ClaimForm::Noun || does()) && first.is_some_and(is_it);
        // "By easing pain, magnesium ..." looks ahead; ", easing pain" looks back.
        let next = |of_remedy: bool| {
            longest_first(of_group(article, Group::Subject, effect.end, s.end).filter(|a| !of_remedy || is_remedy(a.tag)))
        };
        let ahead = (effect.group <= s.start + 2).then(|| next(true).or_else(|| next(false)));
        // "Good for the bones and easing pain": what is joined to a predicate is said of its subject.
        let is_joined =
            after_join && here.last().is_some_and(|c| c.form != ClaimForm::Noun && c.object.is_some_and(|o| o.end + 1 >= effect.group));
        let back = here.last().filter(|_| is_joined).and_then(|c| c.subject).or_else(|| before(article, s.start, effect.group));
        let back = back.filter(|r| !(is_owned && is_weak_class(r.tag)));
        // "The oil lowers stress, easing pain": what it is done to does nothing.
        let by_remedy = || here.last().and_then(|c| c.subject).is_some_and(|c| is_remedy(c.tag));
        let is_done_to = |r: &Role| !is_remedy(r.tag) && is_object(here.last(), r) && by_remedy();
        let back = back.filter(|r| !is_done_to(r));
        let passed = back.as_ref().is_some_and(is_passed);
        let back = back.filter(|_| !passed);
        return back
            .or(ahead.flatten())
            .or_else(|| here.last().and_then(|c| c.subject))
            .or_else(|| introduced(article, effect, s))
            .or_else(|| (refers || opens_with_it).then(meant).flatten())
            .or_else(|| {
                (refers || opens_with_it || passed || first.is_none() || is_property(effect) && about.is_titled).then_some(topic).flatten()
            });
    }
    if relative {
        // "It brings blood to the skin, which renews collagen": a part of the body that the claim before is about does nothing.
        let doer = here.last().and_then(|c| c.subject).filter(|r| is_remedy(r.tag));
        let said = before(article, s.start, from);
        return said.filter(|r| is_remedy(r.tag)).or(doer).or(said).or_else(|| here.last().and_then(|c| c.subject));
    }
    if refers {
        let said =
            before(article, s.start, effect.group).filter(|r| r.tag != Known::SubjectPerson.id() && r.tag != Known::SubjectResearcher.id());
        // "Unlike statins, it lowers cholesterol": not the statins do.
        let said = said.filter(|r| cues_on(article, Marks::COMPARED, r.start).next().is_none());
        // "By stopping free radicals, it protects": what was named in passing does nothing.
        let is_it = last_word.is_some_and(|t| only_anaphor && article.grammar[t as usize] & g::DETERMINER == 0);
        let said = said.filter(|r| !is_it || topic.is_none() || opened(r));
        // "It is the best medicine, and it lifts the mood": what it is said to be does nothing of its own.
        let is_be = |t: u32| article.grammar[t as usize] & g::BE != 0;
        let be = |r: &Role| (s.start.max(r.start.saturating_sub(PREDICATE_REACH))..r.start).find(|&t| is_be(t));
        let said = match said.as_ref().and_then(be).filter(|_| is_it) {
            Some(be) => before(article, s.start, be).filter(|r| is_remedy(r.tag)),
            None => said,
        };
        // "Its properties" are those of a thing, not of the skin that was named before.
        let said = said.filter(|r| !(is_owned && is_weak_class(r.tag) || is_passed(r)));
        // "It lifts the sleep, and it lowers stress": not the sleep does.
        let same = here.last().filter(|c| is_it && said.as_ref().is_some_and(|r| is_object(Some(c), r))).and_then(|c| c.subject);
        let said = same.filter(|r| is_remedy(r.tag)).or(said);
        return said.or_else(meant).or_else(|| previous().and_then(|c| c.subject)).or(topic);
    }
    if first.is_none() || is_labelled {
        // No subject in this clause: that of the sentence so far, else the article's topic.
        let said = here.last().and_then(|c| c.subject).or_else(|| earlier.last().and_then(|_| before(article, s.start, effect.group)));
        // "Sage: eases night sweats".
        let label = || before(article, s.start, from).filter(|r| is_remedy(r.tag));
        return said.or_else(label).or_else(|| with(article, effect, s.end, g::WITH)).or_else(|| listed(article, sentence)).or_else(|| {
            let opens = || bare::starts_sentence(article, effect, s) || bare::opens_with_label(article, effect, s);
            (is_labelled || bare::starts_bare(article, sentence) || about.is_titled && opens()).then_some(topic).flatten()
        });
    }
    let is_item = bare::is_verbless_item(article, from, effect, sentence);
    // "The pralines melt on the tongue and ease pain".
    let opens_with_name =
        first.is_some_and(|t| article.grammar[t as usize] & g::DETERMINER != 0) && second.is_some_and(|t| about.names(article, t));
    // "A way to ease pain": the verb depends on a noun.
    let depends = effect.form == ClaimForm::Infinitive || article.grammar[effect.group as usize] & g::GOVERNOR != 0;
    let label = || labelled(article, s, clause.start);
    if depends && !is_item && !opens_with_name && !is_handled {
        return introduced(article, effect, s).or_else(label);
    }
    // "Twenty minutes a day eases pain", "Two tablespoons before meals ease pain": so much of what the article is about.
    let is_measured = bare::opens_with_measure(article, from, effect.group);
    // "This drink of the gods eases pain": a name that no list knows, given to what the article is about.
    let is_told = bare::is_fragment(article, effect, s)
        || opens_with_name
        || is_measured
        || is_item
        || is_handled
        || first.is_some_and(is_anaphor)
        || last_word.is_some_and(|t| about.names(article, t));
    topic.filter(|_| is_told && about.is_titled).or_else(label)
}

/// Whether what is named is what a claim says is done to.
fn is_object(claim: Option<&Claim>, named: &Role) -> bool {
    claim.and_then(|c| c.object).is_some_and(|o| o.start < named.end && named.start < o.end)
}

/// Whether a noun of effect is a quality, which only a thing can have: "the healing benefits".
fn is_property(effect: &Effect) -> bool {
    effect.tag == Known::EffectProperty.id()
}
