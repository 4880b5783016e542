//! Names of lists alone.

use bangla_ner::{Entry, Extractor, Gazetteer, Kind, Matcher, Scratch};

fn list(names: &[&str]) -> Gazetteer {
    let mut list = Gazetteer::builder();
    list.names(Kind::from("mine"), names.iter().copied()).unwrap();
    list.build().unwrap()
}

/// List, name and ending of every match.
fn found(matcher: &Matcher, text: &str) -> Vec<(usize, String, String)> {
    matcher.matches(text).iter().map(|m| (m.list(), m.name().into(), m.ending().into())).collect()
}

/// Names of a list, a text, and the names that stand there with their endings.
type Found = (&'static [&'static str], &'static str, &'static [(&'static str, &'static str)]);

/// Names of every shape.
const FOUND: &[Found] = &[
    (&[], "ঢাকায় বৃষ্টি।", &[]),
    (&["ঝুমরিকা"], "", &[]),
    (&["ঝুমরিকা"], "ঝুমরিকা", &[("ঝুমরিকা", "")]),
    (&["ঝুমরিকা"], "ঝুমরিকায়, ঝুমরিকাতেও আর ঝুমরিকা-র", &[("ঝুমরিকা", "য়"), ("ঝুমরিকা", "তেও"), ("ঝুমরিকা", "-র")]),
    // The rest of the word is no ending; the name does not begin the word.
    (&["ঝুমরিকা"], "ঝুমরিকান্ত অঝুমরিকা", &[]),
    // Of one letter to more letters than are looked at.
    (&["ক"], "কে ক কর", &[("ক", "ে"), ("ক", "")]),
    (&["কখ", "কখগ"], "কখকে কখগকে কখঘঙচ", &[("কখ", "কে"), ("কখগ", "কে")]),
    (&["চমকলি"], "চমকলিরা চমকল", &[("চমকলি", "রা")]),
    (&["চমকলিকটটনন", "চমকলিক"], "চমকলিকটটননের চমকলিককে চমকলিকট", &[("চমকলিকটটনন", "ের"), ("চমকলিক", "কে")]),
    // Longer names beside their beginnings, and beside words that only begin so.
    (
        &["ঝুমরি", "ঝুমরি খাল", "ঝুমরি খালপাড় বাজার"],
        "ঝুমরি খালপাড় বাজারে। ঝুমরি খালে। ঝুমরি খান",
        &[("ঝুমরি", ""), ("ঝুমরি খালপাড় বাজার", "ে"), ("ঝুমরি", ""), ("ঝুমরি খাল", "ে"), ("ঝুমরি", "")],
    ),
    (&["ঝুমরি ক"], "ঝুমরি ক ঝুমরি কে ঝুমরি কলা ঝুমরি ক", &[("ঝুমরি ক", ""), ("ঝুমরি ক", "ে"), ("ঝুমরি ক", "")]),
    (&["ঝুমরি-খালা", "ঝুমরি খালা"], "ঝুমরি-খালার", &[("ঝুমরি-খালা", "র")]),
    // Not of Bengali letters.
    (
        &["Zhumrika", "৭১ টিভি", "১৭ মে"],
        "zhumrika ৭১ টিভির ১৭ মে",
        &[("zhumrika", ""), ("৭১ টিভি", "র"), ("১৭ মে", "")],
    ),
    // Other code points than in the list.
    (&["ঝড়ো বাজার"], "ঝড\u{09BC}ে\u{09BE}\u{200C} বাজারে", &[("ঝড\u{09BC}ে\u{09BE}\u{200C} বাজার", "ে")]),
];

#[test]
fn every_name_is_found_with_its_ending() {
    for (names, text, expected) in FOUND {
        let matcher = Matcher::new([list(names)]).unwrap();
        let expected: Vec<_> = expected.iter().map(|&(n, e)| (0, n.to_owned(), e.to_owned())).collect();
        assert_eq!(found(&matcher, text), expected, "{names:?} in {text:?}");
    }
}

#[test]
fn what_is_compiled_finds_the_same() {
    for (names, text, _) in FOUND {
        let mut builder = Gazetteer::builder();
        builder.names(Kind::from("mine"), names.iter().copied()).unwrap();
        let compiled = Gazetteer::from_bytes(builder.compile().unwrap()).unwrap();
        let [listed, compiled] = [list(names), compiled].map(|list| Matcher::new([list]).unwrap());
        assert_eq!(found(&compiled, text), found(&listed, text), "{names:?} in {text:?}");
    }
}

/// Lists, a text, and which lists' names are found in it.
type Lists = (&'static [&'static [&'static str]], &'static str, &'static [(usize, &'static str)]);

