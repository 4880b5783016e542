//! Where the last word of a name ends and its ending begins, when no list says.
//!
//! ওকাফোর is a surname, সামাহর is সামাহ with an ending: letters, what follows, and the other
//! forms in the document decide. Each cut that the grammar allows has features; their
//! weights lie in the same table as those of the labels, under keys of their own: the
//! weight of no name for all kinds, that of a kind's first token for that kind.

use super::features::{self, Seen};
use super::model::Model;
use super::sums::Exact;
use super::view::label_of;
use crate::gazetteer::Class;
use crate::rules::candidates::{KindId, PERSON, PLACE};
use crate::rules::memory::Memory;
use crate::rules::{Context, NAME_PARTS, ORGANIZATIONS, PLACES};
use crate::text::endings::{self, Ending};
use crate::text::fold::folded;

/// Cuts of a word that are weighed.
const MOST: usize = 12;

/// What two forms of a name in a document speak for the cut that they share.
const FORMS: f32 = 2.5;

/// What speaks against a classifier after an acronym that goes on with it: টি is also the
/// name of T, and is that in all acronyms of the training texts.
const CLASSIFIER: f32 = 3.0;

/// The last word of a name, and what its features may read.
#[derive(Clone, Copy)]
pub(crate) struct Last {
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) kind: KindId,
    /// Lists are read.
    pub(crate) listed: bool,
    /// The words around are read.
    pub(crate) context: bool,
}

/// Folded lengths of the possible names of a word, with their endings.
pub(crate) fn of(word: &[u8]) -> impl Iterator<Item = (u32, Ending)> + '_ {
    endings::cuts(word).take(MOST)
}

/// Features of a name's cut after `at` folded bytes of its last word.
#[cfg(feature = "tools")]
pub(crate) fn features(cx: &Context<'_>, name: Last, at: u32, sink: &mut impl FnMut(u32)) {
    of_word(cx, cx.fold(name.last), at, name.listed, sink);
    of_text(cx, name, at, sink);
}

/// Those of the word by itself.
fn of_word(cx: &Context<'_>, word: &[u8], at: u32, listed: bool, sink: &mut impl FnMut(u32)) {
    let (stem, rest) = word.split_at(word.len().min(at as usize));
    let ending = features::hash(rest);
    let bare = u64::from(rest.is_empty());
    let length = length_of(rest);
    let mut put = |template: u8, value: u64| sink(features::cut_key(template, value));
    put(0, ending);
    for n in 1..=4usize {
        let letters = features::hash(stem.get(stem.len().saturating_sub(n)..).unwrap_or_default());
        put(n as u8, ending ^ letters.rotate_left(17));
        // Of names that end like this, how many are there at all?
        put(4 + n as u8, letters ^ bare);
    }
    put(9, (stem.len().min(7) as u64) << 8 | length);
    put(12, cx.affixes.of(stem).bits() << 8 | length);
    if listed {
        let stat = cx.words.get(stem).unwrap_or_default();
        put(13, features::stat_value(stat) << 8 | length);
        put(14, features::majority(stat).unwrap_or(1 << 32) << 8 | length);
    }
}

/// Those of the name and its neighbours.
fn of_text(cx: &Context<'_>, name: Last, at: u32, sink: &mut impl FnMut(u32)) {
    let rest = cx.fold(name.last).get(at as usize..).unwrap_or_default();
    let (ending, length) = (features::hash(rest), length_of(rest));
    let mut put = |template: u8, value: u64| sink(features::cut_key(template, value));
    put(10, u64::from(name.first == name.last) << 8 | length);
    put(11, ending ^ u64::from(name.first == name.last) << 8);
    if name.listed {
        put(15, listed(cx, name, at) << 8 | length);
    }
    if name.context {
        let next = name.last + 1;
        let (signature, after) = if cx.breaks_before(next) {
            (1 << 62, 1)
        } else {
            let seen = Seen::new(cx, next);
            (seen.signature(), features::ending_value(seen.info.ending))
        };
        put(16, signature ^ ending.rotate_left(9));
        put(17, signature ^ length << 50);
        put(18, after << 8 | length);
        put(19, after ^ ending);
    }
}

/// Whether what was cut off begins with a classifier that goes on with the letter names of
/// an acronym.
fn ends_in_letter(cx: &Context<'_>, word: &[u8], at: u32, ending: Ending) -> bool {
    let with = word.get(..at as usize + folded!("টি").len());
    ending.has_classifier()
        && with.is_some_and(|with| with.ends_with(folded!("টি")) && cx.layers.spelled_letters(with) > 2)
}

