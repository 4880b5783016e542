//! Reading back what the formats write. Each function checks the form by a parser and holds
//! what it reads to the text and the entities.

use bangla_ner::render::{self, Document, Scheme};
use bangla_ner::{Entity, EntityRecord};
use html5gum::{Token, Tokenizer};

/// Runs `write` for a text's entities and returns what was written.
pub fn written(
    text: &str,
    entities: &[Entity<'_>],
    write: impl Fn(&mut Vec<u8>, &Document<'_>) -> std::io::Result<()>,
) -> String {
    let mut out = Vec::new();
    write(&mut out, &Document::new(text, entities)).unwrap();
    String::from_utf8(out).unwrap()
}

/// All formats, of entities that do not overlap.
pub fn all(text: &str, entities: &[Entity<'_>]) {
    html(text, entities);
    conll(text, entities);
    brat(text, &written(text, entities, |out, document| render::brat(out, document)), entities);
    json(text, entities);
    colours(text, entities);
}

/// Those entities that formats that mark the text itself can show: the first of each place.
fn shown<'e, 't>(entities: &'e [Entity<'t>]) -> Vec<&'e Entity<'t>> {
    let mut end = 0;
    let fits = |entity: &&Entity<'_>| {
        let surface = entity.surface_span();
        let fits = end <= surface.start;
        if fits {
            end = surface.end;
        }
        fits
    };
    entities.iter().filter(fits).collect()
}

/// What a browser reads: `<mark>` and in it at most one `<span>`, nothing else.
pub fn html(text: &str, entities: &[Entity<'_>]) {
    let html = written(text, entities, |out, document| render::html_fragment(out, document));
    let mut open: Vec<Vec<u8>> = Vec::new();
    let (mut content, mut names, mut endings) = (String::new(), Vec::new(), Vec::new());
    for token in Tokenizer::new(&html) {
        match token.unwrap() {
            Token::StartTag(tag) => {
                let attribute = |name: &str| {
                    let value =
                        tag.attributes.get(name.as_bytes()).unwrap_or_else(|| panic!("{name}: {html}"));
                    String::from_utf8(value.to_vec()).unwrap()
                };
                match &**tag.name {
                    b"mark" => {
                        assert!(open.is_empty() && tag.attributes.len() == 5, "{html}");
                        assert!(attribute("class").starts_with("bn-name "));
                        assert!(attribute("data-why").lines().count() > 1);
                        names.push((content.len(), attribute("data-kind"), attribute("data-label")));
                    }
                    b"span" => {
                        assert!(open.len() == 1 && tag.attributes.len() == 1, "{html}");
                        assert_eq!(attribute("class"), "bn-ending");
                        endings.push(content.len());
                    }
                    other => panic!("<{}> in {html}", String::from_utf8_lossy(other)),
                }
                open.push(tag.name.to_vec());
            }
            Token::EndTag(tag) => assert_eq!(open.pop().unwrap(), **tag.name),
            Token::String(string) => content += std::str::from_utf8(&string).unwrap(),
            // Of the characters of the text itself, not of markup.
            Token::Error(error) => {
                let error = error.value.to_string();
                // A return of the text's own can only be written by its number.
                let of_text = error.ends_with("-in-input-stream") || error == "control-character-reference";
                assert!(of_text, "{error}: {html}");
            }
            Token::Comment(_) | Token::Doctype(_) => panic!("{html}"),
        }
    }
    assert!(open.is_empty());
    assert_eq!(content, text.replace('\0', "\u{FFFD}"));
    if !text.contains('\0') {
        let shown = shown(entities);
        let starts = shown.iter().map(|e| (e.span().start, e.kind().to_string(), e.kind().label()));
        assert_eq!(names, starts.collect::<Vec<_>>());
        let with_ending = shown.iter().filter(|e| !e.ending().is_empty());
        assert_eq!(endings, with_ending.map(|e| e.span().end).collect::<Vec<_>>());
    }
}

/// Checks the form, that the names are the entities, and returns the tokens with their
/// tags, sentence by sentence.
pub fn conll(text: &str, entities: &[Entity<'_>]) -> Vec<Vec<(String, String)>> {
    let conll = written(text, entities, |out, document| render::conll(out, document, Scheme::Bio));
    bilou(&conll, &written(text, entities, |out, document| render::conll(out, document, Scheme::Bilou)));
    let mut sentences = Vec::new();
    // Byte range and tag of each name, from B- to the last I-.
    let mut names: Vec<(usize, usize, String)> = Vec::new();
    let mut at = 0;
    for block in conll.split_terminator("\n\n") {
        let mut before = "O".to_owned();
        let mut sentence = Vec::new();
        for line in block.split_terminator('\n') {
            let (token, tag) = line.split_once('\t').expect("token and tag");
            assert!(!token.is_empty() && !token.contains(['\t', '\r', ' ']), "{line:?}");
            assert!(!tag.contains(char::is_whitespace), "{line:?}");
            let start = at + text[at..].find(token).expect("tokens are parts of the text");
            let skipped = &text[at..start];
            assert!(!skipped.contains(|c: char| c.is_ascii_graphic()), "{skipped:?} is in no token");
            at = start + token.len();
            if let Some(kind) = tag.strip_prefix("I-") {
                assert_eq!(before.get(2..), Some(kind), "I- continues a name of its kind in {conll}");
                names.last_mut().unwrap().1 = at;
            } else if let Some(kind) = tag.strip_prefix("B-") {
                names.push((start, at, kind.to_owned()));
            } else {
                assert_eq!(tag, "O", "{line:?}");
            }
            before = tag.to_owned();
            sentence.push((token.to_owned(), before.clone()));
        }
        assert!(!sentence.is_empty());
        sentences.push(sentence);
    }
    assert_eq!(names.len(), entities.len(), "{conll}");
    for ((start, end, tag), entity) in names.iter().zip(entities) {
        let span = entity.span();
        // A glued ending stands in the name's last token.
        assert!(*start == span.start && span.end <= *end && *end <= entity.surface_span().end, "{conll}");
        assert_eq!(*tag, entity.kind().label().replace(|c: char| c.is_whitespace() || c.is_control(), "_"));
    }
    sentences
}

/// BILOU says nothing else than BIO does, and where a name ends.
fn bilou(bio: &str, bilou: &str) {
    assert_eq!(bilou.replace("\tL-", "\tI-").replace("\tU-", "\tB-"), bio);
    let tags: Vec<_> =
        bilou.split('\n').map(|line| line.split_once('\t').map_or("O", |(_, tag)| tag)).collect();
    for (at, tag) in tags.iter().enumerate() {
        let next = tags.get(at + 1).copied().unwrap_or("O");
        let goes_on = next.starts_with("I-") || next.starts_with("L-");
        assert_eq!(tag.starts_with("B-") || tag.starts_with("I-"), goes_on, "{bilou}");
    }
}

/// Offsets in characters, a fragment for each line.
pub fn brat(text: &str, annotations: &str, entities: &[Entity<'_>]) {
    let characters: Vec<char> = text.chars().collect();
    assert_eq!(annotations.split_terminator('\n').count(), entities.len());
    for (number, (line, entity)) in annotations.split_terminator('\n').zip(entities).enumerate() {
        let [id, place, name] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        assert_eq!(id, format!("T{}", number + 1));
        let (kind, offsets) = place.split_once(' ').unwrap();
        assert!(!kind.contains(char::is_whitespace));
        let fragments = offsets.split(';').map(|fragment| {
            let (start, end) = fragment.split_once(' ').unwrap();
            characters[start.parse().unwrap()..end.parse().unwrap()].iter().collect::<String>()
        });
        assert_eq!(fragments.collect::<Vec<_>>().join(" "), name);
        assert!(!name.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')));
        let lines = entity.name().split(|c: char| c.is_control()).filter(|line| !line.is_empty());
        assert_eq!(name, lines.collect::<Vec<_>>().join(" "));
    }
}

/// One line of JSON Lines, by serde and by hand.
pub fn json(text: &str, entities: &[Entity<'_>]) {
    let json = serde_json::to_string(&Document::new(text, entities)).unwrap();
    let line = written(text, entities, |out, document| render::jsonl(out, document));
    // They may differ in how a number is written, not in what is read.
    for json in [&*json, line.strip_suffix('\n').unwrap()] {
        assert!(json.starts_with("{\"text\":") && !json.contains('\n'));
        json_line(json, text, entities);
    }
}

fn json_line(json: &str, text: &str, entities: &[Entity<'_>]) {
    let document: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(document.as_object().unwrap().len(), 2);
    assert_eq!(document["text"], text);
    assert_eq!(document["entities"].as_array().unwrap().len(), entities.len());
    for (json, entity) in document["entities"].as_array().unwrap().iter().zip(entities) {
        let mut keys: Vec<_> = json.as_object().unwrap().keys().map(String::as_str).collect();
        keys.sort_unstable();
        let expected =
            ["confidence", "end", "ending", "evidence", "id", "kind", "name", "start", "surface_end"];
        assert_eq!(keys, expected);
        let record: EntityRecord = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(record, entity.to_record());
        assert_eq!(&text[record.start..record.end], record.name);
        assert_eq!(&text[record.end..record.surface_end], record.ending);
        assert!(record.evidence.iter().all(|evidence| !evidence.rule.is_empty()));
    }
}

/// Without the control sequences that were added, the text.
pub fn colours(text: &str, entities: &[Entity<'_>]) {
    let coloured =
        written(text, entities, |out, document| render::text(out, document, render::Marks::Colours));
    let mut plain = String::new();
    let mut rest = coloured.as_str();
    for entity in shown(entities) {
        let (before, marked) = rest.split_at(entity.span().start - plain.len());
        plain += before;
        rest = marked;
        for part in [entity.name(), entity.ending()].into_iter().filter(|part| !part.is_empty()) {
            let (_, after) = rest.strip_prefix("\x1b[").unwrap().split_once('m').unwrap();
            rest = after.strip_prefix(part).unwrap().strip_prefix("\x1b[0m").unwrap();
            plain += part;
        }
    }
    assert_eq!(plain + rest, text);
}
