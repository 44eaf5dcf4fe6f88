//! An article as every reader sees it: blocks of plain text with the way back to the source bytes.
//!
//! All plain text of a document lies in one string, [`Document::text`]: the text of each block followed
//! by `\n`. A *plain* span is a span of that string; a *source* span is a span of the file. Readers know
//! nothing of lints, lints know nothing of formats.

use crate::source::Span;

/// What a block is for the reader of the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockKind {
    /// The article's title.
    Title,
    /// The heading of a section; `Block::level` says how deep.
    Heading,
    /// Running text.
    Paragraph,
    /// One item of a list; `Block::level` is the depth from 1, `Block::head` the lead-in.
    ListItem,
    /// Text set off as somebody else's words.
    Quote,
    /// A table cell; `Block::row` 0 is the head row, `Block::head` the column head.
    Cell,
    /// The caption of a table or a figure.
    Caption,
    /// A question of an FAQ, or a heading that asks.
    Question,
    /// Text that answers `Block::head`, a question.
    Answer,
    /// What a web page or an editor's tool left behind: not part of the article.
    Residue,
    /// Code: not prose.
    Code,
    /// What lists of pages and search engines print of the article: its description, told in front matter or the head of a page.
    Summary,
}

/// A block of the article.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its words: a plain span, without the final `\n`.
    pub text: Span,
    /// Its place in the source, markup included.
    pub span: Span,
    /// Index into [`Document::sections`].
    pub section: u32,
    /// Heading level 1 to 6, list depth from 1; else 0.
    pub level: u8,
    /// Index of the block that introduces this one: lead-in line, column head, question.
    pub head: Option<u32>,
    /// List or table that the block belongs to, counted from 1; 0 for none. In a table, `row` and `column` count from 0.
    pub group: u32,
    /// Row in a table.
    pub row: u32,
    /// Column in a table.
    pub column: u32,
    /// 0 where markup states the kind; else how sure the inference is, 1 to 100 percent.
    pub inferred: u8,
}

/// A stretch of text under one heading, up to the next heading of the same or a higher level.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    /// Index of the heading's block; `None` for what stands before the first heading.
    pub heading: Option<u32>,
    /// Level of the heading; 0 for the opening section.
    pub level: u8,
    /// Index of the enclosing section; the opening section is its own parent.
    pub parent: u32,
    /// First block (the heading, if any).
    pub first: u32,
    /// One past the last block of the section's own text, subsections excluded.
    pub end: u32,
}

/// A link or an image of the article.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Where it points, as written, entities resolved.
    pub target: String,
    /// The words that carry the link: a plain span; empty for an image without words.
    pub text: Span,
    /// The whole link in the source.
    pub span: Span,
    /// Whether it is an image.
    pub image: bool,
    /// Values of `rel`, in lower case; `footnote` for the mark of one, `no-alt` for an image without alternative
    /// text; empty where the format has none.
    pub rel: String,
}

/// A fact about the article that its text does not tell: front matter, `<meta>`, JSON-LD, a byline.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Canonical lower-case name: `title`, `author`, `date`, `updated`, `reviewer`, `reviewed`, `description`, `kind`, or as written.
    pub name: String,
    /// Its value as text.
    pub value: String,
    /// Where it stands in the source.
    pub span: Span,
}

/// A comment of the markup, for `caveat-allow`.
#[derive(Clone, Debug, PartialEq)]
pub struct Comment {
    /// Its text without the delimiters.
    pub text: String,
    /// Where it stands, delimiters included.
    pub span: Span,
}

/// `Link::rel` of an image without alternative text.
pub const NO_ALT: &str = "no-alt";

/// A slip of the markup that leaves no trace in blocks and words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefectKind {
    /// A row of a table with fewer or more cells than its head.
    UnevenRow,
    /// Several items of a list on one line, parted by bullets.
    GluedItems,
    /// Several items of a list on one line, parted by hyphens, which may be dashes.
    GluedByHyphens,
    /// A tag that is broken off.
    BrokenTag,
    /// Headings on one line with their text: up to where the words of the last part begin.
    RunOnHeading,
}

/// A slip of the markup and its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Defect {
    /// What is wrong.
    pub kind: DefectKind,
    /// Where, in the source.
    pub span: Span,
}

/// A run of plain text and where it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Place in [`Document::text`].
    pub plain: Span,
    /// Place in the source. Where the lengths agree, bytes map one to one; else the piece maps as a whole.
    pub source: Span,
}

/// A whole article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// The words of all blocks, each block followed by `\n`.
    pub text: String,
    /// The way back to the source, ascending in both texts, but for footnotes: they stand last, and in the
    /// source perhaps where they are called.
    pub pieces: Vec<Piece>,
    /// Blocks in reading order.
    pub blocks: Vec<Block>,
    /// Sections in order; the first is what stands before any heading.
    pub sections: Vec<Section>,
    /// Links and images in order.
    pub links: Vec<Link>,
    /// Facts from front matter, meta elements and bylines.
    pub fields: Vec<Field>,
    /// Comments of the markup.
    pub comments: Vec<Comment>,
    /// Names that links inside the document may point at, besides those that come from headings.
    pub anchors: Vec<String>,
    /// Where something without words stands in the source: a video, a component, a shortcode. Images are links.
    pub embeds: Vec<Span>,
    /// Slips of the markup, in order.
    pub defects: Vec<Defect>,
    /// Words of a block that are set as code, in order: plain spans. What they show is meant so.
    pub code: Vec<Span>,
}

impl Document {
    /// The words at a plain span.
    pub fn words(&self, plain: Span) -> &str {
        self.text.get(plain.range()).unwrap_or("")
    }

    /// The words of a block.
    pub fn block_text(&self, block: &Block) -> &str {
        self.words(block.text)
    }

    /// The value of the first field called `name`.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|f| f.name == name)
    }

    /// The source span of a plain span. Exact through entities, markup and soft breaks: it starts at the
    /// first and ends after the last source byte that made these words.
    pub fn span(&self, plain: Span) -> Span {
        if self.pieces.is_empty() {
            return Span::default();
        }
        let index = self.index_at(plain.start);
        let first = self.pieces[index];
        if plain.is_empty() {
            return Span { start: first.start_of(plain.start), end: first.start_of(plain.start) };
        }
        let start = first.start_of(plain.start);
        // Most words lie in one piece.
        let is_one = self.pieces.get(index + 1).is_none_or(|next| next.plain.start >= plain.end);
        let last = if is_one { first } else { self.pieces[self.index_at(plain.end - 1)] };
        Span { start, end: last.end_of(plain.end).max(start) }
    }

    /// Index of the piece that holds the plain byte `at`, or of the nearest one before it.
    fn index_at(&self, at: u32) -> usize {
        self.pieces.partition_point(|p| p.plain.start <= at).saturating_sub(1)
    }

    /// Index of the block that holds the plain byte `at`.
    pub fn block_at(&self, at: u32) -> usize {
        self.blocks.partition_point(|b| b.text.start <= at).saturating_sub(1)
    }
}

impl Piece {
    fn is_identity(self) -> bool {
        self.plain.len() == self.source.len()
    }

    fn start_of(self, plain: u32) -> u32 {
        if plain >= self.plain.end {
            self.source.end
        } else if self.is_identity() {
            self.source.start + (plain - self.plain.start)
        } else {
            self.source.start
        }
    }

    fn end_of(self, plain: u32) -> u32 {
        if self.is_identity() && plain < self.plain.end { self.source.start + (plain - self.plain.start) } else { self.source.end }
    }
}
