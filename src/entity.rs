//! Fifth room: entities, as the user sees them.

use std::borrow::Cow;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::extractor::Extractor;
use crate::kind::Kind;
use crate::pipeline::{Found, Reason, Source};
use crate::text::endings::Ending;
use crate::text::fold;

/// A name found in a text: its kind, where it stands, and why it was found.
///
/// All offsets are bytes into the text, half-open, on character boundaries.
/// `text[span] == name`, `text[surface_span] == surface`, and `surface` is `name`
/// followed by `ending`.
///
/// ```
/// let ner = bangla_ner::Extractor::bundled();
/// let text = "মন্ত্রী গতকাল ঢাকায় ফিরেছেন।";
/// let found = ner.extract(text);
/// let dhaka = &found[0];
/// assert_eq!((dhaka.name(), dhaka.ending(), dhaka.surface()), ("ঢাকা", "য়", "ঢাকায়"));
/// assert_eq!(&text[dhaka.span()], "ঢাকা");
/// assert!(dhaka.confidence() > 0.5);
/// ```
#[derive(Clone, Debug)]
pub struct Entity<'a> {
    text: &'a str,
    extractor: &'a Extractor,
    found: Found,
    reasons: Cow<'a, [Reason]>,
}

impl<'a> Entity<'a> {
    pub(crate) fn new(
        text: &'a str,
        extractor: &'a Extractor,
        found: Found,
        reasons: Cow<'a, [Reason]>,
    ) -> Entity<'a> {
        Entity { text, extractor, found, reasons }
    }

    /// Person, place, organization or a kind of the user's.
    pub fn kind(&self) -> &'a Kind {
        self.extractor.kind(self.found.kind)
    }

    /// Byte offsets of the bare name.
    pub fn span(&self) -> Range<usize> {
        self.found.start..self.found.name_end
    }

    /// Byte offsets of the name with its ending.
    pub fn surface_span(&self) -> Range<usize> {
        self.found.start..self.found.surface_end
    }

    /// The bare name as written: পিয়ংইয়ং.
    pub fn name(&self) -> &'a str {
        self.text.get(self.span()).unwrap_or_default()
    }

    /// The whole text.
    pub(crate) fn text(&self) -> &'a str {
        self.text
    }

    /// Whether the name is a single word made of Latin capitals or of their Bengali names:
    /// BNP, বিএনপি.
    pub(crate) fn is_acronym(&self) -> bool {
        let name = self.name();
        let capitals = name.len() > 1 && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        capitals || self.extractor.inner().layers.spelled_letters(fold(name).as_bytes()) > 1
    }

    /// What is glued to the name, hyphen included: য়ের; empty for a bare name.
    pub fn ending(&self) -> &'a str {
        self.text.get(self.found.name_end..self.found.surface_end).unwrap_or_default()
    }

    /// The ending taken apart: case, classifier, plural, bound word.
    pub fn ending_parts(&self) -> Ending {
        self.found.ending
    }

    /// Name and ending as written: পিয়ংইয়ংয়ের.
    pub fn surface(&self) -> &'a str {
        self.text.get(self.surface_span()).unwrap_or_default()
    }

    /// The identifier of the gazetteer entry, if the name has one. Aliases share it, as do
    /// acronym and full form; [`link`](crate::link) puts the mentions of a text together.
    ///
    /// ```
    /// let ner = bangla_ner::Extractor::bundled();
    /// let found = ner.extract("বিএনপি মানে বাংলাদেশ জাতীয়তাবাদী দল।");
    /// assert!(found[0].id().is_some() && found[0].id() == found[1].id());
    /// ```
    pub fn id(&self) -> Option<&'a str> {
        self.extractor.entry_id(self.found.entry?, self.found.kind)
    }

    /// How sure the extractor is, in 0..=1: in mode `Learned` the probability that the name
    /// has exactly these words and this kind, in mode `Rules` a curve over the sum of the
    /// evidence.
    pub fn confidence(&self) -> f32 {
        self.found.confidence
    }

    /// The reasons for and against this entity, in the order in which they were found.
    ///
    /// ```
    /// let ner = bangla_ner::Extractor::bundled();
    /// let found = ner.extract("গতকাল অধ্যাপক ঝুমরিকান্ত হালদার বক্তৃতা করেন।");
    /// let title = found[0].evidence().find(|e| e.rule() == "person.title").unwrap();
    /// assert_eq!(title.cue(), Some("অধ্যাপক"));
    /// ```
    pub fn evidence(&self) -> impl ExactSizeIterator<Item = Evidence<'a>> + '_ {
        self.reasons.iter().map(|&reason| Evidence { text: self.text, reason })
    }

    /// An owned copy with everything spelled out.
    pub fn to_record(&self) -> EntityRecord {
        EntityRecord {
            kind: self.kind().clone(),
            start: self.found.start,
            end: self.found.name_end,
            surface_end: self.found.surface_end,
            name: self.name().into(),
            ending: self.ending().into(),
            id: self.id().map(Into::into),
            confidence: self.confidence(),
            evidence: self.evidence().map(|e| e.to_record()).collect(),
        }
    }
}

