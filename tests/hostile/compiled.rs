//! Compiled files that were cut short or altered on the way. That no forged bytes make
//! anything panic is a law beside the matcher, in `src/gazetteer/laws.rs`.

use bangla_ner::{Entry, Gazetteer, Kind};

use crate::Numbers;

const HEADER: usize = 88;

/// A file of a few thousand names.
fn compiled() -> Vec<u8> {
    let mut numbers = Numbers(1);
    let mut builder = Gazetteer::builder();
    for number in 0..3_000 {
        let letters = ['ক', 'খ', 'গ', 'চ', 'জ', 'ট', 'ড', 'ন', 'প', 'ম', 'র', 'া', 'ি', 'ে', ' '];
        let name: String = (0..12).map(|_| letters[numbers.below(letters.len())]).collect();
        let kind = ["person", "place", "organization", "song"][number % 4];
        builder.entry(Entry::new(name, Kind::from(kind)).id(format!("N{number}"))).unwrap();
    }
    builder.compile().unwrap()
}

/// What bytes are refused with.
fn refusal(bytes: Vec<u8>) -> String {
    Gazetteer::from_bytes(bytes).expect_err("damaged bytes were opened").to_string()
}

#[test]
fn files_cut_anywhere_are_refused() {
    let good = compiled();
    assert!(Gazetteer::from_bytes(good.clone()).unwrap().verify().is_ok());
    let mut numbers = Numbers(2);
    let anywhere = (0..1_000).map(|_| numbers.below(good.len()));
    for length in (0..=HEADER).chain(anywhere).chain([good.len() - 1]) {
        let expected = if length < HEADER { HEADER } else { good.len() };
        let message = match length {
            0 => "these bytes are no compiled file of bangla-ner; write a table with `GazetteerBuilder::compile`, or read one with `GazetteerBuilder::tsv`".to_owned(),
            _ => format!("the compiled file is cut short: {length} bytes of {expected}; copy it again, as a whole"),
        };
        assert_eq!(refusal(good[..length].to_vec()), message);
    }
}

#[test]
fn files_with_a_flipped_bit_are_refused() {
    let good = compiled();
    let mut numbers = Numbers(3);
    let flips = if cfg!(debug_assertions) { 500 } else { 10_000 };
    let anywhere = (0..flips).map(|_| numbers.below(8 * good.len()));
    let mut bytes = good.clone();
    for bit in (0..8 * HEADER).chain(anywhere) {
        bytes[bit / 8] ^= 1 << (bit % 8);
        let message = refusal(bytes.clone());
        let expected: &[&str] = match bit / 8 {
            0..8 => &["these bytes are no compiled file of bangla-ner; write a table with"],
            8..12 => &["the compiled file has format "],
            12..16 => &["the compiled file is a "],
            16..24 => {
                &["the compiled file was made with another fold table, so its names would not match; compile"]
            }
            32..40 => &["the compiled file was altered: ", "the compiled file is cut short: "],
            _ => &[
                "the compiled file was altered: its bytes do not fit its checksum; copy it again in binary mode, or compile",
            ],
        };
        assert!(expected.iter().any(|start| message.starts_with(start)), "byte {}: {message}", bit / 8);
        bytes[bit / 8] ^= 1 << (bit % 8);
    }
    assert!(bytes == good);
}

#[test]
fn bytes_that_follow_one_another_wrongly_are_refused() {
    let good = compiled();
    let altered = "the compiled file was altered: its bytes do not fit its checksum; copy it again in binary mode, or compile its list again";
    assert_eq!(refusal([&good[..], b"\n"].concat()), altered);
    assert_eq!(refusal([&good[..], &good[..]].concat()), altered);
    let middle = good.len() / 2;
    let swapped = [&good[..HEADER], &good[middle..], &good[HEADER..middle]].concat();
    assert_eq!(refusal(swapped), altered);
    // As an editor or a transfer in text mode would leave it.
    let text_mode: Vec<u8> = good.iter().copied().filter(|&byte| byte != b'\r').collect();
    assert!(refusal(text_mode).starts_with("these bytes are no compiled file of bangla-ner;"));
    let lossy = String::from_utf8_lossy(&good).into_owned().into_bytes();
    assert!(Gazetteer::from_bytes(lossy).is_err());
}
