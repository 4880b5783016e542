//! Training a linear chain: AdaGrad with regularised dual averaging, whose L1 term leaves
//! most weights exactly zero.
//!
//! Every feature may have a second copy for the sentences of a domain (texts marked by the
//! guideline, say); the general copy and that of the domain that is wanted are added up
//! afterwards, so that domains cost nothing when extracting (Daumé 2007, "Frustratingly easy
//! domain adaptation").

use bangla_ner::training::LABEL_COUNT as LABELS;

/// Labelled sentences of numbered features.
#[derive(Clone, Default)]
pub struct Sentences {
    /// For each sentence, its first token; one more at the end.
    pub starts: Vec<usize>,
    /// For each token, its first feature; one more at the end.
    pub tokens: Vec<usize>,
    pub features: Vec<u32>,
    pub labels: Vec<u8>,
    pub weights: Vec<f32>,
    /// 0 for none, else the number of the domain.
    pub domains: Vec<u8>,
}

/// How to train.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    pub epochs: usize,
    pub rate: f32,
    pub l1: f32,
    pub seed: u64,
}

/// Weights by feature number, and of the moves between labels (last row: from the start).
pub struct Weights {
    pub features: Vec<[f32; LABELS]>,
    pub moves: [[f32; LABELS]; LABELS + 1],
}

/// Sums of gradients and of their squares.
struct Averages<T> {
    sums: Vec<[T; LABELS]>,
    squares: Vec<[T; LABELS]>,
}

impl<T: Default + Copy> Averages<T> {
    fn new(rows: usize) -> Averages<T> {
        Averages { sums: vec![[T::default(); LABELS]; rows], squares: vec![[T::default(); LABELS]; rows] }
    }
}

fn may_follow(from: usize, to: usize) -> bool {
    to == 0 || to % 2 == 1 || (from < LABELS && (from == to || from + 1 == to))
}

/// Trains on all sentences of all sets; `count` is the number of features, `wanted` the domains
/// whose weights are wanted.
pub fn train(sets: &[Sentences], count: usize, wanted: &[u8], settings: Settings) -> Vec<Weights> {
    let domains = sets.iter().flat_map(|s| &s.domains).max().map_or(0, |&d| usize::from(d));
    let mut order: Vec<(usize, usize)> = Vec::new();
    for (set, s) in sets.iter().enumerate() {
        order.extend((0..s.starts.len().saturating_sub(1)).map(|i| (set, i)));
    }
    let mut state = Training {
        own: Averages::new((domains + 1) * count),
        moves: Averages::new(LABELS + 1),
        count,
        settings,
        time: 1.0,
        buffers: Buffers::default(),
    };
    let mut random = settings.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    for _ in 0..settings.epochs {
        shuffle(&mut order, &mut random);
        for &(set, sentence) in &order {
            state.learn(&sets[set], sentence);
        }
    }
    wanted.iter().map(|&domain| state.weights_of(usize::from(domain))).collect()
}

pub fn shuffle<T>(items: &mut [T], random: &mut u64) {
    for i in (1..items.len()).rev() {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        items.swap(i, (*random % (i as u64 + 1)) as usize);
    }
}

#[derive(Default)]
struct Buffers {
    emitted: Vec<[f64; LABELS]>,
    forward: Vec<[f64; LABELS]>,
    backward: Vec<[f64; LABELS]>,
    scales: Vec<f64>,
}

struct Training {
    own: Averages<f32>,
    moves: Averages<f64>,
    count: usize,
    settings: Settings,
    time: f64,
    buffers: Buffers,
}

impl Training {
    /// The weight that the sums stand for at this time.
    fn weight(&self, row: usize, label: usize) -> f32 {
        let (sum, square) = (self.own.sums[row][label], self.own.squares[row][label]);
        let beyond = sum.abs() - self.settings.l1 * self.time as f32;
        if beyond <= 0.0 {
            return 0.0;
        }
        -sum.signum() * self.settings.rate * beyond / (square + 1e-12).sqrt()
    }

    fn move_weights(&self) -> [[f64; LABELS]; LABELS + 1] {
        let mut out = [[0.0; LABELS]; LABELS + 1];
        for (from, row) in out.iter_mut().enumerate() {
            for (to, slot) in row.iter_mut().enumerate() {
                let (sum, square) = (self.moves.sums[from][to], self.moves.squares[from][to]);
                if square > 0.0 {
                    *slot = -sum * f64::from(self.settings.rate) / square.sqrt();
                }
            }
        }
        out
    }

    fn learn(&mut self, set: &Sentences, sentence: usize) {
        let (start, end) = (set.starts[sentence], set.starts[sentence + 1]);
        if start == end {
            return;
        }
        let domain = usize::from(set.domains[sentence]);
        let copies = [0, domain * self.count];
        let copies = if domain == 0 { &copies[..1] } else { &copies[..] };
        let weight = set.weights[sentence];
        let mut moves = self.move_weights();
        for (from, row) in moves.iter_mut().enumerate() {
            for (to, slot) in row.iter_mut().enumerate() {
                *slot = if may_follow(from, to) { slot.exp() } else { 0.0 };
            }
        }
        self.emit(set, start, end, copies);
        self.spread(&moves);
        self.update(set, start, copies, weight, &moves);
        self.time += 1.0;
    }

    fn emit(&mut self, set: &Sentences, start: usize, end: usize, copies: &[usize]) {
        self.buffers.emitted.clear();
        for token in start..end {
            let mut sums = [0.0f32; LABELS];
            for &feature in &set.features[set.tokens[token]..set.tokens[token + 1]] {
                for copy in copies {
                    let row = feature as usize + copy;
                    for (label, slot) in sums.iter_mut().enumerate() {
                        *slot += self.weight(row, label);
                    }
                }
            }
            let most = sums.iter().fold(f32::MIN, |m, &w| m.max(w));
            self.buffers.emitted.push(sums.map(|w| f64::from(w - most).exp()));
        }
    }

