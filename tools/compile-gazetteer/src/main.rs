//! Builds `gazetteers/*.tsv` and `gazetteers/words.tsv` from their sources.
//!
//! `cargo run --release -p compile-gazetteer -- --sources DIR --ner DIR --out gazetteers [--check]`
//!
//! In order: count words in the labelled sets; read and clean the source rows; harvest
//! names from the labelled sets; add the hand-written rows; give every row its ambiguity;
//! write sorted tables and a report. Same input, same bytes.

mod ambiguity;
mod clean;
mod count;
mod harvest;
mod labelled;
mod rows;
mod sources;
mod write;
mod written;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};

/// Builds the gazetteer tables.
#[derive(Parser)]
struct Options {
    /// Folder of the gazetteer sources (`merged.tsv` and the folders beside it).
    #[arg(long)]
    sources: PathBuf,
    /// Folder of the labelled sets.
    #[arg(long)]
    ner: PathBuf,
    /// Folder to write to; its `cues` folder is read.
    #[arg(long)]
    out: PathBuf,
    /// Folder of the hand-written rows.
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/written"))]
    written: PathBuf,
    /// Compares with what is there instead of writing; status 1 when something differs.
    #[arg(long)]
    check: bool,
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("compile-gazetteer: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(options: &Options) -> Result<bool> {
    let bar = ProgressBar::new(6);
    bar.set_style(ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}")?);
    let step = |message: &'static str| {
        bar.set_message(message);
        bar.inc(1);
    };
    step("labelled sets");
    let sets = labelled::read_all(&options.ner)?;
    step("word counts");
    let counts = count::count(&sets);
    step("source rows");
    let cues = rows::Cues::read(&options.out.join("cues"))?;
    let lexicon = sources::lexicon(&options.sources)?;
    let mut table = rows::Table::default();
    sources::read(&options.sources, &mut table)?;
    step("harvest");
    harvest::harvest(&sets, &counts, &lexicon, &cues, &mut table);
    written::read(&options.written, &mut table)?;
    step("ambiguity");
    let phrases = count::count_phrases(&sets, ambiguity::ordinary_phrases(&table, &counts));
    ambiguity::assign(&mut table, &counts, &phrases, &lexicon, &cues);
    step("tables");
    let files = write::files(&table, &counts, &lexicon);
    bar.finish_and_clear();
    if options.check {
        write::check(&options.out, &files)
    } else {
        write::write(&options.out, &files).map(|()| true)
    }
}
