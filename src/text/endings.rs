//! The ending grammar: what may be glued to the end of a Bengali name.
//!
//! It never stems a text. It answers one question: given that a name ends *here*, is the
//! rest of the word an inflection of it? The language it accepts, in the rest of the word
//! after the name:
//!
//! ```text
//! rest       = [ "-" | "'" ] tail
//! tail       = [ bound ] [ classifier | plural ] [ case ] [ emphatic ]
//! bound      = সহ | বিষয়ক | ভিত্তিক | সংলগ্ন | কেন্দ্রিক | সমর্থিত | সমর্থক | বিরোধী | পন্থী | গামী | মুখী | প্রধান | …
//!              | ভুক্ত | কাণ্ড | অধ্যুষিত | জি | বাবু | সাহেব | ভাই | আপা | দিদি | দেবী | স্যার
//! classifier = টি | টা | টুকু | খানা | খানি | গুলো | গুলি | গুলা
//! plural     = রা | েরা | য়েরা | এরা | দের | েদের | য়েদের
//! case       = locative | genitive | objective, by the last sound before it:
//! emphatic   = ই | ও
//! ```
//!
//! | last sound | locative | genitive | objective | plural |
//! |---|---|---|---|---|
//! | consonant | ে েতে | ের | কে | েরা দের েদের |
//! | conjunct, হ | ে েতে | র ের | কে | রা েরা দের েদের |
//! | া, আ | য় তে য়ে | র য়ের | কে | রা য়েরা দের য়েদের |
//! | other vowels | তে য়ে য় এ | র য়ের এর | কে | রা য়েরা এরা দের য়েদের |
//! | ং ঃ ৎ | ে য়ে এ | ের য়ের এর | কে | েরা য়েরা এরা দের েদের য়েদের |
//! | Latin letter, digit, after a hyphen | এ তে য় ে য়ে | এর র য়ের ের | কে | রা এরা েরা য়েরা দের |
//!
//! A name that ends in a conjunct keeps its inherent vowel, and a last হ is hardly heard, so
//! that both take the endings of vowels beside their own: সৌম্যর, চন্দ্রের, উল্লাহর; so do names
//! in -ব্রত and -পদ (সুব্রতর).
//!
//! The case after a classifier or a bound word follows the last sound of that word
//! (টির, গুলোতে, সহকে); after a plural only কে may follow দের. Derivation is not
//! inflection: -বাসী, -ীয় and the -ি or -াই that turn a place into an adjective
//! (ঢাকাবাসী, ভারতীয়, ইরানি, ঢাকাই) are not in the language.
//!
//! Sources: the suffix rules in spaCy's Bengali lookup data (MIT, after a printed
//! grammar) and the table of forms counted in the labelled sets named in
//! `gazetteers/SOURCES.tsv`.

use super::fold::{self, Bytes, Counted, bengali, folded};
use super::scan::{self, Scanner};
use super::token::{Shape, Token};

/// Class of a name's last sound, as a bit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Sound(u8);

impl Sound {
    const CONSONANT: Sound = Sound(1);
    const AA: Sound = Sound(1 << 1);
    const VOWEL: Sound = Sound(1 << 2);
    /// ং, ঃ, ৎ.
    const CLOSED: Sound = Sound(1 << 3);
    /// Latin letters, digits, whatever stands before a hyphen.
    const OTHER: Sound = Sound(1 << 4);
    /// A consonant after which a vowel is heard that is not written, or হ.
    const OPEN: Sound = Sound(1 << 5);

    const fn or(self, other: Sound) -> Sound {
        Sound(self.0 | other.0)
    }

