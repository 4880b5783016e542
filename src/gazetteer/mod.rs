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
mod hits;
mod tsv;
mod words;

pub(crate) use affixes::Affixes;
pub(crate) use build::Action;
pub use build::{Entry, GazetteerBuilder, Warning};
pub use class::Ambiguity;
pub(crate) use class::{Class, ClassSet};
pub(crate) use hits::{Hit, Hits, Layers, hyphenated_ending};
pub(crate) use words::{WordStat, Words};

use crate::kind::Kind;

/// A set of names (and, in the bundled one, cues), ready for matching.
///
/// Immutable and `Send + Sync`. A user's gazetteer is a *layer* over the bundled one: its
/// entries are always found, and can override or block entries of the layers below.
#[derive(Debug)]
pub struct Gazetteer {
    automaton: automaton::Automaton,
    /// For each name number, its entries in `entries`.
    ranges: Vec<(u32, u32)>,
    entries: Vec<EntryData>,
    /// Identifiers; number 0 stands for none.
    ids: Vec<String>,
    kinds: Vec<Kind>,
    warnings: Vec<Warning>,
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

    /// Number of entries: rows that were used, cues included.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Repeated rows, names with two kinds, names that are endings: what was odd while
    /// building, in the order of the rows.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// Heap memory in bytes, approximately.
    pub fn memory(&self) -> usize {
        self.automaton.memory()
            + self.entries.len() * size_of::<EntryData>()
            + self.ranges.len() * size_of::<(u32, u32)>()
            + self.ids.iter().map(String::len).sum::<usize>()
    }

    pub(crate) fn kinds(&self) -> &[Kind] {
        &self.kinds
    }

    pub(crate) fn id(&self, entry: &EntryData) -> Option<&str> {
        self.ids.get(entry.id as usize).filter(|_| entry.id != 0).map(String::as_str)
    }

    pub(crate) fn entries_of(&self, name: u32) -> &[EntryData] {
        let (start, end) = self.ranges.get(name as usize).copied().unwrap_or_default();
        self.entries.get(start as usize..end as usize).unwrap_or_default()
    }
}
