//! Measuring an extractor against labelled text.
//!
//! ```
//! use bangla_ner::{Extractor, eval};
//! let gold = eval::read_marked("mine.txt", "[LOC:ঢাকা]য় বৃষ্টি, [LOC:জাপান]ে বৃষ্টি।")?;
//! let mut report = eval::Report::default();
//! report.add(&gold, &eval::predict(Extractor::bundled(), &gold));
//! assert_eq!(report.exact().total().f1(), 1.0);
//! # Ok::<(), bangla_ner::Error>(())
//! ```

mod read;
mod score;
mod spelling;

use std::collections::HashSet;
use std::ops::Range;

pub use read::{read_bio, read_marked};
pub use score::{Counts, ErrorClass, Mistake, Report, Table};
pub use spelling::Spelling;

use crate::extractor::Extractor;
use crate::kind::Kind;

/// A name's place and kind in a text. Offsets are bytes, half-open.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mention {
    /// The bare name; in token-labelled text, the whole tokens.
    pub span: Range<usize>,
    /// What it is a name of.
    pub kind: Kind,
}

/// A text with its true mentions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// The text.
    pub text: String,
    /// The true mentions, in order.
    pub mentions: Vec<Mention>,
    /// Byte ranges of the source's tokens, when labels count whole tokens; predictions are
    /// then widened to the tokens they touch.
    pub tokens: Vec<Range<usize>>,
}

impl Document {
    /// Appends another document after a line end; mentions and tokens move along.
    pub fn join(&mut self, other: &Document) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let by = self.text.len();
        let moved = |span: &Range<usize>| span.start + by..span.end + by;
        self.text.push_str(&other.text);
        self.mentions
            .extend(other.mentions.iter().map(|m| Mention { span: moved(&m.span), kind: m.kind.clone() }));
        self.tokens.extend(other.tokens.iter().map(moved));
    }

    /// The text of a mention.
    pub fn surface(&self, mention: &Mention) -> &str {
        self.text.get(mention.span.clone()).unwrap_or_default()
    }
}

/// What the extractor finds in a document's text, as mentions to compare.
pub fn predict(extractor: &Extractor, document: &Document) -> Vec<Mention> {
    let found = extractor.extract(&document.text);
    let mentions = found.iter().map(|e| Mention { span: e.span(), kind: e.kind().clone() });
    if document.tokens.is_empty() { mentions.collect() } else { widen(mentions, &document.tokens) }
}

/// Widens mentions to whole tokens; of two that come to share a token, the first stays.
fn widen(mentions: impl Iterator<Item = Mention>, tokens: &[Range<usize>]) -> Vec<Mention> {
    let mut widened: Vec<Mention> = Vec::new();
    for mention in mentions {
        let first = tokens.partition_point(|t| t.end <= mention.span.start);
        let last = tokens.partition_point(|t| t.start < mention.span.end);
        let (Some(a), Some(b)) = (tokens.get(first), last.checked_sub(1).and_then(|l| tokens.get(l))) else {
            continue;
        };
        let span = a.start..b.end;
        if widened.last().is_none_or(|w| w.span.end <= span.start) && !span.is_empty() {
            widened.push(Mention { span, kind: mention.kind });
        }
    }
    widened
}

/// Removes mentions whose surface in the document is in `mask`.
pub fn mask_mentions(document: &Document, mentions: &mut Vec<Mention>, mask: &HashSet<String>) {
    mentions.retain(|m| !mask.contains(document.surface(m)));
}
