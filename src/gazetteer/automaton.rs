//! The run-time back end: `aho-corasick` over folded bytes, walked from word starts.
//!
//! Anchored at a word start, stepped byte by byte through the crate's public `Automaton`
//! trait. A marker byte before each pattern keeps matches that begin inside another
//! pattern out of the automaton, so a match state has exactly one pattern: the path.

use aho_corasick::automaton::{Automaton as _, StateID};
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, MatchKind};

use crate::error::{Error, ErrorKind};
use crate::text::fold::MARKER;

/// A set of folded names, walked from word starts.
#[derive(Debug)]
pub(super) struct Automaton {
    nfa: NFA,
    /// State after the marker byte; `None` when there are no names.
    start: Option<StateID>,
}

/// A place in the automaton on the path of at least one name.
#[derive(Clone, Copy)]
pub(super) struct State(StateID);

impl Automaton {
    /// Builds from names sorted by their bytes; a name's number is its position.
    pub(super) fn new<'n>(names: impl ExactSizeIterator<Item = &'n [u8]>) -> Result<Automaton, Error> {
        let count = names.len();
        let patterns = names.map(|name| {
            let mut pattern = Vec::with_capacity(name.len() + 1);
            pattern.push(MARKER);
            pattern.extend_from_slice(name);
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
        Ok(Automaton { nfa, start })
    }

    pub(super) fn start(&self) -> Option<State> {
        self.start.map(State)
    }

    pub(super) fn step(&self, state: State, byte: u8) -> Option<State> {
        let next = self.nfa.next_state(Anchored::Yes, state.0, byte);
        (!self.nfa.is_dead(next)).then_some(State(next))
    }

    /// The number of the name that ends here.
    pub(super) fn name(&self, state: State) -> Option<u32> {
        self.nfa.is_match(state.0).then(|| self.nfa.match_pattern(state.0, 0).as_u32())
    }

    pub(super) fn memory(&self) -> usize {
        self.nfa.memory_usage()
    }
}
