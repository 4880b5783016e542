//! The common-word table: how often a word was seen, and in what share not in a name.
//!
//! A compiled file: in section 0 the different counts, the most frequent first, four u32
//! each; in section 1 a transducer from folded word to the number of its counts.

use std::borrow::Cow;

use super::compiled::{Content, File, fst, u32_at};
use crate::error::Error;

const STATS: usize = 0;
const WORDS: usize = 1;
/// Bytes of a record in section 0.
const RECORD: usize = 16;

/// What is known of one folded word or stem: how often it was seen in labelled text, by
/// what it was part of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
    file: File,
    root: fst::Node,
}

impl Words {
    /// Opens a compiled table by its header.
    pub(crate) fn open(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Words, Error> {
        let file = File::open(bytes.into(), Content::Words)?;
        let root = file.transducer(WORDS)?;
        Ok(Words { file, root })
    }

    /// Checks the checksum, and that every word has counts.
    ///
    /// # Errors
    /// When the file was altered or contradicts itself.
    #[cfg(any(test, feature = "tools"))]
    pub(crate) fn verify(&self) -> Result<(), Error> {
        self.file.verify()?;
        let stats = self.file.section(STATS).len() / RECORD;
        self.file.verify_transducer(WORDS, |number| (number as usize) < stats)
    }

    pub(crate) fn get(&self, folded: &[u8]) -> Option<WordStat> {
        self.stat(fst::get(self.file.section(WORDS), self.root, folded)?)
    }

    /// Looks up the words that a word begins with, the shortest first.
    pub(crate) fn prefixes(&self) -> Prefixes<'_> {
        Prefixes { words: self, node: Some(self.root), read: 0 }
    }

    fn stat(&self, number: u32) -> Option<WordStat> {
        let record = self.file.section(STATS).get((number as usize).saturating_mul(RECORD)..)?;
        let number = |i: usize| u32_at(record, 4 * i);
        Some(WordStat { other: number(0)?, names: [number(1)?, number(2)?, number(3)?] })
    }
}

/// A walk along one word, from which all words that it begins with are read.
pub(crate) struct Prefixes<'w> {
    words: &'w Words,
    node: Option<fst::Node>,
    /// How many bytes the walk has passed.
    read: usize,
}

impl Prefixes<'_> {
    /// What is known of `prefix`, which begins with all that was asked for before.
    pub(crate) fn get(&mut self, prefix: &[u8]) -> Option<WordStat> {
        let data = self.words.file.section(WORDS);
        for &byte in prefix.get(self.read..).unwrap_or_default() {
            self.node = fst::step(data, self.node?, byte);
        }
        self.read = self.read.max(prefix.len());
        self.words.stat(fst::value(data, self.node?)?)
    }
}

#[cfg(any(test, feature = "tools"))]
pub(crate) use compile::compile;

#[cfg(any(test, feature = "tools"))]
mod compile {
    use std::cmp::Reverse;
    use std::collections::{BTreeMap, HashMap};

    use super::{Content, Error, RECORD, WordStat, fst};
    use crate::gazetteer::compiled;
    use crate::text::fold;

    /// Compiles `word, other, person, place, organization` rows after a header line.
    pub(crate) fn compile(file: &str, text: &str, version: u64) -> Result<Vec<u8>, Error> {
        let words = read(file, text)?;
        let mut counts: HashMap<WordStat, usize> = HashMap::new();
        for stat in words.values() {
            *counts.entry(*stat).or_default() += 1;
        }
        let mut stats: Vec<(WordStat, usize)> = counts.into_iter().collect();
        stats.sort_unstable_by_key(|&(stat, count)| (Reverse(count), stat));
        let numbers: HashMap<WordStat, u32> = stats.iter().map(|&(stat, _)| stat).zip(0..).collect();
        let mut records = Vec::with_capacity(stats.len() * RECORD);
        for (WordStat { other, names: [person, place, body] }, _) in &stats {
            [other, person, place, body].iter().for_each(|n| records.extend(n.to_le_bytes()));
        }
        let number = |stat| numbers.get(stat).copied().unwrap_or_default();
        let transducer = fst::write(words.iter().map(|(word, stat)| (word.as_slice(), number(stat))))?;
        Ok(compiled::write(Content::Words, version, [&records, &transducer, &[], &[], &[]]))
    }

    fn read(file: &str, text: &str) -> Result<BTreeMap<Vec<u8>, WordStat>, Error> {
        let mut words = BTreeMap::new();
        for (number, line) in text.lines().enumerate() {
            if line.starts_with('#') || line.starts_with("word\t") || line.is_empty() {
                continue;
            }
            let mut fields = line.split('\t');
            let parsed = (|| {
                let word = fold(fields.next()?);
                let mut number = || fields.next()?.parse().ok();
                let stat = WordStat { other: number()?, names: [number()?, number()?, number()?] };
                (stat.count() > 0 && !word.is_empty()).then_some((word, stat))
            })();
            let Some((word, stat)) = parsed else {
                let message = "expected a word and four counts, separated by tabs";
                return Err(Error::row(file, number + 1, None, message));
            };
            words.insert(word.as_bytes().to_vec(), stat);
        }
        Ok(words)
    }
}
