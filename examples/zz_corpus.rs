#[path = "../benches/corpus/mod.rs"]
mod corpus;
use bangla_ner::*;
#[allow(dead_code)]
const REPOSITORY: &str = env!("CARGO_MANIFEST_DIR");
use std::hint::black_box;
use std::time::Instant;
fn main() {
    if std::env::args().nth(1).as_deref() == Some("dump") {
        let names = corpus::bundled();
        let d = corpus::generate(&names, corpus::Draw::Shuffled, std::env::args().nth(2).unwrap().parse::<usize>().unwrap() << 20);
        let t: Vec<_> = d.iter().map(|d| d.text.clone()).collect();
        std::fs::write(std::env::args().nth(3).unwrap(), t.join("\n\u{c}\n")).unwrap();
        return;
    }
    let a: Vec<String> = std::env::args().skip(1).collect();
    let ner = match a[0].as_str() {
        "rules" | "R" => Extractor::builder().mode(Mode::Rules).build().unwrap(),
        _ => Extractor::builder().build().unwrap(),
    };
    let docs: Vec<String> =
        std::fs::read_to_string(&a[2]).unwrap().split("\n\u{c}\n").map(String::from).collect();
    let words: usize = docs
        .iter()
        .map(|d| text::words(d).count())
        .sum::<usize>()
        .max(docs.iter().map(|d| d.len()).sum::<usize>() / 50);
    let passes: usize = a[1].parse().unwrap();
    let mut s = Scratch::new();
    let mut times = vec![];
    let mut n = 0;
    for _ in 0..passes {
        let t = Instant::now();
        n = 0;
        for d in &docs {
            n += match a[0].as_str() {
                "D" => tools::scan(&mut s, d),
                "M" => tools::find(&ner, &mut s, d),
                "C" => ner.extract_with(&mut Scratch::new(), black_box(d)).count(),
                _ => ner.extract_with(&mut s, black_box(d)).count(),
            };
        }
        times.push(t.elapsed().as_nanos() as f64 / words as f64);
    }
    times.sort_by(f64::total_cmp);
    println!(
        "{} words {} found {} median {:.1} min {:.1} ns/word",
        a[0],
        words,
        n,
        times[times.len() / 2],
        times[0]
    );
}
