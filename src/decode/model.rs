//! The learned weights: a table of 8-bit weights by feature key, used in place.
//!
//! ```text
//! header   magic "bnlw", format version u16, labels u16, slots u32, scale f32,
//!          templates' fingerprint u64, threshold of the gate f32, more slots u32
//! moves    (labels + 1) × labels f32: from each label, last row from the start, to each label
//! slots    (slots + more slots) × (key u32, labels × i8, gate i8, exponent u8): open addressing
//!          with the keys in order; key 0 is empty; what the last slots have no room for
//!          goes to the ones behind them
//! ```
//!
//! All little-endian. A weight is `i8 × scale × 2^-exponent`.

use std::borrow::Cow;

use super::crf::Moves;
use super::sums::{Exact, Prepared, Sums};
use super::view::LABELS;
use crate::error::{Error, ErrorKind};

const MAGIC: [u8; 4] = *b"bnlw";
const VERSION: u16 = 3;
const HEADER: usize = 32;
const MOVES: usize = (LABELS + 1) * LABELS * 4;
const SLOT: usize = 4 + LABELS + 2;
#[cfg(feature = "tools")]
#[expect(clippy::indexing_slicing, reason = "evaluated while compiling, where it would fail")]
const BITS: [f32; 16] = {
    let mut table = [1.0f32; 16];
    let mut i = 1;
    while i < 16 {
        table[i] = table[i - 1] * 0.5;
        i += 1;
    }
    table
};

/// Weights of features and of moves between labels.
#[derive(Debug)]
pub(crate) struct Model {
    bytes: Cow<'static, [u8]>,
    slots: u32,
    scale: f32,
    threshold: f32,
    moves: Moves,
    prepared: Prepared,
}

impl Model {
    /// Opens compiled weights.
    ///
    /// # Errors
    /// Truncated or foreign bytes, or weights for other features than this version reads.
    pub(crate) fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Model, Error> {
        let bytes = bytes.into();
        let wrong = |message: &str| Error::from(ErrorKind::Weights(message.into()));
        let header: &[u8; HEADER] = bytes.first_chunk().ok_or_else(|| wrong("the header is truncated"))?;
        let (magic, rest) = split::<4>(header).ok_or_else(|| wrong("the header is truncated"))?;
        if magic != MAGIC {
            return Err(wrong("these are no weights; train them with tools/train"));
        }
        let word = |at: usize| rest.get(at..).and_then(|b| b.first_chunk::<4>()).copied().unwrap_or_default();
        let [version @ .., l, m] = word(0);
        let (version, labels) = (u16::from_le_bytes(version), u16::from_le_bytes([l, m]));
        if version != VERSION || usize::from(labels) != LABELS {
            return Err(wrong("written by another version; train them again with tools/train"));
        }
        let slots = u32::from_le_bytes(word(4)) as usize;
        let scale = f32::from_le_bytes(word(8));
        let threshold = f32::from_le_bytes(word(20));
        let more = u32::from_le_bytes(word(24)) as usize;
        let expected = slots.saturating_add(more).saturating_mul(SLOT).saturating_add(HEADER + MOVES);
        if slots == 0 || bytes.len() != expected {
            return Err(wrong("the length does not fit the header; the file is truncated or damaged"));
        }
        let fingerprint = rest.get(12..).and_then(|b| b.first_chunk::<8>()).copied().unwrap_or_default();
        if u64::from_le_bytes(fingerprint) != super::features::fingerprint() {
            return Err(wrong("trained for other features; train them again with tools/train"));
        }
        let mut moves = [[0.0; LABELS]; LABELS + 1];
        let numbers = bytes.get(HEADER..).unwrap_or_default().chunks_exact(4);
        for (slot, number) in moves.iter_mut().flatten().zip(numbers) {
            *slot = number.first_chunk::<4>().map_or(0.0, |b| f32::from_le_bytes(*b));
        }
        if [scale, threshold].iter().chain(moves.iter().flatten()).any(|number| !is_weight(*number)) {
            return Err(wrong("a weight is no number or much too large; the file is damaged"));
        }
        let prepared = Prepared::default();
        let moves = Moves::new(&moves);
        let mut model = Model { slots: slots as u32, scale, threshold, moves, bytes, prepared };
        model.prepared = Prepared::new(&model);
        Ok(model)
    }

