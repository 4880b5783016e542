//! Acronyms spelled with the Bengali names of Latin letters (কে + সি + এন + এ).

use super::analysis::{PERSON_CUES, WordInfo};
use super::candidates::{Candidates, ORGANIZATION};
use super::{Context, Rule, RuleId, rule, span_to};
use crate::gazetteer::{Class, ClassSet};
use crate::text::token::Shape;

pub(super) static RULES: &[Rule] = &[
    rule(
        RuleId::AcronymLong,
        "three or more letter names make the acronym of a body",
        "গতকাল [ORG:জেডকিউএমটি] সভা ডেকেছে।",
        "গতকাল এসএসসি পরীক্ষা হয়েছে।",
    ),
    rule(
        RuleId::AcronymShort,
        "two letter names may be an acronym",
        "বার্তা সংস্থা [ORG:জেডভি] খবর দিয়েছে।",
        "বার্তা সংস্থা খবর দিয়েছে।",
    ),
    rule(
        RuleId::AcronymBracket,
        "an acronym in brackets after the full name",
        "গতকাল [ORG:ঝুমরিকান্ত ফাউন্ডেশন] ([ORG:জেডভি]) সভা ডেকেছে।",
        "গতকাল [ORG:ঝুমরিকান্ত ফাউন্ডেশন] সভা ডেকেছে।",
    ),
];

pub(super) fn propose(cx: &Context<'_>, out: &mut Candidates) {
    for at in cx.acronyms() {
        let info = cx.word(at);
        let rule = if info.letters >= 3 { RuleId::AcronymLong } else { RuleId::AcronymShort };
        if !cx.on(rule) {
            continue;
        }
        let id = out.propose(span_to(cx, at, at), ORGANIZATION);
        // A word known from ordinary text or as a name spells letters by chance.
        let chance = if info.unknown || info.has_organization() { 1.0 } else { 0.6 };
        out.add(id, rule, chance, None);
        if is_bracketed(cx, at) && cx.on(RuleId::AcronymBracket) {
            out.add(id, RuleId::AcronymBracket, 1.0, None);
        }
    }
}

/// Whether a word may be an acronym, as far as it says itself.
pub(super) fn may_be(info: &WordInfo, shape: Shape) -> bool {
    let ordinary = info.is_common() && info.common >= 0.6;
    info.letters >= 2 && !info.classes.has_any(NO_ACRONYM) && !shape.has(Shape::DIGITS) && !ordinary
}

/// `( acronym )` after the head noun of a body.
fn is_bracketed(cx: &Context<'_>, at: usize) -> bool {
    let open = at.wrapping_sub(1);
    cx.fold(open) == b"("
        && cx.fold(at + 1) == b")"
        && !cx.breaks_before(at)
        && !cx.breaks_before(at + 1)
        && cx.cues_before(open).iter().any(|c| c.class == Class::OrgHead)
}

const NO_ACRONYM: ClassSet = Class::NotAcronym
    .bit()
    .and(PERSON_CUES)
    .and(Class::Function.bit())
    .and(Class::Say.bit())
    .and(Class::Opener.bit());
