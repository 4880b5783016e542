//! The sections of a compiled gazetteer.
//!
//! | section | content |
//! |---|---|
//! | 0 | number of entries (u32); then kinds, then classes: how many (u16) and, each with its length (u16), their names |
//! | 1 | meanings: how many (u32); each the number of its entries (u16) and three bytes an entry: kind, class, flags |
//! | 2 | names with identifiers: meaning (u32) and offset in section 3 (u32) |
//! | 3 | for each entry of such a name, length (u16) and bytes of its identifier |
//! | 4 | the transducer: from folded name to number |
//!
//! A *meaning* is all that the entries of a name say, identifiers apart. There are few, so
//! they are parsed on opening. The number of a name is that of its meaning, or, with
//! identifiers, the number of meanings plus its position in section 2.

use super::envelope::{File, u16_at, u32_at};
use super::fst::{self, Node};
use crate::error::{CompiledError, Error};
use crate::gazetteer::automaton::Automaton;
use crate::gazetteer::class::{Ambiguity, Class};
use crate::gazetteer::entry::Action;
use crate::gazetteer::{EntryData, Meanings};
use crate::kind::Kind;

const LISTS: usize = 0;
const MEANINGS: usize = 1;
const NAMED: usize = 2;
const IDS: usize = 3;
const NAMES: usize = 4;
/// Bytes of a record in section 2.
const RECORD: usize = 8;

/// The names of a compiled gazetteer, walked where they lie.
#[derive(Clone)]
pub(in crate::gazetteer) struct Compiled {
    file: File,
    /// For each first byte, the node after it: the root is by far the largest node.
    first: Box<[Option<Node>; 256]>,
    names: usize,
    /// Number of meanings; names from this number on have identifiers.
    plain: u32,
}

impl std::fmt::Debug for Compiled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Compiled").field("names", &self.names).finish_non_exhaustive()
    }
}

impl Automaton for Compiled {
    type State = Node;

    #[inline]
    fn start(&self, byte: u8) -> Option<Node> {
        self.first.get(usize::from(byte)).copied().flatten()
    }

    #[inline]
    fn step(&self, state: Node, byte: u8) -> Option<Node> {
        fst::step(self.file.section(NAMES), state, byte)
    }

    #[inline]
    fn name(&self, state: Node) -> Option<u32> {
        fst::value(self.file.section(NAMES), state)
    }

    fn inputs(&self, state: Node, report: impl FnMut(u8)) {
        fst::inputs(self.file.section(NAMES), state, report);
    }
}

impl Compiled {
    /// Opens the names of a file, and parses what they mean.
    ///
    /// # Errors
    /// When a section cannot be what it should be.
    pub(in crate::gazetteer) fn open(file: File) -> Result<(Compiled, Meanings), Error> {
        let meanings = read_meanings(&file)?;
        let data = file.section(NAMES);
        let (names, root) = fst::open(data).ok_or(CompiledError::Inconsistent("names"))?;
        let first = Box::new(std::array::from_fn(|byte| fst::step(data, root, byte as u8)));
        let plain = meanings.ranges.len() as u32;
        Ok((Compiled { first, names, plain, file }, meanings))
    }

    /// The meaning of a name.
    #[inline]
    pub(in crate::gazetteer) fn meaning(&self, name: u32) -> Option<u32> {
        match name.checked_sub(self.plain) {
            None => Some(name),
            Some(record) => u32_at(self.file.section(NAMED), offset(record)),
        }
    }

    /// The identifier of a name's entry number `entry`.
    pub(in crate::gazetteer) fn id(&self, name: u32, entry: usize) -> Option<&str> {
        let record = offset(name.checked_sub(self.plain)?);
        let start = u32_at(self.file.section(NAMED), record.saturating_add(4))? as usize;
        let mut ids = Reader(self.file.section(IDS).get(start..)?);
        for _ in 0..entry {
            ids.text()?;
        }
        ids.text().filter(|id| !id.is_empty())
    }

