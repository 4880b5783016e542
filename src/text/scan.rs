//! One pass over a text: decode, fold, cut into tokens, mark sentence starts.

use std::str::Chars;

use unicode_normalization::char::canonical_combining_class;

use super::fold::{
    AA_SIGN, CHANDRABINDU, DANDA, E_SIGN, FOLDED_ABBREVIATIONS, FOLDED_BARE_ABBREVIATIONS, LINE, NUKTA,
    SANDHI, VIRAMA, VISARGA, bengali, bengali_byte, is_ignorable, push_bengali, push_foreign,
};
use super::token::{Shape, Token};
use super::urls;

/// Cuts a text into [`Token`]s, appending folded bytes to a buffer of the caller.
///
/// Between the folded bytes of two tokens stands nothing (they touch in the text), a
/// space, or a line feed.
#[derive(Clone)]
pub(crate) struct Scanner<'t> {
    pub(super) text: &'t str,
    chars: Chars<'t>,
    /// What lies between the last token and the next one.
    gap: Gap,
    sentence_start: bool,
    first: bool,
}

#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Gap {
    None,
    Space,
    Line,
    Paragraph,
}

/// What a code point does to the token being cut.
enum Class {
    Bengali(u8),
    Ascii(u8),
    Foreign,
    Mark,
    /// Marks after a first one.
    Marks(Vec<char>),
    Ignorable,
    Space,
    Line,
    Hyphen {
        long: bool,
    },
    Punctuation(Option<u8>),
}

