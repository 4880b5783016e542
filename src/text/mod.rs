//! First room: from UTF-8 to folded bytes, words and endings.
//!
//! One pass decodes, normalises and folds a text and cuts it into words; nothing here
//! knows what a name is. Usable alone: [`fold`] compares spellings, [`words`] iterates,
//! [`endings`] splits a word into name and ending.

pub mod endings;
pub(crate) mod fold;
mod glance;
#[cfg(test)]
mod laws;
mod plain;
pub(crate) mod scan;
pub(crate) mod token;
pub(crate) mod urls;
pub(crate) mod vocabulary;
mod words;

pub use fold::{ABBREVIATIONS, BARE_ABBREVIATIONS, Folded, fold};
pub use words::{Word, Words, words};
