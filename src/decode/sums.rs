//! Summed weights of features that come again and again: of a word by itself and for its
//! neighbours, of what the rules say, of a token's position.

use super::features::{self, Family, Seen, Sink};
use super::model::{Found, Model};
use super::view::LABELS;
use crate::rules::Context;

/// A sum for each label, and one for the gate.
pub(super) type Sums = [f32; LABELS + 1];
/// Sums by family.
pub(super) type Families = [Sums; Family::ALL.len()];

pub(super) const NOTHING: Sums = [0.0; LABELS + 1];

/// Offsets of the neighbours whose features are read.
pub(super) const BESIDE: [i8; 4] = [-2, -1, 1, 2];

/// Sums to a 256th, which take half the room.
#[derive(Clone, Copy, Debug)]
pub(super) struct Small([i16; LABELS + 1]);

impl Small {
    const UNIT: f32 = 1.0 / 256.0;

    fn new(sums: &Sums) -> Small {
        // Casts stop at the largest number.
        Small(sums.map(|sum| (sum / Small::UNIT).round() as i16))
    }

    #[inline]
    fn add_to(&self, to: &mut Sums) {
        for (sum, &more) in to.iter_mut().zip(&self.0) {
            *sum += f32::from(more) * Small::UNIT;
        }
    }

    fn last(&self) -> i16 {
        self.0.last().copied().unwrap_or_default()
    }
}

#[inline]
pub(super) fn add(to: &mut Sums, more: &Sums) {
    for (sum, more) in to.iter_mut().zip(more) {
        *sum += more;
    }
}

/// What a word adds wherever it stands.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub(super) struct WordSums {
    /// For a neighbour that has the word at one of the offsets [`BESIDE`].
    beside: [Small; 4],
    form: Small,
    word: Small,
    pub(super) signature: u64,
}

/// What a word says of being in a name: of itself, and of neighbours at [`BESIDE`]; to a
/// 256th. The rest is for a size that never lies across the edge of a cache line.
type Gate = [i16; 8];

/// The sums of the words of a vocabulary, by number.
#[derive(Debug, Default)]
pub(super) struct KnownWords {
    words: Vec<WordSums>,
    gates: Vec<Gate>,
    /// Those of a sentence, with what stands for its neighbours.
    around: Vec<Gate>,
}

impl KnownWords {
    /// Forgets everything: the numbers stand for other words from now on.
    pub(super) fn forget(&mut self) {
        self.words.clear();
        self.gates.clear();
    }

    /// Sums the weights of all words of a window that were not seen before.
    pub(super) fn learn(&mut self, cx: &Context<'_>, model: &Model) {
        for (at, &number) in cx.numbers.iter().enumerate() {
            // Words are numbered as they come, so all before a new one are known.
            if number as usize == self.words.len() {
                let (sums, gate) = WordSums::new(&Seen::new(cx, at), model);
                self.words.push(sums);
                self.gates.push(gate);
            }
        }
    }

    /// The sums of token `at`.
    #[inline]
    pub(super) fn at(&self, cx: &Context<'_>, at: usize) -> Option<&WordSums> {
        self.words.get(*cx.numbers.get(at)? as usize)
    }

    /// Whether each token of a sentence may be in a name, by the gate's weights.
    pub(super) fn gate(
        &mut self,
        cx: &Context<'_>,
        sentence: &std::ops::Range<usize>,
        model: &Model,
        live: &mut [bool],
    ) {
        let KnownWords { gates, around, .. } = self;
        let [e0, e1, e2, e3] = model.prepared().edges;
        let edges = [0, e0, e1, e2, e3, 0, 0, 0];
        let numbers = cx.numbers.get(sentence.clone()).unwrap_or_default();
        let of = |number: &u32| gates.get(*number as usize).copied().unwrap_or_default();
        around.clear();
        around.extend([edges; 2]);
        around.extend(numbers.iter().map(of));
        around.extend([edges; 2]);
        let threshold = (model.threshold() / Small::UNIT).ceil() as i32;
        for (live, window) in live.iter_mut().zip(around.array_windows()) {
            let [a, b, own, c, d]: &[Gate; 5] = window;
            *live = [own[0], a[1], b[2], c[3], d[4]].into_iter().map(i32::from).sum::<i32>() >= threshold;
        }
    }
}

impl WordSums {
    fn new(seen: &Seen<'_>, model: &Model) -> (WordSums, Gate) {
        let mut families = Families::default();
        features::own(seen, &mut |family: Family, key: u32| add_to(model, &mut families, family, key));
        let [form, word, ..] = families;
        let beside = BESIDE.map(|offset| {
            let mut sums = NOTHING;
            features::beside(seen, offset, &mut |_: Family, key: u32| model.add(key, &mut sums));
            Small::new(&sums)
        });
        let (form, word) = (Small::new(&form), Small::new(&word));
        let own = form.last().saturating_add(word.last());
        let [a, b, c, d] = beside.each_ref().map(Small::last);
        let sums = WordSums { form, word, beside, signature: seen.signature() };
        (sums, [own, a, b, c, d, 0, 0, 0])
    }
}

