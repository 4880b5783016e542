//! What the learned weights read of a token: its form, what is known of it and of its
//! neighbours, and what the rules make of it.
//!
//! A feature is a 32-bit key: a hash of its template and its value. The trainer calls the
//! same code, so that training and extraction cannot drift apart. Features of a word alone
//! (`own`, `beside`) are kept apart from those that depend on the sentence, so that
//! their weights can be summed once for each word.

use super::view::{RuleView, Scored};
use crate::gazetteer::{Class, ClassSet, WordStat};
use crate::rules::{Context, WordInfo, WordStats};
use crate::text::endings::{Case, Ending};
use crate::text::token::Shape;

/// What a feature is about; an entity's evidence sums the weights by family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Family {
    /// Letters, endings, shape.
    Form,
    /// Lists and word counts.
    Word,
    /// The words around.
    Context,
    /// The rules' evidence, taken together.
    Rules,
}

impl Family {
    /// Every family, by number.
    pub(crate) const ALL: [Family; 4] = [Family::Form, Family::Word, Family::Context, Family::Rules];

    /// The id that evidence shows.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Family::Form => "learned.form",
            Family::Word => "learned.word",
            Family::Context => "learned.context",
            Family::Rules => "learned.rules",
        }
    }

    /// What the family reads, in one line.
    pub(crate) const fn about(self) -> &'static str {
        match self {
            Family::Form => "learned weights of the name's letters and endings",
            Family::Word => "learned weights of what lists and word counts know of its words",
            Family::Context => "learned weights of the words around it",
            Family::Rules => "learned weights of the rules' evidence, taken together",
        }
    }
}

/// Receives features. Those with few values come by their values, so that their weights
/// can be summed beforehand.
pub(crate) trait Sink {
    fn put(&mut self, family: Family, key: u32);

    /// A feature with its template and, of a neighbour, which of its facts it is. Only the
    /// trainer asks for them.
    #[inline]
    fn named(&mut self, template: Template, _fact: u8, key: u32) {
        self.put(template.family(), key);
    }

    /// The rules' labels before, here and after.
    fn rule_labels(&mut self, labels: [u64; 3])
    where
        Self: Sized,
    {
        rule_labels(labels, self);
    }

    /// The bucket of one of the rules' scores.
    fn rule_score(&mut self, number: u64, bucket: u64)
    where
        Self: Sized,
    {
        rule_score(number, bucket, self);
    }

    fn position(&mut self, value: u64)
    where
        Self: Sized,
    {
        position(value, self);
    }
}

impl<F: FnMut(Family, u32)> Sink for F {
    fn put(&mut self, family: Family, key: u32) {
        self(family, key);
    }
}

macro_rules! templates {
    ($($name:ident $family:ident)*) => {
        /// What a feature is made of.
        #[derive(Clone, Copy, Debug)]
        #[repr(u8)]
        pub(crate) enum Template { $($name),* }

        impl Template {
            #[cfg(feature = "tools")]
            pub(crate) const ALL: &[Template] = &[$(Template::$name),*];

            pub(crate) const fn family(self) -> Family {
                match self { $(Template::$name => Family::$family),* }
            }

            #[cfg(feature = "tools")]
            pub(crate) const fn name(self) -> &'static str {
                match self { $(Template::$name => stringify!($name)),* }
            }
        }
    };
}

templates! {
    Bias Word
    Prefix Form
    Suffix Form
    StemSuffix Form
    Shape Form
    Length Form
    Ending Form
    Hyphen Form
    Letters Form
    Affixes Form
    Class Word
    NoClass Word
    Whole Word
    Stem Word
    Best Word
    Majority Word
    Signature Word
    SignatureEnding Word
    Left Context
    Right Context
    LeftTwo Context
    RightTwo Context
    PairLeft Context
    PairRight Context
    Triple Context
    TripleEnding Context
    Position Context
    Begins Word
    Inside Word
    RuleLabel Rules
    RuleLabels Rules
    RuleScore Rules
    Quote Context
    QuoteBefore Context
    QuoteAfter Context
    OwnStem Form
}

/// Raised whenever the meaning of a feature changes.
const EDITION: u64 = 4;

/// Tells weights that were trained for other features.
pub(crate) fn fingerprint() -> u64 {
    hash(&EDITION.to_le_bytes()) ^ u64::from(key(Template::RuleScore as u8, EDITION))
}

fn put(sink: &mut impl Sink, template: Template, value: u64) {
    sink.named(template, 0, key(template as u8, value));
}

/// The key of a feature of a cut.
pub(super) fn cut_key(template: u8, value: u64) -> u32 {
    key(0x80 | template, value)
}

