//! What is found in a text, as it goes over the wire.

use std::cell::RefCell;

use bangla_ner::offsets::{OffsetMap, Unit};
use bangla_ner::{Extractor, Scratch};
use serde::{Deserialize, Serialize};

/// The names of a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// In text order.
    pub entities: Vec<Found>,
}

/// A name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// `person`, `place`, `organization`, or a kind of a list of one's own.
    pub kind: String,
    /// The bare name as written.
    pub name: String,
    /// What is glued to it; empty for a bare name.
    pub ending: String,
    /// Identifier, if a list has one.
    pub id: Option<String>,
    /// In 0..=1.
    pub confidence: f32,
    /// In bytes of UTF-8.
    pub bytes: Offsets,
    /// In characters (Unicode scalar values).
    pub chars: Offsets,
}

/// Where a name lies: half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offsets {
    /// Where the name begins.
    pub start: usize,
    /// Where the bare name ends.
    pub end: usize,
    /// Where its ending ends.
    pub surface_end: usize,
}

thread_local! {
    /// Kept between requests: what is known of the words that came before.
    static SCRATCH: RefCell<Scratch> = RefCell::new(Scratch::new());
}

impl Answer {
    /// The names that an extractor finds.
    ///
    /// ```
    /// use bangla_ner::Extractor;
    /// use bangla_ner_service::Answer;
    ///
    /// let found = Answer::new(Extractor::bundled(), "গতকাল ঢাকায় বৃষ্টি হয়েছে।").entities;
    /// assert_eq!((found[0].name.as_str(), found[0].ending.as_str()), ("ঢাকা", "য়"));
    /// assert_eq!((found[0].chars.start, found[0].chars.end), (6, 10));
    /// ```
    pub fn new(extractor: &Extractor, text: &str) -> Answer {
        SCRATCH.with_borrow_mut(|scratch| {
            let mut chars = OffsetMap::new(text, Unit::Chars);
            let entities = extractor.extract_with(scratch, text).map(|entity| {
                let (name, surface) = (entity.span(), entity.surface_span());
                let bytes = Offsets { start: name.start, end: name.end, surface_end: surface.end };
                // Offsets are asked for in order: the map never goes back.
                let chars = Offsets {
                    start: chars.offset(bytes.start),
                    end: chars.offset(bytes.end),
                    surface_end: chars.offset(bytes.surface_end),
                };
                Found {
                    kind: entity.kind().to_string(),
                    name: entity.name().into(),
                    ending: entity.ending().into(),
                    id: entity.id().map(Into::into),
                    confidence: entity.confidence(),
                    bytes,
                    chars,
                }
            });
            Answer { entities: entities.collect() }
        })
    }
}
