//! Loading gazetteers: errors, warnings, layers.

use bangla_ner::{Ambiguity, Entry, Extractor, Gazetteer, Kind};

/// What a table is refused with.
fn refusal(text: &str) -> String {
    Gazetteer::builder().tsv("g.tsv", text).map(|_| ()).unwrap_err().to_string()
}

#[test]
fn rows_that_cannot_be_used_name_line_column_and_remedy() {
    let long = format!("name\tclass\n{}\tplace\n", "ক".repeat(513));
    let table = [
        (
            "নাম\tclass\n",
            "g.tsv:1: column 1 (নাম): unknown column in the header line; the columns are name, class, ambiguity, id, latin, source, strength, action",
        ),
        ("name\tname\n", "g.tsv:1: column 2 (name): the header names this column twice; remove one"),
        ("name\n", "g.tsv:1: the header line has no column `class`; begin the file with `name<TAB>class`"),
        (
            "name\tclass\nঢাকা\tplace\tx\n",
            "g.tsv:2: column 3 (extra): 3 fields, but the header names 2; remove the extra tabs",
        ),
        ("name\tclass\n\tplace\n", "g.tsv:2: column 1 (name): missing; every row needs a name and a class"),
        ("name\tclass\nঢাকা\n", "g.tsv:2: column 2 (class): missing; every row needs a name and a class"),
        (
            "# c\n\nname\tclass\nঢাকা\t.city\n",
            "g.tsv:4: column 2 (class): empty class; write a kind such as `person`, `place`, `organization` or your own",
        ),
        (
            "name\tclass\nঢাকা\tmy kind\n",
            "g.tsv:2: column 2 (class): class `my kind` contains white space; use a single word",
        ),
        (
            "name\tclass\nক\u{0}খ\tplace\n",
            "g.tsv:2: column 1 (name): `ক\\0খ` holds the character U+0000; remove it",
        ),
        (
            "name\tclass\nক\u{FFFD}\tplace\n",
            "g.tsv:2: column 1 (name): `ক\u{FFFD}` holds the character U+FFFD; remove it",
        ),
        (
            "class\tname\nplace\t।-\n",
            "g.tsv:2: column 2 (name): `।-` has no letter or digit; write the name or remove the row",
        ),
        (
            "name\tclass\n\u{200D}\tplace\n",
            "g.tsv:2: column 1 (name): `\\u{200d}` has no letter or digit; write the name or remove the row",
        ),
        (
            "name\tclass\tambiguity\nঢাকা\tplace\tmaybe\n",
            "g.tsv:2: column 3 (ambiguity): `maybe` is not one of sure, context, never",
        ),
        (
            "name\tclass\taction\nঢাকা\tplace\tdrop\n",
            "g.tsv:2: column 3 (action): `drop` is not one of add, override, block",
        ),
        (
            "name\tclass\tstrength\nঢাকা\tplace\t9\n",
            "g.tsv:2: column 3 (strength): `9` is not a strength; write 1, 2 or 3",
        ),
    ];
    for (text, message) in table {
        assert_eq!(refusal(text), message, "{text:?}");
    }
    assert!(refusal("name\tclass\nঢাকা\tplace.citty\n").starts_with(
        "g.tsv:2: column 2 (class): unknown class `place.citty`; use `place` or one of place.country"
    ));
    assert!(refusal(&long).ends_with("has 513 letters; a name has at most 512"));
}

#[test]
fn files_are_read_or_refused_with_their_name() {
    let folder = std::env::temp_dir().join(format!("bangla-ner-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("bad.tsv");
    std::fs::write(&path, b"name\tclass\n\xE0\xA6\tplace\n").unwrap();
    let error = Gazetteer::builder().tsv_file(&path).map(|_| ()).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "{}:2: column 1: invalid UTF-8 (byte E0 at byte 11 of the file); save it as UTF-8",
            path.display()
        )
    );
    assert_eq!(error.line(), Some(2));
    let missing = folder.join("none.tsv");
    let error = Gazetteer::builder().tsv_file(&missing).map(|_| ()).unwrap_err();
    assert!(
        error.is_io()
            && error.to_string().starts_with(&format!("{}: cannot read the file", missing.display()))
    );
    std::fs::write(&path, "\u{FEFF}name\tclass\r\nঢাকা\tplace\r\n").unwrap();
    let mut builder = Gazetteer::builder();
    builder.tsv_file(&path).unwrap();
    assert_eq!(builder.build().unwrap().len(), 1);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn odd_rows_are_reported_and_nothing_is_lost() {
    let mut builder = Gazetteer::builder();
    builder.tsv("g.tsv", "name\tclass\nকো\u{09DF}া\tplace\nক\u{09C7}\u{09BE}\u{09AF}\u{09BC}া\tplace\nকোয়া\tperson\nকে\tperson\n").unwrap();
    let gazetteer = builder.build().unwrap();
    let warnings: Vec<_> = gazetteer.warnings().iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        [
            "g.tsv:3:1: warning[repeated]: `ক\u{09C7}\u{09BE}\u{09AF}\u{09BC}া` repeats g.tsv:2; the row is ignored",
            "g.tsv:4:1: warning[other-kind]: `কোয়া` has another kind in g.tsv:2; both are kept",
            "g.tsv:5:1: warning[only-ending]: `কে` is itself an ending; write the whole name, or set its ambiguity to `context`",
        ]
    );
    assert_eq!(gazetteer.len(), 3);
}