    /// Weights of moves from label to label.
    pub(crate) fn moves(&self) -> &Moves {
        &self.moves
    }

    /// A token may be in a name when the gate's weights of its words reach this sum.
    pub(crate) fn threshold(&self) -> f32 {
        self.threshold
    }

    /// Sums of weights that are worked out beforehand.
    pub(super) fn prepared(&self) -> &Prepared {
        &self.prepared
    }

    /// What sums that need not be exact are counted in.
    #[inline]
    pub(super) fn unit(&self) -> f32 {
        self.scale * (1.0 / 16.0)
    }

    /// Adds a feature's weights to a sum for each label.
    pub(super) fn add(&self, key: u32, sums: &mut Exact) {
        self.add_exact(&self.find(key), sums);
    }

    /// Adds the weights of a feature whose first slot was read, without rounding.
    #[inline]
    pub(super) fn add_exact(&self, found: &Found, sums: &mut Exact) {
        if let Some((weights, exponent)) = self.weights(found) {
            sums.add_weights(weights, exponent);
        }
    }

    /// Reads the key in the first slot of a feature. To read those of many features before
    /// any is added saves time: they arrive from memory together.
    #[inline]
    pub(super) fn find(&self, key: u32) -> Found {
        let at = slot_of(key, self.slots);
        Found { key, at, first: self.key_at(at) }
    }

    /// Adds the weights of a feature whose first slot was read.
    #[inline]
    pub(super) fn add_found(&self, found: &Found, sums: &mut Sums) {
        if let Some((weights, exponent)) = self.weights(found) {
            sums.add_weights(weights, exponent);
        }
    }

    /// The weights of a feature, as bytes, and the exponent of their scale.
    #[inline]
    fn weights(&self, &Found { key, mut at, first }: &Found) -> Option<([u8; LABELS + 1], u8)> {
        let mut there = first;
        // The keys are in order, and what lies behind the last slot counts as empty.
        while there < key && there != 0 {
            at += 1;
            there = self.key_at(at);
        }
        if there != key {
            return None;
        }
        let [weights @ .., exponent] = *self.bytes_at::<{ LABELS + 2 }>(at, 4)?;
        Some((weights, exponent))
    }

    #[inline]
    fn key_at(&self, at: u32) -> u32 {
        self.bytes_at(at, 0).map_or(0, |bytes| u32::from_le_bytes(*bytes))
    }

    /// Bytes of slot `at`.
    #[inline]
    fn bytes_at<const N: usize>(&self, at: u32, from: usize) -> Option<&[u8; N]> {
        self.bytes.get(HEADER + MOVES + at as usize * SLOT + from..)?.first_chunk()
    }
}

/// Whether a sum of a few hundred such numbers is still a number. Barred moves are the largest
/// that the trainer writes.
fn is_weight(number: f32) -> bool {
    number.abs() <= 1e6
}

/// A feature, the first slot in which it may be, and the key there.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Found {
    key: u32,
    at: u32,
    first: u32,
}

fn split<const N: usize>(bytes: &[u8]) -> Option<([u8; N], &[u8])> {
    bytes.split_first_chunk::<N>().map(|(first, rest)| (*first, rest))
}

/// The first slot in which a feature may be: keys are spread over them in order.
fn slot_of(key: u32, slots: u32) -> u32 {
    ((u64::from(key) * u64::from(slots)) >> 32) as u32
}

