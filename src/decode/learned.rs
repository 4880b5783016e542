//! Learned weights: the rules' evidence and the words' features, labelled by a chain.

use std::ops::Range;

use super::crf::{ANY, Allowed, Chain};
use super::cuts::{KnownCuts, Last};
use super::features::{self, Family};
use super::model::{Found, Model};
use super::select::{Selection, USER_LISTED};
use super::sums::{Families, KnownWords, Summing};
use super::view::{LABELS, RuleView, label_of};
use crate::rules::candidates::{ORGANIZATION, PERSON};
use crate::rules::memory::Memory;
use crate::rules::{Candidates, Context, Live, RuleId, span_cut};
use crate::text::endings::Ending;
use crate::text::token::Shape;

/// What two parts of different persons speak against one name, in the weights' unit.
const TWO_PERSONS: f32 = 6.0;
/// What a name part of the document speaks for a person, in the weights' unit.
const MEMORY: f32 = 3.0;

/// Buffers, kept between calls.
#[derive(Debug, Default)]
pub(crate) struct Learned {
    view: RuleView,
    words: KnownWords,
    sentences: Vec<Sentence>,
    runs: Vec<Run>,
    /// Of the tokens of runs, one after the other: sums of weights,
    sums: Vec<[f32; LABELS]>,
    /// the same by family,
    families: Vec<Families>,
    /// and which labels they may have.
    allowed: Vec<Allowed>,
    /// Features of a run that combine each token with its neighbours: keys,
    keys: Vec<[u32; 4]>,
    /// and what was found of each.
    combined: Vec<[Found; 4]>,
    chain: Chain,
    cuts: KnownCuts,
    picks: Vec<Pick>,
    /// Room for the picks that were decoded before, for runs to decode again, and for
    /// what is chosen.
    spare: Vec<Pick>,
    changed: Vec<bool>,
    chosen: Vec<(u32, f32)>,
}

/// Tokens that are labelled together.
pub(crate) type Sentence = Range<usize>;

/// Tokens of a sentence that may be in names, with a token on both sides that is not.
#[derive(Clone, Debug)]
struct Run {
    tokens: Range<usize>,
    /// Where what is known of them begins.
    at: usize,
}

impl Run {
    /// Where what is known of them lies.
    fn rows(&self) -> Range<usize> {
        self.at..self.at + self.tokens.len()
    }
}

/// A name that the labels give.
#[derive(Clone, Copy, Debug)]
struct Pick {
    first: usize,
    last: usize,
    kind: u8,
    confidence: f32,
    /// Where its last word was cut.
    cut: Option<(u32, Ending)>,
}

/// The sums of a token that is in no name.
const OUTSIDE: [f32; LABELS] = {
    let mut row = [-100.0; LABELS];
    row[0] = 0.0;
    row
};

impl Learned {
    /// Tells by their words which tokens may be in names at all; the others need no look.
    pub(crate) fn gate(&mut self, cx: &Context<'_>, model: &Model, live: &mut Live) {
        self.split(cx);
        self.words.learn(cx, model);
        live.set(cx.tokens.len(), |live| self.mark_live(cx, model, live));
    }

    fn mark_live(&mut self, cx: &Context<'_>, model: &Model, live: &mut [bool]) {
        for sentence in &self.sentences {
            if let Some(live) = live.get_mut(sentence.clone()) {
                self.words.gate(cx, sentence, model, live);
            }
            quiet_marks(cx, sentence, live);
        }
        if cx.layers.has_user() {
            for at in 0..cx.tokens.len() {
                for hit in cx.hits.at(at).filter(|hit| cx.layers.is_user(hit)) {
                    let tokens = hit.first as usize..=hit.surface_last as usize;
                    live.get_mut(tokens).into_iter().flatten().for_each(|live| *live = true);
                }
            }
        }
    }

