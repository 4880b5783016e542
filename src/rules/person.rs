//! Persons by composition: openers, initials, given names, surnames, unknown words.

use super::analysis::{Initial, NAME_PARTS, NO_NAME, PERSON_CUES, WordInfo};
use super::candidates::{Candidates, PERSON};
use super::{Context, Rule, RuleId, rule, span_to};
use crate::gazetteer::{Class, ClassSet};
use crate::text::token::Shape;

pub(super) static RULES: &[Rule] = &[
    rule(
        RuleId::PersonKnown,
        "parts of the name are known given names or surnames",
        "অনুষ্ঠানে [PER:কামাল হোসেন] গান করেন।",
        "অনুষ্ঠানে তিনি গান করেন।",
    ),
    rule(
        RuleId::PersonUnknown,
        "parts of the name are words not known from ordinary text",
        "অধ্যাপক [PER:ঝুমরিকান্ত হালদার] বলেন, বৃষ্টি হবে।",
        "অধ্যাপক বলেন, বৃষ্টি হবে।",
    ),
    rule(
        RuleId::PersonAffix,
        "a part ends like a person's name: -উদ্দিন, -স্কি, -ভিচ",
        "অধ্যাপক [PER:গফরউদ্দিন] বলেন, বৃষ্টি হবে।",
        "অধ্যাপক বলেন, বৃষ্টি হবে।",
    ),
    rule(
        RuleId::PersonOpener,
        "the name begins with মো., শেখ, সৈয়দ, আবদুল and the like",
        "গতকাল [PER:সৈয়দ কামাল হোসেন] গান করেন।",
        "গতকাল [PER:কামাল হোসেন] গান করেন।",
    ),
    rule(
        RuleId::PersonInitial,
        "initials stand before the name",
        "[PER:এ. কে. এম. কামাল হোসেন] গান করেন।",
        "[PER:কামাল হোসেন] গান করেন।",
    ),
    rule(
        RuleId::PersonOrdinary,
        "a part of the name is mostly an ordinary word",
        "সেদিন [PER:কামাল রহমান] কাগজ কেনেন।",
        "সেদিন [PER:কামাল রহমান] এলেন।",
    ),
    rule(
        RuleId::PersonPlacePart,
        "a part of the name is known as a place",
        "[PER:কামাল হোসেন] [LOC:রংপুর] গেছেন।",
        "[PER:কামাল হোসেন] গান করেন।",
    ),
    rule(
        RuleId::PersonSingle,
        "the name is a single word",
        "শিল্পী [PER:কামাল] বলেন, গান গাইব।",
        "শিল্পী [PER:কামাল হোসেন] বলেন, গান গাইব।",
    ),
    rule(
        RuleId::PersonSeveral,
        "the name has several parts",
        "গতকাল [PER:কামাল হোসেন] গান করেন।",
        "শিল্পী [PER:কামাল] বলেন, গান গাইব।",
    ),
    rule(
        RuleId::PersonSurnameLast,
        "the last part is a known surname",
        "গতকাল [PER:কামাল চৌধুরী] গান করেন।",
        "শিল্পী [PER:কামাল] বলেন, গান গাইব।",
    ),
    rule(
        RuleId::PersonNothingKnown,
        "no part of the name is known",
        "অধ্যাপক [PER:ঝুমরিক ফেনতোলা] বলেন, বৃষ্টি হবে।",
        "অধ্যাপক [PER:কামাল হোসেন] বলেন, বৃষ্টি হবে।",
    ),
];

/// What a token is worth as a part of a person's name.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Part {
    /// A known name part; the value, in hundredths, falls with its use as an ordinary word.
    Known(i8),
    Affix,
    Opener,
    Initial,
    Unknown,
    /// Seen in ordinary text, but less than half of the time.
    Rare,
    Ordinary,
    /// Listed as a name, but nearly always an ordinary word.
    Ambiguous,
    Place,
    /// Cannot stand in a name.
    #[default]
    Never,
}

