//! Texts to try: Bengali as it is written, in every encoding, and whatever else is found
//! between its letters.

use proptest::prelude::*;
use proptest::sample::select;

/// Parts of names, names and what stands around them, so that rules have work to do.
const NAMES: &[&str] = &[
    "ঢাকা",
    "খুলনা",
    "উত্তর কোরিয়া",
    "রংপুর",
    "জাপান",
    "আয়ারল্যান্ড",
    "শেখ হাসিনা",
    "রহিম উদ্দিন",
    "কিম জং-উন",
    "ভ্লাদিমির পুতিন",
    "মোঃ আবদুল করিম",
    "ড. কামাল হোসেন",
    "এ কে এম রহমান",
    "সৌম্য সরকার",
    "কেসিএনএ",
    "বিএনপি",
    "ঢাকা বিশ্ববিদ্যালয়",
    "জাতিসংঘের নিরাপত্তা পরিষদ",
    "বাংলাদেশ ব্যাংক",
    "BNP",
    "ঝুমরিকান্ত হালদার",
    "ওকাফোর",
];
const CUES: &[&str] = &[
    "প্রেসিডেন্ট",
    "অধ্যাপক",
    "প্রধানমন্ত্রী",
    "সংস্থা",
    "নদী",
    "জেলার",
    "উপজেলা",
    "বলেন",
    "জানিয়েছেন",
    "গ্রামের",
    "সেতু",
    "মন্ত্রণালয়",
    "লিমিটেড",
    "ছেলে",
    "স্ত্রী",
    "ও",
    "এবং",
    "থেকে",
    "শহর",
    "রাজধানী",
    "উত্তর",
    "দল",
    "সভাপতি",
    "মো.",
    "ডা.",
];
/// Words that are no names.
const WORDS: &[&str] =
    &["গতকাল", "বৃষ্টি", "হয়েছে", "তিনি", "করে", "একটি", "বড়", "সেখানে", "না", "যায়", "দাম", "ঢাকনা", "পাঞ্জাবি"];
/// Endings that some names take, and some that none takes.
pub const ENDINGS: &[&str] = &[
    "",
    "র",
    "ের",
    "য়ের",
    "এর",
    "কে",
    "ে",
    "য়",
    "য়ে",
    "তে",
    "ই",
    "ও",
    "টি",
    "টির",
    "গুলোতেও",
    "রা",
    "দের",
    "েরা",
    "বিরোধী",
    "সহ",
    "-এর",
    "-র",
    "-তে",
    "’র",
    "বাসী",
    "কেও",
    "টাকেই",
    "ভাইয়ের",
    "\u{2011}কে",
];
const MARKS: &[&str] = &[
    "।", ",", ".", ":", "-", "–", "—", "(", ")", "‘", "’", "“", "”", "'", "\"", "?", "!", "…", "/", "|", "॥",
    "\n", "\n\n", "\r\n", "\t", "[", "]",
];
const ODD: &[&str] = &[
    "2026",
    "২৪",
    "১০টি",
    "abc",
    "ZÜRICH",
    "http://ঢাকা.com/ক",
    "www.ঢাকা",
    "a@খুলনা.com",
    "@",
    "😀",
    "🇧🇩",
    "👩\u{200D}👩",
    "नमस्ते",
    "مرحبا",
    "অসমীয়া ৰাজ্য",
    "한국",
    "\u{0}",
    "\u{1B}[1m",
    "\u{7F}",
    "\u{85}",
    "\u{A0}",
    "\u{200B}",
    "\u{FEFF}",
    "\u{202E}",
    "\u{2028}",
    "\u{2029}",
    "\u{FFFD}",
    "e\u{301}",
    "\u{9BC}",
    "\u{9CD}",
    "\u{9BE}",
    "\u{981}",
    "\u{9D7}",
    "<b>",
    "&amp;",
];
const JOINERS: &[&str] = &["\u{200C}", "\u{200D}", "\u{AD}"];

/// One syllable: consonant or conjunct, sign, final mark; or a vowel by itself.
fn syllable() -> impl Strategy<Value = String> {
    let onset = select(vec![
        "ক",
        "খ",
        "গ",
        "চ",
        "জ",
        "ট",
        "ড",
        "ত",
        "দ",
        "ন",
        "প",
        "ব",
        "ভ",
        "ম",
        "য",
        "র",
        "ল",
        "শ",
        "স",
        "হ",
        "য়",
        "ড়",
        "ঢ়",
        "ক্ষ",
        "ন্দ",
        "স্ত",
        "প্র",
        "ত্য",
        "র্য",
        "অ",
        "আ",
        "ই",
        "ও",
        "এ",
    ]);
    let sign = select(vec!["", "", "া", "ি", "ী", "ু", "ে", "ো", "ৌ", "ৈ", "ৃ"]);
    let mark = select(vec!["", "", "", "", "ং", "ঁ", "ঃ", "ৎ"]);
    (onset, sign, mark).prop_map(|(onset, sign, mark)| format!("{onset}{sign}{mark}"))
}

