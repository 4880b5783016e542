//! The two back ends that walk names from word starts, behind one interface.
//!
//! [`Listed`] is built at run time: `aho-corasick` over folded bytes, anchored at a word
//! start and stepped byte by byte through the crate's public `Automaton` trait. A marker
//! byte before each pattern keeps matches that begin inside another pattern out of the
//! automaton, so a match state has exactly one pattern: the path.
//!
//! [`Compiled`](super::compiled::Compiled) walks the bytes of a compiled file in place.

use aho_corasick::automaton::{Automaton as _, StateID};
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, MatchKind};

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
}

/// Names that were given at run time.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    nfa: NFA,
    /// State after the marker byte; `None` when there are no names.
    start: Option<StateID>,
}

impl Listed {
    /// Builds from names sorted by their bytes; a name's number is its position.
    pub(super) fn new<'n>(names: impl ExactSizeIterator<Item = &'n [u8]>) -> Result<Listed, Error> {
        let count = names.len();
        let mut bytes = Vec::new();
        let mut ends = Vec::with_capacity(count);
        for name in names {
            bytes.push(MARKER);
            bytes.extend_from_slice(name);
            ends.push(bytes.len());
        }
        let mut start = 0;
        let patterns = ends.iter().map(|&end| {
            let pattern = bytes.get(start..end).unwrap_or_default();
            start = end;
            pattern
        });
        let failed =
            |e: aho_corasick::BuildError| ErrorKind::TooLarge { names: count, message: e.to_string() };
        let nfa = NFA::builder()
            .match_kind(MatchKind::Standard)
            .prefilter(false)
            .build(patterns)
            .map_err(failed)?;
        let root = nfa.start_state(Anchored::Yes);
        let start = root.ok().map(|root| nfa.next_state(Anchored::Yes, root, MARKER));
        let start = start.filter(|&state| count > 0 && !nfa.is_dead(state));
        Ok(Listed { nfa, start })
    }

    pub(super) fn memory(&self) -> usize {
        self.nfa.memory_usage()
    }
}

impl Automaton for Listed {
    type State = StateID;

    #[inline]
    fn start(&self, byte: u8) -> Option<StateID> {
        self.step(self.start?, byte)
    }

    #[inline]
    fn step(&self, state: StateID, byte: u8) -> Option<StateID> {
        let next = self.nfa.next_state(Anchored::Yes, state, byte);
        (!self.nfa.is_dead(next)).then_some(next)
    }

    #[inline]
    fn name(&self, state: StateID) -> Option<u32> {
        self.nfa.is_match(state).then(|| self.nfa.match_pattern(state, 0).as_u32())
    }
}