/// What a word is worth as a part of a person's name, as far as the word itself says it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Parts {
    /// As a part that another part follows, unless it is an initial,
    inner: Part,
    /// which it may be.
    may_be_initial: bool,
    /// As the last of several parts, and as the only one, unless it is an initial,
    last: Part,
    solo: Part,
    /// which it is no name by itself.
    no_name_if_initial: bool,
}

impl Parts {
    pub(super) const NONE: Parts = Parts {
        inner: Part::Never,
        may_be_initial: false,
        last: Part::Never,
        solo: Part::Never,
        no_name_if_initial: false,
    };

    /// Those of a word of so many folded bytes.
    pub(super) fn of(info: &WordInfo, len: usize, shape: Shape) -> Parts {
        if shape.has(Shape::NUMBER | Shape::DIGITS) || !shape.has(Shape::WORD) {
            return Parts::NONE;
        }
        Parts {
            inner: inner_part(info, len),
            may_be_initial: !opens(info) && (!is_bare_name(info) || len <= 2),
            last: last_part(info, false),
            solo: last_part(info, true),
            no_name_if_initial: len <= 3,
        }
    }
}

/// The parts of a name read so far.
#[derive(Clone, Copy, Default)]
struct Tally {
    known: f32,
    affix: f32,
    opener: f32,
    initial: f32,
    unknown: f32,
    ordinary: f32,
    /// Listed given names that are mostly ordinary words: আশা, সাগর.
    ambiguous: f32,
    place: f32,
    /// Parts that a list or an affix vouches for.
    real: u8,
    parts: u8,
}

/// No name has more parts.
const MOST_PARTS: u8 = 7;
/// No name has more tokens, full stops of initials counted.
const MOST_TOKENS: usize = 16;

pub(super) fn propose(cx: &Context<'_>, out: &mut Candidates) {
    for first in cx.persons() {
        if !cx.is_word(first) {
            continue;
        }
        let mut tally = Tally::default();
        let mut at = first;
        loop {
            close(cx, first, at, tally, out);
            let part = inner_part_at(cx, at);
            if matches!(part, Part::Never | Part::Ordinary)
                || tally.parts == MOST_PARTS
                || at - first > MOST_TOKENS
            {
                break;
            }
            tally.add(part);
            match cx.next_part(at) {
                Some(next) if cx.is_live(next) && !joins_two_persons(cx, at, next) => at = next,
                _ => break,
            }
        }
    }
}

/// Whether a person's name may begin with a word.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Begins {
    No,
    Person,
    /// The whole of one, where a cue stands before.
    PersonByCue,
}

/// Whether a name may begin with a word of so many folded bytes; with most words none does.
pub(super) fn begins(info: &WordInfo, len: usize) -> Begins {
    // What goes on, or is worth proposing alone, says `propose`.
    let ends = matches!(info.parts.inner, Part::Never | Part::Ordinary) && info.initial == Initial::No;
    match info.parts.solo {
        _ if is_outside(info, len) => Begins::No,
        Part::Never | Part::Initial | Part::Opener if ends => Begins::No,
        Part::Ordinary | Part::Place | Part::Ambiguous if ends => Begins::PersonByCue,
        _ => Begins::Person,
    }
}

/// Whether a word surely neither is nor opens a name.
fn is_outside(info: &WordInfo, len: usize) -> bool {
    const MAY_OPEN: ClassSet = NAME_PARTS
        .and(Class::Opener.bit())
        .and(Class::Epithet.bit())
        .and(Class::Middle.bit())
        .and(Class::Letter.bit());
    info.classes.has_any(NOT_INSIDE) && !info.classes.has_any(MAY_OPEN) && len > 1
}

/// Two known names with a hyphen between them are two persons (মেসি-রোনালদো); unknown
/// parts are one (জং-উন), as are first names before another part (জাঁ-পল সার্ত্র).
fn joins_two_persons(cx: &Context<'_>, left: usize, right: usize) -> bool {
    let known = cx.word(left).is_name_part() && cx.word(right).is_name_part();
    cx.fold(left + 1) == b"-" && known && !goes_on(cx, left, right)
}

