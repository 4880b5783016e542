//! Scores the extractor on labelled files.
//!
//! `cargo run --release --example evaluate -- [--mask FILE] [--join N] [--errors N] FILE...`
//!
//! Files ending in `.tsv` are BIO token files, `.json` holds `{"text", "entities": [[start,
//! end, "PER"], ...]}` in code points, everything else is inline-marked text.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bangla_ner::eval::{self, Document, ErrorClass, Mention, Mistake, Report, Spelling, Table};
use bangla_ner::{Extractor, Gazetteer, Kind, Mode};
use clap::Parser;

/// Scores the extractor on labelled files.
#[derive(Parser)]
struct Options {
    /// Surfaces to ignore: one per line, or the last column of a table.
    #[arg(long)]
    mask: Option<PathBuf>,
    /// Treats this many consecutive sentences of a BIO file as one document.
    #[arg(long, default_value_t = 1)]
    join: usize,
    /// Prints this many mistakes of each class.
    #[arg(long, default_value_t = 0)]
    errors: usize,
    /// Prints, under each mistake, what the extractor saw there.
    #[arg(long)]
    explain: bool,
    /// Switches a rule off.
    #[arg(long)]
    without_rule: Vec<String>,
    /// Adds a gazetteer over the bundled one.
    #[arg(long)]
    gazetteer: Vec<PathBuf>,
    /// Lets the rules alone decide.
    #[arg(long)]
    rules: bool,
    /// Does without the document's memory.
    #[arg(long)]
    no_memory: bool,
    /// Also scores the text in three other Unicode spellings.
    #[arg(long)]
    spellings: bool,
    /// Exits with status 1 unless everything is found and nothing else.
    #[arg(long)]
    perfect: bool,
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("evaluate: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(options: &Options) -> Result<bool, Failure> {
    let mut builder = Extractor::builder().document_memory(!options.no_memory);
    if options.rules {
        builder = builder.mode(Mode::Rules);
    }
    for rule in &options.without_rule {
        builder = builder.without_rule(rule);
    }
    for file in &options.gazetteer {
        let mut layer = Gazetteer::builder();
        layer.tsv_file(file)?;
        builder = builder.gazetteer(layer.build()?);
    }
    let extractor = builder.build()?;
    let mask = options.mask.as_deref().map(read_mask).transpose()?.unwrap_or_default();
    let mut perfect = true;
    let mut all = Report::default();
    for file in &options.files {
        let mut report = Report::default();
        let mut mistakes = Vec::new();
        for mut document in spelled(read(file, options.join)?, options.spellings) {
            let mut predicted = eval::predict(&extractor, &document);
            eval::mask_mentions(&document, &mut predicted, &mask);
            let mut gold = std::mem::take(&mut document.mentions);
            eval::mask_mentions(&document, &mut gold, &mask);
            document.mentions = gold;
            all.add(&document, &predicted);
            let found = report.add(&document, &predicted);
            let reasons =
                |m: &Mistake| if options.explain { explain(&extractor, &document, m) } else { String::new() };
            mistakes.extend(
                found.into_iter().map(|m| (reasons(&m), m)).map(|(why, m)| describe(&document, m, &why)),
            );
        }
        println!("{}", file.display());
        print_report(&report);
        print_mistakes(&mistakes, options.errors);
        perfect &= mistakes.is_empty();
    }
    if options.files.len() > 1 {
        println!("all {} files", options.files.len());
        print_report(&all);
    }
    Ok(perfect || !options.perfect)
}

fn read(file: &Path, join: usize) -> Result<Vec<Document>, Failure> {
    let text = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let name = file.display().to_string();
    Ok(match file.extension().and_then(|e| e.to_str()) {
        Some("tsv") => joined(eval::read_bio(&name, &text)?, join),
        Some("json") => vec![read_offsets(&text)?],
        _ => vec![eval::read_marked(&name, &text)?],
    })
}

/// The documents, and if asked for the same in other spellings.
fn spelled(documents: Vec<Document>, others: bool) -> Vec<Document> {
    let spellings = if others { &Spelling::ALL[..] } else { &[] };
    let respelled: Vec<_> =
        spellings.iter().flat_map(|&s| documents.iter().map(move |d| d.respelled(s))).collect();
    documents.into_iter().chain(respelled).collect()
}

fn joined(documents: Vec<Document>, size: usize) -> Vec<Document> {
    let join = |group: &[Document]| {
        let mut whole = Document::default();
        group.iter().for_each(|d| whole.join(d));
        whole
    };
    documents.chunks(size.max(1)).map(join).collect()
}

/// Mentions as `[start, end, label]` in code points of `text`.
fn read_offsets(json: &str) -> Result<Document, Failure> {
    #[derive(serde::Deserialize)]
    struct Offsets {
        text: String,
        entities: Vec<(usize, usize, String)>,
    }
    let Offsets { text, entities } = serde_json::from_str(json)?;
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mentions = entities.iter().map(|(start, end, label)| {
        let at = |n: &usize| bytes.get(*n).copied().ok_or("an offset lies outside the text");
        Ok(Mention { span: at(start)?..at(end)?, kind: Kind::from_label(label) })
    });
    let mentions = mentions.collect::<Result<_, &str>>()?;
    Ok(Document { text, mentions, tokens: Vec::new() })
}

fn read_mask(file: &Path) -> Result<HashSet<String>, Failure> {
    let text = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
    Ok(text.lines().filter_map(|l| l.rsplit('\t').next()).map(str::to_owned).collect())
}

fn print_report(report: &Report) {
    let measures =
        [("exact", report.exact()), ("span only", report.span_only()), ("kind only", report.kind_only())];
    println!("  {:<10} {:<13} {:>6} {:>6} {:>6} {:>8}", "measure", "kind", "P", "R", "F1", "mentions");
    for (name, table) in measures {
        print_table(name, table);
    }
}

fn print_table(name: &str, table: &Table) {
    let total = ("all", table.total());
    let rows = table.rows().map(|(kind, counts)| (kind.as_str(), counts)).chain([total]);
    for (kind, c) in rows {
        let percent = [c.precision(), c.recall(), c.f1()].map(|x| 100.0 * x);
        let [p, r, f] = percent;
        println!("  {name:<10} {kind:<13} {p:>6.2} {r:>6.2} {f:>6.2} {:>8}", c.right + c.missed);
    }
}

/// A mistake as one line: class, what is true, what was found, and its surroundings.
fn describe(document: &Document, mistake: Mistake, why: &str) -> (ErrorClass, String, String) {
    let show = |m: &Option<Mention>| {
        m.as_ref().map_or("-".into(), |m| format!("[{}:{}]", m.kind.label(), document.surface(m)))
    };
    let at = mistake.gold.as_ref().or(mistake.predicted.as_ref()).map_or(0, |m| m.span.start);
    let kind =
        mistake.gold.as_ref().or(mistake.predicted.as_ref()).map_or("", |m| m.kind.as_str()).to_owned();
    let before: String =
        document.text[..at].chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
    let after: String = document.text[at..].chars().take(60).collect();
    let context = format!("{before}|{after}").replace('\n', "⏎");
    (
        mistake.class,
        kind,
        format!("{} found {}   … {context}{why}", show(&mistake.gold), show(&mistake.predicted)),
    )
}

/// What the extractor saw where a mistake is, on lines of their own.
fn explain(extractor: &Extractor, document: &Document, mistake: &Mistake) -> String {
    let Some(m) = mistake.gold.as_ref().or(mistake.predicted.as_ref()) else { return String::new() };
    let why = extractor.explain(&document.text, m.span.clone()).to_string();
    why.lines().map(|line| format!("\n        {line}")).collect()
}

fn print_mistakes(mistakes: &[(ErrorClass, String, String)], each: usize) {
    let mut classes: BTreeMap<(ErrorClass, &str), Vec<&str>> = BTreeMap::new();
    for (class, kind, line) in mistakes {
        classes.entry((*class, kind)).or_default().push(line);
    }
    for ((class, kind), lines) in classes {
        println!("  {class:?} {kind}: {}", lines.len());
        // Evenly spread over the file, so that different texts are seen.
        let step = (lines.len() / each.max(1)).max(1);
        for line in lines.iter().step_by(step).take(each) {
            println!("    {line}");
        }
    }
}
