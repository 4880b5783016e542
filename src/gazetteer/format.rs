//! The formats in which lists come.

use std::path::Path;

use super::columns::Push;
#[cfg(feature = "json")]
use super::json::{self, Objects};
use super::tsv;
use crate::error::{self, Columns, Error};

#[derive(Clone, Copy, Debug)]
pub(super) enum Format {
    Tsv,
    /// A table of cues.
    #[cfg(any(test, feature = "tools"))]
    Cues,
    #[cfg(feature = "json")]
    JsonLines,
    /// Those of spaCy's EntityRuler.
    #[cfg(feature = "json")]
    Patterns,
}

impl Format {
    /// Hands every row of `text`, good or bad, to `push`.
    ///
    /// # Errors
    /// When no row can be read at all, or what `push` returns.
    pub(super) fn read(self, file: &str, text: &str, push: &mut Push<'_>) -> Result<(), Error> {
        match self {
            Format::Tsv => tsv::read(file, text, false, push),
            #[cfg(any(test, feature = "tools"))]
            Format::Cues => tsv::read(file, text, true, push),
            #[cfg(feature = "json")]
            Format::JsonLines => json::read(file, text, Objects::Entries, push),
            #[cfg(feature = "json")]
            Format::Patterns => json::read(file, text, Objects::Patterns, push),
        }
    }

    /// Hands name and text of a file on disk to `read`.
    pub(super) fn read_file(
        self,
        path: &Path,
        read: impl FnOnce(&str, &str) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let bytes = error::read(path)?;
        let file = path.display().to_string();
        let columns = match self {
            #[cfg(feature = "json")]
            Format::JsonLines | Format::Patterns => Columns::Characters,
            _ => Columns::Fields,
        };
        read(&file, error::utf8(&file, &bytes, columns)?)
    }
}
