//! Web and mail addresses: nothing inside one is a name.

use super::token::{Shape, Token};

/// Takes the word flag from every token of an address, so that no name is looked for in
/// it. An address reaches as far as there is no white space.
pub(crate) fn hide(tokens: &mut [Token], folded: &[u8]) {
    let mut at = 0;
    while at < tokens.len() {
        if !is_address_mark(tokens, at, folded) {
            at += 1;
            continue;
        }
        let glued = |t: &Token| t.shape.has(Shape::GLUED);
        let before = tokens.get(..=at).unwrap_or_default();
        let start = before.iter().rposition(|t| !glued(t)).unwrap_or(0);
        let rest = tokens.get(at + 1..).unwrap_or_default();
        let end = rest.iter().position(|t| !glued(t)).map_or(tokens.len(), |n| at + 1 + n);
        for token in tokens.get_mut(start..end).unwrap_or_default() {
            if token.is_word() {
                token.shape = token.shape.hidden();
            }
        }
        at = end;
    }
}

/// Whether a token that begins with a folded byte may be one that tells an address.
pub(super) fn may_begin(byte: u8) -> bool {
    matches!(byte, b'/' | b'@' | b'w')
}

/// `://`, `@` before a word, `www.`.
fn is_address_mark(tokens: &[Token], at: usize, folded: &[u8]) -> bool {
    let is = |i: usize, mark: &[u8]| {
        tokens.get(i).is_some_and(|t| t.folded(folded) == mark && (i == at || t.shape.has(Shape::GLUED)))
    };
    let word_follows = tokens.get(at + 1).is_some_and(|t| t.is_word() && t.shape.has(Shape::GLUED));
    (is(at, b":") && is(at + 1, b"/") && is(at + 2, b"/"))
        || (is(at, b"@") && word_follows)
        || (is(at, b"www") && is(at + 1, b"."))
}