/// The key of a template's value; never 0.
fn key(template: u8, value: u64) -> u32 {
    let mixed = (value ^ (u64::from(template) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15))
        .wrapping_mul(0xD6E8_FEB8_6659_FD93);
    let mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    ((mixed >> 32) as u32).max(1)
}

pub(super) fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |h, &b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01B3))
}

/// One token as its features see it.
#[derive(Clone, Copy)]
pub(crate) struct Seen<'a> {
    pub(crate) fold: &'a [u8],
    pub(crate) info: &'a WordInfo,
    pub(crate) stats: WordStats,
    pub(crate) shape: Shape,
}

impl<'a> Seen<'a> {
    pub(crate) fn new(cx: &Context<'a>, at: usize) -> Seen<'a> {
        let shape = cx.token(at).map_or(Shape::NONE, |t| t.shape);
        Seen { fold: cx.fold(at), info: cx.word(at), stats: cx.stats(at), shape }
    }

    fn is_word(&self) -> bool {
        self.shape.has(Shape::WORD)
    }

    fn stem(&self) -> &'a [u8] {
        self.fold.get(..usize::from(self.info.name_len)).unwrap_or(self.fold)
    }

    /// One number for all classes of the token; a mark is itself.
    pub(crate) fn signature(&self) -> u64 {
        if !self.is_word() {
            return hash(self.fold) | 1 << 63;
        }
        let classes = self.info.classes.without(FINE);
        let rest = if classes == ClassSet::EMPTY { 1 + u64::from(share_bucket(self.stats.stem)) } else { 0 };
        classes.bits() ^ rest << 56
    }
}

/// Classes that only add noise to combinations.
const FINE: ClassSet = Class::Letter.bit().and(Class::NotAcronym.bit());

fn share_bucket(stat: WordStat) -> u8 {
    let count = stat.count();
    if count == 0 {
        return 6;
    }
    let share = stat.other as f32 / count as f32;
    [0.05, 0.3, 0.6, 0.85, 0.97].iter().position(|&limit| share < limit).unwrap_or(5) as u8
}

fn count_bucket(count: u32) -> u8 {
    [2, 4, 12].iter().position(|&limit| count < limit).unwrap_or(3) as u8
}

pub(super) fn stat_value(stat: WordStat) -> u64 {
    u64::from(share_bucket(stat)) << 8 | u64::from(count_bucket(stat.count()))
}

/// The kind that most of a word's names are of, and how clearly.
pub(super) fn majority(stat: WordStat) -> Option<u64> {
    let (kind, &most) =
        stat.names.iter().enumerate().max_by_key(|&(kind, &n)| (n, std::cmp::Reverse(kind)))?;
    if most == 0 {
        return None;
    }
    let share = 5 * most / stat.count().max(1);
    let times = [2, 5].iter().position(|&limit| most < limit).unwrap_or(2);
    Some((kind as u64) << 16 | u64::from(share) << 8 | times as u64)
}

pub(super) fn ending_value(ending: Ending) -> u64 {
    let case = match ending.case() {
        None => 0,
        Some(Case::Locative) => 1,
        Some(Case::Genitive) => 2,
        Some(Case::Objective) => 3,
    };
    let flag = |on: bool, bit: u64| if on { 1 << bit } else { 0 };
    case | flag(ending.has_classifier(), 2)
        | flag(ending.is_plural(), 3)
        | flag(ending.is_emphatic(), 4)
        | flag(ending.bound_word().is_some(), 5)
}

fn shape_value(seen: &Seen<'_>) -> u64 {
    let has = |flag: Shape, bit: u64| if seen.shape.has(flag) { 1 << bit } else { 0 };
    has(Shape::WORD, 0)
        | has(Shape::BENGALI, 1)
        | has(Shape::LATIN, 2)
        | has(Shape::DIGITS, 3)
        | has(Shape::NUMBER, 4)
        | has(Shape::ABBREVIATION, 5)
        | has(Shape::UPPERCASE, 6)
}

/// Features of a word by itself.
pub(crate) fn own(seen: &Seen<'_>, sink: &mut impl Sink) {
    put(sink, Template::Bias, 0);
    let fold = seen.fold;
    if !seen.is_word() {
        put(sink, Template::Shape, hash(fold) | 1 << 63);
        return;
    }
    put(sink, Template::Shape, shape_value(seen));
    put(sink, Template::Length, fold.len().min(10) as u64);
    for n in 1..=4usize {
        if let Some(prefix) = fold.get(..n) {
            put(sink, Template::Prefix, hash(prefix) ^ n as u64);
        }
    }
    for n in 1..=5usize {
        if let Some(suffix) = fold.len().checked_sub(n).and_then(|at| fold.get(at..)) {
            put(sink, Template::Suffix, hash(suffix) ^ n as u64);
        }
    }
    let stem = seen.stem();
    for n in 2..=4usize {
        if let Some(suffix) = stem.len().checked_sub(n).and_then(|at| stem.get(at..)) {
            put(sink, Template::StemSuffix, hash(suffix) ^ n as u64);
        }
    }
    put(sink, Template::Ending, ending_value(seen.info.ending));
    put(sink, Template::OwnStem, hash(stem));
    known(seen, sink);
}

