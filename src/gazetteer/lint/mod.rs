//! What is odd about lists of names, before they are used.
//!
//! A builder stops at the first row that it cannot use, and [`Gazetteer::warnings`] tells
//! what it noticed. [`Lint`] reads lists to their end and looks for more: names that no text
//! has, common words, letters that only look Bengali. [`Check`] lists all that is looked for.
//!
//! ```
//! use bangla_ner::lint::{Check, Lint};
//! let mut lint = Lint::new();
//! lint.tsv("mine.tsv", "name\tclass\nঢাকা\tplace\nঢাকার\tplace\nখুলনা\tplace.citty\nকরে\tsong\n");
//! let findings = lint.finish();
//! let found: Vec<_> = findings.iter().map(|f| (f.line(), f.check())).collect();
//! assert_eq!(found, [(3, Check::Inflected), (4, Check::Unusable), (5, Check::CommonWord)]);
//! assert_eq!(
//!     findings[0].to_string(),
//!     "mine.tsv:3:1: warning[inflected]: `ঢাকার` is mine.tsv:2 with the ending `র`; \
//!      endings are found by themselves, so remove the row unless it is a name of its own",
//! );
//! ```
//!
//! [`Gazetteer::warnings`]: crate::Gazetteer::warnings

mod checks;
mod finding;
mod spelling;

use std::collections::HashMap;
use std::path::Path;

pub use finding::{Check, Finding, Severity};

use super::bundled::Tables;
use super::columns::Row;
use super::entry::Action;
use super::format::Format;
use super::{Gazetteer, GazetteerBuilder};
use crate::error::Error;
use crate::text::Folded;
use crate::text::endings::{self, Ending};
use spelling::Spellings;

pub(super) use finding::Other;

/// Reads lists and collects what is odd about them; several lists are looked at as one
/// layer, as a builder reads them.
///
/// Reading never fails: what cannot be read is a finding. Linear in the lists, a few
/// microseconds a name.
#[derive(Debug)]
pub struct Lint {
    builder: GazetteerBuilder,
    findings: Vec<Finding>,
    files: Vec<String>,
    spellings: Spellings,
    names: Vec<Listed>,
    /// What is known of common words; always there, unless the crate itself is damaged.
    tables: Option<Tables>,
}

/// A name that was read, to be compared with the others.
#[derive(Debug)]
struct Listed {
    file: usize,
    folded: Vec<u8>,
    row: Row,
}

impl Default for Lint {
    fn default() -> Lint {
        Lint::new()
    }
}

impl Lint {
    /// Without any list.
    pub fn new() -> Lint {
        Lint {
            builder: Gazetteer::builder(),
            findings: Vec::new(),
            files: Vec::new(),
            spellings: Spellings::default(),
            names: Vec::new(),
            tables: Tables::bundled().ok(),
        }
    }

    /// Reads a table; see [`GazetteerBuilder::tsv`].
    pub fn tsv(&mut self, file: &str, text: &str) -> &mut Self {
        self.read(Format::Tsv, file, text)
    }

    /// [`tsv`](Self::tsv) for a file on disk.
    pub fn tsv_file(&mut self, path: impl AsRef<Path>) -> &mut Self {
        self.read_file(Format::Tsv, path.as_ref())
    }

    /// Reads JSON Lines; see [`GazetteerBuilder::jsonl`].
    #[cfg(feature = "json")]
    pub fn jsonl(&mut self, file: &str, text: &str) -> &mut Self {
        self.read(Format::JsonLines, file, text)
    }

    /// [`jsonl`](Self::jsonl) for a file on disk.
    #[cfg(feature = "json")]
    pub fn jsonl_file(&mut self, path: impl AsRef<Path>) -> &mut Self {
        self.read_file(Format::JsonLines, path.as_ref())
    }

    /// Reads the patterns of spaCy's EntityRuler; see [`GazetteerBuilder::patterns`].
    #[cfg(feature = "json")]
    pub fn patterns(&mut self, file: &str, text: &str) -> &mut Self {
        self.read(Format::Patterns, file, text)
    }

    /// [`patterns`](Self::patterns) for a file on disk.
    #[cfg(feature = "json")]
    pub fn patterns_file(&mut self, path: impl AsRef<Path>) -> &mut Self {
        self.read_file(Format::Patterns, path.as_ref())
    }

