//! Walking one layer: inside a word, and on from it.

use super::automaton::Automaton;
use super::hits::{Hit, hyphenated_ending};
use super::known::{Longer, Walk};
use super::{Class, Gazetteer, Names};
use crate::picks::Picks;
use crate::text::endings::{self, Ending};
use crate::text::token::Token;

impl Gazetteer {
    /// The numbers of the tokens with which a name may begin: of words, and, where the list
    /// can tell, of few more than do.
    pub(super) fn openers(&self, tokens: &[Token], folded: &[u8], found: &mut Picks) {
        let openers = match &self.names {
            Names::Listed { automaton, .. } => automaton.openers(),
            Names::Compiled(_) => None,
        };
        found.clear(tokens.len());
        match openers {
            Some(openers) => openers.find(tokens, folded, found),
            None => (0..).zip(tokens).for_each(|(at, token)| found.offer(at, token.is_word())),
        }
    }

    /// Reports the length of every letter name that `word` begins with.
    pub(super) fn letters(&self, word: &[u8], mut report: impl FnMut(usize)) {
        self.prefixes(word, |length, name| {
            if self.entries_of(name).iter().any(|e| e.class == Class::Letter) {
                report(length);
            }
        });
    }

    /// The classes of the entries and cues of a folded word.
    pub(super) fn classes_of(&self, word: &[u8]) -> impl Iterator<Item = Class> {
        let mut found = None;
        self.prefixes(word, |length, name| found = Some(name).filter(|_| length == word.len()));
        let entries = found.map_or(&[][..], |name| self.entries_of(name));
        entries.iter().map(|entry| entry.class)
    }

    /// Reports every name that a folded word begins with: its length and number.
    pub(super) fn prefixes(&self, word: &[u8], report: impl FnMut(usize, u32)) {
        match &self.names {
            Names::Listed { automaton, .. } => prefixes(&**automaton, word, report),
            Names::Compiled(compiled) => prefixes(compiled, word, report),
        }
    }

    /// Finds the names inside a word that begin with it. Returns the walk if longer names
    /// may begin with the whole word.
    pub(super) fn walk_word(&self, word: &[u8], layer: u8, hits: &mut Vec<Hit>) -> Option<Walk> {
        let found = |name: u32, at: usize| {
            // Of a gazetteer without its names, only the cues are left.
            if !self.entries_of(name).is_empty() {
                hits.extend(Hit::inside(word, at, name, layer));
            }
        };
        match &self.names {
            Names::Listed { automaton, .. } => walk_word(&**automaton, word, found).map(Walk::Listed),
            Names::Compiled(compiled) => walk_word(compiled, word, found).map(Walk::Compiled),
        }
    }

    /// What may follow a walk through a whole word.
    pub(super) fn longer(&self, end: Walk, layer: u8) -> Longer {
        let space = self.step(end, b' ');
        let (mut letters, mut marks) = (0, 0);
        self.inputs(end, |byte| marks |= if byte < 0x80 { 1 << (byte & 15) } else { 0 });
        if let Some(space) = space {
            self.inputs(space, |byte| letters |= if byte < 0x80 { 0 } else { 1 << (byte & 63) });
        }
        Longer { layer, end, space, letters, marks }
    }

    /// Reports what may follow a walk.
    fn inputs(&self, walk: Walk, report: impl FnMut(u8)) {
        match (&self.names, walk) {
            (Names::Listed { automaton, .. }, Walk::Listed(at)) => automaton.inputs(at, report),
            (Names::Compiled(compiled), Walk::Compiled(at)) => compiled.inputs(at, report),
            _ => {}
        }
    }

    /// A walk after one more byte.
    fn step(&self, walk: Walk, byte: u8) -> Option<Walk> {
        match (&self.names, walk) {
            (Names::Listed { automaton, .. }, Walk::Listed(at)) => automaton.step(at, byte).map(Walk::Listed),
            (Names::Compiled(compiled), Walk::Compiled(at)) => compiled.step(at, byte).map(Walk::Compiled),
            _ => None,
        }
    }

    /// Finds the names of several tokens whose first one a walk has passed.
    pub(super) fn walk_on(&self, text: &Text<'_>, layer: u8, (walk, from): (Walk, u32), hits: &mut Vec<Hit>) {
        let found = |hit: Hit| {
            if !self.entries_of(hit.name).is_empty() {
                hits.push(Hit { layer, ..hit });
            }
        };
        match (&self.names, walk) {
            (Names::Listed { automaton, .. }, Walk::Listed(at)) => text.walk(&**automaton, (at, from), found),
            (Names::Compiled(compiled), Walk::Compiled(at)) => text.walk(compiled, (at, from), found),
            _ => {}
        }
    }
}

/// Reports the names that `word` begins with, and where they end. Returns the state after
/// the whole word.
fn walk_word<A: Automaton>(
    automaton: &A,
    word: &[u8],
    mut found: impl FnMut(u32, usize),
) -> Option<A::State> {
    let (&byte, rest) = word.split_first()?;
    let mut state = automaton.start(byte)?;
    let mut rest = rest.iter();
    loop {
        if let Some(name) = automaton.name(state) {
            found(name, word.len() - rest.len());
        }
        match rest.next() {
            Some(&byte) => state = automaton.step(state, byte)?,
            None => return Some(state),
        }
    }
}

fn prefixes<A: Automaton>(automaton: &A, word: &[u8], mut report: impl FnMut(usize, u32)) {
    walk_word(automaton, word, |name, length| report(length, name));
}

/// Where a walk begins: token `first` of a window of text.
pub(super) struct Text<'a> {
    pub(super) tokens: &'a [Token],
    pub(super) folded: &'a [u8],
    pub(super) first: usize,
}

impl Text<'_> {
    /// Walks on from a folded offset after the first token; hits end at token ends or where
    /// an ending is licensed.
    fn walk<A: Automaton>(
        &self,
        automaton: &A,
        (mut state, mut at): (A::State, u32),
        mut found: impl FnMut(Hit),
    ) {
        let tokens = self.tokens.get(self.first + 1..).unwrap_or_default();
        for (last, token) in (self.first + 1..).zip(tokens) {
            // Separator between tokens, then the token's own bytes.
            while at < token.fold_end {
                let Some(&byte) = self.folded.get(at as usize) else { return };
                let Some(next) = automaton.step(state, byte) else { return };
                state = next;
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
            layer: 0,
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
