//! Byte strings with numbers, as a finite-state transducer that is read in place.
//!
//! The bytes are those that the `fst` crate writes (its format 3). They are walked by a
//! reader of this module's own, for two reasons: the crate's nodes index their slice, so
//! they would panic on forged bytes, and a walk here decodes only the transition that it
//! takes. A law holds the two readers to the same answers.
//!
//! The format spends no byte on the 63 inputs that are usual in URLs. [`CODES`] gives
//! their places to the letters of Bengali, which takes a sixth off the bundled names.

use crate::error::{Error, ErrorKind};
use crate::text::fold::{bengali, folded};

/// Version of the `fst` crate's format, first in its bytes.
const FORMAT: u64 = 3;
/// Length of an empty one: version and type in front; number of keys, address of the root
/// and a checksum behind.
const LEAST: usize = 36;
/// Nodes with more transitions have an index of 256 bytes.
const INDEX_FROM: usize = 32;
/// The inputs that the format knows by number, from 1 on.
const USUAL: [u8; 63] = *b"te/oasripcnw.hlm-du012g=:bf3y5&_4v9678k%?xCDASFIBEjPTzRNM+LOqHG";
/// The folded bytes that take their places.
const LETTERS: &[u8] = folded!("অআইঈউঊঋএঐওঔকখগঘঙচছজঝঞটঠডঢণতথদধনপফবভমযরলশষসহড়ঢ়য়ংঃঁািীুূৃেৈোৌ্ -.");

/// For each folded byte, the byte that stands for it in the transducer: a permutation.
const CODES: [u8; 256] = codes();

#[expect(clippy::indexing_slicing, reason = "evaluated while compiling, where it would fail")]
const fn codes() -> [u8; 256] {
    assert!(LETTERS.len() == USUAL.len() && bengali('ক') == LETTERS[11]);
    let mut codes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        codes[byte] = byte as u8;
        byte += 1;
    }
    let mut i = 0;
    while i < LETTERS.len() {
        let letter = LETTERS[i] as usize;
        let mut owner = 0;
        while codes[owner] != USUAL[i] {
            owner += 1;
        }
        codes[owner] = codes[letter];
        codes[letter] = USUAL[i];
        i += 1;
    }
    codes
}

/// For each byte in the transducer, the folded byte that it stands for.
#[expect(clippy::indexing_slicing, reason = "evaluated while compiling, where it would fail")]
static BYTES: [u8; 256] = {
    let mut bytes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        bytes[CODES[byte] as usize] = byte as u8;
        byte += 1;
    }
    bytes
};

fn code(byte: u8) -> u8 {
    CODES.get(usize::from(byte)).copied().unwrap_or_default()
}

/// Writes a transducer.
///
/// # Errors
/// When it grows too large. Of a key given twice, the first number counts.
pub(in crate::gazetteer) fn write<'k>(
    keys: impl IntoIterator<Item = (&'k [u8], u32)>,
) -> Result<Vec<u8>, Error> {
    let coded = keys.into_iter().map(|(key, n)| (key.iter().map(|&b| code(b)).collect::<Vec<u8>>(), n));
    let mut coded: Vec<_> = coded.collect();
    coded.sort_by(|a, b| a.0.cmp(&b.0));
    coded.dedup_by(|later, kept| later.0 == kept.0);
    let count = coded.len();
    let too_large =
        |e: &dyn std::fmt::Display| Error::from(ErrorKind::TooLarge { names: count, message: e.to_string() });
    let mut builder = fst::raw::Builder::new(Vec::new()).map_err(|e| too_large(&e))?;
    for (key, number) in coded {
        builder.insert(key, u64::from(number)).map_err(|e| too_large(&e))?;
    }
    let bytes = builder.into_inner().map_err(|e| too_large(&e))?;
    // Addresses are kept in 32 bits.
    if u32::try_from(bytes.len()).is_err() || read(&bytes, 0) != FORMAT {
        return Err(too_large(&"the transducer has more than 4 GiB"));
    }
    Ok(bytes)
}

/// The order in which [`write`] sorts its keys.
pub(in crate::gazetteer) fn order(a: &[u8], b: &[u8]) -> std::cmp::Ordering {
    a.iter().map(|&x| code(x)).cmp(b.iter().map(|&x| code(x)))
}

/// Position on the path of at least one key: the address of a node, and the sum of the
/// outputs on the way. Address 0 is the end that has no transitions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::gazetteer) struct Node {
    at: u32,
    sum: u32,
}

/// Number of keys and the root, or `None` when these cannot be the bytes of a transducer.
pub(in crate::gazetteer) fn open(data: &[u8]) -> Option<(usize, Node)> {
    let footer = data.len().checked_sub(LEAST - 16)?;
    let fits = data.len() >= LEAST && read(data, 0) == FORMAT;
    let count = usize::try_from(read(data, footer)).ok()?;
    let at = u32::try_from(read(data, footer + 8)).ok()?;
    (fits && (at as usize) < footer && u32::try_from(data.len()).is_ok())
        .then_some((count, Node { at, sum: 0 }))
}

