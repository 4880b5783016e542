//! Where the time goes, stage by stage, and whether the goals are met.
//!
//! `cargo bench --features tools --bench stages` takes some minutes; `-- --quick` some
//! seconds, without the longest list. `-- --strict` fails when a must is missed, `--json FILE`
//! writes the figures, `--text FILE` reads another text. Ratios are of interleaved rounds in
//! this process, by CPU time; single figures are not comparable between machines or runs.

#[path = "../corpus/mod.rs"]
mod corpus;

mod clock;
mod goals;
mod memory;
mod plain;
mod report;
mod shapes;
mod threads;

use std::hint::black_box;
use std::ops::Range;

use bangla_ner::tools;
use bangla_ner::{Extractor, Gazetteer, Kind, Matcher, Mode, Scratch};
use clap::Parser;

use clock::{Engine, interleave};
use corpus::{Document, Draw, Facts, Name};
use report::Report;

const REPOSITORY: &str = env!("CARGO_MANIFEST_DIR");

/// Measures the stages of extraction.
#[derive(Parser)]
struct Options {
    /// Short text, few rounds, no list of 500,000 names.
    #[arg(long)]
    quick: bool,
    /// Fail when a must is missed.
    #[arg(long)]
    strict: bool,
    /// Write the figures to a file.
    #[arg(long)]
    json: Option<String>,
    /// Read this text instead of a composed one.
    #[arg(long, env = "BANGLA_NER_BENCH_TEXT")]
    text: Option<String>,
    /// Given by cargo.
    #[arg(long, hide = true)]
    bench: bool,
}

impl Options {
    fn rounds(&self) -> usize {
        if self.quick { 3 } else { 5 }
    }

    fn bytes(&self) -> usize {
        if self.quick { 4 << 20 } else { 20 << 20 }
    }

    fn text(&self, names: &[Name], draw: Draw, bytes: usize) -> Vec<Document> {
        match &self.text {
            Some(path) => corpus::read(path),
            None => corpus::generate(names, draw, bytes),
        }
    }
}

fn describe(report: &mut Report, what: &str, facts: Facts) {
    let share = |n: usize, of: usize| 100.0 * n as f64 / of.max(1) as f64;
    let named = share(facts.inserted_words, facts.words);
    assert!(facts.inserted == 0 || (2.5..5.5).contains(&named), "{named} % of the words are inserted");
    report.note(format!(
        "{what}: {:.1} MB, {} documents, {} words, {} of them different; {} names inserted ({:.1} % of the \
         words), {:.0} % inflected, {:.0} % with other code points than listed",
        facts.bytes as f64 / 1e6,
        facts.documents,
        facts.words,
        facts.distinct,
        facts.inserted,
        named,
        share(facts.inflected, facts.inserted),
        share(facts.respelled, facts.inserted),
    ));
}

fn find<'a>(ner: &'a Extractor, documents: &'a [Document]) -> impl FnMut() -> usize + 'a {
    let mut scratch = Scratch::new();
    move || documents.iter().map(|d| tools::find(ner, &mut scratch, &d.text)).sum()
}

fn extract<'a>(ner: &'a Extractor, documents: &'a [Document]) -> impl FnMut() -> usize + 'a {
    let mut scratch = Scratch::new();
    move || documents.iter().map(|d| ner.extract_with(&mut scratch, &d.text).count()).sum()
}

fn matches<'a>(matcher: &'a Matcher, documents: &'a [Document]) -> impl FnMut() -> usize + 'a {
    let mut scratch = Scratch::new();
    move || documents.iter().map(|d| matcher.matches_with(&mut scratch, &d.text).count()).sum()
}

/// The gazetteer alone.
fn only(gazetteer: Gazetteer) -> Matcher {
    Matcher::new([gazetteer]).expect("one list")
}

fn listed(names: &[Name]) -> bangla_ner::GazetteerBuilder {
    let mut builder = Gazetteer::builder();
    for kind in [Kind::Person, Kind::Place, Kind::Organization] {
        let of_kind = names.iter().filter(|n| n.kind == kind).map(|n| n.text.as_str());
        builder.names(kind.clone(), of_kind).expect("the names can be listed");
    }
    builder
}

