//! The one error type of the crate.

use std::path::PathBuf;

/// Why a gazetteer, an extractor or an evaluation file could not be built or read.
///
/// Extraction itself never fails. The message names the file, the line and column (both
/// from 1; columns are fields in tab-separated tables, characters in JSON), the offending
/// text and what to do.
///
/// ```
/// let error = bangla_ner::Gazetteer::builder().tsv("mine.tsv", "name\tclass\nঢাকা\tplace.citty\n").unwrap_err();
/// assert!(error.to_string().starts_with("mine.tsv:2: column 2 (class): unknown class `place.citty`"));
/// ```
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(Box<ErrorKind>);

impl Error {
    /// Whether the cause is a file or a reader that could not be read.
    pub fn is_io(&self) -> bool {
        matches!(*self.0, ErrorKind::Io { .. } | ErrorKind::Stream { .. })
    }

    /// The line (from 1) of the offending row, when the cause is one.
    pub fn line(&self) -> Option<usize> {
        match *self.0 {
            ErrorKind::Row { line, .. }
            | ErrorKind::Utf8 { line, .. }
            | ErrorKind::StreamUtf8 { line, .. } => Some(line).filter(|&line| line > 0),
            _ => None,
        }
    }

    /// The column (from 1) in that line, where it is known: a field of a table, a character
    /// of JSON.
    ///
    /// ```
    /// let error = bangla_ner::Gazetteer::builder().tsv("mine.tsv", "name\tclass\nঢাকা\tplace.citty\n").unwrap_err();
    /// assert_eq!((error.line(), error.column()), (Some(2), Some(2)));
    /// ```
    pub fn column(&self) -> Option<usize> {
        match *self.0 {
            ErrorKind::Row { line, column: Some((column, _)), .. } if line > 0 => Some(column),
            ErrorKind::Utf8 { column, .. } => Some(column),
            _ => None,
        }
    }

    /// About a row of a table; line 0 is none, for what did not come from a file.
    #[cold]
    pub(crate) fn row(
        file: &str,
        line: usize,
        column: Option<(usize, &str)>,
        message: impl Into<String>,
    ) -> Error {
        let column = column.map(|(number, name)| (number, Some(shown(name))));
        ErrorKind::Row { file: file.into(), line, column, message: message.into() }.into()
    }

    /// About a character of a line.
    #[cfg(feature = "json")]
    #[cold]
    pub(crate) fn character(file: &str, (line, column): (usize, usize), message: impl Into<String>) -> Error {
        ErrorKind::Row { file: file.into(), line, column: Some((column, None)), message: message.into() }
            .into()
    }

    /// The message without the place.
    pub(crate) fn reason(&self) -> String {
        match &*self.0 {
            ErrorKind::Row { column: Some((_, Some(field))), message, .. } if !field.is_empty() => {
                format!("{field}: {message}")
            }
            ErrorKind::Row { message, .. } => message.clone(),
            ErrorKind::Io { source, .. } => format!("cannot read the file: {source}"),
            ErrorKind::Utf8 { byte, offset, .. } => invalid_utf8(*byte, *offset),
            other => other.to_string(),
        }
    }
}

/// The beginning of a message: file, line, column and the column's name, as far as known.
fn place(file: &str, line: usize, column: &Option<(usize, Option<String>)>) -> String {
    match (line, column) {
        (0, None | Some((_, None))) => format!("{file}:"),
        (0, Some((_, Some(name)))) => format!("{file}: {name}:"),
        (_, None) => format!("{file}:{line}:"),
        (_, Some((number, None))) => format!("{file}:{line}: column {number}:"),
        (_, Some((number, Some(name)))) => format!("{file}:{line}: column {number} ({name}):"),
    }
}

