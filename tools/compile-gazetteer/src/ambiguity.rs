//! How far each name can be trusted without context.
//!
//! | rule, in order | ambiguity |
//! |---|---|
//! | a hand-written row that says so | as written |
//! | several words, each ordinary (90 %), that are no name more often than a name where they stand together | context |
//! | other names of several words | sure |
//! | a function word, generic or demonym | never |
//! | seen 20 times or more, 90 % of them outside names (bodies: 97 %) | never |
//! | a given name or surname, unless seen alone as a person 5 times and rarely otherwise | context |
//! | one or two letters | context |
//! | half of the times outside names (bodies: 85 %, as the sets leave many untagged; countries, districts, cities: 70 %) | context |
//! | a title, role, kin term or head noun | context |
//! | a union, area, river or region that only the lexicon knows, or that is also a person's name; an upazila that is one | context |
//! | anything else | sure |

use std::collections::HashSet;

use crate::count::{Count, Counts};
use crate::rows::{Cues, Table};

/// Names of several words each of which is ordinary: আমাদের সময়, এই সময়.
pub fn ordinary_phrases<'t>(table: &'t Table, counts: &'t Counts) -> impl Iterator<Item = &'t str> {
    let ordinary = |w: &str| counts.get(w).is_some_and(|c| c.seen >= 10 && c.common() >= 0.9);
    let names = table.rows.keys().map(|(folded, _)| folded.as_str());
    names.filter(move |n| n.contains(' ') && n.split(' ').all(ordinary))
}

pub fn assign(table: &mut Table, counts: &Counts, phrases: &Counts, lexicon: &HashSet<String>, cues: &Cues) {
    let persons: HashSet<String> = table
        .rows
        .keys()
        .filter(|(_, class)| class.starts_with("person"))
        .map(|(folded, _)| folded.clone())
        .collect();
    for ((folded, class), row) in &mut table.rows {
        if row.ambiguity.is_empty() {
            let known = if folded.contains(' ') { phrases } else { counts };
            let count = known.get(folded).copied().unwrap_or_default();
            row.ambiguity = ambiguity(folded, class, count, lexicon, cues, persons.contains(folded)).into();
        }
    }
}

fn ambiguity(
    folded: &str,
    class: &str,
    count: Count,
    lexicon: &HashSet<String>,
    cues: &Cues,
    person: bool,
) -> &'static str {
    if folded.contains(' ') {
        let ordinary = count.seen >= 2 && count.common() >= 0.5;
        return if ordinary { "context" } else { "sure" };
    }
    let body = class.starts_with("organization");
    if cues.never.contains(folded) || (count.seen >= 20 && count.common() >= if body { 0.97 } else { 0.9 }) {
        return "never";
    }
    if matches!(class, "person.given" | "person.surname") {
        let public = count.alone_person >= 5 && count.common() < 0.2;
        return if public { "sure" } else { "context" };
    }
    let minor =
        matches!(class, "place.union" | "place.area" | "place.river" | "place.upazila" | "place.region");
    let unseen = count.seen == 0 && lexicon.contains(folded);
    let ordinary = match class {
        _ if body => 0.5,
        "place.country" | "place.district" | "place.city" => 0.7,
        _ => 0.5,
    };
    let context = folded.chars().count() <= 2
        || (count.seen >= 2 && count.common() >= ordinary)
        || cues.context.contains(folded)
        || (minor && (unseen || person))
        || (class == "place.upazila" && person);
    if context { "context" } else { "sure" }
}
