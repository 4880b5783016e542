//! Third room: rules that propose candidate spans and list evidence for and against them.
//!
//! One file per family. A rule says *what* it saw and how strongly (a value); what that is
//! worth is the weight table's business, in the decode room. Two rounds: the first looks
//! at the text alone, the second also at what the first decoding selected (neighbours in
//! a list, the document's memory).
//!
//! To add a rule: give it an id in [`RuleId`], an entry with example and counter-example
//! in its family's `RULES`, a weight in `decode/weights.rs`, and call
//! [`Candidates::add`](candidates::Candidates::add) where it applies. A test runs every
//! example and counter-example.

mod acronym;
mod analysis;
pub(crate) mod candidates;
mod context;
mod entries;
mod heads;
mod lists;
mod look_up;
pub(crate) mod memory;
mod organization;
mod person;
mod person_context;
mod place;

pub(crate) use analysis::{Analysis, NAME_PARTS, ORGANIZATIONS, PLACES, WordInfo, WordStats};
pub(crate) use candidates::Candidates;
pub(crate) use context::{Context, Live};

use candidates::{Candidate, NameSpan};

use crate::text::endings::Ending;

macro_rules! rule_ids {
    ($($id:ident $name:literal)*) => {
        /// Number of a rule.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub(crate) enum RuleId { $($id),* }

        impl RuleId {
            /// Every rule, by number.
            pub(crate) const ALL: &[RuleId] = &[$(RuleId::$id),*];
            /// Number of rules.
            pub(crate) const COUNT: usize = RuleId::ALL.len();

            /// The rule's public id.
            pub(crate) const fn name(self) -> &'static str {
                match self { $(RuleId::$id => $name),* }
            }
        }
    };
}

rule_ids! {
    EntryUser "entry.user"
    EntryPerson "entry.person"
    EntryEpithet "entry.epithet"
    EntrySurname "entry.surname"
    EntryCountry "entry.country"
    EntryRegion "entry.region"
    EntryDistrict "entry.district"
    EntryUpazila "entry.upazila"
    EntryUnion "entry.union"
    EntryCity "entry.city"
    EntryArea "entry.area"
    EntryNature "entry.nature"
    EntryFacility "entry.facility"
    EntryOrganization "entry.organization"
    EntryOther "entry.other"
    EntryLong "entry.long"
    EntryAmbiguous "entry.ambiguous"
    EntryCommon "entry.common"
    EntryShort "entry.short"
    EntryAlsoName "entry.also-name"
    PersonKnown "person.known-part"
    PersonUnknown "person.unknown-part"
    PersonAffix "person.affix"
    PersonOpener "person.opener"
    PersonInitial "person.initials"
    PersonOrdinary "person.ordinary-word"
    PersonPlacePart "person.place-part"
    PersonSingle "person.single"
    PersonSeveral "person.several"
    PersonSurnameLast "person.surname-last"
    PersonNothingKnown "person.nothing-known"
    PersonTitle "person.title"
    PersonRole "person.role"
    PersonKin "person.kin"
    PersonSay "person.say"
    PersonAfter "person.after"
    PersonAge "person.age"
    PersonObject "person.object"
    PersonHonorific "person.honorific"
    PersonApposition "person.apposition"
    PersonVerbBefore "person.verb-before"
    PersonCut "person.cut"
    PersonBeforeHead "person.before-head"
    OrgHead "organization.head"
    OrgName "organization.name"
    OrgModifier "organization.modifier"
    OrgPlace "organization.place"
    OrgNothingNamed "organization.nothing-named"
    OrgOwner "organization.owner"
    OrgOf "organization.of"
    OrgBefore "organization.noun-before"
    OrgSay "organization.say"
    OrgWeb "organization.web"
    PlaceHead "place.head"
    PlaceHeadName "place.head-name"
    PlaceUnknown "place.unknown"
    PlaceGeneric "place.generic"
    PlaceBefore "place.noun-before"
    PlaceAfter "place.word-after"
    PlaceLocative "place.locative"
    PlaceAffix "place.affix"
    PlaceDirection "place.direction"
    PlaceConstituency "place.constituency"
    PlacePersonal "place.personal-ending"
    PlaceBeforeHead "place.before-head"
    AcronymLong "acronym.long"
    AcronymShort "acronym.short"
    AcronymBracket "acronym.bracket"
    HyphenPair "list.hyphen-pair"
    ListNeighbour "list.neighbour"
    MemoryPart "memory.part"
    MemorySame "memory.same"
    MemoryOther "memory.two-persons"
}

