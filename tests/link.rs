//! Which mentions are put together, and which are kept apart.

use bangla_ner::render::Document;
use bangla_ner::{Entity, Extractor, Gazetteer, Kind, link};
use proptest::prelude::*;

const NAMES: &str = "\
name\tclass\tid
কিম জং-উন\tperson\t
কিম জং-ইল\tperson\t
কিম\tperson\t
জং-উন\tperson\t
আবদুল করিম\tperson\t
আবদুল করিম চৌধুরী\tperson\t
করিম\tperson\t
ডোনাল্ড ট্রাম্প\tperson\tP-1
মেলানিয়া ট্রাম্প\tperson\tP-2
ইভাঙ্কা ট্রাম্প\tperson\t
ট্রাম্প\tperson\tP-1
ঢাকা\tplace\t
বাংলাদেশ\tplace\t
সংযুক্ত আরব আমিরাত\tplace\tAE
ইউএই\tplace\tAE
জাগরণ উন্নয়ন পরিষদ\torganization\t
জেলা উন্নয়ন পার্টি\torganization\tO-2
জেইউপি\torganization\tO-3
জাতীয় উল্লাস পার্টি\torganization\tO-3
জাউপ\torganization\t
জাপউ\torganization\t
BNP\torganization\tO-4
বাংলাদেশ জাতীয়তাবাদী দল\torganization\tO-4
উদয়ন\torganization\t
উদয়ন ক্লাব\torganization\t
করিম\tmedicine\t
";

fn ner() -> Extractor {
    let mut names = Gazetteer::builder();
    names.tsv("names.tsv", NAMES).unwrap();
    Extractor::builder().bundled(false).gazetteer(names.build().unwrap()).build().unwrap()
}

/// Each group as its fullest name, its identifier and the names of its mentions.
fn groups(text: &str) -> Vec<String> {
    let ner = ner();
    let entities = ner.extract(text);
    let found = link::groups(&entities);
    let line = |group: &link::Group<'_>| {
        let names: Vec<_> = group.mentions().iter().map(|m| m.name()).collect();
        let id = group.id().map(|id| format!(" {id}")).unwrap_or_default();
        format!("{}{id}: {}", group.name(), names.join(", "))
    };
    found.iter().map(line).collect()
}

#[test]
fn a_short_form_joins_the_full_name_before_it() {
    let found = groups("কিম জং-উন এলেন। কিম বললেন, জং-উনের ঢাকা ভালো লেগেছে।");
    assert_eq!(found, ["কিম জং-উন: কিম জং-উন, কিম, জং-উন", "ঢাকা: ঢাকা"]);
}

#[test]
fn a_short_form_in_a_headline_joins_the_full_name_after_it() {
    let found = groups("ঢাকায় কিম\nআজ কিম জং-উন এলেন। কিম জং-ইল ছিলেন তাঁর বাবা।");
    assert_eq!(found, ["ঢাকা: ঢাকা", "কিম জং-উন: কিম, কিম জং-উন", "কিম জং-ইল: কিম জং-ইল"]);
}

#[test]
fn a_short_form_means_the_same_person_throughout() {
    let found = groups("কিম জং-ইলের ছেলে কিম জং-উন। কিম এলেন। কিম জং-ইল নেই। কিম গেলেন।");
    assert_eq!(found, ["কিম জং-ইল: কিম জং-ইল, কিম জং-ইল", "কিম জং-উন: কিম জং-উন, কিম, কিম"]);
}

#[test]
fn short_forms_of_short_forms_join_too() {
    let found = groups("আবদুল করিম চৌধুরী এলেন। আবদুল করিম বললেন। করিম গেলেন।");
    assert_eq!(found, ["আবদুল করিম চৌধুরী: আবদুল করিম চৌধুরী, আবদুল করিম, করিম"]);
}

#[test]
fn persons_with_one_part_in_common_are_two() {
    assert_eq!(groups("কিম জং-উন ও কিম জং-ইল।").len(), 2);
}

#[test]
fn a_short_form_with_an_identifier_is_joined_by_it_alone() {
    let found = groups("মেলানিয়া ট্রাম্প ও ইভাঙ্কা ট্রাম্প এলেন। ট্রাম্প আসেননি।");
    let expected = ["মেলানিয়া ট্রাম্প P-2: মেলানিয়া ট্রাম্প", "ইভাঙ্কা ট্রাম্প: ইভাঙ্কা ট্রাম্প", "ট্রাম্প P-1: ট্রাম্প"];
    assert_eq!(found, expected);
    let found = groups("ট্রাম্প এলেন। ইভাঙ্কা ট্রাম্প ডোনাল্ড ট্রাম্পকে ডাকলেন।");
    assert_eq!(found, ["ডোনাল্ড ট্রাম্প P-1: ট্রাম্প, ডোনাল্ড ট্রাম্প", "ইভাঙ্কা ট্রাম্প: ইভাঙ্কা ট্রাম্প"]);
}

