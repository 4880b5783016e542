//! Candidates from gazetteer entries.

use super::analysis::WHOLE;
use super::candidates::{Candidates, NameSpan, ORGANIZATION, PERSON, PLACE};
use super::{Context, Rule, RuleId, rule};
use crate::gazetteer::{Ambiguity, Class, ClassSet, EntryData, Hit, Layers};
use crate::text::token::Shape;

pub(super) static RULES: &[Rule] = &[
    rule(
        RuleId::EntryUser,
        "an entry of the user's own gazetteer",
        "গতকাল [ORG:সাঁঝবাতি] সভা ডেকেছে।",
        "[LOC:জাপান]ে সভা বসেছে।",
    ),
    rule(
        RuleId::EntryPerson,
        "the full name of a known person",
        "গতকাল [PER:রবীন্দ্রনাথ ঠাকুর]ের জন্মদিন ছিল।",
        "গতকাল একটি সভা হয়েছে।",
    ),
    rule(
        RuleId::EntryEpithet,
        "an epithet that identifies one person by itself",
        "সেদিন [PER:বঙ্গবন্ধু] ভাষণ দিয়েছিলেন।",
        "সেদিন নেতা ভাষণ দিয়েছিলেন।",
    ),
    rule(
        RuleId::EntrySurname,
        "a name part that alone means one person in the news",
        "এ কথা জানিয়ে [PER:পুতিন] দেশে ফিরেছেন।",
        "এ কথা জানিয়ে তিনি দেশে ফিরেছেন।",
    ),
    rule(RuleId::EntryCountry, "a country", "[LOC:জাপান]ে ভূমিকম্প হয়েছে।", "জাপানি ভাষা শেখা কঠিন।"),
    rule(
        RuleId::EntryRegion,
        "a first-level unit, continent or region",
        "[LOC:পাঞ্জাব]ে গমের ফলন ভালো।",
        "পাঞ্জাবি পরে তিনি এলেন।",
    ),
    rule(RuleId::EntryDistrict, "a district", "[LOC:বগুড়া]য় দইয়ের মেলা বসেছে।", "বাজারে দইয়ের মেলা বসেছে।"),
    rule(
        RuleId::EntryUpazila,
        "an upazila, thana or block",
        "[LOC:চকরিয়া]য় চায়ের দাম বেড়েছে।",
        "মঙ্গলবার চায়ের দাম বেড়েছে।",
    ),
    rule(
        RuleId::EntryUnion,
        "a union, post office or village council",
        "[LOC:চরবাটা] ইউনিয়নে সেতু নেই।",
        "ওই ইউনিয়নে সেতু নেই।",
    ),
    rule(RuleId::EntryCity, "a city or town", "[LOC:প্যারিস]ে সম্মেলন শুরু হয়েছে।", "সেখানে সম্মেলন শুরু হয়েছে।"),
    rule(RuleId::EntryArea, "a neighbourhood", "[LOC:মহাখালী]তে যানজট লেগে আছে।", "রাস্তায় যানজট লেগে আছে।"),
    rule(
        RuleId::EntryNature,
        "a river, sea, mountain, island or desert",
        "[LOC:বঙ্গোপসাগর]ে লঘুচাপ সৃষ্টি হয়েছে।",
        "সাগরে লঘুচাপ সৃষ্টি হয়েছে।",
    ),
    rule(
        RuleId::EntryFacility,
        "a named building, road or facility",
        "তাঁরা [LOC:কক্সবাজার বিমানবন্দর]ে জড়ো হন।",
        "তাঁরা বিমানবন্দরে জড়ো হন।",
    ),
    rule(
        RuleId::EntryOrganization,
        "a known organisation",
        "[ORG:ইউনিসেফ] শিশুদের টিকা দিচ্ছে।",
        "সংস্থাটি শিশুদের টিকা দিচ্ছে।",
    ),
    rule(
        RuleId::EntryOther,
        "an entry of a kind of the user's that is not unambiguous",
        "সে [SONG:ঝিলমিল] গায়।",
        "সে গান গায়।",
    ),
    rule(
        RuleId::EntryLong,
        "an entry of several words is hardly ever there by chance",
        "[LOC:উত্তর কোরিয়া] চুপ করে আছে।",
        "[LOC:জাপান] চুপ করে আছে।",
    ),
    rule(
        RuleId::EntryAmbiguous,
        "the entry is also a common word or name part, so it needs context",
        "তাঁর বাড়ি [LOC:আনোয়ারা] উপজেলায়।",
        "[LOC:জাপান]ে আগুন লেগেছে।",
    ),
    rule(
        RuleId::EntryCommon,
        "the entry is nearly always a common word",
        "কিশোরীর হাতে ফুল ছিল।",
        "[LOC:জাপান]ে আগুন লেগেছে।",
    ),
    rule(
        RuleId::EntryShort,
        "an entry of two or three letters",
        "[LOC:চীন] চুপ করে আছে।",
        "[LOC:জাপান] চুপ করে আছে।",
    ),
    rule(
        RuleId::EntryAlsoName,
        "the place is also a person's name",
        "তাঁর বাড়ি [LOC:রুমা] উপজেলায়।",
        "[LOC:জাপান]ে আগুন লেগেছে।",
    ),
];

/// Classes of which entries are proposed: all but cues, and epithets.
const PROPOSED: ClassSet = ClassSet::EVERY.without(Class::CUES).and(Class::Epithet.bit());

