//! Training the gate: a weight for each feature of a word and of its neighbours, by itself,
//! that tells whether the token may be in a name at all. Most tokens may not, and extraction
//! looks no further at them.

use std::collections::{BTreeMap, HashMap};

use bangla_ner::training::LABEL_COUNT;

use crate::data::{Example, Without};

/// What a token in a name counts, against one outside: the gate must let nearly all through.
const NAME: f32 = 20.0;

/// Tokens with numbered features.
struct Tokens {
    starts: Vec<usize>,
    features: Vec<u32>,
    named: Vec<bool>,
    weights: Vec<f32>,
}

/// Weights by feature.
pub struct Gate {
    pub features: Vec<(u32, f32)>,
}

impl Gate {
    /// Trains on sentences with the weights of their sets.
    pub fn train<'e>(
        examples: impl Iterator<Item = (&'e Example, f32)> + Clone,
        (epochs, rate, l1, least): (usize, f32, f32, u32),
        without: &Without,
    ) -> Gate {
        let mut counts: HashMap<u32, u32> = HashMap::new();
        for key in examples.clone().flat_map(|(e, _)| e.word_features(without)) {
            *counts.entry(key).or_default() += 1;
        }
        let mut keys: Vec<u32> = counts.into_iter().filter(|&(_, n)| n >= least).map(|(k, _)| k).collect();
        keys.sort_unstable();
        let numbers: BTreeMap<u32, u32> = keys.iter().copied().zip(0..).collect();
        let mut tokens = Tokens { starts: vec![0], features: vec![], named: vec![], weights: vec![] };
        for (example, weight) in examples {
            for (keys, label) in example.of_words() {
                tokens.features.extend(keys.iter().filter_map(|k| numbers.get(k)));
                tokens.starts.push(tokens.features.len());
                tokens.named.push(label > 0);
                tokens.weights.push(weight);
            }
        }
        let weights = tokens.learn(keys.len(), (epochs, rate, l1));
        Gate { features: keys.into_iter().zip(weights).filter(|&(_, w)| w != 0.0).collect() }
    }

    /// Adds the gate's weights to those of the labels.
    pub fn join(
        &self,
        features: impl Iterator<Item = (u32, [f32; LABEL_COUNT])>,
    ) -> Vec<(u32, [f32; LABEL_COUNT + 1])> {
        let mut all: BTreeMap<u32, [f32; LABEL_COUNT + 1]> = BTreeMap::new();
        for (key, weights) in features {
            all.entry(key).or_default()[..LABEL_COUNT].copy_from_slice(&weights);
        }
        for &(key, weight) in &self.features {
            all.entry(key).or_default()[LABEL_COUNT] = weight;
        }
        all.into_iter().collect()
    }
}

impl Tokens {
    fn learn(&self, features: usize, (epochs, rate, l1): (usize, f32, f32)) -> Vec<f32> {
        let mut sums = vec![0.0f32; features];
        let mut squares = vec![0.0f32; features];
        let mut time = 1.0f32;
        let weight = |sum: f32, square: f32, time: f32| {
            let beyond = sum.abs() - l1 * time;
            if beyond <= 0.0 { 0.0 } else { -sum.signum() * rate * beyond / (square + 1e-12).sqrt() }
        };
        let mut order: Vec<usize> = (0..self.named.len()).collect();
        let mut random = 0x9E37_79B9_7F4A_7C15u64;
        for _ in 0..epochs {
            crate::chain::shuffle(&mut order, &mut random);
            for &at in &order {
                let own = &self.features[self.starts[at]..self.starts[at + 1]];
                let score: f32 =
                    own.iter().map(|&f| weight(sums[f as usize], squares[f as usize], time)).sum();
                let named = self.named[at];
                let error = 1.0 / (1.0 + (-score).exp()) - f32::from(u8::from(named));
                let gradient = error * self.weights[at] * if named { NAME } else { 1.0 };
                if gradient.abs() > 1e-4 {
                    for &f in own {
                        sums[f as usize] += gradient;
                        squares[f as usize] += gradient * gradient;
                    }
                }
                time += 1.0;
            }
        }
        (0..features).map(|f| weight(sums[f], squares[f], time)).collect()
    }
}
