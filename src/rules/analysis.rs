//! What is known of the words of a window before any rule looks, and which of them rules look at.

use super::entries;
use super::look_up::look_up;
use super::person::Parts;
use crate::gazetteer::{Affixes, Class, ClassSet, Hit, Hits, Layers, WordStat, Words};
use crate::picks::Picks;
use crate::text::endings::Ending;
use crate::text::token::{Shape, Token};

/// Classes that are parts of persons' names.
pub(crate) const NAME_PARTS: ClassSet = Class::Given.bit().and(Class::Surname.bit());
/// Words that never stand inside a name, unless a list also knows them as names.
pub(crate) const NO_NAME: ClassSet = Class::Function
    .bit()
    .and(Class::Say.bit())
    .and(Class::Demonym.bit())
    .and(Class::Generic.bit())
    .and(Class::PersonAfter.bit())
    .and(Class::PlaceGeneric.bit());
/// Words that are themselves, not a shorter word with an ending: দুই is no দু + ই, ভারতীয়
/// no ভারতী + য়.
pub(crate) const WHOLE: ClassSet =
    Class::Function.bit().and(Class::Say.bit()).and(Class::Demonym.bit()).and(Class::Generic.bit());
/// Roles, titles and kin terms.
pub(crate) const PERSON_CUES: ClassSet = Class::Title.bit().and(Class::Role.bit()).and(Class::Kin.bit());

/// What is known of one token: one cache line, as words are met in any order.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(64))]
pub(crate) struct WordInfo {
    /// Classes of entries and cues that are this token, with any ending.
    pub(crate) classes: ClassSet,
    /// The same without an ending.
    pub(crate) bare: ClassSet,
    /// Classes of entries whose ambiguity is `sure`.
    pub(crate) sure: ClassSet,
    /// Strength of the strongest organisation head that this token is.
    pub(crate) head: u8,
    /// The likeliest cut into name and ending: folded length of the name.
    pub(crate) name_len: u16,
    pub(crate) ending: Ending,
    /// Share in which the word, or its stem, is seen outside names; 0 when unseen.
    pub(crate) common: f32,
    /// How often that was seen.
    pub(crate) count: u32,
    /// No form of the word is known from ordinary text.
    pub(crate) unknown: bool,
    /// Number of Latin letters that the name spells in Bengali letter names, if all does.
    pub(crate) letters: u8,
    /// Final parts: [`Class::AffixPerson`], [`Class::AffixPlace`], [`Class::AffixWord`].
    pub(crate) affixes: ClassSet,
    /// What it may be, as far as it says itself.
    pub(crate) may_be: MayBe,
    pub(crate) initial: Initial,
    pub(crate) parts: Parts,
}

const _: () = assert!(size_of::<WordInfo>() == 64);

/// What a word may be, and what begins and ends at a token, so that no rule looks at others.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct MayBe(u8);

impl MayBe {
    pub(crate) const NOTHING: MayBe = MayBe(0);
    pub(super) const ACRONYM: u8 = 1;
    pub(super) const UNKNOWN_PLACE: u8 = 1 << 1;
    /// The first part of a person's name, or a whole one,
    pub(super) const PERSON: u8 = 1 << 2;
    /// but only after a cue.
    pub(super) const PERSON_BY_CUE: u8 = 1 << 3;
    /// An unknown word that is a role by its final part.
    pub(super) const ROLE: u8 = 1 << 4;
    /// Entries that are proposed begin at the token,
    pub(super) const ENTRY: u8 = 1 << 5;
    /// or listed cues,
    const CUE: u8 = 1 << 6;
    /// and a cue of a person ends there.
    const AFTER_CUE: u8 = 1 << 7;
    /// What few tokens are.
    const RARE: u8 = MayBe::ACRONYM | MayBe::UNKNOWN_PLACE | MayBe::ROLE | MayBe::ENTRY | MayBe::CUE;

    pub(super) fn new(these: [(u8, bool); 5]) -> MayBe {
        MayBe(these.into_iter().map(|(bit, is)| if is { bit } else { 0 }).sum())
    }

    #[inline]
    pub(super) fn has(self, bits: u8) -> bool {
        self.0 & bits != 0
    }

    #[inline]
    fn with(self, bit: u8, yes: bool) -> MayBe {
        MayBe(self.0 | if yes { bit } else { 0 })
    }
}

