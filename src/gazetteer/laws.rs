//! Laws of matching: both back ends find what a naive scan finds, and no bytes, however
//! damaged, make a compiled gazetteer panic.

use std::sync::Arc;

use proptest::prelude::*;

use super::compiled::seal;
use super::{Ambiguity, Entry, Gazetteer, GazetteerBuilder, Hit, Hits, Layers, hyphenated_ending};
use crate::kind::Kind;
use crate::text::endings::{self, Ending};
use crate::text::scan::Scanner;
use crate::text::token::Token;
use crate::text::vocabulary::Vocabulary;
use crate::text::{Folded, fold};

/// A name for a gazetteer: spelling, kind, ambiguity, identifier.
type Name = (String, u8, u8, Option<String>);

/// Letters, signs and whole endings: names and endings run into each other.
const PARTS: &[&str] = &[
    "ক",
    "কা",
    "খি",
    "র",
    "কে",
    "টি",
    "ো",
    "্র",
    "য়",
    "ঢাকা",
    "এ",
    "ের",
    "দের",
    "ও",
    "মো",
    "য়",
    "ড",
    "ঁ",
    "a",
    "৭",
];
const JOINTS: &[&str] = &[" ", " ", " ", "-", "'", ". ", "\n", "", "\u{200D}", "।"];

fn word() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(PARTS), 1..5).prop_map(|parts| parts.concat())
}

fn words(most: usize) -> impl Strategy<Value = String> {
    let joint = proptest::sample::select(JOINTS);
    proptest::collection::vec((word(), joint), 1..=most).prop_map(|words| {
        let joined: String = words.iter().flat_map(|(word, joint)| [word.as_str(), joint]).collect();
        joined.replace(['\n', '।'], " ").trim().to_owned()
    })
}

fn names() -> impl Strategy<Value = Vec<Name>> {
    let id = proptest::option::of("[A-Z][0-9]{0,3}");
    proptest::collection::vec((words(3), 0u8..4, 0u8..3, id), 0..40)
}

/// A text in which names, names with endings and other words stand.
fn text(names: Vec<Name>) -> impl Strategy<Value = (Vec<Name>, String)> {
    let known: Vec<String> = names.iter().map(|n| n.0.clone()).chain(["কা".into()]).collect();
    let piece = prop_oneof![
        4 => proptest::sample::select(known),
        2 => proptest::sample::select(PARTS).prop_map(String::from),
        2 => proptest::sample::select(JOINTS).prop_map(String::from),
        1 => word(),
        1 => Just(String::from(" ")),
    ];
    (Just(names), proptest::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat()))
}

fn builder(names: &[Name]) -> GazetteerBuilder {
    let mut builder = Gazetteer::builder();
    for (name, kind, ambiguity, id) in names {
        let kind = ["person", "place", "organization", "song"][usize::from(*kind)];
        let ambiguity = [Ambiguity::Sure, Ambiguity::Context, Ambiguity::Never][usize::from(*ambiguity)];
        let mut entry = Entry::new(name.as_str(), Kind::from(kind)).ambiguity(ambiguity);
        if let Some(id) = id {
            entry = entry.id(id.as_str());
        }
        // Names without a letter are refused; the naive scan does not see them either.
        let _ = builder.entry(entry);
    }
    builder
}

/// Tokens from first to last, last of the surface, end of the name, ending.
type Place = (u32, u32, u32, u32, Ending);
/// A hit, with what its entries say: kind, ambiguity, identifier.
type Found = (Place, Vec<(Option<u8>, Ambiguity, Option<String>)>);

fn scan(text: &str) -> (Vec<Token>, Vec<u8>) {
    let mut folded = Vec::new();
    let mut scanner = Scanner::new(text);
    let tokens = std::iter::from_fn(|| scanner.next_token(&mut folded)).collect();
    (tokens, folded)
}

fn find(gazetteer: Gazetteer, text: &str) -> Vec<Found> {
    let (tokens, folded) = scan(text);
    let mut vocabulary = Vocabulary::default();
    let numbers: Vec<u32> = tokens.iter().map(|t| vocabulary.number(t.folded(&folded), t.shape)).collect();
    let kinds = (0..gazetteer.kinds().len() as u8).collect();
    let gazetteer = Arc::new(gazetteer);
    let mut layers = Layers::default();
    layers.push(gazetteer.clone(), kinds, true);
    let mut hits = Hits::default();
    layers.find(&tokens, &folded, &numbers, &mut hits);
    let all: Vec<Place> = (0..tokens.len()).flat_map(|first| hits.at(first)).map(|hit| span(&hit)).collect();
    assert_eq!(find_alone(&layers, &tokens, &folded), all);
    let found = (0..tokens.len()).flat_map(|first| hits.at(first)).map(|hit| {
        let entries = layers.entries(&hit).enumerate().map(|(number, entry)| {
            (layers.kind(&hit, entry), entry.ambiguity, gazetteer.entry_id(hit.name, number).map(Into::into))
        });
        (span(&hit), entries.collect())
    });
    found.collect()
}

