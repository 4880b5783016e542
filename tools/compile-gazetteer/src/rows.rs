//! The rows on their way to the tables.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;

use anyhow::{Context, Result};
use bangla_ner::text::fold;

use crate::clean::Reason;

/// One row, before its ambiguity is known.
#[derive(Clone, Debug, Default)]
pub struct Row {
    pub name: String,
    pub class: String,
    /// Empty until assigned; hand-written rows may set it.
    pub ambiguity: String,
    pub id: String,
    pub latin: String,
    pub sources: BTreeSet<String>,
}

/// All rows by fold and class, and what was refused.
#[derive(Default)]
pub struct Table {
    pub rows: BTreeMap<(String, String), Row>,
    pub refused: BTreeMap<(String, Reason), usize>,
    pub read: BTreeMap<String, usize>,
}

impl Table {
    /// Adds a row; a spelling that folds like a known one of its class adds its sources.
    pub fn add(&mut self, row: Row) {
        let key = (fold(&row.name).to_string(), row.class.clone());
        let known = self.rows.entry(key).or_insert_with(|| Row { sources: BTreeSet::new(), ..row.clone() });
        known.sources.extend(row.sources);
        if known.id.is_empty() {
            known.id = row.id;
        }
        if known.latin.is_empty() {
            known.latin = row.latin;
        }
        if known.ambiguity.is_empty() {
            known.ambiguity = row.ambiguity;
        }
    }

    /// The first row of a kind with this folded name.
    pub fn find(&self, folded: &str, kind: &str) -> Option<&Row> {
        let from = (folded.to_owned(), String::new());
        let same = self.rows.range(from..).take_while(|((f, _), _)| f == folded);
        same.map(|(_, row)| row).find(|row| row.class.split('.').next() == Some(kind))
    }

    pub fn refuse(&mut self, source: &str, reason: Reason) {
        *self.refused.entry((source.to_owned(), reason)).or_default() += 1;
    }

    /// Whether some row of a class that begins with `prefix` has this folded name.
    pub fn has(&self, folded: &str, prefix: &str) -> bool {
        let from = (folded.to_owned(), String::new());
        self.rows
            .range(from..)
            .take_while(|((f, _), _)| f == folded)
            .any(|((_, class), _)| class.starts_with(prefix))
    }
}

/// Folded words of the cue lists that are never names by themselves.
pub struct Cues {
    /// Function words, generics, demonyms: no entry at all.
    pub never: HashSet<String>,
    /// Titles, roles, kin terms, heads: an entry of theirs needs context.
    pub context: HashSet<String>,
}

impl Cues {
    pub fn read(folder: &Path) -> Result<Cues> {
        let read = |files: &[&str]| -> Result<HashSet<String>> {
            let mut words = HashSet::new();
            for file in files {
                let path = folder.join(file);
                let text = std::fs::read_to_string(&path)
                    .with_context(|| format!("cannot read {}", path.display()))?;
                let rows = text.lines().filter(|l| !l.starts_with('#') && !l.starts_with("name\t"));
                words.extend(rows.filter_map(|l| l.split('\t').next()).map(|w| fold(w).to_string()));
            }
            Ok(words)
        };
        Ok(Cues {
            never: read(&["function.tsv", "generic.tsv", "demonyms.tsv", "say.tsv"])?,
            context: read(&[
                "titles.tsv",
                "roles.tsv",
                "kin.tsv",
                "org_heads.tsv",
                "org_mods.tsv",
                "place_heads.tsv",
                "directions.tsv",
                "honorifics.tsv",
                "not_acronyms.tsv",
                "place_context.tsv",
                "person_after.tsv",
            ])?,
        })
    }
}
