//! Explanations: what is known of a word, and why a candidate is or is not an entity.

use bangla_ner::{Ambiguity, Entry, Extractor, Gazetteer, Kind, Verdict};

fn extractor() -> Extractor {
    let mut names = Gazetteer::builder();
    names.names(Kind::Place, ["ঝুমরিকা", "ঝুমরিকা ঘাট"]).unwrap();
    names.entry(Entry::new("টোপাল", Kind::Person).ambiguity(Ambiguity::Context)).unwrap();
    names.entry(Entry::new("বলাকাশি", Kind::Person).ambiguity(Ambiguity::Never)).unwrap();
    Extractor::builder().bundled(false).gazetteer(names.build().unwrap()).build().unwrap()
}

/// The notes on each word of a text.
fn notes(text: &str) -> Vec<(String, Vec<String>)> {
    let ner = extractor();
    let explained = ner.explain(text, 0..text.len());
    explained.words().iter().map(|note| (note.word().to_owned(), note.notes().to_vec())).collect()
}

#[test]
fn words_are_noted_with_their_entries_and_with_those_that_no_ending_follows() {
    let table: &[(&str, &[&str])] = &[
        ("ঝুমরিকায়", &["entry: Plain"]),
        ("ঝুমরিকাখ্য", &["begins like the entry ঝুমরিকা, but খ্য is no ending of it"]),
        ("টোপালের", &["entry: Plain, needs context"]),
        ("বলাকাশি", &["entry: Plain, never alone"]),
        ("ঘঘঙঙ", &[]),
    ];
    for (text, expected) in table {
        assert_eq!(notes(text), [(text.to_string(), expected.iter().map(|s| s.to_string()).collect())]);
    }
    let [(_, first), (_, second)] = &notes("ঝুমরিকা ঘাটে")[..] else { panic!() };
    assert!(first.contains(&"entry of 2 words: Plain".into()) && first.contains(&"entry: Plain".into()));
    assert!(!second.iter().any(|note| note.contains("entry")), "{second:?}");
}

#[test]
fn only_what_overlaps_the_range_is_explained() {
    let ner = extractor();
    let text = "ঝুমরিকা ঘাট আর ঝুমরিকা";
    let last = text.rfind("ঝুমরিকা").unwrap();
    let explained = ner.explain(text, last..last + 3);
    assert_eq!(explained.words().len(), 1);
    assert!(explained.candidates().all(|(entity, _)| entity.span().start == last));
    let explained = ner.explain(text, 0..3);
    let verdict = |name: &str| explained.candidates().find(|(e, _)| e.name() == name).map(|(_, v)| v.clone());
    let whole = "ঝুমরিকা ঘাট";
    assert_eq!(verdict(whole), Some(Verdict::Selected));
    assert_eq!(verdict("ঝুমরিকা"), Some(Verdict::LostTo(0..whole.len())));
    assert_eq!(ner.explain(text, text.len()..text.len() + 9).words().len(), 0);
}

#[test]
fn evidence_tells_what_it_is_about() {
    let ner = Extractor::bundled();
    let mut families = 0;
    for entity in ner.extract("সভায় অধ্যাপক কামাল হোসেন ঢাকা থেকে আসেন।")
    {
        for evidence in entity.evidence() {
            let shown = evidence.to_string();
            let (head, about) = shown.split_once(": ").unwrap();
            assert!(head.contains(evidence.rule()), "{shown}");
            let rule = Extractor::rules().find(|rule| rule.id() == evidence.rule());
            match rule {
                Some(rule) => assert_eq!(about, rule.about()),
                None => {
                    families += 1;
                    assert!(about.starts_with("learned weights of "), "{shown}");
                }
            }
        }
    }
    assert!(families >= 8);
}
