//! Persons by context: what stands before and after a possible name.

use super::analysis::{Cue, PERSON_CUES};
use super::candidates::{Candidate, Candidates};
use super::{Context, Rule, RuleId, after, rule};
use crate::gazetteer::{Class, ClassSet};
use crate::text::endings::Case;
use crate::text::fold::folded;
use crate::text::token::Shape;

pub(super) static RULES: &[Rule] = &[
    rule(
        RuleId::PersonTitle,
        "a title stands before the name",
        "সভায় অধ্যাপক [PER:কামাল] বক্তব্য দেন।",
        "সভায় [PER:কামাল হোসেন] বক্তব্য দেন।",
    ),
    rule(
        RuleId::PersonRole,
        "an office or occupation stands before the name",
        "গতকাল প্রেসিডেন্ট [PER:ভেলমোরান] শপথ নেন।",
        "গতকাল প্রেসিডেন্ট শপথ নেন।",
    ),
    rule(
        RuleId::PersonKin,
        "a kin term or description stands before the name",
        "তাঁর স্ত্রী [PER:রোকেয়া বেগম] বলেন, বৃষ্টি হবে।",
        "তাঁর স্ত্রী বলেন, বৃষ্টি হবে।",
    ),
    rule(
        RuleId::PersonSay,
        "a verb of saying follows the name",
        "এ বিষয়ে [PER:কামাল] বলেন, বৃষ্টি হবে।",
        "[PER:কামাল হোসেন] গান গাইতেন।",
    ),
    rule(
        RuleId::PersonAfter,
        "a word that follows persons' names: নেতৃত্বে, প্রমুখ, ওরফে",
        "গতকাল [PER:কামাল হোসেন]ের নেতৃত্বে মিছিল হয়।",
        "গতকাল [PER:কামাল হোসেন] এলেন।",
    ),
    rule(
        RuleId::PersonAge,
        "an age in brackets follows the name",
        "নিহত ব্যক্তি [PER:কামাল] (৪৫)।",
        "নিহত ব্যক্তি [PER:কামাল হোসেন]।",
    ),
    rule(
        RuleId::PersonObject,
        "the ending shows a person: -কে, -রা, -দের",
        "সেদিন [PER:কামাল হোসেন]কে ডাকা হয়।",
        "সেদিন [PER:কামাল হোসেন] আসেন।",
    ),
    rule(
        RuleId::PersonHonorific,
        "সাহেব, ভাই, আপা and the like follow the name",
        "সেদিন [PER:কামাল] সাহেব এলেন।",
        "সেদিন [PER:কামাল হোসেন] এলেন।",
    ),
    rule(
        RuleId::PersonApposition,
        "a role follows the name after a comma, or a role in brackets",
        "[PER:কামাল হোসেন], সাধারণ সম্পাদক, এলেন।",
        "[PER:কামাল হোসেন] এলেন।",
    ),
    rule(
        RuleId::PersonVerbBefore,
        "an honorific verb stands before a name that ends the sentence",
        "আমন্ত্রণ গ্রহণ করেছেন [PER:কামাল]।",
        "আমন্ত্রণ গ্রহণ করেছেন [PER:কামাল হোসেন]ের ভাই।",
    ),
    rule(
        RuleId::PersonCut,
        "the neighbouring word looks like a part of the same name",
        "গতকাল [PER:কামাল হোসেন] এলেন।",
        "গতকাল [PER:পুতিন] এলেন।",
    ),
    rule(
        RuleId::PersonBeforeHead,
        "a head noun follows, so the name is part of a place's or body's name",
        "গতকাল [ORG:কামাল হোসেন ফাউন্ডেশন] বৃত্তি দিয়েছে।",
        "গতকাল [PER:কামাল হোসেন] বৃত্তি দিয়েছেন।",
    ),
];

