//! Hooks for the trainer of the weights; no stable interface.

use crate::decode::{self, LABELS};
use crate::extractor::Extractor;
use crate::gazetteer::Class;
use crate::pipeline::{self, Scratch};

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
}

/// The tokens of a text with their features, as extraction would read them.
pub fn featurize(extractor: &Extractor, scratch: &mut Scratch, text: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    pipeline::visit_features(extractor.inner(), scratch, text, |cx, sentence, at, offset, features| {
        let Some(token) = cx.token(at) else { return };
        let info = cx.word(at);
        rows.push(Row {
            start: offset + token.start as usize,
            end: offset + token.end as usize,
            word: token.is_word(),
            first: at == sentence.start,
            generic: info.bare.has(Class::Demonym) || info.is(Class::Generic),
            named: info.has_place() || info.has_organization(),
            features,
        });
    });
    rows
}

/// Weights in the compiled form.
pub fn encode(features: &[(u32, [f32; LABELS])], moves: &[[f32; LABELS]; LABELS + 1]) -> Vec<u8> {
    decode::encode(features, moves)
}
