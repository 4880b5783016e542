//! Numbers for the different words of the texts that a scratch has seen.
//!
//! Texts repeat themselves: most of their words were seen a moment ago. The later rooms
//! keep what they know of a word under its number, so that it is worked out once.

use super::token::Shape;

/// Different words and marks, numbered in the order in which they were first seen.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    /// Open addressing: numbers plus one, 0 where nothing is; a power of two of them, of
    /// which half at most are taken.
    slots: Vec<u32>,
    words: Vec<Word>,
    /// The folded bytes of all words, one after the other.
    bytes: Vec<u8>,
}

#[derive(Clone, Copy, Debug)]
struct Word {
    hash: u32,
    start: u32,
    end: u32,
    shape: Shape,
}

/// Words from which on a vocabulary is full,
const MOST_WORDS: usize = 1 << 16;
/// and bytes.
const MOST_BYTES: usize = 1 << 20;
const FEWEST_SLOTS: usize = 1 << 10;

impl Vocabulary {
    /// Whether it should be cleared before the next window.
    pub(crate) fn is_full(&self) -> bool {
        self.words.len() >= MOST_WORDS || self.bytes.len() >= MOST_BYTES
    }

    pub(crate) fn clear(&mut self) {
        if self.slots.len() == FEWEST_SLOTS {
            // Few words: emptying their slots is less than emptying all. The last comes
            // first, so that no walk to another ends early.
            let mask = FEWEST_SLOTS - 1;
            for (at, word) in self.words.iter().enumerate().rev() {
                let number = at as u32 + 1;
                let mut at = word.hash as usize & mask;
                while self.slots.get(at).is_some_and(|&slot| slot != number) {
                    at = (at + 1) & mask;
                }
                if let Some(slot) = self.slots.get_mut(at) {
                    *slot = 0;
                }
            }
        } else {
            // The next word makes room again: as little as it takes.
            self.slots.clear();
        }
        self.words.clear();
        self.bytes.clear();
    }

    /// How many different words there are.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// The number of a folded word of this shape, if it was seen.
    #[inline]
    pub(crate) fn get(&self, folded: &[u8], shape: Shape) -> Option<u32> {
        let shape = shape.of_word();
        self.find(folded, shape, hash(folded, shape)).ok()
    }

    /// The number of a word, or the empty slot in which it would stand.
    #[inline]
    fn find(&self, folded: &[u8], shape: Shape, hash: u32) -> Result<u32, usize> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        // Half of the slots are empty, so the walk ends.
        while let Some(number) = self.slots.get(at).and_then(|slot| slot.checked_sub(1)) {
            if self.words.get(number as usize).is_some_and(|w| self.is_same(w, hash, folded, shape)) {
                return Ok(number);
            }
            at = (at + 1) & mask;
        }
        Err(at)
    }

    /// The number of a folded word of this shape.
    #[inline]
    pub(crate) fn number(&mut self, folded: &[u8], shape: Shape) -> u32 {
        if self.words.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let shape = shape.of_word();
        let hash = hash(folded, shape);
        let at = match self.find(folded, shape, hash) {
            Ok(number) => return number,
            Err(at) => at,
        };
        let number = self.words.len() as u32;
        let start = self.bytes.len() as u32;
        self.bytes.extend_from_slice(folded);
        self.words.push(Word { hash, start, end: self.bytes.len() as u32, shape });
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = number + 1;
        }
        number
    }

    #[inline]
    fn is_same(&self, word: &Word, hash: u32, folded: &[u8], shape: Shape) -> bool {
        word.hash == hash
            && word.shape == shape
            && self.bytes.get(word.start as usize..word.end as usize) == Some(folded)
    }

    #[cold]
    fn grow(&mut self) {
        let slots = (self.slots.len() * 2).max(FEWEST_SLOTS);
        self.slots.clear();
        self.slots.resize(slots, 0);
        let mask = slots - 1;
        for (word, number) in self.words.iter().zip(1..) {
            let mut at = word.hash as usize & mask;
            while self.slots.get(at).is_some_and(|&slot| slot != 0) {
                at = (at + 1) & mask;
            }
            if let Some(slot) = self.slots.get_mut(at) {
                *slot = number;
            }
        }
    }
}

/// Words are short: eight bytes at a time, each mixed by a multiplication.
#[inline]
fn hash(folded: &[u8], shape: Shape) -> u32 {
    const MIX: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut hash = u64::from(shape.bits()) ^ (folded.len() as u64) << 16;
    let mut rest = folded;
    while let Some((chunk, after)) = rest.split_first_chunk::<8>() {
        hash = (hash.rotate_left(29) ^ u64::from_le_bytes(*chunk)).wrapping_mul(MIX);
        rest = after;
    }
    let tail = rest.iter().fold(0, |tail, &byte| tail << 8 | u64::from(byte));
    hash = (hash.rotate_left(29) ^ tail).wrapping_mul(MIX);
    (hash ^ hash >> 32).wrapping_mul(MIX).wrapping_shr(32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_keeps_its_number_and_shapes_are_told_apart() {
        let mut vocabulary = Vocabulary::default();
        let words: Vec<Vec<u8>> =
            (0..5000u32).map(|n| n.to_string().repeat(1 + n as usize % 4).into()).collect();
        for _ in 0..2 {
            let mut seen = std::collections::HashMap::new();
            for word in &words {
                let next = seen.len() as u32;
                let number = *seen.entry(word.clone()).or_insert(next);
                assert_eq!(vocabulary.number(word, Shape::WORD), number);
            }
            let all = seen.len() as u32;
            assert_eq!(vocabulary.number(b"0", Shape::WORD | Shape::GLUED), 0);
            assert_eq!(vocabulary.number(b"0", Shape::WORD | Shape::LATIN), all);
            vocabulary.clear();
        }
    }
}