/// Every name of the list that was put into the text is hit, exactly.
fn check_hits(
    mut spans: impl FnMut(&str) -> Vec<Range<usize>>,
    documents: &[Document],
    names: usize,
) -> usize {
    let mut inserted = 0;
    for document in documents {
        let hits = spans(&document.text);
        for mention in document.mentions.iter().filter(|m| (m.name as usize) < names) {
            let text = &document.text;
            assert!(
                hits.contains(&mention.span),
                "{:?} is not found in {:?}",
                &text[mention.span.clone()],
                text
            );
            inserted += 1;
        }
    }
    inserted
}

fn matched(matcher: &Matcher) -> impl FnMut(&str) -> Vec<Range<usize>> {
    let mut scratch = Scratch::new();
    move |text| matcher.matches_with(&mut scratch, text).map(|m| m.span()).collect()
}

fn hit(ner: &Extractor) -> impl FnMut(&str) -> Vec<Range<usize>> {
    let mut scratch = Scratch::new();
    move |text| {
        let mut hits = Vec::new();
        tools::find_spans(ner, &mut scratch, text, |span| hits.push(span));
        hits
    }
}

/// Per cent of the inserted names that are entities: many are also words, or parts of others.
fn returned(ner: &Extractor, documents: &[Document]) -> f64 {
    let mut scratch = Scratch::new();
    let (mut returned, mut inserted) = (0, 0);
    for document in documents {
        let spans: Vec<_> = ner.extract_with(&mut scratch, &document.text).map(|e| e.span()).collect();
        inserted += document.mentions.len();
        returned += document.mentions.iter().filter(|m| spans.contains(&m.span)).count();
    }
    100.0 * returned as f64 / inserted.max(1) as f64
}

/// R and M over lists of three lengths.
fn lists(options: &Options, report: &mut Report) {
    let sizes = [
        (10_000, "10,000 names", "names-10k"),
        (100_000, "100,000 names", "names-100k"),
        (500_000, "500,000 names", "names-500k"),
    ];
    let sizes = if options.quick { &sizes[..2] } else { &sizes[..] };
    let names = corpus::composed(sizes.last().map_or(0, |s| s.0));
    let documents = options.text(&names, Draw::AsListed, options.bytes());
    let facts = corpus::facts(&documents, &names);
    println!("\nLists given at run time");
    describe(report, "text with names of the longest list", facts);
    let mut extractors = Vec::new();
    for &(size, group, id) in sizes {
        let names = names.get(..size).unwrap_or_default();
        let (run_time, built) = clock::cpu_time(|| only(listed(names).build().expect("the list is built")));
        let bytes = listed(names).compile().expect("the list is compiled");
        let compiled = only(Gazetteer::from_bytes(bytes).expect("what was compiled can be opened"));
        let (nfa, plain_built) = clock::cpu_time(|| plain::build(names));
        let inserted = check_hits(matched(&run_time), &documents, size);
        assert_eq!(check_hits(matched(&compiled), &documents, size), inserted);
        let times = interleave(
            options.rounds(),
            vec![
                Engine::new("R: plain automaton, transitions only", || plain::run(&nfa, &documents)),
                Engine::new("M: text and names, list given at run time", matches(&run_time, &documents)),
                Engine::new("M: text and names, compiled list", matches(&compiled, &documents)),
            ],
        );
        report.stages(group, facts, &times);
        report.note(format!(
            "{group}: all {inserted} inserted mentions are hit; built in {:.2} s, the plain automaton in {:.2} s",
            built.as_secs_f64(),
            plain_built.as_secs_f64()
        ));
        assert_eq!(times[1].found, times[2].found, "both forms of a list find the same");
        report.measured(id, times[1].faster_than(&times[0]));
        if size == 100_000 {
            report.measured("compiled-100k", times[2].faster_than(&times[0]));
        }
        extractors.push(run_time);
    }
    if let [small, _, large] = &extractors[..] {
        let engines = vec![
            Engine::new("10k", matches(small, &documents)),
            Engine::new("500k", matches(large, &documents)),
        ];
        let times = interleave(options.rounds(), engines);
        report.measured("growth", times[0].faster_than(&times[1]));
    }
}

