//! Reading gazetteer and cue tables: tab-separated, a header line names the columns.

use super::columns::{self, COLUMNS, Push, Row};
use crate::error::Error;

struct Table<'a> {
    file: &'a str,
    /// Position in a row of each of [`COLUMNS`].
    at: [Option<usize>; COLUMNS.len()],
    width: usize,
}

struct Fields<'a> {
    fields: Vec<&'a str>,
    line: usize,
}

/// Reads the rows of `text` and hands them to `push`. With `cues`, classes are those of
/// cue files.
pub(super) fn read(file: &str, text: &str, cues: bool, push: &mut Push<'_>) -> Result<(), Error> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut table = None;
    for (number, line) in text.split('\n').enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let fields = Fields { fields: line.split('\t').collect(), line: number + 1 };
        match &table {
            None => table = Some(Table::from_header(file, &fields)?),
            Some(table) => push(table.row(&fields, cues))?,
        }
    }
    Ok(())
}

impl<'a> Table<'a> {
    fn from_header(file: &'a str, header: &Fields<'_>) -> Result<Table<'a>, Error> {
        let mut at = [None; COLUMNS.len()];
        for (position, field) in header.fields.iter().enumerate() {
            let field = field.trim();
            let Some(column) = COLUMNS.iter().position(|c| *c == field) else {
                let message =
                    format!("unknown column in the header line; the columns are {}", COLUMNS.join(", "));
                return Err(Error::row(file, header.line, Some((position + 1, field)), message));
            };
            if let Some(slot) = at.get_mut(column) {
                if slot.is_some() {
                    let message = "the header names this column twice; remove one";
                    return Err(Error::row(file, header.line, Some((position + 1, field)), message));
                }
                *slot = Some(position);
            }
        }
        for required in [columns::NAME, columns::CLASS] {
            if at.get(required).copied().flatten().is_none() {
                let message = format!(
                    "the header line has no column `{}`; begin the file with `name<TAB>class`",
                    COLUMNS.get(required).copied().unwrap_or_default()
                );
                return Err(Error::row(file, header.line, None, message));
            }
        }
        Ok(Table { file, at, width: header.fields.len() })
    }

    fn row(&self, row: &Fields<'_>, cues: bool) -> Result<Row, Error> {
        let found = row.fields.len();
        if found > self.width {
            let message =
                format!("{found} fields, but the header names {}; remove the extra tabs", self.width);
            return Err(Error::row(self.file, row.line, Some((self.width + 1, "extra")), message));
        }
        let mut fields = [""; COLUMNS.len()];
        for (field, position) in fields.iter_mut().zip(self.at) {
            *field = position.and_then(|p| row.fields.get(p)).map_or("", |f| f.trim());
        }
        match columns::entry(&fields, cues) {
            Ok(entry) => Ok(Row { entry, line: row.line, column: self.number(columns::NAME) }),
            Err((column, message)) => {
                let name = COLUMNS.get(column).copied().unwrap_or_default();
                Err(Error::row(self.file, row.line, Some((self.number(column), name)), message))
            }
        }
    }

    /// The number of a column in the file, from 1.
    fn number(&self, column: usize) -> usize {
        self.at.get(column).copied().flatten().unwrap_or_default() + 1
    }
}
