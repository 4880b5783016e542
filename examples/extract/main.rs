//! Finds the names in files or in standard input.
//!
//! `cargo run --release --example extract -- --format jsonl --lines news.txt`
//!
//! `--help` lists the options. The exit status is 0, or 2 when something could not be
//! read, understood or written; a reader that stops early (`| head`) is no error.

mod failure;
mod input;
mod output;
mod progress;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use bangla_ner::render::Document;
use bangla_ner::{Entity, Extractor, Gazetteer, Scratch};
use clap::{CommandFactory, Parser, error::ErrorKind};

use failure::Failure;
use input::{Lines, Source};
use output::{Format, Sink};
use progress::Progress;

/// Finds the people, places and organisations in Bengali text.
#[derive(Parser)]
#[command(name = "extract")]
struct Options {
    /// Files to read; `-`, or none at all, stands for standard input
    files: Vec<PathBuf>,
    /// What to write
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Takes each line as a document of its own (the default is each file)
    #[arg(long)]
    lines: bool,
    /// Lays a gazetteer (a TSV file with the columns name and class, or JSON Lines with
    /// `--features json`) over the bundled one
    #[arg(long, value_name = "FILE")]
    gazetteer: Vec<PathBuf>,
    /// Lists each name's evidence after the text
    #[arg(long)]
    explain: bool,
}

fn main() -> ExitCode {
    let options = Options::parse();
    if options.explain && options.format != Format::Text {
        let message = "--explain goes with --format text; jsonl and html hold the evidence anyway";
        Options::command().error(ErrorKind::ArgumentConflict, message).exit();
    }
    match run(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) if failure.is_broken_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            complain(&failure);
            ExitCode::from(2)
        }
    }
}

/// Writes to standard error; there is nobody left to tell when that fails.
fn complain(message: &dyn std::fmt::Display) {
    let _ = writeln!(std::io::stderr(), "extract: {message}");
}

fn run(options: &Options) -> Result<(), Failure> {
    let sources = input::sources(&options.files);
    // Before anything is written, so that a slip in the last argument costs no waiting.
    let size = input::total_size(&sources)?;
    let extractor = build(&options.gazetteer)?;
    let mut sink = output::sink(options.format, &sources, options.explain).map_err(Failure::Output)?;
    let mut progress = Progress::new(size);
    let mut scratch = Scratch::new();
    for source in &sources {
        sink.begin(&source.name()).map_err(Failure::Output)?;
        let mut job = Job { extractor: &extractor, scratch: &mut scratch, sink: sink.as_mut() };
        if options.lines {
            job.lines(source, &mut progress)?;
        } else {
            let text = input::read_whole(source)?;
            job.document(&text, "").map_err(Failure::Output)?;
            progress.advance(text.len());
        }
        sink.end().map_err(Failure::Output)?;
    }
    sink.finish().map_err(Failure::Output)
}

fn build(gazetteers: &[PathBuf]) -> Result<Extractor, Failure> {
    let mut builder = Extractor::builder();
    for file in gazetteers {
        let mut layer = Gazetteer::builder();
        match file.extension().and_then(|end| end.to_str()) {
            #[cfg(feature = "json")]
            Some("json" | "jsonl" | "ndjson") => layer.jsonl_file(file)?,
            _ => layer.tsv_file(file)?,
        };
        let layer = layer.build()?;
        layer.warnings().iter().for_each(|warning| complain(warning));
        builder = builder.gazetteer(layer);
    }
    Ok(builder.build()?)
}

/// What turns texts into output.
struct Job<'j> {
    extractor: &'j Extractor,
    scratch: &'j mut Scratch,
    sink: &'j mut dyn Sink,
}

impl Job<'_> {
    fn lines(&mut self, source: &Source, progress: &mut Progress) -> Result<(), Failure> {
        let mut lines = Lines::open(source)?;
        loop {
            // Nothing left to read at once: show what there is before waiting for more.
            if lines.is_drained() {
                self.sink.flush().map_err(Failure::Output)?;
            }
            let Some(line) = lines.next()? else { return Ok(()) };
            self.document(line.text, line.end).map_err(Failure::Output)?;
            progress.advance(line.text.len() + line.end.len());
        }
    }

    fn document(&mut self, text: &str, end: &str) -> std::io::Result<()> {
        let entities: Vec<Entity<'_>> = self.extractor.extract_with(self.scratch, text).collect();
        self.sink.document(&Document::new(text, &entities), end)
    }
}