/// Writes weights in the compiled form; features without a weight are left out.
///
/// Of a feature's weights the last is that of the gate. `moves` that are not finite (barred ones) are written as a very small number.
#[cfg(feature = "tools")]
#[expect(clippy::indexing_slicing, reason = "of the trainer: numbers of slots are taken modulo their count")]
pub(crate) fn encode(
    features: &[(u32, [f32; LABELS + 1])],
    moves: &[[f32; LABELS]; LABELS + 1],
    threshold: f32,
) -> Vec<u8> {
    let largest = features.iter().flat_map(|f| f.1).fold(0.0f32, |m, w| m.max(w.abs())).max(1e-6);
    let scale = largest / 127.0;
    let mut rows: Vec<_> = features.iter().filter_map(|(key, w)| Some((*key, quantise(w, scale)?))).collect();
    rows.sort_unstable_by_key(|&(key, _)| key);
    let slots = rows.len() * 3 / 2 + 2;
    let places = places(&rows, slots);
    let end = places.last().map_or(slots, |last| slots.max(last + 1));
    let mut table = vec![0u8; end * SLOT];
    for ((key, row), at) in rows.iter().zip(places) {
        table[at * SLOT..at * SLOT + 4].copy_from_slice(&key.to_le_bytes());
        table[at * SLOT + 4..(at + 1) * SLOT].copy_from_slice(row);
    }
    let mut out = Vec::with_capacity(HEADER + MOVES + table.len());
    out.extend(MAGIC);
    out.extend(VERSION.to_le_bytes());
    out.extend((LABELS as u16).to_le_bytes());
    out.extend((slots as u32).to_le_bytes());
    out.extend(scale.to_le_bytes());
    out.extend(super::features::fingerprint().to_le_bytes());
    out.extend(threshold.to_le_bytes());
    out.extend(((end - slots) as u32).to_le_bytes());
    for weight in moves.iter().flatten() {
        out.extend(weight.max(-1e4).to_le_bytes());
    }
    out.extend(table);
    out
}

/// The slots of rows in order: each has its own, or else the next one that is free.
#[cfg(feature = "tools")]
fn places<R>(rows: &[(u32, R)], slots: usize) -> Vec<usize> {
    let mut free = 0;
    let mut place = |&(key, _): &(u32, R)| {
        let at = free.max(slot_of(key, slots as u32) as usize);
        free = at + 1;
        at
    };
    rows.iter().map(&mut place).collect()
}

/// The weights of a feature as bytes and the exponent of their common scale.
#[cfg(feature = "tools")]
#[expect(
    clippy::indexing_slicing,
    reason = "of the trainer: exponents stay below seven, rows are of constant length"
)]
fn quantise(weights: &[f32; LABELS + 1], scale: f32) -> Option<[u8; LABELS + 2]> {
    let largest = weights.iter().fold(0.0f32, |m, w| m.max(w.abs()));
    let mut exponent = 0u8;
    while exponent < 6 && largest < scale * 63.0 * BITS[usize::from(exponent)] {
        exponent += 1;
    }
    let mut row = [0u8; LABELS + 2];
    for (slot, w) in row.iter_mut().zip(weights) {
        *slot = (w / (scale * BITS[usize::from(exponent)])).round().clamp(-127.0, 127.0) as i8 as u8;
    }
    row[LABELS + 1] = exponent;
    row[..=LABELS].iter().any(|&b| b != 0).then_some(row)
}

#[cfg(all(test, feature = "tools"))]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::decode::sums::Exact;

    proptest! {
        #[test]
        fn every_feature_is_found_and_no_other(
            // Many large keys crowd the last slots.
            keys in prop::collection::btree_map(prop_oneof![1..=u32::MAX, u32::MAX - 40..=u32::MAX], 1..=127i8, 0..60),
            others in prop::collection::vec(1..=u32::MAX, 20),
        ) {
            let weight = |w: i8| [f32::from(w); LABELS + 1];
            let rows: Vec<_> = keys.iter().map(|(&key, &w)| (key, weight(w))).rev().collect();
            let bytes = encode(&rows, &[[0.0; LABELS]; LABELS + 1], 0.0);
            let model = Model::from_bytes(bytes).unwrap();
            let sum = |key: u32| {
                let mut sums = Exact::default();
                model.add(key, &mut sums);
                sums.of(3, model.unit())
            };
            let expected: BTreeMap<u32, i8> = keys;
            for key in expected.keys().copied().chain(others) {
                let wanted = f32::from(expected.get(&key).copied().unwrap_or_default());
                prop_assert!((sum(key) - wanted).abs() <= wanted / 60.0, "{key}: {} for {wanted}", sum(key));
            }
        }
    }
}
