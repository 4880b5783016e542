//! Fourth room: from candidates and their evidence to the names.
//!
//! Two ways. *Rules* select the best set of disjoint candidates by summed evidence
//! ([`select`]). *Learned weights* read that evidence, token by token, and decide by a
//! linear chain of labels ([`learned`]); what a user listed is a constraint for both.

mod crf;
pub(crate) mod cuts;
mod features;
#[cfg(test)]
mod laws;
mod learned;
#[cfg(feature = "tools")]
pub(crate) mod listing;
mod model;
mod quotes;
mod select;
mod sums;
mod view;
mod weights;

pub(crate) use features::Family;
pub(crate) use learned::Learned;
#[cfg(feature = "tools")]
pub(crate) use learned::Sentence;
pub(crate) use model::Model;
#[cfg(feature = "tools")]
pub(crate) use model::encode;
pub(crate) use select::{Selection, confidence, score_at};
#[cfg(feature = "tools")]
pub(crate) use view::LABELS;
pub(crate) use weights::weight;

/// The weights that ship with the crate.
pub(crate) fn bundled_model() -> Result<Option<Model>, crate::error::Error> {
    static WEIGHTS: &[u8] = include_bytes!("../../gazetteers/compiled/weights.bin");
    if WEIGHTS.is_empty() { Ok(None) } else { Model::from_bytes(WEIGHTS).map(Some) }
}

/// Buffers of the decoders, kept between calls.
#[derive(Debug, Default)]
pub(crate) struct Decoder {
    pub(crate) selection: Selection,
    pub(crate) learned: Learned,
}
