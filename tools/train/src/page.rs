//! Tables in Markdown, and the scores that fill them.

use std::collections::HashSet;
use std::fmt::Write as _;

use bangla_ner::Extractor;
use bangla_ner::eval::{self, Document, Report};

/// A Markdown document in the making.
#[derive(Default)]
pub struct Page {
    pub text: String,
}

impl Page {
    pub fn line(&mut self, line: impl AsRef<str>) {
        self.text.push_str(line.as_ref());
        self.text.push('\n');
    }

    pub fn table(&mut self, columns: &[&str]) {
        self.line(format!("\n| {} |", columns.join(" | ")));
        let rule: Vec<_> = (0..columns.len()).map(|i| if i == 0 { "---" } else { "---:" }).collect();
        self.line(format!("|{}|", rule.join("|")));
    }

    /// Precision, recall and F1 by kind and in all, as one row.
    pub fn scores(&mut self, name: &str, report: &Report) {
        let mut row = format!("| {name} |");
        let exact = report.exact();
        for kind in ["person", "place", "organization"] {
            let f1 = exact.rows().find(|(k, _)| k.as_str() == kind).map_or(0.0, |(_, c)| c.f1());
            let _ = write!(row, " {:.1} |", 100.0 * f1);
        }
        let all = exact.total();
        let [p, r, f] = [all.precision(), all.recall(), all.f1()].map(|x| 100.0 * x);
        self.line(format!("{row} {p:.1} | {r:.1} | **{f:.1}** | {} |", all.right + all.missed));
    }
}

pub const COLUMNS: &[&str] = &["", "person F1", "place F1", "organization F1", "P", "R", "F1", "mentions"];

/// Adds a document's predictions to a report, without surfaces that are masked.
pub fn score(ner: &Extractor, document: &Document, mask: &HashSet<String>, report: &mut Report) {
    let mut predicted = eval::predict(ner, document);
    eval::mask_mentions(document, &mut predicted, mask);
    let mut gold = document.clone();
    eval::mask_mentions(document, &mut gold.mentions, mask);
    report.add(&gold, &predicted);
}

/// Joins consecutive sentences to documents and scores them.
pub fn score_joined(
    ner: &Extractor,
    sentences: &[Document],
    size: usize,
    mask: &HashSet<String>,
    mut report: Report,
) -> Report {
    for group in sentences.chunks(size) {
        let mut document = Document::default();
        group.iter().for_each(|d| document.join(d));
        score(ner, &document, mask, &mut report);
    }
    report
}
