//! What the rules see: tokens, what is known of each word, cues around it.

use super::analysis::{Analysis, Cue, Initial, MayBe, WordInfo, WordStats};
use super::person::Parts;
use super::{RuleId, RuleSet};
use crate::gazetteer::{Affixes, Class, ClassSet, Hits, Layers, Words};
use crate::text::endings::Ending;
use crate::text::token::{Shape, Token};

/// One window of text as the rules see it.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) tokens: &'a [Token],
    pub(crate) folded: &'a [u8],
    /// The tokens' numbers in the vocabulary.
    pub(crate) numbers: &'a [u32],
    pub(crate) hits: &'a Hits,
    pub(crate) layers: &'a Layers,
    pub(crate) words: &'a Words,
    pub(crate) affixes: &'a Affixes,
    pub(crate) enabled: &'a RuleSet,
    analysis: &'a Analysis,
    /// Which tokens may be in names.
    live: &'a Live,
}

/// Which tokens of a window may be in names.
#[derive(Debug, Default)]
pub(crate) struct Live {
    flags: Vec<bool>,
    /// The tokens themselves.
    tokens: Vec<u32>,
}

impl Live {
    /// All of so many tokens.
    pub(crate) fn set_all(&mut self, tokens: usize) {
        self.flags.clear();
        self.flags.resize(tokens, true);
        self.list();
    }

    /// None of so many tokens but those that `mark` sets.
    pub(crate) fn set(&mut self, tokens: usize, mark: impl FnOnce(&mut [bool])) {
        self.flags.clear();
        self.flags.resize(tokens, false);
        mark(&mut self.flags);
        self.list();
    }

    #[inline]
    fn has(&self, i: usize) -> bool {
        self.flags.get(i).copied().unwrap_or(false)
    }

    fn list(&mut self) {
        self.tokens.clear();
        self.tokens.extend((0u32..).zip(&self.flags).filter(|(_, live)| **live).map(|(at, _)| at));
    }
}

impl<'a> Context<'a> {
    /// The text, where nothing may be in a name yet: see [`Context::with_live`].
    pub(crate) fn new(
        (tokens, folded, numbers): (&'a [Token], &'a [u8], &'a [u32]),
        hits: &'a Hits,
        (layers, words, affixes): (&'a Layers, &'a Words, &'a Affixes),
        analysis: &'a Analysis,
        enabled: &'a RuleSet,
    ) -> Context<'a> {
        const NONE: &Live = &Live { flags: Vec::new(), tokens: Vec::new() };
        Context { tokens, folded, numbers, hits, layers, words, affixes, enabled, analysis, live: NONE }
    }

    /// The same text where these tokens may be in names.
    pub(crate) fn with_live(self, live: &'a Live) -> Context<'a> {
        Context { live, ..self }
    }

    /// The tokens that may be in names.
    pub(crate) fn live(&self) -> impl Iterator<Item = usize> + use<'a> {
        self.live.tokens.iter().map(|&at| at as usize)
    }

    /// The tokens that may be in names and may be acronyms,
    pub(super) fn acronyms(&self) -> impl Iterator<Item = usize> + use<'a> {
        self.rare(MayBe::ACRONYM)
    }

