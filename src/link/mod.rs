//! Which mentions of a document name the same person, place or organisation.
//!
//! [`groups`] puts the mentions of a text together. Two mentions of one kind are of one
//! group when
//!
//! 1. **their entries have the same identifier**: aliases, and acronym and full form, share
//!    one in the bundled gazetteer, and in yours if you give it to them;
//! 2. **their names have the same words**, whatever their spelling in code points, hyphens
//!    and dots: কিম জং-উন, কিম জং উন;
//! 3. **one is the acronym of the other**: it stands in brackets right behind it, or the other
//!    way round: জাগরণ উন্নয়ন পরিষদ (জেইউপি), দুর্নীতি দমন কমিশন (দুদক). It spells Latin letters,
//!    or its letters are those with which words of the full form begin. The first full form
//!    that an acronym is given counts, also where the gazetteer knows another one;
//! 4. **one is a short form of a person's full name**: all of its words are words of the full
//!    name, in that order: কিম after কিম জং-উন. It means the same person throughout the
//!    document: of those whom it fits the one last named in full before the short form comes
//!    first, or else (in a headline) the one first named in full after it.
//!
//! A short form that has an identifier of its own is joined by that alone, not by 4. Pronouns and descriptions (তিনি, প্রধানমন্ত্রী) are no mentions,
//! and nothing is resolved beyond one document.
//!
//! ```
//! use bangla_ner::{Extractor, link};
//! let text = "কিম রাশিয়া যাচ্ছেন।\nউত্তর কোরিয়ার নেতা কিম জং-উন রাশিয়া যাবেন। কিমের সফর দুই দিনের।";
//! let entities = Extractor::bundled().extract(text);
//! let groups = link::groups(&entities);
//! let found: Vec<_> = groups.iter().map(|g| (g.name(), g.kind().as_str(), g.count())).collect();
//! assert_eq!(found, [("কিম জং-উন", "person", 3), ("রাশিয়া", "place", 2), ("উত্তর কোরিয়া", "place", 1)]);
//! ```

mod sets;
mod short;

use std::collections::HashMap;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::entity::Entity;
use crate::kind::Kind;
use crate::text::{fold, words};
use sets::Sets;

/// The mentions of one person, place or organisation in a document; see [`groups`].
///
/// Serialises as `{"kind", "name", "id", "count", "mentions": [[start, end], …]}`, with the
/// byte spans of the bare names.
///
/// ```
/// use bangla_ner::{Extractor, link};
/// let text = "ঢাকায় বৃষ্টি, ঢাকার বাইরে রোদ।";
/// let entities = Extractor::bundled().extract(text);
/// let json = serde_json::to_string(&link::groups(&entities)[0])?;
/// assert_eq!(json, r#"{"kind":"place","name":"ঢাকা","id":null,"count":2,"mentions":[[0,12],[39,51]]}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Group<'a> {
    /// The first of the mentions with the most words.
    fullest: &'a Entity<'a>,
    id: Option<&'a str>,
    mentions: Vec<&'a Entity<'a>>,
}

impl<'a> Group<'a> {
    /// The fullest name that the document has, bare: of the mentions with the most words the
    /// first.
    pub fn name(&self) -> &'a str {
        self.fullest.name()
    }

    /// Person, place, organization or a kind of the user's.
    pub fn kind(&self) -> &'a Kind {
        self.fullest.kind()
    }

    /// The identifier of the entries of its names, if one has an entry with an identifier.
    pub fn id(&self) -> Option<&'a str> {
        self.id
    }

    /// The mentions, in the order of the text; there is at least one.
    pub fn mentions(&self) -> &[&'a Entity<'a>] {
        &self.mentions
    }

    /// How many mentions there are.
    pub fn count(&self) -> usize {
        self.mentions.len()
    }
}

impl Serialize for Group<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let spans: Vec<_> = self.mentions.iter().map(|m| (m.span().start, m.span().end)).collect();
        let mut out = serializer.serialize_struct("Group", 5)?;
        out.serialize_field("kind", self.kind())?;
        out.serialize_field("name", self.name())?;
        out.serialize_field("id", &self.id)?;
        out.serialize_field("count", &self.count())?;
        out.serialize_field("mentions", &spans)?;
        out.end()
    }
}