impl<'t> Scanner<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Scanner { text, chars: text.chars(), gap: Gap::Paragraph, sentence_start: true, first: true }
    }

    pub(super) fn pos(&self) -> u32 {
        (self.text.len() - self.chars.as_str().len()) as u32
    }

    pub(super) fn move_to(&mut self, at: usize) {
        self.chars = self.text.get(at..).unwrap_or_default().chars();
    }

    /// Cuts a whole text. Whether it may have web or mail addresses.
    pub(crate) fn run(text: &'t str, out: &mut Vec<u8>, tokens: &mut Vec<Token>) -> bool {
        out.reserve(text.len() / 2);
        let mut addresses = false;
        let mut scanner = Scanner::new(text);
        loop {
            addresses |= scanner.plain(out, tokens);
            let Some(token) = scanner.next_token(out) else { return addresses };
            addresses |= out.get(token.fold_start as usize).is_some_and(|&byte| urls::may_begin(byte));
            tokens.push(token);
        }
    }

    /// Cuts the next token; `None` at the end. Folded bytes go to `out`.
    pub(crate) fn next_token(&mut self, out: &mut Vec<u8>) -> Option<Token> {
        loop {
            let start = self.pos();
            let c = self.chars.next()?;
            match classify(c) {
                // Without a letter before them, marks stand for nothing.
                Class::Ignorable | Class::Bengali(NUKTA | SANDHI) => {}
                Class::Mark => {
                    // In canonical order a hasanta among them comes first, and begins a word.
                    let marks = self.take_marks();
                    if marks.contains(&'্') {
                        return Some(self.word(out, start, c, Class::Marks(marks)));
                    }
                }
                Class::Space => self.space(),
                Class::Line => self.line_end(c),
                Class::Hyphen { long } => {
                    let shape = Shape::HYPHEN | if long { Shape::LONG_DASH } else { Shape::NONE };
                    return Some(self.single(out, start, b'-', shape));
                }
                Class::Punctuation(byte) => return Some(self.punctuation(out, start, c, byte)),
                class => return Some(self.word(out, start, c, class)),
            }
        }
    }

    #[inline]
    pub(super) fn space(&mut self) {
        if self.gap == Gap::None {
            self.gap = Gap::Space;
        }
    }

    pub(super) fn line_end(&mut self, c: char) {
        if c == '\r' && self.chars.as_str().starts_with('\n') {
            return;
        }
        self.gap = if self.gap < Gap::Line { Gap::Line } else { Gap::Paragraph };
        self.sentence_start = true;
    }

    /// Opens a token: writes the separator and returns its first shape flags.
    #[inline]
    pub(super) fn open(&mut self, out: &mut Vec<u8>) -> Shape {
        let mut shape = Shape::NONE;
        match self.gap {
            Gap::None => shape |= Shape::GLUED,
            Gap::Space => {}
            Gap::Line => shape |= Shape::LINE_START,
            Gap::Paragraph => shape |= Shape::LINE_START | Shape::PARAGRAPH_START,
        }
        if !self.first && self.gap != Gap::None {
            out.push(if self.gap == Gap::Space { b' ' } else { LINE });
        }
        shape |= self.open_sentence();
        self.gap = Gap::None;
        self.first = false;
        shape
    }

    /// What a token's shape says of the beginning of a sentence.
    #[inline]
    pub(super) fn open_sentence(&mut self) -> Shape {
        if std::mem::take(&mut self.sentence_start) { Shape::SENTENCE_START } else { Shape::NONE }
    }

    /// A mark right after a word that is no full stop, hyphen or opening quote; as
    /// [`punctuation`](Self::punctuation) reads it, too.
    #[inline]
    pub(super) fn glued(&mut self, out: &mut Vec<u8>, (start, end): (usize, usize), byte: u8) -> Token {
        let fold_start = out.len() as u32;
        out.push(byte);
        self.sentence_start = matches!(byte, DANDA | b'?' | b'!');
        let ends = if self.sentence_start { Shape::TERMINAL } else { Shape::NONE };
        Token {
            start: start as u32,
            end: end as u32,
            fold_start,
            fold_end: fold_start + 1,
            shape: Shape::GLUED | Shape::PUNCTUATION | ends,
        }
    }

    pub(super) fn single(&mut self, out: &mut Vec<u8>, start: u32, byte: u8, shape: Shape) -> Token {
        let opened = self.open(out);
        let fold_start = out.len() as u32;
        out.push(byte);
        Token { start, end: self.pos(), fold_start, fold_end: out.len() as u32, shape: opened | shape }
    }

    // A token that is returned through memory is read again before it is there.
    #[inline(always)]
    pub(super) fn punctuation(&mut self, out: &mut Vec<u8>, start: u32, c: char, byte: Option<u8>) -> Token {
        let closes = self.gap == Gap::None && matches!(c, '\'' | '"' | '’' | '”' | ')' | ']' | '»');
        // A closing quote after the danda still belongs to the sentence that it closes.
        let pending = closes && std::mem::take(&mut self.sentence_start);
        let opened = self.open(out);
        let fold_start = out.len() as u32;
        match byte {
            Some(byte) => out.push(byte),
            // Marks after it stand for nothing, as after other punctuation.
            None => push_foreign(out, fold_start as usize, std::iter::once(c)),
        }
        let mut shape = opened | Shape::PUNCTUATION;
        let danda = matches!(c, '।' | '॥' | '?' | '!' | '৷' | '\u{09E4}' | '\u{09E5}');
        if danda || (c == '.' && opened.has(Shape::GLUED) && self.at_full_stop()) {
            shape |= Shape::TERMINAL;
            self.sentence_start = true;
        }
        self.sentence_start |= pending;
        Token { start, end: self.pos(), fold_start, fold_end: out.len() as u32, shape }
    }

    /// Whether a full stop just read ends its line: inside a line it may as well close
    /// an abbreviation or an initial (এ. কে. এম.), which the rules decide.
    fn at_full_stop(&self) -> bool {
        let rest = self.chars.as_str().trim_start_matches([' ', '\t', '’', '”', '"', '\'']);
        rest.is_empty() || rest.starts_with(['\n', '\r'])
    }

    fn word(&mut self, out: &mut Vec<u8>, start: u32, first: char, class: Class) -> Token {
        let mut shape = self.open(out) | Shape::WORD;
        let fold_start = out.len() as u32;
        let word = fold_start as usize;
        let mut end = self.pos();
        shape |= self.push(out, word, first, class);
        if out.len() > word {
            end = self.pos();
        }
        loop {
            if self.letters(out, word) {
                shape |= Shape::BENGALI | Shape::LETTERS;
                end = self.pos();
            }
            let mut ahead = self.chars.clone();
            let Some(c) = ahead.next() else { break };
            match classify(c) {
                Class::Ignorable => self.chars = ahead,
                Class::Mark => {
                    self.chars = ahead;
                    let marks = self.take_marks();
                    push_foreign(out, word, std::iter::once(c).chain(marks));
                    end = self.pos();
                }
                class @ (Class::Bengali(_) | Class::Ascii(_) | Class::Foreign) => {
                    self.chars = ahead;
                    shape |= self.push(out, word, c, class);
                    end = self.pos();
                }
                _ => break,
            }
        }
        self.abbreviation(out, word, &mut end, &mut shape);
        if !shape.has(Shape::LETTERS) {
            shape |= Shape::NUMBER;
        }
        Token { start, end, fold_start, fold_end: out.len() as u32, shape }
    }

    /// Folds Bengali letters as long as none is composed with another; whether there was one.
    fn letters(&mut self, out: &mut Vec<u8>, word: usize) -> bool {
        let text = self.chars.as_str();
        let mut rest = text.as_bytes();
        let mut last = out.get(word..).and_then(<[u8]>::last).copied().unwrap_or_default();
        while let Some((byte, after)) = plain_letter(rest, last) {
            out.push(byte);
            last = byte;
            rest = after;
        }
        let read = text.len() - rest.len();
        self.chars = text.get(read..).unwrap_or_default().chars();
        read > 0
    }

    /// Folds one word-internal code point (with its combining marks) into `out`.
    fn push(&mut self, out: &mut Vec<u8>, word: usize, c: char, class: Class) -> Shape {
        match class {
            Class::Bengali(byte) => {
                if (byte == NUKTA || byte == VIRAMA) && self.mark_follows() {
                    let marks = self.take_marks();
                    push_foreign(out, word, std::iter::once(c).chain(marks));
                    return Shape::BENGALI | Shape::LETTERS;
                }
                if byte == KHANDA_TA && self.mark_follows() {
                    // It is ত with a hasanta, which is a mark among those that follow.
                    push_bengali(out, word, bengali('ত'));
                    let marks = self.take_marks();
                    push_foreign(out, word, std::iter::once('্').chain(marks));
                    return Shape::BENGALI | Shape::LETTERS;
                }
                push_bengali(out, word, byte);
                if byte.is_ascii_digit() { Shape::DIGITS } else { Shape::BENGALI | Shape::LETTERS }
            }
            Class::Ascii(byte) => {
                out.push(byte.to_ascii_lowercase());
                match byte {
                    b'0'..=b'9' => Shape::DIGITS,
                    b'A'..=b'Z' => Shape::LATIN | Shape::LETTERS | Shape::UPPERCASE,
                    _ => Shape::LATIN | Shape::LETTERS,
                }
            }
            Class::Marks(marks) => {
                push_foreign(out, word, std::iter::once(c).chain(marks));
                Shape::BENGALI | Shape::LETTERS
            }
            _ => {
                let before = out.len();
                let marks = self.take_marks();
                push_foreign(out, word, std::iter::once(c).chain(marks));
                let latin = out.get(before).is_some_and(u8::is_ascii_alphanumeric);
                let upper = if c.is_uppercase() { Shape::UPPERCASE } else { Shape::NONE };
                upper | Shape::LETTERS | if latin { Shape::LATIN } else { Shape::OTHER_SCRIPT }
            }
        }
    }

    /// Whether, joiners aside, a combining mark stands next.
    fn mark_follows(&self) -> bool {
        self.chars.clone().find(|&c| !is_ignorable(c)).is_some_and(is_mark)
    }

    /// Takes the combining marks that follow, skipping joiners.
    fn take_marks(&mut self) -> Vec<char> {
        let mut marks = Vec::new();
        let mut ahead = self.chars.clone();
        while let Some(c) = ahead.next() {
            if is_mark(c) {
                marks.push(c);
                self.chars = ahead.clone();
            } else if !is_ignorable(c) {
                break;
            }
        }
        marks
    }

    /// মোঃ, মো:, মো. → `মো.`, the mark inside the token.
    fn abbreviation(&mut self, out: &mut Vec<u8>, word: usize, end: &mut u32, shape: &mut Shape) {
        let bytes = out.get(word..).unwrap_or_default();
        if bytes.len() > LONGEST_ABBREVIATION + 1 {
            return;
        }
        let (stem, visarga) = match bytes.split_last() {
            Some((&VISARGA, stem)) => (stem, true),
            _ => (bytes, false),
        };
        if !FOLDED_ABBREVIATIONS.contains(&stem) {
            return;
        }
        let mark = self.chars.as_str().chars().next().filter(|c| matches!(c, '.' | ':'));
        if visarga {
            out.pop();
        } else if mark.is_some_and(|m| m == '.' || !self.colon_ends_line(word > 0)) {
            self.chars.next();
            *end = self.pos();
        } else if !FOLDED_BARE_ABBREVIATIONS.contains(&stem) {
            return;
        }
        out.push(b'.');
        *shape |= Shape::ABBREVIATION;
    }

    /// A colon that nothing follows on its line introduces a list; it is no abbreviation,
    /// unless the word is the whole text, as in a list of titles.
    fn colon_ends_line(&self, words_before: bool) -> bool {
        let mut ahead = self.clone();
        ahead.chars.next();
        let rest = ahead.chars.as_str().trim_start_matches([' ', '\t']);
        let ends = rest.is_empty() || rest.starts_with(['\n', '\r']);
        ends && (words_before || ahead.next_token(&mut Vec::new()).is_some())
    }
}