/// What lists and counts say of a word.
fn known(seen: &Seen<'_>, sink: &mut impl Sink) {
    let info = seen.info;
    for class in info.classes.numbers() {
        let bare = info.bare.bits() >> class & 1;
        let sure = info.sure.bits() >> class & 1;
        put(sink, Template::Class, u64::from(class) << 2 | bare << 1 | sure);
    }
    if info.classes == ClassSet::EMPTY {
        put(sink, Template::NoClass, u64::from(info.unknown));
    }
    put(sink, Template::Whole, stat_value(seen.stats.whole));
    put(sink, Template::Stem, stat_value(seen.stats.stem));
    put(sink, Template::Best, stat_value(seen.stats.best));
    if let Some(kind) = majority(seen.stats.best) {
        put(sink, Template::Majority, kind);
    }
    if info.letters > 0 {
        put(sink, Template::Letters, u64::from(info.letters.min(5)));
    }
    if info.affixes != ClassSet::EMPTY {
        put(sink, Template::Affixes, info.affixes.bits());
    }
    let signature = seen.signature();
    put(sink, Template::Signature, signature);
    put(sink, Template::SignatureEnding, signature ^ ending_value(info.ending) << 40);
}

/// Offsets of the neighbours whose features are read.
pub(crate) const BESIDE: [i8; 4] = [-2, -1, 1, 2];

/// Features of a word for a neighbour, `offset` tokens to its right (negative: left).
#[cfg(feature = "tools")]
pub(crate) fn beside(seen: &Seen<'_>, offset: i8, sink: &mut impl Sink) {
    let (template, near) = template_beside(offset);
    facts(seen, |what, far, value| {
        if near || far {
            sink.named(template, what, key(template as u8, u64::from(what) << 56 ^ value));
        }
    });
}

/// The same for neighbours at all of [`BESIDE`]; of each its place there and its key.
pub(super) fn beside_all(seen: &Seen<'_>, mut put: impl FnMut(u8, u32)) {
    let templates = BESIDE.map(template_beside);
    facts(seen, |what, far, value| {
        for ((template, near), place) in templates.into_iter().zip(0..) {
            if near || far {
                put(place, key(template as u8, u64::from(what) << 56 ^ value));
            }
        }
    });
}

/// The template of a neighbour's facts, and whether it is next to the token.
fn template_beside(offset: i8) -> (Template, bool) {
    let template = match offset {
        -1 => Template::Left,
        1 => Template::Right,
        -2 => Template::LeftTwo,
        _ => Template::RightTwo,
    };
    (template, offset.abs() == 1)
}

/// What a neighbour says: which fact it is, whether also from afar, and its value.
fn facts(seen: &Seen<'_>, mut add: impl FnMut(u8, bool, u64)) {
    if !seen.is_word() {
        add(1, true, hash(seen.fold) >> 8);
        return;
    }
    let info = seen.info;
    for class in info.classes.numbers() {
        add(2, true, u64::from(class) << 1 | info.bare.bits() >> class & 1);
    }
    if info.classes == ClassSet::EMPTY {
        add(3, true, u64::from(info.unknown));
    }
    add(4, false, ending_value(info.ending));
    add(5, false, stat_value(seen.stats.best));
    if let Some(kind) = majority(seen.stats.best) {
        add(6, false, kind);
    }
    if info.letters > 0 {
        add(7, false, u64::from(info.letters.min(4)));
    }
    add(8, false, shape_value(seen));
    add(9, false, hash(seen.stem()) >> 8);
    if let Some(suffix) = seen.fold.len().checked_sub(3).and_then(|at| seen.fold.get(at..)) {
        add(10, false, hash(suffix) >> 8);
    }
}

