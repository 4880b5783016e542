//! Hooks for the trainer of the weights; no stable interface.

use std::ops::Range;

use crate::decode::listing::{self, Listing};
use crate::decode::{self, LABELS, cuts};
use crate::extractor::Extractor;
use crate::gazetteer::Class;
use crate::pipeline::{self, Scratch};
use crate::text::endings;

/// Number of labels.
pub const LABEL_COUNT: usize = LABELS;

/// One token as the weights read it.
#[derive(Clone, Debug)]
pub struct Row {
    /// Byte offsets in the text.
    pub start: usize,
    /// End, exclusive.
    pub end: usize,
    /// A word, not a mark.
    pub word: bool,
    /// The first token of its sentence.
    pub first: bool,
    /// Known as a demonym or generic noun and as nothing else.
    pub generic: bool,
    /// Known as a place or body, without regard to its neighbours.
    pub named: bool,
    /// Keys of the features.
    pub features: Vec<u32>,
    /// What each of them is about: the number of its [`topic`].
    pub topics: Vec<u8>,
    /// The first so many of them are of the word and of its neighbours, each by itself.
    pub of_words: usize,
}

/// What a feature is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Topic {
    /// The family that evidence shows, as `learned.form`.
    pub family: &'static str,
    /// The name of its template.
    pub template: &'static str,
    /// Of a neighbour, which of its facts; else 0.
    pub fact: u8,
}

/// The topic of a number in [`Row::topics`].
pub fn topic(number: u8) -> Option<Topic> {
    let (template, fact) = listing::topic(number)?;
    Some(Topic { family: template.family().name(), template: template.name(), fact })
}

/// The tokens of a text with their features, as extraction would read them.
pub fn featurize(extractor: &Extractor, scratch: &mut Scratch, text: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    pipeline::visit_features(
        extractor.inner(),
        scratch,
        text,
        |cx, sentence, at, offset, Listing { keys, topics, of_words }| {
            let Some(token) = cx.token(at) else { return };
            let info = cx.word(at);
            rows.push(Row {
                start: offset + token.start as usize,
                end: offset + token.end as usize,
                word: token.is_word(),
                first: at == sentence.start,
                generic: info.bare.has(Class::Demonym) || info.is(Class::Generic),
                named: info.has_place() || info.has_organization(),
                features: keys,
                topics,
                of_words,
            });
        },
    );
    rows
}

/// A marked name as the choice of its cut reads it.
#[derive(Clone, Debug)]
pub struct CutRow {
    /// Number of the kind: person, place, organization.
    pub kind: u8,
    /// Keys of the features of each cut that the grammar allows.
    pub cuts: Vec<Vec<u32>>,
    /// Which of them is the true one.
    pub right: usize,
    /// Which of them the rules would take for the word by itself.
    pub rules: Option<usize>,
}

/// What the choice of a cut may read.
#[derive(Clone, Copy, Debug)]
pub struct CutView {
    /// Lists and word counts.
    pub lists: bool,
    /// The words around.
    pub context: bool,
}

/// The cuts of marked names (byte ranges of the bare names, with the number of the kind).
/// Names that do not end at a cut that the grammar allows are left out.
pub fn featurize_cuts(
    extractor: &Extractor,
    scratch: &mut Scratch,
    text: &str,
    names: &[(Range<usize>, u8)],
    view: CutView,
) -> Vec<CutRow> {
    let mut rows = Vec::new();
    pipeline::visit_windows(extractor.inner(), scratch, text, |cx, offset, part| {
        let (from, to) = (offset, offset + part.len());
        for (name, kind) in names.iter().filter(|(name, _)| name.start >= from && name.end <= to) {
            let first = cx.tokens.partition_point(|t| offset + t.end as usize <= name.start);
            let last = cx.tokens.partition_point(|t| offset + (t.start as usize) < name.end);
            let Some((last, token)) = last.checked_sub(1).and_then(|i| Some((i, cx.token(i)?))) else {
                continue;
            };
            let ends_there = |&(at, _): &(u32, _)| {
                offset + endings::boundary(part, token, token.fold_start + at) == name.end
            };
            let Some(right) = cuts::of(cx.fold(last)).position(|cut| ends_there(&cut)) else { continue };
            let rules = cuts::of(cx.fold(last)).position(|(at, _)| at == u32::from(cx.word(last).name_len));
            let name = cuts::Last { first, last, kind: *kind, listed: view.lists, context: view.context };
            let features = |(at, _)| {
                let mut keys = Vec::new();
                cuts::features(cx, name, at, &mut |key| keys.push(key));
                keys
            };
            let cuts = cuts::of(cx.fold(last)).map(features).collect();
            rows.push(CutRow { kind: *kind, cuts, right, rules });
        }
    });
    rows
}

/// Weights in the compiled form.
///
/// Of a feature's weights the last is that of the gate, which lets tokens through whose sum
/// reaches `threshold`.
pub fn encode(
    features: &[(u32, [f32; LABELS + 1])],
    moves: &[[f32; LABELS]; LABELS + 1],
    threshold: f32,
) -> Vec<u8> {
    decode::encode(features, moves, threshold)
}
