//! `docs/ACCURACY.md`: what the weights reach, by cross-validation and on our own texts.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::Result;
use bangla_ner::eval::{self, Document, Report, Spelling};
use bangla_ner::{Extractor, Mode};

use crate::data;

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

/// Our own articles: rules and weights, other spellings, and how well confidence is meant.
pub fn own_texts(page: &mut Page, ner: &Extractor, tests: &Path) -> Result<()> {
    let rules = Extractor::builder().mode(Mode::Rules).build()?;
    let none = HashSet::new();
    page.line("\n## Our own articles, bare names, exact\n");
    page.line(
        "Written and marked by the guideline by many hands; `heldout` was never looked at while \
         developing. `examples/evaluate.rs` prints the same.",
    );
    page.table(COLUMNS);
    for folder in ["golden", "heldout"] {
        let documents = data::read_articles(&tests.join(folder))?;
        for (name, ner) in [("rules", &rules), ("learned", ner)] {
            let mut report = Report::default();
            documents.iter().for_each(|d| score(ner, d, &none, &mut report));
            page.scores(&format!("{folder}, {name}"), &report);
        }
        let mut report = Report::default();
        for spelling in Spelling::ALL {
            documents.iter().for_each(|d| score(ner, &d.respelled(spelling), &none, &mut report));
        }
        page.scores(&format!("{folder}, learned, three other spellings"), &report);
    }
    calibration(page, ner, &data::read_articles(&tests.join("golden"))?);
    Ok(())
}

/// The share of right entities by stated confidence.
fn calibration(page: &mut Page, ner: &Extractor, documents: &[Document]) {
    let mut bins = [(0usize, 0usize, 0.0f64); 10];
    for document in documents {
        for entity in ner.extract(&document.text) {
            let right = document.mentions.iter().any(|m| m.span == entity.span() && m.kind == *entity.kind());
            let confidence = f64::from(entity.confidence());
            let (all, good, sum) = &mut bins[((confidence * 10.0) as usize).min(9)];
            *all += 1;
            *good += usize::from(right);
            *sum += confidence;
        }
    }
    let total: usize = bins.iter().map(|b| b.0).sum();
    page.line("\n## Confidence\n\nEntities of `tests/golden` by stated confidence, and how many are right:");
    page.table(&["confidence", "entities", "mean confidence", "right"]);
    let mut error = 0.0;
    for (i, (all, good, sum)) in bins.into_iter().enumerate().filter(|(_, b)| b.0 > 0) {
        let (mean, share) = (sum / all as f64, good as f64 / all as f64);
        error += all as f64 / total as f64 * (mean - share).abs();
        page.line(format!(
            "| {:.1}-{:.1} | {all} | {mean:.3} | {share:.3} |",
            i as f64 / 10.0,
            (i + 1) as f64 / 10.0
        ));
    }
    page.line(format!("\nExpected calibration error: **{error:.3}**."));
}
