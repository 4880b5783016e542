//! Who and what a text names, and how often.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::io::{self, Write};

use super::Document;
use super::text::{Marks, RESET, colour};
use crate::kind::Kind;
use crate::link::Group;
use crate::text::{Folded, fold, words};

/// Counts the persons, places and organisations of documents, and writes them as a table.
///
/// Within a document the mentions of one are counted together, under the fullest name
/// ([`Document::groups`]); across documents, those with the same identifier or else the same
/// name, whatever its encoding. So কিম is counted with কিম জং-উন where a document has both, and
/// for itself where it has not: nobody knows whether it is the same.
///
/// ```
/// use bangla_ner::{Extractor, render::{Document, Marks, Summary}};
/// let text = "ঢাকা থেকে এলেন অধ্যাপক করিম চৌধুরী। করিম আবার ঢাকায় যাবেন, ঢাকার বাইরে নয়।";
/// let mut summary = Summary::new();
/// summary.add(&Document::new(text, &Extractor::bundled().extract(text)));
/// let mut out = Vec::new();
/// summary.write(&mut out, Marks::Brackets)?;
/// assert_eq!(String::from_utf8_lossy(&out), "person        2  করিম চৌধুরী\nplace         3  ঢাকা\n");
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Summary {
    counted: Vec<Counted>,
    /// Numbers of what was counted, by identifier and by name.
    by_id: HashMap<(Kind, String), usize>,
    by_name: HashMap<(Kind, Folded), usize>,
}

/// One person, place or organisation.
#[derive(Clone, Debug)]
struct Counted {
    kind: Kind,
    name: String,
    /// How many words the name has: the fullest is shown.
    words: usize,
    has_id: bool,
    mentions: usize,
}

impl Summary {
    /// Without any name.
    pub fn new() -> Summary {
        Summary::default()
    }

    /// Counts a document's entities.
    pub fn add(&mut self, document: &Document<'_>) {
        for group in &document.groups() {
            let words = words(group.name()).count();
            let number = self.number(group);
            let Some(counted) = self.counted.get_mut(number) else { continue };
            counted.mentions += group.count();
            if words > counted.words {
                (counted.name, counted.words) = (group.name().into(), words);
            }
        }
    }

    /// The number of what a group names, new if it was not counted yet.
    fn number(&mut self, group: &Group<'_>) -> usize {
        let id = group.id().map(|id| (group.kind().clone(), id.to_owned()));
        let name = (group.kind().clone(), fold(group.name()));
        let known = id.as_ref().and_then(|id| self.by_id.get(id)).copied();
        // Two with the same name and two identifiers are two.
        let named = || {
            let number = self.by_name.get(&name).copied()?;
            let counted = self.counted.get(number)?;
            (id.is_none() || !counted.has_id).then_some(number)
        };
        let number = known.or_else(named).unwrap_or_else(|| {
            let (kind, name) = (group.kind().clone(), group.name().to_owned());
            self.counted.push(Counted { kind, name, words: 0, has_id: false, mentions: 0 });
            self.counted.len() - 1
        });
        if let Some(counted) = self.counted.get_mut(number) {
            counted.has_id |= id.is_some();
        }
        if let Some(id) = id {
            self.by_id.insert(id, number);
        }
        self.by_name.entry(name).or_insert(number);
        number
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.counted.is_empty()
    }

    /// Kind, fullest name and count of mentions: by kind, then the most frequent first, then by name.
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
        let mut rows: Vec<_> = self.counted.iter().map(|c| (&c.kind, c.name.as_str(), c.mentions)).collect();
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
