//! What reading a Word file gives: its text, a paragraph a line, and marks of what stands where in it.

/// The text of a file, a paragraph a line, with marks in it.
pub struct Body {
    /// The text.
    pub text: String,
    /// Marks in the order of the text, each with its place.
    pub marks: Vec<(u32, Mark)>,
}

/// What begins, ends or stands at a place of the text.
pub enum Mark {
    Paragraph(Props),
    ParagraphEnd,
    /// Words from here to this place.
    Words(u32),
    Break,
    Link(String),
    LinkEnd,
    /// The mark of the note with this anchor.
    Note(String),
    Image {
        target: String,
        has_alt: bool,
    },
    Embed,
    Anchor(String),
    Table(Table),
    TableEnd,
    RowEnd,
    /// A cell over so many columns.
    Cell(u32),
    CellEnd,
}

/// What is said of a paragraph.
#[derive(Clone, Debug, Default)]
pub struct Props {
    /// Id of its style.
    pub style: String,
    /// Its list and the depth in it, from 0; list 0 is none.
    pub list: Option<(u32, u8)>,
    /// Its own outline level, from 0.
    pub outline: Option<u8>,
    /// Whether something is in it.
    pub is_filled: bool,
    /// Words that are not bold, and words that are.
    pub is_plain: bool,
    pub is_bold: bool,
}

/// What is known of a table once it has ended.
#[derive(Clone, Copy, Debug, Default)]
pub struct Table {
    /// Whether its first row is a head.
    pub has_head: bool,
    /// Whether it only arranges: one cell a row.
    pub is_layout: bool,
}
