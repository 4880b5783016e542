//! What every compiled file begins with, and the checks on it.
//!
//! Little-endian throughout.
//!
//! | bytes | |
//! |---|---|
//! | 0..8 | `bn-ner`, CR, LF: a transfer in text mode breaks it |
//! | 8..12 | version of the format, [`FORMAT`] |
//! | 12..16 | what is in it, [`Content`] |
//! | 16..24 | fingerprint of the fold table, [`FOLD_TABLE`]: names folded by another table would never match |
//! | 24..32 | version of the data, the maker's own number |
//! | 32..40 | length of the file |
//! | 40..48 | checksum of all other bytes |
//! | 48..88 | length of each of the five sections, which follow one another |

use std::borrow::Cow;
use std::ops::Range;

use super::checksum::Checksum;
use super::fst;
use crate::error::{CompiledError, Error};

/// Version of the format: of the envelope, of the sections, and of what they mean.
const FORMAT: u32 = 1;
const MAGIC: &[u8; 8] = b"bn-ner\r\n";
pub(in crate::gazetteer) const SECTIONS: usize = 5;
const CHECKSUM: Range<usize> = 40..48;
/// No key of a transducer is longer.
const LONGEST_KEY: usize = 512;
const HEADER: usize = 48 + 8 * SECTIONS;

/// Checksum over what the fold table maps. A unit test computes it and names the new value
/// when the table was changed; files compiled before are then refused.
const FOLD_TABLE: u64 = 0x04D8_0F4A_E277_FD44;

/// What a compiled file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(in crate::gazetteer) enum Content {
    Gazetteer = 1,
    Words = 2,
    Affixes = 3,
}

impl Content {
    fn name(number: u32) -> &'static str {
        match number {
            1 => "gazetteer",
            2 => "word table",
            3 => "table of final parts",
            _ => "file of an unknown kind",
        }
    }
}

/// A compiled file whose header fits; its sections are read in place.
#[derive(Clone, Debug, Default)]
pub(in crate::gazetteer) struct File {
    bytes: Cow<'static, [u8]>,
    sections: [(usize, usize); SECTIONS],
    version: u64,
}

/// Writes a file.
pub(in crate::gazetteer) fn write(content: Content, version: u64, sections: [&[u8]; SECTIONS]) -> Vec<u8> {
    let length = sections.iter().map(|s| s.len()).sum::<usize>() + HEADER;
    let mut out = Vec::with_capacity(length);
    out.extend(MAGIC);
    out.extend(FORMAT.to_le_bytes());
    out.extend((content as u32).to_le_bytes());
    for number in [FOLD_TABLE, version, length as u64, 0] {
        out.extend(number.to_le_bytes());
    }
    for section in sections {
        out.extend((section.len() as u64).to_le_bytes());
    }
    for section in sections {
        out.extend(section);
    }
    seal(&mut out);
    out
}

/// Writes the checksum into a file's header.
pub(in crate::gazetteer) fn seal(file: &mut [u8]) {
    let sum = checksum(file).to_le_bytes();
    if let Some(field) = file.get_mut(CHECKSUM) {
        field.copy_from_slice(&sum);
    }
}

impl File {
    /// Opens a file by its header alone.
    ///
    /// # Errors
    /// When the bytes are no compiled file, are cut short, were compiled for another fold
    /// table or format, or hold something else.
    pub(in crate::gazetteer) fn open(bytes: Cow<'static, [u8]>, content: Content) -> Result<File, Error> {
        let refuse = |error: CompiledError| Err(Error::from(error));
        if !bytes.starts_with(MAGIC) {
            let cut = MAGIC.starts_with(&bytes) && !bytes.is_empty();
            return refuse(match cut {
                true => CompiledError::Short { found: bytes.len(), expected: HEADER as u64 },
                false => CompiledError::Foreign,
            });
        }
        let (Some(format), Some(found)) = (u32_at(&bytes, 8), u32_at(&bytes, 12)) else {
            return refuse(CompiledError::Short { found: bytes.len(), expected: HEADER as u64 });
        };
        if format != FORMAT {
            return refuse(CompiledError::Format { found: format, read: FORMAT });
        }
        if bytes.len() < HEADER {
            return refuse(CompiledError::Short { found: bytes.len(), expected: HEADER as u64 });
        }
        if found != content as u32 {
            let (found, wanted) = (Content::name(found), Content::name(content as u32));
            return refuse(CompiledError::Content { found, wanted });
        }
        if u64_at(&bytes, 16) != FOLD_TABLE {
            return refuse(CompiledError::FoldTable);
        }
        let length = u64_at(&bytes, 32);
        if (bytes.len() as u64) < length {
            return refuse(CompiledError::Short { found: bytes.len(), expected: length });
        }
        let Some(sections) = sections(&bytes).filter(|_| bytes.len() as u64 == length) else {
            return refuse(CompiledError::Altered);
        };
        let version = u64_at(&bytes, 24);
        Ok(File { bytes, sections, version })
    }

