//! R: what a plain automaton costs, the contiguous NFA of `aho-corasick` over the raw UTF-8 of
//! the text with the names as listed: transitions only, no match is looked at.

use std::hint::black_box;

use aho_corasick::Anchored;
use aho_corasick::automaton::Automaton;
use aho_corasick::nfa::contiguous::NFA;

use crate::corpus::{Document, Name};

pub fn build(names: &[Name]) -> NFA {
    NFA::new(names.iter().map(|name| &name.text)).expect("the names fit one automaton")
}

/// Number of transitions.
pub fn run(nfa: &NFA, documents: &[Document]) -> usize {
    let start = nfa.start_state(Anchored::No).expect("unanchored searches are always there");
    let mut steps = 0;
    for document in documents {
        let mut state = start;
        for &byte in document.text.as_bytes() {
            state = nfa.next_state(Anchored::No, state, byte);
        }
        black_box(state);
        steps += document.text.len();
    }
    steps
}