/// Whether a word may be an initial: the Bengali name of a Latin letter, or one Latin or
/// Bengali letter.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Initial {
    #[default]
    No,
    Yes,
    /// Where a full stop follows.
    BeforeFullStop,
}

impl Initial {
    pub(super) fn of(info: &WordInfo, len: usize, shape: Shape) -> Initial {
        let single = len == 1 && shape.has(Shape::LETTERS);
        if info.bare.has(Class::Letter) && len <= 6 || single && shape.has(Shape::UPPERCASE) {
            Initial::Yes
        } else if single && !shape.has(Shape::LATIN) {
            Initial::BeforeFullStop
        } else {
            Initial::No
        }
    }
}

/// What the common-word table says of a word. The rules do not read it again, so it stands
/// apart from [`WordInfo`].
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct WordStats {
    /// Counts of the whole word,
    pub(crate) whole: WordStat,
    /// of the stem of the likeliest cut,
    pub(crate) stem: WordStat,
    /// and of the stem that is most often a name.
    pub(crate) best: WordStat,
}

impl WordInfo {
    pub(crate) fn is(&self, class: Class) -> bool {
        self.classes.has(class)
    }

    /// A word that is ordinary more often than not.
    pub(crate) fn is_common(&self) -> bool {
        self.count >= 2 && self.common >= 0.5
    }

    /// Known as a given name or surname.
    pub(crate) fn is_name_part(&self) -> bool {
        self.classes.has_any(NAME_PARTS)
    }

    /// Known as an entity of any kind.
    pub(crate) fn has_entry(&self) -> bool {
        self.is_name_part() || self.has_place() || self.has_organization() || self.is(Class::PersonFull)
    }

    pub(crate) fn has_place(&self) -> bool {
        self.classes.has_any(PLACES)
    }

    pub(crate) fn has_organization(&self) -> bool {
        self.classes.has_any(ORGANIZATIONS)
    }
}

pub(crate) const PLACES: ClassSet = Class::Country
    .bit()
    .and(Class::Region.bit())
    .and(Class::District.bit())
    .and(Class::Upazila.bit())
    .and(Class::Union.bit())
    .and(Class::City.bit())
    .and(Class::Area.bit())
    .and(Class::River.bit())
    .and(Class::Water.bit())
    .and(Class::Physical.bit())
    .and(Class::Facility.bit())
    .and(Class::Road.bit());
pub(crate) const ORGANIZATIONS: ClassSet = Class::Government
    .bit()
    .and(Class::Party.bit())
    .and(Class::Media.bit())
    .and(Class::Company.bit())
    .and(Class::Bank.bit())
    .and(Class::Education.bit())
    .and(Class::Health.bit())
    .and(Class::Sports.bit())
    .and(Class::International.bit())
    .and(Class::Force.bit())
    .and(Class::Ngo.bit())
    .and(Class::OtherBody.bit());

/// A cue in the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cue {
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) class: Class,
    pub(crate) strength: u8,
    pub(crate) ending: Ending,
}

/// What is known of the words of a window; its buffers are kept between calls.
#[derive(Debug, Default)]
pub(crate) struct Analysis {
    /// What is known of each word of the vocabulary. Of a word's hits only those inside it
    /// count, so that it is the same wherever the word stands.
    words: Vec<WordInfo>,
    stats: Vec<WordStats>,
    /// What each token may be,
    pub(super) may_be: Vec<MayBe>,
    /// those that may be something rare,
    pub(super) rare: Picks,
    /// and those with which a person's name may begin.
    pub(super) persons: Picks,
    /// Sorted by last token.
    pub(super) cues: Vec<Cue>,
    /// For each token, the first of `cues` that ends there or later.
    pub(super) cue_ends: Vec<u32>,
    /// The cues by first token.
    found: Vec<Cue>,
}

impl Analysis {
    /// Looks up every word of a window.
    pub(crate) fn run(
        &mut self,
        (tokens, folded, numbers): (&[Token], &[u8], &[u32]),
        hits: &Hits,
        layers: &Layers,
        tables: (&Words, &Affixes),
    ) {
        for (i, (token, &number)) in tokens.iter().zip(numbers).enumerate() {
            // Words are numbered as they come, so all before a new one are known.
            if number as usize == self.words.len() {
                let (info, stats) = look_up(i, token, folded, hits, layers, tables);
                self.words.push(info);
                self.stats.push(stats);
            }
        }
        self.pick(numbers, hits, layers);
        self.found.clear();
        for &at in self.rare.as_slice() {
            let may_be = self.may_be.get(at as usize).copied().unwrap_or_default();
            if may_be.has(MayBe::CUE) {
                note_cues(at as usize, hits, layers, &mut self.found);
            }
            if may_be.has(MayBe::ROLE) {
                let info = numbers.get(at as usize).and_then(|&number| self.words.get(number as usize));
                let ending = info.map_or(Ending::BARE, |info| info.ending);
                self.found.push(Cue { first: at, last: at, class: Class::Role, strength: 2, ending });
            }
        }
        self.pick_persons();
        self.sort_cues(tokens.len());
    }