    /// [`open`](Self::open), and the checksum.
    ///
    /// # Errors
    /// As for [`open`](Self::open), and when any byte was altered.
    pub(in crate::gazetteer) fn checked(bytes: Cow<'static, [u8]>, content: Content) -> Result<File, Error> {
        let file = File::open(bytes, content)?;
        file.verify()?;
        Ok(file)
    }

    /// Compares the checksum.
    ///
    /// # Errors
    /// When any byte was altered.
    pub(in crate::gazetteer) fn verify(&self) -> Result<(), Error> {
        if checksum(&self.bytes) == u64_at(&self.bytes, CHECKSUM.start) {
            return Ok(());
        }
        Err(CompiledError::Altered.into())
    }

    #[inline]
    pub(in crate::gazetteer) fn section(&self, number: usize) -> &[u8] {
        let (start, end) = self.sections.get(number).copied().unwrap_or_default();
        self.bytes.get(start..end).unwrap_or_default()
    }

    /// The root of the transducer in a section.
    ///
    /// # Errors
    /// When the section holds none.
    pub(in crate::gazetteer) fn transducer(&self, number: usize) -> Result<fst::Node, Error> {
        let (_, root) = fst::open(self.section(number)).ok_or(CompiledError::Inconsistent("words"))?;
        Ok(root)
    }

    /// Goes through a transducer: every number must be `sound`.
    ///
    /// # Errors
    /// When one is not, or keys are missing.
    pub(in crate::gazetteer) fn verify_transducer(
        &self,
        number: usize,
        mut sound: impl FnMut(u32) -> bool,
    ) -> Result<(), Error> {
        let data = self.section(number);
        let wrong = || Error::from(CompiledError::Inconsistent("keys"));
        let (count, root) = fst::open(data).ok_or_else(wrong)?;
        let mut found = 0;
        let complete = fst::each(data, root, LONGEST_KEY, |_, number| {
            found += 1;
            found <= count && sound(number)
        });
        if complete && found == count { Ok(()) } else { Err(wrong()) }
    }

    /// The version of the data.
    pub(in crate::gazetteer) fn version(&self) -> u64 {
        self.version
    }

    /// Bytes of the file.
    #[cfg(test)]
    pub(in crate::gazetteer) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Bytes on the heap.
    pub(in crate::gazetteer) fn memory(&self) -> usize {
        match &self.bytes {
            Cow::Borrowed(_) => 0,
            Cow::Owned(bytes) => bytes.capacity(),
        }
    }
}

/// Start and end of each section, if they fill the file exactly.
fn sections(bytes: &[u8]) -> Option<[(usize, usize); SECTIONS]> {
    let mut sections = [(0, 0); SECTIONS];
    let mut at = HEADER;
    for (number, section) in sections.iter_mut().enumerate() {
        let length = usize::try_from(u64_at(bytes, 48 + 8 * number)).ok()?;
        let end = at.checked_add(length)?;
        *section = (at, end);
        at = end;
    }
    (at == bytes.len()).then_some(sections)
}

/// The checksum of a file: of every byte but its own eight.
fn checksum(bytes: &[u8]) -> u64 {
    let mut sum = Checksum::default();
    sum.add(bytes.get(..CHECKSUM.start).unwrap_or_default());
    sum.add(bytes.get(CHECKSUM.end..).unwrap_or_default());
    sum.finish()
}

pub(in crate::gazetteer) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|chunk| u16::from_le_bytes(*chunk))
}

