//! Hostile lists of names.

use std::path::{Path, PathBuf};

use allocation_counter::measure;
use bangla_ner::{Error, Extractor, Gazetteer, Kind};

/// A folder that is removed when the test ends, however it ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("bangla-ner-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The gazetteer of a file on disk.
fn read(path: &Path) -> Result<Gazetteer, Error> {
    let mut builder = Gazetteer::builder();
    builder.tsv_file(path)?;
    builder.build()
}

fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

#[test]
fn files_that_cannot_be_used_say_where_and_what_to_do() {
    let columns = "the columns are name, class, ambiguity, id, latin, source, strength, action";
    let head = "name\tclass\n";
    let with = |rows: &str| format!("{head}{rows}").into_bytes();
    let table: Vec<(&str, Vec<u8>, String)> = vec![
        (
            "invalid UTF-8 in a name",
            [head.as_bytes(), b"\xE0\xA6\x95\xE0\tplace\n"].concat(),
            ":2: column 1: invalid UTF-8 (byte E0 at byte 14 of the file); save it as UTF-8".into(),
        ),
        (
            "invalid UTF-8 in another column, after returns",
            b"name\tclass\r\na\tplace\r\nb\tpl\xFFce\r\n".to_vec(),
            ":3: column 2: invalid UTF-8 (byte FF at byte 25 of the file); save it as UTF-8".into(),
        ),
        (
            "a file cut inside a letter",
            [head.as_bytes(), b"\xE0\xA6"].concat(),
            ":2: column 1: invalid UTF-8 (byte E0 at byte 11 of the file); save it as UTF-8".into(),
        ),
        (
            "UTF-16",
            utf16("name\tclass\n"),
            ":1: column 1: invalid UTF-8 (byte FF at byte 0 of the file); save it as UTF-8".into(),
        ),
        (
            "no header line",
            "ঢাকা\tplace\n".into(),
            format!(":1: column 1 (ঢাকা): unknown column in the header line; {columns}"),
        ),
        (
            "commas",
            "name,class\nঢাকা,place\n".into(),
            format!(":1: column 1 (name,class): unknown column in the header line; {columns}"),
        ),
        (
            "spaces",
            "name class\nঢাকা place\n".into(),
            format!(":1: column 1 (name class): unknown column in the header line; {columns}"),
        ),
        (
            "capitals",
            "Name\tClass\n".into(),
            format!(":1: column 1 (Name): unknown column in the header line; {columns}"),
        ),
        (
            "two marks of byte order",
            "\u{FEFF}\u{FEFF}name\tclass\n".into(),
            format!(":1: column 1 (\\u{{feff}}name): unknown column in the header line; {columns}"),
        ),
        (
            "a header line that ends in a tab",
            "name\tclass\t\nঢাকা\tplace\t\n".into(),
            format!(":1: column 3 (): unknown column in the header line; {columns}"),
        ),
        (
            "NUL in the header line",
            "na\0me\tclass\n".into(),
            format!(":1: column 1 (na\\0me): unknown column in the header line; {columns}"),
        ),
        (
            "a missing column",
            "class\nplace\n".into(),
            ":1: the header line has no column `name`; begin the file with `name<TAB>class`".into(),
        ),
        (
            "a missing field",
            with("ঢাকা\tplace\n\nখুলনা\n"),
            ":4: column 2 (class): missing; every row needs a name and a class".into(),
        ),
        (
            "too many tabs",
            with("\t\t\t\nঢাকা\tplace\t\t\n"),
            ":3: column 3 (extra): 4 fields, but the header names 2; remove the extra tabs".into(),
        ),
        (
            "NUL",
            with("ঢা\0কা\tplace\n"),
            ":2: column 1 (name): `ঢা\\0কা` holds the character U+0000; remove it".into(),
        ),
        (
            "a return within a line",
            with("ঢাকা\rখুলনা\tplace\n"),
            ":2: column 1 (name): `ঢাকা\\rখুলনা` holds the character U+000D; remove it".into(),
        ),
        (
            "only marks of direction",
            with("\u{200F}\u{202E}\tplace\n"),
            ":2: column 1 (name): `\\u{200f}\\u{202e}` has no letter or digit; write the name or remove the row".into(),
        ),
        (
            "a class with a NUL",
            with("ঢাকা\tpl\0ce\n"),
            ":2: column 2 (class): class `pl\\0ce` holds the character U+0000; remove it".into(),
        ),
        (
            "a name of 10,000 letters",
            with(&format!("{}\tplace\n", "ক".repeat(10_000))),
            format!(
                ":2: column 1 (name): `{}…` has 10000 letters; a name has at most 512",
                "ক".repeat(60)
            ),
        ),
        (
            "a class of 10,000 letters",
            with(&format!("ঢাকা\tplace.{}\n", "c".repeat(10_000))),
            String::new(),
        ),
    ];
    let folder = Folder::new("refused");
    for (what, bytes, message) in table {
        let path = folder.file("list.tsv", &bytes);
        let error = read(&path).expect_err(what);
        let text = error.to_string();
        if !message.is_empty() {
            assert_eq!(text, format!("{}{message}", path.display()), "{what}");
        }
        assert!(text.len() < 700 + path.as_os_str().len(), "{what}: {} bytes", text.len());
        assert!(error.line().is_some_and(|line| line > 0), "{what}");
        assert!(!error.is_io(), "{what}");
    }
}

