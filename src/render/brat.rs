//! Stand-off annotation for brat.

use std::io::{self, Write};

use super::{Document, tag};

/// Writes a document's names as brat's text-bound annotations.
///
/// A line is `T1<TAB>LOC 7 11<TAB>ঢাকা`: number, kind, offsets in *characters* (code
/// points), bare name. The text file that goes with it holds exactly the document's text.
/// A name that runs over a line end is written as brat wants it, a fragment for each line;
/// a tab, which ends a field, and other controls are left out in the same way.
///
/// ```
/// use bangla_ner::{Extractor, render};
/// let text = "গতকাল ঢাকায় বৃষ্টি হয়েছে।";
/// let entities = Extractor::bundled().extract(text);
/// let mut out = Vec::new();
/// render::brat(&mut out, &render::Document::new(text, &entities))?;
/// assert_eq!(String::from_utf8_lossy(&out), "T1\tLOC 6 10\tঢাকা\n");
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// Those of `out`.
pub fn brat<W: Write>(out: W, document: &Document<'_>) -> io::Result<()> {
    Brat::new(out).document(document)
}

/// Writes several documents as one brat file, whose text is theirs put together.
///
/// ```
/// use bangla_ner::{Extractor, render::{Brat, Document}};
/// let mut brat = Brat::new(Vec::new());
/// for line in ["ঢাকায় বৃষ্টি।", "জাপানে বৃষ্টি।"] {
///     brat.document(&Document::new(line, &Extractor::bundled().extract(line)))?;
///     brat.skip("\n");
/// }
/// // 14 characters and a line end before জাপান.
/// assert_eq!(String::from_utf8_lossy(&brat.into_inner()), "T1\tLOC 0 4\tঢাকা\nT2\tLOC 15 20\tজাপান\n");
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Brat<W> {
    out: W,
    /// Annotations written so far.
    annotations: usize,
    /// Characters of text so far.
    characters: usize,
}

impl<W: Write> Brat<W> {
    /// Begins a file.
    pub fn new(out: W) -> Brat<W> {
        Brat { out, annotations: 0, characters: 0 }
    }

    /// Writes a document; its text follows that of the documents before.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn document(&mut self, document: &Document<'_>) -> io::Result<()> {
        let text = document.text();
        let (mut byte, mut character) = (0, self.characters);
        for entity in document.entities() {
            let span = entity.span();
            // Entities come in order, so each character is counted once.
            character += count(text, byte, span.start);
            byte = span.start;
            self.annotations += 1;
            write!(self.out, "T{}\t{}", self.annotations, tag(entity.kind()))?;
            self.fragments(entity.name(), character)?;
        }
        self.characters = character + count(text, byte, text.len());
        Ok(())
    }

    /// Counts text in which nothing is annotated, such as the line end between two
    /// documents.
    pub fn skip(&mut self, text: &str) {
        self.characters += text.chars().count();
    }

    /// The writer.
    pub fn into_inner(self) -> W {
        self.out
    }

    /// Offsets and words of a name that begins at a character: ` 0 4;5 9<TAB>two lines`.
    fn fragments(&mut self, name: &str, mut start: usize) -> io::Result<()> {
        let mut separator = ' ';
        for line in name.split(ends_line) {
            let end = start + line.chars().count();
            if !line.is_empty() {
                write!(self.out, "{separator}{start} {end}")?;
                separator = ';';
            }
            start = end + 1;
        }
        separator = '\t';
        for line in name.split(ends_line).filter(|line| !line.is_empty()) {
            write!(self.out, "{separator}{line}")?;
            separator = ' ';
        }
        writeln!(self.out)
    }
}

/// Whether a character would end a field or a line of the file, by anyone's reading of lines.
fn ends_line(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Characters of `text` between two byte offsets.
fn count(text: &str, from: usize, to: usize) -> usize {
    text.get(from..to).map_or(0, |part| part.chars().count())
}
