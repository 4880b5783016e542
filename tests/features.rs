//! What the learned weights read of a text, feature by feature, against what they read when
//! they were trained: weights for other features would silently be wrong.
//!
//! Whoever changes features on purpose raises the edition in `src/decode/features.rs`, trains
//! again and writes the new table, which a failure prints. The features of the rules' evidence
//! are left out: they change with every rule.
#![cfg(feature = "tools")]

use std::collections::BTreeMap;

use bangla_ner::eval::{Document, read_marked};
use bangla_ner::tools::Tables;
use bangla_ner::training::{self, CutView};
use bangla_ner::{Extractor, Kind, Scratch};

/// Listed and unlisted names, endings, brackets, quotations, hyphens, lists, several scripts.
const TEXT: &str = "[LOC:ঝুমরিকা]য় [PER:মোঃ আবদুল করিম] ও [PER:জামাল কামাল]কে নিয়ে সভা, বললেন অধ্যাপক [PER:টোপান্দ]।\n\
    ‘চাঁদের হাট’ আর “[ORG:বলাকা সংঘ]ের” খবর [ORG:BNP]-র [PER:কিম জং-উন] (৪৫) পড়েন ২০২৬ সালে!\n\n\
    [ORG:কেসিএনএটি] জানায়: [LOC:ঝুমরিকা ঘাট]ের কাছে [LOC:রুপালপুর]ে দিন দিন চর পড়ে; ‘ক খ গ ঘ ঙ চ ছ জ ঝ ঞ ট ঠ ড’ সব।\n\
    www.ঢাকা.com ৎ abc १२ [PER:সামাহ]র [LOC:উত্তর ঝুমরিকা]টিতেও, [PER:শিবু]রা [ORG:রূপালি ব্যাংক]সহ [LOC:দিনা]। ড. কাল\n";

fn extractor() -> Extractor {
    let names = "name\tclass\tambiguity\nঝুমরিকা\tplace.city\tsure\nঝুমরিকা ঘাট\tplace.facility\tsure\nআবদুল\tperson.given\tcontext\n\
        করিম\tperson.surname\tcontext\nজামাল কামাল\tperson.full\tsure\nবলাকা সংঘ\torganization.ngo\tsure\nBNP\torganization.party\tsure\n\
        দিন\tperson.given\tcontext\nব্যাংক\torganization.bank\tcontext\n";
    let cues = "name\tclass\tstrength\nঅধ্যাপক\trole\t2\nমোঃ\ttitle\t3\nবললেন\tsay\t3\nজানায়\tsay\t2\nসংঘ\torg.head\t2\n\
        উত্তর\tdirection\t2\nঘাট\tplace.head\t2\nচর\tplace.generic\t2\nকাছে\tplace.after\t1\nও\tfunction\t3\n\
        কে\tletter\t3\nসি\tletter\t3\nএন\tletter\t3\nএ\tletter\t3\nটি\tletter\t3\nসভা\tgeneric\t2\n";
    let affixes = "name\tclass\tstrength\nপুর\taffix.place\t3\nন্দ\taffix.person\t3\nয়েন\taffix.word\t3\nপক\taffix.role\t2\n";
    let words = "word\tother\tperson\tplace\torganization\nসভা\t90\t0\t0\t1\nদিন\t40\t3\t0\t0\nকামাল\t1\t30\t0\t0\nরূপালি\t2\t1\t1\t5\n\
        খবর\t7\t0\t0\t0\nচর\t3\t0\t2\t0\nকিম\t0\t1\t0\t0\nকাল\t12\t6\t4\t0\nসব\t1\t0\t0\t0\n";
    let tables =
        Tables::from_text(&[("names", names)], &[("cues", cues)], &[("affixes", affixes)], ("words", words));
    Extractor::builder().tables(tables.unwrap()).build().unwrap()
}

fn document() -> Document {
    read_marked("features.rs", TEXT).unwrap()
}

/// Of each template, which fact of a neighbour, how many features, and their keys mixed.
fn templates() -> BTreeMap<String, (usize, u32)> {
    let mut found: BTreeMap<String, (usize, u32)> = BTreeMap::new();
    for (at, row) in
        training::featurize(&extractor(), &mut Scratch::new(), &document().text).iter().enumerate()
    {
        for (key, topic) in row.features.iter().zip(&row.topics) {
            let topic = training::topic(*topic).unwrap();
            let name = match topic.fact {
                0 => topic.template.to_owned(),
                fact => format!("{} {fact}", topic.template),
            };
            if topic.family != "learned.rules" {
                add(found.entry(name).or_default(), *key, at);
            }
        }
    }
    found
}

/// Mixes in a key together with where it was read.
fn add((count, all): &mut (usize, u32), key: u32, at: usize) {
    *count += 1;
    *all ^= key.rotate_left(at as u32).wrapping_mul(0x9E37_79B1 ^ (at as u32) << 1);
}

/// Of each name, how many cuts it has and the keys of their features mixed.
fn cuts() -> Vec<(String, (usize, u32))> {
    let document = document();
    let kind = |kind: &Kind| [Kind::Person, Kind::Place, Kind::Organization].iter().position(|k| k == kind);
    let names = document
        .mentions
        .iter()
        .map(|m| (document.surface(m), (m.span.clone(), kind(&m.kind).unwrap() as u8)));
    let (ner, mut scratch) = (extractor(), Scratch::new());
    let all = CutView { lists: true, context: true };
    let mut mixed = |name| {
        let rows = training::featurize_cuts(&ner, &mut scratch, &document.text, &[name], all);
        let mut found = (0, 0);
        for row in &rows {
            let keys =
                row.cuts.iter().enumerate().flat_map(|(at, keys)| keys.iter().map(move |&key| (at, key)));
            keys.for_each(|(at, key)| add(&mut found, key, at + 7 * row.right));
        }
        (rows.first().map_or(0, |row| row.cuts.len()), found.1)
    };
    names.map(|(surface, name)| (surface.to_owned(), mixed(name))).collect()
}

