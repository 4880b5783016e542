//! Training the choice between the cuts of a name's last word: a softmax over the cuts that
//! the grammar allows, by AdaGrad with regularised dual averaging as in [`crate::chain`].
//!
//! Two sources. Our own texts mark bare names, with the words around; each name is read
//! twice, with and without the lists, so that names in no list are learned as well. The
//! gazetteers know thousands of bare names: each gets endings as often as our texts have
//! them, and is read by its letters alone.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use anyhow::{Context, Result};
use bangla_ner::endings;
use bangla_ner::eval::Document;
use bangla_ner::tools::NAME_FILES;
use bangla_ner::training::{self, CutRow, CutView, LABEL_COUNT};
use bangla_ner::{Extractor, Kind, Scratch};

/// Slots of a feature: for every kind, and for each.
const SLOTS: usize = 4;
/// Forms made of each listed name.
const FORMS: usize = 2;

/// Names to cut, with weights.
#[derive(Default)]
pub struct Cuts {
    rows: Vec<(CutRow, f32)>,
}

/// How many cuts of a text's names are right.
#[derive(Clone, Copy, Default)]
pub struct Rightness {
    pub right: usize,
    /// What the rules would take for the word by itself.
    pub rules: usize,
    pub all: usize,
}

fn number(kind: &Kind) -> Option<u8> {
    match kind {
        Kind::Person => Some(0),
        Kind::Place => Some(1),
        Kind::Organization => Some(2),
        _ => None,
    }
}

/// The marked names of a document.
pub fn rows(ner: &Extractor, scratch: &mut Scratch, document: &Document, view: CutView) -> Vec<CutRow> {
    let names: Vec<_> =
        document.mentions.iter().filter_map(|m| Some((m.span.clone(), number(&m.kind)?))).collect();
    training::featurize_cuts(ner, scratch, &document.text, &names, view)
}

impl Cuts {
    /// Reads the names of our texts and of the gazetteers.
    pub fn read(ner: &Extractor, own: &[Document], gazetteers: &Path, listed: f32) -> Result<Cuts> {
        let mut scratch = Scratch::new();
        let mut cuts = Cuts::default();
        for document in own {
            for lists in [true, false] {
                let rows = rows(ner, &mut scratch, document, CutView { lists, context: true });
                cuts.rows.extend(rows.into_iter().map(|row| (row, 1.0)));
            }
        }
        let endings = endings_of(own);
        let mut random = 0x2545_F491_4F6C_DD1Du64;
        let view = CutView { lists: false, context: false };
        for (name, kind) in names(gazetteers)? {
            for form in forms(&name, endings.get(&kind), &mut random) {
                let found = [(0..name.len(), kind)];
                let rows = training::featurize_cuts(ner, &mut scratch, &form, &found, view);
                cuts.rows.extend(rows.into_iter().map(|row| (row, listed)));
            }
        }
        cuts.rows.retain(|(row, _)| row.cuts.len() > 1);
        Ok(cuts)
    }

    /// Trains the weights; features as the table of the labels' weights keeps them.
    pub fn train(&self, epochs: usize, rate: f32, l1: f32, least: u32) -> Vec<(u32, [f32; LABEL_COUNT])> {
        let mut counts: HashMap<u32, u32> = HashMap::new();
        for key in self.rows.iter().flat_map(|(row, _)| row.cuts.iter().flatten()) {
            *counts.entry(*key).or_default() += 1;
        }
        let keys: BTreeMap<u32, usize> = {
            let kept: std::collections::BTreeSet<u32> =
                counts.into_iter().filter(|&(_, n)| n >= least).map(|(key, _)| key).collect();
            kept.into_iter().zip(0..).collect()
        };
        let mut state = State::new(keys.len(), rate, l1);
        let mut order: Vec<usize> = (0..self.rows.len()).collect();
        let mut random = 0x9E37_79B9_7F4A_7C15u64;
        for _ in 0..epochs {
            crate::chain::shuffle(&mut order, &mut random);
            for &at in &order {
                let (row, weight) = &self.rows[at];
                let numbered: Vec<Vec<usize>> = row
                    .cuts
                    .iter()
                    .map(|cut| cut.iter().filter_map(|k| keys.get(k).copied()).collect())
                    .collect();
                state.learn(&numbered, row.right, usize::from(row.kind), *weight);
            }
        }
        keys.iter().map(|(&key, &at)| (key, state.labels(at))).collect()
    }
}

/// How often our texts have each ending, by kind.
fn endings_of(own: &[Document]) -> HashMap<u8, BTreeMap<String, usize>> {
    let mut found: HashMap<u8, BTreeMap<String, usize>> = HashMap::new();
    for document in own {
        for mention in &document.mentions {
            let rest = &document.text[mention.span.end..];
            let end = rest.find(|c: char| !c.is_alphanumeric() && !('\u{980}'..='\u{9FF}').contains(&c));
            let ending = &rest[..end.unwrap_or(rest.len())];
            if let Some(kind) = number(&mention.kind) {
                *found.entry(kind).or_default().entry(ending.into()).or_default() += 1;
            }
        }
    }
    found
}