const KHANDA_TA: u8 = bengali('ৎ');

/// What [`plain_letter`] makes of a Bengali letter.
#[derive(Clone, Copy)]
enum Letter {
    /// It is its own byte, whatever stands before it.
    Plain,
    /// A vowel sign, which some letters before it change.
    Sign,
    Virama,
    /// Not to be read there.
    Other,
}

#[expect(clippy::indexing_slicing, reason = "evaluated while compiling, where it would fail")]
static LETTERS: [Letter; 256] = {
    let mut letters = [Letter::Other; 256];
    let mut byte = bengali('ং');
    while byte <= bengali('\u{09DF}') {
        let c = char::from_u32(0x900 + byte as u32);
        letters[byte as usize] = match c {
            Some(
                'ং'
                | 'ঃ'
                | 'অ'..='ঌ'
                | 'এ'
                | 'ঐ'
                | 'ও'..='ন'
                | 'প'..='র'
                | 'ল'
                | 'শ'..='হ'
                | '\u{09DC}'
                | '\u{09DD}'
                | '\u{09DF}',
            ) => Letter::Plain,
            Some('া'..='ৄ' | 'ে' | 'ৈ' | 'ো' | 'ৌ') => Letter::Sign,
            Some('্') => Letter::Virama,
            _ => Letter::Other,
        };
        byte += 1;
    }
    letters
};

