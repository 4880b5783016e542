//! Where entities lie: inside the text, between characters, in order.

use std::ops::Range;

use bangla_ner::{Entity, Extractor};
use proptest::prelude::*;

use crate::modes;
use crate::text::{any_string, text};

/// What holds for each entity by itself.
fn check(text: &str, entity: &Entity<'_>) {
    let (span, surface) = (entity.span(), entity.surface_span());
    assert!(span.start < span.end && span.start == surface.start && span.end <= surface.end);
    assert_eq!(text.get(span.clone()), Some(entity.name()));
    assert_eq!(text.get(span.end..surface.end), Some(entity.ending()));
    assert_eq!(text.get(surface), Some(entity.surface()));
    assert_eq!(format!("{}{}", entity.name(), entity.ending()), entity.surface());
    assert!(entity.name().trim() == entity.name() && !entity.name().is_empty());
    assert!((0.0..=1.0).contains(&entity.confidence()));
    assert_eq!(entity.ending_parts().is_bare(), entity.ending().is_empty(), "{:?}", entity.surface());
    assert!(entity.evidence().len() > 0);
    for evidence in entity.evidence() {
        assert!(evidence.weight().is_finite() && !evidence.rule().is_empty());
        assert_eq!(evidence.cue(), evidence.cue_span().and_then(|span| text.get(span)));
        assert_eq!(evidence.cue().is_some(), evidence.cue_span().is_some());
    }
}

fn check_text(ner: &Extractor, text: &str) {
    let mut before: Range<usize> = 0..0;
    for entity in ner.extract(text) {
        check(text, &entity);
        let surface = entity.surface_span();
        assert!(before.end <= surface.start, "{before:?} and {surface:?} in {text:?}");
        before = surface;
    }
    let candidates = ner.candidates(text);
    candidates.iter().for_each(|entity| check(text, entity));
    let starts: Vec<_> =
        candidates.iter().map(|e| (e.span().start, std::cmp::Reverse(e.span().end))).collect();
    assert!(starts.is_sorted());
}

proptest! {
    #[test]
    fn spans_lie_in_the_text_in_order(text in text()) {
        modes().iter().for_each(|ner| check_text(ner, &text));
    }

    #[test]
    fn spans_lie_in_any_string_at_all(text in any_string()) {
        modes().iter().for_each(|ner| check_text(ner, &text));
    }
}
