//! What the lint of lists finds, what it says, and that it is true.

use bangla_ner::lint::{Check, Finding, Lint, Severity};
use bangla_ner::{Extractor, Gazetteer, Kind, Mode};
use proptest::prelude::*;

fn lint(text: &str) -> Vec<Finding> {
    let mut lint = Lint::new();
    lint.tsv("l.tsv", text);
    lint.finish()
}

/// What is found in rows below the header `name class ambiguity id action`, without counts
/// of words: those change with the tables.
fn findings(rows: &str) -> Vec<String> {
    let found = lint(&format!("name\tclass\tambiguity\tid\taction\n{rows}\n"));
    let line = |finding: &Finding| {
        let line = finding.to_string().replacen("l.tsv:", "", 1);
        let Some((before, counts)) = line.split_once("common word: of ") else { return line };
        let counts = counts.split(' ').map(|word| if word.parse::<u32>().is_ok() { "#" } else { word });
        format!("{before}common word: of {}", counts.collect::<Vec<_>>().join(" "))
    };
    found.iter().map(line).collect()
}

#[test]
fn each_check_says_what_is_odd_and_what_to_do() {
    let table: &[(&str, &[&str])] = &[
        // Nothing is odd about these.
        ("ঢাকা\tplace\t\t\t\nসিলেট\tplace\t\t\t\nমেঘনা গ্রুপ\torganization\t\t\t", &[]),
        ("র\u{200D}্যাব\torganization\t\t\t\nBNP\torganization\t\t\t\nপ্রাঃ লিঃ\tmine\t\t\t", &[]),
        ("করে\tsong\tcontext\t\t\nক\tmine\tnever\t\t\nটি\tmine\tcontext\t\t\nবলে\tplace\t\t\tblock", &[]),
        ("রহিম\tperson\t\tP-1\t\nরহিমা\tperson\t\t\t", &[]),
        // Errors.
        (
            "ঢাকা\tplace.citty\t\t\t",
            &[
                "2:2: error[unusable]: class: unknown class `place.citty`; use `place` or one of place.country, place.region, place.district, place.upazila, place.union, place.city, place.area, place.river, place.water, place.physical, place.facility, place.road",
            ],
        ),
        (
            "।\tplace\t\t\t\nঢাকা\t\t\t\t",
            &[
                "2:1: error[unusable]: name: `।` has no letter or digit; write the name or remove the row",
                "3:2: error[unusable]: class: missing; every row needs a name and a class",
            ],
        ),
        // Rows that clash.
        (
            "ঢাকা\tplace\t\t\t\nঢা\u{200D}কা\tplace\t\t\t",
            &[
                "3:1: warning[repeated]: `ঢা\\u{200d}কা` repeats l.tsv:2; the row is ignored",
                "3:1: information[invisible]: `ঢা\\u{200d}কা` has the invisible character U+200D, which does nothing there; it may be removed",
            ],
        ),
        (
            "ঢাকা\tplace\t\t\t\nঢাকা\tsong\t\t\t",
            &["3:1: warning[other-kind]: `ঢাকা` has another kind in l.tsv:2; both are kept"],
        ),
        (
            "ঢাকা\tplace\t\tA\t\nঢাকা\tplace\t\tB\t",
            &["3:1: warning[other-id]: `ঢাকা` has another id in l.tsv:2, which is the one that is reported"],
        ),
        // Names that are forms of others.
        (
            "টি\tmine\t\t\t",
            &[
                "2:1: warning[only-ending]: `টি` is itself an ending; write the whole name, or set its ambiguity to `context`",
                "2:1: warning[common-word]: `টি` is a common word: of # times that it was counted # were in names; set its ambiguity to `never`",
            ],
        ),
        (
            "নতুন ঢাকাতে\tplace\t\t\t\nনতুন ঢাকা\tplace\t\t\t",
            &[
                "2:1: warning[inflected]: `নতুন ঢাকাতে` is l.tsv:3 with the ending `তে`; endings are found by themselves, so remove the row unless it is a name of its own",
            ],
        ),
        (
            "বিএনপি\torganization\t\t\t\nবিএনপি-র\torganization\t\t\t",
            &[
                "3:1: warning[inflected]: `বিএনপি-র` is l.tsv:2 with the ending `-র`; endings are found by themselves, so remove the row unless it is a name of its own",
            ],
        ),
        // Other kinds, other identifiers, words that are bound to names.
        (
            "ঢাকা\tplace\t\t\t\nঢাকার\tsong\t\t\t\nসালাম\tperson\t\t1\t\nসালামের\tperson\t\t2\t\nঢাকাবিরোধী\tplace\t\t\t",
            &[],
        ),
        // Words.
        (
            "করে\tsong\t\t\t",
            &[
                "2:1: warning[common-word]: `করে` is a common word: of # times that it was counted # were in names; set its ambiguity to `never`",
            ],
        ),
        (
            "সুলতান\tsong\t\t\t",
            &["2:1: warning[common-word]: `সুলতান` is a title; set its ambiguity to `context`"],
        ),
        (
            "ঝ\tmine\t\t\t",
            &[
                "2:1: warning[one-letter]: `ঝ` is a single letter, which is found wherever it stands alone; write the whole name, or set its ambiguity to `context`",
            ],
        ),
        (
            "২৪/৭\tshop\t\t\t\n৭\tmine\tcontext\t\t",
            &[
                "2:1: warning[only-digits]: `২৪/৭` is a number, which is found wherever it stands; write the whole name, or set its ambiguity to `context`",
            ],
        ),
        // Letters.
        (
            "ঢাक\u{93E}\tplace\t\t\t",
            &[
                "2:1: warning[look-alike]: `ঢাक\u{93E}` has `क` (U+0915, Devanagari) in a Bengali word; write `ক` (U+0995)",
            ],
        ),
        (
            "ঢাк\u{9BE}\tplace\t\t\t",
            &[
                "2:1: warning[look-alike]: `ঢাк\u{9BE}` has `к` (U+043A, Cyrillic) in a Bengali word; write the Bengali letter, or a space or hyphen between the scripts",
            ],
        ),
        (
            "দু:খ\tbook\t\t\t",
            &["2:1: warning[look-alike]: `দু:খ` has a colon in a word; write the visarga, `ঃ` (U+0983)"],
        ),
        (
            "নাপা\u{200B}এক্সট্রা\tmedicine\t\t\t",
            &[
                "2:1: warning[hidden-space]: `নাপা\\u{200b}এক্সট্রা` has a space of no width (U+200B), which texts are read without; write a real space if two words were meant, else remove it",
            ],
        ),
        // Names that no text has.
        (
            "(ঢাকা)\tplace\t\t\t",
            &["2:1: warning[never-found]: `(ঢাকা)` begins with `(`, where no name begins; remove it"],
        ),
        (
            "ইয়াহু!\torganization\t\t\t",
            &[
                "2:1: warning[mark-at-end]: `ইয়াহু!` ends in `!`, and is found only where a text has that, too; remove it, or add the name without it",
            ],
        ),
        (
            "www.example.com\tsite\t\t\t",
            &[
                "2:1: warning[never-found]: `www.example.com` is an address, and nothing inside addresses is a name; remove the row",
            ],
        ),
        (
            "নতুন\u{2028}ঝুমরিকা\tplace\t\t\t",
            &[
                "2:1: warning[hidden-space]: `নতুন\\u{2028}ঝুমরিকা` has a line end in it, and is found only where a text has it, too; write a space",
            ],
        ),
        // Spellings, once for each file.
        (
            "রাশি\u{09DF}া\tplace\t\t\t\nকোরি\u{09DF}া\tplace\t\t\t\nঝ\u{09C7}\u{09BE}মরি\u{09AF}\u{09BC}া\tmine\t\t\t",
            &[
                "2:1: information[spelling]: `রাশি\u{09DF}া` has য় in one code point (U+09DF), here and in 1 more; canonical is U+09AF U+09BC. Every spelling is found; normalise the list if other programs read it",
                "4:1: information[spelling]: `ঝ\u{09C7}\u{09BE}মরি\u{09AF}\u{09BC}া` has ো in two code points (U+09C7 U+09BE), here; canonical is U+09CB. Every spelling is found; normalise the list if other programs read it",
            ],
        ),
    ];
    for (rows, expected) in table {
        assert_eq!(findings(rows), *expected, "{rows}");
    }
}

