//! Writes the seed corpora: `cargo run --manifest-path fuzz/Cargo.toml --example seeds`.
//!
//! Small and of our own making; the same files every time.

use std::path::Path;
use std::{fs, io};

use bangla_ner::eval::Spelling;
use bangla_ner::tools::TextTables;
use bangla_ner::{Ambiguity, Entry, Extractor, Gazetteer, Kind, Scratch, training};

const TEXTS: &[&str] = &[
    "উত্তর কোরিয়ার বার্তা সংস্থা কেসিএনএ জানিয়েছে, ভ্লাদিমির পুতিন পিয়ংইয়ংয়ে যাবেন।",
    "কামাল, জামাল ও করিম ঢাকা থেকে খুলনায় গেছেন। মোঃ আবদুল করিমের ছেলে ড. রহিম উদ্দিন বলেন, ‘বড় নদী’।",
    "বাংলাদেশ জাতীয়তাবাদী দল (বিএনপি) ও আওয়ামী লীগ; বিএনপির সভাপতি।\n\nঢাকা বিশ্ববিদ্যালয়-এর অধ্যাপক এ কে এম রহমান",
    "“চাঁদের হাট” দেখলেন সৌম্য সরকার—র\u{200D}্যাব-১০ ZÜRICH http://ঢাকা.com/ক a@খুলনা.com 😀",
    "চ\u{0981}\u{09BE}দ অ\u{09BE}জাদ শরত\u{09CD}\u{200D} গ\u{09CD}\u{09F0}ুপ ব\u{09BC}াজ \u{09BC}\u{09CD}\u{09BE}\u{0981}\u{09D7} e\u{0301} नमस्ते مرحبا 한국 অসমীয়া ৰাজ্য",
    "\u{FEFF}[ঢাকা]\t| খুলনা |\r\nনাম: কিম জং-উন\r\n১. রংপুর জেলার মিঠাপুকুর উপজেলা\u{2029}২. আয়ারল্যান্ড\u{A0}\u{0}\u{1B}[1m\u{202E}",
];
const TABLES: &[&str] = &[
    "name\tclass\tid\nনাপা এক্সট্রা\tmedicine\tM-17\nঝুমরিকা\tplace.city\tP1\n",
    "# মন্তব্য\nname\tclass\tambiguity\tid\tlatin\tsource\tstrength\taction\nআশা\torganization.ngo\tcontext\t\tAsha\tx\t1\tadd\nঢাকা\tplace\tsure\t\t\t\t\tblock\nকরিম\tperson.given\tnever\t7\t\t\t3\toverride\n",
    "\u{FEFF}class\tname\r\nplace\tক\r\nperson\tক\r\nsong\tককক\r\nplace\tক\r\n",
    "name\tclass\nর\tplace\nএর\tperson\nগুলোতেও\tsong\nমোঃ আবদুল\tperson.full\nড\u{09BC}\u{09CD}\u{0981}ো\tx\n",
    "name\tclass\nকিম জং-উন\tperson\nকিম\tperson\nজং উন\tperson\nও'নিল\tperson\nBNP\torganization\n১২৩\tx\n😀ক\tx\n",
    "name\tclass\nঢাকা\n",
    "name,class\nঢাকা,place\n",
    "name\tclass\tid\n\t\t\t\n\nক\tplace\t\t\n",
    "name\tname\n",
    "",
];
const LABELLED: &[&str] = &[
    "bঢাকায়\tB-LOC\nবৃষ্টি\tO\n\nকিম\tB-PER\nজং\tI-PER\nউন\tI-ORG\n",
    "b\tO\n \t B-\nক\tI-LOC\r\n\r\nখ\tX-PER\n",
    "bক খ\tI-PER\tB-LOC\n",
    "m[PER:করিম]ের বাড়ি [LOC:ঢাকা]য়।\n# মন্তব্য [X:\n[ORG:বিএনপি] [১] [a:b]\n",
    "m[PER:",
    "m[LOC: ]",
    "m[[LOC:ক[PER:খ]]:]ড\u{09BC}[A_B:\u{200D}া]",
    "o{\"mode\":\"rules\",\"bundled\":false,\"without_rules\":[\"acronym.short\"],\"min_confidence\":[[\"person\",0.5]]}",
    "o{\"min_confidence\":[[\"ক\",1e39],[\"place\",-0.0]],\"document_memory\":true}",
    "o{}",
    "pঢাকায় বৃষ্টি।\n\nখুলনায় রোদ।\r\n \r\n",
    "p",
];

