//! Every rule's example and counter-example.

use bangla_ner::eval::{Document, Mention, read_marked};
use bangla_ner::{Ambiguity, Entity, Entry, Extractor, ExtractorBuilder, Gazetteer, Kind, Mode, Rule};

fn mentions(found: &[Entity<'_>]) -> Vec<Mention> {
    found.iter().map(|e| Mention { span: e.span(), kind: e.kind().clone() }).collect()
}

fn shown(document: &Document, mentions: &[Mention]) -> Vec<String> {
    mentions.iter().map(|m| format!("[{}:{}]", m.kind.label(), document.surface(m))).collect()
}

/// The examples are about what the rules do by themselves.
fn rules_alone() -> ExtractorBuilder {
    Extractor::builder().mode(Mode::Rules)
}

/// The extractor that an example is for: rules about a user's entries need some.
fn extractor_for(rule: &Rule) -> Extractor {
    if !["entry.user", "entry.other"].contains(&rule.id()) {
        return rules_alone().build().unwrap();
    }
    let mut mine = Gazetteer::builder();
    mine.names(Kind::Organization, ["সাঁঝবাতি"]).unwrap();
    mine.entry(Entry::new("ঝিলমিল", Kind::from("song")).ambiguity(Ambiguity::Context)).unwrap();
    rules_alone().gazetteer(mine.build().unwrap()).build().unwrap()
}

fn used(ner: &Extractor, text: &str, rule: &str) -> bool {
    let all = ner.explain(text, 0..text.len());
    all.candidates().any(|(entity, _)| entity.evidence().any(|v| v.rule() == rule))
}

#[test]
fn examples_are_found_as_marked_and_by_the_rule() {
    let mut wrong = Vec::new();
    for rule in Extractor::rules() {
        let document = read_marked(rule.id(), rule.example()).unwrap();
        let ner = extractor_for(rule);
        let found = ner.extract(&document.text);
        if mentions(&found) != document.mentions {
            wrong.push(format!(
                "{}: {} found {:?}",
                rule.id(),
                rule.example(),
                shown(&document, &mentions(&found))
            ));
        }
        if !used(&ner, &document.text, rule.id()) {
            wrong.push(format!("{}: {} does not use the rule", rule.id(), rule.example()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn counter_examples_are_found_as_marked_without_the_rule() {
    let mut wrong = Vec::new();
    for rule in Extractor::rules() {
        let document = read_marked(rule.id(), rule.counter_example()).unwrap();
        let ner = extractor_for(rule);
        let found = ner.extract(&document.text);
        if mentions(&found) != document.mentions {
            wrong.push(format!(
                "{}: {} found {:?}",
                rule.id(),
                rule.counter_example(),
                shown(&document, &mentions(&found))
            ));
        }
        if found.iter().any(|e| e.evidence().any(|v| v.rule() == rule.id())) {
            wrong.push(format!("{}: {} uses the rule", rule.id(), rule.counter_example()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_rule_that_is_off_gives_no_evidence() {
    for rule in Extractor::rules().filter(|r| !["entry.user", "entry.other"].contains(&r.id())) {
        let ner = rules_alone().without_rule(rule.id()).build().unwrap();
        let document = read_marked(rule.id(), rule.example()).unwrap();
        assert!(!used(&ner, &document.text, rule.id()), "{} is off", rule.id());
    }
    let error = rules_alone().without_rule("no.such").build().unwrap_err();
    assert_eq!(error.to_string(), "there is no rule `no.such`; Extractor::rules() lists them");
}
