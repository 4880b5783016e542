//! Measuring the matchers in Rust: speed in interleaved rounds of one process, time and memory
//! of building each in a process of its own.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use cpu_time::ThreadTime;
use serde::{Deserialize, Serialize};

use crate::Files;
use crate::check::form;
use crate::corpus::{Document, Name};
use crate::engines::{ENGINES, Engine, Find};

/// What is known of a matcher. The three counts are of mentions that are bare, inflected and
/// respelled.
#[derive(Clone, Debug)]
pub struct Figures {
    pub name: String,
    pub checks: String,
    pub version: String,
    /// Seconds.
    pub build: f64,
    /// Megabytes.
    pub memory: f64,
    pub peak: f64,
    /// Megabytes a second.
    pub speed: f64,
    pub found: [usize; 3],
    pub mentions: [usize; 3],
}

/// Time and memory of building.
#[derive(Serialize, Deserialize)]
struct Built {
    build: f64,
    memory: f64,
    peak: f64,
}

/// Megabytes of a field of `/proc/self/status`.
fn status(field: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    let kilobytes = line.and_then(|line| line.trim_end_matches(" kB").trim().parse::<f64>().ok());
    kilobytes.unwrap_or_default() * 1024.0 / 1e6
}

/// In a process of its own: builds a matcher over the names of a file.
pub fn build_alone(engine: &Engine, names: &Path) -> Result<()> {
    let text = std::fs::read_to_string(names)?;
    let list: Vec<&str> = text.lines().collect();
    // From here on, the peak counts anew.
    std::fs::write("/proc/self/clear_refs", "5").ok();
    let before = status("VmRSS:");
    let start = ThreadTime::now();
    let mut find = match engine.open {
        Some(open) => open(std::fs::read(names.with_extension("bin"))?),
        None => (engine.build)(&list),
    };
    let build = start.elapsed().as_secs_f64();
    let built = Built { build, memory: status("VmRSS:") - before, peak: status("VmHWM:") - before };
    find("", &mut Vec::new());
    println!("{}", serde_json::to_string(&built)?);
    Ok(())
}

fn built(engine: &Engine, files: &Files) -> Result<Built> {
    let mut command = Command::new(std::env::current_exe()?);
    let output = command.args(["--build", engine.name, "--from"]).arg(&files.names).output()?;
    ensure!(output.status.success(), "{}: {}", engine.name, String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).context("figures of building")
}

/// Which mentions a matcher finds, and how many hits it has.
fn recall(find: &mut Find, documents: &[Document]) -> ([usize; 3], [usize; 3], usize) {
    let (mut found, mut mentions, mut all) = ([0; 3], [0; 3], 0);
    let mut hits = Vec::new();
    for document in documents {
        hits.clear();
        find(&document.text, &mut hits);
        all += hits.len();
        for mention in &document.mentions {
            let form = form(mention) as usize;
            mentions[form] += 1;
            found[form] += usize::from(hits.contains(&(mention.span.start, mention.span.end)));
        }
    }
    (found, mentions, all)
}

/// All matchers over one list and text.
pub fn measure(names: &[Name], documents: &[Document], files: &Files, rounds: usize) -> Result<Vec<Figures>> {
    let list: Vec<&str> = names.iter().map(|n| n.text.as_str()).collect();
    let mut finds: Vec<Find> = ENGINES.iter().map(|engine| (engine.build)(&list)).collect();
    let recalls: Vec<_> = finds.iter_mut().map(|find| recall(find, documents)).collect();
    let mut times = vec![Vec::new(); ENGINES.len()];
    let mut hits = Vec::new();
    for _ in 0..rounds {
        for ((find, times), (_, _, all)) in finds.iter_mut().zip(&mut times).zip(&recalls) {
            let start = ThreadTime::now();
            let mut found = 0;
            for document in documents {
                hits.clear();
                find(&document.text, &mut hits);
                found += hits.len();
            }
            times.push(start.elapsed());
            ensure!(found == *all, "every round finds the same");
        }
    }
    let bytes: usize = documents.iter().map(|d| d.text.len()).sum();
    let engines = ENGINES.iter().zip(times).zip(recalls);
    engines
        .map(|((engine, mut times), (found, mentions, _))| {
            let built = built(engine, files)?;
            times.sort();
            let median = times.get(times.len() / 2).map_or(f64::NAN, Duration::as_secs_f64);
            Ok(Figures {
                name: engine.name.into(),
                checks: engine.checks.into(),
                version: String::new(),
                build: built.build,
                memory: built.memory,
                peak: built.peak,
                speed: bytes as f64 / 1e6 / median,
                found,
                mentions,
            })
        })
        .collect()
}
