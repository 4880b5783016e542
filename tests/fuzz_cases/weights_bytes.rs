//! Bytes for learned weights: opened as they are, and again with a header that fits them.

use std::sync::LazyLock;

use bangla_ner::{Extractor, training};

use super::{TEXT, spans};

const HEADER: usize = 32;
const MOVES: usize = (training::LABEL_COUNT + 1) * training::LABEL_COUNT * 4;
const SLOT: usize = training::LABEL_COUNT + 6;

pub fn run(bytes: &[u8]) {
    open(bytes.to_vec());
    let mut fitted = bytes.to_vec();
    if fit(&mut fitted).is_some() {
        open(fitted);
    }
}

fn open(bytes: Vec<u8>) {
    let Ok(ner) = Extractor::builder().weights(bytes).build() else { return };
    spans::check(&ner, TEXT);
}

/// Writes what a header must say; scale and threshold stay.
fn fit(bytes: &mut Vec<u8>) -> Option<()> {
    static HEAD: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let moves = [[0.0; training::LABEL_COUNT]; training::LABEL_COUNT + 1];
        training::encode(&[], &moves, 0.0)
    });
    let slots = bytes.len().checked_sub(HEADER + MOVES)? / SLOT;
    bytes.truncate(HEADER + MOVES + slots * SLOT);
    bytes.get_mut(..8)?.copy_from_slice(HEAD.get(..8)?);
    bytes.get_mut(8..12)?.copy_from_slice(&(slots as u32).to_le_bytes());
    bytes.get_mut(16..24)?.copy_from_slice(HEAD.get(16..24)?);
    Some(())
}

#[test]
fn fitted_bytes_are_opened() {
    let mut bytes = vec![0; HEADER + MOVES + 3 * SLOT + 1];
    assert!(fit(&mut bytes).is_some());
    assert!(Extractor::builder().weights(bytes).build().is_ok());
}
