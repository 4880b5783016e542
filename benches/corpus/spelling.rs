//! The spellings of one text that are found in the world: য় in one code point or two, split
//! ো and ৌ, joiners.

use bangla_ner::eval::Spelling;

use super::random::Random;

/// One code point wherever there is one, which is what names are compared by that know no
/// other spelling.
pub fn canonical(text: &str) -> String {
    Spelling::Precomposed.of(text)
}

/// How a document writes: a writer's keyboard does not change within it.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    nukta_apart: bool,
    vowels_split: bool,
    joiners: f64,
}

impl Style {
    /// Drawn by the shares counted in news: 35 % write the nukta apart, 20 % split ো and ৌ,
    /// some have joiners after a hasanta now and then.
    pub fn draw(random: &mut Random) -> Style {
        Style {
            nukta_apart: random.chance(0.35),
            vowels_split: random.chance(0.20),
            joiners: if random.chance(0.25) { 0.05 } else { 0.0 },
        }
    }

    /// Appends canonical text in this style.
    pub fn write(self, text: &str, out: &mut String, random: &mut Random) {
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\u{09DC}' if self.nukta_apart => out.push_str("\u{09A1}\u{09BC}"),
                '\u{09DD}' if self.nukta_apart => out.push_str("\u{09A2}\u{09BC}"),
                '\u{09DF}' if self.nukta_apart => out.push_str("\u{09AF}\u{09BC}"),
                '\u{09CB}' if self.vowels_split => out.push_str("\u{09C7}\u{09BE}"),
                '\u{09CC}' if self.vowels_split => out.push_str("\u{09C7}\u{09D7}"),
                _ => out.push(c),
            }
            let inside = chars.peek().is_some_and(|c| ('\u{0995}'..='\u{09B9}').contains(c));
            if c == '\u{09CD}' && inside && random.chance(self.joiners) {
                out.push(if random.chance(0.5) { '\u{200C}' } else { '\u{200D}' });
            }
        }
    }
}
