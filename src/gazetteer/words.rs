//! The common-word table: how often a word was seen, and in what share not in a name.

use std::collections::HashMap;

use crate::error::Error;
use crate::text::fold;

/// What is known of one folded word or stem.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct WordStat {
    /// Times seen in labelled text.
    pub(crate) count: u32,
    /// Share of these in which it was not part of a name, 0..=1.
    pub(crate) common: f32,
}

/// The table, by folded word.
#[derive(Debug, Default)]
pub(crate) struct Words {
    stats: HashMap<Box<[u8]>, WordStat>,
}

impl Words {
    /// Reads `word<TAB>count<TAB>other` rows after a header line.
    pub(crate) fn from_tsv(file: &str, text: &str) -> Result<Words, Error> {
        let mut stats = HashMap::with_capacity(text.len() / 24);
        for (number, line) in text.lines().enumerate() {
            if line.starts_with('#') || line.starts_with("word\t") || line.is_empty() {
                continue;
            }
            let mut fields = line.split('\t');
            let parsed = (|| {
                let word = fold(fields.next()?);
                let count: u32 = fields.next()?.parse().ok()?;
                let other: u32 = fields.next()?.parse().ok()?;
                (count > 0 && other <= count)
                    .then(|| (word, WordStat { count, common: other as f32 / (count as f32 + 1.5) }))
            })();
            let Some((word, stat)) = parsed else {
                let message = "expected word, count and other (at most count), separated by tabs";
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
