//! News-like texts of our own, marked by the guideline (`tests/golden/*.txt`).

use bangla_ner::eval::{self, Document, Report, Spelling};
use bangla_ner::text::fold;
use bangla_ner::{Extractor, Gazetteer, Mode};

/// Every golden text, by file name.
fn texts() -> Vec<(String, Document)> {
    read_folder("golden")
}

fn read_folder(name: &str) -> Vec<(String, Document)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name);
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    let read = |file: std::path::PathBuf| {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&file).unwrap();
        let document = eval::read_marked(&name, &text).unwrap();
        (name, document)
    };
    files.into_iter().map(read).collect()
}

#[test]
fn scores_do_not_fall() {
    // Floors a little under today's figures, which `examples/evaluate.rs` prints.
    let rules = Extractor::builder().mode(Mode::Rules).build().unwrap();
    let learned = Extractor::bundled();
    for (folder, ner, floors) in [
        ("golden", &rules, [0.79, 0.88, 0.79]),
        ("golden", learned, [0.92, 0.94, 0.90]),
        ("heldout", learned, [0.88, 0.92, 0.87]),
    ] {
        let mut report = Report::default();
        for (_, document) in read_folder(folder) {
            report.add(&document, &eval::predict(ner, &document));
        }
        for (kind, floor) in ["person", "place", "organization"].into_iter().zip(floors) {
            let (_, counts) = report.exact().rows().find(|(k, _)| k.as_str() == kind).unwrap();
            assert!(counts.f1() >= floor, "{folder}, {kind}: {}", counts.f1());
        }
    }
}

/// Folded name and kind of each entity, in order.
fn found(text: &str) -> Vec<(String, String)> {
    let entities = Extractor::bundled().extract(text);
    entities.iter().map(|e| (fold(e.name()).to_string(), e.kind().to_string())).collect()
}

#[test]
fn other_spellings_give_the_same_mentions() {
    for (name, document) in texts() {
        let expected = found(&document.text);
        for spelling in Spelling::ALL {
            assert_eq!(found(&document.respelled(spelling).text), expected, "{name} {spelling:?}");
        }
    }
}

/// Names that stand in no list must be found by what they look like and what stands beside
/// them; so these are taken out of the lists.
#[test]
fn names_that_are_in_no_list_are_found_by_their_context() {
    let table = [
        ("[LOC:সিউল]ভিত্তিক বিশ্লেষক [PER:লেইফ-এরিক ইজলি] মনে করেন, এ চুক্তি টিকবে না।", "লেইফ-এরিক ইজলি"),
        ("এ কথা বলেছেন অধ্যাপক [PER:লেইফ-এরিক ইজলি]।", "লেইফ-এরিক ইজলি"),
        ("গত বছর তিনি [ORG:ইওয়া ওমেনস ইউনিভার্সিটি]তে যোগ দেন।", "ইওয়া ওমেনস ইউনিভার্সিটি"),
        ("[ORG:ইওয়া ওমেনস ইউনিভার্সিটি]র গবেষকেরা জরিপটি করেন।", "ইওয়া ওমেনস ইউনিভার্সিটি"),
        ("খবরটি প্রথম ছাপে [ORG:বার্তা২৪.কম]।", "বার্তা২৪.কম"),
        ("[ORG:বার্তা২৪.কম]-এর প্রতিবেদক সেখানে ছিলেন।", "বার্তা২৪.কম"),
        ("রাষ্ট্রীয় বার্তা সংস্থা [ORG:কেসিএনএ] ছবিগুলো প্রকাশ করে।", "কেসিএনএ"),
        ("[ORG:কেসিএনএ]র খবরে ক্ষেপণাস্ত্রের কথা নেই।", "কেসিএনএ"),
        // The like of them, which no list ever had.
        ("এ কথা বলেছেন অধ্যাপক [PER:ভিম-ইয়োরিক খাস্তলি]।", ""),
        ("গত বছর তিনি [ORG:ঝুংওয়া ওমেনস ইউনিভার্সিটি]তে যোগ দেন।", ""),
        ("খবরটি প্রথম ছাপে [ORG:ফুলকি২৯.কম]।", ""),
        ("রাষ্ট্রীয় বার্তা সংস্থা [ORG:জেডকিউএমটি] ছবিগুলো প্রকাশ করে।", ""),
    ];
    for (marked, unlisted) in table {
        let mut without = Gazetteer::builder();
        if !unlisted.is_empty() {
            without.block(unlisted).unwrap();
        }
        let ner = Extractor::builder().gazetteer(without.build().unwrap()).build().unwrap();
        let document = eval::read_marked("table", marked).unwrap();
        let predicted = eval::predict(&ner, &document);
        assert_eq!(predicted, document.mentions, "{marked}");
    }
}
