//! One JSON object a line.

use std::io::{self, Write};

use super::{Document, write_escaped};
use crate::entity::{Entity, Evidence};

/// Writes a document as one line of JSON Lines: the object as which a [`Document`]
/// serialises, offsets in bytes.
///
/// ```
/// use bangla_ner::{Extractor, render::{self, Document}};
/// let text = "ঢাকায় \"বৃষ্টি\"।";
/// let entities = Extractor::bundled().extract(text);
/// let mut out = Vec::new();
/// render::jsonl(&mut out, &Document::new(text, &entities))?;
/// let line = String::from_utf8_lossy(&out);
/// assert!(line.starts_with(r#"{"text":"ঢাকায় \"বৃষ্টি\"।","entities":[{"kind":"place","start":0,"end":12,"#));
/// assert!(line.ends_with("}]}\n"));
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// Those of `out`.
pub fn jsonl<W: Write>(mut out: W, document: &Document<'_>) -> io::Result<()> {
    out.write_all(b"{\"text\":")?;
    string(&mut out, document.text())?;
    out.write_all(b",\"entities\":[")?;
    for (at, item) in document.entities().iter().enumerate() {
        comma(&mut out, at)?;
        entity(&mut out, item)?;
    }
    out.write_all(b"]}\n")
}

/// The object of an [`EntityRecord`](crate::EntityRecord), without building one.
fn entity(out: &mut impl Write, entity: &Entity<'_>) -> io::Result<()> {
    let (name, surface) = (entity.span(), entity.surface_span());
    out.write_all(b"{\"kind\":")?;
    string(out, entity.kind().as_str())?;
    write!(out, ",\"start\":{},\"end\":{},\"surface_end\":{},\"name\":", name.start, name.end, surface.end)?;
    string(out, entity.name())?;
    out.write_all(b",\"ending\":")?;
    string(out, entity.ending())?;
    out.write_all(b",\"id\":")?;
    match entity.id() {
        Some(id) => string(out, id)?,
        None => out.write_all(b"null")?,
    }
    out.write_all(b",\"confidence\":")?;
    number(out, entity.confidence())?;
    out.write_all(b",\"evidence\":[")?;
    for (at, item) in entity.evidence().enumerate() {
        comma(out, at)?;
        evidence(out, item)?;
    }
    out.write_all(b"]}")
}

fn evidence(out: &mut impl Write, evidence: Evidence<'_>) -> io::Result<()> {
    out.write_all(b"{\"rule\":")?;
    string(out, evidence.rule())?;
    out.write_all(b",\"weight\":")?;
    number(out, evidence.weight())?;
    if let Some(cue) = evidence.cue() {
        out.write_all(b",\"cue\":")?;
        string(out, cue)?;
    }
    out.write_all(b"}")
}

fn comma(out: &mut impl Write, at: usize) -> io::Result<()> {
    if at > 0 { out.write_all(b",") } else { Ok(()) }
}

/// JSON knows no infinity and no NaN.
fn number(out: &mut impl Write, value: f32) -> io::Result<()> {
    if value.is_finite() { write!(out, "{value:?}") } else { out.write_all(b"null") }
}

fn string(out: &mut impl Write, text: &str) -> io::Result<()> {
    out.write_all(b"\"")?;
    write_escaped(out, text, |c| match c {
        '"' => Some("\\\""),
        '\\' => Some("\\\\"),
        '\0'..='\u{1F}' => ESCAPES.get(c as usize).copied(),
        _ => None,
    })?;
    out.write_all(b"\"")
}

/// Control characters, by number.
const ESCAPES: [&str; 32] = [
    "\\u0000", "\\u0001", "\\u0002", "\\u0003", "\\u0004", "\\u0005", "\\u0006", "\\u0007", "\\b", "\\t",
    "\\n", "\\u000b", "\\f", "\\r", "\\u000e", "\\u000f", "\\u0010", "\\u0011", "\\u0012", "\\u0013",
    "\\u0014", "\\u0015", "\\u0016", "\\u0017", "\\u0018", "\\u0019", "\\u001a", "\\u001b", "\\u001c",
    "\\u001d", "\\u001e", "\\u001f",
];