#[inline]
fn add_to(model: &Model, families: &mut Families, family: Family, key: u32) {
    if let Some(sums) = families.get_mut(family as usize) {
        model.add(key, sums);
    }
}

/// Sums of features with few values, worked out once for a model.
#[derive(Debug, Default)]
pub(super) struct Prepared {
    /// By the rules' labels before, here and after, 4 bits each.
    labels: Vec<Sums>,
    /// By the number of a rules' score and its bucket, 4 bits.
    scores: Vec<Sums>,
    positions: Vec<Sums>,
    /// What the gate makes of a sentence that has no token at one of the offsets [`BESIDE`].
    edges: [i16; 4],
}

const SCORES: u64 = 12 << 4;
const POSITIONS: u64 = 32;

impl Prepared {
    pub(super) fn new(model: &Model) -> Prepared {
        let labels = (0..1u64 << 12).map(|n| {
            let labels = [n >> 8, n >> 4 & 15, n & 15];
            let mut sink = OneSum { model, sums: NOTHING };
            if labels.into_iter().all(features::is_rule_label) {
                features::rule_labels(labels, &mut sink);
            }
            sink.sums
        });
        let scores = (0..SCORES).map(|n| {
            let mut sink = OneSum { model, sums: NOTHING };
            features::rule_score(n >> 4, n & 15, &mut sink);
            sink.sums
        });
        let positions = (0..POSITIONS).map(|n| {
            let mut sink = OneSum { model, sums: NOTHING };
            features::position(n, &mut sink);
            sink.sums
        });
        let positions: Vec<Sums> = positions.collect();
        let edges = BESIDE.map(|offset| {
            positions.get(features::edge(offset) as usize).map_or(0, |sums| Small::new(sums).last())
        });
        Prepared { labels: labels.collect(), scores: scores.collect(), positions, edges }
    }
}

/// Sums the weights of features, whatever their family.
struct OneSum<'m> {
    model: &'m Model,
    sums: Sums,
}

impl Sink for OneSum<'_> {
    fn put(&mut self, _: Family, key: u32) {
        self.model.add(key, &mut self.sums);
    }
}

/// Sums the weights of one token's features.
pub(super) struct Summing<'m> {
    pub(super) model: &'m Model,
    pub(super) families: Families,
}

impl Summing<'_> {
    #[inline]
    fn add(&mut self, family: Family, more: Option<&Sums>) {
        if let (Some(sums), Some(more)) = (self.families.get_mut(family as usize), more) {
            add(sums, more);
        }
    }

    #[inline]
    fn add_small(&mut self, family: Family, more: Option<&Small>) {
        if let (Some(sums), Some(more)) = (self.families.get_mut(family as usize), more) {
            more.add_to(sums);
        }
    }

    /// The sums of all families.
    #[inline]
    pub(super) fn total(&self) -> [f32; LABELS] {
        let mut total = NOTHING;
        self.families.iter().for_each(|family| add(&mut total, family));
        *total.first_chunk().unwrap_or(&[0.0; LABELS])
    }

    /// Adds what a word and its neighbours in the sentence say, wherever they stand.
    #[inline]
    pub(super) fn words(
        &mut self,
        cx: &Context<'_>,
        known: &KnownWords,
        sentence: &std::ops::Range<usize>,
        at: usize,
    ) {
        let own = known.at(cx, at);
        self.add_small(Family::Form, own.map(|own| &own.form));
        self.add_small(Family::Word, own.map(|own| &own.word));
        for (i, offset) in BESIDE.into_iter().enumerate() {
            match at.checked_add_signed(isize::from(offset)).filter(|i| sentence.contains(i)) {
                Some(at) => self.add_small(Family::Context, known.at(cx, at).and_then(|w| w.beside.get(i))),
                None => self.position(features::edge(offset)),
            }
        }
    }
}

impl Summing<'_> {
    /// Adds the features that combine a token with its neighbours.
    #[inline]
    pub(super) fn combined(&mut self, found: &[Found; 4]) {
        if let Some(sums) = self.families.get_mut(Family::Context as usize) {
            found.iter().for_each(|found| self.model.add_found(found, sums));
        }
    }
}

impl Sink for Summing<'_> {
    #[inline]
    fn put(&mut self, family: Family, key: u32) {
        add_to(self.model, &mut self.families, family, key);
    }

    #[inline]
    fn rule_labels(&mut self, labels: [u64; 3]) {
        let number = labels.iter().fold(0, |n, label| n << 4 | label);
        self.add(Family::Rules, self.model.prepared().labels.get(number as usize));
    }

    #[inline]
    fn rule_score(&mut self, number: u64, bucket: u64) {
        self.add(Family::Rules, self.model.prepared().scores.get((number << 4 | bucket) as usize));
    }

    #[inline]
    fn position(&mut self, value: u64) {
        self.add(Family::Context, self.model.prepared().positions.get(value as usize));
    }
}
