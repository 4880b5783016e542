//! Laws of decoding: no other choice of spans or labels is worth more than the one made.

use proptest::prelude::*;
use proptest::sample::select;

use super::crf::{ANY, Allowed, Chain, Moves, may_follow};
use super::select::{Selection, USER_LISTED};
use super::view::LABELS;
use super::weight;
use crate::gazetteer::Class;
use crate::rules::candidates::{NameSpan, PERSON};
use crate::rules::{Candidates, RuleId};
use crate::text::endings::Ending;

/// Tokens of a text, and candidates by first token, length, tokens of an ending, kind and
/// evidence.
type Proposed = (usize, Vec<(usize, usize, usize, u8, Vec<(RuleId, f32)>)>);

fn proposed() -> impl Strategy<Value = Proposed> {
    let rule =
        select(RuleId::ALL.iter().copied().filter(|&rule| rule != RuleId::EntryUser).collect::<Vec<_>>());
    let evidence = prop::collection::vec((rule, 0.1f32..2.0), 1..4);
    let candidate = (0usize..24, 1usize..6, prop::sample::select(vec![0usize, 0, 0, 2]), 0u8..5, evidence);
    (24usize..30, prop::collection::vec(candidate, 0..24))
}

fn candidates((tokens, all): &Proposed) -> Candidates {
    let mut candidates = Candidates::default();
    candidates.reset(*tokens);
    for (first, length, ending, kind, evidence) in all {
        let last = (first + length - 1).min(tokens - 1);
        let surface_last = (last + ending).min(tokens - 1) as u32;
        let (first, last) = (*first as u32, last as u32);
        let span = NameSpan { first, last, surface_last, name_end: 10 * last + 9, ending: Ending::BARE };
        let id = candidates.propose(span, *kind);
        evidence.iter().for_each(|&(rule, value)| candidates.add(id, rule, value, None));
    }
    candidates
}

/// Makes some candidates names of lists, names that a head noun closes, names of the user's.
fn mark(candidates: &mut Candidates, marks: &[u8]) {
    for (id, &mark) in (0..candidates.all().len() as u32).zip(marks) {
        match mark {
            1 => candidates.set_entry(id, (0, 0, Class::City)),
            2 => assert!(candidates.set_headed(id)),
            3 => candidates.add(id, RuleId::EntryUser, 1.0, None),
            _ => {}
        }
    }
}

/// What a candidate is worth, its share of the best that lies in it found by trying every set.
fn gain(candidates: &Candidates, selection: &Selection, id: u32) -> f32 {
    let outer = candidates.all()[id as usize];
    let (span, score) = (outer.span, selection.score_of(id));
    let share = match outer {
        _ if span.first == span.surface_last || score <= 0.0 => 0.0,
        _ if outer.entry.is_some() && span.first != span.last => 1.0,
        _ if outer.headed => 0.5,
        _ => 0.0,
    };
    let lies_inside = |&inner: &u32| {
        let c = candidates.all()[inner as usize];
        let listed = |id: u32| selection.score_of(id) >= USER_LISTED;
        c.span.first >= span.first
            && c.span.surface_last <= span.surface_last
            && (c.span.first, c.span.surface_last) != (span.first, span.surface_last)
            && (c.kind != PERSON || !outer.headed)
            && (!listed(inner) || listed(id))
    };
    let inside: Vec<u32> = (0..candidates.all().len() as u32).filter(lies_inside).collect();
    let worth = |ids: &[u32]| ids.iter().map(|&id| f64::from(selection.score_of(id))).sum::<f64>();
    score + share * best_of_all(candidates, &inside, &worth) as f32
}

/// Spans are disjoint if none begins before the one before it has ended, ending included.
fn are_disjoint(candidates: &Candidates, ids: &[u32]) -> bool {
    let span = |id: u32| candidates.all()[id as usize].span;
    ids.windows(2).all(|pair| span(pair[0]).surface_last < span(pair[1]).first)
}

/// The candidates that are taken one after the other, the best by `key` first, if nothing
/// taken before overlaps.
fn greedy<K: PartialOrd>(candidates: &Candidates, eligible: &[u32], key: impl Fn(u32) -> K) -> Vec<u32> {
    let mut order = eligible.to_vec();
    order.sort_by(|&a, &b| key(b).partial_cmp(&key(a)).unwrap());
    let mut taken: Vec<u32> = Vec::new();
    for id in order {
        let mut with = taken.clone();
        with.push(id);
        with.sort_by_key(|&id| candidates.all()[id as usize].span.first);
        if are_disjoint(candidates, &with) {
            taken = with;
        }
    }
    taken
}

/// The worth of the best disjoint set, found by trying every one.
fn best_of_all(candidates: &Candidates, eligible: &[u32], worth: &impl Fn(&[u32]) -> f64) -> f64 {
    let mut best = 0.0f64;
    for set in 0u32..1 << eligible.len() {
        let mut ids: Vec<u32> =
            (0..).zip(eligible).filter(|(i, _)| set >> i & 1 == 1).map(|(_, &id)| id).collect();
        ids.sort_by_key(|&id| candidates.all()[id as usize].span.first);
        if are_disjoint(candidates, &ids) {
            best = best.max(worth(&ids));
        }
    }
    best
}

type Row = [f32; LABELS];

fn row() -> impl Strategy<Value = Row> {
    prop::array::uniform7(-6.0f32..6.0)
}

