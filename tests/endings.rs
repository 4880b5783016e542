//! The ending grammar, as tables.

use std::collections::HashSet;

use bangla_ner::endings::{Case, split, splits};

/// Names by the class of their last sound.
const CONSONANT: &[&str] = &["রংপুর", "পুতিন", "ইরান", "মেঘালয়", "করিম"];
const AA: &[&str] = &["ঢাকা", "হাসিনা", "রাশিয়া"];
const VOWEL: &[&str] = &["দিল্লি", "বিএনপি", "চৌধুরী", "টোকিও", "মস্কো", "পেরু", "জেলেনস্কি", "কেসিএনএ"];
const CLOSED: &[&str] = &["পিয়ংইয়ং", "হংকং", "শরৎ"];
const OTHER: &[&str] = &["BNP", "জি২০", "WHO"];

/// The cells of the blueprint's table: class, locative, genitive.
type Row = (&'static [&'static str], &'static [&'static str], &'static [&'static str]);
const TABLE: &[Row] = &[
    (CONSONANT, &["ে", "েতে"], &["ের"]),
    (AA, &["য়", "তে"], &["র"]),
    (VOWEL, &["তে", "য়ে", "য়"], &["র", "য়ের"]),
    (CLOSED, &["য়ে", "ে", "এ"], &["য়ের", "ের", "এর"]),
    (OTHER, &["এ", "তে", "য়"], &["এর", "র", "য়ের"]),
];

fn ending<'s>(name: &str, surface: &'s str) -> Option<&'s str> {
    split(name, surface).map(|s| {
        assert_eq!(format!("{}{}", s.name, s.ending), surface);
        s.ending
    })
}

#[test]
fn every_class_takes_its_cases_alone_and_with_an_emphatic() {
    for &(names, locative, genitive) in TABLE {
        for name in names {
            let cells =
                [(locative, Case::Locative), (genitive, Case::Genitive), (&["কে"][..], Case::Objective)];
            for (endings, case) in cells {
                for written in endings {
                    for emphatic in ["", "ই", "ও"] {
                        let surface = format!("{name}{written}{emphatic}");
                        let found =
                            split(name, &surface).unwrap_or_else(|| panic!("{name} + {written}{emphatic}"));
                        assert_eq!(found.ending, format!("{written}{emphatic}"));
                        assert_eq!(found.parts.case(), Some(case), "{surface}");
                        assert_eq!(found.parts.is_emphatic(), !emphatic.is_empty(), "{surface}");
                    }
                }
            }
        }
    }
}

#[test]
fn classifiers_plurals_and_bound_words_take_cases_of_their_own() {
    let all = [CONSONANT, AA, VOWEL, CLOSED, OTHER].concat();
    let chains = [
        "টি",
        "টির",
        "টিকে",
        "টিতে",
        "টিও",
        "টা",
        "টায়",
        "টার",
        "টাকে",
        "খানা",
        "খানার",
        "গুলো",
        "গুলোর",
        "গুলোতে",
        "গুলোকেও",
        "গুলি",
        "গুলির",
        "দের",
        "দেরকে",
        "দেরই",
        "সহ",
        "সহই",
        "বিষয়ক",
        "ভিত্তিক",
        "সংলগ্ন",
        "কেন্দ্রিক",
        "সমর্থিত",
        "সমর্থকদের",
        "বিরোধী",
        "বিরোধীদের",
        "পন্থীরা",
        "পন্থীদেরও",
        "গামী",
        "মুখী",
        "প্রধান",
        "প্রধানকে",
        "প্রধানের",
    ];
    for name in all {
        for chain in chains {
            let surface = format!("{name}{chain}");
            assert_eq!(ending(name, &surface), Some(chain), "{name} + {chain}");
            let hyphenated = format!("{name}-{chain}");
            assert_eq!(ending(name, &hyphenated), Some(&*format!("-{chain}")), "{hyphenated}");
        }
    }
    for (name, plural) in [("করিম", "েরা"), ("হাসিনা", "রা"), ("চৌধুরী", "রা"), ("দিল্লি", "য়েরা"), ("হংকং", "য়েরা")]
    {
        let found = split(name, &format!("{name}{plural}")).map(|s| s.parts.is_plural());
        assert_eq!(found, Some(true), "{name}{plural}");
    }
}

