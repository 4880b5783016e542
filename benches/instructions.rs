//! For counting instructions under valgrind, which no other program disturbs: `.ci/instructions`
//! runs this with different numbers of passes and takes differences.
//!
//! `cargo bench --features tools --bench instructions -- STAGE PASSES` reads the golden
//! articles PASSES times and prints how many words they have.

use std::hint::black_box;

use bangla_ner::{Extractor, Gazetteer, Kind, Matcher, Mode, Scratch, eval, text, tools};

/// The golden articles, unmarked.
fn articles() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let marked = files.iter().map(|path| std::fs::read_to_string(path).unwrap());
    marked.map(|m| eval::read_marked("golden", &m).unwrap().text).collect()
}

/// The persons and cities of the bundled tables as a list of the user's.
fn matcher() -> Matcher {
    let mut list = Gazetteer::builder();
    for file in ["persons", "cities"] {
        let path = format!("{}/gazetteers/{file}.tsv", env!("CARGO_MANIFEST_DIR"));
        let table = std::fs::read_to_string(path).unwrap();
        let names = table.lines().skip(1).filter_map(|line| line.split('\t').next());
        list.names(Kind::from("listed"), names).expect("the names can be listed");
    }
    Matcher::new([list.build().expect("the list is built")]).expect("one list")
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let [stage, passes] = &arguments[..] else {
        println!("usage: instructions reference|text|matcher|names|rules|learned PASSES");
        return;
    };
    let passes: usize = passes.parse().expect("a number of passes");
    let articles = articles();
    let ner = match stage.as_str() {
        "rules" => Extractor::builder().mode(Mode::Rules).build().expect("sound settings"),
        _ => Extractor::builder().build().expect("sound settings"),
    };
    let matcher = (stage == "matcher").then(matcher);
    let mut scratch = Scratch::new();
    for article in (0..passes).flat_map(|_| &articles) {
        let article = black_box(article.as_str());
        let found = match stage.as_str() {
            "matcher" => matcher.iter().map(|m| m.matches_with(&mut scratch, article).count()).sum(),
            "reference" => usize::from(std::str::from_utf8(article.as_bytes()).is_ok()),
            "text" => tools::scan(&mut scratch, article),
            "names" => tools::find(&ner, &mut scratch, article),
            "rules" | "learned" => ner.extract_with(&mut scratch, article).count(),
            other => panic!("no stage is called `{other}`"),
        };
        assert!(black_box(found) > 0);
    }
    println!("{}", articles.iter().map(|article| text::words(article).count()).sum::<usize>());
}