    /// Class of the last sound of a folded name.
    pub(crate) fn last_of(name: &[u8]) -> Sound {
        const KA: u8 = bengali('ক');
        const HA: u8 = bengali('হ');
        let sounds = name.iter().rposition(|&byte| byte != fold::CHANDRABINDU).map_or(0, |last| last + 1);
        let name = name.get(..sounds).unwrap_or_default();
        match *name {
            [.., a, fold::VIRAMA] if a == bengali('ত') => Sound::CLOSED,
            [.., fold::VIRAMA, b] if (KA..HA).contains(&b) => Sound::OPEN,
            [.., HA] => Sound::OPEN,
            _ if OPEN_PARTS.iter().any(|part| name.ends_with(part)) => Sound::OPEN,
            [.., b] if b == bengali('া') || b == bengali('আ') => Sound::AA,
            [.., b] if b == bengali('ং') || b == fold::VISARGA => Sound::CLOSED,
            [.., b] if fold::is_vowel_sign(b) || (b >= bengali('অ') && b < KA) => Sound::VOWEL,
            [.., b] if (KA..=HA).contains(&b) || b >= bengali('ৎ') || b == fold::VIRAMA => Sound::CONSONANT,
            _ => Sound::OTHER,
        }
    }
}

/// Last parts of names whose last vowel is heard: সুব্রত, কালীপদ.
static OPEN_PARTS: &[&[u8]] = &[folded!("ব্রত"), folded!("পদ")];

/// Grammatical case of a Bengali name, as its ending shows it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
#[non_exhaustive]
pub enum Case {
    /// ঢাকায়, রংপুরে: in, at, to (or the subject, for bodies: সরকারে).
    Locative,
    /// ঢাকার, রংপুরের: of.
    Genitive,
    /// করিমকে: the object, mostly a person.
    Objective,
}

/// An ending taken apart. Everything is `false` or `None` for a bare name.
///
/// ```
/// use bangla_ner::endings::{self, Case};
/// let split = endings::split("ছাত্রলীগ", "ছাত্রলীগটিকেও").unwrap();
/// assert_eq!(split.name, "ছাত্রলীগ");
/// assert_eq!(split.ending, "টিকেও");
/// assert_eq!(split.parts.case(), Some(Case::Objective));
/// assert!(split.parts.has_classifier() && split.parts.is_emphatic());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Ending {
    case: Option<Case>,
    /// Index of the bound word in [`LINKS`], plus one; 0 for none.
    bound: u8,
    flags: u8,
}

const CLASSIFIER: u8 = 1;
const PLURAL: u8 = 2;
const EMPHATIC: u8 = 4;
const HYPHEN: u8 = 8;
const BOUND: u8 = 16;

impl Ending {
    /// No ending.
    pub(crate) const BARE: Ending = Ending { case: None, bound: 0, flags: 0 };

    /// The case, if one is marked.
    pub fn case(&self) -> Option<Case> {
        self.case
    }

    /// The bound word between name and case: বিরোধী in আওয়ামী লীগবিরোধীদের.
    pub fn bound_word(&self) -> Option<&'static str> {
        LINKS.get(usize::from(self.bound).checked_sub(1)?).map(|link| link.written)
    }

    /// টি, টা, গুলো …: the name is treated as a thing.
    pub fn has_classifier(&self) -> bool {
        self.flags & CLASSIFIER != 0
    }

    /// রা, দের: the name is a person, or people.
    pub fn is_plural(&self) -> bool {
        self.flags & PLURAL != 0
    }

    /// ই or ও at the very end.
    pub fn is_emphatic(&self) -> bool {
        self.flags & EMPHATIC != 0
    }

    /// Whether a hyphen or an apostrophe stands between name and ending (বিএনপি-র).
    pub fn is_hyphenated(&self) -> bool {
        self.flags & HYPHEN != 0
    }

    /// No ending at all.
    pub fn is_bare(&self) -> bool {
        self.flags == 0 && self.case.is_none()
    }

    pub(crate) fn hyphenated(mut self) -> Ending {
        self.flags |= HYPHEN;
        self
    }
}

/// Where the automaton stands; each state allows the links whose `from` has its bit.
#[derive(Clone, Copy)]
struct State(u8);