/// All stages with the bundled gazetteer.
fn bundled(options: &Options, report: &mut Report, documents: &[Document], names: &[Name]) {
    let facts = corpus::facts(documents, names);
    println!("\nThe bundled gazetteer");
    describe(report, "text with bundled names", facts);
    let learned = Extractor::bundled();
    let rules = Extractor::builder().mode(Mode::Rules).build().expect("sound settings");
    let nfa = plain::build(names);
    let inserted = check_hits(hit(learned), documents, names.len());
    report.note(format!(
        "{} bundled names: all {inserted} inserted mentions are hit; everything together returns {:.1} % of \
         them (Mode::Learned) and {:.1} % (Mode::Rules) as entities with exactly these ends",
        names.len(),
        returned(learned, documents),
        returned(&rules, documents)
    ));
    let mut scratch = Scratch::new();
    let mut spans = Scratch::new();
    let times = interleave(
        options.rounds(),
        vec![
            Engine::new("std::str::from_utf8", || utf8(documents)),
            Engine::new("D: text alone", || {
                documents.iter().map(|d| tools::scan(&mut scratch, &d.text)).sum()
            }),
            Engine::new("R: plain automaton, transitions only", || plain::run(&nfa, documents)),
            Engine::new("M: text and names", find(learned, documents)),
            Engine::new("M with the byte range of each name", || {
                let mut hits = 0;
                documents.iter().for_each(|d| {
                    tools::find_spans(learned, &mut spans, &d.text, |span| {
                        hits += usize::from(!span.is_empty())
                    });
                });
                hits
            }),
            Engine::new("E: everything, Mode::Learned", extract(learned, documents)),
            Engine::new("E: everything, Mode::Rules", extract(&rules, documents)),
        ],
    );
    report.stages("bundled names", facts, &times);
    let [std, d, r, m, spans, e, e_rules] = &times[..] else { unreachable!() };
    assert_eq!(m.found, spans.found, "every hit has a range");
    report.measured("text", d.faster_than(std));
    report.measured("all-to-names", e.faster_than(m));
    report.measured("all-to-plain", e.faster_than(r));
    report.measured("all-to-names-rules", e_rules.faster_than(m));
    report.measured("all-to-plain-rules", e_rules.faster_than(r));
}

fn utf8(documents: &[Document]) -> usize {
    let valid = |d: &&Document| std::str::from_utf8(black_box(d.text.as_bytes())).is_ok();
    documents.iter().filter(valid).count()
}

/// What it costs to know no word beforehand.
fn cold(report: &mut Report, documents: &[Document], names: &[Name]) {
    let documents = &documents[..documents.len() / 4];
    let facts = corpus::facts(documents, names);
    let learned = Extractor::bundled();
    let rules = Extractor::builder().mode(Mode::Rules).build().expect("sound settings");
    let fresh = |ner: &Extractor| -> usize {
        documents.iter().map(|d| ner.extract_with(&mut Scratch::new(), &d.text).count()).sum()
    };
    let times = interleave(
        3,
        vec![
            Engine::new("M", find(learned, documents)),
            Engine::new("M, cold", || {
                documents.iter().map(|d| tools::find(learned, &mut Scratch::new(), &d.text)).sum()
            }),
            Engine::new("E, Mode::Learned", extract(learned, documents)),
            Engine::new("E, Mode::Learned, cold", || fresh(learned)),
            Engine::new("E, Mode::Rules", extract(&rules, documents)),
            Engine::new("E, Mode::Rules, cold", || fresh(&rules)),
        ],
    );
    report.stages("bundled names, a fresh scratch for each document (cold)", facts, &times);
    for pair in times.chunks(2) {
        assert_eq!(pair[0].found, pair[1].found, "{} and {}", pair[0].name, pair[1].name);
    }
}