/// Whether a letter is composed with an া after it.
const fn takes_aa(letter: u8) -> bool {
    letter == E_SIGN || letter == bengali('অ')
}

/// The byte of the Bengali letter that some UTF-8 begins with, and what follows it, unless
/// it is composed with the letter `last` before it or with what follows.
#[inline]
pub(super) fn plain_letter(text: &[u8], last: u8) -> Option<(u8, &[u8])> {
    let (byte, after) = bengali_letter(text)?;
    let plain = match LETTERS.get(usize::from(byte))? {
        Letter::Plain => true,
        Letter::Sign => last != CHANDRABINDU && (byte != AA_SIGN || !takes_aa(last)),
        // No mark may follow that changes places with it.
        Letter::Virama => bengali_letter(after)
            .is_some_and(|(next, _)| matches!(LETTERS.get(usize::from(next)), Some(Letter::Plain))),
        Letter::Other => false,
    };
    plain.then_some((byte, after))
}

/// The byte of the Bengali letter that some UTF-8 begins with, and what follows it.
#[inline]
fn bengali_letter(text: &[u8]) -> Option<(u8, &[u8])> {
    match text {
        [0xE0, 0xA6, low, rest @ ..] => Some((0x80 | low & 0x3F, rest)),
        [0xE0, 0xA7, low, rest @ ..] => Some((0xC0 | low & 0x3F, rest)),
        _ => None,
    }
}

