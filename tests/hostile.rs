//! Extraction never fails and never panics; offsets always fit.

use bangla_ner::{Extractor, Scratch};
use proptest::prelude::*;

/// Extracts and checks what holds for every text.
fn check(text: &str) -> usize {
    let ner = Extractor::bundled();
    let mut scratch = Scratch::new();
    let mut end = 0;
    let mut count = 0;
    for entity in ner.extract_with(&mut scratch, text) {
        let (span, surface) = (entity.span(), entity.surface_span());
        assert!(end <= span.start && span.start < span.end && span.end <= surface.end);
        assert_eq!(&text[span.clone()], entity.name());
        assert_eq!(&text[span.end..surface.end], entity.ending());
        assert_eq!(format!("{}{}", entity.name(), entity.ending()), entity.surface());
        assert!((0.0..=1.0).contains(&entity.confidence()));
        end = surface.end;
        count += 1;
    }
    count
}

#[test]
fn odd_texts_are_read() {
    let table = [
        String::new(),
        " ".into(),
        "\u{0}".into(),
        "\u{200D}\u{200C}\u{FEFF}".into(),
        "\u{09BC}\u{09CD}\u{09BE}".into(),
        "ঢাকা\u{0}ঢাকা".into(),
        "্".repeat(100_000),
        "ক".repeat(1_000_000),
        "ঢাকা-".repeat(20_000),
        "অধ্যাপক ".repeat(20_000),
        "মোহাম্মদ ".repeat(20_000),
        "এ. ".repeat(20_000),
        "বিশ্ববিদ্যালয় ".repeat(20_000),
        "( ".repeat(20_000),
        "‘“(".repeat(20_000),
        "\n".repeat(100_000),
        "ঢাকা ও ".repeat(20_000),
        "@".repeat(10_000),
        "http://ঢাকা.com/ঢাকা ঢাকা a@ঢাকা.com".into(),
        "مرحبا नमस्ते 한국어 Ελλάδα অসমীয়া ৰাজ্য 😀🇧🇩".into(),
    ];
    for text in &table {
        check(text);
    }
    assert_eq!(check("http://ঢাকা.com/ঢাকা ঢাকা a@ঢাকা.com"), 1);
}

#[test]
fn every_scalar_value_once() {
    let all: String = ('\u{0}'..=char::MAX).collect();
    check(&all);
    let spaced: String = ('\u{0}'..='\u{2FFF}').flat_map(|c| [c, ' ', 'ঢ', 'া', 'ক', 'া', c, ' ']).collect();
    check(&spaced);
}

#[test]
fn long_texts_give_the_sum_of_their_lines() {
    let line = "গতকাল ঢাকায় প্রেসিডেন্ট ভেলমোরান রহমান বলেন, জাপানে বৃষ্টি হয়েছে।\n";
    let once = check(line);
    assert_eq!(once, 3);
    assert_eq!(check(&line.repeat(5_000)), 3 * 5_000);
}

fn messy() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "ঢাকা",
        "শেখ",
        "মোঃ",
        "প্রেসিডেন্ট",
        "বিশ্ববিদ্যালয়",
        "জং",
        "উন",
        "কেসিএনএ",
        "এ",
        "কে",
        "ও",
        "বলেন",
        "জেলার",
        "উত্তর",
        "ঝুমরিকা",
        "২",
        "রহমান",
        "র",
        "এর",
        "-",
        ".",
        ",",
        "।",
        "(",
        ")",
        "‘",
        "’",
        "\n",
        "\u{200D}",
        "\u{09BC}",
        "\u{09BE}",
        "BNP",
        "http://",
        "@",
        "কম",
        "সেতু",
        "নদী",
        "\u{0}",
        "😀",
        "é",
    ]);
    let glue = prop::sample::select(vec!["", " ", " ", "  ", "\u{00A0}"]);
    prop::collection::vec((words, glue), 0..40)
        .prop_map(|p| p.into_iter().map(|(a, b)| format!("{a}{b}")).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn spans_fit_whatever_the_text(text in messy()) {
        check(&text);
    }

    #[test]
    fn any_string_at_all(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn scratch_and_calls_do_not_matter(a in messy(), b in messy()) {
        let ner = Extractor::bundled();
        let fresh: Vec<_> = ner.extract(&b).iter().map(|e| e.to_record()).collect();
        let mut scratch = Scratch::new();
        let _ = ner.extract_with(&mut scratch, &a).count();
        let again: Vec<_> = ner.extract_with(&mut scratch, &b).map(|e| e.to_record()).collect();
        prop_assert_eq!(fresh, again);
    }
}
