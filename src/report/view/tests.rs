//! Any text and any place: drawn without a panic, harmless, and true.

use super::*;
use crate::finding::{Finding, Level};
use crate::report::human::Human;
use crate::report::{Checked, Report};
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

/// Text as an article may hold it at its worst.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-z]{1,12}",
        2 => Just(" ".to_owned()),
        1 => Just(". A".to_owned()),
        1 => Just("\n".to_owned()),
        1 => Just("\r\n".to_owned()),
        1 => "\\PC{0,5}",
        1 => any::<char>().prop_map(String::from),
        1 => prop::sample::select(vec!["\u{1b}[2J", "\u{9b}", "\u{202e}", "\u{200d}", "\t", "\0", "日本", "👩‍⚕️", "é", "\u{301}"]).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_and_any_place_are_drawn_without_a_panic_and_without_control_characters(
        text in text(), start in 0u32..900, length in 0u32..700, other in 0u32..900, width in 40usize..=100,
    ) {
        let source = Source::new("a\u{1b}b.txt", text.clone());
        let related = vec![(Span { start: other, end: other.saturating_add(9) }, text.chars().take(20).collect())];
        let finding = Finding {
            lint: "a/b".into(),
            level: Level::Error,
            span: Span { start, end: start + length },
            message: text.chars().take(90).collect(),
            help: text.chars().rev().take(300).collect(),
            related,
            also: vec!["a/c".into()],
            fingerprint: 1,
        };
        let audit = crate::audit::Audit { findings: vec![finding], ..Default::default() };
        let mut out = termcolor::NoColor::new(Vec::new());
        let checked = Checked { source: &source, format: "text", audit: &audit };
        Human::new(width).file(&checked, &mut out).unwrap();
        let drawn = String::from_utf8(out.into_inner()).unwrap();
        let bad = drawn.chars().find(|&c| c != '\n' && clean::shown(c) != Some(c));
        prop_assert_eq!(bad, None);
        prop_assert!(drawn.contains('^'));
    }

    #[test]
    fn rows_fit_and_say_truly_where_they_come_from(text in text(), start in 0u32..900, length in 0u32..700, width in 40usize..=100) {
        let source = Source::new("a", text);
        let view = view(&source, Span { start, end: start + length }, &[], width);
        prop_assert!(!view.rows.is_empty() && view.rows.len() <= ROWS);
        for row in &view.rows {
            let line: String = source.slice(source.line_span(row.line - 1)).chars().filter_map(clean::shown).collect();
            let shown = row.text.trim_start_matches("… ").trim_end_matches(" …");
            prop_assert!(holds(&line, shown) || holds(&line, &row.text), "{:?} in {:?}", row.text, line);
            prop_assert!(row.text.width() <= width + 4);
            for (_, range, _) in &row.labels {
                prop_assert!(row.text.is_char_boundary(range.start.min(row.text.len())) && range.end > range.start);
            }
        }
    }
}

/// Whether a line holds what a row shows of it: a sign that build servers obey is replaced there.
fn holds(line: &str, shown: &str) -> bool {
    let (line, shown): (Vec<char>, Vec<char>) = (line.chars().collect(), shown.chars().collect());
    let is_same = |(a, b): (&char, &char)| a == b || *b == '\u{fffd}';
    shown.is_empty() || line.windows(shown.len()).any(|w| w.iter().zip(&shown).all(is_same))
}

#[test]
fn a_combining_mark_alone_is_underlined_where_it_stands() {
    for (text, start) in [("\u{301}a", 0), ("\u{301}", 0), ("a \u{301}\u{301}\nb", 2)] {
        let source = Source::new("a", text.to_owned());
        let view = view(&source, Span { start, end: start + 2 }, &[], 40);
        let labels: Vec<_> = view.rows.iter().flat_map(|r| r.labels.iter().map(|(_, range, _)| (r.text.clone(), range.clone()))).collect();
        assert!(labels.iter().all(|(t, r)| t.get(r.clone()).is_none_or(|t| t.width() > 0)) && !labels.is_empty(), "{labels:?}");
    }
}

#[test]
fn the_window_is_the_sentence() {
    let source = Source::new("a", "First things first. Zinc, says Dr. No, cures colds in a day! Then sleep.\nMore.");
    let at = source.text.find("cures").unwrap();
    let view = view(&source, Span::new(at, at + 5), &[(Span::new(20, 24), "this".into()), (Span::new(0, 5), "that".into())], 90);
    let [row] = view.rows.as_slice() else { panic!("{view:?}") };
    assert_eq!(row.text, "Zinc, says Dr. No, cures colds in a day!");
    assert_eq!(row.labels, [(LabelStyle::Primary, 19..24, String::new()), (LabelStyle::Secondary, 0..4, "this".into())]);
    assert_eq!(view.outside, [1]);
}
