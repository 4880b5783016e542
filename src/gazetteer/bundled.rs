//! The tables that ship with the crate: names and cues, word counts, final parts.
//!
//! They are compiled by `tools/compile-gazetteer` from the text tables beside them, which
//! the crate itself never reads.

use std::sync::Arc;

use super::{Affixes, Gazetteer, Words};
use crate::error::Error;

static NAMES: &[u8] = include_bytes!("../../gazetteers/compiled/names.bin");
static WORDS: &[u8] = include_bytes!("../../gazetteers/compiled/words.bin");
static AFFIXES: &[u8] = include_bytes!("../../gazetteers/compiled/affixes.bin");

/// All that an extractor knows from tables.
#[derive(Clone, Debug)]
pub struct Tables {
    /// Names and cues, so that a text is walked once.
    pub(crate) names: Arc<Gazetteer>,
    pub(crate) words: Arc<Words>,
    pub(crate) affixes: Arc<Affixes>,
}

impl Tables {
    /// Opens the bundled tables by their headers.
    pub(crate) fn bundled() -> Result<Tables, Error> {
        Ok(Tables {
            names: Arc::new(Gazetteer::open(NAMES)?),
            words: Arc::new(Words::open(WORDS)?),
            affixes: Arc::new(Affixes::open(AFFIXES)?),
        })
    }
}

#[cfg(any(test, feature = "tools"))]
mod text {
    use std::sync::Arc;

    use super::Tables;
    use crate::error::Error;
    use crate::gazetteer::{Affixes, Gazetteer, Words, affixes, words};

    /// Files of names in the folder of the tables, in the order in which they are read.
    pub const NAME_FILES: &[&str] = &[
        "persons.tsv",
        "given_names.tsv",
        "surnames.tsv",
        "countries.tsv",
        "regions.tsv",
        "districts.tsv",
        "upazilas.tsv",
        "unions.tsv",
        "cities.tsv",
        "areas.tsv",
        "rivers.tsv",
        "waters.tsv",
        "physical.tsv",
        "facilities.tsv",
        "roads.tsv",
        "places.tsv",
        "organizations.tsv",
    ];

    /// Files of cues, in the folder `cues` beside them.
    pub const CUE_FILES: &[&str] = &[
        "titles.tsv",
        "roles.tsv",
        "kin.tsv",
        "honorifics.tsv",
        "name_words.tsv",
        "say.tsv",
        "person_after.tsv",
        "org_heads.tsv",
        "org_mods.tsv",
        "org_before.tsv",
        "place_heads.tsv",
        "place_context.tsv",
        "directions.tsv",
        "function.tsv",
        "demonyms.tsv",
        "generic.tsv",
        "letters.tsv",
        "not_acronyms.tsv",
    ];

    /// Files of final parts, also in the folder `cues`.
    pub const AFFIX_FILES: &[&str] = &["affixes.tsv", "role_affixes.tsv"];

