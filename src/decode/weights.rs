//! The weight of every rule: the one table that turns evidence into scores.
//!
//! Set by hand for now. A candidate's score is the sum of weight × value over its
//! evidence; above zero it may be selected.

use crate::rules::RuleId::{self, *};

static TABLE: [(RuleId, f32); RuleId::COUNT] = [
    (EntryUser, 1000.0),
    (EntryPerson, 1.0),
    (EntryEpithet, 2.5),
    (EntrySurname, 1.2),
    (EntryCountry, 3.0),
    (EntryRegion, 2.0),
    (EntryDistrict, 3.0),
    (EntryUpazila, 2.0),
    (EntryUnion, 0.3),
    (EntryCity, 2.2),
    (EntryArea, 1.8),
    (EntryNature, 1.6),
    (EntryFacility, 2.2),
    (EntryOrganization, 2.6),
    (EntryOther, 3.0),
    (EntryLong, 0.6),
    (EntryAmbiguous, -2.6),
    (EntryCommon, -4.0),
    (EntryShort, -0.4),
    (EntryAlsoName, -0.9),
    (PersonKnown, 1.3),
    (PersonUnknown, 0.5),
    (PersonAffix, 1.0),
    (PersonOpener, 0.8),
    (PersonInitial, 0.6),
    (PersonOrdinary, -2.5),
    (PersonPlacePart, -0.6),
    (PersonSingle, -1.6),
    (PersonSeveral, 0.4),
    (PersonSurnameLast, 0.8),
    (PersonNothingKnown, -1.6),
    (PersonTitle, 1.6),
    (PersonRole, 1.5),
    (PersonKin, 1.2),
    (PersonSay, 1.2),
    (PersonAfter, 0.9),
    (PersonAge, 1.6),
    (PersonObject, 0.5),
    (PersonHonorific, 1.6),
    (PersonApposition, 1.0),
    (PersonVerbBefore, 1.0),
    (PersonCut, -0.8),
    (PersonBeforeHead, -3.0),
    (OrgHead, 1.0),
    (OrgName, 0.8),
    (OrgModifier, 0.3),
    (OrgPlace, 1.8),
    (OrgNothingNamed, -1.2),
    (OrgOwner, 2.5),
    (OrgOf, 1.8),
    (OrgBefore, 1.6),
    (OrgSay, 0.9),
    (OrgWeb, 3.0),
    (PlaceHead, 0.8),
    (PlaceHeadName, 0.8),
    (PlaceUnknown, -0.8),
    (PlaceGeneric, 1.9),
    (PlaceBefore, 1.5),
    (PlaceAfter, 0.6),
    (PlaceLocative, 0.5),
    (PlaceAffix, 1.2),
    (PlaceDirection, 0.8),
    (PlaceConstituency, 4.0),
    (PlacePersonal, -0.7),
    (PlaceBeforeHead, -1.5),
    (AcronymLong, 2.3),
    (AcronymShort, 0.4),
    (AcronymBracket, 2.0),
    (HyphenPair, 0.8),
    (ListNeighbour, 0.9),
    (MemoryPart, 2.2),
    (MemorySame, 1.2),
    (MemoryOther, -3.5),
];

/// The weight of a rule.
pub(crate) fn weight(rule: RuleId) -> f32 {
    TABLE.get(rule as usize).map_or(0.0, |&(_, weight)| weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_rules() {
        let rules: Vec<_> = TABLE.iter().map(|&(rule, _)| rule).collect();
        assert_eq!(rules, RuleId::ALL);
    }
}
