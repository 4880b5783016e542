//! An encoding is no difference: the same entities at the corresponding places.

use bangla_ner::{Extractor, Kind};
use proptest::prelude::*;

use crate::modes;
use crate::text::{Encoding, Spelled, text};

/// An entity by the letters of its text: start, end, end of the surface; kind, identifier,
/// confidence; reasons with their weight and the letters of their cue.
type Found = (Vec<usize>, Kind, Option<String>, f32, Vec<(&'static str, f32, Vec<usize>)>);

fn found(ner: &Extractor, text: &str, letter: impl Fn(usize) -> usize) -> Vec<Found> {
    let letters = |edges: &[usize]| edges.iter().map(|&edge| letter(edge)).collect::<Vec<_>>();
    let one = |e: &bangla_ner::Entity<'_>| {
        let edges = letters(&[e.span().start, e.span().end, e.surface_span().end]);
        let reasons = e.evidence().map(|reason| {
            let cue = reason.cue_span().map_or(Vec::new(), |cue| letters(&[cue.start, cue.end]));
            (reason.rule(), reason.weight(), cue)
        });
        (edges, e.kind().clone(), e.id().map(Into::into), e.confidence(), reasons.collect())
    };
    ner.extract(text).iter().map(one).collect()
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

/// The text with joiners after some of its Bengali letters.
fn with_joiners(text: &str, after: &[u8]) -> String {
    let mut after = after.iter().cycle();
    let mut out = String::new();
    for c in text.chars() {
        out.push(c);
        if ('\u{985}'..='\u{9DF}').contains(&c) {
            match after.next() {
                Some(0) => out.push('\u{200C}'),
                Some(1) => out.push('\u{200D}'),
                _ => {}
            }
        }
    }
    out
}

proptest! {
    #[test]
    fn every_encoding_has_the_same_entities(text in text()) {
        for ner in modes() {
            let mut expected = None;
            for &encoding in Encoding::ALL {
                let spelled = Spelled::new(&text, encoding);
                let found = found(ner, &spelled.text, |byte| spelled.letter(byte));
                prop_assert_eq!(&found, expected.get_or_insert_with(|| found.clone()), "{:?}", encoding);
            }
        }
    }

    #[test]
    fn joiners_between_letters_change_no_entity(text in text(), after in prop::collection::vec(0u8..8, 1..20)) {
        let joined = with_joiners(&text, &after);
        let letter = |text: &str, byte: usize| text[..byte].chars().filter(|&c| !is_joiner(c)).count();
        for ner in modes() {
            let plain = found(ner, &text, |byte| letter(&text, byte));
            prop_assert_eq!(found(ner, &joined, |byte| letter(&joined, byte)), plain, "{:?}", joined);
        }
    }
}