    /// unknown places,
    pub(super) fn unknown_places(&self) -> impl Iterator<Item = usize> + use<'a> {
        self.rare(MayBe::UNKNOWN_PLACE)
    }

    /// begin with an entry,
    pub(super) fn entries(&self) -> impl Iterator<Item = usize> + use<'a> {
        self.rare(MayBe::ENTRY)
    }

    /// or with a person's name.
    pub(super) fn persons(&self) -> impl Iterator<Item = usize> + use<'a> {
        let live = self.live;
        self.analysis.persons.as_slice().iter().map(|&at| at as usize).filter(|&at| live.has(at))
    }

    fn rare(&self, what: u8) -> impl Iterator<Item = usize> + use<'a> {
        let (Analysis { may_be, rare, .. }, live) = (self.analysis, self.live);
        let is = move |&at: &usize| may_be.get(at).is_some_and(|may_be| may_be.has(what)) && live.has(at);
        rare.as_slice().iter().map(|&at| at as usize).filter(is)
    }

    /// All cues, by last token.
    pub(crate) fn cues(&self) -> &'a [Cue] {
        &self.analysis.cues
    }

    /// Whether token `i` may be in a name.
    #[inline]
    pub(crate) fn is_live(&self, i: usize) -> bool {
        self.live.has(i)
    }

    pub(crate) fn on(&self, rule: RuleId) -> bool {
        self.enabled.has(rule)
    }

    pub(crate) fn word(&self, i: usize) -> &'a WordInfo {
        const NOTHING: &WordInfo = &WordInfo {
            classes: ClassSet::EMPTY,
            bare: ClassSet::EMPTY,
            sure: ClassSet::EMPTY,
            head: 0,
            name_len: 0,
            ending: Ending::BARE,
            common: 0.0,
            count: 0,
            unknown: false,
            letters: 0,
            affixes: ClassSet::EMPTY,
            may_be: MayBe::NOTHING,
            initial: Initial::No,
            parts: Parts::NONE,
        };
        self.numbers.get(i).and_then(|&number| self.analysis.word(number)).unwrap_or(NOTHING)
    }

    /// What the common-word table says of token `i`.
    pub(crate) fn stats(&self, i: usize) -> WordStats {
        self.numbers.get(i).map(|&number| self.analysis.stats(number)).unwrap_or_default()
    }

    pub(crate) fn token(&self, i: usize) -> Option<&'a Token> {
        self.tokens.get(i)
    }

    /// The folded bytes of token `i`; empty outside the text.
    pub(crate) fn fold(&self, i: usize) -> &'a [u8] {
        self.tokens.get(i).map_or(&[], |t| t.folded(self.folded))
    }

    pub(crate) fn is_word(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(Token::is_word)
    }

    pub(crate) fn has(&self, i: usize, shape: Shape) -> bool {
        self.tokens.get(i).is_some_and(|t| t.shape.has(shape))
    }

    /// Whether a new line or sentence begins between token `i - 1` and token `i`.
    pub(crate) fn breaks_before(&self, i: usize) -> bool {
        self.tokens.get(i).is_none_or(|t| t.shape.has(Shape::LINE_START | Shape::SENTENCE_START))
    }

    /// Cues that end at token `i - 1`, in the same sentence.
    pub(crate) fn cues_before(&self, i: usize) -> &'a [Cue] {
        match i.checked_sub(1) {
            Some(last) if !self.breaks_before(i) => self.cues_ending(last),
            _ => &[],
        }
    }

    /// Cues whose last token is `last`.
    pub(crate) fn cues_ending(&self, last: usize) -> &'a [Cue] {
        let from = self.analysis.cue_ends.get(last).copied().unwrap_or_default() as usize;
        let to = self.analysis.cue_ends.get(last + 1).copied().unwrap_or_default() as usize;
        self.analysis.cues.get(from..to).unwrap_or_default()
    }

    /// The longest cue of `classes` that starts at token `i`, in the same sentence as the
    /// token before.
    pub(crate) fn cue_at(&self, i: usize, classes: ClassSet) -> Option<Cue> {
        if !self.hits.classes_at(i).has_any(classes) || self.breaks_before(i) {
            return None;
        }
        let hits = self.hits.at(i).flat_map(|hit| self.layers.entries(&hit).map(move |e| (hit, e)));
        let cues = hits.filter(|(_, e)| classes.has(e.class)).map(|(hit, e)| Cue {
            first: hit.first,
            last: hit.last,
            class: e.class,
            strength: e.strength,
            ending: hit.ending,
        });
        cues.max_by_key(|c| c.last)
    }

    /// The next token of a name after token `i`: over a space, a glued hyphen or
    /// apostrophe, or the full stop of an initial. Never over a line or sentence end.
    pub(crate) fn next_part(&self, i: usize) -> Option<usize> {
        let next = self.tokens.get(i + 1)?;
        if next.is_word() {
            return (!self.breaks_before(i + 1) && !next.shape.has(Shape::GLUED)).then_some(i + 1);
        }
        let after = self.tokens.get(i + 2)?;
        if !after.is_word() || self.breaks_before(i + 1) || self.breaks_before(i + 2) {
            return None;
        }
        let glued = next.shape.has(Shape::GLUED) && after.shape.has(Shape::GLUED);
        match next.folded(self.folded) {
            b"-" if glued && !next.shape.has(Shape::LONG_DASH) => Some(i + 2),
            b"'" if glued => Some(i + 2),
            b"." if self.is_initial(i) || self.has(i, Shape::ABBREVIATION) => Some(i + 2),
            _ => None,
        }
    }

    /// Whether token `i` is a full stop in the line of the token before.
    pub(crate) fn is_full_stop(&self, i: usize) -> bool {
        self.fold(i) == b"." && !self.breaks_before(i)
    }

    /// Whether token `i` may be an initial: see [`Initial`].
    #[inline]
    pub(crate) fn is_initial(&self, i: usize) -> bool {
        match self.word(i).initial {
            Initial::No => false,
            Initial::Yes => true,
            Initial::BeforeFullStop => self.is_full_stop(i + 1),
        }
    }

    /// এ, ও, আর, কে are letters and words: they count as initials with a full stop, beside
    /// another initial, or when the word has no other use.
    pub(crate) fn is_written_as_initial(&self, at: usize) -> bool {
        let ordinary = self.word(at).is(Class::Function) || self.word(at).is_common();
        let beside = |i: usize| self.is_word(i) && self.is_initial(i);
        !ordinary
            || self.is_full_stop(at + 1)
            || (!self.breaks_before(at + 1) && beside(at + 1))
            || (!self.breaks_before(at)
                && at > 0
                && (beside(at - 1) || (self.is_full_stop(at - 1) && at > 1 && beside(at - 2))))
    }
}
