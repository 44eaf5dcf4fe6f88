//! Reads the text of a part, paragraph by paragraph, and notes what stands where in it.

use super::marks::{Body, Mark, Props, Table};
use super::package::Relations;
use super::styles::Styles;
use super::xml::Node;
use super::{Fault, xml};
use quick_xml::events::BytesStart;
use rustc_hash::FxHashSet;

/// An open table.
struct OpenTable {
    mark: usize,
    rows: u32,
    cells: u32,
    widest: u32,
    says_head: bool,
    /// Words of the first row that are not bold, and that are.
    has_plain: bool,
    has_bold: bool,
}

/// Text boxes stand in text boxes this deep.
const MAX_BOXES: u32 = 3;

/// Elements whose content is not in the article: deleted, as it was before, or said twice.
fn is_left_out(name: &str) -> bool {
    matches!(
        name,
        "del"
            | "moveFrom"
            | "delText"
            | "delInstrText"
            | "pPrChange"
            | "rPrChange"
            | "tblPrChange"
            | "trPrChange"
            | "tcPrChange"
            | "sectPrChange"
            | "tblGridChange"
            | "Fallback"
            | "rt"
            | "sdtPr"
    )
}

/// A reader of parts, one after the other into one text.
pub struct Reader<'s> {
    relations: Relations,
    styles: &'s Styles,
    body: Body,
    /// Anchors of the notes that the text refers to.
    noted: FxHashSet<String>,
    tables: Vec<OpenTable>,
    /// Index of the mark of the open paragraph.
    paragraph: Option<usize>,
    /// Whether the mark at the end of the open paragraph was deleted: the next one continues it.
    is_joined: bool,
    /// Elements that are open inside one that is left out.
    skipped: u32,
    /// Open `pPr`, `rPr` and `r` elements.
    in_paragraph_props: u32,
    in_run_props: u32,
    runs: u32,
    is_text: bool,
    is_instruction: bool,
    is_hidden: bool,
    is_bold: bool,
    /// Instructions of the open fields, and whether each became a link.
    fields: Vec<(String, bool)>,
    has_alt: bool,
    /// Where the open text box begins in the XML, and where those that wait for the end of the paragraph stand.
    box_start: usize,
    boxes: Vec<(usize, usize)>,
    in_boxes: u32,
}

