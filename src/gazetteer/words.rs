//! The common-word table: how often a word was seen, and in what share not in a name.

use std::collections::HashMap;

use crate::error::Error;
use crate::text::fold;

/// What is known of one folded word or stem: how often it was seen in labelled text, by
/// what it was part of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct WordStat {
    /// Outside names.
    pub(crate) other: u32,
    /// In names of persons, places and organisations.
    pub(crate) names: [u32; 3],
}

impl WordStat {
    /// Times seen.
    pub(crate) fn count(&self) -> u32 {
        self.names.iter().fold(self.other, |sum, n| sum.saturating_add(*n))
    }

    /// Times seen in names.
    pub(crate) fn named(&self) -> u32 {
        self.names.iter().fold(0, |sum: u32, n| sum.saturating_add(*n))
    }

    /// Share in which it was not part of a name, 0..=1; lower for words seen a few times,
    /// as the labels miss many names.
    pub(crate) fn common(&self) -> f32 {
        self.other as f32 / (self.count() as f32 + 1.5)
    }
}

/// The table, by folded word.
#[derive(Debug, Default)]
pub(crate) struct Words {
    stats: HashMap<Box<[u8]>, WordStat>,
}

impl Words {
    /// Reads `word, other, person, place, organization` rows after a header line.
    pub(crate) fn from_tsv(file: &str, text: &str) -> Result<Words, Error> {
        let mut stats = HashMap::with_capacity(text.len() / 24);
        for (number, line) in text.lines().enumerate() {
            if line.starts_with('#') || line.starts_with("word\t") || line.is_empty() {
                continue;
            }
            let mut fields = line.split('\t');
            let parsed = (|| {
                let word = fold(fields.next()?);
                let mut number = || fields.next()?.parse().ok();
                let stat = WordStat { other: number()?, names: [number()?, number()?, number()?] };
                (stat.count() > 0).then_some((word, stat))
            })();
            let Some((word, stat)) = parsed else {
                let message = "expected a word and four counts, separated by tabs";
                return Err(Error::row(file, number + 1, None, message));
            };
            stats.insert(word.as_bytes().into(), stat);
        }
        Ok(Words { stats })
    }

    pub(crate) fn get(&self, folded: &[u8]) -> Option<WordStat> {
        self.stats.get(folded).copied()
    }
}
