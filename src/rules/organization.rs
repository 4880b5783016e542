//! Organisations by head noun, with left extension and inner endings.

use super::analysis::Cue;
use super::candidates::{Candidate, Candidates, NameSpan, ORGANIZATION};
use super::heads::{Left, head_span, is_linking, walk_left};
use super::{Context, Rule, RuleId, after, rule, span_to};
use crate::gazetteer::{Class, ClassSet, hyphenated_ending};
use crate::text::endings::Case;
use crate::text::fold::folded;
use crate::text::token::Shape;

pub(super) static RULES: &[Rule] = &[
    rule(
        RuleId::OrgHead,
        "a head noun closes the name: বিশ্ববিদ্যালয়, লিমিটেড, মন্ত্রণালয়",
        "তিনি [ORG:ঝুমরিকান্ত বিশ্ববিদ্যালয়]ে পড়েন।",
        "তিনি বিশ্ববিদ্যালয়ে পড়েন।",
    ),
    rule(
        RuleId::OrgName,
        "left of the head stand known or unknown names",
        "তিনি [ORG:ঝুমরিকান্ত বিশ্ববিদ্যালয়]ে পড়েন।",
        "তিনি [ORG:জাতিসংঘ]ে কাজ করেন।",
    ),
    rule(
        RuleId::OrgModifier,
        "left of the head stand words that bodies carry in their names",
        "তিনি [ORG:ঝুমরিকান্ত মেডিকেল কলেজ]ে পড়েন।",
        "তিনি [ORG:ঝুমরিকান্ত কলেজ]ে পড়েন।",
    ),
    rule(
        RuleId::OrgPlace,
        "the name holds a known place: ঢাকা বিশ্ববিদ্যালয়",
        "তিনি [ORG:বগুড়া বিশ্ববিদ্যালয়]ে পড়েন।",
        "তিনি [ORG:ঝুমরিকান্ত বিশ্ববিদ্যালয়]ে পড়েন।",
    ),
    rule(
        RuleId::OrgNothingNamed,
        "nothing left of the head is a name",
        "এ কথা [ORG:কৃষি উন্নয়ন ফাউন্ডেশন] বলেছে।",
        "এ কথা [ORG:ঝুমরিকান্ত ফাউন্ডেশন] বলেছে।",
    ),
    rule(
        RuleId::OrgOwner,
        "an organ follows the body it belongs to: জাতিসংঘের নিরাপত্তা পরিষদ",
        "গতকাল [ORG:জাতিসংঘের মানবাধিকার পরিষদ]ে ভোট হয়।",
        "গতকাল [ORG:জাতিসংঘ]ের ভোট হয়।",
    ),
    rule(
        RuleId::OrgOf,
        "head noun, অব or অফ, and a name: ইউনিভার্সিটি অব টোকিও",
        "তিনি [ORG:ইউনিভার্সিটি অব টোকিও]তে পড়েন।",
        "তিনি [ORG:টোকিও ইউনিভার্সিটি]তে পড়েন।",
    ),
    rule(
        RuleId::OrgBefore,
        "a noun such as বার্তা সংস্থা or সংবাদমাধ্যম stands before the name",
        "বার্তা সংস্থা [ORG:ঝুমরিকা] জানিয়েছে, বৃষ্টি হবে।",
        "বার্তা সংস্থা জানিয়েছে, বৃষ্টি হবে।",
    ),
    rule(
        RuleId::OrgSay,
        "a verb of saying follows a known body",
        "সকালে [ORG:র\u{200D}্যাব] জানায়, বৃষ্টি হবে।",
        "সকালে [ORG:ইউনিসেফ] টিকা দিয়েছে।",
    ),
    rule(
        RuleId::OrgWeb,
        "a name with a web ending, in Bengali letters: বার্তা২৪.কম",
        "খবরটি [ORG:ঝুমরি২৪.কম] প্রকাশ করেছে।",
        "খবরটি ঝুমরি প্রকাশ করেছে।",
    ),
];

pub(super) fn propose(cx: &Context<'_>, out: &mut Candidates) {
    for cue in cx.cues() {
        match cue.class {
            Class::OrgHead if cx.is_live(cue.last as usize) => {
                by_head(cx, cue, out);
                head_of(cx, cue, out);
            }
            Class::OrgBefore => named_after(cx, cue, out),
            _ => {}
        }
    }
    cx.live().for_each(|dot| web_name(cx, dot, out));
}