    /// Everything that was found, list by list and line by line.
    pub fn finish(mut self) -> Vec<Finding> {
        self.inflected();
        let mut findings = self.builder.take_findings();
        findings.append(&mut self.findings);
        findings.append(&mut self.spellings.finish());
        let numbers: HashMap<&str, usize> = self.files.iter().map(String::as_str).zip(0..).collect();
        findings.sort_by_key(|f| (numbers.get(f.file()).copied(), f.line(), f.column(), f.check()));
        findings
    }

    fn read(&mut self, format: Format, file: &str, text: &str) -> &mut Self {
        self.open(file);
        let read = format.read(file, text, &mut |row| {
            self.row(file, row);
            Ok(())
        });
        self.failed(file, read)
    }

    fn read_file(&mut self, format: Format, path: &Path) -> &mut Self {
        let file = path.display().to_string();
        self.open(&file);
        let read = format.read_file(path, |file, text| {
            self.read(format, file, text);
            Ok(())
        });
        self.failed(&file, read)
    }

    /// Notes the order of the lists.
    fn open(&mut self, file: &str) {
        if self.files.iter().all(|known| known != file) {
            self.files.push(file.into());
        }
    }

    fn failed(&mut self, file: &str, read: Result<(), Error>) -> &mut Self {
        if let Err(error) = read {
            self.findings.push(Finding::refused(file, &error, Check::Unreadable));
        }
        self
    }

    fn row(&mut self, file: &str, row: Result<Row, Error>) {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                self.findings.push(Finding::refused(file, &error, Check::Unusable));
                return;
            }
        };
        if let Err(error) = self.builder.push(file, row.clone()) {
            self.findings.push(Finding::refused(file, &error, Check::Unusable));
            return;
        }
        let listed = checks::Name::new(&row.entry.name);
        for (check, message) in listed.checks(&row.entry, self.tables.as_ref()) {
            self.findings.push(Finding::of(file, &row, check, message));
        }
        self.spellings.add(file, &row);
        if row.entry.action != Action::Block {
            let file = self.files.iter().position(|known| known == file).unwrap_or_default();
            self.names.push(Listed { file, folded: listed.into_folded(), row });
        }
    }

    /// Looks for names that are others with an ending. What has another identifier is
    /// another name.
    fn inflected(&mut self) {
        let mut bases: HashMap<&[u8], Vec<&Listed>> = HashMap::new();
        for listed in &self.names {
            // Few names have several meanings; a list that says one a thousand times has one.
            let bases = bases.entry(&listed.folded).or_default();
            if bases.len() < 16 {
                bases.push(listed);
            }
        }
        for listed in &self.names {
            let entry = &listed.row.entry;
            let is_other = |base: &&&Listed| {
                let base = &base.row.entry;
                base.kind == entry.kind && (base.id == entry.id || base.id.is_none() || entry.id.is_none())
            };
            let cut = ends(&listed.folded).into_iter().find_map(|at| {
                let (base, ending) = listed.folded.split_at_checked(at)?;
                Some((bases.get(base)?.iter().find(is_other)?, ending))
            });
            let file = |listed: &Listed| self.files.get(listed.file).map_or("", String::as_str);
            if let Some((base, ending)) = cut {
                let other = Other { file: file(base).into(), line: base.row.line };
                let message = format!(
                    "is {other} with the ending `{}`; endings are found by themselves, so remove the row unless it is a name of its own",
                    Folded::from_bytes(ending)
                );
                let finding = Finding::of(file(listed), &listed.row, Check::Inflected, message);
                self.findings.push(finding.beside(other));
            }
        }
    }
}

/// Where a folded name may end before an ending that shows case or number.
fn ends(name: &[u8]) -> Vec<usize> {
    let inflects =
        |ending: &Ending| ending.bound_word().is_none() && (ending.case().is_some() || ending.is_plural());
    let start = name.iter().rposition(|&b| matches!(b, b' ' | b'-' | b'\'')).map_or(0, |at| at + 1);
    let word = name.get(start..).unwrap_or_default();
    // The first cut is the bare word.
    let cuts = endings::cuts(word).skip(1).filter(|(_, ending)| inflects(ending));
    let mut ends: Vec<usize> = cuts.map(|(at, _)| start + at as usize).collect();
    let mark = start.checked_sub(1).filter(|&mark| name.get(mark) != Some(&b' '));
    ends.extend(mark.filter(|_| endings::parse_hyphenated(word).is_some_and(|ending| inflects(&ending))));
    ends
}
