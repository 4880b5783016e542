//! The text itself, with its names marked.

use std::io::{self, Write};

use super::{Document, Piece};
use crate::kind::Kind;

/// How names are marked in a text.
///
/// ```
/// use bangla_ner::{Extractor, render::{self, Document, Marks}};
/// let text = "ঢাকায় বৃষ্টি।";
/// let entities = Extractor::bundled().extract(text);
/// let mut out = Vec::new();
/// render::text(&mut out, &Document::new(text, &entities), Marks::Colours)?;
/// assert_eq!(String::from_utf8_lossy(&out), "\x1b[1;34mঢাকা\x1b[0m\x1b[4mয়\x1b[0m বৃষ্টি।");
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Marks {
    /// `[LOC:ঢাকা]য়`: kind and name in brackets, the ending after them. What
    /// [`eval::read_marked`](crate::eval::read_marked) reads.
    Brackets,
    /// Terminal colours: the name bold and in the colour of its kind, the ending
    /// underlined.
    Colours,
}

pub(super) const RESET: &str = "\x1b[0m";
const UNDERLINE: &str = "\x1b[4m";

/// The control sequence that starts a name. Colours of the terminal's own palette, so
/// that they fit its background.
pub(super) fn colour(kind: &Kind) -> &'static str {
    match kind {
        Kind::Person => "\x1b[1;32m",
        Kind::Place => "\x1b[1;34m",
        Kind::Organization => "\x1b[1;35m",
        Kind::Other(_) => "\x1b[1;36m",
    }
}

/// Writes a document's text with its names marked, and nothing else.
///
/// ```
/// use bangla_ner::{Extractor, render::{self, Document, Marks}};
/// let text = "জাপানের রাজধানী টোকিও।";
/// let entities = Extractor::bundled().extract(text);
/// let mut out = Vec::new();
/// render::text(&mut out, &Document::new(text, &entities), Marks::Brackets)?;
/// assert_eq!(String::from_utf8_lossy(&out), "[LOC:জাপান]ের রাজধানী [LOC:টোকিও]।");
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// Those of `out`.
pub fn text<W: Write>(mut out: W, document: &Document<'_>, marks: Marks) -> io::Result<()> {
    for piece in document.pieces() {
        match (piece, marks) {
            (Piece::Plain(text), _) => out.write_all(text.as_bytes())?,
            (Piece::Name(entity), Marks::Brackets) => {
                write!(out, "[{}:{}]{}", entity.kind().label(), entity.name(), entity.ending())?;
            }
            (Piece::Name(entity), Marks::Colours) => {
                write!(out, "{}{}{RESET}", colour(entity.kind()), entity.name())?;
                if !entity.ending().is_empty() {
                    write!(out, "{UNDERLINE}{}{RESET}", entity.ending())?;
                }
            }
        }
    }
    Ok(())
}