/// The number of a whole key.
pub(in crate::gazetteer) fn get(data: &[u8], root: Node, key: &[u8]) -> Option<u32> {
    let node = key.iter().try_fold(root, |node, &byte| step(data, node, byte))?;
    value(data, node)
}

/// The node after one more folded byte. Never panics, whatever the bytes.
#[inline]
pub(in crate::gazetteer) fn step(data: &[u8], node: Node, byte: u8) -> Option<Node> {
    let at = node.at as usize;
    let wanted = code(byte);
    match (*data.get(at)?, node.at) {
        (_, 0) => None,
        (state @ 0xC0.., _) => {
            let (input, below) = single(data, at, state)?;
            (input == wanted).then_some(Node { at: below as u32, ..node })
        }
        (state @ 0x80.., _) => {
            let (input, below) = single(data, at, state)?;
            if input != wanted {
                return None;
            }
            let (address, output) = sizes(data, below)?;
            let end = below.wrapping_sub(address + output);
            let delta = unpack(data, end.wrapping_add(output), address);
            Some(node.follow(delta, end, unpack(data, end, output)))
        }
        (state, _) => {
            let fan = Fan::read(data, at, state)?;
            let i = fan.find(data, wanted)?;
            Some(fan.transition(data, node, i))
        }
    }
}

/// The number of the key that ends here.
#[inline]
pub(in crate::gazetteer) fn value(data: &[u8], node: Node) -> Option<u32> {
    if node.at == 0 {
        return Some(node.sum);
    }
    let state = *data.get(node.at as usize)?;
    if state & 0xC0 != 0x40 {
        return None;
    }
    let fan = Fan::read(data, node.at as usize, state)?;
    Some(node.sum.wrapping_add(unpack(data, fan.end, fan.output) as u32))
}

impl Node {
    fn follow(self, delta: u64, end: usize, output: u64) -> Node {
        let at = if delta == 0 { 0 } else { end.wrapping_sub(delta as usize) as u32 };
        Node { at, sum: self.sum.wrapping_add(output as u32) }
    }
}

/// Input of a node with one transition, and the address below it.
#[inline]
fn single(data: &[u8], at: usize, state: u8) -> Option<(u8, usize)> {
    match usize::from(state & 63).checked_sub(1) {
        Some(usual) => Some((*USUAL.get(usual)?, at.wrapping_sub(1))),
        None => Some((*data.get(at.wrapping_sub(1))?, at.wrapping_sub(2))),
    }
}

/// Widths of addresses and of outputs.
#[inline]
fn sizes(data: &[u8], at: usize) -> Option<(usize, usize)> {
    data.get(at).map(|&packed| (usize::from(packed >> 4), usize::from(packed & 15)))
}

/// A node with any number of transitions, final or not. From its address downwards: state,
/// number of transitions if over 63, widths, index if over 32, inputs, addresses, outputs,
/// final output; each list from its first element downwards.
struct Fan {
    count: usize,
    address: usize,
    output: usize,
    /// Lowest address of the inputs; above them the index, if there is one.
    inputs: usize,
    /// Lowest address of the node.
    end: usize,
}

impl Fan {
    #[inline]
    fn read(data: &[u8], at: usize, state: u8) -> Option<Fan> {
        let (count, below) = match usize::from(state & 63) {
            0 => match *data.get(at.wrapping_sub(1))? {
                1 => (256, at.wrapping_sub(2)),
                count => (usize::from(count), at.wrapping_sub(2)),
            },
            count => (count, at.wrapping_sub(1)),
        };
        let (address, output) = sizes(data, below)?;
        let index = if count > INDEX_FROM { 256 } else { 0 };
        let inputs = below.wrapping_sub(index + count);
        let outputs = output * (count + usize::from(state & 0x40 != 0));
        let end = inputs.wrapping_sub(count * address + outputs);
        Some(Fan { count, address, output, inputs, end })
    }

    /// Number of the transition on an input.
    #[inline]
    fn find(&self, data: &[u8], wanted: u8) -> Option<usize> {
        if self.count > INDEX_FROM {
            let index = self.inputs.wrapping_add(self.count + usize::from(wanted));
            return data.get(index).map(|&i| usize::from(i)).filter(|&i| i < self.count);
        }
        let inputs = data.get(self.inputs..)?.get(..self.count)?;
        inputs.iter().position(|&input| input == wanted).map(|i| self.count - 1 - i)
    }

    #[inline]
    fn transition(&self, data: &[u8], node: Node, i: usize) -> Node {
        let addresses = self.inputs.wrapping_sub((i + 1) * self.address);
        let outputs = self.inputs.wrapping_sub(self.count * self.address + (i + 1) * self.output);
        let delta = unpack(data, addresses, self.address);
        node.follow(delta, self.end, unpack(data, outputs, self.output))
    }
}

/// The little-endian number of `width` bytes at `at`. Eight bytes are read at once: the
/// footer stands behind every node.
#[inline]
fn unpack(data: &[u8], at: usize, width: usize) -> u64 {
    let mask = match width {
        0 => return 0,
        1..8 => (1 << (8 * width)) - 1,
        _ => u64::MAX,
    };
    read(data, at) & mask
}