/// The groups of a document's mentions, by first mention; made by [`groups`]. A slice of
/// [`Group`]s that knows to which each mention belongs.
#[derive(Clone, Debug)]
pub struct Groups<'a> {
    groups: Vec<Group<'a>>,
    /// For each entity, the number of its group.
    of: Vec<usize>,
}

impl Groups<'_> {
    /// The number of the group to which entity number `entity` belongs.
    ///
    /// ```
    /// use bangla_ner::{Extractor, link};
    /// let text = "ঢাকা থেকে জাপান, জাপান থেকে ঢাকায়।";
    /// let entities = Extractor::bundled().extract(text);
    /// let groups = link::groups(&entities);
    /// let numbers: Vec<_> = (0..entities.len()).filter_map(|at| groups.of(at)).collect();
    /// assert_eq!(numbers, [0, 1, 1, 0]);
    /// ```
    pub fn of(&self, entity: usize) -> Option<usize> {
        self.of.get(entity).copied()
    }
}

impl<'a> std::ops::Deref for Groups<'a> {
    type Target = [Group<'a>];

    fn deref(&self) -> &[Group<'a>] {
        &self.groups
    }
}

impl<'g, 'a> IntoIterator for &'g Groups<'a> {
    type Item = &'g Group<'a>;
    type IntoIter = std::slice::Iter<'g, Group<'a>>;

    fn into_iter(self) -> Self::IntoIter {
        self.groups.iter()
    }
}

/// Puts together the mentions that name the same person, place or organisation; the
/// [module](self) states the rule. All entities are of one text, in order, as
/// [`Extractor::extract`](crate::Extractor::extract) returns them. Linear in their number.
///
/// ```
/// use bangla_ner::{Extractor, link};
/// let text = "বাংলাদেশ জাতীয়তাবাদী দল (বিএনপি) সভা করেছে। বিএনপির নেতারা ছিলেন।";
/// let entities = Extractor::bundled().extract(text);
/// let groups = link::groups(&entities);
/// assert_eq!((groups[0].name(), groups[0].count()), ("বাংলাদেশ জাতীয়তাবাদী দল", 3));
/// assert!(groups[0].id().is_some() && entities[2].id() == groups[0].id());
/// ```
pub fn groups<'a>(entities: &'a [Entity<'a>]) -> Groups<'a> {
    let names = Names::read(entities);
    let mut sets = names.join();
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut numbers: HashMap<usize, usize> = HashMap::new();
    let mut of = Vec::with_capacity(entities.len());
    // How many words the fullest name of each group has.
    let mut fullest: Vec<usize> = Vec::new();
    for (entity, &name) in entities.iter().zip(&names.of) {
        let set = sets.find(name);
        let number = *numbers.entry(set).or_insert(groups.len());
        of.push(number);
        let length = names.length(name);
        match groups.get_mut(number).zip(fullest.get_mut(number)) {
            None => {
                groups.push(Group { fullest: entity, id: sets.id(set), mentions: vec![entity] });
                fullest.push(length);
            }
            Some((group, most)) => {
                group.mentions.push(entity);
                if length > *most {
                    (group.fullest, *most) = (entity, length);
                }
            }
        }
    }
    Groups { groups, of }
}

/// A name of a kind, as one or more mentions have it.
struct Name<'a> {
    kind: &'a Kind,
    /// Its folded words.
    words: Vec<Box<[u8]>>,
    /// The first identifier that one of its mentions has.
    id: Option<&'a str>,
}

/// The different names of a document.
struct Names<'a> {
    entities: &'a [Entity<'a>],
    names: Vec<Name<'a>>,
    /// For each mention, the number of its name.
    of: Vec<usize>,
}

