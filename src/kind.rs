//! What a name is a name of.

use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The kind of an entity: person, place, organization, or one of the user's own.
///
/// Written in data files and in serialised form as `person`, `place`, `organization` or
/// the user's word.
///
/// ```
/// use bangla_ner::Kind;
/// let ner = bangla_ner::Extractor::bundled();
/// let found = ner.extract("ঢাকায় বৃষ্টি হয়েছে।");
/// assert_eq!(found[0].kind(), &Kind::Place);
/// assert_eq!(Kind::from("medicine").as_str(), "medicine");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Kind {
    /// A named individual, real, fictional or divine.
    Person,
    /// A country, town, river, road, building seen as a place.
    Place,
    /// A company, party, agency, school, club, medium.
    Organization,
    /// A kind that a user's gazetteer brought in.
    Other(Arc<str>),
}

impl Kind {
    /// The kind's name, as in data files.
    pub fn as_str(&self) -> &str {
        match self {
            Kind::Person => "person",
            Kind::Place => "place",
            Kind::Organization => "organization",
            Kind::Other(name) => name,
        }
    }

    /// The short label of the field's label sets: `PER`, `LOC`, `ORG`; a user's kind in
    /// capitals.
    pub fn label(&self) -> String {
        match self {
            Kind::Person => "PER".into(),
            Kind::Place => "LOC".into(),
            Kind::Organization => "ORG".into(),
            Kind::Other(name) => name.to_uppercase(),
        }
    }

    /// The kind that a label of the field's label sets means (`PER`, `B-LOC`'s `LOC`).
    pub fn from_label(label: &str) -> Kind {
        match label {
            "PER" => Kind::Person,
            "LOC" => Kind::Place,
            "ORG" => Kind::Organization,
            other => Kind::from(other.to_lowercase().as_str()),
        }
    }
}

impl From<&str> for Kind {
    fn from(name: &str) -> Kind {
        match name {
            "person" => Kind::Person,
            "place" => Kind::Place,
            "organization" => Kind::Organization,
            other => Kind::Other(other.into()),
        }
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Kind, D::Error> {
        let name = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Ok(Kind::from(name.as_ref()))
    }
}