#[test]
fn parts_say_what_they_are() {
    let parts = |name, surface| split(name, surface).unwrap().parts;
    assert_eq!(parts("ট্রাম্প", "ট্রাম্পপন্থীদের").bound_word(), Some("পন্থী"));
    assert_eq!(parts("আইসিসি", "আইসিসিপ্রধানকে").case(), Some(Case::Objective));
    assert!(parts("ছাত্রলীগ", "ছাত্রলীগটিকেও").has_classifier());
    assert!(parts("ডব্লিউএইচও", "ডব্লিউএইচও-এর").is_hyphenated());
    assert!(parts("ডব্লিউএইচও", "ডব্লিউএইচও'র").is_hyphenated());
    assert!(parts("ঢাকা", "ঢাকা").is_bare());
}

#[test]
fn what_begins_like_a_name_need_not_be_a_form_of_it() {
    let table = [
        ("ঢাকা", "ঢাকনা"),
        ("ঢাকা", "ঢাকাই"),
        ("ঢাকা", "ঢাকাবাসী"),
        ("ঢাকা", "ঢাকী"),
        ("রাম", "রামধনু"),
        ("রাম", "রামপুর"),
        ("কর", "কর্মী"),
        ("চীন", "চীনাবাদাম"),
        ("চীন", "চীনা"),
        ("করিম", "করিমুন্নেসা"),
        ("ভারত", "ভারতীয়"),
        ("ইরান", "ইরানি"),
        ("পাকিস্তান", "পাকিস্তানি"),
        ("জাপান", "জাপানি"),
        ("কলকাতা", "কলকাতাই"),
        ("রহিম", "রহিমর"),
        ("করিম", "করিমরা"),
        ("ঢাকা", "ঢাকাের"),
        ("পুতিন", "পুতিনতে"),
        ("করিম", "করিমকেকে"),
        ("করিম", "করিমের্"),
        ("করিম", "কারিম"),
        ("শাকিব", "শাক"),
        ("BNP", "BNPকখ"),
        ("ঢাকা", "ঢাকা-কলকাতা"),
        ("ঢাকা", "ঢাকা-"),
        ("ঢাকা", "ঢাকা "),
        ("", "ঢাকা"),
    ];
    for (name, word) in table {
        assert!(split(name, word).is_none(), "{word} is no form of {name}");
    }
}

#[test]
fn any_spelling_of_name_and_surface_will_do() {
    let table = [
        ("পিয়ংইয়ং", "প\u{09BF}\u{09AF}\u{09BC}ংই\u{09AF}\u{09BC}ং", "\u{09AF}\u{09BC}ের"),
        ("টোকিও", "ট\u{09C7}\u{09BE}কিও", "র"),
        ("র‍্যাব", "র্যাব", "কে"),
        ("শরৎ", "শরত\u{09CD}", "ের"),
        ("শরৎ", "শরত\u{09CD}\u{200D}", "ের"),
    ];
    for (name, written, suffix) in table {
        let surface = format!("{written}{suffix}");
        let found = split(name, &surface).unwrap_or_else(|| panic!("{surface}"));
        assert_eq!(
            (found.name.trim_end_matches('\u{200D}'), found.ending.trim_start_matches('\u{200D}')),
            (written.trim_end_matches('\u{200D}'), suffix)
        );
    }
    // A joiner at the cut goes to the ending.
    assert_eq!(split("বিএনপি", "বিএনপি\u{200C}র").unwrap().ending, "\u{200C}র");
}

#[test]
fn splits_list_every_licensed_cut_longest_name_first() {
    let table: &[(&str, &[(&str, &str)])] = &[
        ("ঢাকা", &[("ঢাকা", "")]),
        ("সাকিবকে", &[("সাকিবকে", ""), ("সাকিবক", "ে"), ("সাকিব", "কে")]),
        ("ট্রাম্পের", &[("ট্রাম্পের", ""), ("ট্রাম্পে", "র"), ("ট্রাম্প", "ের")]),
        ("কর্মী", &[("কর্মী", "")]),
        ("২০", &[("২০", "")]),
    ];
    for (word, expected) in table {
        let found: Vec<_> = splits(word).map(|s| (s.name, s.ending)).collect();
        assert_eq!(found, *expected, "{word}");
    }
    assert_eq!(splits("দুই শব্দ").count(), 0);
    assert_eq!(splits("").count(), 0);
}

