//! Names joined by commas, ও and hyphens are of one kind.

use super::candidates::{Candidate, Candidates, PERSON};
use super::{Context, Rule, RuleId, after, rule};
use crate::text::fold::folded;
use crate::text::token::Shape;

pub(super) static RULES: &[Rule] = &[
    rule(
        RuleId::HyphenPair,
        "two names joined by a hyphen",
        "চলছে [LOC:জাপান]-[LOC:ইরান] বৈঠক।",
        "চলছে [LOC:জাপান] বৈঠক।",
    ),
    rule(
        RuleId::ListNeighbour,
        "a name of the same kind stands beside it in a list",
        "এলেন [PER:কামাল হোসেন], [PER:ঝুমরিক ফেনতোলা] ও [PER:কামাল চৌধুরী]।",
        "এলেন [PER:কামাল হোসেন]।",
    ),
];

/// Adds evidence to candidates beside a selected one of the same kind.
pub(super) fn support(cx: &Context<'_>, selected: &[u32], out: &mut Candidates) {
    for &id in selected {
        let Some(&known) = out.get(id) else { continue };
        if let Some((start, rule)) = separator(cx, after(&known)) {
            beside(cx, &known, start, rule, out, |c, at| c.span.first as usize == at);
        }
        if let Some((end, rule)) = separator_before(cx, known.span.first as usize) {
            beside(cx, &known, end, rule, out, |c, at| after(c) == at);
        }
    }
}

fn beside(
    cx: &Context<'_>,
    known: &Candidate,
    at: usize,
    rule: RuleId,
    out: &mut Candidates,
    touches: impl Fn(&Candidate, usize) -> bool,
) {
    if !cx.on(rule) {
        return;
    }
    let firsts = at.saturating_sub(8)..(at + 1).min(cx.tokens.len());
    for first in firsts {
        let mut next = out.newest_at(first);
        while let Some((id, other)) = next {
            next = out.before(&other);
            let whole = known.kind != PERSON
                || rule == RuleId::HyphenPair
                || other.span.ending.is_bare()
                || known.span.ending == other.span.ending
                || after(&other) != at;
            if other.kind == known.kind && touches(&other, at) && whole {
                out.add(id, rule, 1.0, Some((known.span.first, known.span.last)));
            }
        }
    }
}

/// The token after a list separator at `at`, and what kind of list it is.
fn separator(cx: &Context<'_>, at: usize) -> Option<(usize, RuleId)> {
    if cx.fold(at) == b"-" && cx.has(at, Shape::GLUED) && cx.has(at + 1, Shape::GLUED) {
        return Some((at + 1, RuleId::HyphenPair));
    }
    (is_separator(cx, at) && !cx.breaks_before(at + 1)).then_some((at + 1, RuleId::ListNeighbour))
}

/// The end (exclusive) of what stands before a separator that ends before token `at`.
fn separator_before(cx: &Context<'_>, at: usize) -> Option<(usize, RuleId)> {
    let mark = at.checked_sub(1)?;
    if cx.fold(mark) == b"-" && cx.has(mark, Shape::GLUED) && cx.has(at, Shape::GLUED) {
        return Some((mark, RuleId::HyphenPair));
    }
    (is_separator(cx, mark) && !cx.breaks_before(at)).then_some((mark, RuleId::ListNeighbour))
}

/// Whether token `at` joins a list, in the line and sentence of the token before.
fn is_separator(cx: &Context<'_>, at: usize) -> bool {
    static WORDS: &[&[u8]] = &[b",", folded!("ও"), folded!("এবং"), folded!("আর")];
    !cx.breaks_before(at) && WORDS.contains(&cx.fold(at))
}
