//! Labelled text and streams: the first byte chooses the reader, the rest is what it reads.

use std::io::BufReader;

use bangla_ner::eval::{self, Document, Mention, Report, Spelling};
use bangla_ner::offsets::{OffsetMap, Unit};
use bangla_ner::{Extractor, Options, Passages};

pub fn run(bytes: &[u8]) {
    let Some((&reader, rest)) = bytes.split_first() else { return };
    match reader {
        b'b' => bio(&String::from_utf8_lossy(rest)),
        b'm' => marked(&String::from_utf8_lossy(rest)),
        b'o' => options(rest),
        _ => passages(rest),
    }
}

fn bio(text: &str) {
    let Ok(documents) = eval::read_bio("fuzz.tsv", text) else { return };
    let mut all = Document::default();
    for document in &documents {
        assert!(!document.tokens.is_empty());
        check(document);
        all.join(document);
    }
    check(&all);
}

fn marked(text: &str) {
    let Ok(document) = eval::read_marked("fuzz.txt", text) else { return };
    check(&document);
    for mention in &document.mentions {
        assert!(!document.surface(mention).trim().is_empty());
    }
    let respelled = document.respelled(Spelling::Joiners);
    assert_eq!(respelled.mentions.len(), document.mentions.len());
    check(&respelled);
}

/// Spans lie in the text in order; scores are shares; offsets convert.
fn check(document: &Document) {
    let text = &*document.text;
    let mut last = 0;
    for Mention { span, .. } in &document.mentions {
        assert!(last <= span.start && text.get(span.clone()).is_some(), "{span:?} in {text:?}");
        last = span.end;
    }
    for unit in [Unit::Chars, Unit::Utf16] {
        let mut map = OffsetMap::new(text, unit);
        let range = map.range(0..last);
        assert!(range.start == 0 && range.end <= last);
    }
    let mut report = Report::default();
    let mistakes = report.add(document, &document.mentions);
    let none = report.add(document, &[]);
    assert!(none.len() <= document.mentions.len() && mistakes.len() <= document.mentions.len());
    for table in [report.exact(), report.span_only(), report.kind_only()] {
        let total = table.total();
        assert!(
            [total.precision(), total.recall(), total.f1()].iter().all(|share| (0.0..=1.0).contains(share))
        );
    }
}

/// Settings from JSON are refused, or make an extractor and can be stored again.
fn options(json: &[u8]) {
    let Ok(options) = serde_json::from_slice::<Options>(json) else { return };
    if Extractor::builder().options(options.clone()).build().is_ok() {
        let again = serde_json::to_vec(&options).unwrap();
        assert_eq!(serde_json::from_slice::<Options>(&again).unwrap(), options);
    }
}

/// Passages are the text that was read, whatever pieces it came in.
fn passages(bytes: &[u8]) {
    let whole = collect(bytes, 1 << 16);
    assert_eq!(whole.is_some(), std::str::from_utf8(bytes).is_ok());
    assert!(whole.as_ref().is_none_or(|read| read == bytes));
    assert_eq!(collect(bytes, 1 + bytes.len() % 7), whole);
}

fn collect(bytes: &[u8], at_once: usize) -> Option<Vec<u8>> {
    let mut passages = Passages::new(BufReader::with_capacity(at_once, bytes));
    let mut read = Vec::new();
    while let Some(passage) = passages.next_passage().ok()? {
        assert_eq!(passage.offset, read.len() as u64);
        read.extend(passage.text.as_bytes());
    }
    Some(read)
}