/// The last words of the listed names, each once for each kind.
fn names(folder: &Path) -> Result<Vec<(String, u8)>> {
    let mut out = Vec::new();
    let mut seen = HashSet::new();
    for file in NAME_FILES {
        let path = folder.join(file);
        let text =
            std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let mut fields = line.split('\t');
            let (Some(name), Some(kind)) = (fields.next(), fields.next()) else { continue };
            let kind = match kind.split('.').next() {
                Some("person") => 0,
                Some("place") => 1,
                Some("organization") => 2,
                _ => continue,
            };
            let Some(word) = name.split([' ', '-']).next_back() else { continue };
            if word.chars().count() > 2 && seen.insert((word.to_owned(), kind)) {
                out.push((word.to_owned(), kind));
            }
        }
    }
    Ok(out)
}

/// Some forms of a name: endings drawn as often as texts have them.
fn forms(name: &str, endings: Option<&BTreeMap<String, usize>>, random: &mut u64) -> Vec<String> {
    let possible: Vec<(String, usize)> = endings
        .into_iter()
        .flatten()
        .map(|(ending, &count)| (format!("{name}{ending}"), count))
        .filter(|(form, _)| endings::split(name, form).is_some())
        .collect();
    let total: usize = possible.iter().map(|(_, n)| n).sum();
    let mut draw = || {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        let mut left = *random as usize % total.max(1);
        let found = possible.iter().find(|(_, n)| {
            let here = left < *n;
            left = left.saturating_sub(*n);
            here
        });
        found.map(|(form, _)| form.clone())
    };
    (0..FORMS).filter_map(|_| draw()).collect()
}

struct State {
    sums: Vec<[f32; SLOTS]>,
    squares: Vec<[f32; SLOTS]>,
    rate: f32,
    l1: f32,
    time: f32,
}

impl State {
    fn new(features: usize, rate: f32, l1: f32) -> State {
        State {
            sums: vec![[0.0; SLOTS]; features],
            squares: vec![[0.0; SLOTS]; features],
            rate,
            l1,
            time: 1.0,
        }
    }

    fn weight(&self, feature: usize, slot: usize) -> f32 {
        let (sum, square) = (self.sums[feature][slot], self.squares[feature][slot]);
        let beyond = sum.abs() - self.l1 * self.time;
        if beyond <= 0.0 { 0.0 } else { -sum.signum() * self.rate * beyond / (square + 1e-12).sqrt() }
    }

    fn learn(&mut self, cuts: &[Vec<usize>], right: usize, kind: usize, weight: f32) {
        let slots = [0, 1 + kind];
        let score = |cut: &Vec<usize>| -> f32 {
            cut.iter().map(|&f| slots.iter().map(|&s| self.weight(f, s)).sum::<f32>()).sum()
        };
        let scores: Vec<f32> = cuts.iter().map(score).collect();
        let most = scores.iter().fold(f32::MIN, |m, &s| m.max(s));
        let total: f32 = scores.iter().map(|s| (s - most).exp()).sum();
        for (i, (cut, score)) in cuts.iter().zip(&scores).enumerate() {
            let target = if i == right { 1.0 } else { 0.0 };
            let gradient = weight * ((score - most).exp() / total - target);
            for &feature in cut.iter().filter(|_| gradient.abs() > 1e-4) {
                for slot in slots {
                    self.sums[feature][slot] += gradient;
                    self.squares[feature][slot] += gradient * gradient;
                }
            }
        }
        self.time += 1.0;
    }

    /// The weights of a feature in the table of the labels: for all kinds in the first slot,
    /// for each kind where its names begin.
    fn labels(&self, feature: usize) -> [f32; LABEL_COUNT] {
        let mut out = [0.0; LABEL_COUNT];
        out[0] = self.weight(feature, 0);
        for kind in 0..SLOTS - 1 {
            out[1 + 2 * kind] = self.weight(feature, 1 + kind);
        }
        out
    }
}

/// How many names of some documents the weights cut rightly.
pub fn score(
    ner: &Extractor,
    documents: &[Document],
    features: &[(u32, [f32; LABEL_COUNT])],
    view: CutView,
) -> Rightness {
    let weights: HashMap<u32, [f32; LABEL_COUNT]> = features.iter().copied().collect();
    let mut scratch = Scratch::new();
    let mut found = Rightness::default();
    for row in documents.iter().flat_map(|d| rows(ner, &mut scratch, d, view)).filter(|r| r.cuts.len() > 1) {
        let own = 1 + 2 * usize::from(row.kind);
        let score = |cut: &Vec<u32>| -> f32 {
            cut.iter().filter_map(|k| weights.get(k)).map(|w| w[0] + w[own]).sum()
        };
        let scores: Vec<f32> = row.cuts.iter().map(score).collect();
        let best = (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a)));
        found.all += 1;
        found.right += usize::from(best == Some(row.right));
        found.rules += usize::from(row.rules == Some(row.right));
    }
    found
}
