//! Resident memory of the bundled extractor and one scratch, in a process of their own.

use std::process::Command;

use bangla_ner::{Extractor, Scratch};

/// Set in the process that is started to be measured.
const FRESH: &str = "BANGLA_NER_BENCH_MEMORY";

/// Megabytes of resident memory by kind, from `/proc/self/status`.
fn resident() -> Option<[f64; 2]> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let field = |name: &str| -> Option<f64> {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        Some(line.trim().trim_end_matches(" kB").parse::<f64>().ok()? * 1024.0 / 1e6)
    };
    Some([field("RssAnon:")?, field("RssFile:")?])
}

/// In the fresh process: opens the bundled extractor, reads the golden articles, and prints
/// what that added.
pub fn serve(articles: impl Fn() -> Vec<String>) -> bool {
    if std::env::var_os(FRESH).is_none() {
        return false;
    }
    let articles = articles();
    let before = resident();
    let mut scratch = Scratch::new();
    let found: usize =
        articles.iter().map(|text| Extractor::bundled().extract_with(&mut scratch, text).count()).sum();
    assert!(found > 0);
    if let Some(([anon, file], [anon_before, file_before])) = resident().zip(before) {
        println!("{} {}", anon - anon_before, file - file_before);
    }
    true
}

/// Megabytes of anonymous memory and of pages of the executable; `None` without `/proc`.
pub fn measure() -> Option<(f64, f64)> {
    let program = std::env::current_exe().ok()?;
    let output = Command::new(program).env(FRESH, "1").output().ok()?;
    let printed = String::from_utf8(output.stdout).ok()?;
    let (anon, file) = printed.trim().split_once(' ')?;
    Some((anon.parse().ok()?, file.parse().ok()?))
}
