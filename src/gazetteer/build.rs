//! Building a gazetteer from rows: checking names, merging duplicates, warnings.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;
use std::path::Path;

use super::automaton::Listed;
use super::compiled::Draft;
use super::entry::{Action, Entry, Row, Warning};
use super::{EntryData, Gazetteer, Meanings, Names, tsv};
use crate::error::{self, Error, ErrorKind};
use crate::kind::Kind;
use crate::text::endings;
use crate::text::scan::Scanner;

/// Longest name, in folded bytes (letters).
pub(super) const LONGEST_NAME: usize = 512;

/// Collects names and builds a [`Gazetteer`]; made by [`Gazetteer::builder`].
///
/// Entries from code and from any number of tables become one layer.
#[derive(Debug, Default)]
pub struct GazetteerBuilder {
    /// By folded name.
    names: HashMap<Vec<u8>, Placed>,
    files: Vec<String>,
    kinds: Vec<Kind>,
    warnings: Vec<Warning>,
    entries: usize,
    version: u64,
}

/// An entry, where it stands, and the later ones of its name: few names have any.
#[derive(Debug)]
struct Placed {
    data: EntryData,
    id: Option<Box<str>>,
    file: u32,
    line: u32,
    more: Vec<Placed>,
}

impl GazetteerBuilder {
    /// Adds one entry.
    ///
    /// # Errors
    /// When the name has no letter, is longer than 512 letters or holds a control
    /// character.
    pub fn entry(&mut self, entry: Entry) -> Result<&mut Self, Error> {
        self.push("entry", Row { entry, line: 0, column: 1 })?;
        Ok(self)
    }

    /// Adds names of one kind.
    ///
    /// # Errors
    /// As for [`entry`](Self::entry).
    pub fn names<S: Into<String>>(
        &mut self,
        kind: Kind,
        names: impl IntoIterator<Item = S>,
    ) -> Result<&mut Self, Error> {
        let names = names.into_iter();
        self.names.reserve(names.size_hint().0);
        for name in names {
            self.entry(Entry::new(name, kind.clone()))?;
        }
        Ok(self)
    }

    /// Hides every entry of the layers below that has this name. Rules may still find the
    /// name by its context.
    ///
    /// # Errors
    /// As for [`entry`](Self::entry).
    pub fn block(&mut self, name: impl Into<String>) -> Result<&mut Self, Error> {
        let mut entry = Entry::new(name, Kind::Person);
        entry.action = Action::Block;
        self.entry(entry)
    }

    /// Adds the rows of a table: tab-separated, the header line names the columns
    /// `name`, `class` and optionally `ambiguity`, `id`, `latin`, `source`, `action`
    /// (`add`, `override`, `block`). `file` is the name that messages use.
    ///
    /// ```
    /// use bangla_ner::{Extractor, Gazetteer};
    /// let mut mine = Gazetteer::builder();
    /// mine.tsv("mine.tsv", "name\tclass\tid\nনাপা এক্সট্রা\tmedicine\tM-17\n")?;
    /// let ner = Extractor::builder().gazetteer(mine.build()?).build()?;
    /// let found = ner.extract("তিনি নাপা এক্সট্রাও খেয়েছেন।");
    /// assert_eq!((found[0].kind().as_str(), found[0].id()), ("medicine", Some("M-17")));
    /// # Ok::<(), bangla_ner::Error>(())
    /// ```
    ///
    /// # Errors
    /// The first row that cannot be used: its line, column and the remedy.
    pub fn tsv(&mut self, file: &str, text: &str) -> Result<&mut Self, Error> {
        tsv::read(file, text, false, |row| self.push(file, row))?;
        Ok(self)
    }

    /// [`tsv`](Self::tsv) for a file on disk.
    ///
    /// # Errors
    /// When the file cannot be read or is no UTF-8, or as for [`tsv`](Self::tsv).
    pub fn tsv_file(&mut self, path: impl AsRef<Path>) -> Result<&mut Self, Error> {
        let bytes = error::read(path.as_ref())?;
        let file = path.as_ref().display().to_string();
        self.tsv(&file, error::utf8(&file, &bytes)?)
    }

    /// Sets the version of the data, a number of your own that a compiled gazetteer keeps.
    pub fn version(&mut self, version: u64) -> &mut Self {
        self.version = version;
        self
    }

    /// What was odd about the rows so far; see [`Gazetteer::warnings`].
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// Adds the rows of a cue table (`name`, `class`, `strength`).
    #[cfg(any(test, feature = "tools"))]
    pub(crate) fn cues(&mut self, file: &str, text: &str) -> Result<&mut Self, Error> {
        tsv::read(file, text, true, |row| self.push(file, row))?;
        Ok(self)
    }

    fn push(&mut self, file: &str, row: Row) -> Result<(), Error> {
        let Row { entry, line, column } = row;
        let name = fold_name(&entry.name).map_err(|message| {
            let message = format!("`{}` {message}", error::shown(&entry.name));
            Error::row(file, line, Some((column, "name")), message)
        })?;
        let kind = match &entry.kind {
            Some(kind) => self.kind_number(kind)?,
            None => EntryData::CUE,
        };
        let Entry { class, ambiguity, strength, action, .. } = entry;
        let data = EntryData { class, kind, ambiguity, strength, action, id: 0 };
        if kind != EntryData::CUE && endings::parse_hyphenated(&name).is_some() {
            self.warn(file, line, format!("`{}` is itself a case ending", entry.name));
        }
        let id = entry.id.map(String::into_boxed_str);
        let placed = Placed { data, id, file: self.file_number(file), line: line as u32, more: Vec::new() };
        if let Some(message) = self.place(name, placed) {
            self.warn(file, line, format!("`{}` {message}", entry.name));
        }
        Ok(())
    }