#[test]
fn files_that_are_odd_are_read() {
    let table: Vec<(&str, Vec<u8>, usize, &[&str])> = vec![
        ("nothing", b"".to_vec(), 0, &[]),
        ("a mark of byte order", "\u{FEFF}".into(), 0, &[]),
        ("comments", "# ক\n#\n".into(), 0, &[]),
        ("no row", "name\tclass".into(), 0, &[]),
        ("a mark of byte order and returns", "\u{FEFF}name\tclass\r\nঢাকা\tplace\r\n\r\n".into(), 1, &[]),
        ("no last line end", "name\tclass\nঢাকা\tplace".into(), 1, &[]),
        ("only tabs", "name\tclass\n\t\t\t\n".into(), 0, &[]),
        ("white space around", " name \t class \n  ঢাকা \t place \n".into(), 1, &[]),
        (
            "names that are endings",
            "name\tclass\nর\tplace\nএর\tperson\nগুলোতেও\tsong\n".into(),
            3,
            &[
                ":2:1: warning[only-ending]: `র` is itself an ending; write the whole name, or set its ambiguity to `context`",
                ":3:1: warning[only-ending]: `এর` is itself an ending; write the whole name, or set its ambiguity to `context`",
                ":4:1: warning[only-ending]: `গুলোতেও` is itself an ending; write the whole name, or set its ambiguity to `context`",
            ],
        ),
        (
            "repeated rows",
            "name\tclass\nঢাকা\tplace\nঢাকা\tplace\n\u{200F}ঢা\u{200D}কা\tplace\n".into(),
            1,
            &[
                ":3:1: warning[repeated]: `ঢাকা` repeats FILE:2; the row is ignored",
                ":4:1: warning[repeated]: `\\u{200f}ঢা\\u{200d}কা` repeats FILE:2; the row is ignored",
            ],
        ),
        (
            "rows that contradict each other",
            "name\tclass\taction\nঢাকা\tplace\t\nঢাকা\tperson\tblock\nঢাকা\tsong\toverride\n".into(),
            3,
            &[
                ":3:1: warning[other-kind]: `ঢাকা` has another kind in FILE:2; both are kept",
                ":4:1: warning[other-kind]: `ঢাকা` has another kind in FILE:2; both are kept",
            ],
        ),
        ("the longest name", format!("name\tclass\n{}\tplace\n", "ক".repeat(512)).into(), 1, &[]),
    ];
    let folder = Folder::new("odd");
    for (what, bytes, len, warnings) in table {
        let path = folder.file("list.tsv", &bytes);
        let file = path.display().to_string();
        let gazetteer = read(&path).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!(gazetteer.len(), len, "{what}");
        let found: Vec<String> = gazetteer.warnings().iter().map(ToString::to_string).collect();
        let expected: Vec<String> =
            warnings.iter().map(|w| format!("{file}{}", w.replace("FILE", &file))).collect();
        assert_eq!(found, expected, "{what}");
        let ner = Extractor::builder().gazetteer(gazetteer).build().unwrap();
        ner.extract("ঢাকার কথা। র এর গুলোতেও ঢাকা গুলোতেওর\n").len();
    }
}

