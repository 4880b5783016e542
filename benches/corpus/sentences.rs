//! The project's own marked texts, cut into sentences with places for names.

use std::path::Path;

use bangla_ner::{Kind, eval};

use super::spelling::canonical;

/// A part of a sentence.
#[derive(Clone, Debug)]
pub enum Piece {
    /// Words and marks that hold no name.
    Words(String),
    /// A name, with the ending glued to it.
    Name { name: String, ending: String, kind: Kind },
}

/// Texts of the project: the golden articles, and the training sentences where they are at
/// hand (they are no part of the published package).
const FOLDERS: [&str; 2] = ["tests/golden", "tools/train/texts"];

/// All sentences, in canonical spelling.
pub fn sentences() -> Vec<Vec<Piece>> {
    let mut files = Vec::new();
    for folder in FOLDERS.map(|folder| Path::new(crate::REPOSITORY).join(folder)) {
        let mut found: Vec<_> =
            std::fs::read_dir(folder).into_iter().flatten().filter_map(|e| Some(e.ok()?.path())).collect();
        found.sort();
        files.extend(found);
    }
    assert!(!files.is_empty(), "no marked texts beside the benches");
    let lines = files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect::<String>();
    let marked = lines.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    marked.flat_map(|line| split(line.trim())).collect()
}

/// The sentences of a marked line.
fn split(line: &str) -> Vec<Vec<Piece>> {
    let document = eval::read_marked("benches", &canonical(line)).unwrap();
    let text = &document.text;
    let mut sentences = vec![Vec::new()];
    let mut at = 0;
    let next = document.mentions.iter().skip(1).map(|m| m.span.start).chain([text.len()]);
    for (mention, next) in document.mentions.iter().zip(next) {
        words(&text[at..mention.span.start], &mut sentences);
        let ending = ending_length(&text[mention.span.end..next]);
        at = mention.span.end + ending;
        let name = Piece::Name {
            name: document.surface(mention).to_owned(),
            ending: text[mention.span.end..at].to_owned(),
            kind: mention.kind.clone(),
        };
        sentences.last_mut().unwrap().push(name);
    }
    words(&text[at..], &mut sentences);
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

/// Adds words, beginning a new sentence after each end of one.
fn words(text: &str, sentences: &mut Vec<Vec<Piece>>) {
    let mut rest = text;
    while let Some(end) = rest.find(['।', '?', '!']) {
        // A quote that closes the sentence stays with it.
        let length = rest[end..].find(' ').map_or(rest.len() - end, |n| n);
        let (sentence, after) = rest.split_at(end + length);
        sentences.last_mut().unwrap().push(Piece::Words(sentence.to_owned()));
        sentences.push(Vec::new());
        rest = after.trim_start();
    }
    if !rest.is_empty() {
        sentences.last_mut().unwrap().push(Piece::Words(rest.to_owned()));
    }
}

/// Bytes of the ending glued to a name that stood before `rest`, a hyphen included.
fn ending_length(rest: &str) -> usize {
    let letters = |text: &str| text.find(|c| !is_letter(c)).unwrap_or(text.len());
    match rest.strip_prefix('-') {
        Some(after) if letters(after) > 0 => 1 + letters(after),
        Some(_) => 0,
        None => letters(rest),
    }
}

pub fn is_letter(c: char) -> bool {
    ('\u{0981}'..='\u{09E3}').contains(&c)
}