fn invalid_utf8(byte: u8, offset: usize) -> String {
    format!("invalid UTF-8 (byte {byte:02X} at byte {offset} of the file); save it as UTF-8")
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum ErrorKind {
    #[error("{}: cannot read the file: {source}", path.display())]
    Io { path: PathBuf, source: std::io::Error },
    #[error("cannot read on: {source}")]
    Stream { source: std::io::Error },
    #[error("line {line}: invalid UTF-8 at byte {offset} of what was read; convert it to UTF-8 before")]
    StreamUtf8 { line: usize, offset: u64 },
    #[error("{file}:{line}: column {column}: {}", invalid_utf8(*byte, *offset))]
    Utf8 { file: String, line: usize, column: usize, byte: u8, offset: usize },
    #[error("{} {message}", place(file, *line, column))]
    Row {
        file: String,
        line: usize,
        /// Its number, and its name if it has one.
        column: Option<(usize, Option<String>)>,
        message: String,
    },
    #[error(transparent)]
    Compiled(CompiledError),
    #[error("the bundled tables are damaged: {0}; this is a defect of the crate, please report it")]
    Bundled(String),
    #[error("weights: {0}")]
    Weights(String),
    #[error("there is no rule `{id}`; Extractor::rules() lists them")]
    UnknownRule { id: String },
    #[error("{what} is {value}; it must lie in 0..=1")]
    Range { what: &'static str, value: f32 },
    #[error(
        "the automaton of {names} names could not be built: {message}; split the list into several layers"
    )]
    TooLarge { names: usize, message: String },
    #[error(
        "a kind, an identifier or a list of entries of {0} bytes is too long to compile; the limit is 65535"
    )]
    TooLong(usize),
    #[error("{0} kinds are more than the 250 that one extractor can hold")]
    TooManyKinds(usize),
    #[error("{0} gazetteer layers are more than the 250 that one extractor can hold; merge some")]
    TooManyLayers(usize),
}

/// Why bytes are no compiled file that can be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CompiledError {
    #[error(
        "these bytes are no compiled file of bangla-ner; write a table with `GazetteerBuilder::compile`, or read one with `GazetteerBuilder::tsv`"
    )]
    Foreign,
    #[error("the compiled file is cut short: {found} bytes of {expected}; copy it again, as a whole")]
    Short { found: usize, expected: u64 },
    #[error(
        "the compiled file has format {found}, this version of bangla-ner reads format {read}; compile its list again with this version"
    )]
    Format { found: u32, read: u32 },
    #[error(
        "the compiled file was made with another fold table, so its names would not match; compile its list again with this version of bangla-ner"
    )]
    FoldTable,
    #[error("the compiled file is a {found}, not a {wanted}; open the right file")]
    Content { found: &'static str, wanted: &'static str },
    #[error(
        "the compiled file was altered: its bytes do not fit its checksum; copy it again in binary mode, or compile its list again"
    )]
    Altered,
    #[error(
        "the compiled file contradicts itself ({0}) although its checksum fits; compile its list again with this version of bangla-ner"
    )]
    Inconsistent(&'static str),
}

impl From<CompiledError> for Error {
    #[cold]
    fn from(error: CompiledError) -> Error {
        ErrorKind::Compiled(error).into()
    }
}

impl From<ErrorKind> for Error {
    #[cold]
    fn from(kind: ErrorKind) -> Error {
        Error(Box::new(kind))
    }
}

/// Text of a file as messages show it: what cannot be seen is escaped, and of a long text the
/// beginning will do.
pub(crate) fn shown(text: &str) -> String {
    const MOST: usize = 60;
    let beginning = text.char_indices().nth(MOST).and_then(|(at, _)| text.get(..at));
    match beginning {
        Some(beginning) => format!("{}…", beginning.escape_debug()),
        None => text.escape_debug().to_string(),
    }
}

/// What the columns of a file are.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Columns {
    /// Fields between tabs.
    Fields,
    #[cfg(feature = "json")]
    Characters,
}

/// Decodes the bytes of `file`, or says where they are no UTF-8.
pub(crate) fn utf8<'b>(file: &str, bytes: &'b [u8], columns: Columns) -> Result<&'b str, Error> {
    std::str::from_utf8(bytes).map_err(|e| {
        let offset = e.valid_up_to();
        let before = bytes.get(..offset).unwrap_or_default();
        let line = 1 + before.iter().filter(|&&b| b == b'\n').count();
        let in_line = before.iter().rev().take_while(|&&b| b != b'\n');
        let column = 1 + match columns {
            Columns::Fields => in_line.filter(|&&b| b == b'\t').count(),
            // Each character has one byte that is not a continuation.
            #[cfg(feature = "json")]
            Columns::Characters => in_line.filter(|&&b| b & 0xC0 != 0x80).count(),
        };
        let byte = bytes.get(offset).copied().unwrap_or_default();
        ErrorKind::Utf8 { file: file.into(), line, column, byte, offset }.into()
    })
}

/// Reads a whole file.
pub(crate) fn read(path: &std::path::Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path).map_err(|source| ErrorKind::Io { path: path.into(), source }.into())
}