const LISTS: &[Lists] = &[
    (&[&["ঝুমরি"], &["খালপাড়"]], "ঝুমরি খালপাড়ে", &[(0, "ঝুমরি"), (1, "খালপাড়")]),
    (&[&["খালপাড়"], &["ঝুমরি"]], "ঝুমরি খালপাড়ে", &[(1, "ঝুমরি"), (0, "খালপাড়")]),
    // The same start: list by list, the shortest first.
    (&[&["ঝুমরি", "ঝুমরি খাল"], &["ঝুমরি"], &["ক"]], "ঝুমরি খাল", &[(0, "ঝুমরি"), (0, "ঝুমরি খাল"), (1, "ঝুমরি")]),
    (&[&[], &["ঝুমরি"]], "ঝুমরি", &[(1, "ঝুমরি")]),
];

#[test]
fn lists_are_searched_together() {
    for (lists, text, expected) in LISTS {
        let matcher = Matcher::new(lists.iter().map(|names| list(names))).unwrap();
        let found: Vec<_> = found(&matcher, text).into_iter().map(|(list, name, _)| (list, name)).collect();
        let expected: Vec<_> = expected.iter().map(|&(list, name)| (list, name.to_owned())).collect();
        assert_eq!(found, expected, "{lists:?} in {text:?}");
    }
}

#[test]
fn later_lists_block_and_override_names_of_those_before() {
    let mut later = Gazetteer::builder();
    later.block("ঝুমরি").unwrap();
    later.tsv("later.tsv", "name\tclass\taction\nখালপাড়\tsong\toverride\n").unwrap();
    let first = list(&["ঝুমরি", "ঝুমরি খাল", "খালপাড়"]);
    let matcher = Matcher::new([first, later.build().unwrap()]).unwrap();
    let found: Vec<_> =
        matcher.matches("ঝুমরি খাল, ঝুমরি, খালপাড়ে").iter().map(|m| (m.name(), m.kind().as_str())).collect();
    assert_eq!(found, [("ঝুমরি খাল", "mine"), ("খালপাড়", "song")]);
}

#[test]
fn a_match_says_kinds_and_identifiers() {
    let mut mine = Gazetteer::builder();
    mine.entry(Entry::new("ঝুমরি", Kind::Place).id("P")).unwrap();
    mine.entry(Entry::new("ঝুমরি", Kind::Person)).unwrap();
    let matcher = Matcher::new([mine.build().unwrap()]).unwrap();
    let text = "সেই ঝুমরিদের";
    let found = matcher.matches(text);
    let [one] = &found[..] else { panic!("{found:?}") };
    assert_eq!((one.kind(), one.id(), one.surface()), (&Kind::Place, Some("P"), "ঝুমরিদের"));
    assert_eq!((&text[one.span()], &text[one.surface_span()]), ("ঝুমরি", "ঝুমরিদের"));
    assert!(!one.ending_parts().is_bare());
    let entries: Vec<_> = one.entries().collect();
    assert_eq!(entries, [(&Kind::Place, Some("P")), (&Kind::Person, None)]);
}

/// Longer than a window of the text.
#[test]
fn offsets_are_those_of_the_whole_text() {
    let matcher = Matcher::new([list(&["ঝুমরি খাল"])]).unwrap();
    let line = "আজ সকালে ঝুমরি খালের পাড়ে বৃষ্টি হয়েছে, বলেছেন একজন।\n";
    let text = line.repeat(2_000);
    let at = line.find("ঝুমরি").unwrap();
    let found = matcher.matches(&text);
    assert_eq!(found.len(), 2_000);
    for (n, one) in found.iter().enumerate() {
        assert_eq!((one.span().start, one.name()), (n * line.len() + at, "ঝুমরি খাল"));
    }
}

#[test]
fn a_scratch_serves_matchers_and_extractors_in_turn() {
    let text = "ঝুমরি খালে আর ঢাকায় বৃষ্টি, বললেন সৈয়দ কামাল হোসেন।";
    let [one, two] = ["ঝুমরি", "ঝুমরি খাল"].map(|name| Matcher::new([list(&[name])]).unwrap());
    let ner = Extractor::bundled();
    let expected: Vec<_> = ner.extract(text).iter().map(|e| e.to_record()).collect();
    let mut scratch = Scratch::new();
    for matcher in [&one, &two, &one, &two] {
        let again: Vec<_> = matcher.matches_with(&mut scratch, text).map(|m| m.surface_span()).collect();
        let fresh: Vec<_> = matcher.matches(text).iter().map(|m| m.surface_span()).collect();
        assert_eq!(again, fresh);
        assert_eq!(fresh.len(), 1);
        let again: Vec<_> = ner.extract_with(&mut scratch, text).map(|e| e.to_record()).collect();
        assert_eq!(again, expected);
    }
}
