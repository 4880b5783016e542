//! Why something was found, or was not.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use crate::entity::Entity;
use crate::extractor::Extractor;
use crate::gazetteer::{Ambiguity, Class};
use crate::pipeline::{self, Report, Scratch, Window};

/// What the extractor saw in a part of a text; made by [`Extractor::explain`].
///
/// [`Display`](fmt::Display) writes it for people to read.
#[derive(Clone, Debug)]
pub struct Explanation<'a> {
    candidates: Vec<(Entity<'a>, Verdict)>,
    words: Vec<WordNote<'a>>,
}

/// What became of a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// It is one of the entities.
    Selected,
    /// Its evidence does not reach the threshold of its kind.
    TooWeak,
    /// An overlapping choice has more evidence in sum; its byte span.
    LostTo(Range<usize>),
}

/// What is known of one word.
#[derive(Clone, Debug)]
pub struct WordNote<'a> {
    word: &'a str,
    notes: Vec<String>,
}

impl<'a> WordNote<'a> {
    /// The word as written.
    pub fn word(&self) -> &'a str {
        self.word
    }

    /// Entries, cues and word counts that apply to it, and entries that do not because
    /// what follows them is no ending.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }
}

impl<'a> Explanation<'a> {
    /// The candidates that overlap the range, best first, and what became of each.
    pub fn candidates(&self) -> impl ExactSizeIterator<Item = (&Entity<'a>, &Verdict)> {
        self.candidates.iter().map(|(entity, verdict)| (entity, verdict))
    }

    /// The words of the range.
    pub fn words(&self) -> &[WordNote<'a>] {
        &self.words
    }
}

impl Extractor {
    /// Explains a part of a text: every candidate that overlaps `range` (bytes), its
    /// evidence and whether it was chosen; and for each word what is known of it, which
    /// also answers why something was *not* found.
    ///
    /// Works on the whole text, like [`extract`](Self::extract); an explanation costs as
    /// much as an extraction. A range outside the text explains nothing.
    ///
    /// ```
    /// let ner = bangla_ner::Extractor::bundled();
    /// let why = ner.explain("ঢাকনা খোলা।", 0..15).to_string();
    /// assert!(why.contains("ঢাকা") == false && why.contains("no candidate"));
    /// ```
    pub fn explain<'a>(&'a self, text: &'a str, range: Range<usize>) -> Explanation<'a> {
        let mut scratch = Scratch::new();
        let mut words = Vec::new();
        let mut selected = Vec::new();
        pipeline::run_observed(
            self.inner(),
            &mut scratch,
            text,
            Report::Everything,
            |window, offset, part| {
                selected.extend(selected_spans(window, offset, part));
                note_words(self, window, offset, text, &range, &mut words);
            },
        );
        let mut candidates = Vec::new();
        for &found in &scratch.found {
            if found.start >= range.end || range.start >= found.surface_end {
                continue;
            }
            let (from, to) = found.reasons;
            let reasons = scratch.evidence.get(from as usize..to as usize).unwrap_or_default().to_vec();
            let span = (found.start, found.name_end, found.kind);
            let overlapping = selected.iter().find(|s| s.0 < found.surface_end && found.start < s.1);
            let verdict = if selected.contains(&span) {
                Verdict::Selected
            } else if found.score <= self.inner().threshold(found.kind).max(0.0) {
                Verdict::TooWeak
            } else {
                overlapping.map_or(Verdict::TooWeak, |s| Verdict::LostTo(s.0..s.1))
            };
            candidates.push((found.score, Entity::new(text, self, found, Cow::Owned(reasons)), verdict));
        }
        candidates.sort_by(|a, b| b.0.total_cmp(&a.0));
        let candidates = candidates.into_iter().map(|(_, entity, verdict)| (entity, verdict)).collect();
        Explanation { candidates, words }
    }
}

fn selected_spans(window: &Window, offset: usize, part: &str) -> Vec<(usize, usize, u8)> {
    let ids = window.decoder.selection.selected().iter();
    let spans = ids.filter_map(|&id| {
        let candidate = window.candidates.get(id)?;
        let range = window.name_range(candidate, part);
        Some((offset + range.start, offset + range.end, candidate.kind))
    });
    spans.collect()
}

fn note_words<'a>(
    extractor: &Extractor,
    window: &Window,
    offset: usize,
    text: &'a str,
    range: &Range<usize>,
    words: &mut Vec<WordNote<'a>>,
) {
    let inner = extractor.inner();
    for (at, token) in window.tokens.iter().enumerate() {
        let span = offset + token.start as usize..offset + token.end as usize;
        if span.start >= range.end || range.start >= span.end || !token.is_word() {
            continue;
        }
        let mut notes = Vec::new();
        for hit in window.hits.at(at) {
            for entry in inner.layers.entries(&hit) {
                notes.push(note_of(entry.class, entry.ambiguity, hit.len()));
            }
        }
        let folded = token.folded(&window.folded);
        if let Some(stat) = inner.words.get(folded) {
            let share = 100.0 * stat.other as f32 / stat.count() as f32;
            notes.push(format!("seen {} times, {share:.0} % of them outside names", stat.count()));
        }
        for (name, rest) in inner.layers.unlicensed(folded) {
            notes.push(format!("begins like the entry {name}, but {rest} is no ending of it"));
        }
        notes.dedup();
        words.push(WordNote { word: text.get(span).unwrap_or_default(), notes });
    }
}

fn note_of(class: Class, ambiguity: Ambiguity, words: usize) -> String {
    let what = if class.is_cue() { "cue" } else { "entry" };
    let ambiguity = match ambiguity {
        Ambiguity::Sure => "",
        Ambiguity::Context => ", needs context",
        Ambiguity::Never => ", never alone",
    };
    let length = if words > 1 { format!(" of {words} words") } else { String::new() };
    format!("{what}{length}: {class:?}{ambiguity}")
}

impl fmt::Display for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.candidates.is_empty() {
            writeln!(f, "no candidate here")?;
        }
        for (entity, verdict) in &self.candidates {
            let verdict = match verdict {
                Verdict::Selected => "selected".to_owned(),
                Verdict::TooWeak => "too weak".to_owned(),
                Verdict::LostTo(span) => format!("lost to bytes {}..{}", span.start, span.end),
            };
            let score: f32 = entity.evidence().map(|e| e.weight()).sum();
            let reasons: Vec<_> =
                entity.evidence().map(|e| format!("{} {:+.1}", e.rule(), e.weight())).collect();
            writeln!(
                f,
                "{} {} {score:+.2} ({verdict}): {}",
                entity.kind(),
                entity.name(),
                reasons.join(", ")
            )?;
        }
        for note in &self.words {
            writeln!(
                f,
                "{}: {}",
                note.word,
                if note.notes.is_empty() { "unknown".into() } else { note.notes.join("; ") }
            )?;
        }
        Ok(())
    }
}