/// Keys of the features that combine a token with its neighbours in the sentence;
/// `signature` gives that of a token.
pub(crate) fn combinations(
    cx: &Context<'_>,
    sentence: &std::ops::Range<usize>,
    at: usize,
    signature: impl Fn(usize) -> u64,
) -> [u32; 4] {
    let neighbour = |i: Option<usize>| i.filter(|i| sentence.contains(i)).map_or(1 << 62, &signature);
    let (before, here, after) = (neighbour(at.checked_sub(1)), signature(at), neighbour(Some(at + 1)));
    let mix = |a: u64, b: u64| (a ^ b.rotate_left(23)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let (left, right) = (mix(before, here), mix(here, after));
    let triple_ending = mix(right, ending_value(cx.word(at).ending));
    [
        key(Template::PairLeft as u8, left),
        key(Template::PairRight as u8, right),
        key(Template::Triple as u8, mix(left, after)),
        key(Template::TripleEnding as u8, triple_ending),
    ]
}

/// Other features of token `at` that depend on its sentence, which is `sentence`.
pub(crate) fn in_sentence(
    cx: &Context<'_>,
    view: &RuleView,
    sentence: &std::ops::Range<usize>,
    at: usize,
    sink: &mut impl Sink,
) {
    let inside = |i: Option<usize>| i.filter(|i| sentence.contains(i));
    let (left, right) = (inside(at.checked_sub(1)), inside(Some(at + 1)));
    sink.position(place(cx, sentence, at));
    if cx.has(at, Shape::GLUED) || cx.has(at + 1, Shape::GLUED) {
        let hyphen = |i: usize| cx.fold(i) == b"-" && cx.has(i, Shape::GLUED);
        let [before, after] = [left, right].map(|i| u64::from(i.is_some_and(hyphen)));
        put(sink, Template::Hyphen, before << 1 | after);
    }
    quotation(cx, view, at, sink);
    lists(view, at, sink);
    rules(view, (left, at, right), sink);
}

/// How long a quotation the token stands in, where, and what stands around it.
fn quotation(cx: &Context<'_>, view: &RuleView, at: usize, sink: &mut impl Sink) {
    let Some(quote) = view.quotes.around(at) else { return };
    let edges = u64::from(at == quote.open + 1) | u64::from(at + 1 == quote.close) << 1;
    let length = (quote.close - quote.open - 1).min(6) as u64;
    put(sink, Template::Quote, length << 2 | edges);
    let stem = |i: usize| if cx.is_word(i) { hash(Seen::new(cx, i).stem()) } else { hash(cx.fold(i)) };
    let before = quote.open.checked_sub(1).filter(|_| !cx.breaks_before(quote.open));
    put(sink, Template::QuoteBefore, before.map_or(0, stem));
    let after = if cx.breaks_before(quote.close + 1) { 0 } else { stem(quote.close + 1) };
    put(sink, Template::QuoteAfter, after);
}

fn place(cx: &Context<'_>, sentence: &std::ops::Range<usize>, at: usize) -> u64 {
    let quoted = at > sentence.start && matches!(cx.fold(at - 1), b"'" | b"\"");
    u64::from(at == sentence.start) | u64::from(at + 1 == sentence.end) << 1 | u64::from(quoted) << 2
}

/// The position of a token without a neighbour at an offset.
pub(crate) fn edge(offset: i8) -> u64 {
    (16 + i64::from(offset)) as u64
}

pub(crate) fn position(value: u64, sink: &mut impl Sink) {
    put(sink, Template::Position, value);
}

/// Entries and cues of several words that cover the token.
fn lists(view: &RuleView, at: usize, sink: &mut impl Sink) {
    let (begins, inside) = view.lists(at);
    begins.numbers().for_each(|class| put(sink, Template::Begins, u64::from(class)));
    inside.numbers().for_each(|class| put(sink, Template::Inside, u64::from(class)));
}

/// What the rules selected here and around, and the best score of each kind and place.
fn rules(view: &RuleView, (left, at, right): (Option<usize>, usize, Option<usize>), sink: &mut impl Sink) {
    let label = |i: Option<usize>| i.map_or(NO_LABEL, |i| u64::from(view.label(i)));
    sink.rule_labels([label(left), label(Some(at)), label(right)]);
    for (number, Scored { score }) in view.scores(at).iter().enumerate() {
        if *score > -1.0 {
            let bucket = (score * 2.0).clamp(-2.0, 10.0).floor() as i64;
            sink.rule_score(number as u64, (bucket + 4) as u64);
        }
    }
}

/// Stands for the label of a token outside the sentence.
const NO_LABEL: u64 = super::view::LABELS as u64;
/// How many values the rules' label before, here or after has.
pub(crate) const RULE_LABELS: u64 = NO_LABEL + 1;

pub(crate) fn rule_labels(labels: [u64; 3], sink: &mut impl Sink) {
    /// What [`NO_LABEL`] is in keys.
    const NO_LABEL_KEY: u64 = 9;
    let [before, here, after] = labels.map(|label| if label == NO_LABEL { NO_LABEL_KEY } else { label });
    put(sink, Template::RuleLabel, here);
    put(sink, Template::RuleLabel, 1 << 8 | before);
    put(sink, Template::RuleLabel, 2 << 8 | after);
    put(sink, Template::RuleLabels, before << 16 | here << 8 | after);
}

pub(crate) fn rule_score(number: u64, bucket: u64, sink: &mut impl Sink) {
    put(sink, Template::RuleScore, number << 8 | bucket);
}
