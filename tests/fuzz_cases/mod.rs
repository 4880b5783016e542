//! What the fuzz targets do with their bytes: laws that hold whatever the bytes are.
//!
//! `fuzz/` calls these functions with what libFuzzer makes up; `tests/fuzz_replay.rs` with
//! the files that are kept there. A broken law is a panic. What needs the crate's feature
//! `tools` is left out without it.

mod eval_readers;
mod extract;
mod fold;
mod gazetteer_bytes;
mod gazetteer_tsv;
mod spans;
#[cfg(feature = "tools")]
mod weights_bytes;

use std::sync::LazyLock;

use bangla_ner::{Extractor, Mode};

/// What a target does with its bytes.
pub type Case = fn(&[u8]);

/// Every target by name.
pub const TARGETS: &[(&str, Case)] = &[
    ("extract", extract::run),
    ("fold", fold::run),
    ("gazetteer_bytes", gazetteer_bytes::run),
    ("gazetteer_tsv", gazetteer_tsv::run),
    #[cfg(feature = "tools")]
    ("weights_bytes", weights_bytes::run),
    ("eval_readers", eval_readers::run),
];

/// A text for extractors that are made of the fuzzer's bytes: listed and unlisted names,
/// endings, lists, quotes, brackets, several scripts, and the names of the seeds.
const TEXT: &str = "উত্তর কোরিয়ার বার্তা সংস্থা কেসিএনএ জানিয়েছে, প্রেসিডেন্ট কিম জং-উন পিয়ংইয়ংয়ে যাবেন।\n\
    নাপা এক্সট্রাও খেয়েছেন ঝুমরিকার মোঃ আবদুল করিম, কামাল ও জামাল (ঢাকা বিশ্ববিদ্যালয়)।\n\n\
    ‘চাঁদের হাট’ BNP-র ঝুমরিকান্ত হালদারের, কর\u{9BF}ম বললেন—র\u{200D}্যাব-১০ খুলনাতেই! ককক ক কা\n";

/// The bundled extractors of both modes.
fn modes() -> &'static [Extractor; 2] {
    static MODES: LazyLock<[Extractor; 2]> = LazyLock::new(|| {
        [Mode::Rules, Mode::Learned].map(|mode| Extractor::builder().mode(mode).build().unwrap())
    });
    &MODES
}
