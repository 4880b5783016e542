//! Other matchers over the same names and the same text: time to build, memory, speed, and
//! how many of the inserted mentions they find.
//!
//! `cargo run --release -p rivals` prints a table for 10,000 and 100,000 names; `--report
//! docs/PERFORMANCE.md` also runs the bench of the stages and writes both to that file. The
//! Python matchers are installed into `target/rivals/venv` at the first run (`--no-python`
//! leaves them out).

#[path = "../../../benches/corpus/mod.rs"]
mod corpus;

mod check;
mod engines;
mod figures;
mod python;
mod report;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use clap::Parser;

use corpus::{Document, Draw, Name};
use engines::{ENGINES, Engine};
use figures::Figures;

const REPOSITORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// Compares bangla-ner with other matchers.
#[derive(Parser)]
pub struct Options {
    /// Lengths of the lists of names.
    #[arg(long, value_delimiter = ',', default_value = "10000,100000")]
    names: Vec<usize>,
    /// Megabytes of text for the matchers in Rust.
    #[arg(long, default_value_t = 20)]
    megabytes: usize,
    /// Interleaved rounds.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Leave out the Python matchers.
    #[arg(long)]
    no_python: bool,
    /// Write the report to this file.
    #[arg(long)]
    report: Option<PathBuf>,
    /// With --report: figures of the stages that `--bench stages -- --json` has written,
    /// instead of running it.
    #[arg(long)]
    stages: Option<PathBuf>,
    /// Build this matcher alone over the names of a file, and print time and memory.
    #[arg(long, hide = true, requires = "from")]
    build: Option<String>,
    #[arg(long, hide = true)]
    from: Option<PathBuf>,
}

/// Files that all matchers read.
pub struct Files {
    pub names: PathBuf,
    pub text: PathBuf,
    pub endings: PathBuf,
}

fn main() -> Result<()> {
    let options = Options::parse();
    if let (Some(name), Some(file)) = (&options.build, &options.from) {
        return figures::build_alone(engine(name)?, file);
    }
    let mut tables = Vec::new();
    for &size in &options.names {
        tables.push((size, compare(&options, size)?));
    }
    if let Some(path) = &options.report {
        report::write(path, &stages(&options)?, &tables)?;
        println!("written to {}", path.display());
    }
    Ok(())
}

fn engine(name: &str) -> Result<&'static Engine> {
    ENGINES.iter().find(|e| e.name == name).with_context(|| format!("no matcher is called `{name}`"))
}

/// All matchers over one list.
fn compare(options: &Options, size: usize) -> Result<Vec<Figures>> {
    let names = corpus::composed(size);
    let documents = corpus::generate(&names, Draw::AsListed, options.megabytes << 20);
    corpus::facts(&documents, &names);
    let files = write_files(&names, &documents)?;
    let mut figures = figures::measure(&names, &documents, &files, options.rounds)?;
    ensure!(figures.iter().all(|f| f.name != engines::OWN || f.found == f.mentions), "a mention was missed");
    if !options.no_python {
        figures.extend(python::measure(&files)?);
    }
    println!("\n{}", report::rivals(size, &figures));
    Ok(figures)
}

fn folder() -> PathBuf {
    Path::new(REPOSITORY).join("target/rivals")
}

fn write_files(names: &[Name], documents: &[Document]) -> Result<Files> {
    let folder = folder();
    std::fs::create_dir_all(&folder)?;
    let file = |what: &str| folder.join(format!("{}-{what}", names.len()));
    let files =
        Files { names: file("names.txt"), text: file("text.jsonl"), endings: folder.join("endings.txt") };
    let list: Vec<&str> = names.iter().map(|n| n.text.as_str()).collect();
    std::fs::write(&files.names, list.join("\n"))?;
    std::fs::write(files.names.with_extension("bin"), engines::compiled(&list))?;
    std::fs::write(&files.endings, check::endings().into_iter().collect::<Vec<_>>().join("\n"))?;
    // Python reads a part only.
    let documents = documents.iter().take(4000);
    let lines = documents.map(|document| {
        let characters = |at: usize| document.text.get(..at).map_or(0, |before| before.chars().count());
        let mentions = document
            .mentions
            .iter()
            .map(|m| (characters(m.span.start), characters(m.span.end), check::form(m) as usize));
        serde_json::json!({ "text": document.text, "mentions": mentions.collect::<Vec<_>>() }).to_string()
    });
    std::fs::write(&files.text, lines.collect::<Vec<_>>().join("\n"))?;
    Ok(files)
}

/// The figures of the bench of the stages.
fn stages(options: &Options) -> Result<serde_json::Value> {
    let path = match &options.stages {
        Some(path) => path.clone(),
        None => {
            std::fs::create_dir_all(folder())?;
            let path = std::path::absolute(folder().join("stages.json"))?;
            let cargo = Command::new(env!("CARGO"))
                .current_dir(REPOSITORY)
                .args(["bench", "--features", "tools", "--bench", "stages", "--", "--json"])
                .arg(&path)
                .status()?;
            ensure!(cargo.success(), "the bench of the stages failed");
            path
        }
    };
    let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    Ok(serde_json::from_str(&text)?)
}
