//! Masks the names of a text and keeps their endings.
//!
//! `cargo run --example redact`

use std::io::{self, Write};

use bangla_ner::render::{self, Document, Mask, Redact};
use bangla_ner::{Extractor, Kind};

const TEXT: &str = "\
রহিমা খাতুনকে গত রোববার ঢাকা মেডিকেল কলেজ হাসপাতালে ভর্তি করা হয়।
তাঁর ভাই আবদুল করিম জানান, রহিমার জ্বর ছিল। করিমের বাড়ি জামালপুরে; সেখানে তাঁরা চিকিৎসা পাননি।
বাংলাদেশ মেডিকেল অ্যাসোসিয়েশন (বিএমএ) তদন্ত চেয়েছে। বিএমএর সভাপতি জামালপুরে যাবেন।
";

fn main() -> io::Result<()> {
    let entities = Extractor::bundled().extract(TEXT);
    let document = Document::new(TEXT, &entities);
    let mut out = io::stdout().lock();
    let persons = [Kind::Person];
    for (title, options) in [
        ("All names", Redact::new()),
        ("Persons only", Redact::new().only(persons.clone())),
        ("What was named", Redact::new().mask(Mask::Kind)),
        ("The same pseudonym for the same name", Redact::new().mask(Mask::Pseudonym)),
        (
            "A word of your own",
            Redact::new().only(persons).mask(Mask::Pseudonym).label(Kind::Person, "রোগীপক্ষ"),
        ),
    ] {
        writeln!(out, "# {title}\n")?;
        render::redact(&mut out, &document, &options)?;
        writeln!(out)?;
    }
    // Who was put together: check this before you rely on pseudonyms.
    writeln!(out, "# Who is who\n")?;
    for group in &document.groups() {
        let forms: Vec<_> = group.mentions().iter().map(|mention| mention.surface()).collect();
        writeln!(out, "{:<12} {}: {}", group.kind(), group.name(), forms.join(", "))?;
    }
    Ok(())
}