/// The same for these layers: given names alone are the person family's business, unless a user
/// listed them.
pub(super) fn proposed(layers: &Layers) -> ClassSet {
    if layers.has_user() { PROPOSED } else { PROPOSED.without(Class::Given.bit()) }
}

/// Proposes a candidate for every entry hit, one for each kind that its name has.
pub(super) fn propose(cx: &Context<'_>, out: &mut Candidates) {
    for first in cx.entries() {
        for hit in cx.hits.at(first) {
            let hit = &hit;
            let mut kinds = [0u64; 4];
            for entry in cx.layers.entries(hit) {
                if entry.class == Class::Epithet && hit.len() == 1 && cx.on(RuleId::EntryEpithet) {
                    let id = out.propose(span_of(hit), PERSON);
                    out.add(id, RuleId::EntryEpithet, 1.0, None);
                }
                let Some(kind) = cx.layers.kind(hit, entry) else { continue };
                let (Some(done), bit) = (kinds.get_mut(usize::from(kind >> 6)), 1 << (kind & 63)) else {
                    continue;
                };
                if *done & bit == 0 {
                    *done |= bit;
                    propose_entry(cx, hit, best_of(cx, hit, kind, entry), kind, out);
                }
            }
        }
    }
}

/// Of the entries of one name and kind, the one that says most: a district that is also a
/// union is a district.
fn best_of<'a>(cx: &Context<'a>, hit: &Hit, kind: u8, first: &'a EntryData) -> &'a EntryData {
    static ORDER: &[Class] = &[
        Class::Country,
        Class::District,
        Class::City,
        Class::Water,
        Class::Facility,
        Class::Region,
        Class::Upazila,
        Class::Area,
        Class::River,
        Class::Physical,
        Class::Road,
        Class::PersonFull,
        Class::Surname,
        Class::Given,
    ];
    if cx.layers.entries(hit).nth(1).is_none() {
        return first;
    }
    let rank = |e: &EntryData| ORDER.iter().position(|&c| c == e.class).unwrap_or(ORDER.len());
    let of_kind = cx.layers.entries(hit).filter(|e| cx.layers.kind(hit, e) == Some(kind));
    of_kind.min_by_key(|e| (e.ambiguity, rank(e))).unwrap_or(first)
}

fn span_of(hit: &Hit) -> NameSpan {
    NameSpan {
        first: hit.first,
        last: hit.last,
        surface_last: hit.surface_last,
        name_end: hit.name_end,
        ending: hit.ending,
    }
}

fn propose_entry(cx: &Context<'_>, hit: &Hit, entry: &EntryData, kind: u8, out: &mut Candidates) {
    let user = cx.layers.is_user(hit) && entry.ambiguity == Ambiguity::Sure;
    let rule = if user { RuleId::EntryUser } else { rule_of(entry.class, kind) };
    let single = hit.len() == 1;
    if matches!(entry.class, Class::Given) && !user {
        // Single given names are the person family's business.
        return;
    }
    if rule == RuleId::EntrySurname && (entry.ambiguity != Ambiguity::Sure || !single) {
        return;
    }
    if !cx.on(rule) {
        return;
    }
    let first = hit.first as usize;
    // ভারতীয় is a word of its own, not the place ভারতী with an ending.
    if !user
        && single
        && hit.last == hit.surface_last
        && !hit.ending.is_bare()
        && cx.word(first).bare.has_any(WHOLE)
    {
        return;
    }
    let id = out.propose(span_of(hit), kind);
    out.set_entry(id, (hit.layer, hit.name, entry.class));
    out.add(id, rule, 1.0, None);
    if user {
        return;
    }
    if hit.len() > 1 && cx.on(RuleId::EntryLong) {
        out.add(id, RuleId::EntryLong, (hit.len() - 1).min(4) as f32, None);
    }
    match entry.ambiguity {
        Ambiguity::Context if cx.on(RuleId::EntryAmbiguous) => out.add(id, RuleId::EntryAmbiguous, 1.0, None),
        Ambiguity::Never if cx.on(RuleId::EntryCommon) => out.add(id, RuleId::EntryCommon, 1.0, None),
        _ => {}
    }
    let letters = hit.name_end - cx.token(first).map_or(0, |t| t.fold_start);
    if letters <= 3 && cx.has(first, Shape::BENGALI) && cx.on(RuleId::EntryShort) {
        out.add(id, RuleId::EntryShort, 1.0, None);
    }
    if single && kind == PLACE && cx.word(first).is_name_part() && cx.on(RuleId::EntryAlsoName) {
        out.add(id, RuleId::EntryAlsoName, 1.0, None);
    }
}

fn rule_of(class: Class, kind: u8) -> RuleId {
    match class {
        Class::PersonFull => RuleId::EntryPerson,
        Class::Given | Class::Surname => RuleId::EntrySurname,
        Class::Country => RuleId::EntryCountry,
        Class::Region => RuleId::EntryRegion,
        Class::District => RuleId::EntryDistrict,
        Class::Upazila => RuleId::EntryUpazila,
        Class::Union => RuleId::EntryUnion,
        Class::City => RuleId::EntryCity,
        Class::Area => RuleId::EntryArea,
        Class::River | Class::Water | Class::Physical => RuleId::EntryNature,
        Class::Facility | Class::Road => RuleId::EntryFacility,
        _ => match kind {
            PERSON => RuleId::EntryPerson,
            PLACE => RuleId::EntryCity,
            ORGANIZATION => RuleId::EntryOrganization,
            _ => RuleId::EntryOther,
        },
    }
}
