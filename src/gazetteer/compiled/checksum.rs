//! A 64-bit checksum against accidents: a word of eight bytes in five cycles.
//!
//! Each step is a bijection of the state and of the word, so two inputs of one length that
//! differ in a single word never have the same sum. It is no protection against forgery.

/// Odd, with its bits well mixed (the golden ratio).
const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// The sum of the bytes added so far.
#[derive(Default)]
pub(super) struct Checksum {
    state: u64,
    length: u64,
}

impl Checksum {
    /// Adds bytes. Parts but the last should be multiples of eight bytes: a shorter rest
    /// is filled up with zeros.
    pub(super) fn add(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        let mut last = [0; 8];
        last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        let last = (!rest.is_empty()).then_some(&last);
        for word in words.iter().chain(last) {
            self.state = mix(self.state ^ u64::from_le_bytes(*word));
        }
        self.length += bytes.len() as u64;
    }

    pub(super) fn finish(&self) -> u64 {
        let mixed = mix(self.state ^ self.length);
        mixed ^ (mixed >> 32)
    }
}

#[inline]
fn mix(word: u64) -> u64 {
    word.wrapping_mul(FACTOR).rotate_left(29)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(bytes: &[u8]) -> u64 {
        let mut sum = Checksum::default();
        sum.add(bytes);
        sum.finish()
    }

    #[test]
    fn every_changed_bit_and_every_length_is_seen() {
        let bytes: Vec<u8> = (0..67).collect();
        for length in 0..bytes.len() {
            let part = &bytes[..length];
            assert_ne!(sum(part), sum(&bytes[..=length]));
            for bit in 0..8 * length {
                let mut other = part.to_vec();
                other[bit / 8] ^= 1 << (bit % 8);
                assert_ne!(sum(part), sum(&other), "bit {bit} of {length} bytes");
            }
        }
        assert_ne!(sum(&[0; 8]), sum(&[0; 16]));
    }
}
