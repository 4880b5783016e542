//! Writing a labelled text in another Unicode spelling, to measure that it changes nothing.

use super::{Document, Mention};

/// A way of spelling Bengali in Unicode. All three are found in real text; none changes
/// what a reader sees.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Spelling {
    /// One code point wherever there is one: ড় ঢ় য় (U+09DC, U+09DD, U+09DF), ো ৌ, ৎ.
    Precomposed,
    /// As many code points as possible: letter and nukta, the two halves of ো and ৌ, ৎ as
    /// ত, hasanta and joiner.
    Decomposed,
    /// A joiner or non-joiner after every second letter that another letter follows.
    Joiners,
}

impl Spelling {
    /// Every spelling.
    pub const ALL: [Spelling; 3] = [Spelling::Precomposed, Spelling::Decomposed, Spelling::Joiners];

    /// A text in this spelling.
    ///
    /// ```
    /// use bangla_ner::eval::Spelling;
    /// assert_eq!(Spelling::Precomposed.of("পড\u{9bc}ো"), "প\u{9dc}\u{9cb}");
    /// assert_eq!(Spelling::Decomposed.of("প\u{9dc}\u{9cb}"), "পড\u{9bc}\u{9c7}\u{9be}");
    /// assert_eq!(Spelling::Joiners.of("কমলা"), "কম\u{200D}ল\u{9be}");
    /// ```
    pub fn of(self, text: &str) -> String {
        const PAIRS: [(&str, &str); 6] = [
            ("\u{9DC}", "\u{9A1}\u{9BC}"),
            ("\u{9DD}", "\u{9A2}\u{9BC}"),
            ("\u{9DF}", "\u{9AF}\u{9BC}"),
            ("\u{9CB}", "\u{9C7}\u{9BE}"),
            ("\u{9CC}", "\u{9C7}\u{9D7}"),
            ("\u{9CE}", "\u{9A4}\u{9CD}\u{200D}"),
        ];
        match self {
            Spelling::Precomposed => {
                PAIRS.iter().fold(text.to_owned(), |text, (one, many)| text.replace(many, one))
            }
            Spelling::Decomposed => {
                PAIRS.iter().fold(text.to_owned(), |text, (one, many)| text.replace(one, many))
            }
            Spelling::Joiners => with_joiners(text),
        }
    }
}

fn with_joiners(text: &str) -> String {
    // Joiners that mean something stay beside their hasanta: ত্ + ZWJ is ৎ.
    let plain = |c: char| matches!(c, '\u{985}'..='\u{9B9}');
    let letter = |c: char| matches!(c, '\u{985}'..='\u{9B9}' | '\u{9DC}'..='\u{9DF}');
    let mut out = String::with_capacity(text.len() * 2);
    let mut letters = 0usize;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        out.push(c);
        letters += usize::from(letter(c));
        if plain(c) && letters.is_multiple_of(2) && chars.peek().is_some_and(|&next| letter(next)) {
            out.push(if letters.is_multiple_of(4) { '\u{200C}' } else { '\u{200D}' });
        }
    }
    out
}

impl Document {
    /// The same text and mentions in another spelling.
    ///
    /// ```
    /// use bangla_ner::eval::{Spelling, read_marked};
    /// let text = read_marked("t", "[LOC:সিলেট]ে গেছেন [PER:সোহেল]।")?;
    /// let other = text.respelled(Spelling::Decomposed);
    /// assert_ne!(text.text, other.text);
    /// assert_eq!(other.surface(&other.mentions[1]), "স\u{9c7}\u{9be}হ\u{9c7}ল");
    /// # Ok::<(), bangla_ner::Error>(())
    /// ```
    pub fn respelled(&self, spelling: Spelling) -> Document {
        let edges = |spans: &mut dyn Iterator<Item = &std::ops::Range<usize>>| {
            spans.flat_map(|s| [s.start, s.end]).collect::<Vec<_>>()
        };
        let mut cuts = edges(&mut self.mentions.iter().map(|m| &m.span));
        cuts.extend(edges(&mut self.tokens.iter()));
        cuts.extend([0, self.text.len()]);
        cuts.sort_unstable();
        cuts.dedup();
        let mut text = String::new();
        let mut moved = vec![0];
        for pair in cuts.windows(2) {
            if let [from, to] = *pair {
                text.push_str(&spelling.of(self.text.get(from..to).unwrap_or_default()));
                moved.push(text.len());
            }
        }
        let at = |old: usize| cuts.binary_search(&old).ok().and_then(|i| moved.get(i).copied()).unwrap_or(0);
        let span = |s: &std::ops::Range<usize>| at(s.start)..at(s.end);
        Document {
            mentions: self
                .mentions
                .iter()
                .map(|m| Mention { span: span(&m.span), kind: m.kind.clone() })
                .collect(),
            tokens: self.tokens.iter().map(span).collect(),
            text,
        }
    }
}
