//! Walking a text's words through the layers of names.

use std::sync::Arc;

use super::automaton::{Automaton, Place};
use super::compiled::fst::Node;
use super::entry::Action;
use super::{Class, ClassSet, EntryData, Gazetteer, Names};
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
    hidden: bool,
}

impl Hit {
    /// A name that ends at `at` inside a word, if an ending or nothing follows.
    fn inside(word: &[u8], at: usize, name: u32, layer: u8) -> Option<Hit> {
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
    pub(crate) fn push(&mut self, gazetteer: Arc<Gazetteer>, kinds: Vec<u8>, user: bool) {
        self.hides |= gazetteer.meanings.entries.iter().any(|e| e.action != Action::Add);
        self.layers.push(gazetteer);
        self.kinds.push(kinds);
        if !user {
            self.user = self.layers.len();
        }
    }

    /// Number of layers.
    pub(crate) fn len(&self) -> usize {
        self.layers.len()
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
        const LONGEST: usize = 32;
        if word.len() < 2 || word.len() > LONGEST {
            return 0;
        }
        // reached[i]: most letters in word[..i], plus one; 0 when not reached.
        let mut reached = [0u8; LONGEST + 1];
        reached[0] = 1;
        for at in 0..word.len() {
            let count = reached[at];
            let Some(rest) = word.get(at..).filter(|_| count > 0) else { continue };
            for layer in &self.layers {
                layer.letters(rest, |len| reached[at + len] = reached[at + len].max(count + 1));
            }
        }
        reached.get(word.len()).map_or(0, |n| n.saturating_sub(1))
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
        hits.starts.reserve(tokens.len());
        for (first, (token, &number)) in tokens.iter().zip(numbers).enumerate() {
            if !token.is_word() {
                hits.starts.push(Start::default());
                continue;
            }
            let known = hits.known.of(number, |known| self.learn(token.folded(folded), known));
            let Some(known) = known else {
                hits.starts.push(Start::default());
                continue;
            };
            let (from, to) = known.hits;
            let mut start = Start { from, to, fold: token.fold_start, classes: known.classes };
            let after = folded.get(token.fold_end as usize..).unwrap_or_default();
            if known.may_differ(after) || self.hides {
                let text = Text { tokens, folded, first };
                self.recall(&text, token, known, after, hits, &mut start);
            }
            hits.starts.push(start);
        }
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
        let (to, to_longer) = (known.hits.len() as u32, known.longer.len() as u32);
        KnownWord { hits: (from, to), longer: (from_longer, to_longer), classes, letters }
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
        let inside = |range: (u32, u32)| range.0 as usize..range.1 as usize;
        let next = token.fold_end + u32::from(after.first() == Some(&b' '));
        found.clear();
        for longer in known.longer.get(inside(word.longer)).unwrap_or_default() {
            let layer = self.layers.get(usize::from(longer.layer));
            if let Some((walk, layer)) = longer.before(after).zip(layer) {
                layer.walk_on(text, longer.layer, (walk, next), found);
            }
        }
        let hyphen = hyphenated_ending(text.tokens, text.first, text.folded);
        if found.is_empty() && hyphen.is_none() && !self.hides {
            return;
        }
        let mut single = known.hits.get(inside(word.hits)).unwrap_or_default().iter().peekable();
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

/// Folded bytes as text.
fn readable(folded: &[u8]) -> String {
    Folded::from_bytes(folded).to_string()
}

/// All hits in a window of text, by first token.
#[derive(Debug, Default)]
pub(crate) struct Hits {
    starts: Vec<Start>,
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

/// What the layers know of the words of a vocabulary, wherever these stand.
#[derive(Debug, Default)]
struct Known {
    /// For each word, the number of its record plus two, or that there is none.
    words: Vec<u32>,
    records: Vec<KnownWord>,
    /// Names inside one word, as if the word stood at the beginning of a text.
    hits: Vec<Hit>,
    /// Layers with names that go on after a word, and the walk so far.
    longer: Vec<Longer>,
}

/// A walk through a layer after the whole word.
#[derive(Clone, Copy, Debug)]
struct Longer {
    layer: u8,
    end: Walk,
    /// After the word and a space, which is what nearly always follows.
    space: Option<Walk>,
    /// Bengali letters that may follow the space: bit `b % 64` for byte `b`.
    letters: u64,
}

impl Longer {
    /// The walk before what follows the word, if that may go on; `after` begins there.
    #[inline]
    fn before(&self, after: &[u8]) -> Option<Walk> {
        match *after {
            [b' ', letter, ..] if letter >= 0x80 => {
                self.space.filter(|_| self.letters >> (letter & 63) & 1 == 1)
            }
            [b' ', ..] => self.space,
            _ => Some(self.end),
        }
    }
}

/// Ranges in [`Known`], and the classes of the hits.
#[derive(Clone, Copy, Debug)]
struct KnownWord {
    hits: (u32, u32),
    longer: (u32, u32),
    classes: ClassSet,
    /// Those of all walks; see [`Longer`].
    letters: u64,
}

impl KnownWord {
    /// Whether, before these folded bytes, there may be other hits than the known ones.
    #[inline]
    fn may_differ(&self, after: &[u8]) -> bool {
        match *after {
            [b' ', letter, ..] if letter >= 0x80 => self.letters >> (letter & 63) & 1 == 1,
            [b'-' | b'\'', ..] => true,
            _ => self.longer.0 < self.longer.1,
        }
    }
}

/// Where the walk through a layer stands.
#[derive(Clone, Copy, Debug)]
enum Walk {
    Listed(Place),
    Compiled(Node),
}

/// In [`Known::words`]: not looked up yet,
const UNKNOWN: u32 = 0;
/// no name begins with it.
const NOTHING: u32 = 1;

impl Known {
    /// What is known of a word, if any name begins with it.
    #[inline]
    fn of(&mut self, number: u32, learn: impl FnOnce(&mut Known) -> KnownWord) -> Option<KnownWord> {
        match self.words.get(number as usize).copied().unwrap_or(UNKNOWN) {
            NOTHING => None,
            UNKNOWN => {
                let known = learn(self);
                self.keep(number as usize, known)
            }
            record => self.records.get(record as usize - 2).copied(),
        }
    }

    fn keep(&mut self, at: usize, known: KnownWord) -> Option<KnownWord> {
        let useful = known.hits.0 < known.hits.1 || known.longer.0 < known.longer.1;
        let kept = Some(known).filter(|_| useful);
        self.records.extend(kept);
        if self.words.len() <= at {
            self.words.resize(at + 1, UNKNOWN);
        }
        if let Some(word) = self.words.get_mut(at) {
            *word = if useful { self.records.len() as u32 + 1 } else { NOTHING };
        }
        kept
    }
}

impl Hits {
    fn clear(&mut self) {
        self.all.clear();
        self.starts.clear();
        self.long.clear();
    }

    /// Forgets what it knows of words: their numbers stand for others from now on.
    pub(crate) fn forget(&mut self) {
        self.known.words.clear();
        self.known.records.clear();
        self.known.hits.clear();
        self.known.longer.clear();
    }

    /// The hits of several tokens, by first token.
    pub(crate) fn long(&self) -> impl Iterator<Item = &Hit> {
        self.long.iter().filter_map(|&at| self.all.get(at as usize)).filter(|hit| !hit.hidden)
    }

    /// The classes of all hits whose first token is `first`; some of these may be hidden.
    pub(crate) fn classes_at(&self, first: usize) -> ClassSet {
        self.starts.get(first).map_or(ClassSet::EMPTY, |start| start.classes)
    }

    /// The hits whose first token is `first`.
    #[inline]
    pub(crate) fn at(&self, first: usize) -> impl Iterator<Item = Hit> + '_ {
        let start = self.starts.get(first).copied().unwrap_or_default();
        let (hits, tokens, fold) = match start.fold {
            PLACED => (&self.all, 0, 0),
            fold => (&self.known.hits, first as u32, fold),
        };
        let hits = hits.get(start.from as usize..start.to as usize).unwrap_or_default();
        hits.iter().filter(|hit| !hit.hidden).map(move |hit| hit.moved(tokens, fold))
    }
}

impl Gazetteer {
    /// Reports the length of every letter name that `word` begins with.
    fn letters(&self, word: &[u8], mut report: impl FnMut(usize)) {
        self.prefixes(word, |length, name| {
            if self.entries_of(name).iter().any(|e| e.class == Class::Letter) {
                report(length);
            }
        });
    }

    /// Reports every name that a folded word begins with: its length and number.
    fn prefixes(&self, word: &[u8], report: impl FnMut(usize, u32)) {
        match &self.names {
            Names::Listed { automaton, .. } => prefixes(&**automaton, word, report),
            Names::Compiled(compiled) => prefixes(compiled, word, report),
        }
    }

    /// Finds the names inside a word that begin with it. Returns the walk if longer names
    /// may begin with the whole word.
    fn walk_word(&self, word: &[u8], layer: u8, hits: &mut Vec<Hit>) -> Option<Walk> {
        let found = |name: u32, at: usize| {
            // Of a gazetteer without its names, only the cues are left.
            if !self.entries_of(name).is_empty() {
                hits.extend(Hit::inside(word, at, name, layer));
            }
        };
        match &self.names {
            Names::Listed { automaton, .. } => walk_word(&**automaton, word, found).map(Walk::Listed),
            Names::Compiled(compiled) => walk_word(compiled, word, found).map(Walk::Compiled),
        }
    }

    /// What may follow a walk through a whole word.
    fn longer(&self, end: Walk, layer: u8) -> Longer {
        let space = self.step(end, b' ');
        let letters = match (&self.names, space) {
            (Names::Listed { automaton, .. }, Some(Walk::Listed(at))) => automaton.letters(at),
            (Names::Compiled(compiled), Some(Walk::Compiled(at))) => compiled.letters(at),
            _ => 0,
        };
        Longer { layer, end, space, letters }
    }

    /// A walk after one more byte.
    fn step(&self, walk: Walk, byte: u8) -> Option<Walk> {
        match (&self.names, walk) {
            (Names::Listed { automaton, .. }, Walk::Listed(at)) => automaton.step(at, byte).map(Walk::Listed),
            (Names::Compiled(compiled), Walk::Compiled(at)) => compiled.step(at, byte).map(Walk::Compiled),
            _ => None,
        }
    }

    /// Finds the names of several tokens whose first one a walk has passed.
    fn walk_on(&self, text: &Text<'_>, layer: u8, (walk, from): (Walk, u32), hits: &mut Vec<Hit>) {
        let found = |hit: Hit| {
            if !self.entries_of(hit.name).is_empty() {
                hits.push(Hit { layer, ..hit });
            }
        };
        match (&self.names, walk) {
            (Names::Listed { automaton, .. }, Walk::Listed(at)) => text.walk(&**automaton, (at, from), found),
            (Names::Compiled(compiled), Walk::Compiled(at)) => text.walk(compiled, (at, from), found),
            _ => {}
        }
    }
}

/// Reports the names that `word` begins with, and where they end. Returns the state after
/// the whole word.
fn walk_word<A: Automaton>(
    automaton: &A,
    word: &[u8],
    mut found: impl FnMut(u32, usize),
) -> Option<A::State> {
    let (&byte, rest) = word.split_first()?;
    let mut state = automaton.start(byte)?;
    let mut rest = rest.iter();
    loop {
        if let Some(name) = automaton.name(state) {
            found(name, word.len() - rest.len());
        }
        match rest.next() {
            Some(&byte) => state = automaton.step(state, byte)?,
            None => return Some(state),
        }
    }
}

fn prefixes<A: Automaton>(automaton: &A, word: &[u8], mut report: impl FnMut(usize, u32)) {
    walk_word(automaton, word, |name, length| report(length, name));
}

/// Where a walk begins: token `first` of a window of text.
struct Text<'a> {
    tokens: &'a [Token],
    folded: &'a [u8],
    first: usize,
}

impl Text<'_> {
    /// Walks on from a folded offset after the first token; hits end at token ends or where
    /// an ending is licensed.
    fn walk<A: Automaton>(
        &self,
        automaton: &A,
        (mut state, mut at): (A::State, u32),
        mut found: impl FnMut(Hit),
    ) {
        let tokens = self.tokens.get(self.first + 1..).unwrap_or_default();
        for (last, token) in (self.first + 1..).zip(tokens) {
            // Separator between tokens, then the token's own bytes.
            while at < token.fold_end {
                let Some(&byte) = self.folded.get(at as usize) else { return };
                let Some(next) = automaton.step(state, byte) else { return };
                state = next;
                at += 1;
                if at > token.fold_start
                    && let Some(name) = automaton.name(next)
                    && let Some(hit) = self.end(name, token, last, at)
                {
                    found(hit);
                }
            }
        }
    }

    /// The hit of a name that ends at folded offset `at`, in token number `last`.
    fn end(&self, name: u32, token: &Token, last: usize, at: u32) -> Option<Hit> {
        let mut hit = Hit {
            first: self.first as u32,
            last: last as u32,
            surface_last: last as u32,
            name_end: at,
            ending: Ending::default(),
            layer: 0,
            name,
            hidden: false,
        };
        if at == token.fold_end {
            if let Some((surface_last, ending)) = hyphenated_ending(self.tokens, last, self.folded) {
                hit.surface_last = surface_last;
                hit.ending = ending;
            }
            return Some(hit);
        }
        let start = self.tokens.get(self.first)?.fold_start as usize;
        let name = self.folded.get(start..at as usize)?;
        hit.ending = endings::parse_after(name, self.folded.get(at as usize..token.fold_end as usize)?)?;
        Some(hit)
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
