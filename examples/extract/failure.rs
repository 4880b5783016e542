//! What can go wrong, in words for the person at the shell.

use std::io;

/// Why the program ends with status 2.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error("{name}: cannot read: {error}")]
    Input { name: String, error: io::Error },
    #[error("{name}:{line}: invalid UTF-8 at byte {offset} of the file; save it as UTF-8")]
    Utf8 { name: String, line: u64, offset: u64 },
    #[error(transparent)]
    Extractor(#[from] bangla_ner::Error),
    #[error("cannot write: {0}")]
    Output(io::Error),
}

impl Failure {
    /// Whether whoever reads the output has seen enough.
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}