impl<'s> Reader<'s> {
    /// A reader that has read nothing.
    pub fn new(styles: &'s Styles) -> Reader<'s> {
        Reader {
            relations: Relations::default(),
            styles,
            body: Body { text: String::new(), marks: Vec::new() },
            noted: FxHashSet::default(),
            tables: Vec::new(),
            paragraph: None,
            is_joined: false,
            skipped: 0,
            in_paragraph_props: 0,
            in_run_props: 0,
            runs: 0,
            is_text: false,
            is_instruction: false,
            is_hidden: false,
            is_bold: false,
            fields: Vec::new(),
            has_alt: false,
            box_start: 0,
            boxes: Vec::new(),
            in_boxes: 0,
        }
    }

    /// Reads a part: the document, or its notes, of which only those count that the text refers to.
    pub fn part(&mut self, part: &str, text: &str, relations: Relations) -> Result<(), Fault> {
        self.relations = relations;
        self.read(part, text)?;
        self.end_paragraph();
        Ok(())
    }

    /// What was read.
    pub fn finish(self) -> Body {
        self.body
    }

    fn read(&mut self, part: &str, text: &str) -> Result<(), Fault> {
        xml::walk(part, text, &mut |node, at| {
            match node {
                Node::Start(name, start) => self.start(name, start, at),
                Node::Text(words) if self.skipped == 0 => self.words_of(words),
                Node::Text(_) => {}
                Node::End(name) => self.end(name, text, at),
            }
            if self.paragraph.is_none() && self.skipped == 0 && !self.boxes.is_empty() {
                self.read_boxes(part, text)?;
            }
            Ok(())
        })
    }

    /// Text boxes are read behind the paragraph that they hang on.
    fn read_boxes(&mut self, part: &str, text: &str) -> Result<(), Fault> {
        for (from, to) in std::mem::take(&mut self.boxes) {
            self.in_boxes += 1;
            let tables = std::mem::take(&mut self.tables);
            self.read(part, text.get(from..to).unwrap_or(""))?;
            self.end_paragraph();
            self.tables = tables;
            self.in_boxes -= 1;
        }
        Ok(())
    }

    fn at(&self) -> u32 {
        self.body.text.len() as u32
    }

    fn mark(&mut self, mark: Mark) -> usize {
        self.body.marks.push((self.at(), mark));
        self.body.marks.len() - 1
    }

    fn start(&mut self, name: &str, start: &BytesStart, at: usize) {
        if self.skipped > 0 {
            self.skipped += 1;
            return;
        }
        let in_run = self.runs > 0 && self.in_run_props == 0 && self.in_paragraph_props == 0;
        if is_left_out(name) || self.is_other_note(name, start) {
            self.is_joined |= self.in_paragraph_props > 0 && self.in_run_props > 0 && matches!(name, "del" | "moveFrom");
            self.skipped = 1;
            return;
        }
        match name {
            "p" => self.paragraph_starts(),
            "pPr" => self.in_paragraph_props += 1,
            "rPr" => self.in_run_props += 1,
            "r" => {
                self.runs += 1;
                (self.is_hidden, self.is_bold) = (false, false);
            }
            "t" => self.is_text = in_run && !self.is_hidden,
            "instrText" => self.is_instruction = true,
            "tab" | "ptab" if in_run => self.words("\t"),
            "br" | "cr" if in_run => self.line_break(),
            "noBreakHyphen" if in_run => self.words("\u{2011}"),
            "fldChar" => self.field(&xml::attribute(start, "fldCharType").unwrap_or_default()),
            "hyperlink" => {
                let target = xml::attribute(start, "id").and_then(|id| self.relations.get(id.as_ref())).map_or("", |r| &r.target);
                let anchor = xml::attribute(start, "anchor").map_or(String::new(), |a| format!("#{a}"));
                let target = format!("{target}{anchor}");
                self.inside(Mark::Link(target));
            }
            "bookmarkStart" => {
                if let Some(name) = xml::attribute(start, "name") {
                    self.mark(Mark::Anchor(name.into_owned()));
                }
            }
            "footnoteReference" | "endnoteReference" => {
                if let Some(id) = xml::attribute(start, "id") {
                    let anchor = note(name, &id);
                    self.noted.insert(anchor.clone());
                    self.inside(Mark::Note(anchor));
                }
            }
            "docPr" => self.has_alt = xml::attribute(start, "descr").is_some_and(|d| !d.trim().is_empty()),
            "decorative" => self.has_alt |= xml::is_on(start),
            "shape" => self.has_alt = xml::attribute(start, "alt").is_some_and(|d| !d.trim().is_empty()),
            "blip" | "imagedata" => {
                let id = xml::attribute(start, "embed").or_else(|| xml::attribute(start, "link")).or_else(|| xml::attribute(start, "id"));
                let target = id.and_then(|id| self.relations.get(id.as_ref())).map_or(String::new(), |r| r.target.clone());
                let has_alt = self.has_alt;
                self.inside(Mark::Image { target, has_alt });
            }
            "chart" | "OLEObject" => self.inside(Mark::Embed),
            "txbxContent" => {
                self.box_start = at;
                self.skipped = 1;
            }
            _ if self.in_paragraph_props > 0 || self.in_run_props > 0 => self.property(name, start),
            _ => self.table_starts(name, start),
        }
    }

    fn end(&mut self, name: &str, text: &str, at: usize) {
        if self.skipped > 0 {
            self.skipped -= 1;
            if self.skipped == 0 && name == "txbxContent" && self.in_boxes < MAX_BOXES {
                let to = text.get(..at).and_then(|t| t.rfind("</")).unwrap_or(self.box_start);
                self.boxes.push((self.box_start, to.max(self.box_start)));
            }
            return;
        }
        match name {
            "p" if self.is_joined => {}
            "p" | "footnote" | "endnote" => self.end_paragraph(),
            "pPr" => self.in_paragraph_props = self.in_paragraph_props.saturating_sub(1),
            "rPr" => self.in_run_props = self.in_run_props.saturating_sub(1),
            "r" => self.runs = self.runs.saturating_sub(1),
            "t" => self.is_text = false,
            "instrText" => self.is_instruction = false,
            "hyperlink" => {
                self.mark(Mark::LinkEnd);
            }
            "tc" | "tr" | "tbl" => self.table_ends(name),
            _ => {}
        }
    }

    /// Whether a note begins that the text does not refer to; one that it does refer to gets its anchor.
    fn is_other_note(&mut self, name: &str, start: &BytesStart) -> bool {
        if !matches!(name, "footnote" | "endnote") {
            return false;
        }
        let anchor = xml::attribute(start, "id").map_or(String::new(), |id| note(name, &id));
        let is_other = !self.noted.contains(&anchor);
        if !is_other {
            self.mark(Mark::Anchor(anchor));
        }
        is_other
    }

    fn property(&mut self, name: &str, start: &BytesStart) {
        if self.in_paragraph_props == 0 {
            match name {
                "b" => self.is_bold = xml::is_on(start),
                "rStyle" => self.is_bold |= xml::attribute(start, "val").is_some_and(|id| self.styles.is_bold(&id)),
                "vanish" => self.is_hidden = xml::is_on(start),
                _ => {}
            }
            return;
        }
        let Some(Mark::Paragraph(props)) = self.paragraph.and_then(|p| self.body.marks.get_mut(p)).map(|m| &mut m.1) else { return };
        let value = || xml::number(start, "val");
        match name {
            "pStyle" => props.style = xml::attribute(start, "val").map_or(String::new(), |v| v.into_owned()),
            "outlineLvl" => props.outline = value().map(|n| n.min(9) as u8),
            "numId" => props.list = Some((value().unwrap_or(0), props.list.map_or(0, |l| l.1))),
            "ilvl" => props.list = Some((props.list.map_or(0, |l| l.0), value().unwrap_or(0).min(8) as u8)),
            _ => {}
        }
    }

    fn paragraph_starts(&mut self) {
        if self.paragraph.is_some() && !self.is_joined {
            self.end_paragraph();
        }
        self.is_joined = false;
        match self.paragraph.and_then(|p| self.body.marks.get_mut(p)).map(|m| &mut m.1) {
            // What is left of a paragraph whose mark was deleted belongs to this one.
            Some(Mark::Paragraph(props)) => (props.list, props.outline) = (None, None),
            _ => self.paragraph = Some(self.mark(Mark::Paragraph(Props::default()))),
        }
    }

    fn end_paragraph(&mut self) {
        self.is_joined = false;
        let Some(index) = self.paragraph.take() else { return };
        self.mark(Mark::ParagraphEnd);
        self.body.text.push('\n');
        if let Some(Mark::Paragraph(props)) = self.body.marks.get(index).map(|m| &m.1)
            && let Some(table) = self.tables.last_mut().filter(|t| t.rows == 1)
        {
            table.has_plain |= props.is_plain;
            table.has_bold |= props.is_bold;
        }
    }

    /// Notes something in the open paragraph, which then is not empty.
    fn inside(&mut self, mark: Mark) {
        self.fill(false);
        self.mark(mark);
    }

    fn fill(&mut self, is_words: bool) {
        if self.paragraph.is_none() {
            self.paragraph_starts();
        }
        let is_bold = self.is_bold;
        if let Some(Mark::Paragraph(props)) = self.paragraph.and_then(|p| self.body.marks.get_mut(p)).map(|m| &mut m.1) {
            props.is_filled = true;
            props.is_bold |= is_words && is_bold;
            props.is_plain |= is_words && !is_bold;
        }
    }

    fn words_of(&mut self, text: &str) {
        if self.is_instruction {
            if let Some((instruction, _)) = self.fields.last_mut() {
                instruction.push_str(text);
            }
        } else if self.is_text {
            self.words(text);
        }
    }

    fn words(&mut self, text: &str) {
        if text.is_empty() || self.is_hidden {
            return;
        }
        if !text.trim().is_empty() {
            self.fill(true);
        } else if self.paragraph.is_none() {
            return;
        }
        let from = self.at();
        if text.contains(['\n', '\r']) {
            self.body.text.extend(text.chars().map(|c| if matches!(c, '\n' | '\r') { ' ' } else { c }));
        } else {
            self.body.text.push_str(text);
        }
        let to = self.at();
        match self.body.marks.last_mut() {
            Some((_, Mark::Words(end))) if *end == from => *end = to,
            _ => self.body.marks.push((from, Mark::Words(to))),
        }
    }

    fn line_break(&mut self) {
        if self.paragraph.is_some() {
            self.mark(Mark::Break);
            self.body.text.push(' ');
        }
    }

    /// The beginning, the middle or the end of a field; that of a link becomes one.
    fn field(&mut self, kind: &str) {
        match kind {
            "begin" => self.fields.push((String::new(), false)),
            "separate" => {
                let Some((instruction, is_link)) = self.fields.last_mut() else { return };
                let Some(rest) = instruction.trim().strip_prefix("HYPERLINK") else { return };
                *is_link = true;
                let mut quoted = rest.split('"').skip(1).step_by(2);
                let local = if rest.trim_start().starts_with("\\l") { "#" } else { "" };
                let target = format!("{local}{}", quoted.next().unwrap_or(""));
                self.inside(Mark::Link(target));
            }
            "end" if self.fields.pop().is_some_and(|f| f.1) => {
                self.mark(Mark::LinkEnd);
            }
            _ => {}
        }
    }

    fn table_starts(&mut self, name: &str, start: &BytesStart) {
        match name {
            "tbl" => {
                self.end_paragraph();
                if let Some(Mark::Table(outer)) = self.tables.last().and_then(|t| self.body.marks.get_mut(t.mark)).map(|m| &mut m.1) {
                    outer.is_layout = true;
                }
                let mark = self.mark(Mark::Table(Table::default()));
                let open = OpenTable { mark, rows: 0, cells: 0, widest: 0, says_head: false, has_plain: false, has_bold: false };
                self.tables.push(open);
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.rows += 1;
                    table.cells = 0;
                }
            }
            "tc" if !self.tables.is_empty() => {
                self.end_paragraph();
                self.mark(Mark::Cell(1));
                if let Some(table) = self.tables.last_mut() {
                    table.cells += 1;
                    table.widest = table.widest.max(table.cells);
                }
            }
            "gridSpan" => {
                if let Some((_, Mark::Cell(columns))) = self.body.marks.last_mut() {
                    *columns = xml::number(start, "val").unwrap_or(1);
                }
            }
            "tblHeader" | "tblLook" => {
                let bits = xml::attribute(start, "val").and_then(|v| u32::from_str_radix(&v, 16).ok()).unwrap_or(0);
                let first_row = xml::attribute(start, "firstRow").is_some_and(|v| matches!(v.as_ref(), "1" | "true" | "on"));
                let is_head = if name == "tblHeader" { xml::is_on(start) } else { first_row || bits & FIRST_ROW != 0 };
                if let Some(table) = self.tables.last_mut().filter(|t| t.rows <= 1) {
                    table.says_head |= is_head;
                }
            }
            _ => {}
        }
    }

    fn table_ends(&mut self, name: &str) {
        if self.tables.is_empty() {
            return;
        }
        self.end_paragraph();
        match name {
            "tc" => {
                self.mark(Mark::CellEnd);
            }
            "tr" => {
                self.mark(Mark::RowEnd);
            }
            _ => {
                self.mark(Mark::TableEnd);
                let Some(open) = self.tables.pop() else { return };
                if let Some((_, Mark::Table(table))) = self.body.marks.get_mut(open.mark) {
                    table.has_head = open.says_head || open.has_bold && !open.has_plain;
                    table.is_layout |= open.widest <= 1;
                }
            }
        }
    }
}

/// The bit of `tblLook` that sets the first row apart.
const FIRST_ROW: u32 = 0x20;

/// The anchor of a note, by the name of its element or of the mark that refers to it.
fn note(element: &str, id: &str) -> String {
    format!("{}-{id}", if element.starts_with("endnote") { "en" } else { "fn" })
}
