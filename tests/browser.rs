//! The page as a browser understands it: opened in Chromium without a window. Skipped, with
//! a note, where there is none; `CHROMIUM` names another program.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use bangla_ner::render::{self, Document};
use bangla_ner::{Entity, Entry, Extractor, Gazetteer, Kind};

/// Names, a kind and an identifier that would do harm if the page took them at their word.
const NAMES: &str = "\
name\tclass\tid
ব্যাংকক\tplace\t
শেখ করিম\tperson\t\"><img src=x onerror=document.title='harm'>
জেএনডি\torganization\t
<b>ফাঁদ</b>\tplace\t
";

const KIND: &str =
    "\" onfocus=\"document.title='harm'\" autofocus x=\"</mark><script>document.title='harm'</script>";

const TEXT: &str = "ব্যাংককে শেখ করিমের সভা, জেএনডি-র খবর।\n\
    আগাছাগুলো <script>document.title='harm'</script> <b>ফাঁদ</b> & \"ব্যাংকক\" 'করিম' &lt;b&gt; \
    </mark><style>mark{display:none}</style><img src=x onerror=\"document.title='harm'\">ব্যাংকক থেকে।";

/// The name of a Chromium that can be run.
fn chromium() -> Option<PathBuf> {
    let usual = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let mut programs = named.into_iter().chain(usual.map(PathBuf::from));
    programs.find(|program| {
        let mut command = Command::new(program);
        command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    })
}

fn place(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("browser-{name}"))
}

/// Runs Chromium on a page and returns what it prints.
fn open(chromium: &Path, page: &Path, arguments: &[&str]) -> String {
    let out = place("out");
    let file = std::fs::File::create(&out).unwrap();
    let mut child = Command::new(chromium)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"])
        .arg(format!("--user-data-dir={}", place("profile").display()))
        .args(arguments)
        .arg(format!("file://{}", page.display()))
        .stdin(Stdio::null())
        .stdout(file)
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    let status = loop {
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None if begun.elapsed() > Duration::from_secs(180) => {
                child.kill().ok();
                panic!("Chromium does not end");
            }
            None => std::thread::sleep(Duration::from_millis(50)),
        }
    };
    assert!(status.success(), "{status}");
    std::fs::read_to_string(&out).unwrap()
}

/// What the elements' text is to a reader.
fn text_of(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<') {
        // Chromium writes `>` in attributes as a reference.
        text.push_str(part.split_once('>').map_or(part, |(_, after)| after));
    }
    let references = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&nbsp;", "\u{A0}"), ("&amp;", "&")];
    references.iter().fold(text, |text, (reference, character)| text.replace(reference, character))
}

fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    text.split_once(from).unwrap().1.split_once(to).unwrap().0
}

fn check_dom(dom: &str, entities: &[Entity<'_>]) {
    assert!(dom.contains("<title>নামের পাতা &lt;i&gt;</title>"), "no script has run");
    assert!(!dom.contains("<script") && !dom.contains("<img") && !dom.contains("<b>"), "{dom}");
    assert_eq!(dom.matches("<style").count(), 1);
    let article = between(dom, "<article>", "</article>");
    assert_eq!(text_of(article), TEXT);
    let marks: Vec<_> = article.split("<mark ").skip(1).collect();
    assert_eq!(marks.len(), entities.len());
    for (mark, entity) in marks.iter().zip(entities) {
        let (tag, content) = mark.split_once('>').unwrap();
        assert!(!tag.contains(" onfocus=\"") && !tag.contains("autofocus="), "{tag}");
        assert_eq!(tag.matches("=\"").count(), 5, "class, kind, label, order and reasons: {tag}");
        let content = format!(">{}", content.split_once("</mark>").unwrap().0);
        assert_eq!(text_of(&content), entity.surface());
        if !entity.ending().is_empty() {
            assert_eq!(between(&content, "<span class=\"bn-ending\">", "</span>"), entity.ending());
        }
    }
}

/// Width and height of a PNG, from its header.
fn size_of(png: &[u8]) -> (u32, u32) {
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

#[test]
fn a_browser_shows_the_names_and_runs_nothing() {
    let Some(chromium) = chromium() else {
        println!("skipped: no Chromium is installed");
        return;
    };
    let mut names = Gazetteer::builder();
    names.tsv("names.tsv", NAMES).unwrap();
    names.entry(Entry::new("আগাছা", Kind::from(KIND))).unwrap();
    let ner = Extractor::builder().bundled(false).gazetteer(names.build().unwrap()).build().unwrap();
    let entities = ner.extract(TEXT);
    let mut kinds: Vec<_> = entities.iter().map(|e| e.kind()).collect();
    kinds.sort();
    kinds.dedup();
    assert!(entities.len() >= 6 && kinds.len() == 4, "{entities:?}");
    let page = place("page.html");
    let file = std::fs::File::create(&page).unwrap();
    render::html(file, "নামের পাতা <i>", &Document::new(TEXT, &entities)).unwrap();

    check_dom(&open(&chromium, &page, &["--dump-dom"]), &entities);

    let shot = |name: &str, scheme: &str| {
        let path = place(name);
        let screenshot = format!("--screenshot={}", path.display());
        let scheme = format!("--blink-settings=preferredColorScheme={scheme}");
        open(&chromium, &page, &["--window-size=900,500", &screenshot, &scheme]);
        let png = std::fs::read(&path).unwrap();
        assert_eq!(size_of(&png), (900, 500));
        png
    };
    let (light, dark) = (shot("light.png", "1"), shot("dark.png", "0"));
    // An empty page is a few kilobytes.
    assert!(light.len() > 10_000 && dark.len() > 10_000);
    assert_ne!(light, dark);
}
