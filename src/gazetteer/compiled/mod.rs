//! Compiled files: what ships with the crate, and what users compile of their own lists.
//!
//! Opening one parses nothing but a header and two short tables; names, identifiers and
//! word counts are read in place, out of the executable's own pages for the bundled ones.

mod checksum;
mod draft;
mod envelope;
pub(super) mod fst;
mod names;

pub(super) use draft::Draft;
#[cfg(test)]
pub(super) use envelope::seal;
#[cfg(any(test, feature = "tools"))]
pub(super) use envelope::write;
pub(super) use envelope::{Content, File, u32_at};
pub(super) use names::Compiled;
