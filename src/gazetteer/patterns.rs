//! Patterns as spaCy's EntityRuler reads them: a label, and a name or its tokens.

use super::columns::{self, Row};
use super::json::{Object, Objects, Piece, Source, type_of};
use crate::error::{Error, shown};
use crate::text::words;

/// The row of a pattern.
pub(super) fn row<'a>(source: &mut Source<'a>, object: &Object<'a>) -> Result<Row, Error> {
    let mut values = [None; 3];
    const KEYS: [&str; 3] = ["label", "pattern", "id"];
    for (key, value) in &object.values {
        let slot = KEYS.iter().zip(&mut values).find(|(known, _)| *known == key);
        let Some((_, slot)) = slot else {
            let message = "unknown key; the keys of a pattern are label, pattern, id";
            return Err(source.wrong_value((key, value.start), message));
        };
        *slot = Some(*value);
    }
    let [label, pattern, id] = values;
    let (Some(label), Some(pattern)) = (label, pattern) else {
        let key = if label.is_none() { "label" } else { "pattern" };
        return Err(
            source.wrong_value((key, object.start), "missing; every pattern needs a label and a pattern")
        );
    };
    let class = class(&source.string("label", label)?);
    let id = id.map_or(Ok(String::new()), |id| source.string("id", id))?;
    let name = match pattern.text.as_bytes().first() {
        Some(b'[') => tokens(source, pattern)?,
        _ => source.string("pattern", pattern)?,
    };
    match columns::entry(&[&name, &class, "", &id, "", "", "", ""], false) {
        Ok(entry) => {
            let (line, column) = source.place(pattern.start);
            Ok(Row { entry, line, column })
        }
        Err((columns::NAME, _)) => {
            Err(source.wrong_value(("pattern", pattern.start), "empty; write the name"))
        }
        Err((_, _)) if class.is_empty() => Err(source.wrong_value(
            ("label", label.start),
            "empty; write a label such as PERSON, GPE, ORG or your own",
        )),
        Err((_, message)) => Err(source.wrong_value(("label", label.start), message)),
    }
}

/// The class that a label stands for: one of our kinds, or its own word in small letters.
fn class(label: &str) -> String {
    match label {
        "PERSON" | "PER" => "person".into(),
        "GPE" | "LOC" | "FAC" => "place".into(),
        "ORG" => "organization".into(),
        own => own.to_lowercase(),
    }
}

/// The name that a list of tokens spells, if each is plainly a word.
fn tokens<'a>(source: &mut Source<'a>, pattern: Piece<'a>) -> Result<String, Error> {
    let mut name = String::new();
    for (number, token) in (1..).zip(source.elements(pattern)?) {
        if !token.text.starts_with('{') {
            let message = format!(
                r#"token {number} is {}; write {{"TEXT": "…"}}, or the whole name as one string"#,
                type_of(token.text)
            );
            return Err(source.wrong_value(("pattern", token.start), message));
        }
        let object = source.object(token, Objects::Patterns)?;
        let word = word(source, number, &object)?;
        if !name.is_empty() {
            name.push(' ');
        }
        name.push_str(&word);
    }
    Ok(name)
}

/// The word that one token spells.
fn word<'a>(source: &mut Source<'a>, number: usize, token: &Object<'a>) -> Result<String, Error> {
    let is_text = |key: &str| ["TEXT", "ORTH", "LOWER"].iter().any(|known| key.eq_ignore_ascii_case(known));
    let other = token.values.iter().find(|(key, value)| !is_text(key) || !value.text.starts_with('"'));
    if let Some((key, value)) = other {
        let key = shown(key);
        let message = if is_text(&key) {
            format!(
                "`{key}` of token {number} is {}, which a list of names cannot express; write one pattern for each name it stands for",
                type_of(value.text)
            )
        } else {
            format!(
                "the attribute `{key}` of token {number} cannot be expressed in a list of names; write the names that the pattern stands for, each as a string"
            )
        };
        return Err(source.wrong_value(("pattern", value.start), message));
    }
    let [(key, value)] = &*token.values else {
        let message = match token.values.len() {
            0 => format!(
                "token {number} stands for any word, which a list of names cannot express; write the names as strings"
            ),
            _ => format!("token {number} names its text twice; leave TEXT, ORTH or LOWER"),
        };
        return Err(source.wrong_value(("pattern", token.start), message));
    };
    let word = source.string(key, *value)?;
    if words(&word).next().is_none() {
        let message = format!(
            "token {number} is `{}`, and a pattern does not say whether white space stands around it; write the whole name as one string",
            shown(&word)
        );
        return Err(source.wrong_value(("pattern", value.start), message));
    }
    Ok(word)
}
