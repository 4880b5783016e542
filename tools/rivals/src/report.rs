//! The report in Markdown.

use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use anyhow::Result;
use serde_json::Value;

use crate::figures::Figures;

/// The table of all matchers over one list.
pub fn rivals(size: usize, figures: &[Figures]) -> String {
    let mut out = format!("### {} names\n\n", thousands(size));
    out += "| matcher | checks | build, s | memory, MB | peak, MB | MB/s | bare | inflected | respelled | all |\n";
    out += "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|\n";
    let share = |found: usize, of: usize| format!("{:.1} %", 100.0 * found as f64 / of.max(1) as f64);
    for f in figures {
        let of_form = |form: usize| share(f.found[form], f.mentions[form]);
        let all = share(f.found.iter().sum(), f.mentions.iter().sum());
        let _ = writeln!(
            out,
            "| {} | {} | {:.2} | {:.0} | {:.0} | {:.1} | {} | {} | {} | {all} |",
            f.name,
            f.checks,
            f.build,
            f.memory,
            f.peak,
            f.speed,
            of_form(0),
            of_form(1),
            of_form(2)
        );
    }
    out
}

/// 100000 → 100,000.
fn thousands(n: usize) -> String {
    if n < 1000 { n.to_string() } else { format!("{},{:03}", thousands(n / 1000), n % 1000) }
}

/// First line of what a command prints.
fn says(command: &str, arguments: &[&str]) -> String {
    let output = Command::new(command).args(arguments).output();
    let text = output.map(|o| String::from_utf8_lossy(&o.stdout).into_owned()).unwrap_or_default();
    text.lines().next().unwrap_or_default().to_owned()
}

fn processor() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": ").map(|m| m.1));
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    format!("{}, {cores} cores", model.unwrap_or("unknown processor"))
}

/// Version of a package in the lock file.
fn locked(package: &str) -> String {
    let lock = std::fs::read_to_string(format!("{}/Cargo.lock", crate::REPOSITORY)).unwrap_or_default();
    let entry = format!("name = \"{package}\"\nversion = \"");
    let version = lock.split(&entry).nth(1).and_then(|rest| rest.split('"').next());
    format!("{package} {}", version.unwrap_or("?"))
}

fn versions(tables: &[(usize, Vec<Figures>)]) -> String {
    let mut versions: Vec<String> = ["bangla-ner", "aho-corasick", "daachorse"].map(locked).into();
    versions.push(says("rustc", &["--version"]));
    let python = tables.iter().flat_map(|(_, figures)| figures).map(|f| f.version.clone());
    versions.extend(python.filter(|v| !v.is_empty()));
    let mut seen = std::collections::HashSet::new();
    versions.retain(|v| seen.insert(v.clone()));
    versions.join("; ")
}

fn number(value: &Value, decimals: usize) -> String {
    value.as_f64().map_or("–".into(), |n| format!("{n:.decimals$}"))
}

fn goals(out: &mut String, goals: &[Value]) {
    out.push_str("| goal | must | aim | measured | |\n|---|---:|---:|---:|---|\n");
    for goal in goals {
        let text = |key: &str| goal[key].as_str().unwrap_or_default();
        let verdict = match (goal["met"].as_bool(), goal["reached"].as_bool()) {
            (_, Some(true)) => "aim reached",
            (Some(false), _) => "**missed**",
            (Some(true), _) => "met",
            _ => "not measured",
        };
        let _ = writeln!(
            out,
            "| {} | {} {} {} | {} | {} | {verdict} |",
            text("what"),
            text("sign"),
            goal["must"],
            text("unit"),
            goal["aim"],
            number(&goal["measured"], 2)
        );
    }
}

fn stages(out: &mut String, stages: &[Value]) {
    let mut group = "";
    for stage in stages {
        let text = |key: &str| stage[key].as_str().unwrap_or_default();
        if group != text("group") {
            group = text("group");
            let _ = writeln!(
                out,
                "\n### {group}\n\n| stage | MB/s | ns per word | found |\n|---|---:|---:|---:|"
            );
        }
        let (speed, word) = (number(&stage["mb_s"], 1), number(&stage["ns_word"], 1));
        let _ = writeln!(out, "| {} | {speed} | {word} | {} |", text("name"), stage["found"]);
    }
}

const HEAD: &str =
    "# Performance\n\nWritten by `cargo run --release -p rivals -- --report docs/PERFORMANCE.md`.\n";
const METHOD: &str = "
One thread, CPU time, medians of interleaved rounds in one process. A ratio is the median of the
rounds' ratios: ratios carry over to other machines and busy ones, single figures do not. Speeds
are in bytes of the original text.

- **D**: the text pass alone, folding and tokens.
- **M**: D and every name of the gazetteer that stands in the text, with boundaries and endings:
  of lists by `Matcher::matches_with`; with the bundled gazetteer as extraction does it, which
  needs to know every word, not only those that begin a name.
- **E**: everything: rules, weights, decoding, entities (`Extractor::extract_with`).
- **R**: the contiguous NFA of `aho-corasick` over the raw bytes with the same names in file
  order, transitions only: no match is looked at, so it finds nothing.
";
const RIVALS: &str = "
## Other matchers

The same composed names over the same text, by M (`Matcher`) with the byte range of every name; no rules
take part. Mentions are those that were put into the text: bare as listed, with an ending, and
written with other code points than in the list (nukta apart, split ো, joiners). A mention is
found when its bare name is reported with exactly its ends. Every matcher that reports all
occurrences gets the same check of word boundaries and of a set of endings. Building is measured
in a process of its own; a list that was compiled before is opened, checksum and all. The matchers in
Python read the first 3 MB (spaCy: 0.5 MB) in processes of their own.

";

pub fn write(path: &Path, measured: &Value, tables: &[(usize, Vec<Figures>)]) -> Result<()> {
    let list = |key: &str| measured[key].as_array().map_or(&[][..], Vec::as_slice);
    let mut out = String::from(HEAD);
    let date = says("date", &["+%Y-%m-%d"]);
    let _ = writeln!(out, "\n{date}; {}; {}.\n{}", processor(), versions(tables), METHOD.trim_end());
    out.push_str("\n## Goals\n\n");
    goals(&mut out, list("goals"));
    out.push_str("\n## Stages\n");
    stages(&mut out, list("stages"));
    out.push_str("\n## Notes\n\n");
    for note in list("notes") {
        let _ = writeln!(out, "- {}", note.as_str().unwrap_or_default());
    }
    out.push_str(RIVALS);
    out.push_str(&tables.iter().map(|(size, figures)| rivals(*size, figures)).collect::<Vec<_>>().join("\n"));
    std::fs::write(path, out)?;
    Ok(())
}
