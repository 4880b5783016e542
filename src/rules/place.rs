//! Places: heads of facilities, administrative generics, directions, constituencies.

use super::analysis::{Cue, NO_NAME, PERSON_CUES, WordInfo};
use super::candidates::{Candidate, Candidates, NameSpan, PLACE};
use super::heads::{Left, head_span, walk_left};
use super::{Context, Rule, RuleId, after, rule, span_to};
use crate::gazetteer::{Class, ClassSet};
use crate::text::endings::{Case, Ending};
use crate::text::token::Shape;

pub(super) static RULES: &[Rule] = &[
    rule(
        RuleId::PlaceHead,
        "the head of a facility or natural feature closes the name",
        "তাঁরা [LOC:ঝুমরিকান্ত সেতু] পার হন।",
        "তাঁরা সেতু পার হন।",
    ),
    rule(
        RuleId::PlaceHeadName,
        "left of the head stand known or unknown names",
        "তাঁরা [LOC:ঝুমরিকান্ত সেতু] পার হন।",
        "তাঁরা সেতু পার হন।",
    ),
    rule(
        RuleId::PlaceUnknown,
        "a word that no list knows, which needs more than one hint",
        "তাঁর বাড়ি [LOC:ঝুমরিকান্দা] উপজেলায়।",
        "তাঁর বাড়ি [LOC:বগুড়া] জেলায়।",
    ),
    rule(
        RuleId::PlaceGeneric,
        "জেলা, উপজেলা, গ্রাম, নদী and the like follow the name",
        "তাঁর বাড়ি [LOC:ঝুমরিকান্দা] উপজেলায়।",
        "তাঁর বাড়ি [LOC:বগুড়া]য়।",
    ),
    rule(
        RuleId::PlaceBefore,
        "রাজধানী, জেলার, উপজেলার and the like stand before the name",
        "তাঁর বাড়ি ওই জেলার [LOC:ঝুমরিকান্দা] গ্রামে।",
        "তাঁর বাড়ি [LOC:ঝুমরিকান্দা] গ্রামে।",
    ),
    rule(
        RuleId::PlaceAfter,
        "থেকে, সফর, সীমান্তে and the like follow the name",
        "তিনি [LOC:জাপান] থেকে ফিরেছেন।",
        "[LOC:জাপান]ে তুষার পড়ছে।",
    ),
    rule(
        RuleId::PlaceLocative,
        "the ending shows a place",
        "তিনি [LOC:জাপান]ে থাকেন।",
        "তিনি [LOC:জাপান]কে ভালোবাসেন।",
    ),
    rule(
        RuleId::PlaceAffix,
        "an unknown word ends like a place's name: -পুর, -গঞ্জ, -স্তান",
        "তাঁর বাড়ি [LOC:ঝুমরিগঞ্জ] উপজেলায়।",
        "তাঁর বাড়ি [LOC:বগুড়া] জেলায়।",
    ),
    rule(
        RuleId::PlaceDirection,
        "a direction word opens the name: পশ্চিম জেরুজালেম",
        "ঘটনাটি [LOC:পশ্চিম বগুড়া]য় ঘটে।",
        "ঘটনাটি [LOC:বগুড়া]য় ঘটে।",
    ),
    rule(
        RuleId::PlaceConstituency,
        "a place and the number of its constituency: জয়পুরহাট-২",
        "তিনি [LOC:বগুড়া-৬] আসনে জিতেছেন।",
        "তিনি [LOC:বগুড়া]য় জিতেছেন।",
    ),
    rule(
        RuleId::PlacePersonal,
        "the ending shows a person: -রা, -দের, -কে",
        "তিনি [LOC:জাপান]কে ভালোবাসেন।",
        "তিনি [LOC:জাপান]ে থাকেন।",
    ),
    rule(
        RuleId::PlaceBeforeHead,
        "the head noun of a body follows, so the place is part of its name",
        "তিনি [ORG:বগুড়া বিশ্ববিদ্যালয়]ে পড়েন।",
        "তিনি [LOC:বগুড়া]য় পড়েন।",
    ),
];

