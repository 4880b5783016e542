//! Walking a text's words through the layers of names.

use std::sync::Arc;

use super::automaton::State;
use super::build::Action;
use super::{Class, EntryData, Gazetteer};
use crate::text::Folded;
use crate::text::endings::{self, Ending};
use crate::text::token::{Shape, Token};

/// A name of a layer, found in the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    /// First and last token of the name (inclusive).
    pub(crate) first: u32,
    pub(crate) last: u32,
    /// Last token of the surface: beyond `last` when a hyphen carries the ending.
    pub(crate) surface_last: u32,
    /// Folded offset at which the name ends, inside or at the end of token `last`.
    pub(crate) name_end: u32,
    pub(crate) ending: Ending,
    pub(crate) layer: u8,
    /// Number of the name in its layer.
    pub(crate) name: u32,
    /// The name is hidden by an entry of a higher layer.
    hidden: bool,
}

impl Hit {
    /// Number of tokens of the name.
    pub(crate) fn len(&self) -> usize {
        (self.last - self.first + 1) as usize
    }
}

/// The gazetteers of an extractor, the bundled one first.
#[derive(Debug, Default)]
pub(crate) struct Layers {
    layers: Vec<Arc<Gazetteer>>,
    /// For each layer, from its kind numbers to the extractor's.
    kinds: Vec<Vec<u8>>,
    /// Layers from this one on are the user's.
    user: usize,
    /// Whether any row overrides or blocks.
    hides: bool,
}

impl Layers {
    pub(crate) fn push(&mut self, gazetteer: Arc<Gazetteer>, kinds: Vec<u8>, user: bool) {
        self.hides |= gazetteer.entries.iter().any(|e| e.action != Action::Add);
        self.layers.push(gazetteer);
        self.kinds.push(kinds);
        if !user {
            self.user = self.layers.len();
        }
    }

    /// Number of layers.
    pub(crate) fn len(&self) -> usize {
        self.layers.len()
    }

    pub(crate) fn is_user(&self, hit: &Hit) -> bool {
        usize::from(hit.layer) >= self.user
    }

    /// The entries and cues that a hit stands for, blocking rows excepted.
    pub(crate) fn entries(&self, hit: &Hit) -> impl Iterator<Item = &EntryData> {
        let layer = self.layers.get(usize::from(hit.layer));
        layer.map_or(&[][..], |l| l.entries_of(hit.name)).iter().filter(|e| e.action != Action::Block)
    }

    /// The extractor's number of an entry's kind.
    pub(crate) fn kind(&self, hit: &Hit, entry: &EntryData) -> Option<u8> {
        self.kinds.get(usize::from(hit.layer))?.get(usize::from(entry.kind)).copied()
    }

    /// The identifier of an entry of a layer.
    pub(crate) fn id(&self, layer: u8, name: u32, class: Class) -> Option<&str> {
        let layer = self.layers.get(usize::from(layer))?;
        layer.entries_of(name).iter().filter(|e| e.class == class).find_map(|e| layer.id(e))
    }

    /// How many Latin letters a folded word spells in their Bengali names (কেসিএনএ: 4);
    /// 0 when any part of it is no letter name. The reading with most letters counts.
    pub(crate) fn spelled_letters(&self, word: &[u8]) -> u8 {
        const LONGEST: usize = 32;
        if word.len() < 2 || word.len() > LONGEST {
            return 0;
        }
        // reached[i]: most letters in word[..i], plus one; 0 when not reached.
        let mut reached = [0u8; LONGEST + 1];
        reached[0] = 1;
        for at in 0..word.len() {
            let count = reached[at];
            let Some(rest) = word.get(at..).filter(|_| count > 0) else { continue };
            for layer in &self.layers {
                layer.letters(rest, |len| reached[at + len] = reached[at + len].max(count + 1));
            }
        }
        reached.get(word.len()).map_or(0, |n| n.saturating_sub(1))
    }

    /// Names of entries that a folded word begins with although the rest is no ending,
    /// with that rest, both readable: for explanations.
    pub(crate) fn unlicensed(&self, word: &[u8]) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for layer in &self.layers {
            layer.prefixes(word, |length, name| {
                let entry = layer.entries_of(name).iter().any(|e| e.kind != EntryData::CUE);
                let (stem, rest) = word.split_at(length.min(word.len()));
                if entry && stem.len() > 2 && endings::parse_after(stem, rest).is_none() {
                    found.push((readable(stem), readable(rest)));
                }
            });
        }
        found.dedup();
        found
    }

    /// Finds every name that starts at a word of `tokens`, ordered by first token.
    pub(crate) fn find(&self, tokens: &[Token], folded: &[u8], hits: &mut Hits) {
        hits.clear();
        for first in 0..tokens.len() {
            let from = hits.all.len();
            if tokens[first].is_word() {
                for (number, layer) in self.layers.iter().enumerate() {
                    layer.walk(number as u8, tokens, first, folded, &mut hits.all);
                }
            }
            if self.hides {
                self.hide(hits.all.get_mut(from..).unwrap_or_default());
            }
            hits.starts.push(from as u32);
        }
        hits.starts.push(hits.all.len() as u32);
        hits.all.iter().for_each(|hit| debug_assert!(hit.first <= hit.last));
    }

    /// Marks hits of lower layers whose very name a higher layer overrides or blocks.
    fn hide(&self, hits: &mut [Hit]) {
        for above in 0..hits.len() {
            let hit = hits[above];
            let entries = self.layers.get(usize::from(hit.layer)).map_or(&[][..], |l| l.entries_of(hit.name));
            if entries.iter().any(|e| e.action != Action::Add) {
                for below in hits.iter_mut() {
                    below.hidden |= below.layer < hit.layer && below.name_end == hit.name_end;
                }
            }
        }
    }
}

