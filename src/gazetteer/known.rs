//! What the layers know of words, wherever these stand: looked up once for each word.

use super::ClassSet;
use super::automaton::Place;
use super::compiled::fst::Node;
use super::hits::Hit;

/// What the layers know of the words of a vocabulary, wherever these stand.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// One for each word.
    words: Vec<KnownWord>,
    /// Names inside one word, as if the word stood at the beginning of a text.
    pub(super) hits: Vec<Hit>,
    /// Layers with names that go on after a word, and the walk so far.
    pub(super) longer: Vec<Longer>,
}

/// A walk through a layer after the whole word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Longer {
    pub(super) layer: u8,
    pub(super) end: Walk,
    /// After the word and a space, which is what nearly always follows.
    pub(super) space: Option<Walk>,
    /// Bengali letters that may follow the space: bit `b % 64` for byte `b`.
    pub(super) letters: u64,
    /// What else may follow the word: bit `b % 16` for byte `b` below 0x80.
    pub(super) marks: u16,
}

impl Longer {
    /// The walk before what follows the word, if that may go on; `after` begins there.
    #[inline]
    pub(super) fn before(&self, after: &[u8]) -> Option<Walk> {
        match *after {
            [b' ', letter, ..] if letter >= 0x80 => {
                self.space.filter(|_| self.letters >> (letter & 63) & 1 == 1)
            }
            [b' ', ..] => self.space,
            _ => Some(self.end),
        }
    }
}

/// Ranges in [`Known`], and the classes of the hits.
#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
pub(super) struct KnownWord {
    pub(super) hits: (u32, u32),
    /// The first of its walks, and how many there are: one for a layer at most.
    pub(super) longer: u32,
    pub(super) walks: u8,
    /// Those of all walks; see [`Longer`].
    pub(super) marks: u16,
    pub(super) letters: u64,
    pub(super) classes: ClassSet,
}

const _: () = assert!(size_of::<KnownWord>() == 32);

impl KnownWord {
    /// Of a word that no name begins with.
    pub(super) const NOTHING: KnownWord =
        KnownWord { hits: (0, 0), longer: 0, walks: 0, marks: 0, letters: 0, classes: ClassSet::EMPTY };

    /// Whether some name begins with it.
    #[inline]
    pub(super) fn is_something(&self) -> bool {
        self.hits.0 < self.hits.1 || self.walks > 0
    }

    /// Whether, before these folded bytes, there may be other hits than the known ones.
    #[inline]
    pub(super) fn may_differ(&self, after: &[u8]) -> bool {
        match *after {
            [b' ', letter, ..] if letter >= 0x80 => self.letters >> (letter & 63) & 1 == 1,
            // An ending may stand after it.
            [b'-' | b'\'', ..] => true,
            [mark, ..] if mark < 0x80 => self.marks >> (mark & 15) & 1 == 1,
            [_, ..] => self.walks > 0,
            [] => false,
        }
    }
}

/// Where the walk through a layer stands.
#[derive(Clone, Copy, Debug)]
pub(super) enum Walk {
    Listed(Place),
    Compiled(Node),
}

impl Known {
    /// What is known of a word. Words are numbered as they come: all before a new one are
    /// known.
    #[inline]
    pub(super) fn of(&mut self, number: u32, learn: impl FnOnce(&mut Known) -> KnownWord) -> KnownWord {
        if number as usize == self.words.len() {
            let known = learn(self);
            self.words.push(known);
        }
        self.words.get(number as usize).copied().unwrap_or(KnownWord::NOTHING)
    }

    /// Forgets everything: the numbers stand for other words from now on.
    pub(super) fn forget(&mut self) {
        self.words.clear();
        self.hits.clear();
        self.longer.clear();
    }
}