    fn spread(&mut self, moves: &[[f64; LABELS]; LABELS + 1]) {
        let Buffers { emitted, forward, backward, scales } = &mut self.buffers;
        forward.clear();
        scales.clear();
        for (i, e) in emitted.iter().enumerate() {
            let mut row = [0.0; LABELS];
            for to in 0..LABELS {
                let into: f64 = match i.checked_sub(1) {
                    None => moves[LABELS][to],
                    Some(last) => (0..LABELS).map(|from| forward[last][from] * moves[from][to]).sum(),
                };
                row[to] = into * e[to];
            }
            let total: f64 = row.iter().sum();
            forward.push(row.map(|p| p / total));
            scales.push(total);
        }
        backward.clear();
        backward.resize(emitted.len(), [1.0; LABELS]);
        for i in (1..emitted.len()).rev() {
            let mut row = [0.0; LABELS];
            for (from, slot) in row.iter_mut().enumerate() {
                *slot = (0..LABELS).map(|to| moves[from][to] * emitted[i][to] * backward[i][to]).sum::<f64>()
                    / scales[i];
            }
            backward[i - 1] = row;
        }
    }

    fn update(
        &mut self,
        set: &Sentences,
        start: usize,
        copies: &[usize],
        weight: f32,
        moves: &[[f64; LABELS]; LABELS + 1],
    ) {
        let Buffers { emitted, forward, backward, scales } = &self.buffers;
        for i in 0..emitted.len() {
            let label = usize::from(set.labels[start + i]);
            let mut gradient = [0.0f32; LABELS];
            for (l, slot) in gradient.iter_mut().enumerate() {
                let target = if l == label { 1.0 } else { 0.0 };
                *slot = weight * (forward[i][l] * backward[i][l] - target) as f32;
                if slot.abs() < 1e-5 {
                    *slot = 0.0;
                }
            }
            if gradient.iter().any(|&g| g != 0.0) {
                for &feature in &set.features[set.tokens[start + i]..set.tokens[start + i + 1]] {
                    for copy in copies {
                        let row = feature as usize + copy;
                        for (l, g) in gradient.iter().enumerate() {
                            self.own.sums[row][l] += g;
                            self.own.squares[row][l] += g * g;
                        }
                    }
                }
            }
            for from in 0..=LABELS {
                for to in 0..LABELS {
                    let (p, seen) = match i.checked_sub(1) {
                        None if from == LABELS => (forward[0][to] * backward[0][to], to == label),
                        Some(last) if from < LABELS => {
                            let p = forward[last][from] * moves[from][to] * emitted[i][to] * backward[i][to]
                                / scales[i];
                            (p, usize::from(set.labels[start + last]) == from && to == label)
                        }
                        _ => continue,
                    };
                    let g = f64::from(weight) * (p - if seen { 1.0 } else { 0.0 });
                    self.moves.sums[from][to] += g;
                    self.moves.squares[from][to] += g * g;
                }
            }
        }
    }

    fn weights_of(&self, domain: usize) -> Weights {
        let weight = |f: usize, l: usize| {
            let own = if domain == 0 { 0.0 } else { self.weight(f + domain * self.count, l) };
            self.weight(f, l) + own
        };
        let features = (0..self.count).map(|f| std::array::from_fn(|l| weight(f, l))).collect();
        let moves = self.move_weights().map(|row| row.map(|w| w as f32));
        Weights { features, moves }
    }
}

/// The mean of several trainings.
pub fn average<'w>(trained: impl ExactSizeIterator<Item = &'w Weights>) -> Weights {
    let share = 1.0 / trained.len().max(1) as f32;
    let mut mean = Weights { features: Vec::new(), moves: [[0.0; LABELS]; LABELS + 1] };
    for weights in trained {
        mean.features.resize(weights.features.len(), [0.0; LABELS]);
        let sums = mean.features.iter_mut().chain(&mut mean.moves);
        for (sum, row) in sums.zip(weights.features.iter().chain(&weights.moves)) {
            sum.iter_mut().zip(row).for_each(|(s, w)| *s += share * w);
        }
    }
    mean
}

/// The best labels of a sentence of numbered features.
#[cfg(feature = "crfs")]
pub fn label(weights: &Weights, set: &Sentences, sentence: usize) -> Vec<u8> {
    let tokens = set.starts[sentence]..set.starts[sentence + 1];
    let mut best: Vec<[(f32, usize); LABELS]> = Vec::new();
    for token in tokens {
        let mut row = [(f32::MIN, 0); LABELS];
        for (to, slot) in row.iter_mut().enumerate() {
            let features = &set.features[set.tokens[token]..set.tokens[token + 1]];
            let own: f32 = features.iter().map(|&f| weights.features[f as usize][to]).sum();
            let froms = if best.is_empty() { LABELS..LABELS + 1 } else { 0..LABELS };
            for from in froms.filter(|&from| may_follow(from, to)) {
                let before = best.last().map_or(0.0, |row| row[from].0);
                let score = before + weights.moves[from][to] + own;
                if score > slot.0 {
                    *slot = (score, from);
                }
            }
        }
        best.push(row);
    }
    let last = |row: &[(f32, usize); LABELS]| (0..LABELS).max_by(|&a, &b| row[a].0.total_cmp(&row[b].0));
    let mut at = best.last().and_then(last).unwrap_or_default();
    let mut labels: Vec<u8> = Vec::with_capacity(best.len());
    for row in best.iter().rev() {
        labels.push(at as u8);
        at = row[at].1;
    }
    labels.reverse();
    labels
}
