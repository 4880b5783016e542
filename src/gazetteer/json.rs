//! Reading lists in JSON: a list's columns as keys, and the patterns of spaCy's
//! EntityRuler. Either is one object on each line, or one array of objects.

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::columns::{self, COLUMNS, Push, Row};
use super::patterns;
use crate::error::{Error, shown};

/// What the objects of a file are.
#[derive(Clone, Copy, Debug)]
pub(super) enum Objects {
    /// Keys are those of [`COLUMNS`], `kind` stands for `class`.
    Entries,
    /// Keys are `label`, `pattern`, `id`.
    Patterns,
}

/// Reads the objects of `text` and hands their rows to `push`.
pub(super) fn read(file: &str, text: &str, objects: Objects, push: &mut Push<'_>) -> Result<(), Error> {
    let mut source = Source { file, text, places: Places::default() };
    let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let body = text.get(start..).unwrap_or_default();
    if body.trim_start().starts_with('[') {
        let items: Vec<&RawValue> = source.parse(Piece { text: body, start }, "array")?;
        for item in items {
            let item = Piece { text: item.get(), start: source.offset(item) };
            push(source.row(item, objects))?;
        }
        return Ok(());
    }
    let mut at = start;
    for line in body.split_inclusive('\n') {
        if !line.trim().is_empty() {
            push(source.row(Piece { text: line.trim_end(), start: at }, objects))?;
        }
        at += line.len();
    }
    Ok(())
}

/// A part of the file that is one JSON value, and the byte at which it begins.
#[derive(Clone, Copy)]
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    pub(super) start: usize,
}

/// A list in JSON, which knows where its parts stand.
pub(super) struct Source<'a> {
    file: &'a str,
    text: &'a str,
    places: Places,
}

/// Line and column of the byte asked for last: rows follow one another, so that the text is
/// gone through once.
#[derive(Clone, Copy)]
struct Places {
    byte: usize,
    line: usize,
    column: usize,
}

impl Default for Places {
    fn default() -> Places {
        Places { byte: 0, line: 1, column: 1 }
    }
}

impl<'a> Source<'a> {
    /// Line and column, from 1, of a byte of the file.
    pub(super) fn place(&mut self, byte: usize) -> (usize, usize) {
        let mut places = if byte < self.places.byte { Places::default() } else { self.places };
        for (at, c) in self.text.get(places.byte..).unwrap_or_default().char_indices() {
            if places.byte + at >= byte {
                break;
            }
            (places.line, places.column) =
                if c == '\n' { (places.line + 1, 1) } else { (places.line, places.column + 1) };
        }
        places.byte = byte;
        self.places = places;
        (places.line, places.column)
    }

    /// The byte at which a value of the file begins.
    fn offset(&self, value: &RawValue) -> usize {
        (value.get().as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize)
    }

    pub(super) fn wrong(&mut self, byte: usize, message: impl Into<String>) -> Error {
        let place = self.place(byte);
        Error::character(self.file, place, message)
    }

    /// About the value of a key.
    pub(super) fn wrong_value(&mut self, (key, at): (&str, usize), message: impl Into<String>) -> Error {
        let (line, column) = self.place(at);
        Error::row(self.file, line, Some((column, key)), message)
    }

