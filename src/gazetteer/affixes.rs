//! Final parts of words that say something about unknown names (-পুর, -উদ্দিন, -চ্ছেন).

use std::collections::HashMap;

use super::class::{Class, ClassSet};
use super::tsv;
use crate::error::Error;
use crate::text::fold;

/// No final part is longer, in folded bytes.
const LONGEST: usize = 16;

/// The affix table, by folded bytes.
#[derive(Debug, Default)]
pub(crate) struct Affixes {
    table: HashMap<Box<[u8]>, ClassSet>,
}

impl Affixes {
    /// Reads cue tables, given by file name and content.
    pub(crate) fn from_tables(tables: &[(&str, &str)]) -> Result<Affixes, Error> {
        let mut affixes = Affixes::default();
        for (file, text) in tables {
            affixes.add(file, text)?;
        }
        Ok(affixes)
    }

    fn add(&mut self, file: &str, text: &str) -> Result<(), Error> {
        tsv::read(file, text, true, |row| {
            let (name, class, strength) = row.affix();
            // Weak hints (-িক, -সেন) would rule out as many names as they find.
            if strength < 2 {
                return Ok(());
            }
            let folded = fold(name);
            if folded.as_bytes().len() > LONGEST {
                let message = format!("`{name}` has more than {LONGEST} letters; shorten it");
                return Err(Error::row(file, row.line, Some((row.column, "name")), message));
            }
            *self.table.entry(folded.as_bytes().into()).or_default() |= class.bit();
            Ok(())
        })
    }

    /// The classes of all final parts of a folded stem that leave two letters before them.
    pub(crate) fn of(&self, stem: &[u8]) -> ClassSet {
        let mut found = ClassSet::EMPTY;
        for start in stem.len().saturating_sub(LONGEST).max(2)..stem.len() {
            if let Some(&classes) = stem.get(start..).and_then(|end| self.table.get(end)) {
                found |= classes;
            }
        }
        found
    }

    /// [`Class::AffixWord`] if the whole word ends like a verb, adverb or adjective.
    pub(crate) fn words_only(&self, word: &[u8]) -> ClassSet {
        if self.of(word).has(Class::AffixWord) { Class::AffixWord.bit() } else { ClassSet::EMPTY }
    }
}