    /// Picks the tokens that rules have to look at.
    fn pick(&mut self, numbers: &[u32], hits: &Hits, layers: &Layers) {
        let Analysis { words, may_be, rare, .. } = self;
        let proposed = entries::proposed(layers);
        rare.clear(numbers.len());
        may_be.clear();
        may_be.extend(numbers.iter().zip(hits.classes()).map(|(&number, classes)| {
            let word = words.get(number as usize).map_or(MayBe::NOTHING, |info| info.may_be);
            word.with(MayBe::ENTRY, classes.has_any(proposed)).with(MayBe::CUE, classes.has_any(LISTED))
        }));
        (0..).zip(&*may_be).for_each(|(at, may_be)| rare.offer(at, may_be.has(MayBe::RARE)));
    }

    /// Picks the tokens with which persons' names may begin, when the cues are found.
    fn pick_persons(&mut self) {
        let Analysis { found, may_be, persons, .. } = self;
        for cue in found.iter().filter(|cue| PERSON_CUES.has(cue.class)) {
            if let Some(ends) = may_be.get_mut(cue.last as usize) {
                *ends = ends.with(MayBe::AFTER_CUE, true);
            }
        }
        persons.clear(may_be.len());
        let mut wanted = MayBe::PERSON;
        for (at, may_be) in (0..).zip(&*may_be) {
            persons.offer(at, may_be.has(wanted));
            wanted = MayBe::PERSON | if may_be.has(MayBe::AFTER_CUE) { MayBe::PERSON_BY_CUE } else { 0 };
        }
    }

    /// Forgets what it knows of words: their numbers stand for others from now on.
    pub(crate) fn forget(&mut self) {
        self.words.clear();
        self.stats.clear();
    }

    /// How many words it knows: those of the vocabulary with the lowest numbers.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// What is known of a word of the vocabulary.
    #[inline]
    pub(super) fn word(&self, number: u32) -> Option<&WordInfo> {
        self.words.get(number as usize)
    }

    /// What the common-word table says of a word of the vocabulary.
    pub(super) fn stats(&self, number: u32) -> WordStats {
        self.stats.get(number as usize).copied().unwrap_or_default()
    }

    /// Sorts the cues, which were found by first token, by last token.
    fn sort_cues(&mut self, tokens: usize) {
        self.cue_ends.clear();
        self.cue_ends.resize(tokens + 1, 0);
        for cue in &self.found {
            if let Some(count) = self.cue_ends.get_mut(cue.last as usize) {
                *count += 1;
            }
        }
        let mut before = 0;
        for count in &mut self.cue_ends {
            before += std::mem::replace(count, before);
        }
        // Each goes to where its token's cues begin, which moves that on: in the end every
        // token has the beginning of the next one.
        self.cues.clone_from(&self.found);
        for cue in &self.found {
            let Some(at) = self.cue_ends.get_mut(cue.last as usize) else { continue };
            if let Some(slot) = self.cues.get_mut(*at as usize) {
                *slot = *cue;
            }
            *at += 1;
        }
        self.cue_ends.rotate_right(1);
        if let Some(first) = self.cue_ends.first_mut() {
            *first = 0;
        }
    }
}

/// Cues that rules look for from where they end; of others a word's classes say enough.
const LISTED: ClassSet = PERSON_CUES
    .and(Class::OrgHead.bit())
    .and(Class::OrgBefore.bit())
    .and(Class::PlaceHead.bit())
    .and(Class::PlaceBefore.bit());

/// All cues that start at token `i`.
fn note_cues(i: usize, hits: &Hits, layers: &Layers, cues: &mut Vec<Cue>) {
    for hit in hits.at(i) {
        for entry in layers.entries(&hit).filter(|entry| LISTED.has(entry.class)) {
            let Hit { first, last, ending, .. } = hit;
            cues.push(Cue { first, last, class: entry.class, strength: entry.strength, ending });
        }
    }
}
