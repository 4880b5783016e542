//! Names in Bengali text for SQL: `extract_entities(text)`, a scalar function for
//! [DataFusion](datafusion) that also runs on Ballista clusters ([`cluster`]).
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> datafusion::error::Result<()> {
//! use bangla_ner_datafusion::extract_entities;
//! use datafusion::prelude::SessionContext;
//!
//! let ctx = SessionContext::new();
//! ctx.register_udf(extract_entities());
//! let sql = "SELECT e['kind'] AS kind, e['name'] AS name, e['ending'] AS ending
//!            FROM (SELECT unnest(extract_entities('গতকাল ঢাকায় বৃষ্টি হয়েছে।')) AS e)";
//! let found = ctx.sql(sql).await?.to_string().await?;
//! assert!(found.contains("ঢাকা") && !found.contains("ঢাকায়"), "{found}");
//! # Ok(())
//! # }
//! ```

pub mod cluster;
mod list;
pub mod queries;

use std::cell::RefCell;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use bangla_ner::{Extractor, Scratch};
use datafusion::arrow::array::{Array, ArrayRef, AsArray};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::{Result, ScalarValue, exec_err, plan_err};
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};

use list::Lists;

/// The name of the function in SQL.
pub const NAME: &str = "extract_entities";

/// `extract_entities(text)` with the bundled names.
///
/// It takes a text (`VARCHAR`, of any of Arrow's three layouts) and returns a list of
/// structs: `kind`, `name`, `ending`, `start` and `end` (byte offsets of the bare name,
/// half-open), `id` (null where no list has one), `confidence`. A null gives a null, a
/// text without names an empty list.
pub fn extract_entities() -> ScalarUDF {
    with_extractor(Arc::new(Extractor::bundled().clone()))
}

/// The same with an extractor of your own.
pub fn with_extractor(extractor: Arc<Extractor>) -> ScalarUDF {
    ScalarUDF::new_from_impl(ExtractEntities {
        extractor,
        signature: Signature::user_defined(Volatility::Immutable),
    })
}

#[derive(Debug)]
struct ExtractEntities {
    extractor: Arc<Extractor>,
    signature: Signature,
}

/// Functions are the same when they share an extractor.
impl PartialEq for ExtractEntities {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.extractor, &other.extractor)
    }
}

impl Eq for ExtractEntities {}

impl Hash for ExtractEntities {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Arc::as_ptr(&self.extractor).hash(state);
    }
}

thread_local! {
    /// Kept between batches: what is known of the words that came before.
    static SCRATCH: RefCell<Scratch> = RefCell::new(Scratch::new());
}

impl ExtractEntities {
    /// The lists of names of an array of texts.
    fn extract(&self, texts: &dyn Array) -> Result<ArrayRef> {
        match texts.data_type() {
            DataType::Utf8 => Ok(self.lists(texts.len(), texts.as_string::<i32>().iter())),
            DataType::LargeUtf8 => Ok(self.lists(texts.len(), texts.as_string::<i64>().iter())),
            DataType::Utf8View => Ok(self.lists(texts.len(), texts.as_string_view().iter())),
            other => exec_err!("{NAME} takes a text, not {other}"),
        }
    }

    fn lists<'t>(&self, rows: usize, texts: impl Iterator<Item = Option<&'t str>>) -> ArrayRef {
        SCRATCH.with_borrow_mut(|scratch| {
            let mut lists = Lists::with_capacity(rows);
            for text in texts {
                match text {
                    Some(text) => lists.push(self.extractor.extract_with(scratch, text)),
                    None => lists.push_null(),
                }
            }
            lists.finish()
        })
    }
}

impl ScalarUDFImpl for ExtractEntities {
    fn name(&self) -> &str {
        NAME
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn coerce_types(&self, types: &[DataType]) -> Result<Vec<DataType>> {
        match types {
            [DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View] => Ok(types.to_vec()),
            [DataType::Null] => Ok(vec![DataType::Utf8]),
            [DataType::Dictionary(_, value)] if value.is_string() => Ok(vec![(**value).clone()]),
            [other] => plan_err!("{NAME} takes a text, not {other}: write CAST(… AS VARCHAR)"),
            _ => plan_err!("{NAME} takes one argument, a text; here are {}", types.len()),
        }
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(list::data_type())
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        match args.args.as_slice() {
            [ColumnarValue::Array(texts)] => self.extract(texts).map(ColumnarValue::Array),
            [ColumnarValue::Scalar(text)] => {
                let lists = self.extract(&text.to_array()?)?;
                Ok(ColumnarValue::Scalar(ScalarValue::try_from_array(&lists, 0)?))
            }
            other => exec_err!("{NAME} takes one argument, a text; here are {}", other.len()),
        }
    }
}
