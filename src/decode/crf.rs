//! The linear chain: from sums of weights to labels and their probabilities.

use super::view::LABELS;

type Row = [f32; LABELS];

/// Labels that a token may have; bit `l` for label `l`.
pub(crate) type Allowed = u8;
pub(crate) const ANY: Allowed = 0x7F;

/// Buffers of the chain, kept between calls.
#[derive(Debug, Default)]
pub(crate) struct Chain {
    forward: Vec<[f64; LABELS]>,
    backward: Vec<[f64; LABELS]>,
    emitted: Vec<[f64; LABELS]>,
    scales: Vec<f64>,
    moves: [[f64; LABELS]; LABELS + 1],
    best: Vec<Row>,
    from: Vec<[u8; LABELS]>,
    pub(crate) labels: Vec<u8>,
}

/// Whether label `to` may follow `from`: an inside label only follows its own name.
pub(crate) const fn may_follow(from: usize, to: usize) -> bool {
    to == 0 || to % 2 == 1 || from == to || from + 1 == to
}

impl Chain {
    /// The best labels of a sentence, into `labels`.
    pub(crate) fn decode(&mut self, sums: &[Row], allowed: &[Allowed], moves: &[Row; LABELS + 1]) {
        self.best.clear();
        self.from.clear();
        let mut last = [f32::MIN; LABELS];
        for (i, (emitted, allowed)) in sums.iter().zip(allowed).enumerate() {
            let mut row = [f32::MIN; LABELS];
            let mut from = [0u8; LABELS];
            for (to, (slot, origin)) in row.iter_mut().zip(&mut from).enumerate() {
                if allowed >> to & 1 == 0 {
                    continue;
                }
                let (score, at) = if i == 0 {
                    (if may_follow(0, to) { moves[LABELS][to] } else { f32::MIN }, 0)
                } else {
                    best_origin(&last, to, moves)
                };
                if score > f32::MIN {
                    *slot = score + emitted.get(to).copied().unwrap_or_default();
                    *origin = at;
                }
            }
            self.best.push(row);
            self.from.push(from);
            last = row;
        }
        self.trace(&last);
    }

    fn trace(&mut self, last: &Row) {
        self.labels.clear();
        self.labels.resize(self.best.len(), 0);
        let mut label = (1..LABELS).fold(0, |best, l| if last[l] > last[best] { l } else { best });
        for (slot, from) in self.labels.iter_mut().zip(&self.from).rev() {
            *slot = label as u8;
            label = usize::from(from.get(label).copied().unwrap_or_default());
        }
    }

    /// Runs forward and backward over a sentence, for [`probability`](Self::probability).
    pub(crate) fn spread(&mut self, sums: &[Row], allowed: &[Allowed], moves: &[Row; LABELS + 1]) {
        for (from, (row, out)) in moves.iter().zip(&mut self.moves).enumerate() {
            for (to, (weight, slot)) in row.iter().zip(out).enumerate() {
                let barred = !may_follow(if from == LABELS { 0 } else { from }, to);
                *slot = if barred { 0.0 } else { f64::from(*weight).exp() };
            }
        }
        self.emitted.clear();
        for (row, allowed) in sums.iter().zip(allowed) {
            let most = row.iter().fold(f32::MIN, |m, &w| m.max(w));
            let mut out = [0.0; LABELS];
            for (label, (slot, w)) in out.iter_mut().zip(row).enumerate() {
                if allowed >> label & 1 == 1 {
                    *slot = f64::from(w - most).exp();
                }
            }
            self.emitted.push(out);
        }
        self.run_forward();
        self.run_backward();
    }

    fn run_forward(&mut self) {
        self.forward.clear();
        self.scales.clear();
        let mut last: Option<[f64; LABELS]> = None;
        for emitted in &self.emitted {
            let mut row = [0.0; LABELS];
            for (to, (slot, e)) in row.iter_mut().zip(emitted).enumerate() {
                let into = match &last {
                    None => self.moves[LABELS][to],
                    Some(last) => last.iter().zip(&self.moves).map(|(a, moves)| a * moves[to]).sum(),
                };
                *slot = into * e;
            }
            let total = row.iter().sum::<f64>().max(f64::MIN_POSITIVE);
            row.iter_mut().for_each(|p| *p /= total);
            self.scales.push(total);
            self.forward.push(row);
            last = Some(row);
        }
    }

    fn run_backward(&mut self) {
        self.backward.clear();
        self.backward.resize(self.emitted.len(), [1.0; LABELS]);
        let mut next = [1.0; LABELS];
        for i in (1..self.emitted.len()).rev() {
            let (Some(emitted), Some(scale)) = (self.emitted.get(i), self.scales.get(i)) else { return };
            let mut row = [0.0; LABELS];
            for (slot, moves) in row.iter_mut().zip(&self.moves) {
                let sum: f64 = moves.iter().zip(emitted).zip(&next).map(|((m, e), b)| m * e * b).sum();
                *slot = sum / scale;
            }
            if let Some(slot) = self.backward.get_mut(i - 1) {
                *slot = row;
            }
            next = row;
        }
    }

    /// The probability that exactly tokens `first..=last` are one name with the labels
    /// `begin` and `inside`.
    pub(crate) fn probability(&self, first: usize, last: usize, begin: u8, inside: u8) -> f32 {
        let (begin, inside) = (usize::from(begin), usize::from(inside));
        let at = |rows: &[[f64; LABELS]], i: usize, l: usize| {
            rows.get(i).and_then(|row| row.get(l)).copied().unwrap_or_default()
        };
        let mut p = at(&self.forward, first, begin);
        let mut label = begin;
        for i in first + 1..=last {
            p *= self.moves[label][inside] * at(&self.emitted, i, inside)
                / self.scales.get(i).copied().unwrap_or(1.0);
            label = inside;
        }
        // Whatever follows, but not more of the same name.
        let mut after = at(&self.backward, last, label);
        if last + 1 < self.emitted.len() {
            after -= self.moves[label][inside]
                * at(&self.emitted, last + 1, inside)
                * at(&self.backward, last + 1, inside)
                / self.scales.get(last + 1).copied().unwrap_or(1.0);
        }
        (p * after).clamp(0.0, 1.0) as f32
    }
}

fn best_origin(last: &Row, to: usize, moves: &[Row; LABELS + 1]) -> (f32, u8) {
    let mut best = (f32::MIN, 0);
    for (from, (&score, row)) in last.iter().zip(moves).enumerate() {
        if score > f32::MIN && may_follow(from, to) && score + row[to] > best.0 {
            best = (score + row[to], from as u8);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

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
            chain.decode(&rows, &[ANY; 3], &moves);
            let best = all.iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
            let found: Vec<usize> = chain.labels.iter().map(|&l| usize::from(l)).collect();
            assert_eq!(found, best.0);
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
                let p = chain.probability(first, last, 3, 4);
                assert!((f64::from(p) - exact / total).abs() < 1e-4, "{p} {}", exact / total);
            }
        }
    }
}