    /// Reads the rules' evidence and sums the weights of the features of all tokens that
    /// may be in names.
    pub(crate) fn read(
        &mut self,
        cx: &Context<'_>,
        candidates: &Candidates,
        selection: &Selection,
        model: &Model,
    ) {
        self.view.read(cx, candidates, selection);
        self.find_runs(cx);
        self.words.fetch(cx, self.runs.iter().flat_map(|run| run.tokens.clone()));
        self.allow(cx, candidates, selection);
        self.sums.clear();
        self.families.clear();
        let Learned { view, words, sums, families, sentences, runs, keys, combined, .. } = self;
        let signature = |at: usize| words.at(cx, at).map_or(0, |w| w.signature);
        let mut sentences = sentences.iter();
        let mut sentence = sentences.next().cloned().unwrap_or_default();
        for run in runs {
            while sentence.end <= run.tokens.start {
                let Some(next) = sentences.next() else { break };
                sentence = next.clone();
            }
            combined.clear();
            let live = run.tokens.clone().filter(|&at| cx.is_live(at));
            keys.clear();
            keys.extend(live.map(|at| features::combinations(cx, &sentence, at, signature)));
            combined.extend(keys.iter().map(|keys| keys.map(|key| model.find(key))));
            let mut combined = combined.iter();
            for at in run.tokens.clone() {
                let mut summing = Summing { model, families: Families::default() };
                let Some(combined) = (if cx.is_live(at) { combined.next() } else { None }) else {
                    sums.push(OUTSIDE);
                    families.push(summing.families);
                    continue;
                };
                summing.words(cx, words, &sentence, at);
                summing.combined(combined);
                features::in_sentence(cx, view, &sentence, at, &mut summing);
                sums.push(summing.total());
                families.push(summing.families);
            }
        }
    }

    /// Forgets what it knows of words: their numbers stand for others from now on.
    pub(crate) fn forget(&mut self) {
        self.words.forget();
        self.cuts.forget();
    }

    fn split(&mut self, cx: &Context<'_>) {
        self.sentences.clear();
        let mut start = 0;
        for (at, token) in cx.tokens.iter().enumerate() {
            if at > start && token.shape.has(Shape::SENTENCE_START | Shape::LINE_START) {
                self.sentences.push(start..at);
                start = at;
            }
        }
        if start < cx.tokens.len() {
            self.sentences.push(start..cx.tokens.len());
        }
    }

    fn find_runs(&mut self, cx: &Context<'_>) {
        self.runs.clear();
        let mut rows = 0;
        for sentence in &self.sentences {
            let mut from = sentence.start;
            while let Some(first) = (from..sentence.end).find(|&at| cx.is_live(at)) {
                let end = (first..sentence.end).find(|&at| !cx.is_live(at)).unwrap_or(sentence.end);
                from = end;
                let tokens = first.saturating_sub(1).max(sentence.start)..(end + 1).min(sentence.end);
                let at = rows;
                rows += tokens.len();
                self.runs.push(Run { tokens, at });
            }
        }
    }

    /// The row of a token that may be in a name, with the number of its run.
    fn row_of(&self, cx: &Context<'_>, token: usize) -> Option<(usize, usize)> {
        let number = self.runs.partition_point(|run| run.tokens.end <= token);
        // Of two runs with one token between them both have it; only the live one counts.
        let run = self.runs.get(number).filter(|run| run.tokens.contains(&token) && cx.is_live(token))?;
        Some((number, run.at + token - run.tokens.start))
    }

    /// Says which labels each token may have.
    fn allow(&mut self, cx: &Context<'_>, candidates: &Candidates, selection: &Selection) {
        self.allowed.clear();
        for at in self.runs.iter().flat_map(|run| run.tokens.clone()) {
            self.allowed.push(if !cx.is_live(at) || parts(cx, at) { 1 } else { ANY });
        }
        for &id in selection.selected() {
            let Some(c) = candidates.get(id).filter(|_| is_settled(id, candidates, selection)) else {
                continue;
            };
            for at in c.span.first as usize..=c.span.surface_last as usize {
                let row = self.row_of(cx, at).map(|(_, row)| row);
                if let Some(allowed) = row.and_then(|row| self.allowed.get_mut(row)) {
                    *allowed = 1;
                }
            }
        }
    }

    /// Calls `visit` with the features of every token, sentence by sentence.
    #[cfg(feature = "tools")]
    pub(crate) fn visit_features(
        &mut self,
        cx: &Context<'_>,
        candidates: &Candidates,
        selection: &Selection,
        mut visit: impl FnMut(&Sentence, usize, super::listing::Listing),
    ) {
        self.split(cx);
        self.view.read(cx, candidates, selection);
        for sentence in &self.sentences {
            for at in sentence.clone() {
                visit(sentence, at, super::listing::of_token(cx, &self.view, sentence, at));
            }
        }
    }

    /// Labels every run.
    pub(crate) fn decode(&mut self, cx: &Context<'_>, model: &Model) {
        self.picks.clear();
        for number in 0..self.runs.len() {
            self.decode_run(cx, number, model);
        }
    }

