//! Short forms of persons' names: কিম after কিম জং-উন.

use std::collections::HashMap;

use super::{Names, Sets};
use crate::kind::Kind;

/// Full names that are remembered for a word, so that a document whose persons all share
/// one costs no more than another.
const RECENT: usize = 16;

/// Joins each short form with the full name that it stands for: the last before its first
/// mention that has all of its words, or else the first after.
pub(super) fn join(names: &Names<'_>, sets: &mut Sets<'_>) {
    let mut first: Vec<Option<usize>> = vec![None; names.names.len()];
    for (at, &name) in names.of.iter().enumerate() {
        if let Some(first) = first.get_mut(name).filter(|first| first.is_none()) {
            *first = Some(at);
        }
    }
    let mentions = || names.of.iter().copied().enumerate();
    let mut full: Vec<Option<usize>> = vec![None; first.len()];
    search(names, mentions(), &first, &mut full);
    search(names, mentions().rev(), &first, &mut full);
    for (short, full) in full.into_iter().enumerate() {
        if let Some(full) = full.filter(|_| sets.id(short).is_none()) {
            sets.join(full, short);
        }
    }
}

/// Goes through the mentions and notes, for each name that has no full one yet, the full
/// name passed last when its first mention is reached.
fn search<'n>(
    names: &'n Names<'_>,
    mentions: impl Iterator<Item = (usize, usize)>,
    first: &[Option<usize>],
    full: &mut [Option<usize>],
) {
    let mut recent: HashMap<&'n [u8], Vec<usize>> = HashMap::new();
    for (at, number) in mentions {
        let Some(name) = names.names.get(number).filter(|n| *n.kind == Kind::Person) else { continue };
        let found = full.get_mut(number).filter(|found| found.is_none());
        if let Some(found) = found.filter(|_| first.get(number) == Some(&Some(at))) {
            let owners = name.words.first().and_then(|word| recent.get(&**word));
            *found = owners.into_iter().flatten().rev().copied().find(|&other| {
                names.names.get(other).is_some_and(|other| is_short_form(&name.words, &other.words))
            });
        }
        if name.words.len() > 1 {
            for word in &name.words {
                let owners = recent.entry(word).or_default();
                owners.retain(|&owner| owner != number);
                if owners.len() == RECENT {
                    owners.remove(0);
                }
                owners.push(number);
            }
        }
    }
}

/// Whether the words are some of the full name's, in its order, but not all.
fn is_short_form(short: &[Box<[u8]>], full: &[Box<[u8]>]) -> bool {
    let mut rest = full.iter();
    short.len() < full.len() && short.iter().all(|word| rest.any(|other| other == word))
}
