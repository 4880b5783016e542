//! The most usual words: letters that become a byte each, whatever stands around them.
//!
//! Each of eight letters has its own code, so nothing is counted and no place in the word is
//! kept. Any other word is left to [`plain`](super::plain), which reads it by the same table.

use super::plain::{FIRST, LETTERS, LETTERS_ONLY, NO_END, Word, ends_word, four, may_be_short};

/// The folded bytes of the letters at the beginning of a text, eight at most, the first one
/// lowest, and how many they are. `bars` is what needs a second look where it comes next;
/// `None` where something does.
#[inline(always)]
fn eight(text: &[u8; 28], bars: &mut u8) -> Option<(u64, u32)> {
    let (mut bytes, mut len) = (0, 0);
    for i in 0..8 {
        // Below 0x2_0000 where a letter of the Bengali block stands: its last bits are those of
        // the second byte and the third one.
        let next = u32::from_be_bytes(*text.get(3 * i..)?.first_chunk()?).wrapping_sub(0xE0A6_0000);
        if next >= 0x2_0000 {
            break;
        }
        let letter = LETTERS.get((next >> 8) as usize)?;
        if letter.is & *bars != 0 {
            return None;
        }
        bytes |= u64::from(letter.byte) << (8 * i);
        *bars = letter.bars_all;
        len = i as u32 + 1;
    }
    Some((bytes, len))
}

/// Bytes that are looked at: of sixteen letters and what follows.
const AHEAD: usize = 52;

/// The word at `at`, if it is one of the most usual ones.
#[inline(always)]
pub(super) fn word(text: &[u8], at: usize) -> Option<Word> {
    let rest = text.get(at..)?;
    let end_of_text;
    let ahead = match rest.first_chunk() {
        Some(ahead) => ahead,
        None => {
            end_of_text = padded(rest);
            &end_of_text
        }
    };
    let mut bars = FIRST;
    let (low, mut len) = eight(ahead.first_chunk()?, &mut bars)?;
    let mut high = 0;
    if len == 8 {
        let more;
        (high, more) = eight(ahead.last_chunk()?, &mut bars)?;
        len += more;
    }
    let next = four(ahead, 3 * len as usize)?;
    if len == 0 || bars >= NO_END || may_be_short(low, len) || !ends_word(next) {
        return None;
    }
    Some(Word { low, high, len, shape: LETTERS_ONLY, end: at + 3 * len as usize })
}

/// The end of a text, and zeros, before which any word ends.
#[cold]
fn padded(rest: &[u8]) -> [u8; AHEAD] {
    let mut padded = [0; AHEAD];
    padded.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    padded
}
