//! The usual case of the text pass: words of Bengali letters between spaces.
//!
//! Nearly every word of a text is read here, four bytes at a time by one table, in a
//! register. Whatever is not plain — joiners, marks, other scripts, abbreviations, words of
//! more than [`MOST`] letters — is left to the [`Scanner`], which reads everything and by
//! the same rules.

use super::fold::{DANDA, E_SIGN, VIRAMA, VISARGA, bengali, with_nukta};
use super::scan::Scanner;
use super::token::{Shape, Token};

/// Folded bytes of a plain word, at most; the last letter may be two.
const MOST: u32 = 14;

/// Letters that change nothing but a vowel sign after them.
const PLAIN: u8 = 1;
const SIGN: u8 = 1 << 1;
/// The sign of আ, which joins অ and ে.
const AA: u8 = 1 << 2;
const HASANTA: u8 = 1 << 3;
const DIGIT: u8 = 1 << 4;
const NUKTA: u8 = 1 << 5;
/// ৎ: two folded bytes.
const KHANDA_TA: u8 = 1 << 6;
const OTHER: u8 = 1 << 7;
/// What is more than a byte to be appended, whatever stands before it.
const SPECIAL: u8 = NUKTA | KHANDA_TA | OTHER;

/// What there is to know of a code point of the Bengali block.
#[derive(Clone, Copy)]
struct Letter {
    /// Its folded byte.
    byte: u8,
    /// What it is, as a bit,
    is: u8,
    /// and what needs a second look after it.
    bars: u8,
    /// Number in [`SHAPES`].
    shape: u8,
}

/// What stands before a word.
const START: Letter = Letter { byte: 0, is: 0, bars: !(PLAIN | DIGIT), shape: 0 };

/// Shapes of words without letters and digits (there are none), with letters, with digits
/// and with both.
const SHAPES: [Shape; 4] = [
    Shape::NONE,
    Shape::WORD.or(Shape::BENGALI).or(Shape::LETTERS),
    Shape::WORD.or(Shape::DIGITS).or(Shape::NUMBER),
    Shape::WORD.or(Shape::BENGALI).or(Shape::LETTERS).or(Shape::DIGITS),
];

static LETTERS: [Letter; 128] = {
    let mut letters = [Letter { byte: 0, is: OTHER, bars: !0, shape: 0 }; 128];
    let mut i = 0;
    while i < 128 {
        let c = char::from_u32(0x980 + i as u32);
        let (is, bars) = match c {
            Some('অ') => (PLAIN, SPECIAL | AA),
            Some('ং' | 'ঃ' | 'আ'..='ঌ' | 'এ' | 'ঐ' | 'ও'..='ন' | 'প'..='র' | 'ল' | 'শ'..='হ') => {
                (PLAIN, SPECIAL)
            }
            Some('\u{09DC}' | '\u{09DD}' | '\u{09DF}') => (PLAIN, SPECIAL),
            Some('া') => (SIGN | AA, SPECIAL),
            Some('ে') => (SIGN, SPECIAL | AA),
            Some('ি'..='ৄ' | 'ৈ' | 'ো' | 'ৌ') => (SIGN, SPECIAL),
            // Signs change places with it.
            Some('ঁ') => (SIGN, SPECIAL | SIGN),
            Some('্') => (HASANTA, !PLAIN),
            Some('০'..='৯') => (DIGIT, SPECIAL),
            Some('়') => (NUKTA, !0),
            Some('ৎ') => (KHANDA_TA, SPECIAL | HASANTA),
            _ => (OTHER, !0),
        };
        let byte = if is == DIGIT { b'0' + (i - 0x66) as u8 } else { 0x80 | i as u8 };
        letters[i] = Letter { byte, is, bars, shape: if is == DIGIT { 2 } else { 1 } };
        i += 1;
    }
    letters
};

/// A plain word as it was read.
struct Word {
    /// Its folded bytes, from the lowest up.
    bytes: u128,
    len: u32,
    /// Number in [`SHAPES`].
    shape: u8,
    /// Where the text goes on.
    end: usize,
}

impl Scanner<'_> {
    /// Cuts plain words, and what stands between them, as far as there is nothing else.
    pub(super) fn plain(&mut self, out: &mut Vec<u8>, tokens: &mut Vec<Token>) {
        let bytes = self.text.as_bytes();
        let mut at = self.pos() as usize;
        while let Some(next) = four(bytes, at) {
            match next as u8 {
                b' ' => {
                    self.space();
                    at += 1;
                }
                0xE0 => {
                    let (word, end) = if is_danda(next) {
                        (None, at + 3)
                    } else if let Some(word) = word(bytes, at) {
                        let end = word.end;
                        (Some(word), end)
                    } else {
                        break;
                    };
                    let opened = self.open(out);
                    let fold_start = out.len() as u32;
                    let shape = match word {
                        Some(word) => {
                            out.extend_from_slice(&word.bytes.to_le_bytes());
                            out.truncate(fold_start as usize + word.len as usize);
                            opened | SHAPES[usize::from(word.shape & 3)]
                        }
                        None => {
                            out.push(DANDA);
                            self.end_sentence();
                            opened | Shape::PUNCTUATION | Shape::TERMINAL
                        }
                    };
                    let fold_end = out.len() as u32;
                    tokens.push(Token { start: at as u32, end: end as u32, fold_start, fold_end, shape });
                    at = end;
                }
                b',' => {
                    let shape = self.open(out) | Shape::PUNCTUATION;
                    let fold_start = out.len() as u32;
                    out.push(b',');
                    let end = at as u32 + 1;
                    tokens.push(Token { start: at as u32, end, fold_start, fold_end: fold_start + 1, shape });
                    at += 1;
                }
                _ => break,
            }
        }
        self.move_to(at);
    }
}