fn found(ner: &Extractor, text: &str) -> Vec<(String, String, Option<String>)> {
    ner.extract(text)
        .iter()
        .map(|e| (e.kind().to_string(), e.name().into(), e.id().map(Into::into)))
        .collect()
}

fn with(layer: impl FnOnce(&mut bangla_ner::GazetteerBuilder)) -> Extractor {
    let mut builder = Gazetteer::builder();
    layer(&mut builder);
    Extractor::builder().gazetteer(builder.build().unwrap()).build().unwrap()
}

#[test]
fn user_layers_add_override_and_block() {
    let text = "তিনি ঢাকায় নাপা এক্সট্রা খেয়েছেন।";
    let place = |name: &str| found(Extractor::bundled(), name).remove(0);
    assert_eq!(found(Extractor::bundled(), text), [place("ঢাকা")]);

    let add = with(|b| {
        b.entry(Entry::new("নাপা এক্সট্রা", Kind::from("medicine")).id("M1")).unwrap();
    });
    assert_eq!(found(&add, text), [place("ঢাকা"), ("medicine".into(), "নাপা এক্সট্রা".into(), Some("M1".into()))]);

    let over = with(|b| {
        b.entry(Entry::new("ঢাকা", Kind::Organization).id("team").overriding()).unwrap();
    });
    assert_eq!(found(&over, text), [("organization".into(), "ঢাকা".into(), Some("team".into()))]);

    let block = with(|b| {
        b.block("ঢাকা").unwrap();
    });
    assert_eq!(found(&block, text), []);
    assert_eq!(found(&block, "তিনি রংপুরে থাকেন।"), [place("রংপুর")]);
}

#[test]
fn user_entries_are_found_with_every_ending_and_against_any_rule() {
    let ner = with(|b| {
        b.names(Kind::from("song"), ["করে", "বিশ্ববিদ্যালয়", "মেঘের গান"]).unwrap();
    });
    for (text, name) in [
        ("সে করেকে ডাকে।", "করে"),
        ("ঢাকা বিশ্ববিদ্যালয়ে", "বিশ্ববিদ্যালয়"),
        ("‘মেঘের গান’টি শোনো", "মেঘের গান"),
        ("মেঘের গানগুলোতেও", "মেঘের গান"),
    ] {
        assert!(
            found(&ner, text).contains(&("song".into(), name.into(), None)),
            "{text}: {:?}",
            found(&ner, text)
        );
    }
    let careful = with(|b| {
        b.entry(Entry::new("করে", Kind::from("song")).ambiguity(Ambiguity::Never)).unwrap();
    });
    assert_eq!(found(&careful, "সে কাজ করে।"), []);
}

#[test]
fn later_layers_stand_above_earlier_ones() {
    let layer = |kind: &str, id: &str| {
        let mut builder = Gazetteer::builder();
        builder.entry(Entry::new("ঝুমরিকা", Kind::from(kind)).id(id).overriding()).unwrap();
        builder.build().unwrap()
    };
    let ner = Extractor::builder().gazetteer(layer("a", "1")).gazetteer(layer("b", "2")).build().unwrap();
    assert_eq!(found(&ner, "ঝুমরিকার কথা"), [("b".into(), "ঝুমরিকা".into(), Some("2".into()))]);
}

#[test]
fn without_the_bundled_names_only_rules_and_layers_find() {
    let mut builder = Gazetteer::builder();
    builder.names(Kind::Place, ["ঝুমরিকা"]).unwrap();
    let ner = Extractor::builder().bundled(false).gazetteer(builder.build().unwrap()).build().unwrap();
    assert_eq!(found(&ner, "জাপান ঝুমরিকায়").len(), 1);
    assert!(Extractor::builder().min_confidence(Kind::Place, 1.5).build().is_err());
}
