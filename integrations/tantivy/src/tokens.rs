//! Tokenizers: folded words, and bare names.

use std::vec;

use bangla_ner::Extractor;
use bangla_ner::text::{fold, words};
use tantivy::Index;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The name of [`Words`] in an index.
pub const WORDS: &str = "bangla_words";
/// The name of [`Names`] in an index.
pub const NAMES: &str = "bangla_names";

/// Every word of a text, folded: each encoding gives the same token.
#[derive(Clone, Copy, Debug, Default)]
pub struct Words;

/// The words of the names in a text, folded, without their endings; between two names is a
/// gap, so that no phrase goes from one to the next.
#[derive(Clone, Copy, Debug, Default)]
pub struct Names;

/// Tokens that were all found at once.
pub struct Tokens {
    rest: vec::IntoIter<Token>,
    token: Token,
}

impl TokenStream for Tokens {
    fn advance(&mut self) -> bool {
        let Some(token) = self.rest.next() else { return false };
        self.token = token;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

impl From<Vec<Token>> for Tokens {
    fn from(tokens: Vec<Token>) -> Tokens {
        Tokens { rest: tokens.into_iter(), token: Token::default() }
    }
}

impl Tokenizer for Words {
    type TokenStream<'a> = Tokens;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens {
        tokens(text, 0, 0).collect::<Vec<_>>().into()
    }
}

impl Tokenizer for Names {
    type TokenStream<'a> = Tokens;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens {
        let mut found: Vec<Token> = Vec::new();
        for entity in Extractor::bundled().extract(text) {
            let position = found.last().map_or(0, |last| last.position + 2);
            found.extend(tokens(entity.name(), entity.span().start, position));
        }
        found.into()
    }
}

/// The folded words of a text.
pub(crate) fn folded(text: &str) -> impl Iterator<Item = String> + '_ {
    words(text).map(|word| fold(word.as_str()).to_string())
}

/// Tokens of a part of a text that begins at byte `offset`, counted from `position`.
fn tokens(text: &str, offset: usize, position: usize) -> impl Iterator<Item = Token> + '_ {
    words(text).zip(position..).map(move |(word, position)| Token {
        offset_from: offset + word.span().start,
        offset_to: offset + word.span().end,
        position,
        text: fold(word.as_str()).to_string(),
        position_length: 1,
    })
}

/// Makes the tokenizers known to an index.
pub(crate) fn register(index: &Index) {
    index.tokenizers().register(WORDS, Words);
    index.tokenizers().register(NAMES, Names);
}
