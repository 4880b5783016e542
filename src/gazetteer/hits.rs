//! Walking a text's words through the layers of names.

use std::sync::Arc;

use super::entry::Action;
use super::known::{Known, KnownWord};
use super::walk::Text;
use super::{Class, ClassSet, EntryData, Gazetteer};
use crate::error::ErrorKind;
use crate::kind::Kind;
use crate::picks::Picks;
use crate::text::Folded;
use crate::text::endings::{self, Ending};
use crate::text::token::{Shape, Token};

/// A name of a layer, found in the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    /// First and last token of the name (inclusive).
    pub(crate) first: u32,
    pub(crate) last: u32,
    /// Last token of the surface: beyond `last` when a hyphen carries the ending.
    pub(crate) surface_last: u32,
    /// Folded offset at which the name ends, inside or at the end of token `last`.
    pub(crate) name_end: u32,
    pub(crate) ending: Ending,
    pub(crate) layer: u8,
    /// Number of the name in its layer.
    pub(crate) name: u32,
    /// The name is hidden by an entry of a higher layer.
    pub(super) hidden: bool,
}

impl Hit {
    /// A name that ends at `at` inside a word, if an ending or nothing follows.
    pub(super) fn inside(word: &[u8], at: usize, name: u32, layer: u8) -> Option<Hit> {
        let (stem, rest) = word.split_at_checked(at)?;
        let ending = if rest.is_empty() { Ending::BARE } else { endings::parse_after(stem, rest)? };
        let name_end = at as u32;
        Some(Hit { first: 0, last: 0, surface_last: 0, name_end, ending, layer, name, hidden: false })
    }

    /// The same so many tokens and folded bytes further on.
    #[inline]
    fn moved(self, tokens: u32, fold: u32) -> Hit {
        Hit {
            first: self.first + tokens,
            last: self.last + tokens,
            surface_last: self.surface_last + tokens,
            name_end: self.name_end + fold,
            ..self
        }
    }

    /// Number of tokens of the name.
    pub(crate) fn len(&self) -> usize {
        (self.last - self.first + 1) as usize
    }
}

/// The gazetteers of an extractor, the bundled one first.
#[derive(Debug, Default)]
pub(crate) struct Layers {
    layers: Vec<Arc<Gazetteer>>,
    /// For each layer, from its kind numbers to the extractor's.
    kinds: Vec<Vec<u8>>,
    /// Layers from this one on are the user's.
    user: usize,
    /// Whether any row overrides or blocks.
    hides: bool,
}

impl Layers {
    pub(super) fn push(&mut self, gazetteer: Arc<Gazetteer>, kinds: Vec<u8>, user: bool) {
        self.hides |= gazetteer.meanings.entries.iter().any(|e| e.action != Action::Add);
        self.layers.push(gazetteer);
        self.kinds.push(kinds);
        if !user {
            self.user = self.layers.len();
        }
    }

    /// Adds a layer, and its kinds to all `kinds`.
    ///
    /// # Errors
    /// More than 250 layers or kinds.
    pub(crate) fn add(
        &mut self,
        layer: Arc<Gazetteer>,
        user: bool,
        kinds: &mut Vec<Kind>,
    ) -> Result<(), ErrorKind> {
        // New kinds are numbered by name: numbers break ties, which the order of rows shall not.
        let mut new: Vec<&Kind> = layer.kinds().iter().filter(|kind| !kinds.contains(kind)).collect();
        new.sort_unstable();
        kinds.extend(new.into_iter().cloned());
        let mut numbers = Vec::with_capacity(layer.kinds().len());
        for kind in layer.kinds() {
            let number = kinds.iter().position(|k| k == kind).and_then(|at| u8::try_from(at).ok());
            let number = number.filter(|&n| n < 250);
            numbers.push(number.ok_or(ErrorKind::TooManyKinds(kinds.len()))?);
        }
        if self.layers.len() >= 250 {
            return Err(ErrorKind::TooManyLayers(self.layers.len() + 1));
        }
        self.push(layer, numbers, user);
        Ok(())
    }

