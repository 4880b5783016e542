//! The fold table: one spelling for every way to type the same name.
//!
//! | written | folded | why |
//! |---|---|---|
//! | ড় ঢ় য় as one code point or base + U+09BC | one byte each | both are in use; NFC decomposes them (composition exclusions) |
//! | ব + U+09BC | র | the nukta form of র, canonical in old encodings |
//! | other letters + U+09BC (জ়) | the letter | Kolkata papers mark *z* and *f* so, others do not |
//! | ো ৌ as one code point or two | one byte each | 21 % of real news is split |
//! | অ + া | আ | a keyboard slip that looks right on the screen |
//! | ঁ before a vowel sign | after it | older fonts store চঁাদ for চাঁদ |
//! | ৎ, ত + hasanta (+ ZWJ) | ত + hasanta | three encodings of one letter |
//! | ৰ | র | the Assamese shape, typed by mistake in গ্ৰুপ |
//! | ZWJ, ZWNJ, soft hyphen, other default-ignorables | nothing | they change shapes, not names (র‍্যাব) |
//! | NBSP, tabs, runs of white space | one space | |
//! | line ends, paragraph ends | one line feed | names do not cross them |
//! | every hyphen and dash, minus sign | `-` | |
//! | ’ ‘ ′ and the like; “ ” « » and the like | `'`; `"` | |
//! | । ॥ ৷ | danda | |
//! | ০–৯ | `0`–`9` | |
//! | Latin letters with case or diacritics | `a`–`z` | through `unicode-normalization` |
//! | মোঃ, মো:, মো., মো (closed list, [`ABBREVIATIONS`]) | `মো.` | |
//! | anything else | escaped, losslessly | two names fold alike only when a row above says so |
//!
//! Bengali letters (U+0980–U+09FF) become one byte each (`0x80`–`0xFF`), so a folded
//! text is about three times shorter than its UTF-8.

use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class};

use super::scan::Scanner;

/// Folded byte of the danda (।).
pub(crate) const DANDA: u8 = 0x01;
/// Folded byte that stands before every pattern of an automaton; never in a folded text.
pub(crate) const MARKER: u8 = 0x02;
/// Folded byte of a line end.
pub(crate) const LINE: u8 = b'\n';
/// First byte of an escaped code point; four bytes `0x40 | six bits` follow.
const ESCAPE: u8 = 0x1B;

pub(crate) const NUKTA: u8 = bengali('়');
/// The sandhi mark, which the fold drops.
pub(crate) const SANDHI: u8 = bengali('\u{09FE}');
pub(crate) const VIRAMA: u8 = bengali('্');
pub(crate) const CHANDRABINDU: u8 = bengali('ঁ');
pub(crate) const VISARGA: u8 = bengali('ঃ');
pub(crate) const AA_SIGN: u8 = bengali('া');
pub(crate) const E_SIGN: u8 = bengali('ে');
const AU_MARK: u8 = bengali('ৗ');

/// Folds a string literal at compile time into `&'static [u8]`.
macro_rules! folded {
    ($s:expr) => {{
        const N: usize = $crate::text::fold::folded_literal_len($s);
        const FOLDED: [u8; N] = $crate::text::fold::folded_literal::<N>($s);
        &FOLDED as &'static [u8]
    }};
}
pub(crate) use folded;

