//! What there is to say about a row.

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::error::{Error, shown};
use crate::gazetteer::columns::Row;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Severity {
    /// Good to know; nothing has to be done.
    Information,
    /// The list loads, but probably does not do what was meant.
    Warning,
    /// The list does not load.
    Error,
}

impl Severity {
    /// `information`, `warning`, `error`.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Information => "information",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

macro_rules! checks {
    ($($(#[$doc:meta])* $name:ident $code:literal $severity:ident)*) => {
        /// What was looked for. Each has a [code](Check::code) that stays the same from
        /// version to version.
        ///
        /// ```
        /// use bangla_ner::lint::{Check, Severity};
        /// assert_eq!((Check::LookAlike.code(), Check::LookAlike.severity()), ("look-alike", Severity::Warning));
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Check { $($(#[$doc])* $name,)* }

        impl Check {
            /// Every check.
            pub const ALL: &[Check] = &[$(Check::$name),*];

            /// The code that stands for it in messages and in JSON.
            pub fn code(self) -> &'static str {
                match self { $(Check::$name => $code,)* }
            }

            /// How bad it is.
            pub fn severity(self) -> Severity {
                match self { $(Check::$name => Severity::$severity,)* }
            }
        }
    };
}

checks! {
    /// `unreadable`, an error: the file cannot be read, or has no header line.
    Unreadable "unreadable" Error
    /// `unusable`, an error: a row that cannot be used.
    Unusable "unusable" Error
    /// `repeated`: the same name, class and identifier as another row, which alone is used.
    Repeated "repeated" Warning
    /// `other-kind`: another row gives the name another kind; both are kept.
    OtherKind "other-kind" Warning
    /// `other-id`: another row gives the name another identifier, and comes first.
    OtherId "other-id" Warning
    /// `only-ending`: the name is nothing but an ending (টি, গুলো).
    OnlyEnding "only-ending" Warning
    /// `inflected`: a listed name with an ending; endings are found by themselves.
    Inflected "inflected" Warning
    /// `one-letter`: the name has a single letter.
    OneLetter "one-letter" Warning
    /// `only-digits`: the name is a number.
    OnlyDigits "only-digits" Warning
    /// `common-word`: mostly no name, though listed as sure.
    CommonWord "common-word" Warning
    /// `look-alike`: a letter of another script, or a colon for a visarga, inside a Bengali
    /// word.
    LookAlike "look-alike" Warning
    /// `never-found`: nothing in any text is found by it, as names begin with a word.
    NeverFound "never-found" Warning
    /// `mark-at-end`: the name ends in punctuation, without which it is not found.
    MarkAtEnd "mark-at-end" Warning
    /// `hidden-space`: a space of no width, or a line end, where a real space may have been
    /// meant.
    HiddenSpace "hidden-space" Warning
    /// `invisible`: other invisible characters where they do nothing.
    Invisible "invisible" Information
    /// `spelling`: code points that are not the canonical ones, once for each file.
    Spelling "spelling" Information
}

/// Something odd about a row of a list: where it is, what it is and what to do.
///
/// Displays as `file:line:column: severity[code]: message`, as compilers do, and serialises
/// as `{"file", "line", "column", "code", "severity", "name", "message", "other"}`, where
/// `other` is `{"file", "line"}` of the row that it clashes with, or null.
///
/// ```
/// use bangla_ner::Gazetteer;
/// let mut mine = Gazetteer::builder();
/// mine.tsv("mine.tsv", "name\tclass\nঢাকা\tplace\nঢাকা\tplace\n")?;
/// let finding = &mine.warnings()[0];
/// assert_eq!(finding.to_string(), "mine.tsv:3:1: warning[repeated]: `ঢাকা` repeats mine.tsv:2; the row is ignored");
/// assert_eq!((finding.line(), finding.other()), (3, Some(("mine.tsv", 2))));
/// # Ok::<(), bangla_ner::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    file: Box<str>,
    line: usize,
    column: Option<usize>,
    check: Check,
    name: Box<str>,
    message: String,
    other: Option<Other>,
}

/// Another row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::gazetteer) struct Other {
    pub(in crate::gazetteer) file: Box<str>,
    pub(in crate::gazetteer) line: usize,
}

impl std::fmt::Display for Other {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.line == 0 { f.write_str(&self.file) } else { write!(f, "{}:{}", self.file, self.line) }
    }
}

impl Finding {
    /// About a row's name, of which the message says more.
    pub(in crate::gazetteer) fn of(file: &str, row: &Row, check: Check, message: impl AsRef<str>) -> Finding {
        let name = &row.entry.name;
        Finding {
            file: file.into(),
            line: row.line,
            column: (row.line > 0).then_some(row.column),
            check,
            name: name.as_str().into(),
            message: format!("`{}` {}", shown(name), message.as_ref()),
            other: None,
        }
    }

    /// The same, with the row that it clashes with.
    pub(in crate::gazetteer) fn beside(mut self, other: Other) -> Finding {
        self.other = Some(other);
        self
    }

    /// What an error says.
    pub(super) fn refused(file: &str, error: &Error, check: Check) -> Finding {
        Finding {
            file: file.into(),
            line: error.line().unwrap_or_default(),
            column: error.column(),
            check,
            name: Box::default(),
            message: error.reason(),
            other: None,
        }
    }

    /// The file, as named to the builder.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The line, from 1; 0 for entries that were not read from a file, and for whole files.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column, from 1, where it is known: a field of a table, a character of JSON.
    pub fn column(&self) -> Option<usize> {
        self.column
    }

    /// What was looked for.
    pub fn check(&self) -> Check {
        self.check
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.check.severity()
    }

    /// The name as the row has it; empty for a row without one that could be read.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What is odd, and what to do.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// File and line of the row that this one clashes with.
    pub fn other(&self) -> Option<(&str, usize)> {
        self.other.as_ref().map(|other| (&*other.file, other.line))
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if let Some(column) = self.column {
            write!(f, ":{column}")?;
        }
        write!(f, ": {}[{}]: {}", self.severity().as_str(), self.check.code(), self.message)
    }
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Finding", 8)?;
        out.serialize_field("file", &self.file)?;
        out.serialize_field("line", &Some(self.line).filter(|&line| line > 0))?;
        out.serialize_field("column", &self.column)?;
        out.serialize_field("code", self.check.code())?;
        out.serialize_field("severity", self.severity().as_str())?;
        out.serialize_field("name", &self.name)?;
        out.serialize_field("message", &self.message)?;
        out.serialize_field("other", &self.other)?;
        out.end()
    }
}

impl Serialize for Other {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Other", 2)?;
        out.serialize_field("file", &self.file)?;
        out.serialize_field("line", &Some(self.line).filter(|&line| line > 0))?;
        out.end()
    }
}
