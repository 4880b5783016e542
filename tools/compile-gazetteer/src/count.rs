//! How often each word and each possible stem is seen, and how often outside names.

use std::collections::HashMap;

use bangla_ner::Kind;
use bangla_ner::endings;
use bangla_ner::text::fold;

use crate::labelled::Set;

/// Counts of one folded stem.
#[derive(Clone, Copy, Default)]
pub struct Count {
    pub seen: u32,
    /// Of these, outside names.
    pub other: u32,
    /// Of these, in names of persons, and of places; the rest is in names of bodies.
    pub person: u32,
    pub place: u32,
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
            let mut named = vec![None; sentence.tokens.len()];
            let mut alone = vec![false; sentence.tokens.len()];
            for (range, kind) in &sentence.mentions {
                named[range.clone()].fill(Some(kind));
                alone[range.start] |= range.len() == 1 && *kind == Kind::Person;
            }
            for (i, token) in sentence.tokens.iter().enumerate() {
                if named[i].is_none() && !set.counts_ordinary {
                    continue;
                }
                for stem in stems.entry(token).or_insert_with(|| stems_of(token)) {
                    let count = counts.entry(stem.clone()).or_default();
                    count.seen += 1;
                    count.other += u32::from(named[i].is_none());
                    count.person += u32::from(named[i] == Some(&Kind::Person));
                    count.place += u32::from(named[i] == Some(&Kind::Place));
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

/// How often names of several words are seen, and how often outside mentions. Keys are
/// folded names whose every word the counts know as ordinary.
pub fn count_phrases<'n>(sets: &[Set], names: impl Iterator<Item = &'n str>) -> Counts {
    let mut counts: Counts = names.map(|n| (n.to_owned(), Count::default())).collect();
    let longest = counts.keys().map(|n| n.split(' ').count()).max().unwrap_or(0);
    for set in sets.iter().filter(|s| s.counts_ordinary) {
        for sentence in &set.sentences {
            let folded: Vec<String> = sentence.tokens.iter().map(|t| fold(t).to_string()).collect();
            for first in 0..folded.len() {
                let mut phrase = String::new();
                for (last, _) in folded.iter().enumerate().skip(first).take(longest) {
                    for stem in stems_of(&sentence.tokens[last]) {
                        let key = if phrase.is_empty() { stem } else { format!("{phrase} {stem}") };
                        if let Some(count) = counts.get_mut(&key) {
                            count.seen += 1;
                            let named =
                                sentence.mentions.iter().any(|(r, _)| r.start <= first && last < r.end);
                            count.other += u32::from(!named);
                        }
                    }
                    phrase = if phrase.is_empty() {
                        folded[last].clone()
                    } else {
                        format!("{phrase} {}", folded[last])
                    };
                }
            }
        }
    }
    counts
}
