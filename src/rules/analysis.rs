//! What is known of each word before any rule looks: classes, cut, counts, affixes.

use super::person::Parts;
use super::{acronym, person, place};
use crate::gazetteer::{Affixes, Class, ClassSet, Hit, Hits, Layers, WordStat, Words};
use crate::picks::Picks;
use crate::text::endings::{self, Ending};
use crate::text::fold::{bengali, folded};
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

/// What a word may be, so that no rule looks at those that may not.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct MayBe(u8);

impl MayBe {
    pub(crate) const NOTHING: MayBe = MayBe(0);
    const ACRONYM: u8 = 1;
    const UNKNOWN_PLACE: u8 = 1 << 1;
    /// The first part of a person's name.
    const PERSON: u8 = 1 << 2;
    /// An unknown word that is a role by its final part.
    const ROLE: u8 = 1 << 3;

    fn new(these: [(u8, bool); 4]) -> MayBe {
        MayBe(these.into_iter().map(|(bit, is)| if is { bit } else { 0 }).sum())
    }

    #[inline]
    fn has(self, bit: u8) -> bool {
        self.0 & bit != 0
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
    fn of(info: &WordInfo, len: usize, shape: Shape) -> Initial {
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
    /// Tokens that may be an acronym,
    pub(super) acronyms: Picks,
    /// an unknown place,
    pub(super) unknown_places: Picks,
    /// the first part of a person's name,
    pub(super) persons: Picks,
    /// or with which cues begin.
    cued: Picks,
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
        self.pick(numbers, hits);
        self.found.clear();
        for &at in self.cued.as_slice() {
            note_cues(at as usize, hits, layers, &mut self.found);
            let info = numbers.get(at as usize).and_then(|&number| self.words.get(number as usize));
            if let Some(info) = info.filter(|info| info.may_be.has(MayBe::ROLE)) {
                let ending = info.ending;
                self.found.push(Cue { first: at, last: at, class: Class::Role, strength: 2, ending });
            }
        }
        self.sort_cues(tokens.len());
    }

    /// Picks the tokens that rules have to look at.
    fn pick(&mut self, numbers: &[u32], hits: &Hits) {
        let Analysis { words, acronyms, unknown_places, persons, cued, .. } = self;
        for picks in [&mut *acronyms, unknown_places, persons, cued] {
            picks.clear(numbers.len());
        }
        for (at, &number) in (0u32..).zip(numbers) {
            let may_be = words.get(number as usize).map_or(MayBe::NOTHING, |info| info.may_be);
            acronyms.offer(at, may_be.has(MayBe::ACRONYM));
            unknown_places.offer(at, may_be.has(MayBe::UNKNOWN_PLACE));
            persons.offer(at, may_be.has(MayBe::PERSON));
            cued.offer(at, may_be.has(MayBe::ROLE) | hits.classes_at(at as usize).has_any(LISTED));
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

/// All that is known of the word at token `i`.
fn look_up(
    i: usize,
    token: &Token,
    folded: &[u8],
    hits: &Hits,
    layers: &Layers,
    tables: (&Words, &Affixes),
) -> (WordInfo, WordStats) {
    let mut info = WordInfo { name_len: (token.fold_end - token.fold_start) as u16, ..WordInfo::default() };
    if !token.is_word() {
        return (info, WordStats::default());
    }
    collect(i, hits, layers, &mut info);
    if info.bare.has_any(WHOLE) {
        info.classes = info.bare;
    }
    let stats = describe(&mut info, token, folded, hits.at(i), layers, tables);
    let role = compound_role(&mut info);
    let len = token.folded(folded).len();
    info.initial = Initial::of(&info, len, token.shape);
    info.parts = Parts::of(&info, len, token.shape);
    info.may_be = MayBe::new([
        (MayBe::ROLE, role),
        (MayBe::ACRONYM, acronym::may_be(&info, token.shape)),
        (MayBe::UNKNOWN_PLACE, place::may_be_unknown(&info, len, token.shape)),
        (MayBe::PERSON, !person::is_outside(&info, len)),
    ]);
    (info, stats)
}

/// An unknown word that ends in a role is a role: স্বরাষ্ট্রসচিব, পল্লিচিকিৎসক. Whether it is.
fn compound_role(info: &mut WordInfo) -> bool {
    if !info.affixes.has(Class::AffixRole) || info.classes.has_any(PERSON_CUES) || info.has_entry() {
        return false;
    }
    info.classes |= Class::Role.bit();
    if info.ending.is_bare() {
        info.bare |= Class::Role.bit();
    }
    true
}

/// Classes of single-token hits at token `i`.
fn collect(i: usize, hits: &Hits, layers: &Layers, info: &mut WordInfo) {
    for hit in hits.at(i).filter(|hit| hit.len() == 1) {
        for entry in layers.entries(&hit) {
            info.classes |= entry.class.bit();
            if hit.ending.is_bare() || hit.ending.is_hyphenated() {
                info.bare |= entry.class.bit();
            }
            if entry.ambiguity == crate::gazetteer::Ambiguity::Sure {
                info.sure |= entry.class.bit();
            }
            if entry.class == Class::OrgHead {
                info.head = info.head.max(entry.strength);
            }
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

/// Fills in what does not come from single hits: the cut, word counts, letters, affixes.
fn describe(
    info: &mut WordInfo,
    token: &Token,
    folded: &[u8],
    hits: impl Iterator<Item = Hit>,
    layers: &Layers,
    (words, affixes): (&Words, &Affixes),
) -> WordStats {
    let word = token.folded(folded);
    let entry_cut = hits
        .filter(|h| h.len() == 1 && layers.entries(h).any(|e| !e.class.is_cue()))
        .map(|h| {
            (
                h.name_end - token.fold_start,
                if h.ending.is_hyphenated() { Ending::default() } else { h.ending },
            )
        })
        .max_by_key(|&(at, _)| at);
    let cuts = Cuts::of(word, words, affixes);
    let (mut best, mut ordinary) = (f32::MIN, false);
    let mut likeliest = cuts.whole();
    let whole = likeliest.stat.unwrap_or_default();
    let mut stats = WordStats { whole, ..WordStats::default() };
    for cut in cuts.iter() {
        if let Some(stat) = cut.stat
            && (stat.named() > stats.best.named() || stats.best.count() == 0)
        {
            stats.best = stat;
        }
        ordinary |= cut.stat.is_some_and(|s| s.count() >= 2 && s.other > 0);
        let preference = cut_preference(word, cut);
        if preference > best {
            (best, likeliest) = (preference, *cut);
        }
    }
    if let Some((at, ending)) = entry_cut {
        let known = cuts.iter().find(|cut| cut.at == at).copied();
        likeliest = Cut { ending, ..known.unwrap_or_else(|| Cut::new(word, at, ending, (words, affixes))) };
    }
    info.name_len = likeliest.at as u16;
    info.ending = likeliest.ending;
    stats.stem = likeliest.stat.unwrap_or_default();
    let whole = cuts.whole().stat.filter(|_| entry_cut.is_none());
    for stat in [likeliest.stat, whole].into_iter().flatten() {
        if stat.count() >= 2 && stat.common() >= info.common {
            (info.common, info.count) = (stat.common(), stat.count());
        }
    }
    info.unknown =
        !ordinary && !info.classes.has_any(NO_NAME) && word.len() > 2 && !token.shape.has(Shape::NUMBER);
    info.affixes = likeliest.affixes;
    if cuts.whole().affixes.has(Class::AffixWord) {
        info.affixes |= Class::AffixWord.bit();
    }
    spell(info, word, &cuts, layers, entry_cut.is_none());
    stats
}

/// Reads the word, or what an ending leaves of it, as names of letters.
fn spell(info: &mut WordInfo, word: &[u8], cuts: &Cuts, layers: &Layers, may_cut: bool) {
    let spelled = layers.spelled(word);
    let letters = |cut: &&Cut| spelled.up_to(cut.at as usize) >= 2;
    let Some(cut) = cuts.iter().take(7).find(letters) else { return };
    info.letters = spelled.up_to(cut.at as usize);
    if may_cut {
        info.name_len = cut.at as u16;
        info.ending = cut.ending;
    }
}

/// One cut of a word into name and ending, and what is known of the name.
#[derive(Clone, Copy, Default)]
struct Cut {
    at: u32,
    ending: Ending,
    stat: Option<WordStat>,
    affixes: ClassSet,
}

impl Cut {
    fn new(word: &[u8], at: u32, ending: Ending, (words, affixes): (&Words, &Affixes)) -> Cut {
        let stem = word.get(..at as usize).unwrap_or_default();
        Cut { at, ending, stat: words.get(stem), affixes: affixes.of(stem) }
    }
}

/// The cuts of a word that are weighed: the whole word, then ever shorter names.
struct Cuts {
    cuts: [Cut; Cuts::MOST],
    len: usize,
}

impl Cuts {
    const MOST: usize = 12;

    fn of(word: &[u8], words: &Words, affixes: &Affixes) -> Cuts {
        let mut cuts = Cuts { cuts: [Cut::default(); Cuts::MOST], len: 0 };
        for (slot, (at, ending)) in cuts.cuts.iter_mut().zip(endings::cuts(word)) {
            let stem = word.get(..at as usize).unwrap_or_default();
            *slot = Cut { at, ending, stat: None, affixes: affixes.of(stem) };
            cuts.len += 1;
        }
        let mut prefixes = words.prefixes();
        for cut in cuts.cuts.get_mut(..cuts.len).unwrap_or_default().iter_mut().rev() {
            cut.stat = prefixes.get(word.get(..cut.at as usize).unwrap_or_default());
        }
        cuts
    }

    fn iter(&self) -> impl Iterator<Item = &Cut> {
        self.cuts.iter().take(self.len)
    }

    fn whole(&self) -> Cut {
        let [whole, ..] = self.cuts;
        whole
    }
}

/// How likely a cut of an unknown word is. Endings of one letter are as often the last
/// letter of the name itself (আক্তার, বনানী-ও), longer ones hardly ever.
fn cut_preference(word: &[u8], of: &Cut) -> f32 {
    let (stem, rest) = word.split_at(word.len().min(of.at as usize));
    let (ending, cut) = (&of.ending, rest.len());
    let emphatic = usize::from(ending.is_emphatic());
    let by_length = match cut - emphatic {
        0 if cut == 0 => 1.0,
        0 => last_letter(stem, ending),
        1 => last_letter(stem, ending) + 0.2 * emphatic as f32,
        _ => 2.0,
    };
    let seen = of.stat.map_or(0.0, |s| (1.0 - s.common()) * (s.count() as f32).ln_1p().min(4.0) * 0.5);
    let is_typical = of.affixes.has(Class::AffixPlace) || of.affixes.has(Class::AffixPerson);
    let typical = if is_typical { 0.8 } else { 0.0 };
    let too_short = match stem.len() {
        _ if cut == 0 => 0.0,
        0 | 1 => -3.0,
        2 => -0.8,
        _ => 0.0,
    };
    by_length + seen + typical + too_short
}

/// The preference for a cut of one letter, against 1 for no cut: which letters end names
/// of their own (আক্তার, রহিমপুর, টোকিও) and which are nearly always endings.
fn last_letter(stem: &[u8], ending: &Ending) -> f32 {
    use endings::Case;
    let last = stem.last().copied().unwrap_or_default();
    let is = |letters: &[u8]| letters.contains(&last);
    let consonant = (bengali('ক')..=bengali('হ')).contains(&last);
    match ending.case() {
        Some(Case::Genitive) if is(folded!("ীোৌৈ")) => 1.6,
        Some(Case::Genitive) if is(folded!("ি")) => 1.2,
        Some(Case::Genitive) if is(folded!("া")) => 0.9,
        Some(Case::Genitive) => 0.6,
        Some(Case::Locative) => 1.3,
        _ if ending.is_emphatic() && consonant => 1.3,
        _ => 0.6,
    }
}