/// Longest abbreviation, in folded bytes.
const LONGEST_ABBREVIATION: usize = 9;

/// Whether a code point joins what stands before it in canonical order: a combining mark,
/// or one of the three others that are written for two of them.
fn is_mark(c: char) -> bool {
    canonical_combining_class(c) != 0 || matches!(c, '\u{0F73}' | '\u{0F75}' | '\u{0F81}')
}

fn classify(c: char) -> Class {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' => Class::Ascii(c as u8),
        ' ' | '\t' | '\u{00A0}' => Class::Space,
        '\n' | '\r' | '\u{000B}' | '\u{000C}' | '\u{0085}' | '\u{2028}' | '\u{2029}' => Class::Line,
        '\u{0980}'..='\u{09FF}' => bengali_class(c),
        '-' => Class::Hyphen { long: false },
        '\u{2010}' | '\u{2011}' | '\u{FE63}' | '\u{FF0D}' => Class::Hyphen { long: false },
        '\u{2012}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' => Class::Hyphen { long: true },
        '।' | '॥' => Class::Punctuation(Some(DANDA)),
        '‘' | '’' | '‚' | '‛' | '′' | '`' | '´' => Class::Punctuation(Some(b'\'')),
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => Class::Punctuation(Some(b'"')),
        // Controls would collide with the fold's own bytes, so they are escaped.
        '!'..='~' => Class::Punctuation(Some(c as u8)),
        c if c.is_ascii() => Class::Punctuation(None),
        c if is_ignorable(c) => Class::Ignorable,
        c if is_mark(c) => Class::Mark,
        c if c.is_alphanumeric() => Class::Foreign,
        c if c.is_whitespace() => Class::Space,
        c => combining_letter(c),
    }
}

/// Marks of other scripts with combining class 0 (Devanagari vowel signs) are letters;
/// all that is left is punctuation and symbols.
fn combining_letter(c: char) -> Class {
    let indic = matches!(c, '\u{0900}'..='\u{0DFF}' | '\u{0E00}'..='\u{0FFF}' | '\u{1000}'..='\u{109F}');
    if indic && !matches!(c, '\u{0970}' | '\u{0E3F}') { Class::Foreign } else { Class::Punctuation(None) }
}

fn bengali_class(c: char) -> Class {
    match c {
        // Currency signs, the isshar and ganda marks, the abbreviation sign.
        '\u{09F2}'..='\u{09F6}' | '\u{09F8}'..='\u{09FB}' | '\u{09FD}' => Class::Punctuation(None),
        // ৷ and two reserved code points are typed for the danda.
        '\u{09F7}' | '\u{09E4}' | '\u{09E5}' => Class::Punctuation(Some(DANDA)),
        _ => bengali_byte(c).map_or(Class::Foreign, Class::Bengali),
    }
}
