//! Which words of a text no name of a list begins with, seen at their first letters.
//!
//! Few words of a text begin a name of the user's. Most of the others are told by bits that
//! first- and second-level caches hold, before anything is looked up. What passes may still
//! begin no name: it is walked like any word.

use crate::picks::Picks;
use crate::text::token::Token;

/// A superset of the beginnings of words that a list's names have.
#[derive(Clone, Debug)]
pub(super) struct Openers {
    /// Names of one word, by a hash of their first three letters: the letters that come
    /// fourth, bit `b % 64` for byte `b`; all bits if a name is no longer than three.
    fourth: Vec<u64>,
    /// The same names, by a hash of their first four letters: bits of a hash of all their
    /// letters, of longer names of the first six.
    alone: Vec<u64>,
    /// First words of longer names, and the first eight letters of long words: a set.
    words: Vec<u64>,
    /// First words with the two letters that begin the next word: a set.
    pairs: Vec<u64>,
}

/// Letters that are looked at: what one number holds.
const LETTERS: usize = 8;
/// Bits of the tables for each key: as few as keep them in a cache of 512 KiB with lists of
/// 100,000 names, as many as let one word of thirty pass that should not.
const FOURTH_BITS: usize = 128;
const ALONE_BITS: usize = 48;
const WORD_BITS: usize = 20;
const PAIR_BITS: usize = 8;

impl Openers {
    /// Of folded names, sorted; `None` when one is a single letter: too many words begin so.
    pub(super) fn new(names: &[&[u8]]) -> Option<Openers> {
        let (mut alone, mut words, mut pairs) = (Vec::new(), Vec::new(), Vec::new());
        for name in names {
            let run = Run::of(name);
            match run.len() {
                LETTERS => words.push(run.hash()),
                // Words without letters are not looked at.
                0 => {}
                len if len < name.len() => {
                    words.push(run.hash());
                    match *name.get(len..).unwrap_or_default() {
                        // Anything may follow the last letter of a name.
                        [b' ', last] => pairs.extend((0..=u8::MAX).map(|any| run.before([last, any]))),
                        _ => pairs.push(run.pair(name)),
                    }
                }
                1 => return None,
                _ => alone.push(run),
            }
        }
        [&mut words, &mut pairs].into_iter().for_each(Vec::dedup);
        let prefixes = alone.chunk_by(|a, b| a.first(3) == b.first(3)).count();
        let set = |keys: usize, bits: usize| vec![0; (keys * bits).div_ceil(64).max(1)];
        let mut openers = Openers {
            fourth: set(prefixes, FOURTH_BITS),
            alone: set(alone.len(), ALONE_BITS),
            words: set(words.len(), WORD_BITS),
            pairs: set(pairs.len(), PAIR_BITS),
        };
        words.into_iter().for_each(|key| add(&mut openers.words, key));
        pairs.into_iter().for_each(|key| add(&mut openers.pairs, key));
        alone.into_iter().for_each(|run| openers.add_alone(run));
        Some(openers)
    }

    fn add_alone(&mut self, run: Run) {
        if run.len() > 3 {
            let at = place(self.alone.len(), run.first(4));
            if let Some(alone) = self.alone.get_mut(at) {
                *alone |= run.alone_bits(run.len().min(6) as u32);
            }
        }
        let third = (0x80..=0xFF_u64).filter(|_| run.len() == 2).map(|letter| run.bytes | letter << 16);
        for prefix in std::iter::once(run.first(3)).chain(third) {
            let at = place(self.fourth.len(), prefix);
            if let Some(fourth) = self.fourth.get_mut(at) {
                *fourth |= if run.len() > 3 { 1 << run.fourth() } else { u64::MAX };
            }
        }
    }

    pub(super) fn memory(&self) -> usize {
        [&self.fourth, &self.alone, &self.words, &self.pairs].iter().map(|set| size_of_val(&***set)).sum()
    }

    /// The numbers of the tokens with which a name may begin.
    pub(super) fn find(&self, tokens: &[Token], folded: &[u8], found: &mut Picks) {
        for (at, token) in (0..).zip(tokens) {
            found.offer(at, token.is_word() & self.may_open(Run::at(token, folded)));
        }
        found.retain(|at| tokens.get(at as usize).is_some_and(|token| self.opens(token, folded)));
    }

    /// Whether a name may begin so, at a first glance.
    #[inline]
    fn may_open(&self, run: Run) -> bool {
        let fourth = self.fourth(run);
        (run.bytes == 0) | (fourth >> run.fourth() & 1 == 1) | has(&self.words, run.hash())
    }

