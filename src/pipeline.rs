//! The four rooms in order, window by window, over buffers that are kept.

use std::ops::Range;

#[cfg(feature = "tools")]
use crate::decode::listing::Listing;
use crate::decode::{self, Decoder, Family, Model, Selection};
use crate::extractor::Inner;
use crate::gazetteer::{Class, Hit, Hits, Layers};
use crate::rules::candidates::{Candidate, KindId, ORGANIZATION};
use crate::rules::memory::Memory;
use crate::rules::{self, Analysis, Candidates, Context, Live, RuleId};
use crate::text::endings::{self, Ending};
use crate::text::scan::Scanner;
use crate::text::token::Token;
use crate::text::urls;
use crate::text::vocabulary::Vocabulary;
use crate::window::windows;

/// Buffers for extraction: make one per thread and hand it to
/// [`Extractor::extract_with`](crate::Extractor::extract_with) again and again.
///
/// ```
/// use bangla_ner::{Extractor, Scratch};
/// let ner = Extractor::bundled();
/// let mut scratch = Scratch::new();
/// for line in ["ঢাকায় বৃষ্টি।", "রাজশাহীতে রোদ।"] {
///     for entity in ner.extract_with(&mut scratch, line) {
///         println!("{}", entity.name());
///     }
/// }
/// ```
#[derive(Debug, Default)]
pub struct Scratch {
    window: Window,
    memory: Memory,
    /// The entities of the last text.
    pub(crate) found: Vec<Found>,
    pub(crate) evidence: Vec<Reason>,
    /// What a matcher found in the last text.
    pub(crate) matched: Vec<Matched>,
}

impl Scratch {
    /// Empty buffers; they grow with the first texts.
    pub fn new() -> Scratch {
        Scratch::default()
    }
}

/// Buffers of one window.
#[derive(Debug, Default)]
pub(crate) struct Window {
    pub(crate) folded: Vec<u8>,
    pub(crate) tokens: Vec<Token>,
    /// The tokens' numbers in the vocabulary.
    pub(crate) numbers: Vec<u32>,
    vocabulary: Vocabulary,
    /// Tokens with which a name may begin, for names alone.
    openers: Vec<Token>,
    /// Number of the extractor or matcher that the vocabulary's words were looked up by.
    owner: u64,
    pub(crate) hits: Hits,
    pub(crate) analysis: Analysis,
    /// Which tokens may be in names: by the gate, where learned weights decide.
    live: Live,
    pub(crate) candidates: Candidates,
    pub(crate) decoder: Decoder,
}

/// An entity as the pipeline leaves it; offsets are bytes of the whole text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    pub(crate) start: usize,
    pub(crate) name_end: usize,
    pub(crate) surface_end: usize,
    pub(crate) ending: Ending,
    pub(crate) kind: KindId,
    pub(crate) entry: Option<(u8, u32, Class)>,
    pub(crate) score: f32,
    pub(crate) confidence: f32,
    /// Range in the evidence buffer.
    pub(crate) reasons: (u32, u32),
}

/// A name of a list that stands in a text. Where it ends in its last word is read when asked
/// for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Matched {
    /// Byte offset of the window, to which all others are relative.
    pub(crate) offset: usize,
    pub(crate) start: u32,
    pub(crate) surface_end: u32,
    pub(crate) last: Token,
    pub(crate) hit: Hit,
}

/// Where a piece of evidence comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Source {
    Rule(RuleId),
    /// The learned weights of a family of features.
    Learned(Family),
}

/// A piece of evidence of a found entity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Reason {
    pub(crate) source: Source,
    pub(crate) weight: f32,
    /// Byte range of the cue in the whole text.
    pub(crate) cue: Option<(usize, usize)>,
}

/// Which candidates to report.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Report {
    /// The best non-overlapping set.
    Selected,
    /// Every candidate with a positive score, overlapping ones too.
    All,
    /// Every candidate, however weak.
    Everything,
}

/// Extracts a whole text into `scratch.found`.
pub(crate) fn run(inner: &Inner, scratch: &mut Scratch, text: &str, report: Report) {
    run_observed(inner, scratch, text, report, |_, _, _| {});
}

