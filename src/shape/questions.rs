//! Which lines ask and which blocks answer them.

use super::{LONGEST_LINE, Lines};
use crate::document::{BlockKind, Document};
use crate::read::plain::looks;

/// Turns headings that ask, and the questions of an FAQ, into [`BlockKind::Question`].
pub fn ask(doc: &mut Document, lines: &dyn Lines) {
    let faq = faq_sections(doc, lines);
    let answered = sections_with_text(doc);
    let dense = sections_of_questions(doc);
    for i in 0..doc.blocks.len() {
        let block = &doc.blocks[i];
        let section = block.section as usize;
        let in_faq = faq.get(section).copied().unwrap_or(false);
        let is_question = match block.kind {
            BlockKind::Heading if lines.is(i, "faq") => false,
            BlockKind::Heading => {
                let text = doc.block_text(block);
                if is_labelled_pair(doc, i) {
                    true
                } else if in_faq {
                    looks::asks(text)
                } else {
                    looks::asks_plainly(text) && answered.get(section).copied().unwrap_or(false)
                }
            }
            // Among questions one that nothing answers is one, too.
            BlockKind::Paragraph => {
                (in_faq || dense.get(section).copied().unwrap_or(false))
                    && (is_answered_line(doc, i) || is_line(doc, i) && label(doc, i).is_none())
            }
            _ => false,
        };
        if is_question {
            doc.blocks[i].kind = BlockKind::Question;
        }
    }
}

/// Turns the paragraphs below a question into [`BlockKind::Answer`], up to the next question or heading
/// of the same or a higher level.
pub fn answer(doc: &mut Document) {
    let mut open: Vec<(u32, u8)> = Vec::new();
    let text = &doc.text;
    for (i, block) in doc.blocks.iter_mut().enumerate() {
        match block.kind {
            BlockKind::Heading | BlockKind::Question => {
                while open.last().is_some_and(|&(_, level)| level == 0 || block.level > 0 && level >= block.level) {
                    open.pop();
                }
                if block.kind == BlockKind::Question {
                    open.push((i as u32, block.level));
                }
            }
            // An end mark such as `###` ends the answers too; a lone toggle does not.
            BlockKind::Residue => {
                let glyphs = text.get(block.text.range()).filter(|t| looks::is_glyphs(t));
                if glyphs.is_some_and(|t| t.chars().nth(2).is_some()) {
                    open.clear();
                }
            }
            BlockKind::Paragraph => {
                if let Some(&(question, _)) = open.last() {
                    block.kind = BlockKind::Answer;
                    block.head = Some(question);
                }
            }
            _ => {}
        }
    }
}

/// Sections under a heading of the word list `line/faq`, at any depth.
fn faq_sections(doc: &Document, lines: &dyn Lines) -> Vec<bool> {
    let mut faq = vec![false; doc.sections.len()];
    for (i, section) in doc.sections.iter().enumerate() {
        let above = (section.parent as usize) < i && faq[section.parent as usize];
        faq[i] = above || section.heading.is_some_and(|h| lines.is(h as usize, "faq"));
    }
    faq
}

/// Sections that hold text of their own or in a subsection.
fn sections_with_text(doc: &Document) -> Vec<bool> {
    let mut text = vec![false; doc.sections.len()];
    for block in doc.blocks.iter().filter(|b| !matches!(b.kind, BlockKind::Heading | BlockKind::Question | BlockKind::Residue)) {
        if let Some(section) = text.get_mut(block.section as usize) {
            *section = true;
        }
    }
    for i in (0..text.len()).rev() {
        let parent = doc.sections[i].parent as usize;
        if text[i] && parent < i {
            text[parent] = true;
        }
    }
    text
}

/// Sections in which at least two lines, and every third paragraph, are questions with an answer below.
fn sections_of_questions(doc: &Document) -> Vec<bool> {
    let mut counts = vec![(0u32, 0u32); doc.sections.len()];
    for (i, block) in doc.blocks.iter().enumerate().filter(|(_, b)| b.kind == BlockKind::Paragraph) {
        if let Some((asked, all)) = counts.get_mut(block.section as usize) {
            *all += 1;
            *asked += u32::from(is_answered_line(doc, i));
        }
    }
    counts.into_iter().map(|(asked, all)| asked >= 2 && asked * 3 >= all).collect()
}

/// Whether the block is one short question.
fn is_line(doc: &Document, at: usize) -> bool {
    let text = doc.block_text(&doc.blocks[at]);
    text.len() <= LONGEST_LINE && looks::asks(text) && !looks::has_inner_sentence(text) && text.matches('?').count() == 1
}

/// Whether the paragraph is one short question and the next block of the section is no question.
fn is_answered_line(doc: &Document, at: usize) -> bool {
    let section = doc.blocks[at].section;
    let next = (at + 1..doc.blocks.len()).find(|&i| doc.blocks[i].kind != BlockKind::Residue);
    let Some(next) = next.filter(|&n| doc.blocks[n].section == section) else { return false };
    if is_labelled_pair(doc, at) {
        return true;
    }
    is_line(doc, at)
        && match doc.blocks[next].kind {
            BlockKind::Paragraph => !is_line(doc, next),
            BlockKind::ListItem | BlockKind::Cell | BlockKind::Quote => true,
            _ => false,
        }
}

/// Whether the block and the next begin as `Q: Is it safe` and `A: It is` do, with two letters.
fn is_labelled_pair(doc: &Document, at: usize) -> bool {
    label(doc, at).zip(label(doc, at + 1)).is_some_and(|(question, answer)| question != answer)
}

/// The letter that labels a block.
fn label(doc: &Document, at: usize) -> Option<char> {
    let block = doc.blocks.get(at).filter(|b| matches!(b.kind, BlockKind::Paragraph | BlockKind::Heading))?;
    let mut chars = doc.block_text(block).chars();
    let letter = chars.next().filter(|c| c.is_uppercase())?;
    (chars.next() == Some(':') && chars.next() == Some(' ')).then_some(letter)
}
