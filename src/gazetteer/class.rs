//! What a gazetteer row or a cue says about its name.

use crate::error::shown;
use crate::kind::Kind;

/// Class of a gazetteer row: the part of `kind.class` after the dot, or a cue's class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Class {
    /// A name of a kind, nothing more said (`person`, or a kind of the user's).
    Plain,
    PersonFull,
    Given,
    Surname,
    Country,
    Region,
    District,
    Upazila,
    Union,
    City,
    Area,
    River,
    Water,
    Physical,
    Facility,
    Road,
    Government,
    Party,
    Media,
    Company,
    Bank,
    Education,
    Health,
    Sports,
    International,
    Force,
    Ngo,
    OtherBody,
    Title,
    Role,
    Kin,
    Honorific,
    Opener,
    Middle,
    Epithet,
    Say,
    PersonAfter,
    OrgHead,
    OrgMod,
    OrgBefore,
    PlaceHead,
    PlaceGeneric,
    PlaceBefore,
    PlaceAfter,
    Direction,
    Function,
    Demonym,
    Generic,
    Letter,
    NotAcronym,
    AffixPerson,
    AffixPlace,
    AffixRole,
    AffixWord,
}

use Class::*;

const PERSON: &[(&str, Class)] = &[("full", PersonFull), ("given", Given), ("surname", Surname)];
const PLACE: &[(&str, Class)] = &[
    ("country", Country),
    ("region", Region),
    ("district", District),
    ("upazila", Upazila),
    ("union", Union),
    ("city", City),
    ("area", Area),
    ("river", River),
    ("water", Water),
    ("physical", Physical),
    ("facility", Facility),
    ("road", Road),
];
const ORGANIZATION: &[(&str, Class)] = &[
    ("government", Government),
    ("party", Party),
    ("media", Media),
    ("company", Company),
    ("bank", Bank),
    ("education", Education),
    ("health", Health),
    ("sports", Sports),
    ("international", International),
    ("force", Force),
    ("ngo", Ngo),
    ("other", OtherBody),
];
const CUES: &[(&str, Class)] = &[
    ("title", Title),
    ("role", Role),
    ("kin", Kin),
    ("honorific", Honorific),
    ("opener", Opener),
    ("middle", Middle),
    ("epithet", Epithet),
    ("say", Say),
    ("person.after", PersonAfter),
    ("org.head", OrgHead),
    ("org.mod", OrgMod),
    ("org.before", OrgBefore),
    ("place.head", PlaceHead),
    ("place.generic", PlaceGeneric),
    ("place.before", PlaceBefore),
    ("place.after", PlaceAfter),
    ("direction", Direction),
    ("function", Function),
    ("demonym", Demonym),
    ("generic", Generic),
    ("letter", Letter),
    ("not.acronym", NotAcronym),
    ("affix.person", AffixPerson),
    ("affix.place", AffixPlace),
    ("affix.role", AffixRole),
    ("affix.word", AffixWord),
];

const TABLES: &[(&str, &[(&str, Class)])] =
    &[("person", PERSON), ("place", PLACE), ("organization", ORGANIZATION), ("cue", CUES)];

impl Class {
    /// The class of a cue file's `class` column.
    pub(crate) fn of_cue(name: &str) -> Option<Class> {
        CUES.iter().find(|(n, _)| *n == name).map(|&(_, class)| class)
    }

    /// Kind and class of a gazetteer file's `class` column, or what is wrong with it.
    pub(crate) fn of_entry(name: &str) -> Result<(Kind, Class), String> {
        let (kind, class) = name.split_once('.').map_or((name, ""), |(kind, class)| (kind, class));
        let known = match kind {
            "person" => PERSON,
            "place" => PLACE,
            "organization" => ORGANIZATION,
            "" => {
                return Err(
                    "empty class; write a kind such as `person`, `place`, `organization` or your own".into(),
                );
            }
            _ => &[],
        };
        if kind.contains(char::is_whitespace) {
            return Err(format!("class `{}` contains white space; use a single word", shown(name)));
        }
        if let Some(c) = name.chars().find(|c| c.is_control()) {
            return Err(format!("class `{}` holds the character U+{:04X}; remove it", shown(name), c as u32));
        }
        if class.is_empty() || known.is_empty() {
            return Ok((Kind::from(kind), Plain));
        }
        let found = known.iter().find(|(n, _)| *n == class).map(|&(_, c)| (Kind::from(kind), c));
        found.ok_or_else(|| {
            let names: Vec<_> = known.iter().map(|(n, _)| format!("{kind}.{n}")).collect();
            let name = shown(name);
            format!("unknown class `{name}`; use `{kind}` or one of {}", names.join(", "))
        })
    }