    /// Whether any row overrides or blocks.
    pub(crate) fn hides(&self) -> bool {
        self.hides
    }

    /// Whether there are layers of the user's.
    pub(crate) fn has_user(&self) -> bool {
        self.user < self.layers.len()
    }

    pub(crate) fn is_user(&self, hit: &Hit) -> bool {
        usize::from(hit.layer) >= self.user
    }

    /// The entries and cues that a hit stands for, blocking rows excepted.
    pub(crate) fn entries<'l>(&'l self, hit: &Hit) -> impl Iterator<Item = &'l EntryData> + use<'l> {
        let layer = self.layers.get(usize::from(hit.layer));
        layer.map_or(&[][..], |l| l.entries_of(hit.name)).iter().filter(|e| e.action != Action::Block)
    }

    /// The same with the entries' numbers, by which their identifiers are found.
    pub(crate) fn numbered_entries(&self, hit: Hit) -> impl Iterator<Item = (usize, &EntryData)> {
        let layer = self.layers.get(usize::from(hit.layer));
        let entries = layer.map_or(&[][..], |l| l.entries_of(hit.name)).iter().enumerate();
        entries.filter(|(_, entry)| entry.action != Action::Block)
    }

    pub(crate) fn entry_id(&self, hit: &Hit, number: usize) -> Option<&str> {
        self.layers.get(usize::from(hit.layer))?.entry_id(hit.name, number)
    }

    /// The extractor's number of an entry's kind.
    pub(crate) fn kind(&self, hit: &Hit, entry: &EntryData) -> Option<u8> {
        self.kinds.get(usize::from(hit.layer))?.get(usize::from(entry.kind)).copied()
    }

    /// The identifier of an entry of a layer, of a class and of the extractor's number of a kind.
    pub(crate) fn id(&self, layer: u8, name: u32, (class, kind): (Class, u8)) -> Option<&str> {
        let kinds = self.kinds.get(usize::from(layer))?;
        let is_kind = |e: &EntryData| kinds.get(usize::from(e.kind)) == Some(&kind);
        self.layers.get(usize::from(layer))?.id(name, |e| e.class == class && is_kind(e))
    }

    /// How many Latin letters a folded word spells in their Bengali names (কেসিএনএ: 4);
    /// 0 when any part of it is no letter name. The reading with most letters counts.
    pub(crate) fn spelled_letters(&self, word: &[u8]) -> u8 {
        self.spelled(word).up_to(word.len())
    }

    /// The same for all beginnings of a word.
    #[expect(clippy::indexing_slicing, reason = "`at + len` is at most the length of the cut word")]
    pub(crate) fn spelled(&self, word: &[u8]) -> Spelled {
        let word = word.get(..word.len().min(SPELLED)).unwrap_or_default();
        let mut reached = [0u8; SPELLED + 1];
        reached[0] = 1;
        for at in 0..word.len() {
            let count = reached[at];
            let Some(rest) = word.get(at..).filter(|_| count > 0) else { continue };
            for layer in &self.layers {
                layer.letters(rest, |len| reached[at + len] = reached[at + len].max(count + 1));
            }
        }
        Spelled(reached)
    }

    /// Names of entries that a folded word begins with although the rest is no ending,
    /// with that rest, both readable: for explanations.
    pub(crate) fn unlicensed(&self, word: &[u8]) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for layer in &self.layers {
            layer.prefixes(word, |length, name| {
                let entry = layer.entries_of(name).iter().any(|e| e.kind != EntryData::CUE);
                let (stem, rest) = word.split_at(length.min(word.len()));
                if entry && stem.len() > 2 && endings::parse_after(stem, rest).is_none() {
                    found.push((readable(stem), readable(rest)));
                }
            });
        }
        found.dedup();
        found
    }

    /// Finds every name that starts at a word of `tokens`, ordered by first token. What
    /// `hits` remembers of a word is found by its number.
    pub(crate) fn find(&self, tokens: &[Token], folded: &[u8], numbers: &[u32], hits: &mut Hits) {
        hits.clear();
        self.find_at(|at| at, (tokens, folded), numbers, hits);
    }

    /// Notes in `hits` the tokens with which a name may begin, where that is seen at a glance;
    /// otherwise all words.
    pub(crate) fn note_openers(&self, tokens: &[Token], folded: &[u8], hits: &mut Hits) {
        let Hits { openers, openers_of_layer, .. } = hits;
        openers.clear(0);
        let layers = self.layers.iter().filter(|layer| !layer.is_empty());
        for (number, layer) in layers.enumerate() {
            if number == 0 {
                layer.openers(tokens, folded, openers);
            } else {
                layer.openers(tokens, folded, openers_of_layer);
                openers.merge(openers_of_layer);
            }
        }
    }

    /// Finds the names that start at the tokens that were [noted](Self::note_openers);
    /// `numbers` are those of their words.
    pub(crate) fn find_noted(&self, tokens: &[Token], folded: &[u8], numbers: &[u32], hits: &mut Hits) {
        hits.clear();
        let openers = std::mem::take(&mut hits.openers);
        let place = |at| openers.as_slice().get(at).map_or(at, |&at| at as usize);
        self.find_at(place, (tokens, folded), numbers, hits);
        hits.openers = openers;
    }

    /// Finds the names that start at some tokens: which, `place` says for each number.
    #[inline]
    fn find_at(
        &self,
        place: impl Fn(usize) -> usize,
        (tokens, folded): (&[Token], &[u8]),
        numbers: &[u32],
        hits: &mut Hits,
    ) {
        let mut records = [KnownWord::NOTHING; TOGETHER];
        for (chunk, numbers) in numbers.chunks(TOGETHER).enumerate() {
            let chunk = chunk * TOGETHER;
            for (i, (record, &number)) in records.iter_mut().zip(numbers).enumerate() {
                let Some(token) = tokens.get(place(chunk + i)) else { break };
                *record = hits.known.of(number, |known| match token.is_word() {
                    true => self.learn(token.folded(folded), known),
                    false => KnownWord::NOTHING,
                });
            }
            for (i, (&known, _)) in records.iter().zip(numbers).enumerate() {
                let first = place(chunk + i);
                let start = self.start(&Text { tokens, folded, first }, known, hits);
                hits.starts.push(start);
            }
        }
    }

    /// The hits that start at a word of which so much is known.
    #[inline]
    fn start(&self, text: &Text<'_>, known: KnownWord, hits: &mut Hits) -> Start {
        let Some(token) = text.tokens.get(text.first) else { return Start::default() };
        if !known.is_something() {
            return Start::default();
        }
        let (from, to) = known.hits;
        let mut start = Start { from, to, fold: token.fold_start, classes: known.classes };
        let after = text.folded.get(token.fold_end as usize..).unwrap_or_default();
        if known.may_differ(after) || self.hides {
            self.recall(text, token, known, after, hits, &mut start);
        }
        start
    }

    /// Walks a word through all layers.
    fn learn(&self, word: &[u8], known: &mut Known) -> KnownWord {
        let (from, from_longer) = (known.hits.len() as u32, known.longer.len() as u32);
        for (number, layer) in (0u8..).zip(&self.layers) {
            let walk = layer.walk_word(word, number, &mut known.hits);
            known.longer.extend(walk.map(|walk| layer.longer(walk, number)));
        }
        let mut classes = ClassSet::EMPTY;
        for hit in known.hits.get(from as usize..).unwrap_or_default() {
            self.entries(hit).for_each(|e| classes |= e.class.bit());
        }
        let longer = known.longer.get(from_longer as usize..).unwrap_or_default();
        let letters = longer.iter().fold(0, |letters, longer| letters | longer.letters);
        let marks = longer.iter().fold(0, |marks, longer| marks | longer.marks);
        // There are 250 layers at most.
        let walks = longer.len() as u8;
        let hits = (from, known.hits.len() as u32);
        KnownWord { hits, longer: from_longer, walks, marks, letters, classes }
    }

    /// The hits that start at a word where these may be others than are known of the word:
    /// those inside it, and, layer by layer, longer ones.
    #[inline(never)]
    fn recall(
        &self,
        text: &Text<'_>,
        token: &Token,
        word: KnownWord,
        after: &[u8],
        hits: &mut Hits,
        start: &mut Start,
    ) {
        let first = text.first as u32;
        let Hits { all, found, known, long, .. } = hits;
        let next = token.fold_end + u32::from(after.first() == Some(&b' '));
        found.clear();
        let (from, count) = (word.longer as usize, usize::from(word.walks));
        for longer in known.longer.get(from..from + count).unwrap_or_default() {
            let layer = self.layers.get(usize::from(longer.layer));
            if let Some((walk, layer)) = longer.before(after).zip(layer) {
                layer.walk_on(text, longer.layer, (walk, next), found);
            }
        }
        let hyphen = hyphenated_ending(text.tokens, text.first, text.folded);
        if found.is_empty() && hyphen.is_none() && !self.hides {
            return;
        }
        let single = known.hits.get(word.hits.0 as usize..word.hits.1 as usize);
        let mut single = single.unwrap_or_default().iter().peekable();
        let place = |hit: &Hit| {
            let hit = hit.moved(first, token.fold_start);
            match hyphen.filter(|_| hit.name_end == token.fold_end) {
                Some((surface_last, ending)) => Hit { surface_last, ending, ..hit },
                None => hit,
            }
        };
        let from = all.len();
        for hit in found.iter() {
            while let Some(hit) = single.next_if(|single| single.layer <= hit.layer) {
                all.push(place(hit));
            }
            long.push(all.len() as u32);
            all.push(*hit);
            self.entries(hit).for_each(|e| start.classes |= e.class.bit());
        }
        all.extend(single.map(place));
        if self.hides {
            self.hide(all.get_mut(from..).unwrap_or_default());
        }
        *start = Start { from: from as u32, to: all.len() as u32, fold: PLACED, ..*start };
    }

    /// Marks hits of lower layers whose very name a higher layer overrides or blocks.
    #[expect(clippy::indexing_slicing, reason = "`above` is below the length of `hits`")]
    fn hide(&self, hits: &mut [Hit]) {
        for above in 0..hits.len() {
            let hit = hits[above];
            let entries = self.layers.get(usize::from(hit.layer)).map_or(&[][..], |l| l.entries_of(hit.name));
            if entries.iter().any(|e| e.action != Action::Add) {
                for below in hits.iter_mut() {
                    below.hidden |= below.layer < hit.layer && below.name_end == hit.name_end;
                }
            }
        }
    }
}

