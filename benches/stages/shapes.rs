//! Texts of other shapes: short ones, long ones, hostile ones.

use crate::corpus::{Document, Random, columns};

/// The same text in pieces of about `length` bytes, cut at white space.
pub fn pieces(documents: &[Document], length: usize) -> Vec<Document> {
    let mut pieces = vec![String::new()];
    for document in documents {
        for word in document.text.split_inclusive([' ', '\n']) {
            if pieces.last().is_some_and(|p| p.len() >= length) {
                pieces.push(String::new());
            }
            if let Some(last) = pieces.last_mut() {
                last.push_str(word);
            }
        }
    }
    pieces.into_iter().map(|text| Document { text, mentions: Vec::new() }).collect()
}

/// Texts of `length` bytes that try to cost more than news does.
pub fn hostile(length: usize) -> Vec<(&'static str, String)> {
    let mut random = Random::new(5);
    let mut drawn = |files: &[&str], between: &str| {
        let words: Vec<String> = files.iter().flat_map(|f| columns(f)).map(|(name, _)| name).collect();
        let mut text = String::with_capacity(length + 64);
        while text.len() < length {
            text.push_str(random.pick::<String>(&words));
            text.push_str(between);
        }
        text
    };
    let cues = [
        "titles",
        "roles",
        "kin",
        "honorifics",
        "name_words",
        "say",
        "person_after",
        "org_heads",
        "org_mods",
        "org_before",
        "place_heads",
        "place_context",
        "directions",
        "function",
        "demonyms",
        "generic",
    ]
    .map(|name| format!("cues/{name}.tsv"));
    let cues: Vec<&str> = cues.iter().map(String::as_str).collect();
    let repeated = |unit: &str| unit.repeat(length / unit.len() + 1);
    vec![
        ("one endless word", drawn(&["given_names.tsv"], "").replace([' ', '.', '-', '(', ')', '\''], "")),
        ("name openers", drawn(&["cues/titles.tsv", "cues/name_words.tsv", "given_names.tsv"], " ")),
        ("cues", drawn(&cues, " ")),
        ("hyphens", repeated("-")),
        ("hyphenated letters", repeated("ক-খ-")),
        ("nested heads", drawn(&["cues/org_heads.tsv", "cues/place_heads.tsv"], " ")),
        ("full names without an end", drawn(&["persons.tsv", "organizations.tsv"], " ")),
        ("combining marks", repeated("\u{09BC}\u{0301}")),
        ("letters with marks", repeated("ক\u{0301}\u{0316}")),
    ]
}
