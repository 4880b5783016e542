//! Lists in JSON: what is refused and with which words, and that they say what a table says.
#![cfg(feature = "json")]

use bangla_ner::lint::{Lint, Severity};
use bangla_ner::{Entity, Error, Extractor, Gazetteer, GazetteerBuilder};
use proptest::prelude::*;

type Read = fn(&mut GazetteerBuilder, &str) -> Result<(), Error>;
const JSONL: Read = |builder, text| builder.jsonl("l.jsonl", text).map(drop);
const PATTERNS: Read = |builder, text| builder.patterns("p.jsonl", text).map(drop);

fn refusal(read: Read, text: &str) -> String {
    let error = read(&mut Gazetteer::builder(), text).expect_err(text);
    assert!(error.line().is_some() && error.column().is_some() && !error.is_io(), "{error}");
    error.to_string()
}

#[test]
fn objects_that_cannot_be_used_name_line_column_and_remedy() {
    let one_line = "write each object on one line, without comma or comment after it";
    let keys = "the keys are name, class, ambiguity, id, latin, source, strength, action";
    let table: Vec<(&str, String)> = vec![
        (
            "{\"name\": \"ঢাকা\", \"class\": \"place\"}\n{\"name\": \"খুলনা\", \"class\": \"place.citty\"}",
            "l.jsonl:2: column 28 (class): unknown class `place.citty`; use `place` or one of place.country, place.region, place.district, place.upazila, place.union, place.city, place.area, place.river, place.water, place.physical, place.facility, place.road".into(),
        ),
        (
            r#"{"name": "ঢাকা", "kind": "my kind"}"#,
            "l.jsonl:1: column 26 (kind): class `my kind` contains white space; use a single word".into(),
        ),
        (
            r#"{"name": "ঢাকা", "kind": "place", "class": "place"}"#,
            "l.jsonl:1: column 44 (class): `class` and `kind` mean the same; remove one".into(),
        ),
        (r#"{"name": "ঢাকা"}"#, "l.jsonl:1: column 1 (class): missing; every row needs a name and a class".into()),
        (
            r#"  {"class": "place", "name": null}"#,
            "l.jsonl:1: column 30 (name): missing; every row needs a name and a class".into(),
        ),
        (
            r#"{"name": "ঢাকা", "class": "place", "id": 17}"#,
            "l.jsonl:1: column 42 (id): `17` is a number; write a string, in quotation marks".into(),
        ),
        (
            r#"{"name": ["ঢাকা", "Dhaka"], "class": "place"}"#,
            "l.jsonl:1: column 10 (name): `[\\\"ঢাকা\\\", \\\"Dhaka\\\"]` is an array; write a string, in quotation marks".into(),
        ),
        (
            r#"{"name": "ঢাকা", "class": "place", "label": "x"}"#,
            format!("l.jsonl:1: column 45 (label): unknown key; {keys}"),
        ),
        (
            r#"{"name": "ঢাকা", "class": "place", "name": "x"}"#,
            "l.jsonl:1: column 44 (name): the object names this key twice; remove one".into(),
        ),
        (
            r#"{"name": "ঢাকা", "class": "place", "ambiguity": "maybe"}"#,
            "l.jsonl:1: column 49 (ambiguity): `maybe` is not one of sure, context, never".into(),
        ),
        (
            r#"{"name": "ঢাকা", "class": "place", "action": "drop"}"#,
            "l.jsonl:1: column 46 (action): `drop` is not one of add, override, block".into(),
        ),
        (
            r#"{"name": "ক\u0000খ", "class": "place"}"#,
            "l.jsonl:1: column 10 (name): `ক\\0খ` holds the character U+0000; remove it".into(),
        ),
        (
            r#"{"name": "।", "class": "place"}"#,
            "l.jsonl:1: column 10 (name): `।` has no letter or digit; write the name or remove the row".into(),
        ),
        (
            r#"{"name": "\ud800", "class": "place"}"#,
            format!("l.jsonl:1: column 17: this is no JSON: unexpected end of hex escape; {one_line}"),
        ),
        (
            "\n\n{\"name\": \"ঢাকা\", \"class\": \"place\",}",
            format!("l.jsonl:3: column 35: this is no JSON: trailing comma; {one_line}"),
        ),
        (
            "{\"name\": \"ঢাকা\",\r\n \"class\": \"place\"}",
            format!("l.jsonl:1: column 16: this is no JSON: EOF while parsing a value; {one_line}"),
        ),
        (
            "{\"name\": \"ঢাকা\", \"class\": \"place\"},\n",
            format!("l.jsonl:1: column 35: this is no JSON: trailing characters; {one_line}"),
        ),
        (
            "name\tclass\nঢাকা\tplace\n",
            r#"l.jsonl:1: column 1: `name\tclass` is no object; write one, such as {"name": "ঢাকা", "class": "place"}"#.into(),
        ),
        (
            "[{\"name\": \"ঢাকা\", \"class\": \"place\"},\n {\"name\": \"ঢাকা\"}]",
            "l.jsonl:2: column 2 (class): missing; every row needs a name and a class".into(),
        ),
        (
            "[{\"name\": \"ঢাকা\", \"class\": \"place\"},\n \"খুলনা\"]",
            r#"l.jsonl:2: column 2: `\"খুলনা\"` is no object; write one, such as {"name": "ঢাকা", "class": "place"}"#.into(),
        ),
        (
            "[{\"name\": \"ঢাকা\"}\n{\"name\": \"ঢাকা\"}]",
            "l.jsonl:2: column 1: this is no JSON: expected `,` or `]`; close the array with `]`, and separate its objects by commas".into(),
        ),
    ];
    for (text, message) in table {
        assert_eq!(refusal(JSONL, text), message, "{text}");
    }
}

#[test]
fn patterns_that_say_more_than_a_name_are_refused() {
    let table = [
        (r#"{"label": "GPE"}"#, "column 1 (pattern): missing; every pattern needs a label and a pattern"),
        (r#"{"pattern": "ঢাকা"}"#, "column 1 (label): missing; every pattern needs a label and a pattern"),
        (
            r#"{"label": "", "pattern": "ঢাকা"}"#,
            "column 11 (label): empty; write a label such as PERSON, GPE, ORG or your own",
        ),
        (r#"{"label": "GPE", "pattern": ""}"#, "column 29 (pattern): empty; write the name"),
        (r#"{"label": "GPE", "pattern": []}"#, "column 29 (pattern): empty; write the name"),
        (
            r#"{"label": "GPE", "pattern": 7}"#,
            "column 29 (pattern): `7` is a number; write a string, in quotation marks",
        ),
        (
            r#"{"label": "MY KIND", "pattern": "ঢাকা"}"#,
            "column 11 (label): class `my kind` contains white space; use a single word",
        ),
        (
            r#"{"label": "GPE", "pattern": "ঢাকা", "on_match": null}"#,
            "column 49 (on_match): unknown key; the keys of a pattern are label, pattern, id",
        ),
        (
            r#"{"label": "GPE", "pattern": [{"LOWER": "নতুন"}, {"LEMMA": "ঢাকা"}]}"#,
            "column 59 (pattern): the attribute `LEMMA` of token 2 cannot be expressed in a list of names; write the names that the pattern stands for, each as a string",
        ),
        (
            r#"{"label": "GPE", "pattern": [{"LOWER": "নতুন", "OP": "?"}]}"#,
            "column 54 (pattern): the attribute `OP` of token 1 cannot be expressed in a list of names; write the names that the pattern stands for, each as a string",
        ),
        (
            r#"{"label": "GPE", "pattern": [{"LOWER": {"IN": ["ঢাকা", "খুলনা"]}}]}"#,
            "column 40 (pattern): `LOWER` of token 1 is an object, which a list of names cannot express; write one pattern for each name it stands for",
        ),
        (
            r#"{"label": "GPE", "pattern": [{}]}"#,
            "column 30 (pattern): token 1 stands for any word, which a list of names cannot express; write the names as strings",
        ),
        (
            r#"{"label": "GPE", "pattern": [{"TEXT": "ঢাকা", "LOWER": "ঢাকা"}]}"#,
            "column 30 (pattern): token 1 names its text twice; leave TEXT, ORTH or LOWER",
        ),
        (
            r#"{"label": "GPE", "pattern": ["ঢাকা"]}"#,
            r#"column 30 (pattern): token 1 is a string; write {"TEXT": "…"}, or the whole name as one string"#,
        ),
        (
            r#"{"label": "PER", "pattern": [{"TEXT": "জং"}, {"TEXT": "-"}, {"TEXT": "উন"}]}"#,
            "column 55 (pattern): token 2 is `-`, and a pattern does not say whether white space stands around it; write the whole name as one string",
        ),
        (
            r#""ঢাকা""#,
            r#"column 1: `\"ঢাকা\"` is no object; write one, such as {"label": "GPE", "pattern": "ঢাকা"}"#,
        ),
    ];
    for (text, message) in table {
        assert_eq!(refusal(PATTERNS, text), format!("p.jsonl:1: {message}"), "{text}");
    }
}

fn found(builder: GazetteerBuilder, text: &str) -> Vec<String> {
    let ner = Extractor::builder().bundled(false).gazetteer(builder.build().unwrap()).build().unwrap();
    let line = |e: &Entity<'_>| format!("{} {} {}", e.kind(), e.name(), e.id().unwrap_or("-"));
    ner.extract(text).iter().map(line).collect()
}

#[test]
fn json_says_what_a_table_says() {
    let table = "name\tclass\tid\taction\tambiguity\tlatin\n\
        ঝুমরিকা\tplace.city\tJ-1\toverride\t\tJhumrika\nনাপা এক্সট্রা\tmedicine\t\t\tsure\t\nআলো\tsong\t\t\tnever\t\n";
    let objects = [
        r#"{"name": "ঝুমরিকা", "class": "place.city", "id": "J-1", "action": "override", "latin": "Jhumrika"}"#,
        r#" { "kind":"medicine" , "name":" নাপা \u098f\u0995্সট্রা ", "id":null, "ambiguity": "sure"} "#,
        r#"{"name": "আলো", "class": "song", "ambiguity": "never"}"#,
    ];
    let lines = objects.join("\n");
    let array = format!("\u{FEFF} [{}]\n", objects.join(",\n"));
    let returns = format!("\u{FEFF}{}\r\n\r\n", objects.join("\r\n"));
    let text = "ঝুমরিকায় আলো নেই, নাপা এক্সট্রাও নেই।";
    let mut builder = Gazetteer::builder();
    builder.tsv("l.tsv", table).unwrap();
    let expected = found(builder, text);
    assert_eq!(expected, ["place ঝুমরিকা J-1", "medicine নাপা এক্সট্রা -"]);
    for json in [lines, array, returns] {
        let mut builder = Gazetteer::builder();
        builder.jsonl("l.jsonl", &json).unwrap();
        assert_eq!(found(builder, text), expected, "{json}");
    }
}

#[test]
fn labels_are_kinds_and_tokens_are_words() {
    let rows = [
        ("PERSON", r#""ঝুমু বেগম""#, "person ঝুমু বেগম"),
        ("PER", r#"[{"TEXT": "ঝুমু"}, {"orth": "বেগম"}]"#, "person ঝুমু বেগম"),
        ("GPE", r#""ঝুমরিকা""#, "place ঝুমরিকা"),
        ("LOC", r#"[{"LOWER": "ঝুমরিকা"}]"#, "place ঝুমরিকা"),
        ("FAC", r#""ঝুমরিকা সেতু""#, "place ঝুমরিকা সেতু"),
        ("ORG", r#""ঝুমরিকা সংঘ""#, "organization ঝুমরিকা সংঘ"),
        ("MEDICINE", r#""নাপা এক্সট্রা""#, "medicine নাপা এক্সট্রা"),
    ];
    let text = "ঝুমু বেগমকে ঝুমরিকায় দেখি; ঝুমরিকা সেতুতে, ঝুমরিকা সংঘের, নাপা এক্সট্রার।";
    for (label, pattern, expected) in rows {
        let object = format!(r#"{{"label":"{label}","pattern":{pattern},"id":"i"}}"#);
        for list in [object.clone(), format!("[{object}]")] {
            let mut builder = Gazetteer::builder();
            builder.patterns("p.jsonl", &list).unwrap();
            assert!(found(builder, text).contains(&format!("{expected} i")), "{list}");
        }
    }
}

#[test]
fn files_are_read_or_refused_with_their_name() {
    let folder = std::env::temp_dir().join(format!("bangla-ner-lists-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("list.jsonl");
    let refused = |bytes: &[u8]| {
        std::fs::write(&path, bytes).unwrap();
        let error = Gazetteer::builder().jsonl_file(&path).map(drop).unwrap_err();
        error.to_string().replace(&path.display().to_string(), "FILE")
    };
    assert_eq!(
        refused(b"{\"name\": \"\xE0\xA6\x95\"}\n{\"name\": \"\xE0\xA6\x95\xE0\xA6\"}"),
        "FILE:2: column 12: invalid UTF-8 (byte E0 at byte 29 of the file); save it as UTF-8"
    );
    assert_eq!(
        refused("\u{FEFF}{\"name\": \"ক\"}".as_bytes()),
        "FILE:1: column 2 (class): missing; every row needs a name and a class"
    );
    std::fs::write(&path, "\u{FEFF}{\"label\": \"GPE\", \"pattern\": \"ঢাকা\"}\r\n").unwrap();
    let mut builder = Gazetteer::builder();
    builder.patterns_file(&path).unwrap();
    assert_eq!(builder.build().unwrap().len(), 1);
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(Gazetteer::builder().patterns_file(&path).map(drop).unwrap_err().is_io());
}

#[test]
fn the_lint_reads_every_object() {
    let mut lint = Lint::new();
    lint.jsonl("l.jsonl", "{\"name\": 1}\n{\"name\": \"ঢাকা\", \"class\": \"place\"}\nnothing\n{\"class\": \"place\", \"name\": \"ঢাকার\"}\n");
    lint.patterns("p.json", "[{\"label\": \"GPE\",\n\"pattern\": \"ঢাকা\"}, {\"label\": \"GPE\", \"pattern\": [{\"POS\": \"NOUN\"}]}]");
    let found = lint.finish();
    let codes: Vec<_> = found.iter().map(|f| (f.file(), f.line(), f.column(), f.check().code())).collect();
    assert_eq!(
        codes,
        [
            ("l.jsonl", 1, Some(10), "unusable"),
            ("l.jsonl", 3, Some(1), "unusable"),
            ("l.jsonl", 4, Some(28), "inflected"),
            ("p.json", 2, Some(12), "repeated"),
            ("p.json", 2, Some(58), "unusable"),
        ]
    );
}

/// A long array on one line is gone through once.
#[test]
fn long_arrays_are_read_in_linear_time() {
    let objects: Vec<_> = (0..40_000).map(|n| format!(r#"{{"name": "ক{n}", "class": "plac e"}}"#)).collect();
    let start = std::time::Instant::now();
    let mut lint = Lint::new();
    lint.jsonl("l.json", &format!("[{}]", objects.join(",")));
    assert_eq!(lint.finish().len(), objects.len());
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

/// A reader answers for any text, and the lint where a builder does.
fn check(text: &str) {
    type Look = for<'l> fn(&'l mut Lint, &str) -> &'l mut Lint;
    let readers: [(Read, Look); 2] =
        [(JSONL, |lint, text| lint.jsonl("l", text)), (PATTERNS, |lint, text| lint.patterns("l", text))];
    for (read, look) in readers {
        let mut lint = Lint::new();
        let findings = look(&mut lint, text);
        let findings = std::mem::take(findings).finish();
        let first = findings.iter().find(|finding| finding.severity() == Severity::Error);
        let error = read(&mut Gazetteer::builder(), text).err();
        let place = error.as_ref().map(|error| (error.line(), error.column()));
        assert_eq!(first.map(|f| (Some(f.line()), f.column())), place, "{error:?}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC*") {
        check(&text);
    }

    #[test]
    fn any_pieces_of_json_are_read_or_refused(parts in prop::collection::vec(
        r#"\[|\]|\{|\}|,|:|"name"|"class"|"kind"|"id"|"label"|"pattern"|"TEXT"|"LEMMA"|"ঢাকা"|"GPE"|"place"|null|7|\\|"|\n|\r|"\\ud83d"| |\{"name":"ঢাকা","kind":"place"\}|\{"label":"GPE","pattern":"ঢাকার"\}|\{"label":"GPE","pattern":\[\{"TEXT":"কথা"\}\]\}"#, 0..20,
    )) {
        check(&parts.concat());
    }
}
