//! Writing a text with its entities: for programs, for annotation tools, for people.
//!
//! Each format streams into a [`Write`] and takes a [`Document`]. A document serialises as
//! well, for any other format of serde. [`Document::groups`] says which names are of one
//! person, place or organisation.
//!
//! | | what it writes |
//! |---|---|
//! | [`text`] | the text with its names marked, in brackets or in colour; [`Summary`] counts them |
//! | [`html`] | a page that stands alone, [`html_fragment`] and [`HtmlPage`] parts of one |
//! | [`redact`] | the text with its names masked, or with a pseudonym for each |
//! | [`conll`] | a token and its tag on each line, [BIO or BILOU](Scheme) |
//! | [`brat`] | stand-off annotation, offsets in characters |
//! | [`jsonl`] | one JSON object a document, offsets in bytes |
//!
//! ```
//! use bangla_ner::{Extractor, render};
//! let text = "গতকাল ঢাকায় বৃষ্টি হয়েছে।";
//! let entities = Extractor::bundled().extract(text);
//! let mut out = Vec::new();
//! render::text(&mut out, &render::Document::new(text, &entities), render::Marks::Brackets)?;
//! assert_eq!(String::from_utf8_lossy(&out), "গতকাল [LOC:ঢাকা]য় বৃষ্টি হয়েছে।");
//! # Ok::<(), std::io::Error>(())
//! ```

mod brat;
mod conll;
mod html;
mod jsonl;
mod redact;
mod summary;
mod text;

use std::io::{self, Write};

use serde::Serialize;

pub use brat::{Brat, brat};
pub use conll::{Scheme, conll};
pub use html::{HTML_STYLE, HtmlPage, html, html_fragment};
pub use jsonl::jsonl;
pub use redact::{Mask, Redact, redact};
pub use summary::Summary;
pub use text::{Marks, text};

use crate::entity::Entity;
use crate::kind::Kind;
use crate::link::{self, Groups};

/// A text and the entities found in it, ready to be written.
///
/// Serialises as `{"text": …, "entities": […]}`, each entity as an
/// [`EntityRecord`](crate::EntityRecord); offsets are bytes into this text.
///
/// ```
/// use bangla_ner::{Extractor, render::Document};
/// let text = "পিয়ংইয়ংয়ে বৈঠক হবে।";
/// let entities = Extractor::bundled().extract(text);
/// let json = serde_json::to_value(Document::new(text, &entities))?;
/// assert_eq!(json["text"], text);
/// assert_eq!((&json["entities"][0]["name"], &json["entities"][0]["ending"]), (&"পিয়ংইয়ং".into(), &"য়ে".into()));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Document<'a> {
    text: &'a str,
    entities: &'a [Entity<'a>],
}

impl<'a> Document<'a> {
    /// A text with its entities, as [`Extractor::extract`](crate::Extractor::extract) or
    /// [`candidates`](crate::Extractor::candidates) return them.
    ///
    /// Formats that mark the text itself cannot show two names in one place: of names that
    /// overlap they show the first, which among candidates is the longest.
    ///
    /// ```
    /// use bangla_ner::{Extractor, render::Document};
    /// let text = "ঢাকায় বৃষ্টি।";
    /// let entities = Extractor::bundled().extract(text);
    /// let document = Document::new(text, &entities);
    /// assert_eq!((document.text(), document.entities().len()), (text, 1));
    /// ```
    pub fn new(text: &'a str, entities: &'a [Entity<'a>]) -> Document<'a> {
        Document { text, entities }
    }

    /// The text.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The entities.
    pub fn entities(&self) -> &'a [Entity<'a>] {
        self.entities
    }

    /// The entities put together by whom or what they name; see [`link`].
    ///
    /// ```
    /// use bangla_ner::{Extractor, render::Document};
    /// let text = "এলেন অধ্যাপক করিম চৌধুরী। করিম ঢাকায় পড়ান।";
    /// let entities = Extractor::bundled().extract(text);
    /// let groups = Document::new(text, &entities).groups();
    /// let found: Vec<_> = groups.iter().map(|g| (g.name(), g.count())).collect();
    /// assert_eq!(found, [("করিম চৌধুরী", 2), ("ঢাকা", 1)]);
    /// ```
    pub fn groups(&self) -> Groups<'a> {
        link::groups(self.entities)
    }

    /// The text cut into names and what stands between them; together they are the text.
    fn pieces(&self) -> Pieces<'a> {
        Pieces { text: self.text, at: 0, entities: self.entities.iter(), name: None }
    }
}

/// A part of a text.
enum Piece<'a> {
    Plain(&'a str),
    Name(&'a Entity<'a>),
}

/// Iterator over the parts of a text; made by [`Document::pieces`].
struct Pieces<'a> {
    text: &'a str,
    at: usize,
    entities: std::slice::Iter<'a, Entity<'a>>,
    /// The name that stands at `at`.
    name: Option<&'a Entity<'a>>,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if let Some(entity) = self.name.take() {
            self.at = entity.surface_span().end;
            return Some(Piece::Name(entity));
        }
        let Pieces { text, at, .. } = *self;
        // A name that overlaps the one before it begins before `at`.
        self.name = self.entities.find(|e| text.get(at..e.span().start).is_some());
        self.at = self.name.map_or(text.len(), |e| e.span().start);
        if self.name.is_none() && at == self.at {
            return None;
        }
        text.get(at..self.at).map(Piece::Plain)
    }
}

/// A kind's label as one word, for formats whose fields end at white space.
fn tag(kind: &Kind) -> String {
    let label = kind.label();
    if label.is_empty() {
        return "_".into();
    }
    label.replace(|c: char| c.is_whitespace() || c.is_control(), "_")
}

/// Writes `text`, replacing the characters for which `replacement` has one.
fn write_escaped(
    out: &mut impl Write,
    text: &str,
    replacement: fn(char) -> Option<&'static str>,
) -> io::Result<()> {
    for part in text.split_inclusive(|c| replacement(c).is_some()) {
        let mut chars = part.chars();
        match chars.next_back().and_then(replacement) {
            Some(escaped) => {
                out.write_all(chars.as_str().as_bytes())?;
                out.write_all(escaped.as_bytes())?;
            }
            None => out.write_all(part.as_bytes())?,
        }
    }
    Ok(())
}