macro_rules! word_lists {
    ($($(#[$doc:meta])* $name:ident $folded:ident: $($word:literal)*;)*) => {
        $(
            $(#[$doc])*
            pub const $name: &[&str] = &[$($word),*];
            /// The same, folded.
            pub(super) static $folded: &[&[u8]] = &[$(folded!($word)),*];
        )*
    };
}

word_lists! {
    /// Words which, with a visarga, colon or full stop after them, are abbreviations: the
    /// mark belongs to the word and folds to a full stop.
    ABBREVIATIONS FOLDED_ABBREVIATIONS:
        "মো" "মোহা" "মোছা" "মোসা" "মোছাম্মত" "মু" "মুহা" "ড" "ডা" "মি" "লে" "লেফ" "প্রফে" "ইঞ্জি" "অ্যাড" "এড"
        "লি" "প্রা" "কোং" "সা" "আ" "হা" "শ্রী";
    /// Abbreviations that fold to the full-stop form even when the mark was left out.
    BARE_ABBREVIATIONS FOLDED_BARE_ABBREVIATIONS: "মো" "মোছা" "মোহা" "মুহা";
}

/// The folded byte of a code point of the Bengali block.
pub(crate) const fn bengali(c: char) -> u8 {
    let code = c as u32;
    assert!(code >= 0x980 && code <= 0x9FF);
    (code - 0x900) as u8
}

/// Length of [`folded_literal`]'s result.
#[expect(clippy::indexing_slicing, reason = "evaluated while compiling, where it would fail")]
pub(crate) const fn folded_literal_len(s: &str) -> usize {
    let bytes = s.as_bytes();
    let (mut i, mut n) = (0, 0);
    while i < bytes.len() {
        if bytes[i] < 0x80 {
            i += 1;
            n += 1;
        } else {
            // A nukta or the second half of a split vowel joins the byte before it.
            let code = bytes[i + 1] as u32 * 256 + bytes[i + 2] as u32;
            i += 3;
            if code != 0xA6BC {
                n += 1;
            }
        }
    }
    n
}

/// Folds a literal of Bengali letters and ASCII at compile time (canonical input only:
/// no joiners, no split vowels; ড় ঢ় য় in either form).
#[expect(clippy::indexing_slicing, reason = "evaluated while compiling, where it would fail")]
pub(crate) const fn folded_literal<const N: usize>(s: &str) -> [u8; N] {
    let bytes = s.as_bytes();
    let mut out = [0u8; N];
    let (mut i, mut n) = (0, 0);
    while i < bytes.len() {
        if bytes[i] < 0x80 {
            out[n] = bytes[i];
            i += 1;
            n += 1;
            continue;
        }
        let high = if bytes[i + 1] == 0xA6 { 0x80 } else { 0xC0 };
        let byte = high + (bytes[i + 2] & 0x3F);
        i += 3;
        if byte == NUKTA {
            out[n - 1] = with_nukta(out[n - 1]);
        } else {
            out[n] = byte;
            n += 1;
        }
    }
    out
}

/// What a nukta makes of the folded letter before it.
pub(super) const fn with_nukta(base: u8) -> u8 {
    if base == bengali('ড') {
        bengali('\u{09DC}')
    } else if base == bengali('ঢ') {
        bengali('\u{09DD}')
    } else if base == bengali('য') {
        bengali('\u{09DF}')
    } else if base == bengali('ব') {
        bengali('র')
    } else {
        base
    }
}

pub(crate) const fn is_vowel_sign(byte: u8) -> bool {
    (byte >= AA_SIGN && byte <= bengali('ৌ')) || byte == AU_MARK
}

/// What folded bytes are appended to.
pub(crate) trait Bytes {
    fn len(&self) -> usize;
    fn last(&self) -> Option<u8>;
    /// One of the last bytes.
    fn byte_mut(&mut self, at: usize) -> Option<&mut u8>;
    fn push(&mut self, byte: u8);
    fn pop(&mut self);
}

impl Bytes for Vec<u8> {
    fn len(&self) -> usize {
        self.len()
    }

    fn last(&self) -> Option<u8> {
        self.as_slice().last().copied()
    }

    fn byte_mut(&mut self, at: usize) -> Option<&mut u8> {
        self.get_mut(at)
    }

    fn push(&mut self, byte: u8) {
        self.push(byte);
    }

    fn pop(&mut self) {
        self.pop();
    }
}

/// Only counts what is appended, and keeps as much of it as letters are composed of.
#[derive(Default)]
pub(crate) struct Counted {
    len: usize,
    /// Byte number `i` at `i % 8`.
    last: [u8; 8],
}

impl Bytes for Counted {
    fn len(&self) -> usize {
        self.len
    }

    fn last(&self) -> Option<u8> {
        self.last.get(self.len.checked_sub(1)? % 8).copied()
    }

    fn byte_mut(&mut self, at: usize) -> Option<&mut u8> {
        self.last.get_mut(at % 8).filter(|_| at < self.len)
    }

    fn push(&mut self, byte: u8) {
        self.len += 1;
        if let Some(last) = self.byte_mut(self.len - 1) {
            *last = byte;
        }
    }

    fn pop(&mut self) {
        self.len = self.len.saturating_sub(1);
    }
}

/// Appends one folded Bengali byte to the word that starts at `word` in `out`,
/// composing it with what stands before it. Nothing else may write Bengali bytes.
pub(crate) fn push_bengali(out: &mut impl Bytes, word: usize, byte: u8) {
    let last = out.last().filter(|_| out.len() > word);
    match (byte, last) {
        (NUKTA, _) => {
            // Canonical order puts the nukta before a hasanta: ড্ + ় is ড়্.
            let at =
                if last == Some(VIRAMA) { out.len().saturating_sub(2) } else { out.len().saturating_sub(1) };
            if at >= word
                && let Some(base) = out.byte_mut(at)
            {
                *base = with_nukta(*base);
            }
        }
        (_, Some(CHANDRABINDU)) if is_vowel_sign(byte) => push_before_chandrabindu(out, word, byte),
        (AA_SIGN, Some(E_SIGN)) => replace_last(out, bengali('ো')),
        (AU_MARK, Some(E_SIGN)) => replace_last(out, bengali('ৌ')),
        (AA_SIGN, Some(b)) if b == bengali('অ') => replace_last(out, bengali('আ')),
        _ => match byte {
            b if b == bengali('ৎ') => {
                out.push(bengali('ত'));
                out.push(VIRAMA);
            }
            b if b == bengali('ৰ') => out.push(bengali('র')),
            SANDHI => {}
            b => out.push(b),
        },
    }
}

/// Appends a vowel sign before the chandrabindus at the end: চঁা is চাঁ. More of them than
/// anyone writes stay where they are, so that no text is gone over again and again.
fn push_before_chandrabindu(out: &mut impl Bytes, word: usize, sign: u8) {
    const MOST: usize = 4;
    let ends = |out: &_| Bytes::len(out) > word && Bytes::last(out) == Some(CHANDRABINDU);
    let mut taken = 0;
    while taken < MOST && ends(out) {
        out.pop();
        taken += 1;
    }
    let too_many = ends(out);
    if !too_many {
        push_bengali(out, word, sign);
    }
    (0..taken).for_each(|_| out.push(CHANDRABINDU));
    if too_many {
        out.push(sign);
    }
}

fn replace_last(out: &mut impl Bytes, byte: u8) {
    out.pop();
    out.push(byte);
}

/// Appends any code point that is neither ASCII nor Bengali, together with the
/// combining marks after it, in canonical order. `run` starts at that code point.
pub(crate) fn push_foreign(out: &mut impl Bytes, word: usize, run: impl Iterator<Item = char>) {
    let decomposed: smallish::Run = run.nfd().collect();
    let marks = decomposed.iter().rposition(|&c| canonical_combining_class(c) == 0).map_or(0, |at| at + 1);
    let (base, marks) = decomposed.split_at_checked(marks).unwrap_or_default();
    // A nukta binds to its Bengali letter before any other mark, as it does precomposed.
    let nukta = |c: &&char| **c == '়';
    let others = |c: &&char| **c != '়';
    for &c in base.iter().chain(marks.iter().filter(nukta)).chain(marks.iter().filter(others)) {
        push_scalar(out, word, c);
    }
}

mod smallish {
    /// Runs of combining marks are short; a `Vec` that is rarely built is enough.
    pub(super) type Run = Vec<char>;
}

fn push_scalar(out: &mut impl Bytes, word: usize, c: char) {
    match c {
        '\u{0980}'..='\u{09FF}' => match bengali_byte(c) {
            Some(byte) => push_bengali(out, word, byte),
            None => push_escaped(out, c),
        },
        _ if is_dropped_mark(c) => {}
        _ => c.to_lowercase().for_each(|l| match l {
            _ if is_dropped_mark(l) => {}
            '`' | '´' => out.push(b'\''),
            l if l.is_ascii_graphic() => out.push(l as u8),
            l => push_escaped(out, l),
        }),
    }
}

/// Diacritics that the fold removes: the general combining block, and every mark that
/// stands above or below a letter without changing it.
fn is_dropped_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}') || canonical_combining_class(c) >= 200
}

fn push_escaped(out: &mut impl Bytes, c: char) {
    let code = c as u32;
    out.push(ESCAPE);
    [18, 12, 6, 0].into_iter().for_each(|shift| out.push(0x40 | (code >> shift & 0x3F) as u8));
}

/// The folded byte of a Bengali letter, sign or digit, before composition.
pub(crate) fn bengali_byte(c: char) -> Option<u8> {
    match c {
        '০'..='৯' => Some(b'0' + (c as u32 - '০' as u32) as u8),
        '\u{0980}'..='\u{09FF}' => Some(bengali(c)),
        _ => None,
    }
}

/// Code points that carry no letter: joiners, soft hyphen, direction marks, variation
/// selectors and the rest of Unicode's default-ignorables.
pub(crate) fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFF8}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// A folded text: equal, ordered and hashed by its folded bytes.
///
/// [`Display`](std::fmt::Display) writes it back as readable text in one canonical
/// spelling, which folds to the same bytes again.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Folded(Vec<u8>);