/// The sum of a labelling, minus infinity when a move or a label may not be.
fn sum(labels: &[usize], rows: &[Row], allowed: &[Allowed], moves: &[Row]) -> f64 {
    let mut from = None;
    let mut sum = 0.0;
    for ((&label, row), allowed) in labels.iter().zip(rows).zip(allowed) {
        if !may_follow(from.unwrap_or(0), label) || allowed >> label & 1 == 0 {
            return f64::NEG_INFINITY;
        }
        sum += f64::from(moves[from.unwrap_or(LABELS)][label]) + f64::from(row[label]);
        from = Some(label);
    }
    sum
}

/// The labelling that takes the best label at each token, from the left.
fn greedy_labels(rows: &[Row], allowed: &[Allowed], moves: &[Row]) -> Vec<usize> {
    let mut labels: Vec<usize> = Vec::new();
    for at in 0..rows.len() {
        let with = |label: usize| labels.iter().copied().chain([label]).collect::<Vec<_>>();
        let worth = |label: usize| sum(&with(label), rows, allowed, moves);
        let best = (0..LABELS).max_by(|&a, &b| worth(a).total_cmp(&worth(b))).unwrap();
        labels.push(best);
        debug_assert_eq!(labels.len(), at + 1);
    }
    labels
}

proptest! {
    #[test]
    fn no_choice_of_spans_is_worth_more(
        proposed in proposed(),
        least in prop::array::uniform5(0.0f32..2.0),
    ) {
        let candidates = candidates(&proposed);
        let mut selection = Selection::default();
        selection.choose(proposed.0, &candidates, |kind| least[usize::from(kind)]);
        let chosen = selection.selected();
        prop_assert!(are_disjoint(&candidates, chosen));
        let kind = |id: u32| candidates.all()[id as usize].kind;
        let passes = |id: &u32| selection.score_of(*id) > least[usize::from(kind(*id))];
        prop_assert!(chosen.iter().all(passes));
        let worth = |ids: &[u32]| ids.iter().map(|&id| f64::from(selection.gain_of(id))).sum::<f64>();
        let eligible: Vec<u32> = (0..candidates.all().len() as u32).filter(passes).collect();
        let best = worth(chosen) + 1e-6;
        let span = |id: u32| candidates.all()[id as usize].span;
        let length = |id: u32| span(id).last - span(id).first + 1;
        let first = |id: u32| -f64::from(span(id).first);
        prop_assert!(best >= worth(&greedy(&candidates, &eligible, |id| selection.gain_of(id))));
        prop_assert!(best >= worth(&greedy(&candidates, &eligible, |id| selection.score_of(id))));
        prop_assert!(best >= worth(&greedy(&candidates, &eligible, |id| selection.gain_of(id) / length(id) as f32)));
        prop_assert!(best >= worth(&greedy(&candidates, &eligible, |id| (first(id), length(id)))));
        let few = &eligible[..eligible.len().min(10)];
        prop_assert!(best >= best_of_all(&candidates, few, &worth));
    }

    #[test]
    fn a_score_is_the_sum_of_the_evidence(proposed in proposed()) {
        let candidates = candidates(&proposed);
        let mut selection = Selection::default();
        selection.score(&candidates);
        for id in 0..candidates.all().len() as u32 {
            let sum: f32 = candidates.evidence_of(id).map(|e| weight(e.rule) * e.value).sum();
            prop_assert!((selection.score_of(id) - sum).abs() < 1e-4);
        }
    }

    #[test]
    fn a_long_name_is_credited_for_the_best_that_it_covers(
        (tokens, all) in proposed(),
        marks in prop::collection::vec(0u8..6, 10),
        threshold in 0.0f32..2.0,
    ) {
        // Few enough to try every set, crowded so that some lie in others.
        let all = all.into_iter().take(10).map(|(first, length, ending, kind, evidence)| (first % 6, length, ending, kind, evidence));
        let mut candidates = candidates(&(tokens, all.collect()));
        mark(&mut candidates, &marks);
        let mut selection = Selection::default();
        selection.choose(tokens, &candidates, |_| threshold);
        for id in 0..candidates.all().len() as u32 {
            let wanted = gain(&candidates, &selection, id);
            prop_assert!((selection.gain_of(id) - wanted).abs() < 1e-2, "{id}: {} for {wanted}", selection.gain_of(id));
        }
    }

    #[test]
    fn no_labelling_is_worth_more(
        rows in prop::collection::vec(row(), 1..12),
        moves in prop::array::uniform8(row()),
        bars in prop::collection::vec(select(vec![ANY, ANY, ANY, 1, 0b0000111]), 12),
        other in prop::collection::vec(0usize..LABELS, 12),
    ) {
        let allowed = &bars[..rows.len()];
        let mut chain = Chain::default();
        chain.decode(&rows, allowed, &Moves::new(&moves));
        let labels: Vec<usize> = chain.labels.iter().map(|&l| usize::from(l)).collect();
        let best = sum(&labels, &rows, allowed, &moves) + 1e-3;
        prop_assert!(best.is_finite());
        prop_assert!(best >= sum(&greedy_labels(&rows, allowed, &moves), &rows, allowed, &moves));
        prop_assert!(best >= sum(&other[..rows.len()], &rows, allowed, &moves));
        // Nor any that differs in one token or is the same up to one.
        for at in 0..labels.len() {
            for label in 0..LABELS {
                let mut changed = labels.clone();
                changed[at] = label;
                prop_assert!(best >= sum(&changed, &rows, allowed, &moves));
            }
        }
    }
}