fn span(hit: &Hit) -> Place {
    (hit.first, hit.last, hit.surface_last, hit.name_end, hit.ending)
}

/// What is found where words that begin no name are left out.
fn find_alone(layers: &Layers, tokens: &[Token], folded: &[u8]) -> Vec<Place> {
    let (mut vocabulary, mut hits) = (Vocabulary::default(), Hits::default());
    layers.note_openers(tokens, folded, &mut hits);
    let openers = hits.openers().iter().map(|&at| tokens[at as usize]);
    let numbers: Vec<u32> = openers.map(|t| vocabulary.number(t.folded(folded), t.shape)).collect();
    layers.find_noted(tokens, folded, &numbers, &mut hits);
    hits.at_openers().map(|hit| span(&hit)).collect()
}

/// Every name at every word, byte by byte.
fn naive(names: &[Name], text: &str) -> Vec<Place> {
    let (tokens, folded) = scan(text);
    let mut names: Vec<Folded> = names.iter().map(|n| fold(&n.0)).collect();
    names.sort_by_key(|name| (name.as_bytes().len(), name.clone()));
    names.dedup();
    let mut found = Vec::new();
    for (first, token) in tokens.iter().enumerate().filter(|(_, token)| token.is_word()) {
        for name in &names {
            let end = token.fold_start + name.as_bytes().len() as u32;
            if folded[token.fold_start as usize..].starts_with(name.as_bytes()) {
                found.extend(place(&tokens, &folded, first, end));
            }
        }
    }
    found
}

/// The hit of a name from token `first` to a folded offset, if it may end there.
fn place(tokens: &[Token], folded: &[u8], first: usize, end: u32) -> Option<Place> {
    let inside = |t: &Token| t.fold_start < end && end <= t.fold_end;
    let last = first + tokens[first..].iter().position(inside)?;
    let (surface_last, ending) = if end == tokens[last].fold_end {
        hyphenated_ending(tokens, last, folded).unwrap_or((last as u32, Ending::default()))
    } else {
        let name = &folded[tokens[first].fold_start as usize..end as usize];
        let rest = &folded[end as usize..tokens[last].fold_end as usize];
        (last as u32, endings::parse_after(name, rest)?)
    };
    Some((first as u32, last as u32, surface_last, end, ending))
}

proptest! {
    #[test]
    fn both_back_ends_find_what_a_naive_scan_finds((names, text) in names().prop_flat_map(text)) {
        let usable: Vec<Name> =
            names.iter().filter(|n| Gazetteer::builder().entry(Entry::new(&n.0, Kind::Place)).is_ok()).cloned().collect();
        let listed = builder(&usable).build().unwrap();
        let len = listed.len();
        let listed = find(listed, &text);
        let compiled = Gazetteer::from_bytes(builder(&usable).compile().unwrap()).unwrap();
        compiled.verify().unwrap();
        prop_assert_eq!(compiled.len(), len);
        prop_assert_eq!(&find(compiled, &text), &listed);
        let places: Vec<Place> = listed.into_iter().map(|(place, _)| place).collect();
        prop_assert_eq!(places, naive(&usable, &text));
    }

    #[test]
    fn bytes_do_not_depend_on_the_order_of_names(names in names(), by in 0usize..40) {
        // One entry a name: the order of entries within a name is kept.
        let mut names = names;
        names.sort_by_key(|n| fold(&n.0));
        names.dedup_by_key(|n| fold(&n.0));
        names.iter_mut().for_each(|n| n.1 = 0);
        let bytes = builder(&names).compile().unwrap();
        let middle = by.min(names.len());
        names.rotate_left(middle);
        prop_assert!(builder(&names).compile().unwrap() == bytes);
    }

    #[test]
    fn cut_and_altered_bytes_are_refused(
        names in names(),
        cut in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        change in 1u8..,
    ) {
        let good = builder(&names).compile().unwrap();
        let short = good[..cut.index(good.len())].to_vec();
        prop_assert!(Gazetteer::from_bytes(short).is_err());
        for length in 0..88 {
            prop_assert!(Gazetteer::from_bytes(good[..length].to_vec()).is_err());
        }
        let mut altered = good.clone();
        altered[at.index(good.len())] ^= change;
        prop_assert!(Gazetteer::from_bytes(altered).is_err());
    }

    #[test]
    fn forged_bytes_do_not_panic(
        (names, text) in names().prop_flat_map(text),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        let mut bytes = builder(&names).compile().unwrap();
        for (at, byte) in changes {
            // The magic and the format stay, so that more than these are tried.
            let at = 16 + at.index(bytes.len() - 16);
            bytes[at] = byte;
        }
        seal(&mut bytes);
        if let Ok(gazetteer) = Gazetteer::from_bytes(bytes) {
            let _ = gazetteer.verify();
            find(gazetteer, &text);
        }
    }
}
