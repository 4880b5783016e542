//! The two back ends that walk names from word starts, behind one interface.
//!
//! [`Listed`] is built at run time: `aho-corasick` over folded bytes, anchored at a word
//! start and stepped byte by byte through the crate's public `Automaton` trait. A marker
//! byte before each pattern keeps matches that begin inside another pattern out of the
//! automaton, so a match state has exactly one pattern: the path. Only the beginning that
//! tells a name from all others goes into the automaton; the rest is compared. That takes
//! two thirds of the states away, and of the time to build them.
//!
//! [`Compiled`](super::compiled::Compiled) walks the bytes of a compiled file in place.

use aho_corasick::automaton::{Automaton as _, StateID};
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, MatchKind};

use super::openers::Openers;
use crate::error::{Error, ErrorKind};
use crate::text::fold::MARKER;

/// A set of folded names: start at a word, step a byte, which name ends here.
pub(super) trait Automaton {
    /// A place on the path of at least one name.
    type State: Copy;

    /// The state after the first byte of a word.
    fn start(&self, byte: u8) -> Option<Self::State>;

    /// The state after one more byte.
    fn step(&self, state: Self::State, byte: u8) -> Option<Self::State>;

    /// The number of the name that ends here.
    fn name(&self, state: Self::State) -> Option<u32>;

    /// Reports at least every byte that may come next.
    fn inputs(&self, state: Self::State, report: impl FnMut(u8)) {
        (0..=u8::MAX).filter(|&byte| self.step(state, byte).is_some()).for_each(report);
    }
}

/// Names that were given at run time.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    nfa: NFA,
    /// State after the marker byte; `None` when there are no names.
    start: Option<StateID>,
    /// What the automaton does not hold of each name, one after the other.
    rests: Vec<u8>,
    /// Where in `rests` that of each name ends.
    ends: Vec<u32>,
    /// What words that begin no name look like.
    openers: Option<Openers>,
}

/// A place on the path of a listed name.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// In the automaton, which other names may share.
    Node(StateID),
    /// In the rest of one name: its number, and the offset in `rests`.
    Rest(u32, u32),
}

impl Listed {
    /// Builds from names sorted by their bytes, each once; a name's number is its position.
    pub(super) fn new(names: &[&[u8]]) -> Result<Listed, Error> {
        let count = names.len();
        let failed = |message: String| ErrorKind::TooLarge { names: count, message };
        // The beginnings, a marker before each, and where they end.
        let mut heads = Vec::new();
        let mut head_ends = Vec::with_capacity(count);
        let mut rests = Vec::new();
        let mut ends = Vec::with_capacity(count);
        let mut shared = 0;
        for (at, name) in names.iter().enumerate() {
            let before = shared;
            shared = names.get(at + 1).map_or(0, |next| shared_bytes(name, next));
            let head = name.len().min(before.max(shared) + 1);
            let (head, rest) = name.split_at_checked(head).unwrap_or((name, &[]));
            heads.push(MARKER);
            heads.extend_from_slice(head);
            head_ends.push(heads.len());
            rests.extend_from_slice(rest);
            ends.push(u32::try_from(rests.len()).map_err(|e| failed(e.to_string()))?);
        }
        let mut start = 0;
        let patterns = head_ends.iter().map(|&end| {
            let pattern = heads.get(start..end).unwrap_or_default();
            start = end;
            pattern
        });
        let nfa = NFA::builder()
            .match_kind(MatchKind::Standard)
            .prefilter(false)
            .build(patterns)
            .map_err(|e| failed(e.to_string()))?;
        let root = nfa.start_state(Anchored::Yes);
        let start = root.ok().map(|root| nfa.next_state(Anchored::Yes, root, MARKER));
        let start = start.filter(|&state| count > 0 && !nfa.is_dead(state));
        Ok(Listed { nfa, start, rests, ends, openers: Openers::new(names) })
    }

    pub(super) fn memory(&self) -> usize {
        let openers = self.openers.as_ref().map_or(0, Openers::memory);
        self.nfa.memory_usage() + self.rests.len() + size_of_val(&*self.ends) + openers
    }

    pub(super) fn openers(&self) -> Option<&Openers> {
        self.openers.as_ref()
    }

    /// The name whose beginning ends at a state of the automaton, and its rest.
    #[inline]
    fn head(&self, state: StateID) -> Option<(u32, u32, u32)> {
        if !self.nfa.is_match(state) {
            return None;
        }
        let name = self.nfa.match_pattern(state, 0).as_u32();
        let end = *self.ends.get(name as usize)?;
        let start = name.checked_sub(1).and_then(|last| self.ends.get(last as usize));
        Some((name, start.copied().unwrap_or_default(), end))
    }
}

/// Length of the common beginning.
fn shared_bytes(a: &[u8], b: &[u8]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}

impl Automaton for Listed {
    type State = Place;

    #[inline]
    fn start(&self, byte: u8) -> Option<Place> {
        self.step(Place::Node(self.start?), byte)
    }

    #[inline]
    fn step(&self, place: Place, byte: u8) -> Option<Place> {
        match place {
            Place::Node(state) => {
                let next = self.nfa.next_state(Anchored::Yes, state, byte);
                if self.nfa.is_dead(next) {
                    return None;
                }
                // Where a name has a rest, no other name goes on.
                match self.head(next) {
                    Some((name, start, end)) if start < end => Some(Place::Rest(name, start)),
                    _ => Some(Place::Node(next)),
                }
            }
            Place::Rest(name, at) => {
                let end = *self.ends.get(name as usize)?;
                let same = at < end && self.rests.get(at as usize) == Some(&byte);
                same.then_some(Place::Rest(name, at + 1))
            }
        }
    }

    #[inline]
    fn name(&self, place: Place) -> Option<u32> {
        match place {
            Place::Node(state) => self.head(state).map(|(name, ..)| name),
            Place::Rest(name, at) => (self.ends.get(name as usize) == Some(&at)).then_some(name),
        }
    }
}
