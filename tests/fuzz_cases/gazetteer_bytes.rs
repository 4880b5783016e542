//! Bytes for compiled files: opened as they are, and again with a header that fits them, so
//! that what lies behind the checksum is reached.

use bangla_ner::{Extractor, Gazetteer, Mode};

use super::{TEXT, spans};

const LENGTH: usize = 32;
const CHECKSUM: usize = 40;
const LAST_SECTION: usize = 80;
const HEADER: usize = 88;

pub fn run(bytes: &[u8]) {
    open(bytes.to_vec());
    let mut fitted = bytes.to_vec();
    if fit(&mut fitted).is_some() {
        open(fitted);
    }
}

fn open(bytes: Vec<u8>) {
    #[cfg(feature = "tools")]
    tables(&bytes);
    let Ok(gazetteer) = Gazetteer::from_bytes(bytes) else { return };
    let sound = gazetteer.verify().is_ok();
    assert!(gazetteer.warnings().is_empty());
    let builder = Extractor::builder().mode(Mode::Rules).gazetteer(gazetteer);
    let Ok(ner) = builder.build() else { return };
    if sound {
        spans::check(&ner, TEXT);
    } else {
        // A forged file may lie about names; it must only not panic.
        let _ = ner.candidates(TEXT);
    }
    let _ = ner.explain(TEXT, 0..TEXT.len()).to_string();
}

/// The same bytes as the other compiled tables.
#[cfg(feature = "tools")]
fn tables(bytes: &[u8]) {
    use bangla_ner::tools::{CompiledTables, Tables, TextTables};
    static SOUND: std::sync::LazyLock<CompiledTables> = std::sync::LazyLock::new(|| {
        let names = [("names", "name\tclass\nঝুমরিকা\tplace.city\n")];
        TextTables { names: &names, cues: &[], affixes: &[], words: ("words", "আশা\t5\t0\t0\t0\n") }
            .compile(0)
            .unwrap()
    });
    let content = bytes.get(12).copied().unwrap_or_default();
    let mut files = SOUND.clone();
    match content {
        2 => files.words = bytes.to_vec(),
        3 => files.affixes = bytes.to_vec(),
        _ => return,
    }
    let Ok(tables) = Tables::from_compiled(files) else { return };
    let ner = Extractor::builder().mode(Mode::Rules).tables(tables).build().unwrap();
    spans::check(&ner, TEXT);
}

/// Writes length, the last section's length and checksum as they should be.
fn fit(bytes: &mut [u8]) -> Option<()> {
    let length = bytes.len() as u64;
    let number = |bytes: &[u8], at: usize| Some(u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?));
    let mut rest = length.checked_sub(HEADER as u64)?;
    for section in (48..LAST_SECTION).step_by(8) {
        rest = rest.checked_sub(number(bytes, section)?)?;
    }
    for (at, number) in [(LENGTH, length), (LAST_SECTION, rest)] {
        bytes.get_mut(at..at + 8)?.copy_from_slice(&number.to_le_bytes());
    }
    let sum = checksum(bytes.get(..CHECKSUM)?, bytes.get(CHECKSUM + 8..)?);
    bytes.get_mut(CHECKSUM..CHECKSUM + 8)?.copy_from_slice(&sum.to_le_bytes());
    Some(())
}

/// The checksum of compiled files, as `src/gazetteer/compiled/checksum.rs` computes it.
fn checksum(before: &[u8], after: &[u8]) -> u64 {
    let mix = |word: u64| word.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
    let mut state = 0;
    for part in [before, after] {
        for word in part.chunks(8) {
            let mut eight = [0; 8];
            eight[..word.len()].copy_from_slice(word);
            state = mix(state ^ u64::from_le_bytes(eight));
        }
    }
    let mixed = mix(state ^ (before.len() + after.len()) as u64);
    mixed ^ (mixed >> 32)
}

#[test]
fn fitted_bytes_are_opened() {
    let mut names = Gazetteer::builder();
    names.names(bangla_ner::Kind::Place, ["ঝুমরিকা"]).unwrap();
    let good = names.compile().unwrap();
    let mut fitted = good.clone();
    fitted[CHECKSUM] ^= 1;
    fitted[LENGTH] ^= 1;
    assert!(fit(&mut fitted).is_some() && fitted == good);
}
