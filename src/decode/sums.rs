//! Summed weights of features that come again and again: of a word by itself and for its
//! neighbours, of what the rules say, of a token's position.

use super::features::{self, BESIDE, Family, Seen, Sink};
use super::model::{Found, Model};
use super::view::LABELS;
use crate::rules::Context;

/// A sum for each label, and one for the gate, in the model's [unit](Model::unit); too large
/// ones stop at the largest number.
///
/// Eight small numbers fill a register, so that adding them is one instruction.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums([i16; LABELS + 1]);

/// Sums by family.
pub(super) type Families = [Sums; Family::ALL.len()];

/// The same sums exactly, while features are added one by one: in [`EXACT`]ths of the
/// model's unit. No word has features enough to overflow them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Exact([i32; LABELS + 1]);

const EXACT: i32 = 8;

impl Sums {
    /// Adds weights of this unit's 16-fold times 2 to the power of `-exponent`.
    #[inline]
    pub(super) fn add_weights(&mut self, weights: [u8; LABELS + 1], exponent: u8) {
        let exponent = exponent & 7;
        let half = (1i16 << exponent) >> 1;
        let weights = weights.map(|weight| ((i16::from(weight as i8) << 4) + half) >> exponent);
        self.add(&Sums(weights));
    }

    #[inline]
    #[expect(clippy::indexing_slicing, reason = "both have a number for each label that is asked for")]
    fn add(&mut self, more: &Sums) {
        let Sums(sums) = *self;
        *self = Sums(std::array::from_fn(|label| sums[label].saturating_add(more.0[label])));
    }

    fn last(&self) -> i16 {
        self.0.last().copied().unwrap_or_default()
    }

    /// That of one label.
    pub(super) fn of(&self, label: usize) -> i16 {
        self.0.get(label).copied().unwrap_or_default()
    }
}

impl Exact {
    /// As [`Sums::add_weights`].
    #[inline]
    pub(super) fn add_weights(&mut self, weights: [u8; LABELS + 1], exponent: u8) {
        let up = 7 - u32::from(exponent & 7);
        for (sum, weight) in self.0.iter_mut().zip(weights) {
            *sum = sum.wrapping_add(i32::from(weight as i8) << up);
        }
    }

    /// Rounded to the model's unit.
    fn rounded(&self) -> Sums {
        let round = |sum: i32| {
            let rounded = (sum.unsigned_abs().saturating_add(EXACT as u32 / 2) / EXACT as u32) as i32;
            let most = i32::from(i16::MAX);
            (if sum < 0 { -rounded.min(most) } else { rounded.min(most) }) as i16
        };
        Sums(self.0.map(round))
    }

    /// That of one label, in weights as they were trained.
    pub(super) fn of(&self, label: usize, unit: f32) -> f32 {
        self.0.get(label).map_or(0.0, |&sum| sum as f32 / EXACT as f32 * unit)
    }
}

/// What a word adds wherever it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct WordSums {
    /// For a neighbour that has the word at one of the offsets [`BESIDE`].
    beside: [Sums; 4],
    form: Sums,
    word: Sums,
    pub(super) signature: u64,
}

/// What a word says of being in a name: of itself, and of neighbours at [`BESIDE`]; in
/// the model's unit. The rest is for a size that never lies across the edge of a cache line.
type Gate = [i16; 8];

/// The sums of the words of a vocabulary, by number.
#[derive(Debug, Default)]
pub(super) struct KnownWords {
    words: Vec<WordSums>,
    gates: Vec<Gate>,
    /// Those of a sentence, with what stands for its neighbours.
    around: Vec<Gate>,
    /// The features of a word while their weights are summed: each with the sum it goes to.
    keys: Vec<(u8, u32)>,
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
                let (sums, gate) = WordSums::new(&Seen::new(cx, at), model, &mut self.keys);
                self.words.push(sums);
                self.gates.push(gate);
            }
        }
    }

    /// Reads a little of the sums of tokens that are needed soon: in so short a loop the
    /// cache misses of many words overlap.
    pub(super) fn fetch(&self, cx: &Context<'_>, tokens: impl Iterator<Item = usize>) {
        let ends = tokens.filter_map(|at| self.at(cx, at)).map(|sums| {
            let [first, ..] = sums.beside;
            sums.signature ^ first.0[0] as u64
        });
        std::hint::black_box(ends.fold(0, |all, ends| all ^ ends));
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
        let threshold = (model.threshold() / model.unit()).ceil() as i32;
        for (live, window) in live.iter_mut().zip(around.windows(5)) {
            let [a, b, own, c, d] = window else { continue };
            *live = [own[0], a[1], b[2], c[3], d[4]].into_iter().map(i32::from).sum::<i32>() >= threshold;
        }
    }
}

