//! From scored candidates to the best set of spans that do not overlap.
//!
//! Weighted interval selection over tokens. Total order on ties: the set with fewer
//! spans, then the candidate that was listed first by (last token, first token from the
//! left, kind). Time is linear in tokens and candidates.

use super::weights::weight;
use crate::rules::Candidates;
use crate::rules::candidates::{Candidate, PERSON};

/// Buffers of the decoder, kept between calls.
#[derive(Debug, Default)]
pub(crate) struct Selection {
    /// Score of each candidate: the sum of its evidence.
    scores: Vec<f32>,
    /// What selecting it is worth: its score, and for some a share of what it covers.
    gains: Vec<f32>,
    /// Candidates that may be selected, by last token.
    order: Vec<u32>,
    /// For each token, the best total up to and including it, and what ends there.
    best: Vec<(f64, u32)>,
    selected: Vec<u32>,
    /// For each of `selected`, its confidence.
    confidences: Vec<f32>,
}

/// Only an entry that a user listed as unambiguous reaches this score.
pub(super) const USER_LISTED: f32 = 500.0;
const NOTHING: u32 = u32::MAX;
/// Longer names (in tokens) are not credited for what they cover.
const MOST_COVERED: usize = 24;

/// The share of what it covers that a candidate is credited with: all for a known name of
/// several words, a part for a name closed by a head noun, nothing else.
fn share_of_covered(candidate: &Candidate) -> f32 {
    match () {
        _ if candidate.span.first == candidate.span.surface_last => 0.0,
        _ if candidate.entry.is_some() && candidate.span.first != candidate.span.last => 1.0,
        _ if candidate.headed => 0.5,
        _ => 0.0,
    }
}

impl Selection {
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

    /// Credits long names for the shorter candidates that they explain: জাতিসংঘ and
    /// নিরাপত্তা পরিষদ are not worth more apart than as one known name.
    fn credit(&mut self, candidates: &Candidates) {
        self.gains.clear();
        self.gains.extend_from_slice(&self.scores);
        for (id, candidate) in candidates.all().iter().enumerate() {
            let share = share_of_covered(candidate);
            let positive = self.scores.get(id).is_some_and(|&s| s > 0.0);
            if share > 0.0 && positive {
                let persons = !candidate.headed;
                let covered = self.best_inside(candidates, id as u32, candidate, persons);
                if let Some(gain) = self.gains.get_mut(id) {
                    *gain += share * covered;
                }
            }
        }
    }

    /// The best sum of disjoint candidates inside another one. A head noun explains a place
    /// before it; that a person's name there belongs to it is for the rules to say.
    fn best_inside(&self, candidates: &Candidates, id: u32, outer: &Candidate, persons: bool) -> f32 {
        let (first, last) = (outer.span.first as usize, outer.span.surface_last as usize);
        let mut best = [0.0f32; MOST_COVERED + 1];
        if last - first >= MOST_COVERED {
            return 0.0;
        }
        // What a user listed is covered by nothing but a longer name that the user listed.
        let listed = |id: u32| self.score_of(id) >= USER_LISTED;
        let may_cover = |inner: u32| !listed(inner) || listed(id);
        for start in (first..=last).rev() {
            let mut here = best.get(start + 1 - first).copied().unwrap_or(0.0);
            for inner in candidates.starting(start).filter(|&inner| inner != id && may_cover(inner)) {
                let Some(c) = candidates.get(inner).filter(|c| persons || c.kind != PERSON) else { continue };
                let end = c.span.surface_last as usize;
                if end <= last && (start, end) != (first, last) {
                    let rest = best.get(end + 1 - first).copied().unwrap_or(0.0);
                    here = here.max(self.score_of(inner).max(0.0) + rest);
                }
            }
            if let Some(slot) = best.get_mut(start - first) {
                *slot = here;
            }
        }
        best[0]
    }

    /// Scores all candidates and selects the best set.
    pub(crate) fn choose(&mut self, tokens: usize, candidates: &Candidates, threshold: impl Fn(u8) -> f32) {
        self.score(candidates);
        self.select(tokens, candidates, threshold);
    }

    /// The selected candidates in text order, with their confidence.
    pub(crate) fn confident(&self) -> impl Iterator<Item = (u32, f32)> + '_ {
        self.selected.iter().copied().zip(self.confidences.iter().copied())
    }

    /// Selects the best set of candidates, in text order. `threshold` gives the score that
    /// a candidate of a kind must exceed.
    fn select(&mut self, tokens: usize, candidates: &Candidates, threshold: impl Fn(u8) -> f32) {
        self.credit(candidates);
        let all = candidates.all();
        self.order.clear();
        let (scores, gains) = (&self.scores, &self.gains);
        let gain = |id: u32| gains.get(id as usize).copied().unwrap_or(0.0);
        let score = |id: u32| scores.get(id as usize).copied().unwrap_or(0.0);
        let passes = |&id: &u32| all.get(id as usize).is_some_and(|c| score(id) > threshold(c.kind).max(0.0));
        self.order.extend((0..all.len() as u32).filter(passes));
        self.order.sort_unstable_by_key(|&id| {
            all.get(id as usize).map(|c| (c.span.surface_last, c.span.first, c.kind, c.span.name_end, id))
        });
        let best = &mut self.best;
        best.clear();
        // The best total before a token; nothing new ends at the tokens between.
        let before = |best: &[(f64, u32)], first: usize| {
            first.checked_sub(1).and_then(|last| best.get(last)).map_or(0.0, |b| b.0)
        };
        for &id in &self.order {
            let Some(c) = all.get(id as usize).filter(|c| (c.span.surface_last as usize) < tokens) else {
                continue;
            };
            let reached = before(best, best.len());
            best.resize((c.span.surface_last as usize + 1).max(best.len()), (reached, NOTHING));
            let total = before(best, c.span.first as usize) + f64::from(gain(id));
            if let Some(last) = best.last_mut().filter(|last| total > last.0) {
                *last = (total, id);
            }
        }
        let reached = before(best, best.len());
        best.resize(tokens.max(best.len()), (reached, NOTHING));
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
        self.confidences.clear();
        self.confidences.extend(
            self.selected.iter().map(|&id| confidence(self.scores.get(id as usize).copied().unwrap_or(0.0))),
        );
    }

    /// Makes these candidates the selected ones, given in text order with their confidence.
    pub(super) fn replace(&mut self, chosen: &[(u32, f32)]) {
        self.selected.clear();
        self.selected.extend(chosen.iter().map(|c| c.0));
        self.confidences.clear();
        self.confidences.extend(chosen.iter().map(|c| c.1));
    }

    /// The selected candidates, in text order.
    pub(crate) fn selected(&self) -> &[u32] {
        &self.selected
    }

    /// What selecting a candidate is worth.
    #[cfg(test)]
    pub(super) fn gain_of(&self, id: u32) -> f32 {
        self.gains.get(id as usize).copied().unwrap_or(0.0)
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
