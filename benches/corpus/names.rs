//! Lists of names: the bundled ones, and long ones composed from their parts.

use std::collections::HashSet;
use std::path::Path;

use bangla_ner::{Kind, text};

use super::random::Random;
use super::spelling::canonical;

/// A name of a list.
#[derive(Clone, Debug)]
pub struct Name {
    pub text: String,
    pub kind: Kind,
}

/// A table's first two columns.
pub fn columns(file: &str) -> Vec<(String, String)> {
    let path = Path::new(crate::REPOSITORY).join("gazetteers").join(file);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let row = |line: &str| {
        let mut columns = line.split('\t');
        Some((columns.next()?.to_owned(), columns.next()?.to_owned()))
    };
    text.lines().skip(1).filter_map(row).collect()
}

/// Whether a name is one that a keyboard may write otherwise and that nothing else changes:
/// Bengali letters and single spaces. Abbreviations take in the mark after them.
fn is_plain(name: &str) -> bool {
    let letter = |c: char| ('\u{0980}'..='\u{09FF}').contains(&c) && !c.is_numeric();
    let word = |w: &str| {
        w.starts_with(|c| ('\u{0985}'..='\u{09B9}').contains(&c) || "\u{09DC}\u{09DD}\u{09DF}".contains(c))
            && w.chars().all(letter)
            && !text::ABBREVIATIONS.contains(&w)
    };
    name.chars().count() > 2 && name.split(' ').all(word)
}

/// Every name of the bundled gazetteer, by file and line; canonical spelling, none twice.
pub fn bundled() -> Vec<Name> {
    let mut seen = HashSet::new();
    let mut names = Vec::new();
    for (name, class) in bangla_ner::tools::NAME_FILES.iter().flat_map(|file| columns(file)) {
        let name = canonical(&name);
        if seen.insert(text::fold(&name)) {
            let kind = Kind::from(class.split('.').next().unwrap_or_default());
            names.push(Name { text: name, kind });
        }
    }
    names
}

/// Numbers of those names of a list that a text may hold.
pub fn plain(names: &[Name]) -> Vec<u32> {
    (0u32..).zip(names).filter(|(_, name)| is_plain(&name.text)).map(|(number, _)| number).collect()
}

/// Parts that names are composed of.
struct Parts {
    given: Vec<String>,
    surnames: Vec<String>,
    places: Vec<String>,
    place_heads: Vec<String>,
    bodies: Vec<String>,
}

impl Parts {
    fn read() -> Parts {
        let part = |files: &[&str], class: &str| {
            let rows = files.iter().flat_map(|file| columns(file));
            let named =
                rows.filter(|(_, c)| class.is_empty() || c == class).map(|(name, _)| canonical(&name));
            named.filter(|name| is_plain(name)).collect::<Vec<_>>()
        };
        Parts {
            given: part(&["given_names.tsv"], ""),
            surnames: part(&["surnames.tsv"], ""),
            places: part(&["unions.tsv", "cities.tsv", "upazilas.tsv", "areas.tsv"], ""),
            place_heads: part(&["cues/place_heads.tsv"], "place.head"),
            bodies: part(&["cues/org_heads.tsv"], "org.head"),
        }
    }

    /// A name of one to four words.
    fn compose(&self, random: &mut Random) -> Name {
        let form = random.below(20);
        let mut from = |lists: &[&[String]]| {
            let words: Vec<&str> = lists.iter().map(|list| random.pick(list).as_str()).collect();
            words.join(" ")
        };
        let (given, surname, place) = (&self.given[..], &self.surnames[..], &self.places[..]);
        let (kind, text) = match form {
            0 => (Kind::Person, from(&[given])),
            1..=6 => (Kind::Person, from(&[given, surname])),
            7 | 8 => (Kind::Person, from(&[given, given, surname])),
            9 => (Kind::Person, from(&[given, given, surname, surname])),
            10 | 11 => (Kind::Place, from(&[place])),
            12 | 13 => (Kind::Place, from(&[place, &self.place_heads])),
            14 => (Kind::Place, from(&[given, surname, &self.place_heads])),
            15..=17 => (Kind::Organization, from(&[place, &self.bodies])),
            _ => (Kind::Organization, from(&[given, surname, &self.bodies])),
        };
        Name { text, kind }
    }
}

/// `count` different names of one to four words. A shorter list is the beginning of a longer.
pub fn composed(count: usize) -> Vec<Name> {
    let parts = Parts::read();
    let mut random = Random::new(0x6E61_6D65);
    let mut seen = HashSet::with_capacity(count);
    let mut names = Vec::with_capacity(count);
    while names.len() < count {
        let name = parts.compose(&mut random);
        if name.text.split(' ').count() <= 4 && seen.insert(text::fold(&name.text)) {
            names.push(name);
        }
    }
    names
}