const NAME: State = State(1);
const AFTER_BOUND: State = State(2);
const AFTER_CLASSIFIER: State = State(4);
const AFTER_RA: State = State(8);
const AFTER_DER: State = State(16);
const AFTER_CASE: State = State(32);
const END: State = State(64);

struct Link {
    text: &'static [u8],
    written: &'static str,
    from: u8,
    after: u8,
    to: State,
    case: Option<Case>,
    flag: u8,
}

macro_rules! links {
    ($($text:literal: $from:expr, $after:expr => $to:expr, $case:expr, $flag:expr;)*) => {
        &[$(Link { text: folded!($text), written: $text, from: $from, after: $after.0, to: $to, case: $case, flag: $flag }),*]
    };
}

const ANY: Sound = Sound(0x3F);
const VOWELS: Sound = Sound::AA.or(Sound::VOWEL);
const STEM: u8 = NAME.0 | AFTER_BOUND.0;
const CASED: u8 = STEM | AFTER_CLASSIFIER.0;
const LOC: Option<Case> = Some(Case::Locative);
const GEN: Option<Case> = Some(Case::Genitive);
const OBJ: Option<Case> = Some(Case::Objective);
const C: Sound = Sound::CONSONANT.or(Sound::OPEN);
const O: Sound = Sound::OPEN;
const N: Sound = Sound::CLOSED;
const X: Sound = Sound::OTHER;
const V: Sound = Sound::VOWEL;

/// The whole grammar. Longer texts stand before their own prefixes.
const LINKS: &[Link] = links! {
    "সহ": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "বিষয়ক": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "ভিত্তিক": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "সংলগ্ন": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "সংক্রান্ত": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "সংশ্লিষ্ট": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "কেন্দ্রিক": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "কেন্দ্রীক": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "সমর্থিত": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "সমর্থক": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "বিরোধী": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "পন্থী": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "পন্থি": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "গামী": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "মুখী": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "প্রধান": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "ঘেঁষা": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "ঘনিষ্ঠ": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "নিয়ন্ত্রিত": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "শাসিত": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "অধিকৃত": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "পরিচালিত": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "মনোনীত": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "ফেরত": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "প্রবাসী": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "ব্যাপী": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "জুড়ে": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "ভুক্ত": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "কাণ্ড": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "অধ্যুষিত": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "জি": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "জী": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "বাবু": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "সাহেব": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "ভাই": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "আপা": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "দিদি": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "দেবী": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "স্যার": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "স্থ": NAME.0, ANY => AFTER_BOUND, None, BOUND;
    "টি": STEM, ANY => AFTER_CLASSIFIER, None, CLASSIFIER;
    "টা": STEM, ANY => AFTER_CLASSIFIER, None, CLASSIFIER;
    "টুকু": STEM, ANY => AFTER_CLASSIFIER, None, CLASSIFIER;
    "খানা": STEM, ANY => AFTER_CLASSIFIER, None, CLASSIFIER;
    "খানি": STEM, ANY => AFTER_CLASSIFIER, None, CLASSIFIER;
    "গুলো": STEM, ANY => AFTER_CLASSIFIER, None, CLASSIFIER;
    "গুলি": STEM, ANY => AFTER_CLASSIFIER, None, CLASSIFIER;
    "গুলা": STEM, ANY => AFTER_CLASSIFIER, None, CLASSIFIER;
    "রা": STEM, VOWELS.or(X).or(O) => AFTER_RA, None, PLURAL;
    "েরা": STEM, C.or(N).or(X) => AFTER_RA, None, PLURAL;
    "য়েরা": STEM, VOWELS.or(N).or(X) => AFTER_RA, None, PLURAL;
    "এরা": STEM, V.or(N).or(X) => AFTER_RA, None, PLURAL;
    "দের": STEM, ANY => AFTER_DER, None, PLURAL;
    "েদের": STEM, C.or(N) => AFTER_DER, None, PLURAL;
    "য়েদের": STEM, VOWELS.or(N) => AFTER_DER, None, PLURAL;
    "কে": CASED | AFTER_DER.0, ANY => AFTER_CASE, OBJ, 0;
    "ে": CASED, C.or(N).or(X) => AFTER_CASE, LOC, 0;
    "েতে": CASED, C => AFTER_CASE, LOC, 0;
    "তে": CASED, VOWELS.or(X) => AFTER_CASE, LOC, 0;
    "য়": CASED, VOWELS.or(X) => AFTER_CASE, LOC, 0;
    "য়ে": CASED, VOWELS.or(N).or(X) => AFTER_CASE, LOC, 0;
    "এ": CASED, V.or(N).or(X) => AFTER_CASE, LOC, 0;
    "ের": CASED, C.or(N).or(X) => AFTER_CASE, GEN, 0;
    "র": CASED, VOWELS.or(X).or(O) => AFTER_CASE, GEN, 0;
    "য়ের": CASED, VOWELS.or(N).or(X) => AFTER_CASE, GEN, 0;
    "এর": CASED, V.or(N).or(X) => AFTER_CASE, GEN, 0;
    "ই": 0x3F, ANY => END, None, EMPHATIC;
    "ও": 0x3F, ANY => END, None, EMPHATIC;
};

