//! The linear chain: from sums of weights to labels and their probabilities.

use super::view::LABELS;

type Row = [f32; LABELS];
/// A row that fills registers; what is beyond the labels means nothing.
type Wide = [f32; LABELS + 1];

fn wide(row: &Row, rest: f32) -> Wide {
    let mut out = [rest; LABELS + 1];
    out.iter_mut().zip(row).for_each(|(slot, &w)| *slot = w);
    out
}

/// Labels that a token may have; bit `l` for label `l`.
pub(crate) type Allowed = u8;
pub(crate) const ANY: Allowed = 0x7F;

/// Weights of moves from a label, or from the start (the last row), to each label.
#[derive(Debug)]
pub(crate) struct Moves {
    /// Moves that may not be made weigh minus infinity.
    weights: [Wide; LABELS + 1],
    /// e to the power of each weight.
    powers: [Wide; LABELS + 1],
    /// The same between labels, by the label that is moved to.
    into: [Wide; LABELS],
    /// For each label, the most that a token with it can gain by moves over one outside.
    most: Row,
}

impl Moves {
    #[expect(clippy::indexing_slicing, reason = "rows are indexed by labels alone, which are fewer")]
    pub(crate) fn new(weights: &[Row; LABELS + 1]) -> Moves {
        let mut weights = *weights;
        for (from, row) in weights.iter_mut().enumerate() {
            for (to, weight) in row.iter_mut().enumerate() {
                if !may_follow(if from == LABELS { 0 } else { from }, to) {
                    *weight = f32::NEG_INFINITY;
                }
            }
        }
        let powers = weights.map(|row| wide(&row.map(f32::exp), 0.0));
        let into = std::array::from_fn(|to| wide(&std::array::from_fn(|from| powers[from][to]), 0.0));
        let [outside, .., start] = weights;
        let mut most = [0.0; LABELS];
        for (label, most) in most.iter_mut().enumerate() {
            let into = weights.iter().take(LABELS).map(|row| row[label] - outside[0]);
            let into = into.fold(start[label] - start[0], f32::max);
            let away = weights.get(label).map_or(0.0, |row| row[0] - outside[0]);
            *most = into + away.max(0.0);
        }
        let weights = weights.map(|row| wide(&row, f32::NEG_INFINITY));
        Moves { weights, powers, into, most }
    }

    /// Whether the best labels are certainly all outside: no token can gain by another one,
    /// whatever the labels around.
    pub(crate) fn is_plain(&self, sums: &[Row], allowed: &[Allowed]) -> bool {
        /// Gains that are as good as none, by rounding.
        const NONE: f32 = -0.01;
        let plain = |row: &Row| {
            let gains = row.iter().zip(&self.most).skip(1).map(|(w, most)| w - row[0] + most);
            gains.fold(true, |plain, gain| plain & (gain < NONE))
        };
        sums.iter().all(plain) && allowed.iter().all(|allowed| allowed & 1 == 1)
    }
}

/// Buffers of the chain, kept between calls.
#[derive(Debug, Default)]
pub(crate) struct Chain {
    forward: Vec<Wide>,
    backward: Vec<Wide>,
    emitted: Vec<Wide>,
    scales: Vec<f32>,
    /// The best sum up to each token, by its label.
    best: Vec<Wide>,
    pub(crate) labels: Vec<u8>,
}

/// Whether label `to` may follow `from`: an inside label only follows its own name.
pub(crate) const fn may_follow(from: usize, to: usize) -> bool {
    to == 0 || to % 2 == 1 || from == to || from + 1 == to
}

impl Chain {
    /// The best labels of a sentence, into `labels`.
    pub(crate) fn decode(&mut self, sums: &[Row], allowed: &[Allowed], moves: &Moves) {
        self.best.clear();
        let [labels @ .., start] = &moves.weights;
        let mut last = [f32::NEG_INFINITY; LABELS + 1];
        for (i, (emitted, allowed)) in sums.iter().zip(allowed).enumerate() {
            let mut row = if i == 0 { *start } else { [f32::NEG_INFINITY; LABELS + 1] };
            if i > 0 {
                for (score, moves) in last.iter().zip(labels) {
                    for (best, weight) in row.iter_mut().zip(moves) {
                        let sum = score + weight;
                        *best = if sum > *best { sum } else { *best };
                    }
                }
            }
            row.iter_mut().zip(emitted).for_each(|(score, emitted)| *score += emitted);
            if *allowed != ANY {
                bar(&mut row, *allowed, f32::NEG_INFINITY);
            }
            self.best.push(row);
            last = row;
        }
        self.trace(moves);
    }

