//! Names of lists alone: where they stand, and nothing else.

use std::ops::Range;
use std::sync::Arc;

use crate::error::Error;
use crate::extractor::next_number;
use crate::gazetteer::{Gazetteer, Layers};
use crate::kind::Kind;
use crate::pipeline::{self, Matched, Scratch};
use crate::text::endings::{self, Ending};

/// Finds the names of your own lists in a text, every one, in any spelling and with any
/// ending. No rule takes part, nothing that is in no list is found, and nothing is decided:
/// names may overlap, and a name that is also an ordinary word is found wherever the word
/// stands. To have that decided, give the lists to an
/// [`Extractor`](crate::Extractor::builder).
///
/// Of most words it is seen at their first letters that no name begins with them, so this is
/// several times as fast as extraction. Immutable, `Send + Sync`, cheap to clone.
///
/// ```
/// use bangla_ner::{Gazetteer, Kind, Matcher};
/// let mut mine = Gazetteer::builder();
/// mine.names(Kind::from("medicine"), ["নাপা", "নাপা এক্সট্রা"])?;
/// let matcher = Matcher::new([mine.build()?])?;
/// let text = "তিনি নাপা এক্সট্রার দাম জানতে চান।";
/// let found: Vec<_> = matcher.matches(text).iter().map(|m| (m.name(), m.ending())).collect();
/// assert_eq!(found, [("নাপা", ""), ("নাপা এক্সট্রা", "র")]);
/// # Ok::<(), bangla_ner::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Matcher {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    number: u64,
    layers: Layers,
    kinds: Vec<Kind>,
}

impl Matcher {
    /// Of one or more lists; entries that override or block hide those of the lists before.
    ///
    /// # Errors
    /// More than 250 lists or kinds.
    pub fn new<G: Into<Arc<Gazetteer>>>(lists: impl IntoIterator<Item = G>) -> Result<Matcher, Error> {
        let (mut layers, mut kinds) = (Layers::default(), Vec::new());
        for list in lists {
            layers.add(list.into(), true, &mut kinds)?;
        }
        Ok(Matcher { inner: Arc::new(Inner { number: next_number(), layers, kinds }) })
    }

    /// The names that stand in `text`, by start, then list by list in the order in which
    /// these were given, the shortest first.
    ///
    /// Never fails and never panics, on any string. Time is linear in the text and in the
    /// names that are found; memory too.
    pub fn matches<'a>(&'a self, text: &'a str) -> Vec<Match<'a>> {
        self.matches_with(&mut Scratch::new(), text).collect()
    }

    /// [`matches`](Self::matches) with buffers of the caller's, which keep what was learned
    /// of words: for many texts, one for each thread.
    ///
    /// ```
    /// use bangla_ner::{Gazetteer, Kind, Matcher, Scratch};
    /// let mut mine = Gazetteer::builder();
    /// mine.names(Kind::Place, ["ঝুমরিকা"])?;
    /// let (matcher, mut scratch) = (Matcher::new([mine.build()?])?, Scratch::new());
    /// for text in ["ঝুমরিকায় বৃষ্টি।", "আজ ঝুমরিকাতেও রোদ।"] {
    ///     assert_eq!(matcher.matches_with(&mut scratch, text).count(), 1);
    /// }
    /// # Ok::<(), bangla_ner::Error>(())
    /// ```
    pub fn matches_with<'a, 's>(
        &'a self,
        scratch: &'s mut Scratch,
        text: &'a str,
    ) -> impl Iterator<Item = Match<'a>> + use<'a, 's> {
        let Inner { number, layers, .. } = &*self.inner;
        pipeline::run_alone((layers, *number), scratch, text);
        let found = scratch.matched.iter().map(|&found| Match { text, matcher: self, found });
        // Names that only block others are in the lists too.
        found.filter(|found| !layers.hides() || found.entries().next().is_some())
    }
}

/// A name of a list that stands in a text.
///
/// All offsets are bytes into the text, half-open, on character boundaries.
#[derive(Clone, Copy, Debug)]
pub struct Match<'a> {
    text: &'a str,
    matcher: &'a Matcher,
    found: Matched,
}

impl<'a> Match<'a> {
    /// Byte offsets of the bare name. Where it ends inside a word is read anew on each call.
    pub fn span(&self) -> Range<usize> {
        let Matched { offset, start, last, hit, .. } = self.found;
        let window = self.text.get(offset..).unwrap_or_default();
        let start = offset + start as usize;
        start..(offset + endings::boundary(window, &last, hit.name_end)).max(start)
    }

    /// Byte offsets of the name with its ending.
    pub fn surface_span(&self) -> Range<usize> {
        let Matched { offset, start, surface_end, .. } = self.found;
        offset + start as usize..offset + surface_end as usize
    }

    /// The bare name as written in the text: ঝুমরিকা.
    pub fn name(&self) -> &'a str {
        self.text.get(self.span()).unwrap_or_default()
    }

    /// What is glued to the name, hyphen included: য়; empty for a bare name.
    pub fn ending(&self) -> &'a str {
        self.text.get(self.span().end..self.surface_span().end).unwrap_or_default()
    }

    /// The ending taken apart: case, classifier, plural, bound word.
    pub fn ending_parts(&self) -> Ending {
        self.found.hit.ending
    }

    /// Name and ending as written: ঝুমরিকায়.
    pub fn surface(&self) -> &'a str {
        self.text.get(self.surface_span()).unwrap_or_default()
    }

    /// Which list, counted from 0.
    pub fn list(&self) -> usize {
        usize::from(self.found.hit.layer)
    }

    /// The kind of the name's first entry.
    pub fn kind(&self) -> &'a Kind {
        self.entries().next().map_or(&Kind::Organization, |(kind, _)| kind)
    }

    /// The identifier of the name's first entry.
    pub fn id(&self) -> Option<&'a str> {
        self.entries().next().and_then(|(_, id)| id)
    }

    /// Kind and identifier of every entry of the name, as listed.
    ///
    /// ```
    /// use bangla_ner::{Gazetteer, Matcher};
    /// let mut mine = Gazetteer::builder();
    /// mine.tsv("mine.tsv", "name\tclass\tid\nপদ্মা\tplace\tP1\nপদ্মা\torganization\tO1\n")?;
    /// let matcher = Matcher::new([mine.build()?])?;
    /// let found = matcher.matches("পদ্মার পাড়ে");
    /// let entries: Vec<_> = found[0].entries().map(|(kind, id)| (kind.as_str(), id)).collect();
    /// assert_eq!(entries, [("place", Some("P1")), ("organization", Some("O1"))]);
    /// # Ok::<(), bangla_ner::Error>(())
    /// ```
    pub fn entries(&self) -> impl Iterator<Item = (&'a Kind, Option<&'a str>)> + use<'a> {
        let Inner { layers, kinds, .. } = &*self.matcher.inner;
        let hit = self.found.hit;
        layers.numbered_entries(hit).filter_map(move |(number, entry)| {
            let kind = kinds.get(usize::from(layers.kind(&hit, entry)?))?;
            Some((kind, layers.entry_id(&hit, number)))
        })
    }
}
