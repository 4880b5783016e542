//! Second room: names and cues, and where they stand in a text.
//!
//! From each word start the folded bytes are walked through the automaton of each layer.
//! A hit ends at a word boundary, or where the [ending grammar](crate::endings) accepts
//! the rest of the word. All hits are kept; nothing is decided here.

mod affixes;
mod automaton;
mod build;
pub(crate) mod bundled;
mod class;
mod columns;
mod compiled;
mod entry;
mod format;
mod hits;
#[cfg(feature = "json")]
mod json;
mod known;
#[cfg(test)]
mod laws;
pub mod lint;
mod openers;
#[cfg(feature = "json")]
mod patterns;
mod tsv;
mod walk;
mod words;

pub(crate) use affixes::Affixes;
pub use build::GazetteerBuilder;
pub(crate) use bundled::Tables;
pub use class::Ambiguity;
pub(crate) use class::{Class, ClassSet};
pub(crate) use entry::Action;
pub use entry::Entry;
pub(crate) use hits::{Hit, Hits, Layers, hyphenated_ending};
pub(crate) use words::{WordStat, Words};

use std::borrow::Cow;

use compiled::{Compiled, Content, File};
use lint::Finding;

use crate::error::Error;
use crate::kind::Kind;

/// A set of names (and, in the bundled one, cues), ready for matching.
///
/// Immutable and `Send + Sync`. A user's gazetteer is a *layer* over the bundled one: its
/// entries are always found, and can override or block entries of the layers below.
#[derive(Debug)]
pub struct Gazetteer {
    names: Names,
    meanings: Meanings,
    warnings: Vec<Finding>,
}

/// The names themselves, by back end.
#[derive(Clone, Debug)]
enum Names {
    /// Given at run time; with the identifiers, of which number 0 stands for none.
    Listed {
        automaton: Box<automaton::Listed>,
        ids: Vec<Box<str>>,
    },
    Compiled(Compiled),
}

/// What the names mean.
#[derive(Debug, Default)]
struct Meanings {
    /// For each listed name, or each meaning of a compiled one, its entries in `entries`.
    ranges: Vec<(u32, u32)>,
    entries: Vec<EntryData>,
    kinds: Vec<Kind>,
    /// Number of rows that were used.
    len: usize,
}

/// What one row says about its name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EntryData {
    pub(crate) class: Class,
    /// Number in the gazetteer's kinds, or [`EntryData::CUE`].
    pub(crate) kind: u8,
    pub(crate) ambiguity: Ambiguity,
    /// 1 weak, 2 usual, 3 strong; of cues.
    pub(crate) strength: u8,
    pub(crate) action: Action,
    /// Number of the identifier of a listed name.
    id: u32,
}

impl EntryData {
    pub(crate) const CUE: u8 = u8::MAX;
}

impl Gazetteer {
    /// A builder without entries.
    pub fn builder() -> GazetteerBuilder {
        GazetteerBuilder::default()
    }

    /// Opens what [`GazetteerBuilder::compile`] wrote: embedded bytes are used where they
    /// lie, others are kept as they are. Takes a millisecond per 4 MB, for the checksum.
    ///
    /// ```
    /// use bangla_ner::{Gazetteer, Kind};
    /// let mut mine = Gazetteer::builder();
    /// mine.names(Kind::Place, ["ঝুমরিকা"])?;
    /// let mut bytes = mine.compile()?;
    /// assert_eq!(Gazetteer::from_bytes(bytes.clone())?.len(), 1);
    /// if let Some(last) = bytes.last_mut() {
    ///     *last ^= 1;
    /// }
    /// let error = Gazetteer::from_bytes(bytes).unwrap_err();
    /// assert!(error.to_string().starts_with("the compiled file was altered"));
    /// # Ok::<(), bangla_ner::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the bytes are no compiled gazetteer, were cut short or altered, or were
    /// compiled by a version of this crate that folds text or lays out files in another
    /// way. Whatever the bytes, nothing panics, then or later.
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Gazetteer, Error> {
        Gazetteer::from_file(File::checked(bytes.into(), Content::Gazetteer)?)
    }

    /// [`from_bytes`](Self::from_bytes) without the checksum, for bytes of the executable.
    pub(crate) fn open(bytes: &'static [u8]) -> Result<Gazetteer, Error> {
        Gazetteer::from_file(File::open(bytes.into(), Content::Gazetteer)?)
    }