pub(super) fn support(cx: &Context<'_>, id: u32, candidate: &Candidate, out: &mut Candidates) {
    let first = candidate.span.first as usize;
    let titled = before(cx, id, first, out);
    following(cx, id, candidate, out);
    if !titled && cx.on(RuleId::PersonCut) && !cx.breaks_before(first) {
        let value = left_open(cx, first.wrapping_sub(1));
        if value > 0.0 {
            out.add(id, RuleId::PersonCut, value, None);
        }
    }
}

/// How clearly the token before a name belongs to the same name: an opener or initial
/// always does.
fn left_open(cx: &Context<'_>, at: usize) -> f32 {
    let initial = if cx.is_full_stop(at) { at.wrapping_sub(1) } else { at };
    let opens =
        cx.word(at).bare.has(Class::Opener) || (cx.is_initial(initial) && cx.is_written_as_initial(initial));
    match () {
        _ if opens => 2.5,
        _ if is_inner_name(cx, at) => 1.0,
        _ => 0.0,
    }
}

/// Evidence to the left; whether a title, role or kin term stands there.
fn before(cx: &Context<'_>, id: u32, first: usize, out: &mut Candidates) -> bool {
    let cue = cue_before(cx, first);
    if let Some(cue) = cue {
        let rule = match cue.class {
            Class::Title => RuleId::PersonTitle,
            Class::Kin => RuleId::PersonKin,
            _ => RuleId::PersonRole,
        };
        if cx.on(rule) {
            out.add(id, rule, f32::from(cue.strength.max(1)) / 3.0 + 0.2, Some((cue.first, cue.last)));
        }
    }
    cue.is_some()
}

/// The strongest title, role or kin term that ends before token `first`; over a note in
/// brackets: মেজর (অব.) রফিক, ভারপ্রাপ্ত কর্মকর্তা (ওসি) সেলিম.
fn cue_before(cx: &Context<'_>, first: usize) -> Option<Cue> {
    let direct = strongest(cx.cues_before(first));
    if direct.is_some() || first < 3 || cx.fold(first - 1) != b")" || cx.breaks_before(first) {
        return direct;
    }
    let mut near = (first.saturating_sub(5)..first - 1).rev().take_while(|&i| !cx.breaks_before(i + 1));
    let open = near.find(|&i| cx.fold(i) == b"(")?;
    strongest(cx.cues_before(open)).or_else(|| strongest(cx.cues_before(first - 1)))
}

fn strongest(cues: &[Cue]) -> Option<Cue> {
    let fitting = cues.iter().filter(|c| PERSON_CUES.has(c.class) && c.ending.is_bare());
    fitting.max_by_key(|c| (c.strength, c.class == Class::Title, c.last - c.first)).copied()
}

const SAYING: ClassSet = Class::Say.bit();
const FOLLOWING: ClassSet = Class::PersonAfter.bit().and(Class::Honorific.bit());

fn following(cx: &Context<'_>, id: u32, candidate: &Candidate, out: &mut Candidates) {
    let next = after(candidate);
    let ending = candidate.span.ending;
    let mut add = |rule, value: f32, cue: Option<Cue>| {
        if cx.on(rule) {
            out.add(id, rule, value, cue.map(|c| (c.first, c.last)));
        }
    };
    if ending.case() == Some(Case::Objective) || ending.is_plural() {
        add(RuleId::PersonObject, 1.0, None);
    }
    if let Some(cue) = cx.cue_at(next, SAYING).filter(|c| c.ending.is_bare()) {
        if ending.case().is_none() {
            add(RuleId::PersonSay, f32::from(cue.strength) / 3.0 + 0.2, Some(cue));
        }
    } else if let Some(cue) = cx.cue_at(next, FOLLOWING) {
        let rule = if cue.class == Class::Honorific { RuleId::PersonHonorific } else { RuleId::PersonAfter };
        add(rule, 1.0, Some(cue));
    }
    if is_age(cx, next) {
        add(RuleId::PersonAge, 1.0, None);
    } else if matches!(cx.fold(next), b"," | b"(") && !cx.breaks_before(next) {
        let cue = cx.cue_at(next + 1, PERSON_CUES).filter(|c| c.class != Class::Kin && c.ending.is_bare());
        let closes = cue.is_some_and(|c| matches!(cx.fold(c.last as usize + 1), b"," | b")" | b"\x01"));
        if closes && ending.is_bare() {
            add(RuleId::PersonApposition, 1.0, cue);
        }
    }
    if ending.is_bare() && verb_before(cx, candidate.span.first as usize) && ends_clause(cx, next) {
        add(RuleId::PersonVerbBefore, 1.0, None);
    }
    if ending.is_bare() {
        let head = cx.cue_at(next, HEADS).filter(|c| c.strength >= 2);
        if let Some(head) = head {
            let generic = if head.class == Class::PlaceGeneric { 0.3 } else { 1.0 };
            add(RuleId::PersonBeforeHead, generic * f32::from(head.strength) / 3.0, Some(head));
        } else if is_next_name(cx, next) {
            add(RuleId::PersonCut, 1.0, None);
        } else if is_next_unknown(cx, next) {
            add(RuleId::PersonCut, 0.6, None);
        }
    }
}

