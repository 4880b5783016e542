//! Any text, in both modes: spans, the same answers from used buffers, explanations,
//! links, and every form of output.

use std::io;

use bangla_ner::render::{self, Brat, Document, Marks, Redact, Scheme};
use bangla_ner::{Entity, Scratch};

use super::{modes, spans};

pub fn run(bytes: &[u8]) {
    let text = &*String::from_utf8_lossy(bytes);
    let middle = (text.len() / 2..).find(|&at| text.is_char_boundary(at)).unwrap_or_default();
    // Buffers that have read something else first: the text's end, then by the other mode.
    let [rules, learned] = modes();
    let mut scratch = Scratch::new();
    let _ = learned.extract_with(&mut scratch, &text[middle..]).count();
    for ner in [learned, rules] {
        let entities = spans::check(ner, text);
        let again: Vec<_> = ner.extract_with(&mut scratch, text).map(|e| e.to_record()).collect();
        let fresh: Vec<_> = entities.iter().map(Entity::to_record).collect();
        assert_eq!(again, fresh, "used buffers answer otherwise");
        let _ = ner.explain(text, middle / 2..middle).to_string();
        written(text, &entities);
    }
}

/// Writes every format; to memory, which never fails.
fn written(text: &str, entities: &[Entity<'_>]) {
    let document = Document::new(text, entities);
    let grouped: usize = document.groups().iter().map(|group| group.count()).sum();
    assert_eq!(grouped, entities.len(), "every mention is in one group");
    let written: io::Result<()> = (|| {
        render::text(io::sink(), &document, Marks::Brackets)?;
        render::jsonl(io::sink(), &document)?;
        render::conll(io::sink(), &document, Scheme::default())?;
        render::html(io::sink(), "", &document)?;
        Brat::new(io::sink()).document(&document)?;
        render::redact(io::sink(), &document, &Redact::new())
    })();
    written.unwrap();
}