/// For each byte, the links that begin with it: bit `i` for number `i`.
#[expect(clippy::indexing_slicing, reason = "evaluated while compiling, where it would fail")]
static BY_FIRST: [u128; 256] = {
    assert!(LINKS.len() <= 128);
    let mut links = [0; 256];
    let mut i = 0;
    while i < LINKS.len() {
        links[LINKS[i].text[0] as usize] |= 1 << i;
        i += 1;
    }
    links
};

/// The bytes in which some link ends, and so every ending.
#[expect(clippy::indexing_slicing, reason = "evaluated while compiling, where it would fail")]
static LAST: [bool; 256] = {
    let mut last = [false; 256];
    let mut i = 0;
    while i < LINKS.len() {
        let text = LINKS[i].text;
        last[text[text.len() - 1] as usize] = true;
        i += 1;
    }
    last
};

fn begins_ending(byte: u8) -> bool {
    BY_FIRST.get(usize::from(byte)).is_some_and(|&links| links != 0)
}

fn ends_ending(byte: u8) -> bool {
    LAST.get(usize::from(byte)).is_some_and(|&is| is)
}

/// Words of their own that the grammar would read as name + emphatic ই: adjectives of
/// origin in -াই (ঢাকাই জামদানি, পাটনাই ছাগল).
static DERIVED: &[(&[u8], &[u8])] = &[
    (folded!("ঢাকা"), folded!("ই")),
    (folded!("পাটনা"), folded!("ই")),
    (folded!("কলকাতা"), folded!("ই")),
    (folded!("মালদা"), folded!("ই")),
    (folded!("আগ্রা"), folded!("ই")),
];

/// No ending is longer than this many folded bytes.
pub(crate) const LONGEST: usize = 24;

/// Reads the whole of `rest` (folded, inside one word) as an ending of a name that ends
/// in `sound`. An empty `rest` is the bare name.
pub(crate) fn parse(sound: Sound, rest: &[u8]) -> Option<Ending> {
    if rest.len() > LONGEST {
        return None;
    }
    walk(NAME, sound, rest, Ending::default())
}