    /// Parses a piece; `what` names it where it is cut short.
    fn parse<T: Deserialize<'a>>(&mut self, piece: Piece<'a>, what: &str) -> Result<T, Error> {
        serde_json::from_str(piece.text).map_err(|e| {
            // The library counts bytes, from 1, in lines of the piece.
            let before = piece.text.split_inclusive('\n').take(e.line().saturating_sub(1));
            let line: usize = before.map(str::len).sum();
            let byte = (line + e.column().saturating_sub(1)).min(piece.text.len());
            let message = e.to_string();
            let end = message.rfind(" at line ").unwrap_or(message.len());
            let message = message.get(..end).unwrap_or_default();
            let remedy = match what {
                "array" => "close the array with `]`, and separate its objects by commas",
                _ => "write each object on one line, without comma or comment after it",
            };
            self.wrong(piece.start + byte, format!("this is no JSON: {message}; {remedy}"))
        })
    }

    fn row(&mut self, piece: Piece<'a>, objects: Objects) -> Result<Row, Error> {
        let object = self.object(piece, objects)?;
        match objects {
            Objects::Entries => self.entry(&object),
            Objects::Patterns => patterns::row(self, &object),
        }
    }

    /// The keys of an object and their values.
    pub(super) fn object(&mut self, piece: Piece<'a>, objects: Objects) -> Result<Object<'a>, Error> {
        let blank = piece.text.len() - piece.text.trim_start().len();
        let start = piece.start + blank;
        if !piece.text.trim_start().starts_with('{') {
            let example = match objects {
                Objects::Entries => r#"{"name": "ঢাকা", "class": "place"}"#,
                Objects::Patterns => r#"{"label": "GPE", "pattern": "ঢাকা"}"#,
            };
            let found = shown(piece.text.trim());
            return Err(self.wrong(start, format!("`{found}` is no object; write one, such as {example}")));
        }
        let Pairs(pairs) = self.parse(piece, "object")?;
        let mut values: Vec<(String, Piece<'a>)> = Vec::with_capacity(pairs.len());
        for (key, value) in pairs {
            let value = Piece { text: value.get(), start: self.offset(value) };
            if values.iter().any(|(other, _)| *other == key) {
                let message = "the object names this key twice; remove one";
                return Err(self.wrong_value((&key, value.start), message));
            }
            values.push((key, value));
        }
        Ok(Object { start, values })
    }

    pub(super) fn elements(&mut self, array: Piece<'a>) -> Result<Vec<Piece<'a>>, Error> {
        let items: Vec<&RawValue> = self.parse(array, "array")?;
        Ok(items.into_iter().map(|v| Piece { text: v.get(), start: self.offset(v) }).collect())
    }

    /// A string, without white space around; nothing for `null`.
    pub(super) fn string(&mut self, key: &str, value: Piece<'a>) -> Result<String, Error> {
        match value.text {
            "null" => Ok(String::new()),
            text if text.starts_with('"') => {
                let text: String = self.parse(value, "string")?;
                Ok(text.trim().to_owned())
            }
            text => {
                let (found, text) = (type_of(text), shown(text));
                let message = format!("`{text}` is {found}; write a string, in quotation marks");
                Err(self.wrong_value((key, value.start), message))
            }
        }
    }

    fn entry(&mut self, object: &Object<'a>) -> Result<Row, Error> {
        let mut fields: [String; COLUMNS.len()] = Default::default();
        // Where nothing is said of a column, the object's beginning.
        let mut at = [object.start; COLUMNS.len()];
        let mut names = COLUMNS;
        for (key, value) in &object.values {
            let column = COLUMNS.iter().position(|c| c == key).or((key == "kind").then_some(columns::CLASS));
            let slot = column.and_then(|c| Some((fields.get_mut(c)?, at.get_mut(c)?, names.get_mut(c)?)));
            let Some((field, at, name)) = slot else {
                let message = format!("unknown key; the keys are {}", COLUMNS.join(", "));
                return Err(self.wrong_value((key, value.start), message));
            };
            if *at != object.start {
                let message = "`class` and `kind` mean the same; remove one";
                return Err(self.wrong_value((key, value.start), message));
            }
            *field = self.string(key, *value)?;
            *at = value.start;
            if key == "kind" {
                *name = "kind";
            }
        }
        let trimmed = fields.each_ref().map(String::as_str);
        match columns::entry(&trimmed, false) {
            Ok(entry) => {
                let (line, column) = self.place(at[columns::NAME]);
                Ok(Row { entry, line, column })
            }
            Err((column, message)) => {
                let at = at.get(column).copied().unwrap_or(object.start);
                let name = names.get(column).copied().unwrap_or_default();
                Err(self.wrong_value((name, at), message))
            }
        }
    }
}

/// An object: the byte at which it begins, and its keys with their values.
pub(super) struct Object<'a> {
    pub(super) start: usize,
    pub(super) values: Vec<(String, Piece<'a>)>,
}

/// What a value that is no string is.
pub(super) fn type_of(value: &str) -> &'static str {
    match value.as_bytes().first() {
        Some(b'{') => "an object",
        Some(b'[') => "an array",
        Some(b't' | b'f') => "a truth value",
        Some(b'"') => "a string",
        Some(b'n') => "nothing",
        _ => "a number",
    }
}

/// Keys and values as they follow one another: a map would hide that one comes twice.
struct Pairs<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Pairs<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Pairs<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs<'de>, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}
