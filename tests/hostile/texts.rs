//! Hostile texts.

use std::time::Duration;

use allocation_counter::measure;
use bangla_ner::{Extractor, Mode, Scratch};
use cpu_time::ThreadTime;

const MB: usize = 1 << 20;

/// What is written again and again: nothing in it may be slow, large or wrong.
const REPEATED: &[(&str, &str)] = &[
    ("joiners", "\u{200D}\u{200C}\u{FEFF}"),
    ("hasantas", "্"),
    ("nuktas and signs", "\u{9BC}\u{9BE}\u{981}"),
    ("signs before nasals", "\u{981}\u{9BE}"),
    ("nasals", "\u{981}"),
    ("combining marks", "\u{301}\u{323}"),
    ("a letter with marks", "e\u{301}\u{323}\u{334}"),
    ("one word", "ক"),
    ("one conjunct", "ক্"),
    ("one word with joiners", "ক\u{200D}"),
    ("a name without spaces", "ঢাকা"),
    ("endings without end", "রকেটিগুলোতেও"),
    ("hyphens", "ঢাকা-"),
    ("hyphenated endings", "ঢাকা-র-"),
    ("candidates in one sentence", "ঢাকা "),
    ("names that overlap", "শেখ হাসিনা ওয়াজেদ "),
    ("a list", "ঢাকা ও "),
    ("titles", "অধ্যাপক "),
    ("given names", "মোহাম্মদ "),
    ("initials", "এ. "),
    ("abbreviations", "মো. ডা. "),
    ("letter names", "কেসিএনএ"),
    ("heads", "বিশ্ববিদ্যালয় "),
    ("nested heads", "ঢাকা জেলা উপজেলা ইউনিয়ন পরিষদ বিশ্ববিদ্যালয় কলেজ "),
    ("quotes that stay open", "‘“("),
    ("quotes that stay open before names", "“ঢাকা ‘খুলনা "),
    ("brackets", "( "),
    ("line ends", "\n"),
    ("returns", "\r"),
    ("empty lines", "\r\n \r\n"),
    ("addresses", "http://ঢাকা.com/"),
    ("mail addresses", "ঢাকা@খুলনা "),
    ("at signs", "@"),
    ("www", "www."),
    ("digits", "২০২৬"),
    ("dandas", "।"),
    ("NUL", "\0"),
    ("NUL between names", "ঢাকা\0"),
    ("marks of direction", "\u{202E}ঢাকা\u{200F} "),
    ("emoji", "👩\u{200D}👩\u{200D}👧🇧🇩"),
    ("Assamese", "অসমৰ ৰাজধানী দিছপুৰত মুখ্যমন্ত্ৰীয়ে কয়। "),
    ("Hindi", "प्रधानमंत्री नरेंद्र मोदी दिल्ली में हैं। "),
    ("Arabic", "قال الرئيس محمد في القاهرة. "),
    ("Latin", "President John Smith said in London that it rained. "),
    ("replacement characters", "\u{FFFD}"),
];

/// A beginning, what is repeated after it.
const BEGUN: &[(&str, &str, &str)] = &[
    ("a letter and nasals", "ক", "\u{981}\u{9C7}"),
    ("a title and words", "অধ্যাপক ", "ঝুমরিকা "),
    ("a title and one word", "অধ্যাপক ", "ঝুম"),
    ("a quote and words", "‘", "ঝুমরিকা "),
    ("an address", "http://", "ঢাকা/"),
    ("a name with endings", "ঢাকা", "ের"),
];

/// Every row as a text of about `length` bytes.
fn table(length: usize) -> Vec<(&'static str, String)> {
    let fill = |unit: &str| unit.repeat((length / unit.len()).max(1));
    let repeated = REPEATED.iter().map(|(name, unit)| (*name, fill(unit)));
    let begun = BEGUN.iter().map(|(name, begin, unit)| (*name, format!("{begin}{}", fill(unit))));
    repeated.chain(begun).collect()
}

fn modes() -> [Extractor; 2] {
    [Mode::Learned, Mode::Rules].map(|mode| Extractor::builder().mode(mode).build().unwrap())
}

/// Extracts and checks the spans. How many entities there are.
fn check(ner: &Extractor, text: &str) -> usize {
    let mut scratch = Scratch::new();
    let mut end = 0;
    let mut count = 0;
    for entity in ner.extract_with(&mut scratch, text) {
        let (span, surface) = (entity.span(), entity.surface_span());
        assert!(end <= span.start && span.start < span.end && span.end <= surface.end);
        assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
        assert!(text.is_char_boundary(surface.end));
        end = surface.end;
        count += 1;
    }
    count
}

#[test]
fn every_hostile_text_is_read_in_every_way() {
    for ner in modes() {
        for (name, text) in table(3_000) {
            let count = check(&ner, &text);
            ner.candidates(&text);
            ner.explain(&text, 0..text.len());
            let mut streamed = 0;
            ner.extract_reader(text.as_bytes(), |_, entities| streamed += entities.len()).unwrap();
            assert_eq!(streamed, count, "{name}");
        }
    }
}