pub(super) fn propose(cx: &Context<'_>, out: &mut Candidates) {
    // Token by token: candidates are numbered as they come.
    let mut heads = cx.cues().chunk_by(|a, b| a.last == b.last).peekable();
    let mut by_heads = |until: usize, out: &mut Candidates| {
        while let Some(cues) = heads.next_if(|cues| cues.first().is_some_and(|c| c.last as usize <= until)) {
            // Of heads that end here the longest: মহাকাশ কেন্দ্র, not কেন্দ্র.
            let heads = cues.iter().filter(|c| c.class == Class::PlaceHead && cx.is_live(c.last as usize));
            if let Some(head) = heads.min_by_key(|c| c.first) {
                by_head(cx, head, out);
            }
        }
    };
    for at in cx.unknown_places() {
        by_heads(at, out);
        unknown_place(cx, at, out);
    }
    by_heads(usize::MAX, out);
    let entries = out.all().len() as u32;
    for id in 0..entries {
        let Some(&candidate) = out.get(id).filter(|c| c.kind == PLACE) else { continue };
        with_direction(cx, id, &candidate, out);
        constituency(cx, &candidate, out);
    }
}

fn by_head(cx: &Context<'_>, head: &Cue, out: &mut Candidates) {
    if !cx.on(RuleId::PlaceHead) || describes(cx, head) {
        return;
    }
    let (mut names, mut modifiers) = (0.0, 0u32);
    walk_left(cx, head.first as usize, Class::PlaceHead, |at, left| {
        match left {
            Left::Name(value) => names += value,
            Left::Place => names += 2.5,
            Left::Head | Left::Modifier => modifiers += 1,
            Left::Joint | Left::Stop => {}
        }
        if left == Left::Joint || names == 0.0 {
            return;
        }
        let id = out.propose(head_span(cx, at, head), PLACE);
        if !out.set_headed(id) {
            return;
        }
        out.add(id, RuleId::PlaceHead, f32::from(head.strength) / 3.0, Some((head.first, head.last)));
        if names > 0.0 && cx.on(RuleId::PlaceHeadName) {
            out.add(id, RuleId::PlaceHeadName, f32::min(names, 6.0) + 0.3 * modifiers.min(3) as f32, None);
        }
    });
}

/// Whether a head of several words only describes the facility named before it, whose own
/// head has closed its name: ভোস্টোচনি কসমোড্রোম মহাকাশ কেন্দ্র.
fn describes(cx: &Context<'_>, head: &Cue) -> bool {
    head.first != head.last
        && cx.cues_before(head.first as usize).iter().any(|c| c.class == Class::PlaceHead && c.strength == 3)
}

/// Whether a word of so many folded bytes may be an unknown place, as far as it says itself.
pub(super) fn may_be_unknown(info: &WordInfo, len: usize, shape: Shape) -> bool {
    let blocked = info.classes.has_any(NOT_A_PLACE) || info.affixes.has(Class::AffixWord);
    let known = blocked || info.has_place() || info.is_common() || info.letters >= 3;
    shape.has(Shape::WORD) && !shape.has(Shape::NUMBER | Shape::DIGITS) && !known && len >= 3
}

/// A word that may be an unknown place, when context says so.
fn unknown_place(cx: &Context<'_>, at: usize, out: &mut Candidates) {
    let info = cx.word(at);
    let affix = info.affixes.has(Class::AffixPlace);
    let hint = affix
        || (info.unknown && info.ending.case() == Some(Case::Locative))
        || generic_after(cx, at + 1).is_some_and(|c| c.strength > 1)
        || before(cx, at).is_some();
    if !hint || !cx.on(RuleId::PlaceUnknown) {
        return;
    }
    let id = out.propose(span_to(cx, at, at), PLACE);
    out.add(
        id,
        RuleId::PlaceUnknown,
        if info.unknown { 1.0 } else { 1.4 } + if info.is_name_part() { 0.9 } else { 0.0 },
        None,
    );
    if affix && cx.on(RuleId::PlaceAffix) {
        out.add(id, RuleId::PlaceAffix, 1.0, None);
    }
}

const NOT_A_PLACE: ClassSet = NO_NAME
    .and(PERSON_CUES)
    .and(Class::OrgHead.bit())
    .and(Class::OrgMod.bit())
    .and(Class::PlaceHead.bit())
    .and(Class::Direction.bit())
    .and(Class::OrgBefore.bit())
    .and(Class::PlaceAfter.bit())
    .and(Class::Honorific.bit());

