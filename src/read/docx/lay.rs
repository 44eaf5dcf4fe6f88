//! Lays the paragraphs of a Word file out as blocks.

use super::NOWHERE;
use super::marks::{Body, Mark, Props};
use super::styles::{Role, Styles};
use crate::document::{BlockKind, Document};
use crate::read::flow::{Context, Flow};
use crate::read::plain::looks;
use crate::source::Span;

/// How sure it is that a first line all in bold is the title, in percent.
const BOLD_TITLE: u8 = 80;
/// How sure it is that a short line all in bold is a heading, where no heading has a style.
const BOLD_HEADING: u8 = 70;
/// Bytes of the longest line that is taken for a heading because it is bold.
const LONGEST_HEADING: usize = 100;

/// The document of a body; `properties` are the fields that the file has.
pub fn lay(body: &Body, styles: &Styles, properties: &[(String, String)]) -> Document {
    let mut flow = Flow::new(&body.text, &body.text);
    for (name, value) in properties {
        flow.builder.field(name.as_str(), value.as_str(), NOWHERE);
    }
    let roles = roles(body, styles);
    let mut state = State::default();
    for (index, (at, mark)) in body.marks.iter().enumerate() {
        state.mark(&mut flow, &roles, index, *at, mark);
    }
    let end = body.text.len() as u32;
    state.end_lists(&mut flow, end, 0);
    flow.builder.finish(end)
}

/// A paragraph and what it is.
struct Paragraph {
    /// Index of its mark.
    mark: usize,
    role: Role,
    /// The list that it is an item of.
    list: u32,
    inferred: u8,
}

/// What every filled paragraph is, in order.
fn roles(body: &Body, styles: &Styles) -> Vec<Paragraph> {
    let mut all = Vec::new();
    let mut cells = 0_u32;
    let mut bold: Vec<usize> = Vec::new();
    for (index, (at, mark)) in body.marks.iter().enumerate() {
        match mark {
            Mark::Cell(_) => cells += 1,
            Mark::CellEnd => cells = cells.saturating_sub(1),
            Mark::Paragraph(props) if props.is_filled => {
                let (role, list) = role(props, styles);
                // A heading in a cell is a cell.
                let role = if cells > 0 && matches!(role, Role::Title | Role::Heading(_)) { Role::Body } else { role };
                if role == Role::Body && cells == 0 && props.is_bold && !props.is_plain && is_line(body, *at) {
                    bold.push(all.len());
                }
                all.push(Paragraph { mark: index, role, list, inferred: 0 });
            }
            _ => {}
        }
    }
    let levels: Vec<(usize, u8)> =
        all.iter().enumerate().filter_map(|(i, p)| if let Role::Heading(level) = p.role { Some((i, level)) } else { None }).collect();
    let first_level: Vec<usize> = levels.iter().filter(|l| l.1 == 1).map(|l| l.0).collect();
    let has_title = all.iter().any(|p| p.role == Role::Title);
    if !has_title && first_level.len() == 1 && levels.first().is_some_and(|l| l.1 == 1) {
        all[levels[0].0].role = Role::Title;
    } else if !has_title && bold.first() == Some(&0) {
        (all[0].role, all[0].inferred) = (Role::Title, BOLD_TITLE);
        bold.remove(0);
    }
    if levels.is_empty() {
        for &index in &bold {
            (all[index].role, all[index].inferred) = (Role::Heading(2), BOLD_HEADING);
        }
    }
    // Below a title with a style of its own, sections begin at level 1.
    let is_titled = all.iter().any(|p| p.role == Role::Title);
    if is_titled && all.iter().any(|p| p.role == Role::Heading(1)) {
        for paragraph in &mut all {
            if let Role::Heading(level) = &mut paragraph.role {
                *level += 1;
            }
        }
    }
    all
}

fn role(props: &Props, styles: &Styles) -> (Role, u32) {
    let role = styles.role(&props.style);
    let role = match props.outline {
        Some(level) if level < 9 && role == Role::Body => Role::Heading(level + 1),
        _ => role,
    };
    match (role, props.list) {
        (Role::Body, Some((list, depth))) if list > 0 => (Role::Item(depth), list),
        (Role::Item(depth), Some((list, own))) if list > 0 => (Role::Item(own.max(depth)), list),
        (Role::Item(_), Some((0, _))) => (Role::Body, 0),
        _ => (role, 0),
    }
}

/// Whether the line at `at` is short and no sentence.
fn is_line(body: &Body, at: u32) -> bool {
    let line = body.text.get(at as usize..).and_then(|t| t.lines().next()).unwrap_or("").trim();
    !line.is_empty() && line.len() <= LONGEST_HEADING && !line.ends_with(['.', ',', ';', ':']) && !looks::is_glyphs(line)
}

