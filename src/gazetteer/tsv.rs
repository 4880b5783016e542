//! Reading gazetteer and cue tables: tab-separated, a header line names the columns.

use super::class::{Ambiguity, Class};
use super::entry::{Action, Entry, Row};
use crate::error::{Error, shown};

/// Columns of a table, in the order in which the header names them.
const COLUMNS: [&str; 8] = ["name", "class", "ambiguity", "id", "latin", "source", "strength", "action"];

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
pub(super) fn read(
    file: &str,
    text: &str,
    cues: bool,
    mut push: impl FnMut(Row) -> Result<(), Error>,
) -> Result<(), Error> {
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
            Some(table) => push(table.row(&fields, cues)?)?,
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
        for required in [0, 1] {
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
        let name = self.required(row, 0)?;
        let class = self.required(row, 1)?;
        let (kind, class) = if cues {
            let class = Class::of_cue(class)
                .ok_or_else(|| self.wrong(row, 1, format!("unknown cue class `{}`", shown(class))))?;
            (None, class)
        } else {
            let (kind, class) = Class::of_entry(class).map_err(|message| self.wrong(row, 1, message))?;
            (Some(kind), class)
        };
        let ambiguity = Ambiguity::parse(self.field(row, 2)).ok_or_else(|| {
            self.wrong(row, 2, format!("`{}` is not one of sure, context, never", shown(self.field(row, 2))))
        })?;
        let strength = match self.field(row, 6) {
            "" => 2,
            text => text.parse().ok().filter(|s| (1..=3).contains(s)).ok_or_else(|| {
                self.wrong(row, 6, format!("`{}` is not a strength; write 1, 2 or 3", shown(text)))
            })?,
        };
        let action = Action::parse(self.field(row, 7)).ok_or_else(|| {
            self.wrong(row, 7, format!("`{}` is not one of add, override, block", shown(self.field(row, 7))))
        })?;
        let id = self.field(row, 3);
        Ok(Row {
            entry: Entry {
                name: name.into(),
                kind,
                class,
                ambiguity,
                id: (!id.is_empty()).then(|| id.into()),
                strength,
                action,
            },
            line: row.line,
            column: self.at[0].unwrap_or_default() + 1,
        })
    }

    fn field<'r>(&self, row: &Fields<'r>, column: usize) -> &'r str {
        let position = self.at.get(column).copied().flatten();
        position.and_then(|p| row.fields.get(p)).map_or("", |f| f.trim())
    }

    fn required<'r>(&self, row: &Fields<'r>, column: usize) -> Result<&'r str, Error> {
        match self.field(row, column) {
            "" => Err(self.wrong(row, column, "missing; every row needs a name and a class".into())),
            field => Ok(field),
        }
    }

    #[cold]
    fn wrong(&self, row: &Fields<'_>, column: usize, message: String) -> Error {
        let position = self.at.get(column).copied().flatten().unwrap_or_default() + 1;
        let name = COLUMNS.get(column).copied().unwrap_or_default();
        Error::row(self.file, row.line, Some((position, name)), message)
    }
}
