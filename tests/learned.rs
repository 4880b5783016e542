//! The learned weights are read as they were trained: with any weights, what is extracted is
//! what the features that the trainer lists say, summed one by one and decoded naively.
#![cfg(feature = "tools")]

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use bangla_ner::tools::Tables;
use bangla_ner::training::{self, CutRow, CutView, LABEL_COUNT, Row};
use bangla_ner::{Entity, Extractor, ExtractorBuilder, Kind, Scratch};
use proptest::prelude::*;
use proptest::sample::select;

const KINDS: [Kind; 3] = [Kind::Person, Kind::Place, Kind::Organization];
const FAMILIES: [&str; 4] = ["learned.form", "learned.word", "learned.context", "learned.rules"];

/// Weights of a feature by label, the last that of the gate.
type Weights = [f32; LABEL_COUNT + 1];
type Moves = [[f32; LABEL_COUNT]; LABEL_COUNT + 1];

/// Syllables of words that stand in no list.
const SYLLABLES: &[&str] =
    &["ক", "খি", "রু", "মা", "টো", "ল", "শি", "ন্দ", "পা", "য়া", "জু", "ব", "ঝু", "হ", "ঁ", "চৌ"];
const ENDINGS: &[&str] = &["", "", "", "র", "ের", "কে", "য়", "তে", "টি", "দের", "গুলো", "ও", "ই", "েরা"];
const MARKS: &[&str] = &[" ", " ", " ", " ", " ", " ", ", ", "। ", " (", ") ", " \"", "\" ", "-", "\n"];

fn text() -> impl Strategy<Value = String> {
    let word = (prop::collection::vec(select(SYLLABLES), 1..4), select(ENDINGS));
    let word = word.prop_map(|(syllables, ending)| syllables.concat() + ending);
    let word =
        prop_oneof![8 => word, 1 => select(vec!["ড.", "abc", "১২", "কোং", "মো."]).prop_map(String::from)];
    prop::collection::vec((word, select(MARKS)), 1..14)
        .prop_map(|words| words.iter().flat_map(|(word, mark)| [word.as_str(), mark]).collect())
}

/// Every table has a little in it, but no name that the rules alone would take.
fn extractor() -> ExtractorBuilder {
    let cues = ("cues", "name\tclass\tstrength\nরুমা\ttitle\t2\nপাল\torg.head\t2\nশিব\tkin\t1\n");
    let affixes =
        ("affixes", "name\tclass\tstrength\nন্দ\taffix.person\t3\nটোল\taffix.place\t3\nবয়া\taffix.word\t3\n");
    let words = (
        "words",
        "word\tother\tperson\tplace\torganization\nকমা\t5\t0\t0\t0\nকল\t1\t9\t0\t0\nমাল\t0\t0\t2\t1\nহলে\t90\t1\t0\t3\n",
    );
    let names = ("names", "name\tclass\n");
    let tables = Tables::from_text(&[names], &[cues], &[affixes], words).unwrap();
    let builder = Extractor::builder().tables(tables).document_memory(false);
    KINDS.into_iter().fold(builder, |builder, kind| builder.min_confidence(kind, 0.0))
}