    /// Labels again the runs in which the document's memory knows a person's part.
    pub(crate) fn decode_again(&mut self, cx: &Context<'_>, candidates: &Candidates, model: &Model) {
        let mut changed = std::mem::take(&mut self.changed);
        changed.clear();
        changed.resize(self.runs.len(), false);
        for item in candidates.evidence() {
            let Some(c) = candidates.get(item.candidate) else { continue };
            let (at, label, weight) = match item.rule {
                RuleId::MemoryPart => (c.span.first as usize, label_of(PERSON, true), MEMORY * item.value),
                RuleId::MemoryOther => (c.span.last as usize, label_of(PERSON, false), -TWO_PERSONS),
                _ => continue,
            };
            let Some((number, row)) = self.row_of(cx, at) else { continue };
            if let Some(sum) = self.sums.get_mut(row).and_then(|sums| sums.get_mut(usize::from(label))) {
                *sum += weight;
                if let Some(flag) = changed.get_mut(number) {
                    *flag = true;
                }
            }
        }
        if changed.contains(&true) {
            let old = std::mem::take(&mut self.picks);
            self.picks = std::mem::take(&mut self.spare);
            self.picks.clear();
            let mut rest = old.iter().copied().peekable();
            for (number, &changed) in changed.iter().enumerate() {
                let end = self.runs.get(number).map_or(0, |run| run.tokens.end);
                while let Some(pick) = rest.next_if(|p| p.last < end) {
                    if !changed {
                        self.picks.push(pick);
                    }
                }
                if changed {
                    self.decode_run(cx, number, model);
                }
            }
            self.spare = old;
        }
        self.changed = changed;
    }

    fn decode_run(&mut self, cx: &Context<'_>, number: usize, model: &Model) {
        let Learned { sums, allowed, runs, chain, picks, .. } = self;
        let Some(run) = runs.get(number) else { return };
        let (Some(sums), Some(allowed)) = (sums.get(run.rows()), allowed.get(run.rows())) else {
            return;
        };
        let moves = model.moves();
        if moves.is_plain(sums, allowed) {
            return;
        }
        chain.decode(sums, allowed, moves);
        if chain.labels.iter().all(|&l| l == 0) {
            return;
        }
        chain.spread(sums, allowed, moves);
        let mut at = 0;
        while let Some(&label) = chain.labels.get(at) {
            let first = at;
            at += 1;
            if label % 2 == 0 {
                continue;
            }
            while chain.labels.get(at) == Some(&(label + 1)) {
                at += 1;
            }
            let confidence = chain.probability((first, at - 1), (label, label + 1), moves);
            let tokens = run.tokens.start + first..run.tokens.start + at;
            picks.extend(Pick::new(cx, tokens, (label - 1) / 2, confidence));
        }
    }

