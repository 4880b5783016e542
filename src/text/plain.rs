//! The usual case of the text pass: words of Bengali letters between spaces.
//!
//! Nearly every word of a text is read here, four bytes at a time by one table, in a
//! register; most of them by [`glance`]. Whatever is not plain — marks, other scripts,
//! abbreviations, words of more than sixteen letters — is left to the [`Scanner`], which reads
//! everything and by the same rules.

use super::fold::{DANDA, E_SIGN, VIRAMA, VISARGA, bengali, with_nukta};
use super::glance;
use super::scan::Scanner;
use super::token::{Shape, Token};
use super::urls;

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
const AFTER_HASANTA: u8 = !PLAIN;

/// What there is to know of a code point of the Bengali block.
#[derive(Clone, Copy)]
pub(super) struct Letter {
    /// Its folded byte.
    pub(super) byte: u8,
    /// What it is, as a bit,
    pub(super) is: u8,
    /// and what needs a second look after it.
    bars: u8,
    /// The same where words of letters alone are read, that end after any letter but these:
    /// at least [`NO_END`] after those.
    pub(super) bars_all: u8,
}

const fn letter(byte: u8, is: u8, bars: u8) -> Letter {
    let bars_all = match byte {
        VISARGA => !0,
        _ => bars | DIGIT,
    };
    Letter { byte, is, bars, bars_all }
}

/// What may not come first in a word of letters.
pub(super) const FIRST: u8 = !PLAIN;
/// See [`Letter::bars_all`].
pub(super) const NO_END: u8 = AFTER_HASANTA;

pub(super) const LETTERS_ONLY: Shape = Shape::WORD.or(Shape::BENGALI).or(Shape::LETTERS);
const DIGITS_ONLY: Shape = Shape::WORD.or(Shape::DIGITS).or(Shape::NUMBER);
const LETTERS_AND_DIGITS: Shape = LETTERS_ONLY.or(Shape::DIGITS);

#[expect(clippy::indexing_slicing, reason = "evaluated while compiling, where it would fail")]
pub(super) static LETTERS: [Letter; 512] = {
    let mut letters = [letter(0, OTHER, !0); 512];
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
            Some('্') => (HASANTA, AFTER_HASANTA),
            Some('০'..='৯') => (DIGIT, SPECIAL),
            Some('়') => (NUKTA, !0),
            Some('ৎ') => (KHANDA_TA, SPECIAL | HASANTA),
            _ => (OTHER, !0),
        };
        let byte = if is == DIGIT { b'0' + (i - 0x66) as u8 } else { 0x80 | i as u8 };
        letters[place_of(i as u8)] = letter(byte, is, bars);
        i += 1;
    }
    letters
};

/// A plain word as it was read.
pub(super) struct Word {
    /// Its folded bytes, the first one lowest: the first eight and those after.
    pub(super) low: u64,
    pub(super) high: u64,
    pub(super) len: u32,
    pub(super) shape: Shape,
    /// Where the text goes on.
    pub(super) end: usize,
}

impl Scanner<'_> {
    /// Cuts plain words and the usual marks as far as there is nothing else. Whether there
    /// is a mark of an address.
    pub(super) fn plain(&mut self, out: &mut Vec<u8>, tokens: &mut Vec<Token>) -> bool {
        let mut addresses = false;
        let bytes = self.text.as_bytes();
        let mut at = self.pos() as usize;
        // Whether a space stands before, and before it a word or the mark after one: so do most
        // words.
        let mut spaced = false;
        loop {
            if bytes.get(at) == Some(&0xE0)
                && let Some(word) = glance::word(bytes, at).or_else(|| word(bytes, at))
            {
                let opened = if spaced { self.open_sentence() } else { self.open(out) };
                tokens.push(word.write(out, at, spaced, opened));
                at = word.end;
                if let Some((byte, end)) = mark_after_word(bytes, at) {
                    tokens.push(self.glued(out, (at, end), byte));
                    at = end;
                }
                spaced = bytes.get(at) == Some(&b' ');
                if spaced {
                    at += 1;
                    continue;
                }
            }
            if std::mem::take(&mut spaced) {
                self.space();
            }
            let Some(next) = four(bytes, at) else { break };
            match next as u8 {
                b' ' => {
                    self.space();
                    at += 1;
                }
                b'\n' => {
                    self.line_end('\n');
                    at += 1;
                }
                _ => {
                    let Some((mark, byte, end)) = mark(next, at) else { break };
                    self.move_to(end);
                    addresses |= urls::may_begin(byte);
                    tokens.push(if mark == '-' {
                        self.single(out, at as u32, byte, Shape::HYPHEN)
                    } else {
                        self.punctuation(out, at as u32, mark, Some(byte))
                    });
                    at = end;
                }
            }
        }
        self.move_to(at);
        addresses
    }
}