    /// Follows the best sums back from the end.
    #[expect(clippy::indexing_slicing, reason = "rows are indexed by labels alone, which are fewer")]
    fn trace(&mut self, moves: &Moves) {
        self.labels.clear();
        self.labels.resize(self.best.len(), 0);
        let mut next: Option<usize> = None;
        for (slot, row) in self.labels.iter_mut().zip(&self.best).rev() {
            let weight = |from: usize| next.map_or(0.0, |to| moves.weights[from][to]);
            let score = |label: usize| row[label] + weight(label);
            let label = (1..LABELS).fold(0, |best, l| if score(l) > score(best) { l } else { best });
            *slot = label as u8;
            next = Some(label);
        }
    }

    /// Runs forward and backward over a sentence, for [`probability`](Self::probability).
    pub(crate) fn spread(&mut self, sums: &[Row], allowed: &[Allowed], moves: &Moves) {
        self.emitted.clear();
        for (row, allowed) in sums.iter().zip(allowed) {
            let most = row.iter().fold(f32::MIN, |m, &w| m.max(w));
            let mut out = wide(row, f32::NEG_INFINITY);
            out.iter_mut().for_each(|slot| *slot = power(*slot - most));
            if *allowed != ANY {
                bar(&mut out, *allowed, 0.0);
            }
            self.emitted.push(out);
        }
        self.run_forward(moves);
        self.run_backward(moves);
    }

    fn run_forward(&mut self, moves: &Moves) {
        self.forward.clear();
        self.scales.clear();
        let [labels @ .., start] = &moves.powers;
        let mut last: Option<Wide> = None;
        for emitted in &self.emitted {
            let mut row = last.map_or(*start, |last| combine(&last, labels));
            row.iter_mut().zip(emitted).for_each(|(sum, e)| *sum *= e);
            let total = row.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            let scale = 1.0 / total;
            row.iter_mut().for_each(|p| *p *= scale);
            self.scales.push(total);
            self.forward.push(row);
            last = Some(row);
        }
    }

    fn run_backward(&mut self, moves: &Moves) {
        self.backward.clear();
        self.backward.resize(self.emitted.len(), [1.0; LABELS + 1]);
        let mut next = [1.0; LABELS + 1];
        for i in (1..self.emitted.len()).rev() {
            let (Some(emitted), Some(scale)) = (self.emitted.get(i), self.scales.get(i)) else { return };
            let scale = 1.0 / scale;
            next.iter_mut().zip(emitted).for_each(|(b, e)| *b *= e * scale);
            next = combine(&next, &moves.into);
            if let Some(slot) = self.backward.get_mut(i - 1) {
                *slot = next;
            }
        }
    }

    /// The probability that exactly tokens `first..=last` are one name with the labels
    /// `begin` and `inside`.
    #[expect(
        clippy::indexing_slicing,
        reason = "`begin` and `inside` are labels, and rows have one number for each"
    )]
    pub(crate) fn probability(
        &self,
        (first, last): (usize, usize),
        (begin, inside): (u8, u8),
        moves: &Moves,
    ) -> f32 {
        let (begin, inside) = (usize::from(begin), usize::from(inside));
        let at = |rows: &[Wide], i: usize, l: usize| {
            rows.get(i).and_then(|row| row.get(l)).copied().unwrap_or_default()
        };
        let mut p = at(&self.forward, first, begin);
        let mut label = begin;
        for i in first + 1..=last {
            p *= moves.powers[label][inside] * at(&self.emitted, i, inside)
                / self.scales.get(i).copied().unwrap_or(1.0);
            label = inside;
        }
        // Whatever follows, but not more of the same name.
        let mut after = at(&self.backward, last, label);
        if last + 1 < self.emitted.len() {
            after -= moves.powers[label][inside]
                * at(&self.emitted, last + 1, inside)
                * at(&self.backward, last + 1, inside)
                / self.scales.get(last + 1).copied().unwrap_or(1.0);
        }
        (p * after).clamp(0.0, 1.0)
    }
}

/// The sum of rows, each times its factor.
#[inline]
fn combine(factors: &Wide, rows: &[Wide; LABELS]) -> Wide {
    let mut sum = [0.0; LABELS + 1];
    for (factor, row) in factors.iter().zip(rows) {
        sum.iter_mut().zip(row).for_each(|(sum, w)| *sum += factor * w);
    }
    sum
}

