//! The learned weights: a table of 8-bit weights by feature key, used in place.
//!
//! ```text
//! header   magic "bnlw", format version u16, labels u16, slots u32, scale f32,
//!          templates' fingerprint u64, threshold of the gate f32, 4 bytes of zeros
//! moves    (labels + 1) × labels f32: from each label, last row from the start, to each label
//! slots    slots × (key u32, labels × i8, gate i8, exponent u8): open addressing, key 0 is empty
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
        let expected = HEADER + MOVES + slots.saturating_mul(SLOT);
        if slots == 0 || bytes.len() != expected || !scale.is_finite() || !threshold.is_finite() {
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
        if let Some((weights, exponent)) = self.weights(&self.find(key)) {
            let scale = self.scale * BITS.get(usize::from(exponent)).copied().unwrap_or(0.0);
            for (sum, &weight) in sums.iter_mut().zip(&weights) {
                *sum += f32::from(weight as i8) * scale;
            }
        }
    }

    /// Reads the slot in which a feature should be. To read those of many features before
    /// any is added saves time: they arrive from memory together.
    #[inline]
    pub(super) fn find(&self, key: u32) -> Found {
        Found { key, slot: self.slot(slot_of(key, self.slots)) }
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
    fn weights(&self, &Found { key, mut slot }: &Found) -> Option<([u8; LABELS + 1], u8)> {
        let mut at = slot_of(key, self.slots);
        // A full table has empty slots, so the walk ends; the bound is for damaged ones.
        for _ in 0..self.slots {
            let [a, b, c, d, weights @ .., exponent] = slot;
            match u32::from_le_bytes([a, b, c, d]) {
                0 => return None,
                found if found == key => return Some((weights, exponent)),
                _ => {}
            }
            at = if at + 1 == self.slots { 0 } else { at + 1 };
            slot = self.slot(at);
        }
        None
    }

    #[inline]
    fn slot(&self, at: u32) -> [u8; SLOT] {
        let (table, _) = self.bytes.get(HEADER + MOVES..).unwrap_or_default().as_chunks();
        table.get(at as usize).copied().unwrap_or_default()
    }
}

/// A feature and the first slot in which it may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    key: u32,
    slot: [u8; SLOT],
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
    let rows: Vec<_> = features.iter().filter_map(|(key, w)| Some((*key, quantise(w, scale)?))).collect();
    let slots = rows.len() * 3 / 2 + 2;
    let mut table = vec![0u8; slots * SLOT];
    for (key, row) in &rows {
        let mut at = slot_of(*key, slots as u32) as usize;
        while table[at * SLOT..at * SLOT + 4] != [0; 4] {
            at = (at + 1) % slots;
        }
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
    out.resize(HEADER, 0);
    for weight in moves.iter().flatten() {
        out.extend(weight.max(-1e4).to_le_bytes());
    }
    out.extend(table);
    out
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
