//! What the formats promise. That any text can be read back is among the laws
//! (`tests/laws/formats.rs`).

mod read_back;

use bangla_ner::render::{self, Brat, Document, HtmlPage, Marks, Redact, Scheme, Summary};
use bangla_ner::{Entry, Extractor, Gazetteer, Kind, eval};
use read_back::written;

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

#[test]
fn every_format_can_be_read_back() {
    let ner = ner();
    for text in TEXTS {
        read_back::all(text, &ner.extract(text));
        // Candidates overlap; formats without marks in the text show them all.
        let candidates = ner.candidates(text);
        read_back::html(text, &candidates);
        read_back::json(text, &candidates);
        read_back::colours(text, &candidates);
        let brat = written(text, &candidates, |out, document| render::brat(out, document));
        read_back::brat(text, &brat, &candidates);
    }
}

#[test]
fn conll_tags_glued_endings_and_keeps_hyphenated_ones_outside() {
    let text = "শেখ করিমের বাড়ি ঢাকায়। BNP-র সভা ব্যাংককে";
    let sentences = read_back::conll(text, &ner().extract(text));
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
    let sentences = read_back::conll(text, &ner().extract(text));
    let tags: Vec<_> = sentences[0].iter().map(|(_, tag)| tag.as_str()).collect();
    assert_eq!(tags, ["B-LOC", "B-LOC", "B-LOC", "O", "B-LOC"]);
}

#[test]
fn tags_stay_one_word_whatever_the_kind() {
    let text = "দুই শব্দ";
    let ner = ner();
    let entities = ner.extract(text);
    assert_eq!(read_back::conll(text, &entities)[0][1].1, "I-MY_KIND_OF_THING");
    let brat = written(text, &entities, |out, document| render::brat(out, document));
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
    let html = written(text, &ner.extract(text), |out, document| render::html_fragment(out, document));
    assert!(html.contains(">ব্যাংকক<span class=\"bn-ending\">ে</span></mark>"), "{html}");
    let title = html.split_once("data-why=\"").unwrap().1.split_once('"').unwrap().0;
    assert!(title.starts_with("place ") && title.lines().count() > 1, "{title}");
}

#[test]
fn bracketed_text_is_what_the_evaluation_reads() {
    let ner = ner();
    let text = TEXTS[3].replace('\r', "");
    let entities = ner.extract(&text);
    let marked = written(&text, &entities, |out, document| render::text(out, document, Marks::Brackets));
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
    let marked = written(text, &candidates, |out, document| render::text(out, document, Marks::Brackets));
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

/// Rows of the summary of several documents, over a list of a few names.
fn summary(documents: &[&str]) -> Vec<String> {
    let mut names = bangla_ner::Gazetteer::builder();
    let list = "name\tclass\tid\nকিম জং-উন\tperson\t\nকিম\tperson\t\nজেলা উন্নয়ন পার্টি\torganization\tO-2\n\
        জেইউপি\torganization\tO-2\nজাতীয় উল্লাস পার্টি\torganization\t\nজাউপ\torganization\tO-3\nজেইউপি\tsong\tS-1\n";
    names.tsv("names.tsv", list).unwrap();
    let ner = Extractor::builder().bundled(false).gazetteer(names.build().unwrap()).build().unwrap();
    let mut summary = Summary::new();
    for text in documents {
        summary.add(&Document::new(text, &ner.extract(text)));
    }
    summary.rows().into_iter().map(|(kind, name, n)| format!("{kind} {name} {n}")).collect()
}

#[test]
fn the_summary_counts_the_mentions_of_one_together() {
    let (full, short) = ("কিম জং-উন এলেন। কিম বললেন, কিমের সময় নেই।", "কিম আবার এলেন।");
    assert_eq!(summary(&[full]), ["person কিম জং-উন 3"]);
    // Without the full name beside it, a short form is anyone's.
    assert_eq!(summary(&[short, full, full]), ["person কিম জং-উন 6", "person কিম 1"]);
    // Acronym and full form share an identifier, and the fullest name of all is shown.
    let (acronym, party) = ("জেইউপির সভা।", "জেলা উন্নয়ন পার্টির সভা।");
    for documents in [[acronym, party], [party, acronym]] {
        let rows = summary(&documents);
        assert!(rows.contains(&"organization জেলা উন্নয়ন পার্টি 2".to_owned()), "{rows:?}");
    }
    // A name that gets its identifier in another document.
    let (given, bare) = ("জাতীয় উল্লাস পার্টি (জাউপ) সভা করে।", "জাতীয় উল্লাস পার্টির সভা।");
    assert_eq!(summary(&[given, bare]), ["organization জাতীয় উল্লাস পার্টি 3"]);
    assert_eq!(summary(&[bare, given, "জাউপের সভা।"]), ["organization জাতীয় উল্লাস পার্টি 4"]);
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
    assert!(render::jsonl(Full, &document).is_err());
    assert!(render::redact(Full, &document, &Redact::new()).is_err());
    assert!(render::brat(Full, &document).is_err());
}