/// The classes of last sounds, as letters: consonant, open (conjunct, হ), aa, other vowel,
/// closed (ং ঃ ৎ), not Bengali.
const ENDS: &[(&str, char)] = &[
    ("পুতিন", 'c'),
    ("মেঘালয়", 'c'),
    ("চন্দ্র", 'o'),
    ("উল্লাহ", 'o'),
    ("হাসিনা", 'a'),
    ("চৌধুরী", 'v'),
    ("টোকিও", 'v'),
    ("হংকং", 'n'),
    ("শরৎ", 'n'),
    ("BNP", 'x'),
    ("জি২০", 'x'),
];
const BOUND: &[(&str, char)] =
    &[("সহ", 'o'), ("বিষয়ক", 'c'), ("পন্থী", 'v'), ("ঘেঁষা", 'a'), ("কাণ্ড", 'o'), ("ভাই", 'v'), ("স্থ", 'o')];
const CLASSIFIERS: &[(&str, char)] = &[
    ("টি", 'v'),
    ("টা", 'a'),
    ("টুকু", 'v'),
    ("খানা", 'a'),
    ("খানি", 'v'),
    ("গুলো", 'v'),
    ("গুলি", 'v'),
    ("গুলা", 'a'),
];
/// With the sounds after which each stands, and whether কে may follow.
const PLURALS: &[(&str, &str, bool)] = &[
    ("রা", "avxo", false),
    ("েরা", "conx", false),
    ("য়েরা", "avnx", false),
    ("এরা", "vnx", false),
    ("দের", "coavnx", true),
    ("েদের", "con", true),
    ("য়েদের", "avn", true),
];
const CASES: &[(&str, &str)] = &[
    ("কে", "coavnx"),
    ("ে", "conx"),
    ("েতে", "co"),
    ("তে", "avx"),
    ("য়", "avx"),
    ("য়ে", "avnx"),
    ("এ", "vnx"),
    ("ের", "conx"),
    ("র", "avxo"),
    ("য়ের", "avnx"),
    ("এর", "vnx"),
];

/// Every case with every emphatic after a last sound; without `sound` whether licensed or not.
fn cases(sound: Option<char>) -> impl Iterator<Item = String> {
    let licensed = CASES.iter().filter(move |(_, after)| sound.is_none_or(|sound| after.contains(sound)));
    let cases = licensed.map(|&(case, _)| case).chain([""]);
    cases.flat_map(|case| ["", "ই", "ও"].map(|emphatic| format!("{case}{emphatic}")))
}

/// Every classifier and plural with what follows, or none.
fn tails(sound: Option<char>) -> Vec<String> {
    let mut tails: Vec<String> = cases(sound).collect();
    for &(classifier, last) in CLASSIFIERS {
        tails.extend(cases(sound.map(|_| last)).map(|rest| format!("{classifier}{rest}")));
    }
    for &(plural, after, takes_ke) in PLURALS {
        match sound {
            None => tails.extend(cases(None).map(|rest| format!("{plural}{rest}"))),
            Some(sound) if after.contains(sound) => {
                let cases: &[&str] = if takes_ke { &["", "কে"] } else { &[""] };
                tails.extend(cases.iter().flat_map(|c| ["", "ই", "ও"].map(|e| format!("{plural}{c}{e}"))));
            }
            Some(_) => {}
        }
    }
    tails
}

fn endings_after(sound: Option<char>) -> HashSet<String> {
    let mut all: HashSet<String> = tails(sound).into_iter().collect();
    for &(bound, last) in BOUND {
        all.extend(tails(sound.map(|_| last)).into_iter().map(|tail| format!("{bound}{tail}")));
    }
    all
}

#[test]
fn the_language_is_what_the_table_says_and_nothing_else() {
    let everything = endings_after(None);
    let after_hyphen = endings_after(Some('x'));
    for &(name, sound) in ENDS {
        let licensed = endings_after(Some(sound));
        for ending in &everything {
            let surface = format!("{name}{ending}");
            let found = self::ending(name, &surface);
            assert_eq!(found, licensed.contains(ending).then_some(&**ending), "{name} + {ending}");
            let hyphenated = format!("{name}-{ending}");
            let bare = ending.is_empty();
            let wanted = (after_hyphen.contains(ending) && !bare).then(|| format!("-{ending}"));
            assert_eq!(split(name, &hyphenated).map(|s| s.ending.to_owned()), wanted, "{hyphenated}");
        }
    }
}
