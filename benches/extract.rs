//! The whole pipeline on texts of three lengths, with asserted counts.
//!
//! `cargo bench` prints time and throughput in bytes of the original text.

use std::hint::black_box;

use bangla_ner::{Extractor, Scratch, text};
use criterion::{BenchmarkId, Criterion, Throughput};

/// One sentence with three names.
const SENTENCE: &str = "গতকাল ঢাকায় প্রেসিডেন্ট ভ্লাদিমির পুতিন বলেন, জাপানের সঙ্গে আলোচনা চলবে।";

/// The project's own golden articles, marks removed, as one text of paragraphs.
fn articles() -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let marked = files.iter().map(|path| std::fs::read_to_string(path).unwrap());
    marked.map(|m| bangla_ner::eval::read_marked("golden", &m).unwrap().text).collect::<Vec<_>>().join("\n")
}

fn extract(criterion: &mut Criterion) {
    let ner = Extractor::bundled();
    let articles = articles();
    let long = articles.repeat(2_000_000 / articles.len() + 1);
    assert_eq!(ner.extract(SENTENCE).len(), 3);
    let mut group = criterion.benchmark_group("extract");
    for (name, text) in [("sentence", SENTENCE), ("articles", &articles), ("2MB", &long)] {
        let expected = ner.extract(text).len();
        assert!(expected > 0);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(name), text, |bench, text| {
            let mut scratch = Scratch::new();
            bench.iter(|| {
                let found = ner.extract_with(&mut scratch, black_box(text)).count();
                assert_eq!(found, expected);
            });
        });
    }
    group.finish();
}

fn text_pass(criterion: &mut Criterion) {
    let articles = articles();
    let folded = text::fold(&articles).as_bytes().len();
    let mut group = criterion.benchmark_group("text");
    group.throughput(Throughput::Bytes(articles.len() as u64));
    group.bench_function("fold", |bench| {
        bench.iter(|| assert_eq!(text::fold(black_box(&articles)).as_bytes().len(), folded));
    });
    group.bench_function("std-utf8-check", |bench| {
        bench.iter(|| assert!(std::str::from_utf8(black_box(articles.as_bytes())).is_ok()));
    });
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    extract(&mut criterion);
    text_pass(&mut criterion);
    criterion.final_summary();
}
