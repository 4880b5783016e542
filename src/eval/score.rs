//! Precision, recall and F1, and the kinds of mistakes.

use std::collections::BTreeMap;

use super::{Document, Mention};
use crate::kind::Kind;

/// How many mentions were right, spurious and missed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Predicted and true.
    pub right: usize,
    /// Predicted and not true.
    pub spurious: usize,
    /// True and not predicted.
    pub missed: usize,
}

impl Counts {
    /// Share of predictions that are right; 1 without predictions.
    pub fn precision(&self) -> f64 {
        ratio(self.right, self.right + self.spurious)
    }

    /// Share of true mentions that were found; 1 without true mentions.
    pub fn recall(&self) -> f64 {
        ratio(self.right, self.right + self.missed)
    }

    /// Harmonic mean of precision and recall.
    pub fn f1(&self) -> f64 {
        ratio(2 * self.right, 2 * self.right + self.spurious + self.missed)
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// Counts by kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    rows: BTreeMap<Kind, Counts>,
}

impl Table {
    /// The kinds with their counts, in order.
    pub fn rows(&self) -> impl Iterator<Item = (&Kind, Counts)> {
        self.rows.iter().map(|(kind, counts)| (kind, *counts))
    }

    /// The sum over all kinds (micro average).
    pub fn total(&self) -> Counts {
        self.rows.values().fold(Counts::default(), |sum, row| Counts {
            right: sum.right + row.right,
            spurious: sum.spurious + row.spurious,
            missed: sum.missed + row.missed,
        })
    }

    fn row(&mut self, kind: &Kind) -> &mut Counts {
        self.rows.entry(kind.clone()).or_default()
    }
}

/// What is wrong about a mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ErrorClass {
    /// Nothing was predicted where a mention is.
    Missed,
    /// Something was predicted where nothing is.
    Spurious,
    /// The right kind, but another span that overlaps.
    Boundary,
    /// The right span, but another kind.
    Kind,
    /// Another span and another kind.
    Both,
}

/// One mistake: what is true, what was predicted.
#[derive(Clone, Debug, PartialEq)]
pub struct Mistake {
    /// What is wrong.
    pub class: ErrorClass,
    /// The true mention, unless there is none.
    pub gold: Option<Mention>,
    /// The overlapping prediction, if any.
    pub predicted: Option<Mention>,
}

/// Scores over any number of documents, by three measures.
#[derive(Clone, Debug, Default)]
pub struct Report {
    exact: Table,
    span_only: Table,
    kind_only: Table,
}

impl Report {
    /// Adds a document: its true mentions against predictions (sorted, disjoint).
    /// Returns the mistakes.
    pub fn add(&mut self, document: &Document, predicted: &[Mention]) -> Vec<Mistake> {
        let gold = &document.mentions;
        for p in predicted {
            let exact = gold.contains(p);
            let span = gold.iter().any(|g| g.span == p.span);
            let kind = gold.iter().any(|g| g.kind == p.kind && overlap(g, p));
            self.count(
                &p.kind,
                [exact, span, kind],
                |c, right| if right { c.right += 1 } else { c.spurious += 1 },
            );
        }
        for g in gold {
            let exact = predicted.contains(g);
            let span = predicted.iter().any(|p| g.span == p.span);
            let kind = predicted.iter().any(|p| g.kind == p.kind && overlap(g, p));
            self.count(&g.kind, [exact, span, kind], |c, found| c.missed += usize::from(!found));
        }
        mistakes(gold, predicted)
    }

    fn count(&mut self, kind: &Kind, hits: [bool; 3], mut add: impl FnMut(&mut Counts, bool)) {
        for (table, hit) in [&mut self.exact, &mut self.span_only, &mut self.kind_only].into_iter().zip(hits)
        {
            add(table.row(kind), hit);
        }
    }

    /// Span and kind are right.
    pub fn exact(&self) -> &Table {
        &self.exact
    }

    /// The span is right, whatever the kind.
    pub fn span_only(&self) -> &Table {
        &self.span_only
    }

    /// The kind is right and the spans overlap.
    pub fn kind_only(&self) -> &Table {
        &self.kind_only
    }
}

fn overlap(a: &Mention, b: &Mention) -> bool {
    a.span.start < b.span.end && b.span.start < a.span.end
}

fn mistakes(gold: &[Mention], predicted: &[Mention]) -> Vec<Mistake> {
    let mut found = Vec::new();
    for g in gold.iter().filter(|g| !predicted.contains(g)) {
        let other = predicted.iter().find(|p| overlap(g, p));
        let class = match other {
            None => ErrorClass::Missed,
            Some(p) if p.span == g.span => ErrorClass::Kind,
            Some(p) if p.kind == g.kind => ErrorClass::Boundary,
            Some(_) => ErrorClass::Both,
        };
        found.push(Mistake { class, gold: Some(g.clone()), predicted: other.cloned() });
    }
    for p in predicted.iter().filter(|p| !gold.iter().any(|g| overlap(g, p))) {
        found.push(Mistake { class: ErrorClass::Spurious, gold: None, predicted: Some(p.clone()) });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(span: std::ops::Range<usize>, label: &str) -> Mention {
        Mention { span, kind: Kind::from_label(label) }
    }

    #[test]
    fn the_three_measures_differ_as_they_should() {
        let gold =
            vec![mention(0..3, "PER"), mention(6..9, "LOC"), mention(12..15, "ORG"), mention(20..25, "PER")];
        let predicted =
            [mention(0..3, "PER"), mention(6..9, "ORG"), mention(12..18, "ORG"), mention(30..33, "LOC")];
        let document = Document { mentions: gold, ..Document::default() };
        let mut report = Report::default();
        let classes: Vec<_> = report.add(&document, &predicted).iter().map(|m| m.class).collect();
        use ErrorClass::*;
        assert_eq!(classes, [Kind, Boundary, Missed, Spurious]);
        let right = |t: &Table| t.total().right;
        assert_eq!((right(report.exact()), right(report.span_only()), right(report.kind_only())), (1, 2, 2));
        assert_eq!(report.exact().total(), Counts { right: 1, spurious: 3, missed: 3 });
    }
}
