//! Builds the gazetteer tables of bangla-ner from their sources, and compiles them.
//!
//! In order: count words in the labelled sets; read and clean the source rows; harvest
//! names from the labelled sets; add the hand-written rows; give every row its ambiguity;
//! write sorted tables and a report; compile them with the cue lists. Same input, same
//! bytes.

mod ambiguity;
mod clean;
mod count;
mod harvest;
mod labelled;
mod output;
mod rows;
mod sources;
mod write;
mod written;

use std::path::PathBuf;

use anyhow::Result;
use bangla_ner::eval::Document;

pub use labelled::SETS;
pub use output::{Built, check, write};

/// Where everything is read.
#[derive(Clone, Debug)]
pub struct Folders {
    /// The gazetteer sources: `merged.tsv` and the folders beside it.
    pub sources: PathBuf,
    /// The labelled sets.
    pub ner: PathBuf,
    /// The hand-written rows.
    pub written: PathBuf,
    /// The cue lists.
    pub cues: PathBuf,
}

/// Builds all tables in memory.
///
/// `counted` says for each sentence of the labelled [`SETS`] whether words may be counted
/// and names harvested there. `step` is told what is being done.
///
/// # Errors
/// When a file is missing or a row cannot be used.
pub fn build(
    folders: &Folders,
    counted: impl Fn(&Document) -> bool,
    mut step: impl FnMut(&'static str),
) -> Result<Built> {
    step("labelled sets");
    let sets = labelled::read_all(&folders.ner, counted)?;
    step("word counts");
    let counts = count::count(&sets);
    step("source rows");
    let cues = rows::Cues::read(&folders.cues)?;
    let lexicon = sources::lexicon(&folders.sources)?;
    let mut table = rows::Table::default();
    sources::read(&folders.sources, &mut table)?;
    step("harvest");
    harvest::harvest(&sets, &counts, &lexicon, &cues, &mut table);
    written::read(&folders.written, &mut table)?;
    step("ambiguity");
    let phrases = count::count_phrases(&sets, ambiguity::ordinary_phrases(&table, &counts));
    ambiguity::assign(&mut table, &counts, &phrases, &lexicon, &cues);
    step("tables");
    Ok(Built { files: write::files(&table, &counts, &lexicon), cues: output::read_cues(&folders.cues)? })
}
