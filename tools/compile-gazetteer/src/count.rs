//! How often each word and each possible stem is seen, and how often outside names.

use std::collections::HashMap;

use bangla_ner::endings;
use bangla_ner::text::fold;

use crate::labelled::Set;

/// Counts of one folded stem.
#[derive(Clone, Copy, Default)]
pub struct Count {
    pub seen: u32,
    /// Of these, outside names.
    pub other: u32,
    /// Of these, the only word of a person's name.
    pub alone_person: u32,
}

impl Count {
    /// Share outside names.
    pub fn common(&self) -> f32 {
        if self.seen == 0 { 0.0 } else { self.other as f32 / self.seen as f32 }
    }
}

/// Counts by the readable form of the fold.
pub type Counts = HashMap<String, Count>;

pub fn count(sets: &[Set]) -> Counts {
    let mut counts = Counts::new();
    let mut stems: HashMap<&str, Vec<String>> = HashMap::new();
    for set in sets {
        for sentence in &set.sentences {
            let mut named = vec![false; sentence.tokens.len()];
            let mut alone = vec![false; sentence.tokens.len()];
            for (range, kind) in &sentence.mentions {
                named[range.clone()].fill(true);
                alone[range.start] |= range.len() == 1 && *kind == bangla_ner::Kind::Person;
            }
            for (i, token) in sentence.tokens.iter().enumerate() {
                if !named[i] && !set.counts_ordinary {
                    continue;
                }
                for stem in stems.entry(token).or_insert_with(|| stems_of(token)) {
                    let count = counts.entry(stem.clone()).or_default();
                    count.seen += 1;
                    count.other += u32::from(!named[i]);
                    count.alone_person += u32::from(alone[i]);
                }
            }
        }
    }
    counts
}

/// The folded forms of a token and of every stem that a licensed ending leaves.
pub fn stems_of(token: &str) -> Vec<String> {
    let mut stems: Vec<String> = endings::splits(token).map(|s| fold(s.name).to_string()).collect();
    stems.retain(|s| s.chars().any(|c| matches!(c, '\u{0980}'..='\u{09FF}')));
    stems.dedup();
    stems
}
