#![forbid(unsafe_code)]
#![warn(missing_docs)]
//! bangla-ner
pub mod text;
pub use text::endings;