    /// Makes the picked names the selected candidates, beside those that a user listed.
    pub(crate) fn settle(
        &mut self,
        known: (&Context<'_>, &Model, &Memory),
        candidates: &mut Candidates,
        selection: &mut Selection,
        least: impl Fn(u8) -> f32,
    ) {
        let mut chosen = std::mem::take(&mut self.chosen);
        chosen.clear();
        for &id in selection.selected() {
            if is_settled(id, candidates, selection) {
                chosen.push((id, super::confidence(selection.score_of(id))));
            }
        }
        let Learned { picks, cuts, .. } = self;
        for pick in picks.iter_mut().filter(|p| p.confidence >= least(p.kind)) {
            chosen.push((candidate_of(pick, cuts, known, candidates, selection), pick.confidence));
        }
        disjoint(&mut chosen, candidates);
        selection.replace(&chosen);
        self.chosen = chosen;
    }

    /// Tells the memory in which forms the picked names stand.
    pub(crate) fn note_forms(&mut self, cx: &Context<'_>, model: &Model, memory: &mut Memory) {
        let Learned { picks, cuts, .. } = self;
        picks.iter().for_each(|pick| cuts.note(cx, pick.last, model, memory));
    }

    /// What the features of a candidate's tokens add to its label over none, by family.
    pub(crate) fn contributions(
        &self,
        (first, last, kind): (usize, usize, u8),
        model: &Model,
    ) -> [f32; Family::ALL.len()] {
        let mut sums = [0.0; Family::ALL.len()];
        let number = self.runs.partition_point(|run| run.tokens.end <= first);
        let Some(run) = self.runs.get(number).filter(|run| run.tokens.start <= first) else { return sums };
        let rows = run.at + first - run.tokens.start..run.rows().end;
        for (at, families) in (first..=last).zip(self.families.get(rows).unwrap_or_default()) {
            let label = usize::from(label_of(kind, at == first));
            for (sum, family) in sums.iter_mut().zip(families) {
                *sum += (f32::from(family.of(label)) - f32::from(family.of(0))) * model.unit();
            }
        }
        sums
    }
}

/// The candidate with a pick's tokens and kind: that which the rules like best if a list or
/// the document vouches for its bare name, else one with the likeliest cut.
fn candidate_of(
    pick: &mut Pick,
    cuts: &mut KnownCuts,
    (cx, model, memory): (&Context<'_>, &Model, &Memory),
    candidates: &mut Candidates,
    selection: &Selection,
) -> u32 {
    let &mut Pick { first, last, kind, cut, .. } = pick;
    let fits = |id: &u32| candidates.get(*id).is_some_and(|c| c.kind == kind && c.span.last as usize == last);
    let score = |id: u32| selection.score_of(id);
    let known = candidates.starting(first).filter(fits);
    let best = known.max_by(|&a, &b| score(a).total_cmp(&score(b)).then(b.cmp(&a)));
    let is_listed = |id: &u32| candidates.get(*id).is_some_and(|c| c.entry.is_some());
    let is_part = |id: &u32| candidates.evidence_of(*id).any(|e| e.rule == RuleId::MemoryPart);
    if let Some(id) = best.filter(|id| is_listed(id) || is_part(id)) {
        return id;
    }
    let name = Last { first, last, kind, listed: true, context: true };
    // Other forms of the name may have turned up since it was cut.
    let cut = cut.filter(|_| !cuts.has_forms(cx, last, model, memory));
    let cut = cut.unwrap_or_else(|| cuts.best(cx, name, model, memory));
    pick.cut = Some(cut);
    let before = candidates.all().len();
    let id = candidates.propose(span_cut(cx, first, last, cut), kind);
    if let Some(best) = best.filter(|_| id as usize >= before) {
        candidates.copy_evidence(best, id);
    }
    id
}

impl Pick {
    /// The name without marks at its edges; nothing when no word is left.
    fn new(cx: &Context<'_>, tokens: Range<usize>, kind: u8, confidence: f32) -> Option<Pick> {
        let first = tokens.clone().find(|&at| cx.is_word(at))?;
        let last = tokens.rev().find(|&at| cx.is_word(at))?;
        Some(Pick { first, last, kind, confidence, cut: None })
    }
}

/// A mark is in a name only between words of the name, at most one other mark away.
fn quiet_marks(cx: &Context<'_>, sentence: &Sentence, live: &mut [bool]) {
    for at in sentence.clone() {
        if cx.is_word(at) || !live.get(at).copied().unwrap_or(false) {
            continue;
        }
        let word = |i: usize| sentence.contains(&i) && cx.is_word(i) && live.get(i) == Some(&true);
        let before = (1..=2).any(|n| at.checked_sub(n).is_some_and(word));
        let inside = before && (1..=2).any(|n| word(at + n)) && !parts(cx, at);
        if let Some(live) = live.get_mut(at) {
            *live = inside;
        }
    }
}

/// Whether a token is never in a name: a bracket, or a quotation mark at the edge of a word.
fn parts(cx: &Context<'_>, at: usize) -> bool {
    match cx.fold(at) {
        b"(" | b")" | b"[" | b"]" | b"\"" => true,
        b"'" => !(cx.has(at, Shape::GLUED) && cx.has(at + 1, Shape::GLUED)),
        _ => false,
    }
}

/// Brings choices into text order and drops those that overlap a surer one: the ending of
/// one (after a hyphen) may reach into the next.
fn disjoint(chosen: &mut Vec<(u32, f32)>, candidates: &Candidates) {
    let span = |id: u32| candidates.get(id).map_or((0, 0), |c| (c.span.first, c.span.surface_last));
    chosen.sort_unstable_by_key(|&(id, _)| (span(id), id));
    let mut kept = 0usize;
    for i in 0..chosen.len() {
        let Some(&this) = chosen.get(i) else { break };
        let before = kept.checked_sub(1).and_then(|at| chosen.get(at)).copied();
        let overlaps = before.is_some_and(|(id, _)| span(id).1 >= span(this.0).0);
        if overlaps && before.is_some_and(|(_, confidence)| confidence >= this.1) {
            continue;
        }
        kept -= usize::from(overlaps);
        if let Some(slot) = chosen.get_mut(kept) {
            *slot = this;
        }
        kept += 1;
    }
    chosen.truncate(kept);
}

/// Whether a selected candidate is no business of the labels: a user listed it, or it is of
/// a kind of the user's.
fn is_settled(id: u32, candidates: &Candidates, selection: &Selection) -> bool {
    let own_kind = candidates.get(id).is_some_and(|c| c.kind > ORGANIZATION);
    own_kind || selection.score_of(id) >= USER_LISTED
}