/// Whether first names with a hyphen between them are followed by more of the name.
fn goes_on(cx: &Context<'_>, left: usize, right: usize) -> bool {
    let first = cx.word(left).bare.has(Class::Given) && cx.word(right).bare.has(Class::Given);
    let next = cx.next_part(right).map(|next| cx.word(next));
    first && next.is_some_and(|n| n.is(Class::Surname) && !n.is_common() || n.unknown && !n.has_place())
}

/// Proposes the name that ends with token `last`, if that can be a last part.
fn close(cx: &Context<'_>, first: usize, last: usize, mut tally: Tally, out: &mut Candidates) {
    // Initials alone before a single part leave it single, but less alone.
    let solo = first == last;
    let part = last_part_at(cx, last, solo);
    if matches!(part, Part::Never | Part::Initial | Part::Opener) {
        return;
    }
    tally.add(part);
    if solo && !worth_proposing_alone(cx, last, part) {
        return;
    }
    let id = out.propose(span_to(cx, first, last), PERSON);
    let mut add = |rule, value: f32| {
        if value != 0.0 && cx.on(rule) {
            out.add(id, rule, value, None);
        }
    };
    add(RuleId::PersonKnown, tally.known);
    add(RuleId::PersonAffix, tally.affix);
    add(RuleId::PersonOpener, tally.opener);
    add(RuleId::PersonInitial, tally.initial);
    add(RuleId::PersonUnknown, tally.unknown);
    let surname = cx.word(last);
    let surname_last =
        !solo && surname.is(Class::Surname) && !surname.is_common() && !surname.is(Class::Opener);
    // An ordinary word that lists know as a given name is one before a surname: আশা মল্লিক.
    let doubt = if surname_last { 0.3 } else { 1.0 };
    add(RuleId::PersonOrdinary, tally.ordinary + doubt * tally.ambiguous);
    add(RuleId::PersonPlacePart, tally.place);
    if solo {
        add(RuleId::PersonSingle, 1.0);
        return;
    }
    add(RuleId::PersonSeveral, 1.0);
    if tally.real == 0 {
        add(RuleId::PersonNothingKnown, 1.0);
    }
    if surname_last {
        add(RuleId::PersonSurnameLast, 1.0);
    }
}

/// A single word is proposed when something speaks for it: the word itself or a cue
/// beside it. The context rules decide; this only saves work.
fn worth_proposing_alone(cx: &Context<'_>, at: usize, part: Part) -> bool {
    matches!(part, Part::Known(_) | Part::Affix | Part::Unknown)
        || cx.cues_before(at).iter().any(|c| PERSON_CUES.has(c.class))
        || (matches!(part, Part::Rare) && cx.cue_at(at + 1, SAYING).is_some())
}

const SAYING: ClassSet = Class::Say.bit().and(Class::PersonAfter.bit());

/// What the third and later parts add, compared with the first two: a longer name is
/// always better than its beginning, but no heap of weak parts becomes strong.
const LATER: f32 = 0.4;

impl Tally {
    fn add(&mut self, part: Part) {
        let share = if self.parts < 2 { 1.0 } else { LATER };
        self.parts += 1;
        match part {
            Part::Known(hundredths) => {
                let value = f32::from(hundredths) / 100.0;
                self.known += value * share;
                self.real += u8::from(value >= 0.5);
            }
            Part::Affix => {
                self.affix += share;
                self.real += 1;
            }
            // Openers and initials are no parts to count: what follows them is.
            Part::Opener => {
                self.opener += 1.0;
                self.real += 1;
                self.parts -= 1;
            }
            Part::Initial => {
                self.initial += 0.5;
                self.parts -= 1;
            }
            Part::Unknown => self.unknown += share,
            Part::Rare => self.unknown += 0.2 * share,
            Part::Ordinary => self.ordinary += 1.0,
            Part::Ambiguous => self.ambiguous += 1.0,
            Part::Place => self.place += 1.0,
            Part::Never => {}
        }
    }
}

/// What token `at` is worth where another part follows it.
fn inner_part_at(cx: &Context<'_>, at: usize) -> Part {
    let parts = &cx.word(at).parts;
    if parts.may_be_initial && cx.is_initial(at) {
        return if cx.is_written_as_initial(at) { Part::Initial } else { Part::Never };
    }
    parts.inner
}