#[derive(Default)]
struct State {
    /// Index of the next paragraph.
    next: usize,
    /// Depth and number of the open lists.
    lists: Vec<(u8, u32)>,
    /// For each open table whether it is none, and how many lists were open around it.
    tables: Vec<(bool, usize)>,
    is_open: bool,
    /// Line breaks since the last word.
    breaks: u32,
}

impl State {
    fn mark(&mut self, flow: &mut Flow, paragraphs: &[Paragraph], index: usize, at: u32, mark: &Mark) {
        let is_layout = self.tables.last().is_some_and(|t| t.0);
        match mark {
            Mark::Paragraph(_) => {
                if let Some(paragraph) = paragraphs.get(self.next).filter(|p| p.mark == index) {
                    self.next += 1;
                    self.paragraph(flow, paragraph, at);
                    self.is_open = true;
                }
            }
            Mark::ParagraphEnd if self.is_open => {
                flow.leave(at);
                self.is_open = false;
                flow.quiet = 0;
            }
            Mark::ParagraphEnd => {}
            Mark::Words(to) => {
                let words = flow.source.get(at as usize..*to as usize).unwrap_or("");
                if !words.trim().is_empty() {
                    self.breaks = 0;
                }
                flow.text(at, words);
            }
            Mark::Break => {
                self.breaks += 1;
                if self.breaks > 1 {
                    flow.end_block(at);
                } else {
                    flow.space(Span { start: at, end: at + 1 });
                }
            }
            Mark::Anchor(name) => flow.builder.anchor(name),
            Mark::Link(_) | Mark::LinkEnd | Mark::Note(_) | Mark::Image { .. } | Mark::Embed if flow.quiet > 0 => {}
            Mark::Link(target) => flow.builder.link_start(at, target.as_str(), false),
            Mark::LinkEnd => flow.builder.link_end(at),
            Mark::Note(anchor) => {
                flow.builder.link_start(at, format!("#{anchor}"), false);
                if let Some(link) = flow.builder.link() {
                    link.rel = "footnote".to_owned();
                }
                flow.builder.link_end(at);
            }
            Mark::Image { target, has_alt } => flow.image(target, Span { start: at, end: at }, *has_alt),
            Mark::Embed => flow.builder.embed(Span { start: at, end: at }),
            Mark::Table(table) => {
                if !table.is_layout {
                    flow.table_start(table.has_head, at);
                }
                self.tables.push((table.is_layout, self.lists.len()));
            }
            Mark::TableEnd => {
                self.tables.pop();
                if !is_layout {
                    flow.table_end(at);
                }
            }
            Mark::RowEnd if !is_layout => flow.row_end(at),
            Mark::Cell(columns) if !is_layout => flow.cell_start(*columns, at),
            Mark::CellEnd => {
                let around = self.tables.last().map_or(0, |t| t.1);
                self.end_lists(flow, at, around);
                if !is_layout {
                    flow.cell_end(at);
                }
            }
            Mark::RowEnd | Mark::Cell(_) => {}
        }
    }

    fn paragraph(&mut self, flow: &mut Flow, paragraph: &Paragraph, at: u32) {
        self.breaks = 0;
        let around = self.tables.last().map_or(0, |t| t.1);
        if let Role::Item(depth) = paragraph.role {
            let list = paragraph.list;
            let keep = self.lists.iter().skip(around).take_while(|l| l.0 < depth || l.0 == depth && l.1 == list).count();
            self.end_lists(flow, at, around + keep);
            if self.lists.get(around..).and_then(<[_]>::last).is_none_or(|l| l.0 < depth) {
                flow.list_start(at);
                self.lists.push((depth, list));
            }
            flow.item_start(at);
            return;
        }
        self.end_lists(flow, at, around);
        let inferred = paragraph.inferred;
        let context = match paragraph.role {
            Role::Title => Context { level: 1, ..Context::new(BlockKind::Title) },
            Role::Heading(level) => Context { level: level.clamp(1, 6), ..Context::new(BlockKind::Heading) },
            Role::Quote => Context::new(BlockKind::Quote),
            Role::Caption => Context::new(BlockKind::Caption),
            Role::Code => Context::new(BlockKind::Code),
            Role::Body | Role::Item(_) => flow.context(),
            Role::Contents => {
                flow.quiet = 1;
                flow.context()
            }
        };
        flow.enter(Context { inferred, ..context }, at);
    }

    /// Ends the innermost lists until only `kept` are open.
    fn end_lists(&mut self, flow: &mut Flow, at: u32, kept: usize) {
        while self.lists.len() > kept {
            self.lists.pop();
            flow.list_end(at);
        }
    }
}
