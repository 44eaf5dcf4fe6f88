//! What an article is about: what its sentences speak of where they name nothing.

use super::{longest_first, of_group, role};
use crate::annotate::grammar as g;
use crate::annotate::{Article, Role};
use crate::document::BlockKind;
use crate::tags::{REMEDIES, is_remedy};
use crate::words::lexicon::Group;
use rustc_hash::FxHashMap;

/// Times that an article must name its topic, unless the title does.
const OFTEN: usize = 4;
/// What a place in the title or a heading counts for.
const IN_TITLE: usize = 4;
/// Words at the start of a sentence among which "it" takes up what the sentence before names.
const OPENING: usize = 3;

/// What nameless sentences speak of.
#[derive(Clone, Copy, Debug, Default)]
pub struct Topic {
    /// The thing that the table row, or else the section, or else the article, is about.
    pub role: Option<Role>,
    /// The tokens of the title, first and one past the last.
    title: (u32, u32),
    /// The title, or the head of the section or of the table row, names the thing: the text is about nothing else.
    pub is_titled: bool,
}

impl Topic {
    /// The topic of an article.
    pub fn of(article: &Article) -> Topic {
        let title = title(article);
        let counts = mentions(article);
        let most = counts.values().filter(|(n, _)| *n >= OFTEN).max_by_key(|(n, r)| (*n, std::cmp::Reverse(r.start)));
        let role = most.map(|&(_, r)| r);
        let name = |from: u32, to: u32| article.words(from, to).to_lowercase();
        Topic { role, title, is_titled: role.is_some_and(|r| name(title.0, title.1).contains(&name(r.start, r.end))) }
    }

    /// The topic of a section or of a table row whose head names `role`.
    pub fn with(self, role: Role) -> Topic {
        Topic { role: Some(role), is_titled: true, ..self }
    }

    /// Whether the title has a word, in the singular or the plural: "the pralines" on a page called "Reishi pralines".
    pub fn names(self, article: &Article, token: u32) -> bool {
        let stem = |t: u32| article.words(t, t + 1).trim_end_matches('s');
        let title = self.title.0..self.title.1;
        // "Turmeric: dose and effects": what stands behind the sign is no part of the name.
        let is_sign = |t: &u32| matches!(article.sign(*t), ':' | '–' | '—' | '|' | '?');
        let named = self.role.filter(|r| title.contains(&r.start));
        let from = named.and_then(|r| (title.start..r.start).rfind(is_sign)).unwrap_or(title.start);
        let to = named.and_then(|r| (r.end..title.end).find(is_sign)).unwrap_or(title.end);
        let own = stem(token);
        !title.contains(&token) && (from..to).any(|t| is_same(stem(t), own))
    }

    /// Whether a sentence speaks of what an article can praise: it names it, takes up what the sentence before names, or
    /// stands in a text that is about nothing else.
    pub fn is_of(self, article: &Article, sentence: usize) -> bool {
        let s = article.sentences[sentence];
        let takes_up = || {
            let before = sentence.checked_sub(1).filter(|&b| article.sentences[b].block == s.block);
            let is_anaphor = |t: &u32| article.grammar[*t as usize] & g::ANAPHOR != 0;
            before.is_some_and(|b| (s.start..s.end).take(OPENING).any(|t| is_anaphor(&t)) && of_head(article, b).is_some())
        };
        self.is_titled && self.role.is_some() || of_head(article, sentence).is_some() || takes_up()
    }
}

/// Whether two words differ in case at most.
fn is_same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b) || !(a.is_ascii() && b.is_ascii()) && a.to_lowercase() == b.to_lowercase()
}

/// The thing that the heading of a section, or the first cell of a table row, names: what the sentences that follow speak of
/// where they name nothing.
pub fn of_head(article: &Article, sentence: usize) -> Option<Role> {
    let s = article.sentences[sentence];
    longest_first(of_group(article, Group::Subject, s.start, s.end).filter(|a| is_remedy(a.tag)))
}

/// The tokens of what stands at the head of the article: what its fields say of it, its title, its first headings. Of
/// the first heading, where text stands before it.
fn title(article: &Article) -> (u32, u32) {
    let blocks = &article.doc.blocks;
    let is_head = |kind: BlockKind| matches!(kind, BlockKind::Title | BlockKind::Heading | BlockKind::Summary | BlockKind::Caption);
    let count = blocks.iter().take_while(|b| is_head(b.kind)).count();
    let range = |b: usize| article.blocks.get(b).copied();
    if let (Some(first), Some(last)) = (range(0), count.checked_sub(1).and_then(range)) {
        return (first.0, last.1);
    }
    let heading = blocks.iter().position(|b| matches!(b.kind, BlockKind::Title | BlockKind::Heading));
    heading.and_then(range).unwrap_or_default()
}

