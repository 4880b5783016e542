//! The text with its names masked.

use std::borrow::Cow;
use std::io::{self, Write};

use super::Document;
use crate::entity::Entity;
use crate::kind::Kind;
use crate::link::Groups;

/// What stands in place of a name.
///
/// ```
/// use bangla_ner::{Extractor, render::{self, Document, Mask, Redact}};
/// let text = "রহিমা খাতুন ঢাকায় এসেছেন। রহিমাকে জাপানের দূত দেখেছেন।";
/// let entities = Extractor::bundled().extract(text);
/// let document = Document::new(text, &entities);
/// let with = |mask| {
///     let mut out = Vec::new();
///     render::redact(&mut out, &document, &Redact::new().mask(mask)).map(|()| String::from_utf8(out).unwrap())
/// };
/// assert_eq!(with(Mask::Blocks)?, "█████ █████য় এসেছেন। █████কে █████এর দূত দেখেছেন।");
/// assert_eq!(with(Mask::Kind)?, "[ব্যক্তি] [স্থান]-য় এসেছেন। [ব্যক্তি]-কে [স্থান]-এর দূত দেখেছেন।");
/// assert_eq!(with(Mask::Pseudonym)?, "ব্যক্তি-১ স্থান-২-য় এসেছেন। ব্যক্তি-১-কে স্থান-৩-এর দূত দেখেছেন।");
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Mask {
    /// `█████`, always five: its length says nothing of the name's.
    #[default]
    Blocks,
    /// `[ব্যক্তি]`: what kind of name stood there.
    Kind,
    /// `ব্যক্তি-১`, `স্থান-২`, `সংস্থা-৩`: the same for every mention of one person, place or
    /// organisation in a document (as [`link::groups`](crate::link::groups) puts them
    /// together), numbered by first mention.
    Pseudonym,
}

/// How names are redacted: see [`redact`].
///
/// ```
/// use bangla_ner::{Kind, render::{Mask, Redact}};
/// // Persons only, as রোগী-১, রোগী-২ …
/// let patients = Redact::new().only([Kind::Person]).mask(Mask::Pseudonym).label(Kind::Person, "রোগী");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Redact {
    mask: Mask,
    /// `None` for all.
    only: Option<Vec<Kind>>,
    /// Words for kinds instead of the usual ones; the last one counts.
    labels: Vec<(Kind, String)>,
}

impl Redact {
    /// Every name becomes `█████`.
    pub fn new() -> Redact {
        Redact::default()
    }

    /// Sets what stands in place of a name.
    pub fn mask(mut self, mask: Mask) -> Redact {
        self.mask = mask;
        self
    }

    /// Redacts names of these kinds and leaves all others as they are.
    ///
    /// ```
    /// use bangla_ner::{Extractor, Kind, render::{self, Document, Redact}};
    /// let text = "রহিমা খাতুনকে ঢাকায় দেখা গেছে।";
    /// let entities = Extractor::bundled().extract(text);
    /// let mut out = Vec::new();
    /// render::redact(&mut out, &Document::new(text, &entities), &Redact::new().only([Kind::Person]))?;
    /// assert_eq!(String::from_utf8_lossy(&out), "█████কে ঢাকায় দেখা গেছে।");
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn only(mut self, kinds: impl IntoIterator<Item = Kind>) -> Redact {
        self.only = Some(kinds.into_iter().collect());
        self
    }

    /// Sets the word for a kind in [`Mask::Kind`] and [`Mask::Pseudonym`], instead of ব্যক্তি,
    /// স্থান, সংস্থা or the name of a kind of yours.
    pub fn label(mut self, kind: Kind, label: impl Into<String>) -> Redact {
        self.labels.push((kind, label.into()));
        self
    }

    fn redacts(&self, kind: &Kind) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(kind))
    }

    fn label_of<'a>(&'a self, kind: &'a Kind) -> &'a str {
        let own = self.labels.iter().rev().find(|(other, _)| other == kind);
        own.map_or_else(|| usual_label(kind), |(_, label)| label)
    }
}

fn usual_label(kind: &Kind) -> &str {
    match kind {
        Kind::Person => "ব্যক্তি",
        Kind::Place => "স্থান",
        Kind::Organization => "সংস্থা",
        Kind::Other(name) => name,
    }
}

