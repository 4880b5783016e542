//! What is known of a word, worked out once: classes, the likeliest cut, counts, what it may be.

use super::analysis::{Initial, MayBe, NO_NAME, PERSON_CUES, WHOLE, WordInfo, WordStats};
use super::person::{self, Begins, Parts};
use super::{acronym, place};
use crate::gazetteer::{Affixes, Ambiguity, Class, ClassSet, Hit, Hits, Layers, WordStat, Words};
use crate::text::endings::{self, Ending};
use crate::text::fold::{bengali, folded};
use crate::text::token::{Shape, Token};

/// All that is known of the word at token `i`.
pub(super) fn look_up(
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
    let begins = person::begins(&info, len);
    info.may_be = MayBe::new([
        (MayBe::ROLE, role),
        (MayBe::ACRONYM, acronym::may_be(&info, token.shape)),
        (MayBe::UNKNOWN_PLACE, place::may_be_unknown(&info, len, token.shape)),
        (MayBe::PERSON, begins == Begins::Person),
        (MayBe::PERSON_BY_CUE, begins == Begins::PersonByCue),
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
            if entry.ambiguity == Ambiguity::Sure {
                info.sure |= entry.class.bit();
            }
            if entry.class == Class::OrgHead {
                info.head = info.head.max(entry.strength);
            }
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