#[test]
fn entries_from_code_are_refused_without_a_line() {
    let error = Gazetteer::builder().names(Kind::Place, ["ঢাকা", "।"]).map(drop).unwrap_err();
    assert_eq!(
        error.to_string(),
        "entry: name: `।` has no letter or digit; write the name or remove the row"
    );
    assert_eq!((error.line(), error.is_io()), (None, false));
}

#[test]
fn missing_files_and_folders_are_refused_with_their_name() {
    let folder = Folder::new("missing");
    for path in [folder.0.clone(), folder.0.join("none.tsv")] {
        let error = read(&path).unwrap_err();
        assert!(error.to_string().starts_with(&format!("{}: cannot read the file: ", path.display())));
        assert!(error.is_io() && error.line().is_none());
    }
}

#[test]
fn names_like_anything_are_found_and_harm_nothing() {
    // Endings, parts of one another, numbers, Latin, a name of the longest length.
    let longest = "ক".repeat(512);
    let names = ["র", "এর", "ক", "কক", "ককক", "১", "a", "ক-ক", "ক ক ক", &longest];
    let mut builder = Gazetteer::builder();
    builder.names(Kind::from("mine"), names).unwrap();
    let ner = Extractor::builder().gazetteer(builder.build().unwrap()).build().unwrap();
    for name in names {
        for text in [name.to_owned(), format!("গতকাল {name} এসেছে।"), format!("({name})")]
        {
            let found = ner.extract(&text);
            assert!(found.iter().any(|e| e.name() == name && e.kind().as_str() == "mine"), "{text}");
        }
    }
    for text in ["ক".repeat(20_000), "ক ".repeat(20_000), "ক-".repeat(20_000), "এর".repeat(20_000)]
    {
        assert!(ner.extract(&text).len() <= text.len());
    }
}

/// A name for each number.
fn numbered(number: usize) -> String {
    const LETTERS: [&str; 10] = ["কা", "খি", "গু", "চে", "জো", "টা", "ডি", "নু", "পে", "মো"];
    let mut name = String::new();
    let mut rest = number;
    while rest > 0 || name.is_empty() {
        name += LETTERS[rest % 10];
        rest /= 10;
    }
    name
}

fn many_names(rows: usize) {
    let mut table = String::from("name\tclass\tid\n");
    (0..rows).for_each(|number| table += &format!("{} ল\tmine\tN{number}\n", numbered(number)));
    let mut built = None;
    let info = measure(|| {
        let mut builder = Gazetteer::builder();
        builder.tsv("many.tsv", &table).unwrap();
        built = Some(builder.build().unwrap());
    });
    let gazetteer = built.unwrap();
    assert_eq!(gazetteer.len(), rows);
    assert!(info.bytes_max < 1_500 * rows as u64, "{} bytes at most while building", info.bytes_max);
    let mut builder = Gazetteer::builder();
    builder.tsv("many.tsv", &table).unwrap();
    let compiled = Gazetteer::from_bytes(builder.compile().unwrap()).unwrap();
    compiled.verify().unwrap();
    for layer in [gazetteer, compiled] {
        let ner = Extractor::builder().gazetteer(layer).build().unwrap();
        for number in [0, 1, rows / 2, rows - 1] {
            let text = format!("গতকাল {} লের কথা", numbered(number));
            let found = ner.extract(&text);
            assert!(found.iter().any(|e| e.id() == Some(&format!("N{number}"))), "{text}");
        }
    }
}

#[test]
fn ten_thousand_names() {
    many_names(10_000);
}

#[test]
#[ignore = "slow: cargo test --release --test hostile -- --ignored"]
fn a_million_names() {
    many_names(1_000_000);
}
