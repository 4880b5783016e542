//! `examples/extract`, `examples/report` and `examples/lint` as a user of the shell meets them.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use bangla_ner::EntityRecord;

const MEDICINES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/medicines.tsv");
const NEWS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/news.txt");

static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| example("extract"));

/// `cargo test --test cli` alone builds no example, and one that was built before may be
/// stale; so Cargo is asked to build it, which is quick when there is nothing to do, and
/// to say where it is.
fn example(name: &str) -> PathBuf {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--example", name, "--message-format", "json"]);
    if !cfg!(debug_assertions) {
        cargo.arg("--release");
    }
    let output = cargo.current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    let messages = String::from_utf8(output.stdout).unwrap();
    let artifact = messages.lines().find_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        let program = message["executable"].as_str()?;
        (message["target"]["name"] == name).then(|| PathBuf::from(program))
    });
    artifact.unwrap_or_else(|| panic!("no example: {messages}{}", String::from_utf8_lossy(&output.stderr)))
}

fn program<S: AsRef<std::ffi::OsStr>>(arguments: &[S]) -> Command {
    let mut command = Command::new(PROGRAM.as_path());
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(variable);
    }
    command
}

#[derive(Debug)]
struct Ran {
    status: Option<i32>,
    out: String,
    err: String,
}

/// Runs the program on bytes given to its standard input.
fn run<S: AsRef<std::ffi::OsStr>>(arguments: &[S], input: impl AsRef<[u8]>) -> Ran {
    run_command(program(arguments), input.as_ref())
}

fn run_command(mut command: Command, input: &[u8]) -> Ran {
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let output = std::thread::scope(|scope| {
        // Beside the reading, or both ends would wait with full pipes. Programs that read no
        // standard input may be gone by then.
        scope.spawn(move || stdin.write_all(input).ok());
        child.wait_with_output().unwrap()
    });
    Ran {
        status: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// What a successful run writes.
fn stdout<S: AsRef<std::ffi::OsStr>>(arguments: &[S], input: impl AsRef<[u8]>) -> String {
    let ran = run(arguments, input);
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""), "{}", ran.out);
    ran.out
}

fn file(name: &str, content: impl AsRef<[u8]>) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("cli-{}-{name}", std::process::id()));
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    text: String,
    entities: Vec<EntityRecord>,
}

