//! Conjugates verbs and makes plurals, so that a word list holds base forms only. Irregular words are
//! data: `lints/irregular.toml`.

use super::contraction::{Contraction, Contractions};
use super::kind::Form;
use crate::problem::Problem;
use crate::written::Table;
use std::collections::HashMap;

/// Irregular forms by base form.
#[derive(Default)]
pub struct Irregular {
    verbs: HashMap<String, Vec<(String, Form)>>,
    plurals: HashMap<String, String>,
    /// The short forms of verbs.
    pub contractions: Contractions,
}

impl Irregular {
    /// Reads `[contractions]` (`ll = ["will"]`: the verb, and the words behind which it is one), `[verbs]`
    /// (`fight = ["fights", "fighting", "fought", "fought"]`: present, gerund, pasts) and `[plurals]` (`child = "children"`).
    pub fn read(table: &Table, problems: &mut Vec<Problem>) -> Irregular {
        let mut out = Irregular::default();
        for verbs in table.tables("verbs", problems) {
            for (key, forms) in verbs.each_texts(problems) {
                let mut all = vec![(key.value.clone(), Form::BASE)];
                for (i, form) in forms.into_iter().enumerate() {
                    let kind = match i {
                        0 => Form::PRESENT,
                        1 => Form::GERUND,
                        _ => Form::PAST,
                    };
                    all.push((form.value, kind));
                }
                out.verbs.insert(key.value, all);
            }
        }
        for plurals in table.tables("plurals", problems) {
            for (key, forms) in plurals.each_texts(problems) {
                if let Some(form) = forms.into_iter().next() {
                    out.plurals.insert(key.value, form.value);
                }
            }
        }
        for contractions in table.tables("contractions", problems) {
            for (key, words) in contractions.each_texts(problems) {
                let mut words = words.into_iter().map(|word| word.value);
                if let Some(verb) = words.next() {
                    out.contractions.0.push(Contraction { short: key.value, verb, hosts: words.collect() });
                }
            }
        }
        table.finish(problems);
        out
    }

    /// All forms of a verb given in its base form.
    pub fn verb(&self, base: &str) -> Vec<(String, Form)> {
        if let Some(forms) = self.verbs.get(base) {
            return forms.clone();
        }
        let stem = base.strip_suffix('e');
        let past = match stem {
            Some(_) => format!("{base}d"),
            None if ends_in_consonant_y(base) => format!("{}ied", &base[..base.len() - 1]),
            None => format!("{}ed", doubled(base)),
        };
        let gerund = match stem {
            Some(_) if base.ends_with("ie") => format!("{}ying", &base[..base.len() - 2]),
            Some(_) if base.ends_with("ee") || base.ends_with("oe") || base.ends_with("ye") => format!("{base}ing"),
            Some(stem) => format!("{stem}ing"),
            None => format!("{}ing", doubled(base)),
        };
        vec![(base.to_owned(), Form::BASE), (with_s(base), Form::PRESENT), (past, Form::PAST), (gerund, Form::GERUND)]
    }

    /// The plural of a noun.
    pub fn plural(&self, noun: &str) -> String {
        self.plurals.get(noun).cloned().unwrap_or_else(|| with_s(noun))
    }
}

fn ends_in_consonant_y(word: &str) -> bool {
    let mut back = word.bytes().rev();
    back.next() == Some(b'y') && back.next().is_some_and(|b| b.is_ascii_alphabetic() && !is_vowel(b))
}

fn is_vowel(b: u8) -> bool {
    matches!(b, b'a' | b'e' | b'i' | b'o' | b'u')
}

fn with_s(word: &str) -> String {
    if ends_in_consonant_y(word) {
        format!("{}ies", &word[..word.len() - 1])
    } else if ["s", "x", "z", "ch", "sh"].iter().any(|e| word.ends_with(e)) {
        format!("{word}es")
    } else {
        format!("{word}s")
    }
}

/// The word with its last consonant doubled where English does: one syllable, one vowel, one consonant.
fn doubled(word: &str) -> String {
    let bytes = word.as_bytes();
    let vowels = bytes.windows(2).filter(|w| is_vowel(w[0]) && !is_vowel(w[1])).count();
    if let [.., a, v, c] = bytes
        && vowels == 1
        && !is_vowel(*a)
        && is_vowel(*v)
        && !is_vowel(*c)
        && !matches!(c, b'w' | b'x' | b'y')
    {
        return format!("{word}{}", *c as char);
    }
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_verbs_are_conjugated_as_english_spells_them() {
        let forms = |v: &str| Irregular::default().verb(v).into_iter().map(|(w, _)| w).collect::<Vec<_>>().join(" ");
        assert_eq!(forms("reduce"), "reduce reduces reduced reducing");
        assert_eq!(forms("curb"), "curb curbs curbed curbing");
        assert_eq!(forms("stop"), "stop stops stopped stopping");
        assert_eq!(forms("remedy"), "remedy remedies remedied remedying");
        assert_eq!(forms("ease"), "ease eases eased easing");
        assert_eq!(forms("boost"), "boost boosts boosted boosting");
        assert_eq!(forms("soothe"), "soothe soothes soothed soothing");
        assert_eq!(forms("relieve"), "relieve relieves relieved relieving");
        assert_eq!(forms("treat"), "treat treats treated treating");
        assert_eq!(forms("ward"), "ward wards warded warding");
        assert_eq!(forms("vanquish"), "vanquish vanquishes vanquished vanquishing");
    }

    #[test]
    fn plurals_are_spelt_as_english_spells_them() {
        let p = |n: &str| Irregular::default().plural(n);
        assert_eq!([p("study"), p("trial"), p("virus"), p("rash"), p("tablet")], ["studies", "trials", "viruses", "rashes", "tablets"]);
    }
}
