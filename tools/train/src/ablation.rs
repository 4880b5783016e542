//! What each training set, the strength of the L1 term, and each group of features give.

use std::collections::HashSet;

use anyhow::Result;
use bangla_ner::Extractor;
use bangla_ner::eval::Report;
use bangla_ner::training::Topic;

use crate::data::{self, Without};
use crate::fit::{Fitted, Plan};
use crate::page::{Page, score};
use crate::{Data, NEWS_SET, OWN, OWN_SET, Options};

/// One line of the tables.
pub struct Row {
    name: String,
    change: Change,
}

/// In what a training differs from that of the weights that ship.
enum Change {
    Nothing,
    Sets(Vec<usize>),
    L1(f32),
    Without(fn(Topic) -> bool),
}

/// Facts of a neighbour, by the numbers that its features have.
mod fact {
    pub const CLASS: u8 = 2;
    pub const UNLISTED: u8 = 3;
    pub const ENDING: u8 = 4;
    pub const COUNTS: u8 = 5;
    pub const MAJORITY: u8 = 6;
    pub const LETTERS: u8 = 7;
    pub const SHAPE: u8 = 8;
    pub const STEM: u8 = 9;
    pub const END: u8 = 10;
}

fn is(topic: Topic, templates: &[&str], facts: &[u8]) -> bool {
    templates.contains(&topic.template) || facts.contains(&topic.fact)
}

/// Groups of features that are left out: families, then parts of them.
/// A group of features: what it is called, and which topics it has.
type Group = (&'static str, fn(Topic) -> bool);

const GROUPS: &[Group] = &[
    ("**form**: letters, endings, shape", |t| t.family == "learned.form"),
    ("the first and last letters, also of neighbours", |t| {
        is(t, &["Prefix", "Suffix", "StemSuffix", "Affixes"], &[fact::END])
    }),
    ("which word it is, without ending", |t| is(t, &["OwnStem"], &[])),
    ("which words its neighbours are", |t| is(t, &[], &[fact::STEM])),
    ("endings, also of neighbours", |t| {
        is(t, &["Ending", "SignatureEnding", "TripleEnding"], &[fact::ENDING])
    }),
    ("shape, length, initials, hyphens", |t| {
        is(t, &["Shape", "Length", "Letters", "Hyphen"], &[fact::SHAPE, fact::LETTERS])
    }),
    ("**word**: lists and counts", |t| t.family == "learned.word"),
    ("classes in lists, also of neighbours, each by itself", |t| {
        is(t, &["Class", "NoClass", "Begins", "Inside"], &[fact::CLASS, fact::UNLISTED])
    }),
    ("combinations of classes, also with neighbours", |t| {
        t.template.starts_with("Signature")
            || t.template.starts_with("Pair")
            || t.template.starts_with("Triple")
    }),
    ("word counts, also of neighbours", |t| {
        is(t, &["Whole", "Stem", "Best", "Majority"], &[fact::COUNTS, fact::MAJORITY])
    }),
    ("**context**: the words around", |t| t.family == "learned.context"),
    ("neighbours two words away", |t| is(t, &["LeftTwo", "RightTwo"], &[])),
    ("quotations", |t| t.template.starts_with("Quote")),
    ("**rules**: what the rules say", |t| t.family == "learned.rules"),
    ("the rules' choice alone", |t| t.template.starts_with("RuleLabel")),
    ("the rules' scores alone", |t| t.template == "RuleScore"),
];

/// Every row, the first without any change.
pub fn rows(options: &Options, data: &Data) -> Vec<Row> {
    let row = |name: &str, change| Row { name: name.into(), change };
    let mut rows = vec![
        row(&format!("all, L1 {:e}", options.l1), Change::Nothing),
        row("newspaper set alone", Change::Sets(vec![NEWS_SET])),
        row("own texts alone", Change::Sets(vec![OWN_SET])),
        row("own texts and newspaper set", Change::Sets(vec![OWN_SET, NEWS_SET])),
    ];
    // With no other set, all are the row above.
    if data.sets.len() < 3 {
        rows.pop();
    }
    for l1 in [5e-6, 1e-5, 1.5e-5, 2e-5, 5e-5].into_iter().filter(|&l1| l1 != options.l1) {
        rows.push(row(&format!("all, L1 {l1:e}"), Change::L1(l1)));
    }
    rows.extend(GROUPS.iter().map(|&(name, is_out)| row(name, Change::Without(is_out))));
    rows
}

impl Row {
    /// How the row's weights are trained; once each, so that the report takes a quarter of an hour.
    pub fn plan(&self, options: &Options, data: &Data) -> Plan<'static> {
        let plan = Plan { seeds: 1, ..Plan::shipped(options, data, &[OWN]) };
        match &self.change {
            Change::Nothing => plan,
            Change::Sets(sets) => Plan { sets: sets.clone(), ..plan },
            Change::L1(l1) => Plan { l1: *l1, ..plan },
            Change::Without(is_out) => Plan { without: Without::topics(is_out), ..plan },
        }
    }
}

/// Scores every row's weights and writes both tables.
pub fn write(
    page: &mut Page,
    options: &Options,
    rows: &[Row],
    fitted: Vec<Fitted>,
    step: impl Fn(),
) -> Result<()> {
    let none = HashSet::new();
    let articles = |folder: &str| data::read_articles(&options.tests.join(folder));
    let sets = [articles("golden")?, articles("heldout")?];
    page.line("\n## What gives what\n");
    page.line(
        "F1 on our own articles. Each row is trained once, where the weights that ship are the mean \
         of several trainings; so compare with the first row, and take differences of a few tenths \
         for nothing.",
    );
    page.table(&["trained on", "features", "bytes", "golden", "heldout"]);
    let mut base = None;
    let mut is_first_group = true;
    for (row, Fitted { bytes, features }) in rows.iter().zip(fitted) {
        let size = bytes.len();
        let ner = Extractor::builder().weights(bytes).build()?;
        let f1 = sets.each_ref().map(|documents| {
            let mut report = Report::default();
            documents.iter().for_each(|d| score(&ner, d, &none, &mut report));
            100.0 * report.exact().total().f1()
        });
        let [golden, heldout] = f1;
        let [golden_base, heldout_base] = *base.get_or_insert(f1);
        step();
        if !matches!(row.change, Change::Without(_)) {
            page.line(format!("| {} | {features} | {size} | {golden:.1} | {heldout:.1} |", row.name));
            continue;
        }
        if std::mem::take(&mut is_first_group) {
            page.line(
                "\nWithout a group of features, in labels and gate. Families are in bold, and their parts \
                 follow; a part also leaves out what neighbours add of its sort. What a group gives \
                 beyond the others is what is lost; much is known in several ways.",
            );
            page.table(&["without", "features", "golden", "lost", "heldout", "lost"]);
        }
        page.line(format!(
            "| {} | {features} | {golden:.1} | {:.1} | {heldout:.1} | {:.1} |",
            row.name,
            golden_base - golden,
            heldout_base - heldout
        ));
    }
    Ok(())
}