    #[inline]
    fn fourth(&self, run: Run) -> u64 {
        self.fourth.get(place(self.fourth.len(), run.first(3))).copied().unwrap_or_default()
    }

    /// The same at a second one, for few words.
    #[inline]
    fn opens(&self, token: &Token, folded: &[u8]) -> bool {
        let run = Run::at(token, folded);
        let alone = self.alone.get(place(self.alone.len(), run.first(4))).copied().unwrap_or_default();
        let has_alone = |letters| {
            let bits = run.alone_bits(letters);
            alone & bits == bits
        };
        if (run.bytes == 0) | (self.fourth(run) == u64::MAX) | has_alone(4) | has_alone(5) | has_alone(6) {
            return true;
        }
        let rest = folded.get(token.fold_start as usize..).unwrap_or_default();
        has(&self.words, run.hash()) && (run.len() == LETTERS || has(&self.pairs, run.pair(rest)))
    }
}

/// The Bengali letters that folded bytes begin with, eight at most.
#[derive(Clone, Copy)]
struct Run {
    /// Zero after the last one.
    bytes: u64,
}

impl Run {
    #[inline]
    fn of(rest: &[u8]) -> Run {
        match rest.first_chunk() {
            Some(bytes) => Run::new(*bytes),
            None => Run::short(rest),
        }
    }

    #[cold]
    fn short(rest: &[u8]) -> Run {
        let mut bytes = [0; LETTERS];
        bytes.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        Run::new(bytes)
    }

    #[inline]
    fn at(token: &Token, folded: &[u8]) -> Run {
        Run::of(folded.get(token.fold_start as usize..).unwrap_or_default())
    }

    #[inline]
    fn new(bytes: [u8; LETTERS]) -> Run {
        let bytes = u64::from_le_bytes(bytes);
        // The highest bit of the first byte that is no letter.
        let ends = !bytes & 0x8080_8080_8080_8080;
        let end = ends & ends.wrapping_neg();
        Run { bytes: bytes & (end >> 7).wrapping_sub(1) }
    }

    #[inline]
    fn len(self) -> usize {
        LETTERS - self.bytes.leading_zeros() as usize / 8
    }

    /// The first few letters.
    #[inline]
    fn first(self, letters: u32) -> u64 {
        self.bytes & ((1 << (8 * letters)) - 1)
    }

    /// The fourth letter, as a number below 64.
    #[inline]
    fn fourth(self) -> u32 {
        (self.bytes >> 24) as u32 & 63
    }

    #[inline]
    fn hash(self) -> u64 {
        self.bytes.wrapping_mul(MIX)
    }

    /// Three bits for the first few letters, and for how many these are.
    #[inline]
    fn alone_bits(self, letters: u32) -> u64 {
        let hash = (self.first(letters) | u64::from(letters) << 56).wrapping_mul(MIX);
        1 << (hash >> 58) | 1 << (hash >> 52 & 63) | 1 << (hash >> 46 & 63)
    }

    /// A hash of the word and of the next two letters, after a space.
    #[inline]
    fn pair(self, rest: &[u8]) -> u64 {
        let next = match rest.get(self.len()..) {
            Some(&[b' ', first, second, ..]) => [first, second],
            Some(&[b' ', first]) => [first, 0],
            _ => [0; 2],
        };
        self.before(next)
    }

    #[inline]
    fn before(self, next: [u8; 2]) -> u64 {
        let hash = self.hash();
        (hash ^ hash >> 32 ^ u64::from(u16::from_le_bytes(next))).wrapping_mul(MIX)
    }
}

const MIX: u64 = 0x9E37_79B9_7F4A_7C15;

/// Where a key stands in a table of so many places.
#[inline]
fn place(places: usize, key: u64) -> usize {
    scale(key.wrapping_mul(MIX), places)
}

/// Where a hash stands in a set, and three bits for it.
#[inline]
fn bits(set: &[u64], hash: u64) -> (usize, u64) {
    let mixed = hash >> 8;
    let bits = 1 << (mixed & 63) | 1 << (mixed >> 6 & 63) | 1 << (mixed >> 12 & 63);
    (scale(hash, set.len()), bits)
}

/// A place below `places`, in proportion to the hash.
#[inline]
fn scale(hash: u64, places: usize) -> usize {
    (((hash >> 32) * places as u64) >> 32) as usize
}

fn add(set: &mut [u64], hash: u64) {
    let (at, bits) = bits(set, hash);
    if let Some(word) = set.get_mut(at) {
        *word |= bits;
    }
}

#[inline]
fn has(set: &[u64], hash: u64) -> bool {
    let (at, bits) = bits(set, hash);
    set.get(at).is_some_and(|word| word & bits == bits)
}
