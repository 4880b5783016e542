//! The extractor: everything that is fixed between texts.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use once_cell::sync::Lazy;
use serde::{Deserialize, Serialize};

use crate::decode::Model;
use crate::entity::{Entities, Entity};
use crate::error::{Error, ErrorKind};
use crate::gazetteer::{Affixes, Class, Gazetteer, Layers, Tables, Words};
use crate::kind::Kind;
use crate::pipeline::{self, Report, Scratch};
use crate::rules::candidates::KindId;
use crate::rules::{self, Rule, RuleSet};

/// Finds the names in Bengali texts.
///
/// Immutable, `Send + Sync`, and cheap to clone: clones share everything.
///
/// ```
/// let ner = bangla_ner::Extractor::bundled();
/// let text = "বার্তা সংস্থা কেসিএনএ জানিয়েছে, উত্তর কোরিয়ার রাজধানী পিয়ংইয়ংয়ে বৈঠক হবে।";
/// let found: Vec<_> = ner.extract(text).iter().map(|e| (e.kind().as_str(), e.name())).collect();
/// assert_eq!(found, [("organization", "কেসিএনএ"), ("place", "উত্তর কোরিয়া"), ("place", "পিয়ংইয়ং")]);
/// ```
#[derive(Clone, Debug)]
pub struct Extractor {
    inner: Arc<Inner>,
}

#[derive(Debug)]
pub(crate) struct Inner {
    /// No other extractor has it: what a [`Scratch`] keeps of words is good for one.
    pub(crate) number: u64,
    pub(crate) layers: Layers,
    pub(crate) words: Arc<Words>,
    pub(crate) affixes: Arc<Affixes>,
    pub(crate) enabled: RuleSet,
    pub(crate) document_memory: bool,
    /// Learned weights, in mode `Learned`.
    pub(crate) model: Option<Arc<Model>>,
    /// Kinds by number: person, place, organization, then the user's.
    kinds: Vec<Kind>,
    /// Smallest score and confidence for each kind.
    thresholds: Vec<(f32, f32)>,
}

static BUNDLED: Lazy<Result<Tables, String>> = Lazy::new(|| Tables::bundled().map_err(|e| e.to_string()));
static MODEL: Lazy<Result<Option<Arc<Model>>, String>> =
    Lazy::new(|| crate::decode::bundled_model().map(|m| m.map(Arc::new)).map_err(|e| e.to_string()));
static EXTRACTOR: Lazy<Extractor> = Lazy::new(|| Extractor::builder().build_or_empty());

