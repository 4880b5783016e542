//! Our training against that of the library `crfs`: the same features, labels and sentences
//! of our own texts, scored on `tests/golden` by names of whole tokens, without any step
//! after the labels.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use bangla_ner::eval::Document;
use bangla_ner::{Extractor, Mode, Scratch};
use cpu_time::ThreadTime;
use crfs::train::{Arow, AveragedPerceptron, L2Sgd, Lbfgs, PassiveAggressive};
use crfs::{Attribute, Model, Trainer};

use crate::chain::{self, Sentences, Settings};
use crate::data::{self, Example, Vocabulary, Without};
use crate::{Options, bar, jobs};

/// The texts of both sides with numbered features.
struct Texts {
    features: usize,
    train: Sentences,
    test: Sentences,
}

/// What a training reached.
struct Outcome {
    /// Labels of the test sentences, one after the other.
    labels: Vec<u8>,
    /// Pairs of feature and label with a weight.
    weights: usize,
}

/// A training by its name.
type Row<'r> = (&'r str, Box<dyn Fn() -> Result<Outcome> + Sync + 'r>);

/// Prints the table, each row as soon as it is known.
pub fn compare(options: &Options) -> Result<()> {
    let texts = read(options)?;
    println!("{} sentences, {} features.\n", texts.train.weights.len(), texts.features);
    println!("| training | P | R | F1 | weights | CPU seconds | peak MB |");
    println!("|---|---:|---:|---:|---:|---:|---:|");
    let rows = rows(options, &texts);
    jobs::run(rows.len(), jobs::threads(), |number| measure(&texts, &rows[number])).into_iter().collect()
}

fn rows<'r>(options: &'r Options, texts: &'r Texts) -> Vec<Row<'r>> {
    let settings = |seed| Settings { epochs: options.epochs, rate: options.rate, l1: options.l1, seed };
    let mut rows: Vec<Row<'_>> = vec![
        ("ours, trained once", Box::new(move || Ok(ours(texts, &[settings(1)])))),
        ("ours, mean of all seeds", {
            let seeds: Vec<Settings> = (1..=options.seeds).map(settings).collect();
            Box::new(move || Ok(ours(texts, &seeds)))
        }),
        (
            "averaged perceptron, 10 passes",
            Box::new(|| {
                let mut trainer = Trainer::averaged_perceptron().with_max_iterations(10)?;
                trainer.params_mut().set_shuffle_seed(Some(1));
                theirs(texts, trainer)
            }),
        ),
        (
            "passive-aggressive, 10 passes",
            Box::new(|| {
                let mut trainer = Trainer::passive_aggressive().with_max_iterations(10)?;
                trainer.params_mut().set_shuffle_seed(Some(1));
                theirs(texts, trainer)
            }),
        ),
        (
            "AROW, 10 passes",
            Box::new(|| {
                let mut trainer = Trainer::arow().with_max_iterations(10)?;
                trainer.params_mut().set_shuffle_seed(Some(1));
                theirs(texts, trainer)
            }),
        ),
        (
            "SGD, L2 1, 30 passes",
            Box::new(|| {
                let mut trainer = Trainer::l2sgd().with_max_iterations(30)?;
                trainer.params_mut().set_shuffle_seed(Some(1));
                theirs(texts, trainer)
            }),
        ),
    ];
    for (name, c1, c2) in [
        ("L-BFGS, L2 1, at most 100 passes", 0.0, 1.0),
        ("L-BFGS, L1 0.1, L2 0.1, at most 100 passes", 0.1, 0.1),
    ] {
        rows.push((
            name,
            Box::new(move || {
                theirs(texts, Trainer::lbfgs().with_max_iterations(100)?.with_c1(c1)?.with_c2(c2)?)
            }),
        ));
    }
    // The longest first, so that no processor waits for it at the end.
    rows[2..].reverse();
    rows
}

fn read(options: &Options) -> Result<Texts> {
    let bar = bar(2)?;
    bar.set_message("features");
    let extractor = Extractor::builder().mode(Mode::Rules).build()?;
    let mut scratch = Scratch::new();
    let mut read = |documents: &[Document]| -> Vec<Example> {
        bar.inc(1);
        documents.iter().flat_map(|d| data::examples(&extractor, &mut scratch, d)).collect()
    };
    let own = read(&data::read_texts(&options.texts)?);
    let golden = read(&data::read_articles(&options.tests.join("golden"))?);
    let vocabulary = Vocabulary::new(own.iter(), options.least, &Without::NOTHING);
    bar.finish_and_clear();
    let (train, test) = (vocabulary.number(own.iter(), 1.0, 0), vocabulary.number(golden.iter(), 1.0, 0));
    Ok(Texts { features: vocabulary.keys.len(), train, test })
}

