//! Any table of names: built and compiled it gives the same answers, and the lint reads it
//! to its end.

use std::ops::Range;
use std::sync::Arc;

use bangla_ner::lint::{Lint, Severity};
use bangla_ner::{Entity, Extractor, Gazetteer, GazetteerBuilder, Matcher, Mode};

use super::{TEXT, spans};

pub fn run(bytes: &[u8]) {
    let table = &*String::from_utf8_lossy(bytes);
    linted(table);
    let (Some(listed), Some(compiled)) = (read(table), read(table)) else { return };
    let listed = listed.build().unwrap();
    let Ok(compiled) = compiled.compile() else { return };
    let compiled = Gazetteer::from_bytes(compiled).unwrap();
    compiled.verify().unwrap();
    assert_eq!(compiled.len(), listed.len());
    let gazetteers = [listed, compiled].map(Arc::new);
    let text = format!("{TEXT}{}", names(table));
    let matched = gazetteers.each_ref().map(|gazetteer| matched(gazetteer, &text));
    assert_eq!(matched[0], matched[1], "the compiled table matches otherwise");
    let extractors = gazetteers
        .map(|gazetteer| Extractor::builder().mode(Mode::Rules).gazetteer(gazetteer).build().unwrap());
    let answers = extractors
        .each_ref()
        .map(|ner| spans::check(ner, &text).iter().map(Entity::to_record).collect::<Vec<_>>());
    assert_eq!(answers[0], answers[1], "the compiled table answers otherwise");
}

/// Every name of the table that stands in a text.
fn matched(gazetteer: &Arc<Gazetteer>, text: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let matcher = Matcher::new([gazetteer.clone()]).unwrap();
    let spans = matcher.matches(text).into_iter().map(|m| {
        assert_eq!([m.name(), m.ending()].concat(), m.surface());
        assert!(!m.name().is_empty() && m.entries().next().is_some());
        (m.span(), m.surface_span())
    });
    spans.collect()
}

/// The lint reads on where a builder stops, and finds all that a builder notices.
fn linted(table: &str) {
    let mut lint = Lint::new();
    lint.tsv("fuzz.tsv", table);
    let findings = lint.finish();
    let refused = findings.iter().any(|finding| finding.severity() == Severity::Error);
    let builder = read(table);
    assert_eq!(builder.is_none(), refused);
    let warnings = builder.iter().flat_map(|builder| builder.warnings());
    warnings.for_each(|warning| assert!(findings.contains(warning), "{warning}"));
}

fn read(table: &str) -> Option<GazetteerBuilder> {
    let mut builder = Gazetteer::builder();
    match builder.tsv("fuzz.tsv", table) {
        Ok(_) => Some(builder),
        Err(error) => {
            assert!(!error.is_io() && error.line().is_some_and(|line| line > 0), "{error}");
            None
        }
    }
}

/// What stands in the first fields of the table's rows, with endings and in a list.
fn names(table: &str) -> String {
    let names = table.lines().skip(1).filter_map(|line| line.split('\t').next());
    names.flat_map(|name| [name, "র, ", name, "েরা ও "]).collect()
}
