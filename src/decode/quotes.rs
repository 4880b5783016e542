//! Short quotations: titles of works and names of bodies stand in them, and what stands
//! before and after tells which.

use crate::rules::Context;
use crate::text::token::Shape;

/// Tokens of the longest quotation that is read; longer ones are speech.
const LONGEST: usize = 12;

/// A quotation, by the tokens of its marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quote {
    pub(crate) open: usize,
    pub(crate) close: usize,
}

/// For each token, the quotation that it stands in.
#[derive(Debug, Default)]
pub(crate) struct Quotes {
    quotes: Vec<Quote>,
    /// Number in `quotes` plus one, 0 for none.
    inside: Vec<u32>,
}

impl Quotes {
    pub(crate) fn read(&mut self, cx: &Context<'_>) {
        self.quotes.clear();
        self.inside.clear();
        self.inside.resize(cx.tokens.len(), 0);
        let mut open: Option<usize> = None;
        for (at, token) in cx.tokens.iter().enumerate() {
            if token.shape.has(Shape::TERMINAL | Shape::LINE_START) {
                open = None;
            }
            if token.is_word() || !matches!(cx.fold(at), b"'" | b"\"") {
                continue;
            }
            match open {
                Some(start) if closes(cx, at) => {
                    self.note(Quote { open: start, close: at });
                    open = None;
                }
                // A second mark of a pair of single ones: ‘‘ … ’’.
                Some(start) if start + 1 == at => {}
                _ => open = Some(at).filter(|_| cx.has(at + 1, Shape::GLUED)),
            }
        }
    }

    fn note(&mut self, quote: Quote) {
        let inside = quote.open + 1..quote.close;
        if inside.is_empty() || inside.len() > LONGEST {
            return;
        }
        self.quotes.push(quote);
        let number = self.quotes.len() as u32;
        self.inside.get_mut(inside).into_iter().flatten().for_each(|slot| *slot = number);
    }

    /// The quotation in which a token stands.
    pub(crate) fn around(&self, at: usize) -> Option<Quote> {
        self.quotes.get(self.inside.get(at)?.checked_sub(1)? as usize).copied()
    }
}

/// Whether a mark closes a quotation: it touches the word before it.
fn closes(cx: &Context<'_>, at: usize) -> bool {
    cx.has(at, Shape::GLUED)
}
