//! HTML's element names and what each one does to the words around it. Structural names only: markup,
//! not prose.

/// An element name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    A,
    Article,
    Aside,
    Blockquote,
    Body,
    Br,
    Caption,
    Code,
    Dd,
    Details,
    Dl,
    Dt,
    Figcaption,
    Footer,
    Form,
    /// `h1` to `h6`.
    Heading(u8),
    Header,
    Html,
    Img,
    Li,
    Main,
    Meta,
    Nav,
    /// `ol`, `ul`, `menu`.
    List,
    P,
    Pre,
    Q,
    Script,
    Sup,
    Table,
    /// `tbody`, `thead`, `tfoot`.
    TableGroup,
    Td,
    Th,
    Time,
    Title,
    Tr,
    /// Breaks the text into blocks, with no meaning of its own: `div`, `section`, …
    Block,
    /// No words of the article inside, ever: `style`, `svg`, `button`, …
    Silent,
    /// No content at all: `hr` breaks.
    Rule,
    /// Other void elements: no content, no break.
    Void,
    /// Known and unknown inline elements; the number tells most names apart.
    Inline(u8),
}

impl Tag {
    /// The tag called `name`, in lower case.
    pub fn from_name(name: &[u8]) -> Tag {
        match name {
            b"a" => Tag::A,
            b"article" => Tag::Article,
            b"aside" => Tag::Aside,
            b"blockquote" => Tag::Blockquote,
            b"body" => Tag::Body,
            b"br" => Tag::Br,
            b"caption" => Tag::Caption,
            b"code" | b"kbd" | b"samp" => Tag::Code,
            b"dd" => Tag::Dd,
            b"details" => Tag::Details,
            b"dl" => Tag::Dl,
            b"dt" => Tag::Dt,
            b"figcaption" => Tag::Figcaption,
            b"footer" => Tag::Footer,
            b"form" => Tag::Form,
            [b'h', n @ b'1'..=b'6'] => Tag::Heading(n - b'0'),
            b"header" => Tag::Header,
            b"html" => Tag::Html,
            b"img" | b"image" => Tag::Img,
            b"li" => Tag::Li,
            b"main" => Tag::Main,
            b"meta" => Tag::Meta,
            b"nav" => Tag::Nav,
            b"ol" | b"ul" | b"menu" | b"dir" => Tag::List,
            b"p" => Tag::P,
            b"pre" | b"xmp" | b"listing" | b"plaintext" => Tag::Pre,
            b"q" => Tag::Q,
            b"script" => Tag::Script,
            b"sup" => Tag::Sup,
            b"table" => Tag::Table,
            b"tbody" | b"thead" | b"tfoot" => Tag::TableGroup,
            b"td" => Tag::Td,
            b"th" => Tag::Th,
            b"time" => Tag::Time,
            b"title" => Tag::Title,
            b"tr" => Tag::Tr,
            b"div" | b"section" | b"figure" | b"address" | b"center" | b"fieldset" | b"legend" | b"summary" | b"hgroup" | b"search"
            | b"head" | b"frameset" => Tag::Block,
            b"style" | b"template" | b"button" | b"select" | b"noscript" | b"svg" | b"iframe" | b"textarea" | b"object" | b"canvas"
            | b"dialog" | b"datalist" | b"map" | b"audio" | b"video" | b"noembed" | b"noframes" | b"math" | b"applet" | b"option"
            | b"optgroup" | b"rp" | b"rt" => Tag::Silent,
            b"hr" => Tag::Rule,
            b"input" | b"link" | b"area" | b"base" | b"col" | b"embed" | b"source" | b"track" | b"param" | b"wbr" | b"keygen"
            | b"basefont" | b"bgsound" | b"frame" => Tag::Void,
            other => Tag::Inline(other.iter().fold(0, |h: u8, &b| h.wrapping_mul(31).wrapping_add(b))),
        }
    }

    /// Whether the element has no content and no end tag.
    pub fn is_void(self) -> bool {
        matches!(self, Tag::Br | Tag::Img | Tag::Meta | Tag::Rule | Tag::Void)
    }

