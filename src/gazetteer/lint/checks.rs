//! What can be seen of a name alone.

use super::Check;
use crate::gazetteer::bundled::Tables;
use crate::gazetteer::class::{Ambiguity, Class};
use crate::gazetteer::entry::{Action, Entry};
use crate::kind::Kind;
use crate::text::scan::Scanner;
use crate::text::token::{Shape, Token};
use crate::text::{Folded, fold, urls};

/// A name as a text would show it to the matcher.
pub(super) struct Name<'a> {
    name: &'a str,
    folded: Vec<u8>,
    tokens: Vec<Token>,
}

impl<'a> Name<'a> {
    pub(super) fn new(name: &'a str) -> Name<'a> {
        let (mut folded, mut tokens) = (Vec::new(), Vec::new());
        let mut scanner = Scanner::new(name);
        while let Some(token) = scanner.next_token(&mut folded) {
            tokens.push(token);
        }
        urls::hide(&mut tokens, &folded);
        Name { name, folded, tokens }
    }

    pub(super) fn into_folded(self) -> Vec<u8> {
        self.folded
    }

    /// What is odd about it.
    pub(super) fn checks(&self, entry: &Entry, tables: Option<&Tables>) -> Vec<(Check, String)> {
        let mut found = Vec::new();
        found.extend(self.never_found().map(|message| (Check::NeverFound, message)));
        if found.is_empty() {
            found.extend(self.mark_at_end().map(|message| (Check::MarkAtEnd, message)));
        }
        found.extend(self.look_alike().map(|message| (Check::LookAlike, message)));
        found.extend(self.invisible());
        if entry.action != Action::Block && entry.ambiguity == Ambiguity::Sure {
            found.extend(self.one_letter().map(|message| (Check::OneLetter, message)));
            found.extend(self.only_digits().map(|message| (Check::OnlyDigits, message)));
            let common = tables.and_then(|tables| self.common_word(entry, tables));
            found.extend(common.map(|message| (Check::CommonWord, message)));
        }
        found
    }

    /// A name begins at a word, and nothing in an address is one.
    fn never_found(&self) -> Option<String> {
        let first = self.tokens.first().filter(|token| !token.is_word())?;
        if self.part(first).contains(char::is_alphanumeric) {
            return Some("is an address, and nothing inside addresses is a name; remove the row".into());
        }
        let mark = self.part(first).escape_debug();
        Some(format!("begins with `{mark}`, where no name begins; remove it"))
    }

    /// A mark at the end, which a text must have, too.
    fn mark_at_end(&self) -> Option<String> {
        let last = self.tokens.last().filter(|token| !token.is_word())?;
        let mark = self.part(last).escape_debug();
        Some(format!(
            "ends in `{mark}`, and is found only where a text has that, too; remove it, or add the name without it"
        ))
    }

    /// A token as it is written.
    fn part(&self, token: &Token) -> &'a str {
        self.name.get(token.start as usize..token.end as usize).unwrap_or_default()
    }

    /// A letter of another script in a Bengali word, or a colon for a visarga.
    fn look_alike(&self) -> Option<String> {
        for token in self.tokens.iter().filter(|token| token.shape.has(Shape::BENGALI)) {
            let word = self.part(token);
            if let Some(c) = word.chars().find(|&c| is_of_another_script(c)) {
                let instead = match bengali_twin(c) {
                    Some(twin) => format!("write `{twin}` (U+{:04X})", twin as u32),
                    None => "write the Bengali letter, or a space or hyphen between the scripts".into(),
                };
                return Some(format!(
                    "has `{c}` (U+{:04X}, {}) in a Bengali word; {instead}",
                    c as u32,
                    script(c)
                ));
            }
        }
        let colon = self.tokens.windows(3).any(|three| {
            let [before, colon, after] = three else { return false };
            let is_letter = |token: &Token| token.shape.has(Shape::BENGALI);
            let glued = [colon, after].iter().all(|token| token.shape.has(Shape::GLUED));
            glued && is_letter(before) && is_letter(after) && colon.folded(&self.folded) == b":"
        });
        colon.then(|| "has a colon in a word; write the visarga, `ঃ` (U+0983)".into())
    }

