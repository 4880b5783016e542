//! The same text has the same answers, whatever was read before or goes on beside.

use bangla_ner::{Entity, Scratch};
use proptest::prelude::*;

use crate::text::{any_string, text};
use crate::{modes, records};

proptest! {
    #[test]
    fn answers_depend_on_the_text_alone(before in any_string(), text in text(), other in text()) {
        for (ner, rival) in modes().iter().zip(modes().iter().rev()) {
            let expected = records(ner, &text);
            prop_assert_eq!(&records(ner, &text), &expected);
            // A scratch that has read other texts, for this extractor and for another one.
            let mut scratch = Scratch::new();
            let _ = ner.extract_with(&mut scratch, &before).count();
            let _ = rival.extract_with(&mut scratch, &text).count();
            let _ = ner.extract_with(&mut scratch, &other).count();
            for _ in 0..2 {
                let again: Vec<_> = ner.extract_with(&mut scratch, &text).map(|e| e.to_record()).collect();
                prop_assert_eq!(&again, &expected);
            }
        }
    }

    #[test]
    fn threads_do_not_matter(texts in prop::collection::vec(text(), 4)) {
        for ner in modes() {
            let alone: Vec<_> = texts.iter().map(|text| records(ner, text)).collect();
            let beside: Vec<_> = std::thread::scope(|scope| {
                let threads: Vec<_> =
                    texts.iter().map(|text| scope.spawn(|| records(&ner.clone(), text))).collect();
                threads.into_iter().map(|thread| thread.join().unwrap()).collect()
            });
            prop_assert_eq!(beside, alone);
        }
    }

    #[test]
    fn entities_are_among_the_candidates(text in text()) {
        // By rules alone; learned weights may label what no rule proposed.
        let [_, ner] = modes();
        let place = |e: &Entity<'_>| (e.span(), e.surface_span(), e.kind().clone());
        let candidates: Vec<_> = ner.candidates(&text).iter().map(place).collect();
        for entity in ner.extract(&text) {
            prop_assert!(candidates.contains(&place(&entity)), "{} in {text:?}", entity.name());
        }
    }
}
