//! What the formats promise, checked by reading their output back.

use bangla_ner::render::{self, Brat, Document, HtmlPage, Marks, Redact, Scheme, Summary};
use bangla_ner::{Entity, EntityRecord, Entry, Extractor, Gazetteer, Kind, eval};
use proptest::prelude::*;

/// A kind that would do harm if a format took it at its word.
const HOSTILE: &str = "</mark><script>alert('1')</script>&\"";

const NAMES: &str = "\
name\tclass
ঢাকা\tplace
ব্যাংকক\tplace
রাশিয়া\tplace
ইউক্রেন\tplace
করিম\tperson
শেখ করিম\tperson
BNP\torganization
ঢাকা বিশ্ববিদ্যালয়\torganization
আগাছা\t</mark><script>alert('1')</script>&\"
";

const TEXTS: [&str; 9] = [
    "",
    "\n\n",
    "কোনো নাম নেই।",
    "ঢাকায় শেখ করিমের বাড়ি। করিম ঢাকা বিশ্ববিদ্যালয়ে পড়েন!\nব্যাংককে BNP-র সভা\r\n",
    "রাশিয়া-ইউক্রেন সীমান্ত, ‘ঢাকা’ (করিমকে) <b>ঢাকা</b> & \"ঢাকা\" 'ঢাকা'",
    "আগাছাগুলো <script>alert(\"ঢাকা\")</script> আগাছা\t।",
    "\u{FEFF}ঢাকা\u{00A0}থেকে\u{200D} \u{200C}ব্যাংকক…\u{2028}😀 ঢাকা",
    "রাশি\u{09AF}\u{09BC}ার রাশি\u{09DF}ার",
    "শেখ\nকরিম\r\nঢাকা\rঢাকা",
];

fn ner() -> Extractor {
    let mut names = Gazetteer::builder();
    names.tsv("names.tsv", NAMES).unwrap();
    names.entry(Entry::new("দুই শব্দ", Kind::from("my kind\tof thing"))).unwrap();
    Extractor::builder().bundled(false).gazetteer(names.build().unwrap()).build().unwrap()
}

/// Runs `write` for a text's entities and returns what was written.
fn written(text: &str, entities: &[Entity<'_>], write: impl Fn(&mut Vec<u8>, &Document<'_>)) -> String {
    let mut out = Vec::new();
    write(&mut out, &Document::new(text, entities));
    String::from_utf8(out).unwrap()
}