impl Extractor {
    /// The extractor with the bundled gazetteer and all rules, built once per process. The
    /// gazetteer is compiled into the executable and used in place: nothing is parsed.
    pub fn bundled() -> &'static Extractor {
        &EXTRACTOR
    }

    /// A builder that starts from the bundled gazetteer and all rules.
    pub fn builder() -> ExtractorBuilder {
        ExtractorBuilder {
            tables: None,
            layers: Vec::new(),
            options: Options::default(),
            #[cfg(feature = "tools")]
            weights: None,
        }
    }

    /// Every rule, family by family: what the extractor looks for.
    ///
    /// ```
    /// assert!(bangla_ner::Extractor::rules().any(|rule| rule.id() == "person.title"));
    /// ```
    pub fn rules() -> impl Iterator<Item = &'static Rule> {
        rules::all()
    }

    /// The entities of `text`, in order, none overlapping another.
    ///
    /// Never fails and never panics, on any string. Time and memory are linear in the
    /// text. The whole text is one document: names found once are known for the rest.
    pub fn extract<'a>(&'a self, text: &'a str) -> Vec<Entity<'a>> {
        self.collect(text, Report::Selected)
    }

    /// [`extract`](Self::extract) with buffers of the caller's.
    pub fn extract_with<'a>(&'a self, scratch: &'a mut Scratch, text: &'a str) -> Entities<'a> {
        pipeline::run(&self.inner, scratch, text, Report::Selected);
        Entities::new(text, self, &scratch.found, &scratch.evidence)
    }

    /// Every candidate with a positive score, nested and overlapping ones too, by start
    /// and then longest first.
    ///
    /// ```
    /// let ner = bangla_ner::Extractor::bundled();
    /// let all = ner.candidates("তিনি ঢাকা বিশ্ববিদ্যালয়ে পড়েন।");
    /// let names: Vec<_> = all.iter().map(|e| e.name()).collect();
    /// assert!(names.contains(&"ঢাকা বিশ্ববিদ্যালয়") && names.contains(&"ঢাকা"));
    /// ```
    pub fn candidates<'a>(&'a self, text: &'a str) -> Vec<Entity<'a>> {
        self.collect(text, Report::All)
    }

    fn collect<'a>(&'a self, text: &'a str, report: Report) -> Vec<Entity<'a>> {
        self.collect_with(&mut Scratch::new(), text, report)
    }

    /// [`extract_with`](Self::extract_with), with entities that need the buffers no longer.
    #[cfg(feature = "rayon")]
    pub(crate) fn extract_owned<'a>(&'a self, scratch: &mut Scratch, text: &'a str) -> Vec<Entity<'a>> {
        self.collect_with(scratch, text, Report::Selected)
    }

    fn collect_with<'a>(&'a self, scratch: &mut Scratch, text: &'a str, report: Report) -> Vec<Entity<'a>> {
        pipeline::run(&self.inner, scratch, text, report);
        let Scratch { found, evidence, .. } = scratch;
        let reasons = |(start, end): (u32, u32)| {
            evidence.get(start as usize..end as usize).unwrap_or_default().to_vec()
        };
        found.iter().map(|&f| Entity::new(text, self, f, Cow::Owned(reasons(f.reasons)))).collect()
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.inner
    }

    pub(crate) fn kind(&self, id: KindId) -> &Kind {
        self.inner.kinds.get(usize::from(id)).unwrap_or(&Kind::Organization)
    }

    /// The identifier of the entry that gave a name this kind.
    pub(crate) fn entry_id(&self, (layer, name, class): (u8, u32, Class), kind: KindId) -> Option<&str> {
        self.inner.layers.id(layer, name, (class, kind))
    }
}

impl Inner {
    /// What the words of a text are looked up in.
    pub(crate) fn tables(&self) -> (&Layers, &Words, &Affixes) {
        (&self.layers, &self.words, &self.affixes)
    }

    pub(crate) fn threshold(&self, kind: KindId) -> f32 {
        self.thresholds.get(usize::from(kind)).map_or(0.0, |t| t.0)
    }

    pub(crate) fn least_confidence(&self, kind: KindId) -> f32 {
        self.thresholds.get(usize::from(kind)).map_or(0.0, |t| t.1)
    }
}

/// Who decides which candidates are names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Mode {
    /// The sum of the rules' evidence: every weight is in one table, every reason is named.
    Rules,
    /// Learned weights, which read the rules' evidence and the words around: better, and
    /// as explainable by family of features.
    #[default]
    Learned,
}

/// Settings of an extractor that can be stored: what to switch off, how sure to be.
///
/// ```
/// use bangla_ner::{Extractor, Options};
/// let mut options = Options::default();
/// options.without_rules.push("acronym.short".into());
/// let ner = Extractor::builder().options(options).build()?;
/// assert_eq!(ner.extract("ঢাকায় বৃষ্টি।").len(), 1);
/// # Ok::<(), bangla_ner::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Options {
    /// Who decides: the learned weights (the default) or the rules alone.
    pub mode: Mode,
    /// Whether the bundled names are used (the bundled cues always are).
    pub bundled: bool,
    /// Whether names found once are known for the rest of the document.
    pub document_memory: bool,
    /// Ids of rules to switch off.
    pub without_rules: Vec<String>,
    /// For some kinds, the smallest confidence (0..=1) of an entity.
    pub min_confidence: Vec<(Kind, f32)>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            mode: Mode::default(),
            bundled: true,
            document_memory: true,
            without_rules: Vec::new(),
            min_confidence: Vec::new(),
        }
    }
}

