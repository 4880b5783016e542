//! A long, realistic Bengali text whose inserted names are known, for measuring: the project's
//! own sentences shuffled, with names of a list where names stood, rare words, endings, and
//! the spellings of the world. The same on every machine.

// Each bench and tool uses its own part.
#![allow(dead_code)]

mod names;
mod random;
mod sentences;
mod spelling;

use std::collections::HashSet;
use std::ops::Range;

use bangla_ner::{Kind, endings, text};

#[allow(unused_imports)]
pub use names::{Name, bundled, columns, composed};
pub use random::Random;
use sentences::{Piece, is_letter};
use spelling::{Style, canonical};

/// A name that was put into a text.
#[derive(Clone, Debug)]
pub struct Mention {
    /// Bytes of the bare name.
    pub span: Range<usize>,
    /// End of the ending.
    pub surface_end: usize,
    /// Number of the name in the list.
    pub name: u32,
    /// It is written with other code points than in the list.
    pub respelled: bool,
}

/// A document of about 1.6 KB.
#[derive(Clone, Debug, Default)]
pub struct Document {
    pub text: String,
    /// In order; empty in a text from outside.
    pub mentions: Vec<Mention>,
}

/// What a text is like.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts {
    pub documents: usize,
    pub bytes: usize,
    pub words: usize,
    /// Different words, whatever their spelling.
    pub distinct: usize,
    pub inserted: usize,
    pub inserted_words: usize,
    pub inflected: usize,
    pub respelled: usize,
}

/// Share of the names of the sentences that a name of the list replaces,
const REPLACED: f64 = 0.10;
/// and that become a common noun: the project's texts are much denser in names than news.
const NOUN: f64 = 0.62;
/// Share of the other words that become a rare one.
const RARE: f64 = 0.11;

const NOUNS: [(Kind, &[&str]); 3] = [
    (
        Kind::Person,
        &[
            "শিক্ষক",
            "কৃষক",
            "মন্ত্রী",
            "কর্মকর্তা",
            "ব্যবসায়ী",
            "চিকিৎসক",
            "লোক",
            "মেয়ে",
            "শ্রমিক",
            "নেতা",
            "প্রতিবেশী",
            "বন্ধু",
        ],
    ),
    (Kind::Place, &["গ্রাম", "শহর", "এলাকা", "জেলা", "রাজধানী", "বাজার", "মাঠ", "সীমান্ত", "দেশ", "বাড়ি", "পাড়া", "অঞ্চল"]),
    (
        Kind::Organization,
        &[
            "প্রতিষ্ঠান",
            "সংস্থা",
            "দল",
            "কোম্পানি",
            "কমিটি",
            "সংগঠন",
            "সমিতি",
            "বিভাগ",
            "আদালত",
            "কারখানা",
            "সরকার",
            "ক্লাব",
        ],
    ),
];

/// Endings with how often each stands, of which the first that is licensed is taken.
const ENDINGS: [(f64, &[&str]); 14] = [
    (0.45, &[""]),
    (0.22, &["ের", "র", "য়ের"]),
    (0.09, &["ে", "য়", "তে", "য়ে"]),
    (0.08, &["কে"]),
    (0.03, &["ও"]),
    (0.02, &["ই"]),
    (0.02, &["েরা", "রা", "য়েরা"]),
    (0.02, &["দের"]),
    (0.01, &["টি"]),
    (0.01, &["টির"]),
    (0.01, &["কেও"]),
    (0.01, &["সহ"]),
    (0.01, &["ভিত্তিক"]),
    (0.02, &["-এর", "-র"]),
];

/// An ending that this name may have.
fn ending(name: &str, random: &mut Random) -> &'static str {
    loop {
        let mut left = random.unit();
        let drawn = ENDINGS.iter().find(|(share, _)| {
            left -= share;
            left < 0.0
        });
        let licensed = |ending: &&&str| {
            ending.is_empty()
                || endings::split(name, &format!("{name}{ending}")).is_some_and(|s| s.ending == **ending)
        };
        if let Some(ending) = drawn.and_then(|(_, forms)| forms.iter().find(licensed)) {
            return ending;
        }
    }
}

/// Writes documents over a list of names.
struct Writer<'n> {
    names: &'n [Name],
    /// Numbers of the names to insert, the most frequent first.
    drawn: Vec<u32>,
    rare: Vec<String>,
    random: Random,
}

