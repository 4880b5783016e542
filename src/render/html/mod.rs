//! Pages to look at.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{Document, Piece, write_escaped};
use crate::entity::Entity;
use crate::kind::Kind;

/// The style sheet of the pages, for those who place [`html_fragment`] in a page of their
/// own. Every selector begins with the class `bn-`.
///
/// ```
/// let page = format!("<style>{}</style><p class=\"bn-text\">ঢাকা</p>", bangla_ner::render::HTML_STYLE);
/// assert!(page.contains(".bn-name"));
/// ```
pub static HTML_STYLE: &str = include_str!("style.css");

/// Writes one document as a page that stands alone: its text with the names highlighted
/// by kind, and a legend with counts. Pointing at a name, or going to it with the keyboard,
/// shows its evidence.
///
/// Nothing is loaded from elsewhere, nothing is executed, and whatever the text or the
/// names of kinds contain is shown as text. Kinds differ by underline and label too, not
/// only by colour; light or dark is the reader's choice.
///
/// ```
/// use bangla_ner::{Extractor, render::{self, Document}};
/// let text = "ঢাকায় <b>বৃষ্টি</b>।";
/// let entities = Extractor::bundled().extract(text);
/// let mut page = Vec::new();
/// render::html(&mut page, "আবহাওয়া", &Document::new(text, &entities))?;
/// let page = String::from_utf8_lossy(&page);
/// assert!(page.contains("<title>আবহাওয়া</title>"));
/// assert!(page.contains(">ঢাকা<span class=\"bn-ending\">য়</span></mark> &lt;b&gt;বৃষ্টি&lt;/b&gt;।"));
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// Those of `out`.
pub fn html<W: Write>(out: W, title: &str, document: &Document<'_>) -> io::Result<()> {
    let mut page = HtmlPage::new(out, title)?;
    page.document(None, document)?;
    page.finish().map(drop)
}

/// Writes a document's text with its names in `<mark>` elements and everything escaped,
/// without a surrounding element.
///
/// White space is left alone: show it with `white-space: pre-wrap`, as the class `bn-text`
/// of [`HTML_STYLE`] does. Without its tags, the fragment is the text.
///
/// ```
/// use bangla_ner::{Extractor, render::{self, Document}};
/// let text = "জাপানে বৃষ্টি।";
/// let entities = Extractor::bundled().extract(text);
/// let mut out = Vec::new();
/// render::html_fragment(&mut out, &Document::new(text, &entities))?;
/// let out = String::from_utf8_lossy(&out);
/// assert!(out.starts_with("<mark class=\"bn-name bn-place\" data-kind=\"place\" data-label=\"LOC\""));
/// assert!(out.ends_with(">জাপান<span class=\"bn-ending\">ে</span></mark> বৃষ্টি।"));
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// Those of `out`.
pub fn html_fragment<W: Write>(mut out: W, document: &Document<'_>) -> io::Result<()> {
    for piece in document.pieces() {
        match piece {
            Piece::Plain(text) => write_html(&mut out, text)?,
            Piece::Name(entity) => {
                open_mark(&mut out, entity.kind(), Some(&reasons(entity)))?;
                write_html(&mut out, entity.name())?;
                // No white space and no padding between the two: a vowel sign that begins
                // the ending has to join the letter before it.
                write_ending(&mut out, entity.ending())?;
                write!(out, "</mark>")?;
            }
        }
    }
    Ok(())
}

/// A page of several documents, written one after another.
///
/// ```
/// use bangla_ner::{Extractor, render::{Document, HtmlPage}};
/// let ner = Extractor::bundled();
/// let mut page = HtmlPage::new(Vec::new(), "দুটি খবর")?;
/// for (heading, text) in [("প্রথম", "ঢাকায় বৃষ্টি।"), ("দ্বিতীয়", "জাপানে বৃষ্টি।")] {
///     page.document(Some(heading), &Document::new(text, &ner.extract(text)))?;
/// }
/// let page = String::from_utf8(page.finish()?).unwrap();
/// assert_eq!(page.matches("<article>").count(), 2);
/// assert!(page.contains(">place</mark> 2"));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct HtmlPage<W> {
    out: W,
    counts: BTreeMap<Kind, usize>,
}

/// Up to the title. The policy makes the browser refuse scripts and outside resources, in
/// case a page is edited later.
const HEAD: &str = "<!DOCTYPE html>\n<html lang=\"bn\">\n<head>\n<meta charset=\"utf-8\">\n\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
    <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
    <title>";