/// Replaces what labels have that a token may not have.
fn bar(row: &mut Wide, allowed: Allowed, by: f32) {
    for (label, slot) in row.iter_mut().enumerate() {
        if allowed >> label & 1 == 0 {
            *slot = by;
        }
    }
}

/// e to the power of a number up to 0, to six digits: all labels of a token at once are
/// several times faster than the exact function.
#[inline]
fn power(x: f32) -> f32 {
    /// Adding it to a small number leaves its nearest integer in the low bits.
    const ROUND: f32 = 12_582_912.0;
    /// 2 to the power of a fraction in -0.5..=0.5: its Taylor series.
    const SERIES: [f32; 7] =
        [1.540_353e-4, 1.333_355_8e-3, 9.618_129e-3, 5.550_411e-2, 0.240_226_5, std::f32::consts::LN_2, 1.0];
    let x = x.max(-80.0) * std::f32::consts::LOG2_E;
    let rounded = x + ROUND;
    let fraction = x - (rounded - ROUND);
    let part = SERIES.iter().fold(0.0, |sum, factor| sum * fraction + factor);
    let exponent = rounded.to_bits().wrapping_sub(ROUND.to_bits()).wrapping_add(127);
    part * f32::from_bits(exponent << 23)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_near_the_exact_ones() {
        for i in 0..=6000 {
            let x = -0.01 * i as f32;
            let exact = f64::from(x).exp();
            assert!((f64::from(power(x)) - exact).abs() <= 4e-6 * exact, "{x}: {} {exact}", power(x));
        }
        assert!(power(f32::MIN) < 1e-30 && power(f32::NEG_INFINITY) > 0.0);
    }

    /// All label sequences of three tokens, scored one by one.
    fn enumerate(sums: &[Row], moves: &[Row; LABELS + 1]) -> Vec<(Vec<usize>, f64)> {
        let mut all = vec![(Vec::new(), 0.0f64)];
        for row in sums {
            let mut longer = Vec::new();
            for (labels, score) in &all {
                for to in 0..LABELS {
                    let from: Option<&usize> = labels.last();
                    if may_follow(from.copied().unwrap_or(0), to) {
                        let m = moves[from.copied().unwrap_or(LABELS)][to];
                        let mut next: Vec<usize> = labels.clone();
                        next.push(to);
                        longer.push((next, score + f64::from(m + row[to])));
                    }
                }
            }
            all = longer;
        }
        all
    }

    fn numbers(seed: u32, n: usize) -> Vec<f32> {
        let mut x = seed;
        (0..n)
            .map(|_| {
                x = x.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (x >> 8) as f32 / (1 << 24) as f32 * 4.0 - 2.0
            })
            .collect()
    }

    #[test]
    fn decoding_and_probabilities_agree_with_counting_everything() {
        for seed in 0..50 {
            let values = numbers(seed, LABELS * 3 + LABELS * (LABELS + 1));
            let rows: Vec<Row> = values[..LABELS * 3].chunks(LABELS).map(|c| c.try_into().unwrap()).collect();
            let mut moves = [[0.0; LABELS]; LABELS + 1];
            moves.iter_mut().flatten().zip(&values[LABELS * 3..]).for_each(|(m, v)| *m = *v);
            let all = enumerate(&rows, &moves);
            let total: f64 = all.iter().map(|(_, s)| s.exp()).sum();
            let mut chain = Chain::default();
            let moves = Moves::new(&moves);
            chain.decode(&rows, &[ANY; 3], &moves);
            let best = all.iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
            let found: Vec<usize> = chain.labels.iter().map(|&l| usize::from(l)).collect();
            assert_eq!(found, best.0);
            assert!(!moves.is_plain(&rows, &[ANY; 3]) || found == [0; 3]);
            chain.spread(&rows, &[ANY; 3], &moves);
            for (first, last) in [(0, 0), (0, 1), (1, 2), (2, 2), (0, 2)] {
                let exact: f64 = all
                    .iter()
                    .filter(|(l, _)| {
                        l[first] == 3
                            && l[first + 1..=last].iter().all(|&x| x == 4)
                            && l.get(last + 1).is_none_or(|&x| x != 4)
                    })
                    .map(|(_, s)| s.exp())
                    .sum();
                let p = chain.probability((first, last), (3, 4), &moves);
                assert!((f64::from(p) - exact / total).abs() < 1e-4, "{p} {}", exact / total);
            }
        }
    }
}