/// উত্তর + কোরিয়া: the direction joins a place that follows it.
fn with_direction(cx: &Context<'_>, id: u32, place: &Candidate, out: &mut Candidates) {
    let first = place.span.first as usize;
    let Some(at) = first.checked_sub(1).filter(|_| !cx.breaks_before(first)) else { return };
    let direction = cx.word(at).bare.has(Class::Direction) && cx.on(RuleId::PlaceDirection);
    if !direction || place.entry.is_none() && !cx.word(first).affixes.has(Class::AffixPlace) {
        return;
    }
    let longer = out.propose(NameSpan { first: at as u32, ..place.span }, PLACE);
    out.copy_evidence(id, longer);
    out.add(longer, RuleId::PlaceDirection, 1.0, Some((at as u32, at as u32)));
}

/// জয়পুরহাট + - + ২.
fn constituency(cx: &Context<'_>, place: &Candidate, out: &mut Candidates) {
    let hyphen = place.span.last as usize + 1;
    let number = hyphen + 1;
    let whole = cx.token(place.span.last as usize).is_some_and(|t| t.fold_end == place.span.name_end);
    if !whole
        || cx.fold(hyphen) != b"-"
        || !cx.has(hyphen, Shape::GLUED)
        || !cx.has(number, Shape::GLUED)
        || place.entry.is_none()
        || !cx.on(RuleId::PlaceConstituency)
    {
        return;
    }
    let word = cx.fold(number);
    let digits = word.iter().take_while(|b| b.is_ascii_digit()).count();
    if digits == 0 || digits > 2 {
        return;
    }
    let rest = word.get(digits..).unwrap_or_default();
    let Some(ending) =
        (if rest.is_empty() { Some(Ending::BARE) } else { crate::text::endings::parse_hyphenated(rest) })
    else {
        return;
    };
    let name_end = cx.token(number).map_or(0, |t| t.fold_start) + digits as u32;
    let span = NameSpan { last: number as u32, surface_last: number as u32, name_end, ending, ..place.span };
    let id = out.propose(span, PLACE);
    out.add(id, RuleId::PlaceConstituency, 1.0, None);
}

/// Evidence for places from their neighbours and endings.
pub(super) fn support(cx: &Context<'_>, id: u32, candidate: &Candidate, out: &mut Candidates) {
    let next = after(candidate);
    let ending = candidate.span.ending;
    let mut add = |rule, value: f32, cue: Option<Cue>| {
        if cx.on(rule) {
            out.add(id, rule, value, cue.map(|c| (c.first, c.last)));
        }
    };
    if let Some(cue) = generic_after(cx, next).filter(|_| ending.is_bare()) {
        add(RuleId::PlaceGeneric, f32::from(cue.strength) / 3.0, Some(cue));
    } else if let Some(cue) = cx.cue_at(next, Class::PlaceAfter.bit()).filter(|c| c.ending.is_bare()) {
        add(RuleId::PlaceAfter, f32::from(cue.strength) / 3.0, Some(cue));
    }
    if let Some(cue) = before(cx, candidate.span.first as usize) {
        add(RuleId::PlaceBefore, f32::from(cue.strength) / 3.0, Some(cue));
    }
    if ending.is_plural() || ending.case() == Some(Case::Objective) {
        add(RuleId::PlacePersonal, 1.0, None);
    } else if ending.case().is_some() {
        add(RuleId::PlaceLocative, if ending.case() == Some(Case::Locative) { 1.0 } else { 0.6 }, None);
    }
    let head = cx.cue_at(next, Class::OrgHead.bit().and(Class::PlaceHead.bit()));
    if let Some(head) = head.filter(|h| ending.is_bare() && h.strength >= 2) {
        add(RuleId::PlaceBeforeHead, 1.0, Some(head));
    }
}

fn generic_after(cx: &Context<'_>, at: usize) -> Option<Cue> {
    cx.cue_at(at, Class::PlaceGeneric.bit())
}

fn before(cx: &Context<'_>, first: usize) -> Option<Cue> {
    let cues = cx.cues_before(first).iter().filter(|c| c.class == Class::PlaceBefore && c.ending.is_bare());
    cues.max_by_key(|c| c.strength).copied()
}
