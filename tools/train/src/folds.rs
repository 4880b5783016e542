//! Features of text that the tables have counted, without that count.
//!
//! The word table and the harvested names are made from some of the labelled sets. Features
//! read with them would tell the labels of just these sentences; so each sentence is read
//! with tables that are built without its fold.

use anyhow::Result;
use bangla_ner::eval::Document;
use bangla_ner::tools::Tables;
use bangla_ner::{Extractor, Mode, Scratch};
use compile_gazetteer::{Folders, build};

use crate::data::{self, Example};

/// Number of folds.
pub const FOLDS: usize = 5;

/// A set that the tables count, from the first sentence of its key there on.
pub struct Counted<'d> {
    pub documents: &'d [Document],
}

/// Tables that are built without one fold of every set.
pub fn tables_without(folders: &Folders, fold: usize) -> Result<Tables> {
    build(folders, |_, position| position % FOLDS != fold, |_| {})?.tables()
}

/// The examples of each set's sentences.
pub fn examples(folders: &Folders, sets: &[Counted<'_>], step: &dyn Fn()) -> Result<Vec<Vec<Vec<Example>>>> {
    let mut out: Vec<Vec<Vec<Example>>> =
        sets.iter().map(|s| s.documents.iter().map(|_| Vec::new()).collect()).collect();
    for fold in 0..FOLDS {
        let tables = tables_without(folders, fold)?;
        let extractor = Extractor::builder().tables(tables).mode(Mode::Rules).build()?;
        let mut scratch = Scratch::new();
        for (set, examples) in sets.iter().zip(&mut out) {
            for (position, document) in set.documents.iter().enumerate().filter(|(p, _)| p % FOLDS == fold) {
                examples[position] = data::examples(&extractor, &mut scratch, document);
            }
        }
        step();
    }
    Ok(out)
}
