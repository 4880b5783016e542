//! Questions about the names of articles.

use std::path::Path;
use std::sync::Arc;

use bangla_ner::eval;
use datafusion::arrow::array::{ArrayRef, RecordBatch, StringArray};
use datafusion::common::{DataFusionError, Result};
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::file::properties::WriterProperties;
use datafusion::prelude::{DataFrame, ParquetReadOptions, SessionContext};

/// The names in the column `text` of the table `articles`, with how often each stands there.
pub const COUNTS: &str = "\
SELECT e['kind'] AS kind, e['name'] AS name, count(*) AS mentions, count(DISTINCT e['ending']) AS endings
FROM (SELECT unnest(extract_entities(text)) AS e FROM articles)
GROUP BY 1, 2
ORDER BY mentions DESC, kind, name";

/// [`COUNTS`] over Parquet files.
///
/// # Errors
/// Files that cannot be read, or that have no column `text`.
pub async fn counts(ctx: &SessionContext, files: &[String]) -> Result<DataFrame> {
    let articles = ctx.read_parquet(files.to_vec(), ParquetReadOptions::default()).await?;
    ctx.register_table("articles", articles.into_view())?;
    ctx.sql(COUNTS).await
}

/// Writes a Parquet file with a column `text` of so many rows, paragraphs of labelled texts in
/// turn; each 50th is null and each 51st empty.
///
/// # Errors
/// Files that cannot be read or written.
pub fn write_articles(file: &Path, sources: &[String], rows: usize) -> Result<()> {
    let mut paragraphs = Vec::new();
    for source in sources {
        let marked = std::fs::read_to_string(source)?;
        let document =
            eval::read_marked(source, &marked).map_err(|e| DataFusionError::External(Box::new(e)))?;
        let kept = document.text.split('\n').filter(|paragraph| !paragraph.trim().is_empty());
        paragraphs.extend(kept.map(str::to_owned));
    }
    if paragraphs.is_empty() {
        return Err(DataFusionError::Configuration("there is no text in the sources".into()));
    }
    let text = |row: usize| match row % 50 {
        49 => None,
        48 => Some(""),
        // A step that has no factor in common with most numbers of paragraphs.
        _ => paragraphs.get(row * 7919 % paragraphs.len()).map(String::as_str),
    };
    write_texts(file, &(0..rows).map(text).collect::<Vec<_>>(), 8_192)
}

/// Writes a Parquet file with a column `text`, in row groups of so many rows.
///
/// # Errors
/// A file that cannot be written.
pub fn write_texts(file: &Path, texts: &[Option<&str>], group: usize) -> Result<()> {
    let column: ArrayRef = Arc::new(StringArray::from(texts.to_vec()));
    let batch = RecordBatch::try_from_iter_with_nullable([("text", column, true)])?;
    let properties = WriterProperties::builder().set_max_row_group_row_count(Some(group)).build();
    let mut writer = ArrowWriter::try_new(std::fs::File::create(file)?, batch.schema(), Some(properties))?;
    writer.write(&batch)?;
    writer.close()?;
    Ok(())
}