    /// Characters that nobody sees, where they change nothing.
    fn invisible(&self) -> Option<(Check, String)> {
        if self.tokens.iter().skip(1).any(|token| token.shape.has(Shape::LINE_START)) {
            let message = "has a line end in it, and is found only where a text has it, too; write a space";
            return Some((Check::HiddenSpace, message.into()));
        }
        let mut before = None;
        let mut rest = self.name.chars().peekable();
        while let Some(c) = rest.next() {
            let after = rest.peek().copied();
            let joins = matches!(c, '\u{200C}' | '\u{200D}') && [before, after].contains(&Some('্'));
            if fold::is_ignorable(c) && !joins {
                let inside = before.is_some() && after.is_some();
                let point = c as u32;
                return Some(match c {
                    '\u{200B}' if inside => (
                        Check::HiddenSpace,
                        "has a space of no width (U+200B), which texts are read without; write a real space if two words were meant, else remove it".into(),
                    ),
                    _ => (
                        Check::Invisible,
                        format!("has the invisible character U+{point:04X}, which does nothing there; it may be removed"),
                    ),
                });
            }
            before = Some(c);
        }
        None
    }

    fn one_letter(&self) -> Option<String> {
        let mut letters = Folded::from_bytes(&self.folded).to_string();
        let last = letters.pop()?;
        (letters.is_empty() && !last.is_numeric()).then(|| "is a single letter, which is found wherever it stands alone; write the whole name, or set its ambiguity to `context`".into())
    }

    fn only_digits(&self) -> Option<String> {
        let mut words = self.tokens.iter().filter(|token| token.is_word()).peekable();
        words.peek()?;
        words.all(|token| token.shape.has(Shape::NUMBER)).then(|| "is a number, which is found wherever it stands; write the whole name, or set its ambiguity to `context`".into())
    }

    /// A word that mostly is no name, but listed as one wherever it stands.
    fn common_word(&self, entry: &Entry, tables: &Tables) -> Option<String> {
        if self.tokens.len() != 1 {
            return None;
        }
        let stat = tables.words.get(&self.folded).unwrap_or_default();
        // As the bundled tables have it: bodies are often left untagged in what was counted.
        let body = entry.kind == Some(Kind::Organization);
        let never = if body { 0.97 } else { 0.9 };
        let (least, often) = (if body { 0.85 } else { 0.5 }, stat.count() >= 20);
        let advice = match stat.common() {
            common if often && common >= never => "never",
            common if stat.count() >= 5 && common >= least => "context",
            _ => return self.cue(tables),
        };
        let (count, named) = (stat.count(), stat.named());
        Some(format!(
            "is a common word: of {count} times that it was counted {named} were in names; set its ambiguity to `{advice}`"
        ))
    }

    /// A word that the rules know as something else than a name.
    fn cue(&self, tables: &Tables) -> Option<String> {
        let (what, advice) = tables.names.classes_of(&self.folded).find_map(|class| match class {
            Class::Function => Some(("a function word", "never")),
            Class::Generic => Some(("a generic word", "never")),
            Class::Demonym => Some(("the name of a people or a language", "never")),
            Class::Title => Some(("a title", "context")),
            Class::Role => Some(("a role", "context")),
            Class::Kin => Some(("a word for kin", "context")),
            Class::Honorific => Some(("an honorific", "context")),
            Class::OrgHead => Some(("a word for bodies", "context")),
            Class::PlaceHead | Class::PlaceGeneric => Some(("a word for places", "context")),
            _ => None,
        })?;
        Some(format!("is {what}; set its ambiguity to `{advice}`"))
    }
}

/// Whether a letter or sign is neither Bengali nor common to all scripts.
fn is_of_another_script(c: char) -> bool {
    let bengali = matches!(c, '\u{0980}'..='\u{09FF}');
    let devanagari = matches!(c, '\u{0900}'..='\u{0963}' | '\u{0966}'..='\u{097F}');
    !bengali && !fold::is_ignorable(c) && (c.is_alphabetic() || devanagari)
}

fn script(c: char) -> &'static str {
    match c {
        '\u{0900}'..='\u{097F}' => "Devanagari",
        '\u{0370}'..='\u{03FF}' => "Greek",
        '\u{0400}'..='\u{052F}' => "Cyrillic",
        c if c.is_ascii() || matches!(c, '\u{00C0}'..='\u{024F}') => "Latin",
        _ => "of another script",
    }
}

/// The Bengali letter for a Devanagari one: both blocks are laid out alike.
fn bengali_twin(c: char) -> Option<char> {
    let devanagari = matches!(c, '\u{0901}'..='\u{0914}' | '\u{0915}'..='\u{0939}' | '\u{093C}' | '\u{093E}'..='\u{094D}' | '\u{0966}'..='\u{096F}');
    let twin = char::from_u32(c as u32 + 0x80).filter(|_| devanagari)?;
    match twin {
        // व has the place of a letter that Bengali does not have.
        '\u{09B5}' => Some('ব'),
        twin if twin.is_alphanumeric() || matches!(twin, 'ঁ'..='ঃ' | '়' | '্') => Some(twin),
        _ => None,
    }
}
