//! `docs/ACCURACY.md`: what the weights reach, by cross-validation and on our own texts.

use std::collections::HashSet;
use std::ops::Range;
use std::path::Path;

use anyhow::Result;
use bangla_ner::eval::{Document, Report, Spelling};
use bangla_ner::training::CutView;
use bangla_ner::{Extractor, Mode};

use crate::fit::{Fitted, Plan, fit};
use crate::page::{COLUMNS, Page, score, score_joined};
use crate::{Data, HEADLINES, NEONP_SET, NEWS, NEWS_SET, OWN, Options};
use crate::{ablation, bar, cuts, data, folds, jobs};

/// Contiguous blocks of the newspaper set.
const BLOCKS: usize = 4;

/// Trains what the report compares, scores all of it and writes the page.
pub fn write(options: &Options, data: &Data, shipped: Fitted) -> Result<Page> {
    let size = data.rifat.len().div_ceil(BLOCKS);
    let block = |number: usize| number * size..(number * size + size).min(data.rifat.len());
    let in_block: [_; BLOCKS] = std::array::from_fn(|number| move |at: usize| block(number).contains(&at));
    let is_held: Vec<bool> = data.neonp.iter().map(|d| folds::of(d) == 0).collect();
    let is_held = |at: usize| is_held.get(at).copied().unwrap_or_default();
    let mut plans: Vec<Plan<'_>> = Vec::new();
    for is_in in &in_block {
        let held = Some((NEWS_SET, is_in as _));
        plans.push(Plan { held, ..Plan::shipped(options, data, &[NEWS, OWN]) });
    }
    if options.sets > 0 {
        let held = Some((NEONP_SET, &is_held as _));
        plans.push(Plan { held, ..Plan::shipped(options, data, &[HEADLINES, OWN]) });
    }
    let validations = plans.len();
    let rows = ablation::rows(options, data);
    plans.extend(rows.iter().map(|row| row.plan(options, data)));
    let mut fitted = train(options, data, &plans)?;
    let ablated: Vec<Fitted> = fitted.split_off(validations).into_iter().flatten().collect();
    let bar = bar(4 + rows.len() as u64)?;
    bar.set_message("scoring");
    let mut page = Page::default();
    page.line("# Accuracy\n");
    page.line(
        "Written by `cargo run --release -p train -- --ner DIR --sources DIR --report docs/ACCURACY.md`.",
    );
    page.line("Exact spans; on token-labelled sets a name counts for the whole tokens that it touches.");
    news(&mut page, data, block, &fitted)?;
    bar.inc(1);
    if let Some([own_domain, as_shipped]) = fitted.get(BLOCKS).map(Vec::as_slice) {
        headlines(&mut page, data, [own_domain, as_shipped], is_held)?;
    }
    bar.inc(1);
    let ner = Extractor::builder().weights(shipped.bytes).build()?;
    own_texts(&mut page, &ner, &options.tests)?;
    bar.inc(1);
    where_names_end(&mut page, options, data)?;
    bar.inc(1);
    ablation::write(&mut page, options, &rows, ablated, || bar.inc(1))?;
    bar.finish_and_clear();
    Ok(page)
}

/// Trains by every plan, as many at a time as there are processors.
fn train(options: &Options, data: &Data, plans: &[Plan<'_>]) -> Result<Vec<Vec<Fitted>>> {
    let bar = bar(plans.iter().map(|p| p.seeds).sum())?;
    bar.set_message("training for the report");
    let fitted = jobs::run(plans.len(), jobs::threads(), |number| {
        fit(options, data, &plans[number], 1, &|| bar.inc(1))
    });
    bar.finish_and_clear();
    Ok(fitted)
}

/// Scores each contiguous block of the newspaper set with weights trained on all else.
fn news(
    page: &mut Page,
    data: &Data,
    block: impl Fn(usize) -> Range<usize>,
    fitted: &[Vec<Fitted>],
) -> Result<()> {
    page.line("\n## Newspaper sentences (rifat2019), four contiguous blocks, masked\n");
    page.line(
        "Each block is scored with weights trained on all other text. The set contradicts our \
         guideline in places, so the weights are read twice: as for its own domain, and as shipped.",
    );
    page.table(COLUMNS);
    let rules = Extractor::builder().mode(Mode::Rules).build()?;
    page.scores("rules", &score_joined(&rules, &data.rifat, 15, &data.mask, Report::default()));
    for (domain, name) in ["learned, its domain", "learned, as shipped"].into_iter().enumerate() {
        let mut report = Report::default();
        for (number, weights) in fitted.iter().take(BLOCKS).enumerate() {
            let ner = Extractor::builder().weights(weights[domain].bytes.clone()).build()?;
            report = score_joined(&ner, &data.rifat[block(number)], 15, &data.mask, report);
        }
        page.scores(name, &report);
    }
    Ok(())
}

/// Scores headlines that neither weights nor tables have seen.
fn headlines(
    page: &mut Page,
    data: &Data,
    [own_domain, as_shipped]: [&Fitted; 2],
    is_held: impl Fn(usize) -> bool,
) -> Result<()> {
    let held: Vec<Document> =
        data.neonp.iter().enumerate().filter(|(at, _)| is_held(*at)).map(|(_, d)| d.clone()).collect();
    page.line("\n## Headlines (neonp), a fifth of the distinct ones\n");
    page.line(
        "Neither weights nor tables have seen them: a hash of a headline's folded text says whether \
         it is held out, with all its copies. Without document memory.",
    );
    page.table(COLUMNS);
    let tables = folds::tables_without(&data.folders, 0)?;
    let none = HashSet::new();
    let with = || Extractor::builder().tables(tables.clone());
    for (name, ner) in [
        ("rules", with().mode(Mode::Rules).build()?),
        ("learned, its domain", with().weights(own_domain.bytes.clone()).build()?),
        ("learned, as shipped", with().weights(as_shipped.bytes.clone()).build()?),
    ] {
        page.scores(name, &score_joined(&ner, &held, 1, &none, Report::default()));
    }
    Ok(())
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

/// How many names are cut rightly from their endings.
fn where_names_end(page: &mut Page, options: &Options, data: &Data) -> Result<()> {
    let golden = data::read_articles(&options.tests.join("golden"))?;
    let rules = Extractor::builder().mode(Mode::Rules).build()?;
    let score = |lists| cuts::score(&rules, &golden, &data.cuts, CutView { lists, context: true });
    let (with, without) = (score(true), score(false));
    page.line("\n## Where names end\n");
    page.line(
        "Names of `tests/golden` whose last word the grammar of endings lets end in several places, \
         and how many are cut rightly. The rules' preference knows the word by itself, with lists; \
         the weights read the words around as well. Without lists: as if the name stood in none.",
    );
    page.table(&["", "right", "of", "%"]);
    for (name, right, all) in [
        ("the rules' preference", with.rules, with.all),
        ("learned", with.right, with.all),
        ("learned, without lists", without.right, without.all),
    ] {
        page.line(format!("| {name} | {right} | {all} | {:.1} |", 100.0 * right as f64 / all.max(1) as f64));
    }
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