/// Longest word that is read as letter names, in folded bytes.
const SPELLED: usize = 32;

/// For each beginning of a word, the most letters that it spells, plus one; 0 when it
/// spells none.
pub(crate) struct Spelled([u8; SPELLED + 1]);

impl Spelled {
    /// The letters of the first `at` folded bytes.
    pub(crate) fn up_to(&self, at: usize) -> u8 {
        self.0.get(at).filter(|_| at > 1).map_or(0, |n| n.saturating_sub(1))
    }
}

/// Folded bytes as text.
fn readable(folded: &[u8]) -> String {
    Folded::from_bytes(folded).to_string()
}

/// All hits in a window of text, by first token.
#[derive(Debug, Default)]
pub(crate) struct Hits {
    /// At each token, or at each of `openers`.
    starts: Vec<Start>,
    /// Tokens with which a name may begin, if only these are looked up.
    openers: Picks,
    /// Those of one layer, while they are noted.
    openers_of_layer: Picks,
    /// Those that are not just what is known of a word.
    all: Vec<Hit>,
    /// Numbers in `all` of the hits of several tokens.
    long: Vec<u32>,
    /// Those of one token, while they are found.
    found: Vec<Hit>,
    known: Known,
}

/// The hits at a token.
#[derive(Clone, Copy, Debug, Default)]
struct Start {
    /// Their range in the known ones, or in `all`.
    from: u32,
    to: u32,
    /// Where the token begins, in folded bytes, if its hits are the known ones of its word;
    /// otherwise [`PLACED`].
    fold: u32,
    /// Classes of the hits, hidden ones included.
    classes: ClassSet,
}