#[test]
fn aliases_share_an_identifier() {
    let found = groups("ইউএই থেকে BNP-র নেতারা সংযুক্ত আরব আমিরাতের কথা বাংলাদেশ জাতীয়তাবাদী দলে বলেন।");
    let expected =
        ["সংযুক্ত আরব আমিরাত AE: ইউএই, সংযুক্ত আরব আমিরাত", "বাংলাদেশ জাতীয়তাবাদী দল O-4: BNP, বাংলাদেশ জাতীয়তাবাদী দল"];
    assert_eq!(found, expected);
}

/// A list of one's own over the bundled one: its identifiers hold, also where the bundled
/// list has another.
#[test]
fn aliases_of_a_list_of_ones_own_are_one_group() {
    let text = "বাংলাদেশ জাতীয়তাবাদী দলের সভা। বিএনপির নেতারা, ঝুমরিকা সংঘ ও ঝুসের লোকজন ছিলেন। জেএসের কথা ওঠে।";
    let bundled = Extractor::bundled().extract(text);
    assert!(bundled.iter().any(|e| e.name() == "বিএনপি" && e.id().is_some_and(|id| id != "party-1")));
    let list = "name\tclass\tid\nবাংলাদেশ জাতীয়তাবাদী দল\torganization.party\tparty-1\nবিএনপি\torganization.party\tparty-1\n\
        ঝুমরিকা সংঘ\torganization\tclub-2\nঝুস\torganization\tclub-2\nজেএস\torganization\tclub-2\n";
    for overriding in [false, true] {
        let action = if overriding { "override" } else { "add" };
        let rows = list.trim_end().lines().enumerate();
        let rows = rows.map(|(n, row)| format!("{row}\t{}\n", if n == 0 { "action" } else { action }));
        let mut names = Gazetteer::builder();
        names.tsv("own.tsv", &rows.collect::<String>()).unwrap();
        let ner = Extractor::builder().gazetteer(names.build().unwrap()).build().unwrap();
        let entities = ner.extract(text);
        let groups = Document::new(text, &entities).groups();
        let found: Vec<_> = groups.iter().map(|g| (g.name(), g.id(), g.count())).collect();
        let expected = [("বাংলাদেশ জাতীয়তাবাদী দল", Some("party-1"), 2), ("ঝুমরিকা সংঘ", Some("club-2"), 3)];
        assert_eq!(found, expected, "{action}");
    }
}

#[test]
fn an_acronym_in_brackets_joins_its_full_form() {
    for text in [
        "জেলা উন্নয়ন পার্টির (জেইউপি) সভা। জেইউপির নেতা।",
        "জেলা উন্নয়ন পার্টি (‘জেইউপি’) সভা। জেইউপির নেতা।",
        "জেইউপি (জেলা উন্নয়ন পার্টি) সভা করে। জেইউপির নেতা।",
    ] {
        let [group] = &groups(text)[..] else { panic!("{text}: {:?}", groups(text)) };
        assert!(group.starts_with("জেলা উন্নয়ন পার্টি O-2: "), "{group}");
        assert_eq!(group.matches("জেইউপি").count(), 2, "{group}");
    }
    // What the text says of the acronym counts, also against the gazetteer.
    let found = groups("জেলা উন্নয়ন পার্টি (জেইউপি) ও জাতীয় উল্লাস পার্টি (জেইউপি)। জেইউপি।");
    let expected =
        ["জেলা উন্নয়ন পার্টি O-2: জেলা উন্নয়ন পার্টি, জেইউপি, জেইউপি, জেইউপি", "জাতীয় উল্লাস পার্টি O-3: জাতীয় উল্লাস পার্টি"];
    assert_eq!(found, expected);
    // A full form without an identifier takes the acronym's.
    let found = groups("জাগরণ উন্নয়ন পরিষদ (জেইউপি) সভা করে।");
    assert_eq!(found, ["জাগরণ উন্নয়ন পরিষদ O-3: জাগরণ উন্নয়ন পরিষদ, জেইউপি"]);
}

