//! Trains the weights of mode `Learned`, and reports what they reach.
//!
//! `cargo run --release -p train -- --ner DIR --sources DIR --out FILE [--report FILE]`
//!
//! Same input, same bytes (on one kind of processor: exponentials differ in the last bit).

mod ablation;
mod chain;
mod cuts;
mod data;
mod fit;
mod folds;
mod gate;
mod jobs;
mod page;
mod report;
#[cfg(feature = "crfs")]
mod rival;

use std::collections::HashSet;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use bangla_ner::eval::Document;
use bangla_ner::{Extractor, Mode, Scratch, training};
use clap::Parser;
use compile_gazetteer::Folders;
use indicatif::{ProgressBar, ProgressStyle};

use cuts::Cuts;
use data::Example;
use fit::Plan;
use folds::FOLDS;

/// Trains the weights.
#[derive(Parser)]
struct Options {
    /// Folder of the labelled sets.
    #[arg(long)]
    ner: PathBuf,
    /// Folder of the gazetteer sources.
    #[arg(long)]
    sources: PathBuf,
    /// Folder of the hand-written gazetteer rows.
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../compile-gazetteer/written"))]
    written: PathBuf,
    /// Folder of the cue lists.
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../../gazetteers/cues"))]
    cues: PathBuf,
    /// Folder of our own training texts, an item a line.
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/texts"))]
    texts: PathBuf,
    /// Folder of the test articles, for the report.
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests"))]
    tests: PathBuf,
    /// Passes over all sentences.
    #[arg(long, default_value_t = 5)]
    epochs: usize,
    /// Strength of the term that makes weights zero.
    #[arg(long, default_value_t = 1.5e-5)]
    l1: f32,
    /// Learning rate.
    #[arg(long, default_value_t = 0.1)]
    rate: f32,
    /// Features seen less often are left out.
    #[arg(long, default_value_t = 2)]
    least: u32,
    /// How many differently shuffled trainings are averaged.
    #[arg(long, default_value_t = 3)]
    seeds: u64,
    /// Weight of our own texts.
    #[arg(long, default_value_t = 2.0)]
    own: f32,
    /// How many of the counted sets are used.
    #[arg(long, default_value_t = 1)]
    sets: usize,
    /// Weight of a listed name in learning where names end, against one in a text.
    #[arg(long, default_value_t = 0.2)]
    listed: f32,
    /// Strength of the term that makes weights of cuts zero.
    #[arg(long, default_value_t = 2e-5)]
    cut_l1: f32,
    /// Strength of the term that makes weights of the gate zero.
    #[arg(long, default_value_t = 2e-5)]
    gate_l1: f32,
    /// What the gate lets through: tokens whose sum is not less.
    #[arg(long, default_value_t = -1.0, allow_negative_numbers = true)]
    gate: f32,
    /// Folder of the gazetteers.
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../../gazetteers"))]
    gazetteers: PathBuf,
    /// Where to write the weights.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Where to write the report; takes a quarter of an hour.
    #[arg(long)]
    report: Option<PathBuf>,
    /// Compare the training with that of the library `crfs`, on our own texts, and stop.
    #[cfg(feature = "crfs")]
    #[arg(long)]
    compare_crfs: bool,
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("train: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// One labelled set as examples.
struct Set {
    examples: Vec<Vec<Example>>,
    weight: f32,
    domain: u8,
}

/// Domains: our texts, the newspaper set, the headlines.
const OWN: u8 = 1;
const NEWS: u8 = 2;
const HEADLINES: u8 = 3;

/// The newspaper set, which no table counts.
const RIFAT: &str = "rifat2019/train.tsv";

/// The sets that the tables count: key there, file, weight, domain.
const COUNTED: &[(&str, &str, f32, u8)] = &[
    ("neonp", "neonp_headlines/train.tsv", 1.0, HEADLINES),
    ("karim2019", "karim2019_names/train.tsv", 0.3, 0),
    ("banglakit", "banglakit/all.tsv", 0.5, 0),
];

/// Everything that is read.
struct Data {
    /// Weights of the cuts.
    cuts: Vec<(u32, [f32; training::LABEL_COUNT])>,
    folders: Folders,
    sets: Vec<Set>,
    rifat: Vec<Document>,
    neonp: Vec<Document>,
    mask: HashSet<String>,
}

/// Where the sets lie in [`Data::sets`].
const OWN_SET: usize = 0;
const NEWS_SET: usize = 1;
const NEONP_SET: usize = 2;

fn run(options: &Options) -> Result<()> {
    #[cfg(feature = "crfs")]
    if options.compare_crfs {
        return rival::compare(options);
    }
    let bar = bar(FOLDS + 2 + options.seeds)?;
    let data = read(options, &bar)?;
    bar.set_message("training");
    let plan = Plan::shipped(options, &data, &[OWN]);
    let fitted = fit::fit(options, &data, &plan, jobs::threads(), &|| bar.inc(1)).swap_remove(0);
    bar.finish_and_clear();
    println!("{} features used, {} bytes", fitted.features, fitted.bytes.len());
    if let Some(out) = &options.out {
        std::fs::write(out, &fitted.bytes)?;
    }
    if let Some(file) = &options.report {
        std::fs::write(file, report::write(options, &data, fitted)?.text)?;
    }
    Ok(())
}

/// A progress bar of so many steps.
fn bar(steps: u64) -> Result<ProgressBar> {
    let bar = ProgressBar::new(steps);
    bar.set_style(ProgressStyle::with_template("{elapsed_precise} {bar:30} {pos}/{len} {msg}")?);
    bar.enable_steady_tick(std::time::Duration::from_secs(1));
    Ok(bar)
}

fn read(options: &Options, bar: &ProgressBar) -> Result<Data> {
    bar.set_message("features");
    let extractor = Extractor::builder().mode(Mode::Rules).build()?;
    let mut scratch = Scratch::new();
    let own = data::read_texts(&options.texts)?;
    let cuts = Cuts::read(&extractor, &own, &options.gazetteers, options.listed)?;
    let cuts = cuts.train(options.epochs, options.rate, options.cut_l1, options.least);
    let mut read = |documents: &[Document]| -> Vec<Vec<Example>> {
        documents.iter().map(|d| data::examples(&extractor, &mut scratch, d)).collect()
    };
    let rifat = data::read(&options.ner, RIFAT)?;
    let mut sets = vec![
        Set { examples: read(&own), weight: options.own, domain: OWN },
        Set { examples: read(&rifat), weight: 1.0, domain: NEWS },
    ];
    bar.inc(2);
    let folders = Folders {
        sources: options.sources.clone(),
        ner: options.ner.clone(),
        written: options.written.clone(),
        cues: options.cues.clone(),
    };
    let used = &COUNTED[..options.sets.min(COUNTED.len())];
    let documents: Vec<_> =
        used.iter().map(|(_, file, ..)| data::read(&options.ner, file)).collect::<Result<_>>()?;
    let examples = folds::examples(&folders, &documents, &|| bar.inc(1))?;
    for (examples, &(_, _, weight, domain)) in examples.into_iter().zip(used) {
        sets.push(Set { examples, weight, domain });
    }
    let mask = std::fs::read_to_string(options.ner.join("rifat2019/dontcare.tsv"))?;
    let mask = mask.lines().filter_map(|l| l.rsplit('\t').next()).map(Into::into).collect();
    let neonp = documents.into_iter().next().unwrap_or_default();
    Ok(Data { cuts, folders, sets, rifat, neonp, mask })
}
