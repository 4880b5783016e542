//! Builds `gazetteers/*.tsv` from their sources and compiles `gazetteers/compiled/*.bin`.
//!
//! `cargo run --release -p compile-gazetteer -- --sources DIR --ner DIR --out gazetteers [--check]`
//!
//! With `--compile-only` the tables stay as they are and are compiled with the cue lists;
//! that needs no sources.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::Parser;
use compile_gazetteer::{Built, Folders, build, check, write};
use indicatif::{ProgressBar, ProgressStyle};

/// Builds and compiles the gazetteer tables.
#[derive(Parser)]
struct Options {
    /// Folder of the gazetteer sources (`merged.tsv` and the folders beside it).
    #[arg(long, required_unless_present = "compile_only")]
    sources: Option<PathBuf>,
    /// Folder of the labelled sets.
    #[arg(long, required_unless_present = "compile_only")]
    ner: Option<PathBuf>,
    /// Folder to write to; its `cues` folder is read.
    #[arg(long)]
    out: PathBuf,
    /// Folder of the hand-written rows.
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/written"))]
    written: PathBuf,
    /// Compares with what is there instead of writing; status 1 when something differs.
    #[arg(long)]
    check: bool,
    /// Compiles the tables that are there, after a change of a cue list or by hand.
    #[arg(long)]
    compile_only: bool,
}

fn main() -> ExitCode {
    match run(Options::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("compile-gazetteer: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(options: Options) -> Result<bool> {
    let bar = ProgressBar::new(7);
    bar.set_style(ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}")?);
    let step = |message: &'static str| {
        bar.set_message(message);
        bar.inc(1);
    };
    let built = match (options.compile_only, options.sources, options.ner) {
        (true, ..) => Built::read(&options.out)?,
        (false, Some(sources), Some(ner)) => {
            let cues = options.out.join("cues");
            build(&Folders { sources, ner, written: options.written, cues }, |_| true, step)?
        }
        _ => bail!("--sources and --ner are needed, or --compile-only"),
    };
    step("compiled files");
    let outputs = built.outputs()?;
    bar.finish_and_clear();
    if options.check {
        Ok(check(&options.out, &outputs))
    } else {
        write(&options.out, &outputs).map(|()| true)
    }
}