impl Word {
    /// Appends the folded bytes, after a space if there is one before the word, which begins
    /// at `start`.
    #[inline(always)]
    fn write(&self, out: &mut Vec<u8>, start: usize, spaced: bool, opened: Shape) -> Token {
        // All sixteen bytes, as that takes no loop.
        let fold_start = out.len() + usize::from(spaced);
        let [l0, l1, l2, l3, l4, l5, l6, l7] = self.low.to_le_bytes();
        let [h0, h1, h2, h3, h4, h5, h6, h7] = self.high.to_le_bytes();
        if spaced {
            out.extend_from_slice(&[b' ', l0, l1, l2, l3, l4, l5, l6, l7, h0, h1, h2, h3, h4, h5, h6, h7]);
        } else {
            out.extend_from_slice(&[l0, l1, l2, l3, l4, l5, l6, l7, h0, h1, h2, h3, h4, h5, h6, h7]);
        }
        let fold_end = fold_start + self.len as usize;
        out.truncate(fold_end);
        Token {
            start: start as u32,
            end: self.end as u32,
            fold_start: fold_start as u32,
            fold_end: fold_end as u32,
            shape: opened | self.shape,
        }
    }
}

/// The next four bytes, the first one lowest.
#[inline]
pub(super) fn four(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|chunk| u32::from_le_bytes(*chunk))
}

/// । or ॥.
#[inline]
fn is_danda(next: u32) -> bool {
    next & 0xFE_FFFF == 0xA4_A5E0
}

/// Whether a word surely ends before what stands next: neither a mark nor a joiner, nor
/// what may close an abbreviation.
#[inline]
pub(super) fn ends_word(next: u32) -> bool {
    let byte = next as u8;
    if byte == b' ' {
        true
    } else if byte.is_ascii() {
        !byte.is_ascii_alphanumeric() && !matches!(byte, b'.' | b':')
    } else {
        // Dashes and quotation marks are U+2010 to U+201F.
        is_danda(next) || next & 0xF0_FFFF == 0x90_80E2
    }
}

/// The folded byte of a mark that usually stands after a word, and where the text goes on.
#[inline]
fn mark_after_word(bytes: &[u8], at: usize) -> Option<(u8, usize)> {
    let next = four(bytes, at)?;
    match next as u8 {
        byte @ (b',' | b';' | b')' | b'?' | b'!') => Some((byte, at + 1)),
        _ => is_danda(next).then_some((DANDA, at + 3)),
    }
}

/// A usual mark, its folded byte, and where the text goes on.
#[inline]
fn mark(next: u32, at: usize) -> Option<(char, u8, usize)> {
    let byte = next as u8;
    match byte {
        b'`' => None,
        _ if byte.is_ascii_punctuation() => Some((byte as char, byte, at + 1)),
        0xE0 if is_danda(next) => Some(('।', DANDA, at + 3)),
        _ => match next & 0xFF_FFFF {
            0x98_80E2 => Some(('‘', b'\'', at + 3)),
            0x99_80E2 => Some(('’', b'\'', at + 3)),
            0x9C_80E2 => Some(('“', b'"', at + 3)),
            0x9D_80E2 => Some(('”', b'"', at + 3)),
            _ => None,
        },
    }
}

/// The word at `at`, if it is plain.
#[inline(never)]
fn word(text: &[u8], at: usize) -> Option<Word> {
    let mut rest = text.get(at..)?;
    let mut bars = !(PLAIN | DIGIT);
    let mut low = 0;
    // Up to eight folded bytes, the last one highest.
    let mut folded = 0u64;
    let next = loop {
        // A word that goes on has filled the low half.
        if folded as u8 != 0 {
            if low != 0 {
                return None;
            }
            low = std::mem::take(&mut folded);
        }
        let next = fill(&mut rest, &mut folded, &mut bars)?;
        if !is_bengali(next) {
            break next;
        }
    };
    let last = (folded >> 56) as u8;
    // Zeros are where no bytes came in yet.
    let missing = folded.trailing_zeros() & !7;
    let kept = folded.checked_shr(missing)?;
    let mask = LETTER_BITS >> missing;
    let (bytes, len) = if low == 0 { ([kept, 0], 8 - missing / 8) } else { ([low, kept], 16 - missing / 8) };
    if bars == AFTER_HASANTA || last == VISARGA || !ends_word(next) || may_be_short(bytes[0], len) {
        return None;
    }
    let letters = [low & LETTER_BITS, kept & mask];
    let shape = if letters == [if low == 0 { 0 } else { LETTER_BITS }, mask] {
        LETTERS_ONLY
    } else if letters == [0, 0] {
        DIGITS_ONLY
    } else {
        LETTERS_AND_DIGITS
    };
    let [low, high] = bytes;
    Some(Word { low, high, len, shape, end: text.len() - rest.len() })
}

