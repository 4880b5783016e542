//! The formats, behind one interface.

use std::io::{self, BufWriter, StdoutLock, Write};

use anstream::{AutoStream, ColorChoice};
use bangla_ner::Entity;
use bangla_ner::render::{self, Brat, Document, HtmlPage, Marks, Mask, Redact, Scheme, Summary};
use clap::ValueEnum;

use crate::input::Source;

/// What is written.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// The text with its names marked, then a table of the names
    Text,
    /// One JSON object for each document, all offsets in bytes
    Jsonl,
    /// A token and its BIO tag on each line
    Conll,
    /// A token and its BILOU tag on each line
    Bilou,
    /// Annotations for brat, for the inputs put together
    Brat,
    /// A page to look at
    Html,
    /// The text with █████ in place of each name
    Redact,
    /// The text with ব্যক্তি-১, স্থান-২ … in place of the names, one for each that is meant
    Pseudonyms,
    /// A JSON object for each person, place and organisation that a document names
    Groups,
}

type Out = BufWriter<StdoutLock<'static>>;

/// Takes sources, and the documents of each, in order.
pub trait Sink {
    /// A source begins.
    fn begin(&mut self, _name: &str) -> io::Result<()> {
        Ok(())
    }
    /// A document of the source, and the line end that followed it there.
    fn document(&mut self, document: &Document<'_>, end: &str) -> io::Result<()>;
    /// The source has ended.
    fn end(&mut self) -> io::Result<()> {
        Ok(())
    }
    /// Hands everything so far to the reader.
    fn flush(&mut self) -> io::Result<()>;
    /// All sources have ended.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// The sink that writes `format` to standard output.
pub fn sink(format: Format, sources: &[Source], explain: bool) -> io::Result<Box<dyn Sink>> {
    // Looks for a terminal, NO_COLOR and its relatives.
    let coloured = AutoStream::choice(&io::stdout()) != ColorChoice::Never;
    let marks = if coloured { Marks::Colours } else { Marks::Brackets };
    let out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let several = sources.len() > 1;
    Ok(match format {
        Format::Text => Box::new(Text { out, marks, explain, several, sources: 0, summary: Summary::new() }),
        Format::Jsonl => Box::new(Jsonl { out }),
        Format::Conll => Box::new(Conll { out, scheme: Scheme::Bio }),
        Format::Bilou => Box::new(Conll { out, scheme: Scheme::Bilou }),
        Format::Brat => Box::new(Brat::new(out)),
        Format::Html => {
            let names: Vec<_> = sources.iter().map(Source::name).collect();
            Box::new(Html { page: HtmlPage::new(out, &names.join(", "))?, several, heading: None })
        }
        Format::Redact => Box::new(Redacted { out, options: Redact::new() }),
        Format::Pseudonyms => Box::new(Redacted { out, options: Redact::new().mask(Mask::Pseudonym) }),
        Format::Groups => Box::new(Groups { out }),
    })
}

struct Text {
    out: Out,
    marks: Marks,
    explain: bool,
    /// Whether each source gets a header.
    several: bool,
    /// Sources begun so far.
    sources: usize,
    summary: Summary,
}

impl Sink for Text {
    fn begin(&mut self, name: &str) -> io::Result<()> {
        if self.several {
            let gap = if self.sources > 0 { "\n" } else { "" };
            writeln!(self.out, "{gap}==> {name} <==")?;
        }
        self.sources += 1;
        Ok(())
    }

    fn document(&mut self, document: &Document<'_>, end: &str) -> io::Result<()> {
        render::text(&mut self.out, document, self.marks)?;
        let text = document.text();
        // A line lost its end on the way here; the end of a file may be missing.
        if !end.is_empty() || !text.is_empty() && !text.ends_with('\n') {
            writeln!(self.out)?;
        }
        if self.explain {
            document.entities().iter().try_for_each(|entity| explain(&mut self.out, entity))?;
        }
        self.summary.add(document);
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        let summary = std::mem::take(&mut self.summary);
        if !summary.is_empty() {
            writeln!(self.out)?;
        }
        summary.write(&mut self.out, self.marks)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}

/// A name, then a line for each piece of its evidence.
fn explain(out: &mut impl Write, entity: &Entity<'_>) -> io::Result<()> {
    let span = entity.span();
    write!(out, "  {} {}", entity.kind(), entity.name())?;
    if !entity.ending().is_empty() {
        write!(out, " + {}", entity.ending())?;
    }
    write!(out, ", bytes {}..{}, confidence {:.2}", span.start, span.end, entity.confidence())?;
    if let Some(id) = entity.id() {
        write!(out, ", id {id}")?;
    }
    writeln!(out)?;
    entity.evidence().try_for_each(|evidence| writeln!(out, "    {evidence}"))
}

struct Jsonl {
    out: Out,
}

impl Sink for Jsonl {
    fn document(&mut self, document: &Document<'_>, _end: &str) -> io::Result<()> {
        render::jsonl(&mut self.out, document)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}

struct Conll {
    out: Out,
    scheme: Scheme,
}

impl Sink for Conll {
    fn document(&mut self, document: &Document<'_>, end: &str) -> io::Result<()> {
        if document.text().is_empty() && !end.is_empty() {
            return writeln!(self.out);
        }
        render::conll(&mut self.out, document, self.scheme)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}

impl Sink for Brat<Out> {
    fn document(&mut self, document: &Document<'_>, end: &str) -> io::Result<()> {
        Brat::document(self, document)?;
        self.skip(end);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        // Annotations are read as a file, not as a stream.
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        self.into_inner().flush()
    }
}

struct Html {
    page: HtmlPage<Out>,
    several: bool,
    /// For the next document.
    heading: Option<String>,
}

impl Sink for Html {
    fn begin(&mut self, name: &str) -> io::Result<()> {
        self.heading = self.several.then(|| name.to_owned());
        Ok(())
    }

    fn document(&mut self, document: &Document<'_>, _end: &str) -> io::Result<()> {
        self.page.document(self.heading.take().as_deref(), document)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        self.page.finish().map(drop)
    }
}

struct Redacted {
    out: Out,
    options: Redact,
}

impl Sink for Redacted {
    fn document(&mut self, document: &Document<'_>, end: &str) -> io::Result<()> {
        render::redact(&mut self.out, document, &self.options)?;
        self.out.write_all(end.as_bytes())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}

struct Groups {
    out: Out,
}

impl Sink for Groups {
    fn document(&mut self, document: &Document<'_>, _end: &str) -> io::Result<()> {
        for group in &document.groups() {
            serde_json::to_writer(&mut self.out, group)?;
            writeln!(self.out)?;
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}