fn records(jsonl: &str) -> Vec<Record> {
    jsonl.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn text_marks_names_and_counts_them() {
    let out = stdout(&["--gazetteer", MEDICINES], "প্যারাসিটামলের দাম, প্যারাসিটামল ও মেটফরমিন।");
    let expected = "\
[MEDICINE:প্যারাসিটামল]ের দাম, [MEDICINE:প্যারাসিটামল] ও [MEDICINE:মেটফরমিন]।

medicine      2  প্যারাসিটামল
medicine      1  মেটফরমিন
";
    assert_eq!(out, expected);
    assert_eq!(stdout::<&str>(&[], "কোনো নাম নেই।\n"), "কোনো নাম নেই।\n");
    assert_eq!(stdout::<&str>(&[], ""), "");
}

#[test]
fn the_sample_text_has_names_in_every_format() {
    for (format, expected) in [
        ("text", "[LOC:কাঠমান্ডু]তে"),
        ("jsonl", "\"name\":\"কাঠমান্ডু\""),
        ("conll", "কাঠমান্ডুতে\tB-LOC\n"),
        ("brat", "\tLOC 13 22\tকাঠমান্ডু\n"),
        ("html", ">কাঠমান্ডু<span class=\"bn-ending\">তে</span></mark>"),
        ("bilou", "কাঠমান্ডুতে\tU-LOC\n"),
        ("redact", "রাজধানী █████তে গতকাল"),
        ("pseudonyms", "স্থান-১-তে চার দেশের বৈঠক\n\nস্থান-২-এর রাজধানী স্থান-১-তে"),
        ("groups", "\"name\":\"এলেনা মারকোভা\",\"id\":null,\"count\":2,"),
    ] {
        let out = stdout(&["--format", format, NEWS], "");
        assert!(out.contains(expected), "{format}: {out}");
    }
}

#[test]
fn several_files_get_headers_in_text_only() {
    let (one, two) = (file("one.txt", "প্যারাসিটামল"), file("two.txt", "মেটফরমিন\n"));
    let out = stdout(&["--gazetteer", MEDICINES, &one, "-", &two], "ওমিপ্রাজল");
    let block =
        |name: &str, drug: &str| format!("==> {name} <==\n[MEDICINE:{drug}]\n\nmedicine      1  {drug}\n");
    let blocks = [block(&one, "প্যারাসিটামল"), block("standard input", "ওমিপ্রাজল"), block(&two, "মেটফরমিন")];
    assert_eq!(out, blocks.join("\n"));

    let texts: Vec<_> =
        records(&stdout(&["--format", "jsonl", &one, &two], "")).into_iter().map(|r| r.text).collect();
    assert_eq!(texts, ["প্যারাসিটামল", "মেটফরমিন\n"]);

    let page = stdout(&["--format", "html", &one, &two], "");
    assert_eq!((page.matches("<h2>").count(), page.matches("<!DOCTYPE").count()), (2, 1));

    // Offsets go through the files put together.
    let annotations = stdout(&["--gazetteer", MEDICINES, "--format", "brat", &one, &two], "");
    assert_eq!(annotations, "T1\tMEDICINE 0 12\tপ্যারাসিটামল\nT2\tMEDICINE 12 20\tমেটফরমিন\n");
}

#[test]
fn jsonl_offsets_slice_the_text() {
    let out = stdout(&["--format", "jsonl", "--gazetteer", MEDICINES, NEWS], "");
    let [record] = &records(&out)[..] else { panic!("one document, one record") };
    assert_eq!(record.text, std::fs::read_to_string(NEWS).unwrap());
    assert!(record.entities.len() > 10);
    for entity in &record.entities {
        assert_eq!(record.text[entity.start..entity.end], entity.name);
        assert_eq!(record.text[entity.end..entity.surface_end], entity.ending);
        assert!((0.0..=1.0).contains(&entity.confidence) && !entity.evidence.is_empty());
    }
    let out = stdout(&["--format", "jsonl", "--gazetteer", MEDICINES], "মেটফরমিনও");
    let record = &records(&out)[0];
    assert_eq!(record.entities[0].id.as_deref(), Some("A10BA02"));
    assert!(out.starts_with("{\"text\":\"মেটফরমিনও\",\"entities\":[{\"kind\":\"medicine\",\"start\":0,"));
}

#[test]
fn each_line_is_a_record_empty_ones_and_crlf_too() {
    let input = "মেটফরমিন\r\n\r\n\nদাম মেটফরমিন\nশেষ";
    let out = stdout(&["--lines", "--format", "jsonl", "--gazetteer", MEDICINES], input);
    let found: Vec<_> = records(&out)
        .into_iter()
        .map(|r| (r.text, r.entities.iter().map(|e| e.start).collect::<Vec<_>>()))
        .collect();
    let expected =
        [("মেটফরমিন", vec![0]), ("", vec![]), ("", vec![]), ("দাম মেটফরমিন", vec![10]), ("শেষ", vec![])];
    assert_eq!(found, expected.map(|(text, starts)| (text.to_owned(), starts)));

    let lines = |input: &str| stdout(&["--lines", "--format", "jsonl"], input).lines().count();
    assert_eq!((lines(""), lines("\n"), lines("\r\n"), lines("ক"), lines("ক\n\n")), (0, 1, 1, 1, 2));

    let out = stdout(&["--lines", "--gazetteer", MEDICINES], input);
    assert_eq!(out, "[MEDICINE:মেটফরমিন]\n\n\nদাম [MEDICINE:মেটফরমিন]\nশেষ\n\nmedicine      2  মেটফরমিন\n");
    let out = stdout(&["--lines", "--format", "conll", "--gazetteer", MEDICINES], "মেটফরমিন\n\nশেষ\n");
    assert_eq!(out, "মেটফরমিন\tB-MEDICINE\n\n\nশেষ\tO\n\n");
}

#[test]
fn brat_offsets_are_those_of_the_file_by_line_and_whole() {
    let input = "মেটফরমিন\r\n\r\n\nদাম মেটফরমিন\n";
    let expected = "T1\tMEDICINE 0 8\tমেটফরমিন\nT2\tMEDICINE 17 25\tমেটফরমিন\n";
    for arguments in [&["--lines"][..], &[]] {
        let arguments = [&["--format", "brat", "--gazetteer", MEDICINES], arguments].concat();
        assert_eq!(stdout(&arguments, input), expected);
    }
}

#[test]
fn lines_are_answered_before_the_input_ends() {
    let mut child = program(&["--lines", "--format", "jsonl"]).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = std::io::BufReader::new(child.stdout.take().unwrap());
    for _ in 0..2 {
        input.write_all("কথা\n".as_bytes()).unwrap();
        let mut line = String::new();
        std::io::BufRead::read_line(&mut output, &mut line).unwrap();
        assert_eq!(line, "{\"text\":\"কথা\",\"entities\":[]}\n");
    }
    drop(input);
    assert!(child.wait().unwrap().success());
}

#[test]
fn explain_lists_evidence() {
    let out = stdout(&["--explain", "--gazetteer", MEDICINES], "মেটফরমিনের দাম\n");
    let mut lines = out.lines();
    assert_eq!(lines.next(), Some("[MEDICINE:মেটফরমিন]ের দাম"));
    assert!(lines.next().unwrap().starts_with("  medicine মেটফরমিন + ের, bytes 0..24, confidence "));
    assert!(lines.next().unwrap().starts_with("    +"), "{out}");
    let ran = run(&["--explain", "--format", "conll"], "");
    assert!(ran.status == Some(2) && ran.err.contains("--explain goes with --format text"), "{}", ran.err);
}

#[test]
fn colour_only_where_it_is_wanted() {
    let run_with = |variable: &str| {
        let mut command = program(&["--gazetteer", MEDICINES]);
        command.env(variable, "1");
        run_command(command, "মেটফরমিনের".as_bytes()).out
    };
    let coloured = run_with("CLICOLOR_FORCE");
    assert!(coloured.starts_with("\x1b[1;36mমেটফরমিন\x1b[0m\x1b[4mের\x1b[0m\n"), "{coloured:?}");
    assert!(run_with("NO_COLOR").starts_with("[MEDICINE:মেটফরমিন]ের\n"));
    assert!(!stdout(&["--gazetteer", MEDICINES], "মেটফরমিন").contains('\x1b'));
}

#[test]
fn invalid_utf8_is_placed_to_the_byte() {
    // Far beyond any buffer, with line ends of both sorts on the way.
    let mut bytes = "ক খ গ\r\nঘ ঙ\n".repeat(9_000).into_bytes();
    let (offset, line) = (bytes.len() + 3, 18_001);
    bytes.extend("চ".as_bytes());
    bytes.extend(b"\xE0\xA6\nmore\n");
    let path = file("broken.txt", &bytes);
    let expected =
        format!("extract: {path}:{line}: invalid UTF-8 at byte {offset} of the file; save it as UTF-8\n");
    for arguments in [&["--lines"][..], &[]] {
        let ran = run(&[arguments, &[path.as_str()]].concat(), "");
        assert_eq!((ran.status, ran.err), (Some(2), expected.clone()));
    }
    // Lines before it have been answered.
    let ran = run(&["--lines", "--format", "jsonl"], &bytes);
    assert_eq!((ran.status, ran.out.lines().count()), (Some(2), 18_000));
    assert_eq!(ran.err, expected.replace(&path, "standard input"));
    // Cut off in the middle of a letter at the very end.
    let ran = run(&["--lines"], &"ক".as_bytes()[..2]);
    assert!(ran.status == Some(2) && ran.err.contains(":1: invalid UTF-8 at byte 0 "), "{}", ran.err);
}

#[test]
fn missing_files_are_named_before_anything_is_written() {
    let ran = run(&[NEWS, "no/such/file.txt"], "");
    assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.starts_with("extract: no/such/file.txt: cannot read: "), "{}", ran.err);
    let ran = run(&[env!("CARGO_MANIFEST_DIR")], "");
    assert!(ran.status == Some(2) && ran.err.contains("is a directory"), "{}", ran.err);
    let ran = run(&["--gazetteer", "no/such.tsv"], "");
    assert!(ran.status == Some(2) && ran.err.starts_with("extract: no/such.tsv: "), "{}", ran.err);
}