/// How often the article names each thing that it can be about, and where first.
fn mentions(article: &Article) -> FxHashMap<String, (usize, Role)> {
    let mut counts: FxHashMap<String, (usize, Role)> = FxHashMap::default();
    let mut name = String::new();
    for known in REMEDIES {
        for a in article.all(known.id()) {
            let weight = if article.kind(a.start) == BlockKind::Title { IN_TITLE } else { 1 };
            name.clear();
            let words = article.words(a.start, a.end);
            if words.is_ascii() {
                name.push_str(words);
                name.make_ascii_lowercase();
            } else {
                name.extend(words.chars().flat_map(char::to_lowercase));
            }
            match counts.get_mut(&name) {
                Some((count, first)) => {
                    *count += weight;
                    if a.start < first.start {
                        *first = role(a);
                    }
                }
                None => _ = counts.insert(name.clone(), (weight, role(a))),
            }
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use crate::annotate::tests::annotated;
    use crate::read::Format;

    /// The subject of each claim.
    fn subjects(text: &str) -> Vec<Option<String>> {
        annotated(text, Format::Markdown, |article| {
            article.claims.iter().map(|c| c.subject.map(|r| article.words(r.start, r.end).to_owned())).collect()
        })
    }

    #[test]
    fn what_the_title_names_stands_for_what_a_sentence_does_not_name() {
        let page = "# Reishi pralines\n\nReishi is a fungus; reishi grows on oak, and reishi is dear.\n\n";
        for said in [
            "Made to ease pain.",
            "Banish headaches for good!",
            "The pralines ease pain.",
            "This gift of the woods eases pain.",
            "The praline melts on the tongue and eases pain.",
        ] {
            assert_eq!(subjects(&format!("{page}{said}\n")), [Some("Reishi".to_owned())], "{said}");
        }
    }

    #[test]
    fn it_is_the_topic_and_not_what_was_named_in_passing() {
        let page = "# Reishi pralines\n\nReishi is a fungus; reishi grows on oak, and reishi is dear.\n\n";
        for said in
            ["By mopping up free radicals, it eases pain.", "Scientists agree that it eases pain.", "Rubbing it into the skin eases pain."]
        {
            let found = subjects(&format!("{page}{said}\n"));
            assert_eq!(found.last(), Some(&Some("Reishi".to_owned())), "{said}: {found:?}");
        }
    }

    #[test]
    fn the_label_of_a_list_item_is_nobody_unless_it_is_a_thing() {
        let page =
            "# Reishi pralines\n\nReishi is a fungus; reishi grows on oak, and reishi is dear.\n\n- **Heart** – Lowers blood pressure\n";
        assert_eq!(subjects(page), [Some("Reishi".to_owned())]);
        let page = "# Herbs for the change\n\nHerbs grow.\n\n- **Sage:** eases night sweats\n";
        assert_eq!(subjects(page), [Some("Sage".to_owned())]);
    }

    #[test]
    fn a_label_is_nobody_and_an_aside_hides_nobody() {
        let page = "# Reishi pralines\n\nReishi is a fungus; reishi grows on oak, and reishi is dear.\n\n";
        for (said, who) in [
            ("**Burns and scars:** Eases pain.", "Reishi"),
            ("- **No more cramps** - Eases pain", "Reishi"),
            ("Sage – a cousin of mint – eases pain.", "Sage"),
            ("- **Sage** - take two leaves to ease pain", "Sage"),
            ("Strong, ripe and effective against pain.", "Reishi"),
        ] {
            assert_eq!(subjects(&format!("{page}{said}\n")), [Some(who.to_owned())], "{said}");
        }
    }

    #[test]
    fn the_diet_is_the_one_that_the_page_is_about() {
        let page = "# Keto for beginners\n\nKeto came from a clinic; keto is old, and keto is strict.\n\n";
        assert_eq!(subjects(&format!("{page}The diet eases pain.\n")), [Some("Keto".to_owned())]);
        assert_eq!(subjects(&format!("{page}A diet of bread eases pain.\n")), [Some("diet".to_owned())]);
    }

    #[test]
    fn the_cells_of_a_table_row_speak_of_what_it_begins_with() {
        let page = "# Reishi pralines\n\nReishi is a fungus; reishi grows on oak, and reishi is dear.\n\n";
        let table = "| No. | Herb | What it does |\n|---|---|---|\n| 1 | Sage | Eases night sweats. It calms anxiety. |\n| 2 | - | Lowers blood pressure |\n";
        let found = subjects(&format!("{page}{table}"));
        assert_eq!(found, ["Sage", "Sage", "Reishi"].map(|s| Some(s.to_owned())));
    }

    #[test]
    fn a_page_on_an_illness_that_names_a_food_often_is_not_about_it() {
        let page = "# Gout\n\nCherries are fruit; cherries grow on trees, and cherries and more cherries are sold in June.\n\n";
        assert_eq!(subjects(&format!("{page}Lower the pain.\n")), [None]);
    }

    #[test]
    fn another_way_that_is_named_is_what_does_it() {
        let page = "# Reishi pralines\n\nReishi is a fungus; reishi grows on oak, and reishi is dear.\n\n";
        assert_eq!(subjects(&format!("{page}Ease pain by resting.\n")), [None]);
    }
}
