//! Sorted tables, the word table and the report, as text.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use crate::count::{Count, Counts};
use crate::rows::{Row, Table};

/// Words seen at least so often have a row with their counts.
const LEAST_SEEN: u32 = 3;

/// File of each class; the first prefix that fits.
const FILES: &[(&str, &str)] = &[
    ("person.full", "persons"),
    ("person.given", "given_names"),
    ("person.surname", "surnames"),
    ("place.country", "countries"),
    ("place.region", "regions"),
    ("place.district", "districts"),
    ("place.upazila", "upazilas"),
    ("place.union", "unions"),
    ("place.city", "cities"),
    ("place.area", "areas"),
    ("place.river", "rivers"),
    ("place.water", "waters"),
    ("place.physical", "physical"),
    ("place.facility", "facilities"),
    ("place.road", "roads"),
    ("place", "places"),
    ("organization", "organizations"),
];

/// The content of every file, by name.
pub fn files(table: &Table, counts: &Counts, lexicon: &HashSet<String>) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for (_, file) in FILES {
        files.insert(format!("{file}.tsv"), String::from("name\tclass\tambiguity\tid\tlatin\tsource\n"));
    }
    let mut rows: Vec<&Row> = table.rows.values().collect();
    rows.sort_by(|a, b| (&a.name, &a.class).cmp(&(&b.name, &b.class)));
    for row in rows {
        let file =
            FILES.iter().find(|(prefix, _)| row.class.starts_with(prefix)).map_or("places", |(_, f)| f);
        let sources = row.sources.iter().map(String::as_str).collect::<Vec<_>>().join(",");
        let out = files.entry(format!("{file}.tsv")).or_default();
        let _ = writeln!(
            out,
            "{}\t{}\t{}\t{}\t{}\t{sources}",
            row.name, row.class, row.ambiguity, row.id, row.latin
        );
    }
    files.insert("words.tsv".into(), words(counts, lexicon));
    files.insert("REPORT.md".into(), report(table, &files));
    files
}

/// Counted words; then, with a count of 1, forms that only the lexicon has.
fn words(counts: &Counts, lexicon: &HashSet<String>) -> String {
    let mut rows: BTreeMap<&str, Count> = BTreeMap::new();
    for word in lexicon.iter().filter(|w| !w.contains(' ')) {
        rows.insert(word, Count { seen: 1, other: 1, ..Count::default() });
    }
    for (word, count) in counts.iter().filter(|(w, c)| c.seen >= LEAST_SEEN && !w.contains(' ')) {
        rows.insert(word, *count);
    }
    let mut out = String::from("word\tother\tperson\tplace\torganization\n");
    for (word, Count { seen, other, person, place, .. }) in rows {
        let body = seen - other - person - place;
        let _ = writeln!(out, "{word}\t{other}\t{person}\t{place}\t{body}");
    }
    out
}

fn report(table: &Table, files: &BTreeMap<String, String>) -> String {
    let mut out = String::from(
        "# What went into the gazetteer\n\nWritten by the compiler; see `tools/compile-gazetteer`.\n\n",
    );
    out += "| file | rows | sure | context | never |\n|---|---:|---:|---:|---:|\n";
    for (name, content) in files.iter().filter(|(name, _)| *name != "words.tsv") {
        let count = |word: &str| content.lines().filter(|l| l.split('\t').nth(2) == Some(word)).count();
        let rows = content.lines().count() - 1;
        let _ = writeln!(
            out,
            "| {name} | {rows} | {} | {} | {} |",
            count("sure"),
            count("context"),
            count("never")
        );
    }
    let _ =
        writeln!(out, "\nwords.tsv: {} rows.\n", files.get("words.tsv").map_or(0, |w| w.lines().count() - 1));
    out += "Rows read, by source, and rows not used, by reason:\n\n| source | read | not used |\n|---|---:|---|\n";
    let sources = table
        .read
        .keys()
        .chain(table.refused.keys().map(|(s, _)| s))
        .collect::<std::collections::BTreeSet<_>>();
    for source in sources {
        let refused = table.refused.iter().filter(|((s, _), _)| s == source);
        let refused =
            refused.map(|((_, reason), n)| format!("{reason:?} {n}")).collect::<Vec<_>>().join(", ");
        let _ = writeln!(out, "| {source} | {} | {refused} |", table.read.get(source).copied().unwrap_or(0));
    }
    out
}
