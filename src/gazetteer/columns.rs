//! The columns of a list, whatever its format: what they are called and what they may hold.

use super::class::{Ambiguity, Class};
use super::entry::{Action, Entry};
use crate::error::{Error, shown};

/// Columns of a table, keys of a JSON object.
pub(super) const COLUMNS: [&str; 8] =
    ["name", "class", "ambiguity", "id", "latin", "source", "strength", "action"];

/// The number of a column that every list has.
pub(super) const NAME: usize = 0;
pub(super) const CLASS: usize = 1;

/// What a row holds of each of [`COLUMNS`], without white space around; empty if nothing.
pub(super) type Fields<'a> = [&'a str; COLUMNS.len()];

/// A row on its way into a builder, and where its name stands.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) entry: Entry,
    pub(super) line: usize,
    pub(super) column: usize,
}

/// What takes the rows that a reader reads, and those that cannot be used. An error of its
/// own ends the reading.
pub(super) type Push<'p> = dyn FnMut(Result<Row, Error>) -> Result<(), Error> + 'p;

impl Row {
    /// The row of an affix table: final part, class and strength.
    #[cfg(any(test, feature = "tools"))]
    pub(super) fn affix(&self) -> (&str, Class, u8) {
        (&self.entry.name, self.entry.class, self.entry.strength)
    }

    /// Says what is wrong with the name.
    #[cold]
    pub(super) fn wrong_name(&self, file: &str, message: &str) -> Error {
        let message = format!("`{}` {message}", shown(&self.entry.name));
        Error::row(file, self.line, Some((self.column, "name")), message)
    }
}

/// The entry that a row stands for, or the column that is wrong and why. With `cues`,
/// classes are those of cue files.
pub(super) fn entry(fields: &Fields<'_>, cues: bool) -> Result<Entry, (usize, String)> {
    let [name, class, ambiguity, id, _, _, strength, action] = *fields;
    if name.is_empty() || class.is_empty() {
        let column = if name.is_empty() { NAME } else { CLASS };
        return Err((column, "missing; every row needs a name and a class".into()));
    }
    let (kind, class) = if cues {
        let of_cue = Class::of_cue(class);
        (None, of_cue.ok_or_else(|| (CLASS, format!("unknown cue class `{}`", shown(class))))?)
    } else {
        let (kind, class) = Class::of_entry(class).map_err(|message| (CLASS, message))?;
        (Some(kind), class)
    };
    let one_of = |text: &str, names: &str| format!("`{}` is not one of {names}", shown(text));
    let ambiguity =
        Ambiguity::parse(ambiguity).ok_or_else(|| (2, one_of(ambiguity, "sure, context, never")))?;
    let strength = match strength {
        "" => 2,
        text => text
            .parse()
            .ok()
            .filter(|s| (1..=3).contains(s))
            .ok_or_else(|| (6, format!("`{}` is not a strength; write 1, 2 or 3", shown(text))))?,
    };
    let action = Action::parse(action).ok_or_else(|| (7, one_of(action, "add, override, block")))?;
    let id = (!id.is_empty()).then(|| id.into());
    Ok(Entry { name: name.into(), kind, class, ambiguity, id, strength, action })
}
