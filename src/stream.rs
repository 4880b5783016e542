//! Texts larger than memory: passages cut from a reader, one after the other.

use std::io::BufRead;

use crate::entity::Entities;
use crate::error::{Error, ErrorKind};
use crate::extractor::Extractor;
use crate::pipeline::Scratch;

/// A passage ends at the first paragraph end after this many bytes,
const AT_PARAGRAPH: usize = 64 << 10;
/// at the last line end, space or character before this many when there is none.
const LONGEST: usize = 1 << 20;

/// A passage of a longer text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage<'d> {
    /// Where it begins, in bytes of everything that was read.
    pub offset: u64,
    /// Its text. The passages of a reader, one after the other, are the whole text.
    pub text: &'d str,
}

/// Cuts what a reader gives into passages: at the first paragraph end (an empty line)
/// after 64 KiB, and in paragraphs of more than a MiB at a line end, a space or, at worst,
/// between two characters. So memory stays bounded by a little more than a MiB, however
/// much there is to read; the cuts depend on the text alone, not on how it arrives.
///
/// ```
/// use bangla_ner::Passages;
/// let text = "ঢাকায় বৃষ্টি।\n\nখুলনায় রোদ।\n";
/// let mut passages = Passages::new(text.as_bytes());
/// let passage = passages.next_passage()?.unwrap();
/// assert_eq!((passage.offset, passage.text), (0, text));
/// assert_eq!(passages.next_passage()?, None);
/// # Ok::<(), bangla_ner::Error>(())
/// ```
#[derive(Debug)]
pub struct Passages<R> {
    reader: R,
    /// Bytes that were read, of which the first `used` were given out.
    bytes: Vec<u8>,
    used: usize,
    /// How many bytes and line ends were given out before those in `bytes`.
    offset: u64,
    lines: usize,
}

impl<R: BufRead> Passages<R> {
    /// Passages of a reader, from where it stands.
    pub fn new(reader: R) -> Passages<R> {
        Passages { reader, bytes: Vec::new(), used: 0, offset: 0, lines: 0 }
    }

    /// The next passage; nothing at the end. Linear in its length.
    ///
    /// # Errors
    /// When the reader fails, or its bytes are no UTF-8; the message tells the line and byte.
    pub fn next_passage(&mut self) -> Result<Option<Passage<'_>>, Error> {
        let given = self.bytes.get(..self.used).unwrap_or_default();
        self.lines += given.iter().filter(|&&b| b == b'\n').count();
        self.offset += self.used as u64;
        self.bytes.drain(..self.used);
        self.used = 0;
        let length = self.fill()?;
        if length == 0 {
            return Ok(None);
        }
        self.used = length;
        let (offset, lines) = (self.offset, self.lines);
        let bytes = self.bytes.get(..length).unwrap_or_default();
        let text = std::str::from_utf8(bytes).map_err(|error| invalid(bytes, &error, offset, lines))?;
        Ok(Some(Passage { offset, text }))
    }

    /// Reads until a passage's end is known; its length.
    fn fill(&mut self) -> Result<usize, Error> {
        let mut searched = AT_PARAGRAPH;
        loop {
            if let Some(end) = paragraph_end(&self.bytes, searched) {
                return Ok(end);
            }
            if self.bytes.len() >= LONGEST + PARAGRAPH_MARK {
                return Ok(forced_end(&self.bytes));
            }
            // An end may begin in what is there and go on in what comes.
            searched = self.bytes.len().saturating_sub(PARAGRAPH_MARK).max(AT_PARAGRAPH);
            let more = self.reader.fill_buf().map_err(|source| ErrorKind::Stream { source })?;
            if more.is_empty() {
                return Ok(self.bytes.len());
            }
            let room = (LONGEST + PARAGRAPH_MARK).saturating_sub(self.bytes.len());
            let taken = more.len().min(room);
            self.bytes.extend_from_slice(more.get(..taken).unwrap_or_default());
            self.reader.consume(taken);
        }
    }
}

/// A line end, and an empty line or one of a few spaces: no paragraph's end is longer.
const PARAGRAPH_MARK: usize = 16;

/// Where the first paragraph ends that ends after `from` bytes and before [`LONGEST`].
fn paragraph_end(bytes: &[u8], from: usize) -> Option<usize> {
    let last = bytes.len().min(LONGEST);
    (from..last).find_map(|at| {
        let rest = bytes.get(at..)?.strip_prefix(b"\n")?;
        let blank =
            rest.iter().take(PARAGRAPH_MARK - 2).take_while(|b| matches!(b, b' ' | b'\t' | b'\r')).count();
        (rest.get(blank) == Some(&b'\n')).then_some(at + 1 + blank + 1)
    })
}

/// Where a paragraph of [`LONGEST`] bytes is cut.
fn forced_end(bytes: &[u8]) -> usize {
    let part = bytes.get(..LONGEST).unwrap_or(bytes);
    let after = |wanted: u8| part.iter().rposition(|&b| b == wanted).map(|at| at + 1);
    let between = || {
        let first = |at: &usize| bytes.get(*at).is_none_or(|b| b & 0xC0 != 0x80);
        (LONGEST - 3..=LONGEST).rev().find(first).unwrap_or(LONGEST)
    };
    after(b'\n').or_else(|| after(b' ')).unwrap_or_else(between)
}

#[cold]
fn invalid(bytes: &[u8], error: &std::str::Utf8Error, offset: u64, lines: usize) -> Error {
    let valid = error.valid_up_to();
    let line = 1 + lines + bytes.iter().take(valid).filter(|&&b| b == b'\n').count();
    ErrorKind::StreamUtf8 { line, offset: offset + valid as u64 }.into()
}

impl Extractor {
    /// Extracts from a reader of any length with bounded memory: `visit` is shown each
    /// passage (see [`Passages`]) with its entities, whose offsets are those in the
    /// passage; add [`Passage::offset`] for those in the whole. The same as
    /// [`extract`](Self::extract) of each passage.
    ///
    /// # Errors
    /// When the reader fails or its bytes are no UTF-8. What was visited before stands.
    ///
    /// ```
    /// let ner = bangla_ner::Extractor::bundled();
    /// let file = "ঢাকায় বৃষ্টি।\n\nকাল খুলনায় রোদ।\n".as_bytes();
    /// let mut found = Vec::new();
    /// ner.extract_reader(file, |passage, entities| {
    ///     found.extend(entities.map(|e| (passage.offset + e.span().start as u64, e.name().to_owned())));
    /// })?;
    /// assert_eq!(found, [(0, "ঢাকা".to_owned()), (52, "খুলনা".to_owned())]);
    /// # Ok::<(), bangla_ner::Error>(())
    /// ```
    pub fn extract_reader(
        &self,
        reader: impl BufRead,
        mut visit: impl FnMut(Passage<'_>, Entities<'_>),
    ) -> Result<(), Error> {
        let mut passages = Passages::new(reader);
        let mut scratch = Scratch::new();
        while let Some(passage) = passages.next_passage()? {
            visit(passage, self.extract_with(&mut scratch, passage.text));
        }
        Ok(())
    }
}
