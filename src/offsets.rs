//! Byte offsets in other units: characters (code points) and UTF-16 units.
//!
//! All of this crate counts bytes. Editors, Python and brat count code points,
//! JavaScript and Java count UTF-16 units.

use std::ops::Range;

/// What an [`OffsetMap`] counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unit {
    /// Unicode scalar values, as `str::chars` gives them.
    Chars,
    /// UTF-16 code units, as JavaScript and Java index strings.
    Utf16,
}

/// Converts byte offsets of one text into another unit.
///
/// Ascending offsets, as entities have them, cost one pass over the text in all; going
/// back starts over.
///
/// ```
/// use bangla_ner::offsets::{OffsetMap, Unit};
/// let text = "😀 ঢাকায় রোদ";
/// let found = bangla_ner::Extractor::bundled().extract(text);
/// let span = found[0].span();
/// assert_eq!(OffsetMap::new(text, Unit::Chars).range(span.clone()), 2..6);
/// assert_eq!(OffsetMap::new(text, Unit::Utf16).range(span), 3..7);
/// ```
#[derive(Clone, Debug)]
pub struct OffsetMap<'t> {
    text: &'t str,
    unit: Unit,
    byte: usize,
    count: usize,
}

impl<'t> OffsetMap<'t> {
    /// A map for `text`.
    pub fn new(text: &'t str, unit: Unit) -> OffsetMap<'t> {
        OffsetMap { text, unit, byte: 0, count: 0 }
    }

    /// The offset of byte `byte` in the map's unit. A byte inside a character counts as
    /// its beginning, one beyond the text as the end.
    pub fn offset(&mut self, byte: usize) -> usize {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        if byte < self.byte {
            (self.byte, self.count) = (0, 0);
        }
        let between = self.text.get(self.byte..byte).unwrap_or_default();
        self.count += match self.unit {
            Unit::Chars => between.chars().count(),
            Unit::Utf16 => between.encode_utf16().count(),
        };
        self.byte = byte;
        self.count
    }

    /// A byte range in the map's unit.
    pub fn range(&mut self, bytes: Range<usize>) -> Range<usize> {
        let start = self.offset(bytes.start);
        start..self.offset(bytes.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_boundary_agrees_with_counting() {
        let text = "ক😀খ\u{200D}গ a";
        let mut chars = OffsetMap::new(text, Unit::Chars);
        let mut utf16 = OffsetMap::new(text, Unit::Utf16);
        for byte in (0..=text.len() + 3).chain((0..=text.len()).rev()) {
            let cut = (0..=byte.min(text.len())).rev().find(|&b| text.is_char_boundary(b)).unwrap();
            assert_eq!(chars.offset(byte), text[..cut].chars().count());
            assert_eq!(utf16.offset(byte), text[..cut].encode_utf16().count());
        }
    }
}
