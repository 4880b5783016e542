//! Opening: the first extraction of a fresh process, lists given at run time, compiled
//! lists, and how many bytes a name takes.
//!
//! `cargo bench --bench load` prints times; the sizes stand before them.

use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};

use bangla_ner::{Extractor, Gazetteer, GazetteerBuilder, Kind};
use criterion::{BenchmarkId, Criterion, Throughput};

/// Set in a process that is started to extract once.
const FRESH: &str = "BANGLA_NER_BENCH_FRESH";
const SENTENCE: &str = "গতকাল ঢাকায় প্রেসিডেন্ট ভ্লাদিমির পুতিন বলেন, জাপানের সঙ্গে আলোচনা চলবে।";

/// Column 1 of a table of the bundled gazetteer.
fn column(file: &str) -> Vec<String> {
    let path = format!("{}/gazetteers/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().skip(1).filter_map(|line| line.split('\t').next()).map(Into::into).collect()
}

/// Names of two to four words, put together from the bundled ones by a fixed sequence of
/// random numbers.
fn composed(count: usize) -> Vec<String> {
    let lists = ["given_names.tsv", "surnames.tsv", "unions.tsv"].map(column);
    let mut state = 7u64;
    let mut word = |list: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let words = &lists[list];
        words[(state >> 33) as usize % words.len()].as_str()
    };
    let name = |n: usize| match n % 4 {
        0 | 1 => [word(0), word(1)].join(" "),
        2 => [word(0), word(0), word(1)].join(" "),
        _ => [word(2), word(1), "উচ্চ বিদ্যালয়"].join(" "),
    };
    (0..count).map(name).collect()
}

fn builder(names: &[String]) -> GazetteerBuilder {
    let mut builder = Gazetteer::builder();
    builder.names(Kind::Person, names).unwrap();
    builder
}

/// From `main` to the first result, in a process of its own.
fn fresh() -> Duration {
    let program = std::env::current_exe().unwrap();
    let output = Command::new(program).env(FRESH, "1").output().unwrap();
    Duration::from_nanos(String::from_utf8(output.stdout).unwrap().trim().parse().unwrap())
}

fn first_extraction(criterion: &mut Criterion) {
    criterion.bench_function("load/first-extraction", |bench| {
        bench.iter_custom(|times| (0..times).map(|_| fresh()).sum());
    });
}

fn lists(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("load");
    group.sample_size(10);
    for count in [10_000, 100_000] {
        let names = composed(count);
        let bytes = builder(&names).compile().unwrap();
        let distinct = Gazetteer::from_bytes(bytes.clone()).unwrap().len();
        println!(
            "{distinct} composed names compiled: {:.1} bytes a name",
            bytes.len() as f64 / distinct as f64
        );
        group.throughput(Throughput::Elements(count as u64));
        group.bench_with_input(BenchmarkId::new("build", count), &names, |bench, names| {
            bench.iter(|| assert_eq!(builder(black_box(names)).build().unwrap().len(), distinct));
        });
        group.bench_with_input(BenchmarkId::new("compile", count), &names, |bench, names| {
            bench.iter(|| assert_eq!(builder(black_box(names)).compile().unwrap().len(), bytes.len()));
        });
        group.bench_with_input(BenchmarkId::new("from-bytes", count), &bytes, |bench, bytes| {
            bench.iter(|| {
                assert_eq!(Gazetteer::from_bytes(black_box(bytes).clone()).unwrap().len(), distinct)
            });
        });
    }
    group.finish();
}

fn main() {
    if std::env::var_os(FRESH).is_some() {
        let start = Instant::now();
        assert_eq!(Extractor::bundled().extract(SENTENCE).len(), 3);
        println!("{}", start.elapsed().as_nanos());
        return;
    }
    let mut criterion = Criterion::default().configure_from_args();
    first_extraction(&mut criterion);
    lists(&mut criterion);
    criterion.final_summary();
}
