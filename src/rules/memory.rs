//! The document's memory: names found once are known for the rest of the document.

use super::analysis::NO_NAME;
use super::candidates::{Candidate, Candidates, KindId, NameSpan, ORGANIZATION, PERSON};
use super::{Context, Rule, RuleId, rule};
use crate::gazetteer::Class;
use crate::text::token::Shape;
use crate::text::vocabulary::Vocabulary;

pub(super) static RULES: &[Rule] = &[
    rule(
        RuleId::MemoryPart,
        "a part of a person's full name that the document has",
        "এলেন অধ্যাপক [PER:ঝুমরিক ফেনতোলা]। পরে [PER:ফেনতোলা] গান করেন।",
        "এলেন অধ্যাপক [PER:ঝুমরিক ফেনতোলা]। পরে তিনি গান করেন।",
    ),
    rule(
        RuleId::MemorySame,
        "the same name stands elsewhere in the document with good evidence",
        "অধ্যাপক [PER:ঝুমরিক ফেনতোলা] বলেন, বৃষ্টি হবে। পরে [PER:ঝুমরিক ফেনতোলা] গান করেন।",
        "অধ্যাপক [PER:ঝুমরিক ফেনতোলা] বলেন, বৃষ্টি হবে।",
    ),
    rule(
        RuleId::MemoryOther,
        "the parts belong to different persons of the document",
        "এলেন [PER:কামাল হোসেন] ও [PER:রহিম চৌধুরী]। পরে [PER:কামাল] [PER:রহিম]কে ডাকেন।",
        "এলেন [PER:কামাল হোসেন]।",
    ),
];

/// Folded names that a document has shown, with kind.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    whole: Names<Seen>,
    /// Parts of persons' full names, with the number of the first name that has the part.
    parts: Names<u32>,
    persons: u32,
    /// What followed each possible bare name in the forms of names: a bit for each ending.
    forms: Names<u32>,
    /// Spans of the persons in full of a window.
    full: Vec<NameSpan>,
}

/// Something about each of some folded names; room is kept when it is cleared.
#[derive(Debug, Default)]
struct Names<T> {
    names: Vocabulary,
    about: Vec<T>,
    /// Most words are none of these names, which their first letters tell.
    beginnings: Beginnings,
}

impl<T> Names<T> {
    fn clear(&mut self) {
        self.names.clear();
        self.about.clear();
        self.beginnings = Beginnings::default();
    }

    fn len(&self) -> usize {
        self.names.len()
    }

    fn get(&self, name: &[u8]) -> Option<&T> {
        if !self.beginnings.may_have(name) {
            return None;
        }
        self.about.get(self.names.get(name, Shape::NONE)? as usize)
    }

    fn or_insert(&mut self, name: &[u8], new: T) -> Option<&mut T> {
        let number = self.names.number(name, Shape::NONE) as usize;
        if number == self.about.len() {
            self.beginnings.add(name);
            self.about.push(new);
        }
        self.about.get_mut(number)
    }
}

/// Which beginnings of words are worth a look: bit `n` is set when the first two letters
/// of some name are hashed to `n`.
#[derive(Debug, Default)]
struct Beginnings([u64; 8]);

impl Beginnings {
    fn place(word: &[u8]) -> Option<(usize, u64)> {
        let (a, b) = match *word {
            [] => return None,
            [a] => (a, 0),
            [a, b, ..] => (a, b),
        };
        let hash = usize::from(a).wrapping_mul(31) ^ usize::from(b).wrapping_mul(7);
        Some((hash >> 6 & 7, 1 << (hash & 63)))
    }

    fn add(&mut self, word: &[u8]) {
        if let Some((at, bit)) = Beginnings::place(word)
            && let Some(bits) = self.0.get_mut(at)
        {
            *bits |= bit;
        }
    }

    fn may_have(&self, word: &[u8]) -> bool {
        Beginnings::place(word).is_some_and(|(at, bit)| self.0.get(at).is_some_and(|bits| bits & bit != 0))
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    kind: KindId,
    times: u32,
    /// Number of the person in full, 0 for other names.
    person: u32,
}

/// Score from which on a person's name is good enough to vouch for its parts.
const SURE: f32 = 1.5;
/// Distinct names a memory keeps; a longer document goes on with what it has.
const CAPACITY: usize = 100_000;

impl Memory {
    pub(crate) fn clear(&mut self) {
        self.whole.clear();
        self.parts.clear();
        self.forms.clear();
        self.persons = 0;
    }

    /// Learns the selected candidates of a window.
    ///
    /// Parts are learnt only from names with a score of at least [`SURE`].
    pub(crate) fn learn(&mut self, cx: &Context<'_>, selected: impl Iterator<Item = (Candidate, f32)>) {
        for (candidate, score) in selected {
            if self.whole.len() + self.parts.len() > CAPACITY {
                return;
            }
            let name = folded_name(cx, &candidate);
            let new = Seen { kind: candidate.kind, times: 0, person: 0 };
            let Some(seen) = self.whole.or_insert(name, new) else { continue };
            if seen.kind == candidate.kind {
                seen.times += 1;
            }
            let new = seen.times == 1;
            if new && candidate.kind == PERSON && candidate.span.first != candidate.span.last && score >= SURE
            {
                self.persons += 1;
                seen.person = self.persons;
                for at in candidate.span.first as usize..=candidate.span.last as usize {
                    self.learn_part(cx, &candidate, at);
                }
            }
        }
    }