impl Serialize for Entity<'_> {
    /// Serialises as [`EntityRecord`].
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_record().serialize(serializer)
    }
}

/// One reason for or against an entity.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    text: &'a str,
    reason: Reason,
}

impl<'a> Evidence<'a> {
    /// The id of the rule that saw it, such as `person.title`.
    pub fn rule(&self) -> &'static str {
        match self.reason.source {
            Source::Rule(rule) => rule.name(),
            Source::Learned(family) => family.name(),
        }
    }

    /// What the reason adds to the score; negative when it speaks against.
    pub fn weight(&self) -> f32 {
        self.reason.weight
    }

    /// The word of the text that gave the reason, if there is one beside the name.
    pub fn cue(&self) -> Option<&'a str> {
        self.text.get(self.cue_span()?)
    }

    /// Byte offsets of the cue.
    pub fn cue_span(&self) -> Option<Range<usize>> {
        self.reason.cue.map(|(start, end)| start..end)
    }

    fn to_record(self) -> EvidenceRecord {
        EvidenceRecord { rule: self.rule().into(), weight: self.weight(), cue: self.cue().map(Into::into) }
    }
}

impl std::fmt::Display for Evidence<'_> {
    /// `+1.60 person.title (প্রেসিডেন্ট): a title stands before the name`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:+.2} {}", self.weight(), self.rule())?;
        if let Some(cue) = self.cue() {
            write!(f, " ({cue})")?;
        }
        write!(f, ": {}", about(self.reason.source))
    }
}

fn about(source: Source) -> &'static str {
    match source {
        Source::Rule(rule) => crate::rules::all().find(|r| r.id == rule).map_or("", |r| r.about),
        Source::Learned(family) => family.about(),
    }
}

/// An entity that owns its strings; what [`Entity`] serialises as.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EntityRecord {
    /// Person, place, organization or a kind of the user's.
    pub kind: Kind,
    /// Byte offset at which the name begins.
    pub start: usize,
    /// Byte offset at which the bare name ends (exclusive).
    pub end: usize,
    /// Byte offset at which the ending ends (exclusive).
    pub surface_end: usize,
    /// The bare name as written.
    pub name: String,
    /// The ending as written, or empty.
    pub ending: String,
    /// The identifier of the gazetteer entry.
    pub id: Option<String>,
    /// In 0..=1.
    pub confidence: f32,
    /// The reasons for and against.
    pub evidence: Vec<EvidenceRecord>,
}

/// A reason that owns its strings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EvidenceRecord {
    /// The rule's id.
    pub rule: String,
    /// What it adds to the score.
    pub weight: f32,
    /// The word that gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<String>,
}

/// The entities of one text, borrowed from a [`Scratch`](crate::Scratch).
#[derive(Clone, Debug)]
pub struct Entities<'a> {
    text: &'a str,
    extractor: &'a Extractor,
    found: std::slice::Iter<'a, Found>,
    reasons: &'a [Reason],
}

impl<'a> Entities<'a> {
    pub(crate) fn new(
        text: &'a str,
        extractor: &'a Extractor,
        found: &'a [Found],
        reasons: &'a [Reason],
    ) -> Self {
        Entities { text, extractor, found: found.iter(), reasons }
    }
}

impl<'a> Iterator for Entities<'a> {
    type Item = Entity<'a>;

    fn next(&mut self) -> Option<Entity<'a>> {
        let found = *self.found.next()?;
        let (start, end) = found.reasons;
        let reasons = self.reasons.get(start as usize..end as usize).unwrap_or_default();
        Some(Entity::new(self.text, self.extractor, found, Cow::Borrowed(reasons)))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.found.size_hint()
    }
}

impl ExactSizeIterator for Entities<'_> {}
