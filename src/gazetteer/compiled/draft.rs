//! Writing a compiled gazetteer; see [`names`](super::names) for the sections.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::envelope::{self, Content};
use super::fst;
use crate::error::{Error, ErrorKind};
use crate::gazetteer::EntryData;
use crate::gazetteer::class::Class;
use crate::kind::Kind;

/// A gazetteer on its way to bytes: folded names, their entries and identifiers.
pub(in crate::gazetteer) struct Draft {
    pub(in crate::gazetteer) names: Vec<(Vec<u8>, Vec<Row>)>,
    pub(in crate::gazetteer) kinds: Vec<Kind>,
    pub(in crate::gazetteer) version: u64,
}

/// An entry and its identifier.
type Row = (EntryData, Option<Box<str>>);
/// The entries of a name, three bytes each.
type Meaning = Vec<u8>;

impl Draft {
    /// Writes the file. The same entries give the same bytes, in whatever order the names
    /// are.
    ///
    /// # Errors
    /// When names or identifiers are too many or too long for the format.
    pub(in crate::gazetteer) fn write(mut self) -> Result<Vec<u8>, Error> {
        self.names.sort_unstable_by(|a, b| fst::order(&a.0, &b.0));
        let classes = self.classes();
        let (meanings, numbers) = self.meanings(&classes);
        let mut named = Vec::new();
        let mut ids = Ids::default();
        let mut values = Vec::with_capacity(self.names.len());
        for (name, entries) in &self.names {
            let meaning = numbers.get(&meaning(entries, &classes)).copied().unwrap_or_default();
            if entries.iter().all(|(_, id)| id.is_none()) {
                values.push((name.as_slice(), meaning));
                continue;
            }
            values.push((name, self.limit(meanings.len() + named.len() / 8)?));
            named.extend(meaning.to_le_bytes());
            named.extend(self.limit(ids.place(entries)?)?.to_le_bytes());
        }
        let transducer = fst::write(values)?;
        let sections =
            [&*self.lists(&classes)?, &write_meanings(&meanings)?, &named, &ids.bytes, &transducer];
        Ok(envelope::write(Content::Gazetteer, self.version, sections))
    }

    fn limit(&self, number: usize) -> Result<u32, Error> {
        u32::try_from(number)
            .map_err(|e| ErrorKind::TooLarge { names: self.names.len(), message: e.to_string() }.into())
    }

    /// Every class in use, in order.
    fn classes(&self) -> Vec<Class> {
        let entries = self.names.iter().flat_map(|(_, entries)| entries);
        let mut classes: Vec<Class> = entries.map(|(entry, _)| entry.class).collect();
        classes.sort_unstable();
        classes.dedup();
        classes
    }

    /// The meanings, the most frequent first so that their numbers are short, and the
    /// number of each.
    fn meanings(&self, classes: &[Class]) -> (Vec<Meaning>, HashMap<Meaning, u32>) {
        let mut counts: HashMap<Meaning, usize> = HashMap::new();
        for (_, entries) in &self.names {
            *counts.entry(meaning(entries, classes)).or_default() += 1;
        }
        let mut meanings: Vec<(Meaning, usize)> = counts.into_iter().collect();
        meanings.sort_unstable_by(|a, b| (Reverse(a.1), &a.0).cmp(&(Reverse(b.1), &b.0)));
        let meanings: Vec<Meaning> = meanings.into_iter().map(|(meaning, _)| meaning).collect();
        let numbers = meanings.iter().cloned().zip(0..).collect();
        (meanings, numbers)
    }

    fn lists(&self, classes: &[Class]) -> Result<Vec<u8>, Error> {
        let entries: usize = self.names.iter().map(|(_, entries)| entries.len()).sum();
        let mut out = self.limit(entries)?.to_le_bytes().to_vec();
        out.extend((self.kinds.len() as u16).to_le_bytes());
        for kind in &self.kinds {
            push_text(&mut out, kind.as_str())?;
        }
        out.extend((classes.len() as u16).to_le_bytes());
        for class in classes {
            push_text(&mut out, &class.name())?;
        }
        Ok(out)
    }
}

/// Section 3. Names of one thing have one identifier, which stands there once.
#[derive(Default)]
struct Ids {
    bytes: Vec<u8>,
    known: HashMap<Vec<u8>, usize>,
}

impl Ids {
    /// Where the identifiers of a name's entries stand.
    fn place(&mut self, entries: &[Row]) -> Result<usize, Error> {
        let mut texts = Vec::new();
        for (_, id) in entries {
            push_text(&mut texts, id.as_deref().unwrap_or_default())?;
        }
        let end = self.bytes.len();
        let at = *self.known.entry(texts).or_insert_with_key(|texts| {
            self.bytes.extend(texts);
            end
        });
        Ok(at)
    }
}

fn meaning(entries: &[Row], classes: &[Class]) -> Meaning {
    let bytes = entries.iter().flat_map(|(entry, _)| {
        let class = classes.iter().position(|&c| c == entry.class).unwrap_or_default();
        let flags = entry.ambiguity as u8 | entry.strength.min(3) << 2 | (entry.action as u8) << 4;
        [entry.kind, class as u8, flags]
    });
    bytes.collect()
}

fn write_meanings(meanings: &[Meaning]) -> Result<Vec<u8>, Error> {
    let mut out = (meanings.len() as u32).to_le_bytes().to_vec();
    for meaning in meanings {
        out.extend(short(meaning.len() / 3)?);
        out.extend(meaning);
    }
    Ok(out)
}

fn push_text(out: &mut Vec<u8>, text: &str) -> Result<(), Error> {
    out.extend(short(text.len())?);
    out.extend(text.as_bytes());
    Ok(())
}

fn short(length: usize) -> Result<[u8; 2], Error> {
    u16::try_from(length).map(u16::to_le_bytes).map_err(|_| ErrorKind::TooLong(length).into())
}