/// Builds an [`Extractor`]; made by [`Extractor::builder`].
#[derive(Debug)]
pub struct ExtractorBuilder {
    /// Instead of the bundled ones.
    tables: Option<Tables>,
    layers: Vec<Arc<Gazetteer>>,
    options: Options,
    #[cfg(feature = "tools")]
    weights: Option<Vec<u8>>,
}

impl ExtractorBuilder {
    /// Uses these weights instead of the bundled ones.
    #[cfg(feature = "tools")]
    #[doc(hidden)]
    pub fn weights(mut self, bytes: Vec<u8>) -> Self {
        self.weights = Some(bytes);
        self
    }

    /// Lays a gazetteer over the bundled one and those given before. Its unambiguous
    /// entries are always found; overriding and blocking entries hide those below.
    pub fn gazetteer(mut self, gazetteer: impl Into<Arc<Gazetteer>>) -> Self {
        self.layers.push(gazetteer.into());
        self
    }

    /// Uses these tables instead of the bundled ones.
    #[cfg(any(test, feature = "tools"))]
    #[doc(hidden)]
    pub fn tables(mut self, tables: Tables) -> Self {
        self.tables = Some(tables);
        self
    }

    /// Replaces all settings.
    pub fn options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    /// Who decides: learned weights (the default) or the rules alone.
    ///
    /// ```
    /// use bangla_ner::{Extractor, Mode};
    /// let ner = Extractor::builder().mode(Mode::Rules).build()?;
    /// assert_eq!(ner.extract("ঢাকায় বৃষ্টি।")[0].name(), "ঢাকা");
    /// # Ok::<(), bangla_ner::Error>(())
    /// ```
    pub fn mode(mut self, mode: Mode) -> Self {
        self.options.mode = mode;
        self
    }

    /// Whether the bundled names are used. Cues and word counts always are.
    pub fn bundled(mut self, yes: bool) -> Self {
        self.options.bundled = yes;
        self
    }

    /// Whether names found once are known for the rest of the document (the default).
    pub fn document_memory(mut self, yes: bool) -> Self {
        self.options.document_memory = yes;
        self
    }

    /// Switches a rule off; [`Extractor::rules`] lists the ids.
    pub fn without_rule(mut self, id: impl Into<String>) -> Self {
        self.options.without_rules.push(id.into());
        self
    }

    /// Reports entities of a kind only from this confidence on (0..=1).
    pub fn min_confidence(mut self, kind: Kind, confidence: f32) -> Self {
        self.options.min_confidence.push((kind, confidence));
        self
    }

    /// Builds the extractor.
    ///
    /// # Errors
    /// An unknown rule id, a confidence outside 0..=1, or more than 250 kinds or layers.
    pub fn build(self) -> Result<Extractor, Error> {
        let Options { mode, bundled, document_memory, without_rules, min_confidence } = self.options;
        #[cfg(feature = "tools")]
        let trained = self.weights.map(Model::from_bytes).transpose()?.map(Arc::new);
        #[cfg(not(feature = "tools"))]
        let trained = None;
        let tables = match self.tables {
            Some(tables) => tables,
            None => BUNDLED.clone().map_err(ErrorKind::Bundled)?,
        };
        let model = match (mode, trained) {
            (Mode::Rules, _) => None,
            (Mode::Learned, Some(model)) => Some(model),
            (Mode::Learned, None) => MODEL.clone().map_err(ErrorKind::Bundled)?,
        };
        let mut enabled = RuleSet::EVERY;
        for id in without_rules {
            let rule = rules::all().find(|r| r.id() == id).ok_or(ErrorKind::UnknownRule { id })?;
            enabled = enabled.without(rule.id);
        }
        let mut inner = Inner {
            number: next_number(),
            layers: Layers::default(),
            words: tables.words,
            affixes: tables.affixes,
            enabled,
            document_memory,
            model,
            kinds: vec![Kind::Person, Kind::Place, Kind::Organization],
            thresholds: Vec::new(),
        };
        let names = if bundled { tables.names } else { Arc::new(tables.names.cues_only()) };
        let Inner { layers, kinds, .. } = &mut inner;
        layers.add(names, false, kinds)?;
        for layer in self.layers {
            layers.add(layer, true, kinds)?;
        }
        inner.thresholds.resize(inner.kinds.len(), (0.0, 0.0));
        for (kind, confidence) in min_confidence {
            if !(0.0..=1.0).contains(&confidence) {
                return Err(ErrorKind::Range { what: "the smallest confidence", value: confidence }.into());
            }
            let score = crate::decode::score_at(confidence);
            let at = inner.kinds.iter().position(|k| *k == kind);
            if let Some(threshold) = at.and_then(|at| inner.thresholds.get_mut(at)) {
                *threshold = (score, confidence);
            }
        }
        Ok(Extractor { inner: Arc::new(inner) })
    }

