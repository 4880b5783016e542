//! Names from the labelled sets, brought to their bare form.
//!
//! The bare form of a mention's last word is the stem that stands with the most different
//! endings in mentions of that kind. A name is kept when it is seen often enough and
//! nearly always as a name.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use bangla_ner::Kind;
use bangla_ner::endings;
use bangla_ner::text::fold;

use crate::clean::clean;
use crate::count::Counts;
use crate::labelled::Set;
use crate::rows::{Cues, Row, Table};

/// Least number of times a name is seen, and least share in which its words are names;
/// chosen on samples of what comes out.
const LEAST_SEEN: usize = 3;
const LEAST_NAME_SHARE: f32 = 0.75;
/// The organisations of the headline set are dirty, so they must be seen more often.
const LEAST_SEEN_BODY: usize = 5;
/// Full names of persons only when the news has them often.
const LEAST_SEEN_FULL: usize = 8;

struct Seen {
    written: String,
    times: usize,
    sets: BTreeSet<&'static str>,
}

pub fn harvest(sets: &[Set], counts: &Counts, lexicon: &HashSet<String>, cues: &Cues, table: &mut Table) {
    let endings = endings_by_stem(sets);
    let mut names: BTreeMap<(&'static str, String), Seen> = BTreeMap::new();
    for set in sets {
        for sentence in &set.sentences {
            for (range, kind) in &sentence.mentions {
                let words = &sentence.tokens[range.clone()];
                for (class, name) in names_of(words, kind, &endings) {
                    let key = (class, fold(&name).to_string());
                    let seen =
                        names.entry(key).or_insert(Seen { written: name, times: 0, sets: BTreeSet::new() });
                    seen.times += 1;
                    seen.sets.insert(set.key);
                }
            }
        }
    }
    for ((class, folded), seen) in names {
        let ordinary = lexicon.contains(&folded) && !table.has(&folded, "person");
        if keep(class, &folded, &seen, ordinary, counts, cues, table) {
            let sources = seen.sets.iter().map(|s| (*s).to_owned()).collect();
            if let Ok(name) = clean(&seen.written, class == "place") {
                table.add(Row { name, class: class.into(), sources, ..Row::default() });
            }
        }
    }
}

type Endings = HashMap<(Kind, String), HashSet<String>>;

/// For each kind and stem, the endings with which it closes mentions.
fn endings_by_stem(sets: &[Set]) -> Endings {
    let mut endings = Endings::new();
    for sentence in sets.iter().flat_map(|s| &s.sentences) {
        for (range, kind) in &sentence.mentions {
            for split in endings::splits(&sentence.tokens[range.end - 1]) {
                let stem = fold(split.name).to_string();
                endings.entry((kind.clone(), stem)).or_default().insert(fold(split.ending).to_string());
            }
        }
    }
    endings
}

/// The bare form of a mention's last word.
fn bare(word: &str, kind: &Kind, endings: &Endings) -> String {
    let support = |stem: &str| {
        let known = endings.get(&(kind.clone(), fold(stem).to_string()));
        known.map_or(0, |e| 2 * e.len() + usize::from(e.contains("")))
    };
    let mut best = (support(word), word);
    for split in endings::splits(word).skip(1).filter(|s| s.name.chars().count() >= 2) {
        let support = support(split.name);
        if support > best.0 {
            best = (support, split.name);
        }
    }
    best.1.to_owned()
}

fn names_of(words: &[String], kind: &Kind, endings: &Endings) -> Vec<(&'static str, String)> {
    let Some((last, inner)) = words.split_last() else { return Vec::new() };
    let last = bare(last, kind, endings);
    let whole = inner.iter().map(String::as_str).chain([last.as_str()]).collect::<Vec<_>>().join(" ");
    match kind {
        Kind::Person => {
            let first = inner.first().map(|f| ("person.given", f.clone()));
            let closing = (!inner.is_empty()).then(|| ("person.surname", last.clone()));
            let alone = inner.is_empty().then_some(("person.given", last));
            let full = (words.len() > 1).then_some(("person.full", whole));
            [first, closing, alone, full].into_iter().flatten().collect()
        }
        Kind::Place => vec![("place", whole)],
        _ => vec![("organization.other", whole)],
    }
}

fn keep(
    class: &str,
    folded: &str,
    seen: &Seen,
    ordinary: bool,
    counts: &Counts,
    cues: &Cues,
    table: &Table,
) -> bool {
    // A word form that the lexicon has may be an ordinary word which one set mislabels.
    let (strictness, share_wanted) = if ordinary { (3, 0.9) } else { (1, LEAST_NAME_SHARE) };
    let least = strictness
        * match class {
            "person.full" => LEAST_SEEN_FULL,
            "organization.other" => LEAST_SEEN_BODY,
            _ => LEAST_SEEN,
        };
    let words: Vec<&str> = folded.split(' ').collect();
    let bengali = folded.chars().all(|c| matches!(c, '\u{0980}'..='\u{09FF}' | ' ' | '-' | '.'));
    let stop =
        words.iter().any(|w| cues.never.contains(*w)) || (words.len() == 1 && cues.context.contains(folded));
    let derived = folded.ends_with("ীয়") || folded.ends_with("বাসী") || folded.ends_with("পন্থী");
    if seen.times < least || !bengali || stop || derived || folded.chars().count() < 3 || words.len() > 5 {
        return false;
    }
    let share = |w: &str| counts.get(w).map_or(1.0, |c| 1.0 - c.common());
    let named =
        if words.len() == 1 { share(folded) } else { words.iter().map(|w| share(w)).fold(0.0, f32::max) };
    // A single word that lists know as a name of a better class needs no harvest.
    let known = match class {
        "person.given" | "person.surname" => {
            ["place.country", "place.district", "place.city"].iter().any(|class| table.has(folded, class))
        }
        "place" => table.has(folded, "place"),
        "organization.other" => {
            ["organization", "place", "person"].iter().any(|kind| table.has(folded, kind))
        }
        _ => false,
    };
    named >= share_wanted && !known
}
