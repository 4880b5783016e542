//! Fourth room: from scored candidates to the best set of spans that do not overlap.
//!
//! Weighted interval selection over tokens. Total order on ties: the set with fewer
//! spans, then the candidate that was listed first by (last token, first token from the
//! left, kind). Time is linear in tokens and candidates.

mod weights;

pub(crate) use weights::weight;

use crate::rules::Candidates;

/// Buffers of the decoder, kept between calls.
#[derive(Debug, Default)]
pub(crate) struct Decoder {
    /// Score of each candidate.
    scores: Vec<f32>,
    /// Candidates that may be selected, by last token.
    order: Vec<u32>,
    /// For each token, the best total up to and including it, and what ends there.
    best: Vec<(f64, u32)>,
    selected: Vec<u32>,
}

const NOTHING: u32 = u32::MAX;

impl Decoder {
    /// Scores all candidates: the sum of weight × value.
    pub(crate) fn score(&mut self, candidates: &Candidates) {
        self.scores.clear();
        self.scores.resize(candidates.all().len(), 0.0);
        for item in candidates.evidence() {
            if let Some(score) = self.scores.get_mut(item.candidate as usize) {
                *score += weight(item.rule) * item.value;
            }
        }
    }

    /// Selects the best set of candidates, in text order. `threshold` gives the score that
    /// a candidate of a kind must exceed.
    pub(crate) fn select(&mut self, tokens: usize, candidates: &Candidates, threshold: impl Fn(u8) -> f32) {
        let all = candidates.all();
        self.order.clear();
        let scores = &self.scores;
        let score = |id: u32| scores.get(id as usize).copied().unwrap_or(0.0);
        let passes = |&id: &u32| all.get(id as usize).is_some_and(|c| score(id) > threshold(c.kind).max(0.0));
        self.order.extend((0..all.len() as u32).filter(passes));
        self.order.sort_by_key(|&id| {
            all.get(id as usize).map(|c| (c.span.surface_last, c.span.first, c.kind, c.span.name_end))
        });
        self.best.clear();
        let mut pending = self.order.iter().copied().peekable();
        for end in 0..tokens {
            let before = |first: u32, best: &[(f64, u32)]| {
                (first as usize).checked_sub(1).and_then(|i| best.get(i)).map_or(0.0, |b| b.0)
            };
            let mut best = (before(end as u32, &self.best), NOTHING);
            while let Some(id) = pending
                .next_if(|&id| all.get(id as usize).is_some_and(|c| c.span.surface_last as usize == end))
            {
                let Some(c) = all.get(id as usize) else { continue };
                let total = before(c.span.first, &self.best) + f64::from(score(id));
                if total > best.0 {
                    best = (total, id);
                }
            }
            self.best.push(best);
        }
        self.trace(candidates);
    }

    fn trace(&mut self, candidates: &Candidates) {
        self.selected.clear();
        let mut end = self.best.len();
        while let Some(at) = end.checked_sub(1) {
            let id = self.best.get(at).map_or(NOTHING, |b| b.1);
            end = match candidates.get(id) {
                Some(c) => {
                    self.selected.push(id);
                    c.span.first as usize
                }
                None => at,
            };
        }
        self.selected.reverse();
    }

    /// The selected candidates, in text order.
    pub(crate) fn selected(&self) -> &[u32] {
        &self.selected
    }

    /// The score of a candidate.
    pub(crate) fn score_of(&self, id: u32) -> f32 {
        self.scores.get(id as usize).copied().unwrap_or(0.0)
    }
}

/// A score as a confidence in 0..=1: a logistic curve, 0.5 at a score of 0.4.
pub(crate) fn confidence(score: f32) -> f32 {
    1.0 / (1.0 + (-(score - 0.4)).exp())
}

/// The score at which [`confidence`] has this value; the inverse of the curve.
pub(crate) fn score_at(confidence: f32) -> f32 {
    (confidence / (1.0 - confidence)).ln() + 0.4
}
