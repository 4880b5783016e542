//! Features of text that the tables have counted, without that count.
//!
//! The word table and the harvested names are made from some of the labelled sets. Features
//! read with them would tell the labels of just these sentences; so each sentence is read
//! with tables that are built without its fold. The fold of a sentence is a hash of its
//! text: all copies of a sentence are in one.

use anyhow::Result;
use bangla_ner::eval::Document;
use bangla_ner::text::fold;
use bangla_ner::tools::Tables;
use bangla_ner::{Extractor, Mode, Scratch};
use compile_gazetteer::{Folders, build};

use crate::data::{self, Example};

/// Number of folds.
pub const FOLDS: u64 = 5;

/// The fold of a sentence, by its folded text alone.
pub fn of(sentence: &Document) -> u64 {
    let folded = fold(&sentence.text);
    let hash = folded
        .as_bytes()
        .iter()
        .fold(0xCBF2_9CE4_8422_2325u64, |h, &b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01B3));
    (hash ^ hash >> 32) % FOLDS
}

/// Tables that are built without one fold of every set.
pub fn tables_without(folders: &Folders, fold: u64) -> Result<Tables> {
    build(folders, |sentence| of(sentence) != fold, |_| {})?.tables()
}

/// The examples of each set's sentences, for sets that the tables count.
pub fn examples(
    folders: &Folders,
    sets: &[Vec<Document>],
    step: &dyn Fn(),
) -> Result<Vec<Vec<Vec<Example>>>> {
    let mut out: Vec<Vec<Vec<Example>>> =
        sets.iter().map(|s| s.iter().map(|_| Vec::new()).collect()).collect();
    for fold in 0..FOLDS {
        let tables = tables_without(folders, fold)?;
        let extractor = Extractor::builder().tables(tables).mode(Mode::Rules).build()?;
        let mut scratch = Scratch::new();
        for (documents, examples) in sets.iter().zip(&mut out) {
            for (document, examples) in documents.iter().zip(examples).filter(|(d, _)| of(d) == fold) {
                *examples = data::examples(&extractor, &mut scratch, document);
            }
        }
        step();
    }
    Ok(out)
}
