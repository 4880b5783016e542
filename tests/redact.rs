//! What is masked, and what is left.

use bangla_ner::render::{self, Document, Mask, Redact};
use bangla_ner::{Entity, Extractor, Gazetteer, Kind};
use proptest::prelude::*;

const NAMES: &str = "\
name\tclass
ঢাকা\tplace
জাপান\tplace
আজ\tplace
রাহাত করিম\tperson
করিম\tperson
জেএনডি\torganization
ঢাকা কলেজ\torganization
কলেজ রোড\tplace
সিভিট\tmedicine
";

fn ner() -> Extractor {
    let mut names = Gazetteer::builder();
    names.tsv("names.tsv", NAMES).unwrap();
    Extractor::builder().bundled(false).gazetteer(names.build().unwrap()).build().unwrap()
}

fn redacted(text: &str, entities: &[Entity<'_>], options: &Redact) -> String {
    let mut out = Vec::new();
    render::redact(&mut out, &Document::new(text, entities), options).unwrap();
    String::from_utf8(out).unwrap()
}

fn redact(text: &str, options: Redact) -> String {
    redacted(text, &ner().extract(text), &options)
}

#[test]
fn endings_stay_readable() {
    for (text, blocks, pseudonym) in [
        ("রাহাত করিমকে", "█████কে", "ব্যক্তি-১-কে"),
        ("ঢাকায়", "█████য়", "স্থান-১-য়"),
        ("জাপানের", "█████এর", "স্থান-১-এর"),
        ("জাপানে", "█████এ", "স্থান-১-এ"),
        ("ঢাকাতেও", "█████তেও", "স্থান-১-তেও"),
        ("জেএনডি-র", "█████-র", "সংস্থা-১-র"),
        ("ঢাকা।", "█████।", "স্থান-১।"),
        ("সিভিটও", "█████ও", "medicine-১-ও"),
    ] {
        assert_eq!(redact(text, Redact::new()), blocks, "{text}");
        assert_eq!(redact(text, Redact::new().mask(Mask::Pseudonym)), pseudonym, "{text}");
    }
}

#[test]
fn pseudonyms_are_one_for_each_that_is_meant() {
    let text = "রাহাত করিম ঢাকায়। করিমের জেএনডি ঢাকায়, জাপানে নয়; রাহাত করিম জানেন।";
    assert_eq!(
        redact(text, Redact::new().mask(Mask::Pseudonym)),
        "ব্যক্তি-১ স্থান-২-য়। ব্যক্তি-১-এর সংস্থা-৩ স্থান-২-য়, স্থান-৪-এ নয়; ব্যক্তি-১ জানেন।"
    );
    // Only those that are redacted are counted.
    let places = Redact::new().only([Kind::Place]).mask(Mask::Pseudonym).label(Kind::Place, "এলাকা");
    assert_eq!(redact(text, places), "রাহাত করিম এলাকা-১-য়। করিমের জেএনডি এলাকা-১-য়, এলাকা-২-এ নয়; রাহাত করিম জানেন।");
}

#[test]
fn numbers_are_bengali() {
    let text: String = (0..12).map(|n| format!("{}ঢাকা", char::from(b'a' + n))).collect();
    assert_eq!(redact(&text, Redact::new().mask(Mask::Pseudonym)), text, "no names inside words");
    let mut names = Gazetteer::builder();
    let name = |n: u32| format!("ট{}ঢ", char::from_u32('ক' as u32 + n).unwrap());
    names.names(Kind::Person, (0..12).map(name)).unwrap();
    let ner = Extractor::builder().bundled(false).gazetteer(names.build().unwrap()).build().unwrap();
    let text: String = (0..12).map(|n| name(n) + ", ").collect();
    let out = redacted(&text, &ner.extract(&text), &Redact::new().mask(Mask::Pseudonym));
    assert!(out.ends_with("ব্যক্তি-১০, ব্যক্তি-১১, ব্যক্তি-১২, "), "{out}");
}

#[test]
fn the_last_label_counts_and_no_kind_is_no_name() {
    let options = Redact::new().mask(Mask::Kind).label(Kind::Place, "ক").label(Kind::Place, "খ");
    assert_eq!(redact("ঢাকায় সিভিট", options), "[খ]-য় [medicine]");
    assert_eq!(redact("ঢাকায় সিভিট", Redact::new().only([])), "ঢাকায় সিভিট");
}

#[test]
fn no_part_of_an_overlapping_name_is_left() {
    let text = "তিনি ঢাকা কলেজ রোডে থাকেন।";
    let ner = ner();
    let mut candidates = ner.candidates(text);
    candidates.retain(|e| ["ঢাকা কলেজ", "কলেজ রোড"].contains(&e.name()));
    assert_eq!(candidates.len(), 2);
    assert_eq!(redacted(text, &candidates, &Redact::new()), "তিনি █████ থাকেন।");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_is_no_name_stays_and_no_name_does(parts in prop::collection::vec(
        "ঢাকা( কলেজ)?( রোড)?|জাপান|(রাহাত )?করিম|সিভিট|ের|ে|য়|কে|-| |।|\n|\\PC", 0..30,
    )) {
        thread_local!(static NER: Extractor = ner());
        let text = parts.concat();
        NER.with(|ner| {
            for entities in [ner.extract(&text), ner.candidates(&text)] {
                let out = redacted(&text, &entities, &Redact::new());
                // Cutting out the masks leaves what no name's surface covers, and endings.
                let mut covered = vec![false; text.len()];
                entities.iter().for_each(|e| covered[e.surface_span()].fill(true));
                let outside: String =
                    text.char_indices().filter(|&(at, _)| !covered[at]).map(|(_, c)| c).collect();
                let mut rest = out.chars();
                prop_assert!(outside.chars().all(|c| rest.any(|other| other == c)), "{out:?}");
                prop_assert_eq!(out.contains("█████"), text.contains("█████") || !entities.is_empty());
                prop_assert_eq!(redacted(&text, &entities, &Redact::new().only([])), text.clone());
            }
            Ok(())
        })?;
    }
}