/// Measures a training and prints its row.
fn measure(texts: &Texts, (name, train): &Row<'_>) -> Result<()> {
    let mut outcome = None;
    let mut time = Duration::ZERO;
    let memory = allocation_counter::measure(|| {
        let start = ThreadTime::now();
        outcome = Some(train());
        time = start.elapsed();
    });
    let Outcome { labels, weights } = outcome.context("no training ran")??;
    let (found, truth) = (names(&texts.test, &labels), names(&texts.test, &texts.test.labels));
    let right = found.intersection(&truth).count() as f64;
    let [p, r, f] = [found.len(), truth.len(), found.len() + truth.len()].map(|n| 100.0 * right / n as f64);
    println!(
        "| {name} | {p:.1} | {r:.1} | **{:.1}** | {weights} | {:.0} | {} |",
        2.0 * f,
        time.as_secs_f64(),
        memory.bytes_max / 1_000_000
    );
    Ok(())
}

/// Names by first and last token and kind; an inside label that continues nothing begins one.
fn names(set: &Sentences, labels: &[u8]) -> BTreeSet<(usize, usize, u8)> {
    let mut out = BTreeSet::new();
    for sentence in set.starts.windows(2) {
        let mut open: Option<(usize, u8)> = None;
        #[expect(clippy::needless_range_loop, reason = "the end of the sentence is looked at too")]
        for at in sentence[0]..=sentence[1] {
            let label = if at < sentence[1] { labels[at] } else { 0 };
            let kind = label.checked_sub(1).map(|l| l / 2);
            let goes_on = label > 0 && label % 2 == 0 && open.map(|(_, kind)| kind) == kind;
            if goes_on {
                continue;
            }
            out.extend(open.map(|(first, kind)| (first, at - 1, kind)));
            open = kind.map(|kind| (at, kind));
        }
    }
    out
}

fn ours(texts: &Texts, settings: &[Settings]) -> Outcome {
    // Copied, because the library copies them too and memory is compared.
    let sets = [texts.train.clone()];
    let train = |&settings: &Settings| chain::train(&sets, texts.features, &[0], settings).swap_remove(0);
    let trained: Vec<_> = settings.iter().map(train).collect();
    let weights = chain::average(trained.iter());
    let sentences = 0..texts.test.starts.len() - 1;
    Outcome {
        labels: sentences.flat_map(|s| chain::label(&weights, &texts.test, s)).collect(),
        weights: weights.features.iter().flatten().filter(|&&w| w != 0.0).count(),
    }
}

/// What all trainers of the library do; it does not export its own trait of that sort.
trait Train {
    fn append(&mut self, tokens: &[Vec<Attribute>], labels: &[String]) -> Result<()>;
    fn train(&mut self, file: &Path) -> Result<()>;
}

macro_rules! trainers {
    ($($algorithm:ty),*) => {$(
        impl Train for Trainer<$algorithm> {
            fn append(&mut self, tokens: &[Vec<Attribute>], labels: &[String]) -> Result<()> {
                Ok(Trainer::append(self, tokens, labels)?)
            }

            fn train(&mut self, file: &Path) -> Result<()> {
                Ok(Trainer::train(self, file)?)
            }
        }
    )*};
}

trainers!(Arow, AveragedPerceptron, L2Sgd, Lbfgs, PassiveAggressive);

/// A sentence as the library wants it.
fn attributes(set: &Sentences, sentence: usize) -> Vec<Vec<Attribute>> {
    let features = |token: usize| &set.features[set.tokens[token]..set.tokens[token + 1]];
    let row = |token| features(token).iter().map(|f| Attribute::new(f.to_string(), 1.0)).collect();
    (set.starts[sentence]..set.starts[sentence + 1]).map(row).collect()
}

fn theirs(texts: &Texts, mut trainer: impl Train) -> Result<Outcome> {
    let train = &texts.train;
    for sentence in 0..train.starts.len() - 1 {
        let labels = &train.labels[train.starts[sentence]..train.starts[sentence + 1]];
        let labels: Vec<String> = labels.iter().map(u8::to_string).collect();
        if !labels.is_empty() {
            trainer.append(&attributes(train, sentence), &labels)?;
        }
    }
    let name = format!("crfs-{}-{:?}.model", std::process::id(), std::thread::current().id());
    let file = std::env::temp_dir().join(name);
    trainer.train(&file)?;
    let outcome = tag(texts, &file);
    std::fs::remove_file(&file)?;
    outcome
}

/// Labels the test sentences with a model of the library.
fn tag(texts: &Texts, file: &Path) -> Result<Outcome> {
    let bytes = std::fs::read(file)?;
    let model = Model::new(&bytes)?;
    let tagger = model.tagger()?;
    let mut labels = Vec::new();
    for sentence in 0..texts.test.starts.len() - 1 {
        for label in tagger.tag(&attributes(&texts.test, sentence))? {
            labels.push(label.parse()?);
        }
    }
    let mut dump = Vec::new();
    model.dump(&mut dump)?;
    let dump = String::from_utf8(dump)?;
    let states = dump.split_once("STATE_FEATURES").map_or("", |(_, states)| states);
    Ok(Outcome { labels, weights: states.lines().filter(|line| line.contains("-->")).count() })
}
