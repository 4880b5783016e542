//! Lists of names as an Arrow array.

use std::sync::Arc;

use bangla_ner::Entity;
use datafusion::arrow::array::{
    ArrayRef, Float32Builder, Int64Builder, ListArray, NullBufferBuilder, StringBuilder, StructArray,
};
use datafusion::arrow::buffer::OffsetBuffer;
use datafusion::arrow::datatypes::{DataType, Field, Fields};

/// What is said of a name.
fn fields() -> Fields {
    let text = |name: &str, may_be_null| Field::new(name, DataType::Utf8, may_be_null);
    Fields::from(vec![
        text("kind", false),
        text("name", false),
        text("ending", false),
        Field::new("start", DataType::Int64, false),
        Field::new("end", DataType::Int64, false),
        text("id", true),
        Field::new("confidence", DataType::Float32, false),
    ])
}

fn item() -> Arc<Field> {
    Arc::new(Field::new_list_field(DataType::Struct(fields()), true))
}

/// A list of structs.
pub(crate) fn data_type() -> DataType {
    DataType::List(item())
}

/// Lists that are being put together, a row each.
pub(crate) struct Lists {
    lengths: Vec<usize>,
    present: NullBufferBuilder,
    kind: StringBuilder,
    name: StringBuilder,
    ending: StringBuilder,
    start: Int64Builder,
    end: Int64Builder,
    id: StringBuilder,
    confidence: Float32Builder,
}

impl Lists {
    pub(crate) fn with_capacity(rows: usize) -> Lists {
        Lists {
            lengths: Vec::with_capacity(rows),
            present: NullBufferBuilder::new(rows),
            kind: StringBuilder::new(),
            name: StringBuilder::new(),
            ending: StringBuilder::new(),
            start: Int64Builder::new(),
            end: Int64Builder::new(),
            id: StringBuilder::new(),
            confidence: Float32Builder::new(),
        }
    }

    pub(crate) fn push<'t>(&mut self, entities: impl Iterator<Item = Entity<'t>>) {
        let mut length = 0;
        for entity in entities {
            let span = entity.span();
            self.kind.append_value(entity.kind().as_str());
            self.name.append_value(entity.name());
            self.ending.append_value(entity.ending());
            // No text is so long that its offsets do not fit.
            self.start.append_value(span.start as i64);
            self.end.append_value(span.end as i64);
            self.id.append_option(entity.id());
            self.confidence.append_value(entity.confidence());
            length += 1;
        }
        self.lengths.push(length);
        self.present.append_non_null();
    }

    pub(crate) fn push_null(&mut self) {
        self.lengths.push(0);
        self.present.append_null();
    }

    pub(crate) fn finish(mut self) -> ArrayRef {
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.kind.finish()),
            Arc::new(self.name.finish()),
            Arc::new(self.ending.finish()),
            Arc::new(self.start.finish()),
            Arc::new(self.end.finish()),
            Arc::new(self.id.finish()),
            Arc::new(self.confidence.finish()),
        ];
        let offsets = OffsetBuffer::from_lengths(self.lengths);
        let structs = StructArray::new(fields(), columns, None);
        Arc::new(ListArray::new(item(), offsets, Arc::new(structs), self.present.finish()))
    }
}