impl<'a> Names<'a> {
    fn read(entities: &'a [Entity<'a>]) -> Names<'a> {
        let mut numbers = HashMap::new();
        let mut names: Vec<Name<'a>> = Vec::new();
        let mut of = Vec::with_capacity(entities.len());
        for entity in entities {
            let mut parts: Vec<Box<[u8]>> = words(entity.name()).map(|w| w.folded().into()).collect();
            if parts.is_empty() {
                // A user's name may have no letter in it.
                parts.push(fold(entity.name()).as_bytes().into());
            }
            let number = *numbers.entry((entity.kind(), parts.clone())).or_insert(names.len());
            of.push(number);
            match names.get_mut(number) {
                Some(name) => name.id = name.id.or(entity.id()),
                None => names.push(Name { kind: entity.kind(), words: parts, id: entity.id() }),
            }
        }
        Names { entities, names, of }
    }

    /// How many words a name has.
    fn length(&self, name: usize) -> usize {
        self.names.get(name).map_or(0, |n| n.words.len())
    }

    /// The names that belong together.
    fn join(&self) -> Sets<'a> {
        let full_forms = self.acronyms();
        let mut ids: Vec<_> = self.names.iter().map(|name| name.id).collect();
        for (short, long) in full_forms.iter().enumerate() {
            let full = long.and_then(|long| self.names.get(long)?.id);
            if let Some(id) = ids.get_mut(short).filter(|_| full.is_some()) {
                *id = full;
            }
        }
        let mut first = HashMap::new();
        let mut sets = Sets::new(ids);
        for (number, name) in self.names.iter().enumerate() {
            if let Some(id) = sets.id(number) {
                let other = *first.entry((name.kind, id)).or_insert(number);
                sets.join(other, number);
            }
        }
        for (short, long) in full_forms.into_iter().enumerate() {
            if let Some(long) = long {
                sets.join(long, short);
            }
        }
        short::join(self, &mut sets);
        sets
    }

    /// For each name that is an acronym beside whose first full form it stands in brackets,
    /// or the other way round, the number of that form.
    fn acronyms(&self) -> Vec<Option<usize>> {
        let mut full_forms = vec![None; self.names.len()];
        for (pair, of) in self.entities.windows(2).zip(self.of.windows(2)) {
            let ([before, inside], &[first, second]) = (pair, of) else { continue };
            if before.kind() != inside.kind() || !is_bracketed(before, inside) {
                continue;
            }
            let first_is_short = self.length(first) == 1;
            let (short, long) = if first_is_short { (first, second) } else { (second, first) };
            let (acronym, full) = if first_is_short { (before, inside) } else { (inside, before) };
            if self.length(short) > 1 || self.length(long) < 2 {
                continue;
            }
            if !acronym.is_acronym() && !is_made_of_initials(acronym.name(), full.name()) {
                continue;
            }
            if let Some(full_form) = full_forms.get_mut(short) {
                *full_form = full_form.or(Some(long));
            }
        }
        full_forms
    }
}

/// Whether the second of two entities stands in brackets behind the first, alone.
fn is_bracketed(before: &Entity<'_>, inside: &Entity<'_>) -> bool {
    const QUOTES: [char; 6] = ['‘', '’', '“', '”', '\'', '"'];
    let text = before.text();
    let between = text.get(before.surface_span().end..inside.span().start);
    let open = between.map(|s| s.trim().trim_end_matches(QUOTES)).is_some_and(|s| s == "(" || s == "[");
    let after = text.get(inside.surface_span().end..).unwrap_or_default();
    open && after.trim_start_matches(QUOTES).trim_start().starts_with([')', ']'])
}

/// Whether a word's letters begin words of a full name, in its order: দুদক, বাফুফে.
fn is_made_of_initials(word: &str, full: &str) -> bool {
    let mut initials = words(full).filter_map(|word| letters(word.as_str()).next());
    letters(word).count() > 1 && letters(word).all(|letter| initials.any(|initial| initial == letter))
}

/// The Bengali letters of a word without signs and without what is joined below.
fn letters(word: &str) -> impl Iterator<Item = char> {
    let mut joined = false;
    word.chars().filter(move |&c| {
        let below = std::mem::replace(&mut joined, c == '\u{09CD}');
        !below && matches!(c, 'অ'..='হ' | '\u{09DC}'..='\u{09DF}')
    })
}