fn main() -> io::Result<()> {
    let mut seeds = Seeds::default();
    for text in TEXTS {
        for target in ["extract", "fold"] {
            seeds.add(target, text.as_bytes());
            seeds.add(target, Spelling::Precomposed.of(text).as_bytes());
            seeds.add(target, Spelling::Decomposed.of(text).as_bytes());
            seeds.add(target, Spelling::Joiners.of(text).as_bytes());
            // Cut inside a letter.
            seeds.add(target, text.as_bytes().get(..text.len() / 3 * 2 - 1).unwrap_or_default());
        }
    }
    for table in TABLES {
        seeds.add("gazetteer_tsv", table.as_bytes());
        seeds.add("gazetteer_tsv", Spelling::Decomposed.of(table).as_bytes());
    }
    for text in LABELLED {
        seeds.add("eval_readers", text.as_bytes());
    }
    seeds.add("eval_readers", b"b\xE0\xA6\x95\xE0\tO\n");
    seeds.add("eval_readers", b"p\n\xE0\xA6\x95\xFF\n\n");
    seeds.add("eval_readers", &[b"p", TEXTS.concat().as_bytes()].concat());
    for file in compiled() {
        seeds.cut("gazetteer_bytes", &file);
    }
    for file in weights() {
        seeds.cut("weights_bytes", &file);
    }
    seeds.write()
}

/// Compiled gazetteers, and the two other tables.
fn compiled() -> Vec<Vec<u8>> {
    let mut files = vec![Gazetteer::builder().compile().unwrap()];
    for table in TABLES {
        let mut builder = Gazetteer::builder();
        if builder.version(7).tsv("seed.tsv", table).is_ok() {
            files.push(builder.compile().unwrap());
        }
    }
    let mut builder = Gazetteer::builder();
    for (number, word) in TEXTS.concat().split_whitespace().enumerate() {
        let kind = ["person", "place", "organization", "song"][number % 4];
        let entry =
            Entry::new(word, Kind::from(kind)).ambiguity([Ambiguity::Sure, Ambiguity::Context][number % 2]);
        let _ = builder.entry(if number % 3 == 0 { entry.id(format!("N{number}")) } else { entry });
    }
    files.push(builder.compile().unwrap());
    let affixes = [("affixes.tsv", "name\tclass\nপুর\taffix.place\nউদ্দিন\taffix.person\nচ্ছেন\taffix.word\n")];
    let words = ("words.tsv", "আশা\t5\t0\t0\t1\nবৃষ্টি\t90\t0\t0\t0\nঢাকা\t1\t0\t70\t2\n");
    let tables = TextTables { names: &[], cues: &[], affixes: &affixes, words }.compile(1).unwrap();
    files.extend([tables.words, tables.affixes]);
    files
}

/// Weights of features that the texts have.
fn weights() -> Vec<Vec<u8>> {
    const LABELS: usize = training::LABEL_COUNT;
    let ner = Extractor::bundled();
    let weights = |texts: &[&str], size: f32, threshold: f32| {
        let mut keys: Vec<u32> = texts
            .iter()
            .flat_map(|text| training::featurize(ner, &mut Scratch::new(), text))
            .flat_map(|row| row.features)
            .collect();
        keys.sort_unstable();
        keys.dedup();
        let features: Vec<_> = keys
            .iter()
            .step_by(keys.len() / 150 + 1)
            .map(|&key| {
                (key, std::array::from_fn(|label| (key >> (4 * label) & 15) as f32 * size - 7.0 * size))
            })
            .collect();
        let moves =
            std::array::from_fn(|from| std::array::from_fn(|to| ((from * 5 + to * 3) % 7) as f32 - 3.0));
        let _: &[(u32, [f32; LABELS + 1])] = &features;
        training::encode(&features, &moves, threshold)
    };
    vec![
        weights(&[], 1.0, 0.0),
        weights(&TEXTS[..1], 0.1, -100.0),
        weights(&TEXTS[1..3], 1.0, 0.0),
        weights(TEXTS, 1e30, -1e30),
        weights(&TEXTS[..2], 1e-30, 1.0),
    ]
}

#[derive(Default)]
struct Seeds(Vec<(&'static str, Vec<u8>)>);

impl Seeds {
    fn add(&mut self, target: &'static str, bytes: &[u8]) {
        let seed = (target, bytes.to_vec());
        if !self.0.contains(&seed) {
            self.0.push(seed);
        }
    }

    /// A file, and the same cut short.
    fn cut(&mut self, target: &'static str, bytes: &[u8]) {
        self.add(target, bytes);
        for length in [7, 60, bytes.len() - 3] {
            self.add(target, bytes.get(..length).unwrap_or_default());
        }
    }

    fn write(self) -> io::Result<()> {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        let mut numbers = std::collections::BTreeMap::new();
        for (target, bytes) in self.0 {
            let number: &mut u32 = numbers.entry(target).or_default();
            *number += 1;
            fs::create_dir_all(corpus.join(target))?;
            fs::write(corpus.join(target).join(format!("seed-{number:02}")), bytes)?;
        }
        Ok(())
    }
}
