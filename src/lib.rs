#![forbid(unsafe_code)]
#![warn(missing_docs)]
//! bangla-ner
mod decode;
mod entity;
mod error;
pub mod eval;
mod explain;
mod extractor;
mod gazetteer;
mod kind;
pub mod offsets;
mod pipeline;
pub mod render;
mod rules;
pub mod text;
#[cfg(feature = "tools")]
#[doc(hidden)]
pub mod training;
mod window;

pub use entity::{Entities, Entity, EntityRecord, Evidence, EvidenceRecord};
pub use error::Error;
pub use explain::{Explanation, Verdict, WordNote};
pub use extractor::{Extractor, ExtractorBuilder, Mode, Options};
pub use gazetteer::{Ambiguity, Entry, Gazetteer, GazetteerBuilder, Warning};
pub use kind::Kind;
pub use pipeline::Scratch;
pub use rules::Rule;
pub use text::endings;

/// For the tools that build the bundled tables; nothing here is stable.
#[cfg(feature = "tools")]
#[doc(hidden)]
pub mod tools {
    pub use crate::gazetteer::bundled::{
        AFFIX_FILES, CUE_FILES, CompiledTables, NAME_FILES, Tables, TextTables,
    };
}