#[test]
fn texts_without_words_have_no_names() {
    for ner in modes() {
        for text in ["", " ", "\0", "\u{200D}", "Σ", "\u{9BC}\u{9CD}\u{9BE}", "😀", "। ,", "\u{FEFF}"] {
            assert_eq!(check(&ner, text), 0, "{text:?}");
        }
        for name in ["joiners", "hasantas", "quotes that stay open", "NUL", "emoji", "line ends", "at signs"]
        {
            let (_, unit) = REPEATED.iter().find(|row| row.0 == name).unwrap();
            assert_eq!(check(&ner, &unit.repeat(50)), 0, "{name}");
        }
    }
}

#[test]
fn names_are_found_among_the_noise() {
    for ner in modes() {
        assert_eq!(check(&ner, "ঢাকা\u{0}ঢাকা"), 2);
        assert_eq!(check(&ner, "http://ঢাকা.com/ঢাকা ঢাকা a@ঢাকা.com"), 1);
        let scripts = ner.extract("مرحبا नमस्ते 한국어 ঢাকায় Ελλάδα 😀🇧🇩");
        assert!(scripts.iter().any(|e| e.name() == "ঢাকা"));
        check(&ner, "ঢাকাঢাকা উত্তর-কে ঢাকাঢাকাশেখ জং ঢাকাঢাকা");
        let line = "গতকাল ঢাকায় প্রেসিডেন্ট ভেলমোরান রহমান বলেন, জাপানে বৃষ্টি হয়েছে।\n";
        assert_eq!(check(&ner, line), 3);
        assert_eq!(check(&ner, &line.repeat(1_000)), 3 * 1_000);
    }
}

#[test]
fn every_scalar_value_once() {
    let all: String = ('\u{0}'..=char::MAX).collect();
    let last = if cfg!(debug_assertions) { '\u{FFF}' } else { char::MAX };
    let among_names: String = ('\u{0}'..=last).flat_map(|c| [c, ' ', 'ঢ', 'া', 'ক', 'া', c, ' ']).collect();
    for ner in modes() {
        check(&ner, &all);
        check(&ner, &among_names);
    }
}

/// The shortest of some readings, in processor time.
fn time(ner: &Extractor, text: &str) -> Duration {
    let mut scratch = Scratch::new();
    let read = |_| {
        let start = ThreadTime::now();
        let _ = ner.extract_with(&mut scratch, text).count();
        start.elapsed()
    };
    (0..3).map(read).min().unwrap()
}

#[test]
fn time_is_linear() {
    // Within one window, where anything that grows faster would show.
    let length = if cfg!(debug_assertions) { 8_000 } else { 100_000 };
    for ner in modes() {
        for ((name, short), (_, long)) in table(length).into_iter().zip(table(4 * length)) {
            let (short, long) = (time(&ner, &short), time(&ner, &long));
            // Four times the text; what is quadratic would take sixteen times as long.
            assert!(
                long < short * 9 + Duration::from_millis(5),
                "{name}: {short:?}, four times as much {long:?}"
            );
        }
    }
}

/// Checks that a text takes no more memory than a window of it and its entities.
fn check_memory(ner: &Extractor, name: &str, text: &str) {
    const WINDOW: u64 = 250 << 20;
    const ENTITY: u64 = 600;
    let mut count = 0;
    let most = measure(|| count = check(ner, text)).bytes_max;
    assert!(most < WINDOW + ENTITY * count as u64, "{name}: {most} bytes for {count} entities");
}

#[test]
#[cfg_attr(debug_assertions, ignore = "slow without optimisation: cargo test --release --test hostile")]
fn memory_is_that_of_a_window_and_of_the_entities() {
    for ner in modes() {
        table(MB).iter().for_each(|(name, text)| check_memory(&ner, name, text));
    }
}

#[test]
#[cfg_attr(debug_assertions, ignore = "slow without optimisation: cargo test --release --test hostile")]
fn large_texts() {
    // The weights may take repeated names for longer ones.
    for (ner, least) in modes().into_iter().zip([0, 990_000]) {
        check_memory(&ner, "a word of 10 MB", &"ক".repeat(10 * MB / 3));
        check_memory(&ner, "at signs", &"@".repeat(10 * MB));
        let candidates = "ঢাকা ".repeat(1_000_000);
        check_memory(&ner, "a million candidates in one sentence", &candidates);
        let found = check(&ner, &candidates);
        assert!(found > least, "{found}");
        check_memory(&ner, "a title and 100,000 words", &format!("অধ্যাপক {}", "ঝুমরিকা ".repeat(100_000)));
    }
}

#[test]
#[ignore = "slow: cargo test --release --test hostile -- --include-ignored"]
fn a_text_of_100_megabytes() {
    let line = "গতকাল ঢাকায় প্রেসিডেন্ট ভেলমোরান রহমান বলেন, জাপানে বৃষ্টি হয়েছে।\n";
    let times = 100 * MB / line.len();
    let text = line.repeat(times);
    for ner in modes() {
        check_memory(&ner, "lines of 100 MB", &text);
        assert_eq!(check(&ner, &text), 3 * times);
        check_memory(&ner, "a paragraph of 100 MB", &text.replace('\n', " "));
    }
}