    fn from_file(file: File) -> Result<Gazetteer, Error> {
        let (names, meanings) = Compiled::open(file)?;
        Ok(Gazetteer { names: Names::Compiled(names), meanings, warnings: Vec::new() })
    }

    /// Goes through all of a compiled gazetteer: its checksum, every name, and that each
    /// has entries. A gazetteer built at run time is always sound.
    ///
    /// # Errors
    /// When something is wrong with the bytes.
    pub fn verify(&self) -> Result<(), Error> {
        match &self.names {
            Names::Listed { .. } => Ok(()),
            Names::Compiled(compiled) => compiled.verify(&self.meanings),
        }
    }

    /// The version of the data in a compiled gazetteer, a number of its maker's own; 0
    /// unless [`set`](GazetteerBuilder::version).
    pub fn version(&self) -> u64 {
        match &self.names {
            Names::Listed { .. } => 0,
            Names::Compiled(compiled) => compiled.version(),
        }
    }

    /// Number of entries: rows that were used, cues included.
    pub fn len(&self) -> usize {
        self.meanings.len
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.meanings.len == 0
    }

    /// Repeated rows, names with two kinds or identifiers, names that are endings: what
    /// building noticed, in the order of the rows. A compiled gazetteer has none.
    /// [`Lint`](lint::Lint) looks for more.
    pub fn warnings(&self) -> &[Finding] {
        &self.warnings
    }

    /// Heap memory in bytes, approximately.
    pub fn memory(&self) -> usize {
        let names = match &self.names {
            Names::Listed { automaton, ids } => {
                automaton.memory() + ids.iter().map(|id| id.len()).sum::<usize>()
            }
            Names::Compiled(compiled) => compiled.memory(),
        };
        names + size_of_val(&*self.meanings.entries) + size_of_val(&*self.meanings.ranges)
    }

    pub(crate) fn kinds(&self) -> &[Kind] {
        &self.meanings.kinds
    }

    /// The identifier of the first of those entries of a name that has one.
    fn id(&self, name: u32, meant: impl Fn(&EntryData) -> bool) -> Option<&str> {
        let mut entries = (0..).zip(self.entries_of(name)).filter(|(_, e)| meant(e));
        entries.find_map(|(number, _)| self.entry_id(name, number))
    }

    /// The identifier of a name's entry number `entry`.
    fn entry_id(&self, name: u32, entry: usize) -> Option<&str> {
        match &self.names {
            Names::Listed { ids, .. } => {
                let id = self.entries_of(name).get(entry).map(|e| e.id).filter(|&id| id != 0)?;
                ids.get(id as usize).map(|id| &**id)
            }
            Names::Compiled(compiled) => compiled.id(name, entry),
        }
    }

    fn entries_of(&self, name: u32) -> &[EntryData] {
        let meaning = match &self.names {
            Names::Listed { .. } => Some(name),
            Names::Compiled(compiled) => compiled.meaning(name),
        };
        let range = meaning.and_then(|meaning| self.meanings.ranges.get(meaning as usize));
        let (start, end) = range.copied().unwrap_or_default();
        self.meanings.entries.get(start as usize..end as usize).unwrap_or_default()
    }

    /// Number of different names of a compiled gazetteer, and bytes of its file.
    #[cfg(test)]
    pub(crate) fn compiled_size(&self) -> Option<(usize, usize)> {
        match &self.names {
            Names::Listed { .. } => None,
            Names::Compiled(compiled) => Some(compiled.size()),
        }
    }

    /// The same without its names: the cues alone.
    pub(crate) fn cues_only(&self) -> Gazetteer {
        let mut meanings = Meanings::default();
        for &(start, end) in &self.meanings.ranges {
            let from = meanings.entries.len() as u32;
            let entries = self.meanings.entries.get(start as usize..end as usize).unwrap_or_default();
            meanings.entries.extend(entries.iter().filter(|e| e.kind == EntryData::CUE));
            meanings.ranges.push((from, meanings.entries.len() as u32));
        }
        meanings.len = meanings.entries.len();
        Gazetteer { names: self.names.clone(), meanings, warnings: Vec::new() }
    }
}
