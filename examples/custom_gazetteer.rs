//! Names of one's own over the bundled ones: kinds, identifiers, aliases, overriding and
//! blocking, lists in several formats, and a list that is exchanged while texts are read.
//!
//! `cargo run --example custom_gazetteer`, or with `--features json` for the lists in JSON

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, RwLock};
use std::thread;

use bangla_ner::render::Document;
use bangla_ner::{Ambiguity, Entry, Error, Extractor, Gazetteer, Kind};

/// Any word serves as a kind. `override` makes a row the only meaning of its name, `block`
/// hides the bundled entries of a name. Aliases, acronym and full form share an identifier.
const OWN: &str = "\
name\tclass\tid\taction
প্রথম আলো\tnewspaper\tpaper-1\toverride
হিমালয়\tplace\t\tblock
মেঘনা গ্রুপ অব ইন্ডাস্ট্রিজ\torganization.company\tcompany-7\t
মেঘনা গ্রুপ\torganization.company\tcompany-7\t
এমজিআই\torganization.company\tcompany-7\t
এমজিআই\torganization.company\tcompany-7\t
";

const TEXT: &str = "\
প্রথম আলোর খবর: মেঘনা গ্রুপ অব ইন্ডাস্ট্রিজের দল নেপাল থেকে হিমালয়ে উঠবে। এমজিআইয়ের আশা, মেঘনা গ্রুপের নাম হবে।
চিকিৎসক প্যারাসিটামল ও নাপা এক্সট্রাও খেতে বলেছেন।";

fn main() -> Result<(), Error> {
    show("bundled names only", Extractor::bundled());
    let own = Arc::new(own()?);
    let ner = Extractor::builder().gazetteer(own.clone()).build()?;
    show("with our own layer", &ner);
    groups(&ner);
    layers(own)?;
    #[cfg(feature = "json")]
    json()?;
    hot_swap()?;

    // A row that cannot be used is an error that says where and what to do.
    let error = Gazetteer::builder().tsv("wrong.tsv", "name\tclass\nঢাকা\tplace.citty\n").map(drop);
    println!("\nerror: {}", error.unwrap_err());
    Ok(())
}

/// From a file, from a string, and from code; together they are one layer.
fn own() -> Result<Gazetteer, Error> {
    let mut own = Gazetteer::builder();
    own.tsv_file(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/medicines.tsv"))?;
    own.tsv("own.tsv", OWN)?;
    own.entry(Entry::new("নাপা এক্সট্রা", Kind::from("medicine")).id("brand-17"))?;
    // A common word, which is a name only where something else says so.
    own.entry(Entry::new("আশা", Kind::Organization).id("ngo-1").ambiguity(Ambiguity::Context))?;
    let own = own.build()?;
    println!("\n{} entries", own.len());
    // What building noticed; `--example lint` looks for more.
    own.warnings().iter().for_each(|warning| println!("{warning}"));
    Ok(own)
}

fn show(title: &str, ner: &Extractor) {
    println!("\n{title}");
    for entity in ner.extract(TEXT) {
        let id = entity.id().unwrap_or("-");
        println!("  {:<12} {id:<10} {}|{}", entity.kind(), entity.name(), entity.ending());
    }
}

/// Aliases with one identifier are one.
fn groups(ner: &Extractor) {
    println!("\nwho is who");
    let entities = ner.extract(TEXT);
    for group in &Document::new(TEXT, &entities).groups() {
        println!("  {:<12} {} × {}", group.kind(), group.count(), group.name());
    }
}

/// Layers given later stand above those given earlier: a project's list over a company's.
fn layers(company: Arc<Gazetteer>) -> Result<(), Error> {
    let mut project = Gazetteer::builder();
    project.entry(Entry::new("মেঘনা গ্রুপ", Kind::from("customer")).id("C-1").overriding())?;
    let ner = Extractor::builder().gazetteer(company).gazetteer(project.build()?).build()?;
    show("with a project's layer above", &ner);
    Ok(())
}

/// The same columns as JSON Lines, and the patterns of spaCy's EntityRuler.
#[cfg(feature = "json")]
fn json() -> Result<(), Error> {
    let entries = r#"{"name": "নাপা এক্সট্রা", "kind": "medicine", "id": "brand-17"}
{"name": "হিমালয়", "class": "place", "action": "block"}"#;
    let patterns = r#"[{"label": "NEWSPAPER", "pattern": "প্রথম আলো", "id": "paper-1"},
{"label": "ORG", "pattern": [{"TEXT": "মেঘনা"}, {"TEXT": "গ্রুপ"}], "id": "company-7"}]"#;
    let mut own = Gazetteer::builder();
    own.jsonl("own.jsonl", entries)?.patterns("patterns.json", patterns)?;
    show("from JSON", &Extractor::builder().gazetteer(own.build()?).build()?);
    Ok(())
}

/// Exchanges the list while other threads read texts. An extractor never changes and is
/// cheap to clone: a reader takes the one of the moment and holds no lock while it reads.
fn hot_swap() -> Result<(), Error> {
    println!("\nexchanged while texts are read");
    let text = "ঝুমরিকায় নাপা এক্সট্রার দাম বেড়েছে।";
    let with = |names: &[&str]| -> Result<Extractor, Error> {
        let mut list = Gazetteer::builder();
        list.names(Kind::from("medicine"), names.iter().copied())?;
        Extractor::builder().gazetteer(list.build()?).build()
    };
    let current = RwLock::new(Arc::new(with(&["নাপা"])?));
    let done = AtomicBool::new(false);
    // A poisoned lock still holds a whole extractor.
    let now = || Arc::clone(&current.read().unwrap_or_else(|poisoned| poisoned.into_inner()));
    let read_on = || loop {
        let last = done.load(Ordering::Acquire);
        let ner = now();
        let names: Vec<String> = ner.extract(text).iter().map(|e| e.name().to_owned()).collect();
        if last {
            return names.join(", ");
        }
    };
    thread::scope(|scope| {
        let readers = [scope.spawn(read_on), scope.spawn(read_on)];
        // Built beside the readers; the lock is held only to exchange a pointer.
        let exchanged = with(&["নাপা", "নাপা এক্সট্রা"]).map(|new| {
            *current.write().unwrap_or_else(|poisoned| poisoned.into_inner()) = Arc::new(new);
        });
        done.store(true, Ordering::Release);
        for reader in readers {
            println!("  a reader ends with: {}", reader.join().unwrap_or_default());
        }
        exchanged
    })
}
