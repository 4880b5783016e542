//! Trains the weights of mode `Learned`.
//!
//! `cargo run --release -p train -- --ner DIR [--cross-validate] --out FILE`

mod chain;
mod data;

use std::collections::HashSet;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use bangla_ner::eval::{self, Document, Report};
use bangla_ner::{Extractor, Mode, Scratch, training};
use clap::Parser;

use chain::Settings;
use data::{Example, Vocabulary};

/// Trains the weights.
#[derive(Parser)]
struct Options {
    /// Folder of the labelled sets.
    #[arg(long)]
    ner: PathBuf,
    /// Contiguous blocks of the special set to validate on.
    #[arg(long, default_value_t = 4)]
    blocks: usize,
    #[arg(long, default_value_t = 5)]
    epochs: usize,
    #[arg(long, default_value_t = 2e-5)]
    l1: f32,
    #[arg(long, default_value_t = 0.1)]
    rate: f32,
    #[arg(long, default_value_t = 2)]
    least: u32,
    #[arg(long)]
    out: Option<PathBuf>,
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

fn run(options: &Options) -> Result<()> {
    let rifat = data::read(&options.ner, "rifat2019/train.tsv")?;
    let mask = std::fs::read_to_string(options.ner.join("rifat2019/dontcare.tsv"))?;
    let mask: HashSet<String> = mask.lines().filter_map(|l| l.rsplit('\t').next()).map(Into::into).collect();
    let extractor = Extractor::builder().mode(Mode::Rules).build()?;
    let mut scratch = Scratch::new();
    let examples: Vec<Vec<Example>> =
        rifat.iter().map(|d| data::examples(&extractor, &mut scratch, d)).collect();
    let size = rifat.len().div_ceil(options.blocks);
    let mut rules = Report::default();
    let mut learned = Report::default();
    for block in 0..options.blocks {
        let held = block * size..(block * size + size).min(rifat.len());
        let train = || examples.iter().enumerate().filter(|(i, _)| !held.contains(i)).flat_map(|(_, e)| e);
        let weights = fit(options, &train)?;
        let ner = Extractor::builder().weights(weights).build()?;
        for group in rifat[held].chunks(15) {
            let mut document = Document::default();
            group.iter().for_each(|d| document.join(d));
            score(&ner, &document, &mask, &mut learned);
            score(&extractor, &document, &mask, &mut rules);
        }
        println!("block {block}: rules {:.2} learned {:.2}", f1(&rules), f1(&learned));
    }
    for (kind, c) in learned.exact().rows() {
        println!("{kind}: {:.2} {:.2} {:.2}", 100.0 * c.precision(), 100.0 * c.recall(), 100.0 * c.f1());
    }
    if let Some(out) = &options.out {
        std::fs::write(out, fit(options, &|| examples.iter().flatten())?)?;
    }
    Ok(())
}

fn f1(report: &Report) -> f32 {
    100.0 * report.exact().total().f1() as f32
}

fn score(ner: &Extractor, document: &Document, mask: &HashSet<String>, report: &mut Report) {
    let mut predicted = eval::predict(ner, document);
    eval::mask_mentions(document, &mut predicted, mask);
    let mut gold = document.clone();
    eval::mask_mentions(document, &mut gold.mentions, mask);
    report.add(&gold, &predicted);
}

fn fit<'e, I: Iterator<Item = &'e Example>>(options: &Options, examples: &dyn Fn() -> I) -> Result<Vec<u8>> {
    let vocabulary = Vocabulary::new(examples(), options.least);
    let sentences = vocabulary.number(examples(), 1.0, false);
    let settings = Settings { epochs: options.epochs, rate: options.rate, l1: options.l1, seed: 1 };
    let weights = chain::train(&[&sentences], vocabulary.keys.len(), settings, &|| {});
    let features: Vec<_> = vocabulary.keys.iter().copied().zip(weights.features).collect();
    let bytes = training::encode(&features, &weights.moves);
    let used = features.iter().filter(|f| f.1.iter().any(|&w| w != 0.0)).count();
    println!("{} features, {used} used, {} bytes", features.len(), bytes.len());
    Ok(bytes)
}
