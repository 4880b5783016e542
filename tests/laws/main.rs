//! Laws: what holds for every text and every list of names, in both modes.
//!
//! 256 cases of each are tried; before a release many more:
//!
//! ```text
//! PROPTEST_CASES=10000 cargo test --release --test laws
//! ```
//!
//! The fold's own laws stand in `tests/fold.rs`, those of matching beside it, in
//! `src/gazetteer/laws.rs`, and those of decoding in `src/decode/laws.rs`: they need what
//! is private.

mod formats;
mod layers;
mod paragraphs;
mod same_answers;
mod spans;
mod spellings;
mod text;

use std::sync::LazyLock;

use bangla_ner::{Entity, EntityRecord, Extractor, ExtractorBuilder, Mode};

/// Builders of both modes.
fn builders() -> [ExtractorBuilder; 2] {
    [Mode::Learned, Mode::Rules].map(|mode| Extractor::builder().mode(mode))
}

/// The bundled extractors of both modes.
fn modes() -> &'static [Extractor; 2] {
    static MODES: LazyLock<[Extractor; 2]> = LazyLock::new(|| builders().map(|b| b.build().unwrap()));
    &MODES
}

/// The entities of a text with everything that is known of them.
fn records(ner: &Extractor, text: &str) -> Vec<EntityRecord> {
    ner.extract(text).iter().map(Entity::to_record).collect()
}