/// [`run`], showing each decoded window with its offset in the text to `observe`.
pub(crate) fn run_observed(
    inner: &Inner,
    scratch: &mut Scratch,
    text: &str,
    report: Report,
    mut observe: impl FnMut(&Window, usize, &str),
) {
    scratch.memory.clear();
    scratch.found.clear();
    scratch.evidence.clear();
    for (offset, part) in windows(text) {
        let Scratch { window, memory, found, evidence, .. } = scratch;
        window.run(inner, part, memory);
        window.collect(inner, part, offset, report, found, evidence);
        observe(window, offset, part);
    }
}

/// The names of some lists that stand in a text, every one, into `scratch.matched`. `owner`
/// is a number that no other lists have.
pub(crate) fn run_alone((layers, owner): (&Layers, u64), scratch: &mut Scratch, text: &str) {
    let Scratch { window, matched, .. } = scratch;
    matched.clear();
    for (offset, part) in windows(text) {
        window.scan(part);
        window.find_alone(layers, owner);
        let token = |at: u32| window.tokens.get(at as usize).copied();
        matched.extend(window.hits.at_openers().filter_map(|hit| {
            let (first, last) = (token(hit.first)?, token(hit.last)?);
            let surface_end = token(hit.surface_last)?.end;
            Some(Matched { offset, start: first.start, surface_end, last, hit })
        }));
    }
}

/// The best set of candidates by the rules' evidence alone.
fn by_rules(
    inner: &Inner,
    cx: &Context<'_>,
    candidates: &mut Candidates,
    selection: &mut Selection,
    memory: &mut Memory,
) {
    rules::first_round(cx, candidates);
    let threshold = |kind| inner.threshold(kind);
    selection.choose(cx.tokens.len(), candidates, threshold);
    candidates.mark_selected(selection.selected());
    let selected = selection.selected();
    if inner.document_memory {
        let names = selected.iter().filter_map(|&id| Some((*candidates.get(id)?, selection.score_of(id))));
        memory.learn(cx, names);
    }
    let before = candidates.evidence().len();
    rules::second_round(cx, selected, candidates);
    if inner.document_memory {
        rules::remember(cx, memory, selected, candidates);
    }
    if candidates.evidence().len() != before {
        selection.choose(cx.tokens.len(), candidates, threshold);
    }
}

/// The names by the learned weights, which read the rules' evidence.
fn by_weights(
    inner: &Inner,
    model: &Model,
    cx: &Context<'_>,
    candidates: &mut Candidates,
    decoder: &mut Decoder,
    memory: &mut Memory,
) {
    let Decoder { selection, learned } = decoder;
    rules::first_round(cx, candidates);
    choose_without_memory(cx, candidates, selection);
    learned.read(cx, candidates, selection, model);
    learned.decode(cx, model);
    if inner.document_memory {
        learned.settle((cx, model, memory), candidates, selection, |_| 0.0);
        candidates.mark_selected(selection.selected());
        let names = selection.confident().filter_map(|(id, c)| Some((*candidates.get(id)?, 4.0 * c)));
        memory.learn(cx, names);
        learned.note_forms(cx, model, memory);
        rules::remember(cx, memory, selection.selected(), candidates);
        selection.score(candidates);
        learned.decode_again(cx, candidates, model);
    }
    learned.settle((cx, model, memory), candidates, selection, |kind| inner.least_confidence(kind));
}

fn choose_without_memory(cx: &Context<'_>, candidates: &mut Candidates, selection: &mut Selection) {
    selection.choose(cx.tokens.len(), candidates, |_| 0.0);
    candidates.mark_selected(selection.selected());
    let before = candidates.evidence().len();
    rules::second_round(cx, selection.selected(), candidates);
    if candidates.evidence().len() != before {
        selection.choose(cx.tokens.len(), candidates, |_| 0.0);
    }
}

impl Window {
    fn run(&mut self, inner: &Inner, text: &str, memory: &mut Memory) {
        self.scan(text);
        self.analyse(inner);
        let Window { folded, tokens, numbers, hits, analysis, live, candidates, decoder, .. } = self;
        let text = (&**tokens, &**folded, &**numbers);
        let cx = Context::new(text, hits, inner.tables(), analysis, &inner.enabled);
        candidates.reset(tokens.len());
        match &inner.model {
            None => {
                live.set_all(tokens.len());
                by_rules(inner, &cx.with_live(live), candidates, &mut decoder.selection, memory);
            }
            Some(model) => {
                decoder.learned.gate(&cx, model, live);
                by_weights(inner, model, &cx.with_live(live), candidates, decoder, memory);
            }
        }
    }