/// Calls `check` with the entities of each text, and with its overlapping candidates.
fn for_each_text(check: impl Fn(&str, &[Entity<'_>])) {
    let ner = ner();
    for text in TEXTS {
        check(text, &ner.extract(text));
        check(text, &ner.candidates(text));
    }
}

/// Element content as a browser would show it.
fn without_tags(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        rest = tag.split_once('>').expect("a tag is closed").1;
    }
    text.push_str(rest);
    let references =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#13;", "\r"), ("&amp;", "&")];
    references.iter().fold(text, |text, (reference, character)| text.replace(reference, character))
}

fn check_html(text: &str, entities: &[Entity<'_>]) {
    let html = written(text, entities, |out, document| render::html_fragment(out, document).unwrap());
    assert_eq!(without_tags(&html), text.replace('\0', "\u{FFFD}"));
    for tag in html.split('<').skip(1) {
        let known = ["mark class=\"bn-name ", "/mark>", "span class=\"bn-ending\">", "/span>"];
        assert!(known.iter().any(|known| tag.starts_with(known)), "<{tag}");
    }
    // A quote inside an attribute would end it: each opening tag has its own ones only.
    for tag in html.split("<mark ").skip(1) {
        assert_eq!(tag.split_once('>').unwrap().0.matches('"').count(), 10, "{tag}");
    }
}

/// Checks the form and returns the tokens with their tags, sentence by sentence.
fn check_conll(text: &str, entities: &[Entity<'_>]) -> Vec<Vec<(String, String)>> {
    let conll = written(text, entities, |out, document| render::conll(out, document, Scheme::Bio).unwrap());
    let mut sentences = Vec::new();
    for block in conll.split_terminator("\n\n") {
        let mut before = "O".to_owned();
        let mut sentence = Vec::new();
        for line in block.lines() {
            let (token, tag) = line.split_once('\t').expect("token and tag");
            assert!(!token.is_empty() && !token.contains(char::is_whitespace), "{line:?}");
            assert!(!tag.contains(char::is_whitespace), "{line:?}");
            if let Some(kind) = tag.strip_prefix("I-") {
                assert_eq!(before.get(2..), Some(kind), "I- continues a name of its kind in {conll}");
            } else {
                assert!(tag == "O" || tag.starts_with("B-"), "{line:?}");
            }
            before = tag.to_owned();
            sentence.push((token.to_owned(), before.clone()));
        }
        sentences.push(sentence);
    }
    check_bilou(
        &conll,
        &written(text, entities, |out, document| {
            render::conll(out, document, Scheme::Bilou).unwrap();
        }),
    );
    let visible = |text: &str| -> String { text.split_whitespace().collect() };
    let tokens: String = sentences.iter().flatten().map(|(token, _)| token.as_str()).collect();
    let ignorable = ['\u{FEFF}', '\u{200C}', '\u{200D}'];
    assert_eq!(tokens.replace(ignorable, ""), visible(text).replace(ignorable, ""));
    sentences
}

/// BILOU says nothing else than BIO does, and where a name ends.
fn check_bilou(bio: &str, bilou: &str) {
    assert_eq!(bilou.replace("\tL-", "\tI-").replace("\tU-", "\tB-"), bio);
    let tags: Vec<_> = bilou.lines().map(|line| line.split_once('\t').map_or("O", |(_, tag)| tag)).collect();
    for (at, tag) in tags.iter().enumerate() {
        let next = tags.get(at + 1).copied().unwrap_or("O");
        let goes_on = next.starts_with("I-") || next.starts_with("L-");
        assert_eq!(tag.starts_with("B-") || tag.starts_with("I-"), goes_on, "{bilou}");
    }
}

fn check_brat(text: &str, annotations: &str, entities: &[Entity<'_>]) {
    let characters: Vec<char> = text.chars().collect();
    assert_eq!(annotations.lines().count(), entities.len());
    for (number, (line, entity)) in annotations.lines().zip(entities).enumerate() {
        let [id, place, name] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        assert_eq!(id, format!("T{}", number + 1));
        let (kind, offsets) = place.split_once(' ').unwrap();
        assert!(!kind.contains(char::is_whitespace));
        let fragments = offsets.split(';').map(|fragment| {
            let (start, end) = fragment.split_once(' ').unwrap();
            characters[start.parse().unwrap()..end.parse().unwrap()].iter().collect::<String>()
        });
        assert_eq!(fragments.collect::<Vec<_>>().join(" "), name);
        assert_eq!(name, entity.name().replace("\r\n", "\n").replace(['\n', '\r'], " "));
    }
}

fn check_json(text: &str, entities: &[Entity<'_>]) {
    let json = serde_json::to_string(&Document::new(text, entities)).unwrap();
    let line = written(text, entities, |out, document| render::jsonl(out, document).unwrap());
    // They may differ in how a number is written, not in what is read.
    for json in [&*json, line.strip_suffix('\n').unwrap()] {
        assert!(json.starts_with("{\"text\":") && !json.contains('\n'));
        check_json_line(json, text, entities);
    }
}

fn check_json_line(json: &str, text: &str, entities: &[Entity<'_>]) {
    let document: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(document.as_object().unwrap().len(), 2);
    assert_eq!(document["text"], text);
    let records = document["entities"].as_array().unwrap();
    assert_eq!(records.len(), entities.len());
    for (json, entity) in records.iter().zip(entities) {
        let mut keys: Vec<_> = json.as_object().unwrap().keys().map(String::as_str).collect();
        keys.sort_unstable();
        let expected =
            ["confidence", "end", "ending", "evidence", "id", "kind", "name", "start", "surface_end"];
        assert_eq!(keys, expected);
        let record: EntityRecord = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(record, entity.to_record());
        assert_eq!(&text[record.start..record.end], record.name);
        assert_eq!(&text[record.end..record.surface_end], record.ending);
        assert!(record.evidence.iter().all(|evidence| !evidence.rule.is_empty()));
    }
}

fn check_text(text: &str, entities: &[Entity<'_>]) {
    let coloured = written(text, entities, |out, document| {
        render::text(out, document, Marks::Colours).unwrap();
    });
    let mut plain = String::new();
    let mut pieces = coloured.split("\x1b[");
    plain.push_str(pieces.next().unwrap());
    pieces.for_each(|piece| plain.push_str(piece.split_once('m').unwrap().1));
    assert_eq!(plain, text);
}

#[test]
fn every_format_can_be_read_back() {
    for_each_text(|text, entities| {
        check_html(text, entities);
        check_conll(text, entities);
        let brat = written(text, entities, |out, document| render::brat(out, document).unwrap());
        check_brat(text, &brat, entities);
        check_json(text, entities);
        check_text(text, entities);
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_can_be_read_back(parts in prop::collection::vec("ঢাকা|ব্যাংকক|করিম|ের|ে|-| |।|\n|<|&|\"|\\.|😀|আগাছা|\\PC", 0..30)) {
        thread_local!(static NER: Extractor = ner());
        let text = parts.concat();
        NER.with(|ner| {
            let entities = ner.candidates(&text);
            check_html(&text, &entities);
            let brat = written(&text, &entities, |out, document| render::brat(out, document).unwrap());
            check_brat(&text, &brat, &entities);
            check_json(&text, &entities);
            check_text(&text, &entities);
        });
    }
}

#[test]
fn conll_tags_glued_endings_and_keeps_hyphenated_ones_outside() {
    let text = "শেখ করিমের বাড়ি ঢাকায়। BNP-র সভা ব্যাংককে";
    let sentences = check_conll(text, &ner().extract(text));
    let lines: Vec<String> = sentences
        .iter()
        .map(|sentence| {
            sentence.iter().map(|(token, tag)| format!("{token}/{tag}")).collect::<Vec<_>>().join(" ")
        })
        .collect();
    let expected = ["শেখ/B-PER করিমের/I-PER বাড়ি/O ঢাকায়/B-LOC ।/O", "BNP/B-ORG -/O র/O সভা/O ব্যাংককে/B-LOC"];
    assert_eq!(lines, expected);
}

#[test]
fn conll_begins_a_new_name_beside_another() {
    let text = "ঢাকা ব্যাংকক রাশিয়া-ইউক্রেন";
    let sentences = check_conll(text, &ner().extract(text));
    let tags: Vec<_> = sentences[0].iter().map(|(_, tag)| tag.as_str()).collect();
    assert_eq!(tags, ["B-LOC", "B-LOC", "B-LOC", "O", "B-LOC"]);
}

#[test]
fn tags_stay_one_word_whatever_the_kind() {
    let text = "দুই শব্দ";
    let ner = ner();
    let entities = ner.extract(text);
    assert_eq!(check_conll(text, &entities)[0][1].1, "I-MY_KIND_OF_THING");
    let brat = written(text, &entities, |out, document| render::brat(out, document).unwrap());
    assert_eq!(brat, "T1\tMY_KIND_OF_THING 0 8\tদুই শব্দ\n");
}

#[test]
fn brat_counts_over_documents_put_together() {
    let ner = ner();
    let mut brat = Brat::new(Vec::new());
    let mut whole = String::new();
    let mut lines = 0;
    for text in TEXTS {
        let entities = ner.extract(text);
        brat.document(&Document::new(text, &entities)).unwrap();
        brat.skip("\r\n");
        whole.extend([text, "\r\n"]);
        lines += entities.len();
    }
    let annotations = String::from_utf8(brat.into_inner()).unwrap();
    assert!(lines > 10 && annotations.lines().count() == lines);
    let characters: Vec<char> = whole.chars().collect();
    for line in annotations.lines().filter(|line| !line.contains(';')) {
        let fields: Vec<&str> = line.split([' ', '\t']).collect();
        let (start, end) = (fields[2].parse::<usize>().unwrap(), fields[3].parse().unwrap());
        assert_eq!(characters[start..end].iter().collect::<String>(), fields[4..].join(" "));
    }
}

#[test]
fn a_page_holds_no_markup_but_its_own() {
    let ner = ner();
    let title = "</title><script>alert(1)</script>";
    let mut page = HtmlPage::new(Vec::new(), title).unwrap();
    for text in TEXTS {
        page.document(Some(title), &Document::new(text, &ner.extract(text))).unwrap();
    }
    let page = String::from_utf8(page.finish().unwrap()).unwrap();
    assert!(!page.contains("<script") && !page.contains("http-equiv=\"refresh"));
    assert_eq!(page.matches("<article>").count(), TEXTS.len());
    for element in ["html", "head", "title", "style", "body", "footer"] {
        assert_eq!(page.matches(&format!("</{element}>")).count(), 1, "{element}");
    }
    for element in ["mark", "span", "article", "div", "h1", "h2"] {
        let opened =
            page.matches(&format!("<{element} ")).count() + page.matches(&format!("<{element}>")).count();
        assert_eq!(opened, page.matches(&format!("</{element}>")).count(), "{element}");
    }
    // The legend names each kind once, the hostile one as text.
    let legend = without_tags(page.split_once("<footer").unwrap().1.split_once('>').unwrap().1);
    assert!(legend.starts_with("person "), "{legend}");
    assert!(legend.contains(HOSTILE) && legend.contains("nameending"), "{legend}");
    // Nothing is fetched and nothing is left to a server.
    assert!(!page.contains("src=") && !page.contains("href=") && !page.contains("url("));
}

#[test]
fn html_shades_the_ending_and_lists_the_evidence() {
    let text = "ব্যাংককে";
    let ner = ner();
    let html = written(text, &ner.extract(text), |out, document| {
        render::html_fragment(out, document).unwrap();
    });
    assert!(html.contains(">ব্যাংকক<span class=\"bn-ending\">ে</span></mark>"), "{html}");
    let title = html.split_once("data-why=\"").unwrap().1.split_once('"').unwrap().0;
    assert!(title.starts_with("place ") && title.lines().count() > 1, "{title}");
}

#[test]
fn bracketed_text_is_what_the_evaluation_reads() {
    let ner = ner();
    let text = TEXTS[3].replace('\r', "");
    let entities = ner.extract(&text);
    let marked =
        written(&text, &entities, |out, document| render::text(out, document, Marks::Brackets).unwrap());
    let read = eval::read_marked("marked", &marked).unwrap();
    assert_eq!(read.text, text);
    let spans = |document: &eval::Document| -> Vec<_> {
        document.mentions.iter().map(|m| (m.span.clone(), m.kind.clone())).collect()
    };
    let found: Vec<_> = entities.iter().map(|e| (e.span(), e.kind().clone())).collect();
    assert_eq!(spans(&read), found);
    assert!(found.len() >= 6);
}

#[test]
fn of_overlapping_names_the_first_is_shown() {
    let text = "তিনি ঢাকা বিশ্ববিদ্যালয়ে পড়েন।";
    let ner = ner();
    let candidates = ner.candidates(text);
    assert!(candidates.len() > 1);
    let marked =
        written(text, &candidates, |out, document| render::text(out, document, Marks::Brackets).unwrap());
    assert_eq!(marked, "তিনি [ORG:ঢাকা বিশ্ববিদ্যালয়]ে পড়েন।");
}

#[test]
fn the_summary_counts_encodings_of_a_name_together() {
    let text = TEXTS[7];
    let ner = ner();
    let mut summary = Summary::new();
    assert!(summary.is_empty());
    summary.add(&Document::new(text, &ner.extract(text)));
    assert_eq!(summary.rows(), [(&Kind::Place, "রাশি\u{09AF}\u{09BC}া", 2)]);
}

#[test]
fn a_failing_writer_is_reported() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let ner = ner();
    let entities = ner.extract(TEXTS[3]);
    let document = Document::new(TEXTS[3], &entities);
    assert!(render::text(Full, &document, Marks::Colours).is_err());
    assert!(render::html(Full, "", &document).is_err());
    assert!(render::conll(Full, &document, Scheme::Bio).is_err());
    assert!(render::brat(Full, &document).is_err());
    assert!(render::jsonl(Full, &document).is_err());
    assert!(render::redact(Full, &document, &Redact::new()).is_err());
}
