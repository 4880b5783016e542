//! Trains the weights of mode `Learned`.
//!
//! `cargo run --release -p train -- --ner DIR [--cross-validate] --out FILE`

mod chain;
mod data;

use std::collections::HashSet;
use std::ops::Range;
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
    #[arg(long, default_value_t = 9)]
    only: usize,
    #[arg(long, default_value_t = 4)]
    sets: usize,
    /// Folder of inline-marked texts of our own; may be given again.
    #[arg(long)]
    texts: Vec<PathBuf>,
    #[arg(long, default_value_t = 2.0)]
    own: f32,
    #[arg(long, default_value_t = 2)]
    domain: u8,
    #[arg(long)]
    cross_validate: bool,
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

/// One labelled set as examples.
struct Set {
    examples: Vec<Vec<Example>>,
    weight: f32,
    domain: u8,
}

/// Domains of their own: our texts, and the newspaper set.
const OWN: u8 = 1;
const NEWS: u8 = 2;

/// The labelled sets, with weight and domain.
const SETS: &[(&str, f32, u8)] = &[
    ("rifat2019/train.tsv", 1.0, NEWS),
    ("neonp_headlines/train.tsv", 1.0, 0),
    ("banglakit/all.tsv", 0.5, 0),
    ("karim2019_names/train.tsv", 0.3, 0),
];

fn run(options: &Options) -> Result<()> {
    let extractor = Extractor::builder().mode(Mode::Rules).build()?;
    let mut scratch = Scratch::new();
    let mut read = |documents: &[Document]| -> Vec<Vec<Example>> {
        documents.iter().map(|d| data::examples(&extractor, &mut scratch, d)).collect()
    };
    let mut sets = Vec::new();
    for folder in &options.texts {
        let documents = data::read_texts(folder)?;
        sets.push(Set { examples: read(&documents), weight: options.own, domain: OWN });
    }
    let rifat = data::read(&options.ner, SETS[0].0)?;
    let news = sets.len();
    for &(file, weight, domain) in SETS.iter().take(options.sets) {
        let documents = data::read(&options.ner, file)?;
        sets.push(Set { examples: read(&documents), weight, domain });
    }
    if options.cross_validate {
        cross_validate(options, &sets, news, &rifat, &extractor)?;
    }
    if let Some(out) = &options.out {
        std::fs::write(out, fit(options, &sets, None, OWN)?)?;
    }
    Ok(())
}

/// Scores each contiguous block of the newspaper set with weights trained on all else.
fn cross_validate(
    options: &Options,
    sets: &[Set],
    news: usize,
    rifat: &[Document],
    extractor: &Extractor,
) -> Result<()> {
    let mask = std::fs::read_to_string(options.ner.join("rifat2019/dontcare.tsv"))?;
    let mask: HashSet<String> = mask.lines().filter_map(|l| l.rsplit('\t').next()).map(Into::into).collect();
    let size = rifat.len().div_ceil(options.blocks);
    let mut rules = Report::default();
    let mut learned = Report::default();
    for block in 0..options.blocks.min(options.only) {
        let held = block * size..(block * size + size).min(rifat.len());
        let weights = fit(options, sets, Some((news, held.clone())), options.domain)?;
        let ner = Extractor::builder().weights(weights).build()?;
        for group in rifat[held].chunks(15) {
            let mut document = Document::default();
            group.iter().for_each(|d| document.join(d));
            score(&ner, &document, &mask, &mut learned);
            score(extractor, &document, &mask, &mut rules);
        }
        println!("block {block}: rules {:.2} learned {:.2}", f1(&rules), f1(&learned));
    }
    for (kind, c) in learned.exact().rows() {
        println!("{kind}: {:.2} {:.2} {:.2}", 100.0 * c.precision(), 100.0 * c.recall(), 100.0 * c.f1());
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

/// Trains on everything but the held documents of one set.
fn fit(options: &Options, sets: &[Set], held: Option<(usize, Range<usize>)>, domain: u8) -> Result<Vec<u8>> {
    let kept = |number: usize| {
        let held = held.clone().filter(|h| h.0 == number).map_or(0..0, |h| h.1);
        let documents = sets[number].examples.iter().enumerate();
        documents.filter(move |(i, _)| !held.contains(i)).flat_map(|(_, e)| e)
    };
    let vocabulary = Vocabulary::new((0..sets.len()).flat_map(kept), options.least);
    let numbered: Vec<_> = sets
        .iter()
        .enumerate()
        .map(|(number, set)| vocabulary.number(kept(number), set.weight, set.domain))
        .collect();
    let settings = Settings { epochs: options.epochs, rate: options.rate, l1: options.l1, seed: 1 };
    let weights = chain::train(&numbered, vocabulary.keys.len(), domain, settings, &|| {});
    let features: Vec<_> = vocabulary.keys.iter().copied().zip(weights.features).collect();
    let bytes = training::encode(&features, &weights.moves);
    let used = features.iter().filter(|f| f.1.iter().any(|&w| w != 0.0)).count();
    println!("{} features, {used} used, {} bytes", features.len(), bytes.len());
    Ok(bytes)
}