/// A rule of the extractor: its id, what it looks for, and two examples.
///
/// Listed by [`Extractor::rules`](crate::Extractor::rules); switched off by id with
/// [`ExtractorBuilder::without_rule`](crate::ExtractorBuilder::without_rule).
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    pub(crate) id: RuleId,
    pub(crate) about: &'static str,
    pub(crate) example: &'static str,
    pub(crate) counter_example: &'static str,
}

impl Rule {
    /// The rule's id, such as `person.title`.
    pub fn id(&self) -> &'static str {
        self.id.name()
    }

    /// What the rule looks for, in one line.
    pub fn about(&self) -> &'static str {
        self.about
    }

    /// A text in which the rule gives evidence for or against the marked mention.
    pub fn example(&self) -> &'static str {
        self.example
    }

    /// A similar text in which it gives none.
    pub fn counter_example(&self) -> &'static str {
        self.counter_example
    }
}

const fn rule(id: RuleId, about: &'static str, example: &'static str, counter_example: &'static str) -> Rule {
    Rule { id, about, example, counter_example }
}

static FAMILIES: &[&[Rule]] = &[
    entries::RULES,
    person::RULES,
    person_context::RULES,
    organization::RULES,
    place::RULES,
    acronym::RULES,
    lists::RULES,
    memory::RULES,
];

/// Every rule, family by family.
pub(crate) fn all() -> impl Iterator<Item = &'static Rule> {
    FAMILIES.iter().flat_map(|family| family.iter())
}

/// The rules that are switched on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RuleSet(u128);

impl RuleSet {
    pub(crate) const EVERY: RuleSet = RuleSet(u128::MAX);

    pub(crate) const fn has(self, rule: RuleId) -> bool {
        self.0 & (1 << rule as u8) != 0
    }

    pub(crate) const fn without(self, rule: RuleId) -> RuleSet {
        RuleSet(self.0 & !(1 << rule as u8))
    }
}

/// First round: candidates and evidence from the text alone.
pub(crate) fn first_round(cx: &Context<'_>, out: &mut Candidates) {
    entries::propose(cx, out);
    acronym::propose(cx, out);
    organization::propose(cx, out);
    place::propose(cx, out);
    person::propose(cx, out);
    for id in 0..out.all().len() as u32 {
        let Some(&candidate) = out.get(id) else { continue };
        match candidate.kind {
            candidates::PERSON => person_context::support(cx, id, &candidate, out),
            candidates::PLACE => place::support(cx, id, &candidate, out),
            candidates::ORGANIZATION => organization::support(cx, id, &candidate, out),
            _ => {}
        }
    }
}

/// Second round: evidence from the neighbours that the first decoding selected.
pub(crate) fn second_round(cx: &Context<'_>, selected: &[u32], out: &mut Candidates) {
    lists::support(cx, selected, out);
}

/// Evidence from what the document has shown so far.
pub(crate) fn remember(
    cx: &Context<'_>,
    memory: &mut memory::Memory,
    selected: &[u32],
    out: &mut Candidates,
) {
    memory::support(cx, memory, selected, out);
}

/// The span of tokens `first..=last` whose last token is cut as its analysis says.
pub(crate) fn span_to(cx: &Context<'_>, first: usize, last: usize) -> NameSpan {
    let info = cx.word(last);
    span_cut(cx, first, last, (u32::from(info.name_len), info.ending))
}

/// The span of tokens `first..=last` whose name ends after so many folded bytes of the last
/// token.
pub(crate) fn span_cut(
    cx: &Context<'_>,
    first: usize,
    last: usize,
    (length, ending): (u32, Ending),
) -> NameSpan {
    let start = cx.token(last).map_or(0, |t| t.fold_start);
    let name_end = start + length;
    let whole = cx.token(last).is_some_and(|t| t.fold_end == name_end);
    let hyphen = if whole { crate::gazetteer::hyphenated_ending(cx.tokens, last, cx.folded) } else { None };
    let (surface_last, ending) = hyphen.unwrap_or((last as u32, ending));
    NameSpan { first: first as u32, last: last as u32, surface_last, name_end, ending }
}

/// The token after a candidate's surface.
fn after(candidate: &Candidate) -> usize {
    candidate.span.surface_last as usize + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_listed_once_and_fits_the_set() {
        let mut listed: Vec<_> = all().map(|r| r.id).collect();
        listed.sort_unstable();
        assert_eq!(listed, RuleId::ALL);
        const { assert!(RuleId::COUNT <= 128) };
    }
}
