//! Readers of labelled text.

use std::ops::Range;

use super::{Document, Mention};
use crate::error::Error;
use crate::kind::Kind;

/// Reads `token<TAB>tag` lines, BIO tags, a blank line between sentences; each sentence
/// becomes one document, its tokens joined by spaces.
///
/// An `I-` tag that continues nothing, or another kind, begins a mention.
///
/// ```
/// let docs = bangla_ner::eval::read_bio("t.tsv", "ঢাকায়\tB-LOC\nবৃষ্টি\tO\n\nরোদ\tO\n")?;
/// assert_eq!(docs.len(), 2);
/// assert_eq!(docs[0].surface(&docs[0].mentions[0]), "ঢাকায়");
/// # Ok::<(), bangla_ner::Error>(())
/// ```
///
/// # Errors
/// A line without a tab, or a tag that is neither `O`, `B-…` nor `I-…`.
pub fn read_bio(file: &str, text: &str) -> Result<Vec<Document>, Error> {
    let mut documents = Vec::new();
    let mut current = Document::default();
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            if !current.tokens.is_empty() {
                documents.push(std::mem::take(&mut current));
            }
            continue;
        }
        let wrong = |message: String| Error::row(file, number + 1, None, message);
        let Some((token, tag)) = line.split_once('\t') else {
            return Err(wrong(format!("no tab in `{line}`; write token, tab, tag")));
        };
        if !current.text.is_empty() {
            current.text.push(' ');
        }
        let start = current.text.len();
        current.text.push_str(token);
        let span = start..current.text.len();
        match tag.trim().split_once('-') {
            Some(("B", label)) => {
                current.mentions.push(Mention { span: span.clone(), kind: Kind::from_label(label) })
            }
            Some(("I", label)) => inside(&mut current, span.clone(), Kind::from_label(label)),
            None if tag.trim() == "O" => {}
            _ => return Err(wrong(format!("unknown tag `{tag}`; use O, B-PER, I-PER and the like"))),
        }
        current.tokens.push(span);
    }
    if !current.tokens.is_empty() {
        documents.push(current);
    }
    Ok(documents)
}

fn inside(document: &mut Document, span: Range<usize>, kind: Kind) {
    let continued = document.tokens.last().map(|t| t.end);
    match document.mentions.last_mut() {
        Some(m) if m.kind == kind && Some(m.span.end) == continued => m.span.end = span.end,
        _ => document.mentions.push(Mention { span, kind }),
    }
}

/// Reads running text with inline marks: `[PER:করিম]ের`. Lines that begin with `#` are
/// comments and not part of the text.
///
/// # Errors
/// A mark that is not closed on its line, or is empty.
pub fn read_marked(file: &str, text: &str) -> Result<Document, Error> {
    let mut document = Document::default();
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if line.starts_with('#') {
            continue;
        }
        let mut rest = line;
        while let Some((before, label, after)) = next_mark(rest) {
            let Some((name, tail)) = after.split_once(']').filter(|(name, _)| !name.trim().is_empty()) else {
                let message = format!(
                    "the mark `[{label}:` is empty or not closed on its line; write `[{label}:name]`"
                );
                return Err(Error::row(file, number + 1, None, message));
            };
            document.text.push_str(before);
            let start = document.text.len();
            document.text.push_str(name);
            document
                .mentions
                .push(Mention { span: start..document.text.len(), kind: Kind::from_label(label) });
            rest = tail;
        }
        document.text.push_str(rest);
    }
    Ok(document)
}

/// The next `[LABEL:` of a line: what stands before it, the label, what follows.
fn next_mark(line: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    while let Some(open) = line.get(from..)?.find('[').map(|at| at + from) {
        let inside = line.get(open + 1..)?;
        if let Some((label, after)) = inside.split_once(':')
            && (2..=16).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_uppercase() || b == b'_')
        {
            return Some((line.get(..open)?, label, after));
        }
        from = open + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_cut_out_and_plain_brackets_stay() {
        let doc = read_marked("t", "# note\n[PER:করিম]ের [১] বাড়ি [LOC:ঢাকা]য়।\n").unwrap();
        assert_eq!(doc.text, "করিমের [১] বাড়ি ঢাকায়।\n");
        let names: Vec<_> = doc.mentions.iter().map(|m| (doc.surface(m), m.kind.label())).collect();
        assert_eq!(names, [("করিম", "PER".to_string()), ("ঢাকা", "LOC".to_string())]);
        assert_eq!(read_marked("t", "ক\n[PER:করিম\n").unwrap_err().line(), Some(2));
    }

    #[test]
    fn bio_mentions_join_and_split() {
        let docs = read_bio("t", "a\tB-PER\nb\tI-PER\nc\tI-LOC\nd\tB-LOC\n").unwrap();
        let spans: Vec<_> = docs[0].mentions.iter().map(|m| docs[0].surface(m)).collect();
        assert_eq!(spans, ["a b", "c", "d"]);
        assert!(read_bio("t", "a B-PER\n").unwrap_err().to_string().starts_with("t:1: no tab"));
    }
}