impl Folded {
    /// The folded bytes: one per Bengali letter or ASCII character.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Folded bytes that the scanner or an automaton holds.
    pub(crate) fn from_bytes(folded: &[u8]) -> Folded {
        Folded(folded.to_vec())
    }

    /// Whether nothing was left (only white space and ignorable characters).
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::fmt::Display for Folded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        use std::fmt::Write;
        let mut bytes = self.0.iter().copied();
        while let Some(byte) = bytes.next() {
            let c = match byte {
                DANDA => Some('।'),
                ESCAPE => {
                    let code = bytes.by_ref().take(4).fold(0, |code, b| code << 6 | u32::from(b & 0x3F));
                    char::from_u32(code)
                }
                0x80.. => char::from_u32(0x900 + u32::from(byte)),
                _ => Some(byte as char),
            };
            f.write_char(c.unwrap_or(char::REPLACEMENT_CHARACTER))?;
        }
        Ok(())
    }
}

/// Folds a text or a name by the fold table, which heads `src/text/fold.rs`.
///
/// Two strings with equal results are spellings of one name. Leading and trailing white
/// space is dropped. Never fails; time and memory are linear in `text`.
///
/// ```
/// use bangla_ner::text::fold;
/// // য় as one code point and as two; ো as one and as two; a joiner; NBSP.
/// assert_eq!(fold("উত্তর কোরি\u{09DF}া"), fold("উত্তর\u{00A0}ক\u{09C7}\u{09BE}রি\u{09AF}\u{09BC}া"));
/// assert_eq!(fold("র\u{200D}্যাব"), fold("র্যাব"));
/// assert_eq!(fold("মোঃ করিম"), fold("মো: করিম"));
/// assert_ne!(fold("ঢাকা"), fold("ঢাকী"));
/// assert_eq!(fold("ZÜRICH–২০").to_string(), "zurich-20");
/// ```
pub fn fold(text: &str) -> Folded {
    let mut out = Vec::with_capacity(text.len() / 2);
    let mut scanner = Scanner::new(text);
    while scanner.next_token(&mut out).is_some() {}
    Folded(out)
}
