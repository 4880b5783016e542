//! The fold: idempotent, blind to canonical equivalence; the words lie in the text.

use bangla_ner::text::{fold, words};
use unicode_normalization::UnicodeNormalization;

pub fn run(bytes: &[u8]) {
    let text = &*String::from_utf8_lossy(bytes);
    let folded = fold(text);
    assert_eq!(fold(&folded.to_string()), folded, "folding what was folded changes it");
    assert_eq!(fold(&text.nfc().collect::<String>()), folded, "NFC folds otherwise");
    assert_eq!(fold(&text.nfd().collect::<String>()), folded, "NFD folds otherwise");
    let mut last = 0;
    for word in words(text) {
        let span = word.span();
        assert!(last <= span.start && span.start < span.end);
        assert_eq!(text.get(span.clone()), Some(word.as_str()));
        assert!(!word.folded().is_empty());
        last = span.end;
    }
}
