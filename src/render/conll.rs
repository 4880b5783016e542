//! Token and tag, line by line.

use std::io::{self, Write};

use super::{Document, tag};
use crate::entity::Entity;
use crate::text::scan::Scanner;
use crate::text::token::Shape;

/// How the tags of [`conll`] say where a name begins and ends.
///
/// ```
/// use bangla_ner::{Extractor, render::{self, Document, Scheme}};
/// let text = "কিম জং-উন ঢাকায়।";
/// let entities = Extractor::bundled().extract(text);
/// let mut out = Vec::new();
/// render::conll(&mut out, &Document::new(text, &entities), Scheme::Bilou)?;
/// let expected = "কিম\tB-PER\nজং\tI-PER\n-\tI-PER\nউন\tL-PER\nঢাকায়\tU-LOC\n।\tO\n\n";
/// assert_eq!(String::from_utf8_lossy(&out), expected);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Scheme {
    /// `B-` begins a name, `I-` goes on with it, `O` is outside. What
    /// [`eval::read_bio`](crate::eval::read_bio) reads.
    #[default]
    Bio,
    /// As [`Bio`](Self::Bio), but the last token of a name is `L-`, and the only one `U-`.
    Bilou,
}

/// Writes a document as tokens with tags: `ঢাকায়<TAB>B-LOC`, a blank line after each
/// sentence.
///
/// Tokens are our [words](crate::text::words()), hyphens and punctuation marks; a line end
/// ends a sentence. Case endings stay glued to their names in this format, so the token
/// that holds the end of a name is tagged as a whole; an ending after a hyphen is a token
/// of its own and stays outside.
///
/// ```
/// use bangla_ner::{Extractor, render::{self, Document, Scheme}};
/// let text = "ঢাকায় বৃষ্টি। বিএনপি-র কথা।";
/// let entities = Extractor::bundled().extract(text);
/// let mut out = Vec::new();
/// render::conll(&mut out, &Document::new(text, &entities), Scheme::Bio)?;
/// let expected = "ঢাকায়\tB-LOC\nবৃষ্টি\tO\n।\tO\n\nবিএনপি\tB-ORG\n-\tO\nর\tO\nকথা\tO\n।\tO\n\n";
/// assert_eq!(String::from_utf8_lossy(&out), expected);
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// Those of `out`.
pub fn conll<W: Write>(mut out: W, document: &Document<'_>, scheme: Scheme) -> io::Result<()> {
    let mut tagger = Tagger { entities: document.entities(), inside: None };
    let mut empty = true;
    // The scanner counts in 32 bits, so it gets a line at a time.
    let mut offset = 0;
    for line in document.text().split_inclusive('\n') {
        let mut folded = Vec::new();
        let mut scanner = Scanner::new(line);
        while let Some(token) = scanner.next_token(&mut folded) {
            folded.clear();
            let (start, end) = (token.start as usize, token.end as usize);
            let tag = tagger.tag(offset + start, offset + end);
            // A sentence never ends inside a name.
            if token.shape.has(Shape::SENTENCE_START) && !empty && !tag.continues {
                writeln!(out)?;
            }
            empty = false;
            out.write_all(line.get(start..end).unwrap_or_default().as_bytes())?;
            tag.write(&mut out, scheme)?;
        }
        offset += line.len();
    }
    if empty { Ok(()) } else { writeln!(out) }
}

/// Gives tokens, taken in order, their tags.
struct Tagger<'a> {
    /// Those that do not end before the last token.
    entities: &'a [Entity<'a>],
    /// Start of the entity to which the last token belonged.
    inside: Option<usize>,
}

/// What a token is to the names.
#[derive(Default)]
struct Tag<'a> {
    /// The name that it belongs to.
    entity: Option<&'a Entity<'a>>,
    /// Whether the token before belongs to the same, and whether the one after does.
    continues: bool,
    goes_on: bool,
}

impl<'a> Tagger<'a> {
    fn tag(&mut self, start: usize, end: usize) -> Tag<'a> {
        while let [entity, rest @ ..] = self.entities {
            let span = entity.span();
            if span.end <= start {
                self.entities = rest;
                self.inside = None;
            } else if span.start >= end {
                break;
            } else {
                let continues = self.inside.replace(span.start) == Some(span.start);
                return Tag { entity: Some(entity), continues, goes_on: span.end > end };
            }
        }
        Tag::default()
    }
}

impl Tag<'_> {
    fn write(&self, out: &mut impl Write, scheme: Scheme) -> io::Result<()> {
        let Some(entity) = self.entity else { return out.write_all(b"\tO\n") };
        let place = match (scheme, self.continues, self.goes_on) {
            (Scheme::Bilou, false, false) => 'U',
            (Scheme::Bilou, true, false) => 'L',
            (_, false, _) => 'B',
            (_, true, _) => 'I',
        };
        writeln!(out, "\t{place}-{}", tag(entity.kind()))
    }
}
