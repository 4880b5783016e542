//! The fold table and its laws.

use bangla_ner::text::{fold, words};
use proptest::prelude::*;
use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class};

#[test]
fn every_row_of_the_table_folds_as_it_says() {
    let alike: &[(&str, &[&str])] = &[
        ("ড\u{09BC} ঢ\u{09BC} য\u{09BC}", &["\u{09DC} \u{09DD} \u{09DF}"]),
        ("ড\u{09BC}\u{09CD}", &["ড\u{09CD}\u{09BC}", "\u{09DC}\u{09CD}"]),
        ("র", &["ব\u{09BC}", "\u{09F0}"]),
        ("আজাদ", &["আজ\u{09BC}াদ", "অ\u{09BE}জাদ"]),
        ("কোকৌ", &["ক\u{09C7}\u{09BE}ক\u{09C7}\u{09D7}", "ক\u{09C7}\u{200D}\u{09BE}কৌ"]),
        ("চাঁদ", &["চ\u{0981}\u{09BE}দ"]),
        ("শরৎ", &["শরত\u{09CD}", "শরত\u{09CD}\u{200D}"]),
        ("র্যাব", &["র\u{200D}্যাব", "র\u{200C}্যাব", "র\u{00AD}্যা\u{FEFF}ব", "\u{202A}র্যাব\u{202C}"]),
        ("শেখ হাসিনা", &["শেখ\u{00A0}হাসিনা", "শেখ  \t হাসিনা", " শেখ হাসিনা "]),
        ("ক\nখ", &["ক\r\nখ", "ক\n\n  \nখ", "ক\u{2029}খ"]),
        ("জং-উন", &["জং\u{2010}উন", "জং\u{2011}উন", "জং\u{2013}উন", "জং\u{2014}উন", "জং\u{2212}উন"]),
        ("ও'নিল \"ক\"", &["ও’নিল “ক”", "ও‘নিল «ক»"]),
        ("ক।", &["ক॥", "ক৷"]),
        ("২০২৬", &["2026"]),
        ("zurich", &["ZÜRICH", "Zu\u{0308}rich", "ZURICH"]),
        ("মোঃ করিম", &["মো: করিম", "মো. করিম", "মো করিম", "মোঃ\u{00A0}করিম"]),
        ("ড. ইউনূস", &["ডঃ ইউনূস", "ড: ইউনূস"]),
    ];
    for (one, others) in alike {
        for other in *others {
            assert_eq!(fold(one), fold(other), "{one} / {}", other.escape_unicode());
        }
    }
}

#[test]
fn nothing_else_is_thrown_together() {
    let all = [
        "ঢাকা",
        "ঢাকী",
        "ঢাকার",
        "বাড়ি",
        "বাড়ী",
        "বারি",
        "বাঁধ",
        "বাধ",
        "শব",
        "সব",
        "কাল",
        "কাৎ",
        "কত",
        "জং উন",
        "জংউন",
        "জং-উন",
        "ক|খ",
        "ক।খ",
        "কঃ",
        "ক:",
        "ক.",
        "नमस्ते",
        "नमसते",
        "한국",
        "😀",
        "😁",
        "ß",
        "ss",
        "ø",
        "o",
        "মো",
        "মা.",
        "\u{1B}",
        "\u{1}",
        "ক\u{0}",
    ];
    for (i, a) in all.iter().enumerate() {
        for b in &all[i + 1..] {
            assert_ne!(fold(a), fold(b), "{a:?} {b:?}");
        }
    }
}

#[test]
fn bengali_letters_take_one_byte() {
    assert_eq!(fold("বাংলাদেশ").as_bytes().len(), "বাংলাদেশ".chars().count());
    assert_eq!(fold("কোরিয়া").as_bytes().len(), 6);
}

