//! Facets and searches over a small index.

use bangla_ner_tantivy::{Articles, Names, Words};
use tantivy::tokenizer::{TokenStream, Tokenizer};

const ARTICLES: &[(&str, &str)] = &[
    ("বৃষ্টি", "গতকাল ঢাকায় বৃষ্টি হয়েছে। ঢাকার মেয়র করিম চৌধুরী খুশি।"),
    ("সভা", "অধ্যাপক ঝুমরিকান্ত হালদারকে রংপুরে দেখা গেছে। বিএনপির সভা হয়েছে রংপুরেই।"),
    ("খেলা", "রংপুরের মাঠে আজ খেলা। ঢাকা থেকে মেয়র করিম চৌধুরীও এসেছেন।"),
    ("গান", "আজ গান হবে, নাচও হবে।"),
];

fn articles() -> Articles {
    let articles = Articles::in_memory();
    let mut writer = articles.writer().unwrap();
    for (title, text) in ARTICLES {
        articles.add(&writer, title, text).unwrap();
    }
    writer.commit().unwrap();
    articles
}

fn sorted(mut titles: Vec<String>) -> Vec<String> {
    titles.sort();
    titles
}

#[test]
fn facets_count_articles_not_mentions() {
    let articles = articles();
    let places = articles.counts(&articles.all(), "place", 10).unwrap();
    assert_eq!(places, [("ঢাকা".to_owned(), 2), ("রংপুর".to_owned(), 2)]);
    let bodies = articles.counts(&articles.all(), "organization", 10).unwrap();
    assert_eq!(bodies, [("বিএনপি".to_owned(), 1)]);
    assert_eq!(articles.counts(&articles.all(), "place", 1).unwrap().len(), 1);
    assert!(articles.counts(&articles.all(), "medicine", 10).unwrap().is_empty());
}

#[test]
fn a_facet_narrows_a_search_and_the_counts_of_others() {
    let articles = articles();
    let rangpur = articles.with("place", "রংপুর");
    assert_eq!(sorted(articles.search(&rangpur, 10).unwrap()), ["খেলা", "সভা"]);
    let people = articles.counts(&rangpur, "person", 10).unwrap();
    assert_eq!(sorted(people.into_iter().map(|(name, _)| name).collect()), ["করিম চৌধুরী", "ঝুমরিকান্ত হালদার"]);
    assert!(articles.search(&articles.with("person", "রংপুর"), 10).unwrap().is_empty());
}

#[test]
fn names_are_found_whatever_their_ending_and_encoding() {
    let articles = articles();
    // চৌধুরী with its vowel sign in two parts, and with a joiner.
    for name in ["করিম চৌধুরী", "করিম চে\u{09D7}ধুরী", "করিম চৌ\u{200D}ধুরী"]
    {
        assert_eq!(sorted(articles.search(&articles.naming(name), 10).unwrap()), ["খেলা", "বৃষ্টি"], "{name:?}");
    }
    assert_eq!(articles.search(&articles.naming("হালদার"), 10).unwrap(), ["সভা"]);
    // A phrase is one name: these two stand beside each other in no name.
    assert!(articles.search(&articles.naming("রংপুর বিএনপি"), 10).unwrap().is_empty());
    // A word of the text that is in no name.
    assert!(articles.search(&articles.naming("বৃষ্টি"), 10).unwrap().is_empty());
    assert!(articles.search(&articles.naming(""), 10).unwrap().is_empty());
}

#[test]
fn tokens_lie_where_their_words_stand() {
    let text = "গতকাল ঢাকায় করিম চে\u{09D7}ধুরীকে দেখা গেছে।";
    let read = |mut stream: bangla_ner_tantivy::Tokens| {
        let mut found = Vec::new();
        stream.process(&mut |token| {
            found.push((
                text[token.offset_from..token.offset_to].to_owned(),
                token.text.clone(),
                token.position,
            ));
        });
        found
    };
    let names = read(Names.token_stream(text));
    let expected = [("ঢাকা", "ঢাকা", 0), ("করিম", "করিম", 2), ("চে\u{09D7}ধুরী", "চৌধুরী", 3)];
    assert_eq!(
        names,
        expected.map(|(written, token, position)| (written.to_owned(), token.to_owned(), position))
    );
    assert_eq!(read(Words.token_stream(text)).len(), 6);
}

#[test]
fn an_index_in_a_folder_is_there_again() {
    let folder = std::env::temp_dir().join(format!("bangla-ner-tantivy-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    {
        let articles = Articles::in_folder(&folder).unwrap();
        let mut writer = articles.writer().unwrap();
        articles.add(&writer, "বৃষ্টি", ARTICLES[0].1).unwrap();
        writer.commit().unwrap();
    }
    let articles = Articles::in_folder(&folder).unwrap();
    assert_eq!(articles.search(&articles.naming("ঢাকা"), 10).unwrap(), ["বৃষ্টি"]);
    std::fs::remove_dir_all(folder).unwrap();
}