    /// The text tables, each as the name that messages use and its content.
    #[derive(Clone, Copy, Debug)]
    pub struct TextTables<'a> {
        /// Names, as in `gazetteers/*.tsv`.
        pub names: &'a [(&'a str, &'a str)],
        /// Cues.
        pub cues: &'a [(&'a str, &'a str)],
        /// Final parts of words.
        pub affixes: &'a [(&'a str, &'a str)],
        /// Word counts.
        pub words: (&'a str, &'a str),
    }

    /// The compiled files.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct CompiledTables {
        /// `names.bin`: names and cues.
        pub names: Vec<u8>,
        /// `words.bin`.
        pub words: Vec<u8>,
        /// `affixes.bin`.
        pub affixes: Vec<u8>,
    }

    impl TextTables<'_> {
        /// Compiles the tables.
        ///
        /// # Errors
        /// The first row that cannot be used: its line, column and the remedy.
        pub fn compile(&self, version: u64) -> Result<CompiledTables, Error> {
            let mut builder = Gazetteer::builder();
            builder.version(version);
            for (file, text) in self.cues {
                builder.cues(file, text)?;
            }
            for (file, text) in self.names {
                builder.tsv(file, text)?;
            }
            Ok(CompiledTables {
                names: builder.compile()?,
                words: words::compile(self.words.0, self.words.1, version)?,
                affixes: affixes::compile(self.affixes, version)?,
            })
        }
    }

    impl Tables {
        /// Compiles text tables in memory and opens the result.
        ///
        /// # Errors
        /// As for [`TextTables::compile`].
        pub fn from_text(
            names: &[(&str, &str)],
            cues: &[(&str, &str)],
            affixes: &[(&str, &str)],
            words: (&str, &str),
        ) -> Result<Tables, Error> {
            Tables::from_compiled(TextTables { names, cues, affixes, words }.compile(0)?)
        }

        /// Opens compiled files.
        ///
        /// # Errors
        /// When they are not what they should be.
        pub fn from_compiled(files: CompiledTables) -> Result<Tables, Error> {
            let tables = Tables {
                names: Arc::new(Gazetteer::from_bytes(files.names)?),
                words: Arc::new(Words::open(files.words)?),
                affixes: Arc::new(Affixes::open(files.affixes)?),
            };
            tables.verify()?;
            Ok(tables)
        }

        /// Goes through every table completely.
        ///
        /// # Errors
        /// When one is not what it should be.
        pub fn verify(&self) -> Result<(), Error> {
            self.names.verify()?;
            self.words.verify()?;
            self.affixes.verify()
        }
    }
}
#[cfg(feature = "tools")]
pub use text::{AFFIX_FILES, CUE_FILES, CompiledTables, NAME_FILES, TextTables};

#[cfg(test)]
mod tests {
    use super::text::*;
    use super::*;

    fn read(folder: &str, files: &[&'static str]) -> Vec<(&'static str, String)> {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("gazetteers").join(folder);
        files.iter().map(|f| (*f, std::fs::read_to_string(folder.join(f)).unwrap())).collect()
    }

    fn texts<'a>(files: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
        files.iter().map(|(file, text)| (*file, text.as_str())).collect()
    }

    #[test]
    fn the_bundled_files_are_sound() {
        let tables = Tables::bundled().unwrap();
        tables.verify().unwrap();
        assert!(tables.names.version() > 0);
    }

    #[test]
    fn the_bundled_files_are_compiled_from_the_tables_beside_them() {
        let (names, cues, affixes, words) = (
            read("", NAME_FILES),
            read("cues", CUE_FILES),
            read("cues", AFFIX_FILES),
            read("", &["words.tsv"]),
        );
        let text = TextTables {
            names: &texts(&names),
            cues: &texts(&cues),
            affixes: &texts(&affixes),
            words: texts(&words)[0],
        };
        let compiled = text.compile(Tables::bundled().unwrap().names.version()).unwrap();
        let same = [compiled.names == NAMES, compiled.words == WORDS, compiled.affixes == AFFIXES];
        assert_eq!(
            same, [true; 3],
            "run `cargo run --release -p compile-gazetteer -- --out gazetteers --compile-only`"
        );
    }

    #[test]
    fn an_extractor_works_over_any_tables() {
        let names = [("names", "name\tclass\tid\nঝুমরিকা\tplace.city\tJ1\n")];
        let tables = Tables::from_text(&names, &[], &[], ("words", "আশা\t5\t0\t0\t0\n")).unwrap();
        let builder = || crate::Extractor::builder().tables(tables.clone());
        let found = |ner: &crate::Extractor| {
            ner.extract("ঢাকা ও ঝুমরিকায়").iter().filter_map(|e| e.id().map(str::to_owned)).collect::<Vec<_>>()
        };
        assert_eq!(found(&builder().build().unwrap()), ["J1"]);
        assert!(found(&builder().bundled(false).build().unwrap()).is_empty());
    }

    #[test]
    fn a_name_takes_at_most_thirty_bytes() {
        let tables = Tables::bundled().unwrap();
        let (names, bytes) = tables.names.compiled_size().unwrap();
        assert!(bytes <= 30 * names, "{bytes} bytes for {names} names");
    }
}
