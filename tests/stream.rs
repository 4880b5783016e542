//! Passages of a reader: the same however the bytes arrive, and the same answers.

use std::io::{BufReader, Read};

use bangla_ner::{Extractor, Passages, Scratch};
use proptest::prelude::*;

const KIB: usize = 1 << 10;

/// The passages of a text that arrives in pieces of some size.
fn passages(text: &[u8], piece: usize) -> Vec<(u64, String)> {
    let mut reader = Passages::new(BufReader::with_capacity(piece, text));
    let mut out = Vec::new();
    while let Some(passage) = reader.next_passage().unwrap() {
        out.push((passage.offset, passage.text.to_owned()));
    }
    out
}

fn check(text: &str, pieces: &[usize]) -> Vec<(u64, String)> {
    let whole = passages(text.as_bytes(), 1 << 22);
    let mut at = 0;
    for (offset, passage) in &whole {
        assert_eq!(*offset, at as u64);
        assert!(!passage.is_empty() && passage.len() <= 1 << 20);
        at += passage.len();
    }
    assert_eq!(whole.iter().map(|p| p.1.as_str()).collect::<String>(), text);
    for &piece in pieces {
        assert!(passages(text.as_bytes(), piece) == whole, "in pieces of {piece} bytes");
    }
    whole
}

fn ends_a_paragraph(text: &str) -> bool {
    let lines: Vec<&str> = text.split('\n').collect();
    matches!(lines[..], [.., before, ""] if before.trim_matches([' ', '\t', '\r']).is_empty())
}

/// Paragraphs of our own sentences.
fn article(paragraphs: &[(usize, &str)]) -> String {
    let sentence = "ঢাকায় প্রধানমন্ত্রী রহিম উদ্দিনের সঙ্গে বৈঠক করেন জাতিসংঘের কর্মকর্তা জন স্মিথ। ";
    paragraphs.iter().map(|(sentences, end)| sentence.repeat(*sentences) + end).collect()
}

#[test]
fn a_short_text_is_one_passage_and_no_text_is_none() {
    assert_eq!(check("ঢাকা\n\nখুলনা", &[1, 2, 3]).len(), 1);
    assert_eq!(check("", &[1]).len(), 0);
}

#[test]
fn passages_end_at_paragraphs() {
    let ends = ["\n\n", "\n \t\n", "\r\n\r\n", "\n\n\n\n"];
    let paragraphs: Vec<_> = (0..600).map(|n| (1 + n % 9, ends[n % 4])).collect();
    let found = check(&article(&paragraphs), &[1, 61, 4096]);
    assert!(found.len() > 5);
    for (_, passage) in &found[..found.len() - 1] {
        assert!(ends_a_paragraph(passage) && passage.len() >= 64 * KIB && passage.len() < 70 * KIB);
    }
}

#[test]
fn endless_paragraphs_are_cut_at_lines_spaces_or_characters() {
    let lines = article(&[(3, "\n")]).repeat(4000);
    assert!(check(&lines, &[4096]).iter().all(|(_, p)| p.ends_with('\n')));
    let spaces = article(&[(12_000, "শেষ")]);
    let found = check(&spaces, &[4096]);
    assert!(found.len() > 2 && found[..found.len() - 1].iter().all(|(_, p)| p.ends_with(' ')));
    assert!(check(&"ক".repeat(900_000), &[4096, 65_537]).len() > 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn answers_are_those_of_the_passages(
        paragraphs in prop::collection::vec((1usize..40, prop::sample::select(vec!["\n\n", "\n", "\n \n"])), 30..60),
        piece in 1usize..5000,
    ) {
        let text = article(&paragraphs);
        let ner = Extractor::bundled();
        let mut streamed = Vec::new();
        let mut cuts = vec![0];
        let reader = BufReader::with_capacity(piece, text.as_bytes());
        ner.extract_reader(reader, |passage, entities| {
            let at = passage.offset as usize;
            streamed.extend(entities.map(|e| (at + e.span().start, at + e.span().end, e.kind().clone())));
            cuts.push(at + passage.text.len());
        }).unwrap();
        let mut whole = Vec::new();
        let mut scratch = Scratch::new();
        for range in cuts.windows(2) {
            let part = &text[range[0]..range[1]];
            let found = ner.extract_with(&mut scratch, part);
            whole.extend(found.map(|e| (range[0] + e.span().start, range[0] + e.span().end, e.kind().clone())));
        }
        prop_assert!(!whole.is_empty());
        prop_assert_eq!(streamed, whole);
    }
}

#[test]
fn errors_say_where() {
    let mut bytes = article(&[(1000, "\n\n"), (2, "\n")]).into_bytes();
    let at = bytes.len();
    bytes.extend(b"\xE0\xA6 x");
    let error = Extractor::bundled().extract_reader(&bytes[..], |_, _| {}).unwrap_err();
    let wanted = format!("line 4: invalid UTF-8 at byte {at} of what was read; convert it to UTF-8 before");
    assert_eq!(error.to_string(), wanted);
    assert_eq!((error.line(), error.is_io()), (Some(4), false));

    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the line went dead"))
        }
    }
    let broken = BufReader::new("ঢাকা".as_bytes().chain(Broken));
    assert!(broken.capacity() > 0);
    let error = Extractor::bundled().extract_reader(broken, |_, _| {}).unwrap_err();
    assert_eq!((error.to_string().as_str(), error.is_io()), ("cannot read on: the line went dead", true));
}

#[cfg(feature = "rayon")]
#[test]
fn a_batch_is_each_text() {
    let texts: Vec<String> = (0..200).map(|n| article(&[(1 + n % 3, "\n")]) + &n.to_string()).collect();
    let ner = Extractor::bundled();
    let key = |e: &bangla_ner::Entity<'_>| (e.span().start, e.span().end, e.kind().clone());
    let batch = ner.extract_batch(&texts);
    assert_eq!(batch.len(), texts.len());
    for (text, found) in texts.iter().zip(&batch) {
        let alone: Vec<_> = ner.extract(text).iter().map(key).collect();
        assert_eq!(found.iter().map(key).collect::<Vec<_>>(), alone);
        assert!(!alone.is_empty());
    }
}
