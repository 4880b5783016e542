//! The function in SQL, over arrays of each layout and over Parquet files.

use std::path::PathBuf;
use std::sync::Arc;

use bangla_ner::Extractor;
use bangla_ner_datafusion::{cluster, extract_entities, queries};
use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, DictionaryArray, LargeStringArray, RecordBatch, StringArray, StringViewArray,
};
use datafusion::arrow::datatypes::{Float32Type, Int32Type, Int64Type};
use datafusion::arrow::util::pretty::pretty_format_batches;
use datafusion::prelude::SessionContext;

const TEXTS: [Option<&str>; 6] = [
    Some("গতকাল ঢাকায় মন্ত্রী ঝুমরিকান্ত হালদার বলেন, বৃষ্টি হবে।"),
    None,
    Some(""),
    Some("আজ গান হবে।"),
    Some("বিএনপির সভা হয়েছে রংপুরেই।"),
    Some("ঢাকা থেকে রংপুর।"),
];

fn session() -> SessionContext {
    let ctx = SessionContext::new();
    ctx.register_udf(extract_entities());
    ctx
}

async fn table(ctx: &SessionContext, sql: &str) -> String {
    let batches = ctx.sql(sql).await.unwrap().collect().await.unwrap();
    pretty_format_batches(&batches).unwrap().to_string()
}

#[tokio::test]
async fn every_layout_of_texts_gives_what_the_crate_finds() {
    let plain = StringArray::from(TEXTS.to_vec());
    let dictionary: DictionaryArray<Int32Type> = TEXTS.into_iter().collect();
    let layouts: [ArrayRef; 4] = [
        Arc::new(plain),
        Arc::new(LargeStringArray::from(TEXTS.to_vec())),
        Arc::new(StringViewArray::from(TEXTS.to_vec())),
        Arc::new(dictionary),
    ];
    for texts in layouts {
        let layout = texts.data_type().clone();
        let ctx = session();
        ctx.register_batch("t", RecordBatch::try_from_iter_with_nullable([("text", texts, true)]).unwrap())
            .unwrap();
        let batches =
            ctx.sql("SELECT extract_entities(text) AS e FROM t").await.unwrap().collect().await.unwrap();
        let rows = batches.iter().flat_map(|batch| batch.column(0).as_list::<i32>().iter());
        let rows: Vec<Option<ArrayRef>> = rows.collect();
        assert_eq!(rows.len(), TEXTS.len(), "{layout}");
        for (text, row) in TEXTS.iter().zip(rows) {
            let (Some(text), Some(row)) = (text, &row) else {
                assert!(text.is_none() && row.is_none(), "{layout}: null in, null out");
                continue;
            };
            let row = row.as_struct();
            let expected = Extractor::bundled().extract(text);
            assert_eq!(row.len(), expected.len(), "{layout}: {text}");
            for (i, entity) in expected.iter().enumerate() {
                let string = |column: &str| row.column_by_name(column).unwrap().as_string::<i32>().value(i);
                let number = |column: &str| {
                    row.column_by_name(column).unwrap().as_primitive::<Int64Type>().value(i) as usize
                };
                assert_eq!(
                    (string("kind"), string("name"), string("ending")),
                    (entity.kind().as_str(), entity.name(), entity.ending())
                );
                assert_eq!(number("start")..number("end"), entity.span());
                let id = row.column_by_name("id").unwrap().as_string::<i32>();
                assert_eq!(id.is_valid(i).then(|| id.value(i)), entity.id());
                let confidence =
                    row.column_by_name("confidence").unwrap().as_primitive::<Float32Type>().value(i);
                assert_eq!(confidence, entity.confidence());
            }
        }
    }
}

#[tokio::test]
async fn literals_and_nulls_are_texts_too() {
    let ctx = session();
    let found = table(&ctx, "SELECT extract_entities('ঢাকায়')[1]['name'] AS n, extract_entities(NULL) AS e, cardinality(extract_entities('')) AS c").await;
    assert!(found.contains("| ঢাকা |   |"), "{found}");
    let empty = table(&ctx, "SELECT coalesce(array_length(extract_entities('আজ গান হবে।')), 0) AS l").await;
    assert!(empty.contains("| 0 |"), "{empty}");
}

#[tokio::test]
async fn what_is_no_text_is_refused_when_the_query_is_planned() {
    let ctx = session();
    let table = [
        ("SELECT extract_entities()", "extract_entities takes one argument, a text; here are 0"),
        ("SELECT extract_entities('ক', 'খ')", "extract_entities takes one argument, a text; here are 2"),
        ("SELECT extract_entities(7)", "extract_entities takes a text, not Int64: write CAST(… AS VARCHAR)"),
    ];
    for (sql, message) in table {
        let error = match ctx.sql(sql).await {
            Err(error) => error,
            Ok(frame) => frame.into_optimized_plan().expect_err(sql),
        };
        assert!(error.to_string().contains(message), "{sql}: {error}");
    }
}

fn parquet(name: &str, texts: &[Option<&str>], group: usize) -> PathBuf {
    let file = std::env::temp_dir().join(format!("bangla-ner-{}-{name}.parquet", std::process::id()));
    queries::write_texts(&file, texts, group).unwrap();
    file
}

#[tokio::test]
async fn names_of_parquet_files_are_counted() {
    // Several row groups, two files.
    let files = [parquet("one", &TEXTS, 2), parquet("two", &TEXTS[4..], 1)];
    let paths: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    let counts = queries::counts(&cluster::local().unwrap(), &paths).await.unwrap();
    let found = pretty_format_batches(&counts.collect().await.unwrap()).unwrap().to_string();
    let expected =
        ["place        | রংপুর", "place        | ঢাকা", "organization | বিএনপি", "person       | ঝুমরিকান্ত হালদার"];
    for (name, mentions) in expected.iter().zip(["4", "3", "2", "1"]) {
        let row = found
            .lines()
            .find(|line| line.contains(name))
            .unwrap_or_else(|| panic!("{name} is not in\n{found}"));
        assert_eq!(row.split('|').nth(3).map(str::trim), Some(mentions), "{found}");
    }
    files.iter().for_each(|file| std::fs::remove_file(file).unwrap());
}

#[tokio::test]
async fn files_without_texts_say_so() {
    let missing = queries::counts(&cluster::local().unwrap(), &["missing.parquet".into()]).await.map(drop);
    assert!(missing.unwrap_err().to_string().contains("missing.parquet"));
}