fn mix(seed: u64, key: u64) -> u64 {
    let mixed = (seed ^ key.wrapping_mul(0x9E37_79B9_7F4A_7C15)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    (mixed ^ mixed >> 31).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// A weight that is stored exactly: a small multiple of a sixteenth.
fn weight(seed: u64, key: u32, label: usize) -> f32 {
    let number = mix(seed, u64::from(key)) >> (8 * label) & 0xFF;
    if number < 128 { 0.0 } else { (number % 17) as f32 / 16.0 - 0.5 }
}

/// Everything that is known of a text, naively.
struct Naive {
    rows: Vec<Row>,
    seed: u64,
    without_rules: bool,
    moves: Moves,
    threshold: f32,
}

impl Naive {
    fn new(text: &str, seed: u64, gated: bool) -> Naive {
        let ner = extractor().build().unwrap();
        let rows = training::featurize(&ner, &mut Scratch::new(), text);
        let mut moves = [[0.0; LABEL_COUNT]; LABEL_COUNT + 1];
        for (i, slot) in moves.iter_mut().flatten().enumerate() {
            *slot = (mix(seed, 1 << 40 | i as u64) >> 20 & 0xFF) as f32 / 64.0 - 2.0;
        }
        let threshold = if gated { 0.5 } else { -1e6 };
        Naive { rows, seed, without_rules: gated, moves, threshold }
    }

    fn weights(&self, key: u32) -> Weights {
        std::array::from_fn(|label| weight(self.seed, key, label))
    }

    /// The features of a row that count, by family.
    fn features(&self, row: &Row) -> Vec<(usize, Weights)> {
        let family = |topic: u8| {
            let family = training::topic(topic).unwrap().family;
            FAMILIES.iter().position(|&name| name == family).unwrap()
        };
        let all =
            row.features.iter().zip(&row.topics).map(|(&key, &topic)| (family(topic), self.weights(key)));
        all.filter(|&(family, _)| !(self.without_rules && family == 3)).collect()
    }

    /// The sums of a row by family and label.
    fn sums(&self, row: &Row) -> [[f32; LABEL_COUNT + 1]; 4] {
        let mut sums = [[0.0; LABEL_COUNT + 1]; 4];
        for (family, weights) in self.features(row) {
            sums[family].iter_mut().zip(weights).for_each(|(sum, w)| *sum += w);
        }
        sums
    }

    fn sentences(&self) -> Vec<Range<usize>> {
        let starts: Vec<usize> = (0..self.rows.len()).filter(|&at| self.rows[at].first).collect();
        let ends = starts.iter().copied().skip(1).chain([self.rows.len()]);
        starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
    }

    /// Which tokens may be in names: words by the gate, marks between such words.
    fn live(&self, text: &str) -> Vec<bool> {
        let gate = |row: &Row| {
            let of_words = row.features.iter().take(row.of_words);
            of_words.map(|&key| self.weights(key)[LABEL_COUNT]).sum::<f32>() >= self.threshold
        };
        let words: Vec<bool> = self.rows.iter().map(gate).collect();
        let mut live = words.clone();
        for sentence in self.sentences() {
            let word = |at: usize| sentence.contains(&at) && self.rows[at].word && words[at];
            for at in sentence.clone().filter(|&at| !self.rows[at].word) {
                let before = (1..=2).any(|n| at.checked_sub(n).is_some_and(word));
                let after = (1..=2).any(|n| word(at + n));
                let part = matches!(&text[self.rows[at].start..self.rows[at].end], "(" | ")" | "\"");
                live[at] &= before && after && !part;
            }
        }
        live
    }

    /// The features of all cuts that may be asked for.
    fn cuts(&self, ner: &Extractor, text: &str) -> Vec<CutRow> {
        let names: Vec<(Range<usize>, u8)> = self
            .rows
            .iter()
            .enumerate()
            .flat_map(|(at, last)| {
                self.rows[at.saturating_sub(1)..=at].iter().map(|first| (first.start..last.end, 0))
            })
            .collect();
        training::featurize_cuts(ner, &mut Scratch::new(), text, &names, BOTH)
    }

    /// The extractor with the weights of everything that it may ask for.
    fn extractor(&self, text: &str) -> Extractor {
        let ner = extractor().build().unwrap();
        let of_rows = self.rows.iter().flat_map(|row| row.features.iter().zip(&row.topics));
        let of_rows = of_rows.filter(|&(_, &topic)| {
            !(self.without_rules && training::topic(topic).unwrap().family == FAMILIES[3])
        });
        let mut keys: HashSet<u32> = of_rows.map(|(&key, _)| key).collect();
        keys.extend(self.cuts(&ner, text).into_iter().flat_map(|row| row.cuts.into_iter().flatten()));
        // The largest weight makes the unit of the others one.
        let largest = (7..).find(|key| !keys.contains(key)).unwrap();
        let mut weights: Vec<(u32, Weights)> = keys.iter().map(|&key| (key, self.weights(key))).collect();
        weights.push((largest, [127.0; LABEL_COUNT + 1]));
        extractor().weights(training::encode(&weights, &self.moves, self.threshold)).build().unwrap()
    }
}

const BOTH: CutView = CutView { lists: true, context: true };

fn may_follow(from: usize, to: usize) -> bool {
    to == 0 || to % 2 == 1 || from == to || from + 1 == to
}

/// The best labels of rows, of equal ones those with the lower labels from the end.
fn best_labels(rows: &[Vec<f32>], moves: &Moves) -> Vec<usize> {
    let mut best: Vec<Vec<f32>> = Vec::new();
    for row in rows {
        let sum = |to: usize| match best.last() {
            None if !may_follow(0, to) => f32::NEG_INFINITY,
            None => moves[LABEL_COUNT][to],
            Some(last) => (0..LABEL_COUNT)
                .filter(|&from| may_follow(from, to))
                .map(|from| last[from] + moves[from][to])
                .fold(f32::NEG_INFINITY, f32::max),
        };
        best.push((0..LABEL_COUNT).map(|to| sum(to) + row[to]).collect());
    }
    let mut labels = vec![0; rows.len()];
    for at in (0..rows.len()).rev() {
        let next = labels.get(at + 1).copied();
        let score = |from: usize| match next {
            None => best[at][from],
            Some(to) if !may_follow(from, to) => f32::NEG_INFINITY,
            Some(to) => best[at][from] + moves[from][to],
        };
        labels[at] =
            (1..LABEL_COUNT).fold(0, |best, label| if score(label) > score(best) { label } else { best });
    }
    labels
}

/// The logarithm of the sum over all labellings.
fn partition(rows: &[Vec<f32>], moves: &Moves, allowed: impl Fn(usize, usize) -> bool) -> f64 {
    let mut sums: Option<Vec<f64>> = None;
    let log_sum = |terms: Vec<f64>| {
        let most = terms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if most == f64::NEG_INFINITY {
            most
        } else {
            most + terms.iter().map(|t| (t - most).exp()).sum::<f64>().ln()
        }
    };
    for (at, row) in rows.iter().enumerate() {
        let sum = |to: usize| match &sums {
            _ if !allowed(at, to) => f64::NEG_INFINITY,
            None if !may_follow(0, to) => f64::NEG_INFINITY,
            None => f64::from(moves[LABEL_COUNT][to]),
            Some(last) => log_sum(
                (0..LABEL_COUNT)
                    .filter(|&from| may_follow(from, to))
                    .map(|from| last[from] + f64::from(moves[from][to]))
                    .collect(),
            ),
        };
        sums = Some((0..LABEL_COUNT).map(|to| sum(to) + f64::from(row[to])).collect());
    }
    sums.map_or(0.0, log_sum)
}

/// A name as labels give it: its first and last word, kind, confidence, evidence by family.
#[derive(Debug)]
struct Name {
    first: usize,
    last: usize,
    kind: usize,
    confidence: f64,
    evidence: [f32; 4],
}

fn expected(naive: &Naive, text: &str) -> Vec<Name> {
    let live = naive.live(text);
    let mut names = Vec::new();
    for sentence in naive.sentences() {
        let by_family: Vec<_> = naive.rows[sentence.clone()].iter().map(|row| naive.sums(row)).collect();
        let rows: Vec<Vec<f32>> = sentence
            .clone()
            .zip(&by_family)
            .map(|(at, sums)| {
                let sum = |label: usize| sums.iter().map(|family| family[label]).sum::<f32>();
                let barred = |label: usize| label > 0 && !live[at];
                (0..LABEL_COUNT).map(|l| if barred(l) { f32::NEG_INFINITY } else { sum(l) }).collect()
            })
            .collect();
        let labels = best_labels(&rows, &naive.moves);
        let all = partition(&rows, &naive.moves, |_, _| true);
        let mut at = 0;
        while at < labels.len() {
            let (begin, from) = (labels[at], at);
            at += 1;
            if begin == 0 {
                continue;
            }
            while labels.get(at) == Some(&(begin + 1)) {
                at += 1;
            }
            let is_name = |i: usize, label: usize| match i {
                i if i == from => label == begin,
                i if i < at => i < from || label == begin + 1,
                i => i > at || label != begin + 1,
            };
            let confidence = (partition(&rows, &naive.moves, is_name) - all).exp();
            let word = |i: &usize| naive.rows[sentence.start + i].word;
            let (Some(first), Some(last)) = ((from..at).find(word), (from..at).rev().find(word)) else {
                continue;
            };
            let label = |i: usize| begin + usize::from(i != first);
            let evidence = std::array::from_fn(|family| {
                (first..=last).map(|i| by_family[i][family][label(i)] - by_family[i][family][0]).sum()
            });
            let (first, last) = (sentence.start + first, sentence.start + last);
            names.push(Name { first, last, kind: begin / 2, confidence, evidence });
        }
    }
    names
}

/// Whether a name ends at the cut with the largest sum, of equal ones the first.
fn check_cut(naive: &Naive, ner: &Extractor, text: &str, entity: &Entity<'_>, kind: usize) {
    let name = [(entity.span(), kind as u8)];
    let rows = training::featurize_cuts(ner, &mut Scratch::new(), text, &name, BOTH);
    let row = &rows[0];
    let score = |keys: &Vec<u32>| {
        let weights = keys.iter().map(|&key| naive.weights(key));
        weights.map(|w| w[0] + w[1 + 2 * kind]).sum::<f32>()
    };
    let scores: Vec<f32> = row.cuts.iter().map(score).collect();
    let best = (1..scores.len()).fold(0, |best, at| if scores[at] > scores[best] { at } else { best });
    assert_eq!(row.right, best, "{} of {}: {scores:?}", entity.name(), entity.surface());
}

fn check(text: &str, seed: u64, gated: bool) -> usize {
    let naive = Naive::new(text, seed, gated);
    let ner = naive.extractor(text);
    let expected = expected(&naive, text);
    let entities = ner.extract(text);
    let spans = |first: usize, last: usize| naive.rows[first].start..naive.rows[last].end;
    let found: Vec<_> = entities.iter().map(|e| (e.surface_span(), e.kind().clone())).collect();
    let wanted: Vec<_> = expected.iter().map(|n| (spans(n.first, n.last), KINDS[n.kind].clone())).collect();
    assert_eq!(found, wanted, "in {text:?}");
    for (entity, name) in entities.iter().zip(&expected) {
        assert!((f64::from(entity.confidence()) - name.confidence).abs() < 1e-3, "{entity:?} {name:?}");
        let evidence: HashMap<_, _> = entity.evidence().map(|e| (e.rule(), e.weight())).collect();
        for (family, wanted) in FAMILIES.iter().zip(name.evidence) {
            assert!((evidence[family] - wanted).abs() < 1e-3, "{family} of {entity:?}: {wanted}");
        }
        check_cut(&naive, &ner, text, entity, name.kind);
    }
    expected.len()
}

proptest! {
    #[test]
    fn what_is_extracted_is_what_the_features_say(text in text(), seed: u64) {
        check(&text, seed, false);
    }

    #[test]
    fn the_gate_lets_through_what_its_weights_say(text in text(), seed: u64) {
        check(&text, seed, true);
    }
}
