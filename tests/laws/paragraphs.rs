//! Without the document's memory a paragraph is read by itself.

use std::sync::LazyLock;

use bangla_ner::{EntityRecord, Extractor};
use proptest::prelude::*;

use crate::text::text;
use crate::{builders, records};

fn forgetful() -> &'static [Extractor; 2] {
    static FORGETFUL: LazyLock<[Extractor; 2]> =
        LazyLock::new(|| builders().map(|b| b.document_memory(false).build().unwrap()));
    &FORGETFUL
}

fn moved(record: EntityRecord, by: usize) -> EntityRecord {
    let mut record = record;
    record.start += by;
    record.end += by;
    record.surface_end += by;
    record
}

/// Whether all is found that is found in two paragraphs alone, and nothing else.
fn check(before: &str, after: &str, end: &str) -> Result<(), TestCaseError> {
    for ner in forgetful() {
        let first = format!("{before}{end}");
        let mut expected = records(ner, before);
        prop_assert_eq!(&records(ner, &first), &expected, "an empty line changes what is before");
        expected.extend(records(ner, after).into_iter().map(|r| moved(r, first.len())));
        prop_assert_eq!(records(ner, &(first + after)), expected);
    }
    Ok(())
}

/// A hyphen at the end of a line was once read as one before the next word.
#[test]
fn a_hyphen_at_the_end_belongs_to_no_other_paragraph() {
    for after in ["কঃ‑কে", "ঢাকা-তে", "কামাল-জামাল"] {
        for before in ["ঢাকা-", "কামাল -", "ক-খ-"] {
            check(before, after, "\n\n").unwrap();
        }
    }
}

proptest! {
    #[test]
    fn a_paragraph_reads_the_same_alone_and_among_others(
        before in text(),
        after in text(),
        end in prop::sample::select(vec!["\n\n", "\r\n\r\n", "\n \n", "\u{2029}\n"]),
    ) {
        check(&before, &after, end)?;
    }
}
