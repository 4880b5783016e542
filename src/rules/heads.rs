//! Extending a head noun to the left: what belongs to the name that it closes.

use super::analysis::{Cue, NO_NAME, PERSON_CUES};
use super::candidates::NameSpan;
use super::{Context, span_to};
use crate::gazetteer::{Class, ClassSet};
use crate::text::fold::folded;
use crate::text::token::Shape;

/// The span from token `first` to the head, with the head's ending.
pub(super) fn head_span(cx: &Context<'_>, first: usize, head: &Cue) -> NameSpan {
    let hit = cx.hits.at(head.first as usize).find(|h| {
        h.last == head.last && h.ending == head.ending && cx.layers.entries(h).any(|e| e.class == head.class)
    });
    match hit {
        Some(h) => NameSpan {
            first: first as u32,
            last: h.last,
            surface_last: h.surface_last,
            name_end: h.name_end,
            ending: h.ending,
        },
        None => span_to(cx, first, head.last as usize),
    }
}

/// What a word left of a head noun is to the name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Left {
    /// A name: a known entity, a name part or an unknown word.
    Name(f32),
    /// A known place.
    Place,
    /// Another head noun (মেডিকেল কলেজ হাসপাতাল).
    Head,
    /// A word that organisations carry in their names (জাতীয়, উন্নয়ন).
    Modifier,
    /// ও, অব, a comma, a hyphen: inside, never at the edge.
    Joint,
    /// Not part of the name.
    Stop,
}

/// Most tokens that a name extends to the left of its head.
pub(super) const REACH: usize = 9;

/// Calls `visit` with each token left of `head`, nearest first, and what it is, until one
/// stops the name.
pub(super) fn walk_left(cx: &Context<'_>, head: usize, of: Class, mut visit: impl FnMut(usize, Left)) {
    for at in (head.saturating_sub(REACH)..head).rev() {
        if cx.breaks_before(at + 1) {
            return;
        }
        match left_of_head(cx, at, head, of) {
            Left::Stop => return,
            left => visit(at, left),
        }
    }
}

fn left_of_head(cx: &Context<'_>, at: usize, head: usize, of: Class) -> Left {
    if !cx.is_word(at) {
        return joint(cx, at, head);
    }
    let info = cx.word(at);
    if cx.has(at, Shape::NUMBER) {
        return Left::Stop;
    }
    if cx.fold(at) == folded!("ও") {
        return and_joint(cx, at);
    }
    if info.bare.has(Class::OrgMod) {
        return if is_linking(cx.fold(at)) { Left::Joint } else { Left::Modifier };
    }
    if info.bare.has(Class::OrgHead) || (of == Class::PlaceHead && info.bare.has(Class::PlaceHead)) {
        return Left::Head;
    }
    // An opener alone names nothing: মো. সাগর is no sea.
    if info.bare.has(Class::Opener) {
        return Left::Name(0.0);
    }
    let entry = info.bare.has_any(ENTRIES) && (!info.is_common() || info.common < 0.8);
    if !entry
        && (info.classes.has_any(STOPS) || info.affixes.has(Class::AffixWord) && !is_adjective(cx.fold(at)))
    {
        return Left::Stop;
    }
    if entry {
        return if info.has_place() && !info.is_name_part() { Left::Place } else { Left::Name(1.6) };
    }
    if info.has_entry() && !info.ending.is_bare() {
        return Left::Stop;
    }
    if info.classes.has_any(HEADS) {
        return Left::Stop;
    }
    if cx.is_initial(at) && cx.is_written_as_initial(at) {
        return Left::Name(0.4);
    }
    if is_adjective(cx.fold(at)) {
        return Left::Modifier;
    }
    // A word with a clear ending is outside: ঢাকায় নতুন হাসপাতাল.
    let whole = cx.token(at).map_or(0, |t| t.fold_end - t.fold_start);
    if whole.saturating_sub(u32::from(info.name_len)) >= 1 {
        return Left::Stop;
    }
    match () {
        _ if info.unknown => Left::Name(1.0),
        _ if info.common < 0.5 => Left::Name(0.4),
        _ => Left::Stop,
    }
}

/// A hyphen inside a compound, the full stop of an initial, a comma between modifiers.
fn joint(cx: &Context<'_>, at: usize, head: usize) -> Left {
    let glued = cx.has(at, Shape::GLUED);
    match cx.fold(at) {
        b"-" if glued && cx.has(at + 1, Shape::GLUED) => Left::Joint,
        b"." if glued && at > 0 && cx.is_initial(at - 1) => Left::Joint,
        b"&" => Left::Joint,
        b"," if at > 0 && at + 2 < head => {
            let mods = cx.word(at - 1).bare.has(Class::OrgMod) && cx.word(at + 1).bare.has(Class::OrgMod);
            if mods { Left::Joint } else { Left::Stop }
        }
        _ => Left::Stop,
    }
}

/// ও inside a name joins two of its modifiers: স্বাস্থ্য ও পরিবার কল্যাণ মন্ত্রণালয়.
fn and_joint(cx: &Context<'_>, at: usize) -> Left {
    let fits = |i: usize| cx.word(i).bare.has(Class::OrgMod) && !is_linking(cx.fold(i));
    if at > 0 && fits(at - 1) && fits(at + 1) && !cx.word(at - 1).has_entry() {
        Left::Joint
    } else {
        Left::Stop
    }
}

/// English linking words in Bengali letters.
pub(super) fn is_linking(word: &[u8]) -> bool {
    static LINKING: &[&[u8]] = &[
        folded!("অব"),
        folded!("অফ"),
        folded!("ফর"),
        folded!("অ্যান্ড"),
        folded!("এন্ড"),
        folded!("এণ্ড"),
        folded!("এবং"),
        folded!("ও"),
        folded!("ইন"),
        folded!("অন"),
        folded!("আন্ড"),
        folded!("দি"),
        folded!("দ্য"),
        folded!("টু"),
    ];
    LINKING.contains(&word)
}

/// Adjectives in -ীয়, which names of bodies carry (প্রশান্ত মহাসাগরীয় নৌবহর).
fn is_adjective(word: &[u8]) -> bool {
    word.len() > 4 && word.ends_with(folded!("ীয়"))
}

const ENTRIES: ClassSet = super::analysis::PLACES
    .and(super::analysis::ORGANIZATIONS)
    .and(super::analysis::NAME_PARTS)
    .and(Class::Epithet.bit())
    .and(Class::Direction.bit());
const HEADS: ClassSet = Class::OrgHead.bit().and(Class::PlaceHead.bit());
const STOPS: ClassSet = NO_NAME.and(PERSON_CUES).and(Class::OrgBefore.bit()).and(Class::PlaceAfter.bit());