fn walk(state: State, sound: Sound, rest: &[u8], ending: Ending) -> Option<Ending> {
    let Some(&first) = rest.first() else { return Some(ending) };
    let mut links = BY_FIRST.get(usize::from(first)).copied().unwrap_or_default();
    let numbers = std::iter::from_fn(|| {
        let number = u8::try_from(links.trailing_zeros()).ok().filter(|&n| n < 128)?;
        links &= links - 1;
        Some(number)
    });
    numbers.into_iter().find_map(|number| {
        let link = LINKS.get(usize::from(number))?;
        if link.from & state.0 == 0 || link.after & sound.0 == 0 {
            return None;
        }
        let after = rest.strip_prefix(link.text)?;
        let mut ending = ending;
        ending.flags |= link.flag;
        ending.case = link.case.or(ending.case);
        if link.flag == BOUND {
            ending.bound = number + 1;
        }
        walk(link.to, Sound::last_of(link.text), after, ending)
    })
}

/// [`parse`] for a whole name: also refuses words of their own (ঢাকাই).
pub(crate) fn parse_after(name: &[u8], rest: &[u8]) -> Option<Ending> {
    if !rest.first().is_none_or(|&byte| begins_ending(byte)) {
        return None;
    }
    if DERIVED.iter().any(|&(n, r)| r == rest && name.ends_with(n)) {
        return None;
    }
    parse(Sound::last_of(name), rest)
}

/// [`parse`] after a hyphen or apostrophe, where every class of ending is written.
pub(crate) fn parse_hyphenated(rest: &[u8]) -> Option<Ending> {
    parse(Sound::OTHER, rest).filter(|e| !e.is_bare()).map(Ending::hyphenated)
}

/// A word cut into name and ending, as slices of the word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Split<'s> {
    /// The bare name as written.
    pub name: &'s str,
    /// The rest as written, hyphen included; empty for a bare name.
    pub ending: &'s str,
    /// The ending taken apart.
    pub parts: Ending,
}

/// Whether `surface` is `name` with a licensed ending, and where the cut lies.
///
/// Both are compared by the [fold](super::fold()), so any Unicode spelling will do.
/// `None` when `surface` does not begin with `name`, or when what follows is no ending
/// of it: ঢাকনা, ঢাকাই and ঢাকাবাসী are not forms of ঢাকা. Linear in the input.
///
/// ```
/// use bangla_ner::endings::split;
/// let s = split("পিয়ংইয়ং", "পিয়ংইয়ংয়ের").unwrap();
/// assert_eq!((s.name, s.ending), ("পিয়ংইয়ং", "য়ের"));
/// assert_eq!(split("ডব্লিউএইচও", "ডব্লিউএইচও-এর").unwrap().ending, "-এর");
/// assert!(split("ঢাকা", "ঢাকনা").is_none());
/// assert!(split("ঢাকা", "ঢাকাই").is_none());
/// ```
pub fn split<'s>(name: &str, surface: &'s str) -> Option<Split<'s>> {
    let name = super::fold(name);
    // The fold drops white space at the edges; an ending does not.
    if name.is_empty() || surface.trim() != surface {
        return None;
    }
    let (folded, tokens) = scan_all(surface);
    let rest = folded.strip_prefix(name.as_bytes())?;
    let at = name.as_bytes().len() as u32;
    let (parts, cut) = match *rest {
        [b'-' | b'\'', ref ending @ ..] => {
            let before = tokens.iter().rev().find(|t| t.fold_end == at)?;
            (parse_hyphenated(ending)?, before.end as usize)
        }
        _ => {
            let inside = tokens.iter().find(|t| t.fold_start < at && at <= t.fold_end)?;
            (parse_after(name.as_bytes(), rest)?, boundary(surface, inside, at))
        }
    };
    Some(Split { name: surface.get(..cut)?, ending: surface.get(cut..)?, parts })
}