fn written(rows: impl IntoIterator<Item = (String, (usize, u32))>) -> String {
    rows.into_iter()
        .map(|(name, (count, keys))| format!("    (\"{name}\", {count}, 0x{keys:08X}),\n"))
        .collect()
}

fn pinned(table: &[(&str, usize, u32)]) -> String {
    written(table.iter().map(|&(name, count, keys)| (name.to_owned(), (count, keys))))
}

#[test]
fn tokens_have_the_features_that_the_weights_were_trained_on() {
    let (now, then) = (written(templates()), pinned(TEMPLATES));
    assert!(now == then, "features have changed; now they are\n{now}");
}

#[test]
fn cuts_have_the_features_that_the_weights_were_trained_on() {
    let (now, then) = (written(cuts()), pinned(CUTS));
    assert!(now == then, "features of cuts have changed; now they are\n{now}");
}

#[rustfmt::skip]
const TEMPLATES: &[(&str, usize, u32)] = &[
    ("Affixes", 3, 0x88248EE7),
    ("Begins", 3, 0xFC4801C8),
    ("Best", 63, 0xEB7608C3),
    ("Bias", 86, 0xB114E544),
    ("Class", 20, 0xFAFAC3E8),
    ("Ending", 63, 0x534EE527),
    ("Hyphen", 42, 0x151F0735),
    ("Inside", 3, 0x583D7B3A),
    ("Left 1", 19, 0x450D3338),
    ("Left 10", 39, 0xA95AC39F),
    ("Left 2", 20, 0xC6F7718D),
    ("Left 3", 42, 0x38F63546),
    ("Left 4", 62, 0x711D1779),
    ("Left 5", 62, 0xF589DF21),
    ("Left 6", 7, 0x7F62053E),
    ("Left 7", 1, 0x6B8F36CA),
    ("Left 8", 62, 0x39704C0A),
    ("Left 9", 62, 0x54F32945),
    ("LeftTwo 1", 19, 0x1EB95562),
    ("LeftTwo 2", 20, 0xB416E6CB),
    ("LeftTwo 3", 37, 0x8B877E54),
    ("Length", 63, 0x8FCFFC26),
    ("Letters", 1, 0x17A3C88C),
    ("Majority", 8, 0xCE098FD4),
    ("NoClass", 43, 0xD8F4BBB1),
    ("OwnStem", 63, 0xE5450E40),
    ("PairLeft", 86, 0x4CEB5A34),
    ("PairRight", 86, 0x9BA4D2AC),
    ("Position", 116, 0x3F4484EF),
    ("Prefix", 180, 0xB4F9E936),
    ("Quote", 4, 0xDB7C19F7),
    ("QuoteAfter", 4, 0x93F9A429),
    ("QuoteBefore", 4, 0xB9AF8AF6),
    ("Right 1", 21, 0xCCF94C9D),
    ("Right 10", 38, 0xA9D617B4),
    ("Right 2", 19, 0xA8EC29DC),
    ("Right 3", 41, 0xBCF3DE6F),
    ("Right 4", 60, 0xCBE58B3E),
    ("Right 5", 60, 0x4349B665),
    ("Right 6", 8, 0x53443C8B),
    ("Right 8", 60, 0xF47ECA7D),
    ("Right 9", 60, 0x890BDC3F),
    ("RightTwo 1", 20, 0x26891F9B),
    ("RightTwo 2", 17, 0x983B6D93),
    ("RightTwo 3", 39, 0x1D8B1943),
    ("Shape", 86, 0x65C653DB),
    ("Signature", 63, 0xFCA6BC08),
    ("SignatureEnding", 63, 0x2CB70E98),
    ("Stem", 63, 0xA77CE714),
    ("StemSuffix", 112, 0x07C7D280),
    ("Suffix", 202, 0x57E50275),
    ("Triple", 86, 0xE20969D9),
    ("TripleEnding", 86, 0x78A5F2B5),
    ("Whole", 63, 0xC9859451),
];

#[rustfmt::skip]
const CUTS: &[(&str, usize, u32)] = &[
    ("ঝুমরিকা", 2, 0xBB6B7F59),
    ("মোঃ আবদুল করিম", 1, 0x717DC1A1),
    ("জামাল কামাল", 3, 0x6A301134),
    ("টোপান্দ", 1, 0x0A9B5FE1),
    ("বলাকা সংঘ", 3, 0xC855F7CF),
    ("BNP", 1, 0x2EF67CC9),
    ("কিম জং-উন", 1, 0x9A7BEF2A),
    ("কেসিএনএটি", 2, 0x8AEB5F27),
    ("ঝুমরিকা ঘাট", 3, 0x22F4D9C3),
    ("রুপালপুর", 2, 0x716EF413),
    ("সামাহ", 2, 0x9FCD3814),
    ("উত্তর ঝুমরিকা", 5, 0x0573BD76),
    ("শিবু", 2, 0x3966F627),
    ("রূপালি ব্যাংক", 2, 0x9A2BDDBD),
    ("দিনা", 1, 0x07E167A6),
];
