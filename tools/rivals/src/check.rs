//! The checks that every matcher gets which reports all occurrences: a name starts at a word's
//! start, and ends at its end or before an ending.

use std::collections::{BTreeSet, HashSet};

use crate::corpus::Mention;

/// How a mention is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As listed, and nothing follows in its word.
    Bare,
    /// As listed, with an ending.
    Inflected,
    /// With other code points than in the list.
    Respelled,
}

pub fn form(mention: &Mention) -> Form {
    match () {
        _ if mention.respelled => Form::Respelled,
        _ if mention.surface_end > mention.span.end => Form::Inflected,
        _ => Form::Bare,
    }
}

/// Every ending that a name of some last sound may have, of up to three parts, in the usual
/// spelling and with the nukta apart.
pub fn endings() -> BTreeSet<String> {
    const FIRST: &str = "সহ বিষয়ক ভিত্তিক সংলগ্ন কেন্দ্রিক সমর্থিত সমর্থক বিরোধী পন্থী পন্থি গামী মুখী প্রধান টি টা টুকু \
                         খানা খানি গুলো গুলি গুলা রা েরা য়েরা এরা দের েদের য়েদের";
    const CASES: &str = "কে ে েতে তে য় য়ে এ ের র য়ের এর";
    const NAMES: [&str; 5] = ["করিম", "ঢাকা", "নদী", "পিয়ংইয়ং", "BNP"];
    let mut endings = BTreeSet::new();
    for first in FIRST.split_whitespace().chain([""]) {
        for case in CASES.split(' ').chain([""]) {
            for last in ["", "ই", "ও"] {
                let ending = format!("{first}{case}{last}");
                let licensed = |name: &str| {
                    bangla_ner::endings::split(name, &format!("{name}{ending}"))
                        .is_some_and(|split| split.ending == ending)
                };
                if !ending.is_empty() && NAMES.iter().any(|name| licensed(name)) {
                    endings.insert(ending.replace("\u{09AF}\u{09BC}", "\u{09DF}"));
                    endings.insert(ending.replace('\u{09DF}', "\u{09AF}\u{09BC}"));
                }
            }
        }
    }
    endings
}

/// Boundaries and endings in raw UTF-8.
pub struct Checks(HashSet<String>);

impl Checks {
    pub fn new() -> Checks {
        Checks(endings().into_iter().collect())
    }

    /// Whether a name may stand there.
    pub fn accept(&self, text: &str, start: usize, end: usize) -> bool {
        let rest = rest_of_word(text, end);
        starts_word(text, start) && (rest.is_empty() || self.0.contains(rest))
    }
}

fn starts_word(text: &str, start: usize) -> bool {
    !text.get(..start).is_some_and(|before| before.ends_with(is_letter))
}

fn rest_of_word(text: &str, end: usize) -> &str {
    let after = text.get(end..).unwrap_or_default();
    after.get(..after.find(|c| !is_letter(c)).unwrap_or(after.len())).unwrap_or_default()
}

/// Whether both ends are word boundaries.
pub fn is_whole(text: &str, start: usize, end: usize) -> bool {
    starts_word(text, start) && rest_of_word(text, end).is_empty()
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || ('\u{0980}'..='\u{09FF}').contains(&c) || matches!(c, '\u{200C}' | '\u{200D}')
}