/// The bit that tells letters from digits, in eight bytes.
const LETTER_BITS: u64 = 0x8080_8080_8080_8080;

/// Appends the folded bytes of letters until there are eight, or no plain letter follows.
/// Returns what stands next.
#[inline(always)]
fn fill(rest: &mut &[u8], folded: &mut u64, bars: &mut u8) -> Option<u32> {
    loop {
        let next = u32::from_le_bytes(*rest.first_chunk()?);
        if !is_bengali(next) {
            // Inside a word joiners stand for nothing.
            if is_joiner(next) && four(rest, 3).is_some_and(is_bengali) {
                *rest = rest.get(3..)?;
                continue;
            }
            return Some(next);
        }
        let letter = LETTERS.get(place(next))?;
        let mut byte = letter.byte;
        if letter.is & *bars != 0 {
            let before = (*folded >> 56) as u8;
            if let Some(joined) = joined(letter.is, before) {
                *folded = *folded & (u64::MAX >> 8) | u64::from(joined) << 56;
                *bars = if letter.is == NUKTA { *bars | HASANTA } else { SPECIAL };
                *rest = rest.get(3..)?;
                continue;
            }
            // Its two bytes are not to come apart.
            if letter.is != KHANDA_TA || *folded as u16 >= 0x100 && *folded as u8 == 0 {
                return None;
            }
            if *folded as u8 == 0 {
                *folded = (*folded | u64::from(bengali('ত'))).rotate_right(8);
            }
            byte = VIRAMA;
        }
        if *folded as u8 != 0 {
            return Some(next);
        }
        *folded = (*folded | u64::from(byte)).rotate_right(8);
        *bars = letter.bars;
        *rest = rest.get(3..)?;
    }
}

/// Whether a code point of the Bengali block stands next.
#[inline]
fn is_bengali(next: u32) -> bool {
    next & 0xFEFF == 0xA6E0
}

/// U+200C or U+200D.
#[inline]
fn is_joiner(next: u32) -> bool {
    next & 0xFE_FFFF == 0x8C_80E2
}

/// Its place in [`LETTERS`]: the last bit of its second byte, and its third byte.
#[inline]
fn place(next: u32) -> usize {
    (next & 0x100 | next >> 16 & 0xFF) as usize
}

/// That of a letter by its number in the block.
const fn place_of(number: u8) -> usize {
    ((number as usize) & 0x40) << 2 | 0x80 | number as usize & 0x3F
}

/// What becomes of the byte before a letter that joins it.
#[inline(never)]
fn joined(is: u8, before: u8) -> Option<u8> {
    if is == NUKTA {
        let base = LETTERS.get(place_of(before.checked_sub(0x80)?))?;
        (base.is == PLAIN).then_some(with_nukta(before))
    } else if is & AA == 0 {
        None
    } else if before == E_SIGN {
        Some(bengali('ো'))
    } else {
        (before == bengali('অ')).then_some(bengali('আ'))
    }
}

/// Whether a word, of which these are the first eight folded bytes, may be an abbreviation that
/// stands without its mark: মো, মোছা, মোহা, মুহা.
#[inline(always)]
pub(super) fn may_be_short(low: u64, len: u32) -> bool {
    const MO: u64 = bengali('ম') as u64 | (bengali('ো') as u64) << 8;
    const MU: u64 = bengali('ম') as u64 | (bengali('ু') as u64) << 8;
    matches!(low & 0xFFFF, MO | MU) && matches!(len, 2 | 4)
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

    #[test]
    fn words_of_every_length_are_read_alike() {
        let letters = "কখগঘঙচছজঝঞটঠডঢণতথদধন";
        for len in 1..=letters.chars().count() {
            let plain: String = letters.chars().take(len).collect();
            for last in ["", "ে\u{09BE}", "য\u{09BC}", "্", "ঃ", "ৎ", "ঁি", "৭", "\u{200D}ক", "\u{200C}"]
            {
                for after in [" ", ", ", "।", "। ", "?\n", "-", ".", "’", "a", ""] {
                    let word = format!("{plain}{last}{after}");
                    check(&word);
                    check(&format!("ক {word} {word}{word} মতে মোছা মোটা কখগঘঙচছজঝঞটঠডঢণ"));
                }
            }
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
