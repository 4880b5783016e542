//! Articles in a [tantivy](tantivy) index, with the people, places and organisations that
//! they name: as facets to count and to choose by, and as words to search for, whatever
//! endings and code points the article has.
//!
//! ```
//! use bangla_ner_tantivy::Articles;
//!
//! let articles = Articles::in_memory();
//! let mut writer = articles.writer()?;
//! articles.add(&writer, "বৃষ্টি", "গতকাল ঢাকায় বৃষ্টি হয়েছে। ঢাকার মেয়র করিম চৌধুরী খুশি।")?;
//! writer.commit()?;
//!
//! let found = articles.search(&articles.naming("ঢাকা"), 10)?;
//! assert_eq!(found, ["বৃষ্টি"]);
//! let places = articles.counts(&articles.all(), "place", 10)?;
//! assert_eq!(places, [("ঢাকা".to_owned(), 1)]);
//! # tantivy::Result::Ok(())
//! ```

mod tokens;

use std::path::Path;

use bangla_ner::Extractor;
use bangla_ner::render::Document;
use tantivy::collector::{FacetCollector, TopDocs};
use tantivy::directory::MmapDirectory;
use tantivy::query::{AllQuery, BooleanQuery, PhraseQuery, Query, TermQuery};
use tantivy::schema::{
    Facet, FacetOptions, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
    Value,
};
use tantivy::{Index, IndexWriter, ReloadPolicy, Result, TantivyDocument, Term, doc};

pub use tokens::{NAMES, Names, Tokens, WORDS, Words};

/// Memory of a writer, in bytes.
const WRITER_MEMORY: usize = 50_000_000;

/// An index of articles.
pub struct Articles {
    index: Index,
    title: Field,
    body: Field,
    /// Bare names, from the same text as `body`.
    names: Field,
    facets: Field,
}

impl Articles {
    /// An index that lives as long as the process.
    pub fn in_memory() -> Articles {
        let (schema, fields) = schema();
        Articles::new(Index::create_in_ram(schema), fields)
    }

    /// An index in a folder, made there if it is empty.
    ///
    /// # Errors
    /// A folder that cannot be read or written, or that has an index of another shape.
    pub fn in_folder(folder: &Path) -> Result<Articles> {
        let (schema, fields) = schema();
        let index = Index::open_or_create(MmapDirectory::open(folder)?, schema)?;
        Ok(Articles::new(index, fields))
    }

    fn new(index: Index, [title, body, names, facets]: [Field; 4]) -> Articles {
        tokens::register(&index);
        Articles { index, title, body, names, facets }
    }

    /// Takes articles; they are found after its `commit`.
    ///
    /// # Errors
    /// Another writer at work.
    pub fn writer(&self) -> Result<IndexWriter> {
        self.index.writer(WRITER_MEMORY)
    }

    /// Adds an article, with a facet for each person, place and organisation that it names.
    ///
    /// # Errors
    /// What the writer reports.
    pub fn add(&self, writer: &IndexWriter, title: &str, text: &str) -> Result<()> {
        let mut article = doc!(self.title => title, self.body => text, self.names => text);
        let entities = Extractor::bundled().extract(text);
        for group in &*Document::new(text, &entities).groups() {
            article.add_facet(self.facets, facet(group.kind().as_str(), group.name()));
        }
        writer.add_document(article)?;
        Ok(())
    }

    /// Every article.
    pub fn all(&self) -> Box<dyn Query> {
        Box::new(AllQuery)
    }

    /// The articles in which a name stands, in any case and any encoding.
    pub fn naming(&self, name: &str) -> Box<dyn Query> {
        let words = tokens::folded(name).map(|word| Term::from_field_text(self.names, &word));
        match words.collect::<Vec<_>>() {
            words if words.len() > 1 => Box::new(PhraseQuery::new(words)),
            words => Box::new(BooleanQuery::new_multiterms_query(words)),
        }
    }

    /// The articles with a facet.
    pub fn with(&self, kind: &str, name: &str) -> Box<dyn Query> {
        let term = Term::from_facet(self.facets, &facet(kind, name));
        Box::new(TermQuery::new(term, IndexRecordOption::Basic))
    }

    /// Titles of the `most` best articles.
    ///
    /// # Errors
    /// What the index reports.
    pub fn search(&self, query: &dyn Query, most: usize) -> Result<Vec<String>> {
        let searcher = self.reader()?.searcher();
        let best = searcher.search(query, &TopDocs::with_limit(most.max(1)).order_by_score())?;
        let titles = best.into_iter().map(|(_, address)| {
            let article: TantivyDocument = searcher.doc(address)?;
            let title = article.get_first(self.title).and_then(|value| value.as_str());
            Ok(title.unwrap_or_default().to_owned())
        });
        titles.collect()
    }

    /// The names of a kind that most of the articles name, with how many do.
    ///
    /// # Errors
    /// What the index reports.
    pub fn counts(&self, query: &dyn Query, kind: &str, most: usize) -> Result<Vec<(String, u64)>> {
        let root = Facet::from_path([kind]);
        let mut collector = FacetCollector::for_field("entity");
        collector.add_facet(root.clone());
        let counts = self.reader()?.searcher().search(query, &collector)?;
        let named = |facet: &Facet| facet.to_path().last().copied().unwrap_or_default().to_owned();
        Ok(counts.top_k(root, most).into_iter().map(|(facet, count)| (named(facet), count)).collect())
    }

    fn reader(&self) -> Result<tantivy::IndexReader> {
        self.index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()
    }
}

/// The fields of an index: title, body, names, facets.
fn schema() -> (Schema, [Field; 4]) {
    let words = |tokenizer| {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(tokenizer)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        TextOptions::default().set_indexing_options(indexing)
    };
    let mut schema = Schema::builder();
    let fields = [
        schema.add_text_field("title", STRING | STORED),
        schema.add_text_field("body", words(WORDS).set_stored()),
        schema.add_text_field("names", words(NAMES)),
        schema.add_facet_field("entity", FacetOptions::default()),
    ];
    (schema.build(), fields)
}

fn facet(kind: &str, name: &str) -> Facet {
    Facet::from_path([kind, name])
}
