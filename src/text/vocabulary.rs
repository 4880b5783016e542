//! Numbers for the different words of the texts that a scratch has seen.
//!
//! Texts repeat themselves: most of their words were seen a moment ago. The later rooms
//! keep what they know of a word under its number, so that it is worked out once.

use super::token::{Shape, Token};

/// Different words and marks, numbered in the order in which they were first seen.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    /// Open addressing; a power of two of them, of which two thirds at most are taken.
    slots: Vec<Slot>,
    /// Those of before, while there are made to be more.
    spare: Vec<Slot>,
    /// How many are taken.
    len: usize,
    /// The folded bytes of all long words, one after the other.
    bytes: Vec<u8>,
}

/// A word and its number: all in one place, as every other place may be a cache miss.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    /// The folded bytes of a short word; a hash of those of a long one, and where these
    /// begin and end.
    bytes: [u64; 2],
    /// Length, at most [`LONG`], and shape.
    kind: u32,
    /// Number plus one, 0 where nothing is.
    number: u32,
}

/// A word, as in [`Slot`].
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Key {
    bytes: [u64; 2],
    kind: u32,
}

/// From this many bytes on a word is long.
const LONG: usize = 17;
/// Words from which on a vocabulary is full,
const MOST_WORDS: usize = 1 << 17;
/// and bytes.
const MOST_BYTES: usize = 1 << 21;
const FEWEST_SLOTS: usize = 1 << 6;
/// Words that are looked up together.
const TOGETHER: usize = 16;

/// What to keep of the sixteen bytes from the first one of a short word, by its length.
#[expect(clippy::indexing_slicing, reason = "evaluated while compiling, where it would fail")]
static MASKS: [[u64; 2]; LONG] = {
    let mut masks = [[0; 2]; LONG];
    let mut len = 1;
    while len < LONG {
        let mask = u128::MAX >> (128 - 8 * len);
        masks[len] = [mask as u64, (mask >> 64) as u64];
        len += 1;
    }
    masks
};

impl Vocabulary {
    /// Whether it should be cleared before the next window.
    pub(crate) fn is_full(&self) -> bool {
        self.len >= MOST_WORDS || self.bytes.len() >= MOST_BYTES
    }

    pub(crate) fn clear(&mut self) {
        self.len = 0;
        self.bytes.clear();
        // The next word makes room again: as little as it takes.
        self.slots.clear();
    }

    /// How many different words there are.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// The number of a folded word of this shape, if it was seen.
    #[inline]
    pub(crate) fn get(&self, folded: &[u8], shape: Shape) -> Option<u32> {
        match short(folded, 0, folded.len(), shape) {
            Some(key) => self.find(key).ok(),
            None => self.find_long(folded, long(folded, shape)).ok(),
        }
    }

    /// The number of a folded word of this shape.
    #[inline]
    pub(crate) fn number(&mut self, folded: &[u8], shape: Shape) -> u32 {
        match short(folded, 0, folded.len(), shape) {
            Some(key) => self.number_of(key),
            None => self.number_long(folded, shape),
        }
    }

    /// The numbers of the tokens of a folded text.
    ///
    /// Those of a few are looked up together: the first slots of all are read before any is
    /// compared, so that the cache misses overlap.
    pub(crate) fn number_all(&mut self, folded: &[u8], tokens: &[Token], numbers: &mut Vec<u32>) {
        numbers.clear();
        for tokens in tokens.chunks(TOGETHER) {
            let (mut keys, mut places) = ([Key::default(); TOGETHER], [0; TOGETHER]);
            for ((key, place), token) in keys.iter_mut().zip(&mut places).zip(tokens) {
                let (start, end) = (token.fold_start as usize, token.fold_end as usize);
                *key = short(folded, start, end.saturating_sub(start), token.shape).unwrap_or_default();
                *place = key.hash() & self.slots.len().wrapping_sub(1);
            }
            let firsts = places.map(|at| self.slots.get(at).copied().unwrap_or_default());
            for ((key, slot), token) in keys.into_iter().zip(firsts).zip(tokens) {
                let number = if slot.key() == key && slot.number != 0 {
                    slot.number - 1
                } else if key == Key::default() {
                    self.number_long(token.folded(folded), token.shape)
                } else {
                    self.number_of(key)
                };
                numbers.push(number);
            }
        }
    }

    #[inline]
    fn number_of(&mut self, key: Key) -> u32 {
        match self.find(key) {
            Ok(number) => number,
            Err(_) => self.add(key),
        }
    }

    fn number_long(&mut self, folded: &[u8], shape: Shape) -> u32 {
        let key = long(folded, shape);
        if let Ok(number) = self.find_long(folded, key) {
            return number;
        }
        let [hash, _] = key.bytes;
        let start = self.bytes.len() as u64;
        self.bytes.extend_from_slice(folded);
        let end = self.bytes.len() as u64;
        self.add(Key { bytes: [hash, start << 32 | end], ..key })
    }