/// Short, long and hostile texts; threads; memory.
fn shapes(options: &Options, report: &mut Report, documents: &[Document]) {
    let ner = Extractor::bundled();
    let bytes = |documents: &[Document]| documents.iter().map(|d| d.text.len()).sum::<usize>();
    println!("\nTexts of other shapes, Mode::Learned");
    let some = &documents[..documents.len().min(2500)];
    let [tiny, short] = [70, 1000].map(|length| shapes::pieces(some, length));
    let engines =
        vec![Engine::new("1 KB", extract(ner, &short)), Engine::new("70 bytes", extract(ner, &tiny))];
    let times = interleave(options.rounds(), engines);
    report.measured("short", times[0].faster_than(&times[1]));
    report.note(format!("70 bytes: {:.2} µs a text", 1e6 * times[1].median() / tiny.len() as f64));

    let [short, long, whole] = [1000, 1 << 20, usize::MAX].map(|length| shapes::pieces(documents, length));
    let engines = vec![
        Engine::new("1 KB", extract(ner, &short)),
        Engine::new("1 MB", extract(ner, &long)),
        Engine::new("whole", extract(ner, &whole)),
    ];
    let times = interleave(3, engines);
    report.measured("linear-1m", times[0].faster_than(&times[1]));
    report.measured("linear-64m", times[0].faster_than(&times[2]));
    let all = bytes(documents) as f64;
    let per_byte: Vec<_> =
        times.iter().map(|t| format!("{:.1} ({})", 1e9 * t.median() / all, t.name)).collect();
    report.note(format!("ns per byte of {:.0} MB, by length of a text: {}", all / 1e6, per_byte.join(", ")));

    let length = if options.quick { 1 << 18 } else { 1 << 20 };
    let mut texts = vec![("news", shapes::pieces(documents, length).swap_remove(0).text)];
    texts.extend(shapes::hostile(length));
    let mut scratches: Vec<_> = texts.iter().map(|_| Scratch::new()).collect();
    let engines = texts
        .iter()
        .zip(&mut scratches)
        .map(|((name, text), scratch)| Engine::new(*name, move || ner.extract_with(scratch, text).count()));
    let times = interleave(3, engines.collect());
    let mut worst = 0.0;
    let news = times[0].median() / texts[0].1.len() as f64;
    for (times, (name, text)) in times.iter().zip(&texts).skip(1) {
        let ratio = times.median() / text.len() as f64 / news;
        report.note(format!("hostile: {name}: {ratio:.2} × the time per byte of news"));
        worst = f64::max(worst, ratio);
    }
    report.measured("hostile", worst);

    let some = &documents[..documents.len().min(12_000)];
    report.measured("threads", threads::speed_up(options.rounds(), ner, some));
    if let Some((anon, file)) = memory::measure() {
        report.note(format!(
            "bundled extractor and one scratch after the golden articles: {anon:.1} MB of memory of its own and \
             {file:.1} MB of the executable's pages, tables included"
        ));
        report.measured("memory", anon + file);
    }
}

/// The project's golden articles, unmarked.
fn articles() -> Vec<String> {
    let folder = format!("{REPOSITORY}/tests/golden");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let marked = files.iter().map(|path| std::fs::read_to_string(path).unwrap());
    marked.map(|m| bangla_ner::eval::read_marked("golden", &m).unwrap().text).collect()
}

fn main() {
    if memory::serve(articles) {
        return;
    }
    let options = Options::parse();
    let mut report = Report::default();
    lists(&options, &mut report);
    let names = corpus::bundled();
    let long = options.text(&names, Draw::Shuffled, if options.quick { 8 << 20 } else { 64 << 20 });
    let mut bytes = 0;
    let enough = long.iter().take_while(|d| {
        bytes += d.text.len();
        bytes <= options.bytes()
    });
    let documents = &long[..enough.count()];
    bundled(&options, &mut report, documents, &names);
    cold(&mut report, documents, &names);
    shapes(&options, &mut report, &long);
    let missed = report.goals();
    if let Some(path) = &options.json {
        let text = serde_json::to_string_pretty(&report.json()).expect("figures are JSON");
        std::fs::write(path, text).unwrap_or_else(|e| panic!("{path}: {e}"));
    }
    if missed > 0 {
        println!("\n{missed} musts missed");
        if options.strict {
            std::process::exit(1);
        }
    }
}