/// Writes a document's text with its names masked and their endings kept: `█████কে`.
///
/// A vowel sign has no letter to stand on behind a mask, so an ending that begins with one
/// is written with the vowel's own letter: জাপানের, but █████এর. Behind a label or a pseudonym
/// the ending follows after a hyphen, as it does after figures: স্থান-২-এ.
///
/// Only what was found is masked, and what stands around a name may tell it. Of names that
/// overlap, as [`candidates`](crate::Extractor::candidates) do, no part is left over.
///
/// ```
/// use bangla_ner::{Extractor, render::{self, Document, Redact}};
/// let text = "রহিমা খাতুনকে পুলিশ ঢাকা মেডিকেল কলেজ হাসপাতালে নিয়েছে।";
/// let entities = Extractor::bundled().extract(text);
/// let mut out = Vec::new();
/// render::redact(&mut out, &Document::new(text, &entities), &Redact::new())?;
/// assert_eq!(String::from_utf8_lossy(&out), "█████কে পুলিশ █████এ নিয়েছে।");
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// Those of `out`.
pub fn redact<W: Write>(mut out: W, document: &Document<'_>, options: &Redact) -> io::Result<()> {
    let text = document.text();
    let mut pseudonyms = match options.mask {
        Mask::Pseudonym => Some(Pseudonyms::new(document.groups())),
        Mask::Blocks | Mask::Kind => None,
    };
    let mut at = 0;
    for (number, entity) in document.entities().iter().enumerate() {
        if !options.redacts(entity.kind()) {
            continue;
        }
        let (name, surface) = (entity.span(), entity.surface_span());
        if let Some(before) = text.get(at..name.start) {
            out.write_all(before.as_bytes())?;
            let label = options.label_of(entity.kind());
            match options.mask {
                Mask::Blocks => write!(out, "█████{}", detached(entity, ""))?,
                Mask::Kind => write!(out, "[{label}]{}", detached(entity, "-"))?,
                Mask::Pseudonym => {
                    let pseudonym = pseudonyms.as_mut().map_or(0, |p| p.number(number));
                    write!(out, "{label}-{}{}", bengali(pseudonym), detached(entity, "-"))?;
                }
            }
        }
        // The tail of a name that overlaps the one before is left out.
        at = at.max(surface.end);
    }
    out.write_all(text.get(at..).unwrap_or_default().as_bytes())
}

/// Numbers of the groups of a document that were masked so far.
struct Pseudonyms<'a> {
    groups: Groups<'a>,
    /// For each group, its number, 0 for none yet.
    numbers: Vec<usize>,
    last: usize,
}

impl<'a> Pseudonyms<'a> {
    fn new(groups: Groups<'a>) -> Pseudonyms<'a> {
        Pseudonyms { numbers: vec![0; groups.len()], groups, last: 0 }
    }

    /// The number of an entity's group, from 1.
    fn number(&mut self, entity: usize) -> usize {
        let slot = self.groups.of(entity).and_then(|group| self.numbers.get_mut(group));
        let Some(number) = slot else { return 0 };
        if *number == 0 {
            self.last += 1;
            *number = self.last;
        }
        *number
    }
}

/// A number in Bengali digits.
fn bengali(number: usize) -> String {
    let digit = |c: char| c.to_digit(10).and_then(|d| char::from_u32('০' as u32 + d)).unwrap_or(c);
    number.to_string().chars().map(digit).collect()
}

/// An entity's ending as it follows a mask, after `hyphen` unless it has one of its own.
fn detached(entity: &Entity<'_>, hyphen: &str) -> Cow<'static, str> {
    let ending = entity.ending();
    let mut chars = ending.chars();
    let Some(first) = chars.next() else { return Cow::Borrowed("") };
    let hyphen = if first.is_alphabetic() || is_sign(first) { hyphen } else { "" };
    let rest = chars.as_str();
    // Written in two parts, ো and ৌ are letters of their own too.
    let (letter, rest) = match (first, rest.strip_prefix('\u{09BE}'), rest.strip_prefix('\u{09D7}')) {
        ('ে', Some(rest), _) => ('ও', rest),
        ('ে', _, Some(rest)) => ('ঔ', rest),
        _ => (vowel_letter(first), rest),
    };
    Cow::Owned(format!("{hyphen}{letter}{rest}"))
}

fn is_sign(c: char) -> bool {
    ('\u{0981}'..='\u{0983}').contains(&c) || ('\u{09BC}'..='\u{09D7}').contains(&c)
}

/// The letter of a vowel sign's vowel.
fn vowel_letter(sign: char) -> char {
    match sign {
        'া' => 'আ',
        'ি' => 'ই',
        'ী' => 'ঈ',
        'ু' => 'উ',
        'ূ' => 'ঊ',
        'ৃ' => 'ঋ',
        'ে' => 'এ',
        'ৈ' => 'ঐ',
        'ো' => 'ও',
        'ৌ' => 'ঔ',
        other => other,
    }
}
