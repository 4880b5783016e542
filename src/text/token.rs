//! Tokens: where a word or mark lies in the text and in the folded bytes.

/// A word or a punctuation mark.
///
/// Offsets are bytes: `start..end` into the text, `fold_start..fold_end` into the
/// folded bytes. Trailing joiners are outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) fold_start: u32,
    pub(crate) fold_end: u32,
    pub(crate) shape: Shape,
}

impl Token {
    pub(crate) fn is_word(&self) -> bool {
        self.shape.has(Shape::WORD)
    }

    /// The folded bytes of this token.
    pub(crate) fn folded<'f>(&self, folded: &'f [u8]) -> &'f [u8] {
        folded.get(self.fold_start as usize..self.fold_end as usize).unwrap_or_default()
    }
}

/// What a token is made of and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shape(u16);

impl Shape {
    pub(crate) const NONE: Shape = Shape(0);
    /// Letters and digits.
    pub(crate) const WORD: Shape = Shape(1);
    pub(crate) const HYPHEN: Shape = Shape(1 << 1);
    pub(crate) const PUNCTUATION: Shape = Shape(1 << 2);
    pub(crate) const BENGALI: Shape = Shape(1 << 3);
    pub(crate) const LATIN: Shape = Shape(1 << 4);
    pub(crate) const OTHER_SCRIPT: Shape = Shape(1 << 5);
    pub(crate) const DIGITS: Shape = Shape(1 << 6);
    /// Digits only.
    pub(crate) const NUMBER: Shape = Shape(1 << 7);
    pub(crate) const LETTERS: Shape = Shape(1 << 8);
    /// Nothing stands between the token before and this one.
    pub(crate) const GLUED: Shape = Shape(1 << 9);
    pub(crate) const SENTENCE_START: Shape = Shape(1 << 10);
    pub(crate) const LINE_START: Shape = Shape(1 << 11);
    pub(crate) const PARAGRAPH_START: Shape = Shape(1 << 12);
    /// Ends a sentence: danda, question or exclamation mark.
    pub(crate) const TERMINAL: Shape = Shape(1 << 13);
    /// মো., ড.: the full stop is part of the word. On a hyphen: see [`Self::LONG_DASH`].
    pub(crate) const ABBREVIATION: Shape = Shape(1 << 14);
    /// An en or em dash rather than a hyphen (shares its bit with a word-only flag).
    pub(crate) const LONG_DASH: Shape = Shape(1 << 14);
    /// Some Latin capital.
    pub(crate) const UPPERCASE: Shape = Shape(1 << 15);

    pub(crate) const fn or(self, other: Shape) -> Shape {
        Shape(self.0 | other.0)
    }

    /// This shape as that of a mark: no word is seen here.
    pub(crate) const fn hidden(self) -> Shape {
        Shape(self.0 & !(Shape::WORD.0 | Shape::LETTERS.0) | Shape::PUNCTUATION.0)
    }

    /// What the word itself has of this shape, wherever it stands.
    pub(crate) const fn of_word(self) -> Shape {
        const OF_WORD: u16 = Shape::WORD.0
            | Shape::BENGALI.0
            | Shape::LATIN.0
            | Shape::DIGITS.0
            | Shape::NUMBER.0
            | Shape::ABBREVIATION.0
            | Shape::UPPERCASE.0;
        Shape(self.0 & OF_WORD)
    }

    pub(crate) const fn bits(self) -> u16 {
        self.0
    }

    pub(crate) const fn has(self, flags: Shape) -> bool {
        self.0 & flags.0 != 0
    }
}

impl std::ops::BitOr for Shape {
    type Output = Shape;
    fn bitor(self, other: Shape) -> Shape {
        self.or(other)
    }
}

impl std::ops::BitOrAssign for Shape {
    fn bitor_assign(&mut self, other: Shape) {
        self.0 |= other.0;
    }
}
