//! Hooks for the project's own tools and benches; nothing here is stable.

use crate::extractor::Extractor;
use crate::pipeline::{self, Scratch, Window};

pub use crate::gazetteer::bundled::{AFFIX_FILES, CUE_FILES, CompiledTables, NAME_FILES, Tables, TextTables};

/// The text pass alone: folds a text and cuts it into tokens. How many there are.
pub fn scan(scratch: &mut Scratch, text: &str) -> usize {
    let mut tokens = 0;
    pipeline::scan(scratch, text, |window| tokens += window.tokens.len());
    tokens
}

/// The text pass, and every name of the extractor's gazetteers that ends at a word's end or
/// where an ending is licensed: the first two rooms as [`Extractor::extract_with`] uses them.
/// How many hits there are.
pub fn find(extractor: &Extractor, scratch: &mut Scratch, text: &str) -> usize {
    let mut hits = 0;
    pipeline::find(extractor.inner(), scratch, text, |window, _, _| hits += all_hits(window).count());
    hits
}

/// [`find`], with the byte range of each bare name in the text.
pub fn find_spans(
    extractor: &Extractor,
    scratch: &mut Scratch,
    text: &str,
    mut visit: impl FnMut(std::ops::Range<usize>),
) {
    pipeline::find(extractor.inner(), scratch, text, |window, offset, part| {
        for hit in all_hits(window) {
            let range = window.range_of(&hit, part);
            visit(offset + range.start..offset + range.end);
        }
    });
}

fn all_hits(window: &Window) -> impl Iterator<Item = crate::gazetteer::Hit> {
    (0..window.tokens.len()).flat_map(|first| window.hits.at(first))
}
