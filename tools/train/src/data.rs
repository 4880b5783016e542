//! Labelled sets as sentences of features.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, Result};
use bangla_ner::eval::{self, Document};
use bangla_ner::training::{self, Row, Topic};
use bangla_ner::{Extractor, Kind, Scratch};

use crate::chain::Sentences;

/// One sentence of a set: features by key, labels.
pub struct Example {
    pub rows: Vec<(Vec<u32>, u8)>,
    /// What each feature of each token is about.
    pub topics: Vec<Vec<u8>>,
    /// How many of each token's features are of its word and its neighbours' alone.
    pub of_words: Vec<usize>,
}

impl Example {
    /// The features of each token's word and neighbours, with its label.
    pub fn of_words(&self) -> impl Iterator<Item = (&[u32], u8)> {
        let rows = self.rows.iter().zip(&self.of_words);
        rows.map(|((features, label), &words)| (&features[..words], *label))
    }

    /// Every feature but those that are left out, again and again as they stand.
    pub fn features(&self, without: &Without) -> impl Iterator<Item = u32> {
        let rows = self.rows.iter().zip(&self.topics);
        let pairs = rows.flat_map(|((features, _), topics)| features.iter().zip(topics));
        pairs.filter(|&(_, &topic)| !without.0[usize::from(topic)]).map(|(&key, _)| key)
    }

    /// Those of them that are of a word and of its neighbours.
    pub fn word_features(&self, without: &Without) -> impl Iterator<Item = u32> {
        let rows = self.of_words().zip(&self.topics);
        let pairs = rows.flat_map(|((features, _), topics)| features.iter().zip(topics));
        pairs.filter(|&(_, &topic)| !without.0[usize::from(topic)]).map(|(&key, _)| key)
    }
}

/// Features that are left out, by the numbers of their topics.
pub struct Without([bool; 256]);

impl Without {
    /// Every feature is read.
    pub const NOTHING: Without = Without([false; 256]);

    /// Leaves out topics.
    pub fn topics(is_out: impl Fn(Topic) -> bool) -> Without {
        Without(std::array::from_fn(|number| training::topic(number as u8).is_some_and(&is_out)))
    }
}

/// Reads a labelled set.
pub fn read(folder: &Path, file: &str) -> Result<Vec<Document>> {
    let path = folder.join(file);
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(eval::read_bio(file, &text)?)
}

/// The files of a folder with names and contents, in order.
fn texts(folder: &Path) -> Result<Vec<(String, String)>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut files: Vec<_> = entries.map(|f| f.map(|f| f.path())).collect::<std::io::Result<_>>()?;
    files.sort();
    let texts = files.iter().filter(|f| f.extension().is_some_and(|e| e == "txt"));
    texts.map(|file| Ok((file.display().to_string(), std::fs::read_to_string(file)?))).collect()
}

/// Reads every inline-marked text of a folder as one document.
pub fn read_articles(folder: &Path) -> Result<Vec<Document>> {
    texts(folder)?.iter().map(|(shown, text)| Ok(eval::read_marked(shown, text)?)).collect()
}

/// Reads every inline-marked text of a folder, each line of it as a document.
pub fn read_texts(folder: &Path) -> Result<Vec<Document>> {
    let mut documents = Vec::new();
    for (shown, text) in texts(folder)? {
        for line in text.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()) {
            documents.push(eval::read_marked(&shown, line)?);
        }
    }
    Ok(documents)
}

/// The sentences of a document as the weights read them.
pub fn examples(extractor: &Extractor, scratch: &mut Scratch, document: &Document) -> Vec<Example> {
    let rows = training::featurize(extractor, scratch, &document.text);
    let labels = labels(document, &rows);
    let mut out: Vec<Example> = Vec::new();
    for (row, label) in rows.into_iter().zip(labels) {
        if row.first || out.is_empty() {
            out.push(Example { rows: Vec::new(), topics: Vec::new(), of_words: Vec::new() });
        }
        if let Some(last) = out.last_mut() {
            last.rows.push((row.features, label));
            last.topics.push(row.topics);
            last.of_words.push(row.of_words);
        }
    }
    out
}

/// Labels of our tokens from the mentions, brought to the guideline: demonyms and generic
/// nouns are no names; marks at the edges are outside; two names with a hyphen are two.
fn labels(document: &Document, rows: &[Row]) -> Vec<u8> {
    let mut labels = vec![0; rows.len()];
    for mention in &document.mentions {
        let kind = match mention.kind {
            Kind::Person => 0,
            Kind::Place => 1,
            Kind::Organization => 2,
            _ => continue,
        };
        let first = rows.partition_point(|r| r.end <= mention.span.start);
        let last = rows.partition_point(|r| r.start < mention.span.end);
        let mut tokens = first..last;
        while rows[tokens.clone()].first().is_some_and(|r| !r.word) {
            tokens.start += 1;
        }
        while rows[tokens.clone()].last().is_some_and(|r| !r.word) {
            tokens.end -= 1;
        }
        let inside = &rows[tokens.clone()];
        if inside.is_empty() || inside.iter().all(|r| r.generic || !r.word) {
            continue;
        }
        // The last word may be an ending after a hyphen: বিএনপি-র.
        if let [.., _, hyphen, ending] = inside
            && !hyphen.word
            && hyphen.end == ending.start
            && is_ending(&document.text[ending.start..ending.end])
        {
            tokens.end -= 2;
        }
        for at in tokens.clone() {
            labels[at] = 1 + 2 * kind + u8::from(at != tokens.start);
        }
        let pair = rows[tokens.clone()].iter().filter(|r| r.word).count() == 2 && tokens.len() == 3;
        if pair && kind == 1 && rows[tokens.start].named && rows[tokens.start + 2].named {
            labels[tokens.start + 1] = 0;
            labels[tokens.start + 2] = 1 + 2 * kind;
        }
    }
    labels
}

fn is_ending(text: &str) -> bool {
    ["র", "এর", "কে", "তে", "এ", "য়", "য\u{9BC}", "ের", "ও", "ই"].contains(&text)
}

/// Numbers of feature keys that are seen often enough.
pub struct Vocabulary {
    numbers: HashMap<u32, u32>,
    pub keys: Vec<u32>,
}

impl Vocabulary {
    pub fn new<'e>(examples: impl Iterator<Item = &'e Example>, least: u32, without: &Without) -> Vocabulary {
        let mut counts: HashMap<u32, u32> = HashMap::new();
        for key in examples.flat_map(|e| e.features(without)) {
            *counts.entry(key).or_default() += 1;
        }
        let mut keys: Vec<u32> =
            counts.into_iter().filter(|&(_, n)| n >= least).map(|(key, _)| key).collect();
        keys.sort_unstable();
        let numbers = keys.iter().zip(0..).map(|(&key, n)| (key, n)).collect();
        Vocabulary { numbers, keys }
    }

    /// The sentences with numbered features.
    pub fn number<'e>(
        &self,
        examples: impl Iterator<Item = &'e Example>,
        weight: f32,
        domain: u8,
    ) -> Sentences {
        let mut out = Sentences { starts: vec![0], tokens: vec![0], ..Sentences::default() };
        for example in examples {
            for (features, label) in &example.rows {
                out.features.extend(features.iter().filter_map(|key| self.numbers.get(key)));
                out.tokens.push(out.features.len());
                out.labels.push(*label);
            }
            out.starts.push(out.labels.len());
            out.weights.push(weight);
            out.domains.push(domain);
        }
        out
    }
}
