//! The source tables: which rows are used, and as what.

use std::collections::HashSet;
use std::path::Path;

use anyhow::{Context, Result};
use bangla_ner::text::fold;

use crate::clean::{Reason, clean, compose};
use crate::rows::{Row, Table};

/// Reads `merged.tsv` and the derived lists beside it.
pub fn read(folder: &Path, table: &mut Table) -> Result<()> {
    for line in lines(&folder.join("merged.tsv"))? {
        let [name, kind, id, latin, sources, flags] = fields(&line);
        merged(table, name, kind, id, latin, sources, flags);
    }
    for line in lines(&folder.join("derived_loc_bases.tsv"))? {
        let [name, kind, id, latin, notes, _] = fields(&line);
        if notes.contains("multiconer") {
            table.refuse("derived_loc_bases", Reason::Benchmark);
        } else if kind == "LOC-facility" {
            // Airports without their head are the persons that they are named after.
            table.refuse("derived_loc_bases", Reason::Generic);
        } else if line.contains("GENITIVE") {
            table.refuse("derived_loc_bases", Reason::Genitive);
        } else {
            let source = notes.rsplit_once('(').map_or("", |(_, s)| s.trim_end_matches(')'));
            push(table, name, kind, id, latin, source, "derived_loc_bases");
        }
    }
    for line in lines(&folder.join("derived_per_parts.tsv"))? {
        let [name, kind, _, _, notes, _] = fields(&line);
        // Parts of full names: only those seen often enough to be no accident.
        let count = |key: &str| {
            notes.split(key).nth(1).and_then(|n| n.split(' ').next()?.parse().ok()).unwrap_or(0u32)
        };
        if count("first=") + count("mid=") + count("last=") < 3 {
            table.refuse("derived_per_parts", Reason::Unconfirmed);
        } else {
            push(table, name, kind, "", "", "bengali-female-vs-male", "derived_per_parts");
        }
    }
    Ok(())
}

fn merged(table: &mut Table, name: &str, kind: &str, id: &str, latin: &str, sources: &str, flags: &str) {
    if sources == "multiconer2-train" {
        return table.refuse(sources, Reason::Benchmark);
    }
    let several = sources.contains(',');
    let doubtful = ["weak-match", "mt-source", "maybe-private"].iter().any(|f| flags.contains(f));
    if doubtful && !several {
        return table.refuse(sources, Reason::Unconfirmed);
    }
    // Surnames that the cue list of general knowledge gives as words after a name.
    if kind == "CUE-titlesuffix" {
        const HONORIFIC: &[&str] =
            &["সাহেব", "বাবু", "মহোদয়", "মহোদয়া", "মহাশয়", "ভাই", "আপা", "স্যার", "ম্যাডাম", "দা", "দি", "জি", "জী"];
        if !HONORIFIC.contains(&compose(name).as_str()) {
            push(table, name, "PER-surname", "", "", sources, sources);
        }
        return;
    }
    if kind.starts_with("ORG") && name.ends_with(" সরকার") {
        return table.refuse(sources, Reason::Generic);
    }
    // Faker makes companies of single given names.
    if kind == "ORG-company" && sources.starts_with("faker") && !several && !name.contains(' ') {
        return table.refuse(sources, Reason::Unconfirmed);
    }
    push(table, name, kind, id, latin, sources, sources);
}

fn push(table: &mut Table, name: &str, kind: &str, id: &str, latin: &str, sources: &str, origin: &str) {
    *table.read.entry(origin.to_owned()).or_default() += 1;
    let Some(class) = class_of(kind) else { return table.refuse(origin, Reason::NoClass) };
    match clean(name, class.starts_with("place")) {
        Err(reason) => table.refuse(origin, reason),
        Ok(name) => {
            let kept = sources.split(',').filter(|s| *s != "multiconer2-train" && !s.is_empty());
            table.add(Row {
                name,
                class: class.into(),
                id: id_of(id),
                latin: latin.trim().into(),
                sources: kept.map(Into::into).collect(),
                ..Row::default()
            });
        }
    }
}

/// Identifiers that mean something outside their source: Wikidata, ROR, ISO 3166.
fn id_of(id: &str) -> String {
    let id = id.trim();
    let wikidata =
        id.strip_prefix('Q').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    let iso = (id.len() == 2 || id.as_bytes().get(2) == Some(&b'-'))
        && id.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-');
    if wikidata || iso || id.starts_with("ror:") { id.into() } else { String::new() }
}

fn class_of(kind: &str) -> Option<&'static str> {
    let (kind, rest) = kind.split_once('-')?;
    let table: &[(&str, &str)] = match kind {
        "PER" => &[("full", "person.full"), ("given", "person.given"), ("surname", "person.surname")],
        "LOC" => &[
            ("country", "place.country"),
            ("admin1", "place.region"),
            ("region", "place.region"),
            ("district", "place.district"),
            ("upazila", "place.upazila"),
            ("thana", "place.upazila"),
            ("union", "place.union"),
            ("postoffice", "place.union"),
            ("localbody", "place.union"),
            ("city", "place.city"),
            ("neighbourhood", "place.area"),
            ("area", "place.area"),
            ("river", "place.river"),
            ("water", "place.water"),
            ("physical", "place.physical"),
            ("facility", "place.facility"),
        ],
        "ORG" => &[
            ("government", "organization.government"),
            ("party", "organization.party"),
            ("media", "organization.media"),
            ("company", "organization.company"),
            ("bank", "organization.bank"),
            ("education", "organization.education"),
            ("healthcare", "organization.health"),
            ("sports", "organization.sports"),
            ("international", "organization.international"),
            ("nonprofit", "organization.ngo"),
            ("other", "organization.other"),
        ],
        _ => return None,
    };
    table.iter().find(|(prefix, _)| rest.starts_with(prefix)).map(|&(_, class)| class)
}

/// Every word form of the licensed lexicon, folded.
pub fn lexicon(folder: &Path) -> Result<HashSet<String>> {
    let rows = lines(&folder.join("google-bn-lexicon/lexicon.tsv"))?;
    Ok(rows
        .iter()
        .filter_map(|l| l.split('\t').next())
        .map(|w| fold(w).to_string())
        .filter(|w| !w.is_empty())
        .collect())
}

/// The rows after the header line, comments left out.
fn lines(path: &Path) -> Result<Vec<String>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(text.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).skip(1).map(Into::into).collect())
}

fn fields(line: &str) -> [&str; 6] {
    let mut fields = line.split('\t');
    std::array::from_fn(|_| fields.next().unwrap_or(""))
}