/// Every cut of one word into a possible name and a licensed ending, the longest name
/// (the word itself) first.
///
/// This is a list of *possibilities*: an ending is only real when something vouches for
/// the name before it.
///
/// ```
/// let cuts: Vec<_> = bangla_ner::endings::splits("সালামটির").map(|s| (s.name, s.ending)).collect();
/// assert_eq!(cuts, [("সালামটির", ""), ("সালামটি", "র"), ("সালাম", "টির")]);
/// ```
pub fn splits(word: &str) -> impl Iterator<Item = Split<'_>> {
    let (folded, tokens) = scan_all(word);
    let one = tokens.first().copied().filter(|t| t.is_word() && tokens.len() == 1);
    let cuts: Vec<(u32, Ending)> = one.map(|t| cuts(t.folded(&folded)).collect()).unwrap_or_default();
    cuts.into_iter().filter_map(move |(at, parts)| {
        let token = one?;
        let cut = if at == token.fold_end - token.fold_start {
            word.len()
        } else {
            boundary(word, &token, token.fold_start + at)
        };
        Some(Split { name: word.get(..cut)?, ending: word.get(cut..)?, parts })
    })
}

/// Folded lengths of the possible names in a folded word, with their endings; the whole
/// word first. A name keeps at least two letters and never ends in a hasanta, except ৎ.
pub(crate) fn cuts(word: &[u8]) -> impl Iterator<Item = (u32, Ending)> + '_ {
    let whole = (word.len() as u32, Ending::default());
    let shortest = match word.last() {
        Some(&last) if ends_ending(last) => word.len().saturating_sub(LONGEST).max(2),
        _ => word.len(),
    };
    std::iter::once(whole).chain((shortest..word.len()).rev().filter_map(|at| {
        let (name, rest) = word.split_at(at);
        let closed = name.last() == Some(&fold::VIRAMA) && Sound::last_of(name) != Sound::CLOSED;
        if closed {
            return None;
        }
        parse_after(name, rest).map(|ending| (at as u32, ending))
    }))
}

fn scan_all(text: &str) -> (Vec<u8>, Vec<Token>) {
    let mut folded = Vec::with_capacity(text.len() / 2);
    let mut scanner = Scanner::new(text);
    let mut tokens = Vec::new();
    while let Some(token) = scanner.next_token(&mut folded) {
        tokens.push(token);
    }
    (folded, tokens)
}

/// [`boundary`] in a word whose letters up to there are folded one by one.
fn plain_boundary(word: &str, wanted: usize) -> Option<usize> {
    let mut rest = word.as_bytes();
    let mut last = 0;
    for _ in 0..wanted {
        (last, rest) = scan::plain_letter(rest, last)?;
    }
    // The next one is not to change the last.
    scan::plain_letter(rest, last).map(|_| word.len() - rest.len())
}

/// The byte offset in `text` at which the folded offset `at` inside `token` begins.
///
/// Found by folding the token again letter by letter: there is no offset map. Joiners at
/// the cut go to the ending, combining marks to the name.
pub(crate) fn boundary(text: &str, token: &Token, at: u32) -> usize {
    let (start, end) = (token.start as usize, token.end as usize);
    let wanted = (at - token.fold_start) as usize;
    if at >= token.fold_end || token.shape.has(Shape::ABBREVIATION) {
        return end;
    }
    let Some(word) = text.get(start..end) else { return end };
    if let Some(cut) = plain_boundary(word, wanted) {
        return start + cut;
    }
    // The longest prefix that folds to `wanted` bytes and is not extended by a mark:
    // folding prefixes keeps composition (ে + া) in one place, and words are short.
    let mut folded = Counted::default();
    let mut cut = end;
    let mut chars = word.char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        let next = chars.peek().map_or(word.len(), |&(i, _)| i);
        if fold::is_ignorable(c) {
            continue;
        }
        let before = folded.len();
        match fold::bengali_byte(c) {
            Some(byte) => fold::push_bengali(&mut folded, 0, byte),
            None if c.is_ascii() => folded.push(c as u8),
            None => fold::push_foreign(&mut folded, 0, std::iter::once(c)),
        }
        if folded.len() > wanted {
            return if before <= wanted && cut < end { cut } else { start + offset };
        }
        if folded.len() == wanted {
            cut = start + next;
        }
    }
    cut
}