pub(in crate::gazetteer) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|chunk| u32::from_le_bytes(*chunk))
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..).and_then(<[u8]>::first_chunk).map_or(0, |chunk| u64::from_le_bytes(*chunk))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{ABBREVIATIONS, fold};

    /// Checksum over the folds of: every character of the blocks that the fold table
    /// names, between two letters; every sequence of two and, with the signs that join
    /// others, of three in the Bengali block; the abbreviations with every mark.
    fn fold_table() -> u64 {
        let mut sum = Checksum::default();
        let mut add = |text: &str| {
            let folded = fold(text);
            sum.add(&(folded.as_bytes().len() as u64).to_le_bytes());
            sum.add(folded.as_bytes());
        };
        // Only blocks in which Unicode assigns nothing new.
        let blocks = [
            (0x00, 0x24F),
            (0x300, 0x36F),
            (0x980, 0x9FF),
            (0x1E00, 0x1EFF),
            (0x2000, 0x206F),
            (0x2212, 0x2212),
            (0xFE00, 0xFE6F),
            (0xFEFF, 0xFF5E),
        ];
        for c in blocks.iter().flat_map(|&(first, last)| first..=last).filter_map(char::from_u32) {
            add(&format!("ক{c}খ"));
        }
        let bengali = || ('\u{0980}'..='\u{09FF}').chain(['\u{200C}', '\u{200D}']);
        for (a, b) in bengali().flat_map(|a| bengali().map(move |b| (a, b))) {
            add(&format!("{a}{b}"));
            for c in ['়', '্', 'া', 'ৗ', 'ঁ', '\u{200D}'] {
                add(&format!("{a}{b}{c}"));
            }
        }
        for word in ABBREVIATIONS {
            ["", "ঃ", ":", ".", "ঃ.", " .", ":\n"].iter().for_each(|mark| add(&format!("{word}{mark}")));
        }
        sum.finish()
    }

    #[test]
    fn the_fingerprint_is_that_of_the_fold_table() {
        let computed = fold_table();
        assert_eq!(
            FOLD_TABLE, computed,
            "the fold table was changed: set FOLD_TABLE to {computed:#018X}, compile the bundled tables again"
        );
    }

    fn sample() -> Vec<u8> {
        write(Content::Words, 7, [b"one", b"", b"three", b"", b"5"])
    }

    #[test]
    fn sections_come_back() {
        let file = File::checked(sample().into(), Content::Words).unwrap();
        let sections: Vec<&[u8]> = (0..=SECTIONS).map(|n| file.section(n)).collect();
        assert_eq!(sections, [&b"one"[..], b"", b"three", b"", b"5", b""]);
        assert_eq!(file.version(), 7);
    }

    #[test]
    fn each_fault_has_its_message() {
        let good = sample();
        let with = |at: usize, byte: u8| {
            let mut bytes = good.clone();
            bytes[at] = byte;
            bytes
        };
        let longer = [&good[..], b"x"].concat();
        let table: [(&str, Vec<u8>, &str); 12] = [
            ("empty", vec![], "these bytes are no compiled file of bangla-ner;"),
            ("a table", b"name\tclass\n".to_vec(), "these bytes are no compiled file of bangla-ner;"),
            ("text mode", b"bn-ner\n\n".to_vec(), "these bytes are no compiled file of bangla-ner;"),
            ("cut magic", good[..3].to_vec(), "the compiled file is cut short: 3 bytes of 88;"),
            ("cut header", good[..87].to_vec(), "the compiled file is cut short: 87 bytes of 88;"),
            ("cut data", good[..good.len() - 1].to_vec(), "the compiled file is cut short: 96 bytes of 97;"),
            ("longer", longer, "the compiled file was altered:"),
            (
                "format",
                with(8, 9),
                "the compiled file has format 9, this version of bangla-ner reads format 1;",
            ),
            ("fold table", with(16, !good[16]), "the compiled file was made with another fold table,"),
            ("content", with(12, 1), "the compiled file is a gazetteer, not a word table;"),
            ("sections", with(48, 4), "the compiled file was altered:"),
            ("data", with(90, b'!'), "the compiled file was altered:"),
        ];
        for (what, bytes, message) in table {
            let error = File::checked(bytes.into(), Content::Words).unwrap_err().to_string();
            assert!(error.starts_with(message), "{what}: {error}");
            assert!(error.contains("; ") || error.contains(", "), "{what} says what to do: {error}");
        }
    }

    #[test]
    fn every_cut_and_every_flipped_bit_is_refused() {
        let good = sample();
        for length in 0..good.len() {
            File::checked(good[..length].to_vec().into(), Content::Words).unwrap_err();
        }
        for bit in 0..8 * good.len() {
            let mut bytes = good.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            File::checked(bytes.into(), Content::Words).unwrap_err();
        }
    }
}
