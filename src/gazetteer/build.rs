//! Building a gazetteer from rows: checking names, merging duplicates, warnings.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;
use std::path::Path;

use super::automaton::Listed;
use super::class::Ambiguity;
use super::columns::Row;
use super::compiled::Draft;
use super::entry::{Action, Entry};
use super::format::Format;
use super::lint::{Check, Finding, Other};
use super::{EntryData, Gazetteer, Meanings, Names};
use crate::error::{Error, ErrorKind};
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
    findings: Vec<Finding>,
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
        self.read(Format::Tsv, file, text)
    }

    /// [`tsv`](Self::tsv) for a file on disk.
    ///
    /// # Errors
    /// When the file cannot be read or is no UTF-8, or as for [`tsv`](Self::tsv).
    pub fn tsv_file(&mut self, path: impl AsRef<Path>) -> Result<&mut Self, Error> {
        self.read_file(Format::Tsv, path.as_ref())
    }

    /// Adds the entries of JSON Lines: one object on each line, whose keys are the columns
    /// of [`tsv`](Self::tsv); `kind` may be written for `class`, and one array of such
    /// objects is read as well. Needs the feature `json`.
    ///
    /// ```
    /// use bangla_ner::{Extractor, Gazetteer};
    /// let mut mine = Gazetteer::builder();
    /// mine.jsonl("mine.jsonl", r#"{"name": "নাপা এক্সট্রা", "kind": "medicine", "id": "M-17"}"#)?;
    /// let ner = Extractor::builder().gazetteer(mine.build()?).build()?;
    /// assert_eq!(ner.extract("তিনি নাপা এক্সট্রাও খেয়েছেন।")[0].id(), Some("M-17"));
    /// # Ok::<(), bangla_ner::Error>(())
    /// ```
    ///
    /// # Errors
    /// The first object that cannot be used: its line, column and the remedy.
    #[cfg(feature = "json")]
    pub fn jsonl(&mut self, file: &str, text: &str) -> Result<&mut Self, Error> {
        self.read(Format::JsonLines, file, text)
    }

    /// [`jsonl`](Self::jsonl) for a file on disk.
    ///
    /// # Errors
    /// When the file cannot be read or is no UTF-8, or as for [`jsonl`](Self::jsonl).
    #[cfg(feature = "json")]
    pub fn jsonl_file(&mut self, path: impl AsRef<Path>) -> Result<&mut Self, Error> {
        self.read_file(Format::JsonLines, path.as_ref())
    }

    /// Adds the patterns of spaCy's EntityRuler, as JSON Lines or as one array. Needs the
    /// feature `json`.
    ///
    /// The labels `PERSON` and `PER`, `GPE`, `LOC` and `FAC`, and `ORG` are persons, places
    /// and organisations; any other is a kind of its own, in small letters. A pattern is a
    /// name, or a list of tokens each of which has its text (`TEXT`, `ORTH` or `LOWER`) and
    /// nothing else; the tokens are joined by spaces. As everywhere, case and Unicode
    /// spelling do not matter, and endings are found by themselves.
    ///
    /// ```
    /// use bangla_ner::{Extractor, Gazetteer};
    /// let mut mine = Gazetteer::builder();
    /// mine.patterns("patterns.jsonl", r#"
    /// {"label": "GPE", "pattern": "ঝুমরিকা", "id": "jhumrika"}
    /// {"label": "MEDICINE", "pattern": [{"TEXT": "নাপা"}, {"TEXT": "এক্সট্রা"}]}
    /// "#)?;
    /// let ner = Extractor::builder().gazetteer(mine.build()?).build()?;
    /// let found = ner.extract("ঝুমরিকায় নাপা এক্সট্রার দাম কত?");
    /// assert_eq!((found[0].kind().as_str(), found[0].id()), ("place", Some("jhumrika")));
    /// assert_eq!((found[1].kind().as_str(), found[1].name()), ("medicine", "নাপা এক্সট্রা"));
    /// # Ok::<(), bangla_ner::Error>(())
    /// ```
    ///
    /// # Errors
    /// The first pattern that cannot be used, or that says more than a name can: its line,
    /// column and the remedy.
    #[cfg(feature = "json")]
    pub fn patterns(&mut self, file: &str, text: &str) -> Result<&mut Self, Error> {
        self.read(Format::Patterns, file, text)
    }

    /// [`patterns`](Self::patterns) for a file on disk.
    ///
    /// # Errors
    /// When the file cannot be read or is no UTF-8, or as for [`patterns`](Self::patterns).
    #[cfg(feature = "json")]
    pub fn patterns_file(&mut self, path: impl AsRef<Path>) -> Result<&mut Self, Error> {
        self.read_file(Format::Patterns, path.as_ref())
    }

    fn read(&mut self, format: Format, file: &str, text: &str) -> Result<&mut Self, Error> {
        format.read(file, text, &mut |row| self.push(file, row?))?;
        Ok(self)
    }

    fn read_file(&mut self, format: Format, path: &Path) -> Result<&mut Self, Error> {
        format.read_file(path, |file, text| self.read(format, file, text).map(drop))?;
        Ok(self)
    }

    /// Sets the version of the data, a number of your own that a compiled gazetteer keeps.
    pub fn version(&mut self, version: u64) -> &mut Self {
        self.version = version;
        self
    }

    /// What was odd about the rows so far; see [`Gazetteer::warnings`].
    pub fn warnings(&self) -> &[Finding] {
        &self.findings
    }

    /// Adds the rows of a cue table (`name`, `class`, `strength`).
    #[cfg(any(test, feature = "tools"))]
    pub(crate) fn cues(&mut self, file: &str, text: &str) -> Result<&mut Self, Error> {
        self.read(Format::Cues, file, text)
    }

    /// Adds a row, and notes what is odd about it.
    pub(super) fn push(&mut self, file: &str, mut row: Row) -> Result<(), Error> {
        let name = fold_name(&row.entry.name).map_err(|message| row.wrong_name(file, &message))?;
        let kind = match &row.entry.kind {
            Some(kind) => self.kind_number(kind)?,
            None => EntryData::CUE,
        };
        let Entry { class, ambiguity, strength, action, .. } = row.entry;
        let data = EntryData { class, kind, ambiguity, strength, action, id: 0 };
        let sure = kind != EntryData::CUE && ambiguity == Ambiguity::Sure && action != Action::Block;
        if sure && endings::parse_hyphenated(&name).is_some() {
            let message = "is itself an ending; write the whole name, or set its ambiguity to `context`";
            self.findings.push(Finding::of(file, &row, Check::OnlyEnding, message));
        }
        let id = row.entry.id.take().map(String::into_boxed_str);
        let placed =
            Placed { data, id, file: self.file_number(file), line: row.line as u32, more: Vec::new() };
        if let Some((check, other, message)) = self.place(name, placed) {
            self.findings.push(Finding::of(file, &row, check, message).beside(other));
        }
        Ok(())
    }

    /// Adds an entry to those of its name, or says what is odd about it.
    fn place(&mut self, name: Vec<u8>, new: Placed) -> Option<(Check, Other, String)> {
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
            let other = known.at(&self.files);
            let message = format!("repeats {other}; the row is ignored");
            return Some((Check::Repeated, other, message));
        }
        let named = |p: &Placed| p.data.kind != EntryData::CUE;
        let other = |is: &dyn Fn(&Placed) -> bool| {
            first.all().find(|p| named(p) && named(&new) && is(p)).map(|p| p.at(&self.files))
        };
        let note = if let Some(other) = other(&|p| p.data.kind != new.data.kind) {
            let message = format!("has another kind in {other}; both are kept");
            Some((Check::OtherKind, other, message))
        } else {
            let other = other(&|p| key(p) == key(&new) && p.id.is_some() && new.id.is_some());
            other.map(|other| {
                let message = format!("has another id in {other}, which is the one that is reported");
                (Check::OtherId, other, message)
            })
        };
        first.more.push(new);
        self.entries += 1;
        note
    }

    /// What was odd about the rows, taken out of the builder.
    pub(super) fn take_findings(&mut self) -> Vec<Finding> {
        std::mem::take(&mut self.findings)
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
            warnings: self.findings,
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

    fn at(&self, files: &[String]) -> Other {
        let file = files.get(self.file as usize).map_or("", String::as_str);
        Other { file: file.into(), line: self.line as usize }
    }
}

/// Folds an entry's name, or says why it cannot be one.
pub(super) fn fold_name(name: &str) -> Result<Vec<u8>, String> {
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