/// Features whose slots are read together, so that the cache misses overlap.
const TOGETHER: usize = 16;
/// The sums of a word: of its form, of what is known of it, and for each of [`BESIDE`].
const WORD_SUMS: usize = 2 + BESIDE.len();

impl WordSums {
    fn new(seen: &Seen<'_>, model: &Model, keys: &mut Vec<(u8, u32)>) -> (WordSums, Gate) {
        keys.clear();
        features::own(seen, &mut |family: Family, key: u32| keys.push((family as u8, key)));
        features::beside_all(seen, |place, key| keys.push((2 + place, key)));
        let mut sums = [Exact::default(); WORD_SUMS];
        for keys in keys.chunks(TOGETHER) {
            let mut found = [Found::default(); TOGETHER];
            found.iter_mut().zip(keys).for_each(|(found, &(_, key))| *found = model.find(key));
            for (found, &(sum, _)) in found.iter().zip(keys) {
                if let Some(sums) = sums.get_mut(usize::from(sum)) {
                    model.add_exact(found, sums);
                }
            }
        }
        let [form, word, beside @ ..] = sums.map(|sums| sums.rounded());
        let own = form.last().saturating_add(word.last());
        let [a, b, c, d] = beside.each_ref().map(Sums::last);
        let sums = WordSums { form, word, beside, signature: seen.signature() };
        (sums, [own, a, b, c, d, 0, 0, 0])
    }
}

/// Sums of features with few values, worked out once for a model.
#[derive(Debug, Default)]
pub(super) struct Prepared {
    /// By the rules' labels before, here and after: see [`features::RULE_LABELS`].
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
        let sum = |visit: &dyn Fn(&mut ExactSum<'_>)| {
            let mut sink = ExactSum { model, sums: Exact::default() };
            visit(&mut sink);
            sink.sums.rounded()
        };
        let base = features::RULE_LABELS;
        let labels = (0..base * base * base).map(|n| {
            let labels = [n / (base * base), n / base % base, n % base];
            sum(&|sink| features::rule_labels(labels, sink))
        });
        let scores = (0..SCORES).map(|n| sum(&|sink| features::rule_score(n >> 4, n & 15, sink)));
        let positions = (0..POSITIONS).map(|n| sum(&|sink| features::position(n, sink)));
        let positions: Vec<Sums> = positions.collect();
        let edges = BESIDE.map(|offset| positions.get(features::edge(offset) as usize).map_or(0, Sums::last));
        Prepared { labels: labels.collect(), scores: scores.collect(), positions, edges }
    }
}

/// Sums the weights of features exactly, whatever their family.
struct ExactSum<'m> {
    model: &'m Model,
    sums: Exact,
}

impl Sink for ExactSum<'_> {
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
            sums.add(more);
        }
    }

    /// The sums of all families.
    #[inline]
    pub(super) fn total(&self) -> [f32; LABELS] {
        let mut total = Sums::default();
        self.families.iter().for_each(|family| total.add(family));
        let [labels @ .., _] = total.0;
        labels.map(|sum| f32::from(sum) * self.model.unit())
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
        self.add(Family::Form, own.map(|own| &own.form));
        self.add(Family::Word, own.map(|own| &own.word));
        for (i, offset) in BESIDE.into_iter().enumerate() {
            match at.checked_add_signed(isize::from(offset)).filter(|i| sentence.contains(i)) {
                Some(at) => self.add(Family::Context, known.at(cx, at).and_then(|w| w.beside.get(i))),
                None => self.position(features::edge(offset)),
            }
        }
    }

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
        if let Some(sums) = self.families.get_mut(family as usize) {
            self.model.add_found(&self.model.find(key), sums);
        }
    }

    #[inline]
    fn rule_labels(&mut self, labels: [u64; 3]) {
        let number = labels.iter().fold(0, |n, label| n * features::RULE_LABELS + label);
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
