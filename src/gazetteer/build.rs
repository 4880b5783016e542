//! Building a gazetteer from rows: checking names, merging duplicates, warnings.

use std::collections::HashMap;
use std::path::Path;

use super::automaton::Listed;
use super::class::{Ambiguity, Class};
use super::compiled::Draft;
use super::{EntryData, Gazetteer, Meanings, Names, tsv};
use crate::error::{self, Error, ErrorKind};
use crate::kind::Kind;
use crate::text::endings;
use crate::text::scan::Scanner;

/// Longest name, in folded bytes (letters).
pub(super) const LONGEST_NAME: usize = 512;

/// One name of a gazetteer.
///
/// ```
/// use bangla_ner::{Ambiguity, Entry, Gazetteer, Kind};
/// let mut builder = Gazetteer::builder();
/// builder.entry(Entry::new("নাপা এক্সট্রা", Kind::from("medicine")).id("M-17"))?;
/// builder.entry(Entry::new("আশা", Kind::Organization).ambiguity(Ambiguity::Context))?;
/// assert_eq!(builder.build()?.len(), 2);
/// # Ok::<(), bangla_ner::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Entry {
    pub(super) name: String,
    /// `None` for a cue.
    pub(super) kind: Option<Kind>,
    pub(super) class: Class,
    pub(super) ambiguity: Ambiguity,
    pub(super) id: Option<String>,
    pub(super) strength: u8,
    pub(super) action: Action,
}

impl Entry {
    /// A name of a kind; unambiguous, without id.
    pub fn new(name: impl Into<String>, kind: Kind) -> Entry {
        Entry {
            name: name.into(),
            kind: Some(kind),
            class: Class::Plain,
            ambiguity: Ambiguity::Sure,
            id: None,
            strength: 2,
            action: Action::Add,
        }
    }

    /// Sets the identifier that found entities carry.
    pub fn id(mut self, id: impl Into<String>) -> Entry {
        self.id = Some(id.into());
        self
    }

    /// Sets how far the name can be trusted without context.
    pub fn ambiguity(mut self, ambiguity: Ambiguity) -> Entry {
        self.ambiguity = ambiguity;
        self
    }

    /// Makes this the only meaning of its name: entries of the layers below are hidden.
    pub fn overriding(mut self) -> Entry {
        self.action = Action::Override;
        self
    }
}

/// What a row does to the entries of the layers below that have its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    Add,
    Override,
    Block,
}

impl Action {
    pub(super) fn parse(text: &str) -> Option<Action> {
        match text {
            "" | "add" => Some(Action::Add),
            "override" => Some(Action::Override),
            "block" => Some(Action::Block),
            _ => None,
        }
    }
}

/// A row on its way into a builder.
pub(super) struct Row {
    pub(super) entry: Entry,
    pub(super) line: usize,
    pub(super) column: usize,
}

impl Row {
    /// The row of an affix table: final part, class and strength.
    pub(super) fn affix(&self) -> (&str, Class, u8) {
        (&self.entry.name, self.entry.class, self.entry.strength)
    }
}

/// Something odd about a row that was nevertheless used, or used only once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    file: String,
    line: usize,
    message: String,
}

impl Warning {
    /// The file, as named to the builder.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The line, from 1; 0 for entries that were not read from a file.
    pub fn line(&self) -> usize {
        self.line
    }
}

impl std::fmt::Display for Warning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.line == 0 {
            return write!(f, "{}: {}", self.file, self.message);
        }
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// Collects names and builds a [`Gazetteer`]; made by [`Gazetteer::builder`].
///
/// Entries from code and from any number of tables become one layer.
#[derive(Debug, Default)]
pub struct GazetteerBuilder {
    names: HashMap<Vec<u8>, Vec<Placed>>,
    kinds: Vec<Kind>,
    warnings: Vec<Warning>,
    entries: usize,
    version: u64,
}

#[derive(Debug)]
struct Placed {
    data: EntryData,
    id: Option<String>,
    file: std::sync::Arc<str>,
    line: usize,
}

impl GazetteerBuilder {
    /// Adds one entry.
    ///
    /// # Errors
    /// When the name has no letter, is longer than 512 letters or holds a control
    /// character.
    pub fn entry(&mut self, entry: Entry) -> Result<&mut Self, Error> {
        self.push(&"entry".into(), Row { entry, line: 0, column: 1 })?;
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
        let shared = file.into();
        tsv::read(file, text, false, |row| self.push(&shared, row))?;
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
        let shared = file.into();
        tsv::read(file, text, true, |row| self.push(&shared, row))?;
        Ok(self)
    }

    fn push(&mut self, file: &std::sync::Arc<str>, row: Row) -> Result<(), Error> {
        let Row { entry, line, column } = row;
        let wrong = |message: String| Err(Error::row(file, line, Some((column, "name")), message));
        let name = match fold_name(&entry.name) {
            Ok(name) => name,
            Err(message) => return wrong(format!("`{}` {message}", entry.name.escape_debug())),
        };
        let kind = match &entry.kind {
            Some(kind) => self.kind_number(kind)?,
            None => EntryData::CUE,
        };
        let data = EntryData {
            class: entry.class,
            kind,
            ambiguity: entry.ambiguity,
            strength: entry.strength,
            action: entry.action,
            id: 0,
        };
        if kind != EntryData::CUE && endings::parse_hyphenated(&name).is_some() {
            self.warn(file, line, format!("`{}` is itself a case ending", entry.name));
        }
        let placed = self.names.entry(name).or_default();
        let mut message = None;
        let known =
            placed.iter().find(|p| (p.data.class, p.data.kind) == (data.class, kind) && p.id == entry.id);
        if let Some(known) = known {
            message = Some(format!("`{}` repeats {}; the row is ignored", entry.name, known.place()));
        } else {
            let other = placed.iter().find(|p| p.data.kind != kind && p.data.kind != EntryData::CUE);
            if let Some(other) = other.filter(|_| kind != EntryData::CUE) {
                message =
                    Some(format!("`{}` has another kind in {}; both are kept", entry.name, other.place()));
            }
            placed.push(Placed { data, id: entry.id, file: file.clone(), line });
            self.entries += 1;
        }
        if let Some(message) = message {
            self.warn(file, line, message);
        }
        Ok(())
    }

    fn warn(&mut self, file: &str, line: usize, message: String) {
        self.warnings.push(Warning { file: file.into(), line, message });
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
        let automaton = Listed::new(names.iter().map(|(name, _)| name.as_slice()))?;
        let mut entries = Vec::with_capacity(self.entries);
        let mut ranges = Vec::with_capacity(names.len());
        let mut ids = vec![String::new()];
        for (_, placed) in names {
            let start = entries.len() as u32;
            for Placed { mut data, id, .. } in placed {
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
        let entries = |placed: Vec<Placed>| placed.into_iter().map(|p| (p.data, p.id)).collect();
        let names = self.names.into_iter().map(|(name, placed)| (name, entries(placed))).collect();
        Draft { names, kinds: self.kinds, version: self.version }.write()
    }
}

impl Placed {
    fn place(&self) -> String {
        if self.line == 0 { self.file.to_string() } else { format!("{}:{}", self.file, self.line) }
    }
}

/// Folds an entry's name, or says why it cannot be one.
fn fold_name(name: &str) -> Result<Vec<u8>, String> {
    if let Some(c) = name.chars().find(|c| c.is_control() || *c == char::REPLACEMENT_CHARACTER) {
        return Err(format!("holds the character U+{:04X}; remove it", c as u32));
    }
    let mut folded = Vec::new();
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
