//! Walking a text's words through the layers of names.

use std::sync::Arc;

use super::automaton::Automaton;
use super::entry::Action;
use super::{Class, EntryData, Gazetteer, Names};
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
        self.hides |= gazetteer.meanings.entries.iter().any(|e| e.action != Action::Add);
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
        self.layers.get(usize::from(layer))?.id(name, class)
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
                    let text = Text { tokens, folded, first, layer: number as u8 };
                    layer.walk(&text, &mut hits.all);
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
    fn prefixes(&self, word: &[u8], report: impl FnMut(usize, u32)) {
        match &self.names {
            Names::Listed { automaton, .. } => prefixes(&**automaton, word, report),
            Names::Compiled(compiled) => prefixes(compiled, word, report),
        }
    }

    /// Finds the names that start at a token.
    fn walk(&self, text: &Text<'_>, hits: &mut Vec<Hit>) {
        let found = |hit: Hit| {
            // Of a gazetteer without its names, only the cues are left.
            if !self.entries_of(hit.name).is_empty() {
                hits.push(hit);
            }
        };
        match &self.names {
            Names::Listed { automaton, .. } => text.walk(&**automaton, found),
            Names::Compiled(compiled) => text.walk(compiled, found),
        }
    }
}

fn prefixes<A: Automaton>(automaton: &A, word: &[u8], mut report: impl FnMut(usize, u32)) {
    let Some((&byte, rest)) = word.split_first() else { return };
    let mut state = automaton.start(byte);
    let mut rest = rest.iter();
    while let Some(at) = state {
        if let Some(name) = automaton.name(at) {
            report(word.len() - rest.len(), name);
        }
        state = rest.next().and_then(|&byte| automaton.step(at, byte));
    }
}

/// Where a walk begins: token `first` of a window of text.
struct Text<'a> {
    tokens: &'a [Token],
    folded: &'a [u8],
    first: usize,
    layer: u8,
}

impl Text<'_> {
    /// Walks from the token; hits end at token ends or where an ending is licensed.
    fn walk<A: Automaton>(&self, automaton: &A, mut found: impl FnMut(Hit)) {
        let tokens = self.tokens.get(self.first..).unwrap_or_default();
        let Some(mut at) = tokens.first().map(|token| token.fold_start) else { return };
        let mut state = None;
        for (last, token) in (self.first..).zip(tokens) {
            // Separator between tokens, then the token's own bytes.
            while at < token.fold_end {
                let Some(&byte) = self.folded.get(at as usize) else { return };
                let next = match state {
                    None => automaton.start(byte),
                    Some(state) => automaton.step(state, byte),
                };
                let Some(next) = next else { return };
                state = Some(next);
                at += 1;
                if at > token.fold_start
                    && let Some(name) = automaton.name(next)
                    && let Some(hit) = self.end(name, token, last, at)
                {
                    found(hit);
                }
            }
        }
    }

    /// The hit of a name that ends at folded offset `at`, in token number `last`.
    fn end(&self, name: u32, token: &Token, last: usize, at: u32) -> Option<Hit> {
        let mut hit = Hit {
            first: self.first as u32,
            last: last as u32,
            surface_last: last as u32,
            name_end: at,
            ending: Ending::default(),
            layer: self.layer,
            name,
            hidden: false,
        };
        if at == token.fold_end {
            if let Some((surface_last, ending)) = hyphenated_ending(self.tokens, last, self.folded) {
                hit.surface_last = surface_last;
                hit.ending = ending;
            }
            return Some(hit);
        }
        let start = self.tokens.get(self.first)?.fold_start as usize;
        let name = self.folded.get(start..at as usize)?;
        hit.ending = endings::parse_after(name, self.folded.get(at as usize..token.fold_end as usize)?)?;
        Some(hit)
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