impl Writer<'_> {
    fn document(&mut self, deck: &mut Deck) -> Document {
        let mut document = Document::default();
        let style = Style::draw(&mut self.random);
        let length = 1000 + self.random.below(1000);
        while document.text.len() < length {
            for piece in deck.next(&mut self.random) {
                self.piece(piece, style, &mut document);
            }
            let paragraph = self.random.chance(0.3);
            document.text.push(if paragraph { '\n' } else { ' ' });
        }
        document
    }

    fn piece(&mut self, piece: &Piece, style: Style, document: &mut Document) {
        match piece {
            Piece::Words(words) => self.words(words, style, &mut document.text),
            Piece::Name { name, ending: old, kind } => {
                let glued = document.text.chars().next_back().is_some_and(char::is_alphanumeric);
                let drawn = self.random.unit();
                if glued || drawn > REPLACED + NOUN {
                    style.write(name, &mut document.text, &mut self.random);
                    style.write(old, &mut document.text, &mut self.random);
                } else if drawn < REPLACED {
                    self.insert(kind, style, document);
                } else {
                    let nouns = NOUNS.iter().find(|(k, _)| k == kind).map_or(NOUNS[0].1, |n| n.1);
                    let noun = canonical(self.random.pick::<&str>(nouns));
                    style.write(&noun, &mut document.text, &mut self.random);
                    let ending = canonical(ending(&noun, &mut self.random));
                    style.write(&ending, &mut document.text, &mut self.random);
                }
            }
        }
    }

    /// Writes a name of the list, of this kind if one is soon drawn.
    fn insert(&mut self, kind: &Kind, style: Style, document: &mut Document) {
        let mut name = 0;
        for _ in 0..16 {
            name = self.drawn[self.random.log_below(self.drawn.len())];
            if self.names[name as usize].kind == *kind {
                break;
            }
        }
        let written = &self.names[name as usize].text;
        let start = document.text.len();
        style.write(written, &mut document.text, &mut self.random);
        let end = document.text.len();
        let ending = canonical(ending(written, &mut self.random));
        style.write(&ending, &mut document.text, &mut self.random);
        let respelled = document.text[start..end] != *written;
        document.mentions.push(Mention {
            span: start..end,
            surface_end: document.text.len(),
            name,
            respelled,
        });
    }

    /// Writes words, some of them replaced by rare ones.
    fn words(&mut self, words: &str, style: Style, out: &mut String) {
        for (n, word) in words.split(' ').enumerate() {
            if n > 0 {
                out.push(' ');
            }
            let glued = n == 0 && out.ends_with(is_letter);
            if !glued && word.chars().count() > 3 && word.chars().all(is_letter) && self.random.chance(RARE) {
                let at = match self.random.chance(0.5) {
                    true => self.random.below(self.rare.len()),
                    false => self.random.log_below(self.rare.len()),
                };
                style.write(&self.rare[at], out, &mut self.random);
                let ending = canonical(ending(&self.rare[at], &mut self.random));
                style.write(&ending, out, &mut self.random);
            } else {
                style.write(word, out, &mut self.random);
            }
        }
    }
}

/// Sentences in an order that never comes again.
struct Deck {
    sentences: Vec<Vec<Piece>>,
    order: Vec<usize>,
}

impl Deck {
    fn next(&mut self, random: &mut Random) -> &[Piece] {
        if self.order.is_empty() {
            let named = |s: &[Piece]| s.iter().any(|p| matches!(p, Piece::Name { .. }));
            // News has more sentences without a name than the project's texts.
            let times = |s: &[Piece]| if named(s) { 1 } else { 2 };
            let sentences = self.sentences.iter().enumerate();
            self.order = sentences.flat_map(|(at, s)| std::iter::repeat_n(at, times(s))).collect();
            random.shuffle(&mut self.order);
        }
        let at = self.order.pop().unwrap_or_default();
        &self.sentences[at]
    }
}

/// Words of the word table that are no names, the most frequent first.
fn rare_words() -> Vec<String> {
    let mut rows = columns("words.tsv");
    rows.retain(|(word, _)| word.chars().count() > 3 && word.chars().all(is_letter));
    rows.sort_by_key(|(_, count)| std::cmp::Reverse(count.parse::<u32>().unwrap_or_default()));
    rows.iter().map(|(word, _)| canonical(word)).collect()
}

/// In which order a list's names are drawn: each tenfold further on as often.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Draw {
    AsListed,
    /// For lists that are sorted.
    Shuffled,
}

/// At least `bytes` of documents with names of a list. A shorter text is the beginning of a
/// longer one.
pub fn generate(names: &[Name], draw: Draw, bytes: usize) -> Vec<Document> {
    let mut random = Random::new(0x7465_7874);
    let mut drawn = names::plain(names);
    if draw == Draw::Shuffled {
        random.shuffle(&mut drawn);
    }
    let mut writer = Writer { names, drawn, rare: rare_words(), random };
    let mut deck = Deck { sentences: sentences::sentences(), order: Vec::new() };
    let mut documents = Vec::new();
    let mut written = 0;
    while written < bytes {
        let document = writer.document(&mut deck);
        written += document.text.len();
        documents.push(document);
    }
    documents
}

/// A text from outside, cut at line ends into documents of 1.6 KB or a line.
pub fn read(path: &str) -> Vec<Document> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{path}: {e}"));
    let mut documents = vec![Document::default()];
    for line in text.split_inclusive('\n') {
        if documents.last().is_none_or(|d| d.text.len() >= 1600) {
            documents.push(Document::default());
        }
        if let Some(last) = documents.last_mut() {
            last.text.push_str(line);
        }
    }
    documents
}

/// Counts what a text is like, and checks that every mention is its name.
pub fn facts(documents: &[Document], names: &[Name]) -> Facts {
    let mut facts = Facts { documents: documents.len(), ..Facts::default() };
    let mut distinct = HashSet::new();
    for document in documents {
        facts.bytes += document.text.len();
        for word in text::words(&document.text) {
            facts.words += 1;
            if !distinct.contains(word.folded()) {
                distinct.insert(word.folded().to_vec());
            }
        }
        for mention in &document.mentions {
            let name = &names[mention.name as usize].text;
            assert_eq!(text::fold(&document.text[mention.span.clone()]), text::fold(name));
            facts.inserted += 1;
            facts.inserted_words += name.split(' ').count();
            facts.inflected += usize::from(mention.surface_end > mention.span.end);
            facts.respelled += usize::from(mention.respelled);
        }
    }
    facts.distinct = distinct.len();
    facts
}
