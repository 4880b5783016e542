//! The labelled sets: sentences of tokens with mentions.

use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};
use bangla_ner::Kind;
use bangla_ner::eval::{self, Document};

/// A labelled set that may be used for counting and harvesting.
///
/// The rifat set is not among them, so that it stays unseen text for evaluation, nor is
/// the MultiCoNER set, whose text is translated by machine.
pub struct Set {
    /// Key in `SOURCES.tsv`.
    pub key: &'static str,
    pub sentences: Vec<Sentence>,
    /// Whether words outside mentions count as seen outside names. Not where most names
    /// are left untagged.
    pub counts_ordinary: bool,
}

pub struct Sentence {
    pub tokens: Vec<String>,
    pub mentions: Vec<(Range<usize>, Kind)>,
}

/// The sets: key in `SOURCES.tsv`, file, whether ordinary words are counted.
pub const SETS: &[(&str, &str, bool)] = &[
    ("karim2019", "karim2019_names/train.tsv", true),
    ("karim2019", "karim2019_names/dev.tsv", true),
    ("neonp", "neonp_headlines/train.tsv", true),
    ("banglakit", "banglakit/all.tsv", false),
];

/// Reads the sentences that `counted` lets through.
pub fn read_all(folder: &Path, counted: impl Fn(&Document) -> bool) -> Result<Vec<Set>> {
    let read = |&(key, file, counts_ordinary)| {
        Ok(Set { key, sentences: read(folder, file, &counted)?, counts_ordinary })
    };
    SETS.iter().map(read).collect()
}

fn read(folder: &Path, file: &str, counted: impl Fn(&Document) -> bool) -> Result<Vec<Sentence>> {
    let path = folder.join(file);
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let documents = eval::read_bio(file, &text)?;
    let sentences = documents.iter().filter(|d| counted(d)).map(|document| {
        let token_of = |byte: usize| document.tokens.partition_point(|t| t.end <= byte);
        let mentions = document
            .mentions
            .iter()
            .map(|m| (token_of(m.span.start)..token_of(m.span.end - 1) + 1, m.kind.clone()));
        let tokens = document.tokens.iter().map(|t| strip(&document.text[t.clone()]).to_owned());
        Sentence { tokens: tokens.collect(), mentions: mentions.collect() }
    });
    Ok(sentences.collect())
}

/// A token without the quotes and punctuation that the sets leave on it.
fn strip(token: &str) -> &str {
    const MARKS: &[char] =
        &['‘', '’', '“', '”', '\'', '"', '`', '´', '*', '•', ',', '।', ';', ':', '!', '?', '(', ')'];
    let stripped = token.trim_matches(MARKS);
    if stripped.is_empty() { token } else { stripped }
}