/// A word that is probably in no list.
pub fn word() -> impl Strategy<Value = String> {
    prop::collection::vec(syllable(), 1..5).prop_map(|syllables| syllables.concat())
}

/// A name: of the lists, of words in no list, or of both.
pub fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        select(NAMES).prop_map(String::from),
        select(WORDS).prop_map(String::from),
        prop::collection::vec(word(), 1..4).prop_map(|words| words.join(" ")),
        (select(NAMES), word()).prop_map(|(name, word)| format!("{name} {word}")),
        (word(), word()).prop_map(|(one, other)| format!("{one}-{other}")),
    ]
}

/// A name of one word, known or not.
pub fn one_word() -> impl Strategy<Value = String> {
    let listed = NAMES.iter().flat_map(|name| name.split([' ', '-'])).collect::<Vec<_>>();
    prop_oneof![3 => select(listed).prop_map(String::from), 1 => word()]
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => (select(NAMES), select(ENDINGS)).prop_map(|(name, ending)| format!("{name}{ending}")),
        3 => select(CUES).prop_map(String::from),
        3 => select(WORDS).prop_map(String::from),
        2 => word(),
        1 => (word(), select(ENDINGS)).prop_map(|(word, ending)| format!("{word}{ending}")),
        3 => select(MARKS).prop_map(String::from),
        1 => select(ODD).prop_map(String::from),
        1 => select(JOINERS).prop_map(String::from),
    ]
}

fn joined(pieces: Vec<(String, &'static str)>) -> String {
    pieces.into_iter().flat_map(|(piece, glue)| [piece, glue.into()]).collect()
}

/// A text in one of the encodings, with what texts have and much that they should not have.
pub fn text() -> impl Strategy<Value = String> {
    let glue = select(vec!["", " ", " ", " ", " ", "  ", "\u{A0}"]);
    let pieces = prop::collection::vec((piece(), glue), 0..30).prop_map(joined);
    (pieces, select(Encoding::ALL)).prop_map(|(text, encoding)| Spelled::new(&text, encoding).text)
}

/// Any string at all: mostly Bengali letters and marks in no order, or code points.
pub fn any_string() -> impl Strategy<Value = String> {
    let bengali = prop::collection::vec(prop::char::range('\u{980}', '\u{9FF}'), 0..30);
    prop_oneof![bengali.prop_map(String::from_iter), any::<String>(), text()]
}

/// The four ways in which the letters ড় ঢ় য় and the signs ো ৌ are found in texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Precomposed,
    DecomposedNukta,
    SplitVowels,
    Both,
}

impl Encoding {
    pub const ALL: &[Encoding] =
        &[Encoding::Precomposed, Encoding::DecomposedNukta, Encoding::SplitVowels, Encoding::Both];

    fn of(self, c: char) -> Option<&'static str> {
        let nukta = matches!(self, Encoding::DecomposedNukta | Encoding::Both);
        let split = matches!(self, Encoding::SplitVowels | Encoding::Both);
        match c {
            '\u{9DC}' if nukta => Some("\u{9A1}\u{9BC}"),
            '\u{9DD}' if nukta => Some("\u{9A2}\u{9BC}"),
            '\u{9DF}' if nukta => Some("\u{9AF}\u{9BC}"),
            '\u{9CB}' if split => Some("\u{9C7}\u{9BE}"),
            '\u{9CC}' if split => Some("\u{9C7}\u{9D7}"),
            _ => None,
        }
    }
}

/// A text in an encoding, and where its letters begin.
#[derive(Clone, Debug)]
pub struct Spelled {
    pub text: String,
    /// The byte at which each letter begins, and the end of the text.
    starts: Vec<usize>,
}

impl Spelled {
    pub fn new(text: &str, encoding: Encoding) -> Spelled {
        let mut spelled = Spelled { text: String::new(), starts: Vec::new() };
        for c in precomposed(text).chars() {
            spelled.starts.push(spelled.text.len());
            match encoding.of(c) {
                Some(parts) => spelled.text.push_str(parts),
                None => spelled.text.push(c),
            }
        }
        spelled.starts.push(spelled.text.len());
        spelled
    }

    /// The number of the letter that begins at a byte: the same in every encoding.
    pub fn letter(&self, byte: usize) -> usize {
        self.starts.binary_search(&byte).expect("offsets stand between letters")
    }
}

fn precomposed(text: &str) -> String {
    bangla_ner::eval::Spelling::Precomposed.of(text)
}