    /// Finds the names that stand in the layers.
    fn find(&mut self, inner: &Inner) {
        self.number_words(inner);
        let Window { folded, tokens, numbers, hits, .. } = self;
        inner.layers.find(tokens, folded, numbers, hits);
    }

    /// The same for names alone: of no other words anything needs to be known.
    fn find_alone(&mut self, layers: &Layers, owner: u64) {
        let Window { folded, tokens, openers, hits, .. } = self;
        layers.note_openers(tokens, folded, hits);
        openers.clear();
        openers.extend(hits.openers().iter().filter_map(|&at| tokens.get(at as usize)));
        self.make_room(owner);
        let Window { folded, tokens, openers, numbers, vocabulary, hits, .. } = self;
        vocabulary.number_all(folded, openers, numbers);
        layers.find_noted(tokens, folded, numbers, hits);
    }

    fn analyse(&mut self, inner: &Inner) {
        // Numbers were given while nobody looked the words up.
        if self.analysis.len() != self.vocabulary.len() {
            self.forget();
        }
        self.find(inner);
        let Window { folded, tokens, numbers, hits, analysis, .. } = self;
        analysis.run((tokens, folded, numbers), hits, &inner.layers, (&inner.words, &inner.affixes));
    }

    fn number_words(&mut self, inner: &Inner) {
        self.make_room(inner.number);
        let Window { folded, tokens, numbers, vocabulary, .. } = self;
        vocabulary.number_all(folded, tokens, numbers);
    }

    /// What is known of words is kept from text to text, until there are too many, or another
    /// extractor knows other things of them.
    fn make_room(&mut self, owner: u64) {
        if self.vocabulary.is_full() || self.owner != owner {
            self.forget();
            self.owner = owner;
        }
    }

    fn forget(&mut self) {
        self.vocabulary.clear();
        self.hits.forget();
        self.analysis.forget();
        self.decoder.learned.forget();
    }

    fn scan(&mut self, text: &str) {
        self.folded.clear();
        self.tokens.clear();
        if Scanner::run(text, &mut self.folded, &mut self.tokens) {
            urls::hide(&mut self.tokens, &self.folded);
        }
    }

    fn collect(
        &self,
        inner: &Inner,
        text: &str,
        offset: usize,
        report: Report,
        found: &mut Vec<Found>,
        evidence: &mut Vec<Reason>,
    ) {
        match report {
            Report::Selected => {
                for (id, confidence) in self.decoder.selection.confident() {
                    self.materialise(inner, (id, confidence), text, offset, found, evidence);
                }
            }
            Report::All | Report::Everything => {
                let from = found.len();
                for id in 0..self.candidates.all().len() as u32 {
                    let score = self.decoder.selection.score_of(id);
                    if report == Report::Everything || score > 0.0 {
                        let confidence = decode::confidence(score);
                        self.materialise(inner, (id, confidence), text, offset, found, evidence);
                    }
                }
                if let Some(new) = found.get_mut(from..) {
                    new.sort_by_key(|f| (f.start, std::cmp::Reverse(f.name_end), f.kind));
                }
            }
        }
    }

    fn materialise(
        &self,
        inner: &Inner,
        (id, confidence): (u32, f32),
        text: &str,
        offset: usize,
        found: &mut Vec<Found>,
        evidence: &mut Vec<Reason>,
    ) {
        let Some(candidate) = self.candidates.get(id) else { return };
        let from = evidence.len() as u32;
        for item in self.candidates.evidence_of(id) {
            let cue = item.cue.map(|(first, last)| {
                let range = self.token_range(first, last);
                (offset + range.start, offset + range.end)
            });
            let weight = item.value * decode::weight(item.rule);
            evidence.push(Reason { source: Source::Rule(item.rule), weight, cue });
        }
        if let Some(model) = inner.model.as_ref().filter(|_| candidate.kind <= ORGANIZATION) {
            self.explain_weights(candidate, model, evidence);
        }
        let range = self.name_range(candidate, text);
        let surface = self.token_range(candidate.span.first, candidate.span.surface_last);
        found.push(Found {
            start: offset + range.start,
            name_end: offset + range.end,
            surface_end: offset + surface.end,
            ending: candidate.span.ending,
            kind: candidate.kind,
            entry: candidate.entry,
            score: self.decoder.selection.score_of(id),
            confidence,
            reasons: (from, evidence.len() as u32),
        });
    }