    /// Notes a form of a name: what may be its bare name, and the rest of the word.
    pub(crate) fn note_form(&mut self, stem: &[u8], rest: &[u8]) {
        if self.forms.len() < CAPACITY {
            let number = rest.iter().fold(0u32, |h, &b| h.wrapping_mul(31).wrapping_add(u32::from(b)));
            if let Some(forms) = self.forms.or_insert(stem, 0) {
                *forms |= 1 << (number % 31);
            }
        }
    }

    /// In how many different forms a bare name may have been seen.
    pub(crate) fn forms(&self, stem: &[u8]) -> u32 {
        self.forms.get(stem).map_or(0, |forms| forms.count_ones())
    }

    /// One part of a full name: no opener, initial or ordinary word.
    fn learn_part(&mut self, cx: &Context<'_>, person: &Candidate, at: usize) {
        let info = cx.word(at);
        let last = at == person.span.last as usize;
        let Some(token) = cx.token(at).filter(|t| t.is_word()) else { return };
        let end = if last { person.span.name_end } else { token.fold_end };
        let part = cx.folded.get(token.fold_start as usize..end as usize).unwrap_or_default();
        let weak = info.is(Class::Opener)
            || info.is(Class::Middle)
            || cx.is_initial(at)
            || info.classes.has_any(NO_NAME)
            || (info.count >= 2 && info.common > 0.6);
        if part.len() >= 2 && !weak {
            self.parts.or_insert(part, self.persons);
        }
    }
}

fn folded_name<'a>(cx: &Context<'a>, candidate: &Candidate) -> &'a [u8] {
    let start = cx.token(candidate.span.first as usize).map_or(0, |t| t.fold_start);
    cx.folded.get(start as usize..candidate.span.name_end as usize).unwrap_or_default()
}

/// Adds evidence to candidates that the memory knows, and proposes single words that are
/// parts of persons' names.
pub(super) fn support(cx: &Context<'_>, memory: &mut Memory, selected: &[u32], out: &mut Candidates) {
    if cx.on(RuleId::MemoryPart) && memory.parts.len() > 0 {
        // A part of a full name needs no support from that name itself.
        let mut next = 0;
        let mut names = std::mem::take(&mut memory.full);
        names.clear();
        let full =
            |c: &&Candidate| c.kind == PERSON && c.span.first != c.span.last && !mixes_persons(cx, memory, c);
        names.extend(selected.iter().filter_map(|&id| out.get(id)).filter(full).map(|c| c.span));
        for span in names.iter().map(|s| (s.first as usize, s.last as usize)).chain([(cx.tokens.len(), 0)]) {
            for at in next..span.0 {
                propose_part(cx, memory, at, out);
            }
            next = span.1 + 1;
        }
        memory.full = names;
    }
    for id in 0..out.all().len() as u32 {
        let Some(&candidate) = out.get(id) else { continue };
        let candidate = &candidate;
        if candidate.kind == PERSON && cx.on(RuleId::MemoryOther) && mixes_persons(cx, memory, candidate) {
            out.add(id, RuleId::MemoryOther, 1.0, None);
        }
        if !cx.on(RuleId::MemorySame) {
            continue;
        }
        let known = memory.whole.get(folded_name(cx, candidate));
        let itself = u32::from(candidate.selected);
        if let Some(seen) = known.filter(|s| s.kind == candidate.kind && s.times > itself) {
            let value = if candidate.kind == PERSON || candidate.kind == ORGANIZATION { 1.0 } else { 0.5 };
            let value = value + 0.1 * f32::min(seen.times as f32, 5.0);
            out.add(id, RuleId::MemorySame, value, None);
        }
    }
}

/// Whether the first and the last of two parts belong to different persons that the
/// document names in full, and to no common one.
fn mixes_persons(cx: &Context<'_>, memory: &Memory, candidate: &Candidate) -> bool {
    let span = &candidate.span;
    if span.last != span.first + 1 {
        return false;
    }
    let seen = memory.whole.get(folded_name(cx, candidate)).copied();
    if seen.is_some_and(|s| s.times > 1) {
        return false;
    }
    let last = cx.token(span.last as usize).map_or(0, |t| t.fold_start) as usize;
    let last = cx.folded.get(last..span.name_end as usize).unwrap_or_default();
    let owner = |part: &[u8]| memory.parts.get(part);
    let itself = seen.map_or(0, |s| s.person);
    let other = |part: &[u8]| owner(part).filter(|&&person| person != itself);
    matches!((other(cx.fold(span.first as usize)), other(last)), (Some(a), Some(b)) if a != b)
}

/// A single word that is a part of a full name in this document.
fn propose_part(cx: &Context<'_>, memory: &Memory, at: usize, out: &mut Candidates) {
    if !cx.is_live(at) || !cx.is_word(at) || !memory.parts.beginnings.may_have(cx.fold(at)) {
        return;
    }
    let info = cx.word(at);
    if info.classes.has_any(NO_NAME) {
        return;
    }
    let word = cx.fold(at);
    for (length, ending) in crate::text::endings::cuts(word).take(8) {
        let Some(stem) = word.get(..length as usize) else { continue };
        if memory.parts.get(stem).is_none() {
            continue;
        }
        let id = out.propose(super::span_cut(cx, at, at, (length, ending)), PERSON);
        out.add(id, RuleId::MemoryPart, 1.0, None);
        break;
    }
}
