//! Features one by one, as the trainer reads them.

use std::ops::Range;

use super::features::{self, BESIDE, Family, Seen, Sink, Template};
use super::view::RuleView;
use crate::rules::Context;

/// The features of a token.
#[derive(Clone, Debug, Default)]
pub(crate) struct Listing {
    pub(crate) keys: Vec<u32>,
    /// What each of them is about, see [`topic`].
    pub(crate) topics: Vec<u8>,
    /// The first so many are of its word and of its neighbours, each by itself.
    pub(crate) of_words: usize,
}

impl Sink for Listing {
    fn put(&mut self, _: Family, key: u32) {
        self.keys.push(key);
        self.topics.push(u8::MAX);
    }

    fn named(&mut self, template: Template, fact: u8, key: u32) {
        self.keys.push(key);
        self.topics.push(code(template, fact));
    }
}

/// From this number on come the facts of neighbours, sixteen numbers for each place.
const FACTS: u8 = 64;

fn code(template: Template, fact: u8) -> u8 {
    if fact == 0 {
        return template as u8;
    }
    FACTS + (template as u8 - Template::Left as u8) * 16 + fact
}

/// The template of a topic, and which fact of a neighbour it is (0: none).
pub(crate) fn topic(code: u8) -> Option<(Template, u8)> {
    let (number, fact) = match code.checked_sub(FACTS) {
        None => (code, 0),
        Some(rest) => (Template::Left as u8 + rest / 16, rest % 16),
    };
    Some((*Template::ALL.get(usize::from(number))?, fact))
}

/// All features of token `at`.
pub(crate) fn of_token(cx: &Context<'_>, view: &RuleView, sentence: &Range<usize>, at: usize) -> Listing {
    let mut out = Listing::default();
    features::own(&Seen::new(cx, at), &mut out);
    for offset in BESIDE {
        match at.checked_add_signed(isize::from(offset)).filter(|i| sentence.contains(i)) {
            Some(i) => features::beside(&Seen::new(cx, i), offset, &mut out),
            None => features::position(features::edge(offset), &mut out),
        }
    }
    out.of_words = out.keys.len();
    let combined = features::combinations(cx, sentence, at, |i| Seen::new(cx, i).signature());
    let templates = [Template::PairLeft, Template::PairRight, Template::Triple, Template::TripleEnding];
    for (key, template) in combined.into_iter().zip(templates) {
        out.named(template, 0, key);
    }
    features::in_sentence(cx, view, sentence, at, &mut out);
    out
}