    /// Checks the checksum, and everything that a walk or a name may come upon.
    ///
    /// # Errors
    /// When the file was altered or contradicts itself.
    pub(in crate::gazetteer) fn verify(&self, meanings: &Meanings) -> Result<(), Error> {
        self.file.verify()?;
        self.file.verify_transducer(NAMES, |name| {
            let range = self.meaning(name).and_then(|m| meanings.ranges.get(m as usize));
            let entries = range.map_or(0, |(start, end)| end - start) as usize;
            entries > 0 && (name < self.plain || self.has_ids(name, entries))
        })
    }

    /// Whether every entry of a name has room for an identifier.
    fn has_ids(&self, name: u32, entries: usize) -> bool {
        let record = offset(name.saturating_sub(self.plain));
        let start = u32_at(self.file.section(NAMED), record.saturating_add(4));
        let ids = start.and_then(|start| self.file.section(IDS).get(start as usize..));
        let mut ids = Reader(ids.unwrap_or_default());
        (0..entries).all(|_| ids.text().is_some())
    }

    /// Number of different names, and bytes of the whole file.
    #[cfg(test)]
    pub(in crate::gazetteer) fn size(&self) -> (usize, usize) {
        (self.names, self.file.len())
    }

    pub(in crate::gazetteer) fn version(&self) -> u64 {
        self.file.version()
    }

    pub(in crate::gazetteer) fn memory(&self) -> usize {
        self.file.memory() + size_of_val(&*self.first)
    }
}

/// Where a record of section 2 begins.
fn offset(record: u32) -> usize {
    (record as usize).saturating_mul(RECORD)
}

/// Parses sections 0 and 1.
fn read_meanings(file: &File) -> Result<Meanings, Error> {
    let wrong = |what| Error::from(CompiledError::Inconsistent(what));
    let mut lists = Reader(file.section(LISTS));
    let len = lists.u32().ok_or_else(|| wrong("lists"))? as usize;
    let kinds: Vec<Kind> = lists
        .list()
        .map(|kinds| kinds.into_iter().map(Kind::from).collect())
        .ok_or_else(|| wrong("kinds"))?;
    let classes = lists.list().ok_or_else(|| wrong("classes"))?;
    let classes: Option<Vec<Class>> = classes.into_iter().map(Class::of_name).collect();
    let classes = classes.ok_or_else(|| wrong("classes"))?;
    let mut section = Reader(file.section(MEANINGS));
    let count = section.u32().ok_or_else(|| wrong("meanings"))?;
    let mut meanings = Meanings { kinds, len, ..Meanings::default() };
    for _ in 0..count {
        let start = meanings.entries.len() as u32;
        for _ in 0..section.u16().ok_or_else(|| wrong("meanings"))? {
            let entry = section.take(3).and_then(|bytes| entry(bytes, &classes, meanings.kinds.len()));
            meanings.entries.push(entry.ok_or_else(|| wrong("entries"))?);
        }
        meanings.ranges.push((start, meanings.entries.len() as u32));
    }
    Ok(meanings)
}

fn entry(bytes: &[u8], classes: &[Class], kinds: usize) -> Option<EntryData> {
    let &[kind, class, flags] = bytes else { return None };
    let ambiguity = match flags & 3 {
        0 => Ambiguity::Sure,
        1 => Ambiguity::Context,
        _ => Ambiguity::Never,
    };
    let action = match flags >> 4 {
        0 => Action::Add,
        1 => Action::Override,
        _ => Action::Block,
    };
    let class = *classes.get(usize::from(class))?;
    let strength = flags >> 2 & 3;
    (usize::from(kind) < kinds || kind == EntryData::CUE).then_some(EntryData {
        class,
        kind,
        ambiguity,
        strength,
        action,
        id: 0,
    })
}

/// A sequence of numbers and texts.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn u16(&mut self) -> Option<u16> {
        self.take(2).and_then(|bytes| u16_at(bytes, 0))
    }

    fn u32(&mut self) -> Option<u32> {
        self.take(4).and_then(|bytes| u32_at(bytes, 0))
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = self.u16()?;
        std::str::from_utf8(self.take(length.into())?).ok()
    }

    fn list(&mut self) -> Option<Vec<&'a str>> {
        (0..self.u16()?).map(|_| self.text()).collect()
    }
}