const PLACED: u32 = u32::MAX;
/// Words whose records are read together, so that the cache misses overlap.
const TOGETHER: usize = 16;

impl Hits {
    fn clear(&mut self) {
        self.all.clear();
        self.starts.clear();
        self.long.clear();
    }

    /// Forgets what it knows of words: their numbers stand for others from now on.
    pub(crate) fn forget(&mut self) {
        self.known.forget();
    }

    /// The hits of several tokens, by first token.
    pub(crate) fn long(&self) -> impl Iterator<Item = &Hit> {
        self.long.iter().filter_map(|&at| self.all.get(at as usize)).filter(|hit| !hit.hidden)
    }

    /// The classes of all hits whose first token is `first`; some of these may be hidden.
    pub(crate) fn classes_at(&self, first: usize) -> ClassSet {
        self.starts.get(first).map_or(ClassSet::EMPTY, |start| start.classes)
    }

    /// The same for every token.
    pub(crate) fn classes(&self) -> impl Iterator<Item = ClassSet> + '_ {
        self.starts.iter().map(|start| start.classes)
    }

    /// The tokens that were [noted](Layers::note_openers).
    pub(crate) fn openers(&self) -> &[u32] {
        self.openers.as_slice()
    }

    /// The hits whose first token is `first`.
    #[inline]
    pub(crate) fn at(&self, first: usize) -> impl Iterator<Item = Hit> + '_ {
        self.hits_of(self.starts.get(first).copied().unwrap_or_default(), first)
    }

    /// All hits, where only [noted](Layers::note_openers) tokens were looked up.
    pub(crate) fn at_openers(&self) -> impl Iterator<Item = Hit> + '_ {
        self.starts
            .iter()
            .zip(self.openers())
            .flat_map(|(&start, &first)| self.hits_of(start, first as usize))
    }

    #[inline]
    fn hits_of(&self, start: Start, first: usize) -> impl Iterator<Item = Hit> + '_ {
        let (hits, tokens, fold) = match start.fold {
            PLACED => (&self.all, 0, 0),
            fold => (&self.known.hits, first as u32, fold),
        };
        let hits = hits.get(start.from as usize..start.to as usize).unwrap_or_default();
        hits.iter().filter(|hit| !hit.hidden).map(move |hit| hit.moved(tokens, fold))
    }
}

/// The ending after a hyphen or apostrophe that is glued to token `last`, with the last
/// token of the surface: ডব্লিউএইচও-এর, BNP'র.
pub(crate) fn hyphenated_ending(tokens: &[Token], last: usize, folded: &[u8]) -> Option<(u32, Ending)> {
    let [mark, ending, ..] = tokens.get(last + 1..)? else { return None };
    let glued = mark.shape.has(Shape::GLUED) && ending.shape.has(Shape::GLUED) && ending.is_word();
    if !glued || !matches!(mark.folded(folded), b"-" | b"'") {
        return None;
    }
    // A second hyphen would make it a part of a compound: জং-উন-এর is read from উন.
    endings::parse_hyphenated(ending.folded(folded)).map(|parsed| (last as u32 + 2, parsed))
}