    /// The number of a word, or the empty slot in which it would stand.
    #[inline]
    fn find(&self, key: Key) -> Result<u32, usize> {
        self.walk(key, |word| word == key)
    }

    fn find_long(&self, folded: &[u8], key: Key) -> Result<u32, usize> {
        self.walk(key, |word| {
            let ([hash, range], [wanted, _]) = (word.bytes, key.bytes);
            let range = (range >> 32) as usize..(range & 0xFFFF_FFFF) as usize;
            word.kind == key.kind && hash == wanted && self.bytes.get(range) == Some(folded)
        })
    }

    #[inline]
    fn walk(&self, key: Key, is_same: impl Fn(Key) -> bool) -> Result<u32, usize> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = key.hash() & mask;
        // Some slots are empty, so the walk ends.
        while let Some(slot) = self.slots.get(at).filter(|slot| slot.number != 0) {
            if is_same(slot.key()) {
                return Ok(slot.number - 1);
            }
            at = (at + 1) & mask;
        }
        Err(at)
    }

    #[cold]
    fn add(&mut self, Key { bytes, kind }: Key) -> u32 {
        if (self.len + 1) * 3 > self.slots.len() * 2 {
            self.grow();
        }
        self.len += 1;
        self.put(Slot { bytes, kind, number: self.len as u32 });
        self.len as u32 - 1
    }

    /// Puts a word that is not there in an empty slot.
    fn put(&mut self, new: Slot) {
        if let Err(at) = self.walk(new.key(), |_| false)
            && let Some(slot) = self.slots.get_mut(at)
        {
            *slot = new;
        }
    }

    #[cold]
    fn grow(&mut self) {
        let slots = (self.slots.len() * 2).max(FEWEST_SLOTS);
        let mut old = std::mem::take(&mut self.spare);
        old.clear();
        old.extend(self.slots.iter().filter(|slot| slot.number != 0));
        self.slots.clear();
        self.slots.resize(slots, Slot::default());
        old.iter().for_each(|&slot| self.put(slot));
        self.spare = old;
    }
}

impl Slot {
    #[inline]
    fn key(&self) -> Key {
        Key { bytes: self.bytes, kind: self.kind }
    }
}

const MIX: u64 = 0x9E37_79B9_7F4A_7C15;

impl Key {
    #[inline]
    fn hash(&self) -> usize {
        // Where the bytes of a long word begin is no part of it.
        let [low, high] = self.bytes;
        let high = if self.kind & 0xFFFF == LONG as u32 { 0 } else { high };
        let hash =
            (low ^ u64::from(self.kind) << 40).wrapping_mul(MIX) ^ high.wrapping_mul(MIX.rotate_left(31));
        ((hash ^ hash >> 32).wrapping_mul(MIX) >> 32) as usize
    }
}

fn kind(len: usize, shape: Shape) -> u32 {
    len.min(LONG) as u32 | u32::from(shape.of_word().bits()) << 16
}

/// The key of the word of `len` bytes at `start`, if it is short.
#[inline]
fn short(folded: &[u8], start: usize, len: usize, shape: Shape) -> Option<Key> {
    let [low_mask, high_mask] = *MASKS.get(len)?;
    let rest = folded.get(start..).unwrap_or_default();
    let [low, high] = match rest.first_chunk::<16>() {
        Some(bytes) => halves(bytes),
        None => {
            let mut bytes = [0; 16];
            bytes.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
            halves(&bytes)
        }
    };
    Some(Key { bytes: [low & low_mask, high & high_mask], kind: kind(len, shape) })
}

#[inline]
fn halves(bytes: &[u8; 16]) -> [u64; 2] {
    let both = u128::from_le_bytes(*bytes);
    [both as u64, (both >> 64) as u64]
}

/// The key of a long word that begins nowhere yet.
fn long(folded: &[u8], shape: Shape) -> Key {
    let mut hash = folded.len() as u64;
    let mut rest = folded;
    while let Some((chunk, after)) = rest.split_first_chunk::<8>() {
        hash = (hash.rotate_left(29) ^ u64::from_le_bytes(*chunk)).wrapping_mul(MIX);
        rest = after;
    }
    let tail = rest.iter().fold(0, |tail, &byte| tail << 8 | u64::from(byte));
    hash = (hash.rotate_left(29) ^ tail).wrapping_mul(MIX);
    Key { bytes: [hash ^ hash >> 32, 0], kind: kind(folded.len(), shape) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_keeps_its_number_and_shapes_are_told_apart() {
        let mut vocabulary = Vocabulary::default();
        let words: Vec<Vec<u8>> =
            (0..5000u32).map(|n| n.to_string().repeat(1 + n as usize % 7).into()).collect();
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