#[test]
fn bad_gazetteer_rows_are_named_and_odd_ones_warned_about() {
    let path = file("bad.tsv", "# a list\nname\tclass\nনাপা\tmedicine\nঢাকা\tplace.citty\n");
    let ran = run(&["--gazetteer", &path], "ঢাকা");
    assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""));
    assert!(
        ran.err.starts_with(&format!("extract: {path}:4: column 2 (class): unknown class")),
        "{}",
        ran.err
    );

    let path = file("odd.tsv", "name\tclass\nনাপা\tmedicine\nনাপা\tmedicine\n");
    let ran = run(&["--gazetteer", &path, "--gazetteer", MEDICINES], "নাপা, মেটফরমিন");
    assert_eq!(ran.status, Some(0));
    assert!(ran.out.starts_with("[MEDICINE:নাপা], [MEDICINE:মেটফরমিন]\n"), "{}", ran.out);
    assert!(ran.err.starts_with(&format!("extract: {path}:3:1: warning[repeated]: ")), "{}", ran.err);
}

#[test]
fn a_reader_that_stops_early_is_no_error() {
    let path = file("long.txt", "মেটফরমিন\n".repeat(20_000));
    for format in ["text", "jsonl", "conll", "brat", "html", "redact", "groups"] {
        let arguments = ["--gazetteer", MEDICINES, "--lines", "--format", format, &path];
        let mut child = program(&arguments).spawn().unwrap();
        let mut few = [0; 16];
        child.stdout.take().unwrap().read_exact(&mut few).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()), "{format}");
    }
}