const HEADS: ClassSet = Class::OrgHead.bit().and(Class::PlaceHead.bit()).and(Class::PlaceGeneric.bit());

/// `( number )` at token `at`.
fn is_age(cx: &Context<'_>, at: usize) -> bool {
    cx.fold(at) == b"("
        && !cx.breaks_before(at)
        && cx.has(at + 1, Shape::NUMBER)
        && cx.fold(at + 2) == b")"
        && cx.fold(at + 1).len() <= 3
}

/// Whether the token before `first` is a finite verb in the honorific form, which takes a
/// person (করেছেন, বলেন, দেবেন); by its ending, as written in the grammar of the verb.
fn verb_before(cx: &Context<'_>, first: usize) -> bool {
    static HONORIFIC: &[&[u8]] = &[
        folded!("ছেন"),
        folded!("লেন"),
        folded!("বেন"),
        folded!("তেন"),
        folded!("রেন"),
        folded!("দেন"),
        folded!("নেন"),
    ];
    let Some(verb) = first.checked_sub(1).filter(|_| !cx.breaks_before(first)) else { return false };
    let word = cx.fold(verb);
    !cx.word(verb).has_entry() && word.len() > 3 && HONORIFIC.iter().any(|e| word.ends_with(e))
}

/// Whether the sentence, or a coordinated part of it, ends at token `at`.
fn ends_clause(cx: &Context<'_>, at: usize) -> bool {
    static AND: &[&[u8]] = &[folded!("ও"), folded!("এবং")];
    cx.breaks_before(at) || (!cx.is_word(at) && cx.fold(at) != b"-") || AND.contains(&cx.fold(at))
}

/// Whether token `at` is a bare known name part, so that a name beginning after it would
/// be cut in two.
fn is_inner_name(cx: &Context<'_>, at: usize) -> bool {
    let info = cx.word(at);
    let bare = info.bare.has(Class::Given) || info.bare.has(Class::Opener) || info.bare.has(Class::Surname);
    bare && !info.is_common() && !info.classes.has_any(PERSON_CUES)
}

/// Whether token `at` continues a name that a candidate leaves open.
fn is_next_name(cx: &Context<'_>, at: usize) -> bool {
    let info = cx.word(at);
    !cx.breaks_before(at)
        && cx.is_word(at)
        && !cx.has(at, Shape::GLUED)
        && info.is_name_part()
        && !info.is_common()
        && (!info.classes.has_any(PERSON_CUES) || info.is(Class::Surname))
}

/// Whether an unknown word follows at once, which may be the rest of the name.
fn is_next_unknown(cx: &Context<'_>, at: usize) -> bool {
    let info = cx.word(at);
    !cx.breaks_before(at)
        && cx.is_word(at)
        && !cx.has(at, Shape::GLUED)
        && info.unknown
        && !info.has_entry()
        && !info.affixes.has(Class::AffixWord)
        && info.letters < 3
        && !info.classes.has_any(PERSON_CUES)
}