/// Folded bytes as text.
fn readable(folded: &[u8]) -> String {
    Folded::from_bytes(folded).to_string()
}

/// All hits in a window of text, by first token.
#[derive(Debug, Default)]
pub(crate) struct Hits {
    all: Vec<Hit>,
    starts: Vec<u32>,
}

impl Hits {
    fn clear(&mut self) {
        self.all.clear();
        self.starts.clear();
    }

    /// The hits whose first token is `first`.
    pub(crate) fn at(&self, first: usize) -> impl Iterator<Item = &Hit> {
        let start = self.starts.get(first).copied().unwrap_or_default() as usize;
        let end = self.starts.get(first + 1).copied().unwrap_or_default() as usize;
        self.all.get(start..end).unwrap_or_default().iter().filter(|hit| !hit.hidden)
    }
}

impl Gazetteer {
    /// Reports the length of every letter name that `word` begins with.
    fn letters(&self, word: &[u8], mut report: impl FnMut(usize)) {
        self.prefixes(word, |length, name| {
            if self.entries_of(name).iter().any(|e| e.class == Class::Letter) {
                report(length);
            }
        });
    }

    /// Reports every name that a folded word begins with: its length and number.
    fn prefixes(&self, word: &[u8], mut report: impl FnMut(usize, u32)) {
        let Some(mut state) = self.automaton.start() else { return };
        for (length, &byte) in (1..).zip(word) {
            let Some(next) = self.automaton.step(state, byte) else { return };
            state = next;
            if let Some(name) = self.automaton.name(state) {
                report(length, name);
            }
        }
    }

    /// Walks from the start of token `first`; hits end at token ends or where an ending
    /// is licensed.
    fn walk(&self, layer: u8, tokens: &[Token], first: usize, folded: &[u8], hits: &mut Vec<Hit>) {
        let Some(mut state) = self.automaton.start() else { return };
        let mut at = tokens[first].fold_start;
        for (index, token) in tokens.iter().enumerate().skip(first) {
            // Separator between tokens, then the token's own bytes.
            while at < token.fold_end {
                let Some(next) = folded.get(at as usize).and_then(|&b| self.automaton.step(state, b)) else {
                    return;
                };
                state = next;
                at += 1;
                if at > token.fold_start {
                    self.try_end(layer, state, tokens, first, index, at, folded, hits);
                }
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the walk's whole position, inlined into its loop")]
    #[inline]
    fn try_end(
        &self,
        layer: u8,
        state: State,
        tokens: &[Token],
        first: usize,
        last: usize,
        at: u32,
        folded: &[u8],
        hits: &mut Vec<Hit>,
    ) {
        let Some(name) = self.automaton.name(state) else { return };
        let token = &tokens[last];
        let mut hit = Hit {
            first: first as u32,
            last: last as u32,
            surface_last: last as u32,
            name_end: at,
            ending: Ending::default(),
            layer,
            name,
            hidden: false,
        };
        if at == token.fold_end {
            if let Some((surface_last, ending)) = hyphenated_ending(tokens, last, folded) {
                hit.surface_last = surface_last;
                hit.ending = ending;
            }
            hits.push(hit);
            return;
        }
        let start = tokens[first].fold_start as usize;
        let (Some(whole), Some(rest)) =
            (folded.get(start..at as usize), folded.get(at as usize..token.fold_end as usize))
        else {
            return;
        };
        if let Some(ending) = endings::parse_after(whole, rest) {
            hit.ending = ending;
            hits.push(hit);
        }
    }
}

/// The ending after a hyphen or apostrophe that is glued to token `last`, with the last
/// token of the surface: ডব্লিউএইচও-এর, BNP'র.
pub(crate) fn hyphenated_ending(tokens: &[Token], last: usize, folded: &[u8]) -> Option<(u32, Ending)> {
    let [mark, ending, ..] = tokens.get(last + 1..)? else { return None };
    let glued = mark.shape.has(Shape::GLUED) && ending.shape.has(Shape::GLUED) && ending.is_word();
    if !glued || !matches!(mark.folded(folded), b"-" | b"'") {
        return None;
    }
    // A second hyphen would make it a part of a compound: জং-উন-এর is read from উন.
    endings::parse_hyphenated(ending.folded(folded)).map(|parsed| (last as u32 + 2, parsed))
}
