//! The names, cues and word counts that ship with the crate.

use super::{Affixes, Gazetteer, Words};
use crate::error::Error;

macro_rules! tables {
    ($folder:literal: $($file:literal)*) => {
        &[$(($file, include_str!(concat!("../../", $folder, "/", $file)))),*]
    };
}

static NAMES: &[(&str, &str)] = tables!("gazetteers":
    "persons.tsv" "given_names.tsv" "surnames.tsv"
    "countries.tsv" "regions.tsv" "districts.tsv" "upazilas.tsv" "unions.tsv" "cities.tsv" "areas.tsv"
    "rivers.tsv" "waters.tsv" "physical.tsv" "facilities.tsv" "places.tsv"
    "organizations.tsv");

static CUES: &[(&str, &str)] = tables!("gazetteers/cues":
    "titles.tsv" "roles.tsv" "kin.tsv" "honorifics.tsv" "name_words.tsv" "say.tsv" "person_after.tsv"
    "org_heads.tsv" "org_mods.tsv" "org_before.tsv" "place_heads.tsv" "place_context.tsv" "directions.tsv" "function.tsv"
    "demonyms.tsv" "generic.tsv" "letters.tsv" "not_acronyms.tsv");

static AFFIXES: &[(&str, &str)] = tables!("gazetteers/cues": "affixes.tsv" "role_affixes.tsv");
static WORDS: (&str, &str) = ("words.tsv", include_str!("../../gazetteers/words.tsv"));

/// The bundled names.
pub(crate) fn names() -> Result<Gazetteer, Error> {
    let mut builder = Gazetteer::builder();
    for (file, text) in NAMES {
        builder.tsv(file, text)?;
    }
    builder.build()
}

/// The bundled cues, which every extractor has.
pub(crate) fn cues() -> Result<Gazetteer, Error> {
    let mut builder = Gazetteer::builder();
    for (file, text) in CUES {
        builder.cues(file, text)?;
    }
    builder.build()
}

/// Final parts of unknown names.
pub(crate) fn affixes() -> Result<Affixes, Error> {
    Affixes::from_tables(AFFIXES)
}

/// The common-word table.
pub(crate) fn words() -> Result<Words, Error> {
    Words::from_tsv(WORDS.0, WORDS.1)
}