    /// Adds what the learned weights make of a candidate, by family.
    fn explain_weights(&self, candidate: &Candidate, model: &Model, evidence: &mut Vec<Reason>) {
        let (first, last) = (candidate.span.first as usize, candidate.span.last as usize);
        let families = self.decoder.learned.contributions((first, last, candidate.kind), model);
        for (family, weight) in Family::ALL.into_iter().zip(families) {
            evidence.push(Reason { source: Source::Learned(family), weight, cue: None });
        }
    }

    fn token_range(&self, first: u32, last: u32) -> Range<usize> {
        let start = self.tokens.get(first as usize).map_or(0, |t| t.start);
        let end = self.tokens.get(last as usize).map_or(start, |t| t.end);
        start as usize..end as usize
    }

    /// Byte range of a candidate's bare name in the window's text.
    pub(crate) fn name_range(&self, candidate: &Candidate, text: &str) -> Range<usize> {
        let span = &candidate.span;
        self.bare_range((span.first, span.last, span.name_end), text)
    }

    /// Byte range of a hit's bare name in the window's text.
    #[cfg(feature = "tools")]
    pub(crate) fn range_of(&self, hit: &Hit, text: &str) -> Range<usize> {
        self.bare_range((hit.first, hit.last, hit.name_end), text)
    }

    /// From a first token to a folded offset at the end of, or inside, a last one.
    fn bare_range(&self, (first, last, name_end): (u32, u32, u32), text: &str) -> Range<usize> {
        let start = self.token_range(first, first).start;
        let end = self.tokens.get(last as usize);
        let end = end.map_or(start, |token| endings::boundary(text, token, name_end));
        start..end.max(start)
    }
}

/// The text pass alone, window by window: shows each, cut into tokens.
#[cfg(feature = "tools")]
pub(crate) fn scan(scratch: &mut Scratch, text: &str, mut visit: impl FnMut(&Window)) {
    for (_, part) in windows(text) {
        scratch.window.scan(part);
        visit(&scratch.window);
    }
}

/// The text pass and the names, window by window: shows each, with its offset and text.
#[cfg(feature = "tools")]
pub(crate) fn find(
    inner: &Inner,
    scratch: &mut Scratch,
    text: &str,
    mut visit: impl FnMut(&Window, usize, &str),
) {
    for (offset, part) in windows(text) {
        let window = &mut scratch.window;
        window.scan(part);
        window.find(inner);
        visit(window, offset, part);
    }
}

/// Shows each window of a text as the rules see it, with its offset.
#[cfg(feature = "tools")]
pub(crate) fn visit_windows(
    inner: &Inner,
    scratch: &mut Scratch,
    text: &str,
    mut visit: impl FnMut(&Context<'_>, usize, &str),
) {
    for (offset, part) in windows(text) {
        let window = &mut scratch.window;
        window.scan(part);
        window.analyse(inner);
        let Window { folded, tokens, numbers, hits, analysis, .. } = window;
        let text = (&**tokens, &**folded, &**numbers);
        visit(&Context::new(text, hits, inner.tables(), analysis, &inner.enabled), offset, part);
    }
}

/// Tokens of a text with the features that the learned weights read.
#[cfg(feature = "tools")]
pub(crate) fn visit_features(
    inner: &Inner,
    scratch: &mut Scratch,
    text: &str,
    mut visit: impl FnMut(&Context<'_>, &crate::decode::Sentence, usize, usize, Listing),
) {
    for (offset, part) in windows(text) {
        let window = &mut scratch.window;
        window.scan(part);
        window.analyse(inner);
        let Window { folded, tokens, numbers, hits, analysis, live, candidates, decoder, .. } = window;
        let text = (&**tokens, &**folded, &**numbers);
        live.set_all(tokens.len());
        let cx = Context::new(text, hits, inner.tables(), analysis, &inner.enabled).with_live(live);
        candidates.reset(tokens.len());
        rules::first_round(&cx, candidates);
        choose_without_memory(&cx, candidates, &mut decoder.selection);
        let Decoder { selection, learned } = decoder;
        learned.visit_features(&cx, candidates, selection, |sentence, at, listing| {
            visit(&cx, sentence, at, offset, listing);
        });
    }
}
