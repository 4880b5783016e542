//! What is written can be read back by others.

#[path = "../read_back/mod.rs"]
mod read_back;

use std::sync::LazyLock;

use bangla_ner::render::{self, Marks};
use bangla_ner::{Entry, Extractor, Gazetteer, Kind, eval};
use proptest::prelude::*;

use crate::builders;
use crate::text::{any_string, text};

/// The bundled names, and kinds that would do harm if a format took them at their word.
fn with_hostile_kinds() -> &'static [Extractor; 2] {
    static HOSTILE: LazyLock<[Extractor; 2]> = LazyLock::new(|| {
        builders().map(|builder| {
            let mut names = Gazetteer::builder();
            names.entry(Entry::new("ঢাকা", Kind::from("</mark><script>alert('1')</script>&\""))).unwrap();
            names.entry(Entry::new("করে", Kind::from("my kind\tof\nthing")).id("\"\u{0}<b>")).unwrap();
            builder.gazetteer(names.build().unwrap()).build().unwrap()
        })
    });
    &HOSTILE
}

fn check(text: &str) {
    for ner in with_hostile_kinds() {
        read_back::all(text, &ner.extract(text));
        let candidates = ner.candidates(text);
        read_back::html(text, &candidates);
        read_back::json(text, &candidates);
        read_back::colours(text, &candidates);
    }
}

proptest! {
    #[test]
    fn every_format_can_be_read_back(text in text()) {
        check(&text);
    }

    #[test]
    fn every_format_can_be_read_back_from_any_string_at_all(text in any_string()) {
        check(&text);
    }

    #[test]
    fn marked_text_is_what_the_evaluation_reads(text in text()) {
        // The form has no way to write a bracket of the text itself, nor two kinds of line end.
        let text = text.replace(['[', ']', '\r'], "");
        for ner in crate::modes() {
            let entities = ner.extract(&text);
            let marked = read_back::written(&text, &entities, |out, d| render::text(out, d, Marks::Brackets));
            let read = eval::read_marked("marked", &marked).unwrap();
            prop_assert_eq!(&read.text, &text);
            let read: Vec<_> = read.mentions.iter().map(|m| (m.span.clone(), m.kind.clone())).collect();
            let found: Vec<_> = entities.iter().map(|e| (e.span(), e.kind().clone())).collect();
            prop_assert_eq!(read, found);
        }
    }
}