/// The next four bytes, the first one lowest.
#[inline]
fn four(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|chunk| u32::from_le_bytes(*chunk))
}

/// Whether a code point of the Bengali block stands next.
#[inline]
fn is_bengali(next: u32) -> bool {
    next & 0xFEFF == 0xA6E0
}

/// । or ॥.
#[inline]
fn is_danda(next: u32) -> bool {
    next & 0xFE_FFFF == 0xA4_A5E0
}

/// Whether a word surely ends before what stands next: neither a mark nor a joiner.
#[inline]
fn ends_word(next: u32) -> bool {
    let byte = next as u8;
    if byte.is_ascii() {
        !byte.is_ascii_alphanumeric()
    } else {
        // Dashes and quotation marks are U+2010 to U+201F.
        is_danda(next) || next & 0xF0_FFFF == 0x90_80E2
    }
}

/// The word at `at`, if it is plain.
#[inline]
fn word(bytes: &[u8], at: usize) -> Option<Word> {
    let mut end = at;
    // The folded bytes come in from above.
    let mut folded = 0u128;
    let mut len = 0;
    let mut shape = 0;
    let mut last = START;
    let next = loop {
        let next = four(bytes, end)?;
        if !is_bengali(next) {
            break next;
        }
        let number = next >> 16 & 0x3F | next >> 2 & 0x40;
        let mut letter = LETTERS[number as usize & 127];
        end += 3;
        if letter.is & last.bars != 0 {
            if letter.is == NUKTA && last.is == PLAIN {
                folded = with_last(folded, with_nukta(last.byte));
                last = Letter { is: 0, bars: last.bars | HASANTA, ..last };
                continue;
            }
            if letter.is & AA != 0 && last.bars & AA != 0 && last.bars & SIGN == 0 {
                letter.byte = bengali(if last.byte == E_SIGN { 'ো' } else { 'আ' });
                folded = with_last(folded, letter.byte);
                last = letter;
                continue;
            }
            if letter.is != KHANDA_TA {
                return None;
            }
            folded = folded >> 8 | u128::from(bengali('ত')) << 120;
            len += 1;
            letter.byte = VIRAMA;
        }
        folded = folded >> 8 | u128::from(letter.byte) << 120;
        len += 1;
        shape |= letter.shape;
        last = letter;
        if len > MOST {
            return None;
        }
    };
    let bytes = folded >> ((128 - 8 * len) & 127);
    let plain = last.is != HASANTA && ends_word(next) && !may_be_short(bytes as u8, last.byte, len, next);
    plain.then_some(Word { bytes, len, shape, end })
}

/// Folded bytes with another last one.
#[inline]
fn with_last(folded: u128, byte: u8) -> u128 {
    folded & (u128::MAX >> 8) | u128::from(byte) << 120
}

/// Whether a word may be an abbreviation: by its mark, or one of those that stand without.
#[inline]
fn may_be_short(first: u8, last: u8, len: u32, next: u32) -> bool {
    matches!(next as u8, b'.' | b':') || last == VISARGA || (first == bengali('ম') && matches!(len, 2 | 4))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::fold::ABBREVIATIONS;

    fn check(text: &str) {
        let (mut usual, mut tokens) = (Vec::new(), Vec::new());
        Scanner::run(text, &mut usual, &mut tokens);
        let mut all = Vec::new();
        let mut scanner = Scanner::new(text);
        let expected: Vec<Token> = std::iter::from_fn(|| scanner.next_token(&mut all)).collect();
        assert_eq!(usual, all, "{text:?}");
        assert_eq!(tokens, expected, "{text:?}");
    }

    #[test]
    fn abbreviations_are_read_alike() {
        for word in ABBREVIATIONS {
            for mark in ["", ".", ":", "ঃ", "ঃ.", " ", "।", ":\n", "টি"] {
                check(&format!("ও {word}{mark} ক "));
                check(&format!("{word}{mark}"));
            }
        }
    }

    #[test]
    fn every_pair_of_letters_is_read_alike() {
        let letters = ('\u{0980}'..='\u{09FF}').chain([' ', '1', 'a', '-', '\u{200D}', '\u{0301}', '’', '।']);
        for (one, two) in letters.clone().flat_map(|one| letters.clone().map(move |two| (one, two))) {
            check(&format!("{one}{two} ক "));
            check(&format!("ক{one}{two}ক "));
            check(&format!("অ\u{09CD}{one}{two}\u{09BC} ।"));
        }
    }

    fn text() -> impl Strategy<Value = String> {
        let often = prop::sample::select(vec![
            '\u{09BC}', '\u{09CD}', '\u{09BE}', '\u{09C7}', '\u{09D7}', '\u{0981}', '\u{0983}', 'ড', 'য',
            'ম', 'ো', 'অ', 'ৎ', 'ক', 'ৰ', '৭',
        ]);
        let between = prop::sample::select(vec![
            '\u{200C}', '\u{200D}', '\u{00A0}', '\n', '\r', '.', ':', '-', '।', '॥', '’', '”', '\u{0301}',
            ',', '\u{0334}', '\u{1CED}', 'a', '7', '"',
        ]);
        let piece = prop_oneof![
            6 => prop::char::range('\u{0980}', '\u{09FF}'),
            6 => often,
            3 => Just(' '),
            2 => between,
            1 => any::<char>(),
        ];
        prop::collection::vec(piece, 0..60).prop_map(|chars| chars.into_iter().collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn every_text_is_read_alike(text in text()) {
            check(&text);
        }
    }
}