/// What token `at` is worth where it closes a name.
fn last_part_at(cx: &Context<'_>, at: usize, solo: bool) -> Part {
    let parts = &cx.word(at).parts;
    if parts.no_name_if_initial && cx.is_initial(at) {
        return Part::Never;
    }
    if solo { parts.solo } else { parts.last }
}

fn opens(info: &WordInfo) -> bool {
    info.bare.has(Class::Opener) || info.bare.has(Class::Epithet)
}

fn is_bare_name(info: &WordInfo) -> bool {
    info.bare.has(Class::Given) || info.bare.has(Class::Surname)
}

/// A part that another part follows: it carries no ending.
fn inner_part(info: &WordInfo, len: usize) -> Part {
    if opens(info) {
        return Part::Opener;
    }
    if info.bare.has(Class::Middle) {
        return Part::Known(70);
    }
    if is_bare_name(info) {
        return known(info);
    }
    if info.classes.has_any(NOT_INSIDE) || (info.has_entry() && !info.bare.has_any(ENTRIES)) {
        return Part::Never;
    }
    // An ending of several letters closes a name: nothing of it follows.
    let cut = len.saturating_sub(usize::from(info.name_len));
    if cut >= 2 || (cut == 1 && !info.unknown) {
        return Part::Never;
    }
    other(info)
}

/// The part that closes a name; it may carry an ending.
fn last_part(info: &WordInfo, solo: bool) -> Part {
    let cue = info.classes.has_any(PERSON_CUES) && !info.sure.has(Class::Surname);
    if solo && cue {
        return Part::Never;
    }
    // মোহাম্মদ আবদুল is not yet a name; শেখ and কাজী close one now and then.
    if !solo && info.bare.has(Class::Opener) {
        return Part::Known(15);
    }
    if info.is_name_part() {
        return known(info);
    }
    if info.is(Class::Middle) {
        return if solo { Part::Rare } else { Part::Known(70) };
    }
    if info.bare.has(Class::Opener) {
        return if solo { Part::Rare } else { Part::Opener };
    }
    if info.classes.has_any(NOT_INSIDE) {
        return Part::Never;
    }
    other(info)
}

const ENTRIES: ClassSet =
    super::analysis::PLACES.and(super::analysis::ORGANIZATIONS).and(Class::PersonFull.bit());

/// Classes of words that are no parts of names unless a list of names has them too.
const NOT_INSIDE: ClassSet = NO_NAME
    .and(PERSON_CUES)
    .and(Class::OrgHead.bit())
    .and(Class::PlaceHead.bit())
    .and(Class::Honorific.bit())
    .and(Class::OrgBefore.bit())
    .and(Class::NotAcronym.bit());

fn known(info: &WordInfo) -> Part {
    let cue = info.classes.has_any(PERSON_CUES) || info.classes.has_any(NO_NAME);
    match info.common {
        common if cue && common >= 0.85 && info.count >= 5 => Part::Ordinary,
        _ if cue && !info.sure.has(Class::Surname) => Part::Known(10),
        common if common < 0.5 => Part::Known(100),
        common if common < 0.85 => Part::Known(25),
        common if common < 0.95 || info.count < 20 => Part::Known(-30),
        _ => Part::Ambiguous,
    }
}

const RARELY_SEEN: u32 = 8;

/// A word that no list of names knows.
fn other(info: &WordInfo) -> Part {
    if info.affixes.has(Class::AffixWord) {
        return Part::Never;
    }
    if info.is_common() {
        // A word seen a few times may be one of the names that the labels miss.
        let doubtful = info.count < RARELY_SEEN;
        return if doubtful || info.affixes.has(Class::AffixPerson) && info.common < 0.9 {
            Part::Rare
        } else {
            Part::Ordinary
        };
    }
    if info.affixes.has(Class::AffixPerson) && !info.has_place() {
        return Part::Affix;
    }
    if info.has_place() || info.has_organization() {
        return Part::Place;
    }
    if info.letters >= 3 {
        return Part::Never;
    }
    if info.unknown { Part::Unknown } else { Part::Rare }
}