#[test]
fn words_are_cut_where_a_reader_cuts_them() {
    let table: &[(&str, &[&str])] = &[
        ("", &[]),
        ("\u{200D}\u{200C} \u{09BC}", &[]),
        ("“কর্মী”, (ঢাকা)।", &["কর্মী", "ঢাকা"]),
        ("কিম জং-উন", &["কিম", "জং", "উন"]),
        ("বার্তা২৪.কম", &["বার্তা২৪", "কম"]),
        ("মোঃ করিম, মো. রহিম ও ড. ইউনূস", &["মোঃ", "করিম", "মো.", "রহিম", "ও", "ড.", "ইউনূস"]),
        ("নাম: করিম", &["নাম", "করিম"]),
        ("র\u{200D}্যাব\u{200C} এল", &["র\u{200D}্যাব", "এল"]),
        ("৳৫০০ (৪৫)", &["৫০০", "৪৫"]),
        ("দাম১০টাকা", &["দাম১০টাকা"]),
        ("BNP-র নেতা", &["BNP", "র", "নেতা"]),
    ];
    for (text, expected) in table {
        let found: Vec<_> = words(text).map(|w| w.as_str()).collect();
        assert_eq!(found, *expected, "{text:?}");
    }
}

#[test]
fn sentences_start_after_terminals_and_line_ends() {
    let text = "এক দুই। তিন? ‘চার।’ পাঁচ\nছয় সাত, আট";
    let starts: Vec<_> = words(text).filter(|w| w.starts_sentence()).map(|w| w.as_str()).collect();
    assert_eq!(starts, ["এক", "তিন", "চার", "পাঁচ", "ছয়"]);
}

#[test]
fn the_mark_of_an_abbreviation_is_inside_the_word() {
    for (text, word) in [("ড. ইউনূস", "ড."), ("ড\u{200C}. ইউনূস", "ড\u{200C}."), ("মো: করিম", "মো:")]
    {
        assert_eq!(words(text).next().map(|w| w.as_str()), Some(word));
    }
}

/// Strings of Bengali letters, signs, marks, joiners, other scripts and controls.
fn messy() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => prop::char::range('\u{0980}', '\u{09FF}'),
        2 => prop::sample::select(vec!['\u{09BC}', '\u{09CD}', '\u{09BE}', '\u{09C7}', '\u{09D7}', '\u{0981}', 'ড', 'য', 'ে', 'া']),
        1 => prop::sample::select(vec!['\u{200C}', '\u{200D}', '\u{00AD}', ' ', '\n', '.', ':', '-', '।', '’', '\u{0301}', '\u{0323}', '\u{0334}']),
        1 => any::<char>(),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|chars| chars.into_iter().collect())
}

#[test]
fn every_code_point_folds_as_its_canonical_forms() {
    let marks = ["", "\u{F74}", "\u{F71}\u{9CD}", "\u{5B0}\u{9BC}", "\u{338}\u{F71}", "\u{301}\u{F80}"];
    for c in '\0'..=char::MAX {
        if std::iter::once(c).nfd().eq([c]) && canonical_combining_class(c) == 0 && !c.is_ascii() {
            continue;
        }
        for text in marks
            .iter()
            .flat_map(|m| [format!("{c}{m}"), format!("ড{c}{m}"), format!("a{m}{c}ক"), format!("<{c}{m}")])
        {
            let (nfc, nfd): (String, String) = (text.nfc().collect(), text.nfd().collect());
            let alike = [fold(&nfc), fold(&nfd)].iter().all(|folded| *folded == fold(&text));
            assert!(alike, "{}: {:?} {:?} {:?}", text.escape_unicode(), fold(&text), fold(&nfc), fold(&nfd));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn folding_the_readable_form_changes_nothing(text in messy()) {
        let folded = fold(&text);
        prop_assert_eq!(fold(&folded.to_string()), folded);
    }

    #[test]
    fn canonically_equivalent_strings_fold_alike(text in messy()) {
        let nfd: String = text.nfd().collect();
        let nfc: String = text.nfc().collect();
        prop_assert_eq!(fold(&text), fold(&nfd));
        prop_assert_eq!(fold(&text), fold(&nfc));
    }

    #[test]
    fn joiners_change_nothing(text in "[অ-হা-ৌ্ ]{0,12}", at in 0usize..12) {
        let mut joined = String::new();
        for (i, c) in text.chars().enumerate() {
            joined.push(c);
            if i == at { joined.push('\u{200C}'); }
        }
        prop_assert_eq!(fold(&text), fold(&joined));
    }

    #[test]
    fn words_lie_in_the_text_in_order(text in messy()) {
        let mut end = 0;
        for word in words(&text) {
            let span = word.span();
            prop_assert!(end <= span.start && span.start < span.end);
            prop_assert_eq!(&text[span.clone()], word.as_str());
            end = span.end;
        }
    }
}
