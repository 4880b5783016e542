//! Code points that are not the canonical ones. They are found alike, so that one finding
//! for each file and kind of them is enough.

use std::collections::HashMap;

use unicode_normalization::is_nfc;

use super::{Check, Finding};
use crate::gazetteer::columns::Row;

/// What is written, what the canonical form is, and what it shows.
const FORMS: &[(&[&str], &str, &str)] = &[
    (&["\u{09DC}"], "\u{09A1}\u{09BC}", "ড় in one code point"),
    (&["\u{09DD}"], "\u{09A2}\u{09BC}", "ঢ় in one code point"),
    (&["\u{09DF}"], "\u{09AF}\u{09BC}", "য় in one code point"),
    (&["\u{09C7}\u{09BE}"], "\u{09CB}", "ো in two code points"),
    (&["\u{09C7}\u{09D7}"], "\u{09CC}", "ৌ in two code points"),
    (&["\u{0985}\u{09BE}"], "\u{0986}", "আ in two code points"),
    (&["\u{09AC}\u{09BC}"], "\u{09B0}", "র as ব with a dot"),
    (&["\u{09F0}"], "\u{09B0}", "the Assamese ৰ"),
    (&["\u{09A4}\u{09CD}\u{200D}"], "\u{09CE}", "ৎ as ত, hasanta and joiner"),
    (
        &[
            "\u{0981}\u{09BE}",
            "\u{0981}\u{09BF}",
            "\u{0981}\u{09C0}",
            "\u{0981}\u{09C1}",
            "\u{0981}\u{09C2}",
            "\u{0981}\u{09C7}",
            "\u{0981}\u{09CB}",
        ],
        "\u{09BE}\u{0981}",
        "a chandrabindu before its vowel sign",
    ),
];

/// The odd spellings of all lists.
#[derive(Debug, Default)]
pub(super) struct Spellings {
    /// By file and number of the form; [`FORMS`]' length stands for any other.
    found: HashMap<(String, usize), Found>,
}

#[derive(Debug)]
struct Found {
    first: Row,
    names: usize,
}

impl Spellings {
    pub(super) fn add(&mut self, file: &str, row: &Row) {
        let name = &row.entry.name;
        let mut known = false;
        for (number, (written, _, _)) in FORMS.iter().enumerate() {
            if written.iter().any(|w| name.contains(w)) {
                known = true;
                self.count(file, number, row);
            }
        }
        if !known && !is_nfc(name) {
            self.count(file, FORMS.len(), row);
        }
    }

    fn count(&mut self, file: &str, form: usize, row: &Row) {
        let first = || Found { first: row.clone(), names: 0 };
        self.found.entry((file.into(), form)).or_insert_with(first).names += 1;
    }

    pub(super) fn finish(&mut self) -> Vec<Finding> {
        let mut found: Vec<_> = self.found.drain().collect();
        found.sort_by(|a, b| a.0.cmp(&b.0));
        let finding = |((file, form), Found { first, names }): ((String, usize), Found)| {
            let names = match names {
                1 => "here".to_owned(),
                n => format!("here and in {} more", n - 1),
            };
            let message = match FORMS.get(form) {
                Some((written, canonical, what)) => {
                    let written = points(
                        written.iter().copied().find(|w| first.entry.name.contains(w)).unwrap_or_default(),
                    );
                    format!("has {what} ({written}), {names}; canonical is {}", points(canonical))
                }
                None => format!("is not in the canonical form NFC, {names}"),
            };
            let message =
                format!("{message}. Every spelling is found; normalise the list if other programs read it");
            Finding::of(&file, &first, Check::Spelling, message)
        };
        found.into_iter().map(finding).collect()
    }
}

fn points(text: &str) -> String {
    let points: Vec<_> = text.chars().map(|c| format!("U+{:04X}", c as u32)).collect();
    points.join(" ")
}