impl<W: Write> HtmlPage<W> {
    /// Begins a page.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn new(mut out: W, title: &str) -> io::Result<HtmlPage<W>> {
        write!(out, "{HEAD}")?;
        write_html(&mut out, title)?;
        write!(out, "</title>\n<style>\n{HTML_STYLE}</style>\n</head>\n<body class=\"bn-page\">\n<h1>")?;
        write_html(&mut out, title)?;
        writeln!(out, "</h1>")?;
        Ok(HtmlPage { out, counts: BTreeMap::new() })
    }

    /// Writes a document, under a heading if there is one.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn document(&mut self, heading: Option<&str>, document: &Document<'_>) -> io::Result<()> {
        write!(self.out, "<article>")?;
        if let Some(heading) = heading {
            write!(self.out, "<h2>")?;
            write_html(&mut self.out, heading)?;
            write!(self.out, "</h2>")?;
        }
        write!(self.out, "<div class=\"bn-text\">")?;
        html_fragment(&mut self.out, document)?;
        writeln!(self.out, "</div></article>")?;
        for piece in document.pieces() {
            if let Piece::Name(entity) = piece {
                *self.counts.entry(entity.kind().clone()).or_default() += 1;
            }
        }
        Ok(())
    }

    /// Writes the legend, which the style sheet moves to the top, and ends the page.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn finish(mut self) -> io::Result<W> {
        write!(self.out, "<footer class=\"bn-legend\" lang=\"en\">")?;
        for (kind, count) in &self.counts {
            write!(self.out, "<div>")?;
            open_mark(&mut self.out, kind, None)?;
            write_html(&mut self.out, kind.as_str())?;
            write!(self.out, "</mark> {count}</div> ")?;
        }
        write!(self.out, "<div><span class=\"bn-name bn-sample\">name")?;
        write_ending(&mut self.out, "ending")?;
        writeln!(self.out, "</span></div></footer>\n</body>\n</html>")?;
        self.out.flush()?;
        Ok(self.out)
    }
}

fn open_mark(out: &mut impl Write, kind: &Kind, reasons: Option<&str>) -> io::Result<()> {
    write!(out, "<mark class=\"bn-name {}\" data-kind=\"", class(kind))?;
    write_html(out, kind.as_str())?;
    write!(out, "\" data-label=\"")?;
    write_html(out, &kind.label())?;
    if let Some(reasons) = reasons {
        write!(out, "\" tabindex=\"0\" data-why=\"")?;
        write_html(out, reasons)?;
    }
    write!(out, "\">")
}

fn write_ending(out: &mut impl Write, ending: &str) -> io::Result<()> {
    if ending.is_empty() {
        return Ok(());
    }
    write!(out, "<span class=\"bn-ending\">")?;
    write_html(out, ending)?;
    write!(out, "</span>")
}

/// The class that gives a kind its colour.
fn class(kind: &Kind) -> &'static str {
    match kind {
        Kind::Person => "bn-person",
        Kind::Place => "bn-place",
        Kind::Organization => "bn-organization",
        Kind::Other(name) => class_of_other(name),
    }
}

/// Users' kinds share a few colours, chosen by the name alone, so that a kind looks the
/// same on every page.
fn class_of_other(name: &str) -> &'static str {
    match name.bytes().fold(0_u8, |hash, byte| hash.wrapping_mul(31).wrapping_add(byte)) % 3 {
        0 => "bn-other-a",
        1 => "bn-other-b",
        _ => "bn-other-c",
    }
}

/// Kind, confidence, id, and the evidence on lines of its own.
fn reasons(entity: &Entity<'_>) -> String {
    let mut lines = vec![format!("{} {:.2}", entity.kind(), entity.confidence())];
    lines.extend(entity.id().map(|id| format!("id {id}")));
    lines.extend(entity.evidence().map(|evidence| evidence.to_string()));
    lines.join("\n")
}

/// Escapes for element content and for quoted attribute values alike. A browser would
/// turn a bare carriage return into a line feed, and drop a NUL.
fn write_html(out: &mut impl Write, text: &str) -> io::Result<()> {
    write_escaped(out, text, |c| match c {
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '&' => Some("&amp;"),
        '"' => Some("&quot;"),
        '\'' => Some("&#39;"),
        '\r' => Some("&#13;"),
        '\0' => Some("\u{FFFD}"),
        _ => None,
    })
}
