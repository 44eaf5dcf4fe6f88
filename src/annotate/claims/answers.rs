//! Answers that say yes and nothing else: "Does magnesium ease pain? Yes, it does." They assert what the question asks
//! (STANDARDS B.0, rule 23). And how open a question leaves it.

use crate::annotate::grammar as g;
use crate::annotate::{Article, Claim};
use crate::sentence::Sentence;
use crate::tags::Known;
use crate::words::kind::Marks;

/// Adds what such answers claim to the claims of the article, which are in the order of their sentences.
pub fn find(article: &Article, claims: &mut Vec<Claim>) {
    for yes in article.all(Known::LineYes.id()) {
        let Some(&index) = article.sentence_of.get(yes.start as usize) else { continue };
        let (block, Some(question)) = (article.sentences[index as usize].block, index.checked_sub(1)) else { continue };
        let place = claims.partition_point(|c| c.sentence < index);
        // An answer that goes on to claim something says itself how sure that is.
        if claims.get(place).is_some_and(|c| article.sentences[c.sentence as usize].block == block) {
            continue;
        }
        let asked = claims[..place].iter().rev().take_while(|c| c.sentence == question);
        let asked = asked.filter(|c| c.marks.any(Marks::ASKED) && !c.marks.any(Marks::NEGATED));
        let told = |c: &Claim| Claim {
            marks: Marks(c.marks.0 & !Marks::ASKED.0),
            sentence: index,
            from: yes.start,
            start: yes.start,
            end: yes.end,
            ..*c
        };
        let mut told: Vec<Claim> = asked.map(told).collect();
        told.reverse();
        claims.splice(place..place, told);
    }
}

/// Whether a question leaves open whether it is so: "Does zinc cut the risk?". "How does it cut the risk?" does not.
pub fn asks_whether(article: &Article, s: Sentence) -> bool {
    let opens = |t: u32| t == s.start || article.sign(t - 1) == ':';
    (s.start..s.end).any(|t| opens(t) && article.grammar[t as usize] & (g::MODAL | g::CAN | g::BE | g::HAVE) != 0)
}

#[cfg(test)]
mod tests {
    use crate::annotate::tests::annotated;
    use crate::read::Format;
    use crate::words::kind::{Marks, Strength};

    /// What is claimed and not asked.
    fn told(text: &str) -> Vec<String> {
        annotated(text, Format::Markdown, |article| {
            let told = article.claims.iter().filter(|c| !c.marks.any(Marks::ASKED));
            told.map(|c| format!("{}: {}", article.words(c.start, c.end), article.words(c.effect.start, c.effect.end))).collect()
        })
    }

    #[test]
    fn a_yes_asserts_what_was_asked() {
        for yes in ["Yes", "Yes, it does", "Absolutely", "Yes, magnesium does"] {
            assert_eq!(told(&format!("## FAQ\n\n### Does magnesium cure migraine?\n\n{yes}.\n")), [format!("{yes}: cure")]);
            assert_eq!(told(&format!("Does magnesium cure migraine? {yes}.\n")), [format!("{yes}: cure")]);
        }
    }

    #[test]
    fn a_question_leaves_open_what_it_asks() {
        let strengths =
            |text: &str| annotated(text, Format::Markdown, |article| article.claims.iter().map(|c| c.strength).collect::<Vec<_>>());
        for open in ["Does magnesium cure migraine?", "Migraine: can magnesium cure it?", "Is it true that magnesium cures migraine?"] {
            assert_eq!(strengths(&format!("{open}\n")), [Strength::Conditional], "{open}");
        }
        assert_eq!(strengths("How does magnesium cure migraine?\n"), [Strength::Cause]);
        assert_eq!(strengths("Does magnesium cure migraine? Yes.\n"), [Strength::Conditional, Strength::Cause]);
    }

    #[test]
    fn an_answer_that_goes_on_speaks_for_itself() {
        assert_eq!(told("## Does magnesium cure migraine?\n\nYes. Magnesium may ease pain.\n"), ["ease pain: ease"]);
        for other in ["Yes, ask your doctor.", "No.", "Yes, it may.", "Nobody knows. Yes."] {
            assert_eq!(told(&format!("## Does magnesium cure migraine?\n\n{other}\n")), [""; 0], "{other}");
        }
        assert_eq!(told("## How is magnesium sold?\n\nYes, it does.\n"), [""; 0]);
    }
}
