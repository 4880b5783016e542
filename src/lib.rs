#![forbid(unsafe_code)]
#![warn(missing_docs)]
// Whatever the text, nothing panics: each exception says why it cannot.
#![cfg_attr(
    not(test),
    deny(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used, clippy::panic)
)]
//! Finds the **people, places and organisations** in Bengali text as it is really written: any
//! Unicode spelling, any case ending, most names in no list. Offline, no neural net.
//!
//! ```
//! let ner = bangla_ner::Extractor::bundled();
//! let text = "উত্তর কোরিয়ার বার্তা সংস্থা কেসিএনএ জানিয়েছে, ভ্লাদিমির পুতিন পিয়ংইয়ংয়ে যাবেন।";
//! let found: Vec<_> = ner.extract(text).iter().map(|e| (e.kind().as_str(), e.name(), e.ending())).collect();
//! assert_eq!(found, [
//!     ("place", "উত্তর কোরিয়া", "র"),
//!     ("organization", "কেসিএনএ", ""),
//!     ("person", "ভ্লাদিমির পুতিন", ""),
//!     ("place", "পিয়ংইয়ং", "য়ে"),
//! ]);
//! ```
//!
//! # Four types
//!
//! - [`Extractor`]: everything that is fixed between texts. [`Extractor::bundled`] for the
//!   whole language, [`Extractor::builder`] for your names, modes and thresholds.
//! - [`Entity`]: a name found, with [`span`](Entity::span) (bytes, half-open, the bare name),
//!   [`ending`](Entity::ending), [`kind`](Entity::kind), [`id`](Entity::id),
//!   [`confidence`](Entity::confidence) and [`evidence`](Entity::evidence).
//! - [`Gazetteer`]: a list of names, from code, from a table or compiled.
//! - [`Scratch`]: buffers to keep between texts.
//!
//! # Your own names
//!
//! A layer over the bundled one: its unambiguous entries are always found, and it can override or
//! block what lies below. Lists come from code, tables or JSON; [`lint`] says what is odd about them.
//!
//! ```
//! use bangla_ner::{Extractor, Gazetteer, Kind};
//! let mut mine = Gazetteer::builder();
//! mine.names(Kind::from("medicine"), ["নাপা এক্সট্রা"])?.block("ঢাকা")?;
//! let ner = Extractor::builder().gazetteer(mine.build()?).build()?;
//! assert_eq!(ner.extract("তিনি নাপা এক্সট্রাও খেয়েছেন।")[0].kind().as_str(), "medicine");
//! # Ok::<(), bangla_ner::Error>(())
//! ```
//!
//! # Why, and why not
//!
//! Every entity carries its reasons; [`Extractor::explain`] answers for any part of a text what
//! was considered there and what is known of each word. Rules have ids ([`Extractor::rules`]) and
//! can be switched off.
//!
//! ```
//! let ner = bangla_ner::Extractor::bundled();
//! let text = "তাঁর বাড়ি ঝুমরিকান্দা উপজেলায়, বললেন জেলা প্রশাসক।";
//! let found = ner.extract(text);
//! assert_eq!(found[0].name(), "ঝুমরিকান্দা"); // in no list, but উপজেলা follows
//! assert!(found[0].evidence().any(|reason| reason.rule() == "place.generic"));
//! let role = text.find("জেলা প্রশাসক").unwrap();
//! println!("{}", ner.explain(text, role..text.len())); // why this is no name
//! ```
//!
//! # Who is who, and texts without names
//!
//! [`link`] puts together the mentions of one person, place or organisation; [`render`] writes
//! marked or redacted text, HTML, CoNLL, brat and JSON lines.
//!
//! ```
//! use bangla_ner::{Extractor, link, render::{self, Document, Redact}};
//! let text = "রহিমা খাতুনকে পুলিশ জাপানে পাঠায়নি।";
//! let entities = Extractor::bundled().extract(text);
//! assert_eq!(link::groups(&entities)[0].name(), "রহিমা খাতুন");
//! let mut out = Vec::new();
//! render::redact(&mut out, &Document::new(text, &entities), &Redact::new())?;
//! assert_eq!(String::from_utf8_lossy(&out), "█████কে পুলিশ █████এ পাঠায়নি।");
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! # Many texts, large texts
//!
//! A [`Scratch`] keeps what was learned of each word, one for each thread; the feature `rayon`
//! shares texts out to all cores. [`Extractor::extract_reader`] reads files larger than memory,
//! passage by passage.
//!
//! ```
//! use bangla_ner::{Extractor, Scratch};
//! let (ner, mut scratch) = (Extractor::bundled(), Scratch::new());
//! for text in ["খুলনায় বৃষ্টি হয়েছে।", "বৃষ্টি হয়নি সিলেটে।"] {
//!     assert_eq!(ner.extract_with(&mut scratch, text).count(), 1);
//! }
//! ```
//!
//! # The parts alone
//!
//! [`Matcher`] finds the names of your own lists, every one, and nothing else.
//! [`text::fold()`] brings every spelling of a name to one form; [`text::words()`] cuts words as
//! Bengali writes them; [`endings`] is the grammar of what may follow a name; [`eval`] scores an
//! extractor on your labelled text; [`offsets`] converts to characters and UTF-16.
//!
//! # Limits
//!
//! No dates, money, events, works or products; peoples and generic bodies (ভারতীয়, পুলিশ) are no
//! names; no co-reference beyond a document's own names; no spelling correction. On articles that
//! nobody looked at while developing, nine names of ten are found, and one of twelve found is
//! wrong ([`guide::accuracy`]).
//!
//! # Errors and panics
//!
//! Extraction never fails and never panics, on any string; time and memory are linear in it.
//! Building and loading return one [`Error`] that names file, line, column and remedy.
//!
//! # Cost
//!
//! The tables are in the executable, about 3.5 MB, and used in place: nothing is fetched or
//! parsed, and a process has its first answer in about a millisecond. News is read at several
//! megabytes a second on one thread, from 6 MB of memory ([`guide::performance`]). A [`Scratch`] that
//! has seen ever new words grows to about 30 MB, then begins anew.
//!
//! # Features
//!
//! None is on by default.
//!
//! - `json`: lists of names as JSON Lines ([`GazetteerBuilder`]'s `jsonl`) and as patterns of
//!   spaCy's EntityRuler (`patterns`), through `serde_json`.
//! - `rayon`: `Extractor::extract_batch`, many texts on all cores.
//! - `tools`: hooks for the project's own compilers; not stable.
//!
//! # Guide
//!
//! [`guide`] holds the documents: [the grammar of endings, the fold and what a name
//! is](guide::linguists), [the design](guide::design), [the tables](guide::gazetteers), [other
//! tools](guide::compare).
#[cfg(feature = "rayon")]
mod batch;
mod decode;
mod entity;
mod error;
pub mod eval;
mod explain;
mod extractor;
mod gazetteer;
// Documents only: ordinary builds do without their text.
#[cfg(any(doc, doctest))]
pub mod guide;
mod kind;
pub mod link;
mod matcher;
pub mod offsets;
mod picks;
mod pipeline;
pub mod render;
mod rules;
mod stream;
pub mod text;
#[cfg(feature = "tools")]
#[doc(hidden)]
pub mod tools;
#[cfg(feature = "tools")]
#[doc(hidden)]
pub mod training;
mod window;

pub use entity::{Entities, Entity, EntityRecord, Evidence, EvidenceRecord};
pub use error::Error;
pub use explain::{Explanation, Verdict, WordNote};
pub use extractor::{Extractor, ExtractorBuilder, Mode, Options};
pub use gazetteer::{Ambiguity, Entry, Gazetteer, GazetteerBuilder, lint};
pub use kind::Kind;
pub use matcher::{Match, Matcher};
pub use pipeline::Scratch;
pub use rules::Rule;
pub use stream::{Passage, Passages};
pub use text::endings;
