//! From examples to compiled weights.

use bangla_ner::training;

use crate::chain::{self, Sentences, Settings, Weights};
use crate::data::{Vocabulary, Without};
use crate::gate::Gate;
use crate::{Data, Options, jobs};

/// Documents of a set that are not trained on.
pub type Held<'h> = Option<(usize, &'h (dyn Fn(usize) -> bool + Sync))>;

/// What to train.
pub struct Plan<'p> {
    /// Numbers of the sets in [`Data::sets`].
    pub sets: Vec<usize>,
    pub held: Held<'p>,
    pub l1: f32,
    /// How many differently shuffled trainings are averaged.
    pub seeds: u64,
    pub without: Without,
    /// For which domains weights are wanted.
    pub domains: &'p [u8],
}

impl<'p> Plan<'p> {
    /// As the weights that ship are trained, for some domains.
    pub fn shipped(options: &Options, data: &Data, domains: &'p [u8]) -> Plan<'p> {
        Plan {
            sets: (0..data.sets.len()).collect(),
            held: None,
            l1: options.l1,
            seeds: options.seeds,
            without: Without::NOTHING,
            domains,
        }
    }
}

/// Compiled weights.
#[derive(Clone)]
pub struct Fitted {
    pub bytes: Vec<u8>,
    /// How many features have a weight.
    pub features: usize,
}

/// Trains by a plan; weights for each of its domains. Calls `step` after each training.
pub fn fit(
    options: &Options,
    data: &Data,
    plan: &Plan<'_>,
    threads: usize,
    step: &(dyn Fn() + Sync),
) -> Vec<Fitted> {
    let kept = |number: usize| {
        let documents = data.sets[number].examples.iter().enumerate();
        let is_held = move |i: usize| plan.held.is_some_and(|(set, is_held)| set == number && is_held(i));
        documents.filter(move |(i, _)| !is_held(*i)).flat_map(|(_, e)| e)
    };
    let vocabulary = Vocabulary::new(plan.sets.iter().flat_map(|&s| kept(s)), options.least, &plan.without);
    let number = |&s: &usize| vocabulary.number(kept(s), data.sets[s].weight, data.sets[s].domain);
    let numbered: Vec<Sentences> = plan.sets.iter().map(number).collect();
    let trained: Vec<Vec<Weights>> = jobs::run(plan.seeds as usize, threads, |seed| {
        let settings =
            Settings { epochs: options.epochs, rate: options.rate, l1: plan.l1, seed: seed as u64 + 1 };
        let weights = chain::train(&numbered, vocabulary.keys.len(), plan.domains, settings);
        step();
        weights
    });
    let examples = plan.sets.iter().flat_map(|&s| kept(s).map(move |e| (e, data.sets[s].weight)));
    let settings = (3, options.rate, options.gate_l1, options.least);
    let gate = Gate::train(examples, settings, &plan.without);
    let finish = |domain: usize| {
        let weights = chain::average(trained.iter().map(|seed| &seed[domain]));
        let features = vocabulary.keys.iter().copied().zip(weights.features);
        let features = gate.join(features.chain(data.cuts.iter().copied()));
        let used = features.iter().filter(|f| f.1.iter().any(|&w| w != 0.0)).count();
        Fitted { bytes: training::encode(&features, &weights.moves, options.gate), features: used }
    };
    (0..plan.domains.len()).map(finish).collect()
}