/// Evidence for organisations from their neighbours.
pub(super) fn support(cx: &Context<'_>, id: u32, candidate: &Candidate, out: &mut Candidates) {
    let before = cx.cues_before(candidate.span.first as usize).iter().filter(|c| c.ending.is_bare());
    if let Some(cue) = before.filter(|c| c.class == Class::OrgBefore).max_by_key(|c| c.strength)
        && cx.on(RuleId::OrgBefore)
    {
        out.add(id, RuleId::OrgBefore, f32::from(cue.strength) / 3.0, Some((cue.first, cue.last)));
    }
    let say = cx.cue_at(after(candidate), Class::Say.bit()).filter(|c| c.ending.is_bare());
    if let Some(cue) = say.filter(|_| candidate.span.ending.is_bare() && cx.on(RuleId::OrgSay)) {
        out.add(id, RuleId::OrgSay, 1.0, Some((cue.first, cue.last)));
    }
}

/// What has been read left of a head.
#[derive(Clone, Copy, Default)]
struct Read {
    names: f32,
    places: u32,
    heads: u32,
    modifiers: u32,
    words: u32,
    joint_open: bool,
}

fn by_head(cx: &Context<'_>, head: &Cue, out: &mut Candidates) {
    if !cx.on(RuleId::OrgHead) {
        return;
    }
    let mut read = Read::default();
    let mut owner_at = head.first as usize;
    walk_left(cx, head.first as usize, Class::OrgHead, |at, left| {
        read.words += 1;
        read.joint_open = left == Left::Joint;
        match left {
            Left::Name(value) => read.names += value,
            Left::Place => {
                read.names += 1.0;
                read.places += 1;
            }
            Left::Head => read.heads += 1,
            Left::Modifier => read.modifiers += 1,
            Left::Joint | Left::Stop => {}
        }
        owner_at = at;
        if !(read.joint_open || read.names == 0.0 && announces(cx, head)) {
            propose_head(cx, at, head, &read, out);
        }
    });
    by_owner(cx, owner_at, head, &read, out);
}

/// What a head noun is worth by its strength; a weak one (দল, বিভাগ) speaks against a name.
fn head_value(strength: u8) -> f32 {
    match strength {
        3.. => 1.0,
        2 => 0.6,
        _ => -1.0,
    }
}

/// Whether a head with nothing but modifiers before it is a noun that announces a name
/// (রাষ্ট্রীয় বার্তা সংস্থা কেসিএনএ).
fn announces(cx: &Context<'_>, head: &Cue) -> bool {
    let next = head.last as usize + 1;
    let noun = cx.cues_ending(head.last as usize).iter().any(|c| c.class == Class::OrgBefore);
    noun && head.ending.is_bare() && !cx.breaks_before(next) && cx.is_word(next)
}

fn propose_head(cx: &Context<'_>, first: usize, head: &Cue, read: &Read, out: &mut Candidates) -> u32 {
    let id = out.propose(head_span(cx, first, head), ORGANIZATION);
    if !out.set_headed(id) {
        return id;
    }
    out.add(id, RuleId::OrgHead, head_value(head.strength), Some((head.first, head.last)));
    let mut add = |rule, value: f32| {
        if value != 0.0 && cx.on(rule) {
            out.add(id, rule, value, None);
        }
    };
    add(RuleId::OrgName, (read.names + 0.7 * read.heads as f32).min(4.0));
    add(RuleId::OrgModifier, read.modifiers.min(5) as f32);
    if head.strength > 1 {
        add(RuleId::OrgPlace, read.places.min(3) as f32);
    }
    if read.names == 0.0 {
        let words = read.words + head.last - head.first;
        let generic = [1.0, 1.0, 0.4, 0.1].get(words as usize).copied().unwrap_or(0.0);
        add(RuleId::OrgNothingNamed, generic + 0.4 * f32::from(3 - head.strength.min(3)));
    }
    id
}

/// জাতিসংঘের + নিরাপত্তা পরিষদ: the owner is a known body in the genitive.
fn by_owner(cx: &Context<'_>, organ: usize, head: &Cue, read: &Read, out: &mut Candidates) {
    if head.strength < 2 || read.names > 0.0 || !cx.on(RuleId::OrgOwner) || cx.breaks_before(organ) {
        return;
    }
    let Some(owner_last) = organ.checked_sub(1) else { return };
    for first in owner_last.saturating_sub(4)..=owner_last {
        for hit in cx.hits.at(first).filter(|h| h.surface_last as usize == owner_last) {
            let body = cx.layers.entries(&hit).any(|e| OWNERS.has(e.class));
            if body && hit.ending.case() == Some(Case::Genitive) && !hit.ending.is_plural() {
                let read = Read { words: read.words + 2, names: 1.0, ..*read };
                let id = propose_head(cx, first, head, &read, out);
                out.add(id, RuleId::OrgOwner, 1.0, Some((hit.first, hit.last)));
            }
        }
    }
}

