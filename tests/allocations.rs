//! A warm scratch needs no memory: extraction allocates nothing once its buffers have grown.

use allocation_counter::{AllocationInfo, measure};
use bangla_ner::eval::Spelling;
use bangla_ner::{Extractor, Gazetteer, Kind, Matcher, Mode, Scratch, eval};

/// The golden articles, unmarked.
fn articles() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let marked = files.iter().map(|path| std::fs::read_to_string(path).unwrap());
    marked.map(|m| eval::read_marked("golden", &m).unwrap().text).collect()
}

/// Allocations of one more reading of all articles, and how many letters their names have.
fn warm(ner: &Extractor, articles: &[String]) -> (AllocationInfo, usize) {
    let mut scratch = Scratch::new();
    let mut read = || {
        let mut letters = 0;
        for article in articles {
            letters += ner.extract_with(&mut scratch, article).map(|e| e.name().len()).sum::<usize>();
        }
        letters
    };
    let letters = read();
    assert_eq!(read(), letters);
    let info = measure(|| assert_eq!(read(), letters));
    (info, letters)
}

fn check(mode: Mode, respell: impl Fn(&String) -> String) {
    let ner = Extractor::builder().mode(mode).build().unwrap();
    let articles: Vec<_> = articles().iter().map(respell).collect();
    assert_eq!(articles.len(), 28);
    let (info, letters) = warm(&ner, &articles);
    assert!(letters > 10_000);
    assert_eq!(info.count_total, 0, "{} bytes in {} allocations", info.bytes_total, info.count_total);
}

#[test]
fn rules_allocate_nothing_when_warm() {
    check(Mode::Rules, String::clone);
}

#[test]
fn learned_weights_allocate_nothing_when_warm() {
    check(Mode::Learned, String::clone);
}

#[test]
fn no_spelling_allocates_when_warm() {
    for spelling in Spelling::ALL {
        check(Mode::Learned, |article| spelling.of(article));
    }
}

#[test]
fn a_matcher_allocates_nothing_when_warm() {
    let names = ["ঢাকা", "বাংলাদেশ", "আওয়ামী লীগ", "শেখ হাসিনা"];
    let mut list = Gazetteer::builder();
    list.names(Kind::from("mine"), names).unwrap();
    let matcher = Matcher::new([list.build().unwrap()]).unwrap();
    let articles = articles();
    let mut scratch = Scratch::new();
    let mut read = || -> usize {
        let letters = |text| matcher.matches_with(&mut scratch, text).map(|m| m.name().len()).sum::<usize>();
        articles.iter().map(String::as_str).map(letters).sum()
    };
    let letters = read();
    assert!(letters > 500);
    let info = measure(|| assert_eq!(read(), letters));
    assert_eq!(info.count_total, 0, "{} bytes in {} allocations", info.bytes_total, info.count_total);
}