#[test]
fn an_acronym_may_be_made_of_first_letters() {
    let found = groups("জাগরণ উন্নয়ন পরিষদ (জাউপ) সভা করে। জাউপের নেতা।");
    assert_eq!(found, ["জাগরণ উন্নয়ন পরিষদ: জাগরণ উন্নয়ন পরিষদ, জাউপ, জাউপ"]);
    assert_eq!(groups("জাগরণ উন্নয়ন পরিষদ (জাপউ) সভা করে।").len(), 2, "in another order");
}

#[test]
fn other_names_in_brackets_stay_apart() {
    for text in [
        "ঢাকা (বাংলাদেশ) থেকে।",
        "উদয়ন ক্লাব (উদয়ন) জিতেছে।",
        "জেলা উন্নয়ন পার্টি (জেইউপি ও অন্যরা) সভা করে।",
        "জেলা উন্নয়ন পার্টি, জেইউপি।",
        "সংযুক্ত আরব আমিরাত (BNP) সভা করে।",
    ] {
        assert_eq!(groups(text).len(), 2, "{text}: {:?}", groups(text));
    }
}

#[test]
fn spellings_of_the_same_words_are_one_name() {
    let found = groups("কিম জং-উন, কিম জং উন, কিম জং\u{2010}উন।");
    assert_eq!(found.len(), 1, "{found:?}");
    let found = groups("জাগরণ উন্ন\u{09DF}ন পরিষদ ও জাগরণ উন্ন\u{09AF}\u{09BC}ন পরিষদ।");
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn kinds_are_never_mixed() {
    let ner = ner();
    let candidates = ner.candidates("করিম।");
    let groups = link::groups(&candidates);
    let mut kinds: Vec<_> = groups.iter().map(|g| g.kind().clone()).collect();
    kinds.sort();
    assert_eq!(kinds, [Kind::Person, Kind::from("medicine")]);
}

/// What holds for any entities.
fn check(text: &str, entities: &[Entity<'_>]) {
    let groups = Document::new(text, entities).groups();
    assert_eq!(groups.iter().map(|g| g.count()).sum::<usize>(), entities.len());
    let mut next = vec![0; groups.len()];
    let mut seen = 0;
    for (at, entity) in entities.iter().enumerate() {
        let number = groups.of(at).unwrap();
        let group = &groups[number];
        // Groups are numbered by first mention, and list theirs in order.
        assert!(number <= seen);
        seen = seen.max(number + 1);
        assert!(std::ptr::eq(group.mentions()[next[number]], entity));
        next[number] += 1;
        assert_eq!(group.kind(), entity.kind());
        assert!(group.mentions().iter().any(|m| m.name() == group.name()));
        assert!(group.id().is_none_or(|id| group.mentions().iter().any(|m| m.id() == Some(id))));
    }
    assert_eq!(groups.of(entities.len()), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_mention_is_in_one_group(parts in prop::collection::vec(
        "কিম জং-উন|কিম জং-ইল|কিম|আবদুল করিম( চৌধুরী)?|করিম|(ডোনাল্ড |মেলানিয়া |ইভাঙ্কা )?ট্রাম্প|জেইউপি|জেলা উন্নয়ন পার্টি|BNP| | \\(|\\)|।|\\PC", 0..40,
    )) {
        thread_local!(static NER: Extractor = ner());
        let text = parts.concat();
        NER.with(|ner| {
            check(&text, &ner.extract(&text));
            check(&text, &ner.candidates(&text));
        });
    }
}

/// A list of 20,000 persons of one family takes no longer than any other.
#[test]
fn a_document_whose_persons_share_a_word_is_linear() {
    let mut names = Gazetteer::builder();
    let digit = |n: usize| char::from_u32('ক' as u32 + n as u32 % 20).unwrap();
    let name = |n: usize| -> String { [1, 20, 400, 8000].map(|d| digit(n / d)).iter().collect() };
    names.names(Kind::Person, (0..20_000).map(|n| format!("{} খান", name(n)))).unwrap();
    names.names(Kind::Person, ["খান"]).unwrap();
    let ner = Extractor::builder().bundled(false).gazetteer(names.build().unwrap()).build().unwrap();
    let text: String = (0..20_000).map(|n| format!("{} খান, খান। ", name(n))).collect();
    let entities = ner.extract(&text);
    assert!(entities.len() > 30_000, "{}", entities.len());
    let start = std::time::Instant::now();
    let groups = link::groups(&entities);
    assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
    assert!(groups.len() > 15_000, "{}", groups.len());
}
