//! Word iteration for users who want the text pass alone.

use std::ops::Range;

use super::scan::Scanner;
use super::token::{Shape, Token};

/// A word of a text: letters, signs, digits and joiners without punctuation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'t> {
    text: &'t str,
    token: Token,
    folded: Vec<u8>,
}

impl<'t> Word<'t> {
    /// The word as written.
    pub fn as_str(&self) -> &'t str {
        self.text.get(self.span()).unwrap_or_default()
    }

    /// Byte offsets of the word in the text, half-open.
    pub fn span(&self) -> Range<usize> {
        self.token.start as usize..self.token.end as usize
    }

    /// The folded bytes of the word; see [`fold`](super::fold()).
    pub fn folded(&self) -> &[u8] {
        &self.folded
    }

    /// Whether a sentence begins with this word (text start, line start, after । ? !).
    pub fn starts_sentence(&self) -> bool {
        self.token.shape.has(Shape::SENTENCE_START)
    }

    /// Whether the word is made of digits only, Bengali or ASCII.
    pub fn is_number(&self) -> bool {
        self.token.shape.has(Shape::NUMBER)
    }
}

/// Iterator over the words of a text; made by [`words`].
#[derive(Clone)]
pub struct Words<'t> {
    text: &'t str,
    scanner: Scanner<'t>,
    sentence_start: bool,
}

/// The words of `text`, in order.
///
/// Bengali letters and signs, joiners, digits and letters of other scripts are inside a
/// word; hyphens and punctuation are not. Each step is linear in the word. At most 4 GiB
/// of text.
///
/// ```
/// use bangla_ner::text::words;
/// let found: Vec<_> = words("‘কর্মী’ কিম জং-উন ও র\u{200D}্যাব।").map(|w| w.as_str()).collect();
/// assert_eq!(found, ["কর্মী", "কিম", "জং", "উন", "ও", "র\u{200D}্যাব"]);
/// ```
pub fn words(text: &str) -> Words<'_> {
    Words { text, scanner: Scanner::new(text), sentence_start: false }
}

impl<'t> Iterator for Words<'t> {
    type Item = Word<'t>;

    fn next(&mut self) -> Option<Word<'t>> {
        loop {
            let mut folded = Vec::new();
            let mut token = self.scanner.next_token(&mut folded)?;
            self.sentence_start |= token.shape.has(Shape::SENTENCE_START);
            if token.is_word() {
                if std::mem::take(&mut self.sentence_start) {
                    token.shape |= Shape::SENTENCE_START;
                }
                folded.drain(..token.fold_start as usize);
                return Some(Word { text: self.text, token, folded });
            }
        }
    }
}