/// Endings of three letters and more are alike.
fn length_of(rest: &[u8]) -> u64 {
    rest.len().min(3) as u64
}

/// Which lists have the word up to the cut: for this kind, for another, as a cue; and as
/// the end of a longer name.
fn listed(cx: &Context<'_>, name: Last, at: u32) -> u64 {
    let own = match name.kind {
        PERSON => NAME_PARTS.and(Class::PersonFull.bit()),
        PLACE => PLACES,
        _ => ORGANIZATIONS,
    };
    let Some(end) = cx.token(name.last).map(|t| t.fold_start + at) else { return 0 };
    let mut found = 0;
    for first in name.first..=name.last {
        for hit in cx.hits.at(first).filter(|h| h.last as usize == name.last && h.name_end == end) {
            for entry in cx.layers.entries(&hit) {
                found |= match entry.class {
                    class if own.has(class) && first != name.last => 8,
                    class if own.has(class) => 1,
                    class if class.is_cue() => 4,
                    _ => 2,
                };
            }
        }
    }
    found
}

/// A cut of a word of the vocabulary.
#[derive(Clone, Copy, Debug)]
struct Known {
    at: u32,
    ending: Ending,
    /// What the word by itself says for it: for all kinds and for each.
    sums: Exact,
    /// What speaks against it, whatever the weights say.
    penalty: f32,
}

/// The cuts of the words of a vocabulary that were last words of names.
#[derive(Debug, Default)]
pub(super) struct KnownCuts {
    /// By the word's number where its cuts begin and end; nothing where they are not known.
    words: Vec<(u32, u32)>,
    cuts: Vec<Known>,
}

impl KnownCuts {
    /// Forgets everything: the numbers stand for other words from now on.
    pub(super) fn forget(&mut self) {
        self.words.clear();
        self.cuts.clear();
    }

    /// The cuts of token `at`.
    fn at(&mut self, cx: &Context<'_>, at: usize, model: &Model) -> &[Known] {
        let Some(&number) = cx.numbers.get(at) else { return &[] };
        let number = number as usize;
        if self.words.len() <= number {
            self.words.resize(number + 1, (0, 0));
        }
        let Some(range) = self.words.get_mut(number) else { return &[] };
        if range.1 == 0 {
            let word = cx.fold(at);
            range.0 = self.cuts.len() as u32;
            self.cuts.extend(of(word).map(|(at, ending)| {
                let mut sums = Exact::default();
                of_word(cx, word, at, true, &mut |key| model.add(key, &mut sums));
                let penalty = if ends_in_letter(cx, word, at, ending) { CLASSIFIER } else { 0.0 };
                Known { at, ending, sums, penalty }
            }));
            range.1 = self.cuts.len() as u32;
        }
        self.cuts.get(range.0 as usize..range.1 as usize).unwrap_or_default()
    }

    /// Tells the memory in which forms a name may stand here.
    pub(super) fn note(&mut self, cx: &Context<'_>, last: usize, model: &Model, memory: &mut Memory) {
        let word = cx.fold(last);
        for cut in self.at(cx, last, model) {
            let (stem, rest) = word.split_at(word.len().min(cut.at as usize));
            memory.note_form(stem, rest);
        }
    }

    /// Whether the document has another form of a name, by any of its cuts.
    pub(super) fn has_forms(
        &mut self,
        cx: &Context<'_>,
        last: usize,
        model: &Model,
        memory: &Memory,
    ) -> bool {
        let word = cx.fold(last);
        let has = |cut: &Known| memory.forms(word.get(..cut.at as usize).unwrap_or_default()) > 1;
        self.at(cx, last, model).iter().any(has)
    }

    /// The likeliest cut of a name's last word, also by the forms of the document.
    pub(super) fn best(
        &mut self,
        cx: &Context<'_>,
        name: Last,
        model: &Model,
        memory: &Memory,
    ) -> (u32, Ending) {
        let word = cx.fold(name.last);
        let mut best = (f32::MIN, (word.len() as u32, Ending::BARE));
        let own = usize::from(label_of(name.kind, true));
        let cuts = self.at(cx, name.last, model);
        if let [cut] = cuts {
            return (cut.at, cut.ending);
        }
        for cut in cuts {
            let mut sums = cut.sums;
            of_text(cx, name, cut.at, &mut |key| model.add(key, &mut sums));
            let several = memory.forms(word.get(..cut.at as usize).unwrap_or_default()) > 1;
            let of = |label| sums.of(label, model.unit());
            let score = of(0) + of(own) - cut.penalty + if several { FORMS } else { 0.0 };
            if score > best.0 {
                best = (score, (cut.at, cut.ending));
            }
        }
        best.1
    }
}
