//! What holds for the entities of any extractor in any text.

use std::cmp::Reverse;

use bangla_ner::text::endings;
use bangla_ner::{Entity, Extractor};

/// Extracts and checks every entity and candidate; the entities.
pub fn check<'a>(ner: &'a Extractor, text: &'a str) -> Vec<Entity<'a>> {
    let mut last = 0;
    let entities = ner.extract(text);
    for entity in &entities {
        check_entity(text, entity);
        let surface = entity.surface_span();
        assert!(last <= surface.start, "an entity begins at {}, one before ends at {last}", surface.start);
        last = surface.end;
    }
    let candidates = ner.candidates(text);
    candidates.iter().for_each(|entity| check_entity(text, entity));
    assert!(candidates.is_sorted_by_key(|e| (e.span().start, Reverse(e.span().end))));
    entities
}

fn check_entity(text: &str, entity: &Entity<'_>) {
    let (span, surface) = (entity.span(), entity.surface_span());
    assert!(span.start < span.end && span.start == surface.start && span.end <= surface.end);
    assert_eq!(text.get(span.clone()), Some(entity.name()));
    assert_eq!(text.get(span.end..surface.end), Some(entity.ending()));
    assert_eq!(text.get(surface), Some(entity.surface()));
    assert!(!entity.name().is_empty() && entity.name().trim() == entity.name());
    assert!((0.0..=1.0).contains(&entity.confidence()), "a confidence of {}", entity.confidence());
    assert_eq!(entity.ending_parts().is_bare(), entity.ending().is_empty(), "{:?}", entity.surface());
    if !entity.ending().is_empty() {
        let _ = endings::split(entity.name(), entity.surface());
    }
    assert!(entity.evidence().len() > 0);
    for evidence in entity.evidence() {
        assert!(evidence.weight().is_finite() && !evidence.rule().is_empty(), "{evidence}");
        assert_eq!(evidence.cue(), evidence.cue_span().and_then(|span| text.get(span)));
        assert_eq!(evidence.cue().is_some(), evidence.cue_span().is_some());
    }
}