    /// Whether the element stays inside a line of words.
    pub fn is_inline(self) -> bool {
        matches!(self, Tag::A | Tag::Code | Tag::Q | Tag::Sup | Tag::Time | Tag::Inline(_) | Tag::Silent | Tag::Script | Tag::Title)
            || self.is_void() && self != Tag::Rule
    }

    /// Whether the words of the element are never the article's.
    pub fn is_silent(self) -> bool {
        matches!(self, Tag::Silent | Tag::Script | Tag::Title)
    }

    /// Whether an attribute may declare this element to be page furniture.
    pub fn may_be_furniture(self) -> bool {
        !matches!(self, Tag::Html | Tag::Body | Tag::Main | Tag::Article | Tag::Heading(_) | Tag::A | Tag::Code | Tag::Q | Tag::Time)
    }
}

/// What one open element closes when another starts or ends: the forgiving part of HTML.
pub struct Nesting<T> {
    /// Open elements, outermost first.
    pub open: Vec<(Tag, T)>,
}

impl<T> Default for Nesting<T> {
    fn default() -> Nesting<T> {
        Nesting { open: Vec::new() }
    }
}

/// Elements deeper than this are not tracked, as browsers do.
const MAX_DEPTH: usize = 512;

impl<T> Nesting<T> {
    /// Length to which the stack is cut before `tag` starts: what its start tag closes.
    pub fn kept_by_start(&self, tag: Tag) -> usize {
        let is_scope = |t: Tag| matches!(t, Tag::Table | Tag::Td | Tag::Th | Tag::Caption);
        match tag {
            Tag::Li => self.cut(|t| t == Tag::Li, |t| is_scope(t) || matches!(t, Tag::List | Tag::Blockquote)),
            Tag::Dt | Tag::Dd => self.cut(|t| matches!(t, Tag::Dt | Tag::Dd), |t| is_scope(t) || t == Tag::Dl),
            Tag::Td | Tag::Th => self.cut(|t| matches!(t, Tag::Td | Tag::Th), |t| matches!(t, Tag::Table | Tag::Tr)),
            Tag::Tr => self.cut(|t| t == Tag::Tr, |t| t == Tag::Table),
            Tag::TableGroup => self.cut(|t| t == Tag::TableGroup, |t| t == Tag::Table),
            Tag::Heading(_) => match self.open.last() {
                Some((Tag::Heading(_) | Tag::P, _)) => self.open.len() - 1,
                _ => self.open.len(),
            },
            t if t.is_inline() => self.open.len(),
            // Any other block closes an open paragraph.
            _ => self.cut(|t| t == Tag::P, |t| is_scope(t) || matches!(t, Tag::Li | Tag::Blockquote | Tag::Silent)),
        }
    }

    /// Length to which the stack is cut by the end tag of `tag`; `None` where nothing of that name is open.
    pub fn kept_by_end(&self, tag: Tag) -> Option<usize> {
        let inside_table = matches!(tag, Tag::Td | Tag::Th | Tag::Tr | Tag::TableGroup | Tag::Table | Tag::Caption);
        let same = |t: Tag| t == tag || matches!((t, tag), (Tag::Heading(_), Tag::Heading(_)));
        let barrier = |t: Tag| {
            if inside_table {
                t == Tag::Table
            } else {
                matches!(t, Tag::Td | Tag::Th | Tag::Table) && !matches!(tag, Tag::Body | Tag::Html)
            }
        };
        let kept = self.cut(same, barrier);
        (kept < self.open.len()).then_some(kept)
    }

    fn cut(&self, is_target: impl Fn(Tag) -> bool, is_barrier: impl Fn(Tag) -> bool) -> usize {
        for (index, (tag, _)) in self.open.iter().enumerate().rev() {
            if is_target(*tag) {
                return index;
            }
            if is_barrier(*tag) {
                break;
            }
        }
        self.open.len()
    }

    /// Opens an element; false where it lies too deep to be tracked.
    pub fn push(&mut self, tag: Tag, data: T) -> bool {
        let fits = self.open.len() < MAX_DEPTH;
        if fits {
            self.open.push((tag, data));
        }
        fits
    }
}
