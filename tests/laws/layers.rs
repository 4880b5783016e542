//! What users say of names: always found, hidden when blocked, in any order of rows.

use bangla_ner::text::{endings, fold};
use bangla_ner::{EntityRecord, Entry, Extractor, Gazetteer, Kind};
use proptest::prelude::*;
use proptest::sample::select;

use crate::text::{ENDINGS, Encoding, Spelled, name, one_word, text, word};
use crate::{builders, modes, records};

/// A row: name, kind, identifier.
type Row = (String, &'static str, Option<String>);

fn gazetteer(rows: &[Row]) -> Gazetteer {
    let mut builder = Gazetteer::builder();
    for (name, kind, id) in rows {
        let entry = Entry::new(name.as_str(), Kind::from(*kind));
        builder.entry(id.iter().fold(entry, |entry, id| entry.id(id.as_str()))).unwrap();
    }
    builder.build().unwrap()
}

fn blocking<'n>(names: impl IntoIterator<Item = &'n String>) -> Gazetteer {
    let mut builder = Gazetteer::builder();
    for name in names {
        builder.block(name.as_str()).unwrap();
    }
    builder.build().unwrap()
}

/// Rows of different names, of the three kinds and of two more.
fn rows() -> impl Strategy<Value = Vec<Row>> {
    let kind = select(vec!["person", "place", "organization", "song", "album"]);
    prop::collection::vec((name(), kind, prop::option::of("[A-Z][0-9]")), 1..12)
}

/// A text in which some of the rows' names stand, with endings.
fn text_with(rows: Vec<Row>) -> impl Strategy<Value = (Vec<Row>, String)> {
    let names: Vec<String> = rows.iter().map(|row| row.0.clone()).collect();
    let named = (select(names), select(ENDINGS)).prop_map(|(name, ending)| format!("{name}{ending} "));
    let parts = prop::collection::vec(prop_oneof![named, text()], 1..6);
    (Just(rows), parts.prop_map(|parts| parts.concat()))
}

/// Whether `part` stands somewhere in `text`, by their letters.
fn holds(text: &str, part: &str) -> bool {
    fold(text).to_string().contains(&fold(part).to_string())
}

/// How often a folded name stands in a text, at any place, overlapping ones too.
fn occurrences(text: &str, name: &str) -> usize {
    let (text, name) = (fold(text), fold(name));
    text.as_bytes().windows(name.as_bytes().len()).filter(|window| *window == name.as_bytes()).count()
}

proptest! {
    #[test]
    fn a_users_name_is_found_with_every_licensed_ending(
        name in name(),
        ending in any::<prop::sample::Index>(),
        (before, after) in (text(), text()),
        open in select(vec![" ", "\n", " (", " ‘", " “", "। ", " কখগ-", "\u{A0}"]),
        close in select(vec![" ", "\n", ", ", "। ", ") ", "’ ", "” ", "? "]),
        encoding in select(Encoding::ALL),
    ) {
        let licensed: Vec<_> = ENDINGS.iter().filter(|e| endings::split(&name, &format!("{name}{e}")).is_some()).collect();
        let surface = Spelled::new(&format!("{name}{}", licensed[ending.index(licensed.len())]), encoding).text;
        let start = before.len() + open.len();
        let text = format!("{before}{open}{surface}{close}{after}");
        for (number, builder) in builders().into_iter().enumerate() {
            let mine = gazetteer(&[(name.clone(), "mine", None)]);
            let ner = builder.gazetteer(mine).build().unwrap();
            let entities = ner.extract(&text);
            let is_it = |e: &bangla_ner::Entity<'_>| {
                e.kind().as_str() == "mine" && e.span().start == start && fold(e.name()) == fold(&name)
            };
            // Only the same name, begun in the words before or after, may stand in its place.
            let overlapped = occurrences(&text, &name) > 1
                && entities.iter().any(|e| {
                    let span = e.surface_span();
                    e.kind().as_str() == "mine" && span.start < start + surface.len() && start < span.end
                });
            prop_assert!(entities.iter().any(is_it) || overlapped, "mode {number}: {name} in {text:?}");
        }
    }

    #[test]
    fn the_order_of_rows_does_not_matter(
        ((rows, text), by) in (rows().prop_flat_map(text_with), any::<prop::sample::Index>())
    ) {
        // Of rows that say the same of a name with other identifiers the first one counts.
        let mut rows = rows;
        rows.sort_by_key(|row| (fold(&row.0), row.1));
        rows.dedup_by_key(|row| (fold(&row.0), row.1));
        let mut turned = rows.clone();
        turned.rotate_left(by.index(rows.len()));
        let reversed: Vec<Row> = rows.iter().rev().cloned().collect();
        let ask = |rows: &[Row]| -> Vec<Vec<EntityRecord>> {
            builders().map(|b| records(&b.gazetteer(gazetteer(rows)).build().unwrap(), &text)).into()
        };
        let expected = ask(&rows);
        prop_assert_eq!(&ask(&turned), &expected);
        prop_assert_eq!(&ask(&reversed), &expected);
    }

    #[test]
    fn a_blocked_name_is_as_if_it_had_not_been_listed(
        ((rows, text), blocked) in (rows().prop_flat_map(text_with), prop::collection::vec(any::<bool>(), 12))
    ) {
        let is_blocked = |row: &Row| {
            rows.iter().zip(&blocked).any(|(other, blocked)| *blocked && fold(&other.0) == fold(&row.0))
        };
        let (hidden, kept): (Vec<Row>, Vec<Row>) = rows.iter().cloned().partition(is_blocked);
        let ask = |rows: &[Row]| -> Vec<Vec<EntityRecord>> {
            let ask = |ner: Extractor| records(&ner, &text);
            let block = || blocking(hidden.iter().map(|row| &row.0));
            builders().map(|b| ask(b.gazetteer(gazetteer(rows)).gazetteer(block()).build().unwrap())).into()
        };
        prop_assert_eq!(ask(&rows), ask(&kept));
    }

    #[test]
    fn blocking_changes_no_text_without_the_name(text in text(), name in prop_oneof![name(), word()]) {
        prop_assume!(!holds(&text, &name));
        for (builder, plain) in builders().into_iter().zip(modes()) {
            let ner = builder.gazetteer(blocking([&name])).build().unwrap();
            prop_assert_eq!(records(&ner, &text), records(plain, &text));
        }
    }

    #[test]
    fn no_entry_speaks_for_a_blocked_word(name in one_word(), before in text(), after in text()) {
        // For a name of several words those of shorter names may: কোরিয়া for উত্তর কোরিয়া.
        let text = format!("{before} {name} {after}");
        for builder in builders() {
            let ner = builder.gazetteer(blocking([&name])).build().unwrap();
            for entity in ner.candidates(&text).iter().filter(|e| fold(e.name()) == fold(&name)) {
                prop_assert!(entity.id().is_none());
                prop_assert!(!entity.evidence().any(|e| e.rule().starts_with("entry.")), "{:?}", entity.to_record());
            }
        }
    }
}
