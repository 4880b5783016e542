//! Final parts of words that say something about unknown names (-পুর, -উদ্দিন, -চ্ছেন).
//!
//! A compiled file: in section 0 a transducer from the folded final part, read backwards,
//! to a set of classes: bit *i* for number *i* of [`CLASSES`].

use std::borrow::Cow;

use super::class::{Class, ClassSet};
use super::compiled::{Content, File, fst};
use crate::error::Error;

const PARTS: usize = 0;
/// No final part is longer, in folded bytes.
const LONGEST: usize = 16;
/// The classes of final parts, in the order of their bits in files.
const CLASSES: [Class; 4] = [Class::AffixPerson, Class::AffixPlace, Class::AffixRole, Class::AffixWord];

/// The affix table, by folded bytes.
#[derive(Debug, Default)]
pub(crate) struct Affixes {
    file: File,
    root: fst::Node,
}

impl Affixes {
    /// Opens a compiled table by its header.
    pub(crate) fn open(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Affixes, Error> {
        let file = File::open(bytes.into(), Content::Affixes)?;
        let root = file.transducer(PARTS)?;
        Ok(Affixes { file, root })
    }

    /// Checks the checksum, and that every part has classes.
    ///
    /// # Errors
    /// When the file was altered or contradicts itself.
    #[cfg(any(test, feature = "tools"))]
    pub(crate) fn verify(&self) -> Result<(), Error> {
        self.file.verify()?;
        self.file.verify_transducer(PARTS, |classes| classes > 0 && classes >> CLASSES.len() == 0)
    }

    /// The classes of all final parts of a folded stem that leave two letters before them.
    pub(crate) fn of(&self, stem: &[u8]) -> ClassSet {
        let parts = self.file.section(PARTS);
        let mut found = 0;
        let mut node = self.root;
        for &byte in stem.get(2..).unwrap_or_default().iter().rev().take(LONGEST) {
            let Some(next) = fst::step(parts, node, byte) else { break };
            node = next;
            found |= fst::value(parts, node).unwrap_or_default();
        }
        let bits = CLASSES.iter().zip(0..).filter(|&(_, bit)| found >> bit & 1 != 0);
        bits.fold(ClassSet::EMPTY, |set, (class, _)| set.and(class.bit()))
    }
}

#[cfg(any(test, feature = "tools"))]
pub(crate) use compile::compile;

#[cfg(any(test, feature = "tools"))]
mod compile {
    use std::collections::BTreeMap;

    use super::{CLASSES, Content, Error, LONGEST, fst};
    use crate::gazetteer::{compiled, tsv};
    use crate::text::fold;

    /// Compiles cue tables, given by file name and content.
    pub(crate) fn compile(tables: &[(&str, &str)], version: u64) -> Result<Vec<u8>, Error> {
        let mut parts: BTreeMap<Vec<u8>, u32> = BTreeMap::new();
        for (file, text) in tables {
            tsv::read(file, text, true, &mut |row| {
                let row = row?;
                let (name, class, strength) = row.affix();
                // Weak hints (-িক, -সেন) would rule out as many names as they find.
                if strength < 2 {
                    return Ok(());
                }
                let wrong = |message| Err(Error::row(file, row.line, Some((row.column, "name")), message));
                let Some(bit) = CLASSES.iter().position(|&c| c == class) else {
                    return wrong(format!("`{name}` has no class of a final part"));
                };
                let mut folded = fold(name).as_bytes().to_vec();
                if folded.len() > LONGEST {
                    return wrong(format!("`{name}` has more than {LONGEST} letters; shorten it"));
                }
                folded.reverse();
                *parts.entry(folded).or_default() |= 1 << bit;
                Ok(())
            })?;
        }
        let transducer = fst::write(parts.iter().map(|(part, &classes)| (part.as_slice(), classes)))?;
        Ok(compiled::write(Content::Affixes, version, [&transducer, &[], &[], &[], &[]]))
    }
}
