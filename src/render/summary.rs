//! Which names a text holds, and how often.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::io::{self, Write};

use super::Document;
use super::text::{Marks, RESET, colour};
use crate::kind::Kind;
use crate::text::{Folded, fold};

/// Counts the distinct names of documents and writes them as a table.
///
/// Spellings of one name that differ only in their encoding are counted together, under
/// the first of them.
///
/// ```
/// use bangla_ner::{Extractor, render::{Document, Marks, Summary}};
/// let text = "ঢাকা থেকে জাপান, জাপান থেকে ঢাকায়, ঢাকার বাইরে।";
/// let mut summary = Summary::new();
/// summary.add(&Document::new(text, &Extractor::bundled().extract(text)));
/// let mut out = Vec::new();
/// summary.write(&mut out, Marks::Brackets)?;
/// assert_eq!(String::from_utf8_lossy(&out), "place         3  ঢাকা\nplace         2  জাপান\n");
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Summary {
    counts: HashMap<(Kind, Folded), (String, usize)>,
}

impl Summary {
    /// Without any name.
    pub fn new() -> Summary {
        Summary::default()
    }

    /// Counts a document's entities.
    pub fn add(&mut self, document: &Document<'_>) {
        for entity in document.entities() {
            let key = (entity.kind().clone(), fold(entity.name()));
            self.counts.entry(key).or_insert_with(|| (entity.name().into(), 0)).1 += 1;
        }
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Kind, name and count: by kind, then the most frequent first, then by name.
    ///
    /// ```
    /// use bangla_ner::{Extractor, render::{Document, Summary}};
    /// let text = "ঢাকায় বৃষ্টি।";
    /// let mut summary = Summary::new();
    /// summary.add(&Document::new(text, &Extractor::bundled().extract(text)));
    /// let rows: Vec<_> = summary.rows().into_iter().map(|(kind, name, n)| (kind.as_str(), name, n)).collect();
    /// assert_eq!(rows, [("place", "ঢাকা", 1)]);
    /// ```
    pub fn rows(&self) -> Vec<(&Kind, &str, usize)> {
        let mut rows: Vec<_> =
            self.counts.iter().map(|((kind, _), (name, count))| (kind, name.as_str(), *count)).collect();
        rows.sort_unstable_by_key(|&(kind, name, count)| (kind, Reverse(count), name));
        rows
    }

    /// Writes a line for each name: kind, count, name.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write<W: Write>(&self, mut out: W, marks: Marks) -> io::Result<()> {
        for (kind, name, count) in self.rows() {
            // The name comes last: terminals disagree on the width of Bengali.
            match marks {
                Marks::Brackets => writeln!(out, "{kind:<12} {count:>2}  {name}")?,
                Marks::Colours => writeln!(out, "{kind:<12} {count:>2}  {}{name}{RESET}", colour(kind))?,
            }
        }
        Ok(())
    }
}
