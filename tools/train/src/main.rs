//! Trains the weights of mode `Learned`, and reports what they reach.
//!
//! `cargo run --release -p train -- --ner DIR --sources DIR --out FILE [--report FILE]`
//!
//! Same input, same bytes (on one kind of processor: exponentials differ in the last bit).

mod chain;
mod cuts;
mod data;
mod folds;
mod gate;
mod report;

use std::collections::HashSet;
use std::ops::Range;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use bangla_ner::eval::{Document, Report};
use bangla_ner::{Extractor, Mode, Scratch, training};
use clap::Parser;
use compile_gazetteer::Folders;
use indicatif::{ProgressBar, ProgressStyle};

use chain::{Sentences, Settings, Weights};
use cuts::Cuts;
use data::{Example, Vocabulary};
use folds::{Counted, FOLDS};
use gate::Gate;
use report::{COLUMNS, Page, score_joined};

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
    let bar = ProgressBar::new(FOLDS as u64 + 2 + options.seeds);
    bar.set_style(ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}")?);
    let data = read(options, &bar)?;
    bar.set_message("training");
    let every: Vec<usize> = (0..data.sets.len()).collect();
    let weights = fit(options, options.l1, &data, &every, None, OWN, &bar);
    bar.finish_and_clear();
    println!("{} features used, {} bytes", weights.1, weights.0.len());
    let golden = data::read_articles(&options.tests.join("golden"))?;
    let rules = Extractor::builder().mode(Mode::Rules).build()?;
    for (shown, lists) in [("with", true), ("without", false)] {
        let found = cuts::score(&rules, &golden, &data.cuts, training::CutView { lists, context: true });
        println!("golden names cut rightly {shown} lists: {} of {}", found.right, found.all);
    }
    if let Some(out) = &options.out {
        std::fs::write(out, &weights.0)?;
    }
    if let Some(file) = &options.report {
        let page = write_report(options, &data, weights.0)?;
        std::fs::write(file, page.text)?;
    }
    Ok(())
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
    let counted: Vec<_> = documents.iter().map(|documents| Counted { documents }).collect();
    let examples = folds::examples(&folders, &counted, &|| bar.inc(1))?;
    for (examples, &(_, _, weight, domain)) in examples.into_iter().zip(used) {
        sets.push(Set { examples, weight, domain });
    }
    let mask = std::fs::read_to_string(options.ner.join("rifat2019/dontcare.tsv"))?;
    let mask = mask.lines().filter_map(|l| l.rsplit('\t').next()).map(Into::into).collect();
    let neonp = documents.into_iter().next().unwrap_or_default();
    Ok(Data { cuts, folders, sets, rifat, neonp, mask })
}

/// Documents of a set that are not trained on.
type Held<'h> = Option<(usize, &'h dyn Fn(usize) -> bool)>;

/// Trains on some sets; returns the compiled weights and the number of features used.
fn fit(
    options: &Options,
    l1: f32,
    data: &Data,
    sets: &[usize],
    held: Held<'_>,
    domain: u8,
    bar: &ProgressBar,
) -> (Vec<u8>, usize) {
    let kept = |number: usize| {
        let documents = data.sets[number].examples.iter().enumerate();
        let is_held = move |i: usize| held.is_some_and(|(set, is_held)| set == number && is_held(i));
        documents.filter(move |(i, _)| !is_held(*i)).flat_map(|(_, e)| e)
    };
    let vocabulary = Vocabulary::new(sets.iter().flat_map(|&s| kept(s)), options.least);
    let numbered: Vec<Sentences> =
        sets.iter().map(|&s| vocabulary.number(kept(s), data.sets[s].weight, data.sets[s].domain)).collect();
    let count = vocabulary.keys.len();
    let train = |seed: u64| {
        let settings = Settings { epochs: options.epochs, rate: options.rate, l1, seed };
        let weights = chain::train(&numbered, count, domain, settings, &|| {});
        bar.inc(1);
        weights
    };
    let trained: Vec<Weights> = std::thread::scope(|scope| {
        let threads: Vec<_> = (1..=options.seeds).map(|seed| scope.spawn(move || train(seed))).collect();
        threads.into_iter().filter_map(|t| t.join().ok()).collect()
    });
    let weights = chain::average(&trained);
    let features = vocabulary.keys.iter().copied().zip(weights.features);
    let features = features.chain(data.cuts.iter().copied());
    let examples = sets.iter().flat_map(|&s| kept(s).map(move |e| (e, data.sets[s].weight)));
    let gate = Gate::train(examples, (3, options.rate, options.gate_l1, options.least));
    let threshold = options.gate;
    let features = gate.join(features);
    let used = features.iter().filter(|f| f.1.iter().any(|&w| w != 0.0)).count();
    (training::encode(&features, &weights.moves, threshold), used)
}

const BLOCKS: usize = 4;