    /// The class's name in compiled files: as in tables, cues under `cue.`.
    pub(crate) fn name(self) -> String {
        let named = TABLES.iter().find_map(|(kind, classes)| {
            classes.iter().find(|(_, c)| *c == self).map(|(name, _)| format!("{kind}.{name}"))
        });
        named.unwrap_or_else(|| "plain".into())
    }

    /// The class of a [`name`](Self::name).
    pub(crate) fn of_name(name: &str) -> Option<Class> {
        if name == "plain" {
            return Some(Plain);
        }
        let (kind, name) = name.split_once('.')?;
        let (_, classes) = TABLES.iter().find(|(k, _)| *k == kind)?;
        classes.iter().find(|(n, _)| *n == name).map(|&(_, class)| class)
    }

    /// This class as one bit of a [`ClassSet`].
    pub(crate) const fn bit(self) -> ClassSet {
        ClassSet(1 << self as u64)
    }

    /// The classes of cues.
    pub(crate) const CUES: ClassSet = ClassSet(u64::MAX << Title as u8);

    pub(crate) const fn is_cue(self) -> bool {
        self as u8 >= Title as u8
    }
}

/// A set of classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct ClassSet(u64);

impl ClassSet {
    pub(crate) const EMPTY: ClassSet = ClassSet(0);
    pub(crate) const EVERY: ClassSet = ClassSet(u64::MAX);

    pub(crate) const fn and(self, other: ClassSet) -> ClassSet {
        ClassSet(self.0 | other.0)
    }

    pub(crate) const fn has(self, class: Class) -> bool {
        self.0 & class.bit().0 != 0
    }

    /// The classes of this set, as their numbers.
    pub(crate) fn numbers(self) -> impl Iterator<Item = u8> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let next = u8::try_from(rest.trailing_zeros()).ok().filter(|&n| n < 64)?;
            rest &= rest - 1;
            Some(next)
        })
    }

    /// The set as one number.
    pub(crate) const fn bits(self) -> u64 {
        self.0
    }

    pub(crate) const fn without(self, other: ClassSet) -> ClassSet {
        ClassSet(self.0 & !other.0)
    }

    pub(crate) const fn has_any(self, set: ClassSet) -> bool {
        self.0 & set.0 != 0
    }
}

impl std::ops::BitOrAssign for ClassSet {
    fn bitor_assign(&mut self, other: ClassSet) {
        self.0 |= other.0;
    }
}

/// How far a name can be trusted without context.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[non_exhaustive]
pub enum Ambiguity {
    /// An entity wherever it stands (ঢাকা).
    #[default]
    Sure,
    /// Also a common word or part of other names (আশা, সাগর): counts only beside other
    /// evidence.
    Context,
    /// Nearly always a common word: never an entity by itself, only inside a longer name.
    Never,
}

impl Ambiguity {
    pub(crate) fn parse(text: &str) -> Option<Ambiguity> {
        match text {
            "" | "sure" => Some(Ambiguity::Sure),
            "context" => Some(Ambiguity::Context),
            "never" => Some(Ambiguity::Never),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_fit_a_set_and_cues_come_last() {
        assert!((AffixWord as u8) < 64);
        assert!(CUES.iter().all(|(_, class)| class.is_cue()));
        assert!([PERSON, PLACE, ORGANIZATION].concat().iter().all(|(_, class)| !class.is_cue()));
    }

    #[test]
    fn every_class_has_a_name_of_its_own() {
        let classes = TABLES.iter().flat_map(|(_, classes)| classes.iter().map(|&(_, class)| class));
        let classes: Vec<Class> = classes.chain([Plain]).collect();
        assert_eq!(classes.len(), AffixWord as usize + 1);
        for class in classes {
            assert_eq!(Class::of_name(&class.name()), Some(class));
        }
        assert_eq!(Class::of_name("place.citty"), None);
    }
}