    /// Adds an entry to those of its name, or says what is odd about it.
    fn place(&mut self, name: Vec<u8>, new: Placed) -> Option<String> {
        let first = match self.names.entry(name) {
            Slot::Vacant(slot) => {
                slot.insert(new);
                self.entries += 1;
                return None;
            }
            Slot::Occupied(slot) => slot.into_mut(),
        };
        let key = |p: &Placed| (p.data.class, p.data.kind);
        if let Some(known) = first.all().find(|p| key(p) == key(&new) && p.id == new.id) {
            return Some(format!("repeats {}; the row is ignored", known.at(&self.files)));
        }
        let named = |p: &&Placed| p.data.kind != EntryData::CUE;
        let other = first.all().filter(named).find(|p| named(&&new) && p.data.kind != new.data.kind);
        let message =
            other.map(|other| format!("has another kind in {}; both are kept", other.at(&self.files)));
        first.more.push(new);
        self.entries += 1;
        message
    }

    fn warn(&mut self, file: &str, line: usize, message: String) {
        self.warnings.push(Warning { file: file.into(), line, message });
    }

    fn file_number(&mut self, file: &str) -> u32 {
        // The rows of a file follow one another.
        let at = self.files.iter().rposition(|f| f == file).unwrap_or_else(|| {
            self.files.push(file.into());
            self.files.len() - 1
        });
        at as u32
    }

    fn kind_number(&mut self, kind: &Kind) -> Result<u8, Error> {
        let at = self.kinds.iter().position(|k| k == kind).unwrap_or_else(|| {
            self.kinds.push(kind.clone());
            self.kinds.len() - 1
        });
        u8::try_from(at)
            .ok()
            .filter(|&n| n < 250)
            .ok_or_else(|| ErrorKind::TooManyKinds(self.kinds.len()).into())
    }

    /// Builds the gazetteer: about 10 ms per 10,000 names.
    ///
    /// # Errors
    /// When the names are too many for one automaton (some tens of millions).
    pub fn build(self) -> Result<Gazetteer, Error> {
        let mut names: Vec<_> = self.names.into_iter().collect();
        // Sorted insertion: faster to build, and faster to walk afterwards.
        names.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let bytes: Vec<&[u8]> = names.iter().map(|(name, _)| name.as_slice()).collect();
        let automaton = Listed::new(&bytes)?;
        let mut entries = Vec::with_capacity(self.entries);
        let mut ranges = Vec::with_capacity(names.len());
        let mut ids = vec![Box::default()];
        for (_, placed) in names {
            let start = entries.len() as u32;
            for (mut data, id) in placed.into_rows() {
                if let Some(id) = id {
                    data.id = ids.len() as u32;
                    ids.push(id);
                }
                entries.push(data);
            }
            ranges.push((start, entries.len() as u32));
        }
        let meanings = Meanings { ranges, entries, kinds: self.kinds, len: self.entries };
        Ok(Gazetteer {
            names: Names::Listed { automaton: Box::new(automaton), ids },
            meanings,
            warnings: self.warnings,
        })
    }

    /// Compiles the gazetteer to bytes that [`Gazetteer::from_bytes`] opens without
    /// parsing: for long lists, about 20 bytes a name. The same entries always give the
    /// same bytes. Warnings are not kept; see [`warnings`](Self::warnings).
    ///
    /// ```
    /// use bangla_ner::{Extractor, Gazetteer, Kind};
    /// let mut mine = Gazetteer::builder();
    /// mine.names(Kind::from("medicine"), ["নাপা এক্সট্রা", "সেকলো"])?;
    /// let bytes = mine.compile()?; // write them to a file, embed them with include_bytes!
    /// let ner = Extractor::builder().gazetteer(Gazetteer::from_bytes(bytes)?).build()?;
    /// assert_eq!(ner.extract("তিনি সেকলোর দাম জানতে চান।")[0].name(), "সেকলো");
    /// # Ok::<(), bangla_ner::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the result would be larger than 4 GiB, or an identifier is longer than 65,535
    /// bytes.
    pub fn compile(self) -> Result<Vec<u8>, Error> {
        let names = self.names.into_iter().map(|(name, placed)| (name, placed.into_rows().collect()));
        let names = names.collect();
        Draft { names, kinds: self.kinds, version: self.version }.write()
    }
}

impl Placed {
    /// This entry and the later ones of its name.
    fn all(&self) -> impl Iterator<Item = &Placed> {
        std::iter::once(self).chain(&self.more)
    }

    fn into_rows(self) -> impl Iterator<Item = (EntryData, Option<Box<str>>)> {
        let more = self.more.into_iter().map(|p| (p.data, p.id));
        std::iter::once((self.data, self.id)).chain(more)
    }

    fn at(&self, files: &[String]) -> String {
        let file = files.get(self.file as usize).map_or("", String::as_str);
        if self.line == 0 { file.to_owned() } else { format!("{file}:{}", self.line) }
    }
}

/// Folds an entry's name, or says why it cannot be one.
fn fold_name(name: &str) -> Result<Vec<u8>, String> {
    if let Some(c) = name.chars().find(|c| c.is_control() || *c == char::REPLACEMENT_CHARACTER) {
        return Err(format!("holds the character U+{:04X}; remove it", c as u32));
    }
    let mut folded = Vec::with_capacity(name.len() / 2);
    let mut scanner = Scanner::new(name);
    let mut word = false;
    while let Some(token) = scanner.next_token(&mut folded) {
        word |= token.is_word();
    }
    match folded.len() {
        _ if !word => Err("has no letter or digit; write the name or remove the row".into()),
        n if n > LONGEST_NAME => Err(format!("has {n} letters; a name has at most {LONGEST_NAME}")),
        _ => Ok(folded),
    }
}