/// Scores each contiguous block of the newspaper set with weights trained on all else.
fn validate_news(options: &Options, data: &Data, sets: &[usize], l1: f32, domain: u8) -> Result<Report> {
    let size = data.rifat.len().div_ceil(BLOCKS);
    let mut learned = Report::default();
    for block in 0..BLOCKS {
        let held: Range<usize> = block * size..(block * size + size).min(data.rifat.len());
        let is_held = |i: usize| held.contains(&i);
        let bar = ProgressBar::hidden();
        let (weights, _) = fit(options, l1, data, sets, Some((NEWS_SET, &is_held)), domain, &bar);
        let ner = Extractor::builder().weights(weights).build()?;
        learned = score_joined(&ner, &data.rifat[held.clone()], 15, &data.mask, learned);
    }
    Ok(learned)
}

/// Scores every fifth headline, which neither weights nor tables have seen.
fn validate_headlines(options: &Options, data: &Data, domain: u8) -> Result<(Report, Report)> {
    let is_held = |i: usize| i.is_multiple_of(FOLDS);
    let every: Vec<usize> = (0..data.sets.len()).collect();
    let bar = ProgressBar::hidden();
    let (weights, _) = fit(options, options.l1, data, &every, Some((NEONP_SET, &is_held)), domain, &bar);
    let tables = folds::tables_without(&data.folders, 0)?;
    let held: Vec<Document> = data.neonp.iter().step_by(FOLDS).cloned().collect();
    let none = HashSet::new();
    let rules = Extractor::builder().tables(tables.clone()).mode(Mode::Rules).build()?;
    let learned = Extractor::builder().tables(tables).weights(weights).build()?;
    let fresh = Report::default;
    Ok((score_joined(&rules, &held, 1, &none, fresh()), score_joined(&learned, &held, 1, &none, fresh())))
}

fn write_report(options: &Options, data: &Data, weights: Vec<u8>) -> Result<Page> {
    let mut page = Page::default();
    page.line("# Accuracy\n");
    page.line(
        "Written by `cargo run --release -p train -- --ner DIR --sources DIR --report docs/ACCURACY.md`.",
    );
    page.line("Exact spans; on token-labelled sets a name counts for the whole tokens that it touches.\n");
    page.line("## Newspaper sentences (rifat2019), four contiguous blocks, masked\n");
    page.line(
        "Each block is scored with weights trained on all other text. The set contradicts our \
         guideline in places, so the weights are read twice: as for its own domain, and as shipped.",
    );
    page.table(COLUMNS);
    let rules = Extractor::builder().mode(Mode::Rules).build()?;
    page.scores("rules", &score_joined(&rules, &data.rifat, 15, &data.mask, Report::default()));
    let every: Vec<usize> = (0..data.sets.len()).collect();
    page.scores("learned, its domain", &validate_news(options, data, &every, options.l1, NEWS)?);
    page.scores("learned, as shipped", &validate_news(options, data, &every, options.l1, OWN)?);
    if options.sets > 0 {
        page.line("\n## Headlines (neonp), every fifth\n");
        page.line("Neither weights nor tables have seen them; without document memory.");
        page.table(COLUMNS);
        let (rules, learned) = validate_headlines(options, data, HEADLINES)?;
        page.scores("rules", &rules);
        page.scores("learned, its domain", &learned);
        page.scores("learned, as shipped", &validate_headlines(options, data, OWN)?.1);
    }
    let ner = Extractor::builder().weights(weights).build()?;
    report::own_texts(&mut page, &ner, &options.tests)?;
    ablate(options, data, &mut page, &every)?;
    Ok(page)
}

/// What each set gives, and what fewer weights cost, on `tests/golden`.
fn ablate(options: &Options, data: &Data, page: &mut Page, every: &[usize]) -> Result<()> {
    let golden = data::read_articles(&options.tests.join("golden"))?;
    let none = HashSet::new();
    page.line("\n## What gives what, on `tests/golden`\n");
    page.table(&["trained on", "features", "bytes", "F1"]);
    let row = |page: &mut Page, name: &str, sets: &[usize], l1: f32| -> Result<()> {
        let (weights, used) = fit(options, l1, data, sets, None, OWN, &ProgressBar::hidden());
        let bytes = weights.len();
        let ner = Extractor::builder().weights(weights).build()?;
        let mut report = Report::default();
        golden.iter().for_each(|d| report::score(&ner, d, &none, &mut report));
        page.line(format!("| {name} | {used} | {bytes} | {:.1} |", 100.0 * report.exact().total().f1()));
        Ok(())
    };
    row(page, "newspaper set alone", &[NEWS_SET], options.l1)?;
    row(page, "own texts alone", &[OWN_SET], options.l1)?;
    row(page, "own texts and newspaper set", &[OWN_SET, NEWS_SET], options.l1)?;
    for l1 in [5e-6, 1e-5, 1.5e-5, 2e-5, 5e-5] {
        row(page, &format!("all, L1 {l1:.0e}"), every, l1)?;
    }
    Ok(())
}