#[test]
fn lists_are_read_to_their_end_and_looked_at_together() {
    let mut lint = Lint::new();
    lint.tsv("a.tsv", "name\tclass\nঢাকা\tplace\n");
    lint.tsv("b.tsv", "nome\tclass\nঢাকা\tplace\n");
    lint.tsv("c.tsv", "name\tclass\n।\tplace\nঢাকা\tplace\nঢাকার\tplace\n");
    lint.tsv_file("no such file");
    let found = lint.finish();
    let rows: Vec<_> = found.iter().map(|f| (f.file(), f.line(), f.column(), f.check(), f.other())).collect();
    assert_eq!(
        rows,
        [
            ("b.tsv", 1, Some(1), Check::Unreadable, None),
            ("c.tsv", 2, Some(1), Check::Unusable, None),
            ("c.tsv", 3, Some(1), Check::Repeated, Some(("a.tsv", 2))),
            ("c.tsv", 4, Some(1), Check::Inflected, Some(("a.tsv", 2))),
            ("no such file", 0, None, Check::Unreadable, None),
        ]
    );
    assert_eq!(found[2].severity(), Severity::Warning);
    assert!(found[4].to_string().starts_with("no such file: error[unreadable]: cannot read the file: "));
}

#[test]
fn findings_serialise() {
    let found = lint("name\tclass\nঢাকা\tplace\nঢাকা\tplace\n");
    assert_eq!(
        serde_json::to_string(&found[0]).unwrap(),
        r#"{"file":"l.tsv","line":3,"column":1,"code":"repeated","severity":"warning","name":"ঢাকা","message":"`ঢাকা` repeats l.tsv:2; the row is ignored","other":{"file":"l.tsv","line":2}}"#
    );
}