const OWNERS: ClassSet = Class::International.bit().and(Class::Party.bit()).and(Class::Government.bit());

/// ইউনিভার্সিটি অব টোকিও, with or without a left part.
fn head_of(cx: &Context<'_>, head: &Cue, out: &mut Candidates) {
    let link = head.last as usize + 1;
    let of = [folded!("অব"), folded!("অফ"), folded!("ফর")].contains(&cx.fold(link));
    if !of || cx.breaks_before(link) || !head.ending.is_bare() || !cx.on(RuleId::OrgOf) {
        return;
    }
    let mut first = head.first as usize;
    walk_left(cx, first, Class::OrgHead, |at, left| {
        if left != Left::Joint {
            first = at;
        }
    });
    for last in link + 1..link + 6 {
        let info = cx.word(last);
        let inside = info.bare.has(Class::OrgMod)
            || is_linking(cx.fold(last))
            || info.has_entry()
            || info.unknown
            || info.is(Class::OrgHead);
        if cx.breaks_before(last) || !cx.is_word(last) || !inside || cx.fold(last) == folded!("ও") {
            break;
        }
        if !is_linking(cx.fold(last)) {
            let id = out.propose(span_to(cx, first, last), ORGANIZATION);
            out.add(id, RuleId::OrgOf, 1.0 + 0.3 * (last - first) as f32, Some((head.first, link as u32)));
        }
        if !info.bare.has(Class::OrgMod) && !info.ending.is_bare() {
            break;
        }
    }
}

/// An unknown word after বার্তা সংস্থা and the like, as long as nothing else is made of it.
fn named_after(cx: &Context<'_>, noun: &Cue, out: &mut Candidates) {
    let first = noun.last as usize + 1;
    if !noun.ending.is_bare() || noun.strength < 2 || cx.breaks_before(first) || !cx.on(RuleId::OrgBefore) {
        return;
    }
    let mut at = first;
    for _ in 0..2 {
        let info = cx.word(at);
        if !cx.is_word(at) || !(info.unknown || info.has_organization()) || cx.has(at, Shape::NUMBER) {
            return;
        }
        let id = out.propose(span_to(cx, first, at), ORGANIZATION);
        if at > first {
            out.add(id, RuleId::OrgName, 0.5, None);
        }
        match cx.next_part(at) {
            Some(next) if info.ending.is_bare() => at = next,
            _ => return,
        }
    }
}

/// word `.` কম, glued: the name of a web medium in Bengali letters.
fn web_name(cx: &Context<'_>, dot: usize, out: &mut Candidates) {
    static ENDINGS: &[&[u8]] =
        &[folded!("কম"), folded!("নেট"), folded!("অর্গ"), folded!("টিভি"), folded!("নিউজ"), folded!("ইনফো")];
    let last = dot + 1;
    let glued = cx.has(dot, Shape::GLUED) && cx.has(last, Shape::GLUED) && cx.fold(dot) == b".";
    let Some(first) = dot.checked_sub(1).filter(|&f| glued && cx.has(f, Shape::BENGALI)) else { return };
    if !cx.on(RuleId::OrgWeb) || cx.fold(first).len() < 3 {
        return;
    }
    let word = cx.fold(last);
    for ending in ENDINGS {
        let Some(rest) = word.strip_prefix(*ending) else { continue };
        if let Some(parsed) = crate::text::endings::parse_after(ending, rest) {
            let start = cx.token(last).map_or(0, |t| t.fold_start);
            let mut span = NameSpan {
                first: first as u32,
                last: last as u32,
                surface_last: last as u32,
                name_end: start + ending.len() as u32,
                ending: parsed,
            };
            if let Some((surface_last, parsed)) = hyphenated_ending(cx.tokens, last, cx.folded) {
                (span.surface_last, span.ending) = (surface_last, parsed);
            }
            let id = out.propose(span, ORGANIZATION);
            out.add(id, RuleId::OrgWeb, 1.0, None);
        }
    }
}