#[test]
fn wrong_usage_has_status_2() {
    assert_eq!(run(&["--format", "xml"], "").status, Some(2));
    assert_eq!(run(&["--no-such-option"], "").status, Some(2));
    assert_eq!(run(&["--help"], "").status, Some(0));
}

#[test]
fn the_report_is_one_page_that_fetches_nothing() {
    let program = example("report");
    let run = |folder: &Path| {
        let mut command = Command::new(&program);
        command.arg(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        run_command(command, b"")
    };
    let articles = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/articles"));
    let ran = run(articles);
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""));
    for expected in ["<title>articles</title>", "<title>বাংলাদেশ (place): 7 times in 4 articles</title>"]
    {
        assert!(ran.out.contains(expected), "{expected}");
    }
    assert_eq!((ran.out.matches("</svg>").count(), ran.out.matches("<details>").count()), (2, 4));
    assert!(!ran.out.contains("<script") && !ran.out.contains("src=") && !ran.out.contains("href="));

    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli-articles");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("<b>.txt"), "ঢাকায় <script>alert(1)</script>").unwrap();
    let ran = run(&folder);
    assert_eq!(ran.status, Some(0));
    assert!(!ran.out.contains("<script") && !ran.out.contains("<b>.") && ran.out.contains("&lt;b&gt;"));

    let ran = run(&folder.join("missing"));
    assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.starts_with("report: ") && ran.err.contains("missing: cannot read"), "{}", ran.err);
}

#[test]
fn the_lint_fails_only_where_a_list_would_not_load() {
    let program = example("lint");
    let run = |arguments: &[&str]| {
        let mut command = Command::new(&program);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        run_command(command, b"")
    };
    let ran = run(&[MEDICINES, "--quiet"]);
    assert_eq!(
        (ran.status, ran.out.as_str(), ran.err.as_str()),
        (Some(0), "0 errors, 0 warnings, 0 notes\n", "")
    );

    let odd = file("odd-names.tsv", "name\tclass\nঝুমরিকা\tplace\nঝুমরিকার\tplace\n");
    let ran = run(&[&odd]);
    assert_eq!(ran.status, Some(0));
    assert!(
        ran.out.starts_with(&format!("{odd}:3:1: warning[inflected]: `ঝুমরিকার` is {odd}:2 ")),
        "{}",
        ran.out
    );
    let ran = run(&[&odd, "--allow", "inflected", "--format", "json"]);
    assert_eq!((ran.status, ran.out.as_str()), (Some(0), ""));

    let bad = file("bad-names.tsv", "name\tclass\nঝুমরিকা\tplace.citty\n।\tplace\n");
    let ran = run(&[&bad, &odd, "--format", "json"]);
    assert_eq!(ran.status, Some(1));
    let found: Vec<serde_json::Value> =
        ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let codes: Vec<_> = found.iter().map(|f| (f["code"].as_str().unwrap(), f["line"].as_u64())).collect();
    assert_eq!(codes, [("unusable", Some(2)), ("unusable", Some(3)), ("inflected", Some(3))]);

    assert_eq!(run(&[]).status, Some(2));
    assert_eq!(run(&[&odd, "--allow", "no-such-code"]).status, Some(2));
}