#[test]
fn codes_differ() {
    let mut codes: Vec<_> = Check::ALL.iter().map(|check| check.code()).collect();
    codes.sort();
    codes.dedup();
    assert_eq!(codes.len(), Check::ALL.len());
}

#[test]
fn the_warnings_of_a_builder_are_those_of_the_lint() {
    let list = "name\tclass\tid\nঢাকা\tplace\t\nঢাকা\tplace\t\nঢাকা\tsong\t\nগুলো\tsong\tA\nগুলো\tsong\tB\n";
    let mut builder = Gazetteer::builder();
    builder.tsv("l.tsv", list).unwrap();
    let found = lint(list);
    assert_eq!(builder.warnings().len(), 5);
    assert!(builder.warnings().iter().all(|warning| found.contains(warning)));
}

/// Whether an extractor that knows this name finds it.
fn is_found(name: &str) -> bool {
    let mut names = Gazetteer::builder();
    names.names(Kind::from("mine"), [name]).unwrap();
    let names = std::sync::Arc::new(names.build().unwrap());
    [Mode::Rules, Mode::Learned].into_iter().all(|mode| {
        let ner = Extractor::builder().mode(mode).gazetteer(names.clone()).build().unwrap();
        let text = format!("গতকাল {name} এসেছে।");
        ner.extract(&text).iter().any(|e| e.kind().as_str() == "mine" && text[e.span()] == *name)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_is_never_found_is_never_found(
        name in "(ঝুমরিকা|কিম|BNP|১০|মোঃ|লি|ডি|[-!.()।:/'@ ]|www){1,5}"
    ) {
        let name = name.trim();
        let mut lint = Lint::new();
        lint.tsv("l.tsv", &format!("name\tclass\n{name}\tmine\n"));
        let found = lint.finish();
        prop_assume!(found.iter().all(|f| f.severity() < Severity::Error));
        let never = found.iter().any(|f| f.check() == Check::NeverFound);
        prop_assert_eq!(is_found(name), !never, "{:?}", found);
    }
}