fn read(data: &[u8], at: usize) -> u64 {
    data.get(at..).and_then(<[u8]>::first_chunk).map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

/// Hands every key and its number to `visit`, in order of [`order`], until it returns
/// `false`. Returns whether all were visited and none is longer than `longest`.
pub(in crate::gazetteer) fn each(
    data: &[u8],
    root: Node,
    longest: usize,
    mut visit: impl FnMut(&[u8], u32) -> bool,
) -> bool {
    let mut key = Vec::new();
    // Nodes on the path, each with the number of the next transition to take.
    let mut path = vec![(root, 0)];
    while let Some((node, next)) = path.last_mut() {
        let Some(input) = input(data, *node, *next) else {
            path.pop();
            key.pop();
            continue;
        };
        *next += 1;
        let byte = BYTES.get(usize::from(input)).copied();
        let Some((after, byte)) = byte.and_then(|byte| Some((step(data, *node, byte)?, byte))) else {
            return false;
        };
        key.push(byte);
        if key.len() > longest || value(data, after).is_some_and(|number| !visit(&key, number)) {
            return false;
        }
        path.push((after, 0));
    }
    true
}

/// Reports the bytes that may follow a node.
pub(in crate::gazetteer) fn inputs(data: &[u8], node: Node, mut report: impl FnMut(u8)) {
    let mut input = |input: u8| report(BYTES.get(usize::from(input)).copied().unwrap_or_default());
    let at = node.at as usize;
    match (data.get(at), node.at) {
        (None, _) | (_, 0) => {}
        (Some(&state @ 0x80..), _) => {
            if let Some((byte, _)) = single(data, at, state) {
                input(byte);
            }
        }
        (Some(&state), _) => {
            let inputs = Fan::read(data, at, state).and_then(|fan| data.get(fan.inputs..)?.get(..fan.count));
            inputs.unwrap_or_default().iter().for_each(|&byte| input(byte));
        }
    }
}

/// The input of a node's transition number `i`.
fn input(data: &[u8], node: Node, i: usize) -> Option<u8> {
    let at = node.at as usize;
    match (*data.get(at)?, node.at) {
        (_, 0) => None,
        (state @ 0x80.., _) => single(data, at, state).map(|(input, _)| input).filter(|_| i == 0),
        (state, _) => {
            let fan = Fan::read(data, at, state)?;
            let below = fan.count.checked_sub(i + 1)?;
            data.get(fan.inputs.wrapping_add(below)).copied()
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_codes_are_a_permutation() {
        let mut seen: Vec<u8> = CODES.to_vec();
        seen.sort_unstable();
        assert!(seen.iter().copied().eq(0..=u8::MAX));
        assert!(LETTERS.iter().all(|&letter| USUAL.contains(&code(letter))));
    }

    fn keys() -> impl Strategy<Value = BTreeMap<Vec<u8>, u32>> {
        let letter = prop_oneof![4 => 0x95u8..0xA0, 1 => any::<u8>()];
        proptest::collection::btree_map(proptest::collection::vec(letter, 1..8), any::<u32>(), 0..80)
    }

    proptest! {
        #[test]
        fn every_key_is_found_and_the_crate_reads_the_same(keys in keys(), other in proptest::collection::vec(any::<u8>(), 0..4)) {
            let data = write(keys.iter().map(|(k, &n)| (k.as_slice(), n))).unwrap();
            let (count, root) = open(&data).unwrap();
            prop_assert_eq!(count, keys.len());
            let map = fst::Map::new(data.as_slice()).unwrap();
            for key in keys.keys().cloned().chain(keys.keys().map(|k| [k, other.as_slice()].concat())).chain([other.clone()]) {
                let coded: Vec<u8> = key.iter().map(|&b| code(b)).collect();
                prop_assert_eq!(get(&data, root, &key), keys.get(&key).copied());
                prop_assert_eq!(get(&data, root, &key).map(u64::from), map.get(&coded));
            }
            let mut visited = Vec::new();
            let complete = each(&data, root, 8, |key, n| {
                visited.push((key.to_vec(), n));
                true
            });
            prop_assert!(complete);
            prop_assert!(visited.is_sorted_by(|a, b| order(&a.0, &b.0).is_lt()));
            prop_assert_eq!(visited.into_iter().collect::<BTreeMap<_, _>>(), keys);
        }

        #[test]
        fn forged_bytes_are_walked_without_panic(
            keys in keys(),
            changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
            text in proptest::collection::vec(any::<u8>(), 0..20),
        ) {
            let mut data = write(keys.iter().map(|(k, &n)| (k.as_slice(), n))).unwrap();
            for (at, byte) in changes {
                let at = at.index(data.len());
                data[at] = byte;
            }
            if let Some((_, root)) = open(&data) {
                for key in keys.keys().chain([&text]) {
                    get(&data, root, key);
                }
                let mut left = 1000;
                each(&data, root, 8, |_, _| { left -= 1; left > 0 });
            }
        }
    }
}
