//! The rules' evidence, token by token, as the learned weights read it.

use super::quotes::Quotes;
use super::select::Selection;
use crate::gazetteer::ClassSet;
use crate::rules::candidates::{Candidate, ORGANIZATION};
use crate::rules::{Candidates, Context};

/// Number of labels: O, and B and I for person, place and organization.
pub(crate) const LABELS: usize = 7;
/// The label of tokens outside names.
pub(crate) const OUTSIDE: u8 = 0;

/// The label of a first or later token of a name of one of the three kinds.
pub(crate) const fn label_of(kind: u8, first: bool) -> u8 {
    1 + 2 * kind + if first { 0 } else { 1 }
}

/// The best score of a candidate that covers a token in one way.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scored {
    pub(crate) score: f32,
}

/// Three kinds; alone, first, inside, last.
const WAYS: usize = 12;

/// Buffers of the view, by token.
#[derive(Debug, Default)]
pub(crate) struct RuleView {
    labels: Vec<u8>,
    scores: Vec<[Scored; WAYS]>,
    lists: Vec<(ClassSet, ClassSet)>,
    pub(crate) quotes: Quotes,
}

impl RuleView {
    /// Reads candidates, their scores and what was selected.
    pub(crate) fn read(&mut self, cx: &Context<'_>, candidates: &Candidates, selection: &Selection) {
        let tokens = cx.tokens.len();
        self.labels.clear();
        self.labels.resize(tokens, OUTSIDE);
        self.scores.clear();
        self.scores.resize(tokens, [Scored { score: f32::MIN }; WAYS]);
        for &id in selection.selected() {
            if let Some(c) = candidates.get(id).filter(|c| c.kind <= ORGANIZATION) {
                for at in span(c) {
                    self.set_label(at, label_of(c.kind, at == c.span.first as usize));
                }
            }
        }
        for (id, candidate) in candidates.all().iter().enumerate() {
            if candidate.kind <= ORGANIZATION {
                self.cover(candidate, selection.score_of(id as u32));
            }
        }
        self.read_lists(tokens, cx);
        self.quotes.read(cx);
    }

    fn set_label(&mut self, at: usize, label: u8) {
        if let Some(slot) = self.labels.get_mut(at) {
            *slot = label;
        }
    }

    fn cover(&mut self, candidate: &Candidate, score: f32) {
        let (first, last) = (candidate.span.first as usize, candidate.span.last as usize);
        for at in span(candidate) {
            let way = match (at == first, at == last) {
                (true, true) => 0,
                (true, false) => 1,
                (false, false) => 2,
                (false, true) => 3,
            };
            let slot = self.scores.get_mut(at).and_then(|s| s.get_mut(usize::from(candidate.kind) * 4 + way));
            if let Some(slot) = slot {
                slot.score = slot.score.max(score);
            }
        }
    }

    /// Classes of names and cues of several words.
    fn read_lists(&mut self, tokens: usize, cx: &Context<'_>) {
        self.lists.clear();
        self.lists.resize(tokens, (ClassSet::EMPTY, ClassSet::EMPTY));
        for hit in cx.hits.long() {
            let first = hit.first as usize;
            for entry in cx.layers.entries(hit) {
                for at in first..=hit.last as usize {
                    if let Some((begins, inside)) = self.lists.get_mut(at) {
                        let set = if at == first { begins } else { inside };
                        *set |= entry.class.bit();
                    }
                }
            }
        }
    }

    pub(crate) fn label(&self, at: usize) -> u8 {
        self.labels.get(at).copied().unwrap_or(OUTSIDE)
    }

    pub(crate) fn scores(&self, at: usize) -> &[Scored] {
        self.scores.get(at).map_or(&[], |s| s.as_slice())
    }

    pub(crate) fn lists(&self, at: usize) -> (ClassSet, ClassSet) {
        self.lists.get(at).copied().unwrap_or_default()
    }
}

fn span(candidate: &Candidate) -> std::ops::RangeInclusive<usize> {
    candidate.span.first as usize..=candidate.span.last as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::candidates::{NameSpan, PLACE};
    use crate::text::endings::Ending;

    #[test]
    fn a_name_says_of_each_token_how_it_covers_it() {
        let mut view = RuleView::default();
        view.scores.resize(6, [Scored { score: f32::MIN }; WAYS]);
        let mut candidates = Candidates::default();
        candidates.reset(6);
        for ((first, last), score) in [((0, 3), 2.0), ((5, 5), 1.0), ((2, 3), 0.5)] {
            let span = NameSpan { first, last, surface_last: last, name_end: 0, ending: Ending::BARE };
            let id = candidates.propose(span, PLACE);
            view.cover(candidates.get(id).unwrap(), score);
        }
        let ways = |at: usize| {
            let of_places = view.scores[at].iter().enumerate().skip(4 * usize::from(PLACE)).take(4);
            let covered = of_places.filter(|(_, s)| s.score > f32::MIN);
            covered.map(|(way, s)| (way % 4, s.score)).collect::<Vec<_>>()
        };
        let (alone, first, inside, last) = (0, 1, 2, 3);
        assert_eq!(ways(0), [(first, 2.0)]);
        assert_eq!(ways(1), [(inside, 2.0)]);
        assert_eq!(ways(2), [(first, 0.5), (inside, 2.0)]);
        assert_eq!(ways(3), [(last, 2.0)]);
        assert_eq!(ways(4), []);
        assert_eq!(ways(5), [(alone, 1.0)]);
    }
}