    /// [`build`](Self::build) for the bundled extractor, whose settings cannot be wrong. A
    /// test proves that the tables load; if they ever did not, nothing would be found
    /// rather than every caller panicking.
    fn build_or_empty(self) -> Extractor {
        self.build().unwrap_or_else(|_| Extractor {
            inner: Arc::new(Inner {
                number: next_number(),
                layers: Layers::default(),
                words: Arc::default(),
                affixes: Arc::default(),
                enabled: RuleSet::EVERY,
                document_memory: true,
                kinds: vec![Kind::Person, Kind::Place, Kind::Organization],
                thresholds: vec![(0.0, 0.0); 3],
                model: None,
            }),
        })
    }
}

/// A number that no other extractor or matcher of this process has, from 1 on.
pub(crate) fn next_number() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From where the names of letters begin, all of a word is read as such, or none.
    #[test]
    fn words_spell_letters_from_their_beginning() {
        let ner = Extractor::bundled();
        let spelled = |word: &str| ner.inner().layers.spelled_letters(crate::text::fold(word).as_bytes());
        for (word, letters) in
            [("কেসিএনএ", 4), ("বিএনপি", 3), ("ঝকেসিএনএ", 0), ("কেসিএনএঝ", 0), ("ঝমকেসিএনএ", 0), ("", 0)]
        {
            assert_eq!(spelled(word), letters, "{word}");
        }
    }

    #[test]
    fn public_types_are_send_and_sync() {
        fn check<T: Send + Sync>() {}
        check::<Extractor>();
        check::<Scratch>();
        check::<Entity<'static>>();
        check::<Entities<'static>>();
        check::<Gazetteer>();
        check::<Error>();
        check::<Options>();
        check::<Kind>();
        check::<crate::Matcher>();
        check::<crate::Match<'static>>();
    }

    #[test]
    fn a_scratch_serves_several_extractors_in_turn() -> Result<(), Error> {
        let text = "সৈয়দ কামাল হোসেন ঢাকা বিশ্ববিদ্যালয়ের অধ্যাপক, বললেন ঝুমরিকান্ত।";
        let mut mine = Gazetteer::builder();
        mine.names(Kind::Person, ["ঝুমরিকান্ত"])?;
        let with_mine = Extractor::builder().gazetteer(mine.build()?).build()?;
        let without = Extractor::builder().mode(Mode::Rules).bundled(false).build()?;
        let mut scratch = Scratch::new();
        for ner in [Extractor::bundled(), &with_mine, &without, Extractor::bundled(), &with_mine] {
            let again: Vec<_> = ner.extract_with(&mut scratch, text).map(|e| e.to_record()).collect();
            let fresh: Vec<_> = ner.extract(text).iter().map(Entity::to_record).collect();
            assert_eq!(again, fresh);
        }
        Ok(())
    }
}
