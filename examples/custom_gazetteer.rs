//! Names of one's own over the bundled ones: new kinds, ids, overriding, blocking.
//!
//! `cargo run --example custom_gazetteer`

use bangla_ner::{Entry, Error, Extractor, Gazetteer, Kind};

/// Any word serves as a kind. `override` makes a row the only meaning of its name, `block`
/// hides the bundled entries of a name.
const OWN: &str = "\
name\tclass\tid\taction
প্রথম আলো\tnewspaper\tpaper-1\toverride
হিমালয়\tplace\t\tblock
মেঘনা গ্রুপ\torganization.company\tcompany-7\t
মেঘনা গ্রুপ\torganization.company\tcompany-7\t
";

const TEXT: &str = "\
প্রথম আলোর খবর: মেঘনা গ্রুপের দল নেপাল থেকে হিমালয়ে উঠবে।
চিকিৎসক প্যারাসিটামল ও নাপা এক্সট্রাও খেতে বলেছেন।";

fn main() -> Result<(), Error> {
    show("bundled names only", Extractor::bundled());

    let mut own = Gazetteer::builder();
    // From a file, from a string, and from code; together they are one layer.
    own.tsv_file(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/medicines.tsv"))?;
    own.tsv("own.tsv", OWN)?;
    own.entry(Entry::new("নাপা এক্সট্রা", Kind::from("medicine")).id("brand-17"))?;
    let own = own.build()?;

    println!("\n{} entries", own.len());
    for warning in own.warnings() {
        println!("warning: {warning}");
    }

    show("with our own layer", &Extractor::builder().gazetteer(own).build()?);

    // A row that cannot be used is an error that says where and what to do.
    let error = Gazetteer::builder().tsv("wrong.tsv", "name\tclass\nঢাকা\tplace.citty\n").map(drop);
    println!("\nerror: {}", error.unwrap_err());
    Ok(())
}

fn show(title: &str, ner: &Extractor) {
    println!("\n{title}");
    for entity in ner.extract(TEXT) {
        let id = entity.id().unwrap_or("-");
        println!("  {:<12} {id:<10} {}|{}", entity.kind(), entity.name(), entity.ending());
    }
}
